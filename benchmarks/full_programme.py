"""How long the main pages of a full year take, beside those of a year with a tenth of it.

    python benchmarks/full_programme.py [--rounds N]

Ten thousand contributions, fifteen hundred cards, a hundred and fifty actors in four territories,
on a database of its own (a temporary folder), or in the migrated one DATABASE_URL names. Each page
is asked as its team would, warm; the light year is the yardstick, in the same run. Promise: the
same number of queries.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with tempfile.TemporaryDirectory() as home:
        os.environ["FABRIQUE_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
        sys.exit(measure(rounds=asked.rounds))


def measure(*, rounds: int) -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    from tests.stages.full_pages import PAGES
    from tests.stages.full_programme import Full

    light = Full.of(said=12, kept=2, actors=4)
    full = Full.of(said=190, kept=29, actors=38)
    grown = 0
    print(f"{'page':26} {'queries':>9} {'full, p50':>10} {'p95':>8} {'light':>8} {'ratio':>6}")
    for page in PAGES:
        few, small = timed(light, page, rounds)
        many, times = timed(full, page, rounds)
        middle, base = statistics.median(times), statistics.median(small)
        p95 = sorted(times)[max(0, round(0.95 * len(times)) - 1)]
        print(
            f"{page:26} {few:>4}/{many:<4} {middle:>7.0f} ms {p95:>5.0f} ms {base:>5.0f} ms"
            f" {middle / base:>6.1f}"
        )
        grown += few != many
    print("kept" if not grown else f"NOT KEPT: {grown} pages ask more when there is more")
    return 1 if grown else 0


def timed(full: Any, page: str, rounds: int) -> tuple[int, list[float]]:
    """How many queries a page asks, and its milliseconds, the first time apart."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.stages.full_pages import address_of

    client = Client()
    client.force_login(full.account, backend="sesame.backends.ModelBackend")
    address = address_of(full, page)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, page
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        client.get(address)
        times.append(1_000 * (time.perf_counter() - started))
    return len(captured.captured_queries), times


if __name__ == "__main__":
    main()
