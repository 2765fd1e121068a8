"""How long it takes to find a territory, beside the way one would first write it.

    python benchmarks/territory_search.py [--from DIR] [--rounds N]

Runs in a database of its own (a temporary folder), or in the empty one DATABASE_URL names.
The peer reads every name and compares it without accents in Python; it knows no ranking, no
code and no abbreviation. Promise: our median under 50 ms.
"""

import argparse
import os
import statistics
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

NASTY = (
    "a", "e", "le", "st", "sai", "saint", "Saint-Dié", "ST DIE", "saint dié des vosges",
    "bourg", "bourg bresse", "Bourg-en-Bresse", "lorient", "beauvais", "agglomération",
    "communauté d'agglomération du Beauvaisis", "L'Haÿ-les-Roses", "l hay", "Œuilly", "y",
    "paris", "métropole", "de la", "d e n r s t a l", "saint saint saint", "zzzzzz", "%", "_",
    "56121", "56", "2", "2A004", "200 067 999", "200067999", "villeneuve", "sur marne",
    "châtillon sur seine", "x" * 100, "saint-remy-en-bouzemont-saint-genest-et-isson",
)  # fmt: skip
PROMISE_MS = 50.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, help="data folder of the package")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["FABRIQUE_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
        measure(asked.folder, rounds=asked.rounds)


def measure(folder: Path | None, *, rounds: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from fabrique.territory import actions, queries

    call_command("migrate", "territory", verbosity=0)
    start = time.perf_counter()
    loaded = actions.load_reference(folder or Path(settings.TERRITORY_SOURCE))
    seconds = time.perf_counter() - start
    print(f"{connection.vendor}: {loaded.communes} communes, {loaded.epcis} intercommunalities")
    print(f"loading: {seconds:.1f} s")
    ours = report("ours", queries.search, rounds=rounds)
    peer = report("peer", names_holding, rounds=rounds)
    print(f"peer / ours, medians: {peer / ours:.1f}")
    connection.close()
    if ours >= PROMISE_MS:
        raise SystemExit(f"median {ours:.1f} ms: the promise is {PROMISE_MS:.0f} ms")


def names_holding(text: str) -> list[str]:
    """The peer."""
    from fabrique.territory.models import Territory

    wanted = unaccented(text)
    names = Territory.objects.values_list("name", flat=True)
    return [name for name in names if wanted in unaccented(name)][:12]


def unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def report(label: str, search: Callable[[str], object], *, rounds: int) -> float:
    search("lorient")
    times = [milliseconds(search, text) for _ in range(rounds) for text in NASTY]
    cuts = statistics.quantiles(times, n=100)
    print(
        f"{label}: p50 {cuts[49]:.1f} ms, p90 {cuts[89]:.1f} ms, p99 {cuts[98]:.1f} ms,"
        f" max {max(times):.1f} ms ({len(times)} searches)"
    )
    return cuts[49]


def milliseconds(search: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    search(text)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
