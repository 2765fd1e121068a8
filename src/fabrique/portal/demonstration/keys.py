"""What scripts call things by: « #V1 » is a card of the same seminar, « #lorient-1/V1 » of another.

A key stands for a row only while a year is being played; nothing of it is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fabrique.stages.contribution.models import Card

MARK = "#"


@dataclass
class Kept:
    """The cards kept in every seminar played so far, by ``script/key``."""

    cards: dict[str, Card] = field(default_factory=dict)

    def keep(self, script: str, key: str, card: Card) -> None:
        assert f"{script}/{key}" not in self.cards, f"twice {script}/{key}"
        self.cards[f"{script}/{key}"] = card

    def card(self, script: str, key: str) -> Card:
        """The card of that key, written with its mark or without."""
        name = key.removeprefix(MARK)
        return self.cards[name if "/" in name else f"{script}/{name}"]

    def named(self, script: str, field: str) -> str:
        """The name of a form's field where it holds a card: « dots-#V1 »."""
        before, mark, key = field.partition(MARK)
        return f"{before}{self.card(script, key).pk}" if mark else field

    def resolved(self, script: str, value: Any) -> Any:
        """The same value with every key in it replaced by what forms take: an identifier."""
        if isinstance(value, str) and value.startswith(MARK):
            return str(self.card(script, value).pk)
        if isinstance(value, list):
            return [self.resolved(script, one) for one in value]
        if isinstance(value, Mapping):
            return {name: self.resolved(script, one) for name, one in value.items()}
        return value
