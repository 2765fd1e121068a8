"""What refusals say to people: each code in the reader's language, with what to do."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _


class Refusal(Protocol):
    code: Any
    params: dict[str, Any]


def say(error: Refusal) -> str:
    """One or two sentences for the page or the answer of the API."""
    words = _WORDS.get(str(error.code))
    return words(error.params) if words else _("Cela n'a pas pu être fait. Réessayez.")


def _room_not_open(params: Mapping[str, Any]) -> str:
    if params.get("state") == "closed":
        return _("La séance est terminée : la salle est fermée.")
    return _("La salle n'est pas encore ouverte. Réessayez quand la séance commence.")


def _first_error(params: Mapping[str, Any]) -> str:
    errors = [one for all in params.get("errors", {}).values() for one in all]
    return " ".join(errors) or _("Vérifiez ce que vous avez écrit.")


_WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "unknown_room": lambda params: _(
        "Aucune salle n'a ce code. Vérifiez les six caractères affichés au mur."
    ),
    "room_not_open": _room_not_open,
    "name_needed": lambda params: (
        _("Choisissez un pseudonyme.")
        if params.get("identity") == "pseudonym"
        else _("Choisissez votre nom dans la liste, ou écrivez-le.")
    ),
    "name_too_long": lambda params: (
        _("Ce nom est trop long : %(limit)d caractères au plus.") % params
    ),
    "label_taken": lambda params: (
        _(
            "« %(label)s » est déjà dans la salle. Choisissez un autre nom, par exemple avec une "
            "initiale."
        )
        % params
    ),
    "member_taken": lambda params: (
        _(
            "« %(name)s » est déjà dans la salle. Si c'est vous sur un nouveau téléphone, "
            "confirmez-le ; sinon choisissez un autre nom."
        )
        % params
    ),
    "not_in_this_group": lambda params: _("Ce nom n'est plus dans la liste. Choisissez-en un."),
    "not_in_this_room": lambda params: _(
        "Vous n'êtes plus dans cette salle. Rejoignez-la avec le code affiché au mur."
    ),
    "workshop_closed": lambda params: _(
        "Cet atelier est fermé. Votre texte n'est pas perdu : il reste sur cet écran."
    ),
    "invalid_contribution": _first_error,
    "invalid_answer": _first_error,
    "identifier_taken": lambda params: _(
        "Cet identifiant est déjà pris. Envoyez de nouveau votre texte."
    ),
    "paper_code_taken": lambda params: _("La carte %(paper_code)s est déjà saisie.") % params,
    "invalid_link": lambda params: _("Une carte ne peut pas être reliée à elle-même."),
    "too_many_guesses": lambda params: (
        _("Trop de codes faux. Attendez %(seconds)d secondes, puis réessayez.") % params
    ),
    "ticket_needed": lambda params: _("Rejoignez d'abord la salle avec le code affiché au mur."),
    "unreadable": lambda params: _("La demande n'a pas été comprise : vérifiez ses champs."),
    "not_found": lambda params: _("Rien ici, ou rien qui vous soit ouvert."),
}
