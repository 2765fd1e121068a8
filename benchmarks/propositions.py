"""A hundred and sixty-two real propositions, from the sheet handed over to the files of the note.

    python benchmarks/propositions.py [--keep FOLDER]

Runs in a database of its own. The sheet is written as XLSX, ODS and CSV and imported by the same
command as a team's; pages are read signed in, by the whole stack short of the network. Promises:
every text word for word; each page at most 15 queries, as many for all as for 20; the files of
the note within a minute. --keep leaves the console and the wall as a browser shows them, and the
note's PDF, in a folder. FABRIQUE_SHARED_DATA names the folder of the data elsewhere.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

MISSING = 2
READING, NOTE_SECONDS = 15, 60
VIEWPORTS = ((1280, 800), (1440, 900))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with tempfile.TemporaryDirectory() as home:
        os.environ["FABRIQUE_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
        sys.exit(measure(Path(home), asked.keep))


def measure(home: Path, keep: Path | None) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.stages.contribution.propositions import (
        Seminar,
        file_of_propositions,
        real_propositions,
        sheet_of,
    )

    propositions = real_propositions()
    if not propositions:
        print(f"No {file_of_propositions()}. FABRIQUE_SHARED_DATA may name its folder.")
        return MISSING
    seminar = Seminar()
    few = home / "twenty.csv"
    few.write_bytes(sheet_of(propositions[:20], "csv"))
    silently(lambda: seminar.bring_in(few))
    seminar.open()
    before = {name: queries(seminar, address) for name, address in seminar.addresses.items()}
    kept = True
    for kind in ("xlsx", "ods", "csv"):
        file = home / f"propositions.{kind}"
        file.write_bytes(sheet_of(propositions, kind))
        seconds, count = timed(lambda file=file: silently(lambda: seminar.bring_in(file)))
        kept &= count == len(propositions) and same_words(propositions)
        print(f"import {kind:<14} {count} contributions, {seconds:.2f} s")
    for name, address in seminar.addresses.items():
        asked = queries(seminar, address)
        milliseconds = 1000 * min(timed(lambda a=address: seminar.team.get(a))[0] for _ in range(5))
        kept &= asked == before[name] <= READING
        print(f"read {name:<16} {asked} queries ({before[name]} for 20), {milliseconds:.0f} ms")
    if keep:
        photograph(home, seminar, keep, "to-sort")
    seconds, groups = timed(seminar.proposed_groups)
    grouped = len({one for group in groups for one in group["contribution"]})
    print(f"propose {'groups':<13} {len(groups)} groups of {grouped}, {seconds:.2f} s")
    seconds, _ = timed(lambda: seminar.sort(propositions, aside="Autre sujet"))
    print(f"group {'console':<15} {len(seminar.cards())} cards, {seconds:.2f} s")
    if keep:
        photograph(home, seminar, keep, "sorted")
    seconds, files = timed(lambda: leave(seminar))
    kept &= seconds < NOTE_SECONDS and len(files) == 4
    print(f"note {'draft to files':<16} {', '.join(files)}, {seconds:.2f} s")
    if keep:
        (keep / "note.pdf").write_bytes(files["pdf"])
    print("kept" if kept else "NOT KEPT")
    return 0 if kept else 1


def leave(seminar: Any) -> dict[str, bytes]:
    """Draft, freeze, and every file."""
    from fabrique.stages.deliverable.actions import draft_note, freeze, render_exports
    from fabrique.stages.deliverable.models import Export

    version = freeze(draft_note(seminar.meeting, actor="").pk, actor="")
    render_exports(version)
    exports = Export.objects.filter(version=version).order_by("format")
    return {one.format: one.file.open("rb").read() for one in exports}


def photograph(home: Path, seminar: Any, folder: Path, name: str) -> None:
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    from tests.harness.application import Application, Instance
    from tests.harness.browser import launch

    folder.mkdir(parents=True, exist_ok=True)
    addresses = seminar.addresses
    session = seminar.team.cookies[settings.SESSION_COOKIE_NAME].value
    server = Application(Instance(home)).start()
    try:
        with sync_playwright() as playwright:
            browser = launch(playwright)
            context = browser.new_context(locale="fr-FR")
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}
            context.add_cookies([cookie])
            page = context.new_page()
            for width, height in VIEWPORTS:
                page.set_viewport_size({"width": width, "height": height})
                for shown in ("console", "wall", "transcription", "proposals"):
                    page.goto(f"{server.url}{addresses[shown]}")
                    page.wait_for_timeout(800)
                    page.screenshot(path=folder / f"{name}-{shown}-{width}.png")
    finally:
        server.stop()


def same_words(propositions: list[dict[str, Any]]) -> bool:
    from fabrique.stages.contribution.models import Contribution

    stored = sorted(Contribution.objects.values_list("text", flat=True))
    return stored == sorted(one["text"] for one in propositions)


def queries(seminar: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    seminar.team.get(address)
    with CaptureQueriesContext(connection) as captured:
        if (status := seminar.team.get(address).status_code) != 200:
            raise SystemExit(f"{address}: {status}")
    return len(captured)


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    started = perf_counter()
    done = act()
    return perf_counter() - started, done


def silently(act: Callable[[], Any]) -> Any:
    from contextlib import redirect_stdout

    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        return act()


if __name__ == "__main__":
    main()
