"""Days in words, as French writes them: the first of a month has a name of its own."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language


def day_words(day: date, *, of: str = "F Y") -> str:
    """« 1er mai 2020 »; ``of`` says what follows the number, in Django's letters."""
    number = "1er" if day.day == 1 and (get_language() or "").startswith("fr") else str(day.day)
    return f"{number} {date_format(day, of)}" if of else number
