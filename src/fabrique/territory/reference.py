"""Where the territories come from: facts shown to users wherever territories are chosen.

The package takes the inhabitants of communes from Insee and those of intercommunalities from the
DGCL's list, which is one census behind (Paris counts 2,103,778 in the first, 2,113,705 in the
second): an intercommunality may so be shown with a population that is not its communes' sum.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    title: str
    vintage: int
    commune_population_year: int
    epci_population_year: int
    source: str
    package: str
    package_version: str
    licence: str
    licence_url: str


REFERENCE = Reference(
    title="Code officiel géographique et périmètres des intercommunalités",
    vintage=2026,
    commune_population_year=2023,
    epci_population_year=2022,
    source="Insee, DGCL",
    package="@etalab/decoupage-administratif",
    package_version="6.0.0",
    licence="Licence Ouverte",
    licence_url="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
)
