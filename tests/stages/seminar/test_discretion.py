"""In an anonymous room nothing kept says who was there, nor when to the minute they did what."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.workshops import change_phase, open_workshop
from fabrique.stages.contribution.models import Contribution, Rating
from fabrique.stages.seminar.actions.rooms import leave_room
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import JournalEntry, Participant
from tests.stages.rooms import Held, a_card, a_held_seminar

pytestmark = pytest.mark.django_db
BY_PEOPLE = {"join_room", "leave_room", "contribute", "answer"}


def played(identity: Identity) -> Held:
    """Someone joins, writes, judges and leaves, by forms alone."""
    held = a_held_seminar("expectations", "vulnerabilities", identity=identity)
    browser = Client()
    code = held.room.code
    browser.post(reverse("contribution:join", args=[code]), {"label": "Hêtre"})
    form = browser.get(reverse("contribution:phone", args=[code])).context["new_id"]
    workshop = held.workshops["expectations"]
    fields = {"kind": "contribution", "id": form, "workshop": workshop.pk, "text": "Une idée"}
    sent = browser.post(reverse("contribution:send", args=[code]), fields)
    assert sent.status_code == 302
    judge(held)
    leave_room(Participant.objects.get().pk)
    return held


def judge(held: Held) -> None:
    workshop = held.workshops["vulnerabilities"]
    card = a_card(workshop)
    open_workshop(workshop.pk, actor="Directrice de projet")
    change_phase(workshop.pk, phase="rate", actor="Directrice de projet")
    answer(
        workshop_id=workshop.pk,
        participant=Participant.objects.get(),
        data={"card": str(card.pk), "exposure": "2", "sensitivity": "3"},
    )


def times(held: Held) -> list[tuple[int, int, int]]:
    people = Participant.objects.get()
    entries = JournalEntry.objects.filter(room=held.room, verb__in=BY_PEOPLE)
    assert {one.verb for one in entries} == BY_PEOPLE
    kept = [people.joined_at, people.left_at, *entries.values_list("at", flat=True)]
    kept += Contribution.objects.values_list("created_at", flat=True)
    kept += Rating.objects.values_list("rated_at", flat=True)
    assert Rating.objects.exists()
    return [(at.minute, at.second, at.microsecond) for at in kept]


def identifiers() -> list[UUID]:
    models = (Participant, Contribution, Rating)
    return [one for model in models for one in model.objects.values_list("pk", flat=True)]


def test_times_are_those_of_the_hour_and_identifiers_carry_none() -> None:
    held = played(Identity.ANONYMOUS)
    assert set(times(held)) == {(0, 0, 0)}
    assert {one.version for one in identifiers()} == {4}


def test_nobody_is_named() -> None:
    held = played(Identity.ANONYMOUS)
    person = Participant.objects.get()
    assert (person.member, person.label) == (None, "Participant ou participante")
    entries = JournalEntry.objects.filter(room=held.room, verb__in=BY_PEOPLE)
    assert set(entries.values_list("actor", flat=True)) == {""}
    assert set(Contribution.objects.values_list("author_label", flat=True)) <= {
        "Participant ou participante"
    }


def test_the_team_of_an_anonymous_room_keeps_its_own_times() -> None:
    held = played(Identity.ANONYMOUS)
    opened = JournalEntry.objects.get(room=held.room, verb="open_room")
    assert (opened.at.minute, opened.at.second, opened.at.microsecond) != (0, 0, 0)


def test_where_people_are_known_times_are_exact() -> None:
    held = played(Identity.PSEUDONYM)
    assert (0, 0, 0) not in times(held)
    assert {one.version for one in identifiers()} == {7}
