"""One spelling for the many ways of writing a place: « Saint-Dié », « st die », « SAINT DIE ».

Applied to the names when they are loaded and to what people type when they search, so that the
two meet. Abbreviations are written out rather than names cut down: someone halfway through
typing « saint » must already be on the way to Saint-Dié.
"""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SUR_SOUS = ((re.compile(r"\bs/s\b"), "sous"), (re.compile(r"\bs/"), "sur "))
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_WRITTEN_OUT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LEGAL_NATURES = (
    ("communaute d agglomeration", "ca"),
    ("communaute de communes", "cc"),
    ("communaute urbaine", "cu"),
)


def search_key(text: str) -> str:
    """Lower-case words without accents, apostrophes or hyphens, abbreviations written out.

    >>> search_key("Saint-Dié-des-Vosges"), search_key("ST DIE")
    ('saint die des vosges', 'saint die')
    >>> search_key("Communauté d'agglomération du Beauvaisis")
    'ca du beauvaisis'
    """
    return " ".join(_WRITTEN_OUT.get(word, word) for word in typed_words(text))


def typed_words(text: str) -> list[str]:
    """The words as typed, abbreviations left alone: « st » may be the start of Strasbourg."""
    lowered = text.casefold().translate(_LIGATURES)
    for short, long in _SUR_SOUS:
        lowered = short.sub(long, lowered)
    decomposed = unicodedata.normalize("NFKD", lowered)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    spaced = _NOT_A_WORD.sub(" ", bare).strip()
    for words, published in _LEGAL_NATURES:
        spaced = re.sub(rf"\b{words}\b", published, spaced)
    return spaced.split()
