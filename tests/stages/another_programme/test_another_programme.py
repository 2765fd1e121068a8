"""Another method, another theme, six territories, three local seminars: held without new code."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions import cards
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.ratings import rate
from fabrique.stages.contribution.actions.releases import release_cards
from fabrique.stages.contribution.actions.take_over import take_cards_over
from fabrique.stages.contribution.actions.workshops import (
    change_phase,
    lay_out_workshops,
    open_workshop,
)
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.formats.national_levers.analysis import levers_of
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Workshop
from fabrique.stages.contribution.queries import cards_to_take_over
from fabrique.stages.deliverable.actions import draft_note
from fabrique.stages.deliverable.models import Block
from fabrique.stages.programme.actions import create_programme
from fabrique.stages.programme.blueprint import load_blueprint
from fabrique.stages.programme.models import ExpectedDeliverable, Meeting, Programme
from fabrique.stages.seminar.actions.rooms import join_room, open_room, prepare_room
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Participant, Room
from fabrique.stages.seminar.tickets import cookie_name, make_ticket
from fabrique.territory.actions import load_reference
from tests.stages.rooms import FACILITATOR, an_account
from tests.territory.excerpt import write_excerpt

pytestmark = pytest.mark.django_db
METHOD = Path(__file__).parent / "eau-en-partage.toml"
SIX = ("56162", "22016", "51410", "01015", "94038", "88413")
PEOPLE = 6


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    load_reference(write_excerpt(tmp_path / "data"))
    return create_programme(
        blueprint=load_blueprint(METHOD),
        title="L'eau en partage",
        question="Que permet encore l'eau, et à qui ?",
        horizon_year=2045,
        midterm_year=2035,
        starts_on=date(2027, 1, 4),
        ends_on=date(2027, 9, 30),
        territories=[(code, f"thème {number}") for number, code in enumerate(SIX)],
        actor=FACILITATOR,
    )


def meeting_of(programme: Programme, key: str) -> Meeting:
    meetings = Meeting.objects.filter(programme=programme, key__startswith=key)
    return meetings.select_related("programme", "site__territory").order_by("position", "id")[0]


def held(meeting: Meeting) -> tuple[Room, list[Workshop], list[Participant]]:
    ensure_run_sheet(meeting)
    room = open_room(prepare_room(meeting, identity=Identity.PSEUDONYM).pk, actor=FACILITATOR)
    workshops = lay_out_workshops(meeting)
    return room, workshops, [join_room(room, label=f"Voix {n}") for n in range(PEOPLE)]


def filled(form: forms.Form, text: str) -> dict[str, Any]:
    """Something that each field of a form may be sent."""
    return {name: value for name, field in form.fields.items()
            if (value := _answer(field, text)) is not None}  # fmt: skip


def _answer(field: forms.Field, text: str) -> Any:
    if isinstance(field, forms.MultipleChoiceField | forms.BooleanField):
        return None
    if isinstance(field, forms.ChoiceField):
        offered = [str(key) for key, _words in field.choices if key]
        return offered[0] if offered else None
    return text if isinstance(field, forms.CharField) and field.required else None


def play(workshop: Workshop, people: list[Participant]) -> None:
    """Everyone says something; the group keeps a card; whoever judges, judges."""
    format = get_format(workshop.format)
    open_workshop(workshop.pk, actor=FACILITATOR)
    if format.makes_cards and format.takes_contributions:
        form = format.card_form(workshop)
        cards.create_card(workshop.pk, data=filled(form, "Le captage du haut"), actor=FACILITATOR)
    for phase in format.phases:
        workshop = change_phase(workshop.pk, phase=phase.key, actor=FACILITATOR)
        for number, person in enumerate(people):
            if "contribution" in phase.accepts:
                form = format.contribution_form(workshop)
                contribute(
                    id=new_id(),
                    workshop_id=workshop.pk,
                    data=filled(form, f"Ce que dit la voix {number}"),
                    source=Source.PHONE,
                    participant=person,
                    actor="",
                )
            if "rating" in phase.accepts and workshop.format == "vulnerabilities":
                for card, criterion in marks(workshop):
                    rate(workshop_id=workshop.pk, card_id=card.pk, participant=person,
                         criterion=criterion, value=3)  # fmt: skip


def marks(workshop: Workshop) -> Iterator[tuple[Card, str]]:
    format = get_format(workshop.format)
    for card in format.cards_to_rate(workshop):
        for criterion in format.criteria_of(workshop):
            yield card, criterion.key


def screens(meeting: Meeting, room: Room, someone: Participant) -> None:
    """Console, wall, phone and paper all answer."""
    team, phone = Client(), Client()
    team.force_login(an_account(meeting), backend="sesame.backends.ModelBackend")
    phone.cookies[cookie_name(room.pk)] = make_ticket(someone)
    for client, name, key in (
        (team, "console", meeting.pk),
        (team, "print-kit", meeting.pk),
        (Client(), "wall", room.wall_key),
        (phone, "phone", room.code),
    ):
        answer = client.get(reverse(f"contribution:{name}", args=[key]))
        assert answer.status_code == 200, name


def test_the_year_is_laid_out_in_six_territories(programme: Programme) -> None:
    meetings = Meeting.objects.filter(programme=programme)
    assert meetings.filter(site__isnull=False).count() == 18
    assert meetings.filter(site__isnull=True).count() == 1
    assert ExpectedDeliverable.objects.filter(programme=programme).count() == 20
    titles = {one.title for one in meetings}
    assert "Constater à Ploemeur" in titles


def test_each_run_sheet_gives_its_workshops(programme: Programme) -> None:
    for meeting in Meeting.objects.filter(programme=programme).select_related("site__territory"):
        planned = [one.format for one in ensure_run_sheet(meeting) if one.format]
        assert sorted(one.format for one in lay_out_workshops(meeting)) == sorted(planned)
        assert planned


@pytest.mark.parametrize("key", ["constat", "liens", "engagements", "bassin"])
def test_each_seminar_is_held_and_its_note_drafted(programme: Programme, key: str) -> None:
    meeting = meeting_of(programme, key)
    room, workshops, people = held(meeting)
    for workshop in workshops:
        play(workshop, people)
        screens(meeting, room, people[0])
    note = draft_note(meeting, actor=FACILITATOR)
    written = Block.objects.filter(deliverable=note)
    assert {one.section for one in written} <= {"kept", "open_questions"}
    assert written.exists()


def test_what_three_territories_release_becomes_levers_of_the_basin(programme: Programme) -> None:
    for site in programme.sites.all()[:3]:
        meeting = Meeting.objects.get(programme=programme, site=site, number=3)
        _room, workshops, _people = held(meeting)
        (bench,) = [one for one in workshops if one.format == "workbench"]
        data = {"title": "Tour d'eau", "blocks": ["Mesure"], "state_blocks": "Compter les forages"}
        card = cards.create_card(bench.pk, data=data, actor=FACILITATOR)
        release_cards(site.pk, card_ids=[card.pk], actor=FACILITATOR)
    _room, workshops, _people = held(meeting_of(programme, "bassin"))
    (levers,) = [one for one in workshops if one.format == "national_levers"]
    offered = [one.card_id for one in cards_to_take_over(levers)]
    first, *others = take_cards_over(levers.pk, card_ids=offered, actor=FACILITATOR)
    for other in others:
        cards.merge_cards(other.pk, into_id=first.pk, actor=FACILITATOR)
    (lever,) = levers_of(levers)
    assert (lever.card.title, lever.support) == ("Compter les forages", 3)
