"""Takes the pictures of the README from the demonstration: python tools/screenshots.py

A demonstration of its own is built in a temporary folder, its next seminar opened, a few people
seated, and the pages photographed as they are. Run it again when the look changes.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
IMAGES = REPOSITORY / "docs" / "images"
SAID = [
    "si nous savons où construire sans prendre un hectare de plus aux agriculteurs.",
    "si les maires des petites communes repartent avec des solutions pour leur bourg.",
    "si on parle de qualité de vie dans la densité, pas seulement de chiffres.",
    "si les habitants voient à quoi ressemble une rue plus dense et plus verte.",
    "si l'on identifie les logements vacants que l'on peut vraiment remettre en service.",
    "si les règles nationales cessent de changer pendant nos projets.",
]


def main() -> None:
    sys.path.insert(0, str(REPOSITORY))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FABRIQUE_HOME"] = folder
        from tests.harness.application import Application, Instance

        instance = Instance.create(Path(folder))
        instance.run("prepare", "--demo")
        application = Application(instance).start()
        try:
            photograph(application.url, hold(application.url))
        finally:
            application.stop()


def hold(address: str) -> dict[str, str]:
    """Open the next seminar's room and let a few people speak."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "fabrique.config.settings"
    import django

    django.setup()
    from fabrique.kit.identifiers import new_id
    from fabrique.people.queries import account_with_email
    from fabrique.people.sign_in_links import sign_in_link
    from fabrique.portal.demonstration.programmes import IN_PROGRESS, demonstration
    from fabrique.portal.demonstration.year import meeting_of
    from fabrique.stages.contribution.actions.cards import create_card
    from fabrique.stages.contribution.actions.contributions import contribute
    from fabrique.stages.contribution.actions.workshops import lay_out_workshops, open_workshop
    from fabrique.stages.contribution.enums import Source
    from fabrique.stages.seminar.actions.rooms import join_room, open_room, start_sequence
    from fabrique.stages.seminar.queries import group_members_of, room_of

    programme = demonstration(IN_PROGRESS)
    assert programme is not None
    meeting = meeting_of(programme, "local-1", "200071751")
    ready = room_of(meeting)
    assert ready is not None
    room = open_room(ready.pk, actor="")
    workshop = lay_out_workshops(meeting)[0]
    assert workshop.sequence_id is not None
    start_sequence(room.pk, sequence_id=workshop.sequence_id, actor="")
    open_workshop(workshop.pk, actor="")
    seats = [join_room(room, member_id=one.pk) for one in group_members_of(meeting)[1:13]]
    said = [
        contribute(
            id=new_id(),
            workshop_id=workshop.pk,
            data={"text": text},
            source=Source.PHONE,
            participant=seat,
            actor=seat.label,
        ).contribution
        for text, seat in zip(SAID, seats, strict=False)
    ]
    create_card(
        workshop.pk,
        title="Construire sans prendre de terres",
        contribution_ids=[said[0].pk, said[4].pk],
        actor="",
    )
    director = account_with_email("directrice@demo.example")
    assert director is not None
    held = meeting_of(programme, "local-1", "56121")
    return {
        "way_in": sign_in_link(director, site=address),
        "programme": f"/demarches/{programme.slug}/",
        "console": f"/seminaires/{meeting.pk}/console/",
        "wall": f"/mur/{room.wall_key}/",
        "phone": f"/r/{room.code}/",
        "note": f"/notes/{held.note.pk}/v1/",
    }


def photograph(address: str, pages: dict[str, str]) -> None:
    from playwright.sync_api import sync_playwright

    from tests.harness.browser import launch

    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)

        def page(width: int, height: int) -> Any:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                locale="fr-FR",
                base_url=address,
                reduced_motion="reduce",
            )
            return context.new_page()

        desk = page(1280, 860)
        desk.goto(pages["way_in"])
        desk.get_by_role("button", name="Me connecter").click()
        for name in ("programme", "console", "note"):
            desk.goto(pages[name])
            _save(desk, name)
        wall = page(1280, 720)
        wall.goto(pages["wall"])
        _save(wall, "wall")
        phone = page(390, 844)
        phone.goto(pages["phone"])
        phone.get_by_role("radio").first.check()
        phone.get_by_role("button", name="Entrer").click()
        phone.get_by_role("textbox").first.fill("si chacun repart avec un engagement.")
        _save(phone, "phone")
        browser.close()


def _save(page: Any, name: str) -> None:
    page.wait_for_load_state("networkidle" if name in ("programme", "note") else "load")
    page.wait_for_timeout(1_200)
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
