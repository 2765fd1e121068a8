"""Where to click as whom: what is printed when a demonstration is served.

Only the accounts written in ``programme.toml`` get a link, and only while the demonstration
programme is there: the terminal of a real instance never shows a way in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from fabrique.people.models import User
from fabrique.people.queries import account_with_email
from fabrique.people.sign_in_links import sign_in_link
from fabrique.people.viewer import account_viewer
from fabrique.portal.demonstration.files import read
from fabrique.portal.demonstration.programmes import IN_PROGRESS, PLAYED, demonstration
from fabrique.stages.programme.models import Programme
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
    programme = demonstration(IN_PROGRESS)
    team = [(one["label"], account_with_email(one["email"])) for one in plan["team"]]
    accounts = [(label, user) for label, user in team if user is not None]
    directors = _directors(plan)
    if programme is None or not directors:
        return []
    rooms = list(
        rooms_run_by(account_viewer(next(iter(directors.values()))))
        .filter(meeting__programme=programme, meeting__site__territory__in=directors)
        .order_by("pk")
    )
    return [
        *(Door(label, sign_in_link(user, site=site)) for label, user in accounts),
        *_calendar(plan, programme, site),
        *_live(rooms, directors, site),
        *_afterwards(rooms, directors, site),
        *_played(plan, site),
    ]


def _directors(plan: dict[str, Any]) -> dict[str, User]:
    """Who runs the seminars of each territory, by its code."""
    return {
        code: user
        for one in plan["team"]
        if one["role"] == "director" and (user := account_with_email(one["email"]))
        for code in one["sites"]
    }


def _calendar(plan: dict[str, Any], programme: Programme, site: str) -> Iterator[Door]:
    """The dates of the whole year, for who plans them."""
    officer = next(one for one in plan["team"] if one["role"] == "officer")
    account = account_with_email(officer["email"])
    if account is not None:
        dates = reverse("programme:calendar", args=[programme.slug])
        yield Door("Calendrier de la démarche", sign_in_link(account, next_url=dates, site=site))


def _live(rooms: list[Room], directors: dict[str, User], site: str) -> Iterator[Door]:
    room = next((room for room in rooms if room.state != RoomState.CLOSED), None)
    if room is None:
        return
    facilitator = directors[_code(room)]
    console = reverse("contribution:console", args=[room.meeting_id])
    wall = reverse("contribution:wall", args=[room.wall_key])
    address = reverse("contribution:join", args=[room.code])
    waits = " (salle à ouvrir depuis la console)" if room.state == RoomState.READY else ""
    yield Door(f"Console, {_place(room)}", sign_in_link(facilitator, next_url=console, site=site))
    yield Door(f"Mur, {_place(room)}", f"{site}{wall}")
    yield Door(f"Téléphones, code {room.code}", f"{site}{address}{waits}")


def _afterwards(rooms: list[Room], directors: dict[str, User], site: str) -> Iterator[Door]:
    room = next((room for room in rooms if room.state == RoomState.CLOSED), None)
    if room is None:
        return
    facilitator = directors[_code(room)]
    note = reverse("deliverable:note", args=[room.meeting_id])
    yield Door(f"Note, {_place(room)}", sign_in_link(facilitator, next_url=note, site=site))
    if participant := room.participants.first():
        page = reverse("contribution:follow-up", args=[participant.link_key])
        yield Door(f"Suivi d'un membre, {_place(room)}", f"{site}{page}")


def _played(plan: dict[str, Any], site: str) -> Iterator[Door]:
    """The year played to its last day, for who pilots it."""
    programme = demonstration(PLAYED)
    pilot = next(one for one in plan["team"] if one["role"] == "pilot")
    account = account_with_email(pilot["email"])
    if programme is not None and account is not None:
        year = reverse("programme:detail", args=[programme.slug])
        yield Door("L'année entière, jouée", sign_in_link(account, next_url=year, site=site))


def _code(room: Room) -> str:
    assert room.meeting.site is not None  # only seminars of a territory have a door here
    return room.meeting.site.territory_id


def _place(room: Room) -> str:
    assert room.meeting.site is not None
    return room.meeting.site.territory.name
