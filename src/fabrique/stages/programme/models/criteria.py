"""What is said of success criteria when they are looked at again, in the middle and at the end."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.enums import Judgement
from fabrique.stages.programme.models.announced import Meeting, SuccessCriterion


class CriterionReview(models.Model):
    """A judgement of one criterion at one meeting; ``judged_by`` is who-in-role."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    criterion = models.ForeignKey(SuccessCriterion, models.CASCADE, related_name="reviews")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="criterion_reviews")
    judgement = models.CharField(_("jugement"), max_length=12, choices=Judgement)
    words = models.TextField(_("ce qu'on en dit"), blank=True)
    evidence = models.TextField(_("sur quoi cela repose"), blank=True)
    judged_by = models.CharField(_("jugé par"), max_length=160, blank=True)
    judged_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "meeting"], name="criterion_reviewed_once_a_meeting"
            ),
        ]
