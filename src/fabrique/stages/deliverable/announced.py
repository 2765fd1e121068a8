"""What a programme's pages say of its notes: drafted or frozen, and where to go."""

from collections.abc import Mapping

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from fabrique.people.viewer import Viewer
from fabrique.stages.deliverable.enums import DeliverableState
from fabrique.stages.deliverable.models import Deliverable
from fabrique.stages.deliverable.queries import notes_visible_to
from fabrique.stages.programme.deliverable_states import DocumentKey, DocumentState
from fabrique.stages.programme.models import Programme


def states_of_notes(viewer: Viewer, programme: Programme) -> Mapping[DocumentKey, DocumentState]:
    """One query, whatever the number of meetings."""
    notes = notes_visible_to(viewer).filter(programme=programme)
    numbered = notes.annotate(last=Max("versions__number"))
    return {
        DocumentKey(note.kind, meeting_id=note.meeting_id): _state(note, note.last)
        for note in numbered.order_by("created_at", "id")
    }


def _state(note: Deliverable, last: int | None) -> DocumentState:
    draft = reverse("deliverable:note", kwargs={"meeting_id": note.meeting_id})
    if last is None:
        return DocumentState(str(DeliverableState.DRAFT.label), "info", draft)
    frozen = reverse("deliverable:version", kwargs={"deliverable_id": note.pk, "number": last})
    if note.state == DeliverableState.DRAFT:
        label = _("Version %(next)d en rédaction") % {"next": last + 1}
        return DocumentState(label, "info", draft)
    return DocumentState(str(DeliverableState.FROZEN.label), "success", frozen)
