"""A day of immersion: whom the team meets, what it notes, and what it leaves with.

People stand here by their role. What is removed keeps its row.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.enums import AppointmentKind, FunctionKind, InstitutionKind
from fabrique.stages.programme.models.announced import Meeting


class ImmersionDay(models.Model):
    """What is understood of the territory at the end of the day; made when first written."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, primary_key=True, related_name="immersion_day"
    )
    context = models.TextField(_("le contexte"), blank=True)
    mobilisation = models.TextField(_("comment mobiliser le groupe"), blank=True)
    to_prepare = models.TextField(_("à préparer avant le premier séminaire"), blank=True)


class Appointment(models.Model):
    """Someone met, or a place visited. ``notes`` are the team's own; ``kept`` goes further."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="appointments")
    kind = models.CharField(_("nature"), max_length=10, choices=AppointmentKind)
    starts_at = models.TimeField(_("heure"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durée"), default=0)
    title = models.CharField(_("qui, ou quoi"), max_length=200)
    place = models.CharField(_("où"), max_length=200, blank=True)
    purpose = models.TextField(_("pourquoi"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    kept = models.TextField(_("à retenir"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = [models.F("starts_at").asc(nulls_last=True), "position", "id"]

    def __str__(self) -> str:
        return self.title


class Heard(models.Model):
    """One line the day leaves with, and the appointment it was heard at, if any."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="%(class)ss")
    appointment = models.ForeignKey(
        Appointment, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["id"]


class Stake(Heard):
    """What matters here, in one sentence."""

    text = models.CharField(_("enjeu"), max_length=500)

    class Meta(Heard.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "text"],
                condition=Q(removed_at__isnull=True),
                name="stake_once_an_immersion",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SpottedActor(Heard):
    """An organisation of the first list of actors; ``kind`` is one of the method's types."""

    name = models.CharField(_("organisation"), max_length=160)
    kind = models.CharField(_("type"), max_length=120, blank=True)
    why = models.CharField(_("pourquoi"), max_length=500, blank=True)

    class Meta(Heard.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name"],
                condition=Q(removed_at__isnull=True),
                name="spotted_actor_once_an_immersion",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProposedProfile(Heard):
    """Someone to invite in the working group, by role and institution: a proposal, no member.

    Handed over to the group, it is the ``proposed_as`` of whoever was found for it.
    """

    role = models.CharField(_("fonction"), max_length=160)
    institution = models.CharField(_("institution"), max_length=160, blank=True)
    institution_kind = models.CharField(
        _("type d'institution"), max_length=12, choices=InstitutionKind, blank=True
    )
    function_kind = models.CharField(
        _("au titre de"), max_length=8, choices=FunctionKind, blank=True
    )
    sector = models.CharField(_("secteur"), max_length=120, blank=True)
    why = models.CharField(_("pourquoi"), max_length=500, blank=True)

    class Meta(Heard.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "role", "institution"],
                condition=Q(removed_at__isnull=True),
                name="proposed_profile_once_an_immersion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.institution}" if self.institution else self.role
