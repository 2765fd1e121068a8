"""The verbs of success criteria: set, adopted from what was said, owned, looked at again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.putting_away import put_away, put_back
from fabrique.stages.programme.enums import CriterionKind, Judgement
from fabrique.stages.programme.errors import NotARevisit
from fabrique.stages.programme.models import (
    CriterionReview,
    Meeting,
    Programme,
    SuccessCriterion,
)
from fabrique.stages.programme.queries import blueprint_of


@transaction.atomic
def add_criterion(
    programme: Programme, *, kind: CriterionKind, text: str, owner: str = "", actor: str
) -> SuccessCriterion:
    return _add(programme, kind=kind, text=text, owner=owner, actor=actor)


@transaction.atomic
def adopt_criterion(
    programme: Programme,
    *,
    kind: CriterionKind,
    text: str,
    source: str,
    source_label: str,
    owner: str = "",
    actor: str,
) -> SuccessCriterion:
    """Make a criterion of something that was said; ``source`` says of what, once a programme.

    Adopting the same again gives the criterion there is, put back if it had been dropped.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    same = SuccessCriterion.objects.filter(programme=programme, source=source)
    if found := same.select_for_update(of=("self",)).first():
        return _restored(found, actor)
    return _add(
        programme,
        kind=kind,
        text=text,
        owner=owner,
        source=source,
        source_label=source_label,
        actor=actor,
    )


@transaction.atomic
def change_criterion(
    criterion_id: int, *, kind: CriterionKind, text: str, owner: str, actor: str
) -> SuccessCriterion:
    """The former words stay in the audit lines."""
    criterion = _hold(criterion_id)
    names = ("kind", "text", "owner")
    before = {name: getattr(criterion, name) for name in names}
    criterion.kind, criterion.text, criterion.owner = kind, text.strip(), owner.strip()
    if before != {name: getattr(criterion, name) for name in names}:
        criterion.save(update_fields=names)
        _record(criterion, "change-criterion", actor, before=before)
    return criterion


@transaction.atomic
def drop_criterion(criterion_id: int, *, actor: str) -> SuccessCriterion:
    """Leave a criterion aside; its judgements stay with it."""
    return _dropped(_hold(criterion_id), actor)


@transaction.atomic
def restore_criterion(criterion_id: int, *, actor: str) -> SuccessCriterion:
    return _restored(_hold(criterion_id), actor)


@transaction.atomic
def drop_adopted(programme_id: UUID, *, sources: Collection[str]) -> int:
    """Drop the criteria adopted from what may no longer be read; says how many."""
    adopted = SuccessCriterion.objects.select_for_update(of=("self",)).filter(
        programme=programme_id, source__in=sources, removed_at=None
    )
    found = list(adopted.select_related("programme"))
    for criterion in found:
        _dropped(criterion, "")
    return len(found)


@transaction.atomic
def review_criterion(
    criterion_id: int,
    *,
    meeting: Meeting,
    judgement: Judgement,
    words: str = "",
    evidence: str = "",
    judged_by: str = "",
    judged_at: datetime | None = None,
    actor: str,
) -> CriterionReview:
    """Write what a meeting judges of a criterion, now unless said otherwise; again at the same
    meeting, the last word stands.

    The former judgement stays in the audit lines. Raises ``NotARevisit``.
    """
    criterion = _hold(criterion_id)
    programme = criterion.programme
    is_one = meeting.key in blueprint_of(programme).revisit_keys and meeting.site_id is None
    if meeting.programme_id != programme.pk or not is_one:
        raise NotARevisit(meeting=meeting.title)
    said = {
        "judgement": str(judgement),
        "words": words.strip(),
        "evidence": evidence.strip(),
        "judged_by": judged_by.strip(),
    }
    review = CriterionReview.objects.filter(criterion=criterion, meeting=meeting).first()
    before = {name: getattr(review, name) for name in said} if review else {}
    if review is not None and before == said:
        return review
    review = review or CriterionReview(criterion=criterion, meeting=meeting)
    for name, value in said.items():
        setattr(review, name, value)
    review.judged_at = judged_at or timezone.now()
    review.save()
    _record(criterion, "review-criterion", actor, meeting=str(meeting.pk), before=before)
    return review


def _add(
    programme: Programme, *, kind: CriterionKind, text: str, owner: str, actor: str, **source: str
) -> SuccessCriterion:
    last = programme.criteria.filter(kind=kind).aggregate(last=Max("position"))["last"]
    criterion = SuccessCriterion.objects.create(
        programme=programme,
        kind=kind,
        text=text.strip(),
        owner=owner.strip(),
        position=0 if last is None else last + 1,
        **source,
    )
    _record(criterion, "adopt-criterion" if source else "add-criterion", actor)
    return criterion


def _dropped(criterion: SuccessCriterion, actor: str) -> SuccessCriterion:
    if put_away(criterion):
        _record(criterion, "drop-criterion", actor)
    return criterion


def _restored(criterion: SuccessCriterion, actor: str) -> SuccessCriterion:
    if put_back(criterion):
        _record(criterion, "restore-criterion", actor)
    return criterion


def _hold(criterion_id: int) -> SuccessCriterion:
    criteria = SuccessCriterion.objects.select_for_update(of=("self",))
    return criteria.select_related("programme").get(pk=criterion_id)


def _record(criterion: SuccessCriterion, verb: str, actor: str, **detail: object) -> None:
    record(criterion.programme, verb=verb, actor=actor, subject=str(criterion.pk), detail=detail)
