"""What a citation of the document tree points at: `card:…` or `contribution:…` and a key."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from fabrique.document.tree import Citation

Kind = Literal["card", "contribution"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A card, or one contribution."""

    kind: Kind
    id: UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def read_reference(ref: str) -> Reference | None:
    """The reference a text spells, nothing when it spells none."""
    kind, _colon, key = ref.partition(":")
    if kind not in ("card", "contribution"):
        return None
    try:
        return Reference("card" if kind == "card" else "contribution", UUID(key))
    except ValueError:
        return None


def references_of(citations: Iterable[Citation]) -> list[Reference]:
    """Those of some citations, each once, in their order."""
    found = (read_reference(citation.ref) for citation in citations)
    return list(dict.fromkeys(reference for reference in found if reference))
