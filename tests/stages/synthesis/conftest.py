from pathlib import Path

import pytest

from tests.stages.synthesis.two_scales import SAMPLE_FORMATS, Scales


@pytest.fixture(autouse=True)
def _sample_formats_and_own_files(settings, tmp_path: Path) -> None:
    settings.FABRIQUE_FORMATS = [*settings.FABRIQUE_FORMATS, *SAMPLE_FORMATS]
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}


@pytest.fixture
def scales(db: None) -> Scales:
    return Scales.make()
