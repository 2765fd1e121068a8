"""French typography for what people typed, applied when shown and never to what is stored."""

from django.utils.translation import get_language


def typeset(text: str) -> str:
    """Text as the language of the screen sets it."""
    from fabrique.document import typography

    if (get_language() or "fr").startswith("fr"):
        return typography.french(text)
    return typography.english(text)
