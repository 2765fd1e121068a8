"""What is asked of a grouping, and what it proposes."""

from enum import StrEnum

from fabrique.methods.contract import contract


class Declined(StrEnum):
    """Why no theme is proposed."""

    TOO_FEW_TEXTS = "too_few_texts"
    """Fewer texts with words in them than `minimum_texts`, and no example."""


@contract
class Text:
    """One contribution."""

    key: str
    """Its identifier, once in the request."""
    text: str
    """What was written, as it was written."""


@contract
class Example:
    """A text a facilitator puts under a theme, to show what the theme means."""

    theme: str
    """Name of the theme."""
    text: str
    """A text of the corpus or any other; 5 to 10 a theme help best."""


@contract
class GroupingRequest:
    """Texts to compare, and what is already known of their themes."""

    texts: tuple[Text, ...]
    """In any order: it does not change the groups."""
    seed: int
    """Seed of the clustering (0 or more): the same request gives the same answer."""
    likeness: float = 0.6
    """Jaccard likeness from which two texts are near-duplicates (above 0.3, at most 1)."""
    theme_count: int | None = None
    """How many themes to propose at most (at least 2); by itself √(n / 2), from 2 to 12. Not
    used where there are examples."""
    examples: tuple[Example, ...] = ()
    """Examples of two themes or more, or none."""
    minimum_texts: int = 10
    """Without examples, fewer texts than this get no themes (at least 2)."""


@contract
class DuplicatePair:
    """Two texts that say nearly the same, in nearly the same words."""

    first: str
    """Key of the one that comes first in the request."""
    second: str
    """Key of the other."""
    likeness: float
    """Jaccard likeness of their 3-grams (0 to 1; 1 when they only differ by case, accents or
    punctuation)."""


@contract
class DuplicateGroup:
    """Texts bound by near-duplicate pairs."""

    keys: tuple[str, ...]
    """In the order of the request; at least two."""
    weakest_link: float
    """Likeness of the least alike of the pairs that bind them."""


@contract
class ExplainingWord:
    """A word that tells a group from the others."""

    word: str
    """Its most frequent form."""
    inside: int
    """Texts of the group that hold it, in any inflection."""
    outside: int
    """Other texts that hold it."""


@contract
class ThemeProposal:
    """Texts that might stand under one theme."""

    theme: str | None
    """The facilitator's name for it, where there were examples."""
    keys: tuple[str, ...]
    """The texts, most typical first."""
    words: tuple[ExplainingWord, ...]
    """At most six, the most telling first."""
    cohesion: float
    """Mean cosine between the texts and their centre (0 to 1); low means loose."""


@contract
class GroupingProposal:
    """What might be merged, what might be sorted together. A person decides."""

    pairs: tuple[DuplicatePair, ...]
    """Every near-duplicate pair of different texts; texts equal once normalised are each tied to
    the first of them only."""
    duplicates: tuple[DuplicateGroup, ...]
    """Connected components of the pairs, by first text."""
    themes: tuple[ThemeProposal, ...]
    """Largest first; in the order of the examples where there are some."""
    unplaced: tuple[str, ...]
    """Texts with no word to go by, or like no theme; all of them where themes are declined."""
    declined: Declined | None
    """Why there are no themes; nothing when there are."""
    seed: int
    """As in the request."""
    likeness: float
    """As in the request."""
    word_vectors: str | None
    """Which word vectors the themes also rest on; nothing when they rest on letters only."""
