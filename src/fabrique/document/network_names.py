"""The name under a point of a map: cut to a few short lines, and the room they take."""

from dataclasses import dataclass

#: Letters a line and lines a name: large names, to be read from afar, go on three short lines.
LINES, LARGE_LINES = (20, 2), (13, 3)
LARGE = 20.0
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
    lines = name_lines(name, text_size)
    width = max((len(line) for line in lines), default=0) * LETTER * text_size
    below = radius + (0.25 + LINE * len(lines)) * text_size if lines else radius
    return Box(width=max(width, 2 * radius), above=radius, below=below)


def name_lines(name: str, text_size: float = 0) -> tuple[str, ...]:
    """At most two lines of twenty letters, cut at a word where there is one.

    >>> name_lines("Chambre de commerce et d'industrie du Morbihan")
    ('Chambre de commerce', "et d'industrie du…")
    """
    length, most = LARGE_LINES if text_size > LARGE else LINES
    words = " ".join(name.split())
    lines: list[str] = []
    while words and len(lines) < most:
        is_last = len(lines) + 1 == most
        line, words = _cut(words, length)
        lines.append(f"{line[: length - 1].rstrip(' ,')}…" if is_last and words else line)
    return tuple(lines)


def _cut(words: str, length: int) -> tuple[str, str]:
    if len(words) <= length:
        return words, ""
    head = words[: length + 1].rsplit(" ", 1)[0]
    if len(head) > length or " " not in words[: length + 1]:
        head = words[:length]
    return head, words[len(head) :].strip()
