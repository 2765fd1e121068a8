"""From statements of each territory to what they share, and what could meet what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from fabrique.methods.errors import MethodError
from fabrique.methods.repetition import first_repeated
from fabrique.methods.swot.contracts import (
    BlindSpot,
    Cross,
    CrossKind,
    GroupSupport,
    Item,
    Quadrant,
    Spread,
    Swot,
    SwotRequest,
)

MEETINGS: Mapping[CrossKind, tuple[Quadrant, Quadrant]] = {
    CrossKind.STRENGTH_OPPORTUNITY: (Quadrant.STRENGTH, Quadrant.OPPORTUNITY),
    CrossKind.STRENGTH_THREAT: (Quadrant.STRENGTH, Quadrant.THREAT),
    CrossKind.WEAKNESS_OPPORTUNITY: (Quadrant.WEAKNESS, Quadrant.OPPORTUNITY),
    CrossKind.WEAKNESS_THREAT: (Quadrant.WEAKNESS, Quadrant.THREAT),
}


def compare_swot(request: SwotRequest) -> Swot:
    """Count which territories say what, then cross the inside with the outside.

    Raises MethodError with `parameter_out_of_range`, `duplicate_site`, `duplicate_item` or
    `unknown_site`.
    """
    _check(request)
    heard = {
        quadrant: {item.site for item in request.items if item.quadrant is quadrant}
        for quadrant in Quadrant
    }
    groups = tuple(_groups(request, heard))
    return Swot(
        groups=groups,
        contested=_contested(groups),
        crosses=tuple(_crosses(request, groups)),
        blind_spots=tuple(
            BlindSpot(site=site, quadrant=quadrant)
            for site in request.sites
            for quadrant in Quadrant
            if site not in heard[quadrant]
        ),
        sites=request.sites,
    )


def _check(request: SwotRequest) -> None:
    if request.most_crosses is not None and request.most_crosses < 0:
        raise MethodError("parameter_out_of_range", parameter="most_crosses")
    if (twice := first_repeated(request.sites)) is not None:
        raise MethodError("duplicate_site", site=twice)
    if (twice := first_repeated(item.key for item in request.items)) is not None:
        raise MethodError("duplicate_item", item=twice)
    sites = set(request.sites)
    for item in request.items:
        if item.site not in sites:
            raise MethodError("unknown_site", site=item.site)


def _groups(request: SwotRequest, heard: Mapping[Quadrant, set[str]]) -> Iterator[GroupSupport]:
    for quadrant in Quadrant:
        gathered: dict[str, list[Item]] = defaultdict(list)
        for item in request.items:
            if item.quadrant is quadrant:
                gathered[item.key if item.group is None else item.group].append(item)
        groups = [
            _group(key, items, request.sites, len(heard[quadrant]))
            for key, items in gathered.items()
        ]
        yield from sorted(groups, key=lambda group: -group.support)


def _group(key: str, items: Sequence[Item], sites: Sequence[str], heard: int) -> GroupSupport:
    saying = {item.site for item in items}
    return GroupSupport(
        group=key,
        quadrant=items[0].quadrant,
        support=len(saying),
        sites=tuple(site for site in sites if site in saying),
        items=tuple(item.key for item in items),
        heard=heard,
        spread=_spread(len(saying), len(sites)),
    )


def _spread(support: int, sites: int) -> Spread:
    if support == 1:
        return Spread.SPECIFIC
    return Spread.SHARED_BY_ALL if support == sites else Spread.PARTLY_SHARED


def _contested(groups: Iterable[GroupSupport]) -> tuple[str, ...]:
    quadrants: dict[str, set[Quadrant]] = defaultdict(set)
    for group in groups:
        quadrants[group.group].add(group.quadrant)
    return tuple(key for key, standing in quadrants.items() if len(standing) > 1)


def _crosses(request: SwotRequest, groups: Sequence[GroupSupport]) -> Iterator[Cross]:
    for kind, (inside, outside) in MEETINGS.items():
        crosses = [
            _cross(kind, ours, theirs)
            for ours, theirs in product(_of(inside, groups), _of(outside, groups))
            if ours.group != theirs.group
        ]
        crosses.sort(key=lambda cross: (-cross.joint_support, -cross.supports))
        yield from crosses[: request.most_crosses]


def _of(quadrant: Quadrant, groups: Iterable[GroupSupport]) -> list[GroupSupport]:
    return [group for group in groups if group.quadrant is quadrant]


def _cross(kind: CrossKind, inside: GroupSupport, outside: GroupSupport) -> Cross:
    sites = tuple(site for site in inside.sites if site in outside.sites)
    return Cross(
        kind=kind,
        inside=inside.group,
        outside=outside.group,
        joint_support=len(sites),
        sites=sites,
        supports=inside.support + outside.support,
    )
