"""``{% load kit %}``: every component as a template tag, and French typography as a filter."""

from datetime import date, datetime, time
from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString

import fabrique.kit.components  # noqa: F401  (declares the components)
from fabrique.kit.attributes import attribute_name
from fabrique.kit.dates import day_words, hour_words, instant_words
from fabrique.kit.icons import icon_svg
from fabrique.kit.registry import COMPONENTS, part_paths, theme_in_force
from fabrique.kit.typography import typeset

register = template.Library()

for _component in COMPONENTS.values():
    _declare = register.simple_block_tag if _component.wraps_content else register.simple_tag
    _declare(
        _component.render, name=_component.name, takes_context=_component.takes_context or None
    )


@register.filter
def day(value: date | None, of: str = "F Y") -> str:
    """« 1er mai 2020 », where Django's own filter would say « 1 mai 2020 »; nothing for no day."""
    return day_words(value, of=of) if value else ""


@register.filter
def hour(value: time | datetime | None) -> str:
    """« 14 h 30 », where Django's own filter would say « 14:30 »; nothing for no hour."""
    return hour_words(value) if value else ""


@register.filter
def instant(value: datetime | None) -> str:
    """« 1er mai 2020 à 14 h 30 », nothing for no instant."""
    return instant_words(value) if value else ""


@register.simple_tag
def attrs(**attributes: Any) -> dict[str, Any]:
    """Attributes to hand to a component: ``{% attrs hx_post=url data_copy=True as more %}``."""
    return {attribute_name(key): value for key, value in attributes.items()}


@register.simple_tag
def theme() -> str:
    """The theme in force, for the page shells only."""
    return theme_in_force()


@register.simple_tag
def theme_part(name: str) -> list[str]:
    """The template of a part of the page shell, in the theme in force."""
    return part_paths(theme_in_force(), name)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawn icon, beside words."""
    return icon_svg(name)


@register.simple_tag
def pairs(*values: Any) -> list[tuple[Any, Any]]:
    """``{% pairs "Accueil" url "Séminaire" "" as trail %}``: pairs for breadcrumb, tabs, facts."""
    return list(zip(values[::2], values[1::2], strict=True))


@register.filter
@stringfilter
def typo(text: str) -> str:
    """Typed text with French spaces and apostrophes."""
    return typeset(text)
