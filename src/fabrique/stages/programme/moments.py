"""When a meeting is, as one says it to someone who must be there: with the day of the week."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fabrique.stages.programme.year import day_words


def full_day_words(instant: datetime) -> str:
    """« jeudi 1er octobre 2020 »."""
    day = timezone.localdate(instant)
    return f"{date_format(day, 'l').lower()} {day_words(day)}"


def moment_words(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """« jeudi 1er octobre 2020, de 14:00 à 17:00 », nothing without a date."""
    if starts_at is None or ends_at is None:
        return ""
    return _("%(day)s, de %(start)s à %(end)s") % {
        "day": full_day_words(starts_at),
        "start": hour_words(starts_at),
        "end": hour_words(ends_at),
    }


def hour_words(instant: datetime) -> str:
    return date_format(timezone.localtime(instant), "H:i")
