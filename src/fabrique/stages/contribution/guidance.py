"""The one thing a facilitator most probably does next, so that one button is enough."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fabrique.stages.contribution.enums import WorkshopState
from fabrique.stages.contribution.formats.contract import Format
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.seminar.enums import RoomState
from fabrique.stages.seminar.models import Room
from fabrique.stages.seminar.pace import Pace


@dataclass(frozen=True)
class NextMove:
    """A move of the console, what its button says and what it sends."""

    move: str
    label: str
    fields: dict[str, str] = field(default_factory=dict)
    confirm: str = ""


def next_move(
    room: Room,
    pace: Pace,
    workshop: Workshop | None,
    format: Format | None,
    due: Workshop | None = None,
) -> NextMove | None:
    """Open the room, start, open the workshop, go through its phases, close it, go on.

    ``workshop`` is the one shown, ``due`` that of the running sequence: once a sequence has begun,
    its own comes before what the one shown would still go through.
    """
    if room.state == RoomState.READY:
        return NextMove("open_room", _("Ouvrir la salle"))
    if room.state == RoomState.CLOSED:
        return None
    if pace.running is None and pace.following is not None:
        return NextMove("next_sequence", _("Commencer la première séquence"))
    if due is not None and due != workshop and due.state == WorkshopState.WAITING:
        return _opening(due)
    asked = _workshop_move(workshop, format, pace) if workshop and format else None
    if asked is not None:
        return asked
    if pace.following is not None:
        return NextMove("next_sequence", _("Passer à la séquence suivante"))
    return NextMove(
        "close_room",
        _("Terminer la séance"),
        confirm=_("Terminer la séance ? Les téléphones ne pourront plus rien envoyer."),
    )


def _opening(workshop: Workshop) -> NextMove:
    """Opening one closes the one that was open."""
    fields = {"workshop": str(workshop.pk), "follow": str(workshop.pk)}
    return NextMove("open_workshop", _("Ouvrir l'atelier sur les téléphones"), fields)


def _workshop_move(workshop: Workshop, format: Format, pace: Pace) -> NextMove | None:
    this = {"workshop": str(workshop.pk)}
    if workshop.state == WorkshopState.OPEN:
        keys = [phase.key for phase in format.phases]
        onward = format.phases[keys.index(format.phase(workshop.phase).key) + 1 :]
        if onward:
            label = _("Passer à la phase « %(phase)s »") % {"phase": onward[0].label}
            return NextMove("change_phase", label, this | {"phase": onward[0].key})
        return NextMove("close_workshop", _("Fermer l'atelier"), this)
    is_now = pace.running is not None and workshop.sequence_id == pace.running.pk
    if is_now and workshop.state == WorkshopState.WAITING:
        return _opening(workshop)
    return None
