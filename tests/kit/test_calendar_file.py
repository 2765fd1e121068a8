"""Calendar files say the same instants whoever reads them, across the changes of hour."""

import io
import os
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from fabrique.kit.calendar_file import (
    CalendarEvent,
    Calendars,
    Guest,
    plain_line,
    write_calendar,
)

PARIS = ZoneInfo("Europe/Paris")
FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
WRITTEN = datetime(2020, 9, 1, 8, tzinfo=UTC)


def an_event(starts: datetime | date, ends: datetime | date, **more: object) -> CalendarEvent:
    return CalendarEvent(
        uid="a@fabrique", summary="Séminaire", starts=starts, ends=ends, stamped_at=WRITTEN, **more
    )


def written(*events: CalendarEvent, **about: object) -> bytes:
    return write_calendar(events, Calendars("Réunions", **about))


@pytest.mark.parametrize(
    ("day", "hour_utc"),
    [
        (date(2020, 10, 23), 12),
        (date(2020, 10, 26), 13),
        (date(2021, 3, 26), 13),
        (date(2021, 3, 29), 12),
    ],
    ids=["Friday before October's", "Monday after", "Friday before March's", "Monday after"],
)
def test_fourteen_in_paris_is_the_same_instant_everywhere(day: date, hour_utc: int) -> None:
    starts = datetime(day.year, day.month, day.day, 14, tzinfo=PARIS)
    content = written(an_event(starts, starts + timedelta(hours=3)))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    instant = datetime(day.year, day.month, day.day, hour_utc, tzinfo=UTC)
    assert event["DTSTART"].dt.astimezone(UTC) == instant
    assert event["DTEND"].dt.astimezone(UTC) == instant + timedelta(hours=3)
    assert f"DTSTART;TZID=Europe/Paris:{day:%Y%m%d}T140000".encode() in content


def test_the_rules_written_are_those_of_paris() -> None:
    """Read by another library, hour by hour around each change of fifteen years."""
    starts = datetime(2020, 5, 1, 14, tzinfo=PARIS)
    content = written(an_event(starts, starts + timedelta(hours=1)))
    rules = tzical(io.StringIO(content.decode().replace("\r\n ", ""))).get("Europe/Paris")
    for year in range(2018, 2033):
        for month in (3, 10):
            for hour in range(9 * 24):
                instant = datetime(year, month, 23, tzinfo=UTC) + timedelta(hours=hour)
                if instant.month != month:
                    continue
                assert (
                    instant.astimezone(rules).utcoffset() == instant.astimezone(PARIS).utcoffset()
                )


#: Reads an event with the rules of its own file, and says its start in the time of the world.
THUNDERBIRD = """
import ICAL from "ical.js";
let text = "";
for await (const part of process.stdin) text += part;
const calendar = new ICAL.Component(ICAL.parse(text));
for (const one of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(one);
const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
process.stdout.write(event.startDate.toJSDate().toISOString());
"""


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2020, 10, 23), "2020-10-23T12:00:00.000Z"),
        (date(2020, 10, 26), "2020-10-26T13:00:00.000Z"),
        (date(2021, 3, 29), "2021-03-29T12:00:00.000Z"),
    ],
    ids=["before October's change", "after it", "after March's"],
)
def test_thunderbird_reads_the_same_instant(day: date, said: str) -> None:
    """By ical.js, with which Thunderbird reads calendars, on a machine that lives elsewhere."""
    starts = datetime(day.year, day.month, day.day, 14, tzinfo=PARIS)
    content = written(an_event(starts, starts + timedelta(hours=3)))
    read = subprocess.run(
        ["node", "--input-type=module", "--eval", THUNDERBIRD],
        input=content,
        capture_output=True,
        cwd=FRONTEND,
        env={**os.environ, "TZ": "Pacific/Noumea"},
        check=True,
    )
    assert read.stdout.decode() == said


def test_an_instant_of_another_zone_is_written_in_paris_time() -> None:
    starts = datetime(2020, 10, 26, 13, tzinfo=UTC)
    content = written(an_event(starts, starts + timedelta(hours=1)))
    assert b"DTSTART;TZID=Europe/Paris:20201026T140000" in content


def test_whole_days_have_no_zone_and_end_the_day_after() -> None:
    content = written(an_event(date(2020, 10, 24), date(2020, 10, 25)))
    assert b"VTIMEZONE" not in content
    assert b"DTSTART;VALUE=DATE:20201024" in content
    assert b"DTEND;VALUE=DATE:20201026" in content


def test_words_never_leave_their_line() -> None:
    starts = datetime(2020, 5, 1, 14, tzinfo=PARIS)
    hostile = "Réunion\r\nATTENDEE:mailto:x@exemple.fr\x00; , \\"
    guest = Guest("a@exemple.fr", hostile)
    content = written(
        an_event(starts, starts + timedelta(hours=1), location=hostile, description=hostile,
                 organizer=guest, attendee=guest),
        title=hostile,
    )  # fmt: skip
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["ATTENDEE"]) == "mailto:a@exemple.fr"
    assert content.replace(b"\r\n ", b"").count(b"\r\nATTENDEE") == 1


def test_a_plain_line_is_one_line() -> None:
    assert plain_line("a\r\nb\tc\x07  d\u2028e") == "a b c d e"
