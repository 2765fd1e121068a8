"""Time left in a room: the server's instants, counted down by the screen's own clock."""

from datetime import datetime, timedelta

from django.utils import timezone

from fabrique.kit.components.actions import check_choice
from fabrique.kit.registry import Props, component


def clock_words(seconds: float) -> str:
    """« 12:05 », « −1:30 » once the time is over."""
    sign = "−" if seconds < 0 else ""
    whole = abs(int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{sign}{hours}:{minutes:02d}:{left:02d}"
    return f"{sign}{minutes}:{left:02d}"


@component()
def timer(
    *,
    ends_at: datetime | None = None,
    remaining: timedelta | None = None,
    now: datetime | None = None,
    label: str = "",
    size: str = "medium",
) -> Props:
    """Time left. Running: give ``ends_at``; stopped: give ``remaining``.

    The page carries the server's present instant, so that a phone whose clock is wrong by a day
    still counts right.
    """
    present = now or timezone.now()
    left = (ends_at - present) if ends_at else (remaining or timedelta())
    return {
        "ends_at": ends_at,
        "now": present,
        "seconds": int(left.total_seconds()),
        "words": clock_words(left.total_seconds()),
        "over": left.total_seconds() < 0,
        "running": ends_at is not None,
        "label": label,
        "size": check_choice("size", size, ("medium", "large", "wall")),
    }
