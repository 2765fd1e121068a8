"""What a territory adds to the method's lists and fields: after the shared ones, and marked.

The shared grid is what makes territories comparable. A territory's own words and fields stand
beside it, in the settings of its workshop: ``local`` (words, by list) and ``local_fields``.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from fabrique.stages.contribution.formats.contract import Format, Text
    from fabrique.stages.contribution.models import Workshop

#: Names of the form's fields that a territory adds; what they hold is ``payload["local"]``.
PREFIX = "local-"


class LocalWord(str):
    """A word of a list that only this territory uses."""

    __slots__ = ()


def with_local(workshop: "Workshop", name: str, lines: Any) -> Any:
    """A list of the method's with the territory's words after it; other settings as they are."""
    own = _mapping(workshop.settings.get("local")).get(name)
    if not own or not isinstance(lines, list | tuple):
        return lines
    shared = {str(line) for line in lines}
    return [*lines, *(LocalWord(word) for word in own if word not in shared)]


def local_fields(workshop: "Workshop") -> dict[str, forms.Field]:
    """The fields a territory adds to what people and cards say: short texts, never asked for."""
    return {
        f"{PREFIX}{place}": forms.CharField(label=label, required=False, max_length=300, strip=True)
        for place, label in enumerate(workshop.settings.get("local_fields") or ())
    }


def by_field(fields: Mapping[str, forms.Field], said: Any) -> dict[str, str]:
    """What a payload says under ``local``, by the names of these fields."""
    own = _mapping(said)
    return {
        name: str(own[str(field.label)])
        for name, field in fields.items()
        if name.startswith(PREFIX) and str(field.label) in own
    }


def by_label(form: forms.Form) -> dict[str, str]:
    """What a clean form says in those fields, by their labels: what a payload keeps."""
    return {
        str(form.fields[name].label): value
        for name, value in form.cleaned_data.items()
        if name.startswith(PREFIX) and value
    }


def details_of(format: "Format", payload: Mapping[str, Any]) -> "list[tuple[Text, str]]":
    """A payload as (label, value) pairs: what the format says of it, then the territory's own."""
    own: Iterable[tuple[Any, Any]] = _mapping(payload.get("local")).items()
    return [*format.details(payload), *((str(label), str(value)) for label, value in own)]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
