"""What a session proposes for its note: each workshop's part, then what the meeting settled.

Writes nothing. Keys are the same from one draft to the next, so that what was edited since is
recognised.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from fabrique.document.tree import Block
from fabrique.kit.dates import day_words
from fabrique.stages.contribution.formats.blocks import brought_by
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.deliverable.analyses.changes import as_blocks, changes_since
from fabrique.stages.deliverable.analyses.prepared import prepared
from fabrique.stages.deliverable.analyses.served import served
from fabrique.stages.deliverable.errors import NoNoteExpected
from fabrique.stages.deliverable.passages import split
from fabrique.stages.deliverable.queries import previous_note
from fabrique.stages.programme.blueprint import Outline
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import blueprint_of

CHANGES = "changes"
KEY_LIMIT = 200


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One passage a session proposes, under a key that lasts."""

    key: str
    section: str
    block: Block


def outline_of(meeting: Meeting) -> Outline:
    """The plan of the note of a meeting, or ``NoNoteExpected``."""
    try:
        outline = blueprint_of(meeting.programme).outline_of(meeting.key)
    except KeyError:
        outline = None
    if outline is None:
        raise NoNoteExpected(meeting=str(meeting))
    return outline


def proposals_for(meeting: Meeting) -> list[Proposal]:
    """Every passage the session proposes, in the order of the run sheet within each section."""
    outline = outline_of(meeting)
    with translation.override(blueprint_of(meeting.programme).language):
        brought = list(_brought(meeting, outline))
        brought += _changes(meeting, outline, brought)
    return [
        Proposal(key=f"{section}/{block.id}{end}"[:KEY_LIMIT], section=section, block=passage)
        for section, block in brought
        for end, passage in split(block)
    ]


def _brought(meeting: Meeting, outline: Outline) -> Iterator[tuple[str, Block]]:
    known = [section.key for section in outline.sections]
    workshops = Workshop.objects.filter(meeting=meeting).select_related("meeting__programme")
    for workshop in workshops.order_by("position", "id"):
        for part in brought_by(workshop):
            section = part.section if part.section in known else known[0]
            yield from ((section, block) for block in part.blocks)
    yield from prepared(meeting, known)


def _changes(
    meeting: Meeting, outline: Outline, brought: Sequence[tuple[str, Block]]
) -> list[tuple[str, Block]]:
    previous = previous_note(meeting)
    if previous is None or CHANGES not in [section.key for section in outline.sections]:
        return []
    now: dict[str, list[Block]] = {}
    for section, block in brought:
        now.setdefault(section, []).append(block)
    document = served(previous).document
    lead = _("La note du %(day)s (« %(title)s ») laissait à reprendre :") % {
        "day": day_words(document.issued_on),
        "title": document.title,
    }
    blocks = as_blocks(
        changes_since(document, now),
        lead=lead,
        again=_("Repris cette fois :"),
        not_again=_("Pas repris cette fois :"),
        key=str(previous.pk),
    )
    return [(CHANGES, block) for block in blocks]
