"""Sessions to write notes of: people, what they said, what the group kept, all real rows."""

from dataclasses import dataclass, field

from django.utils import timezone

from fabrique.kit.identifiers import new_id
from fabrique.people.viewer import Viewer, account_viewer
from fabrique.stages.contribution.actions.workshops import lay_out_workshops
from fabrique.stages.contribution.enums import CardState, Level, Source
from fabrique.stages.contribution.models import Card, Contribution, Placement
from fabrique.stages.deliverable.actions import draft_note
from fabrique.stages.deliverable.models import Block, Deliverable
from fabrique.stages.deliverable.queries import passages_of
from fabrique.stages.programme.blueprint import load_blueprint
from fabrique.stages.programme.models import Meeting, Site
from fabrique.stages.seminar.actions.rooms import open_room, prepare_room
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Participant
from tests.stages.rooms import Held, a_meeting, a_programme, a_site, an_account, someone

DIRECTOR = "Directrice de projet"


@dataclass
class Session:
    """A seminar whose group said five things and kept two cards."""

    held: Held
    people: list[Participant]
    said: list[Contribution]
    cards: list[Card]
    director: Viewer = field(init=False)

    def __post_init__(self) -> None:
        self.account = an_account(self.held.meeting)
        self.director = account_viewer(self.account)

    @property
    def meeting(self) -> Meeting:
        return self.held.meeting

    def draft(self) -> Deliverable:
        return draft_note(self.meeting, actor=DIRECTOR)

    def passages(self, section: str = "") -> list[Block]:
        found = passages_of(Deliverable.objects.get(meeting=self.meeting))
        return list(found.filter(section=section) if section else found)


def a_territory() -> Site:
    """A territory of a programme that follows the reference blueprint."""
    blueprint = load_blueprint("fabrique-prospective").as_data()
    return a_site(a_programme(blueprint=blueprint))


def a_session(
    *,
    site: Site | None = None,
    key: str = "local-1",
    position: int = 1,
    identity: Identity = Identity.PSEUDONYM,
) -> Session:
    held = _held(a_meeting(site=site or a_territory()), identity, key=key, position=position)
    people = [someone(held.room, f"Voix {number}") for number in range(1, 6)]
    words = [
        "Les quais sont sous l'eau un hiver sur trois",
        "La submersion des quais bloque le port",
        "Les livraisons saturent le centre avant neuf heures",
        "Le dernier kilomètre n'a pas de pilote",
        "Hors sujet",
    ]
    said = [
        say(held, text, number=number, by=person)
        for number, (text, person) in enumerate(zip(words, people, strict=True), start=1)
    ]
    workshop = held.workshops["talk"]
    cards = [
        Card.objects.create(workshop=workshop, title=title, position=place)
        for place, title in enumerate(["Submersion des quais", "Livraisons du matin"])
    ]
    for contribution, card in zip(said[:4], [cards[0], cards[0], cards[1], cards[1]], strict=True):
        place(contribution, card)
    set_aside(said[4], "Ne répond pas à la question posée")
    return Session(held, people, said, cards)


def _held(meeting: Meeting, identity: Identity, **fields: object) -> Held:
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    meeting = Meeting.objects.select_related("programme", "site__territory").get(pk=meeting.pk)
    room = prepare_room(meeting, identity=identity)
    workshops = lay_out_workshops(meeting)
    room = open_room(room.pk, actor=DIRECTOR)
    return Held(meeting, room, {workshop.format: workshop for workshop in workshops})


def say(
    held: Held,
    text: str,
    *,
    number: int = 99,
    by: Participant | None = None,
    source: Source = Source.PHONE,
    level: Level = Level.GROUP,
) -> Contribution:
    return Contribution.objects.create(
        id=new_id(),
        workshop=held.workshops["talk"],
        participant=by,
        author_label=by.label if by else "",
        number=number,
        text=text,
        source=source,
        level=level,
    )


def place(contribution: Contribution, card: Card) -> None:
    Placement.objects.filter(contribution=contribution, ended_at=None).update(
        ended_at=timezone.now()
    )
    Placement.objects.create(contribution=contribution, card=card)


def set_aside(contribution: Contribution, reason: str) -> None:
    contribution.set_aside_at = timezone.now()
    contribution.set_aside_reason = reason
    contribution.save()


def merge(card: Card, into: Card) -> None:
    card.state, card.merged_into = CardState.MERGED, into
    card.save()
