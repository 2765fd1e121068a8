"""What one may know of what was said: every read of this stage passes one of these doors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.utils.translation import gettext as _

from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.enums import CardState, Fate, Level, WorkshopState
from fabrique.stages.contribution.formats.reach import Reachable, in_reach
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import (
    Card,
    Contribution,
    Link,
    Placement,
    Rating,
    Workshop,
)
from fabrique.stages.contribution.withdrawals import is_withdrawn
from fabrique.stages.programme.forgotten import Forgotten
from fabrique.stages.programme.models import GroupMember, Meeting, Notice, PollAnswer, Site
from fabrique.stages.programme.queries import meetings_facilitated_by
from fabrique.stages.seminar.models import JournalEntry, Participant, Reply, Room
from fabrique.stages.seminar.queries import (
    noted_of,
    participants_of,
    rooms_visible_to,
    seats_under_the_name,
)

UNDOABLE_VERBS = (
    "create_card",
    "take_over",
    "import_cards",
    "bring_plan",
    "place",
    "edit_card",
    "merge_cards",
    "split_card",
    "set_card_aside",
    "restore_card",
    "set_contribution_aside",
    "restore_contribution",
    "move_card",
    "correct",
    "take_back",
)


@dataclass(frozen=True)
class FateOf:
    """What became of a contribution, and the cards it went through: the first holds it or held
    it, the last is the one that is there now."""

    fate: Fate
    cards: tuple[Card, ...] = ()
    reason: str = ""

    @property
    def names(self) -> list[str]:
        """What its author may read of these cards."""
        return [_name_of(card) for card in self.cards]


def workshops_visible_to(viewer: Viewer, meeting: Meeting | None = None) -> QuerySet[Workshop]:
    """Workshops of the meetings whose room the viewer may look into, in their order."""
    rooms = rooms_visible_to(viewer).order_by().values("meeting")
    workshops = Workshop.objects.filter(meeting__in=rooms).select_related("meeting", "sequence")
    return workshops.filter(meeting=meeting) if meeting else workshops


def workshops_of_site(viewer: Viewer, site: Site, format: str) -> list[Workshop]:
    """A territory's workshops of one format that the viewer may look into, as the year goes."""
    here = workshops_visible_to(viewer).filter(meeting__site=site, format=format)
    here = here.select_related("meeting__programme", "meeting__site__territory")
    return list(here.order_by("meeting__position", "position", "id"))


def open_workshop_of(meeting: Meeting) -> Workshop | None:
    """The workshop being held now, if any: there is one at a time."""
    running = Workshop.objects.filter(meeting=meeting, state=WorkshopState.OPEN)
    return running.select_related("meeting", "sequence").first()


def contributions_visible_to(
    viewer: Viewer, workshop: Workshop | None = None
) -> QuerySet[Contribution]:
    """What was said, in the room's order.

    Facilitators read all; the rest of the team and participants what is not private, and these
    all of their own; a screen what is neither private nor set aside.
    """
    said = Contribution.objects.select_related("workshop")
    said = said.filter(workshop=workshop) if workshop else said
    said = said.filter(workshop__in=workshops_visible_to(viewer).order_by().values("pk"))
    shared = ~Q(level=Level.PRIVATE)
    if viewer.user_id is not None:
        return said.filter(shared | facilitated_by(viewer))
    if viewer.participant_id is not None:
        return said.filter(shared | said_by(viewer))
    return said.filter(shared, set_aside_at=None)


def said_by(viewer: Viewer) -> Q:
    """What a participant said, as far back as their device may read."""
    own = Q(participant=viewer.participant_id)
    return own & Q(created_at__gte=viewer.seated_since) if viewer.seated_since else own


def facilitated_by(viewer: Viewer) -> Q:
    """For what hangs from a workshop: that the viewer holds its seminar, and so reads all."""
    if viewer.user_id is None:
        return Q(pk__in=[])
    held = meetings_facilitated_by(viewer).select_related(None).order_by().values("pk")
    return Q(workshop__meeting__in=held)


def in_no_card(said: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Those of them that no card holds, be it one that was merged or set aside since."""
    held = Placement.objects.filter(contribution=OuterRef("pk"), ended_at=None)
    return said.filter(~Exists(held))


def cards_visible_to(viewer: Viewer, workshop: Workshop | None = None) -> QuerySet[Card]:
    """What was kept, in order, each card with ``current_placements`` and their contributions.

    Screens and phones see the cards that are there now; the team those that are not any more too,
    and facilitators those that are private.
    """
    here = workshops_visible_to(viewer).order_by().values("pk")
    cards = Card.objects.filter(workshop__in=here).select_related("merged_into", "workshop")
    cards = cards.filter(workshop=workshop) if workshop else cards
    cards = cards.exclude(is_withdrawn())
    cards = cards.filter(~Q(level=Level.PRIVATE) | facilitated_by(viewer))
    if viewer.user_id is None:
        cards = cards.filter(state=CardState.KEPT)
    seen = contributions_visible_to(viewer).order_by().values("pk")
    placed = Placement.objects.filter(ended_at=None, contribution__in=seen)
    placed = placed.select_related("contribution").order_by("contribution__number")
    return cards.prefetch_related(
        Prefetch("placements", queryset=placed, to_attr="current_placements")
    )


def cards_to_take_over(workshop: Workshop) -> list[Reachable]:
    """The earlier cards a workshop may take over and has not yet."""
    format = get_format(workshop.format)
    left = in_reach(workshop, format.takes_over, not_taken=True)
    return [one for one in left if format.taken_over(one)]


def placed_in(card: Card) -> list[Placement]:
    """What a card that came by ``cards_visible_to`` holds now, in the room's order."""
    return list(card.current_placements)  # type: ignore[attr-defined]


def links_of(workshop: Workshop) -> QuerySet[Link]:
    """The ties that hold now in a workshop the caller may read."""
    return Link.objects.filter(workshop=workshop, ended_at=None)


def judgements_given_by(participant: Participant) -> int:
    """How many judgements someone gave, for their own page: counted, never shown."""
    return Rating.objects.filter(participant=participant).count()


@dataclass(frozen=True)
class Judged:
    """One judgement of someone's own, and the card's name as its author may read it."""

    rating: Rating
    card_name: str


def judgements_by(participant: Participant) -> list[Judged]:
    """Every judgement someone gave in a room, for the copy they take: their own eyes only."""
    given = Rating.objects.filter(participant=participant).select_related("card__workshop")
    names = _own_names({one.card_id for one in given})
    return [Judged(one, names[one.card_id]) for one in given]


@dataclass(frozen=True)
class Tied:
    """One tie someone drew between two cards, by the names its author may read."""

    link: Link
    source: str
    target: str


def ties_by(participant: Participant) -> list[Tied]:
    """Every tie someone drew in a room, even undone since: their own eyes only."""
    drawn = Link.objects.filter(participant=participant).select_related("workshop")
    names = _own_names({key for one in drawn for key in (one.source_id, one.target_id)})
    return [Tied(one, names[one.source_id], names[one.target_id]) for one in drawn]


def written_for(member: GroupMember) -> QuerySet[Contribution]:
    """What the team typed under someone's name, from paper or a file, at their group's meetings.

    Nothing when two people of the group have the same name: nobody knows whose it is.
    """
    same = GroupMember.objects.filter(
        programme=member.programme_id, site=member.site_id, name__iexact=member.name
    )
    if same.count() > 1:
        return Contribution.objects.none()
    typed = Contribution.objects.filter(
        participant=None,
        author_label__iexact=member.name,
        workshop__meeting__programme=member.programme_id,
    )
    here = Q(workshop__meeting__site=member.site_id) | Q(workshop__meeting__site=None)
    return typed.filter(here).select_related("workshop__meeting__site__territory")


def said_under_the_name(member: GroupMember, who: Forgotten) -> QuerySet[Contribution]:
    """What they said from their seats, and what was said or typed under a name only they have."""
    seated = Q(participant__in=seats_under_the_name(member, who).order_by().values("pk"))
    typed = Q(author_label__iexact=who.name, workshop__meeting__programme=member.programme_id)
    return Contribution.objects.filter(seated | typed if who.has_own_name else seated)


@dataclass(frozen=True)
class Held:
    """How much is recorded of someone, to be read before they are erased."""

    said: int
    judged: int
    presences: int
    answers: int
    waiting: int


def held_of(member: GroupMember) -> Held:
    """Counted for the team that erases, at their request."""
    who = Forgotten.of(member)
    seats = seats_under_the_name(member, who).order_by().values("pk")
    return Held(
        said=said_under_the_name(member, who).count(),
        judged=Rating.objects.filter(participant__in=seats).count(),
        presences=noted_of(member).count(),
        answers=Reply.objects.filter(contact__member=member).count()
        + PollAnswer.objects.filter(contact__member=member).count(),
        waiting=Notice.objects.filter(contact__member=member, sent_at=None).count(),
    )


def contributions_of(participant: Participant) -> QuerySet[Contribution]:
    """Everything someone said in a room, for their own page."""
    said = Contribution.objects.filter(participant=participant)
    return said.select_related("workshop")


def contributions_with_display(participant: Participant) -> list[Contribution]:
    """Everything someone said on their device, the last first; ``is_shown`` when the wall may
    show it."""
    own = Viewer(participant_id=participant.pk, seated_since=participant.seated_since)
    said = list(contributions_of(participant).filter(said_by(own)).order_by("-number"))
    screen = Viewer(screen_room_id=participant.room_id)
    shown = set(contributions_visible_to(screen).filter(participant=participant).values_list("pk"))
    for one in said:
        shows = get_format(one.workshop.format).shows(one)
        one.is_shown = shows and (one.pk,) in shown  # type: ignore[attr-defined]
    return said


def fates(contributions: Iterable[Contribution]) -> dict[UUID, FateOf]:
    """What became of each contribution the caller may read, in a constant number of queries."""
    wanted = list(contributions)
    placed = Placement.objects.filter(contribution__in=[one.pk for one in wanted], ended_at=None)
    places = {one.contribution_id: one.card_id for one in placed}
    meetings = {one.workshop.meeting_id for one in wanted}
    rows = Card.objects.filter(workshop__meeting__in=meetings)
    gone = ExpressionWrapper(is_withdrawn(), output_field=BooleanField())
    cards = rows.annotate(is_gone=gone).in_bulk() if places else {}
    return {one.pk: _fate(one, cards, places.get(one.pk)) for one in wanted}


def has_answered(participant: Participant, workshop: Workshop) -> bool:
    """Whether someone has said, judged or tied anything in a workshop."""
    return answered_in(workshop).filter(pk=participant.pk).exists()


def answered_in(workshop: Workshop) -> QuerySet[Participant]:
    """Those of the room who have said, judged or tied something: counted, never named."""
    said = Contribution.objects.filter(workshop=workshop, participant=OuterRef("pk"))
    rated = Rating.objects.filter(card__workshop=workshop, participant=OuterRef("pk"))
    tied = Link.objects.filter(workshop=workshop, participant=OuterRef("pk"), ended_at=None)
    here = Participant.objects.filter(room__meeting=workshop.meeting_id)
    return here.filter(Exists(said) | Exists(rated) | Exists(tied))


@dataclass(frozen=True)
class Turnout:
    """How many are in the room, and how many of them have answered."""

    present: int
    answered: int = 0


def turnout(room: Room, workshop: Workshop | None = None) -> Turnout:
    """Counted at once, for the screens of whoever may look into the room."""
    people = participants_of(room)
    if workshop is None:
        return Turnout(people.count())
    answered = answered_in(workshop).filter(pk=OuterRef("pk"))
    counts = Count("pk", filter=Exists(answered))
    return Turnout(**people.order_by().aggregate(present=Count("pk"), answered=counts))


def undoable_moves(room: Room) -> QuerySet[JournalEntry]:
    """The console's moves that still hold, the last one first."""
    moves = JournalEntry.objects.filter(room=room, verb__in=UNDOABLE_VERBS, undone_at=None)
    return moves.order_by("-number")


def _own_names(card_ids: set[UUID]) -> dict[UUID, str]:
    gone = ExpressionWrapper(is_withdrawn(), output_field=BooleanField())
    cards = Card.objects.filter(pk__in=card_ids).annotate(is_gone=gone)
    return {card.pk: _name_of(card) for card in cards}


def _name_of(card: Card) -> str:
    if getattr(card, "is_gone", False):
        return _("carte retirée")
    return _("carte réservée") if card.level == Level.PRIVATE else card.title


def _fate(contribution: Contribution, cards: Mapping[UUID, Card], card_id: UUID | None) -> FateOf:
    if contribution.set_aside_at is not None:
        return FateOf(Fate.SET_ASIDE, reason=contribution.set_aside_reason)
    if card_id is None:
        return FateOf(Fate.WAITING)
    chain = chain_of(cards, card_id)
    now = chain[-1]
    if now.state == CardState.SET_ASIDE:
        return FateOf(Fate.SET_ASIDE, chain, now.set_aside_reason)
    return FateOf(Fate.MERGED if len(chain) > 1 else Fate.KEPT, chain)


def chain_of(cards: Mapping[UUID, Card], card_id: UUID) -> tuple[Card, ...]:
    """The card and those it was merged into, to the one that is there now."""
    chain = [cards[card_id]]
    while (onward := chain[-1].merged_into_id) and onward in cards and cards[onward] not in chain:
        chain.append(cards[onward])
    return tuple(chain)
