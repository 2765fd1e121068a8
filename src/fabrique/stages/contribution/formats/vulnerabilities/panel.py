"""The figures of one card as the facilitator's panel lists them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fabrique.stages.contribution.formats.numbers import spread
from fabrique.stages.contribution.formats.vulnerabilities.analysis import Assessed


@dataclass(frozen=True)
class PanelLine:
    """A card with its rank, and its figures under their headings."""

    rank: int | None
    title: str
    figures: tuple[tuple[str, str], ...]


def console_line(one: Assessed) -> PanelLine:
    return PanelLine(
        rank=one.item.rank,
        title=one.card.title,
        figures=(
            (_("Exposition"), spread(one.item.exposure)),
            (_("Sensibilité"), spread(one.item.sensitivity)),
            (_("Capacité d'adaptation"), spread(one.capacity)),
            (_("Réponses"), str(one.item.gross.n)),
            (_("Robustesse"), robustness_words(one)),
        ),
    )


def robustness_words(one: Assessed) -> str:
    """« 94 % », or a dash where robustness means nothing."""
    return "–" if one.robustness is None else _("%(share)d %%") % {"share": one.robustness}
