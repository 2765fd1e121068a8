"""What a static file says of itself: it is what its type says, and runs nothing by itself."""

from collections.abc import MutableMapping


def guard_static_file(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """What Django's middleware says of pages, for files that do not pass through it."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Content-Security-Policy"] = "default-src 'none'"
