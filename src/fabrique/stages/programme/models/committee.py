"""What a meeting has to settle: points, options, arguments as they were said, and decisions.

Nothing is taken away for good: what is removed keeps its row, and a decision taken again leaves
the former one in the log.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.enums import ArgumentSide, DecisionKind, PointState
from fabrique.stages.programme.models.announced import Meeting


class PointToSettle(models.Model):
    """A question a meeting has to settle, from the blueprint or raised since."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    title = models.CharField(_("point à arbitrer"), max_length=200)
    context = models.TextField(_("ce qu'il faut savoir"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PointState, default=PointState.OPEN)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class SettlingOption(models.Model):
    """One way of settling a point."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(PointToSettle, models.CASCADE, related_name="options")
    title = models.CharField(_("option"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["point", "title"],
                condition=Q(removed_at__isnull=True),
                name="settling_option_once_a_point",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Argument(models.Model):
    """What someone said for or against an option; ``said_by`` is a role, never a name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    option = models.ForeignKey(SettlingOption, models.CASCADE, related_name="arguments")
    side = models.CharField(max_length=7, choices=ArgumentSide)
    text = models.CharField(_("argument"), max_length=500)
    said_by = models.CharField(_("dit par"), max_length=160, blank=True)
    said_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["said_at", "id"]

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """What was decided of a point: an option, words of its own, or to come back to it later.

    The one that stands has no ``superseded_at``; those before it stay in the log.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(PointToSettle, models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind)
    option = models.ForeignKey(
        SettlingOption, models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField(_("décision"), blank=True)
    follow_up = models.TextField(_("suites"), blank=True)
    decided_by = models.CharField(_("décidé par"), max_length=160, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(superseded_at__isnull=True),
                name="one_standing_decision_a_point",
            ),
            models.CheckConstraint(
                condition=Q(kind="postponed") | Q(option__isnull=False) | ~Q(words=""),
                name="decision_says_something",
            ),
        ]

    @property
    def said(self) -> str:
        """What was decided, in one text: the option chosen, then the words added to it."""
        return " ".join(
            part if part.endswith((".", "!", "?", "…")) else f"{part}."
            for part in (self.option.title if self.option else "", self.words.strip())
            if part
        )
