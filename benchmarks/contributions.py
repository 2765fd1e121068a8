"""What it costs to read 200 contributions and to write one: queries, milliseconds, writes a second.

    python benchmarks/contributions.py [--rounds N]

Runs in a database of its own (a temporary folder), or in the migrated one DATABASE_URL names.
Writes are real commits, one after the other, by the same path as a phone's. Promises: reading at
most 15 queries, as many for 200 as for 20; writing at most 12.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

READING, WRITING = 15, 12


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with tempfile.TemporaryDirectory() as home:
        os.environ["FABRIQUE_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
        measure(rounds=asked.rounds)


def measure(*, rounds: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from fabrique.kit.identifiers import new_id
    from fabrique.people.viewer import Viewer
    from fabrique.stages.contribution import queries
    from fabrique.stages.contribution.actions.contributions import contribute
    from fabrique.stages.contribution.enums import Source
    from tests.stages.rooms import a_held_seminar, an_account, someone

    held = a_held_seminar("expectations")
    workshop, who = held.workshops["expectations"], someone(held.room)
    team = Viewer(user_id=an_account(held.meeting).pk)

    def write() -> None:
        contribute(
            id=new_id(),
            workshop_id=workshop.pk,
            participant=who,
            data={"text": "é" * 140},
            source=Source.PHONE,
            actor=who.label,
        )

    def read() -> int:
        said = list(queries.contributions_visible_to(team, workshop))
        queries.fates(said)
        for card in queries.cards_visible_to(team, workshop):
            [placed.contribution.text for placed in card.current_placements]
        return len(said)

    print(f"database: {connection.vendor}")
    for _ in range(20):
        write()
    few = count(read)
    times = [timed(write) for _ in range(180)]
    many = count(read)
    reads = [timed(read) for _ in range(rounds)]
    writing = count(write)
    print(f"reading 200: {many} queries ({few} for 20), median {statistics.median(reads):.1f} ms")
    print(
        f"writing one: {writing} queries, median {statistics.median(times):.1f} ms,"
        f" {1000 * len(times) / sum(times):.0f} committed a second, one after the other"
    )
    kept = few == many <= READING and writing <= WRITING
    print("kept" if kept else "NOT KEPT")
    sys.exit(0 if kept else 1)


def timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - started)


def count(act: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


if __name__ == "__main__":
    main()
