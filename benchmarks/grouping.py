"""Grouping beside its peers, on real contributions.

    python benchmarks/grouping.py [FOLDER]

FOLDER holds the three files named below; FABRIQUE_SHARED_DATA may name it too. Themes: agreement
(NMI) with the categories the texts were published under, by letters only and with the optional
word vectors (installed by `make bench-grouping`), beside plain TF-IDF, decomposition in 50
directions and the best of ten k-means, all the mean of several seeds. Examples: five a theme drawn
at random, agreement on the other texts. Near-duplicates: the exact join beside comparing all
pairs, on as many texts as that can stand, and seconds on all.
"""

import csv
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np

from fabrique.methods.grouping import (
    Example,
    GroupingRequest,
    Text,
    WordVectors,
    propose_groups,
)
from fabrique.methods.grouping.clustering import kmeans
from fabrique.methods.grouping.features import weighted
from fabrique.methods.grouping.latent import points
from fabrique.methods.grouping.near_duplicates import near_duplicates
from fabrique.methods.grouping.spelling import plain
from fabrique.methods.grouping.stop_words import STOP_WORDS
from fabrique.stages.contribution.analyses.word_vectors import installed_word_vectors

Corpus = tuple[list[str], list[str]]
Engines = Mapping[str, WordVectors | None]
ALL_PAIRS_UP_TO = 1500
SEEDS = 4
EXAMPLES_EACH = 5
MISSING = 2


def corpora(folder: Path) -> Iterator[tuple[str, Corpus]]:
    """Texts and published themes of each set."""
    propositions = json.loads((folder / "mel_grand_debat_propositions.json").read_text())
    yield "MEL", ([p["text"] for p in propositions], [p["theme"] for p in propositions])
    for name, file, text, theme in (
        ("Paris", "paris_budget_participatif_laureats.csv", "titre", "thematique"),
        ("Vrai débat", "vrai_debat_titres_sans_accents.csv", "slug_texte", "theme"),
    ):
        with (folder / file).open(newline="") as lines:
            rows = list(csv.DictReader(lines))
        yield name, ([row[text] for row in rows], [row[theme] for row in rows])


def agreement(ours: Sequence[str], published: Sequence[str]) -> float:
    """Normalised mutual information of two partitions (arithmetic mean of entropies)."""
    _, one = np.unique(list(ours), return_inverse=True)
    _, other = np.unique(list(published), return_inverse=True)
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1 / len(one))
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    held = table > 0
    shared = (table[held] * np.log(table[held] / np.outer(rows, columns)[held])).sum()
    entropies = -(rows * np.log(rows)).sum() - (columns * np.log(columns)).sum()
    return float(2 * shared / entropies)


def baseline(texts: Sequence[str], themes: int, seed: int) -> list[str]:
    """Whole words without stop words, TF-IDF, 50 directions, the best of ten k-means."""
    tokens = [[word for word in text.split() if word not in STOP_WORDS] for text in plain(texts)]
    placed = points(weighted(tokens, share=1), dimensions=50, seed=seed)
    draws = np.random.default_rng(seed)
    runs = [kmeans(placed, themes, draws) for _ in range(10)]
    return [str(label) for label in max(runs, key=lambda run: run[1])[0]]


def proposed(
    texts: Sequence[str],
    seed: int,
    *,
    vectors: WordVectors | None,
    themes: int | None = None,
    examples: Sequence[Example] = (),
) -> list[str]:
    """The theme our proposal puts each text under."""
    request = GroupingRequest(
        texts=tuple(Text(key=str(at), text=text) for at, text in enumerate(texts)),
        seed=seed,
        theme_count=themes,
        examples=tuple(examples),
    )
    placed = {
        key: str(number)
        for number, theme in enumerate(propose_groups(request, vectors=vectors).themes)
        for key in theme.keys
    }
    return [placed.get(str(at), "none") for at in range(len(texts))]


def measure_themes(name: str, corpus: Corpus, engines: Engines) -> None:
    texts, published = corpus
    themes = len(set(published))
    seeds = range(SEEDS if len(texts) < 5000 else 1)

    def mean_over_seeds(groups_of: Callable[[int], list[str]]) -> tuple[float, float]:
        begin = perf_counter()
        reached = np.mean([agreement(groups_of(seed), published) for seed in seeds])
        return float(reached), (perf_counter() - begin) / len(seeds)

    peer, seconds = mean_over_seeds(lambda seed: baseline(texts, themes, seed))
    print(
        f"themes      {name:<11} {len(texts):>6} texts  {'baseline':<13} NMI {peer:.3f}"
        f"  {seconds:.2f} s"
    )
    for engine, vectors in engines.items():
        ours, seconds = mean_over_seeds(
            lambda seed, using=vectors: proposed(texts, seed, vectors=using, themes=themes)  # type: ignore[misc]
        )
        print(
            f"themes      {name:<11} {len(texts):>6} texts  {engine:<13} NMI {ours:.3f}"
            f"  {seconds:.2f} s (duplicates and words included)  x {ours / peer:.2f}"
        )


def measure_examples(name: str, corpus: Corpus, engines: Engines) -> None:
    for engine, vectors in engines.items():
        reached = [agreement_led(corpus, seed, vectors) for seed in range(SEEDS)]
        print(
            f"examples    {name:<11} {EXAMPLES_EACH:>6} a theme {engine:<13}"
            f" NMI {np.mean(reached):.3f}"
        )


def agreement_led(corpus: Corpus, seed: int, vectors: WordVectors | None) -> float:
    """What is reached on the other texts once a few of each theme are shown."""
    texts, published = corpus
    draws = np.random.default_rng(seed)
    shown: list[int] = []
    for theme in sorted(set(published)):
        held = [at for at, of in enumerate(published) if of == theme]
        shown += draws.choice(held, min(EXAMPLES_EACH, len(held) // 2), replace=False).tolist()
    examples = [Example(theme=published[at], text=texts[at]) for at in shown]
    rest = [at for at in range(len(texts)) if at not in set(shown)]
    ours = proposed([texts[at] for at in rest], seed, vectors=vectors, examples=examples)
    return agreement(ours, [published[at] for at in rest])


def measure_duplicates(name: str, corpus: Corpus) -> None:
    texts = sorted(set(plain(corpus[0])) - {""})
    begin = perf_counter()
    whole = near_duplicates(texts, likeness=0.6)
    seconds = perf_counter() - begin
    part = texts[:: max(1, len(texts) // ALL_PAIRS_UP_TO)]
    begin = perf_counter()
    found = {(one, other) for one, other, _ in near_duplicates(part, likeness=0.6)}
    middle = perf_counter()
    expected = _all_pairs(part)
    end = perf_counter()
    print(
        f"duplicates  {name:<11} {len(texts):>6} texts  {len(whole)} pairs in {seconds:.2f} s;"
        f" on {len(part)}: {'same' if found == expected else 'NOT THE SAME'} {len(expected)} pairs"
        f" as all-pairs, x {(end - middle) / (middle - begin):.0f} faster"
    )


def _all_pairs(texts: Sequence[str]) -> set[tuple[int, int]]:
    grams = [{f" {text} "[at : at + 3] for at in range(len(text))} for text in texts]
    return {
        (one, other)
        for one in range(len(texts))
        for other in range(one + 1, len(texts))
        if len(grams[one] & grams[other]) >= 0.6 * len(grams[one] | grams[other])
    }


def main() -> int:
    """Print every figure, or say what is missing."""
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("FABRIQUE_SHARED_DATA", "")
    folder = Path(named or "../shared/data/contributions")
    if not (folder / "mel_grand_debat_propositions.json").is_file():
        print(f"No contributions in {folder}. Name their folder: benchmarks/grouping.py FOLDER")
        return MISSING
    engines: dict[str, WordVectors | None] = {"letters": None}
    if vectors := installed_word_vectors():
        engines["word vectors"] = vectors
        print(f"word vectors: {vectors.name}")
    else:
        print("word vectors: not installed (requirements/vectors.txt), letters only")
    for name, corpus in corpora(folder):
        measure_duplicates(name, corpus)
        measure_themes(name, corpus, engines)
        if len(corpus[0]) < 5000:
            measure_examples(name, corpus, engines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
