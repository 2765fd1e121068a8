"""Runs the suite as several runs of pytest, and adds them up in one last line.

Browser tests need runs of their own (Playwright keeps an event loop running); what touches a
database is run on SQLite and on PostgreSQL; the year of the demonstration is long to play and
played once. What waits more than it works stands beside the journeys, and is told at its end.

    python tools/suite.py          everything
    python tools/suite.py quick    the quick tests on SQLite
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
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
YEAR = Run("year", "year")
PAGES = Run("browser, page by page", "browser and not fault", options=(*PARALLEL, *PAGE_BY_PAGE))
#: The tests of one file may follow one another through the same day.
JOURNEYS = Run(
    "browser, journeys",
    "browser and not fault",
    options=(
        *("-n", "auto", "--dist", "loadfile"),
        *(f"--ignore={page}" for page in PAGE_BY_PAGE),
    ),
)
FAULT = Run("fault", "fault")
FAULT_ON_POSTGRESQL = replace(FAULT, name="fault, PostgreSQL", on_postgresql=True)
Lane = tuple[Run, ...]
#: One step after another; the lanes of a step side by side.
EVERYTHING: tuple[tuple[Lane, ...], ...] = (
    ((Run("within one process", WITHIN, options=PARALLEL),),),
    ((Run("within one process, PostgreSQL", WITHIN, True, (*PARALLEL, "--only-database")),),),
    ((PAGES,),),
    ((JOURNEYS, FAULT_ON_POSTGRESQL), (YEAR, FAULT)),
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


def main(steps: tuple[tuple[Lane, ...], ...]) -> int:
    total = Count()
    with (
        tempfile.TemporaryDirectory(prefix="fabrique-suite-") as name,
        ThreadPoolExecutor() as hands,
    ):
        folder = Path(name)
        for lanes in steps:
            alone = len(lanes) == 1
            work = [hands.submit(run_lane, lane, folder, aloud=alone) for lane in lanes]
            total = sum((one.result() for one in work), total)
    print(f"\n{total}", flush=True)
    return 1 if total.failed or not total.passed else 0


def run_lane(lane: Lane, folder: Path, *, aloud: bool) -> Count:
    """Its runs one after the other; not ``aloud``, each is told whole when it has ended."""
    total = Count()
    for run in lane:
        title = f"\n── {run.name} ──"
        if aloud:
            print(title, flush=True)
        started = time.monotonic()
        count, said = execute(run, folder, aloud=aloud)
        seconds = time.monotonic() - started
        told = [] if aloud else [title, said.rstrip()]
        print("\n".join([*told, f"{run.name}: {count} ({seconds:.0f} s)"]), flush=True)
        total += count
    return total


def execute(run: Run, folder: Path, *, aloud: bool) -> tuple[Count, str]:
    """One run of pytest in a home of its own; one that crashes counts as a failure."""
    home = folder / re.sub(r"\W+", "-", run.name)
    home.mkdir()
    report = home / "report.xml"
    # Hundreds of processes read the project: each would compile it again.
    unwanted = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    command = [sys.executable, "-m", "pytest", "-q", "-m", run.selection, *run.options]
    if run.on_postgresql:
        command = [sys.executable, "tests/harness/postgresql.py", *command]
    done = subprocess.run(
        [*command, f"--junitxml={report}"],
        cwd=REPOSITORY,
        env={
            **kept,
            "FABRIQUE_HOME": str(home / "home"),
            "FABRIQUE_PREPARED": str(folder / "prepared"),
        },
        stdin=subprocess.DEVNULL,
        stdout=None if aloud else subprocess.PIPE,
        stderr=None if aloud else subprocess.STDOUT,
        text=True,
        check=False,
    )
    count = read_report(report)
    if done.returncode not in (0, NOTHING_COLLECTED) and not count.failed:
        count += Count(failed=1)
    return count, done.stdout or ""


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
    sys.exit(main((((QUICK,),),) if sys.argv[1:] == ["quick"] else EVERYTHING))
