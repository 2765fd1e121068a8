"""How a page is composed: header, sections, cards, lists, dialogs."""

from django.utils.safestring import SafeString

from fabrique.kit.attributes import Attributes, flat_attributes
from fabrique.kit.components.actions import BUTTON_VARIANTS, check_choice
from fabrique.kit.components.steps import step_mark
from fabrique.kit.icons import icon_svg
from fabrique.kit.registry import Props, component, render_part

GRID_WIDTHS = ("narrow", "medium", "wide", "half")


def _mark(step: str, scale: str = "local") -> SafeString | str:
    return render_part("step_mark", step_mark(step, size="large", scale=scale)) if step else ""


@component(wraps_content=True)
def page_header(
    content: SafeString,
    title: str,
    *,
    eyebrow: str = "",
    lead: str = "",
    step: str = "",
    scale: str = "local",
) -> Props:
    """The opening of every page: where one is, its title, one sentence; inside, its actions."""
    return {
        "content": SafeString(content.strip()),
        "title": title,
        "eyebrow": eyebrow,
        "lead": lead,
        "step": step,
        "mark": _mark(step, scale),
    }


@component(wraps_content=True)
def beside(content: SafeString) -> Props:
    """A header and a card at its side; one above the other where it is narrow."""
    return {"content": SafeString(content.strip())}


@component(wraps_content=True)
def section(
    content: SafeString, title: str, *, lead: str = "", id: str = "", actions: str = ""
) -> Props:
    """A titled part of a page (second-level heading); ``actions`` is rendered HTML."""
    return {"content": content, "title": title, "lead": lead, "id": id, "actions": actions}


@component(wraps_content=True)
def card(
    content: SafeString,
    *,
    title: str = "",
    href: str = "",
    level: int = 3,
    eyebrow: str = "",
    step: str = "",
    footer: str = "",
    id: str = "",
    attrs: Attributes | None = None,
) -> Props:
    """One thing among others: a seminar, a card kept by the group; the title may be a link."""
    return {
        "content": content,
        "title": title,
        "href": href,
        "tag": f"h{level}",
        "eyebrow": eyebrow,
        "step": step,
        "mark": _mark(step),
        "footer": footer,
        "id": id,
        "attrs": flat_attributes(attrs),
    }


@component()
def tile(
    title: str, href: str, *, text: str = "", detail: str = "", step: str = "", level: int = 3
) -> Props:
    """A way in: the whole of it is a link."""
    return {
        "title": title,
        "href": href,
        "text": text,
        "detail": detail,
        "step": step,
        "mark": _mark(step),
        "tag": f"h{level}",
        "icon": icon_svg("arrow"),
    }


@component(wraps_content=True)
def grid(content: SafeString, *, width: str = "medium") -> Props:
    """Cards, tiles or figures side by side, as many as fit; ``width`` is each one's least width.

    ``half`` never sets more than two on a line.
    """
    return {"content": content, "width": check_choice("width", width, GRID_WIDTHS)}


@component(wraps_content=True)
def empty_state(content: SafeString, title: str, *, text: str = "", level: int = 2) -> Props:
    """A page or a list with nothing yet: says what to do first; inside, the button that does it."""
    return {
        "content": SafeString(content.strip()),
        "title": title,
        "text": text,
        "tag": f"h{level}",
    }


@component(wraps_content=True)
def disclosure(
    content: SafeString, summary: str, *, open: bool = False, id: str = "", quiet: bool = False
) -> Props:
    """Detail that most people do not need at first; works without scripts."""
    return {"content": content, "summary": summary, "open": open, "id": id, "quiet": quiet}


@component(wraps_content=True)
def dialog(content: SafeString, id: str, title: str, *, footer: str = "") -> Props:
    """A question that stops the page; opened by ``dialog_button``. Keep a way without scripts."""
    return {"content": content, "id": id, "title": title, "footer": footer}


@component()
def dialog_button(
    label: str, dialog: str, *, href: str = "", variant: str = "secondary", icon: str = ""
) -> Props:
    """Opens a dialog; ``href`` is where it leads without scripts."""
    return {
        "label": label,
        "dialog": dialog,
        "href": href,
        "variant": check_choice("variant", variant, BUTTON_VARIANTS),
        "icon": icon_svg(icon),
    }
