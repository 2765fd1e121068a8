import pytest


@pytest.fixture(autouse=True)
def sample_formats(settings) -> None:
    """The two formats of ``sample_formats`` beside the real ones."""
    settings.FABRIQUE_FORMATS = [
        *settings.FABRIQUE_FORMATS,
        "tests.stages.contribution.sample_formats",
    ]
