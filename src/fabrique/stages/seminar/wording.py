"""The refusals of this stage in plain words, and durations as one says them."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fabrique.stages.seminar.analyses.group_year import Cell, DriftCell
from fabrique.stages.seminar.analyses.principles import Advice
from fabrique.stages.seminar.analyses.roll import Roll
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


def roll_words(roll: Roll) -> str:
    """« 14 présents sur 18, quorum atteint », with the substitutes told apart."""
    if not roll.expected:
        return _("personne n'est attendu : composez d'abord le groupe")
    if not roll.is_taken:
        return _("aucune présence notée, %(quorum)s") % {"quorum": quorum_words(roll)}
    present = ngettext(
        "%(count)d présent sur %(expected)d", "%(count)d présents sur %(expected)d", roll.present
    ) % {"count": roll.present, "expected": roll.expected}
    parts = [present]
    if roll.substitutes:
        words = ngettext("%(count)d remplaçant", "%(count)d remplaçants", roll.substitutes)
        parts.append(words % {"count": roll.substitutes})
    return ", ".join((*parts, quorum_words(roll)))


def quorum_words(roll: Roll) -> str:
    """Whether enough people are there to begin, nothing settled before any is noted."""
    facts = {"needed": roll.needed, "missing": roll.needed - roll.present}
    if not roll.is_taken:
        return _("quorum : %(needed)d") % facts
    if roll.has_quorum:
        return _("quorum atteint")
    return (
        ngettext(
            "quorum non atteint : il manque %(missing)d personne",
            "quorum non atteint : il manque %(missing)d personnes",
            facts["missing"],
        )
        % facts
    )


def cell_words(cell: Cell) -> tuple[str, str]:
    """What a member did of a seminar, and the kind of its badge (none when nothing is said)."""
    if not cell.code:
        return "–", ""
    return _CELLS[cell.code]


def drift_cell_words(cell: DriftCell) -> str:
    """« 5 (36 %) », and what the target lacks then: « 2 (14 %), il en manque 1 »."""
    said = f"{cell.have} ({cell.share} %)" if cell.have else "0"
    if not cell.missing:
        return said
    return _("%(said)s, il en manque %(missing)d") % {"said": said, "missing": cell.missing}


def drift_words(points: int | None) -> str:
    """How a share moved since the first seminar, in points."""
    if points is None:
        return "–"
    if not points:
        return _("stable")
    words = (
        ngettext("%(points)d point de plus", "%(points)d points de plus", points)
        if points > 0
        else ngettext("%(points)d point de moins", "%(points)d points de moins", -points)
    )
    return words % {"points": abs(points)}


_CELLS: dict[str, tuple[Any, str]] = {
    "present": (gettext_lazy("Présent(e)"), "success"),
    "excused": (gettext_lazy("Excusé(e)"), "neutral"),
    "absent": (gettext_lazy("Absent(e)"), "warning"),
    "unseen": (gettext_lazy("Pas vu(e)"), "warning"),
    "substitute": (gettext_lazy("Remplacé(e)"), "info"),
}


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
