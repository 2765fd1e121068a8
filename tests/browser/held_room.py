"""Opens a room with things said in it; gives its addresses and a way in, as JSON.

Run on an instance as a process of its own: python -m tests.browser.held_room ADDRESS COUNT
With « say TEXT » instead, someone says one more thing.
"""

import json
import os
import sys

import django


def main(address: str, count: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
    django.setup()
    json.dump(say(count) if address == "say" else hold(address, int(count)), sys.stdout)


def hold(address: str, count: int) -> dict[str, str]:
    from fabrique.people.sign_in_links import sign_in_link
    from tests.stages.rooms import a_held_seminar, an_account

    held = a_held_seminar("expectations", "vulnerabilities")
    for number in range(count):
        _say(held.workshops["expectations"].pk, f"Une idée qui compte, la {number + 1}e du matin")
    return {
        "console": f"{address}/seminaires/{held.meeting.pk}/console/",
        "wall": f"{address}/mur/{held.room.wall_key}/",
        "way_in": sign_in_link(an_account(held.meeting), site=address),
    }


def say(text: str) -> dict[str, str]:
    from fabrique.stages.contribution.models import Workshop

    _say(Workshop.objects.get(state="open").pk, text)
    return {}


def _say(workshop_id: object, text: str) -> None:
    from fabrique.kit.identifiers import new_id
    from fabrique.stages.contribution.actions.contributions import contribute
    from fabrique.stages.contribution.enums import Source

    contribute(
        id=new_id(), workshop_id=workshop_id, data={"text": text}, source=Source.ROOM, actor=""
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
