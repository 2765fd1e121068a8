"""What others may no longer see, because the territory it comes from took it back.

A release stands until it is withdrawn. A card taken over from another territory's stands as long
as one of its origins does, and was not withdrawn since: one that is released again is another
release, and what was made of the first does not come back with it. Such cards are left out of
every screen, figure and note by the doors, which all ask here.
"""

from functools import cache

from django.db.models import Exists, F, OuterRef, Q

from fabrique.stages.contribution.enums import Level
from fabrique.stages.contribution.models import CardReference, Release


def is_standing() -> Q:
    """For a queryset of releases: what others see today."""
    return Q(withdrawn_at=None) & ~Q(card__level=Level.PRIVATE)


def is_taken_back() -> Q:
    """For a queryset of releases: those withdrawn for a reason; others were only replaced."""
    return Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")


@cache  # asked by every door, on every card: as long to build as to run
def is_withdrawn() -> Q:
    """For a queryset of cards: those whose every origin was withdrawn, one of them at least."""
    origins = CardReference.objects.filter(card=OuterRef("pk"), role=CardReference.ORIGIN)
    releases = Release.objects.filter(card=OuterRef("target")).order_by()
    since = Q(withdrawn_at__gte=OuterRef("card__created_at"))
    stands = Exists(releases.filter(is_standing())) & ~Exists(
        releases.filter(is_taken_back() & since)
    )
    gone = from_elsewhere() & ~Q(stands)
    return Q(Exists(origins.filter(gone))) & ~Q(Exists(origins.exclude(gone)))


def from_elsewhere() -> Q:
    """For a queryset of references: those to a card of another territory."""
    theirs, ours = "target__workshop__meeting__site", "card__workshop__meeting__site"
    other = Q(**{f"{ours}__isnull": True}) | ~Q(**{theirs: F(ours)})
    return Q(**{f"{theirs}__isnull": False}) & other
