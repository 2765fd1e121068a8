"""Where the points of a map stand: near when they are tied, apart enough for names to be read.

Each piece of the network is laid out by stress majorization, so that what is drawn far is far
along the lines (E. Gansner, Y. Koren, S. North, "Graph drawing by stress majorization", Graph
Drawing, 2004); pieces are then set side by side, and what overlaps is pushed apart. No chance is
involved: the same network gives the same map, which moves little when a tie is added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fabrique.document.network_names import Box, box_of

WIDTH = 1_000.0
MARGIN = 16.0
GAP = 8.0
_ROUNDS = 50
_PUSHES = 150

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """A place for each point, and how high the map must be."""

    points: tuple[tuple[float, float], ...]
    height: float


@lru_cache(maxsize=64)
def arranged(
    names: tuple[str, ...], ties: tuple[tuple[int, int], ...], *, text_size: float
) -> Layout:
    """The layout of points by their names (empty where none is drawn) and the ties between them.

    Points without a tie stand in rows below the others.
    """
    boxes = [box_of(name, text_size) for name in names]
    pieces = _pieces(len(names), ties)
    tied = [piece for piece in pieces if len(piece) > 1]
    alone = [piece[0] for piece in pieces if len(piece) == 1]
    points = np.zeros((len(names), 2))
    foot = MARGIN
    if tied:
        foot = _place_pieces(points, tied, ties, boxes)
    foot = _place_rows(points, alone, boxes, foot)
    return Layout(
        points=tuple((round(float(x), 1), round(float(y), 1)) for x, y in points),
        height=round(foot + MARGIN, 1),
    )


def _pieces(count: int, ties: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Points held together by ties, the largest piece first."""
    near: list[set[int]] = [set() for _ in range(count)]
    for one, other in ties:
        near[one].add(other)
        near[other].add(one)
    seen: set[int] = set()
    pieces = []
    for start in range(count):
        if start not in seen:
            piece = _reached(start, near)
            seen |= piece
            pieces.append(sorted(piece))
    return sorted(pieces, key=lambda piece: (-len(piece), piece[0]))


def _reached(start: int, near: Sequence[set[int]]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        for other in sorted(near[waiting.pop()] - found):
            found.add(other)
            waiting.append(other)
    return found


def _place_pieces(
    points: Points,
    pieces: Sequence[Sequence[int]],
    ties: Sequence[tuple[int, int]],
    boxes: Sequence[Box],
) -> float:
    """Pieces on shelves, the largest first; gives where the last shelf ends."""
    drawn = []
    for piece in pieces:
        own = [(one, other) for one, other in ties if one in set(piece)]
        drawn.append(_piece(piece, own, [boxes[one] for one in piece]))
    x, y, shelf = MARGIN, MARGIN, 0.0
    for piece, (places, width, height) in zip(pieces, drawn, strict=True):
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y, shelf = MARGIN, y + shelf + 3 * GAP, 0.0
        points[list(piece)] = places + np.array((x, y))
        x += width + 4 * GAP
        shelf = max(shelf, height)
    if len(pieces) == 1 or shelf == 0:
        _centre(points, pieces[0])
    return y + shelf


def _centre(points: Points, piece: Sequence[int]) -> None:
    own = points[list(piece)]
    spare = WIDTH - (own[:, 0].max() + own[:, 0].min())
    points[list(piece), 0] += spare / 2


def _piece(
    piece: Sequence[int], ties: Sequence[tuple[int, int]], boxes: Sequence[Box]
) -> tuple[Points, float, float]:
    """Places within a piece, from its own corner, with the room it takes."""
    rank = {point: place for place, point in enumerate(piece)}
    distances = _distances(len(piece), [(rank[one], rank[other]) for one, other in ties])
    places = _upright(_majorized(distances))
    room = sum((box.width + GAP) * (box.height + GAP) for box in boxes)
    width = min(WIDTH - 2 * MARGIN, max(1.9 * np.sqrt(2.2 * room), boxes[0].width * 2 + 60))
    places = _stretched(places, width - max(box.width for box in boxes), width * 0.56)
    places = _pushed_apart(places, boxes, width)
    low = (places - [[box.width / 2, box.above] for box in boxes]).min(axis=0)
    places = places - low
    high = (places + [[box.width / 2, box.below] for box in boxes]).max(axis=0)
    return places, float(high[0]), float(high[1])


def _distances(count: int, ties: Sequence[tuple[int, int]]) -> Points:
    """How many ties apart two points are, within one piece."""
    near: list[list[int]] = [[] for _ in range(count)]
    for one, other in ties:
        near[one].append(other)
        near[other].append(one)
    found = np.zeros((count, count))
    for start in range(count):
        seen, edge, step = {start}, [start], 0
        while edge:
            step += 1
            edge = [one for point in edge for one in near[point] if one not in seen]
            edge = list(dict.fromkeys(edge))
            seen.update(edge)
            found[start, edge] = step
    return found


def _majorized(distances: Points) -> Points:
    """Points whose distances are as near as can be to those asked, near ones counting more."""
    count = len(distances)
    if count == 2:
        return np.array([[0.0, 0.0], [1.0, 0.0]])
    places = _first_places(distances)
    weights = np.zeros_like(distances)
    apart = distances > 0
    weights[apart] = distances[apart] ** -2.0
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(_ROUNDS):
        steps = np.linalg.norm(places[:, None] - places[None], axis=2)
        pull = np.where(steps > 1e-9, weights * distances / np.maximum(steps, 1e-9), 0.0)
        places = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ places)
    return places


def _first_places(distances: Points) -> Points:
    """Where to start from: points on a circle, those most tied nearer its middle."""
    count = len(distances)
    order = np.argsort(distances.sum(axis=1), kind="stable")
    turn = np.empty(count)
    turn[order] = np.arange(count) * 2.399963  # the golden angle: no two on one line
    reach = np.sqrt(np.argsort(order, kind="stable") + 0.5)
    return np.column_stack([reach * np.cos(turn), reach * np.sin(turn)])


def _upright(places: Points) -> Points:
    """Turned so that it is wider than high, always the same way up."""
    centred = places - places.mean(axis=0)
    _values, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    heavy = np.abs(turned).argmax(axis=0)
    signs = np.sign(turned[heavy, [0, 1]])
    return np.asarray(turned * np.where(signs == 0, 1, signs))


def _stretched(places: Points, width: float, height: float) -> Points:
    spans = np.ptp(places, axis=0)
    scale = [
        width / spans[0] if spans[0] > 1e-6 else 1.0,
        height / spans[1] if spans[1] > 1e-6 else 1.0,
    ]
    scale[1] = min(scale[1], 1.6 * scale[0])
    return places * scale


def _pushed_apart(places: Points, boxes: Sequence[Box], width: float) -> Points:
    """No name over another: overlapping boxes go apart by the shorter way, a little at a time."""
    half = np.array([(box.width + GAP) / 2 for box in boxes])
    above = np.array([box.above + GAP / 2 for box in boxes])
    below = np.array([box.below + GAP / 2 for box in boxes])
    middle = np.column_stack([places[:, 0], places[:, 1] + (below - above) / 2])
    tall = (above + below) / 2
    lone = np.arange(len(boxes))
    side = np.where(lone[:, None] < lone[None], -1.0, 1.0)
    limit = (width - 2 * half.max()) / 2
    for _ in range(_PUSHES):
        across = middle[:, None, 0] - middle[None, :, 0]
        along = middle[:, None, 1] - middle[None, :, 1]
        deep_x = half[:, None] + half[None] - np.abs(across)
        deep_y = tall[:, None] + tall[None] - np.abs(along)
        clash = (deep_x > 0) & (deep_y > 0)
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        sideways = clash & (deep_x < deep_y)
        upward = clash & ~sideways
        way_x = np.where(np.abs(across) > 1e-6, np.sign(across), side)
        way_y = np.where(np.abs(along) > 1e-6, np.sign(along), side)
        middle[:, 0] += np.where(sideways, way_x * deep_x * 0.5, 0).sum(axis=1) * 0.6
        middle[:, 1] += np.where(upward, way_y * deep_y * 0.5, 0).sum(axis=1) * 0.6
        centre = (middle[:, 0].max() + middle[:, 0].min()) / 2
        middle[:, 0] = centre + np.clip(middle[:, 0] - centre, -limit, limit)
    return np.column_stack([middle[:, 0], middle[:, 1] - (below - above) / 2])


def _place_rows(points: Points, alone: Sequence[int], boxes: Sequence[Box], foot: float) -> float:
    """Points without a tie, in rows; gives where the last one ends."""
    if not alone:
        return foot
    y = foot + (3 * GAP if foot > MARGIN else 0)
    x, tall = MARGIN, 0.0
    for point in alone:
        box = boxes[point]
        if x > MARGIN and x + box.width > WIDTH - MARGIN:
            x, y, tall = MARGIN, y + tall + GAP, 0.0
        points[point] = (x + box.width / 2, y + box.above)
        x += box.width + 2 * GAP
        tall = max(tall, box.above + box.below)
    return y + tall
