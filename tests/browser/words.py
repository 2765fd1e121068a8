"""Finding what a page says, whatever its typography, and which language it says it in."""

import re
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

CATALOG = Path(__file__).resolve().parents[2] / "src/fabrique/locale/en/LC_MESSAGES/django.po"


def said(words: str) -> re.Pattern[str]:
    """These words as typed on a keyboard, matched with curly apostrophes and thin spaces."""
    pattern = re.escape(words).replace("'", "['’]").replace(r"\ ", r"\s+")
    spaced = re.sub(r"(\\s\+)?\\?([!?:;»])", r"\\s*[\2]", pattern).replace("«", r"«\s*")
    return re.compile(spaced, re.IGNORECASE)


def french_words_in(page: Page) -> list[str]:
    """Words of the screens, still in French on a page that should be in English."""
    shown = " ".join(page.locator("body").inner_text().split())
    return [words for words, pattern in _french_words() if pattern.search(shown)]


@cache
def _french_words() -> list[tuple[str, re.Pattern[str]]]:
    """Phrases the catalog puts in other words; a lone word may be what someone typed."""
    found = []
    for source, translated in _entries(CATALOG.read_text()):
        if " " in source and source != translated and "%" not in source:
            found.append((source, re.compile(rf"(?<!\w){said(source).pattern}(?!\w)")))
    return found


def _entries(text: str) -> list[tuple[str, str]]:
    entries = re.findall(r'^msgid ((?:"[^\n]*"\n)+)msgstr ((?:"[^\n]*"\n?)+)', text, re.MULTILINE)
    return [(_joined(source), _joined(translated)) for source, translated in entries]


def _joined(lines: str) -> str:
    parts = re.findall(r'^"(.*)"$', lines, re.MULTILINE)
    return "".join(parts).replace(r"\"", '"').replace(r"\n", "\n")
