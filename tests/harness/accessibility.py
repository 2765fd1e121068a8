"""Accessibility violations of an open page, found by axe and written to be read.

The site's content security policy forbids adding a script tag, so axe is evaluated by the
browser's debugging protocol, which stands outside the page's policy.
"""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _axe() -> str:
    if not SOURCE.exists():
        raise AssertionError("axe-core is absent: make build")
    return SOURCE.read_text()


def violations(page: Page, *, within: str | None = None) -> list[str]:
    """One readable paragraph a violation: rule, help, and each place it was met."""
    page.evaluate(_axe())
    found = page.evaluate(
        "([within, standards]) => axe.run(within ?? document,"
        " { runOnly: { type: 'tag', values: standards }, resultTypes: ['violations'] })",
        [within, STANDARDS],
    )
    return [_readable(violation) for violation in found["violations"]]


def check_accessible(page: Page, *, within: str | None = None) -> None:
    """Fail with every violation of the page as it now stands."""
    found = violations(page, within=within)
    assert not found, f"{page.url}\n\n" + "\n\n".join(found)


def _readable(violation: dict[str, Any]) -> str:
    places = "\n".join(
        f"  {' '.join(node['target'])}\n    {node['html'][:200]}\n    {node['failureSummary']}"
        for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
