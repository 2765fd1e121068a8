"""A card's figures in words: how far, how able, what moved, and why there is no level."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fabrique.methods.ambition import LevelSummary, NoLevel, Shift
from fabrique.stages.contribution.formats.ambition.analysis import Weighed
from fabrique.stages.contribution.formats.contract import Text
from fabrique.stages.contribution.formats.numbers import spread

NO_LEVEL: dict[NoLevel, Text] = {
    NoLevel.NO_LEAD: gettext_lazy("Aucun : sans pilote"),
    NoLevel.NO_JUDGEMENT: gettext_lazy("Aucun : personne ne l'a jugée"),
    NoLevel.TOO_FEW_VOTERS: gettext_lazy("Aucun : trop peu de réponses"),
}


@dataclass(frozen=True)
class WeighedLine:
    """A card with its figures under their headings."""

    weighed: Weighed
    figures: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        return self.weighed.card.title


def line_of(one: Weighed) -> WeighedLine:
    return WeighedLine(
        weighed=one,
        figures=(
            (_("Juste niveau"), level_words(one)),
            (_("Ambition"), spread(one.ambition)),
            (_("Capacité"), spread(one.capacity)),
            (_("Polarisation"), share(one.ambition.polarisation if one.ambition else None)),
            (_("D'un tour à l'autre"), shift_words(one.shift)),
            (_("Robustesse"), "–" if one.robustness is None else percent(one.robustness)),
        ),
    )


def level_words(one: Weighed) -> str:
    """« 4 : 9 voix sur 14 », or why there is none."""
    item = one.item
    if item.no_level is not None or not one.ambition:
        return str(NO_LEVEL[item.no_level or NoLevel.TOO_FEW_VOTERS])
    return _("%(level)d : %(support)d voix sur %(count)d") % {
        "level": item.right_level,
        "support": item.level_support,
        "count": one.ambition.n,
    }


def shift_words(shift: Shift | None) -> str:
    """« 5 montent, 2 descendent » among those who judged twice."""
    if shift is None:
        return "–"
    parts = []
    if shift.raised:
        words = ngettext("%(count)d monte", "%(count)d montent", shift.raised)
        parts.append(words % {"count": shift.raised})
    if shift.lowered:
        words = ngettext("%(count)d descend", "%(count)d descendent", shift.lowered)
        parts.append(words % {"count": shift.lowered})
    return ", ".join(parts) or _("personne ne bouge")


def answers_words(summary: LevelSummary) -> str:
    """« niveau 1, 3 ; niveau 5, 4 », those nobody chose left out."""
    return " ; ".join(
        _("niveau %(level)d, %(count)d") % {"level": level, "count": count}
        for level, count in enumerate(summary.counts, start=1)
        if count
    )


def share(value: float | None) -> str:
    return "–" if value is None else percent(round(value * 100))


def percent(value: int) -> str:
    return _("%(share)d %%") % {"share": value}
