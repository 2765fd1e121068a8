from pathlib import Path

import pytest

from tests.stages.deliverable.seminars import Session, a_session


@pytest.fixture(autouse=True)
def formats_and_files(settings, tmp_path: Path) -> None:
    """The sample formats beside the real ones, and files in a folder of this test's own."""
    settings.FABRIQUE_FORMATS = [
        *settings.FABRIQUE_FORMATS,
        "tests.stages.contribution.sample_formats",
    ]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


@pytest.fixture
def session(db: None) -> Session:
    return a_session()
