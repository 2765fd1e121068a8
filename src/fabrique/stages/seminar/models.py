"""A seminar as prepared and held: its run sheet, its room, who is in it, what happened."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.models import Contact, GroupMember, Meeting
from fabrique.stages.seminar.enums import (
    AttendanceSource,
    AttendanceState,
    Audience,
    Coming,
    Horizon,
    Identity,
    RoomState,
    SequenceKind,
)


class Sequence(models.Model):
    """One line of a run sheet. ``format`` names a workshop format, or nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sequences")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("intitulé"), max_length=160)
    kind = models.CharField(_("type de temps"), max_length=10, choices=SequenceKind)
    horizon = models.CharField(_("horizon"), max_length=6, choices=Horizon, default=Horizon.NONE)
    minutes = models.PositiveSmallIntegerField(_("durée"))
    purpose = models.TextField(_("intention"), blank=True)
    format = models.SlugField(_("format d'atelier"), max_length=40, blank=True)
    prompt = models.CharField(_("consigne"), max_length=300, blank=True)
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=480),
                name="sequence_lasts_one_minute_to_eight_hours",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Room(models.Model):
    """Where a seminar is held live. ``last_number`` is the only order of what happens in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="room")
    code = models.CharField(max_length=6, unique=True)
    wall_key = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=6, choices=RoomState, default=RoomState.READY)
    identity = models.CharField(max_length=10, choices=Identity, default=Identity.NAMED)
    sequence = models.ForeignKey(Sequence, models.SET_NULL, null=True, blank=True, related_name="+")
    sequence_started_at = models.DateTimeField(null=True, blank=True)
    added_minutes = models.SmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    last_number = models.PositiveBigIntegerField(default=0)
    phones_number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.code


class Participant(models.Model):
    """Someone in a room, by the ticket their device holds.

    ``link_key`` opens their personal page afterwards. An anonymous participant has no member
    and a label that says nothing, and came at some time of an hour. A member has one seat a room,
    so that nobody judges twice.
    """

    #: Since when this device holds a seat that was held before it: said by its ticket.
    seated_since: datetime | None = None

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, models.CASCADE, related_name="participants")
    member = models.ForeignKey(
        GroupMember, models.SET_NULL, null=True, blank=True, related_name="participations"
    )
    label = models.CharField(max_length=160)
    link_key = models.CharField(max_length=43, unique=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "member"],
                condition=models.Q(member__isnull=False),
                name="participant_once_a_member",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class JournalEntry(models.Model):
    """What happened in a room, in the server's order: doorbell, audit line and undo in one.

    ``detail`` holds what is needed to tell the story and to undo it.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="journal")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.CharField(max_length=160, blank=True)
    verb = models.SlugField(max_length=40)
    subject = models.CharField(max_length=64, blank=True)
    audience = models.CharField(max_length=10, choices=Audience)
    detail = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["room", "number"]
        constraints = [
            models.UniqueConstraint(fields=["room", "number"], name="journal_number_once_a_room"),
        ]


class Reply(models.Model):
    """What someone last answered to an invitation, for the date ``starts_at`` only.

    ``noted_by`` is empty when they answered themselves.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="replies")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="replies")
    coming = models.CharField(_("réponse"), max_length=8, choices=Coming)
    substitute = models.CharField(_("qui viendra"), max_length=160, blank=True)
    substitute_role = models.CharField(_("fonction"), max_length=160, blank=True)
    starts_at = models.DateTimeField()
    replied_at = models.DateTimeField()
    noted_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["replied_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "contact"], name="reply_once_a_person"),
            models.CheckConstraint(
                condition=~models.Q(coming=Coming.REPLACED) | ~models.Q(substitute=""),
                name="replaced_by_someone",
            ),
        ]


class Attendance(models.Model):
    """Whether a member was at a meeting, as last noted: the one place that says it.

    Taking one's name at the door of a room writes it too. ``substitute`` names who came instead:
    taking part is personal, so that the member stays absent and the substitute is told apart.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(GroupMember, models.CASCADE, related_name="attendances")
    state = models.CharField(max_length=7, choices=AttendanceState)
    source = models.CharField(max_length=5, choices=AttendanceSource)
    substitute = models.CharField(_("remplacé par"), max_length=160, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once_a_member"),
            models.CheckConstraint(
                condition=models.Q(substitute="") | ~models.Q(state=AttendanceState.PRESENT),
                name="attendance_of_a_member_or_of_their_substitute",
            ),
        ]
