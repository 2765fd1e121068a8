"""Where the territories come from: facts shown to users wherever territories are chosen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    title: str
    vintage: int
    population_year: int
    source: str
    package: str
    package_version: str
    licence: str
    licence_url: str


REFERENCE = Reference(
    title="Code officiel géographique et périmètres des intercommunalités",
    vintage=2026,
    population_year=2023,
    source="Insee, DGCL",
    package="@etalab/decoupage-administratif",
    package_version="6.0.0",
    licence="Licence Ouverte",
    licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
)
