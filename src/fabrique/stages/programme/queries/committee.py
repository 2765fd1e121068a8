"""The questions asked of what is settled, of success criteria and of immersion days.

What hangs from a meeting is seen by whoever sees the meeting; criteria by the whole programme's
team. The team's own notes of an appointment are for those who facilitate.
"""

from django.db.models import Prefetch, QuerySet

from fabrique.people.viewer import Viewer
from fabrique.stages.programme.models import (
    Appointment,
    Argument,
    CriterionReview,
    Decision,
    ImmersionDay,
    Meeting,
    PointToSettle,
    Programme,
    ProposedProfile,
    SettlingOption,
    Site,
    SpottedActor,
    Stake,
    SuccessCriterion,
)
from fabrique.stages.programme.queries.announced import (
    meetings_facilitated_by,
    meetings_visible_to,
    programmes_visible_to,
)


def points_visible_to(viewer: Viewer, meeting: Meeting) -> QuerySet[PointToSettle]:
    """Every point of a meeting, removed ones too, in order.

    Each comes with ``all_options`` (and their ``all_arguments``) and ``standing``, the decision
    in force if any: four queries whatever the number.
    """
    arguments = Prefetch("arguments", queryset=Argument.objects.all(), to_attr="all_arguments")
    options = SettlingOption.objects.prefetch_related(arguments)
    standing = Decision.objects.filter(superseded_at=None).select_related("option")
    seen = meetings_visible_to(viewer).order_by().values("pk")
    points = PointToSettle.objects.filter(meeting=meeting, meeting__in=seen)
    return points.select_related("meeting").prefetch_related(
        Prefetch("options", queryset=options, to_attr="all_options"),
        Prefetch("decisions", queryset=standing, to_attr="standing"),
    )


def point_states_visible_to(viewer: Viewer, meeting: Meeting) -> QuerySet[PointToSettle, str]:
    """How far the points of a meeting are, removed ones apart."""
    seen = meetings_visible_to(viewer).order_by().values("pk")
    points = PointToSettle.objects.filter(meeting=meeting, meeting__in=seen, removed_at=None)
    return points.values_list("state", flat=True)


def decisions_visible_to(viewer: Viewer) -> QuerySet[Decision]:
    """The log, oldest first: those that stand and those gone back on, each with its meeting."""
    seen = meetings_visible_to(viewer).order_by().values("pk")
    decisions = Decision.objects.filter(point__meeting__in=seen, point__removed_at=None)
    return decisions.select_related("option", "point__meeting__site__territory")


def points_of(meeting: Meeting) -> list[PointToSettle]:
    """The points of a meeting the caller already may see, as ``points_visible_to`` gives them,
    those that were removed left out: for what is written of the meeting."""
    arguments = Argument.objects.filter(removed_at=None)
    options = SettlingOption.objects.filter(removed_at=None).prefetch_related(
        Prefetch("arguments", queryset=arguments, to_attr="all_arguments")
    )
    standing = Decision.objects.filter(superseded_at=None).select_related("option")
    return list(
        PointToSettle.objects.filter(meeting=meeting, removed_at=None).prefetch_related(
            Prefetch("options", queryset=options, to_attr="all_options"),
            Prefetch("decisions", queryset=standing, to_attr="standing"),
        )
    )


def criteria_visible_to(viewer: Viewer) -> QuerySet[SuccessCriterion]:
    """Those of the programmes seen, dropped ones too, each with ``all_reviews``."""
    seen = programmes_visible_to(viewer).order_by().values("pk")
    return _with_reviews(SuccessCriterion.objects.filter(programme__in=seen))


def criteria_with_reviews(programme: Programme) -> list[SuccessCriterion]:
    """Those of a programme the caller already may see, none that was dropped: for what is written
    of it."""
    return list(
        _with_reviews(programme.criteria.filter(removed_at=None).order_by("position", "pk"))
    )


def meetings_until(meeting: Meeting) -> list[Meeting]:
    """It and those before it at the national scale: what could already be judged on its day."""
    return list(
        Meeting.objects.filter(
            programme=meeting.programme_id, site=None, position__lte=meeting.position
        )
    )


def _with_reviews(criteria: QuerySet[SuccessCriterion]) -> QuerySet[SuccessCriterion]:
    reviews = CriterionReview.objects.order_by("meeting__position", "pk")
    return criteria.prefetch_related(Prefetch("reviews", queryset=reviews, to_attr="all_reviews"))


def appointments_visible_to(viewer: Viewer) -> QuerySet[Appointment]:
    """Appointments in the order of the day; only facilitators are given the team's own notes."""
    seen = meetings_visible_to(viewer).order_by().values("pk")
    return Appointment.objects.filter(meeting__in=seen)


def may_read_notes(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether the team's own notes of a meeting's appointments are for this viewer."""
    return meetings_facilitated_by(viewer).filter(pk=meeting.pk).exists()


def immersion_day_of(meeting: Meeting) -> ImmersionDay:
    """What was understood on the day of a meeting the caller already may see; empty texts when
    nothing was written."""
    found = ImmersionDay.objects.filter(meeting=meeting).first()
    return found or ImmersionDay(meeting=meeting)


def stakes_visible_to(viewer: Viewer, meeting: Meeting) -> QuerySet[Stake]:
    seen = meetings_visible_to(viewer).order_by().values("pk")
    return Stake.objects.filter(meeting=meeting, meeting__in=seen).select_related("appointment")


def spotted_actors_visible_to(viewer: Viewer, meeting: Meeting) -> QuerySet[SpottedActor]:
    seen = meetings_visible_to(viewer).order_by().values("pk")
    found = SpottedActor.objects.filter(meeting=meeting, meeting__in=seen)
    return found.select_related("appointment")


def proposed_profiles_visible_to(viewer: Viewer, meeting: Meeting) -> QuerySet[ProposedProfile]:
    seen = meetings_visible_to(viewer).order_by().values("pk")
    found = ProposedProfile.objects.filter(meeting=meeting, meeting__in=seen)
    return found.select_related("appointment", "member")


def profiles_proposed_for(viewer: Viewer, site: Site) -> QuerySet[ProposedProfile]:
    """All that immersion days of a territory proposed for its group, with whom was found for it."""
    seen = meetings_visible_to(viewer).order_by().values("pk")
    found = ProposedProfile.objects.filter(meeting__site=site, meeting__in=seen)
    return found.select_related("meeting", "member")


def profiles_to_hand_over(viewer: Viewer, site: Site) -> QuerySet[ProposedProfile]:
    """Those nobody was found for yet."""
    waiting = profiles_proposed_for(viewer, site).filter(removed_at=None, member=None)
    return waiting.select_related("appointment")
