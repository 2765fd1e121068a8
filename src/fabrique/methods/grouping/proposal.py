"""From texts to proposals: what might be merged, what might be sorted together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt

import numpy as np

from fabrique.methods.errors import MethodError
from fabrique.methods.grouping.clustering import centres_of, consensus, led_by_examples
from fabrique.methods.grouping.contracts import (
    Declined,
    DuplicateGroup,
    DuplicatePair,
    GroupingProposal,
    GroupingRequest,
    Text,
    ThemeProposal,
)
from fabrique.methods.grouping.explanation import Vocabulary
from fabrique.methods.grouping.features import Floats, Ints, rows
from fabrique.methods.grouping.latent import points
from fabrique.methods.grouping.meaning import WordVectors, beside
from fabrique.methods.grouping.near_duplicates import near_duplicates
from fabrique.methods.grouping.spelling import plain

MOST_DIMENSIONS = 32
TEXTS_BY_DIMENSION = 4
"""A small corpus is seen through few directions, or none would bring two texts together."""
LEAST_LIKENESS = 0.3
FEWEST_THEMES, MOST_THEMES = 2, 12


def propose_groups(
    request: GroupingRequest, *, vectors: WordVectors | None = None
) -> GroupingProposal:
    """Propose near-duplicates and themes; the latter by meaning too, where there are `vectors`.

    Raises MethodError with `parameter_out_of_range`, `duplicate_key`, `too_few_themes`,
    `example_without_words` or `too_many_duplicates`.
    """
    _check(request)
    normalised = plain([text.text for text in request.texts])
    pairs = _pairs(request, normalised)
    themes, declined = _themes(request, normalised, vectors)
    placed = {key for theme in themes for key in theme.keys}
    return GroupingProposal(
        pairs=pairs,
        duplicates=_components(request, pairs),
        themes=themes,
        unplaced=tuple(text.key for text in request.texts if text.key not in placed),
        declined=declined,
        seed=request.seed,
        likeness=request.likeness,
        word_vectors=vectors.name if vectors and themes else None,
    )


def _check(request: GroupingRequest) -> None:
    allowed = {
        "seed": request.seed >= 0,
        "likeness": LEAST_LIKENESS < request.likeness <= 1,
        "theme_count": request.theme_count is None or request.theme_count >= FEWEST_THEMES,
        "minimum_texts": request.minimum_texts >= FEWEST_THEMES,
    }
    for parameter, fine in allowed.items():
        if not fine:
            raise MethodError("parameter_out_of_range", parameter=parameter)
    seen: set[str] = set()
    for text in request.texts:
        if text.key in seen:
            raise MethodError("duplicate_key", key=text.key)
        seen.add(text.key)
    if len({example.theme for example in request.examples}) == 1:
        raise MethodError("too_few_themes", theme=request.examples[0].theme)


def _pairs(request: GroupingRequest, normalised: Sequence[str]) -> tuple[DuplicatePair, ...]:
    positions: dict[str, list[int]] = defaultdict(list)
    for position, text in enumerate(normalised):
        if text:
            positions[text].append(position)
    firsts = [same[0] for same in positions.values()]
    alike = near_duplicates(list(positions), likeness=request.likeness)
    found = [(firsts[one], firsts[other], likeness) for one, other, likeness in alike]
    found += [(same[0], again, 1.0) for same in positions.values() for again in same[1:]]
    return tuple(
        DuplicatePair(
            first=request.texts[one].key, second=request.texts[other].key, likeness=likeness
        )
        for one, other, likeness in sorted(found)
    )


def _components(
    request: GroupingRequest, pairs: Iterable[DuplicatePair]
) -> tuple[DuplicateGroup, ...]:
    """Keys bound by pairs, directly or not, in the order of the request."""
    leader: dict[str, str] = {}

    def leader_of(key: str) -> str:
        while (above := leader.setdefault(key, key)) != key:
            leader[key] = key = leader[above]
        return key

    pairs = tuple(pairs)
    for pair in pairs:
        leader[leader_of(pair.second)] = leader_of(pair.first)
    weakest: dict[str, float] = {}
    for pair in pairs:
        group = leader_of(pair.first)
        weakest[group] = min(pair.likeness, weakest.get(group, 1.0))
    members: dict[str, list[str]] = defaultdict(list)
    for text in request.texts:
        if text.key in leader:
            members[leader_of(text.key)].append(text.key)
    return tuple(
        DuplicateGroup(keys=tuple(keys), weakest_link=weakest[group])
        for group, keys in members.items()
    )


def _themes(
    request: GroupingRequest, normalised: Sequence[str], vectors: WordVectors | None
) -> tuple[tuple[ThemeProposal, ...], Declined | None]:
    """Texts are put in the order of their letters first, so that theirs never matters."""
    in_order = sorted(
        range(len(normalised)), key=lambda at: (normalised[at], request.texts[at].text)
    )
    texts = [request.texts[at] for at in in_order]
    corpus = [text.text for text in texts]
    if request.examples:
        return _themes_of_examples(request, texts, corpus, vectors), None
    vocabulary = Vocabulary(corpus)
    placeable = sum(1 for held in vocabulary.stems if held)
    if placeable < request.minimum_texts:
        return (), Declined.TOO_FEW_TEXTS
    places = _places(corpus, request.seed, vectors, led=False)
    usable = np.flatnonzero(places.any(axis=1))
    if not len(usable):
        return (), Declined.TOO_FEW_TEXTS
    groups = request.theme_count or _usual_count(len(usable))
    labels = consensus(places[usable], groups=min(groups, len(usable)), seed=request.seed)
    centres = centres_of(places[usable], labels)
    themes = [
        _theme(None, usable[labels == label], places, centres[label], texts, vocabulary)
        for label in np.unique(labels)
    ]
    return tuple(sorted(themes, key=lambda theme: (-len(theme.keys), theme.keys))), None


def _places(corpus: Sequence[str], seed: int, vectors: WordVectors | None, *, led: bool) -> Floats:
    dimensions = min(max(len(corpus) // TEXTS_BY_DIMENSION, FEWEST_THEMES), MOST_DIMENSIONS)
    letters = points(rows(corpus), dimensions=dimensions, seed=seed)
    return letters if vectors is None else beside(letters, corpus, vectors, led=led)


def _usual_count(texts: int) -> int:
    return min(max(round(sqrt(texts / 2)), FEWEST_THEMES), MOST_THEMES)


def _themes_of_examples(
    request: GroupingRequest,
    texts: Sequence[Text],
    corpus: Sequence[str],
    vectors: WordVectors | None,
) -> tuple[ThemeProposal, ...]:
    names = list(dict.fromkeys(example.theme for example in request.examples))
    shown = [example.text for example in request.examples]
    theme_of = np.array([names.index(example.theme) for example in request.examples])
    places = _places([*corpus, *shown], request.seed, vectors, led=True)
    ours, theirs = places[: len(corpus)], places[len(corpus) :]
    for number, name in enumerate(names):
        if not theirs[theme_of == number].any():
            raise MethodError("example_without_words", theme=name)
    centres = led_by_examples(ours, theirs, theme_of)
    likeness = ours @ centres.T
    nearest = np.where(likeness.max(axis=1) > 0, likeness.argmax(axis=1), -1)
    vocabulary = Vocabulary(corpus)
    return tuple(
        _theme(name, np.flatnonzero(nearest == number), ours, centres[number], texts, vocabulary)
        for number, name in enumerate(names)
    )


def _theme(
    name: str | None,
    members: Ints,
    places: Floats,
    centre: Floats,
    texts: Sequence[Text],
    vocabulary: Vocabulary,
) -> ThemeProposal:
    likeness = places[members] @ centre
    typical = members[np.argsort(-likeness.round(9), kind="stable")]
    return ThemeProposal(
        theme=name,
        keys=tuple(texts[at].key for at in typical.tolist()),
        words=vocabulary.explain(members.tolist()),
        cohesion=float(likeness.mean()) if len(members) else 0.0,
    )
