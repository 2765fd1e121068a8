"""Drafts the browser keeps (``data-drafts``) and may forget, once what they hold was written.

The next page says so once: reloading it later forgets nothing that was typed since.
"""

from django.http import HttpRequest

SESSION_KEY = "written_drafts"


def draft_written(request: HttpRequest, key: str) -> None:
    """What was typed under this key is safe now."""
    request.session[SESSION_KEY] = [*request.session.get(SESSION_KEY, []), key]


def written_drafts(request: HttpRequest) -> list[str]:
    """The keys to forget, told once."""
    session = getattr(request, "session", None)
    found: list[str] = session.pop(SESSION_KEY, []) if session is not None else []
    return found
