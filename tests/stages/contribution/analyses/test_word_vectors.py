"""The optional French word vectors: read from the model where it is installed, done without.

spaCy and its model are the outside: stand-ins of the few things that are called take their place,
and the real ones are read where a machine has them.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fabrique.stages.contribution.analyses import word_vectors
from fabrique.stages.contribution.analyses.word_vectors import installed_word_vectors

STAND_INS = {
    "spacy/__init__.py": "",
    "spacy/strings.py": """
class StringStore: ...
def get_string_id(word): return len(word)
""",
    "spacy/vectors.py": """
import numpy as np
class Vectors:
    def __init__(self, *, strings):
        self.data, self.shape, self.key2row = None, (0, 0), {}
    def from_disk(self, folder, *, exclude):
        assert (folder / "key2row").is_file()
        self.data, self.shape = np.array([[0.5, 0.5], [3.0, 4.0]]), (2, 2)
        self.key2row = {4: 1}
""",
    "fr_core_news_md/__init__.py": "__version__ = '3.8.0'\n",
    "fr_core_news_md/fr_core_news_md-3.8.0/vocab/key2row": "",
}


NAMES = ("spacy", "spacy.strings", "spacy.vectors", "fr_core_news_md")


@pytest.fixture(autouse=True)
def nothing_read_before() -> Iterator[None]:
    word_vectors._read.cache_clear()
    yield
    word_vectors._read.cache_clear()


@pytest.fixture
def stand_in_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setitem(sys.modules, name, None)  # put back afterwards, whatever was there
        monkeypatch.delitem(sys.modules, name)
    for path, source in STAND_INS.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(source)
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.usefixtures("stand_in_model")
class TestWithTheModel:
    def test_known_words_have_their_direction_and_others_none(self) -> None:
        vectors = installed_word_vectors()
        assert vectors is not None
        assert vectors.name == "fr_core_news_md 3.8.0"
        assert vectors.directions(["vélo", "zut"]).tolist() == [[3, 4], [0, 0]]

    def test_the_model_is_read_once(self) -> None:
        assert installed_word_vectors() is installed_word_vectors()


@pytest.mark.parametrize("absent", ["spacy", "fr_core_news_md"])
def test_without_the_one_or_the_other_themes_rest_on_letters(
    absent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, absent, None)
    assert installed_word_vectors() is None


def test_the_real_model_knows_that_a_bicycle_is_a_bike() -> None:
    pytest.importorskip("spacy", reason="optional: requirements/vectors.txt")
    pytest.importorskip("fr_core_news_md", reason="optional: requirements/vectors.txt")
    vectors = installed_word_vectors()
    assert vectors is not None
    bike, bicycle, shop, unknown = vectors.directions(["vélo", "bicyclette", "commerce", "zzzqx"])
    assert bike @ bicycle > 2 * abs(bike @ shop)
    assert not unknown.any()
