"""The documents a programme owes, each with its state as the stage that writes them tells it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fabrique.people.viewer import Viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.deliverable_states import (
    DocumentState,
    document_states,
    key_of,
)
from fabrique.stages.programme.enums import DeliverableKind
from fabrique.stages.programme.models import ExpectedDeliverable, Programme, Site


@dataclass(frozen=True)
class Document:
    expected: ExpectedDeliverable
    state: DocumentState

    @property
    def is_a_note(self) -> bool:
        return self.expected.kind == DeliverableKind.SEMINAR_NOTE

    @property
    def is_done(self) -> bool:
        return self.state.kind == "success"


def expected_documents(
    viewer: Viewer, programme: Programme, *, site: Site | None = None
) -> list[Document]:
    """Those the viewer may see; of one territory when asked. Two queries and the teller's."""
    expected = queries.expected_deliverables_visible_to(viewer).filter(programme=programme)
    if site is not None:
        expected = expected.filter(site=site)
    states = document_states(viewer, programme)
    awaited = DocumentState(_("À venir"))
    return [Document(each, states.get(key_of(each), awaited)) for each in expected]
