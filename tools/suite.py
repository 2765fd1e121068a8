"""Runs the suite as several runs of pytest, and adds them up in one last line.

Browser tests need a run of their own (Playwright keeps an event loop running), fault tests one
without neighbours; what touches a database is run on SQLite and on PostgreSQL; the
year of the demonstration is long to play and played once, in its own run.

    python tools/suite.py          everything
    python tools/suite.py quick    the quick tests on SQLite
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
NOTHING_COLLECTED = 5
PARALLEL = ("-n", "auto", "--dist", "worksteal")
#: Browser tests that need nothing of one another: any process takes any of them.
PAGE_BY_PAGE = ("tests/browser/test_every_page.py", "tests/browser/test_gallery.py")


@dataclass(frozen=True)
class Run:
    name: str
    selection: str
    on_postgresql: bool = False
    options: tuple[str, ...] = ()


WITHIN = "not browser and not fault and not year"
QUICK = Run("quick", f"{WITHIN} and not thorough", options=PARALLEL)
EVERYTHING = (
    Run("within one process", WITHIN, options=PARALLEL),
    Run("within one process, PostgreSQL", WITHIN, True, (*PARALLEL, "--only-database")),
    Run("year", "year"),
    Run("browser, page by page", "browser and not fault", options=(*PARALLEL, *PAGE_BY_PAGE)),
    Run(
        "browser, journeys",
        "browser and not fault",
        options=tuple(f"--ignore={page}" for page in PAGE_BY_PAGE),
    ),
    Run("fault", "fault"),
    Run("fault, PostgreSQL", "fault", True),
)


@dataclass(frozen=True)
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main(runs: tuple[Run, ...]) -> int:
    total = Count()
    with tempfile.TemporaryDirectory(prefix="fabrique-suite-") as folder:
        for number, run in enumerate(runs):
            print(f"\n── {run.name} ──", flush=True)
            started = time.monotonic()
            count = execute(run, Path(folder) / str(number))
            print(f"{run.name}: {count} ({time.monotonic() - started:.0f} s)", flush=True)
            total += count
    print(f"\n{total}", flush=True)
    return 1 if total.failed or not total.passed else 0


def execute(run: Run, folder: Path) -> Count:
    """One run of pytest in an environment of its own; one that crashes counts as a failure."""
    folder.mkdir()
    report = folder / "report.xml"
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "pytest", "-q", "-m", run.selection, *run.options]
    if run.on_postgresql:
        command = [sys.executable, "tests/harness/postgresql.py", *command]
    code = subprocess.run(
        [*command, f"--junitxml={report}"],
        cwd=REPOSITORY,
        env={**kept, "FABRIQUE_HOME": str(folder / "home")},
        stdin=subprocess.DEVNULL,
        check=False,
    ).returncode
    count = read_report(report)
    if code not in (0, NOTHING_COLLECTED) and not count.failed:
        return count + Count(failed=1)
    return count


def read_report(report: Path) -> Count:
    if not report.exists():
        return Count()
    total = Count()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        passed = max(0, int(suite.get("tests", 0)) - failed - skipped)
        total += Count(passed, failed, skipped)
    return total


if __name__ == "__main__":
    sys.exit(main((QUICK,) if sys.argv[1:] == ["quick"] else EVERYTHING))
