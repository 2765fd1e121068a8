"""Adding a format adds a folder and changes nothing else: `tests/toy_formats/weather`."""

import re
from pathlib import Path

import pytest
from django.template.loader import select_template
from django.test import Client

import fabrique
from fabrique.kit.identifiers import new_id
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.workshops import change_phase
from fabrique.stages.contribution.enums import Source
from fabrique.stages.contribution.errors import InvalidContribution
from fabrique.stages.contribution.formats.registry import all_formats, get_format
from fabrique.stages.contribution.models import Contribution, Rating
from fabrique.stages.seminar.enums import Identity
from tests.stages.contribution.formats.played import FIVE
from tests.stages.rooms import FACILITATOR, Held, a_card, a_held_seminar, someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def toy_formats(settings) -> None:
    settings.FABRIQUE_FORMATS = [*settings.FABRIQUE_FORMATS, "tests.toy_formats"]


@pytest.fixture
def held() -> Held:
    return a_held_seminar("weather", identity=Identity.PSEUDONYM)


def say(held: Held, **data: str) -> Contribution:
    return contribute(
        id=new_id(),
        workshop_id=held.workshops["weather"].pk,
        participant=someone(held.room),
        data=data,
        source=Source.PHONE,
        actor="",
    ).contribution


def screen_of(held: Held, screen: str, **context: object) -> str:
    workshop, weather = held.workshops["weather"], get_format("weather")
    shown = {
        "workshop": workshop,
        "format": weather,
        "phase": weather.phase(workshop.phase),
        **weather.context(workshop, Viewer(), screen),
    }
    return select_template(weather.template(screen)).render({**shown, **context})


def phone_in(held: Held) -> Client:
    """A phone whose holder came in by the door."""
    phone = Client()
    phone.post(f"/r/{held.room.code}/", {"label": "Voix du fond"}, follow=True)
    return phone


def test_it_stands_beside_ours():
    assert {"weather", *FIVE} <= {format.key for format in all_formats()}


def test_the_phone_asks_its_question_and_keeps_the_answer(held):
    phone = phone_in(held)
    page = phone.get(f"/salle/{held.room.code}/").content.decode()
    assert "Quel temps fait-il ?" in page
    sent = {"text": "Ça gronde", "sky": "orage", "kind": "contribution", "id": str(new_id())}
    sent["workshop"] = str(held.workshops["weather"].pk)
    phone.post(f"/salle/{held.room.code}/envoyer/", sent)
    assert Contribution.objects.get().payload == {"sky": "orage"}


def test_what_it_refuses_is_refused_everywhere(held):
    with pytest.raises(InvalidContribution) as refusal:
        say(held, text="Ça gronde", sky="neige")
    assert "sky" in refusal.value.errors


def test_its_cards_are_judged_one_at_a_time(held):
    workshop = held.workshops["weather"]
    card = a_card(workshop, "Nuage")
    change_phase(workshop.pk, phase="judge", actor=FACILITATOR)
    page = phone_in(held).get(f"/salle/{held.room.code}/").content.decode()
    assert "Épais ?" in page
    assert "Nuage" in page
    answer(
        workshop_id=workshop.pk,
        participant=someone(held.room),
        data={"card": str(card.pk), "thickness": "2"},
    )
    assert Rating.objects.get().value == 2


def test_the_wall_shows_its_own_page_and_the_console_ours(held):
    said = say(held, text="Ça gronde", sky="orage")
    wall = screen_of(held, "wall", contributions=[said], cards=[])
    assert "Ciel du groupe" in wall
    assert "Ça gronde" in wall
    assert "Chacun dit le temps" in screen_of(held, "console", contributions=[said], cards=[])


def test_the_note_cites_what_it_heard(held):
    storm = say(held, text="Ça gronde", sky="orage")
    say(held, text="Tout va bien", sky="soleil")
    (part,) = get_format("weather").note_parts(held.workshops["weather"])
    (block,) = part.blocks
    assert block.text == "1 orage sur 2"
    assert [cited.ref for cited in block.citations] == [f"contribution:{storm.pk}"]


def test_it_has_a_sheet_for_paper(held):
    sheet = get_format("weather").sheet(held.workshops["weather"])
    assert (sheet.letter, list(sheet.fields)) == ("M", ["Ciel"])


@pytest.mark.parametrize("key", FIVE)
def test_no_code_outside_its_folder_names_a_format(key):
    """Demonstration data and the import of a sheet choose a format; nothing else does."""
    source = Path(fabrique.__file__).parent
    named = re.compile(rf"""['"]{key}['"]""")
    outside = [
        path.relative_to(source).as_posix()
        for path in [*source.glob("stages/**/*.py"), *source.glob("stages/**/*.html")]
        if "formats" not in path.parts and "management" not in path.parts
        and named.search(path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert outside == []
