"""Chromium, the system's where there is one, and pages that report what went wrong in them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Playwright, expect

# Long enough for a busy machine: a page that is right says so at once all the same.
expect.set_options(timeout=20_000)

# The first opens a page three times as fast: it draws the same, without a window round it.
SYSTEM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, else the one Playwright keeps (`playwright install chromium`)."""
    return playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM") or _system_chromium(),
        args=["--no-sandbox"] if os.geteuid() == 0 else [],
    )


@contextmanager
def watched_context(browser: Browser, **options: object) -> Iterator[BrowserContext]:
    """A fresh visitor, in French; a script error or a refused inline script fails the test."""
    context = browser.new_context(**{"locale": "fr-FR", **options})  # type: ignore[arg-type]
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on(
        "console",
        lambda message: (
            faults.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    try:
        yield context
    finally:
        context.close()
    assert not faults, "in the page: " + "\n".join(faults)


def _system_chromium() -> str | None:
    for name in SYSTEM_NAMES:
        found = shutil.which(name)
        # Ubuntu's package is a stub that starts a snap: of no use here.
        if found and not os.path.realpath(found).startswith("/usr/bin/snap"):
            return found
    return None
