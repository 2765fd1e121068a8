"""Cards that stand no more because the territory they come from withdrew them.

A card taken over from another territory's stands as long as one of its origins is released. It is
left out of every screen, figure and note by the doors, which all ask here.
"""

from django.db.models import Exists, F, OuterRef, Q

from fabrique.stages.contribution.models import CardReference, Release


def is_withdrawn() -> Q:
    """For a queryset of cards: those whose every origin was withdrawn, one of them at least."""
    origins = CardReference.objects.filter(card=OuterRef("pk"), role=CardReference.ORIGIN)
    gone = from_elsewhere() & ~Exists(
        Release.objects.filter(card=OuterRef("target"), withdrawn_at=None)
    )
    return Q(Exists(origins.filter(gone))) & ~Q(Exists(origins.exclude(gone)))


def from_elsewhere() -> Q:
    """For a queryset of references: those to a card of another territory."""
    theirs, ours = "target__workshop__meeting__site", "card__workshop__meeting__site"
    other = Q(**{f"{ours}__isnull": True}) | ~Q(**{theirs: F(ours)})
    return Q(**{f"{theirs}__isnull": False}) & other
