"""What does not hold in a plan, said with the names of its actions and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fabrique.methods.roadmap import EarlyStart, Orphanhood, Undated
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.roadmap.analysis import Plan, name_of
from fabrique.stages.contribution.formats.roadmap.dates import day_of, day_words, half_year_words
from fabrique.stages.contribution.models import Card

ORPHANS: dict[Orphanhood, Text] = {
    Orphanhood.NO_LEAD: gettext_lazy("Sans pilote : qui la porte ?"),
    Orphanhood.NO_DATE: gettext_lazy("Sans date : pour quand ?"),
    Orphanhood.ANSWERS_NOTHING: gettext_lazy("Sans vulnérabilité en face : à quoi répond-elle ?"),
}
UNDATED: dict[Undated, Text] = {
    Undated.CYCLIC_PLAN: gettext_lazy("Le plan tourne en rond : pas de dates tant qu'il le fait."),
    Undated.NO_DURATION: gettext_lazy("Il manque son début ou sa fin."),
    Undated.NO_DURATION_BEFORE: gettext_lazy("Il manque une date à une action qu'elle attend."),
    Undated.NO_DURATION_AFTER: gettext_lazy("Il manque une date à une action qui l'attend."),
}


@dataclass(frozen=True)
class Finding:
    """Something to settle, in a sentence, and the actions it is about."""

    words: str
    cards: Sequence[Card]


@dataclass(frozen=True)
class Orphans:
    """Actions that lack the same thing."""

    reason: Text
    cards: Sequence[Card]


@dataclass(frozen=True)
class Scheduled:
    """An action as planned, and as it can be."""

    card: Card
    planned: str
    earliest: str
    latest: str
    slack: str
    is_critical: bool


def cycles_of(plan: Plan) -> list[Finding]:
    """« A » attend « B », qui attend « A »: none of them can start."""
    return [_cycle(plan.named(circle)) for circle in plan.roadmap.cycles]


def _cycle(cards: Sequence[Card]) -> Finding:
    first, *following = [_quoted(card) for card in cards]
    chain = "".join(_(", qui attend %(name)s") % {"name": name} for name in [*following[1:], first])
    words = _(
        "%(first)s attend %(second)s%(chain)s : aucune de ces actions ne peut commencer. "
        "Retirez l'une de ces attentes."
    ) % {"first": first, "second": following[0], "chain": chain}
    return Finding(words, cards)


def early_starts_of(plan: Plan) -> list[Finding]:
    """Actions planned to begin before something they wait for has ended."""
    return [_early_start(plan, one) for one in plan.early_starts]


def _early_start(plan: Plan, one: EarlyStart) -> Finding:
    card, before = plan.card(one.action), plan.card(one.depends_on)
    words = ngettext(
        "%(name)s commence le %(start)s, mais attend %(before)s, qui finit le %(end)s : "
        "%(days)d jour trop tôt.",
        "%(name)s commence le %(start)s, mais attend %(before)s, qui finit le %(end)s : "
        "%(days)d jours trop tôt.",
        one.days,
    ) % {
        "name": _quoted(card),
        "before": _quoted(before),
        "start": day_words(one.start),
        "end": day_words(one.end),
        "days": one.days,
    }
    return Finding(words, [card, before])


def orphans_of(plan: Plan) -> list[Orphans]:
    """Actions by what they lack; one may lack several things.

    Where there was nothing to answer, none is said to answer nothing.
    """
    found: dict[Orphanhood, list[Card]] = {}
    for one in plan.roadmap.orphans:
        for reason in one.reasons:
            found.setdefault(reason, []).append(plan.card(one.action))
    if not plan.vulnerabilities:
        found.pop(Orphanhood.ANSWERS_NOTHING, None)
    return [Orphans(words, found[reason]) for reason, words in ORPHANS.items() if reason in found]


def schedule_of(plan: Plan) -> list[Scheduled]:
    """Each action as planned, and the earliest and latest dates that keep the plan together."""
    lines = []
    for card, dates in zip(plan.cards, plan.roadmap.dates, strict=True):
        why = str(UNDATED[dates.undated]) if dates.undated else ""
        lines.append(
            Scheduled(
                card=card,
                planned=planned_words(card),
                earliest=_span(dates.earliest_start, dates.earliest_end) or why,
                latest=_span(dates.latest_start, dates.latest_end)
                or (why if dates.earliest_start else ""),
                slack=_slack(dates.slack),
                is_critical=dates.critical,
            )
        )
    return lines


def planned_words(card: Card) -> str:
    """« 1er mars 2021 – 31 décembre 2022 », « à partir du… », « avant le… »."""
    start, end = day_of(card.payload.get("start")), day_of(card.payload.get("end"))
    if start and end:
        return _span(start, end)
    if start:
        return _("à partir du %(day)s") % {"day": day_words(start)}
    return _("avant le %(day)s") % {"day": day_words(end)} if end else "–"


def load_table(plan: Plan) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: how many actions each lead carries in each half-year."""
    columns = [_("Pilote"), *(half_year_words(key) for key in plan.half_years)]
    rows = [
        [lead or _("Sans pilote"), *(_count(by_half.get(key, ())) for key in plan.half_years)]
        for lead, by_half in plan.load_by_lead.items()
    ]
    return columns, rows


def summary(plan: Plan) -> str:
    """« 12 actions, 5 pilotes, de mars 2021 à décembre 2026. »"""
    leads = len({card.payload["lead"] for card in plan.cards if card.payload.get("lead")})
    parts = [
        ngettext("%(count)d action", "%(count)d actions", len(plan.cards))
        % {"count": len(plan.cards)}
    ]
    if leads:
        parts.append(ngettext("%(count)d pilote", "%(count)d pilotes", leads) % {"count": leads})
    if plan.vulnerabilities and plan.cards:
        answered = len(plan.vulnerabilities) - len(plan.uncovered)
        parts.append(
            ngettext(
                "%(answered)d vulnérabilité sur %(total)d a une action en face",
                "%(answered)d vulnérabilités sur %(total)d ont une action en face",
                answered,
            )
            % {"answered": answered, "total": len(plan.vulnerabilities)}
        )
    return ", ".join(parts) + "."


def _quoted(card: Card) -> str:
    return _("« %(title)s »") % {"title": name_of(card)}


def _span(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        return ""
    return _("%(start)s – %(end)s") % {"start": day_words(start), "end": day_words(end)}


def _slack(days: int | None) -> str:
    if days is None:
        return "–"
    return ngettext("%(days)d jour", "%(days)d jours", days) % {"days": days}


def _count(cards: Sequence[Card]) -> str:
    return str(len(cards)) if cards else ""
