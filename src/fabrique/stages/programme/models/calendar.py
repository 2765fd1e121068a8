"""What dates depend on: who is expected, who can when, and the days that are closed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.enums import (
    AvailabilityAnswer,
    ClosedKind,
    Concerned,
    Need,
    UnavailabilitySource,
)
from fabrique.stages.programme.models.announced import Meeting, Programme, Site
from fabrique.stages.programme.models.correspondence import Contact


class ClosedPeriod(models.Model):
    """Days on which the programme does not meet: everywhere, in one territory, or for one meeting.

    ``concerns`` closes them to everyone, or only to elected members. A period that is not
    ``is_strict`` is avoided where it can be.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="closed_periods")
    site = models.ForeignKey(
        Site, models.CASCADE, null=True, blank=True, related_name="closed_periods"
    )
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, related_name="closed_periods"
    )
    kind = models.CharField(_("nature"), max_length=16, choices=ClosedKind)
    label = models.CharField(_("intitulé"), max_length=160)
    first_date = models.DateField(_("du"))
    last_date = models.DateField(_("au"))
    concerns = models.CharField(
        _("pour qui"), max_length=8, choices=Concerned, default=Concerned.EVERYONE
    )
    is_strict = models.BooleanField(_("à respecter absolument"), default=True)

    class Meta:
        ordering = ["first_date", "last_date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="closed_period_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Expected(models.Model):
    """How much a meeting needs someone, where it differs from what their role says."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="expected")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="expected")
    need = models.CharField(_("présence"), max_length=9, choices=Need)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "contact"], name="expected_once_a_meeting"),
        ]


class Unavailability(models.Model):
    """Days on which someone cannot come, as typed or as read from their calendar."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="unavailabilities")
    first_date = models.DateField(_("du"))
    last_date = models.DateField(_("au"))
    source = models.CharField(max_length=8, choices=UnavailabilitySource)

    class Meta:
        ordering = ["first_date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")), name="unavailability_ends_after_start"
            ),
        ]


class Poll(models.Model):
    """The dates a meeting could have, asked of those it expects; one a meeting, opened again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="poll")
    message = models.TextField(_("message"), blank=True)
    answer_by_date = models.DateField(_("réponse souhaitée avant le"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class PollOption(models.Model):
    """One day proposed, with its hours where they matter.

    A day no longer proposed keeps its answers, and finds them again if it comes back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    date = models.DateField(_("jour"))
    starts_at = models.TimeField(_("de"), null=True, blank=True)
    ends_at = models.TimeField(_("à"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["date", "starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "date", "starts_at"], name="poll_option_once"),
            models.UniqueConstraint(
                fields=["poll", "date"],
                condition=Q(starts_at__isnull=True),
                name="poll_option_once_a_day",
            ),
        ]


class PollAnswer(models.Model):
    """What someone last answered of one day."""

    option = models.ForeignKey(PollOption, models.CASCADE, related_name="answers")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="poll_answers")
    answer = models.CharField(max_length=10, choices=AvailabilityAnswer)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["option", "contact"], name="poll_answer_once_a_person"),
        ]
