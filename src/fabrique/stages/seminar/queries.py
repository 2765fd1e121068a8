"""What one may know of a seminar: every read of this stage passes one of these doors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from fabrique.people.viewer import Viewer
from fabrique.stages.programme.enums import MeetingKind, MeetingState
from fabrique.stages.programme.forgotten import Forgotten
from fabrique.stages.programme.models import Contact, GroupMember, Meeting, Programme, Site
from fabrique.stages.programme.queries import (
    everyone_ever_in_groups_seen_by,
    in_a_group,
    meetings_facilitated_by,
    meetings_visible_to,
    members_visible_to,
    next_meeting,
)
from fabrique.stages.seminar.doorbell import Numbers
from fabrique.stages.seminar.models import (
    Attendance,
    JournalEntry,
    Participant,
    Reply,
    Room,
    Sequence,
)

CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6


@dataclass(frozen=True)
class MemberChoice:
    """A member of the group as offered to those who join: free, or already in the room."""

    member: GroupMember
    is_taken: bool


def rooms_visible_to(viewer: Viewer) -> QuerySet[Room]:
    """Rooms of the viewer's programmes, or the one they sit in, or the one their screen shows."""
    rooms = Room.objects.select_related("meeting__programme", "meeting__site__territory")
    if viewer.user_id is not None:
        return rooms.filter(meeting__in=meetings_visible_to(viewer).order_by().values("pk"))
    if viewer.participant_id is not None:
        here = Participant.objects.filter(
            room=OuterRef("pk"), pk=viewer.participant_id, left_at=None
        )
        return rooms.filter(Exists(here))
    return rooms.filter(pk=viewer.screen_room_id) if viewer.screen_room_id else rooms.none()


def rooms_run_by(viewer: Viewer) -> QuerySet[Room]:
    """Rooms the viewer may open, drive and close."""
    rooms = Room.objects.select_related("meeting__programme", "meeting__site__territory")
    return rooms.filter(meeting__in=meetings_facilitated_by(viewer).order_by().values("pk"))


def room_of(meeting: Meeting) -> Room | None:
    """The room of a meeting the caller already may see, if it was prepared."""
    return Room.objects.filter(meeting=meeting).first()


def room_run_by(viewer: Viewer, meeting_id: UUID) -> tuple[Room | None, datetime | None]:
    """The room of a meeting the viewer holds, and when its run sheet was really started.

    One read, with the meeting in it: a console asks for it at each refresh.
    """
    starts = JournalEntry.objects.filter(room=OuterRef("pk"), verb="start_sequence")
    began_at = Subquery(starts.order_by("number").values("at")[:1])
    rooms = rooms_run_by(viewer).filter(meeting=meeting_id).annotate(began_at=began_at)
    room = rooms.first()
    return room, getattr(room, "began_at", None)


def room_with_code(code: str) -> Room | None:
    """The room behind what someone typed: case, spaces and dashes do not matter.

    Whoever knows the code of an open room may come in; that is what a code is for.
    """
    rooms = Room.objects.select_related("meeting__programme")
    return rooms.filter(code=plain_code(code)).first()


def room_id_behind(code: str) -> UUID | None:
    """The same, when only its identifier matters."""
    rooms = Room.objects.filter(code=plain_code(code)).order_by()
    return rooms.values_list("pk", flat=True).first()


def room_with_wall_key(wall_key: str) -> Room | None:
    """The room a screen link shows, until the key is renewed."""
    rooms = Room.objects.select_related("meeting__programme")
    return rooms.filter(wall_key=wall_key).first()


def plain_code(typed: str) -> str:
    """What was typed, as codes are written; anything that cannot be a code comes back empty."""
    code = "".join(typed.split()).replace("-", "").upper()
    fits = len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET)
    return code if fits else ""


def numbers_of(room_id: UUID) -> Numbers:
    """The last numbers of a room, for the doorbell."""
    room, phones = Room.objects.values_list("last_number", "phones_number").get(pk=room_id)
    return Numbers(room=room, phones=phones)


def sequences_of(meeting: Meeting) -> QuerySet[Sequence]:
    """The run sheet, in order."""
    return Sequence.objects.filter(meeting=meeting)


def sequence_after(room: Room) -> Sequence | None:
    """The sequence that follows the running one; the first when none runs."""
    sequences = list(sequences_of(room.meeting))
    places = [place for place, one in enumerate(sequences) if one.pk == room.sequence_id]
    following = sequences[places[0] + 1 :] if places else sequences
    return following[0] if following else None


def participant_of(participant_id: UUID) -> Participant | None:
    """Who a ticket names, as long as they have not left."""
    people = Participant.objects.select_related("room__meeting")
    return people.filter(pk=participant_id, left_at=None).first()


def participant_with_link(link_key: str) -> Participant | None:
    """Who a personal link belongs to, even long after they left the room."""
    people = Participant.objects.select_related(
        "room__meeting__programme", "room__meeting__site__territory", "member"
    )
    return people.filter(link_key=link_key).first()


def participants_of(room: Room) -> QuerySet[Participant]:
    """Those in the room now."""
    return Participant.objects.filter(room=room, left_at=None)


def everyone_seated_in(room: Room) -> QuerySet[Participant]:
    """Those who sat in the room, even if they left: their links still open."""
    return Participant.objects.filter(room=room).order_by("label", "pk")


def group_members_of(meeting: Meeting) -> QuerySet[GroupMember]:
    """The group a meeting expects: the site's, or the whole programme's when inter-site.

    Neither candidates nor those who declined or left.
    """
    members = GroupMember.objects.filter(in_a_group(), programme=meeting.programme_id)
    return members.filter(site=meeting.site_id) if meeting.site_id else members


def members_of_meeting_visible_to(viewer: Viewer, meeting: Meeting) -> QuerySet[GroupMember]:
    """The group invited to a meeting, for the team that mobilises it."""
    seen = members_visible_to(viewer).order_by().values("pk")
    return group_members_of(meeting).filter(pk__in=seen).select_related("site__territory")


def members_to_pick(room: Room) -> list[MemberChoice]:
    """The names offered at the door of a room where people are named."""
    seated = participants_of(room).filter(member=OuterRef("pk"))
    members = group_members_of(room.meeting).annotate(is_taken=Exists(seated))
    return [MemberChoice(member, bool(member.is_taken)) for member in members]


def people_at(viewer: Viewer, meeting: Meeting) -> QuerySet[GroupMember]:
    """Those a meeting expects, and those of whom something was noted even if they left since.

    Nobody is expected before the day they were invited. For the team.
    """
    day = timezone.localdate(meeting.starts_at) if meeting.starts_at else None
    invited = Q(invited_on__isnull=True) | Q(invited_on__lte=day) if day else Q()
    noted = Exists(Attendance.objects.filter(meeting=meeting, member=OuterRef("pk")))
    people = everyone_ever_in_groups_seen_by(viewer).filter(programme=meeting.programme_id)
    if meeting.site_id:
        people = people.filter(site=meeting.site_id)
    return people.filter(in_a_group() & invited | Q(noted)).select_related("site__territory")


def noted_at(meeting: Meeting) -> QuerySet[Attendance]:
    """What was noted of who came."""
    return Attendance.objects.filter(meeting=meeting)


def noted_of(member: GroupMember) -> QuerySet[Attendance]:
    """What was noted of one person, for the copy they take; in the order of the year."""
    noted = Attendance.objects.filter(member=member).select_related("meeting__site__territory")
    return noted.order_by("meeting__position", "pk")


def seats_of(member: GroupMember) -> QuerySet[Participant]:
    """The rooms where they were under their own name; no other is tied to anyone."""
    seats = Participant.objects.filter(member=member)
    return seats.select_related("room__meeting__site__territory").order_by("joined_at", "pk")


def seats_under_the_name(member: GroupMember, who: Forgotten) -> QuerySet[Participant]:
    """Theirs, and those taken at a door by typing that name, when nobody else has it."""
    own = Q(member=member)
    typed = Q(member=None, label__iexact=who.name, room__meeting__programme=member.programme_id)
    return Participant.objects.filter(own | typed if who.has_own_name else own)


def seminars_of_the_year(viewer: Viewer, site: Site) -> QuerySet[Meeting]:
    """The seminars of a territory and those it shares with others, in the order of the year."""
    kinds = (MeetingKind.LOCAL_SEMINAR, MeetingKind.INTERSITE_SEMINAR)
    seen = meetings_visible_to(viewer).filter(programme=site.programme_id, kind__in=kinds)
    return seen.filter(Q(site=site) | Q(site__isnull=True)).order_by("position", "pk")


def attendances_of(site: Site, meetings: Iterable[Meeting]) -> QuerySet[Attendance]:
    """What was noted of a territory's group at these meetings."""
    return Attendance.objects.filter(
        member__site=site, meeting__in=[meeting.pk for meeting in meetings]
    )


def group_ever_of(viewer: Viewer, site: Site) -> QuerySet[GroupMember]:
    """A territory's group over the year: also those who left it, or never took their place."""
    return everyone_ever_in_groups_seen_by(viewer).filter(site=site)


def every_meeting() -> QuerySet[Meeting]:
    """Every meeting, for whoever runs the server; pages use ``meetings_visible_to``."""
    return Meeting.objects.select_related("programme", "site__territory").order_by(
        "programme__slug", "position", "site__position", "pk"
    )


def seminar_at_hand(programme: Programme) -> Meeting | None:
    """The next seminar with a date, else the next one planned, else the last one."""
    kinds = (MeetingKind.LOCAL_SEMINAR, MeetingKind.INTERSITE_SEMINAR)
    seminars = list(every_meeting().filter(programme=programme, kind__in=kinds))
    dated = [one for one in seminars if one.state == MeetingState.SCHEDULED]
    return next_meeting(dated) or next_meeting(seminars) or next(reversed(seminars), None)


def replies_of(contact: Contact) -> QuerySet[Reply]:
    """What someone answered, for those who hold their personal link."""
    return Reply.objects.filter(contact=contact)
