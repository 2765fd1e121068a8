"""French word vectors, where they were installed beside the rest (requirements/vectors.txt).

Only the table of vectors of the model is read, never its grammar: a fraction of a second and
some 150 MB, once a process, the first time themes are proposed. Without it, themes rest on
letters, and nothing else changes.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fabrique.methods.grouping import WordVectors

MODEL = "fr_core_news_md"


class SpacyVectors:
    """The vectors of a spaCy model, word by word."""

    def __init__(self, name: str, table: Any, key_of: Callable[[str], int]) -> None:
        self.name = name
        self._table = table
        self._key_of = key_of

    def directions(self, words: Sequence[str]) -> NDArray[np.float64]:
        """One row a word; zeros for a word the model does not know."""
        found = np.zeros((len(words), self._table.shape[1]))
        for place, word in enumerate(words):
            row = self._table.key2row.get(self._key_of(word))
            if row is not None:
                found[place] = self._table.data[row]
        return found


def installed_word_vectors() -> WordVectors | None:
    """The vectors of this installation, read once; nothing where there are none."""
    if find_spec("spacy") is None or find_spec(MODEL) is None:
        return None
    return _read()


@cache
def _read() -> WordVectors:
    model = import_module(MODEL)
    strings = import_module("spacy.strings")
    table = import_module("spacy.vectors").Vectors(strings=strings.StringStore())
    folder = Path(str(model.__file__)).parent / f"{MODEL}-{model.__version__}"
    table.from_disk(folder / "vocab", exclude=["strings"])
    return SpacyVectors(f"{MODEL} {model.__version__}", table, strings.get_string_id)
