"""Sentences that count."""


def counted(count: int, words: str) -> str:
    """« 3 jours » from « %(count)d jours »; nothing is said of none.

    ``words`` are already in the right number: ``counted(n, ngettext(one, several, n))``.
    """
    return words % {"count": count} if count else ""
