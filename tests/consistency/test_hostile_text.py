"""What someone writes is shown as they wrote it, and never runs: on every page and in every file.

One seminar is held with hostile words wherever a person may write; then every page, answer and
file that shows them is read. (Seen red with the templates' escaping turned off.)
"""

from pathlib import Path
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fabrique.document.codec import from_json
from fabrique.kit.sheets import write_sheet
from fabrique.stages.contribution.models import Card, Contribution, Workshop
from fabrique.stages.deliverable.actions import draft_note, freeze, reopen
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.exports import file_name, rendered
from fabrique.stages.deliverable.models import Version
from fabrique.stages.programme.models import GroupMember, Meeting, Poll, Programme, Site
from fabrique.stages.seminar.models import Participant, Sequence
from tests.consistency.test_every_route import TABLE, Visit
from tests.consistency.two_programmes import World
from tests.stages.deliverable.seminars import DIRECTOR, Session

SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "runs": f'{SCRIPT} "\' onfocus=alert(1) x=" <img src=x onerror=alert(1)> '
    "[x](javascript:alert(1)) &amp; <!--",
    "misleads": '{{ settings }}{% debug %} #read("/etc/passwd") $x$ @a \\ * '
    "![x](file:///etc/passwd) \u202egnp.exe\u202c عربي " + "é" * 50,
}
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0")
SHOWN = [
    row
    for row in TABLE
    if row.startswith("GET ")
    and not row.endswith(("/sonnette/", ".pdf", ".zip", "export/<format>/"))
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sample_formats_and_own_files(settings, tmp_path: Path) -> None:
    settings.FABRIQUE_FORMATS = [
        *settings.FABRIQUE_FORMATS,
        "tests.stages.contribution.sample_formats",
    ]
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    cache.clear()


def write_everywhere(session: Session, words: str) -> None:
    meeting = session.meeting
    for rows, fields in (
        (Programme.objects.filter(pk=meeting.programme_id), ("title", "question")),
        (Site.objects.filter(pk=meeting.site_id), ("theme",)),
        (Meeting.objects.filter(pk=meeting.pk), ("title", "purpose", "place")),
        (Poll.objects.filter(meeting=meeting), ("message",)),
        (Sequence.objects.filter(meeting=meeting), ("title", "purpose", "prompt")),
        (Workshop.objects.filter(meeting=meeting), ("title", "prompt")),
        (Participant.objects.filter(room=session.held.room), ("label",)),
        (Contribution.objects.filter(workshop__meeting=meeting), ("text", "author_label")),
        (Card.objects.filter(workshop__meeting=meeting), ("title", "text")),
        (GroupMember.objects.filter(programme=meeting.programme_id), ("name", "institution")),
    ):
        rows.update(**dict.fromkeys(fields, words))
    Contribution.objects.filter(set_aside_at__isnull=False).update(set_aside_reason=words)


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_every_page_shows_it_and_runs_nothing(words: str, world: World) -> None:
    write_everywhere(world.session, words)
    version = freeze(_drafted_again(world), actor=DIRECTOR)
    visit, broken, run = Visit("pilot", world), [], []
    for row in SHOWN:
        answer, said = visit.knock(row)
        if answer.status_code >= 500:
            broken.append(row)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = said.decode()
            run += [row for sign in (SCRIPT, "<img src=x", " onfocus=alert") if _runs(page, sign)]
    assert not broken
    assert not run
    assert version.number == 2


def _runs(page: str, sign: str) -> bool:
    """An attribute of ours whose value holds the words is harmless; a tag or a bare one is not."""
    return sign in page.replace("&quot;&#x27; onfocus=alert", "")


def _drafted_again(world: World) -> UUID:
    note = world.session.passages()[0].deliverable
    reopen(note.pk, actor=DIRECTOR)
    return draft_note(world.session.meeting, actor=DIRECTOR).pk


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_every_file_of_a_note_is_made(words: str, world: World) -> None:
    write_everywhere(world.session, words)
    note = freeze(_drafted_again(world), actor=DIRECTOR).deliverable_id
    document = from_json(Version.objects.get(deliverable=note, number=2).tree)
    for format in ExportFormat.values:
        content = rendered(document, format)
        assert b"root:x:0" not in content
        assert set(file_name(document, format)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
    page = rendered(document, ExportFormat.HTML).decode()
    assert SCRIPT not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_sheet_computes_nothing(formula: str) -> None:
    line = write_sheet(["Nom"], [[formula]], format="csv").decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.lstrip('"')[0] not in "=+-@\t\r"


def test_a_hostile_file_name_is_not_believed(world: World) -> None:
    visit = Visit("pilot", world)
    address = reverse(
        "programme:group-import",
        args=[world.session.meeting.programme.slug, world.territory_code],
    )
    for name in ("../../etc/passwd", f"{SCRIPT}.csv", "a\x00b.csv", "x" * 300 + ".xlsx"):
        file = SimpleUploadedFile(name, b"\x00\x01pas un tableau")
        answer = visit.client.post(address, {"file": file})
        assert answer.status_code in (200, 422)
        assert SCRIPT not in answer.content.decode()


@pytest.fixture
def world(db: None) -> World:
    return World.make()
