"""What the programme's pages say of its documents, told by the stage that writes them.

The deliverable stage comes after this one and may not be imported: it registers here, from its
``AppConfig.ready``, a function that answers for one programme and one viewer in a constant
number of queries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fabrique.people.viewer import Viewer
from fabrique.stages.programme.models import ExpectedDeliverable, Programme


@dataclass(frozen=True)
class DocumentKey:
    """Which expected document: its kind, and its territory or its meeting when it has one."""

    kind: str
    site_id: UUID | None = None
    meeting_id: UUID | None = None


@dataclass(frozen=True)
class DocumentState:
    """``label`` is said in a badge of this ``kind``; ``href`` leads to the document."""

    label: str
    kind: str = "neutral"
    href: str = ""


Teller = Callable[[Viewer, Programme], Mapping[DocumentKey, DocumentState]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    if teller not in _tellers:
        _tellers.append(teller)


def document_states(viewer: Viewer, programme: Programme) -> dict[DocumentKey, DocumentState]:
    states: dict[DocumentKey, DocumentState] = {}
    for teller in _tellers:
        states.update(teller(viewer, programme))
    return states


def key_of(expected: ExpectedDeliverable) -> DocumentKey:
    """A seminar's note is known by its meeting alone."""
    site_id = None if expected.meeting_id else expected.site_id
    return DocumentKey(expected.kind, site_id=site_id, meeting_id=expected.meeting_id)
