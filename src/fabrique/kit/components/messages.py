"""What the software says: alerts, badges, short-lived messages."""

from django.contrib.messages import get_messages
from django.template import Context
from django.utils.safestring import SafeString

from fabrique.kit.components.actions import check_choice
from fabrique.kit.icons import icon_svg
from fabrique.kit.registry import Props, component

ALERT_KINDS = ("info", "success", "warning", "error")
BADGE_KINDS = ("neutral", "accent", *ALERT_KINDS)


@component(wraps_content=True)
def alert(content: SafeString, *, kind: str = "info", title: str = "", live: bool = False) -> Props:
    """A message that stays; errors say what to do. ``live`` when it comes without a new page."""
    check_choice("kind", kind, ALERT_KINDS)
    return {
        "content": content,
        "kind": kind,
        "title": title,
        "icon": icon_svg(kind),
        "role": ("alert" if kind == "error" else "status") if live else "",
    }


@component()
def badge(label: str, *, kind: str = "neutral") -> Props:
    """The state of a thing, in one or two words: « Ouverte », « Validée »."""
    check_choice("kind", kind, BADGE_KINDS)
    return {
        "label": label,
        "kind": kind,
        "icon": icon_svg(dict.fromkeys(("accent", "neutral", "info"), "").get(kind, kind)),
    }


@component()
def tag(label: str, *, href: str = "", pressed: bool | None = None, name: str = "") -> Props:
    """A theme or a category; a link when it filters; ``pressed`` when it is the filter in force."""
    return {"label": label, "href": href, "pressed": pressed, "name": name}


@component(takes_context=True)
def toasts(context: Context) -> Props:
    """The messages left by the previous action, in a region assistive technology listens to."""
    request = context.get("request")
    kinds = {"error": "error", "warning": "warning", "success": "success"}
    found = get_messages(request) if request is not None else []
    return {
        "messages": [
            {
                "text": str(message),
                "kind": (kind := kinds.get(message.level_tag, "info")),
                "icon": icon_svg(kind),
            }
            for message in found
        ]
    }


@component()
def live_region(id: str, *, text: str = "", hidden: bool = True) -> Props:
    """A line that scripts fill and assistive technology reads out (« 3 cartes reçues »)."""
    return {"id": id, "text": text, "hidden": hidden}


@component()
def notice_demo(*, text: str = "") -> Props:
    """Says that what is shown is demonstration data; on every page that shows some."""
    return {"text": text}
