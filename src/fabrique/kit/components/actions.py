"""What one does: buttons, links, toolbars."""

from collections.abc import Mapping

from django.middleware.csrf import get_token
from django.template import Context
from django.utils.safestring import SafeString

from fabrique.kit.attributes import Attributes, flat_attributes
from fabrique.kit.icons import icon_svg
from fabrique.kit.registry import Props, component

BUTTON_VARIANTS = ("primary", "secondary", "quiet", "danger")
BUTTON_SIZES = ("small", "medium", "large")


def check_choice(prop: str, value: str, choices: tuple[str, ...]) -> str:
    """Refuse a value that no theme knows how to show."""
    if value not in choices:
        raise ValueError(f"{prop} is {value!r}; it must be one of {', '.join(choices)}")
    return value


@component()
def button(
    label: str,
    *,
    variant: str = "secondary",
    href: str = "",
    type: str = "submit",
    name: str = "",
    value: object = "",
    size: str = "medium",
    icon: str = "",
    disabled: bool = False,
    context_label: str = "",
    attrs: Attributes | None = None,
) -> Props:
    """An action, named by what will happen; a link when ``href`` is given.

    One primary button a page. ``context_label`` completes the label for assistive technology
    (« Modifier » → « Modifier la séquence 3 ») where the same word comes several times.
    """
    return {
        "label": label,
        "variant": check_choice("variant", variant, BUTTON_VARIANTS),
        "href": href,
        "type": check_choice("type", type, ("submit", "button", "reset")),
        "name": name,
        "value": value,
        "size": check_choice("size", size, BUTTON_SIZES),
        "icon": icon_svg(icon),
        "disabled": disabled,
        "context_label": context_label,
        "attrs": flat_attributes(attrs),
    }


@component(takes_context=True)
def post_button(
    context: Context,
    label: str,
    action: str,
    *,
    variant: str = "secondary",
    size: str = "medium",
    icon: str = "",
    fields: Mapping[str, object] | None = None,
    confirm: str = "",
    disabled: bool = False,
    context_label: str = "",
    attrs: Attributes | None = None,
    button_attrs: Attributes | None = None,
) -> Props:
    """One button that posts: a whole small form, with its protection, working without scripts.

    ``fields`` are hidden values; ``confirm`` is a question asked first; ``attrs`` go on the form.
    """
    request = context.get("request")
    return {
        "action": action,
        "fields": dict(fields or {}),
        "confirm": confirm,
        "csrf": get_token(request) if request is not None else "",
        "attrs": flat_attributes(attrs),
        "label": label,
        "variant": check_choice("variant", variant, BUTTON_VARIANTS),
        "size": check_choice("size", size, BUTTON_SIZES),
        "icon_name": icon,
        "disabled": disabled,
        "context_label": context_label,
        "button_attrs": dict(button_attrs or {}),
    }


@component()
def link(
    label: str,
    href: str,
    *,
    icon: str = "",
    external: bool = False,
    quiet: bool = False,
    context_label: str = "",
    attrs: Attributes | None = None,
) -> Props:
    """A place to go. Say where it leads; ``external`` says that one leaves the site."""
    return {
        "label": label,
        "href": href,
        "icon": icon_svg(icon),
        "external": external,
        "external_icon": icon_svg("external"),
        "quiet": quiet,
        "context_label": context_label,
        "attrs": flat_attributes(attrs),
    }


@component(wraps_content=True)
def toolbar(content: SafeString, label: str, *, end: bool = False) -> Props:
    """Buttons that belong together; ``label`` names the group; ``end`` pushes it to the side."""
    return {"content": content, "label": label, "end": end}


@component(wraps_content=True)
def actions(content: SafeString) -> Props:
    """The buttons that end a form or a part of a page: the main one first."""
    return {"content": content}
