"""What the solver of calendars answers, in French: who is missing, what contradicts what.

Its answers name keys; ``Names`` turns them back into meetings, people and closed periods. A row
removed since is called by what the case kept of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from fabrique.kit.counts import counted
from fabrique.kit.dates import day_words
from fabrique.methods.calendar.contracts import (
    Absence,
    BlockedMeeting,
    Constraint,
    Exclusion,
    FacilitatorLoad,
    Missing,
    Relaxation,
    Rule,
    SeriesPlan,
    SeriesRequest,
    Status,
)
from fabrique.methods.calendar.contracts import Meeting as MeetingToPlace
from fabrique.stages.programme.enums import ClosedKind, Concerned, MeetingKind
from fabrique.stages.programme.models import ClosedPeriod, GroupMember, Meeting
from fabrique.stages.programme.queries.expected import Expectation, name_of
from fabrique.stages.programme.queries.planning import Planning
from fabrique.stages.programme.year import period_words, window_words, windows_words

MOST_NAMES = 4


@dataclass(frozen=True)
class Names:
    """The rows behind the keys of a case."""

    meetings: Mapping[str, Meeting]
    people: Mapping[str, Expectation]
    closures: Mapping[str, ClosedPeriod]
    case: SeriesRequest | None = None

    @classmethod
    def of(cls, planning: Planning, case: SeriesRequest | None = None) -> "Names":
        return cls(
            meetings={str(meeting.pk): meeting for meeting in planning.meetings},
            people={
                str(one.contact.pk): one
                for expected in planning.expectations.values()
                for one in expected
                if one.contact is not None
            },
            closures={str(period.pk): period for period in planning.closed_periods},
            case=case,
        )

    def meeting(self, key: str) -> str:
        """« Séminaire local #1, Lorient »."""
        if found := self.meetings.get(key):
            return meeting_name(found)
        titles = {one.key: one.title for one in self._placed}
        return titles.get(key) or _("une réunion annulée depuis")

    def person(self, key: str) -> str:
        """« Élue référente (Lorient) »."""
        found = self.people.get(key)
        if found is None:
            return _("une personne partie depuis")
        person = found.person
        if isinstance(person, GroupMember) and person.site is not None:
            return f"{name_of(person)} ({person.site.territory.name})"
        return name_of(person)

    def closure(self, key: str) -> str:
        """« Élections municipales, du 15 au 22 mars 2020 »."""
        if found := self.closures.get(key):
            return closed_words(found)
        labels = {one.key: one.label for one in self.case.closures} if self.case else {}
        return labels.get(key) or _("une période retirée depuis")

    def quorum(self, key: str) -> int:
        """The percent of those expected that it needs."""
        return next((one.quorum_percent for one in self._placed if one.key == key), 0)

    @property
    def _placed(self) -> Sequence[MeetingToPlace]:
        return self.case.meetings if self.case else ()


def step_name(meeting: Meeting) -> str:
    """« Séminaire local #1 »: its kind and number, the same in every territory."""
    kind = str(MeetingKind(meeting.kind).label)
    return f"{kind} #{meeting.number}" if meeting.number else kind


def meeting_name(meeting: Meeting) -> str:
    """Its kind and number, with its territory: shorter than its title, and enough here."""
    name = step_name(meeting)
    return f"{name}, {meeting.site.territory.name}" if meeting.site else name


def steps_of(meetings: Sequence[Meeting]) -> Iterator[tuple[str, list[Meeting]]]:
    """Meetings by step and scale, in the order of the year, with the name they share."""
    ordered = sorted(meetings, key=lambda one: one.position)
    for _position, found in groupby(ordered, key=lambda one: one.position):
        of_step = list(found)
        yield step_name(of_step[0]), of_step


def shared_window(meetings: Sequence[Meeting]) -> str:
    """The periods they share, or from the first day of any to the last of all."""
    if all(one.windows == meetings[0].windows for one in meetings):
        return window_words(meetings[0])
    first = min(one.window_start_date for one in meetings)
    return windows_words([(first, max(one.window_end_date for one in meetings))])


#: Closed days of one kind, together.
CLOSED_HEADINGS = {
    ClosedKind.PUBLIC_HOLIDAY: gettext_lazy("Jours fériés"),
    ClosedKind.SCHOOL_HOLIDAYS: gettext_lazy("Vacances scolaires"),
    ClosedKind.ELECTION: gettext_lazy("Élections"),
    ClosedKind.RESERVE: gettext_lazy("Périodes de réserve"),
    ClosedKind.COUNCIL: gettext_lazy("Soirs de conseil"),
    ClosedKind.ROOM: gettext_lazy("Salles indisponibles"),
    ClosedKind.OTHER: gettext_lazy("Autres jours fermés"),
}


def closed_words(period: ClosedPeriod) -> str:
    if period.first_date == period.last_date:
        when = day_words(period.first_date)
    else:
        when = period_words(period.first_date, period.last_date)
    return f"{period.label}, {when}"


def long_day(day: date) -> str:
    """« mardi 1er septembre 2020 »."""
    return f"{date_format(day, 'l')} {day_words(day)}"


def listed(names: Iterable[str], *, most: int = MOST_NAMES) -> str:
    """« A, B, C et 3 autres »."""
    found = list(names)
    if len(found) > most + 1:
        left = len(found) - most
        others = ngettext("%(count)d autre", "%(count)d autres", left) % {"count": left}
        return _("%(names)s et %(others)s") % {"names": ", ".join(found[:most]), "others": others}
    return ", ".join(found)


# ── Who is missing, what it costs ──


def missing_words(missing: Missing, names: Names) -> str:
    """« Élue référente (Lorient), indispensable : agenda pris »."""
    name = names.person(missing.person)
    if missing.mandatory:
        name = _("%(name)s, indispensable") % {"name": name}
    reason = _ABSENCES[missing.reason]()
    if missing.closure:
        reason = names.closure(missing.closure)
    return _("%(name)s : %(reason)s") % {"name": name, "reason": reason}


_ABSENCES: dict[Absence, Callable[[], str]] = {
    Absence.SAID_NO: lambda: _("a répondu non"),
    Absence.UNAVAILABLE: lambda: _("agenda pris"),
    Absence.CLOSED: lambda: _("période fermée"),
    Absence.NO_ANSWER: lambda: _("n'a pas répondu pour ce jour"),
}


def load_words(load: FacilitatorLoad, names: Names) -> str:
    """« Chargée d'études : 12 réunions, dont 4 dans le mois le plus chargé »."""
    count = len(load.meetings)
    said = ngettext("%(count)d réunion", "%(count)d réunions", count) % {"count": count}
    if count > 1:
        said = _("%(meetings)s, dont %(busiest)d dans le mois le plus chargé") % {
            "meetings": said,
            "busiest": load.busiest_month,
        }
    return _("%(name)s : %(load)s") % {"name": names.person(load.person), "load": said}


def worst_served_words(plan: SeriesPlan, names: Names) -> str:
    """Who misses most, and how much; that nobody does."""
    missed = {one.person: one for one in plan.people}
    if not plan.worst_served:
        return _("Chacun peut venir partout où une date pouvait lui convenir.")
    first = missed[plan.worst_served[0]]
    return _("%(names)s : %(missed)s sur %(invited)d") % {
        "names": listed((names.person(one) for one in plan.worst_served), most=2),
        "missed": ngettext("%(count)d absence", "%(count)d absences", first.missed)
        % {"count": first.missed},
        "invited": first.invited,
    }


def weeks_words(days: int) -> str:
    """How a calendar ends beside what was planned: ``days`` after it, less than 0 before."""
    if days <= 0:
        return _("dans le temps prévu")
    weeks = -(-days // 7)
    return ngettext(
        "%(count)d semaine de plus que prévu", "%(count)d semaines de plus que prévu", weeks
    ) % {"count": weeks}


def kept_words(options: Mapping[str, Any]) -> str:
    """Which dates a calendar keeps where it can: those people know, those only fixed, or none."""
    if options.get("announced"):
        return _("dates annoncées et fixées") if options.get("fixed") else _("dates annoncées")
    return _("dates fixées") if options.get("fixed") else ""


def changes_words(count: int) -> str:
    """« 3 dates changent », nothing where none does."""
    words = ngettext("%(count)d date change", "%(count)d dates changent", count)
    return counted(count, words)


def moves_words(count: int, *, proved: bool) -> str:
    """« 3 dates changent : il n'est pas possible d'en changer moins. »"""
    said = changes_words(count)
    if not said:
        return _("Aucune ne change.")
    if proved:
        return _("%(moves)s : il n'est pas possible d'en changer moins.") % {"moves": said}
    return f"{said}."


def shift_words(days: int) -> str:
    """« 12 jours plus tard »."""
    count = abs(days)
    if days > 0:
        return ngettext("%(count)d jour plus tard", "%(count)d jours plus tard", count) % {
            "count": count
        }
    return ngettext("%(count)d jour plus tôt", "%(count)d jours plus tôt", count) % {"count": count}


def proof_words(status: Status) -> str:
    """How sure one is that nothing does better."""
    return {
        Status.OPTIMAL: lambda: _("Aucun calendrier ne fait mieux : c'est démontré."),
        Status.FEASIBLE: lambda: _(
            "Toutes les contraintes sont respectées. Le temps de recherche est passé avant d'avoir "
            "démontré qu'aucun calendrier ne fait mieux."
        ),
        Status.STOPPED: lambda: _(
            "Recherche arrêtée : voici le meilleur calendrier trouvé jusque-là."
        ),
        Status.INFEASIBLE: lambda: _("Aucun calendrier ne respecte toutes les contraintes."),
        Status.UNKNOWN: lambda: _(
            "Le temps de recherche est passé sans trouver de calendrier ni de contradiction. "
            "Élargissez des périodes, puis relancez."
        ),
    }[status]()


# ── What contradicts what ──


def constraint_words(constraint: Constraint, names: Names) -> str:
    """One rule that stands in a contradiction, as a sentence."""
    return capfirst(_CONSTRAINTS[constraint.rule](constraint, names))


def exclusion_words(exclusion: Exclusion, names: Names) -> str:
    """« Vacances d'été, du 4 juillet au 31 août 2020 : 40 jours »."""
    days = ngettext("%(count)d jour", "%(count)d jours", exclusion.days) % {"count": exclusion.days}
    what = _EXCLUSIONS[exclusion.constraint.rule](exclusion.constraint, names)
    return _("%(what)s : %(days)s") % {"what": capfirst(what), "days": days}


def blocked_words(blocked: BlockedMeeting, names: Names) -> str:
    """What a meeting without a possible day had, before exclusions took it."""
    days = ngettext("%(count)d jour", "%(count)d jours", blocked.window_days) % {
        "count": blocked.window_days
    }
    return _("« %(meeting)s » n'a aucun jour possible. Ce qui écarte sa période (%(days)s) :") % {
        "meeting": names.meeting(blocked.meeting),
        "days": days,
    }


def relaxation_words(relaxation: Relaxation, names: Names) -> str:
    """What lifting one constraint gives; what it does not."""
    if not relaxation.solves:
        return _("La lever ne suffit pas : autre chose se contredit encore.")
    end = max((one.day for one in relaxation.dates), default=None)
    ends = _(" La dernière réunion serait le %(day)s.") % {"day": day_words(end)} if end else ""
    return _relaxed(relaxation, names) + ends


def _relaxed(relaxation: Relaxation, names: Names) -> str:
    constraint, overstep = relaxation.constraint, relaxation.overstep
    dates = {one.meeting: one.day for one in relaxation.dates}
    if constraint.rule == Rule.WINDOWS and overstep is not None:
        said = ngettext(
            "En débordant de %(count)d jour de cette période, tout tient",
            "En débordant de %(count)d jours de cette période, tout tient",
            overstep,
        ) % {"count": overstep}
        if len(constraint.meetings) == 1 and constraint.meetings[0] in dates:
            day = day_words(dates[constraint.meetings[0]])
            return _("%(said)s : ce serait le %(day)s.") % {"said": said, "day": day}
        return f"{said}."
    if constraint.rule == Rule.MIN_GAP and overstep is not None:
        return ngettext(
            "Avec %(count)d jour de moins entre les deux, tout tient.",
            "Avec %(count)d jours de moins entre les deux, tout tient.",
            overstep,
        ) % {"count": overstep}
    if constraint.person is not None:
        return _("En se passant de cette personne ce jour-là, tout tient.")
    return _("Sans cette contrainte, tout tient.")


def _between(constraint: Constraint, names: Names) -> dict[str, object]:
    before, after = (names.meeting(key) for key in constraint.meetings)
    return {"before": before, "after": after, "days": constraint.days or 0}


def _window_rule(constraint: Constraint, names: Names) -> str:
    if len(constraint.meetings) != 1:
        return _("Chaque réunion se tient dans sa période.")
    (key,) = constraint.meetings
    found = names.meetings.get(key)
    said = {"meeting": names.meeting(key), "window": window_words(found) if found else ""}
    if found and len(found.windows) > 1:
        return _("« %(meeting)s » se tient dans l'une de ses périodes (%(window)s).") % said
    return _("« %(meeting)s » se tient dans sa période (%(window)s).") % said


def _closure_rule(constraint: Constraint, names: Names) -> str:
    closure = names.closure(constraint.closure or "")
    period = names.closures.get(constraint.closure or "")
    if period is not None and period.concerns == Concerned.ELECTED:
        return _("Les élus ne sont pas disponibles : %(closure)s.") % {"closure": closure}
    if period is not None and period.site is not None:
        return _("Rien ne se tient à %(site)s : %(closure)s.") % {
            "site": period.site.territory.name,
            "closure": closure,
        }
    return _("Rien ne se tient : %(closure)s.") % {"closure": closure}


def _person_rule(constraint: Constraint, names: Names) -> str:
    return _("%(person)s doit pouvoir venir à « %(meeting)s ».") % {
        "person": names.person(constraint.person or ""),
        "meeting": names.meeting(constraint.meetings[0]) if constraint.meetings else "",
    }


def _facilitator_rule(constraint: Constraint, names: Names) -> str:
    return _("%(person)s doit pouvoir animer « %(meeting)s ».") % {
        "person": names.person(constraint.person or ""),
        "meeting": names.meeting(constraint.meetings[0]) if constraint.meetings else "",
    }


def _places_rule(constraint: Constraint, names: Names) -> str:
    if not constraint.person:
        return _("Personne ne peut être à deux endroits le même jour.")
    if len(constraint.meetings) == 2:
        return _(
            "%(person)s ne peut pas être le même jour à « %(before)s » et à « %(after)s »."
        ) % {"person": names.person(constraint.person), **_between(constraint, names)}
    return _("%(person)s ne peut pas être à deux endroits le même jour.") % {
        "person": names.person(constraint.person)
    }


def _quorum_rule(constraint: Constraint, names: Names) -> str:
    key = constraint.meetings[0] if constraint.meetings else ""
    return _(
        "« %(meeting)s » réunit son quorum : %(percent)d %% au moins des personnes attendues ont "
        "répondu qu'elles peuvent venir."
    ) % {"meeting": names.meeting(key), "percent": names.quorum(key)}


_CONSTRAINTS: dict[Rule, Callable[[Constraint, Names], str]] = {
    Rule.WINDOWS: _window_rule,
    Rule.WEEKDAYS: lambda c, n: _("Les réunions se tiennent les jours de la semaine retenus."),
    Rule.CLOSURE: _closure_rule,
    Rule.MANDATORY_PERSON: _person_rule,
    Rule.FACILITATOR: _facilitator_rule,
    Rule.QUORUM: _quorum_rule,
    Rule.MIN_GAP: lambda c, n: (
        ngettext(
            "Il faut %(days)d jour au moins entre « %(before)s » et « %(after)s ».",
            "Il faut %(days)d jours au moins entre « %(before)s » et « %(after)s ».",
            c.days or 0,
        )
        % _between(c, n)
    ),
    Rule.MAX_GAP: lambda c, n: (
        ngettext(
            "Il faut %(days)d jour au plus entre « %(before)s » et « %(after)s ».",
            "Il faut %(days)d jours au plus entre « %(before)s » et « %(after)s ».",
            c.days or 0,
        )
        % _between(c, n)
    ),
    Rule.PLACES: _places_rule,
    Rule.ROOM: lambda c, n: (
        _("« %(room)s » n'accueille qu'une réunion par jour.") % {"room": c.room or ""}
    ),
    Rule.HELD: lambda c, n: _("Ce qui a été tenu garde sa date."),
    Rule.DATE: lambda c, n: _("Chaque réunion a une date."),
}


def _away(reason: str) -> Callable[[Constraint, Names], str]:
    """Someone a meeting cannot do without, by themselves or because of a closed period."""

    def said(constraint: Constraint, names: Names) -> str:
        person = names.person(constraint.person or "")
        if constraint.closure:
            return _("%(closure)s, pour %(person)s") % {
                "closure": names.closure(constraint.closure),
                "person": person,
            }
        return _(reason) % {"person": person}

    return said


_EXCLUSIONS: dict[Rule, Callable[[Constraint, Names], str]] = {
    **_CONSTRAINTS,
    Rule.WEEKDAYS: lambda c, n: _("jours de la semaine non retenus"),
    Rule.CLOSURE: lambda c, n: n.closure(c.closure or ""),
    Rule.MANDATORY_PERSON: _away(
        gettext_noop("%(person)s, dont la présence est indispensable, n'est pas disponible")
    ),
    Rule.FACILITATOR: _away(gettext_noop("%(person)s, qui anime, n'est pas disponible")),
    Rule.QUORUM: lambda c, n: _("quorum non atteint, d'après les réponses"),
}
