"""Where a figure comes from, in one line: how many people, how they answered, when."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.dates import day_words
from fabrique.stages.contribution.formats.rows import MINIMUM_PEOPLE


def people(count: int) -> str:
    return ngettext("%(count)d personne", "%(count)d personnes", count) % {"count": count}


def votes(count: int, instants: Iterable[datetime]) -> str:
    """« 17 personnes, vote individuel sur téléphone, le 17 septembre 2020 »."""
    words = _("%(people)s, vote individuel sur téléphone") % {"people": people(count)}
    return f"{words}, {day}" if (day := last_day(instants)) else words


def answers(count: int, instants: Iterable[datetime]) -> str:
    """« 17 réponses, le 17 septembre 2020 »."""
    words = ngettext("%(count)d réponse", "%(count)d réponses", count) % {"count": count}
    return f"{words}, {day}" if (day := last_day(instants)) else words


def last_day(instants: Iterable[datetime]) -> str:
    last = max(instants, default=None)
    if last is None:
        return ""
    return _("le %(day)s") % {"day": day_words(timezone.localdate(last))}


def too_few(count: int, minimum: int = MINIMUM_PEOPLE) -> str:
    """Why no figure is shown; how many answered is not said either under five people."""
    if not count:
        return _("Personne n'a encore répondu.")
    if count < MINIMUM_PEOPLE:
        return _("Moins de %(minimum)d personnes ont répondu : aucun chiffre n'est montré.") % {
            "minimum": MINIMUM_PEOPLE
        }
    return ngettext(
        "%(count)d personne a répondu : aucun chiffre n'est montré à moins de %(minimum)d.",
        "%(count)d personnes ont répondu : aucun chiffre n'est montré à moins de %(minimum)d.",
        count,
    ) % {"count": count, "minimum": minimum}
