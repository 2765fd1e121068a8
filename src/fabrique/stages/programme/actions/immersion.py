"""The verbs of an immersion day: appointments, notes, and the lines the day leaves with.

Nothing is taken away for good: what is removed can be put back.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.putting_away import Removable, put_away, put_back
from fabrique.stages.programme.blueprint import fill
from fabrique.stages.programme.enums import AppointmentKind
from fabrique.stages.programme.errors import HeardTwice
from fabrique.stages.programme.models import (
    Appointment,
    ImmersionDay,
    Meeting,
    ProposedProfile,
    SpottedActor,
    Stake,
)
from fabrique.stages.programme.queries import blueprint_of, placeholder_values

DAY_FIELDS = ("context", "mobilisation", "to_prepare")
APPOINTMENT_FIELDS = ("kind", "starts_at", "minutes", "title", "place", "purpose")
Line = TypeVar("Line", bound=Stake | SpottedActor | ProposedProfile)
Row = TypeVar("Row", bound=Appointment | Stake | SpottedActor | ProposedProfile)

#: What makes two lines the same one.
SAME: Mapping[type, tuple[str, ...]] = {
    Stake: ("text",),
    SpottedActor: ("name",),
    ProposedProfile: ("role", "institution"),
}


# ── The day ──────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def write_day(meeting: Meeting, *, actor: str, **texts: str) -> ImmersionDay:
    """Write some of what is understood of the territory; the former words stay in the audit."""
    _check(texts, DAY_FIELDS)
    _hold_meeting(meeting)
    day, _made = ImmersionDay.objects.get_or_create(meeting=meeting)
    before = {name: getattr(day, name) for name in texts}
    after = {name: text.strip() for name, text in texts.items()}
    if before == after:
        return day
    for name, text in after.items():
        setattr(day, name, text)
    day.save(update_fields=list(after))
    _record(meeting, "write-immersion", actor, before=before)
    return day


# ── Appointments ─────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def lay_out_appointments(meeting: Meeting, *, actor: str) -> list[Appointment]:
    """Begin with the moments the method gives the day, at their hours; once, while it is empty."""
    _hold_meeting(meeting)
    if Appointment.objects.filter(meeting=meeting).exists():
        return []
    blueprint = blueprint_of(meeting.programme)
    values = placeholder_values(meeting.programme, meeting.site)
    hour = timezone.localtime(meeting.starts_at) if meeting.starts_at else None
    made = []
    for position, plan in enumerate(blueprint.meeting(meeting.key).sequences):
        if plan.kind != "break":
            made.append(
                Appointment(
                    meeting=meeting,
                    kind=_KINDS[plan.kind],
                    starts_at=_time(hour),
                    minutes=plan.minutes,
                    title=fill(plan.title, values),
                    purpose=fill(plan.purpose, values),
                    position=position,
                )
            )
        hour = hour + timedelta(minutes=plan.minutes) if hour else None
    Appointment.objects.bulk_create(made)
    _record(meeting, "lay-out-appointments", actor, count=len(made))
    return made


@transaction.atomic
def add_appointment(meeting: Meeting, *, actor: str, **details: Any) -> Appointment:
    _check(details, APPOINTMENT_FIELDS)
    _hold_meeting(meeting)
    last = meeting.appointments.aggregate(last=Max("position"))["last"]
    appointment = Appointment.objects.create(
        meeting=meeting, position=0 if last is None else last + 1, **details
    )
    _record(meeting, "add-appointment", actor, title=appointment.title)
    return appointment


@transaction.atomic
def change_appointment(appointment_id: UUID, *, actor: str, **details: Any) -> Appointment:
    _check(details, APPOINTMENT_FIELDS)
    return _write(appointment_id, "change-appointment", actor, details)


@transaction.atomic
def take_notes(appointment_id: UUID, *, notes: str, kept: str, actor: str) -> Appointment:
    """Keep what was noted; the former notes stay in the audit lines."""
    texts = {"notes": notes.strip(), "kept": kept.strip()}
    return _write(appointment_id, "take-notes", actor, texts)


@transaction.atomic
def remove_appointment(appointment_id: UUID, *, actor: str) -> Appointment:
    """Take it off the day; its notes stay with it, and what was heard at it stays in the lists."""
    return _moved(_hold(Appointment, appointment_id), put_away, "remove-appointment", actor)


@transaction.atomic
def restore_appointment(appointment_id: UUID, *, actor: str) -> Appointment:
    return _moved(_hold(Appointment, appointment_id), put_back, "restore-appointment", actor)


# ── Stakes, actors, profiles ─────────────────────────────────────────────────────────────────


def note_stake(
    meeting: Meeting, *, text: str, appointment: Appointment | None = None, actor: str
) -> Stake:
    """Raises ``HeardTwice``."""
    return _hear(Stake, meeting, appointment, actor, text=text.strip())


def spot_actor(
    meeting: Meeting,
    *,
    name: str,
    kind: str = "",
    why: str = "",
    appointment: Appointment | None = None,
    actor: str,
) -> SpottedActor:
    """Put an organisation in the first list of actors. Raises ``HeardTwice``."""
    details = {"name": name.strip(), "kind": kind.strip(), "why": why.strip()}
    return _hear(SpottedActor, meeting, appointment, actor, **details)


def propose_profile(
    meeting: Meeting,
    *,
    role: str,
    institution: str = "",
    institution_kind: str = "",
    function_kind: str = "",
    sector: str = "",
    why: str = "",
    appointment: Appointment | None = None,
    actor: str,
) -> ProposedProfile:
    """Propose someone for the working group, by role: nobody is invited yet.

    Raises ``HeardTwice``.
    """
    return _hear(
        ProposedProfile,
        meeting,
        appointment,
        actor,
        role=role.strip(),
        institution=institution.strip(),
        institution_kind=institution_kind,
        function_kind=function_kind,
        sector=sector.strip(),
        why=why.strip(),
    )


@transaction.atomic
def remove_line(line: Line, *, actor: str) -> None:
    _moved(_hold(type(line), line.pk), put_away, "remove-heard", actor)


@transaction.atomic
def restore_line(line: Line, *, actor: str) -> None:
    """Raises ``HeardTwice`` when it was written again since."""
    kind = type(line)
    _hold_meeting(line.meeting)
    held = _hold(kind, line.pk)
    if _same_line(kind, held.meeting, {name: getattr(held, name) for name in SAME[kind]}):
        if held.removed_at is not None:
            raise HeardTwice(words=str(held))
        return
    _moved(held, put_back, "restore-heard", actor)


@transaction.atomic
def _hear(
    noun: type[Line], meeting: Meeting, appointment: Appointment | None, actor: str, **details: str
) -> Line:
    _hold_meeting(meeting)
    if _same_line(noun, meeting, details):
        raise HeardTwice(words=str(noun(**details)))
    line = noun(meeting=meeting, appointment=appointment, **details)
    line.save(force_insert=True)
    _record(meeting, "note-heard", actor, noun=noun.__name__, words=str(line))
    return line


def _same_line(noun: type[Any], meeting: Meeting, details: Mapping[str, str]) -> bool:
    same = {f"{name}__iexact": details[name] for name in SAME[noun]}
    return bool(noun.objects.filter(meeting=meeting, removed_at=None, **same).exists())


# ── Shared ───────────────────────────────────────────────────────────────────────────────────


def _write(appointment_id: UUID, verb: str, actor: str, details: Mapping[str, Any]) -> Appointment:
    appointment = _hold(Appointment, appointment_id)
    before = {name: getattr(appointment, name) for name in details}
    if before == dict(details):
        return appointment
    for name, value in details.items():
        setattr(appointment, name, value)
    appointment.save(update_fields=list(details))
    _record(
        appointment.meeting,
        verb,
        actor,
        appointment=str(appointment.pk),
        before={name: _plain(value) for name, value in before.items()},
    )
    return appointment


def _hold(kind: type[Row], key: UUID) -> Row:
    rows = kind._default_manager.select_for_update(of=("self",))
    return cast(Row, rows.select_related("meeting__programme").get(pk=key))


def _hold_meeting(meeting: Meeting) -> None:
    """What is added to the same day comes one after the other."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def _check(details: Mapping[str, Any], fields: tuple[str, ...]) -> None:
    if unknown := set(details) - set(fields):
        raise TypeError(f"not fields: {sorted(unknown)}")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, time) else value


def _time(hour: datetime | None) -> time | None:
    return hour.time().replace(second=0, microsecond=0) if hour else None


def _moved(row: Row, move: Callable[[Removable], bool], verb: str, actor: str) -> Row:
    """Put away or back, with its audit line when that changed something."""
    if move(row):
        _record(row.meeting, verb, actor, noun=type(row).__name__, words=str(row))
    return row


def _record(meeting: Meeting, verb: str, actor: str, **detail: object) -> None:
    record(meeting.programme, verb=verb, actor=actor, subject=meeting.pk, detail=detail)


_KINDS = {
    "debate": AppointmentKind.REFERENT,
    "testimony": AppointmentKind.ACTOR,
    "work": AppointmentKind.GROUP,
}
