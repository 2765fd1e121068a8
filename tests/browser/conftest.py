"""Run side by side, the tests of one file stay together: they share a server, some tell a story.

Only the table of pages, by far the longest and without a story, is dealt out one page at a time.
"""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
DEALT_OUT = {"test_every_page"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and item.path.stem not in DEALT_OUT:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
