"""A real excerpt of the official code, and a method small enough to read."""

from pathlib import Path

import pytest

from fabrique.stages.programme.blueprint import Blueprint, parse_blueprint
from fabrique.territory.actions import load_reference
from tests.stages.programme.small_blueprint import SMALL
from tests.territory.excerpt import write_excerpt


@pytest.fixture
def territories(db: None, tmp_path: Path) -> None:
    load_reference(write_excerpt(tmp_path / "data"))


@pytest.fixture
def small() -> Blueprint:
    return parse_blueprint(SMALL)
