"""The roles an authority can play on a stake: a list any team may change, in no order."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import Criterion, Text

ROLES = (
    _("Être exemplaire"),
    _("Planifier et réglementer"),
    _("Animer"),
    _("Financer"),
    _("Opérer"),
    _("Plaider"),
)

TODAY, WISHED = "role_today", "role_wished"


def criteria(roles: Sequence[Text]) -> list[Criterion]:
    """One role today and one role wished, of the same list."""
    scale = dict(enumerate(roles, start=1))
    return [
        Criterion(
            key=TODAY,
            label=_("Rôle aujourd'hui"),
            question=_("Aujourd'hui, la collectivité joue surtout ce rôle :"),
            scale=scale,
        ),
        Criterion(
            key=WISHED,
            label=_("Rôle souhaité"),
            question=_("Demain, elle devrait surtout jouer celui-ci :"),
            scale=scale,
        ),
    ]
