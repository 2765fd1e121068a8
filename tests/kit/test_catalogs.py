"""The words of the screens, compiled without gettext's tools."""

import gettext
from pathlib import Path

import pytest

from fabrique.kit.catalogs import compile_catalogs, english_source, read_catalog, untranslated

SOURCE = """\
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Qu'avez-vous à dire ?"
msgstr "What's on your mind?"

#, python-format
msgid "%(count)s carte : <b>{name}</b> !"
msgid_plural "%(count)s cartes : <b>{name}</b> !"
msgstr[0] "%(count)s card: <b>{name}</b>!"
msgstr[1] "%(count)s cards: <b>{name}</b>!"

msgctxt "état"
msgid "Ouvert"
msgstr "Open"

#, fuzzy
msgid "Fermé"
msgstr "Shut?"

msgid "Suspendu"
msgstr ""
"""


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    source = english_source(tmp_path)
    source.parent.mkdir(parents=True)
    source.write_text(SOURCE)
    return tmp_path


@pytest.fixture
def words(locales: Path) -> dict[str, gettext.NullTranslations]:
    compile_catalogs(locales)
    return {
        language: gettext.translation("django", localedir=locales, languages=[language])
        for language in ("fr", "en")
    }


def test_french_is_the_message_itself_well_typeset(
    words: dict[str, gettext.NullTranslations],
) -> None:
    assert words["fr"].gettext("Qu'avez-vous à dire ?") == "Qu’avez-vous à dire\u202f?"


def test_english_is_what_was_translated_well_typeset(
    words: dict[str, gettext.NullTranslations],
) -> None:
    assert words["en"].gettext("Qu'avez-vous à dire ?") == "What’s on your mind?"


def test_placeholders_and_tags_are_left_as_they_are(
    words: dict[str, gettext.NullTranslations],
) -> None:
    one, many = "%(count)s carte : <b>{name}</b> !", "%(count)s cartes : <b>{name}</b> !"
    french = [words["fr"].ngettext(one, many, number) for number in (0, 1, 2)]
    assert french == [
        "%(count)s carte\u00a0: <b>{name}</b>\u202f!",
        "%(count)s carte\u00a0: <b>{name}</b>\u202f!",
        "%(count)s cartes\u00a0: <b>{name}</b>\u202f!",
    ]
    assert words["en"].ngettext(one, many, 0) == "%(count)s cards: <b>{name}</b>!"


def test_a_context_is_kept(words: dict[str, gettext.NullTranslations]) -> None:
    assert words["en"].pgettext("état", "Ouvert") == "Open"
    assert words["fr"].pgettext("état", "Ouvert") == "Ouvert"


def test_unfinished_english_shows_the_french_and_is_reported(
    locales: Path, words: dict[str, gettext.NullTranslations]
) -> None:
    assert words["en"].gettext("Fermé") == "Fermé"
    assert untranslated(read_catalog(english_source(locales))) == ["Fermé", "Suspendu"]
