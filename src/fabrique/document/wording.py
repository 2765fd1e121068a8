"""The few words and number shapes the renderers add by themselves, in French and in English."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from fabrique.document.typography import THIN


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rendering says that its tree does not."""

    sources: str
    subject: str
    spread: str
    median: str
    middle_half: str
    answers: str
    page: str
    opening: str
    closing: str
    decimal: str
    range_alternative: str
    start: str
    end: str
    period_alternative: str
    start_alternative: str
    end_alternative: str
    undated: str


FRENCH = Wording(
    sources="Sur quoi repose ce document",
    subject="Sujet",
    spread="Répartition",
    median="Médiane",
    middle_half="Moitié centrale",
    answers="Réponses",
    page="page",
    opening=f"«{THIN}",
    closing=f"{THIN}»",
    decimal=",",
    range_alternative="Médiane {median}, moitié centrale de {low} à {high}",
    start="Début",
    end="Fin",
    period_alternative="De {start} à {end}",
    start_alternative="À partir de {start}, sans date de fin",
    end_alternative="Avant la fin de {end}, sans date de début",
    undated="Sans date",
)
ENGLISH = Wording(
    sources="What this document rests on",
    subject="Subject",
    spread="Distribution",
    median="Median",
    middle_half="Middle half",
    answers="Answers",
    page="page",
    opening="“",
    closing="”",
    decimal=".",
    range_alternative="Median {median}, middle half from {low} to {high}",
    start="Start",
    end="End",
    period_alternative="From {start} to {end}",
    start_alternative="From {start}, without an end date",
    end_alternative="By the end of {end}, without a start date",
    undated="No date",
)
_BY_LANGUAGE: Mapping[str, Wording] = {"fr": FRENCH, "en": ENGLISH}


def wording(lang: str) -> Wording:
    """The words of a language; English where we have none."""
    return _BY_LANGUAGE.get(lang[:2], ENGLISH)


def number(value: float, words: Wording) -> str:
    """A score as it is read: `3`, `2,5`."""
    return f"{round(value, 2):g}".replace(".", words.decimal)


def month(value: date, words: Wording) -> str:
    """« janv. 2027 », never cut at the end of a line."""
    written = format_date(value, "MMM y", locale="fr" if words is FRENCH else "en_GB")
    return written.replace(" ", "\N{NO-BREAK SPACE}")


def day(value: date, lang: str) -> str:
    """« 17 septembre 2020 », « 1er octobre 2020 »."""
    if not lang.startswith("fr"):
        return format_date(value, "long", locale="en_GB")
    written = format_date(value, "long", locale="fr")
    return written.replace("1 ", "1er ", 1) if value.day == 1 else written
