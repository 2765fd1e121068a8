"""What one may know of what is written: every read of this stage passes one of these doors.

The team reads drafts and versions of the meetings it sees. Someone with a personal link reads the
frozen notes of their own group: their territory's, or the national ones. Nobody else reads
anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Prefetch, Q, QuerySet, When
from django.utils import timezone

from fabrique.document.tree import Citation
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.formats.citations import (
    cite_card,
    cite_contribution,
    cite_released,
)
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Contribution, Placement, Release
from fabrique.stages.contribution.queries import chain_of, facilitated_by
from fabrique.stages.contribution.withdrawals import is_standing, is_withdrawn
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.models import Block, Deliverable, Export, Version
from fabrique.stages.deliverable.references import Reference, references_of
from fabrique.stages.deliverable.withheld import Withheld
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import meetings_facilitated_by, meetings_visible_to
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Participant

FOUND_AT_MOST = 20
_PDF_FIRST = Case(When(format=ExportFormat.PDF, then=0), default=1)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A contribution as this viewer may see it; ``author`` is empty where nobody is named.

    ``path`` is the cards it went through, the one it was put in first.
    """

    contribution: Contribution
    author: str
    path: Sequence[Card] = ()


@dataclass(frozen=True, kw_only=True)
class SourceOf:
    """What one citation leads to: a card and all that was said in it, or one contribution.

    Of a card released by a territory there is what it released: its name and its precision.
    """

    reference: Reference
    card: Card | None = None
    lines: Sequence[Said] = ()
    title: str = ""
    text: str = ""
    released_by: str = ""


def notes_visible_to(viewer: Viewer) -> QuerySet[Deliverable]:
    """Notes of seminars, drafts included for the team only, with their meeting at hand."""
    notes = Deliverable.objects.filter(meeting__isnull=False).select_related(
        "programme", "meeting__programme", "meeting__site__territory"
    )
    return notes.filter(_notes_read_by(viewer))


def notes_edited_by(viewer: Viewer) -> QuerySet[Deliverable]:
    """Notes the viewer may write."""
    mine = meetings_facilitated_by(viewer).order_by().values("pk")
    return notes_visible_to(viewer).filter(meeting__in=mine)


def versions_visible_to(viewer: Viewer) -> QuerySet[Version]:
    """Frozen versions, the last first, with their files."""
    notes = notes_visible_to(viewer).order_by().values("pk")
    return (
        Version.objects.filter(deliverable__in=notes)
        .select_related(
            "deliverable__programme",
            "deliverable__meeting__programme",
            "deliverable__meeting__site__territory",
        )
        .prefetch_related(Prefetch("exports", Export.objects.order_by(_PDF_FIRST, "format")))
    )


def blocks_visible_to(viewer: Viewer) -> QuerySet[Block]:
    """Passages of drafts, for the team; those of frozen notes for whoever reads them."""
    notes = notes_visible_to(viewer).order_by().values("pk")
    return Block.objects.filter(deliverable__in=notes).select_related(
        "deliverable__programme",
        "deliverable__meeting__programme",
        "deliverable__meeting__site__territory",
    )


def blocks_edited_by(viewer: Viewer) -> QuerySet[Block]:
    return blocks_visible_to(viewer).filter(
        deliverable__in=notes_edited_by(viewer).order_by().values("pk")
    )


def note_of(meeting: Meeting) -> Deliverable | None:
    """The note of a meeting the caller already may see."""
    return (
        Deliverable.objects.filter(meeting=meeting)
        .select_related("programme", "meeting__programme", "meeting__site__territory")
        .first()
    )


def every_note() -> QuerySet[Deliverable]:
    """All notes of all programmes: for whoever runs the server, never for a page."""
    return (
        Deliverable.objects.filter(meeting__isnull=False)
        .select_related("programme", "meeting__programme", "meeting__site__territory")
        .order_by("created_at", "id")
    )


def meeting_with_id(meeting_id: UUID) -> Meeting | None:
    """Any meeting: for whoever runs the server, never for a page."""
    return (
        Meeting.objects.filter(pk=meeting_id).select_related("programme", "site__territory").first()
    )


def version_numbered(deliverable: Deliverable, number: int) -> Version | None:
    return Version.objects.filter(deliverable=deliverable, number=number).first()


def passages_of(deliverable: Deliverable) -> QuerySet[Block]:
    """What the draft holds now, in order. The caller may see the note."""
    return Block.objects.filter(deliverable=deliverable, removed_at=None)


def removed_from(deliverable: Deliverable) -> QuerySet[Block]:
    """What someone took out, which can be put back."""
    removed = Block.objects.filter(deliverable=deliverable, removed_at__isnull=False)
    return removed.exclude(removed_by="").order_by("-removed_at")


def last_version(deliverable: Deliverable) -> Version | None:
    return Version.objects.filter(deliverable=deliverable).order_by("-number").first()


def last_versions_visible_to(viewer: Viewer) -> list[Version]:
    """The last frozen version of each note the viewer reads."""
    found: dict[UUID, Version] = {}
    for version in versions_visible_to(viewer).order_by("deliverable__created_at", "-number"):
        found.setdefault(version.deliverable_id, version)
    return list(found.values())


def version_before(version: Version) -> Version | None:
    earlier = Version.objects.filter(deliverable=version.deliverable_id, number__lt=version.number)
    return earlier.select_related("deliverable").order_by("-number").first()


def previous_note(meeting: Meeting) -> Version | None:
    """The last frozen note of the same group before this meeting."""
    before = Q(deliverable__meeting__position__lt=meeting.position)
    return (
        Version.objects.filter(
            before,
            deliverable__programme=meeting.programme_id,
            deliverable__meeting__site=meeting.site_id,
        )
        .select_related("deliverable__meeting")
        .order_by("-deliverable__meeting__position", "-number")
        .first()
    )


def has_moved_on(version: Version) -> bool:
    """Whether a later version of the same deliverable is frozen."""
    later = Version.objects.filter(deliverable=version.deliverable_id, number__gt=version.number)
    return later.exists()


def present_at(meeting: Meeting) -> list[Participant]:
    """Everyone who sat in the room, each once, even those who left early or changed phones."""
    people = Participant.objects.filter(room__meeting=meeting).select_related("member")
    seats: dict[UUID, Participant] = {one.member_id or one.pk: one for one in people}
    return list(seats.values())


def said_at(meeting: Meeting) -> QuerySet[Contribution]:
    """Every contribution of a meeting: to be counted, whatever its level."""
    return Contribution.objects.filter(workshop__meeting=meeting).select_related("workshop")


def labels_of(references: Iterable[Reference], note: Deliverable) -> dict[str, str]:
    """What lists of sources say today of each reference; those that may not be cited are absent.

    Write it under the language of the note.
    """
    wanted = list(references)
    keys = [one.id for one in wanted if one.kind == "card"]
    cards = _cards_to_cite(note).filter(pk__in=keys)
    said = _said_to_cite(note).filter(pk__in=[one.id for one in wanted if one.kind != "card"])
    cited = [*map(cite_card, cards), *map(cite_contribution, said)]
    if note.site_id is None and keys:
        cited += [cite_released(one) for one in _released_to(note).filter(card__in=keys)]
    return {citation.ref: citation.label for citation in cited}


def citable(note: Deliverable, *, containing: str) -> list[Citation]:
    """Cards, then contributions of a seminar whose words hold every word asked.

    A national note may also cite what territories released, as it was released.
    """
    words = containing.split()
    cards = _cards_to_cite(note).filter(workshop__meeting=note.meeting_id)
    cards = cards.exclude(state=CardState.MERGED)
    said = _said_to_cite(note).filter(workshop__meeting=note.meeting_id, set_aside_at=None)
    for word in words:
        cards = cards.filter(Q(title__icontains=word) | Q(text__icontains=word))
        said = said.filter(text__icontains=word)
    found = [cite_card(card) for card in cards[:FOUND_AT_MOST]]
    if note.site_id is None:
        found += [cite_released(one) for one in _released_to(note) if _says(one, words)]
    found += [cite_contribution(one) for one in said[:FOUND_AT_MOST]]
    found = found[:FOUND_AT_MOST]
    references = references_of(found)
    gone = Withheld.from_note(note, references).gone(references, since=timezone.now())
    return [citation for citation in found if citation.ref not in gone]


def may_cite(note: Deliverable, reference: Reference) -> bool:
    """Whether a note may rest on it: what its own group said, or what was released to it."""
    if reference.kind == "contribution":
        return _said_to_cite(note).filter(pk=reference.id).exists()
    if _cards_to_cite(note).filter(pk=reference.id).exists():
        withheld = Withheld.from_note(note, [reference])
        return not withheld.gone([reference], since=timezone.now())
    return note.site_id is None and _released_to(note).filter(card=reference.id).exists()


def sources_visible_to(
    viewer: Viewer, references: Sequence[Reference], note: Deliverable
) -> list[SourceOf]:
    """What citations of a note rest on, followed through merges, in a constant number of queries.

    The group and the team see what was said for the group, facilitators all of it. Of a card that
    a territory released, everyone sees what was released and nothing under it.
    """
    cited = {one.id for one in references}
    said = _said_visible_to(viewer).filter(**_own(note))
    own = Card.objects.filter(**_own(note)).exclude(is_withdrawn())
    meetings = own.filter(pk__in=cited).order_by().values("workshop__meeting")
    shown = own.filter(workshop__meeting__in=meetings)
    shown = shown.filter(~Q(level=Level.PRIVATE) | facilitated_by(viewer))
    cards = {one.pk: one for one in shown}
    chains = {key: chain_of(cards, key) for key in cards}
    wanted = {key for key, chain in chains.items() if any(card.pk in cited for card in chain)}
    placed = Placement.objects.filter(card__in=wanted, ended_at=None).values_list(
        "contribution_id", "card_id"
    )
    places = dict(placed)
    rows = said.filter(Q(pk__in=cited) | Q(pk__in=list(places))).in_bulk()
    released = _released_to(note).filter(card__in=cited) if note.site_id is None else ()
    elsewhere = {one.card_id: one for one in released}
    return [
        _source_elsewhere(reference, elsewhere[reference.id])
        if reference.id in elsewhere
        else _source(reference, cards, chains, places, rows)
        for reference in references
        if reference.id in cards or reference.id in rows or reference.id in elsewhere
    ]


def _notes_read_by(viewer: Viewer) -> Q:
    if viewer.user_id is not None:
        return Q(meeting__in=meetings_visible_to(viewer).order_by().values("pk"))
    if viewer.participant_id is not None:
        frozen = Q(pk__in=Version.objects.order_by().values("deliverable"))
        return frozen & Q(meeting__in=_meetings_of_the_group(viewer.participant_id))
    return Q(pk__in=[])


def _meetings_of_the_group(participant_id: UUID) -> QuerySet[Meeting]:
    """Meetings of the territory where someone sat, or the national ones if they sat there.

    A personal link still opens once its holder has left the room.
    """
    seat = Participant.objects.filter(pk=participant_id).values_list(
        "room__meeting__programme", "room__meeting__site"
    )
    found = seat.first()
    if found is None:
        return Meeting.objects.none()
    programme, site = found
    return Meeting.objects.filter(programme=programme, site=site).order_by()


def _said_visible_to(viewer: Viewer) -> QuerySet[Contribution]:
    rows = Contribution.objects.select_related("workshop__meeting__room")
    if viewer.user_id is not None:
        here = meetings_visible_to(viewer).order_by().values("pk")
        rows = rows.filter(workshop__meeting__in=here)
        return rows.filter(~Q(level=Level.PRIVATE) | facilitated_by(viewer))
    if viewer.participant_id is None:
        return rows.none()
    group = _meetings_of_the_group(viewer.participant_id).values("pk")
    shared = ~Q(level=Level.PRIVATE) & Q(workshop__meeting__in=group)
    return rows.filter(shared | Q(participant=viewer.participant_id))


def _not_private(cards: QuerySet[Card]) -> QuerySet[Card]:
    return cards.exclude(level=Level.PRIVATE)


def _own(note: Deliverable) -> dict[str, object]:
    """Rows of the note's own scale: of its territory, or of the national rooms."""
    return {
        "workshop__meeting__programme": note.programme_id,
        "workshop__meeting__site": note.site_id,
    }


def _cards_to_cite(note: Deliverable) -> QuerySet[Card]:
    in_it = Q(placements__ended_at=None, placements__contribution__set_aside_at=None)
    return (
        _not_private(Card.objects.filter(**_own(note)))
        .exclude(is_withdrawn())
        .select_related("workshop")
        .annotate(said_count=Count("placements", filter=in_it & Q(placements__isnull=False)))
        .order_by("workshop__position", "position", "id")
    )


def _said_to_cite(note: Deliverable) -> QuerySet[Contribution]:
    said = Contribution.objects.filter(**_own(note)).exclude(level=Level.PRIVATE)
    return said.select_related("workshop")


def _released_to(note: Deliverable) -> QuerySet[Release]:
    """What territories released, for a national note and whoever reads it."""
    return (
        Release.objects.filter(is_standing(), card__workshop__meeting__programme=note.programme_id)
        .select_related("card__workshop__meeting__site__territory")
        .order_by("card__workshop__meeting__site__position", "card__position", "card_id")
    )


def _says(release: Release, words: Sequence[str]) -> bool:
    said = f"{release.shown['title']} {release.shown['text']}".casefold()
    return all(word.casefold() in said for word in words)


def _source_elsewhere(reference: Reference, release: Release) -> SourceOf:
    site = release.card.workshop.meeting.site
    return SourceOf(
        reference=reference,
        title=release.shown["title"],
        text=release.shown["text"],
        released_by=site.territory.name if site else "",
    )


def _source(
    reference: Reference,
    cards: Mapping[UUID, Card],
    chains: Mapping[UUID, Sequence[Card]],
    places: Mapping[UUID, UUID],
    rows: Mapping[UUID, Contribution],
) -> SourceOf:
    card = cards.get(reference.id)
    if card is None:
        return SourceOf(reference=reference, lines=[_said(rows[reference.id])])
    held = [
        _said(rows[contribution], chains[place])
        for contribution, place in places.items()
        if contribution in rows and card in chains[place]
    ]
    held.sort(key=lambda line: (line.contribution.number, str(line.contribution.pk)))
    return SourceOf(reference=reference, card=card, lines=held, title=card.title)


def _said(contribution: Contribution, path: Sequence[Card] = ()) -> Said:
    return Said(contribution=contribution, author=author_shown(contribution), path=path)


def author_shown(contribution: Contribution) -> str:
    """Who said it, where the room names people and the format lets authors be shown."""
    room = getattr(contribution.workshop.meeting, "room", None)
    if room is None or room.identity == Identity.ANONYMOUS:
        return ""
    if not get_format(contribution.workshop.format).names_authors:
        return ""
    return contribution.author_label
