"""What the masthead of a note says of the session: when, where, who by function, how much.

Nobody is named. A function is counted only where every function counts five people or more:
otherwise one would be told by subtraction.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fabrique.document.tree import Fact
from fabrique.kit.dates import day_words
from fabrique.stages.contribution.enums import Fate, Source
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.formats.rows import MINIMUM_PEOPLE
from fabrique.stages.contribution.models import Contribution
from fabrique.stages.contribution.queries import fates
from fabrique.stages.deliverable.queries import present_at, said_at
from fabrique.stages.programme.enums import FunctionKind, InstitutionKind
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.models import Participant

FUNCTIONS = {
    FunctionKind.ELECTED: gettext_lazy("personnes élues"),
    FunctionKind.STAFF: gettext_lazy("agents des collectivités"),
    FunctionKind.ACTOR: gettext_lazy("forces vives"),
}
INSTITUTIONS = {
    InstitutionKind.COMMUNE: gettext_lazy("communes"),
    InstitutionKind.EPCI: gettext_lazy("intercommunalités"),
    InstitutionKind.STATE: gettext_lazy("services de l'État"),
    InstitutionKind.ASSOCIATION: gettext_lazy("associations"),
    InstitutionKind.FIRM: gettext_lazy("entreprises"),
    InstitutionKind.CHAMBER: gettext_lazy("chambres consulaires"),
    InstitutionKind.RESIDENT: gettext_lazy("habitantes et habitants"),
    InstitutionKind.OTHER: gettext_lazy("autres institutions"),
}
SOURCES = {
    Source.PHONE: gettext_lazy("par téléphone"),
    Source.PAPER: gettext_lazy("sur papier"),
    Source.ROOM: gettext_lazy("saisies pour la salle"),
    Source.IMPORT: gettext_lazy("importées"),
}


def facts_of(meeting: Meeting) -> tuple[Fact, ...]:
    """The masthead, in the language in force; what is not known is left out."""
    said = list(said_at(meeting))
    facts = (
        (_("Date"), day_of(meeting)),
        (_("Lieu"), meeting.place),
        (_("Participation"), _participation(present_at(meeting))),
        (_("Contributions"), _contributions(said)),
        (_("Suites"), _outcome(said)),
    )
    return tuple(Fact(str(label), value) for label, value in facts if value)


def who_was_there(meeting: Meeting) -> str:
    """One line on the group, by function and by kind of institution."""
    people = present_at(meeting)
    if len(people) < MINIMUM_PEOPLE:
        return ""
    members = [one.member for one in people if one.member]
    functions = _listed([one.function_kind for one in members], FUNCTIONS, whole=len(people))
    present = {one.institution_kind for one in members}
    institutions = ", ".join(str(words) for kind, words in INSTITUTIONS.items() if kind in present)
    parts = [
        _("Dans la salle : %(functions)s.") % {"functions": functions} if functions else "",
        _("Institutions représentées : %(institutions)s.") % {"institutions": institutions}
        if institutions
        else "",
    ]
    return " ".join(part for part in parts if part)


def day_of(meeting: Meeting) -> str:
    """The day it was held, else the day it is planned."""
    room = getattr(meeting, "room", None)
    instant = meeting.starts_at or (room.opened_at if room else None)
    return day_words(timezone.localdate(instant)) if instant else ""


def _participation(people: Sequence[Participant]) -> str:
    if not people:
        return ""
    if len(people) < MINIMUM_PEOPLE:
        return _("moins de %(minimum)d personnes") % {"minimum": MINIMUM_PEOPLE}
    return ngettext("%(count)d personne", "%(count)d personnes", len(people)) % {
        "count": len(people)
    }


def _listed(kinds: Sequence[str], words: Mapping[Any, Any], *, whole: int) -> str:
    counts = Counter(kind for kind in kinds if kind)
    rest = whole - sum(counts.values())
    countable = all(count >= MINIMUM_PEOPLE for count in [*counts.values(), *([rest] * bool(rest))])
    return ", ".join(
        f"{label} ({counts[kind]})" if countable else str(label)
        for kind, label in words.items()
        if counts[kind]
    )


def _contributions(said: Sequence[Contribution]) -> str:
    if not said:
        return ""
    counts = Counter(one.source for one in said)
    parts = [f"{counts[source]} {words}" for source, words in SOURCES.items() if counts[source]]
    if len(parts) == 1:
        only = next(words for source, words in SOURCES.items() if counts[source])
        return f"{len(said)}, {only}"
    return _("%(total)d, dont %(parts)s") % {"total": len(said), "parts": ", ".join(parts)}


def _outcome(said: Sequence[Contribution]) -> str:
    """What became of what could be grouped into cards, and what no card was to be made of."""
    grouped = [one for one in said if get_format(one.workshop.format).makes_cards]
    if not grouped:
        return ""
    found = fates(grouped)
    counts = Counter(fate.fate for fate in found.values())
    cards = {fate.cards[-1].pk for fate in found.values() if fate.fate in (Fate.KEPT, Fate.MERGED)}
    parts = [
        (
            counts[Fate.KEPT] + counts[Fate.MERGED],
            ngettext(
                "%(kept)d reprises dans %(cards)d carte",
                "%(kept)d reprises dans %(cards)d cartes",
                len(cards),
            )
            % {"kept": counts[Fate.KEPT] + counts[Fate.MERGED], "cards": len(cards)},
        ),
        (
            counts[Fate.SET_ASIDE],
            ngettext("%(count)d mise de côté", "%(count)d mises de côté", counts[Fate.SET_ASIDE])
            % {"count": counts[Fate.SET_ASIDE]},
        ),
        (
            counts[Fate.WAITING],
            _("%(count)d à examiner") % {"count": counts[Fate.WAITING]},
        ),
        (
            len(said) - len(grouped),
            ngettext(
                "%(count)d laissée telle quelle",
                "%(count)d laissées telles quelles",
                len(said) - len(grouped),
            )
            % {"count": len(said) - len(grouped)},
        ),
    ]
    return ", ".join(words for count, words in parts if count)
