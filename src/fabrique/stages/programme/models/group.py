"""A territory's working group: who is in it, who could be, and for whom someone stands in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.enums import (
    FunctionKind,
    Gender,
    InstitutionKind,
    MemberStatus,
)
from fabrique.stages.programme.models.announced import Programme, Site
from fabrique.stages.programme.models.immersion import ProposedProfile


class GroupMember(models.Model):
    """Someone of a working group, or who could join it; no account needed.

    Only those invited or who accepted are of the group: ``queries.members_visible_to``. A
    candidate, or someone who declined, is on its roster and nowhere else. ``site`` is empty for
    those invited at the national scale. ``invited_on`` is the day of the invitation in person.
    ``proposed_as`` is what an immersion day had proposed: it is free again when they leave.
    Whoever was erased (``erased_at``) left too: their row only holds presences together.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="members")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="members")
    name = models.CharField(_("nom ou fonction"), max_length=160)
    email = models.EmailField(_("adresse électronique"), blank=True)
    institution = models.CharField(_("institution"), max_length=160, blank=True)
    institution_kind = models.CharField(
        _("type d'institution"), max_length=12, choices=InstitutionKind, blank=True
    )
    function_kind = models.CharField(_("fonction"), max_length=8, choices=FunctionKind, blank=True)
    sector = models.CharField(_("secteur"), max_length=120, blank=True)
    gender = models.CharField(_("genre"), max_length=5, choices=Gender, blank=True)
    is_referent = models.BooleanField(_("référent"), default=False)
    status = models.CharField(
        _("place dans le groupe"), max_length=9, choices=MemberStatus, default=MemberStatus.INVITED
    )
    invited_on = models.DateField(_("invitation personnelle le"), null=True, blank=True)
    substitute_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="substitutes",
        verbose_name=_("remplace"),
    )
    proposed_as = models.OneToOneField(
        ProposedProfile, models.SET_NULL, null=True, blank=True, related_name="member"
    )
    left_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "site", "name", "institution"],
                condition=models.Q(erased_at__isnull=True),
                name="member_once_a_group",
            ),
            models.UniqueConstraint(
                fields=["programme", "name", "institution"],
                condition=models.Q(site__isnull=True, erased_at__isnull=True),
                name="member_once_at_national_scale",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(
                    left_at__isnull=False,
                    email="",
                    institution="",
                    institution_kind="",
                    function_kind="",
                    sector="",
                    gender="",
                ),
                name="member_erased_holds_nothing_of_them",
            ),
            models.CheckConstraint(
                condition=models.Q(substitute_of__isnull=True)
                | ~models.Q(substitute_of=models.F("id")),
                name="member_stands_in_for_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name
