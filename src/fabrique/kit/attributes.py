"""Attributes a page adds to a component (``data-``, ``hx-``, ``aria-``), checked and escaped.

The site's content security policy forbids anything inline, so an attribute that would need it
is refused here rather than silently blocked in the browser.
"""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Attributes = Mapping[str, object]


class ForbiddenAttribute(ValueError):
    """An attribute the content security policy would block."""


def attribute_name(keyword: str) -> str:
    """``hx_post`` in a template is the attribute ``hx-post``."""
    name = keyword.rstrip("_").replace("_", "-").lower()
    if name == "style" or name.startswith(("on", "hx-on")):
        raise ForbiddenAttribute(name)
    return name


def flat_attributes(attributes: Attributes | None) -> SafeString:
    """Write attributes; true is a bare attribute, false and none are left out."""
    parts: list[SafeString] = []
    for key, value in (attributes or {}).items():
        name = attribute_name(key)
        if value is None or value is False:
            continue
        parts.append(
            format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        )
    return format_html_join("", "{}", ((part,) for part in parts))
