"""The refusals of this stage in plain words, and durations as one says them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
    "illegal_room_move": lambda p: (
        _("La salle est déjà ouverte.") if p["move"] == "open" else _("La salle n'est pas ouverte.")
    ),
}
