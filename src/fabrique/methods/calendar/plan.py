"""The verb of the method. The solver weighs as much as a site: it is loaded when asked for."""

from collections.abc import Callable

from fabrique.methods.calendar.contracts import Progress, SeriesPlan, SeriesRequest
from fabrique.methods.calendar.validity import check_request


def plan_series(
    request: SeriesRequest, *, watch: Callable[[Progress], bool] | None = None
) -> SeriesPlan:
    """Dates for every meeting, the best by levels, or the rules that contradict one another.

    `watch` is told of each better plan and answers whether to go on; when it says no, the best
    plan so far is given. Raises MethodError with the codes of `check_request`.
    """
    check_request(request)
    from fabrique.methods.calendar.search import search_series

    return search_series(request, watch)
