"""Which contributions might go together: the near-duplicates, then the themes. A person decides.

Nothing is kept of a proposal: the facilitator takes it, whole or in part, as any other card.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fabrique.methods.errors import MethodError
from fabrique.methods.grouping import GroupingRequest, Text, propose_groups
from fabrique.stages.contribution.analyses.word_vectors import installed_word_vectors
from fabrique.stages.contribution.models import Contribution

SEED = 2020
TELLING_WORDS = 3


@dataclass(frozen=True)
class Proposal:
    """Contributions that say nearly the same (``is_duplicates``), or share a theme.

    ``words`` are what sets a theme apart from the others; ``likeness`` is the share of common
    word sequences between the two least alike of a group of near-duplicates, in per cent.
    """

    contributions: Sequence[Contribution]
    is_duplicates: bool
    words: Sequence[str] = ()
    likeness: int = 0


def groups_to_propose(contributions: Sequence[Contribution]) -> list[Proposal]:
    """The same contributions give the same proposals; none when there is too little to go by."""
    by_key = {str(one.pk): one for one in contributions if one.text}
    texts = tuple(Text(key=key, text=one.text) for key, one in by_key.items())
    if len(texts) < 2:
        return []
    try:
        found = propose_groups(
            GroupingRequest(texts=texts, seed=SEED), vectors=installed_word_vectors()
        )
    except MethodError:
        return []
    duplicates = [
        Proposal(
            contributions=[by_key[key] for key in group.keys],
            is_duplicates=True,
            likeness=round(100 * group.weakest_link),
        )
        for group in found.duplicates
    ]
    themes = [
        Proposal(
            contributions=[by_key[key] for key in theme.keys],
            is_duplicates=False,
            words=[one.word for one in theme.words[:TELLING_WORDS]],
        )
        for theme in found.themes
        if len(theme.keys) > 1
    ]
    return duplicates + themes
