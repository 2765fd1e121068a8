"""A real excerpt of the official code, laid out as the package lays it out.

Names, codes and populations are the published ones; the lists of members are cut to the communes
of the excerpt.
"""

import json
from pathlib import Path
from typing import Any

DEPARTMENTS = (
    ("01", "Ain", "84"),
    ("22", "Côtes-d'Armor", "53"),
    ("42", "Loire", "84"),
    ("51", "Marne", "44"),
    ("56", "Morbihan", "53"),
    ("60", "Oise", "32"),
    ("67", "Bas-Rhin", "44"),
    ("75", "Paris", "11"),
    ("88", "Vosges", "44"),
    ("93", "Seine-Saint-Denis", "11"),
    ("94", "Val-de-Marne", "11"),
    ("2A", "Corse-du-Sud", "94"),
    ("974", "La Réunion", "04"),
    ("989", "Île de Clipperton", "989"),
)
COMMUNES = (
    ("01053", "Bourg-en-Bresse", "01", 42372, ()),
    ("01015", "Arboys en Bugey", "01", 710, ("01340",)),
    ("22016", "Île-de-Bréhat", "22", 429, ()),
    ("42218", "Saint-Étienne", "42", 173136, ()),
    ("51410", "Œuilly", "51", 564, ()),
    ("56121", "Lorient", "56", 58329, ()),
    ("56162", "Ploemeur", "56", 18872, ()),
    ("60057", "Beauvais", "60", 55550, ()),
    ("67482", "Strasbourg", "67", 293771, ()),
    ("75056", "Paris", "75", 2103778, ()),
    ("88413", "Saint-Dié-des-Vosges", "88", 19251, ()),
    ("93066", "Saint-Denis", "93", 149077, ()),
    ("94038", "L'Haÿ-les-Roses", "94", 31188, ()),
    ("2A004", "Ajaccio", "2A", 76320, ("20004",)),
    ("97411", "Saint-Denis", "974", 155634, ()),
    ("98901", "Île de Clipperton", "989", None, ()),
)
EPCIS = (
    ("200067999", "CA du Beauvaisis", "CA", 103404, (("60057", 55906),)),
    ("200071751", "CA du Bassin de Bourg-en-Bresse", "CA", 135794, (("01053", 42065),)),
    ("200042174", "CA Lorient Agglomération", "CA", 208113, (("56121", 58202), ("56162", 18873))),
    (
        "200054781", "Métropole du Grand Paris", "METRO", 7115576,
        (("94038", 31189), ("75056", 2113705)),
    ),
)  # fmt: skip
NOT_COMMUNES: tuple[dict[str, Any], ...] = (
    {"code": "75101", "nom": "Paris 1er Arrondissement", "type": "arrondissement-municipal",
     "commune": "75056", "departement": "75", "region": "11", "population": 15475},
    {"code": "01015", "nom": "Arbignieu", "type": "commune-deleguee", "chefLieu": "01015",
     "departement": "01", "region": "84"},
)  # fmt: skip


def write_excerpt(folder: Path, *, without: tuple[str, ...] = ()) -> Path:
    """The three files, minus the communes and intercommunalities whose code is in ``without``."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "departements.json", [_department(*row) for row in DEPARTMENTS])
    communes = [_commune(*row) for row in COMMUNES if row[0] not in without]
    _write(folder / "communes.json", [*communes, *NOT_COMMUNES])
    _write(folder / "epci.json", [_epci(*row) for row in EPCIS if row[0] not in without])
    return folder


def _write(path: Path, entries: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")


def _department(code: str, name: str, region: str) -> dict[str, Any]:
    return {"code": code, "nom": name, "region": region}


def _commune(
    code: str, name: str, department: str, population: int | None, former: tuple[str, ...]
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "code": code,
        "nom": name,
        "type": "commune-actuelle",
        "departement": department,
    }
    if population is not None:
        entry["population"] = population
    if former:
        entry["anciensCodes"] = list(former)
    return entry


def _epci(
    code: str, name: str, nature: str, population: int, members: tuple[tuple[str, int], ...]
) -> dict[str, Any]:
    return {
        "code": code,
        "nom": name,
        "type": nature,
        "populationMunicipale": population,
        "membres": [{"code": c, "populationMunicipale": p} for c, p in members],
    }
