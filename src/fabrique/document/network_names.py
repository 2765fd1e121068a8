"""The name under a point of a map: cut to two short lines, and the room they take."""

from dataclasses import dataclass

LINE_LENGTH = 20
MOST_LINES = 2
#: Width of an average letter and height of a line, for letters one unit high.
LETTER, LINE = 0.53, 1.12


@dataclass(frozen=True, slots=True)
class Box:
    """The room a point and its name take, around the point."""

    width: float
    above: float
    below: float

    @property
    def height(self) -> float:
        return self.above + self.below


def radius_of(text_size: float, weight: float = 1.0) -> float:
    """Half the size of a point's mark: from half to nine tenths of the height of a name."""
    return text_size * (0.5 + 0.4 * weight)


def box_of(name: str, text_size: float) -> Box:
    radius = radius_of(text_size)
    lines = name_lines(name)
    width = max((len(line) for line in lines), default=0) * LETTER * text_size
    below = radius + (0.25 + LINE * len(lines)) * text_size if lines else radius
    return Box(width=max(width, 2 * radius), above=radius, below=below)


def name_lines(name: str) -> tuple[str, ...]:
    """At most two lines of twenty letters, cut at a word where there is one.

    >>> name_lines("Chambre de commerce et d'industrie du Morbihan")
    ('Chambre de commerce', "et d'industrie du…")
    """
    words, lines = " ".join(name.split()), []
    while words and len(lines) < MOST_LINES:
        is_last = len(lines) + 1 == MOST_LINES
        line, words = _cut(words)
        lines.append(f"{line[: LINE_LENGTH - 1].rstrip(' ,')}…" if is_last and words else line)
    return tuple(lines)


def _cut(words: str) -> tuple[str, str]:
    if len(words) <= LINE_LENGTH:
        return words, ""
    head = words[: LINE_LENGTH + 1].rsplit(" ", 1)[0]
    if len(head) > LINE_LENGTH or " " not in words[: LINE_LENGTH + 1]:
        head = words[:LINE_LENGTH]
    return head, words[len(head) :].strip()
