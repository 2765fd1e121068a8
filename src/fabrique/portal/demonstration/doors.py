"""Where to click as whom: what is printed when a demonstration is served.

Only the accounts written in ``programme.toml`` get a link, and only while the demonstration
programme is there: the terminal of a real instance never shows a way in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from fabrique.people.models import User
from fabrique.people.queries import account_with_email
from fabrique.people.sign_in_links import sign_in_link
from fabrique.people.viewer import account_viewer
from fabrique.portal.demonstration.files import read
from fabrique.stages.programme.queries import all_programmes
from fabrique.stages.seminar.enums import RoomState
from fabrique.stages.seminar.models import Room
from fabrique.stages.seminar.queries import rooms_run_by


@dataclass(frozen=True)
class Door:
    """One line: who or what, and the address to open."""

    label: str
    address: str


def doors(site: str) -> list[Door]:
    """Every way into the demonstration served at ``site``; none where there is none."""
    plan = read("programme")
    programme = all_programmes().filter(is_demonstration=True, slug=plan["slug"]).first()
    team = [(one["label"], one["role"], account_with_email(one["email"])) for one in plan["team"]]
    accounts = [(label, role, user) for label, role, user in team if user is not None]
    facilitator = next((user for _, role, user in accounts if role == "director"), None)
    if programme is None or facilitator is None:
        return []
    rooms = list(
        rooms_run_by(account_viewer(facilitator))
        .filter(meeting__programme=programme)
        .order_by("pk")
    )
    return [
        *(Door(label, sign_in_link(user, site=site)) for label, _, user in accounts),
        *_live(rooms, facilitator, site),
        *_afterwards(rooms, facilitator, site),
    ]


def _live(rooms: list[Room], facilitator: User, site: str) -> Iterator[Door]:
    room = next((room for room in rooms if room.state != RoomState.CLOSED), None)
    if room is None:
        return
    console = reverse("contribution:console", args=[room.meeting_id])
    wall = reverse("contribution:wall", args=[room.wall_key])
    address = reverse("contribution:join", args=[room.code])
    waits = " (salle à ouvrir depuis la console)" if room.state == RoomState.READY else ""
    yield Door(f"Console, {_place(room)}", sign_in_link(facilitator, next_url=console, site=site))
    yield Door(f"Mur, {_place(room)}", f"{site}{wall}")
    yield Door(f"Téléphones, code {room.code}", f"{site}{address}{waits}")


def _afterwards(rooms: list[Room], facilitator: User, site: str) -> Iterator[Door]:
    room = next((room for room in rooms if room.state == RoomState.CLOSED), None)
    if room is None:
        return
    note = reverse("deliverable:note", args=[room.meeting_id])
    yield Door(f"Note, {_place(room)}", sign_in_link(facilitator, next_url=note, site=site))
    if participant := room.participants.first():
        page = reverse("contribution:follow-up", args=[participant.link_key])
        yield Door(f"Suivi d'un membre, {_place(room)}", f"{site}{page}")


def _place(room: Room) -> str:
    return room.meeting.site.territory.name if room.meeting.site else room.meeting.title
