"""The lists each format asks for, told to the run sheet so that a team can change them."""

from django.utils.functional import Promise

from fabrique.stages.contribution.formats.registry import UnknownFormat, get_format
from fabrique.stages.seminar.word_lists import WordList


def lists_of_format(key: str) -> dict[str, WordList]:
    """Every setting of the format that is a list of words; none for a format not installed.

    An empty one is a list when the format says how to call it.
    """
    try:
        format = get_format(key)
    except UnknownFormat:
        return {}
    return {
        name: WordList([str(word) for word in value], format.list_labels.get(name, ""))
        for name, value in format.default_settings.items()
        if isinstance(value, list | tuple)
        and all(map(_is_word, value))
        and (value or name in format.list_labels)
    }


def _is_word(value: object) -> bool:
    return isinstance(value, str | Promise)
