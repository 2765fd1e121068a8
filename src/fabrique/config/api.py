"""The JSON API: each stage brings its router; ninja writes the OpenAPI document."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from ninja import NinjaAPI

from fabrique.stages.contribution.api import refusal, say_refusals
from fabrique.stages.contribution.api import router as contribution_router
from fabrique.stages.deliverable.api import router as deliverable_router
from fabrique.stages.synthesis.api import router as synthesis_router
from fabrique.territory.api import router as territory_router

api = NinjaAPI(
    title="Fabrique",
    version="1",
    description="What a phone and a wall do, and the reading of released cards and notes.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", contribution_router)
api.add_router("", synthesis_router)
api.add_router("", deliverable_router)
api.add_router("", territory_router)
say_refusals(api)


_CODES = {404: "not_found", 405: "method_not_allowed", 500: "server_error"}
_GetResponse = Callable[[HttpRequest], HttpResponseBase]


def refusals_as_json(get_response: _GetResponse) -> _GetResponse:
    """Middleware: what Django itself refuses under /api/ is said as the API says it, no page."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        code = _CODES.get(response.status_code, "")
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        if not code or is_json or not request.path_info.startswith("/api/"):
            return response
        said = JsonResponse(refusal(code), status=response.status_code)
        if "Allow" in response.headers:
            said["Allow"] = response["Allow"]
        return said

    return answer
