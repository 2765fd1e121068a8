"""Calendars proposed for a whole series, side by side, until one of them is kept."""

from django.db import models

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.enums import ProposalState
from fabrique.stages.programme.models.announced import Programme


class SeriesProposal(models.Model):
    """One variant of the calendar: what was asked, how far the search is, what it found.

    Those of one ``batch`` are compared. ``request`` and ``result`` are the solver's own files
    (``fabrique method calendar``), ``options`` what the page needs to tell it again, ``progress``
    the best found so far.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="proposals")
    batch = models.UUIDField(db_index=True)
    variant = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    request = models.JSONField()
    result = models.JSONField(null=True, blank=True)
    progress = models.JSONField(default=dict, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    created_by = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "batch", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "variant"], name="proposal_variant_once_a_batch"
            ),
        ]
