"""A run sheet in plain words: durations as one says them, and advice."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.stages.seminar.analyses.principles import Advice


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
