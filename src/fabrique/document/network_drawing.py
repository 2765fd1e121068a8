"""A map drawn as SVG on the server: the same picture on screens, on paper and in every export.

Colours never speak alone: a group has its shape too, a kind of line its dashes and its end. The
classes let a screen's own theme (dark, forced colours) take over the colours of paper.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from html import escape

from fabrique.document.network_layout import GAP, MARGIN, WIDTH
from fabrique.document.network_names import LARGE, LETTER, LINE, name_lines, radius_of
from fabrique.document.tree import NetworkMap, NetworkNode, NetworkTie, TieKind

#: Told apart by those who do not see colours alike, and from white by 3:1 at least.
COLOURS = (
    "#1d5c9f",
    "#b3541e",
    "#2f7d32",
    "#8e3b8a",
    "#0b7a75",
    "#a61c3c",
    "#6b5b00",
    "#4a5568",
)
INK, GREY, GROUND, WIRE = "#1b2328", "#56626a", "#ffffff", "#8b969d"
DASHES = ("", "9 6", "2 5", "14 5 2 5", "5 3", "1 3")

Point = tuple[float, float]


def network_svg(network: NetworkMap) -> str:
    """The whole map with its legend; `<title>` is its description."""
    legend, legend_height = _legend(network)
    height = network.height + legend_height
    lines = "".join(_tie(tie, network) for tie in network.ties)
    marks = "".join(_node(node, network.text_size) for node in network.nodes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="doc-chart doc-network" role="img" '
        f'viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" height="{height:g}" '
        f"font-family=\"'Source Sans 3', 'Source Sans Pro', sans-serif\">"
        f"<title>{escape(network.description)}</title>{lines}{marks}{legend}</svg>"
    )


def _tie(tie: NetworkTie, network: NetworkMap) -> str:
    one, other = network.nodes[tie.source], network.nodes[tie.target]
    size = network.text_size
    start, end = _between(one, other, size)
    bend = _bend(tie, network)
    kind = network.kinds[tie.kind] if tie.kind < len(network.kinds) else TieKind("")
    return _line(start, end, tie.kind, kind, size, bend=bend)


def _bend(tie: NetworkTie, network: NetworkMap) -> float:
    """Lines between the same two points are bent, each a little more than the one before."""
    ends = {tie.source, tie.target}
    same = [one for one in network.ties if {one.source, one.target} == ends]
    if len(same) < 2:
        return 0
    away = (same.index(tie) - (len(same) - 1) / 2) * 1.1 * network.text_size
    return away if tie.source < tie.target else -away


def _between(one: NetworkNode, other: NetworkNode, size: float) -> tuple[Point, Point]:
    """From the edge of a mark to the edge of the other."""
    across, along = other.x - one.x, other.y - one.y
    length = math.hypot(across, along) or 1.0
    from_one = radius_of(size, one.weight) / length
    to_other = (radius_of(size, other.weight) + 0.25 * size) / length
    return (
        (one.x + across * from_one, one.y + along * from_one),
        (other.x - across * to_other, other.y - along * to_other),
    )


def _line(
    start: Point, end: Point, place: int, kind: TieKind, size: float, *, bend: float = 0
) -> str:
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    across, along = (x2 - x1) / length, (y2 - y1) / length
    mid = ((x1 + x2) / 2 - along * bend * 2, (y1 + y2) / 2 + across * bend * 2)
    towards = math.atan2(y2 - mid[1], x2 - mid[0])
    dashes = DASHES[place % len(DASHES)]
    width = max(1.2, size * 0.11)
    return (
        f'<path class="doc-network-tie" d="M{x1:.1f} {y1:.1f} Q{mid[0]:.1f} {mid[1]:.1f} '
        f'{x2:.1f} {y2:.1f}" fill="none" stroke="{WIRE}" stroke-width="{width:.2g}"'
        + (f' stroke-dasharray="{dashes}"' if dashes else "")
        + f"/>{_end(kind, end, towards, size)}"
    )


def _end(kind: TieKind, at: Point, towards: float, size: float) -> str:
    def turned(forward: float, aside: float) -> str:
        x = at[0] + forward * math.cos(towards) - aside * math.sin(towards)
        y = at[1] + forward * math.sin(towards) + aside * math.cos(towards)
        return f"{x:.1f},{y:.1f}"

    if kind.end == "arrow":
        points = " ".join(
            (
                turned(0.1 * size, 0),
                turned(-0.7 * size, 0.36 * size),
                turned(-0.7 * size, -0.36 * size),
            )
        )
    elif kind.end == "bar":
        points = " ".join(
            (
                turned(0, 0.55 * size),
                turned(0, -0.55 * size),
                turned(-0.18 * size, -0.55 * size),
                turned(-0.18 * size, 0.55 * size),
            )
        )
    else:
        return ""
    return f'<polygon class="doc-network-end" points="{points}" fill="{GREY}"/>'


def _node(node: NetworkNode, size: float) -> str:
    radius = radius_of(size, node.weight if node.is_named else 0)
    mark = _mark((node.x, node.y), radius, node.group)
    if not node.is_named:
        return mark
    top = node.y + radius_of(size) + 0.95 * size
    name = "".join(
        f'<tspan x="{node.x:.1f}" y="{top + place * LINE * size:.1f}">{escape(line)}</tspan>'
        for place, line in enumerate(name_lines(node.label, size))
    )
    placed = f'text-anchor="middle" font-size="{size:g}"'
    # Twice rather than by paint-order, which not every renderer knows: the halo, then the name.
    return mark + (
        f'<text class="doc-network-halo" aria-hidden="true" {placed} fill="{GROUND}" '
        f'stroke="{GROUND}" stroke-width="{size * 0.25:.2g}" stroke-linejoin="round">{name}</text>'
        f'<text class="doc-network-name" {placed} fill="{INK}">{name}</text>'
    )


def _mark(at: Point, radius: float, group: int) -> str:
    if group < 0:
        return (
            f'<circle class="doc-network-none" cx="{at[0]:.1f}" cy="{at[1]:.1f}" '
            f'r="{radius:.1f}" fill="{GROUND}" stroke="{GREY}" stroke-width="2"/>'
        )
    colour = COLOURS[group % len(COLOURS)]
    # Past the last colour, shapes move on by one: no two groups look alike before sixty-four.
    shape = SHAPES[(group + group // len(COLOURS)) % len(SHAPES)]
    name = f"doc-network-group-{group % len(COLOURS) + 1}"
    return f'<path class="{name}" d="{shape(at, radius)}" fill="{colour}"/>'


def _circle(at: Point, radius: float) -> str:
    x, y = at
    return (
        f"M{x - radius:.1f} {y:.1f}a{radius:.1f} {radius:.1f} 0 1 0 {2 * radius:.1f} 0"
        f"a{radius:.1f} {radius:.1f} 0 1 0 {-2 * radius:.1f} 0z"
    )


def _polygon(sides: int, turn: float, *, grown: float, inner: float = 1.0) -> Callable[..., str]:
    """A regular polygon, or a star when every other point is nearer its middle."""

    def drawn(at: Point, radius: float) -> str:
        points = []
        for place in range(sides):
            reach = radius * grown * (inner if place % 2 else 1)
            angle = turn + 2 * math.pi * place / sides
            points.append((at[0] + reach * math.cos(angle), at[1] + reach * math.sin(angle)))
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"

    return drawn


SHAPES: Sequence[Callable[..., str]] = (
    _circle,
    _polygon(4, math.pi / 4, grown=1.25),
    _polygon(3, -math.pi / 2, grown=1.35),
    _polygon(4, 0, grown=1.25),
    _polygon(6, 0, grown=1.1),
    _polygon(10, -math.pi / 2, grown=1.4, inner=0.5),
    _polygon(3, math.pi / 2, grown=1.35),
    _polygon(8, math.pi / 4, grown=1.4, inner=0.45),
)


def _legend(network: NetworkMap) -> tuple[str, float]:
    """Groups and kinds in use, in rows under the map."""
    size = network.text_size * (0.66 if network.text_size > LARGE else 0.9)
    used_groups = sorted({node.group for node in network.nodes if node.group >= 0})
    used_kinds = sorted({tie.kind for tie in network.ties if tie.kind < len(network.kinds)})
    entries: list[tuple[str, float, Callable[[Point], str]]] = [
        (network.groups[group], 2 * size, _mark_entry(group, size)) for group in used_groups
    ]
    entries += [
        (network.kinds[kind].label, 4 * size, _line_entry(kind, network.kinds[kind], size))
        for kind in used_kinds
    ]
    if not entries:
        return "", 0
    parts, depth = _flowed(entries, size, top=network.height + GAP)
    return f'<g class="doc-network-legend">{"".join(parts)}</g>', depth - network.height


def _mark_entry(group: int, size: float) -> Callable[[Point], str]:
    return lambda at: _mark((at[0] + size * 0.7, at[1]), size * 0.5, group)


def _line_entry(place: int, kind: TieKind, size: float) -> Callable[[Point], str]:
    return lambda at: _line((at[0], at[1]), (at[0] + 3 * size, at[1]), place, kind, size)


def _flowed(
    entries: Iterable[tuple[str, float, Callable[[Point], str]]], size: float, *, top: float
) -> tuple[list[str], float]:
    """Entries one after the other, going to the next row when there is no room."""
    parts, x, y = [], MARGIN, top + size
    for label, sign, draw in entries:
        words = label if len(label) <= 60 else f"{label[:59]}…"
        width = sign + (len(words) * LETTER + 2) * size
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y = MARGIN, y + 1.6 * size
        parts.append(draw((x, y)))
        parts.append(
            f'<text class="doc-network-key" x="{x + sign:.1f}" y="{y + 0.33 * size:.1f}" '
            f'font-size="{size:g}" fill="{INK}">{escape(words)}</text>'
        )
        x += width
    return parts, y + size
