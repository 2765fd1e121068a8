"""The only writer of territories: the reference is loaded whole, never edited by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from django.db import transaction

from fabrique.territory.enums import Kind
from fabrique.territory.models import Territory
from fabrique.territory.naming import search_key
from fabrique.territory.source import Commune, Department, Epci, Source, read_source

_CHUNK = 2_000
_LOADED_FIELDS = (
    "kind",
    "name",
    "nature",
    "department_code",
    "department_name",
    "region_code",
    "population",
    "commune_count",
    "epci",
    "search_key",
    "former_codes",
    "is_current",
)
_COMPARED_FIELDS = ("code", *(f"{name}_id" if name == "epci" else name for name in _LOADED_FIELDS))
_COMPARED = attrgetter(*_COMPARED_FIELDS)


@dataclass(frozen=True)
class Loaded:
    """What a load found, how many rows it wrote, how many territories it retired."""

    communes: int
    epcis: int
    written: int
    retired: int
    package_version: str | None


def load_reference(folder: Path) -> Loaded:
    """Bring the table to what the folder says; loading the same folder again changes nothing.

    Raises SourceMissing or SourceUnreadable with the table untouched.
    """
    source = read_source(folder)
    with transaction.atomic():
        known = _rows_by_code()
        written = _upsert(_epci_rows(source), known) + _upsert(_commune_rows(source), known)
        retired = _retire_all_but(source)
    return Loaded(
        communes=len(source.communes),
        epcis=len(source.epcis),
        written=written,
        retired=retired,
        package_version=source.package_version,
    )


def _rows_by_code() -> dict[str, tuple[object, ...]]:
    rows = Territory.objects.values_list(*_COMPARED_FIELDS)
    return {str(row[0]): row for row in rows.iterator(chunk_size=_CHUNK)}


def _upsert(rows: Iterator[Territory], known: dict[str, tuple[object, ...]]) -> int:
    changed = [row for row in rows if known.get(row.code) != _COMPARED(row)]
    Territory.objects.bulk_create(
        changed,
        batch_size=_CHUNK,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_LOADED_FIELDS,
    )
    return len(changed)


def _retire_all_but(source: Source) -> int:
    kept = {commune.code for commune in source.communes} | {epci.code for epci in source.epcis}
    known = Territory.objects.filter(is_current=True).values_list("code", flat=True)
    gone = [code for code in known if code not in kept]
    for start in range(0, len(gone), _CHUNK):
        chunk = gone[start : start + _CHUNK]
        Territory.objects.filter(code__in=chunk).update(is_current=False, epci=None)
    return len(gone)


def _epci_rows(source: Source) -> Iterator[Territory]:
    for epci in source.epcis:
        yield _row(
            epci,
            kind=Kind.EPCI,
            nature=epci.nature,
            commune_count=len(epci.members),
        )


def _commune_rows(source: Source) -> Iterator[Territory]:
    epci_of = {member: epci.code for epci in source.epcis for member in epci.members}
    for commune in source.communes:
        yield _row(
            commune,
            kind=Kind.COMMUNE,
            epci_id=epci_of.get(commune.code),
            former_codes=commune.former_codes,
        )


def _row(
    entry: Commune | Epci,
    *,
    kind: Kind,
    nature: str = "",
    commune_count: int | None = None,
    epci_id: str | None = None,
    former_codes: tuple[str, ...] = (),
) -> Territory:
    department: Department = entry.department
    return Territory(
        code=entry.code,
        kind=kind,
        name=entry.name,
        nature=nature,
        department_code=department.code,
        department_name=department.name,
        region_code=department.region_code,
        population=entry.population,
        commune_count=commune_count,
        epci_id=epci_id,
        search_key=search_key(entry.name),
        former_codes="".join(f" {code} " for code in former_codes),
    )
