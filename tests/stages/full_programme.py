"""A whole year as it stands at its end: every seminar held, its workshops full. Real rows, made in
bulk: what matters here is how many there are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django import forms

from fabrique.kit.identifiers import new_id
from fabrique.people.models import User
from fabrique.stages.contribution.actions.releases import release_cards
from fabrique.stages.contribution.actions.workshops import lay_out_workshops
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Contribution, Link, Placement, Workshop
from fabrique.stages.programme.actions import TeamEntry, create_programme
from fabrique.stages.programme.blueprint import load_blueprint
from fabrique.stages.programme.enums import MeetingKind, TeamRole
from fabrique.stages.programme.models import Meeting, Programme
from fabrique.stages.seminar.actions.rooms import close_room, open_room, prepare_room
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Participant, Room
from tests.stages.rooms import a_programme, a_site, someone

ACTOR = "Directrice de projet"
SEMINARS = (MeetingKind.LOCAL_SEMINAR, MeetingKind.INTERSITE_SEMINAR)
PEOPLE = 6
RELEASED = 5
_numbers = count(1)


@dataclass(frozen=True)
class Full:
    """A programme of four territories; ``said`` and ``kept`` are what each workshop holds."""

    programme: Programme
    account: User
    rooms: dict[str, Room]

    @classmethod
    def of(cls, *, said: int, kept: int, actors: int) -> "Full":
        programme = _programme()
        account = User.objects.get(teams__programme=programme)
        full = cls(programme, account, {})
        meetings = programme.meetings.filter(kind__in=SEMINARS, key__startswith="local")
        for meeting in meetings.select_related("programme", "site__territory"):
            full._hold(meeting, said=said, kept=kept, actors=actors)
        for site in programme.sites.all():
            cards = Card.objects.filter(workshop__meeting__site=site, workshop__format="workbench")
            release_cards(site.pk, card_ids=[one.pk for one in cards[:RELEASED]], actor=ACTOR)
        national = programme.meetings.filter(kind__in=SEMINARS, key__startswith="intersite")
        for meeting in national.select_related("programme"):
            full._hold(meeting, said=said, kept=kept, actors=0)
        return full

    def room(self, key: str) -> Room:
        """The room of a seminar: the first territory's when it is local."""
        return self.rooms[key]

    def _hold(self, meeting: Meeting, *, said: int, kept: int, actors: int) -> None:
        ensure_run_sheet(meeting)
        room = open_room(prepare_room(meeting, identity=Identity.PSEUDONYM).pk, actor=ACTOR)
        people = [someone(room) for _ in range(PEOPLE)]
        for workshop in lay_out_workshops(meeting):
            fill(workshop, people, said=said, kept=kept, actors=actors)
        self.rooms.setdefault(meeting.key, close_room(room.pk, actor=ACTOR))


def _programme() -> Programme:
    sites = [a_site(a_programme()) for _ in range(4)]
    number = next(_numbers)
    return create_programme(
        blueprint=load_blueprint("fabrique-prospective"),
        title=f"Une année entière {number}",
        question="Que peut l'action publique locale ?",
        horizon_year=2030,
        midterm_year=2026,
        starts_on=date(2020, 1, 23),
        ends_on=date(2021, 1, 31),
        territories=[(site.territory.code, "Thème local") for site in sites],
        team=[TeamEntry(email=f"pilote-{number}@exemple.fr", role=TeamRole.PILOT)],
        actor=ACTOR,
    )


def fill(
    workshop: Workshop, people: list[Participant], *, said: int, kept: int, actors: int
) -> None:
    """Things said by everyone in turn, half of them in cards; actors are tied in a ring."""
    format = get_format(workshop.format)
    ties = sorted(format.link_kinds) if workshop.format == "actor_map" else []
    wanted = actors if ties else kept
    fields = format.card_form(workshop).fields
    cards = Card.objects.bulk_create(
        Card(
            id=new_id(),
            workshop=workshop,
            title=f"Carte {number}",
            position=number,
            payload=_payload(fields, number),
        )
        for number in range(wanted if format.makes_cards else 0)
    )
    fields = format.contribution_form(workshop).fields
    spoken = Contribution.objects.bulk_create(
        Contribution(
            id=new_id(),
            workshop=workshop,
            participant=people[number % len(people)],
            author_label=people[number % len(people)].label,
            number=workshop.position * 10_000 + number,
            text=f"Idée numéro {number} sur les livraisons du matin",
            payload=_payload(fields, number),
            source=Source.PHONE,
        )
        for number in range(said if format.takes_contributions else 0)
    )
    if cards:
        Placement.objects.bulk_create(
            Placement(contribution=one, card=cards[number % len(cards)])
            for number, one in enumerate(spoken[: said // 2])
        )
    Link.objects.bulk_create(
        Link(id=new_id(), workshop=workshop, source=one, target=other, kind=ties[0])
        for one, other in zip(cards, [*cards[1:], *cards[:1]], strict=True)
        if ties
    )


def _payload(fields: Mapping[str, forms.Field], number: int) -> dict[str, object]:
    """What one choice after the other makes of a form; what is not a choice stays unsaid."""
    said: dict[str, object] = {}
    for name, field in fields.items():
        if isinstance(field, forms.MultipleChoiceField) or not isinstance(field, forms.ChoiceField):
            continue
        values = [value for value in _values(field.choices) if value != ""]
        if values:
            said[name] = values[number % len(values)]
    return said


def _values(choices: Iterable[Any]) -> Iterator[Any]:
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from _values(words)
        else:
            yield value
