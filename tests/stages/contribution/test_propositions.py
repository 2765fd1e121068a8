"""What a hundred and sixty-two real propositions meet on their way from a sheet to the note."""

import io
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fabrique.stages.contribution.models import Contribution, Placement
from fabrique.stages.deliverable.models import Deliverable, Version
from tests.stages.contribution.propositions import (
    DAY,
    Seminar,
    file_of_propositions,
    real_propositions,
    sheet_of,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared_data,
    pytest.mark.skipif(
        not real_propositions(), reason=f"needs the real data: {file_of_propositions().name}"
    ),
]
MOST_QUERIES = 15


@pytest.fixture
def propositions() -> list[dict[str, Any]]:
    return real_propositions()


@pytest.fixture
def seminar(settings, tmp_path: Path) -> Seminar:
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    return Seminar()


@pytest.fixture
def sheet(tmp_path: Path) -> Any:
    def write(propositions: list[dict[str, Any]], kind: str = "csv") -> Path:
        file = tmp_path / f"propositions-{len(propositions)}.{kind}"
        file.write_bytes(sheet_of(propositions, kind))
        return file

    return write


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_every_proposition_comes_in_word_for_word(seminar, propositions, sheet, kind):
    assert seminar.bring_in(sheet(propositions, kind)) == len(propositions) == 162
    stored = Contribution.objects.all()
    assert Counter(one.text for one in stored) == Counter(one["text"] for one in propositions)
    assert {f"{one.said_on_date:%d/%m/%Y}" for one in stored} == {DAY}


def test_the_same_sheet_from_another_program_adds_nothing(seminar, propositions, sheet):
    for kind in ("xlsx", "ods", "csv"):
        assert seminar.bring_in(sheet(propositions, kind)) == len(propositions)


def test_a_text_too_long_stops_the_whole_sheet_and_its_line_is_named(
    seminar, propositions, sheet, capsys
):
    long = {**propositions[0], "text": "é" * 2_001}
    with pytest.raises(CommandError, match="Rien n'a été importé"):
        seminar.bring_in(sheet([*propositions[:3], long, *propositions[3:]]))
    assert "Ligne 5 : Votre texte compte 2001 caractères" in capsys.readouterr().err
    assert not Contribution.objects.exists()


def test_pages_ask_the_database_as_little_for_all_as_for_twenty(seminar, propositions, sheet):
    seminar.bring_in(sheet(propositions[:20]))
    seminar.open()
    few = {name: queries(seminar, address) for name, address in seminar.addresses.items()}
    seminar.bring_in(sheet(propositions))
    many = {name: queries(seminar, address) for name, address in seminar.addresses.items()}
    assert many == few
    assert max(many.values()) <= MOST_QUERIES, many


def test_a_group_the_console_proposes_becomes_a_card(seminar, propositions, sheet):
    seminar.bring_in(sheet(propositions))
    seminar.open()
    groups = seminar.proposed_groups()
    assert len(groups) > 3
    largest = max(groups, key=lambda one: len(one["contribution"]))
    seminar.act(
        **{name: values for name, values in largest.items() if name != "title"},
        title="Ce qui va ensemble",
    )
    (card,) = seminar.cards()
    held = {str(one.contribution_id) for one in Placement.objects.filter(card=card)}
    assert held == set(largest["contribution"])


def test_all_of_them_can_be_grouped_written_down_and_taken_away(seminar, propositions, sheet):
    seminar.bring_in(sheet(propositions))
    seminar.open()
    aside = "Autre sujet"
    seminar.sort(propositions, aside=aside)
    left_out = sum(one["theme"] == aside for one in propositions)
    assert Contribution.objects.exclude(set_aside_at=None).count() == left_out
    assert Placement.objects.filter(ended_at=None).count() == len(propositions) - left_out

    seminar.team.post(reverse("deliverable:draft", args=[seminar.meeting.pk]))
    note = seminar.team.get(reverse("deliverable:note", args=[seminar.meeting.pk]))
    titles = {card.title for card in seminar.cards()}
    assert all(title in note.content.decode() for title in titles)

    deliverable = Deliverable.objects.get(meeting=seminar.meeting)
    seminar.team.post(reverse("deliverable:freeze", args=[deliverable.pk]))
    files = {kind: export(seminar, deliverable, kind) for kind in ("pdf", "docx", "odt")}
    assert files["pdf"].startswith(b"%PDF")
    for kind, part in (("docx", "word/document.xml"), ("odt", "content.xml")):
        written = ZipFile(io.BytesIO(files[kind])).read(part).decode()
        assert all(card.title.split()[0] in written for card in seminar.cards()), kind


def export(seminar: Seminar, deliverable: Deliverable, kind: str) -> bytes:
    version = Version.objects.get(deliverable=deliverable)
    address = reverse("deliverable:export", args=[deliverable.pk, version.number, kind])
    return b"".join(seminar.team.get(address).streaming_content)


def queries(seminar: Seminar, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert seminar.team.get(address).status_code == 200
    return len(captured)
