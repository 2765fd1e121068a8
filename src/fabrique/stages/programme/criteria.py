"""Success criteria as pages show them: what was expected on day one beside what is judged since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from fabrique.kit.dates import day_words
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.enums import CriterionKind, Judgement
from fabrique.stages.programme.models import CriterionReview, Meeting, SuccessCriterion
from fabrique.stages.programme.year import step_key, when

BADGES = {
    Judgement.REACHED: "success",
    Judgement.ON_THE_WAY: "info",
    Judgement.PARTLY: "warning",
    Judgement.NOT_REACHED: "error",
    Judgement.TOO_EARLY: "neutral",
}


@dataclass(frozen=True)
class Moment:
    """A meeting at which criteria are looked at again."""

    meeting: Meeting
    label: str
    step: str
    when: str


@dataclass(frozen=True)
class ReviewCell:
    """What one moment said of one criterion; ``review`` is empty when nothing was said yet."""

    moment: Moment
    review: CriterionReview | None

    @property
    def badge(self) -> str:
        return BADGES[Judgement(self.review.judgement)] if self.review else "neutral"

    @property
    def day(self) -> str:
        return day_words(timezone.localdate(self.review.judged_at)) if self.review else ""


@dataclass(frozen=True)
class CriterionLine:
    criterion: SuccessCriterion
    cells: Sequence[ReviewCell]

    @property
    def last(self) -> CriterionReview | None:
        """The latest judgement there is."""
        said = [cell.review for cell in self.cells if cell.review]
        return said[-1] if said else None

    def said_at(self, meeting: Meeting) -> CriterionReview | None:
        return next((one.review for one in self.cells if one.moment.meeting == meeting), None)


@dataclass(frozen=True)
class CriteriaPart:
    """The criteria of one kind: on substance, or on method."""

    title: str
    lines: Sequence[CriterionLine]


def moments_of(blueprint: Blueprint, meetings: Iterable[Meeting]) -> list[Moment]:
    """The programme's own meetings that the method names, in the order of the year."""
    named = {meeting.key: meeting for meeting in meetings if meeting.site_id is None}
    found = [named[key] for key in blueprint.revisit_keys if key in named]
    return [
        Moment(meeting, _label(meeting), step_key(blueprint, meeting.step), when(meeting))
        for meeting in sorted(found, key=lambda meeting: meeting.position)
    ]


def criterion_lines(
    criteria: Iterable[SuccessCriterion], moments: Sequence[Moment]
) -> list[CriterionLine]:
    """``criteria`` come from ``queries.committee.criteria_visible_to``; dropped ones are left."""
    order = list(CriterionKind.values)
    standing = [one for one in criteria if one.removed_at is None]
    standing.sort(key=lambda one: (order.index(one.kind), one.position, one.pk))
    return [CriterionLine(one, _cells(one, moments)) for one in standing]


def by_kind(lines: Iterable[CriterionLine]) -> list[CriteriaPart]:
    lines = list(lines)
    parts = [
        CriteriaPart(str(kind.label), [line for line in lines if line.criterion.kind == kind])
        for kind in CriterionKind
    ]
    return [part for part in parts if part.lines]


def _cells(criterion: SuccessCriterion, moments: Sequence[Moment]) -> list[ReviewCell]:
    reviews = {review.meeting_id: review for review in criterion.all_reviews}  # type: ignore[attr-defined]
    return [ReviewCell(moment, reviews.get(moment.meeting.pk)) for moment in moments]


def _label(meeting: Meeting) -> str:
    """« Séminaire intersite #2 »."""
    kind = str(meeting.get_kind_display())
    return f"{kind} #{meeting.number}" if meeting.number else kind
