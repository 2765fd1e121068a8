"""Contributions compared: near-duplicates found exactly, themes proposed and explained."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random
from time import process_time
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydantic import TypeAdapter

from fabrique.methods.errors import MethodError
from fabrique.methods.grouping import Declined, Example, GroupingRequest, Text, propose_groups
from fabrique.methods.grouping import near_duplicates as join
from fabrique.methods.grouping.features import rows, stems
from fabrique.methods.grouping.latent import points, unit
from fabrique.methods.grouping.meaning import beside
from fabrique.methods.grouping.near_duplicates import near_duplicates
from fabrique.methods.grouping.spelling import plain

EXAMPLE_FILE = Path(__file__).parents[2] / "docs/methods/examples/grouping.in.json"
EXAMPLE = TypeAdapter(GroupingRequest).validate_json(EXAMPLE_FILE.read_bytes())

ROOM = {
    "vélo": [
        "Des pistes sûres pour aller à vélo entre les quartiers",
        "Une piste pour les vélos vers le lycée",
        "Des stationnements pour les vélos à la gare",
        "Prêter des vélos aux salariés",
        "Réparer les pistes abîmées où passent les vélos",
        "Un vélo électrique pour chaque agent",
    ],
    "eau": [
        "L'eau potable manquera en été",
        "Récupérer l'eau de pluie des toitures",
        "La sécheresse menace la ressource en eau",
        "Réduire les fuites du réseau d'eau",
        "Partager l'eau entre agriculture et habitants",
        "La qualité de l'eau de la rivière se dégrade",
    ],
    "logement": [
        "Rénover les logements anciens du centre",
        "Des logements vacants à remettre sur le marché",
        "Isoler les logements sociaux",
        "Le prix des logements chasse les jeunes ménages",
        "Aider les propriétaires à rénover leur logement",
        "Un guichet unique pour la rénovation des logements",
    ],
}


def texts(*written: str) -> tuple[Text, ...]:
    return tuple(Text(key=f"t{number}", text=text) for number, text in enumerate(written))


def room() -> GroupingRequest:
    written = [text for theme in ROOM.values() for text in theme]
    return GroupingRequest(texts=texts(*written), seed=1, theme_count=3)


def jaccard(one: str, other: str) -> float:
    a, b = ({f" {text} "[at : at + 3] for at in range(len(text))} for text in (one, other))
    return len(a & b) / len(a | b)


class TestTheWorkedExample:
    """Likenesses were counted by hand; see docs/methods/grouping.md."""

    def test_likeness_is_the_share_of_common_3_grams(self) -> None:
        pairs = {(pair.first, pair.second): pair.likeness for pair in propose_groups(EXAMPLE).pairs}
        assert pairs == pytest.approx({("c1", "c2"): 1, ("c1", "c3"): 25 / 27})

    def test_near_duplicates_make_one_group(self) -> None:
        (group,) = propose_groups(EXAMPLE).duplicates
        assert group.keys == ("c1", "c2", "c3")
        assert group.weakest_link == pytest.approx(25 / 27)

    def test_texts_go_to_the_theme_of_their_nearest_examples(self) -> None:
        themes = {theme.theme: set(theme.keys) for theme in propose_groups(EXAMPLE).themes}
        assert themes == {
            "Nature en ville": {"c1", "c2", "c3", "c4"},
            "Mobilités": {"c5", "c6", "c7"},
        }

    def test_a_text_without_words_is_left_unplaced(self) -> None:
        assert propose_groups(EXAMPLE).unplaced == ("c8",)


class TestNearDuplicates:
    def test_the_join_finds_exactly_the_pairs_that_comparing_all_would(self) -> None:
        random = Random(4)
        base = [text for theme in ROOM.values() for text in theme]
        written = set(plain(base))
        while len(written) < 150:
            text = list(random.choice(base))
            for _ in range(random.randrange(1, 9)):
                text[random.randrange(len(text))] = random.choice("aeinrst ")
            written |= set(plain(["".join(text)]))
        ordered = sorted(written)
        for likeness in (0.35, 0.6, 0.85, 1.0):
            compared = {
                (i, j): jaccard(ordered[i], ordered[j])
                for i, j in combinations(range(len(ordered)), 2)
            }
            expected = {pair: value for pair, value in compared.items() if value >= likeness}
            found = {(i, j): value for i, j, value in near_duplicates(ordered, likeness=likeness)}
            assert found == pytest.approx(expected)

    @settings(deadline=None)
    @given(
        st.sets(st.text("ab c", max_size=12).map(lambda t: " ".join(t.split())).filter(bool)),
        st.sampled_from([0.4, 0.5, 0.6, 2 / 3, 0.75, 1.0]),
    )
    def test_no_pair_is_missed_among_tiny_texts(self, written: set[str], likeness: float) -> None:
        ordered = sorted(written)
        expected = {
            (i, j)
            for i, j in combinations(range(len(ordered)), 2)
            if jaccard(ordered[i], ordered[j]) >= likeness - 1e-9
        }
        assert {(i, j) for i, j, _ in near_duplicates(ordered, likeness=likeness)} == expected

    def test_small_batches_change_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        ordered = sorted({f"{a}{b} rue du marche {a}" for a in "abcdef" for b in "ghijkl"})
        whole = near_duplicates(ordered, likeness=0.6)
        monkeypatch.setattr(join, "CANDIDATES_AT_ONCE", 7)
        assert near_duplicates(ordered, likeness=0.6) == whole
        assert whole

    def test_the_same_text_a_thousand_times_makes_one_group_and_no_explosion(self) -> None:
        request = GroupingRequest(texts=texts(*["La chaleur en ville"] * 1000), seed=1)
        answer = propose_groups(request)
        assert len(answer.pairs) == 999
        assert len(answer.duplicates[0].keys) == 1000

    def test_twenty_thousand_texts_take_seconds(self) -> None:
        random = Random(2)
        syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "on", "ou", "ur")]
        lexicon = ["".join(random.choices(syllables, k=3)) for _ in range(3000)]
        written = {" ".join(random.choices(lexicon, k=7)) for _ in range(20_000)}
        begin = process_time()
        near_duplicates(sorted(written), likeness=0.6)
        assert process_time() - begin < 30

    def test_too_many_pairs_are_refused_instead_of_filling_the_memory(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(join, "MOST_PAIRS", 10)
        alike = [f"la proposition numero {number}" for number in range(100, 130)]
        with pytest.raises(MethodError) as refusal:
            near_duplicates(alike, likeness=0.6)
        assert refusal.value.code == "too_many_duplicates"


class TestThemes:
    def test_a_clear_room_is_sorted_nearly_as_a_person_would(self) -> None:
        themes = propose_groups(room()).themes
        sizes = [
            [sum(int(key[1:]) // 6 == at for key in t.keys) for at in range(3)] for t in themes
        ]
        assert sum(map(max, sizes)) >= 16

    def test_each_group_comes_with_the_words_that_explain_it(self) -> None:
        shown = {theme.words[0].word for theme in propose_groups(room()).themes}
        assert {"eau", "logements"} <= shown
        water = next(t for t in propose_groups(room()).themes if t.words[0].word == "eau")
        assert (water.words[0].inside, water.words[0].outside) == (6, 0)

    def test_few_texts_get_no_themes_and_it_says_so(self) -> None:
        answer = propose_groups(replace(room(), texts=room().texts[:9]))
        assert (answer.themes, answer.declined) == ((), Declined.TOO_FEW_TEXTS)
        assert len(answer.unplaced) == 9

    def test_no_text_at_all(self) -> None:
        answer = propose_groups(GroupingRequest(texts=(), seed=1))
        assert (answer.pairs, answer.duplicates, answer.themes) == ((), (), ())
        assert answer.declined == Declined.TOO_FEW_TEXTS

    def test_texts_that_are_all_the_same_make_one_theme(self) -> None:
        answer = propose_groups(GroupingRequest(texts=texts(*["La chaleur en ville"] * 12), seed=1))
        assert [len(theme.keys) for theme in answer.themes] == [12]

    def test_texts_in_other_alphabets_or_of_stop_words_do_no_harm(self) -> None:
        written = ["Что делать", "πόλις", "le la les", "👍👍", ""] * 3
        answer = propose_groups(GroupingRequest(texts=texts(*written), seed=1, minimum_texts=2))
        placed = sum(len(theme.keys) for theme in answer.themes)
        assert placed + len(answer.unplaced) == 15

    def test_the_order_of_texts_never_matters(self) -> None:
        shuffled = list(room().texts)
        Random(7).shuffle(shuffled)
        answer = propose_groups(replace(room(), texts=tuple(shuffled)))
        assert {frozenset(t.keys) for t in answer.themes} == {
            frozenset(t.keys) for t in propose_groups(room()).themes
        }

    @pytest.mark.parametrize("seed", [0, 1, 2])
    def test_the_same_request_gives_the_same_answer(self, seed: int) -> None:
        request = replace(room(), seed=seed)
        assert propose_groups(request) == propose_groups(request)


class SmallDictionary:
    """Vectors of a few words, in two directions: what rolls and what flows."""

    name = "small dictionary 1"
    known = MappingProxyType(
        {
            "vélo": (4.0, 0.0),
            "bicyclette": (2.0, 0.0),
            "tandem": (3.0, 0.0),
            "eau": (0.0, 1.0),
            "rivière": (0.0, 5.0),
            "source": (0.0, 2.0),
        }
    )

    def directions(self, words: Sequence[str]) -> NDArray[np.float64]:
        return np.array([self.known.get(word, (0.0, 0.0)) for word in words]).reshape(-1, 2)


class TestMeaning:
    """Word vectors are outside of the method: it is handed some, or none."""

    LONELY = ("vélo", "bicyclette", "tandem", "eau", "rivière", "source")

    def test_texts_without_a_common_letter_meet_by_what_they_mean(self) -> None:
        request = GroupingRequest(texts=texts(*self.LONELY), seed=1, theme_count=2, minimum_texts=2)
        themes = propose_groups(request, vectors=SmallDictionary()).themes
        assert {frozenset(theme.keys) for theme in themes} == {
            frozenset({"t0", "t1", "t2"}),
            frozenset({"t3", "t4", "t5"}),
        }
        assert propose_groups(request).declined == Declined.TOO_FEW_TEXTS

    def test_an_example_in_other_words_draws_what_it_means(self) -> None:
        request = GroupingRequest(
            texts=texts("bicyclette", "rivière"),
            seed=1,
            examples=(Example(theme="a", text="vélo"), Example(theme="b", text="eau")),
        )
        themes = propose_groups(request, vectors=SmallDictionary()).themes
        assert {theme.theme: theme.keys for theme in themes} == {"a": ("t0",), "b": ("t1",)}

    def test_the_answer_says_what_it_rests_on(self) -> None:
        assert propose_groups(room()).word_vectors is None
        answer = propose_groups(room(), vectors=SmallDictionary())
        assert answer.word_vectors == "small dictionary 1"

    def test_the_fewer_the_words_the_more_meaning_weighs(self) -> None:
        letters = np.eye(3)
        written = ["vélo", "eau " * 6, "inconnu"]
        placed = beside(letters, written, SmallDictionary(), led=False)
        assert placed[0, 0] ** 2 == pytest.approx(1 - 3 / 4)  # one word: 3 / (3 + 1)
        assert placed[1, 1] ** 2 == pytest.approx(1 - 3 / 9)  # six words: 3 / (3 + 6)
        assert placed[2] == pytest.approx((0, 0, 1, 0, 0))  # no known word: letters only
        led = beside(letters, written, SmallDictionary(), led=True)
        assert led[:, :3].max(axis=1) ** 2 == pytest.approx((0.6, 0.6, 1))

    def test_meaning_is_centred_on_the_corpus(self) -> None:
        placed = beside(np.zeros((2, 1)), ["vélo", "eau"], SmallDictionary(), led=False)
        half = 1 / np.sqrt(2)  # (1, 0) and (0, 1) less their mean (½, ½), at length one
        assert placed[:, 1:] == pytest.approx(np.array([[half, -half], [-half, half]]))

    def test_vectors_that_know_no_word_change_nothing(self) -> None:
        request = GroupingRequest(
            texts=tuple(text for text in room().texts if "eau" not in text.text), seed=1,
            theme_count=2,
        )  # fmt: skip
        plain_themes = propose_groups(request).themes

        class Mute(SmallDictionary):
            known = MappingProxyType({})

        themes = propose_groups(request, vectors=Mute()).themes
        assert [set(theme.keys) for theme in themes] == [set(t.keys) for t in plain_themes]

    def test_the_order_of_texts_does_not_matter_either(self) -> None:
        shuffled = list(room().texts)
        Random(7).shuffle(shuffled)
        answer = propose_groups(replace(room(), texts=tuple(shuffled)), vectors=SmallDictionary())
        assert {frozenset(t.keys) for t in answer.themes} == {
            frozenset(t.keys) for t in propose_groups(room(), vectors=SmallDictionary()).themes
        }

    @pytest.mark.parametrize("written", [(), ("",), ("…", "de la")])
    def test_texts_without_words_do_no_harm(self, written: tuple[str, ...]) -> None:
        request = GroupingRequest(texts=texts(*written), seed=1, minimum_texts=2)
        assert propose_groups(request, vectors=SmallDictionary()).themes == ()


class TestRefusals:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"texts": texts("a") * 2}, "duplicate_key"),
            ({"seed": -1}, "parameter_out_of_range"),
            ({"likeness": 0.3}, "parameter_out_of_range"),
            ({"likeness": 1.1}, "parameter_out_of_range"),
            ({"likeness": float("nan")}, "parameter_out_of_range"),
            ({"theme_count": 1}, "parameter_out_of_range"),
            ({"minimum_texts": 1}, "parameter_out_of_range"),
            ({"examples": (Example(theme="a", text="arbre"),)}, "too_few_themes"),
            (
                {"examples": (Example(theme="a", text="arbre"), Example(theme="b", text="de la"))},
                "example_without_words",
            ),
        ],
    )
    def test_an_impossible_request_is_refused_by_code(
        self, change: dict[str, object], code: str
    ) -> None:
        with pytest.raises(MethodError) as refusal:
            propose_groups(replace(room(), **change))  # type: ignore[arg-type]
        assert refusal.value.code == code


class TestReadingFrench:
    def test_inflections_share_a_stem_with_or_without_accents_kept(self) -> None:
        (found,) = stems(["piétons piéton l'écologie écologique de la ville"])
        assert found[0] == found[1]
        assert found[-1] == "vill"
        assert len(found) == 5

    def test_spelling_is_levelled(self) -> None:
        assert plain(["L’Été à  Saint-Dié !", "ŒUVRE_commune"]) == [
            "l ete a saint die",
            "oeuvre commune",
        ]

    def test_points_keep_the_cosines_of_the_rows_when_nothing_is_truncated(self) -> None:
        sparse = rows([text.text for text in room().texts])
        dense = unit(sparse.times(np.eye(sparse.width)))
        placed = points(sparse, dimensions=18, seed=1)
        assert placed @ placed.T == pytest.approx(dense @ dense.T, abs=1e-6)
