"""What a programme wants its working groups to look like, changed in its own copy of the method."""

from uuid import UUID

from django.db import transaction

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.blueprint import Blueprint, GroupPlan
from fabrique.stages.programme.models import Programme


@transaction.atomic
def set_group_plan(programme_id: UUID, *, plan: GroupPlan, actor: str) -> Programme:
    """Size, quorum and targets of every group. Raises ``InvalidBlueprint``."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)
    before = programme.blueprint.get("group", {})
    wanted = {**programme.blueprint, "group": plan.model_dump(mode="json")}
    programme.blueprint = Blueprint.from_data(wanted).as_data()
    programme.save(update_fields=["blueprint"])
    record(
        programme,
        verb="set-group-targets",
        actor=actor,
        detail={"before": before, "after": programme.blueprint["group"]},
    )
    return programme
