"""The verbs of what has to be settled: points, options, arguments, decisions.

Nothing is taken away for good: what is removed can be put back, and a decision taken again leaves
the former one in the log.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fabrique.stages.programme.actions.audit import record
from fabrique.stages.programme.actions.putting_away import Removable, put_away, put_back
from fabrique.stages.programme.enums import ArgumentSide, DecisionKind
from fabrique.stages.programme.errors import EmptyDecision, OptionElsewhere, OptionTwice
from fabrique.stages.programme.lifecycle import point_after
from fabrique.stages.programme.models import (
    Argument,
    Decision,
    Meeting,
    PointToSettle,
    SettlingOption,
)

Row = TypeVar("Row", PointToSettle, SettlingOption, Argument)

# ── Points ───────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def add_point(
    meeting: Meeting, *, title: str, context: str = "", options: Sequence[str] = (), actor: str
) -> PointToSettle:
    """Put a point after those there are; options written twice are kept once."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    last = PointToSettle.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"]
    point = PointToSettle.objects.create(
        meeting=meeting,
        title=title.strip(),
        context=context.strip(),
        position=0 if last is None else last + 1,
    )
    titles = dict.fromkeys(option.strip() for option in options if option.strip())
    SettlingOption.objects.bulk_create(
        SettlingOption(point=point, title=option, position=place)
        for place, option in enumerate(titles)
    )
    _record(point, "add-point", actor, title=point.title)
    return point


@transaction.atomic
def change_point(point_id: UUID, *, title: str, context: str, actor: str) -> PointToSettle:
    point = _hold(point_id)
    before = {"title": point.title, "context": point.context}
    point.title, point.context = title.strip(), context.strip()
    if before != {"title": point.title, "context": point.context}:
        point.save(update_fields=["title", "context"])
        _record(point, "change-point", actor, before=before)
    return point


@transaction.atomic
def move_point(point_id: UUID, *, place: int, actor: str) -> PointToSettle:
    """Put a point at a place counted from 1 among those of its meeting; beyond, at the end."""
    found = PointToSettle.objects.select_related("meeting").get(pk=point_id)
    Meeting.objects.select_for_update(of=("self",)).get(pk=found.meeting_id)
    points = list(PointToSettle.objects.filter(meeting=found.meeting_id, removed_at=None))
    if found not in points:
        return found
    before = points.index(found)
    points.remove(found)
    points.insert(max(place, 1) - 1, found)
    if points.index(found) == before:
        return found
    for position, point in enumerate(points):
        point.position = position
    PointToSettle.objects.bulk_update(points, ["position"])
    _record(found, "move-point", actor, place=points.index(found) + 1)
    return found


@transaction.atomic
def remove_point(point_id: UUID, *, actor: str) -> PointToSettle:
    """Take a point off the meeting; its arguments and decisions stay with it."""
    return _moved(_hold(point_id), put_away, "remove-point", actor)


@transaction.atomic
def restore_point(point_id: UUID, *, actor: str) -> PointToSettle:
    return _moved(_hold(point_id), put_back, "restore-point", actor)


# ── Options and arguments ────────────────────────────────────────────────────────────────────


@transaction.atomic
def add_option(point_id: UUID, *, title: str, actor: str) -> SettlingOption:
    """Raises ``OptionTwice``; one that was removed comes back with its arguments."""
    point = _hold(point_id)
    same = SettlingOption.objects.filter(point=point, title=title.strip())
    if same.filter(removed_at=None).exists():
        raise OptionTwice(title=title.strip())
    last = point.options.aggregate(last=Max("position"))["last"]
    option = same.first() or SettlingOption(
        point=point, title=title.strip(), position=0 if last is None else last + 1
    )
    option.removed_at = None
    option.save()
    _record(point, "add-option", actor, option=option.title)
    return option


@transaction.atomic
def change_option(option_id: UUID, *, title: str, actor: str) -> SettlingOption:
    """Raises ``OptionTwice``."""
    option = _hold_option(option_id)
    before, option.title = option.title, title.strip()
    if before == option.title:
        return option
    others = SettlingOption.objects.filter(point=option.point, removed_at=None)
    if others.exclude(pk=option.pk).filter(title=option.title).exists():
        raise OptionTwice(title=option.title)
    option.save(update_fields=["title"])
    _record(option.point, "change-option", actor, before=before, option=option.title)
    return option


@transaction.atomic
def remove_option(option_id: UUID, *, actor: str) -> SettlingOption:
    option = _hold_option(option_id)
    return _moved(option, put_away, "remove-option", actor, option=option.title)


@transaction.atomic
def restore_option(option_id: UUID, *, actor: str) -> SettlingOption:
    """Raises ``OptionTwice`` when another one says the same since."""
    option = _hold_option(option_id)
    same = option.point.options.filter(title=option.title, removed_at=None)
    if same.exclude(pk=option.pk).exists():
        raise OptionTwice(title=option.title)
    return _moved(option, put_back, "restore-option", actor, option=option.title)


@transaction.atomic
def argue(
    option_id: UUID, *, side: ArgumentSide, text: str, said_by: str = "", actor: str
) -> Argument:
    """Write down what someone says of an option; the same words sent twice are kept once."""
    option = _hold_option(option_id)
    said = {"side": side, "text": text.strip(), "said_by": said_by.strip()}
    if same := option.arguments.filter(removed_at=None, **said).first():
        return same
    argument = Argument.objects.create(option=option, **said)
    _record(option.point, "argue", actor, option=option.title, **said)
    return argument


@transaction.atomic
def remove_argument(argument_id: UUID, *, actor: str) -> Argument:
    argument = _hold_argument(argument_id)
    return _moved(argument, put_away, "remove-argument", actor, text=argument.text)


@transaction.atomic
def restore_argument(argument_id: UUID, *, actor: str) -> Argument:
    argument = _hold_argument(argument_id)
    return _moved(argument, put_back, "restore-argument", actor, text=argument.text)


# ── Decisions ────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def settle(
    point_id: UUID,
    *,
    option_id: UUID | None = None,
    words: str = "",
    decided_by: str = "",
    follow_up: str = "",
    decided_at: datetime | None = None,
    actor: str,
) -> Decision:
    """Write the decision: an option of the point, own words, or both; taken now unless said.

    Raises ``EmptyDecision``, ``OptionElsewhere``, ``IllegalMove`` when it is settled already.
    """
    point = _hold(point_id)
    option = None
    if option_id is not None:
        option = point.options.filter(pk=option_id, removed_at=None).first()
        if option is None:
            raise OptionElsewhere()
    if option is None and not words.strip():
        raise EmptyDecision()
    return _decide(
        point,
        "settle",
        Decision(
            point=point,
            kind=DecisionKind.SETTLED,
            option=option,
            words=words.strip(),
            follow_up=follow_up.strip(),
            decided_by=decided_by.strip(),
            decided_at=decided_at or timezone.now(),
        ),
        actor,
    )


@transaction.atomic
def postpone(
    point_id: UUID,
    *,
    words: str = "",
    decided_by: str = "",
    follow_up: str = "",
    decided_at: datetime | None = None,
    actor: str,
) -> Decision:
    """Come back to it later: ``words`` say until when or why. Raises ``IllegalMove``."""
    point = _hold(point_id)
    return _decide(
        point,
        "postpone",
        Decision(
            point=point,
            kind=DecisionKind.POSTPONED,
            words=words.strip(),
            follow_up=follow_up.strip(),
            decided_by=decided_by.strip(),
            decided_at=decided_at or timezone.now(),
        ),
        actor,
    )


@transaction.atomic
def reopen_point(point_id: UUID, *, actor: str) -> PointToSettle:
    """Go back on a decision, which stays in the log. Raises ``IllegalMove``."""
    point = _hold(point_id)
    point.state = point_after(point.state, "reopen")
    point.save(update_fields=["state"])
    _supersede(point)
    _record(point, "reopen-point", actor)
    return point


def _decide(point: PointToSettle, move: str, decision: Decision, actor: str) -> Decision:
    point.state = point_after(point.state, move)
    point.save(update_fields=["state"])
    _supersede(point)
    decision.save()
    _record(point, f"{move}-point", actor, said=decision.said, decided_by=decision.decided_by)
    return decision


def _supersede(point: PointToSettle) -> None:
    standing = Decision.objects.filter(point=point, superseded_at=None)
    standing.update(superseded_at=timezone.now())


def _hold(point_id: UUID) -> PointToSettle:
    points = PointToSettle.objects.select_for_update(of=("self",))
    return points.select_related("meeting__programme").get(pk=point_id)


def _hold_option(option_id: UUID) -> SettlingOption:
    """The option, its point held."""
    option = SettlingOption.objects.get(pk=option_id)
    option.point = _hold(option.point_id)
    return option


def _hold_argument(argument_id: UUID) -> Argument:
    found = Argument.objects.select_for_update(of=("self",))
    return found.select_related("option__point__meeting__programme").get(pk=argument_id)


def _moved(
    row: Row, move: Callable[[Removable], bool], verb: str, actor: str, **detail: object
) -> Row:
    """Put away or back, with its audit line when that changed something."""
    if move(row):
        _record(_point_of(row), verb, actor, **detail)
    return row


def _point_of(row: PointToSettle | SettlingOption | Argument) -> PointToSettle:
    if isinstance(row, Argument):
        return row.option.point
    return row.point if isinstance(row, SettlingOption) else row


def _record(point: PointToSettle, verb: str, actor: str, **detail: object) -> None:
    record(point.meeting.programme, verb=verb, actor=actor, subject=point.pk, detail=detail)
