"""A note is drafted from its session, and drafted again without losing what people wrote."""

import pytest

from fabrique.stages.contribution.models import Card, Contribution, Workshop
from fabrique.stages.deliverable.actions import (
    draft_note,
    edit_block,
    freeze,
    move_block,
    remove_block,
)
from fabrique.stages.deliverable.analyses.composition import compose
from fabrique.stages.deliverable.analyses.served import read_block
from fabrique.stages.deliverable.errors import NoNoteExpected
from fabrique.stages.deliverable.models import Block, Deliverable
from fabrique.stages.deliverable.passages import Words, citations_of, words_of
from fabrique.stages.programme.models import Meeting
from tests.stages.deliverable.seminars import DIRECTOR, Session, a_session, merge, place, say

pytestmark = pytest.mark.django_db


def texts(session: Session, section: str) -> list[str]:
    return [words.text for row in session.passages(section) if (words := words_of(read_block(row)))]


def test_each_card_kept_becomes_a_line_that_cites_it(session):
    session.draft()

    assert texts(session, "kept") == ["Submersion des quais", "Livraisons du matin"]
    cited = [
        citation.ref
        for row in session.passages("kept")
        for citation in citations_of(read_block(row))
    ]
    assert cited == [f"card:{card.pk}" for card in session.cards]


def test_what_was_set_aside_is_told_with_its_reason(session):
    session.draft()

    assert any(
        "pour ce motif : « Ne répond pas à la question posée »" in text
        for text in texts(session, "debated")
    )


def test_drafting_twice_changes_nothing(session):
    session.draft()
    before = list(Block.objects.values_list("pk", "revision", "position"))

    session.draft()

    assert list(Block.objects.values_list("pk", "revision", "position")) == before
    assert Deliverable.objects.count() == 1


def test_drafting_again_adds_a_new_card_after_its_sisters(session):
    session.draft()
    Card.objects.create(workshop=session.held.workshops["talk"], title="Eau potable", position=1)

    session.draft()

    assert texts(session, "kept") == [
        "Submersion des quais",
        "Eau potable",
        "Livraisons du matin",
    ] or (texts(session, "kept")[-1] == "Eau potable")


def test_drafting_again_follows_a_renamed_card_that_nobody_rewrote(session):
    session.draft()
    Card.objects.filter(pk=session.cards[0].pk).update(title="Submersion marine")

    session.draft()

    assert texts(session, "kept")[0] == "Submersion marine"


def test_drafting_again_never_overwrites_what_was_rewritten(session):
    session.draft()
    line = session.passages("kept")[0]
    edit_block(line.pk, content=Words("Le port est exposé."), revision=1, actor=DIRECTOR)
    Card.objects.filter(pk=session.cards[0].pk).update(title="Submersion marine")

    session.draft()

    assert texts(session, "kept")[0] == "Le port est exposé."


def test_drafting_again_leaves_out_what_someone_removed_and_where_things_were_moved(session):
    session.draft()
    first, second = session.passages("kept")
    remove_block(first.pk, actor=DIRECTOR)
    move_block(second.pk, section="next_time", actor=DIRECTOR)

    session.draft()

    assert texts(session, "kept") == []
    assert texts(session, "next_time") == ["Livraisons du matin"]


def test_a_line_nobody_touched_leaves_with_its_card_and_comes_back_with_it(session):
    session.draft()
    merge(session.cards[1], session.cards[0])
    session.draft()
    assert texts(session, "kept") == ["Submersion des quais"]

    Card.objects.filter(pk=session.cards[1].pk).update(state="kept", merged_into=None)
    session.draft()

    assert texts(session, "kept") == ["Submersion des quais", "Livraisons du matin"]


def test_a_meeting_without_an_outline_has_no_note(session):
    Meeting.objects.filter(pk=session.meeting.pk).update(key="launch")
    session.meeting.refresh_from_db()

    with pytest.raises(NoNoteExpected):
        session.draft()


def test_the_first_note_of_a_group_says_nothing_of_changes(session):
    session.draft()

    assert session.passages("changes") == []


def test_the_next_note_takes_up_what_the_last_one_left_open(session):
    say(session.held, "Qui paie les digues ?", number=6)
    freeze(session.draft().pk, actor=DIRECTOR)
    following = a_session(site=session.meeting.site, key="local-2", position=2)

    following.draft()

    lead, left = texts(following, "changes")
    assert "laissait à reprendre" in lead
    assert left.startswith("Pas repris cette fois :")


def test_the_masthead_counts_without_naming(session):
    document = compose(session.draft(), issued_on=session.meeting.window_start_date)
    facts = {fact.label: fact.value for fact in document.facts}

    assert facts["Participation"] == "5 personnes"
    assert facts["Contributions"] == "5, par téléphone"
    assert facts["Suites"] == "4 reprises dans 2 cartes, 1 mise de côté"
    assert "Voix" not in str(facts)


def test_a_function_is_counted_only_where_every_function_counts_five(session):
    from fabrique.stages.deliverable.analyses.facts import _listed

    words = {"elected": "personnes élues", "staff": "agents"}

    assert (
        _listed(["elected"] * 6 + ["staff"] * 5, words, whole=11)
        == "personnes élues (6), agents (5)"
    )
    assert _listed(["elected"] * 6 + ["staff"] * 2, words, whole=8) == "personnes élues, agents"
    assert _listed(["elected"] * 6, words, whole=8) == "personnes élues"


def test_a_contribution_made_private_since_is_no_longer_cited(session):
    waiting = say(session.held, "Qui paie les digues ?", number=6)
    note = session.draft()
    assert f"contribution:{waiting.pk}" in str(compose(note, issued_on=note.created_at.date()))
    waiting.level = "private"
    waiting.save()

    assert f"contribution:{waiting.pk}" not in str(compose(note, issued_on=note.created_at.date()))


def test_a_citation_keeps_up_with_the_name_of_its_card(session):
    note = session.draft()
    Card.objects.filter(pk=session.cards[0].pk).update(title="Submersion marine")

    document = compose(note, issued_on=note.created_at.date())

    assert "Submersion marine" in str(document)


def test_lines_that_follow_one_another_are_one_list(session):
    document = compose(session.draft(), issued_on=session.meeting.window_start_date)
    (kept,) = [section for section in document.sections if section.key == "kept"]

    assert [len(block.items) for block in kept.blocks] == [2]


def test_moving_a_contribution_to_another_card_is_told_at_once(session):
    place(session.said[0], session.cards[1])
    document = compose(
        draft_note(session.meeting, actor=DIRECTOR), issued_on=session.meeting.window_start_date
    )

    assert "3 contributions" in str(document)


def test_every_contribution_has_its_place_in_the_masthead(session):
    """Those of a format that makes no cards, as an evaluation, are said to be left as they are."""
    of_evaluation = Workshop.objects.create(meeting=session.meeting, format="hot_evaluation")
    evaluation = say(session.held, "Le mur, en direct", number=6)
    Contribution.objects.filter(pk=evaluation.pk).update(workshop=of_evaluation)
    document = compose(session.draft(), issued_on=session.meeting.window_start_date)
    facts = {fact.label: fact.value for fact in document.facts}

    assert facts["Contributions"] == "6, par téléphone"
    assert facts["Suites"] == "4 reprises dans 2 cartes, 1 mise de côté, 1 laissée telle quelle"
