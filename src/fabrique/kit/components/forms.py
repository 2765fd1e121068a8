"""What one fills in: Django forms, rendered field by field so that nothing typed is lost."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.safestring import SafeString

from fabrique.kit.attributes import Attributes, flat_attributes
from fabrique.kit.components.actions import check_choice
from fabrique.kit.drafts import written_drafts
from fabrique.kit.registry import Props, component, theme_in_force

WIDTHS = ("full", "medium", "short", "number")

_WIDGET_CLASSES = {
    "plain": {"input": "input", "select": "input input--select", "choice": "choice__input"},
    "dsfr": {"input": "fr-input", "select": "fr-select", "choice": ""},
}
_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def field_kind(bound: BoundField) -> str:
    """How a field is laid out: a single box, a group of choices, a file, or a line."""
    widget = bound.field.widget
    if isinstance(widget, _GROUPS):
        return "radio" if not isinstance(widget, forms.CheckboxSelectMultiple) else "checkboxes"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "select" if isinstance(widget, forms.Select) else "input"


def _widget_class(kind: str) -> str:
    classes = _WIDGET_CLASSES[theme_in_force()]
    return classes.get(kind, classes["choice" if kind in ("checkbox", "radio") else "input"])


def _described_by(bound: BoundField, hint: str) -> str:
    parts = []
    if hint:
        parts.append(f"{bound.auto_id}_helptext")
    if bound.errors:
        parts.append(f"{bound.auto_id}_error")
    return " ".join(parts)


def _control(bound: BoundField, kind: str, hint: str, attrs: Attributes | None) -> SafeString:
    own = bound.field.widget.attrs.get("class", "")
    merged: dict[str, Any] = {"class": f"{_widget_class(kind)} {own}".strip()}
    # A browser would cut what is pasted and say nothing: the refusal tells how much is too much.
    merged["maxlength"] = False
    if described_by := _described_by(bound, hint):
        merged["aria-describedby"] = described_by
    merged.update({key.replace("_", "-"): value for key, value in (attrs or {}).items()})
    return bound.as_widget(attrs=merged)


@component()
def field(
    bound_field: BoundField,
    *,
    label: str | None = None,
    hint: str | None = None,
    hidden_label: bool = False,
    width: str = "full",
    inline: bool = False,
    attrs: Attributes | None = None,
) -> Props:
    """One field of a form: label, hint, control, and the error that says what to do.

    ``attrs`` go on the control itself. Hidden fields are written without decoration. ``inline``
    sets a few short choices side by side.
    """
    kind = field_kind(bound_field)
    hint = str(bound_field.help_text if hint is None else hint)
    is_group = kind in ("radio", "checkboxes")
    return {
        "bound": bound_field,
        "id": bound_field.auto_id,
        "hidden": bound_field.is_hidden,
        "kind": kind,
        "is_group": is_group,
        "label": bound_field.label if label is None else label,
        "hint": hint,
        "hidden_label": hidden_label,
        "required": bound_field.field.required,
        "errors": bound_field.errors,
        "width": check_choice("width", width, WIDTHS),
        "inline": inline,
        "described_by": _described_by(bound_field, hint),
        "choices": list(bound_field.subwidgets) if is_group else [],
        "choice_type": "radio" if kind == "radio" else "checkbox",
        "control": "" if is_group else _control(bound_field, kind, hint, attrs),
        "attrs": flat_attributes(attrs) if is_group else "",
    }


@component()
def fields(form: forms.BaseForm) -> Props:
    """All the fields of a form in order, when the page has nothing particular to say."""
    return {"form": form}


@component()
def form_errors(
    form: forms.BaseForm, *, title: str = "", names: Mapping[str, str] | None = None
) -> Props:
    """What must be corrected, at the top of the form, each line leading to its field.

    ``names`` says, by field, what it is called here: several can share one label (« Au »).
    """
    return {
        "shown": form.is_bound and bool(form.errors),
        "title": title,
        "general": form.non_field_errors(),
        "by_field": [
            {
                "id": bound.id_for_label or bound.auto_id,
                "label": (names or {}).get(bound.name, bound.label),
                "errors": errors,
            }
            for bound in form
            if (errors := bound.errors)
        ],
    }


@component()
def choice_row(bound_field: BoundField) -> Props:
    """One question and a few big choices side by side, for a thumb: yes, if need be, no."""
    return {
        "bound": bound_field,
        "id": bound_field.auto_id,
        "label": bound_field.label,
        "hint": str(bound_field.help_text),
        "errors": bound_field.errors,
        "described_by": _described_by(bound_field, str(bound_field.help_text)),
        "choices": list(bound_field.subwidgets),
    }


@component()
def day_choices(bound_field: BoundField, *, reasons: Mapping[str, str] | None = None) -> Props:
    """Days to tick, a week a line; the field's choices are days (« 2020-03-12 »).

    ``reasons`` says, by day, why it had better be left out.
    """
    weeks: dict[date, dict[int, Props]] = {}
    for box in bound_field.subwidgets:
        day = date.fromisoformat(str(box.data["value"]))
        monday = day - timedelta(days=day.weekday())
        reason = (reasons or {}).get(day.isoformat(), "")
        weeks.setdefault(monday, {})[day.weekday()] = {"box": box, "day": day, "reason": reason}
    columns = sorted({weekday for days in weeks.values() for weekday in days})
    some_monday = next(iter(weeks), date(2020, 1, 6))
    return {
        "bound": bound_field,
        "id": bound_field.auto_id,
        "label": bound_field.label,
        "errors": bound_field.errors,
        "columns": [some_monday + timedelta(days=weekday) for weekday in columns],
        "weeks": [
            {"monday": monday, "days": [days.get(weekday) for weekday in columns]}
            for monday, days in weeks.items()
        ],
    }


@component(wraps_content=True)
def fieldset(content: SafeString, legend: str, *, hint: str = "", id: str = "") -> Props:
    """Several fields that answer one question."""
    return {"content": content, "legend": legend, "hint": hint, "id": id}


@component(wraps_content=True)
def one_line(content: SafeString) -> Props:
    """What one types on one line: fields side by side, the first grows, the button at the end."""
    return {"content": SafeString(content.strip())}


@component(takes_context=True)
def forget_drafts(context: Context) -> Props:
    """Where a page tells the browser which drafts it may forget: see ``kit.drafts``."""
    request = context.get("request")
    return {"keys": written_drafts(request) if request is not None else []}
