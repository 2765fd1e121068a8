"""French typography for what people typed, applied when shown and never to what is stored."""

from functools import lru_cache

from django.utils.translation import get_language

#: A seminar's texts, shown again at each refresh of its screens.
TEXTS_KEPT = 2_048


def typeset(text: str) -> str:
    """Text as the language of the screen sets it."""
    return _typeset(text, (get_language() or "fr").startswith("fr"))


@lru_cache(maxsize=TEXTS_KEPT)
def _typeset(text: str, is_french: bool) -> str:
    from fabrique.document import typography

    return typography.french(text) if is_french else typography.english(text)
