"""Circles of actions that wait for one another.

For each action that can come back to itself, the shortest circle through it, by breadth-first
search; the same circle met from several of its actions counts once.
"""

from collections import deque
from collections.abc import Mapping, Sequence

Dependencies = Mapping[str, Sequence[str]]
"""What each action depends on, in the order of the request."""


def shortest_cycles(depends_on: Dependencies) -> tuple[tuple[str, ...], ...]:
    """Circles as keys, each depending on the next and the last on the first.

    A circle starts with its action that comes first in the request; so do the circles.
    """
    order = {key: number for number, key in enumerate(depends_on)}
    found: dict[tuple[str, ...], None] = {}
    for key in depends_on:
        circle = _shortest_circle(key, depends_on)
        if circle:
            first = min(range(len(circle)), key=lambda at: order[circle[at]])
            found[(*circle[first:], *circle[:first])] = None
    return tuple(sorted(found, key=lambda circle: [order[key] for key in circle]))


def _shortest_circle(start: str, depends_on: Dependencies) -> list[str]:
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        key = waiting.popleft()
        for needed in depends_on[key]:
            if needed == start:
                return _path_to(key, start, came_from)
            if needed not in came_from:
                came_from[needed] = key
                waiting.append(needed)
    return []


def _path_to(key: str, start: str, came_from: Mapping[str, str]) -> list[str]:
    path = [key]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]
