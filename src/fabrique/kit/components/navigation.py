"""Where one is and where one can go."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.translation import get_language, get_language_info

from fabrique.kit.items import nav_items
from fabrique.kit.registry import Props, component


@component()
def breadcrumb(items: Iterable[Any]) -> Props:
    """The way back up, from the programme down to this page; the last one is where one is."""
    listed = nav_items(items)
    return {"parents": listed[:-1], "here": listed[-1] if listed else None}


@component()
def tabs(items: Iterable[Any], *, label: str) -> Props:
    """Neighbouring pages of one thing; plain links, so each has its address."""
    return {"items": nav_items(items), "label": label}


@component(takes_context=True)
def pagination(context: Context, page: "Page[Any]", *, parameter: str = "page") -> Props:
    """The pages of a long list; keeps the filters in the address."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None

    def address(number: int) -> str:
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "shown": page.paginator.num_pages > 1,
        "pages": [
            {
                "number": number,
                "href": address(number) if isinstance(number, int) else "",
                "current": number == page.number,
            }
            for number in elided
        ],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@component(takes_context=True)
def language_switch(context: Context) -> Props:
    """The languages of the screens, each named in itself; posts to Django's own view."""
    request = context.get("request")
    return {
        "languages": [get_language_info(code) for code, _name in settings.LANGUAGES],
        "current": get_language(),
        "next": request.get_full_path() if request is not None else "/",
        "csrf": get_token(request) if request is not None else "",
    }


@component()
def skip_link(*, target: str = "contenu") -> Props:
    """First thing on a page for whoever goes by keyboard: straight to the content."""
    return {"target": target}


@component()
def stepper(items: Iterable[Any], *, current: int, label: str = "") -> Props:
    """Where one is in a form of several pages; ``current`` counts from 1."""
    listed = nav_items(items)
    return {
        "items": [
            {
                "item": item,
                "number": number,
                "state": "done" if number < current else "here" if number == current else "later",
            }
            for number, item in enumerate(listed, start=1)
        ],
        "current": current,
        "total": len(listed),
        "here": listed[current - 1],
        "label": label,
    }
