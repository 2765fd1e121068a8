"""A facilitator drives the room from the console, with forms alone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions import cards
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.enums import CardState, Source, WorkshopState
from fabrique.stages.contribution.models import Card, Contribution, Workshop
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.seminar.enums import RoomState
from fabrique.stages.seminar.models import Room
from tests.stages.rooms import (
    FACILITATOR,
    Held,
    a_held_seminar,
    a_meeting,
    an_account,
    someone,
)
from tests.stages.seminar.prepared import a_seminar

pytestmark = pytest.mark.django_db


def signed_in(held: Held, role: TeamRole = TeamRole.DIRECTOR) -> Client:
    client = Client()
    client.force_login(an_account(held.meeting, role), backend="sesame.backends.ModelBackend")
    return client


def said(workshop: Workshop, *texts: str) -> list[Contribution]:
    return [
        contribute(
            id=new_id(),
            workshop_id=workshop.pk,
            data={"text": text},
            source=Source.ROOM,
            actor=FACILITATOR,
        ).contribution
        for text in texts
    ]


def page_of(held: Held) -> str:
    return reverse("contribution:console", args=[held.meeting.pk])


def act(client: Client, held: Held, move: str, **data: Any) -> Any:
    address = reverse("contribution:move", args=[held.meeting.pk])
    return client.post(address, {"move": move, **data})


@pytest.fixture
def held() -> Held:
    return a_held_seminar("expectations", "judge")


@pytest.fixture
def workshop(held: Held) -> Workshop:
    return held.workshops["expectations"]


@pytest.fixture
def client(held: Held) -> Client:
    return signed_in(held)


def test_the_console_shows_the_run_sheet_the_code_and_what_was_said(
    client: Client, held: Held, workshop: Workshop
) -> None:
    said(workshop, "Que chacun sache quoi faire demain")
    page = client.get(page_of(held)).content.decode()
    assert held.room.code in page
    assert "Séquence 1" in page
    assert "Que chacun sache quoi faire demain" in page


def test_a_room_not_prepared_yet_says_so_and_is_prepared_by_a_button(db: None) -> None:
    meeting = a_meeting(formats=("expectations",))
    held = Held(meeting, Room(), {})
    client = signed_in(held)
    assert "Préparer la salle" in client.get(page_of(held)).content.decode()
    act(client, held, "prepare")
    assert Room.objects.get(meeting=meeting).state == RoomState.READY
    assert Workshop.objects.get(meeting=meeting).format == "expectations"


def test_a_room_opened_straight_from_its_own_page_has_its_run_sheet_and_workshops(
    db: None,
) -> None:
    meeting = a_seminar()
    held = Held(meeting, Room(), {})
    client = signed_in(held)
    client.get(reverse("seminar:room", args=[meeting.pk]))
    page = client.get(page_of(held)).content.decode()
    assert "Aucun atelier" not in page
    laid_out = Workshop.objects.filter(meeting=meeting)
    assert laid_out.exists()
    assert all(one.title in page for one in laid_out)


def test_nobody_else_sees_the_console(held: Held) -> None:
    assert Client().get(page_of(held)).status_code == 302
    assert signed_in(held, TeamRole.REFERENT).get(page_of(held)).status_code == 404
    assert signed_in(a_held_seminar()).get(page_of(held)).status_code == 404


def test_one_button_after_the_other_leads_through_the_seminar(db: None) -> None:
    held = a_held_seminar("judge", opened=False)
    client = signed_in(held)
    steps = ["Ouvrir la salle", "Commencer la première", "Passer à la séquence suivante",
             "Ouvrir l'atelier sur les téléphones", "Passer à la phase « Noter »",
             "Passer à la phase « Relier »", "Fermer l'atelier", "Terminer la séance"]  # fmt: skip
    for words in steps:
        response = client.get(page_of(held))
        asked = response.context["next_move"]
        assert asked.label.startswith(words)
        assert act(client, held, asked.move, **asked.fields).status_code == 302
    held.refresh()
    assert held.room.state == RoomState.CLOSED
    assert held.workshops["judge"].state == WorkshopState.CLOSED


def test_a_sequence_that_began_comes_before_the_workshop_left_open(db: None) -> None:
    held = a_held_seminar("talk", "judge")
    client = signed_in(held)
    judge = held.workshops["judge"]
    act(client, held, "start_sequence", sequence=judge.sequence_id)
    asked = client.get(page_of(held)).context["next_move"]
    assert (asked.move, asked.fields["workshop"]) == ("open_workshop", str(judge.pk))
    page = act(client, held, asked.move, **asked.fields)
    assert str(judge.pk) in page["Location"]
    assert held.refresh().workshops["talk"].state == WorkshopState.CLOSED


def test_ticked_contributions_become_a_card_in_one_gesture_and_one_undo(
    client: Client, held: Held, workshop: Workshop
) -> None:
    first, second = said(workshop, "Une idée", "Une autre")
    act(client, held, "create_card", workshop=workshop.pk, contribution=[first.pk, second.pk])
    card = Card.objects.get()
    assert card.title == "Une idée"
    page = client.get(page_of(held))
    assert page.context["board"].to_sort == []
    assert "carte « Une idée »" in page.context["last_move_words"]
    act(client, held, "undo")
    assert len(client.get(page_of(held)).context["board"].to_sort) == 2


def test_what_was_done_in_another_workshop_is_not_undone_from_here(db: None) -> None:
    held = a_held_seminar("talk", "judge")
    client = signed_in(held)
    for workshop in held.workshops.values():
        (one,) = said(workshop, f"Dans {workshop.format}")
        act(client, held, "create_card", workshop=workshop.pk, contribution=[one.pk])
    there = client.get(page_of(held), {"atelier": held.workshops["talk"].pk})
    assert "Dans talk" in there.context["last_move_words"]


def test_an_ended_session_leads_to_its_note(db: None) -> None:
    held = a_held_seminar("talk")
    client = signed_in(held)
    act(client, held, "close_room")
    page = client.get(page_of(held)).content.decode()
    assert "Rédiger la note" in page


def test_several_contributions_go_in_a_card_and_come_back_with_one_undo(
    client: Client, held: Held, workshop: Workshop
) -> None:
    picked = [one.pk for one in said(workshop, "a", "b", "c")]
    card = cards.create_card(workshop.pk, title="Carte", actor=FACILITATOR)
    act(client, held, "place", card=card.pk, contribution=picked)
    assert card.placements.filter(ended_at=None).count() == 3
    act(client, held, "undo")
    assert card.placements.filter(ended_at=None).count() == 0


def test_setting_aside_without_a_reason_comes_back_with_what_was_ticked_and_typed(
    client: Client, held: Held, workshop: Workshop
) -> None:
    first, _second = said(workshop, "Une idée", "Une autre")
    answer = act(
        client,
        held,
        "set_contribution_aside",
        workshop=workshop.pk,
        contribution=first.pk,
        title="Un nom commencé",
        reason="  ",
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dites pourquoi" in page
    assert 'value="Un nom commencé"' in page
    assert page.count("checked") == 1 + page.count("data-shortcuts-switch checked")
    first.refresh_from_db()
    assert first.set_aside_at is None


def test_a_gesture_on_nothing_says_to_tick_something(
    client: Client, held: Held, workshop: Workshop
) -> None:
    card = cards.create_card(workshop.pk, title="Carte", actor=FACILITATOR)
    answer = act(client, held, "place", card=card.pk, workshop=workshop.pk)
    assert answer.status_code == 409
    assert "Cochez" in answer.content.decode()


def test_a_script_gets_words_to_announce_and_refusals_by_field(
    client: Client, held: Held, workshop: Workshop
) -> None:
    address = reverse("contribution:move", args=[held.meeting.pk])
    json = {"headers": {"Accept": "application/json"}}
    said_it = {"move": "say", "id": str(new_id()), "workshop": workshop.pk, "text": "Un mot"}
    assert client.post(address, said_it, **json).json()["done"]
    refused = client.post(address, {**said_it, "id": str(new_id()), "text": " "}, **json)
    assert refused.status_code == 422
    assert refused.json()["fields"]["text"]


def test_what_the_team_keys_in_for_the_room_comes_back_when_refused(
    client: Client, held: Held, workshop: Workshop
) -> None:
    text = "x" * 2001
    answer = act(client, held, "say", id=new_id(), workshop=workshop.pk, text=text)
    assert answer.status_code == 422
    assert text in answer.content.decode()


def test_a_card_of_another_seminar_is_unknown(
    client: Client, held: Held, workshop: Workshop
) -> None:
    elsewhere = a_held_seminar("expectations")
    card = cards.create_card(
        elsewhere.workshops["expectations"].pk, title="Ailleurs", actor=FACILITATOR
    )
    (here,) = said(workshop, "Ici")
    (there,) = said(elsewhere.workshops["expectations"], "Là")
    for move, data in {
        "place": {"card": card.pk, "contribution": here.pk},
        "take_out": {"contribution": there.pk},
        "edit_card": {"card": card.pk, "title": "Pris"},
        "open_workshop": {"workshop": elsewhere.workshops["expectations"].pk},
        "start_sequence": {"sequence": elsewhere.meeting.sequences.first().pk},
    }.items():
        assert act(client, held, move, **data).status_code in (404, 409), move
    card.refresh_from_db()
    assert card.title == "Ailleurs"
    address = reverse("contribution:console-card", args=[held.meeting.pk, card.pk])
    assert client.get(address).status_code == 404


def test_a_card_is_reworded_merged_split_and_set_aside_on_its_own_page(
    client: Client, held: Held, workshop: Workshop
) -> None:
    first, second = said(workshop, "Une idée", "Une autre")
    ids = [first.pk, second.pk]
    card = cards.create_card(workshop.pk, title="A", contribution_ids=ids, actor=FACILITATOR)
    other = cards.create_card(workshop.pk, title="B", actor=FACILITATOR)
    address = reverse("contribution:console-card", args=[held.meeting.pk, card.pk])
    assert "Une autre" in client.get(address).content.decode()
    refused = act(client, held, "edit_card", page="card", card=card.pk, title="", text="Gardé")
    assert refused.status_code == 422
    assert "Gardé" in refused.content.decode()
    act(client, held, "edit_card", card=card.pk, title="Nom", text="")
    act(client, held, "split_card", card=card.pk, title="Scindée", contribution=second.pk)
    act(client, held, "merge_cards", card=card.pk, into=other.pk)
    act(client, held, "set_card_aside", card=other.pk, reason="Hors sujet")
    states = dict(Card.objects.values_list("title", "state"))
    assert states == {
        "Nom": CardState.MERGED,
        "B": CardState.SET_ASIDE,
        "Scindée": CardState.KEPT,
    }
    assert client.get(address).status_code == 200


def test_searching_looks_past_accents_and_keeps_the_cards_that_hold_the_words(
    client: Client, held: Held, workshop: Workshop
) -> None:
    first, _second = said(workshop, "Des vélos partagés", "Des bus")
    cards.create_card(
        workshop.pk, title="Mobilités", contribution_ids=[first.pk], actor=FACILITATOR
    )
    board = client.get(page_of(held), {"chercher": "velo"}).context["board"]
    assert [one.card.title for one in board.cards] == ["Mobilités"]
    assert board.to_sort == []


def test_those_who_answered_are_counted_never_named(
    client: Client, held: Held, workshop: Workshop
) -> None:
    one, _other = someone(held.room), someone(held.room)
    contribute(
        id=new_id(), workshop_id=workshop.pk, data={"text": "Une idée"}, source=Source.PHONE,
        participant=one, actor=one.label,
    )  # fmt: skip
    page = client.get(page_of(held))
    turnout = page.context["turnout"]
    assert (turnout.answered, turnout.present) == (1, 2)


def test_groups_are_proposed_and_nothing_is_sorted_without_the_facilitator(
    client: Client, held: Held, workshop: Workshop
) -> None:
    twice = "Développer les pistes cyclables vers les communes voisines du centre"
    said(workshop, twice, f"{twice} !", "Rénover les écoles")
    address = reverse("contribution:console-proposals", args=[held.meeting.pk, workshop.pk])
    page = client.get(address)
    ((group, said_of_it),) = page.context["groups"]
    assert group.is_duplicates
    assert [one.text for one in group.contributions] == [twice, f"{twice} !"]
    assert len(said_of_it) == 2
    assert "Rénover les écoles" not in page.content.decode()
    assert not Card.objects.exists()


def test_nothing_to_compare_proposes_nothing_and_says_what_is_missing(
    client: Client, held: Held, workshop: Workshop
) -> None:
    address = reverse("contribution:console-proposals", args=[held.meeting.pk, workshop.pk])
    assert "Rien à proposer" in client.get(address).content.decode()


@pytest.mark.parametrize("format", ["expectations"])
def test_two_hundred_contributions_cost_as_many_queries_as_twenty(format: str) -> None:
    held = a_held_seminar(format)
    workshop, client = held.workshops[format], signed_in(held)
    said(workshop, *[f"Idée {n}" for n in range(20)])
    for n in range(3):
        picked = list(workshop.contributions.values_list("pk", flat=True)[n * 3 : n * 3 + 3])
        cards.create_card(workshop.pk, title="", contribution_ids=picked, actor=FACILITATOR)
    few = _queries_of(client, held)
    rows = [
        Contribution(id=new_id(), workshop=workshop, text=f"Idée {n}", number=1000 + n)
        for n in range(180)
    ]
    Contribution.objects.bulk_create(rows)
    assert _queries_of(client, held) == few <= 15


def _queries_of(client: Client, held: Held) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page_of(held), headers={"X-Fragment": "1"}).status_code == 200
    return len(queries)
