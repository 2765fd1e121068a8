"""Compiles the words of the screens: `python -m fabrique.kit.catalogs`.

The source language is French, typed on a plain keyboard. The English catalog is written by hand;
the French one is derived from the same messages, dressed by the typography of each language, so
that nobody ever types a no-break space. Both are build products, made without gettext's tools.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from fabrique.document.typography import english, french

LOCALES = Path(__file__).resolve().parent.parent / "locale"


def english_source(locales: Path = LOCALES) -> Path:
    return locales / "en" / "LC_MESSAGES" / "django.po"


def read_catalog(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def french_catalog(source: Catalog) -> Catalog:
    """Every message as its own translation, in French typography."""
    derived = Catalog(locale="fr", domain="django")
    for message in _messages(source):
        derived.add(message.id, _dressed(message.id, french), context=message.context)
    return derived


def english_catalog(source: Catalog) -> Catalog:
    """The translations written by hand, in English typography; unfinished ones left out."""
    dressed = Catalog(locale="en", domain="django")
    for message in _messages(source):
        if message.string and is_translated(message):
            dressed.add(message.id, _dressed(message.string, english), context=message.context)
    return dressed


def is_translated(message: Message) -> bool:
    words = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return not message.fuzzy and all(words)


def untranslated(source: Catalog) -> list[str]:
    """The messages whose English is missing or doubtful."""
    return [singular(message) for message in _messages(source) if not is_translated(message)]


def singular(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else message.id


def compile_catalogs(locales: Path = LOCALES) -> list[Path]:
    """Write the compiled catalogs beside the source and return their paths."""
    source = read_catalog(english_source(locales))
    written = []
    for language, catalog in (("fr", french_catalog(source)), ("en", english_catalog(source))):
        path = locales / language / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_mo(file, catalog)
        written.append(path)
    return written


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _dressed(
    words: str | tuple[str, ...] | list[str], typography: Callable[[str], str]
) -> str | tuple[str, ...]:
    if isinstance(words, str):
        return typography(words)
    return tuple(typography(form) for form in words)


if __name__ == "__main__":
    for compiled in compile_catalogs():
        sys.stdout.write(f"{compiled.parent.parent.name} : {compiled.name}\n")
