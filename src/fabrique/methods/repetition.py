"""What a list of identifiers holds twice, where each may stand once."""

from collections.abc import Iterable


def first_repeated(names: Iterable[str]) -> str | None:
    """The first name met a second time; nothing when each stands once."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None
