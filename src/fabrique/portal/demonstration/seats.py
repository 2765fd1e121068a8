"""Who sits in a seminar that is played: members of its group, by their rank in ``groups.toml``.

A script of a territory names them by their rank; at the national scale, where every group is
invited, by the letter of their group and their rank: « L2 » is the second of Lorient's.
"""

from typing import Any

from fabrique.portal.demonstration.files import read
from fabrique.stages.programme.models import GroupMember, Meeting, Programme
from fabrique.stages.seminar.actions.rooms import join_room
from fabrique.stages.seminar.models import Participant, Room


def seat(room: Room, script: dict[str, Any]) -> dict[str, Participant]:
    """Let those present sit down, in order: each by the name the script gives them."""
    members = _invited(room.meeting)
    present = script.get("present") or [one for one in members if int(one) not in script["absent"]]
    return {str(one): join_room(room, member_id=members[str(one)].pk) for one in present}


def _invited(meeting: Meeting) -> dict[str, GroupMember]:
    programme, groups = meeting.programme, read("groups")
    if meeting.site is not None:
        ours = groups[meeting.site.territory_id]
        return {str(rank): one for rank, one in _in_order(programme, ours).items()}
    return {
        f"{group['letter']}{rank}": one
        for group in groups.values()
        for rank, one in _in_order(programme, group).items()
    }


def _in_order(programme: Programme, group: dict[str, Any]) -> dict[int, GroupMember]:
    """A group's members by rank, from 1."""
    members = programme.members.filter(site__territory=group.get("site"))
    known = {(one.name, one.institution): one for one in members}
    ranked = enumerate(group["members"], start=1)
    return {rank: known[one["name"], one["institution"]] for rank, one in ranked}
