"""What the demonstration settles at its launch, judges of its criteria, and heard in a territory.

Each is written only once the meeting it belongs to was held.
"""

from datetime import time
from typing import Any

from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.year import ACTOR, meeting_of
from fabrique.stages.programme.actions import committee, criteria, immersion
from fabrique.stages.programme.actions.members import change_member
from fabrique.stages.programme.enums import ArgumentSide, CriterionKind, Judgement, MeetingState
from fabrique.stages.programme.models import GroupMember, Meeting, PointToSettle, Programme
from fabrique.stages.programme.queries import criteria_of
from fabrique.stages.programme.queries.committee import points_of

JUDGED_BY = "Groupe intersite"


def settle_and_immerse(programme: Programme) -> None:
    """Before notes are written: they take it up."""
    plan = read("committee")
    launch = meeting_of(programme, "comite-de-lancement")
    if launch.state == MeetingState.HELD:
        for point, settled in zip(points_of(launch), plan["points"], strict=False):
            _settle(launch, point, settled)
    for criterion, judged in zip(criteria_of(programme), plan["criteria"], strict=True):
        criteria.change_criterion(
            criterion.pk,
            kind=CriterionKind(criterion.kind),
            text=criterion.text,
            owner=judged["owner"],
            actor=ACTOR,
        )
    for day in plan["immersions"]:
        meeting = meeting_of(programme, "immersion", day["site"])
        if meeting.state == MeetingState.HELD:
            _immerse(meeting, day)


def review_criteria(programme: Programme) -> None:
    """At the meetings that were held, on their day; before notes are written: they take it up."""
    for criterion, judged in zip(
        criteria_of(programme), read("committee")["criteria"], strict=True
    ):
        for key in ("intersite-2", "intersite-4"):
            meeting = meeting_of(programme, key)
            if meeting.state == MeetingState.HELD:
                criteria.review_criterion(
                    criterion.pk,
                    meeting=meeting,
                    judgement=Judgement(judged[key]["judgement"]),
                    words=judged[key].get("words", ""),
                    evidence=judged[key].get("evidence", ""),
                    judged_by=JUDGED_BY,
                    judged_at=meeting.ends_at,
                    actor=ACTOR,
                )


def _settle(meeting: Meeting, point: PointToSettle, plan: dict[str, Any]) -> None:
    options = {option.title: option.pk for option in point.options.all()}
    for said in plan["arguments"]:
        committee.argue(
            options[said["option"]],
            side=ArgumentSide(said["side"]),
            text=said["text"],
            said_by=said["by"],
            actor=ACTOR,
        )
    decided: dict[str, Any] = {"decided_by": plan["by"], "decided_at": meeting.ends_at}
    decided["follow_up"] = plan.get("follow_up", "")
    if "postponed" in plan:
        committee.postpone(point.pk, words=plan["postponed"], actor=ACTOR, **decided)
    else:
        chosen, words = options[plan["option"]], plan.get("decided", "")
        committee.settle(point.pk, option_id=chosen, words=words, actor=ACTOR, **decided)


def _immerse(meeting: Meeting, plan: dict[str, Any]) -> None:
    texts = {name: plan[name] for name in immersion.DAY_FIELDS}
    immersion.write_day(meeting, actor=ACTOR, **texts)
    for line in plan["appointments"]:
        made = immersion.add_appointment(
            meeting,
            kind=line["kind"],
            starts_at=time.fromisoformat(line["at"]),
            minutes=line["minutes"],
            title=line["title"],
            place=line["place"],
            purpose=line["purpose"],
            actor=ACTOR,
        )
        notes, kept = line.get("notes", ""), line.get("kept", "")
        immersion.take_notes(made.pk, notes=notes, kept=kept, actor=ACTOR)
    for text in plan["stakes"]:
        immersion.note_stake(meeting, text=text, actor=ACTOR)
    for line in plan["actors"]:
        immersion.spot_actor(meeting, actor=ACTOR, **line)
    for line in plan["profiles"]:
        details = {name: words for name, words in line.items() if name != "found"}
        profile = immersion.propose_profile(meeting, actor=ACTOR, **details)
        if "found" in line:
            member = GroupMember.objects.get(site=meeting.site, name=line["found"])
            change_member(member.pk, proposed_as=profile, actor=ACTOR)
