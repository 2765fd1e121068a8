"""What can go wrong with territories: facts only, which pages and commands say in French."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fabrique.territory.models import Territory


class UnknownTerritory(LookupError):
    """No current commune or intercommunality has this code; ``suggestions`` are the nearest."""

    def __init__(self, code: str, *, suggestions: tuple[Territory, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.suggestions = suggestions


class SourceMissing(Exception):
    """The folder lacks one of the three files of the reference."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class SourceUnreadable(Exception):
    """A file of the reference is not what it should be (cut short, another format, empty)."""

    def __init__(self, path: Path, *, detail: str) -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail
