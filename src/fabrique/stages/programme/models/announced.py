"""A programme as announced: its question, territories, people, and the year's meetings."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.enums import (
    CriterionKind,
    DeliverableKind,
    MeetingKind,
    MeetingState,
    TeamRole,
)
from fabrique.territory.models import Territory


class Programme(models.Model):
    """One Fabrique. ``blueprint`` is the programme's own copy of its method, free to change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(_("titre"), max_length=200)
    question = models.TextField(_("question"))
    horizon_year = models.PositiveSmallIntegerField(_("horizon"))
    midterm_year = models.PositiveSmallIntegerField(_("année d'étape"))
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))
    blueprint = models.JSONField()
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="programme_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Site(models.Model):
    """A territory taking part, with the theme it narrowed for itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="sites")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    theme = models.CharField(_("thème local"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "territory"], name="site_territory_once_a_programme"
            ),
        ]

    def __str__(self) -> str:
        return self.territory.name


class Partner(models.Model):
    """A national institution that pilots or supports the programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partners")
    name = models.CharField(_("nom"), max_length=160)
    role = models.CharField(_("rôle"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """An account's role in a programme; directors and referents answer for some sites.

    Who has left keeps the row, and nothing is seen by it: read ``queries.in_place``.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="teams")
    role = models.CharField(_("rôle"), max_length=12, choices=TeamRole)
    sites = models.ManyToManyField(Site, blank=True, related_name="team")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "user", "role"], name="team_role_once_a_user"
            ),
        ]


class Meeting(models.Model):
    """A gathering of the programme: committee, immersion day or seminar.

    ``site`` is empty at the national scale. ``key`` names the meeting in the blueprint. Its window
    goes from the first to the last day it may have; ``window_parts`` are its periods in between
    when there are several, as pairs of ISO days in order: read ``windows``.
    ``announced_at`` says when a date was last sent to those it expects, ``announced_starts_at``
    which one (another than ``starts_at`` once it has moved), and ``calendar_sequence`` how many
    times a date has changed: calendars take the highest.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="meetings")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="meetings")
    kind = models.CharField(max_length=20, choices=MeetingKind)
    key = models.SlugField(max_length=40)
    step = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("titre"), max_length=200)
    purpose = models.TextField(_("objet"), blank=True)
    window_start_date = models.DateField(_("à partir du"))
    window_end_date = models.DateField(_("jusqu'au"))
    window_parts = models.JSONField(default=list, blank=True)
    starts_at = models.DateTimeField(_("début"), null=True, blank=True)
    ends_at = models.DateTimeField(_("fin"), null=True, blank=True)
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    announced_starts_at = models.DateTimeField(null=True, blank=True)
    calendar_sequence = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "site__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key", "site"], name="meeting_once_a_site"
            ),
            models.UniqueConstraint(
                fields=["programme", "key"],
                condition=models.Q(site__isnull=True),
                name="meeting_once_at_national_scale",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.site})" if self.site_id else self.title

    @property
    def scale(self) -> str:
        """As marks draw it: a disc for what is local, a square for what is national."""
        return "local" if self.site_id else "national"

    @property
    def windows(self) -> list[tuple[date, date]]:
        """Its periods, one or several, in order."""
        parts = [
            (date.fromisoformat(first), date.fromisoformat(last))
            for first, last in self.window_parts
        ]
        return parts or [(self.window_start_date, self.window_end_date)]

    def is_in_window(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.windows)


class SuccessCriterion(models.Model):
    """What the programme will have been a success for, from the blueprint or said aloud.

    ``source`` names what it was adopted from (``card:…``, ``contribution:…``), ``source_label``
    says it in words; ``owner`` is who-in-role keeps it in mind. One that is dropped keeps its row.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="criteria")
    kind = models.CharField(_("nature"), max_length=10, choices=CriterionKind)
    text = models.TextField(_("critère"))
    owner = models.CharField(_("porté par"), max_length=160, blank=True)
    source = models.CharField(max_length=80, blank=True)
    source_label = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "source"],
                condition=~models.Q(source=""),
                name="criterion_adopted_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ExpectedDeliverable(models.Model):
    """A document the programme owes: of one meeting, of one territory, or of the whole."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="expected_deliverables")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="+")
    meeting = models.OneToOneField(
        Meeting, models.CASCADE, null=True, blank=True, related_name="expected_note"
    )
    kind = models.CharField(max_length=20, choices=DeliverableKind)
    title = models.CharField(_("titre"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "site__position", "id"]


class AuditLine(models.Model):
    """Who did what to the programme, and when; a plan that moves keeps its history here."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="audit_lines")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=160, blank=True)
    verb = models.SlugField(max_length=40)
    subject = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]
