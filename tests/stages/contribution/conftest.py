import pytest

from tests.stages.contribution.known_people import Known, known_at
from tests.stages.rooms import Held


@pytest.fixture(autouse=True)
def sample_formats(settings) -> None:
    """The two formats of ``sample_formats`` beside the real ones."""
    settings.FABRIQUE_FORMATS = [
        *settings.FABRIQUE_FORMATS,
        "tests.stages.contribution.sample_formats",
    ]


@pytest.fixture
def patronne(held: Held) -> Known:
    """Someone of whom everything is recorded, at the seminar of the test."""
    return known_at(held, "Patronne du bac", "patronne@exemple.fr", "marée")


@pytest.fixture
def gardienne(held: Held) -> Known:
    """Someone else, as well known."""
    return known_at(held, "Gardienne du phare", "gardienne@exemple.fr", "tramway")
