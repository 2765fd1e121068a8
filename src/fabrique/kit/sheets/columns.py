"""Finding columns by the names people give them, accents, case and punctuation aside."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class ColumnMatch:
    """Where each field stands in the sheet, and the columns nothing was made of."""

    places: Mapping[str, int]
    unused: tuple[str, ...]

    def __contains__(self, field: str) -> bool:
        return field in self.places

    def cell(self, cells: Sequence[str], field: str) -> str:
        """The cell of a field, empty when the sheet has no such column."""
        return cells[self.places[field]] if field in self.places else ""


def plain_name(text: str) -> str:
    """A name as compared with another.

    >>> plain_name("  Prénom / NOM* ")
    'prenom nom'
    """
    letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORDS.sub(" ", bare.lower()).strip()


def match_columns(columns: Sequence[str], names: Mapping[str, Sequence[str]]) -> ColumnMatch:
    """Which column is which field. ``names`` lists, for each field, what it may be called.

    An exact name goes first; then a column that begins with one (« Texte de la contribution »).
    """
    plain = [plain_name(column) for column in columns]
    places: dict[str, int] = {}
    for fits in (_is, _begins_with):
        for field, wanted in names.items():
            free = [place for place in range(len(plain)) if place not in places.values()]
            found = (
                place
                for name in map(plain_name, wanted)
                for place in free
                if fits(plain[place], name)
            )
            if field not in places and (place := next(found, None)) is not None:
                places[field] = place
    taken = set(places.values())
    unused = tuple(column for place, column in enumerate(columns) if column and place not in taken)
    return ColumnMatch(places, unused)


def _is(column: str, name: str) -> bool:
    return column == name


def _begins_with(column: str, name: str) -> bool:
    return column.startswith(f"{name} ")
