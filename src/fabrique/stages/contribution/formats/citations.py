"""What blocks of a note rest on: a card or a contribution, and the words that recall it.

Labels name nobody: who said what is shown, where the room allows it, by the pages the reference
leads to.
"""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.document.tree import Citation
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.models import Card, Contribution, Release

LABEL_LENGTH = 140


def cite_card(card: Card) -> Citation:
    """« Submersion des quais » – carte, 4 contributions."""
    said = getattr(card, "said_count", 0)
    label = _("« %(title)s », carte du groupe") % {"title": card.title}
    if said:
        label += ngettext(", %(count)d contribution", ", %(count)d contributions", said) % {
            "count": said
        }
    return Citation(f"card:{card.pk}", label)


def cite_released(release: Release) -> Citation:
    """« Submersion des quais » – carte versée par Lorient: nothing of what it rests on there."""
    site = release.card.workshop.meeting.site
    label = _("« %(title)s », carte versée par %(site)s") % {
        "title": release.shown["title"],
        "site": site.territory.name if site else "",
    }
    return Citation(f"card:{release.card_id}", label)


def cite_contribution(contribution: Contribution) -> Citation:
    """« On importe presque tout » – papier V-07."""
    words = Truncator(" ".join(contribution.text.split())).chars(LABEL_LENGTH)
    return Citation(
        f"contribution:{contribution.pk}",
        _("« %(words)s », %(source)s") % {"words": words, "source": _source(contribution)},
    )


def cite_contributions(contributions: Iterable[Contribution]) -> tuple[Citation, ...]:
    return tuple(cite_contribution(contribution) for contribution in contributions)


def _source(contribution: Contribution) -> str:
    if contribution.source == Source.PAPER:
        paper = _("papier")
        return f"{paper} {contribution.paper_code}".strip()
    return {
        Source.PHONE: _("téléphone"),
        Source.ROOM: _("saisi pour la salle"),
        Source.IMPORT: _("importé"),
    }[Source(contribution.source)]
