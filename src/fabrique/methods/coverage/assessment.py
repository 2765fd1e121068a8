"""From people and targets to where the group stands, and what was asked beside."""

from collections.abc import Iterable

from fabrique.methods.coverage.additions import propose_additions
from fabrique.methods.coverage.case import case_of
from fabrique.methods.coverage.contracts import (
    Category,
    Coverage,
    CoverageRequest,
    Part,
    Person,
    ValueTarget,
)
from fabrique.methods.coverage.draw import draw_panel
from fabrique.methods.coverage.swap import propose_swap
from fabrique.methods.errors import MethodError
from fabrique.methods.repetition import first_repeated

LARGEST_GROUP = 1000
LARGEST_SEED = 2**31 - 1


def assess_coverage(request: CoverageRequest) -> Coverage:
    """Count the group against its targets, then compute the parts wanted.

    Raises MethodError with `parameter_out_of_range`, `size_minimum_over_maximum`,
    `duplicate_category`, `duplicate_value`, `minimum_over_maximum`, `duplicate_person`,
    `unknown_category` or `unknown_value`. Targets that cannot be met are not refused: the
    answer says which.
    """
    _check(request)
    case = case_of(request)
    candidates, seed, wanted = request.candidates, request.seed, request.wanted
    additions, swap, draw = (part in wanted for part in (Part.ADDITIONS, Part.SWAP, Part.DRAW))
    return Coverage(
        present=case.standing(case.counts, len(case.members)),
        additions=propose_additions(case, candidates, seed=seed) if additions else None,
        swap=propose_swap(case, request.members, candidates, seed=seed) if swap else None,
        draw=draw_panel(case, candidates, seed=seed) if draw else None,
        seed=seed,
    )


def _check(request: CoverageRequest) -> None:
    _within("seed", request.seed, 0, LARGEST_SEED)
    _within("maximum_size", request.maximum_size, 1, LARGEST_GROUP)
    _within("minimum_size", request.minimum_size, 0, LARGEST_GROUP)
    if request.minimum_size > request.maximum_size:
        raise MethodError(
            "size_minimum_over_maximum",
            minimum=request.minimum_size,
            maximum=request.maximum_size,
        )
    if (twice := first_repeated(of.category for of in request.categories)) is not None:
        raise MethodError("duplicate_category", category=twice)
    for category in request.categories:
        _check_category(category)
    _check_people((*request.members, *request.candidates), request.categories)


def _check_category(category: Category) -> None:
    name = category.category
    _within("minimum_each", category.minimum_each, 0, LARGEST_GROUP)
    if (twice := first_repeated(target.value for target in category.values)) is not None:
        raise MethodError("duplicate_value", category=name, value=twice)
    for target in category.values:
        _check_target(name, target, minimum=max(target.minimum, category.minimum_each))


def _check_target(category: str, target: ValueTarget, *, minimum: int) -> None:
    _within("minimum", target.minimum, 0, LARGEST_GROUP)
    _within("minimum_share", target.minimum_share, 0, 1)
    _within("maximum_share", target.maximum_share, 0, 1)
    if target.maximum is not None:
        _within("maximum", target.maximum, 0, LARGEST_GROUP)
    over = target.maximum is not None and minimum > target.maximum
    if over or target.minimum_share > target.maximum_share:
        raise MethodError("minimum_over_maximum", category=category, value=target.value)


def _check_people(people: Iterable[Person], categories: Iterable[Category]) -> None:
    known = {of.category: {target.value for target in of.values} for of in categories}
    seen: set[str] = set()
    for person in people:
        if person.person in seen:
            raise MethodError("duplicate_person", person=person.person)
        seen.add(person.person)
        for category, value in person.attributes.items():
            if category not in known:
                raise MethodError("unknown_category", person=person.person, category=category)
            if value not in known[category]:
                raise MethodError(
                    "unknown_value", person=person.person, category=category, value=value
                )


def _within(parameter: str, value: float, fewest: int, most: int) -> None:
    if not fewest <= value <= most:
        raise MethodError("parameter_out_of_range", parameter=parameter)
