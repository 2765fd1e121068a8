"""Taking something off and putting it back: its row stays, so nothing is lost."""

from datetime import datetime
from typing import Protocol

from django.utils import timezone


class Removable(Protocol):
    """A row that says since when it is off; the caller holds it, and leaves the audit line."""

    removed_at: datetime | None

    def save(self, *, update_fields: list[str]) -> None: ...


def put_away(row: Removable) -> bool:
    """Whether it was there."""
    if row.removed_at is not None:
        return False
    row.removed_at = timezone.now()
    row.save(update_fields=["removed_at"])
    return True


def put_back(row: Removable) -> bool:
    """Whether it was off."""
    if row.removed_at is None:
        return False
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    return True
