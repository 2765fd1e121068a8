"""A roadmap as a calendar: one all-day event an action, for any agenda (RFC 5545)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from fabrique.kit.calendar_file import CalendarEvent, Calendars, write_calendar
from fabrique.stages.contribution.formats.roadmap.analysis import name_of
from fabrique.stages.contribution.formats.roadmap.contribution import WORDS
from fabrique.stages.contribution.formats.roadmap.dates import day_of
from fabrique.stages.contribution.models import Card

DETAILS = ("lead", "partners", "means", "indicator", "status")


def write_agenda(cards: Sequence[Card], *, title: str, written_at: datetime) -> bytes:
    """Days as planned; an action with one date lasts that day, one without any is left out."""
    events = []
    for card in cards:
        start, end = day_of(card.payload.get("start")), day_of(card.payload.get("end"))
        if first := start or end:
            events.append(_event(card, first, end or first, written_at))
    return write_calendar(events, Calendars("Feuille de route", title=title))


def _event(card: Card, first: date, last: date, written_at: datetime) -> CalendarEvent:
    return CalendarEvent(
        uid=f"action-{card.pk}@fabrique",
        summary=name_of(card),
        starts=first,
        ends=last,
        stamped_at=written_at,
        description=_description(card),
        category=card.payload.get("category_1") or "",
        is_busy=False,
    )


def _description(card: Card) -> str:
    lines = [card.text] if card.text else []
    for name in DETAILS:
        if said := card.payload.get(name):
            label, _limit = WORDS[name]
            lines.append(_("%(label)s : %(said)s") % {"label": label, "said": said})
    return "\n".join(lines)
