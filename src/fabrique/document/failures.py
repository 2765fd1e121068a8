"""What can go wrong here: a code and parameters, which the page turns into a sentence."""

from collections.abc import Mapping


class DocumentError(Exception):
    """A failure with a code for the program and parameters for the reader."""

    def __init__(self, code: str, params: Mapping[str, object] | None = None) -> None:
        self.code = code
        self.params = dict(params or {})
        super().__init__(f"{code} {self.params}" if self.params else code)


class RenderingFailed(DocumentError):
    """A rendering could not be made; nothing half-written is ever returned."""


class MalformedTree(DocumentError):
    """Stored JSON is not a tree of blocks; `params["at"]` says where."""
