"""A group's composition in plain words: what is wanted, what is missing, what to give up."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fabrique.methods.coverage import Limit, Obstacle, Relaxation, Standing
from fabrique.stages.programme.analyses.coverage import (
    CategoryTable,
    GroupCoverage,
    Proposal,
    Row,
)
from fabrique.stages.programme.blueprint import GroupTarget
from fabrique.stages.programme.enums import FunctionKind, Gender, InstitutionKind

CATEGORY_TITLES = {
    "function": gettext_lazy("Fonction"),
    "institution": gettext_lazy("Type d'institution"),
    "sector": gettext_lazy("Secteur"),
    "gender": gettext_lazy("Genre"),
}


@dataclass(frozen=True)
class Line:
    """A row of the coverage table as one reads it; ``kind`` is its badge's."""

    label: str
    have: int
    wanted: str
    gap: str
    kind: str


@dataclass(frozen=True)
class Section:
    title: str
    lines: tuple[Line, ...]
    note: str


def sections(coverage: GroupCoverage) -> list[Section]:
    """The coverage table, a part a category, the size first."""
    return [
        Section(_("Taille"), (size_line(coverage, coverage.standing),), ""),
        *(_section(table) for table in coverage.tables if table.rows or table.unknown),
    ]


def all_gaps(coverage: GroupCoverage) -> list[str]:
    """Each gap as a sentence, in the order of the table."""
    return [
        line.gap
        for section in sections(coverage)
        for line in section.lines
        if line.kind == "warning"
    ]


def size_line(coverage: GroupCoverage, standing: Standing) -> Line:
    words, kind = _("Cible atteinte"), "success"
    if standing.size_gap:
        words, kind = missing(people_words(standing.size_gap)), "warning"
    elif standing.size_excess:
        words, kind = too_many(people_words(standing.size_excess)), "warning"
    wanted = _("de %(minimum)d à %(maximum)d") % {
        "minimum": coverage.plan.min,
        "maximum": coverage.plan.max,
    }
    return Line(_("Le groupe"), standing.size, wanted, words, kind)


def _section(table: CategoryTable) -> Section:
    note = ""
    if table.unknown and not table.is_known:
        note = _("Renseigné pour personne : rien ne peut être comparé.")
    elif table.unknown:
        note = ngettext(
            "Non renseigné pour %(count)d personne, comptée nulle part.",
            "Non renseigné pour %(count)d personnes, comptées nulle part.",
            table.unknown,
        ) % {"count": table.unknown}
    lines = tuple(_line(row, table) for row in table.rows)
    return Section(str(CATEGORY_TITLES[table.category]), lines, note)


def _line(row: Row, table: CategoryTable) -> Line:
    if row.target is None:
        return Line(row.label, row.have, _("sans cible"), "", "neutral")
    if not table.is_known:
        return Line(row.label, row.have, target_words(row.target), _("Non renseigné"), "neutral")
    gap = gap_words(row)
    if not gap:
        return Line(row.label, row.have, wanted_words(row), _("Cible atteinte"), "success")
    return Line(row.label, row.have, wanted_words(row), gap, "warning")


def wanted_words(row: Row) -> str:
    """« au moins 5 (25 %) »: people first, the share they come from beside."""
    target = row.target
    if target is None:
        return _("sans cible")
    parts = []
    if row.found.minimum or target.min or target.min_share:
        said = _("au moins %(count)d") % {"count": row.found.minimum}
        parts.append(_with_share(said, target.min_share))
    if target.max is not None or target.max_share < 100:
        said = _("au plus %(count)d") % {"count": row.found.maximum}
        parts.append(_with_share(said, target.max_share % 100))
    return ", ".join(parts) or _("sans cible")


def target_words(target: GroupTarget | None) -> str:
    """The target itself, whatever the size of the group: « au moins 25 % »."""
    if target is None:
        return ""
    said = (
        (_("au moins %(count)d"), target.min, 0),
        (_("au moins %(count)d %%"), target.min_share, 0),
        (_("au plus %(count)d"), target.max, None),
        (_("au plus %(count)d %%"), target.max_share, 100),
    )
    return ", ".join(words % {"count": value} for words, value, unsaid in said if value != unsaid)


def _with_share(said: str, share: int) -> str:
    return _("%(said)s (%(share)d %%)") % {"said": said, "share": share} if share else said


def gap_words(row: Row) -> str:
    """« Il manque 2 personnes élues », nothing when the target is met."""
    if row.found.gap:
        return missing(kind_words(row.category, row.value, row.label, row.found.gap))
    if row.found.excess:
        return too_many(kind_words(row.category, row.value, row.label, row.found.excess))
    return ""


def missing(who: str) -> str:
    return _("Il manque %(who)s") % {"who": who}


def too_many(who: str) -> str:
    return _("%(who)s de trop") % {"who": who}


def people_words(count: int) -> str:
    return ngettext("%(count)d personne", "%(count)d personnes", count) % {"count": count}


def kind_words(category: str, value: str, label: str, count: int) -> str:
    """« 2 personnes élues », « 1 personne du secteur « Habitat » »."""
    if category == "sector":
        said = ngettext(
            "%(count)d personne du secteur « %(label)s »",
            "%(count)d personnes du secteur « %(label)s »",
            count,
        )
        return said % {"count": count, "label": label}
    return _KINDS[category, value](count) % {"count": count}


_KINDS: dict[tuple[str, str], Callable[[int], str]] = {
    ("function", FunctionKind.ELECTED): lambda n: ngettext(
        "%(count)d personne élue", "%(count)d personnes élues", n
    ),
    ("function", FunctionKind.STAFF): lambda n: ngettext(
        "%(count)d agent ou agente", "%(count)d agents ou agentes", n
    ),
    ("function", FunctionKind.ACTOR): lambda n: ngettext(
        "%(count)d personne des forces vives", "%(count)d personnes des forces vives", n
    ),
    ("institution", InstitutionKind.COMMUNE): lambda n: ngettext(
        "%(count)d personne d'une commune", "%(count)d personnes d'une commune", n
    ),
    ("institution", InstitutionKind.EPCI): lambda n: ngettext(
        "%(count)d personne d'une intercommunalité", "%(count)d personnes d'une intercommunalité", n
    ),
    ("institution", InstitutionKind.STATE): lambda n: ngettext(
        "%(count)d personne d'un service de l'État",
        "%(count)d personnes d'un service de l'État",
        n,
    ),
    ("institution", InstitutionKind.ASSOCIATION): lambda n: ngettext(
        "%(count)d personne d'une association", "%(count)d personnes d'une association", n
    ),
    ("institution", InstitutionKind.FIRM): lambda n: ngettext(
        "%(count)d personne d'une entreprise", "%(count)d personnes d'une entreprise", n
    ),
    ("institution", InstitutionKind.CHAMBER): lambda n: ngettext(
        "%(count)d personne d'une chambre consulaire",
        "%(count)d personnes d'une chambre consulaire",
        n,
    ),
    ("institution", InstitutionKind.RESIDENT): lambda n: ngettext(
        "%(count)d habitant ou habitante", "%(count)d habitants ou habitantes", n
    ),
    ("institution", InstitutionKind.OTHER): lambda n: ngettext(
        "%(count)d personne d'une autre institution",
        "%(count)d personnes d'une autre institution",
        n,
    ),
    ("gender", Gender.OTHER): lambda n: ngettext(
        "%(count)d personne d'un autre genre", "%(count)d personnes d'un autre genre", n
    ),
    ("gender", Gender.WOMAN): lambda n: ngettext("%(count)d femme", "%(count)d femmes", n),
    ("gender", Gender.MAN): lambda n: ngettext("%(count)d homme", "%(count)d hommes", n),
}


# ── Whom to add ────────────────────────────────────────────────────────────────────────────────


def closed_words(proposal: Proposal) -> list[str]:
    """What the proposal closes, one sentence a gap."""
    after = {(row.category, row.value): row for row in proposal.coverage.rows_of(proposal.after)}
    coverage = proposal.coverage
    closed = [
        gap_words(row)
        for row in coverage.rows_of(coverage.standing)
        if not row.is_met and after[row.category, row.value].is_met
    ]
    if coverage.standing.size_gap and not proposal.after.size_gap:
        closed.insert(0, size_line(coverage, coverage.standing).gap)
    return closed


def unmet_words(proposal: Proposal) -> list[str]:
    """What stays missing once they are in."""
    unmet = [gap_words(row) for row in proposal.unmet]
    if proposal.after.size_gap or proposal.after.size_excess:
        unmet.insert(0, size_line(proposal.coverage, proposal.after).gap)
    return unmet


def relaxation_words(proposal: Proposal) -> list[str]:
    """The smallest targets to give up, and why each."""
    return [_relaxed(one, proposal.coverage) for one in proposal.relaxations]


def _relaxed(one: Relaxation, coverage: GroupCoverage) -> str:
    if one.category is None or one.value is None:
        who = people_words(one.reached)
    else:
        label = coverage.label_of(one.category, one.value)
        who = kind_words(one.category, one.value, label, one.reached)
    said = _RELAXED[one.limit]() % {"who": who, "asked": one.asked}
    return f"{said} {_OBSTACLES[one.obstacle]()}"


_RELAXED: dict[Limit, Callable[[], str]] = {
    Limit.MINIMUM: lambda: _("Viser au moins %(who)s, au lieu de %(asked)d :"),
    Limit.MAXIMUM: lambda: _("Accepter jusqu'à %(who)s, au lieu de %(asked)d :"),
}
_OBSTACLES: dict[Obstacle, Callable[[], str]] = {
    Obstacle.TOO_FEW_CANDIDATES: lambda: _(
        "la liste n'en compte pas davantage. Vous pouvez aussi pressentir d'autres personnes."
    ),
    Obstacle.NO_ROOM: lambda: _("au-delà, le groupe dépasserait sa taille."),
    Obstacle.TOO_MANY_MEMBERS: lambda: _(
        "le groupe en compte déjà trop, en ajouter n'y peut rien."
    ),
    Obstacle.OTHER_TARGETS: lambda: _("sinon une autre cible serait manquée davantage."),
}


def swap_words(proposal: Proposal) -> str:
    """« Remplacer X par Y : il manquerait 1 place au lieu de 3. », nothing when none helps."""
    if proposal.leaves is None or proposal.comes is None or proposal.after_swap is None:
        return ""
    return _(
        "Inviter « %(comes)s » à la place de « %(leaves)s » : l'écart aux cibles passerait de "
        "%(before)d à %(after)d."
    ) % {
        "comes": proposal.comes.name,
        "leaves": proposal.leaves.name,
        "before": proposal.coverage.standing.shortfall,
        "after": proposal.after_swap.shortfall,
    }
