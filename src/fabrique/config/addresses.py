"""What no address of ours holds is taken out of the way before anything is looked up."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase

_GetResponse = Callable[[HttpRequest], HttpResponseBase]


def no_null_characters(get_response: _GetResponse) -> _GetResponse:
    """Middleware: PostgreSQL takes no null character in any text, not even to look for it.

    A path that holds one leads nowhere; in a query it counts for nothing.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return get_response(request)

    return answer
