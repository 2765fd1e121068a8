"""A roadmap as a calendar: one all-day event an action, for any agenda (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from fabrique.stages.contribution.formats.roadmap.analysis import name_of
from fabrique.stages.contribution.formats.roadmap.contribution import WORDS
from fabrique.stages.contribution.formats.roadmap.dates import day_of
from fabrique.stages.contribution.models import Card

TIMEZONE = "Europe/Paris"
PRODUCT = "-//Fabrique//Feuille de route//FR"
DETAILS = ("lead", "partners", "means", "indicator", "status")


def write_agenda(cards: Sequence[Card], *, title: str, written_at: datetime) -> bytes:
    """Days as planned; an action with one date lasts that day, one without any is left out."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", TIMEZONE)
    for card in cards:
        start, end = day_of(card.payload.get("start")), day_of(card.payload.get("end"))
        if first := start or end:
            calendar.add_component(_event(card, first, end or first, written_at))
    return bytes(calendar.to_ical())


def _event(card: Card, first: date, last: date, written_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"action-{card.pk}@fabrique")
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # exclusive, says the standard
    event.add("summary", name_of(card))
    event.add("description", _description(card))
    event.add("transp", "TRANSPARENT")
    if category := card.payload.get("category_1"):
        event.add("categories", [category])
    return event


def _description(card: Card) -> str:
    lines = [card.text] if card.text else []
    for name in DETAILS:
        if said := card.payload.get(name):
            label, _limit = WORDS[name]
            lines.append(_("%(label)s : %(said)s") % {"label": label, "said": said})
    return "\n".join(lines)
