"""Opens the demonstration's next seminar and starts it, so that every page has something to show.

Run on an instance as a process of its own: python -m tests.browser.held_demo ADDRESS
Gives, as JSON, what the addresses of pages are made of, and a way in for each role.
"""

import json
import os
import sys
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from fabrique.stages.contribution.models import Workshop
    from fabrique.stages.programme.models import (
        Appointment,
        GroupMember,
        Meeting,
        PointToSettle,
        Programme,
    )


def main(address: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
    django.setup()
    json.dump({**hold(), "ways_in": ways_in(address)}, sys.stdout)


def hold() -> dict[str, str]:
    from fabrique.kit.identifiers import new_id
    from fabrique.portal.demonstration.year import meeting_of
    from fabrique.stages.contribution.actions.cards import create_card, edit_card
    from fabrique.stages.contribution.actions.contributions import contribute
    from fabrique.stages.contribution.actions.releases import release_cards
    from fabrique.stages.contribution.actions.workshops import lay_out_workshops, open_workshop
    from fabrique.stages.contribution.enums import Source
    from fabrique.stages.deliverable.actions import draft_note
    from fabrique.stages.programme.models import Programme
    from fabrique.stages.seminar.actions.rooms import join_room, open_room, start_sequence
    from fabrique.stages.seminar.models import Room
    from fabrique.stages.seminar.queries import group_members_of

    programme = Programme.objects.get()
    held = meeting_of(programme, "local-1", "56121")
    meeting = meeting_of(programme, "local-1", "200071751")
    room = open_room(Room.objects.get(meeting=meeting).pk, actor="")
    first = group_members_of(meeting).order_by("name").first()
    someone = join_room(room, member_id=first.pk)
    workshop = lay_out_workshops(meeting)[0]
    start_sequence(room.pk, sequence_id=workshop.sequence_id, actor="")
    open_workshop(workshop.pk, actor="")
    said = [
        contribute(
            id=new_id(),
            workshop_id=workshop.pk,
            data={"text": text},
            source=Source.PHONE,
            participant=someone,
            actor=someone.label,
        ).contribution
        for text in ("On en sort avec une feuille de route", "Les élus restent jusqu'au bout")
    ]
    card = create_card(
        workshop.pk, contribution_ids=[said[0].pk], data={"title": "Une suite"}, actor=""
    )
    shown = create_card(
        workshop.pk, contribution_ids=[said[1].pk], data={"title": "Des élus présents"}, actor=""
    )
    (release,) = release_cards(meeting.site_id, card_ids=[shown.pk], actor="Directrice de projet")
    edit_card(shown.pk, data={"title": "Des élus jusqu'au bout"}, actor="")
    draft = draft_note(meeting, actor="")
    asked = a_poll(meeting)
    drawn = a_map(meeting_of(programme, "local-2", "200071751"))
    period, batch = a_calendar(programme)
    committee = a_committee(meeting_of(programme, "comite-de-lancement"))
    immersion = an_immersion(meeting_of(programme, "immersion", "200071751"))
    return {
        **asked,
        "period_id": period,
        "batch": batch,
        "committee_meeting_id": str(committee.meeting_id),
        "point_id": str(committee.pk),
        "immersion_meeting_id": str(immersion.meeting_id),
        "appointment_id": str(immersion.pk),
        "criterion_id": str(programme.criteria.order_by("pk").first().pk),
        "place_id": str(programme.team.filter(role="referent").order_by("pk")[0].pk),
        "map_meeting_id": str(drawn.meeting_id),
        "map_workshop_id": str(drawn.pk),
        "slug": programme.slug,
        "meeting_id": str(meeting.pk),
        "held_meeting_id": str(held.pk),
        "room_id": str(room.pk),
        "code": room.code,
        "site_code": "200071751",
        "wall_key": room.wall_key,
        "workshop_id": str(workshop.pk),
        "sequence_id": str(workshop.sequence_id),
        "member_id": str(first.pk),
        "card_id": str(card.pk),
        "release_id": str(release.pk),
        "contribution_id": str(said[1].pk),
        "deliverable_id": str(draft.pk),
        "block_id": str(draft.blocks.order_by("position").first().pk),
        "frozen_id": str(held.note.pk),
        "frozen_block_id": str(held.note.blocks.order_by("position").first().pk),
        "link_key": held.room.participants.first().link_key,
        **invited(meeting, first),
    }


def invited(meeting: "Meeting", member: "GroupMember") -> dict[str, str]:
    """The keys of a member who was told of the seminar, and waits for something else."""
    from django.utils import timezone

    from fabrique.stages.programme.actions.correspondence import contact_of, notify
    from fabrique.stages.programme.actions.feeds import new_feed_address
    from fabrique.stages.programme.announcements import Told
    from fabrique.stages.programme.enums import NoticeKind

    contact = contact_of(member)
    told = Told.now(NoticeKind.INVITATION, meeting, None).as_params()
    notice = notify(contact, NoticeKind.INVITATION, meeting=meeting, told=told)
    notice.sent_at = timezone.now()
    notice.save()
    feed = new_feed_address(meeting.programme, contact=contact, actor="")
    return {
        "contact_id": str(contact.pk),
        "contact_key": contact.link_key,
        "contact_keys": contact.link_key,
        "feed_key": feed.key,
    }


def a_poll(meeting: "Meeting") -> dict[str, str]:
    """When people could come to it: asked, answered by one of them, who has days taken."""
    from datetime import timedelta

    from fabrique.stages.programme.actions.agendas import add_unavailability
    from fabrique.stages.programme.actions.polls import ProposedDay, answer_poll, open_poll
    from fabrique.stages.programme.analyses.poll_results import results_of

    days = [meeting.window_start_date + timedelta(days=number) for number in (7, 9, 14)]
    poll = open_poll(meeting.pk, days=[ProposedDay(day) for day in days], actor="").poll
    contact = next(one.contact for one in results_of(meeting, poll).people if one.contact)
    options = list(poll.options.all())
    answer_poll(poll.pk, contact=contact, answers={options[0].pk: "yes", options[1].pk: "no"})
    taken = add_unavailability(contact, first=days[2], last=days[2])
    return {
        "asked_link_key": contact.link_key,
        "poll_id": str(poll.pk),
        "option_id": str(options[0].pk),
        "unavailability_id": str(taken.pk),
    }


def a_calendar(programme: "Programme") -> tuple[str, str]:
    """Days the demonstration closes to the elected, and the calendars it compares."""
    from fabrique.stages.programme.enums import ClosedKind
    from fabrique.stages.programme.models import SeriesProposal

    period = programme.closed_periods.filter(kind=ClosedKind.ELECTION).order_by("first_date")[0]
    batch = SeriesProposal.objects.filter(programme=programme).values_list("batch", flat=True)[0]
    return str(period.pk), str(batch)


def a_map(meeting: "Meeting") -> "Workshop":
    """The next seminar's map of actors, with three actors and two ties brought in."""
    from fabrique.stages.contribution.actions.card_imports import import_cards
    from fabrique.stages.contribution.actions.workshops import lay_out_workshops
    from fabrique.stages.contribution.formats.card_files import CardLine, TieLine
    from fabrique.stages.seminar.actions.rooms import prepare_room
    from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet

    ensure_run_sheet(meeting)
    prepare_room(meeting)
    workshop = next(one for one in lay_out_workshops(meeting) if one.format == "actor_map")
    actors = ("Recyclerie", "Ville", "Réparateurs du marché")
    import_cards(
        workshop.pk,
        cards=[
            CardLine(line=line, title=title, data={"title": title, "type": "Association"})
            for line, title in enumerate(actors, 2)
        ],
        ties=[
            TieLine(line=2, source="Ville", target="Recyclerie", kind="funds"),
            TieLine(line=3, source="Recyclerie", target="Réparateurs du marché", kind="works_with"),
        ],
        actor="Directrice de projet",
    )
    return workshop


def a_committee(meeting: "Meeting") -> "PointToSettle":
    """A point still open, argued both ways, an argument taken back."""
    from fabrique.stages.programme.actions.committee import add_point, argue, remove_argument
    from fabrique.stages.programme.enums import ArgumentSide

    point = add_point(
        meeting,
        title="Qui prévient les maires ?",
        context="Avant la fin du mois.",
        options=["La pilote nationale", "Chaque référent"],
        actor="",
    )
    option = point.options.first()
    said = [
        argue(option.pk, side=side, text=text, said_by="Référente de Lorient", actor="")
        for side, text in (
            (ArgumentSide.FOR, "Une seule lettre pour tous"),
            (ArgumentSide.AGAINST, "Elle arrive de loin"),
            (ArgumentSide.AGAINST, "Dit deux fois"),
        )
    ]
    remove_argument(said[-1].pk, actor="")
    return point


def an_immersion(meeting: "Meeting") -> "Appointment":
    """An appointment with its notes, and a line of each list, one of them taken back."""
    from fabrique.stages.programme.actions import immersion as verbs
    from fabrique.stages.programme.enums import AppointmentKind

    appointment = verbs.add_appointment(
        meeting, kind=AppointmentKind.ACTOR, title="Bailleur social", place="Bourg", actor=""
    )
    verbs.take_notes(appointment.pk, notes="À garder pour nous", kept="Des toits vides", actor="")
    verbs.spot_actor(meeting, name="Bailleur social", why="Possède", actor="")
    verbs.propose_profile(meeting, role="Directrice de l'habitat", institution="EPCI", actor="")
    verbs.note_stake(meeting, text="Bâtir sans s'étendre", appointment=appointment, actor="")
    verbs.remove_line(verbs.note_stake(meeting, text="Dit deux fois", actor=""), actor="")
    return appointment


def ways_in(address: str) -> dict[str, str]:
    from fabrique.people.queries import account_with_email
    from fabrique.people.sign_in_links import sign_in_link

    addresses = {
        "pilot": "pilote@demo.example",
        "director": "directrice@demo.example",
        "officer": "chargee-etudes@demo.example",
        "referent": "referent-bourg@demo.example",
    }
    return {
        role: sign_in_link(account_with_email(email), site=address)
        for role, email in addresses.items()
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
