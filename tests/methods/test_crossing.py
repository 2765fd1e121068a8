"""Vulnerabilities crossed with past actions: covered rows, blind spots and idle actions."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fabrique.methods.crossing import (
    Answer,
    AskedVulnerability,
    CrossingRequest,
    Weakness,
    cross,
)
from fabrique.methods.errors import MethodError

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/crossing.in.json"
EXAMPLE = TypeAdapter(CrossingRequest).validate_json(EXAMPLE_FILE.read_bytes())


def asked(*names: str, by: int = 6) -> tuple[AskedVulnerability, ...]:
    return tuple(AskedVulnerability(vulnerability=name, asked=by) for name in names)


def link(voter: str, vulnerability: str, action: str | None) -> Answer:
    return Answer(voter=voter, vulnerability=vulnerability, action=action)


class TestTheWorkedExample:
    def test_the_table_counts_different_people(self) -> None:
        assert cross(EXAMPLE).table == ((3, 1, 0, 0), (1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))
        assert [(link.supporters, link.share) for link in cross(EXAMPLE).links] == [
            (3, 3 / 6),
            (1, 1 / 6),
            (1, 1 / 6),
        ]

    def test_uncovered_rows_are_blind_spots_and_empty_columns_answer_nothing(self) -> None:
        assert cross(EXAMPLE).blind_spots == ("commerce", "foncier")
        assert cross(EXAMPLE).idle_actions == ("marché de gros", "pistes cyclables")

    def test_silence_and_a_spoken_nothing_are_told_apart(self) -> None:
        coverage = {row.vulnerability: row for row in cross(EXAMPLE).coverage}
        assert (coverage["commerce"].answered, coverage["commerce"].said_nothing) == (2, 2)
        assert (coverage["foncier"].answered, coverage["foncier"].said_nothing) == (0, 0)

    def test_findings_on_few_people_are_marked_weak(self) -> None:
        assert [row.weak for row in cross(EXAMPLE).coverage] == [
            None,
            Weakness.SINGLE_SUPPORTER,
            None,
            Weakness.TOO_FEW_ASKED,
        ]


class TestReading:
    def test_more_supporters_can_be_required_of_a_link(self) -> None:
        answer = cross(replace(EXAMPLE, minimum_supporters=2))
        assert answer.blind_spots == ("eau", "commerce", "foncier")
        assert answer.coverage[0].actions == ("végétalisation",)
        assert "ombrières" in answer.idle_actions

    def test_the_same_answer_twice_counts_once(self) -> None:
        request = CrossingRequest(
            vulnerabilities=asked("v"), actions=("a",), answers=(link("p", "v", "a"),) * 3
        )
        assert cross(request).table == ((1,),)

    def test_who_links_an_action_did_not_say_nothing(self) -> None:
        request = CrossingRequest(
            vulnerabilities=asked("v"),
            actions=("a",),
            answers=(link("p", "v", "a"), link("p", "v", None)),
        )
        (row,) = cross(request).coverage
        assert (row.answered, row.said_nothing) == (1, 0)

    def test_the_most_supported_action_comes_first(self) -> None:
        answers = (link("p", "v", "a"), link("p", "v", "b"), link("q", "v", "b"))
        request = CrossingRequest(vulnerabilities=asked("v"), actions=("a", "b"), answers=answers)
        assert cross(request).coverage[0].actions == ("b", "a")

    def test_a_blind_spot_nobody_was_asked_about_is_not_evidence(self) -> None:
        request = CrossingRequest(vulnerabilities=asked("v", by=0), actions=("a",), answers=())
        answer = cross(request)
        assert answer.blind_spots == ("v",)
        assert answer.coverage[0].weak == answer.actions[0].weak == Weakness.NOBODY_ASKED


class TestEdges:
    def test_nothing_crossed_with_nothing(self) -> None:
        answer = cross(CrossingRequest(vulnerabilities=(), actions=(), answers=()))
        assert (answer.table, answer.blind_spots, answer.idle_actions) == ((), (), ())

    def test_without_actions_every_row_is_a_blind_spot(self) -> None:
        request = CrossingRequest(vulnerabilities=asked("v", "w"), actions=(), answers=())
        assert cross(request).blind_spots == ("v", "w")

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"vulnerabilities": asked("v", "v")}, "duplicate_vulnerability"),
            ({"actions": ("a", "a")}, "duplicate_action"),
            ({"answers": (link("p", "?", "a"),)}, "unknown_vulnerability"),
            ({"answers": (link("p", "v", "?"),)}, "unknown_action"),
            ({"vulnerabilities": asked("v", by=-1), "answers": ()}, "parameter_out_of_range"),
            ({"vulnerabilities": asked("v", by=0)}, "more_answers_than_asked"),
            ({"minimum_supporters": 0}, "parameter_out_of_range"),
            ({"minimum_asked": 0}, "parameter_out_of_range"),
        ],
    )
    def test_an_impossible_request_is_refused_by_code(
        self, change: dict[str, object], code: str
    ) -> None:
        request = CrossingRequest(
            vulnerabilities=asked("v"), actions=("a",), answers=(link("p", "v", "a"),)
        )
        with pytest.raises(MethodError) as refusal:
            cross(replace(request, **change))  # type: ignore[arg-type]
        assert refusal.value.code == code


ANSWERS = st.lists(
    st.builds(
        link,
        st.sampled_from("pqrs"),
        st.sampled_from("vwx"),
        st.none() | st.sampled_from("abc"),
    ),
    max_size=20,
).map(tuple)


class TestProperties:
    @given(ANSWERS, st.randoms(), st.integers(1, 3))
    def test_the_order_of_answers_never_matters(self, answers, random, least) -> None:  # type: ignore[no-untyped-def]
        request = CrossingRequest(
            vulnerabilities=asked(*"vwx"),
            actions=tuple("abc"),
            answers=answers,
            minimum_supporters=least,
        )
        shuffled = tuple(random.sample(answers, len(answers)))
        assert cross(replace(request, answers=shuffled)) == cross(request)

    @given(ANSWERS, st.sampled_from("vwx"), st.sampled_from("abc"), st.integers(1, 3))
    def test_one_more_supporter_never_uncovers_a_vulnerability(
        self, answers: tuple[Answer, ...], row: str, action: str, least: int
    ) -> None:
        request = CrossingRequest(
            vulnerabilities=asked(*"vwx"),
            actions=tuple("abc"),
            answers=answers,
            minimum_supporters=least,
        )
        more = replace(request, answers=(*answers, link("newcomer", row, action)))
        assert set(cross(more).blind_spots) <= set(cross(request).blind_spots)
        assert set(cross(more).idle_actions) <= set(cross(request).idle_actions)

    @given(ANSWERS)
    def test_every_row_is_covered_or_blind_and_never_both(
        self, answers: tuple[Answer, ...]
    ) -> None:
        request = CrossingRequest(
            vulnerabilities=asked(*"vwx"), actions=tuple("abc"), answers=answers
        )
        answer = cross(request)
        covered = {row.vulnerability for row in answer.coverage if row.covered}
        assert covered | set(answer.blind_spots) == set("vwx")
        assert not covered & set(answer.blind_spots)
