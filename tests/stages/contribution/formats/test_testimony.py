"""What listeners keep of a guest's story, testimony by testimony."""

import pytest

from fabrique.document.tree import Callout
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.cards import create_card
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.errors import InvalidContribution
from fabrique.stages.contribution.formats.testimony.analysis import heard_in
from fabrique.stages.contribution.models import Card, Contribution
from fabrique.stages.seminar.models import Participant
from tests.stages.contribution.formats.played import (
    Seminar,
    a_seminar,
    plain,
    sections,
    words,
)
from tests.stages.rooms import FACILITATOR, someone

pytestmark = pytest.mark.django_db
KEY = "testimony"


def heard() -> tuple[Seminar, Card, Card]:
    """An association and a firm came to tell."""
    seminar = a_seminar(2, KEY)
    seminar.turn_to(KEY)
    repair = seminar.card(
        KEY, "L'atelier de réparation", payload={"guest": "Coordinatrice, association"}
    )
    farm = seminar.card(KEY, "La légumerie", payload={"guest": "Gérant, coopérative"})
    return seminar, repair, farm


def keep(
    seminar: Seminar, card: Card, kind: str, text: str, who: Participant | None = None, **more: str
) -> Contribution:
    data = {"testimony": str(card.pk), "kind": kind, "text": text, **more}
    return seminar.say(KEY, data, who)


def test_what_one_keeps_goes_straight_to_its_testimony():
    seminar, _repair, farm = heard()
    keep(seminar, farm, "helped", "Un local prêté")
    first, second = heard_in(seminar.workshop(KEY))
    assert first.said == []
    assert [one.text for one in second.said] == ["Un local prêté"]
    assert second.card == farm


def test_a_testimony_announced_while_phones_listen_is_offered_by_them():
    seminar, _repair, _farm = heard()
    create_card(seminar.workshop(KEY).pk, data={"title": "La régie"}, actor=FACILITATOR)
    room = seminar.held.refresh().room
    assert room.phones_number == room.last_number


def test_the_form_of_a_phone_where_nothing_was_ticked_is_told_what_to_tick():
    """It names what it sends « kind » too: that is what comes when no line is ticked."""
    seminar, repair, _farm = heard()
    data = {"testimony": str(repair.pk), "kind": "contribution", "text": "Un local prêté"}
    with pytest.raises(InvalidContribution) as refusal:
        seminar.say(KEY, data)
    assert plain(refusal.value.errors["kind"]).count("une des quatre lignes") == 1


@pytest.mark.parametrize(
    ("left_out", "told"),
    [("testimony", "Choisissez le témoignage"), ("kind", "Dites ce que vous en retenez")],
)
def test_what_is_missing_is_asked_for(left_out, told):
    seminar, repair, _farm = heard()
    data = {"testimony": str(repair.pk), "kind": "helped", "text": "Un local prêté"}
    with pytest.raises(InvalidContribution) as refusal:
        seminar.say(KEY, {**data, left_out: ""})
    assert told in plain(refusal.value.errors[left_out])


@pytest.mark.parametrize(
    "change",
    [{"state": CardState.SET_ASIDE, "set_aside_reason": "Annulé"}, {"level": Level.PRIVATE}],
)
def test_a_testimony_no_longer_heard_is_refused(change):
    seminar, repair, _farm = heard()
    Card.objects.filter(pk=repair.pk).update(**change)
    with pytest.raises(InvalidContribution) as refusal:
        keep(seminar, repair, "helped", "Un local prêté")
    assert "n'est plus proposé" in plain(refusal.value.errors["testimony"])


def test_with_a_single_testimony_there_is_nothing_to_choose():
    seminar = a_seminar(1, KEY)
    seminar.turn_to(KEY)
    card = seminar.card(KEY, "La légumerie")
    form = seminar.format(KEY).contribution_form(seminar.workshop(KEY))
    assert [value for value, _label in form.fields["testimony"].choices] == [str(card.pk)]


def test_a_phone_that_had_not_yet_heard_of_the_only_testimony_speaks_of_it():
    seminar = a_seminar(1, KEY)
    seminar.turn_to(KEY)
    card = seminar.card(KEY, "La légumerie")
    said = seminar.say(KEY, {"kind": "helped", "text": "Un local prêté"})
    assert said.payload["testimony"] == str(card.pk)
    assert said.placements.get().card == card


def test_before_any_testimony_words_wait_to_be_placed():
    seminar = a_seminar(1, KEY)
    seminar.turn_to(KEY)
    said = seminar.say(KEY, {"kind": "helped", "text": "Un local prêté"})
    assert not said.placements.exists()


def test_the_order_of_a_block_is_kept_for_what_blocked_only():
    seminar, repair, _farm = heard()
    blocked = keep(seminar, repair, "blocked", "Le code des marchés", block="Juridique")
    helped = keep(seminar, repair, "helped", "Le bouche-à-oreille", block="Argent")
    assert blocked.payload["block"] == "Juridique"
    assert "block" not in helped.payload


def test_phones_go_on_with_the_testimony_spoken_of_last():
    seminar, _repair, farm = heard()
    assert seminar.format(KEY).begins_with(seminar.workshop(KEY), Viewer()) == {}
    keep(seminar, farm, "helped", "Un local prêté")
    begun = seminar.format(KEY).begins_with(seminar.workshop(KEY), Viewer())
    assert begun == {"testimony": str(farm.pk)}
    assert f'value="{farm.pk}" selected' in seminar.screen(KEY, "phone")


def test_the_wall_shows_one_testimony_in_four_parts_and_names_the_others():
    seminar, repair, _farm = heard()
    keep(seminar, repair, "blocked", "Le code des marchés", block="Juridique")
    wall = seminar.screen(KEY, "wall")
    assert wall.index("L'atelier de réparation") < wall.index("Le code des marchés")
    assert "Juridique" in wall
    assert "Entendus aussi : La légumerie" in wall.replace("\n", " ")


def test_what_is_private_or_set_aside_appears_nowhere():
    seminar, repair, _farm = heard()
    keep(seminar, repair, "helped", "Un local prêté")
    hidden = keep(seminar, repair, "helped", "Entre nous")
    Contribution.objects.filter(pk=hidden.pk).update(level=Level.PRIVATE)
    for screen in ("wall", "console"):
        assert "Un local prêté" in seminar.screen(KEY, screen)
        assert "Entre nous" not in seminar.screen(KEY, screen)
    assert "Entre nous" not in words(seminar.note(KEY), "kept")


def test_the_note_has_a_section_a_testimony_with_words_and_sources():
    seminar, repair, _farm = heard()
    said = keep(seminar, repair, "blocked", "Le code des marchés", block="Juridique")
    parts = seminar.note(KEY)
    sections_kept = [part.blocks[0] for part in parts if part.section == "kept"]
    assert all(isinstance(one, Callout) for one in sections_kept)
    assert [one.title for one in sections_kept] == ["L'atelier de réparation", "La légumerie"]
    kept = words(parts, "kept")
    assert "Coordinatrice, association." in kept
    assert "« Le code des marchés » (juridique)" in kept
    assert f"contribution:{said.pk}" in kept
    assert "Personne n'a encore dit ce qu'il en retient" in kept
    assert seminar.people[0].label not in kept


def test_blocks_add_up_over_testimonies():
    seminar, repair, farm = heard()
    people = [*seminar.people, *(someone(seminar.held.room) for _ in range(3))]
    keep(seminar, repair, "blocked", "Trop cher", people[0], block="Argent")
    for who, card in zip(people[1:], (repair, farm, farm, farm), strict=True):
        keep(seminar, card, "blocked", "Le code des marchés", who, block="Juridique")
    told = words(seminar.note(KEY), "open_questions")
    assert "juridique (4) ; argent (1)" in told


def test_under_five_people_what_blocks_is_named_and_not_counted():
    seminar, repair, farm = heard()
    for who in seminar.people:
        keep(seminar, repair, "blocked", "Trop cher", who, block="Argent")
        keep(seminar, farm, "blocked", "Le code des marchés", who, block="Juridique")
        keep(seminar, farm, "blocked", "Le bail", who, block="Juridique")
    told = words(seminar.note(KEY), "open_questions")
    assert "d'un témoignage à l'autre : argent ; juridique." in told


def test_more_remarks_than_a_note_holds_are_counted_and_cited():
    seminar, repair, _farm = heard()
    said = [keep(seminar, repair, "helped", f"Aide {place}") for place in range(5)]
    kept = words(seminar.note(KEY), "kept")
    assert "Et 2 autres remarques." in kept
    assert f"contribution:{said[4].pk}" in kept


def test_as_many_queries_for_many_testimonies_as_for_few(django_assert_max_num_queries):
    seminar, repair, farm = heard()
    for card in (repair, farm):
        keep(seminar, card, "helped", "Un local prêté")
    with django_assert_max_num_queries(5):
        heard_in(seminar.workshop(KEY))


def test_a_workshop_nobody_spoke_in_brings_only_its_guests():
    seminar, _repair, _farm = heard()
    assert sections(seminar.note(KEY)) == ["kept", "kept"]
