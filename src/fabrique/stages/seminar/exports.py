"""A seminar on paper: sign-in sheet, run sheet and the poster that says how to come in."""

import io
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fabrique.document.print_kit import (
    AttendanceSheet,
    Attendee,
    Heading,
    JoinPoster,
    RunSheet,
    RunSheetLine,
)
from fabrique.kit.components.steps import step_accent
from fabrique.people.viewer import Viewer
from fabrique.stages.programme.models import GroupMember, Meeting
from fabrique.stages.programme.queries import blueprint_of
from fabrique.stages.programme.year import step_key
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Room, Sequence
from fabrique.stages.seminar.overview import when_and_where
from fabrique.stages.seminar.queries import members_of_meeting_visible_to
from fabrique.stages.seminar.running_order import RunningOrder


def heading_of(meeting: Meeting) -> Heading:
    """What stands at the head of every sheet of a meeting."""
    blueprint = blueprint_of(meeting.programme)
    place = [meeting.site.territory.name] if meeting.site else []
    demonstration = _("Données de démonstration") if meeting.programme.is_demonstration else ""
    return Heading(
        title=meeting.title,
        detail=" · ".join([*place, when_and_where(meeting)]),
        mark=blueprint.step(meeting.step).mark,
        accent=step_accent(step_key(blueprint, meeting.step)),
        lang=get_language() or "fr",
        notice=demonstration,
        issued_on=timezone.localdate(),
    )


def attendance_sheet(viewer: Viewer, meeting: Meeting) -> AttendanceSheet:
    members = members_of_meeting_visible_to(viewer, meeting)
    return AttendanceSheet(
        heading=heading_of(meeting),
        attendees=tuple(
            Attendee(
                member.name, member.institution, qr_of(scan_address(meeting, member), error="l")
            )
            for member in members
        ),
        columns=(_("Nom ou fonction"), _("Institution"), _("Signature")),
        qr_alternative=_("Code QR pour pointer cette personne"),
        hint=_(
            "L'équipe peut viser le code d'un nom avec un téléphone connecté pour noter la "
            "personne présente. Il ne sert à personne d'autre."
        ),
        caption=_("Feuille de présence"),
    )


def printed_run_sheet(meeting: Meeting, sequences: list[Sequence]) -> RunSheet:
    order = RunningOrder(meeting, sequences)
    return RunSheet(
        heading=heading_of(meeting),
        lines=tuple(
            RunSheetLine(
                starts_at=line.start,
                duration=line.duration,
                title=line.sequence.title,
                kind=" · ".join(filter(None, (line.kind, line.format_title))),
                detail=line.sequence.purpose,
            )
            for line in order.lines
        ),
        ends_at=order.end,
        end_label=_("Fin"),
        columns=(_("Heure"), _("Durée"), _("Séquence"), _("Qui")),
        caption=_("Déroulé"),
    )


def join_poster(meeting: Meeting, room: Room) -> JoinPoster:
    return JoinPoster(
        heading=heading_of(meeting),
        title=_("Rejoindre la salle"),
        address=short_address(room),
        code=room.code,
        qr_svg=qr_svg(room),
        qr_alternative=_("Code QR vers l'adresse écrite dessous"),
        steps=(
            _("Visez le code avec l'appareil photo, ou tapez l'adresse."),
            _IDENTITY_STEPS[Identity(room.identity)](),
            _("Écrivez quand un atelier s'ouvre."),
        ),
        code_label=_("Code"),
    )


def join_address(room: Room) -> str:
    """What the QR code holds: the room's code and nothing personal."""
    return f"{settings.FABRIQUE_URL}{reverse('contribution:join', args=[room.code])}"


def short_address(room: Room) -> str:
    """The address as one types it."""
    parts = urlsplit(join_address(room))
    return f"{parts.netloc}{parts.path}".rstrip("/")


def scan_address(meeting: Meeting, member: GroupMember) -> str:
    """Where a facilitator notes a member present: nothing to anyone else, no key in it."""
    return f"{settings.FABRIQUE_URL}{reverse('seminar:scan', args=[meeting.pk, member.pk])}"


def qr_svg(room: Room) -> str:
    """The room's code, for any phone to read."""
    return qr_of(join_address(room), error="m")


def qr_of(address: str, *, error: str) -> str:
    """Dark on white whatever the theme, with its quiet zone."""
    out = io.BytesIO()
    drawn = segno.make(address, error=error, micro=False)
    drawn.save(out, kind="svg", scale=6, border=4, light="#fff", svgclass=None, lineclass=None)
    return out.getvalue().decode()


_IDENTITY_STEPS = {
    Identity.NAMED: lambda: _("Choisissez votre nom dans la liste."),
    Identity.PSEUDONYM: lambda: _("Choisissez un pseudonyme."),
    Identity.ANONYMOUS: lambda: _("Entrez : personne n'est nommé."),
}
