"""Addresses no page of ours has: refused before anything looks them up."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase

_GetResponse = Callable[[HttpRequest], HttpResponseBase]


def no_null_characters(get_response: _GetResponse) -> _GetResponse:
    """Middleware: PostgreSQL takes no null character in any text, not even to look for it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return get_response(request)

    return answer
