"""A passage named on a person's page: quoted once, whatever it quotes itself."""

import pytest

from fabrique.stages.deliverable.followed import _within_quotes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("« Je jugerai aux décisions. »", "Je jugerai aux décisions."),
        ("«\N{NARROW NO-BREAK SPACE}Je jugerai.\N{NARROW NO-BREAK SPACE}»", "Je jugerai."),
        ("« Chaleur » divise le groupe.", "“Chaleur” divise le groupe."),
        ("Sortir du diagnostic", "Sortir du diagnostic"),
    ],
)
def test_quotation_marks_are_never_doubled(words: str, said: str) -> None:
    assert _within_quotes(words) == said
