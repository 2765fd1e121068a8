"""The day as templates say it."""

from datetime import date

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2020, 5, 1), "1er mai 2020"), (date(2020, 5, 12), "12 mai 2020"), (None, "")],
)
def test_the_first_of_a_month_has_its_name_and_no_day_says_nothing(day, said) -> None:
    template = Template("{% load kit %}{{ day|day }}")
    assert template.render(Context({"day": day})) == said
