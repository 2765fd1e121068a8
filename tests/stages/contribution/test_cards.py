"""A facilitator groups, names, merges, splits, sets aside, and takes it back."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.actions import cards
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.undo import undo
from fabrique.stages.contribution.enums import CardState, Fate, Source
from fabrique.stages.contribution.errors import (
    CannotUndo,
    ContributionError,
    IllegalCardMove,
    InvalidCard,
    NotInThisRoom,
    ReasonNeeded,
)
from fabrique.stages.contribution.models import Card, Contribution, Placement, Workshop
from fabrique.stages.contribution.queries import fates
from fabrique.stages.seminar.models import JournalEntry
from tests.stages.rooms import FACILITATOR, Held, a_held_seminar, rename_card

pytestmark = pytest.mark.django_db


def said(held: Held, *texts: str) -> list[Contribution]:
    workshop = next(iter(held.workshops.values()))
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


@pytest.fixture
def held() -> Held:
    return a_held_seminar("expectations")


def the_card(held: Held, contributions: list[Contribution], title: str = "") -> Card:
    return cards.create_card(
        next(iter(held.workshops.values())).pk,
        title=title,
        contribution_ids=[one.pk for one in contributions],
        actor=FACILITATOR,
    )


def fate_of(contribution: Contribution) -> Fate:
    contribution.refresh_from_db()
    return fates([contribution])[contribution.pk].fate


def test_a_card_without_a_name_takes_the_words_of_its_first_contribution(held: Held) -> None:
    first, second = said(held, "Des décisions, pas un rapport", "Décider ensemble")
    card = the_card(held, [second, first])
    assert card.title == "Des décisions, pas un rapport"
    assert card.state == CardState.KEPT
    assert fate_of(first) == fate_of(second) == Fate.KEPT


def test_a_long_first_contribution_is_cut_at_a_word(held: Held) -> None:
    (one,) = said(held, "mot " * 100)
    card = the_card(held, [one])
    assert len(card.title) <= 160
    assert card.title.endswith("mot…")


def test_a_contribution_is_in_one_card_at_a_time_and_its_former_place_is_kept(held: Held) -> None:
    (one,) = said(held, "Une idée")
    first = the_card(held, [one], "Première")
    second = the_card(held, [], "Seconde")
    cards.place(one.pk, card_id=second.pk, actor=FACILITATOR)
    assert [p.card for p in Placement.objects.filter(ended_at=None)] == [second]
    assert Placement.objects.filter(card=first, ended_at__isnull=False).count() == 1


def test_placing_where_it_already_is_writes_nothing(held: Held) -> None:
    (one,) = said(held, "Une idée")
    card = the_card(held, [one])
    before = JournalEntry.objects.count()
    cards.place(one.pk, card_id=card.pk, actor=FACILITATOR)
    assert JournalEntry.objects.count() == before


def test_merging_keeps_the_card_that_joined_and_the_fate_follows(held: Held) -> None:
    first, second = said(held, "Une idée", "Une autre")
    card, into = the_card(held, [first], "A"), the_card(held, [second], "B")
    cards.merge_cards(card.pk, into_id=into.pk, actor=FACILITATOR)
    card.refresh_from_db()
    assert (card.state, card.merged_into) == (CardState.MERGED, into)
    assert fate_of(first) == Fate.MERGED
    first.refresh_from_db()
    assert [one.title for one in fates([first])[first.pk].cards] == ["A", "B"]


def test_a_card_does_not_merge_into_itself_nor_into_one_that_is_gone(held: Held) -> None:
    card, gone = the_card(held, [], "A"), the_card(held, [], "B")
    cards.set_card_aside(gone.pk, reason="Hors sujet", actor=FACILITATOR)
    for target in (card, gone):
        with pytest.raises(IllegalCardMove):
            cards.merge_cards(card.pk, into_id=target.pk, actor=FACILITATOR)


def test_splitting_takes_some_contributions_into_a_new_card(held: Held) -> None:
    first, second = said(held, "Une idée", "Une autre")
    card = the_card(held, [first, second], "Deux idées")
    new = cards.split_card(card.pk, title="", contribution_ids=[second.pk], actor=FACILITATOR)
    assert new.title == "Une autre"
    assert set(new.placements.filter(ended_at=None).values_list("contribution", flat=True)) == {
        second.pk
    }


def test_splitting_off_what_is_not_in_the_card_is_refused(held: Held) -> None:
    first, second = said(held, "Une idée", "Une autre")
    card = the_card(held, [first])
    with pytest.raises(NotInThisRoom):
        cards.split_card(card.pk, title="x", contribution_ids=[second.pk], actor=FACILITATOR)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_setting_aside_says_why(held: Held, reason: str) -> None:
    (one,) = said(held, "Une idée")
    card = the_card(held, [one])
    with pytest.raises(ReasonNeeded):
        cards.set_card_aside(card.pk, reason=reason, actor=FACILITATOR)
    with pytest.raises(ReasonNeeded):
        cards.set_contribution_aside(one.pk, reason=reason, actor=FACILITATOR)
    assert fate_of(one) == Fate.KEPT


def test_a_contribution_set_aside_leaves_its_card_and_can_come_back(held: Held) -> None:
    (one,) = said(held, "Une idée")
    the_card(held, [one])
    cards.set_contribution_aside(one.pk, reason="À vérifier", actor=FACILITATOR)
    assert fate_of(one) == Fate.SET_ASIDE
    cards.restore_contribution(one.pk, actor=FACILITATOR)
    assert fate_of(one) == Fate.WAITING


def test_a_name_of_300_characters_is_refused_with_what_was_typed(held: Held) -> None:
    card = the_card(held, [], "Un nom")
    with pytest.raises(InvalidCard) as refused:
        rename_card(card.pk, title="x" * 300, actor=FACILITATOR)
    assert refused.value.typed["title"] == "x" * 300
    card.refresh_from_db()
    assert card.title == "Un nom"


def test_cards_and_contributions_of_another_room_are_out_of_reach(held: Held) -> None:
    elsewhere = a_held_seminar("expectations")
    (foreign,) = said(elsewhere, "Ailleurs")
    (one,) = said(held, "Ici")
    with pytest.raises(NotInThisRoom):
        the_card(held, [foreign])
    with pytest.raises(NotInThisRoom):
        cards.place(one.pk, card_id=the_card(elsewhere, [foreign]).pk, actor=FACILITATOR)


def test_undoing_the_creation_of_a_card_gives_its_contributions_back(held: Held) -> None:
    first, second = said(held, "Une idée", "Une autre")
    before = the_card(held, [first], "Avant")
    card = the_card(held, [first, second], "Après")
    undo(held.room.pk, actor=FACILITATOR)
    card.refresh_from_db()
    assert card.state == CardState.UNDONE
    assert fates([first])[first.pk].cards == (before,)
    assert fate_of(second) == Fate.WAITING


def test_a_move_whose_traces_were_written_again_is_not_undone(held: Held) -> None:
    card = the_card(held, [], "Un nom")
    rename_card(card.pk, title="Deux", actor=FACILITATOR)
    renaming = JournalEntry.objects.latest("number").number
    rename_card(card.pk, title="Trois", actor=FACILITATOR)
    with pytest.raises(CannotUndo):
        undo(held.room.pk, number=renaming, actor=FACILITATOR)
    card.refresh_from_db()
    assert card.title == "Trois"


def test_nothing_to_undo_is_said(held: Held) -> None:
    with pytest.raises(CannotUndo):
        undo(held.room.pk, actor=FACILITATOR)


MOVES = st.lists(
    st.tuples(
        st.sampled_from(
            ["create", "place", "out", "rename", "merge", "split", "aside", "restore", "drop",
             "recover", "move"]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=14,
)  # fmt: skip


def _state(workshop: Workshop) -> object:
    """Everything a screen could show, cards whose creation was undone apart."""
    board = Card.objects.filter(workshop=workshop).exclude(state=CardState.UNDONE)
    names = ("pk", "title", "state", "merged_into", "set_aside_reason", "position")
    there = set(board.values_list("pk", flat=True))
    return (
        list(board.order_by("pk").values_list(*names)),
        sorted(
            pair
            for pair in Placement.objects.filter(ended_at=None).values_list("contribution", "card")
            if pair[1] in there
        ),
        list(Contribution.objects.order_by("pk").values_list("pk", "set_aside_reason")),
    )


def _try(workshop: Workshop, ideas: list[Contribution], move: tuple[str, int, int]) -> None:
    verb, i, j = move
    idea, other = ideas[i % len(ideas)], ideas[j % len(ideas)]
    board = list(Card.objects.filter(workshop=workshop).order_by("pk"))
    card = board[i % len(board)].pk if board else new_id()
    to = board[j % len(board)].pk if board else new_id()
    by = {"actor": FACILITATOR}
    verbs = {
        "create": lambda: cards.create_card(
            workshop.pk, contribution_ids={idea.pk, other.pk}, **by
        ),
        "place": lambda: cards.place(idea.pk, card_id=to, **by),
        "out": lambda: cards.place(idea.pk, card_id=None, **by),
        "rename": lambda: rename_card(card, title=f"Nom {j}", **by),
        "merge": lambda: cards.merge_cards(card, into_id=to, **by),
        "split": lambda: cards.split_card(card, title="", contribution_ids=[idea.pk], **by),
        "aside": lambda: cards.set_card_aside(card, reason="Parce que", **by),
        "restore": lambda: cards.restore_card(card, **by),
        "drop": lambda: cards.set_contribution_aside(idea.pk, reason="Parce que", **by),
        "recover": lambda: cards.restore_contribution(idea.pk, **by),
        "move": lambda: cards.move_card(card, before_id=to, **by),
    }
    with suppress(ContributionError):
        verbs[verb]()


@given(moves=MOVES)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_was_done_undoing_all_of_it_returns_to_the_start(
    moves: list[tuple[str, int, int]],
) -> None:
    held = a_held_seminar("expectations")
    workshop = held.workshops["expectations"]
    ideas = said(held, "Une", "Deux", "Trois")
    states = [_state(workshop)]
    for move in moves:
        done = JournalEntry.objects.count()
        _try(workshop, ideas, move)
        if JournalEntry.objects.count() > done:
            states.append(_state(workshop))
    rows = Contribution.objects.count(), Card.objects.count(), Placement.objects.count()
    while len(states) > 1:
        assert _state(workshop) == states.pop()
        undo(held.room.pk, actor=FACILITATOR)
    assert _state(workshop) == states[0]
    after = Contribution.objects.count(), Card.objects.count(), Placement.objects.count()
    assert all(now >= then for now, then in zip(after, rows, strict=True))
