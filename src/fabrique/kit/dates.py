"""Days and hours in words, as French writes them: « 1er mai 2020 », « 14 h 30 »."""

from datetime import date, datetime, time

from babel.dates import format_date
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from fabrique.document.typography import FIRM


def day_words(day: date, *, of: str = "F Y") -> str:
    """« 1er mai 2020 »; ``of`` says what follows the number, in Django's letters."""
    number = "1er" if day.day == 1 and _is_french() else str(day.day)
    return f"{number} {date_format(day, of)}" if of else number


def short_month_words(month: date, *, with_year: bool) -> str:
    """« janv. 2020 », « janv. », where Django would say « jan. »."""
    return _short(month, "MMM y" if with_year else "MMM")


def short_weekday_words(day: date) -> str:
    """« jeu. », « Thu »."""
    return _short(day, "EEE")


def hour_words(hour: time | datetime) -> str:
    """« 14 h », « 14 h 30 », held together by no-break spaces; « 14:30 » in another language.

    An instant is told in the hour of the territory.
    """
    if isinstance(hour, datetime) and timezone.is_aware(hour):
        hour = timezone.localtime(hour)
    if not _is_french():
        return f"{hour:%H:%M}"
    return f"{hour.hour}{FIRM}h{FIRM}{hour:%M}" if hour.minute else f"{hour.hour}{FIRM}h"


def instant_words(instant: datetime) -> str:
    """« 1er mai 2020 à 14 h 30 »."""
    day = day_words(timezone.localtime(instant).date())
    return f"{day} à {hour_words(instant)}" if _is_french() else f"{day}, {hour_words(instant)}"


def _short(day: date, letters: str) -> str:
    return str(format_date(day, letters, locale="fr" if _is_french() else "en_GB"))


def _is_french() -> bool:
    return (get_language() or "").startswith("fr")
