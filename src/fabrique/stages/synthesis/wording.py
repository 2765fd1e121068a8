"""What a refusal to release says: what is wrong, which cards, and what to do about it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from fabrique.stages.contribution.errors import ContributionError
from fabrique.stages.contribution.wording import refusals

MOST_NAMED = 3


def say(error: ContributionError) -> str:
    words = _REFUSALS.get(error.code)
    return words(error.params) if words else refusals.say(error)


def _named(params: Mapping[str, Any]) -> str:
    titles = params.get("cards", [])
    names = ", ".join(_("« %(title)s »") % {"title": title} for title in titles[:MOST_NAMED])
    return f"{names}…" if len(titles) > MOST_NAMED else names


_REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "nothing_to_release": lambda params: _("Cochez d'abord au moins une carte."),
    "not_of_this_territory": lambda params: _(
        "Une des cartes n'est pas de ce territoire : rien n'a été versé. Choisissez dans la liste."
    ),
    "card_is_private": lambda params: (
        _(
            "%(cards)s : carte réservée à son auteur et à l'équipe d'animation. Rien n'a été "
            "versé ; décochez-la, ou rendez-la d'abord au groupe."
        )
        % {"cards": _named(params)}
    ),
    "card_not_kept": lambda params: (
        _(
            "%(cards)s : le groupe ne la retient plus telle quelle (réunie avec une autre ou mise "
            "de côté). Rien n'a été versé ; actualisez la liste."
        )
        % {"cards": _named(params)}
    ),
    "already_withdrawn": lambda params: (
        _(
            "%(cards)s : ce versement est déjà retiré. Il n'y a plus rien à faire ; pour verser "
            "la carte à nouveau, cochez-la dans la liste."
        )
        % {"cards": _named(params)}
    ),
}
