"""The refusals of this stage in plain words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.errors import RoomError


def say(error: RoomError) -> str:
    return _REFUSALS[error.code](error.params)


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
