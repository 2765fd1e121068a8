"""The three questions asked about a vulnerability, and the words of each value.

A workshop's ``scales`` setting may give its own four words to a criterion, from 1 to 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import Criterion

CRITERIA = (
    Criterion(
        key="exposure",
        label=_("Exposition"),
        question=_("Le territoire y sera-t-il exposé ?"),
        scale={
            1: _("Très peu"),
            2: _("Par endroits"),
            3: _("Largement"),
            4: _("Partout ou presque"),
        },
    ),
    Criterion(
        key="sensitivity",
        label=_("Sensibilité"),
        question=_("Si cela arrive, les conséquences seront…"),
        scale={1: _("Légères"), 2: _("Gênantes"), 3: _("Graves"), 4: _("Très graves")},
    ),
    Criterion(
        key="adaptive_capacity",
        label=_("Capacité d'adaptation"),
        question=_("Le territoire saura-t-il s'y adapter ?"),
        scale={
            1: _("Non, il est démuni"),
            2: _("Difficilement"),
            3: _("En partie"),
            4: _("Oui, il est prêt"),
        },
    ),
)


def with_words(scales: Mapping[str, Sequence[str]]) -> Sequence[Criterion]:
    """The criteria with the workshop's words, where it gives as many as there are values."""
    return [
        replace(criterion, scale=dict(zip(criterion.scale, words, strict=True)))
        if len(words := scales.get(criterion.key, ())) == len(criterion.scale)
        else criterion
        for criterion in CRITERIA
    ]
