"""What dates have to keep to: periods of meetings, closed days, delays, who is expected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.calendar import Window
from fabrique.stages.programme.enums import ClosedKind, Concerned, MeetingState, Need
from fabrique.stages.programme.errors import EndsBeforeItStarts, PeriodsOverlap
from fabrique.stages.programme.models import (
    ClosedPeriod,
    Contact,
    Expected,
    Meeting,
    Programme,
    Site,
)
from fabrique.stages.programme.queries.expected import expected_at
from fabrique.stages.programme.school_zones import days_off, sites_without_a_zone

CLOSED_FIELDS = ("site", "kind", "label", "first_date", "last_date", "concerns", "is_strict")


@dataclass(frozen=True)
class DaysOffAdded:
    """How many periods are new, and the territories whose school holidays nothing here knows."""

    count: int
    without_zone: Sequence[Site]


@transaction.atomic
def change_windows(
    programme: Programme, windows: Mapping[UUID, Sequence[Window]], *, actor: str
) -> int:
    """Give meetings other periods, one or several each; says how many meetings changed.

    Raises ``EndsBeforeItStarts``, ``PeriodsOverlap``.
    """
    meetings = Meeting.objects.select_for_update(of=("self",)).filter(
        programme=programme, pk__in=windows
    )
    changed = []
    for meeting in meetings.exclude(state=MeetingState.HELD):
        before, after = meeting.windows, _in_order(windows[meeting.pk])
        if after == before:
            continue
        meeting.window_start_date, meeting.window_end_date = after[0][0], after[-1][1]
        meeting.window_parts = _iso(after) if len(after) > 1 else []
        record(
            programme,
            verb="change-window",
            actor=actor,
            subject=meeting.pk,
            detail={"before": _iso(before), "after": _iso(after)},
        )
        changed.append(meeting)
    fields = ["window_start_date", "window_end_date", "window_parts"]
    Meeting.objects.bulk_update(changed, fields)
    return len(changed)


@transaction.atomic
def name_places(programme: Programme, places: Mapping[UUID, str], *, actor: str) -> int:
    """Say where meetings without a date will be; how many changed.

    Once a meeting has a date, its place changes with it: ``meetings.schedule_meeting``.
    """
    meetings = Meeting.objects.select_for_update(of=("self",)).filter(
        programme=programme, pk__in=places, starts_at__isnull=True
    )
    changed = [one for one in meetings if one.place != places[one.pk].strip()]
    for meeting in changed:
        before, meeting.place = meeting.place, places[meeting.pk].strip()
        record(
            programme,
            verb="name-place",
            actor=actor,
            subject=meeting.pk,
            detail={"before": before, "after": meeting.place},
        )
    Meeting.objects.bulk_update(changed, ["place"])
    return len(changed)


def _in_order(windows: Sequence[Window]) -> list[Window]:
    ordered = sorted(windows)
    for first, last in ordered:
        if last < first:
            raise EndsBeforeItStarts(starts=first, ends=last)
    for (_first, last), (following, end) in pairwise(ordered):
        if following <= last:
            raise PeriodsOverlap(first=following, last=min(last, end))
    return ordered


def _iso(windows: Sequence[Window]) -> list[list[str]]:
    return [[first.isoformat(), last.isoformat()] for first, last in windows]


@transaction.atomic
def change_delays(
    programme: Programme,
    *,
    note_days: int,
    step_days: int,
    travel_days: int,
    weekdays: Sequence[int],
    starts_at: time,
    actor: str,
) -> Programme:
    """Write in the programme's own copy of its method what its dates keep to."""
    held = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    changes = {
        "note_days": note_days,
        "step_days": step_days,
        "travel_days": travel_days,
        "weekdays": sorted(set(weekdays)),
        "starts_at": starts_at.isoformat(),
    }
    before = Blueprint.from_data(held.blueprint).calendar.model_dump(mode="json")
    changed = Blueprint.from_data({**held.blueprint, "calendar": before | changes})
    held.blueprint = changed.as_data()
    held.save(update_fields=["blueprint"])
    record(held, verb="change-delays", actor=actor, detail={"before": before, "after": changes})
    return held


@transaction.atomic
def add_closed_period(
    programme: Programme, *, actor: str, meeting: Meeting | None = None, **details: Any
) -> ClosedPeriod:
    period = ClosedPeriod(programme=programme, meeting=meeting)
    return _write(period, details, verb="add-closed-period", actor=actor)


@transaction.atomic
def change_closed_period(period_id: UUID, *, actor: str, **details: Any) -> ClosedPeriod:
    period = ClosedPeriod.objects.select_for_update(of=("self",)).get(pk=period_id)
    return _write(period, details, verb="change-closed-period", actor=actor)


@transaction.atomic
def remove_closed_period(period_id: UUID, *, actor: str) -> None:
    """Open those days again; removing what is removed changes nothing."""
    period = ClosedPeriod.objects.filter(pk=period_id).select_related("programme").first()
    if period is None:
        return
    record(
        period.programme,
        verb="remove-closed-period",
        actor=actor,
        subject=period.pk,
        detail=_told(period),
    )
    period.delete()


@transaction.atomic
def add_councils(
    programme: Programme, *, site: Site, label: str, days: Iterable[date], actor: str
) -> int:
    """Close these days to the elected of a territory; a day its council has already stays one."""
    of_site = ClosedPeriod.objects.filter(programme=programme, site=site, kind=ClosedKind.COUNCIL)
    known = set(of_site.values_list("first_date", flat=True))
    new = sorted(set(days) - known)
    ClosedPeriod.objects.bulk_create(
        ClosedPeriod(
            programme=programme,
            site=site,
            kind=ClosedKind.COUNCIL,
            label=label,
            first_date=day,
            last_date=day,
            concerns=Concerned.ELECTED,
        )
        for day in new
    )
    if new:
        record(
            programme,
            verb="add-councils",
            actor=actor,
            subject=site.pk,
            detail={"label": label, "days": [day.isoformat() for day in new]},
        )
    return len(new)


@transaction.atomic
def add_days_off(programme: Programme, *, first: date, last: date, actor: str) -> DaysOffAdded:
    """Public holidays, to be kept; school holidays of each zone, to be avoided. Once each."""
    sites = list(Site.objects.filter(programme=programme).select_related("territory"))
    known = set(
        ClosedPeriod.objects.filter(programme=programme).values_list(
            "kind", "label", "first_date", "last_date", "site"
        )
    )
    new = [
        ClosedPeriod(
            programme=programme,
            site=one.site,
            kind=one.kind,
            label=one.label,
            first_date=one.first,
            last_date=one.last,
            is_strict=one.is_strict,
        )
        for one in days_off(sites, first=first, last=last)
        if (one.kind, one.label, one.first, one.last, one.site.pk if one.site else None)
        not in known
    ]
    ClosedPeriod.objects.bulk_create(new)
    if new:
        record(programme, verb="add-days-off", actor=actor, detail={"count": len(new)})
    return DaysOffAdded(len(new), sites_without_a_zone(sites))


@transaction.atomic
def expect(meeting: Meeting, needs: dict[UUID, Need], *, actor: str) -> int:
    """Say how much a meeting needs these contacts; what their role says already is not kept."""
    by_default = {
        one.contact.pk: one.by_default
        for one in expected_at([meeting], with_others=True)[meeting.pk]
        if one.contact is not None
    }
    changed = 0
    contacts = Contact.objects.filter(programme=meeting.programme_id, pk__in=needs)
    for contact in contacts:
        need = needs[contact.pk]
        changed += _expect_one(meeting, contact, need, by_default.get(contact.pk, Need.NONE))
    if changed:
        record(
            meeting.programme,
            verb="expect",
            actor=actor,
            subject=meeting.pk,
            detail={"changed": changed},
        )
    return changed


def _expect_one(meeting: Meeting, contact: Contact, need: Need, by_default: Need) -> bool:
    said = Expected.objects.filter(meeting=meeting, contact=contact).first()
    if need == by_default:
        return bool(said and said.delete())
    if said is not None and said.need == need:
        return False
    Expected.objects.update_or_create(meeting=meeting, contact=contact, defaults={"need": need})
    return True


def _write(period: ClosedPeriod, details: dict[str, Any], *, verb: str, actor: str) -> ClosedPeriod:
    unknown = set(details) - set(CLOSED_FIELDS)
    if unknown:
        raise TypeError(f"not fields of a closed period: {sorted(unknown)}")
    for name, value in details.items():
        setattr(period, name, value)
    if period.last_date < period.first_date:
        raise EndsBeforeItStarts(starts=period.first_date, ends=period.last_date)
    period.save()
    record(period.programme, verb=verb, actor=actor, subject=period.pk, detail=_told(period))
    return period


def _told(period: ClosedPeriod) -> dict[str, str]:
    return {
        "label": period.label,
        "first": period.first_date.isoformat(),
        "last": period.last_date.isoformat(),
    }
