"""The groups that `benchmarks/coverage.py` composes: made up, or read from the shared fixture.

In a made-up case volunteers are not like the population (the first value of each category comes
forward 2.25 times as often as the last, all else equal), and quotas follow the population, give
or take a person: what makes a lottery hard.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

VALUES_OF_CATEGORIES = (2, 4, 4, 3, 5, 6)


@dataclass(frozen=True, kw_only=True)
class PanelCase:
    """Candidates by identifier, quotas (least, most) by category then value, and a fixed size."""

    name: str
    size: int
    people: Mapping[str, Mapping[str, str]]
    quotas: Mapping[str, Mapping[str, tuple[int, int]]]


def cases(folder: Path) -> Iterator[PanelCase]:
    """18 of 200, 22 of 150 where the fixture is in `folder`, 50 of 1,000."""
    yield made_up(18, 200, seed=1)
    if (folder / "sortition_fixture_candidates.csv").is_file():
        yield fixture(folder)
    yield made_up(50, 1000, seed=1)


def made_up(size: int, pool: int, *, seed: int) -> PanelCase:
    """Six categories; every quota is within one person of the population's share."""
    draws = np.random.default_rng(seed)
    quotas, columns = {}, []
    for at, count in enumerate(VALUES_OF_CATEGORIES):
        population = draws.dirichlet(np.full(count, 8.0))
        volunteers = population * np.geomspace(1.5, 1 / 1.5, count)
        columns.append(draws.choice(count, pool, p=volunteers / volunteers.sum()))
        quotas[f"c{at}"] = {
            f"v{value}": (max(0, int(share * size)), int(share * size) + 1)
            for value, share in enumerate(population)
        }
    people = {
        f"p{who}": {f"c{at}": f"v{column[who]}" for at, column in enumerate(columns)}
        for who in range(pool)
    }
    return PanelCase(name=f"{size} of {pool}", size=size, people=people, quotas=quotas)


def fixture(folder: Path) -> PanelCase:
    """The 150 candidates and the panel of 22 of the shared fixture."""
    quotas: dict[str, dict[str, tuple[int, int]]] = {}
    with (folder / "sortition_fixture_categories.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            limits = (int(row["min"]), int(row["max"]))
            quotas.setdefault(row["category"], {})[row["name"]] = limits
    with (folder / "sortition_fixture_candidates.csv").open(newline="") as lines:
        people = {
            row["nationbuilder_id"]: {category: row[category] for category in quotas}
            for row in csv.DictReader(lines)
        }
    return PanelCase(name=f"22 of {len(people)}", size=22, people=people, quotas=quotas)
