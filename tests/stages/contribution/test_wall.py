"""What the whole room looks at: by a link that can be revoked, and nothing private on it."""

import pytest
from django.test import Client
from django.urls import reverse

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions import cards
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.workshops import change_phase, close_workshop
from fabrique.stages.contribution.enums import Level, Source
from fabrique.stages.contribution.models import Contribution
from fabrique.stages.seminar.actions.rooms import close_room, renew_wall_key, start_sequence
from tests.stages.rooms import FACILITATOR, Held, a_held_seminar, someone

pytestmark = pytest.mark.django_db


def wall_of(held: Held) -> str:
    return reverse("contribution:wall", args=[held.room.wall_key])


def seen(held: Held) -> str:
    answer = Client().get(wall_of(held))
    assert answer.status_code == 200
    return answer.content.decode()


def say(held: Held, text: str) -> Contribution:
    return contribute(
        id=new_id(),
        workshop_id=held.workshops["expectations"].pk,
        data={"text": text},
        source=Source.ROOM,
        actor=FACILITATOR,
    ).contribution


@pytest.fixture
def held() -> Held:
    return a_held_seminar("expectations")


def test_before_anything_runs_the_wall_says_how_to_come_in() -> None:
    held = a_held_seminar("expectations", opened=False)
    page = seen(held)
    assert held.room.code in page
    assert f"/r/{held.room.code}" in page
    assert "<svg" in page


def test_the_wall_shows_the_workshop_what_is_said_and_how_many_answered(held: Held) -> None:
    someone(held.room)
    say(held, "Que chacun sache quoi faire demain")
    page = seen(held)
    assert "Que chacun sache quoi faire demain" in page
    assert "<strong>0 sur 1</strong>" in page


def test_until_someone_has_written_the_wall_invites_to_come_in(held: Held) -> None:
    assert f"/r/{held.room.code}" in seen(held)
    say(held, "La première")
    assert f"/r/{held.room.code}" not in seen(held)


def test_while_people_judge_the_wall_says_how_many_began_and_what_they_judge() -> None:
    held = a_held_seminar("vulnerabilities")
    someone(held.room)
    workshop = held.workshops["vulnerabilities"]
    cards.create_card(workshop.pk, title="L'eau en été", contribution_ids=[], actor=FACILITATOR)
    change_phase(workshop.pk, phase="rate", actor=FACILITATOR)
    page = seen(held)
    assert "0 sur 1" in page
    assert "L’eau en été" in page


def test_a_contribution_in_a_card_is_shown_by_its_card_only(held: Held) -> None:
    one = say(held, "Une idée")
    cards.create_card(
        one.workshop_id, title="Le nom retenu", contribution_ids=[one.pk], actor=FACILITATOR
    )
    page = seen(held)
    assert "Le nom retenu" in page
    assert "Une idée" not in page


def test_what_a_merged_or_set_aside_card_holds_does_not_come_back_on_the_wall(held: Held) -> None:
    said = [say(held, text) for text in ("Une idée", "La même autrement", "Un à-côté")]
    kept, joined, aside = (
        cards.create_card(
            one.workshop_id, title=f"Carte {one.number}", contribution_ids=[one.pk], actor=""
        )
        for one in said
    )
    cards.merge_cards(joined.pk, into_id=kept.pk, actor=FACILITATOR)
    cards.set_card_aside(aside.pk, reason="Hors sujet", actor=FACILITATOR)
    page = seen(held)
    assert kept.title in page
    assert not [one.text for one in said if one.text in page]


def test_what_is_private_or_set_aside_never_reaches_the_wall(held: Held) -> None:
    private, aside = say(held, "Entre nous"), say(held, "À côté du sujet")
    Contribution.objects.filter(pk=private.pk).update(level=Level.PRIVATE)
    cards.set_contribution_aside(aside.pk, reason="Hors sujet", actor=FACILITATOR)
    page = seen(held)
    assert "Entre nous" not in page
    assert "À côté du sujet" not in page


def test_between_two_workshops_the_running_sequence_and_its_time_are_shown(held: Held) -> None:
    close_workshop(held.workshops["expectations"].pk, actor=FACILITATOR)
    sequence = held.meeting.sequences.order_by("position").first()
    start_sequence(held.room.pk, sequence_id=sequence.pk, actor=FACILITATOR)
    page = seen(held)
    assert sequence.title in page
    assert "data-countdown=" in page
    assert held.room.code in page


def test_a_closed_room_says_the_session_is_over(held: Held) -> None:
    say(held, "Une idée")
    close_room(held.room.pk, actor=FACILITATOR)
    page = seen(held)
    assert "La séance est terminée" in page
    assert "Une idée" not in page


def test_renewing_the_link_turns_the_former_one_off(held: Held) -> None:
    former = wall_of(held)
    renew_wall_key(held.room.pk, actor=FACILITATOR)
    assert Client().get(former).status_code == 404
    held.refresh()
    assert Client().get(wall_of(held)).status_code == 200


def test_the_live_refresh_is_the_same_fragment_without_the_page(held: Held) -> None:
    say(held, "Une idée")
    fragment = Client().get(wall_of(held), headers={"X-Fragment": "1"}).content.decode()
    assert "Une idée" in fragment
    assert "<html" not in fragment
