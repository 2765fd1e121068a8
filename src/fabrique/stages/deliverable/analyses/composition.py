"""From the rows of a draft to the whole document: the one tree every rendering is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from fabrique.document.tree import Document, Section, citations_in
from fabrique.kit.components.steps import step_accent
from fabrique.stages.deliverable.analyses.facts import facts_of, who_was_there
from fabrique.stages.deliverable.analyses.outline import outline_of
from fabrique.stages.deliverable.analyses.served import drafted
from fabrique.stages.deliverable.models import Block, Deliverable
from fabrique.stages.deliverable.passages import joined, relabelled
from fabrique.stages.deliverable.queries import labels_of, passages_of
from fabrique.stages.deliverable.references import references_of
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import blueprint_of
from fabrique.stages.programme.year import step_key


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A section of the draft as the editor shows it, empty or not."""

    key: str
    title: str
    empty_hint: str
    blocks: Sequence[Block]


def language_of(meeting: Meeting) -> str:
    return blueprint_of(meeting.programme).language


def accent_of(meeting: Meeting) -> str:
    """The colour of the meeting's step, the same on screens and on paper."""
    return step_accent(step_key(blueprint_of(meeting.programme), meeting.step))


def mark_of(meeting: Meeting) -> str:
    return f"#{meeting.number}" if meeting.number else ""


def sections_of(deliverable: Deliverable) -> list[Drafted]:
    """The draft section by section, in the outline's order; none is left out."""
    blocks = list(passages_of(deliverable))
    assert deliverable.meeting is not None
    outline = outline_of(deliverable.meeting)
    return [
        Drafted(
            key=section.key,
            title=section.title,
            empty_hint=section.empty_hint,
            blocks=[block for block in blocks if block.section == section.key],
        )
        for section in outline.sections
    ]


def compose(deliverable: Deliverable, *, issued_on: date, number: int | None = None) -> Document:
    """The note as it stands; without a number it says that it is a draft.

    Citations are worded as their cards are named today; what was withdrawn or made private since
    says so.
    """
    meeting = deliverable.meeting
    assert meeting is not None
    with translation.override(language_of(meeting)):
        return Document(
            title=deliverable.title,
            subtitle=meeting.site.theme if meeting.site else meeting.programme.question,
            eyebrow=_eyebrow(meeting),
            mark=mark_of(meeting),
            accent=accent_of(meeting),
            lang=language_of(meeting),
            facts=facts_of(meeting),
            sections=_sections(deliverable),
            notice=_notice(meeting, is_draft=number is None),
            publisher=_publisher(meeting),
            issued_on=issued_on,
            identifier=identifier_of(meeting, number),
            colophon=_colophon(meeting, number),
        )


def identifier_of(meeting: Meeting, number: int | None) -> str:
    """What names this very version, on paper and in file names."""
    place = meeting.site.territory.code if meeting.site else "national"
    version = f"v{number}" if number else _("projet")
    return f"{meeting.programme.slug}-{place}-{meeting.key}-{version}"


def _sections(deliverable: Deliverable) -> tuple[Section, ...]:
    sections = sections_of(deliverable)
    rows = [row for section in sections for row in section.blocks]
    trees = {one.row.pk: one.tree for one in drafted(deliverable, rows)}
    labels = labels_of(references_of(citations_in(tuple(trees.values()))), deliverable)
    return tuple(
        Section(
            section.key,
            section.title,
            joined(relabelled(trees[row.pk], labels) for row in section.blocks),
        )
        for section in sections
        if section.blocks
    )


def _eyebrow(meeting: Meeting) -> str:
    kind = outline_of(meeting).title
    return f"{kind} · {meeting.site.territory.name}" if meeting.site else kind


def _publisher(meeting: Meeting) -> str:
    method = blueprint_of(meeting.programme).title
    return _("%(method)s « %(title)s »") % {"method": method, "title": meeting.programme.title}


def _notice(meeting: Meeting, *, is_draft: bool) -> str:
    notices = [
        *([_("Projet de note, en cours de rédaction")] * is_draft),
        *([_("Données de démonstration")] * meeting.programme.is_demonstration),
    ]
    return " · ".join(notices)


def _colophon(meeting: Meeting, number: int | None) -> tuple[str, ...]:
    lines = [
        _(
            "Chaque passage renvoie à ce que les participants ont dit et à ce que le groupe en a "
            "gardé. Les réponses et les jugements ne sont chiffrés qu'à partir de cinq personnes ; "
            "les contributions et les cartes, elles, sont toujours comptées."
        )
    ]
    if number and number > 1:
        lines.append(
            _("Version %(number)d : elle remplace la version %(previous)d.")
            % {"number": number, "previous": number - 1}
        )
    return tuple(line for line in [who_was_there(meeting), *lines] if line)
