"""The refusals of this stage in plain words, and durations as one says them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.stages.seminar.analyses.principles import Advice
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.errors import RoomError


def say(error: RoomError) -> str:
    return _REFUSALS[error.code](error.params)


def duration_words(minutes: int) -> str:
    """« 45 min », « 3 h », « 2 h 05 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}


def sequences_words(count: int) -> str:
    return ngettext("%(count)d séquence", "%(count)d séquences", count) % {"count": count}


_REFUSALS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "room_already_opened": lambda p: (
        _(
            "La salle a déjà été ouverte : la façon dont chacun y est connu ne change plus "
            "(%(identity)s)."
        )
        % {"identity": Identity(p["identity"]).label}
    ),
    "sequence_running": lambda p: (
        _("« %(title)s » est en cours dans la salle. Passez à la suivante avant de la retirer.") % p
    ),
    "illegal_room_move": lambda p: (
        _("La salle est déjà ouverte.") if p["move"] == "open" else _("La salle n'est pas ouverte.")
    ),
}


def say_advice(advice: Advice) -> str:
    """A principle that is not met, and what to do about it."""
    return _ADVICE[advice.code](advice.params)


_ADVICE: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "no_testimony": lambda p: _(
        "Personne ne vient témoigner. Invitez un acteur extérieur, et laissez le groupe débattre "
        "de ce qu'il aura entendu."
    ),
    "no_debate": lambda p: _(
        "Le groupe ne débat à aucun moment. Ajoutez un temps de débat après chaque témoignage."
    ),
    "testimonies_in_a_row": lambda p: (
        _(
            "« %(first)s » et « %(second)s » se suivent sans débat. Placez entre les deux un "
            "temps où le groupe réagit."
        )
        % p
    ),
    "no_long_time": lambda p: _(
        "Rien ne se rapporte au temps long. Indiquez quelle séquence fait regarder vers "
        "l'horizon, ou ajoutez-en une."
    ),
    "no_short_time": lambda p: _(
        "Rien ne se rapporte au temps court. Indiquez quelle séquence ramène à l'action, ou "
        "ajoutez-en une."
    ),
    "no_break": lambda p: (
        _("%(duration)s s'enchaînent sans pause. Ajoutez-en une avant « %(before)s ».")
        % {"duration": duration_words(p["minutes"]), "before": p["before"]}
    ),
    "too_long": lambda p: (
        _(
            "Le déroulé dure %(duration)s, pour %(limit)s au plus. Raccourcissez une séquence, "
            "ou gardez-la pour la prochaine fois."
        )
        % {"duration": duration_words(p["minutes"]), "limit": duration_words(p["limit"])}
    ),
}
