"""The tree of blocks: what a deliverable says, before any format.

Every node is frozen and holds plain text. Whatever may be asked « says who? » carries an `id` and
its `citations`, whose `ref` is opaque here (`card:…`, `contribution:…`): the caller knows what it
points at, the renderers only number it.
"""

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, fields, is_dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing a block rests on; `label` is what the list of sources says of it."""

    ref: str
    label: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list of bullets."""

    text: str
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Item, ...]
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they were said; the renderers add the quotation marks."""

    text: str
    attribution: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `wide` asks for the room a sentence needs, `number` is set right-aligned."""

    label: str
    kind: Literal["text", "wide", "number"] = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """One row; its first cell is the row's heading."""

    cells: tuple[str, ...]
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of a vote, with what its two ends mean."""

    minimum: int = 1
    maximum: int = 4
    low_label: str = ""
    high_label: str = ""


@dataclass(frozen=True, slots=True)
class RangeBar:
    """A median with the middle half of the answers; `count` is how many answered."""

    label: str
    median: float
    lower_quartile: float
    upper_quartile: float
    count: int
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class RangeChart:
    """Medians and quartiles on one scale, each drawn beside its figures.

    `description` is read first and says what is to be seen; `note` holds the provenance;
    `subject` heads the column of labels (« Vulnérabilité »).
    """

    title: str
    description: str
    bars: tuple[RangeBar, ...]
    scale: Scale = Scale()
    note: str = ""
    subject: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class DistributionBar:
    """How many answered each level, in the order of the chart's `levels`."""

    label: str
    counts: tuple[int, ...]
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class DistributionChart:
    """Answers by level, one stacked bar a row, each drawn beside its figures."""

    title: str
    description: str
    levels: tuple[str, ...]
    bars: tuple[DistributionBar, ...]
    note: str = ""
    subject: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A value drawn from zero; `figures` are what is read beside it, one for each heading."""

    label: str
    value: float
    figures: tuple[str, ...]
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class BarChart:
    """Values on one scale from zero to `maximum` (to the longest bar when it is 0).

    `measure` heads the drawn column and says what is drawn.
    """

    title: str
    description: str
    headings: tuple[str, ...]
    bars: tuple[Bar, ...]
    maximum: float = 0
    measure: str = ""
    note: str = ""
    subject: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """How answers spread over the chart's `series` at its two ends; `figures` as in a bar."""

    label: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    figures: tuple[str, ...]
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class SlopeChart:
    """What goes up and what goes down between two `ends`, one drawing a row.

    Each of the `series` is a line from its share of the answers before to its share after. The
    first `wordy` headings are over words, the others over numbers.
    """

    title: str
    description: str
    ends: tuple[str, str]
    series: tuple[str, ...]
    headings: tuple[str, ...]
    lines: tuple[SlopeLine, ...]
    wordy: int = 0
    note: str = ""
    subject: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A point of a map, `x` and `y` in units of the map; `group` is its place in `groups`, or -1.

    `weight` (0 to 1) makes it larger. One that is not named is only drawn: its name is read in
    the table that goes with the map.
    """

    label: str
    x: float
    y: float
    group: int = -1
    weight: float = 0
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """A line between two nodes, by their places; `kind` is its place in the map's `kinds`."""

    source: int
    target: int
    kind: int = 0


@dataclass(frozen=True, slots=True)
class TieKind:
    """A kind of line and what its far end looks like."""

    label: str
    end: Literal["plain", "arrow", "bar"] = "plain"


@dataclass(frozen=True, slots=True)
class NetworkMap:
    """Who is tied to whom, drawn. `description` says what is to be seen, `note` what is not.

    The map is 1,000 units wide and `height` high; names are `text_size` high. Groups are told
    apart by a colour and a shape, kinds of line by their dashes and their end.
    """

    title: str
    description: str
    nodes: tuple[NetworkNode, ...]
    ties: tuple[NetworkTie, ...]
    groups: tuple[str, ...]
    kinds: tuple[TieKind, ...]
    height: float
    text_size: float = 14
    note: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class AbacusChart:
    """Answers by level, one mark a person a row: its colour and its height both say the level.

    The coloured chart of François Régnier, each row set in order so that nobody is told apart.
    """

    title: str
    description: str
    levels: tuple[str, ...]
    bars: tuple[DistributionBar, ...]
    note: str = ""
    subject: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodBar:
    """From one day to another, both included; a missing end or start is drawn as a lone mark."""

    label: str
    start: date | None
    end: date | None
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodChart:
    """What happens when, on one line of whole years, each drawn beside its dates."""

    title: str
    description: str
    bars: tuple[PeriodBar, ...]
    note: str = ""
    subject: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure set large; `provenance` says who was asked and how many answered."""

    value: str
    label: str
    provenance: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigures:
    items: tuple[KeyFigure, ...]
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    title: str
    text: str = ""
    tag: str = ""
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    items: tuple[Card, ...]
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Callout:
    """Blocks set apart from the text; a callout never holds another."""

    title: str
    blocks: tuple["Block", ...]
    _: KW_ONLY
    id: str = ""
    citations: tuple[Citation, ...] = ()


Chart = RangeChart | DistributionChart | BarChart | SlopeChart | AbacusChart | PeriodChart
Block = (
    Paragraph
    | Bullets
    | Quote
    | Table
    | RangeChart
    | DistributionChart
    | BarChart
    | SlopeChart
    | AbacusChart
    | PeriodChart
    | NetworkMap
    | KeyFigures
    | Cards
    | Callout
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document; `key` is its name in the outline and its anchor on screen."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the masthead: « Lieu », « Lorient, hôtel d'agglomération »."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole deliverable.

    `accent` is the colour of the step (`#rrggbb`) and `mark` the number that doubles it (`#1`);
    `notice` warns (« Données de démonstration ») on every rendering; `identifier` names this
    very version and ends up in the file's metadata. `sources_title` heads the list of what the
    document rests on (« Sur quoi repose cette note »).
    """

    title: str
    identifier: str
    issued_on: date
    publisher: str
    subtitle: str = ""
    eyebrow: str = ""
    lang: str = "fr"
    facts: tuple[Fact, ...] = ()
    accent: str = "#1f5a6b"
    mark: str = ""
    sections: tuple[Section, ...] = ()
    notice: str = ""
    colophon: tuple[str, ...] = ()
    sources_title: str = ""


def citations_in(node: object) -> Iterator[Citation]:
    """Every citation under a node, in reading order: what is inside before what is around."""
    if isinstance(node, tuple):
        for child in node:
            yield from citations_in(child)
    elif is_dataclass(node):
        for field in fields(node):
            if field.name != "citations":
                yield from citations_in(getattr(node, field.name))
        own: tuple[Citation, ...] = getattr(node, "citations", ())
        yield from own


def blocks_in(document: Document) -> Iterator[Block]:
    """Every block in reading order, a callout before the blocks it holds."""
    for section in document.sections:
        for block in section.blocks:
            yield block
            if isinstance(block, Callout):
                yield from block.blocks
