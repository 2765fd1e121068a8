"""A handful of drawn icons, always beside words and hidden from assistive technology."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_PATHS = {
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "back": "M20 12H5M11 6l-6 6 6 6",
    "check": "M4.5 12.5l5 5 10-11",
    "close": "M6 6l12 12M18 6L6 18",
    "plus": "M12 5v14M5 12h14",
    "clock": "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 7.5V12l3 2",
    "print": "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "external": "M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9",
    "people": (
        "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20a6.5 6.5 0 0113 0"
        "M16 4.5a3.5 3.5 0 010 6.2M18 14.5a6.5 6.5 0 013.5 5.5"
    ),
    "edit": "M4 20l1-4.5L16.5 4 20 7.5 8.5 19 4 20z",
    "info": "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 11v5.5M12 7.4v.2",
    "warning": "M12 4l9 16H3zM12 10v5M12 17.4v.2",
    "error": "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7zM12 7.5V13M12 16.2v.2",
    "success": "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM8 12.3l3 3 5-6",
    "copy": "M9 9h11v11H9zM15 9V4H4v11h5",
    "link": (
        "M10 14a4.5 4.5 0 006.4 0l3-3A4.5 4.5 0 0013 4.6l-1 1"
        "M14 10a4.5 4.5 0 00-6.4 0l-3 3A4.5 4.5 0 0011 19.4l1-1"
    ),
    "play": "M8 5l11 7-11 7z",
    "pause": "M8 5v14M16 5v14",
    "search": "M11 4a7 7 0 100 14 7 7 0 000-14zM16.5 16.5L21 21",
    "quote": "M5 17c3-1 4-3 4-6H5V6h5v5c0 4-2 7-5 8zM14 17c3-1 4-3 4-6h-4V6h5v5c0 4-2 7-5 8z",
}
NAMES = tuple(_PATHS)


def icon_svg(name: str) -> SafeString:
    """The drawing of an icon; no name, no drawing; an unknown name is an error."""
    if not name:
        return mark_safe("")
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round"'
        ' stroke-linejoin="round"><path d="{}"/></svg>',
        _PATHS[name],
    )
