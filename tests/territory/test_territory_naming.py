"""The many ways of writing a place meet in one spelling."""

import pytest

from fabrique.territory.naming import search_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Saint-Dié-des-Vosges", "saint die des vosges"),
        ("ST DIE", "saint die"),
        ("Ste-Anne", "sainte anne"),
        ("Stains", "stains"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("L’Haÿ", "l hay"),
        ("Œuilly", "oeuilly"),
        ("Cluses s/ Arve", "cluses sur arve"),
        ("Jouy s/s Thelle", "jouy sous thelle"),
        ("Communauté d'agglomération du Beauvaisis", "ca du beauvaisis"),
        ("  %_\\\x00 ", ""),
    ],
)
def test_a_name_has_one_spelling(typed: str, key: str) -> None:
    assert search_key(typed) == key
