"""Two programmes side by side, one of them with two territories, and everyone who may come by.

Whatever holds ``SECRET`` belongs to the first territory of the first programme: no answer given
to someone who is not of it may hold that word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.test import Client
from django.utils import timezone

from fabrique.kit.identifiers import new_id
from fabrique.people.models import User
from fabrique.stages.contribution.actions.releases import release_cards
from fabrique.stages.contribution.actions.workshops import open_workshop
from fabrique.stages.contribution.models import Card, Contribution, Release, Workshop
from fabrique.stages.deliverable.actions import freeze, render_export
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.programme.actions.agendas import add_unavailability
from fabrique.stages.programme.actions.committee import add_point, settle
from fabrique.stages.programme.actions.correspondence import contact_of, notify
from fabrique.stages.programme.actions.criteria import add_criterion
from fabrique.stages.programme.actions.feeds import new_feed_address
from fabrique.stages.programme.actions.immersion import add_appointment, spot_actor
from fabrique.stages.programme.actions.polls import ProposedDay, open_poll
from fabrique.stages.programme.enums import (
    AppointmentKind,
    ClosedKind,
    CriterionKind,
    MeetingKind,
    NoticeKind,
    TeamRole,
)
from fabrique.stages.programme.models import (
    Appointment,
    ClosedPeriod,
    Contact,
    FeedKey,
    GroupMember,
    Meeting,
    PointToSettle,
    PollOption,
    SeriesProposal,
    SuccessCriterion,
    TeamMember,
    Unavailability,
)
from fabrique.stages.seminar.models import Participant, Sequence
from fabrique.stages.seminar.tickets import cookie_name, make_ticket
from tests.stages.deliverable.seminars import DIRECTOR, Session, a_session, a_territory
from tests.stages.rooms import Held, a_member, a_site, an_account

SECRET = "Quaisecret"
BACKEND = "sesame.backends.ModelBackend"


@dataclass
class World:
    """``session`` is what everyone tries to reach; ``neighbour`` is the same programme's other
    territory, ``stranger`` another programme."""

    session: Session
    member: GroupMember
    neighbour: Held
    stranger: Session
    release: Release
    contact: Contact
    feed: FeedKey
    option: PollOption
    taken: Unavailability

    @classmethod
    def make(cls) -> "World":
        ours = a_territory()
        session = a_session(site=ours)
        Contribution.objects.filter(pk=session.said[0].pk).update(text=f"{SECRET} : sous l'eau")
        Card.objects.filter(pk=session.cards[0].pk).update(title=f"{SECRET} : la carte")
        member = a_member(session.meeting, f"{SECRET}, référente")
        version = freeze(session.draft().pk, actor=DIRECTOR)
        render_export(version.pk, format=ExportFormat.HTML)
        workshop = open_workshop(session.held.workshops["talk"].pk, actor=DIRECTOR)
        session.held.workshops["talk"] = workshop
        (release,) = release_cards(ours.pk, card_ids=[session.cards[1].pk], actor=DIRECTOR)
        neighbour = a_session(site=a_site(ours.programme)).held
        contact = _told_of(session.meeting, member)
        feed = new_feed_address(ours.programme, contact=contact, actor=DIRECTOR)
        day = date(2020, 9, 15)
        poll = open_poll(session.meeting.pk, days=[ProposedDay(day)], actor=DIRECTOR).poll
        taken = add_unavailability(contact, first=day, last=day)
        option = poll.options.get()
        return cls(session, member, neighbour, a_session(), release, contact, feed, option, taken)

    @property
    def addresses(self) -> dict[str, object]:
        """What stands for each part of an address."""
        session = self.session
        block = session.passages()[0]
        return {
            "slug": session.meeting.programme.slug,
            "meeting_id": session.meeting.pk,
            "room_id": session.held.room.pk,
            "code": session.held.room.code,
            "wall_key": session.held.room.wall_key,
            "link_key": session.people[0].link_key,
            "member_id": self.member.pk,
            "contact_id": self.contact.pk,
            "contact_keys": self.contact.link_key,
            "feed_key": self.feed.key,
            "option_id": self.option.pk,
            "poll_id": self.option.poll_id,
            "unavailability_id": self.taken.pk,
            "sequence_id": self.sequence.pk,
            "workshop_id": self.workshop_id,
            "key": "affichette",
            "card_id": session.cards[0].pk,
            "release_id": self.release.pk,
            "period_id": self.closed_period.pk,
            "batch": self.proposal.batch,
            "contribution_id": session.said[0].pk,
            "deliverable_id": block.deliverable_id,
            "note_id": block.deliverable_id,
            "block_id": block.pk,
            "number": 1,
            "format": "html",
            "name": "acteurs.csv",
            "step": "question",
            "point_id": self.point.pk,
            "criterion_id": self.criterion.pk,
            "place_id": self.place.pk,
            "appointment_id": self.appointment.pk,
            "moment": self.revisited.key,
            "move": "hold",
        }

    @property
    def territory_code(self) -> str:
        site = self.session.meeting.site
        assert site is not None
        return site.territory_id

    @property
    def sequence(self) -> Sequence:
        return Sequence.objects.filter(meeting=self.session.meeting).order_by("position")[0]

    @property
    def closed_period(self) -> ClosedPeriod:
        """A day closed in the first territory, made the first time it is asked for."""
        period, _is_new = ClosedPeriod.objects.get_or_create(
            programme=self.session.meeting.programme,
            site=self.session.meeting.site,
            label=f"{SECRET} : conseil",
            defaults={
                "kind": ClosedKind.COUNCIL,
                "first_date": date(2020, 4, 1),
                "last_date": date(2020, 4, 1),
            },
        )
        return period

    @property
    def proposal(self) -> SeriesProposal:
        """A calendar that was asked for and waits."""
        programme = self.session.meeting.programme
        found = SeriesProposal.objects.filter(programme=programme).first()
        return found or SeriesProposal.objects.create(
            programme=programme, batch=new_id(), variant="keep", request={}
        )

    @property
    def workshop_id(self) -> UUID:
        return self.session.held.workshops["talk"].pk

    @property
    def map_id(self) -> UUID:
        """A workshop that has a page of its own and files."""
        held = self.session.meeting
        workshop, is_new = Workshop.objects.get_or_create(
            meeting=held, format="actor_map", defaults={"title": "Carte", "position": 99}
        )
        if is_new:
            Card.objects.create(workshop=workshop, title=f"{SECRET} : un acteur")
        return workshop.pk

    @property
    def point(self) -> PointToSettle:
        """A point of the seminar, argued and settled in words that are its territory's."""
        meeting = self.session.meeting
        found = PointToSettle.objects.filter(meeting=meeting, title=f"{SECRET} : un point").first()
        if found is None:
            found = add_point(meeting, title=f"{SECRET} : un point", options=["Ici"], actor="")
            settle(found.pk, words=f"{SECRET} : ce qui est décidé", actor="")
        return found

    @property
    def criterion(self) -> SuccessCriterion:
        programme = self.session.meeting.programme
        found = SuccessCriterion.objects.filter(programme=programme).first()
        return found or add_criterion(
            programme, kind=CriterionKind.METHOD, text="Une suite", actor=""
        )

    @property
    def place(self) -> TeamMember:
        """A referent of the territory, whom any facilitator may change."""
        user, is_new = User.objects.get_or_create(email="place@exemple.fr")
        member, _is_new = TeamMember.objects.get_or_create(
            programme=self.session.meeting.programme, user=user, role=TeamRole.REFERENT
        )
        if is_new:
            member.sites.add(self.session.meeting.site)
        return member

    @property
    def appointment(self) -> Appointment:
        """An appointment of the territory's immersion day."""
        meeting = self.session.meeting
        day, is_new = Meeting.objects.get_or_create(
            programme=meeting.programme,
            site=meeting.site,
            key="immersion",
            defaults={
                "kind": MeetingKind.IMMERSION_DAY,
                "step": "immersion",
                "title": "Journée d'immersion",
                "window_start_date": meeting.window_start_date,
                "window_end_date": meeting.window_end_date,
            },
        )
        if is_new:
            spot_actor(day, name=f"{SECRET} : un acteur repéré", actor="")
            add_appointment(
                day, kind=AppointmentKind.ACTOR, title=f"{SECRET} : une rencontre", actor=""
            )
        return Appointment.objects.get(meeting=day)

    @property
    def immersion_id(self) -> UUID:
        return self.appointment.meeting_id

    @property
    def revisited(self) -> Meeting:
        """The shared meeting at which criteria are looked at again."""
        meeting = self.session.meeting
        return Meeting.objects.get_or_create(
            programme=meeting.programme,
            site=None,
            key="intersite-2",
            defaults={
                "kind": MeetingKind.INTERSITE_SEMINAR,
                "step": "2",
                "title": "Interroger le positionnement",
                "window_start_date": meeting.window_start_date,
                "window_end_date": meeting.window_end_date,
            },
        )[0]

    def contribution(self) -> dict[str, object]:
        """What a phone of the room would send."""
        return {"id": str(new_id()), "workshop_id": str(self.workshop_id), "text": "Une idée"}


def _told_of(meeting: Meeting, member: GroupMember) -> Contact:
    """The member, once the date of the meeting was sent to them."""
    day = "2020-09-17T{}:00:00+02:00"
    date = {"starts_at": day.format(14), "ends_at": day.format(17), "place": f"{SECRET}, hall"}
    contact = contact_of(member)
    notice = notify(contact, NoticeKind.INVITATION, meeting=meeting, told=date)
    notice.sent_at = timezone.now()
    notice.save()
    return contact


def _account(user: User) -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(user, backend=BACKEND)
    return client


def _team(role: TeamRole) -> Callable[[World], Client]:
    return lambda world: _account(an_account(world.session.meeting, role))


def _referent_of_the_neighbour(world: World) -> Client:
    user = an_account()
    member = TeamMember.objects.create(
        programme=world.session.meeting.programme, user=user, role=TeamRole.REFERENT
    )
    member.sites.add(world.neighbour.meeting.site)
    return _account(user)


def _participant(world: World) -> Client:
    return _holding(world.session.people[0], world)


def _participant_elsewhere(world: World) -> Client:
    """Their own ticket, shown also under the name of the room they are not in."""
    neighbour = Participant.objects.filter(room=world.neighbour.room).first()
    assert neighbour is not None
    return _holding(neighbour, world)


def _holding(participant: Participant, world: World) -> Client:
    client = Client(headers={"accept-language": "fr"})
    for room_id in {participant.room_id, world.session.held.room.pk}:
        client.cookies[cookie_name(room_id)] = make_ticket(participant)
    return client


#: Everyone of the table, in its order.
PEOPLE: dict[str, Callable[[World], Client]] = {
    "nobody": lambda world: Client(headers={"accept-language": "fr"}),
    "participant elsewhere": _participant_elsewhere,
    "participant": _participant,
    "referent elsewhere": _referent_of_the_neighbour,
    "referent": _team(TeamRole.REFERENT),
    "officer": _team(TeamRole.OFFICER),
    "director": _team(TeamRole.DIRECTOR),
    "pilot": _team(TeamRole.PILOT),
    "pilot of another programme": lambda world: _account(world.stranger.account),
}
STRANGERS = ("nobody", "participant elsewhere", "referent elsewhere", "pilot of another programme")
