"""From the months of a blueprint to the dates of a programme: arithmetic, and nothing else."""

from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, rrule
from dateutil.rrule import weekday as day_of

Window = tuple[date, date]


def window_dates(
    window: tuple[float, float], *, months: float, starts_on: date, ends_on: date
) -> Window:
    """The first and last day of a window counted in months of a programme of ``months`` months.

    A programme that lasts longer or shorter stretches or tightens its windows alike.
    """
    days = (ends_on - starts_on).days
    first, last = (starts_on + timedelta(days=round(edge / months * days)) for edge in window)
    return first, last


def monthly_days(rank: int, weekday: int, *, first: date, last: date) -> list[date]:
    """Every second Tuesday (2, 2), every last Friday (-1, 5) between two days."""
    starts_at, ends_at = (datetime.combine(day, time()) for day in (first, last))
    rule = rrule(MONTHLY, dtstart=starts_at, until=ends_at, byweekday=day_of(weekday - 1, rank))
    return [one.date() for one in rule]


def years_later(day: date, years: int) -> date:
    """The same day years later, 28 February for a 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
