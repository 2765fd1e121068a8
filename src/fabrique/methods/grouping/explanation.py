"""The words that tell one group from the others."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from fabrique.methods.grouping.contracts import ExplainingWord
from fabrique.methods.grouping.features import words_and_stems

MOST_WORDS = 6
SMALL_GROUP = 4
"""Below this many texts, a word held by one of them may explain."""


class Vocabulary:
    """The stems of a corpus, text by text, and the form to show for each."""

    def __init__(self, texts: Sequence[str]) -> None:
        forms: dict[str, Counter[str]] = {}
        self.stems: list[frozenset[str]] = []
        for pairs in words_and_stems(texts):
            self.stems.append(frozenset(stem for _, stem in pairs))
            for word, stem in pairs:
                forms.setdefault(stem, Counter())[word] += 1
        self.shown = {stem: _most_frequent(seen) for stem, seen in forms.items()}
        self.texts_with = Counter(stem for held in self.stems for stem in held)

    def explain(self, group: Iterable[int]) -> tuple[ExplainingWord, ...]:
        """The most telling words of the texts at these positions."""
        members = list(group)
        inside = Counter(stem for text in members for stem in self.stems[text])
        others = len(self.stems) - len(members)
        least = 1 if len(members) < SMALL_GROUP else 2
        strength = {
            stem: _strength(held, len(members), self.texts_with[stem] - held, others)
            for stem, held in inside.items()
            if held >= least
        }
        telling = sorted(
            (stem for stem, value in strength.items() if value > 0),
            key=lambda stem: (-strength[stem], stem),
        )
        return tuple(
            ExplainingWord(
                word=self.shown[stem],
                inside=inside[stem],
                outside=self.texts_with[stem] - inside[stem],
            )
            for stem in telling[:MOST_WORDS]
        )


def _strength(inside: int, members: int, outside: int, others: int) -> float:
    odds = ((inside + 0.5) / (members + 1)) / ((outside + 0.5) / (others + 1))
    return inside / members * log(odds)


def _most_frequent(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))
