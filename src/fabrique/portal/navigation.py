"""What every page's header and footer need to know."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.kit.items import NavItem

BARE_SHELL = {
    "product_name": gettext_lazy("Fabrique"),
    "home_url": "/",
    "navigation": (),
    "account_navigation": (),
    "sign_out_url": "",
    "footer_navigation": (),
}


def address_of(name: str) -> str:
    """The address of a named page, or nothing where this instance does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _main(request: HttpRequest) -> list[NavItem]:
    if not request.user.is_authenticated:
        return []
    places = [
        (_("Mes démarches"), address_of("home")),
        (_("Nouvelle démarche"), address_of("programme:create")),
    ]
    return [NavItem(label, href, current=request.path == href) for label, href in places if href]


def _account(request: HttpRequest) -> list[NavItem]:
    if request.user.is_authenticated:
        return [NavItem(str(request.user))]
    sign_in = address_of("people:sign-in")
    return [NavItem(_("Se connecter"), sign_in)] if sign_in else []


def _footer() -> list[NavItem]:
    return [
        NavItem(_("Accessibilité : non conforme"), address_of("accessibility")),
        NavItem(_("Mentions légales et données personnelles"), address_of("legal")),
        NavItem(_("Interface de programmation (fichier OpenAPI)"), address_of("api:openapi-json")),
    ]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that fragments and answers without a header cost nothing."""
    return {
        "product_name": _("Fabrique"),
        "home_url": address_of("home") or "/",
        "navigation": SimpleLazyObject(lambda: _main(request)),
        "account_navigation": SimpleLazyObject(lambda: _account(request)),
        "sign_out_url": SimpleLazyObject(
            lambda: address_of("people:sign-out") if request.user.is_authenticated else ""
        ),
        "footer_navigation": SimpleLazyObject(_footer),
    }
