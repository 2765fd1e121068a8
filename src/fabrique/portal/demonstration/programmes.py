"""The two demonstrations: the programme in progress, and the same one played to its last day."""

from typing import Any

from django.db import transaction

from fabrique.portal.demonstration.committee import review_criteria, settle_and_immerse
from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.keys import Kept
from fabrique.portal.demonstration.planning import plan_again
from fabrique.portal.demonstration.seminar import make_ready, play_seminar
from fabrique.portal.demonstration.year import lay_out_year, meeting_of
from fabrique.stages.deliverable.models import Deliverable
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.queries import all_programmes

IN_PROGRESS = "in_progress"
PLAYED = "played"


def demonstration(calendar: str) -> Programme | None:
    """The programme of a calendar, where it is there."""
    slug = read(f"calendars/{calendar}")["slug"]
    return all_programmes().filter(is_demonstration=True, slug=slug).first()


@transaction.atomic
def play_year(calendar: str) -> list[Deliverable]:
    """Lay out a calendar's programme and play what it has a script for; gives the frozen notes."""
    plan = read(f"calendars/{calendar}")
    programme = lay_out_year(plan)
    settle_and_immerse(programme)
    review_criteria(programme)
    kept = Kept()
    dated = sorted(plan["meetings"], key=_start)
    for one in dated:
        if one.get("ready"):
            make_ready(meeting_of(programme, one["key"], one.get("site", "")))
    notes = [
        play_seminar(programme, one["script"], kept, with_files=plan["with_files"])
        for one in dated
        if "script" in one
    ]
    if plan["is_planned_again"]:
        plan_again(programme)
    return notes


def _start(meeting: dict[str, Any]) -> Any:
    return meeting["starts_at"]
