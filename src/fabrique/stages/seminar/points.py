"""A line of what there is to do for a meeting."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """One line of a movement: what it is about, where it stands, where to see to it.

    ``is_readable`` when the whole team may follow it, not only those who facilitate.
    """

    label: str
    value: str
    href: str
    is_settled: bool
    is_readable: bool = False
