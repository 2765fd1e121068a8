"""Slow work, handed to whatever worker the settings name."""

from uuid import UUID

from django_tasks import task

from fabrique.methods.calendar import plan_series
from fabrique.methods.calendar.contracts import Progress, SeriesPlan, SeriesRequest
from fabrique.methods.errors import MethodError
from fabrique.stages.programme.actions import proposals
from fabrique.stages.programme.analyses import variants
from fabrique.stages.programme.analyses.series import request_of, with_quorums_in_reach


@task()
def search_calendar(proposal_id: str) -> None:
    """One variant, from the case kept with it to the best calendar found."""
    key = UUID(proposal_id)
    proposal = proposals.start(key)
    if proposal is None:
        return
    try:
        request = request_of(proposal.request)
        proposals.note_result(key, _plan(key, request, variant=proposal.variant))
    except MethodError as refusal:
        proposals.note_failure(key, code=refusal.code)
    except Exception:
        proposals.note_failure(key, code="unexpected")
        raise


def _plan(proposal_id: UUID, request: SeriesRequest, *, variant: str) -> SeriesPlan:
    """« Au plus tôt » first finds how soon, then who can come that soon."""

    def watch(progress: Progress) -> bool:
        return proposals.note_progress(proposal_id, progress)

    def planned(case: SeriesRequest) -> SeriesPlan:
        return plan_series(with_quorums_in_reach(case), watch=watch)

    if variant != variants.EARLIEST:
        return planned(request)
    soonest = planned(variants.without_preferences(request))
    if not soonest.dates:
        return planned(request)
    return planned(variants.no_later_than(request, soonest))
