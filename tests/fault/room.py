"""Makes a room in an instance, and reads at the end what it holds; run as a process of its own.

python -m tests.fault.room open 20     → the code, the workshop, twenty tickets (one more room
                                         each time; `open 20 anonymous` names nobody)
python -m tests.fault.room read        → every contribution: identifier, text, number
"""

import json
import os
import sys
from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import UUID

import django


def main(verb: str, *arguments: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
    django.setup()
    verbs: dict[str, Callable[..., Any]] = {
        "open": make_room,
        "read": read_all,
        "close": close,
        "reopen": reopen,
    }
    json.dump(verbs[verb](*arguments), sys.stdout)


def make_room(people: str, identity: str = "pseudonym") -> dict[str, Any]:
    from fabrique.stages.programme.models import Programme
    from fabrique.stages.seminar.enums import Identity
    from fabrique.stages.seminar.tickets import make_ticket
    from tests.stages import rooms
    from tests.stages.rooms import a_held_seminar, someone

    rooms._numbers = count(1 + 100 * Programme.objects.count())
    held = a_held_seminar("expectations", identity=Identity(identity))
    return {
        "code": held.room.code,
        "room": str(held.room.pk),
        "wall_key": held.room.wall_key,
        "workshop": str(held.workshops["expectations"].pk),
        "tickets": [make_ticket(someone(held.room)) for _ in range(int(people))],
    }


def read_all() -> list[tuple[str, str, int]]:
    from fabrique.stages.contribution.models import Contribution

    rows = Contribution.objects.values_list("id", "text", "number")
    return [(str(id), text, number) for id, text, number in rows]


def close(workshop_id: str) -> None:
    from fabrique.stages.contribution.actions.workshops import close_workshop

    close_workshop(UUID(workshop_id), actor="")


def reopen(workshop_id: str) -> None:
    from fabrique.stages.contribution.actions.workshops import open_workshop

    open_workshop(UUID(workshop_id), actor="")


if __name__ == "__main__":
    main(*sys.argv[1:])
