from datetime import date

import pytest

from fabrique.document.wording import day


@pytest.mark.parametrize(
    ("value", "in_french", "in_english"),
    [
        (date(2020, 9, 17), "17 septembre 2020", "17 September 2020"),
        (date(2020, 10, 1), "1er octobre 2020", "1 October 2020"),
        (date(2021, 1, 11), "11 janvier 2021", "11 January 2021"),
    ],
)
def test_a_day_as_each_language_writes_it(value: date, in_french: str, in_english: str) -> None:
    assert (day(value, "fr"), day(value, "en")) == (in_french, in_english)
