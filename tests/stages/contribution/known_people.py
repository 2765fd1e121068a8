"""Someone of whom everything that can be recorded is recorded, in a seminar held under names."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions.cards import create_card, place_together
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.transcriptions import transcribe
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.models import Card, Contribution, Rating
from fabrique.stages.programme.actions.agendas import add_unavailability
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.correspondence import notify
from fabrique.stages.programme.actions.feeds import new_feed_address
from fabrique.stages.programme.actions.members import add_member
from fabrique.stages.programme.blueprint import load_blueprint
from fabrique.stages.programme.enums import MeetingState, NoticeKind
from fabrique.stages.programme.models import (
    Contact,
    FeedKey,
    GroupMember,
    Meeting,
    Poll,
    PollAnswer,
    PollOption,
)
from fabrique.stages.seminar.actions.invitations import reply
from fabrique.stages.seminar.actions.rooms import join_room
from fabrique.stages.seminar.enums import Coming, Identity
from fabrique.stages.seminar.models import Participant
from tests.stages.rooms import FACILITATOR, Held, a_held_seminar, a_programme, a_site
from tests.stages.seminar.guests import in_days


@dataclass
class Known:
    """One person, and what is recorded of them."""

    name: str
    email: str
    member: GroupMember
    contact: Contact
    seat: Participant
    feed: FeedKey
    said: Contribution
    typed: Contribution
    card: Card

    @property
    def link(self) -> str:
        return f"/moi/{self.contact.link_key}/"

    @property
    def seat_link(self) -> str:
        return f"/suivi/{self.seat.link_key}/"


def a_named_seminar() -> Held:
    """Dated a month from now, its room open under names, one workshop to talk and one to judge."""
    programme = a_programme(blueprint=load_blueprint("fabrique-prospective").as_data())
    held = a_held_seminar("talk", "judge", identity=Identity.NAMED, site=a_site(programme))
    Meeting.objects.filter(pk=held.meeting.pk).update(
        key="local-1", starts_at=in_days(30), ends_at=in_days(30, 17), state=MeetingState.SCHEDULED
    )
    held.meeting.refresh_from_db()
    return held


def known_at(held: Held, name: str, email: str, words: str) -> Known:
    """They are invited, answer, come, speak by phone and on paper, and judge."""
    meeting = held.meeting
    member = add_member(
        meeting.programme,
        site=meeting.site,
        actor=FACILITATOR,
        name=name,
        email=email,
        institution=f"Maison de {words}",
        sector=f"Secteur de {words}",
        invited_on=date(2020, 3, 4),
    )
    make_contacts(meeting.programme_id)
    contact = Contact.objects.select_related("programme", "member").get(member=member)
    notify(contact, NoticeKind.INVITATION, meeting=meeting, told={"place": f"Salle de {words}"})
    reply(meeting.pk, contact, coming=Coming.REPLACED, substitute=f"Adjoint de {words}")
    add_unavailability(contact, first=date(2020, 9, 7), last=date(2020, 9, 8))
    _answers_the_poll(meeting, contact)
    feed = new_feed_address(meeting.programme, contact=contact, actor=str(contact))
    seat = join_room(held.room, member_id=member.pk)
    talk, judge = held.workshops["talk"], held.workshops["judge"]
    said = contribute(
        id=new_id(),
        workshop_id=talk.pk,
        data={"text": f"Dit de vive voix : {words}"},
        source=Source.PHONE,
        participant=seat,
        actor=seat.label,
    ).contribution
    typed = transcribe(
        id=new_id(),
        workshop_id=talk.pk,
        letter="T",
        data={"text": f"Écrit sur papier : {words}"},
        paper_code="",
        author_label=name,
        actor=FACILITATOR,
    ).contribution
    card = create_card(talk.pk, data={"title": f"Carte sur {words}"}, actor=FACILITATOR)
    place_together([said.pk], card_id=card.pk, actor=FACILITATOR)
    judged = Card.objects.create(workshop=judge, title=f"Carte jugée par {words}")
    Rating.objects.create(card=judged, participant=seat, criterion="weight", value=4)
    return Known(name, email, member, contact, seat, feed, said, typed, card)


def _answers_the_poll(meeting: Meeting, contact: Contact) -> None:
    poll, _is_new = Poll.objects.get_or_create(
        meeting=meeting, defaults={"opened_at": timezone.now()}
    )
    option, _is_new = PollOption.objects.get_or_create(poll=poll, date=date(2020, 9, 10))
    PollAnswer.objects.create(option=option, contact=contact, answer="if_need_be")
