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
    "unreadable_paper_code": lambda params: (
        _("« %(typed)s » n'est pas un code de carte : recopiez-le, par exemple %(letter)s-07.")
        % params
    ),
    "not_keyed_in": lambda params: _(
        "Ce texte a été écrit par la personne elle-même : il ne se corrige pas ici."
    ),
    "invalid_card": _first_error,
    "illegal_card_move": lambda params: _(
        "Cette carte a changé entre-temps : regardez où elle est, puis recommencez."
    ),
    "reason_needed": lambda params: (
        _("Dites pourquoi, en %(limit)d caractères au plus : son auteur pourra le lire.") % params
    ),
    "cannot_undo": lambda params: _(
        "Ce geste ne peut plus être annulé : ce qu'il a touché a changé depuis."
    ),
    "unknown_move": lambda params: _("La demande n'a pas été comprise. Actualisez la page."),
    "nothing_picked": lambda params: _("Cochez d'abord au moins une contribution."),
    "no_card_picked": lambda params: _("Cochez d'abord au moins une carte à reprendre."),
    "not_to_take_over": lambda params: _(
        "Une des cartes cochées a été retirée entre-temps : regardez la liste, puis recommencez."
    ),
    "invalid_hands": lambda params: (
        " ".join(dict.fromkeys(one for all in params.get("errors", {}).values() for one in all))
        or _("Comptez les mains par des nombres entiers, de 0 à %(limit)d.") % params
    ),
    "unknown_phase": lambda params: _("Cet atelier n'a pas cette phase. Actualisez la page."),
    "illegal_workshop_move": lambda params: _(
        "Cet atelier est déjà dans cet état. Actualisez la page."
    ),
    "illegal_room_move": lambda params: _("La salle est déjà dans cet état. Actualisez la page."),
    "not_in_this_run_sheet": lambda params: _(
        "Il n'y a pas de séquence à commencer : vérifiez le déroulé."
    ),
    "invalid_link": lambda params: _("Une carte ne peut pas être reliée à elle-même."),
    "too_many_guesses": lambda params: (
        _("Trop de codes faux. Attendez %(seconds)d secondes, puis réessayez.") % params
    ),
    "ticket_needed": lambda params: _("Rejoignez d'abord la salle avec le code affiché au mur."),
    "csrf_failed": lambda params: _(
        "La demande ne vient pas d'une page de ce site. Rechargez la page, puis recommencez."
    ),
    "unreadable": lambda params: _("La demande n'a pas été comprise : vérifiez ses champs."),
    "method_not_allowed": lambda params: _(
        "La demande n'a pas été comprise : vérifiez ses champs."
    ),
    "server_error": lambda params: _("Le service est en panne"),
    "not_found": lambda params: _("Rien ici, ou rien qui vous soit ouvert."),
}
