"""Territories by JSON: public reference data, for a picker of one's own or a script."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Query

from fabrique.kit.api import Refusal
from fabrique.territory import queries
from fabrique.territory.models import Territory
from fabrique.territory.reference import REFERENCE

router = Router(tags=["territories"])
WORDS: Any = Query(..., max_length=100, description="name, INSEE code, SIREN, or their start")
AT_MOST: Any = Query(12, ge=1, le=50)


class TerritoryOut(Schema):
    code: str
    kind: str
    nature: str
    type_label: str
    name: str
    department_code: str
    department_name: str
    region_code: str
    population: int | None
    commune_count: int | None
    epci_id: str | None


class ReferenceOut(Schema):
    title: str
    vintage: int
    commune_population_year: int
    epci_population_year: int
    source: str
    licence: str
    licence_url: str


class TerritorySearchOut(Schema):
    reference: ReferenceOut
    territories: list[TerritoryOut]


@router.get(
    "/territories",
    response={200: TerritorySearchOut, 422: Refusal},
    summary="Search territories",
)
def search_territories(
    request: HttpRequest,
    q: str = WORDS,
    limit: int = AT_MOST,
) -> dict[str, object]:
    territories: list[Territory] = queries.search(q, limit=limit)
    return {"reference": REFERENCE, "territories": territories}
