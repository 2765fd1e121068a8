"""The demonstration's whole year, played: each of its meetings opens, and leaks nothing.

Playing it takes as long as many tests: it is done once, in a run of its own, and never committed.
"""

import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fabrique.document.codec import from_json
from fabrique.document.html import render_html
from fabrique.people.queries import account_with_email
from fabrique.portal.demonstration.files import FOLDER, read
from fabrique.portal.demonstration.programmes import (
    IN_PROGRESS,
    PLAYED,
    demonstration,
    play_year,
)
from fabrique.portal.demonstration.year import meeting_of
from fabrique.stages.contribution.enums import WorkshopState
from fabrique.stages.contribution.models import Release, Workshop
from fabrique.stages.deliverable.enums import DeliverableState
from fabrique.stages.deliverable.models import Deliverable, Version
from fabrique.stages.programme.enums import MeetingKind
from fabrique.stages.programme.models import Meeting, Programme
from fabrique.territory.enums import Kind
from fabrique.territory.models import Territory

pytestmark = [pytest.mark.year, pytest.mark.django_db]

TERRITORIES = {
    "200067999": "CA du Beauvaisis",
    "200071751": "CA du Bassin de Bourg-en-Bresse",
    "56121": "Lorient",
    "88413": "Saint-Dié-des-Vosges",
}
MEETINGS = read("calendars/played")["meetings"]
SEMINARS = [one for one in MEETINGS if read(f"seminars/{one['script']}").get("workshops")]
UNSAID = re.compile(r"undefined|None</|\bNaN\b|&lt;Promise|__proxy__|\{\{|\{%")


class _NeverKept(Exception):
    """Ends the transaction the year was played in."""


@pytest.fixture(scope="module")
def year(django_db_setup: None, django_db_blocker: Any) -> Iterator[Programme]:
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                for code, name in TERRITORIES.items():
                    Territory.objects.create(
                        code=code, kind=Kind.COMMUNE, name=name, department_code="00",
                        department_name="Département", region_code="00", search_key=name.lower(),
                    )  # fmt: skip
                with translation.override(settings.LANGUAGE_CODE):
                    play_year(PLAYED)
                programme = demonstration(PLAYED)
                assert programme is not None
                yield programme
                raise _NeverKept
        except _NeverKept:
            pass


@pytest.fixture
def pilot(year: Programme) -> Client:
    client = Client(headers={"accept-language": "fr"})
    account = account_with_email("pilote@demo.example")
    assert account is not None
    client.force_login(account, backend="sesame.backends.ModelBackend")
    return client


def meeting_played(year: Programme, plan: dict[str, Any]) -> Meeting:
    return meeting_of(year, plan["key"], plan.get("site", ""))


def name_of(plan: dict[str, Any]) -> str:
    return str(plan["script"])


def opened(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200, address
    page = str(answer.content.decode())
    assert not (found := UNSAID.search(page)), (
        f"{address}: {page[found.start() - 80 : found.end()]}"
    )
    return page


@pytest.mark.parametrize("plan", SEMINARS, ids=name_of)
def test_a_seminar_opens_on_its_page_its_wall_and_its_console(
    year: Programme, pilot: Client, plan: dict[str, Any]
) -> None:
    meeting = meeting_played(year, plan)
    for name in ("seminar:detail", "seminar:run-sheet"):
        assert "émonstration" in opened(pilot, reverse(name, args=[meeting.pk]))
    opened(pilot, reverse("contribution:console", args=[meeting.pk]))
    opened(Client(), reverse("contribution:wall", args=[meeting.room.wall_key]))


@pytest.mark.parametrize("plan", SEMINARS, ids=name_of)
def test_every_workshop_of_its_run_sheet_was_held(year: Programme, plan: dict[str, Any]) -> None:
    workshops = Workshop.objects.filter(meeting=meeting_played(year, plan))
    assert {one.state for one in workshops} == {WorkshopState.CLOSED}


@pytest.mark.parametrize("plan", MEETINGS, ids=name_of)
def test_its_note_is_frozen_dated_that_day_and_says_something(
    year: Programme, pilot: Client, plan: dict[str, Any]
) -> None:
    meeting = meeting_played(year, plan)
    note = Deliverable.objects.get(meeting=meeting)
    version = note.versions.get()
    assert note.state == DeliverableState.FROZEN
    assert version.frozen_at == meeting.ends_at
    assert len(words_of(version).split()) > 60
    assert "émonstration" in opened(pilot, reverse("deliverable:note", args=[meeting.pk]))
    opened(pilot, reverse("deliverable:version", args=[note.pk, version.number]))


def test_the_year_its_territories_and_their_roadmaps_open(year: Programme, pilot: Client) -> None:
    opened(pilot, reverse("programme:detail", args=[year.slug]))
    opened(pilot, reverse("synthesis:released", args=[year.slug]))
    for code in TERRITORIES:
        for name in ("programme:site", "synthesis:desk", "synthesis:roadmap"):
            opened(pilot, reverse(name, args=[year.slug, code]))


def test_what_a_territory_took_back_is_read_nowhere_at_the_national_scale(
    year: Programme, pilot: Client
) -> None:
    """Its own pages keep it; every other says « retiré », notes frozen before included."""
    taken_back = Release.objects.filter(withdrawn_at__isnull=False).select_related("card")
    titles = [release.shown["title"] for release in taken_back]
    assert len(titles) == 2
    addresses = [reverse("synthesis:released", args=[year.slug])]
    for meeting in year.meetings.filter(kind=MeetingKind.INTERSITE_SEMINAR):
        version = Version.objects.get(deliverable__meeting=meeting)
        addresses += [
            reverse("contribution:console", args=[meeting.pk]),
            reverse("contribution:wall", args=[meeting.room.wall_key]),
            reverse("deliverable:version", args=[version.deliverable_id, version.number]),
        ]
    pages = {address: plain(opened(pilot, address)) for address in addresses}
    assert [a for a, page in pages.items() if any(title in page for title in titles)] == []
    assert any(re.search(r"[Rr]etiré[^<]*Lorient", page) for page in pages.values())
    own = plain(opened(pilot, reverse("synthesis:desk", args=[year.slug, "56121"])))
    assert [title for title in titles if title not in own] == []


def test_four_territories_and_the_national_scale_have_all_their_scripts_played() -> None:
    written = {path.stem for path in (FOLDER / "seminars").glob("*.toml")}
    assert written == {name_of(plan) for plan in MEETINGS}


def test_a_setup_that_was_cut_short_is_completed_and_then_left_alone(year: Programme) -> None:
    """One of the two is there: each is made whole or not at all."""
    assert demonstration(IN_PROGRESS) is None
    assert "Démonstration prête" in asked_if_empty()
    assert demonstration(IN_PROGRESS) is not None
    assert "rien n'a été changé" in asked_if_empty()


def asked_if_empty() -> str:
    said = StringIO()
    call_command("demo", "--if-empty", stdout=said)
    return said.getvalue()


def plain(page: str) -> str:
    """Its words as typed: plain apostrophes and spaces."""
    return unescape(page).replace("’", "'").replace("\u202f", " ").replace("\xa0", " ")


def words_of(version: Version) -> str:
    return re.sub(r"<[^>]+>", " ", render_html(from_json(version.tree), level=1))
