"""How far to go and how able one feels, asked twice: the same words in both rounds.

A workshop's ``scales`` setting may give its own five words to ``ambition`` or ``capacity``.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import Criterion, Text

ROUNDS = (1, 2)
AMBITION: Mapping[int, Text] = {
    1: _("1 – Laisser en l'état"),
    2: _("2 – Corriger à la marge"),
    3: _("3 – Changer nettement"),
    4: _("4 – Transformer en profondeur"),
    5: _("5 – Tout changer"),
}
CAPACITY: Mapping[int, Text] = {
    1: _("1 – Hors de notre portée"),
    2: _("2 – Avec beaucoup d'aide"),
    3: _("3 – En nous y mettant à plusieurs"),
    4: _("4 – Avec nos moyens, réorientés"),
    5: _("5 – Dès maintenant, par nous-mêmes"),
}
LEVELS = tuple(str(level) for level in AMBITION)


def key_of(scale: str, round_number: int) -> str:
    """« ambition_1 »."""
    return f"{scale}_{round_number}"


def criteria_of_round(
    round_number: int, scales: Mapping[str, Sequence[str]]
) -> tuple[Criterion, Criterion]:
    """Both questions of a round, with the workshop's words where it gives five."""
    return (
        Criterion(
            key=key_of("ambition", round_number),
            label=_("Ambition"),
            question=_("Jusqu'où faut-il aller ?"),
            scale=_scale(AMBITION, scales.get("ambition", ())),
        ),
        Criterion(
            key=key_of("capacity", round_number),
            label=_("Capacité"),
            question=_("En sommes-nous capables ?"),
            scale=_scale(CAPACITY, scales.get("capacity", ())),
        ),
    )


def _scale(usual: Mapping[int, Text], words: Sequence[str]) -> Mapping[int, Text]:
    return dict(zip(usual, words, strict=True)) if len(words) == len(usual) else usual
