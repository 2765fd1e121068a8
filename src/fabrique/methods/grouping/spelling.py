"""One spelling for what people write in many: case, accents, punctuation, spaces."""

import re
import unicodedata
from collections.abc import Sequence

SEPARATOR = "\x00"
NOT_WORD = re.compile(r"[^\w\x00]+|_+")
MARKS = re.compile(r"[\u0300-\u036f]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def plain(texts: Sequence[str]) -> list[str]:
    """Lower case, accents removed, everything else than letters and digits one space.

    All texts are treated at once, which is ten times faster than one by one.
    """
    joined = _joined(texts).casefold().translate(LIGATURES)
    bare = MARKS.sub("", unicodedata.normalize("NFKD", joined))
    return [text.strip() for text in NOT_WORD.sub(" ", bare).split(SEPARATOR)][: len(texts)]


def words(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, lower case, with their accents; an elision ends a word."""
    joined = unicodedata.normalize("NFC", _joined(texts)).lower().translate(LIGATURES)
    return [text.split() for text in NOT_WORD.sub(" ", joined).split(SEPARATOR)][: len(texts)]


def without_accents(word: str) -> str:
    """`forêt` → `foret`."""
    return MARKS.sub("", unicodedata.normalize("NFKD", word))


def _joined(texts: Sequence[str]) -> str:
    return SEPARATOR.join(text.replace(SEPARATOR, " ") for text in texts)
