"""French typography is added to what is read, and never changes a word."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fabrique.document.typography import english, french, typeset

THIN, FIRM = "\u202f", "\u00a0"


def shown(text: str) -> str:
    """The two no-break spaces made visible: `_` for the thin one, `~` for the other."""
    return french(text).replace(THIN, "_").replace(FIRM, "~")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Qu'est-ce que c'est ? Oui!", "Qu’est-ce que c’est_? Oui_!"),
        ("Exemple: oui ; non;", "Exemple~: oui_; non_;"),
        ("« Bonjour » : dit-il", "«_Bonjour_»~: dit-il"),
        ("«Bonjour»!", "«_Bonjour_»_!"),
        ("Vraiment ?!", "Vraiment_?!"),
        ("Il dit...", "Il dit…"),
        ("12 345 habitants, 5% et 10 000 000 €", "12~345 habitants, 5~% et 10~000~000~€"),
        ("à 14 h 30, pendant 20 min", "à 14~h~30, pendant 20~min"),
        ("3 km de 12 m²", "3~km de 12~m²"),
        ("carte n° 7", "carte n°~7"),
        ("d'« avant »", "d’«_avant_»"),
    ],
)
def test_prose_is_set_as_in_print(typed, expected):
    assert shown(typed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "14:30",
        "02 97 02 22 00",
        "https://exemple.fr/?q=1;b=2!x",
        "equipe@exemple.fr",
        "V-07",
        "lorient-local-1/v1",
        "`a ; b`",
        '<a href="?a=1;b!">x</a>',
        "&nbsp;&eacute;",
        "{nom!r}",
        "en 2020 150 personnes",
        "std::vector",
    ],
)
def test_what_is_not_prose_is_left_alone(text):
    assert french(text) == text


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("%(n)s cartes : %(nom)s !", "%(n)s cartes~: %(nom)s_!"),
        ("d'{nom} ?", "d’{nom}_?"),
        ("%s : %d %%", "%s~: %d~%%"),
        ("50 %% des voix", "50~%% des voix"),
        (
            "<strong>Attention !</strong> Lire d'abord.",
            "<strong>Attention_!</strong> Lire d’abord.",
        ),
    ],
)
def test_a_message_keeps_its_placeholders_and_tags(message, expected):
    assert shown(message) == expected


PROSE = st.text(alphabet="abé 'l12 0%:;!?«».,…\n<>/{}()h€m\ue000\u202f\u00a0°n", max_size=60)


@given(PROSE)
@example("« d'« x » »")
@example("!? : ;")
def test_setting_twice_changes_nothing_more(text):
    assert french(french(text)) == french(text)
    assert english(english(text)) == english(text)


@given(PROSE)
def test_no_letter_is_added_lost_or_moved(text):
    def letters(value: str) -> str:
        return re.sub(rf"[\s{THIN}{FIRM}]", "", value).replace("’", "'").replace("…", "...")

    assert letters(french(text)) == letters(text)


def test_english_is_set_gently():
    assert english("It's the cities' note... 5 %: yes!") == "It’s the cities’ note… 5 %: yes!"


def test_an_unknown_language_is_left_as_typed():
    assert typeset("C'est ?", "br") == "C'est ?"
