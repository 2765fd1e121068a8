"""What is asked of a crossing, and what it answers."""

from enum import StrEnum

from fabrique.methods.contract import contract


class Weakness(StrEnum):
    """Why a finding should not be leant on."""

    NOBODY_ASKED = "nobody_asked"
    """Nobody had the opportunity to answer."""
    TOO_FEW_ASKED = "too_few_asked"
    """Fewer people than `minimum_asked` had the opportunity to answer."""
    SINGLE_SUPPORTER = "single_supporter"
    """Covered, but each of its links rests on one person."""


@contract
class AskedVulnerability:
    """A vulnerability, and how many people could say what answers it."""

    vulnerability: str
    """Its identifier."""
    asked: int
    """People who had the opportunity to answer (0 or more), whether or not they did."""


@contract
class Answer:
    """One person's answer: this action answers this vulnerability, or nothing does."""

    voter: str
    """Who answers: any stable identifier; never shown."""
    vulnerability: str
    """One of the vulnerabilities of the request."""
    action: str | None
    """One of the actions of the request; null for « nothing answers it », said as such."""


@contract
class CrossingRequest:
    """Two lists and the links people draw between them."""

    vulnerabilities: tuple[AskedVulnerability, ...]
    """Rows, each once, in the order wanted in the answer."""
    actions: tuple[str, ...]
    """Columns, each once, in the order wanted in the answer."""
    answers: tuple[Answer, ...]
    """In any order; the same answer given twice by one person counts once."""
    minimum_supporters: int = 1
    """People needed on one link for its vulnerability to be covered (at least 1)."""
    minimum_asked: int = 5
    """A finding on fewer people is marked weak (at least 1)."""


@contract
class SupportedLink:
    """A cell of the table that is not empty."""

    vulnerability: str
    """Row."""
    action: str
    """Column."""
    supporters: int
    """Different people who drew the link (at least 1)."""
    share: float
    """supporters / people asked about the vulnerability (0 to 1)."""


@contract
class Coverage:
    """What is known of one row."""

    vulnerability: str
    """Its identifier."""
    asked: int
    """People who had the opportunity to answer."""
    answered: int
    """People who gave at least one answer, « nothing » included."""
    said_nothing: int
    """People who said that nothing answers it, and linked no action to it."""
    actions: tuple[str, ...]
    """Actions linked by at least `minimum_supporters` people: most supported first, then in the
    order of the request."""
    covered: bool
    """Whether there is at least one such action; if not, the row is a blind spot."""
    weak: Weakness | None
    """Why this finding should not be leant on; nothing when it can."""


@contract
class ActionUse:
    """What is known of one column."""

    action: str
    """Its identifier."""
    vulnerabilities: tuple[str, ...]
    """Rows it answers, by at least `minimum_supporters` people, in the order of the request."""
    supporters: int
    """Different people who linked it to anything."""
    asked: int
    """People known to have had it before them: the largest number asked about one row."""
    weak: Weakness | None
    """Why an idle action should not be read as such; nothing when it answers something."""


@contract
class Crossing:
    """The table, its rows, its columns, and what is empty in it."""

    table: tuple[tuple[int, ...], ...]
    """Supporters by row and column, in the order of the request."""
    links: tuple[SupportedLink, ...]
    """The cells that are not empty, row by row."""
    coverage: tuple[Coverage, ...]
    """One for each row, in the order of the request."""
    actions: tuple[ActionUse, ...]
    """One for each column, in the order of the request."""
    blind_spots: tuple[str, ...]
    """Rows that are not covered, in the order of the request."""
    idle_actions: tuple[str, ...]
    """Columns that answer nothing, in the order of the request."""
    minimum_supporters: int
    """As in the request."""
    minimum_asked: int
    """As in the request."""
