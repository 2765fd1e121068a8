"""A programme with two territories and its national scale, each holding a seminar: real rows."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.test import Client

from fabrique.kit.identifiers import new_id
from fabrique.people.models import User
from fabrique.stages.contribution.actions.releases import release_cards
from fabrique.stages.contribution.actions.take_over import take_cards_over
from fabrique.stages.contribution.actions.workshops import lay_out_workshops, open_workshop
from fabrique.stages.contribution.enums import Level, Source
from fabrique.stages.contribution.models import (
    Card,
    CardReference,
    Contribution,
    Placement,
    Release,
    Workshop,
)
from fabrique.stages.programme.blueprint import load_blueprint
from fabrique.stages.programme.enums import MeetingKind, TeamRole
from fabrique.stages.programme.models import Meeting, Programme, Site, TeamMember
from fabrique.stages.seminar.actions.rooms import open_room, prepare_room
from fabrique.stages.seminar.enums import Identity, SequenceKind
from fabrique.stages.seminar.models import Participant, Room, Sequence
from fabrique.stages.seminar.tickets import cookie_name, make_ticket
from tests.stages.rooms import FACILITATOR, a_programme, a_site, an_account, someone

REFERENT = "Référente du territoire"
SAMPLE_FORMATS = (
    "tests.stages.contribution.sample_formats",
    "tests.stages.synthesis.sample_formats",
)
_numbers = count(1)


@dataclass
class Seminar:
    """A seminar being held, with one workshop."""

    meeting: Meeting
    room: Room
    workshop: Workshop
    people: list[Participant] = field(default_factory=list)

    def say(
        self, text: str, by: Participant | None = None, level: str = Level.GROUP
    ) -> Contribution:
        who = by or self.people[0]
        return Contribution.objects.create(
            id=new_id(),
            workshop=self.workshop,
            participant=who,
            author_label=who.label,
            number=next(_numbers),
            text=text,
            source=Source.PHONE,
            level=level,
        )

    def card(self, title: str, *said: Contribution, **fields: Any) -> Card:
        position = Card.objects.count()
        card = Card.objects.create(workshop=self.workshop, title=title, position=position, **fields)
        for one in said:
            Placement.objects.create(contribution=one, card=card)
        return card


@dataclass
class Scales:
    """``here`` and ``there`` are two territories; ``nation`` is where they meet."""

    programme: Programme
    here: Seminar
    there: Seminar
    nation: Seminar

    @classmethod
    def make(cls) -> "Scales":
        programme = a_programme(blueprint=load_blueprint("fabrique-prospective").as_data())
        return cls(
            programme,
            here=a_seminar(programme, a_site(programme), "talk"),
            there=a_seminar(programme, a_site(programme), "talk"),
            nation=a_seminar(programme, None, "echo"),
        )

    def release(self, *cards: Card, **fields: Any) -> list[Release]:
        site = cards[0].workshop.meeting.site
        assert site is not None
        keys = [card.pk for card in cards]
        return release_cards(site.pk, card_ids=keys, actor=REFERENT, **fields)

    def take_over(self, *cards: Card) -> list[Card]:
        keys = [card.pk for card in cards]
        return take_cards_over(self.nation.workshop.pk, card_ids=keys, actor=FACILITATOR)

    def resting_on(self, title: str, *cards: Card) -> Card:
        """A card of the nation's own words, that rests on released ones."""
        because = [str(card.pk) for card in cards]
        resting = self.nation.card(title, payload={"because": because})
        for card in cards:
            CardReference.objects.create(card=resting, target=card, role="because")
        return resting

    def account(self, role: TeamRole, *seminars: Seminar) -> User:
        user = an_account()
        member = TeamMember.objects.create(programme=self.programme, user=user, role=role)
        member.sites.add(*(one.meeting.site for one in seminars if one.meeting.site))
        return user


def a_seminar(programme: Programme, site: Site | None, format: str) -> Seminar:
    meeting = Meeting.objects.create(
        programme=programme,
        site=site,
        kind=MeetingKind.LOCAL_SEMINAR if site else MeetingKind.INTERSITE_SEMINAR,
        key="local-1" if site else "intersite-1",
        step="1",
        number=1,
        position=1 if site else 2,
        title="Croiser projections et actions" if site else "Ressources et angles morts",
        window_start_date=date(2020, 9, 1),
        window_end_date=date(2020, 9, 30),
    )
    Sequence.objects.create(
        meeting=meeting,
        position=0,
        title="Séquence 1",
        kind=SequenceKind.WORK,
        minutes=30,
        format=format,
    )
    room = prepare_room(meeting, identity=Identity.PSEUDONYM)
    (workshop,) = lay_out_workshops(meeting)
    room = open_room(room.pk, actor=FACILITATOR)
    open_workshop(workshop.pk, actor=FACILITATOR)
    workshop.refresh_from_db()
    people = [someone(room) for _ in range(2)]
    room.refresh_from_db()
    return Seminar(meeting, room, workshop, people)


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(user, backend="sesame.backends.ModelBackend")
    return client


def seated(participant: Participant) -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.cookies[cookie_name(participant.room_id)] = make_ticket(participant)
    return client
