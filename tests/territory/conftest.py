from pathlib import Path

import pytest

from fabrique.territory.actions import load_reference
from tests.territory.excerpt import write_excerpt


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_excerpt(tmp_path / "data")


@pytest.fixture
def excerpt(db: None, source: Path) -> None:
    load_reference(source)
