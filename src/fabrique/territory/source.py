"""Reads the official code as ``@etalab/decoupage-administratif`` lays it out in JSON files.

Only what exists today is kept: « communes déléguées », « communes associées » and the
arrondissements of Paris, Lyon and Marseille are parts of a commune, not communes.
The files do not say in which department an intercommunality sits; we take the department where
most of its inhabitants live.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from fabrique.territory.errors import SourceMissing, SourceUnreadable

_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Department:
    code: str
    name: str
    region_code: str


@dataclass(frozen=True)
class Commune:
    code: str
    name: str
    department: Department
    population: int | None
    former_codes: tuple[str, ...]


@dataclass(frozen=True)
class Epci:
    code: str
    name: str
    nature: str
    department: Department
    population: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """``package_version`` is None when the folder is not that of the published package."""

    communes: tuple[Commune, ...]
    epcis: tuple[Epci, ...]
    package_version: str | None


def read_source(folder: Path) -> Source:
    """The whole source, or :class:`SourceMissing`, or :class:`SourceUnreadable`: never a part."""
    departments = {d.code: d for d in _read(folder / "departements.json", _department)}
    absorbed = _absorbed(folder / "communes.json")
    communes = _read(
        folder / "communes.json",
        lambda entry: _commune(entry, departments, absorbed),
        keep=_is_current,
    )
    by_code = {commune.code: commune for commune in communes}
    epcis = _read(folder / "epci.json", lambda entry: _epci(entry, by_code))
    return Source(communes, epcis, _package_version(folder.parent / "package.json"))


def _department(entry: dict[str, Any]) -> Department:
    return Department(entry["code"], entry["nom"], entry["region"])


def _is_current(entry: dict[str, Any]) -> bool:
    return bool(entry["type"] == "commune-actuelle")


def _absorbed(path: Path) -> dict[str, set[str]]:
    """Codes that are no longer those of a commune, by the commune that holds the place today."""
    codes: dict[str, set[str]] = {}
    with _telling_which_file(path):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            if _is_current(entry):
                codes.setdefault(entry["code"], set()).update(entry.get("anciensCodes", ()))
            else:
                today = entry.get("chefLieu") or entry["commune"]
                codes.setdefault(today, set()).add(entry["code"])
    return codes


def _commune(
    entry: dict[str, Any], departments: dict[str, Department], absorbed: dict[str, set[str]]
) -> Commune:
    return Commune(
        code=entry["code"],
        name=entry["nom"],
        department=departments[entry["departement"]],
        population=entry.get("population"),
        former_codes=tuple(sorted(absorbed[entry["code"]] - {entry["code"]})),
    )


def _epci(entry: dict[str, Any], communes: dict[str, Commune]) -> Epci:
    members = entry["membres"]
    inhabitants: Counter[Department] = Counter()
    for member in members:
        inhabitants[communes[member["code"]].department] += member["populationMunicipale"]
    return Epci(
        code=entry["code"],
        name=" ".join(entry["nom"].split()),
        nature=entry["type"],
        department=min(inhabitants, key=lambda place: (-inhabitants[place], place.code)),
        population=entry["populationMunicipale"],
        members=tuple(member["code"] for member in members),
    )


def _read(
    path: Path,
    parse: Callable[[dict[str, Any]], _Read],
    *,
    keep: Callable[[dict[str, Any]], bool] = lambda entry: True,
) -> tuple[_Read, ...]:
    with _telling_which_file(path):
        entries = json.loads(path.read_text(encoding="utf-8"))
        parsed = tuple(parse(entry) for entry in entries if keep(entry))
    if not parsed:
        raise SourceUnreadable(path, detail="empty")
    return parsed


@contextmanager
def _telling_which_file(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise SourceMissing(path) from error
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise SourceUnreadable(path, detail=repr(error)) from error


def _package_version(path: Path) -> str | None:
    try:
        version = json.loads(path.read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(version)
