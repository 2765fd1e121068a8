"""A seminar at a glance: what is ready, what is not, and the one thing to do next.

Three movements, as one lives them: prepare, hold, leave with the note.
"""

from collections.abc import Sequence as Rows
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.components.reading import Definition
from fabrique.kit.dates import day_words
from fabrique.people.viewer import Viewer
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.deliverable_states import DocumentKey, document_states
from fabrique.stages.programme.enums import DeliverableKind, MeetingState
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries.polls import poll_of
from fabrique.stages.programme.year import between_words, window_words
from fabrique.stages.seminar.analyses.roll import Roll, roll_of
from fabrique.stages.seminar.enums import Identity, RoomState
from fabrique.stages.seminar.guest_list import GuestList
from fabrique.stages.seminar.models import Room, Sequence
from fabrique.stages.seminar.particular import particular_points
from fabrique.stages.seminar.points import Point
from fabrique.stages.seminar.queries import group_members_of, participants_of
from fabrique.stages.seminar.wording.attendance import roll_words
from fabrique.stages.seminar.wording.invitations import say_counts
from fabrique.stages.seminar.wording.run_sheet import duration_words, sequences_words


@dataclass(frozen=True)
class Way:
    """A button to somewhere; ``is_main`` for the one thing to do in its movement.

    ``is_readable`` when the whole team may follow it, not only those who facilitate.
    """

    label: str
    href: str
    is_main: bool = False
    is_readable: bool = False


@dataclass(frozen=True)
class Movement:
    """``state`` is said in a badge of this ``kind``."""

    key: str
    title: str
    state: str
    kind: str
    points: tuple[Point, ...] = ()
    ways: tuple[Way, ...] = ()
    is_current: bool = False

    @property
    def facts(self) -> list[Definition]:
        return [Definition(point.label, point.value, point.href) for point in self.points]


def overview(
    viewer: Viewer,
    meeting: Meeting,
    blueprint: Blueprint,
    *,
    sequences: Rows[Sequence],
    room: Room | None,
    guests: GuestList,
    may_change: bool,
) -> list[Movement]:
    """Everything the page says, in a constant number of queries."""
    if meeting.state == MeetingState.CANCELLED and (room is None or room.opened_at is None):
        return [_cancelled(meeting, guests, may_change)]
    own = particular_points(viewer, meeting, blueprint)
    prepare = _prepare(meeting, blueprint, sequences, room, guests, own)
    roll = roll_of(viewer, meeting, quorum=blueprint.group.quorum)
    hold = _hold(meeting, room, roll)
    leave = _leave(viewer, meeting)
    movements = [prepare, hold, leave]
    current = _current(meeting, room, leave)
    return [
        replace(
            movement,
            is_current=movement.key == current,
            points=tuple(_shown(point, may_change) for point in movement.points),
            ways=_ways(movement, current, may_change),
        )
        for movement in movements
    ]


def _cancelled(meeting: Meeting, guests: GuestList, may_change: bool) -> Movement:
    """Nothing to prepare, to hold or to write, until it is planned again; people to tell first."""
    to_tell = bool(guests.to_write_to or guests.to_call)
    tell = Way(
        _("Prévenir les personnes invitées"),
        reverse("seminar:invitations", args=[meeting.pk]),
        is_main=True,
    )
    again = Way(
        _("Prévoir à nouveau cette réunion"),
        reverse("programme:meeting-schedule", args=[meeting.pk]),
        is_main=not to_tell,
    )
    ways = ((tell, again) if to_tell else (again,)) if may_change else ()
    return Movement("cancelled", _("Réunion annulée"), _("Annulée"), "warning", (), ways)


def _shown(point: Point, may_change: bool) -> Point:
    return point if may_change or point.is_readable else replace(point, href="")


def _current(meeting: Meeting, room: Room | None, leave: Movement) -> str:
    if room is not None and room.state == RoomState.OPEN:
        return "hold"
    if meeting.state == MeetingState.HELD or (room and room.state == RoomState.CLOSED):
        return "" if leave.kind == "success" else "leave"
    dated = meeting.starts_at
    is_the_day = dated is not None and timezone.localdate(dated) <= timezone.localdate()
    return "hold" if is_the_day else "prepare"


def _ways(movement: Movement, current: str, may_change: bool) -> tuple[Way, ...]:
    """Only the movement of the day has a main button."""
    ways = [way for way in movement.ways if may_change or way.is_readable]
    if movement.key == current:
        return tuple(ways)
    return tuple(replace(way, is_main=False) for way in ways)


def _prepare(
    meeting: Meeting,
    blueprint: Blueprint,
    sequences: Rows[Sequence],
    room: Room | None,
    guests: GuestList,
    own: Rows[Point],
) -> Movement:
    points = [
        _date_point(meeting),
        _run_sheet_point(meeting, sequences),
        _group_point(meeting, blueprint),
        *_invitation_points(meeting, guests),
        _room_point(meeting, room),
        *own,
    ]
    unsettled = [point for point in points if not point.is_settled]
    is_past = meeting.state == MeetingState.HELD or (
        room is not None and room.opened_at is not None
    )
    if is_past or not unsettled:
        state, kind = (_("Fait") if is_past else _("Prêt")), "success"
    else:
        state = ngettext(
            "%(count)d point à régler", "%(count)d points à régler", len(unsettled)
        ) % {"count": len(unsettled)}
        kind = "neutral"
    first = unsettled[0] if unsettled and not is_past else None
    ways = [Way(_next_label(first), first.href, is_main=True)] if first else []
    if meeting.state == MeetingState.PLANNED:
        ways.append(_poll_way(meeting))
    ways.append(
        Way(
            _("Imprimer ce qu'il faut pour la salle"),
            reverse("contribution:print-kit", args=[meeting.pk]),
            is_main=first is None,
        )
    )
    return Movement("prepare", _("Préparer"), state, kind, tuple(points), tuple(ways))


def _poll_way(meeting: Meeting) -> Way:
    """Before the date is fixed: when people could come."""
    if poll_of(meeting) is None:
        ask = reverse("programme:poll-ask", args=[meeting.pk])
        return Way(_("Demander les disponibilités"), ask)
    return Way(_("Voir les disponibilités"), reverse("programme:poll", args=[meeting.pk]))


def _next_label(point: Point) -> str:
    return _("Régler : %(point)s") % {"point": point.label.lower()}


def _date_point(meeting: Meeting) -> Point:
    return Point(
        _("Date et lieu"),
        when_and_where(meeting),
        reverse("programme:meeting-schedule", args=[meeting.pk]),
        meeting.starts_at is not None,
    )


def when_and_where(meeting: Meeting) -> str:
    """« 17 septembre 2020, de 14 h à 17 h · Maison… », else when it is to be."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return _("à fixer, %(window)s") % {"window": window_words(meeting)}
    day = day_words(timezone.localdate(meeting.starts_at))
    said = between_words(day, meeting.starts_at, meeting.ends_at)
    return f"{said} · {meeting.place}" if meeting.place else said


def _run_sheet_point(meeting: Meeting, sequences: Rows[Sequence]) -> Point:
    minutes = sum(sequence.minutes for sequence in sequences)
    value = f"{sequences_words(len(sequences))}, {duration_words(minutes)}"
    return Point(
        _("Déroulé"),
        value if sequences else _("vide : ajoutez une première séquence"),
        reverse("seminar:run-sheet", args=[meeting.pk]),
        bool(sequences),
        is_readable=True,
    )


def _group_point(meeting: Meeting, blueprint: Blueprint) -> Point:
    count = group_members_of(meeting).count()
    members = ngettext("%(count)d membre", "%(count)d membres", count) % {"count": count}
    value = members
    if meeting.site_id:
        value = _("%(members)s, pour %(minimum)d à %(maximum)d attendus") % {
            "members": members,
            "minimum": blueprint.group.min,
            "maximum": blueprint.group.max,
        }
    is_settled = count >= (blueprint.group.min if meeting.site_id else 1)
    href = _group_address(meeting)
    is_readable = meeting.site_id is not None
    return Point(_("Groupe de travail"), value, href, is_settled, is_readable=is_readable)


def _group_address(meeting: Meeting) -> str:
    """The territory's group; at the national scale, those invited there."""
    slug = meeting.programme.slug
    place = [slug, meeting.site.territory_id] if meeting.site else [slug]
    return reverse("programme:group", args=place)


def _invitation_points(meeting: Meeting, guests: GuestList) -> list[Point]:
    """Once there is someone to invite and a date, now or that people still count on."""
    if not guests.lines or not (meeting.starts_at or guests.told):
        return []
    href = reverse("seminar:invitations", args=[meeting.pk])
    is_settled = not guests.to_write_to
    return [Point(_("Invitations"), say_counts(guests), href, is_settled)]


def _room_point(meeting: Meeting, room: Room | None) -> Point:
    href = reverse("seminar:room", args=[meeting.pk])
    if room is None:
        return Point(_("Salle"), _("à préparer"), href, False)
    value = _("code %(code)s, %(identity)s") % {
        "code": room.code,
        "identity": str(Identity(room.identity).label).lower(),
    }
    return Point(_("Salle"), value, href, True)


def _hold(meeting: Meeting, room: Room | None, roll: Roll) -> Movement:
    console = reverse("contribution:console", args=[meeting.pk])
    room_page = reverse("seminar:room", args=[meeting.pk])
    state = RoomState(room.state) if room else RoomState.READY
    if room is None or state == RoomState.READY:
        ways = [
            Way(_("Ouvrir la salle"), room_page, is_main=True),
            Way(_("Voir la console"), console),
        ]
        said, kind = _("Pas encore ouverte"), "neutral"
        if meeting.state == MeetingState.HELD:
            said = _("Tenue sans salle ouverte")
        points: tuple[Point, ...] = (_roll_point(meeting, roll),)
        return Movement("hold", _("Animer"), said, kind, points, tuple(ways))
    count = participants_of(room).count()
    present = ngettext("%(count)d personne", "%(count)d personnes", count) % {"count": count}
    points = (
        Point(_("Code"), room.code, room_page, True),
        Point(_("Dans la salle"), present, console, True),
        _roll_point(meeting, roll),
    )
    is_open = state == RoomState.OPEN
    ways = [
        Way(_("Conduire la séance") if is_open else _("Revoir la console"), console, is_main=True),
        Way(
            _("Afficher le mur"),
            reverse("contribution:wall", args=[room.wall_key]),
        ),
        Way(
            _("Saisir les cartes papier"),
            reverse("contribution:transcription", args=[meeting.pk]),
        ),
        Way(_("Fermer la salle") if is_open else _("Rouvrir la salle"), room_page),
    ]
    said, kind = (_("Salle ouverte"), "info") if is_open else (_("Salle fermée"), "success")
    return Movement("hold", _("Animer"), said, kind, points, tuple(ways))


def _roll_point(meeting: Meeting, roll: Roll) -> Point:
    href = reverse("seminar:attendance", args=[meeting.pk])
    return Point(_("Présences"), roll_words(roll), href, roll.is_taken, is_readable=True)


def _leave(viewer: Viewer, meeting: Meeting) -> Movement:
    key = DocumentKey(DeliverableKind.SEMINAR_NOTE, meeting_id=meeting.pk)
    found = document_states(viewer, meeting.programme).get(key)
    note = reverse("deliverable:note", args=[meeting.pk])
    if found is None:
        return Movement(
            "leave",
            _("Restituer"),
            _("Pas encore de note"),
            "neutral",
            (),
            (Way(_("Rédiger la note"), note, is_main=True),),
        )
    is_frozen = found.kind == "success"
    label = _("Lire la note") if is_frozen else _("Poursuivre la note")
    ways = [Way(label, found.href or note, is_main=True, is_readable=is_frozen)]
    return Movement("leave", _("Restituer"), capfirst(found.label), found.kind, (), tuple(ways))
