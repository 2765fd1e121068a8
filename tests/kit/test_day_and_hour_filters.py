"""Days and hours as templates say them."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template
from django.utils import translation


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2020, 5, 1), "1er mai 2020"), (date(2020, 5, 12), "12 mai 2020"), (None, "")],
)
def test_the_first_of_a_month_has_its_name_and_no_day_says_nothing(day, said) -> None:
    template = Template("{% load kit %}{{ day|day }}")
    assert template.render(Context({"day": day})) == said


NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("hour", "in_french", "in_english"),
    [
        (time(14), f"14{NO_BREAK}h", "14:00"),
        (time(9, 5), f"9{NO_BREAK}h{NO_BREAK}05", "09:05"),
        (datetime(2020, 7, 1, 12, 30, tzinfo=UTC), f"14{NO_BREAK}h{NO_BREAK}30", "14:30"),
        (None, "", ""),
    ],
)
def test_an_hour_is_held_together_and_told_in_the_territory_s_time(
    hour: time | datetime | None, in_french: str, in_english: str
) -> None:
    template = Template("{% load kit %}{{ hour|hour }}")
    for language, said in (("fr", in_french), ("en", in_english)):
        with translation.override(language):
            assert template.render(Context({"hour": hour})) == said


def test_an_instant_says_its_day_and_its_hour() -> None:
    template = Template("{% load kit %}{{ at|instant }}")
    at = Context({"at": datetime(2020, 4, 30, 22, 30, tzinfo=UTC)})
    assert template.render(at) == f"1er mai 2020 à 0{NO_BREAK}h{NO_BREAK}30"
    with translation.override("en"):
        assert template.render(at) == "1 May 2020, 00:30"
