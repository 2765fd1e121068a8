"""A working group from a sheet: which column is what, which lines can be taken, and why not.

Nothing is written here: the page shows what was understood, and writes once it is told to.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from fabrique.kit.sheets import Sheet, match_columns, plain_name
from fabrique.stages.programme.enums import (
    FunctionKind,
    Gender,
    InstitutionKind,
    MemberStatus,
)
from fabrique.stages.programme.models import GroupMember

COLUMNS: Mapping[str, Sequence[str]] = {
    "name": (
        "nom ou fonction",
        "nom et prénom",
        "nom prénom",
        "prénom et nom",
        "prénom nom",
        "nom",
        "membre",
        "participant",
        "personne",
        "name",
        "intitulé de la fonction",
        "fonction",
    ),
    "first_name": ("prénom", "first name"),
    "institution": (
        "institution",
        "structure",
        "organisme",
        "organisation",
        "collectivité",
        "employeur",
        "entité",
    ),
    "institution_kind": ("type d'institution", "type de structure", "type d'organisme", "type"),
    "function_kind": ("fonction", "qualité", "collège", "statut", "function", "position"),
    "sector": ("secteur", "domaine", "thématique", "sector"),
    "email": (
        "adresse électronique",
        "courriel",
        "e-mail",
        "email",
        "mail",
        "mèl",
        "adresse mail",
        "adresse de courriel",
    ),
    "is_referent": ("référent", "référente", "référent ou référente", "referent"),
    "gender": ("genre", "sexe", "civilité", "gender"),
    "status": (
        "place dans le groupe",
        "participation",
        "invitation",
        "réponse",
        "place in the group",
    ),
    "invited_on": (
        "invitation personnelle le",
        "invité le",
        "invitée le",
        "date d'invitation",
        "invited on",
        "personal invitation on",
        "personally invited on",
    ),
    "substitute_of": (
        "remplace",
        "remplaçant de",
        "remplaçante de",
        "suppléant de",
        "stands in for",
        "replaces",
    ),
}
LIMITS = {"name": 160, "institution": 160, "sector": 120, "email": 254}
MOST_LINES = 1_000
_YES = {"oui", "x", "vrai", "true", "1", "yes", "o"}
_FUNCTIONS: Mapping[str, Sequence[str]] = {
    FunctionKind.ELECTED: ("elu", "maire", "adjoint", "conseiller", "conseillere", "elected"),
    FunctionKind.STAFF: ("agent", "technicien", "fonctionnaire", "directeur", "directrice",
                         "charge", "chargee", "staff"),
    FunctionKind.ACTOR: ("force", "acteur", "partenaire", "societe civile", "associatif",
                         "entrepreneur", "habitant", "actor"),
}  # fmt: skip
_INSTITUTIONS: Mapping[str, Sequence[str]] = {
    InstitutionKind.COMMUNE: ("commune", "ville", "mairie"),
    InstitutionKind.EPCI: ("epci", "intercommunalite", "agglomeration", "communaute", "metropole"),
    InstitutionKind.STATE: ("etat", "service de l etat", "ddt", "dreal", "prefecture"),
    InstitutionKind.ASSOCIATION: ("association",),
    InstitutionKind.FIRM: ("entreprise", "societe", "firme"),
    InstitutionKind.CHAMBER: ("chambre",),
    InstitutionKind.RESIDENT: ("habitant", "citoyen"),
    InstitutionKind.OTHER: ("autre",),
}

_GENDERS: Mapping[str, Sequence[str]] = {
    Gender.WOMAN: ("f", "mme", "madame", "feminin", "woman", "female"),
    Gender.MAN: ("h", "m", "mr", "monsieur", "masculin", "man", "male"),
    Gender.OTHER: ("autre", "other", "x"),
}
_STATUSES: Mapping[str, Sequence[str]] = {
    MemberStatus.CANDIDATE: ("pressenti", "candidat", "a inviter", "candidate"),
    MemberStatus.INVITED: ("invite", "relance", "invited"),
    MemberStatus.ACCEPTED: ("a accepte", "accepte", "confirme", "accepted"),
    MemberStatus.DECLINED: ("a decline", "decline", "refus", "declined"),
}
_DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y")


class MissingName(Exception):
    """Without a column of names there is nothing to import; ``found`` are those there are."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__(found)
        self.found = tuple(found)


@dataclass(frozen=True)
class MemberLine:
    """Someone as a line says it, with empty text where it says nothing."""

    number: int
    name: str
    institution: str = ""
    institution_kind: str = ""
    function_kind: str = ""
    sector: str = ""
    email: str = ""
    is_referent: bool = False
    gender: str = ""
    status: str = ""
    invited_on: str = ""
    substitute_of: str = ""

    @property
    def details(self) -> dict[str, Any]:
        """What actions take, but the name, and whom they stand in for: a name, not yet someone."""
        values = asdict(self)
        del values["number"], values["name"], values["substitute_of"]
        values["invited_on"] = date.fromisoformat(self.invited_on) if self.invited_on else None
        return values

    @property
    def function_label(self) -> str:
        return str(FunctionKind(self.function_kind).label) if self.function_kind else ""

    @property
    def status_label(self) -> str:
        return str(MemberStatus(self.status).label) if self.status else ""

    @property
    def key(self) -> tuple[str, str]:
        return key_of(self.name, self.institution)


@dataclass(frozen=True)
class LineProblem:
    """Why a line is left out, or (``is_only_a_doubt``) what was left empty in it."""

    line: int
    words: str
    is_only_a_doubt: bool = False


@dataclass(frozen=True)
class ReadGroup:
    lines: tuple[MemberLine, ...]
    problems: tuple[LineProblem, ...]
    unused: tuple[str, ...]


@dataclass
class _Reading:
    lines: list[MemberLine] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    first_seen: dict[tuple[str, str], int] = field(default_factory=dict)
    addresses: dict[str, int] = field(default_factory=dict)
    known: dict[str, GroupMember] = field(default_factory=dict)


def key_of(name: str, institution: str) -> tuple[str, str]:
    """What makes two lines the same person, accents and case aside."""
    return plain_name(name), plain_name(institution)


def is_header(cells: Sequence[str]) -> bool:
    found = match_columns(cells, COLUMNS)
    return "name" in found and len(found.places) > 1


def read_group(sheet: Sheet, roster: Iterable[GroupMember] = ()) -> ReadGroup:
    """Each line understood, or why it is not. Raises ``MissingName``.

    ``roster`` are those already known, whose addresses nobody else may have and whom someone may
    stand in for.
    """
    found = match_columns(sheet.columns, COLUMNS)
    if "name" not in found:
        raise MissingName(sheet.columns)
    known = list(roster)
    reading = _Reading(known={one.email.lower(): one for one in known if one.email})
    for row in sheet.rows[:MOST_LINES]:
        typed = {name: " ".join(found.cell(row.cells, name).split()) for name in COLUMNS}
        _read_line(reading, row.number, typed)
    if len(sheet.rows) > MOST_LINES:
        words = _("Les lignes suivantes ne sont pas lues : %(limit)d au plus à la fois.")
        reading.problems.append(
            LineProblem(sheet.rows[MOST_LINES].number, words % {"limit": MOST_LINES})
        )
    names = {plain_name(one.name) for one in known}
    names |= {plain_name(line.name) for line in reading.lines}
    lines = [_with_known_substitute(line, names, reading) for line in reading.lines]
    problems = sorted(reading.problems, key=lambda problem: problem.line)
    return ReadGroup(tuple(lines), tuple(problems), found.unused)


def _with_known_substitute(line: MemberLine, names: set[str], reading: _Reading) -> MemberLine:
    """Whom someone stands in for, when the group knows them; else said, and left empty."""
    replaced = plain_name(line.substitute_of)
    if not replaced or (replaced in names and replaced != plain_name(line.name)):
        return line
    words = _("« %(name)s », à remplacer, n'est pas dans le groupe : la case restera vide.")
    reading.problems.append(
        LineProblem(line.number, words % {"name": line.substitute_of[:60]}, True)
    )
    return replace(line, substitute_of="")


def _read_line(reading: _Reading, number: int, typed: Mapping[str, str]) -> None:
    line = MemberLine(
        number=number,
        name=" ".join(filter(None, (typed["first_name"], typed["name"]))),
        institution=typed["institution"],
        sector=typed["sector"],
        email=typed["email"].lower(),
        is_referent=plain_name(typed["is_referent"]) in _YES,
        substitute_of=typed["substitute_of"],
    )
    if problem := _refusal(line) or _already_said(line, reading) or _taken(line, reading):
        reading.problems.append(LineProblem(number, problem))
        return
    reading.first_seen[line.key] = number
    if line.email:
        reading.addresses[line.email] = number
    line = replace(
        line,
        function_kind=kind_of(typed["function_kind"], FunctionKind, _FUNCTIONS),
        institution_kind=kind_of(typed["institution_kind"], InstitutionKind, _INSTITUTIONS),
        gender=_gender_of(typed["gender"]),
        status=kind_of(typed["status"], MemberStatus, _STATUSES),
        invited_on=_day_of(typed["invited_on"]),
    )
    for name, doubt in _DOUBTS.items():
        if typed[name] and not getattr(line, name):
            reading.problems.append(LineProblem(number, doubt(typed[name]), True))
    reading.lines.append(line)


def _refusal(line: MemberLine) -> str:
    if not line.name:
        return _("Le nom est vide. Écrivez-le, ou supprimez la ligne.")
    if plain_name(line.name).split()[:1] == ["total"] and not (line.institution or line.email):
        return _("« %(name)s » est un total, pas une personne.") % {"name": line.name[:60]}
    for name, limit in LIMITS.items():
        if len(getattr(line, name)) > limit:
            return _("« %(start)s… » est trop long : %(limit)d caractères au plus.") % {
                "start": getattr(line, name)[:40],
                "limit": limit,
            }
    if line.email:
        try:
            validate_email(line.email)
        except ValidationError:
            return _("« %(email)s » n'est pas une adresse électronique. Corrigez-la.") % {
                "email": line.email
            }
    return ""


def _already_said(line: MemberLine, reading: _Reading) -> str:
    first = reading.first_seen.get(line.key)
    if first is None:
        return ""
    return _("« %(name)s » est déjà à la ligne %(first)d. Gardez une seule des deux lignes.") % {
        "name": line.name,
        "first": first,
    }


def _taken(line: MemberLine, reading: _Reading) -> str:
    """The address of another line, or of someone else of the group."""
    if not line.email:
        return ""
    if first := reading.addresses.get(line.email):
        return _(
            "L'adresse « %(email)s » est déjà à la ligne %(first)d. Est-ce la même personne ? "
            "Gardez une seule des deux lignes, ou corrigez l'adresse."
        ) % {"email": line.email, "first": first}
    known = reading.known.get(line.email)
    if known is None or key_of(known.name, known.institution) == line.key:
        return ""
    return _(
        "L'adresse « %(email)s » est déjà celle de « %(name)s ». Écrivez son nom et son "
        "institution comme sur la liste, ou corrigez l'adresse."
    ) % {"email": line.email, "name": known.name}


def _gender_of(typed: str) -> str:
    """One letter or a whole word; « Mme » and « M. » too."""
    plain = plain_name(typed)
    for gender in Gender:
        if plain and (plain == plain_name(str(gender.label)) or plain in _GENDERS[gender]):
            return str(gender.value)
    return ""


def _day_of(typed: str) -> str:
    """A day as dates are kept, nothing when it is not one."""
    for form in _DAY_FORMATS:
        try:
            return datetime.strptime(typed, form).date().isoformat()
        except ValueError:
            continue
    return ""


def kind_of(typed: str, kinds: Any, words: Mapping[str, Sequence[str]]) -> str:
    """The kind meant by what was typed: its own name, or a word that begins it."""
    plain = plain_name(typed)
    if not plain:
        return ""
    for kind in kinds:
        if plain in (plain_name(str(kind.label)), kind.value):
            return str(kind.value)
    return next(
        (str(kind) for kind, starts in words.items() if plain.startswith(tuple(starts))), ""
    )


def compared(lines: Iterable[MemberLine], members: Iterable[GroupMember]) -> dict[int, str]:
    """What importing would do of each line: ``new``, ``changed`` or ``same``, by its number."""
    known = {key_of(member.name, member.institution): member for member in members}
    return {line.number: _compared(line, known.get(line.key)) for line in lines}


def _compared(line: MemberLine, member: GroupMember | None) -> str:
    if member is None:
        return "new"
    replaced = member.substitute_of.name if member.substitute_of else ""
    stands_in = line.substitute_of and plain_name(line.substitute_of) != plain_name(replaced)
    return "changed" if stands_in or changes(line, member) else "same"


def changes(line: MemberLine, member: GroupMember) -> dict[str, Any]:
    """What the line adds to what is known: an empty cell never erases anything."""
    said = {name: value for name, value in line.details.items() if value}
    said.pop("institution", None)
    return {name: value for name, value in said.items() if getattr(member, name) != value}


def sheet_columns() -> list[str]:
    """The columns of a group's sheet, as read back."""
    return [
        _("Nom ou fonction"),
        _("Institution"),
        _("Type d'institution"),
        _("Fonction"),
        _("Secteur"),
        _("Adresse électronique"),
        _("Référent"),
        _("Genre"),
        _("Place dans le groupe"),
        _("Invitation personnelle le"),
        _("Remplace"),
    ]


def sheet_rows(members: Iterable[GroupMember]) -> list[list[str]]:
    """A group as its own sheet: reading it again changes nothing."""
    return [
        [
            member.name,
            member.institution,
            str(member.get_institution_kind_display()),
            str(member.get_function_kind_display()),
            member.sector,
            member.email,
            _("oui") if member.is_referent else "",
            str(member.get_gender_display()),
            str(member.get_status_display()),
            member.invited_on.isoformat() if member.invited_on else "",
            member.substitute_of.name if member.substitute_of else "",
        ]
        for member in members
    ]


_DOUBTS: dict[str, Callable[[str], str]] = {
    "gender": lambda typed: (
        _("Le genre « %(typed)s » n'est pas reconnu : il restera vide.") % {"typed": typed[:60]}
    ),
    "status": lambda typed: (
        _("La place « %(typed)s » n'est pas reconnue : celle du formulaire vaudra (%(choices)s).")
        % {"typed": typed[:60], "choices": ", ".join(str(kind.label) for kind in MemberStatus)}
    ),
    "invited_on": lambda typed: (
        _("« %(typed)s » n'est pas une date (23/01/2020) : elle restera vide.")
        % {"typed": typed[:60]}
    ),
    "function_kind": lambda typed: (
        _("La fonction « %(typed)s » n'est pas reconnue : elle restera vide (%(choices)s).")
        % {"typed": typed[:60], "choices": ", ".join(str(kind.label) for kind in FunctionKind)}
    ),
    "institution_kind": lambda typed: (
        _("Le type d'institution « %(typed)s » n'est pas reconnu : il restera vide.")
        % {"typed": typed[:60]}
    ),
}
