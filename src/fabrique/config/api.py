"""The JSON API: each stage brings its router; ninja writes the OpenAPI document."""

from ninja import NinjaAPI

from fabrique.stages.contribution.api import router as contribution_router
from fabrique.stages.contribution.api import say_refusals
from fabrique.stages.deliverable.api import router as deliverable_router
from fabrique.territory.api import router as territory_router

api = NinjaAPI(
    title="Fabrique",
    version="1",
    description="Everything a phone or a wall does, and the reading of notes.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", contribution_router)
api.add_router("", deliverable_router)
api.add_router("", territory_router)
say_refusals(api)
