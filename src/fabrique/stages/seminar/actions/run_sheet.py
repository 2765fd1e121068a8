"""The verbs of a run sheet: laid out from the programme's method, then changed line by line."""

from django.db import transaction

from fabrique.stages.programme.blueprint import Blueprint, SequencePlan, fill
from fabrique.stages.programme.models import Meeting
from fabrique.stages.programme.queries import blueprint_of, placeholder_values
from fabrique.stages.seminar.models import Sequence


@transaction.atomic
def ensure_run_sheet(meeting: Meeting) -> list[Sequence]:
    """The meeting's run sheet, laid out from the programme's method the first time it is asked."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("programme", "site__territory")
        .get(pk=meeting.pk)
    )
    sequences = list(Sequence.objects.filter(meeting=meeting))
    return sequences or _lay_out(meeting)


def _lay_out(meeting: Meeting) -> list[Sequence]:
    blueprint = blueprint_of(meeting.programme)
    values = placeholder_values(meeting.programme, meeting.site)
    plans = blueprint.meeting(meeting.key).sequences
    return Sequence.objects.bulk_create(
        _planned(meeting, blueprint, plan, position, values)
        for position, plan in enumerate(plans, start=1)
    )


def _planned(
    meeting: Meeting,
    blueprint: Blueprint,
    plan: SequencePlan,
    position: int,
    values: dict[str, object],
) -> Sequence:
    return Sequence(
        meeting=meeting,
        position=position,
        title=fill(plan.title, values),
        kind=plan.kind,
        horizon=plan.horizon,
        minutes=plan.minutes,
        purpose=fill(plan.purpose, values),
        format=plan.format,
        prompt=fill(blueprint.prompt_of(plan), values),
        settings=dict(plan.settings),
    )
