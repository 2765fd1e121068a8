"""Rooms to test in: a programme, a seminar, its run sheet, people, all real rows."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from uuid import UUID

from fabrique.people.models import User
from fabrique.stages.contribution.actions.cards import edit_card
from fabrique.stages.contribution.actions.workshops import lay_out_workshops, open_workshop
from fabrique.stages.contribution.models import Card, Workshop
from fabrique.stages.programme.enums import MeetingKind, TeamRole
from fabrique.stages.programme.models import GroupMember, Meeting, Programme, Site, TeamMember
from fabrique.stages.seminar.actions.rooms import join_room, open_room, prepare_room
from fabrique.stages.seminar.enums import Identity, SequenceKind
from fabrique.stages.seminar.models import Participant, Room, Sequence
from fabrique.territory.enums import Kind
from fabrique.territory.models import Territory

_numbers = count(1)
FACILITATOR = "Directrice de projet"


@dataclass
class Held:
    """A seminar being held, and the workshops of its run sheet by format."""

    meeting: Meeting
    room: Room
    workshops: dict[str, Workshop]

    def refresh(self) -> "Held":
        self.room.refresh_from_db()
        for workshop in self.workshops.values():
            workshop.refresh_from_db()
        return self


def rename_card(card_id: UUID, *, title: str, actor: str) -> Card:
    """The card's form sent back with another name, the rest as it is."""
    card = Card.objects.filter(pk=card_id).first() or Card()
    return edit_card(card_id, data={**card.payload, "text": card.text, "title": title}, actor=actor)


def a_programme(**fields: object) -> Programme:
    number = next(_numbers)
    values = {
        "slug": f"demarche-{number}",
        "title": "Villes moyennes et transition",
        "question": "Que peut l'action publique locale ?",
        "horizon_year": 2030,
        "midterm_year": 2026,
        "starts_on": date(2020, 1, 23),
        "ends_on": date(2021, 1, 31),
        "blueprint": {},
    }
    return Programme.objects.create(**(values | fields))


def a_site(programme: Programme) -> Site:
    code = f"{next(_numbers):05d}"
    territory = Territory.objects.create(
        code=code, kind=Kind.COMMUNE, name=f"Ville {code}", department_code="56",
        department_name="Morbihan", region_code="53", search_key=f"ville {code}",
    )  # fmt: skip
    return Site.objects.create(programme=programme, territory=territory)


def a_meeting(*, site: Site | None = None, formats: tuple[str, ...] = ("talk",)) -> Meeting:
    site = site or a_site(a_programme())
    meeting = Meeting.objects.create(
        programme=site.programme,
        site=site,
        kind=MeetingKind.LOCAL_SEMINAR,
        key=f"local-{next(_numbers)}",
        step="1",
        number=1,
        title="Croiser projections et actions réalisées",
        window_start_date=date(2020, 9, 1),
        window_end_date=date(2020, 9, 30),
    )
    for position, format in enumerate(("", *formats)):
        Sequence.objects.create(
            meeting=meeting,
            position=position,
            title=f"Séquence {position + 1}",
            kind=SequenceKind.WORK,
            minutes=30,
            format=format,
        )
    return meeting


def a_held_seminar(
    *formats: str,
    identity: Identity = Identity.PSEUDONYM,
    opened: bool = True,
    site: Site | None = None,
) -> Held:
    """A seminar with a workshop for each format, its room open and the first workshop too."""
    meeting = a_meeting(site=site, formats=formats or ("talk",))
    room = prepare_room(meeting, identity=identity)
    workshops = lay_out_workshops(meeting)
    if opened:
        room = open_room(room.pk, actor=FACILITATOR)
        open_workshop(workshops[0].pk, actor=FACILITATOR)
    held = Held(meeting, room, {workshop.format: workshop for workshop in workshops})
    return held.refresh()


def someone(room: Room, label: str = "") -> Participant:
    return join_room(room, label=label or f"Voix {next(_numbers)}")


def a_member(meeting: Meeting, name: str = "Référente technique") -> GroupMember:
    return GroupMember.objects.create(
        programme=meeting.programme, site=meeting.site, name=f"{name} {next(_numbers)}"
    )


def an_account(meeting: Meeting | None = None, role: TeamRole = TeamRole.DIRECTOR) -> User:
    user = User.objects.create_user(f"compte-{next(_numbers)}@exemple.fr", label=FACILITATOR)
    if meeting is not None:
        member = TeamMember.objects.create(programme=meeting.programme, user=user, role=role)
        if role == TeamRole.REFERENT and meeting.site:
            member.sites.add(meeting.site)
    return user


def a_card(workshop: Workshop, title: str = "") -> Card:
    return Card.objects.create(workshop=workshop, title=title or f"Carte {next(_numbers)}")
