"""The roadmap's page, its files, and bringing a plan of action in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar

from fabrique.kit.sheets import read_sheet, write_sheet
from fabrique.stages.contribution.formats.roadmap.columns import headers
from fabrique.stages.contribution.models import Card, Workshop
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import Meeting
from tests.stages.contribution.formats.played import plain
from tests.stages.deliverable.seminars import a_territory
from tests.stages.rooms import Held, a_held_seminar, a_meeting, an_account

pytestmark = pytest.mark.django_db


def team(meeting: Meeting, role: TeamRole = TeamRole.DIRECTOR) -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(an_account(meeting, role), backend="sesame.backends.ModelBackend")
    return client


def a_seminar() -> Held:
    return a_held_seminar("roadmap", site=a_territory())


def page_of(meeting: Meeting) -> str:
    site = meeting.site
    assert site is not None
    return f"/demarches/{site.programme.slug}/territoires/{site.territory_id}/feuille-de-route"


def import_of(meeting: Meeting) -> str:
    return f"/seminaires/{meeting.pk}/feuille-de-route/importer/"


def an_action(held: Held, title: str, **payload: Any) -> Card:
    workshop = held.workshops["roadmap"]
    return Card.objects.create(workshop=workshop, title=title, payload=payload)


def sent(*rows: list[str], columns: tuple[str, ...] = ("Numéro", "Titre", "Pilote")) -> Any:
    return SimpleUploadedFile("plan.xlsx", write_sheet(columns, rows, format="xlsx"))


class TestReading:
    def test_the_plan_is_readable_after_the_seminar(self):
        held = a_seminar()
        an_action(held, "Créer une légumerie", lead="Ville", start="2021-01-01", number="1")
        said = plain(team(held.meeting).get(f"{page_of(held.meeting)}/").content.decode())
        assert "Créer une légumerie" in said
        assert "1 action, 1 pilote" in said
        assert "feuille-de-route.xlsx" in said
        assert "feuille-de-route.ics" in said

    def test_an_empty_one_says_what_to_do_first(self):
        meeting = a_meeting(site=a_territory())
        said = plain(team(meeting).get(f"{page_of(meeting)}/").content.decode())
        assert "Aucune action pour l'instant" in said
        assert import_of(meeting) in said

    def test_the_territory_s_page_leads_to_it(self):
        held = a_seminar()
        address = page_of(held.meeting)
        site_page = address.removesuffix("feuille-de-route")
        assert f'href="{address}/"' in team(held.meeting).get(site_page).content.decode()

    def test_a_referent_reads_and_does_not_import(self):
        held = a_seminar()
        client = team(held.meeting, TeamRole.REFERENT)
        said = client.get(f"{page_of(held.meeting)}/").content.decode()
        assert import_of(held.meeting) not in said
        assert client.get(import_of(held.meeting)).status_code == 404

    def test_as_many_queries_for_thirty_actions_as_for_three(self, django_assert_max_num_queries):
        for count in (3, 30):
            held = a_seminar()
            for place in range(count):
                an_action(held, f"Action {place}", lead="Ville", start="2021-01-01")
            client = team(held.meeting)
            with django_assert_max_num_queries(14):
                client.get(f"{page_of(held.meeting)}/")


class TestFiles:
    @pytest.mark.parametrize("format", ["xlsx", "ods", "csv"])
    def test_a_sheet_has_every_action_and_no_formula(self, format):
        held = a_seminar()
        an_action(held, "=1+1", lead="@ville")
        answer = team(held.meeting).get(f"{page_of(held.meeting)}.{format}")
        assert f".{format}" in answer["Content-Disposition"]
        sheet = read_sheet(answer.content)
        assert sheet.rows[0].cells[1] == "=1+1"
        if format == "csv":
            assert "'=1+1" in answer.content.decode("utf-8-sig")

    def test_without_any_action_it_is_the_columns_to_fill(self):
        meeting = a_meeting(site=a_territory())
        answer = team(meeting).get(f"{page_of(meeting)}.xlsx")
        assert list(read_sheet(answer.content).columns) == headers()

    def test_the_agenda_has_an_event_an_action(self):
        held = a_seminar()
        an_action(held, "Digue", start="2021-01-01", end="2021-02-01")
        answer = team(held.meeting).get(f"{page_of(held.meeting)}.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1

    def test_another_format_is_unknown(self):
        held = a_seminar()
        assert team(held.meeting).get(f"{page_of(held.meeting)}.exe").status_code == 404


class TestImporting:
    def test_it_is_shown_then_written_once(self):
        held = a_seminar()
        client, address = team(held.meeting), import_of(held.meeting)
        for expected in (2, 2):
            preview = client.post(address, {"file": sent(["1", "Digue", ""], ["2", "Halle", ""])})
            assert preview.status_code == 200
            understood = preview.context["understood"]
            answer = client.post(address, {"understood": understood}, follow=True)
            assert answer.redirect_chain[0][0] == f"{page_of(held.meeting)}/"
            assert Card.objects.count() == expected
        assert "Actions du tableau : 2 inchangées." in plain(answer.content.decode())

    def test_nothing_is_written_before_the_preview_is_accepted(self):
        held = a_seminar()
        team(held.meeting).post(import_of(held.meeting), {"file": sent(["1", "Digue", ""])})
        assert Card.objects.count() == 0

    def test_lines_at_fault_are_told_and_left_out(self):
        held = a_seminar()
        file = sent(["1", "x" * 300, ""], ["2", "Digue", ""])
        said = plain(
            team(held.meeting).post(import_of(held.meeting), {"file": file}).content.decode()
        )
        assert "Ligne 2" in said
        assert "300 caractères" in said
        assert "Importer l'action" in said

    def test_another_layout_lists_the_columns_expected(self):
        held = a_seminar()
        file = sent(["x", "y"], columns=("Nom", "Courriel"))
        answer = team(held.meeting).post(import_of(held.meeting), {"file": file})
        said = plain(answer.context["form"].errors["file"][0])
        assert "présenté autrement" in said
        assert "Numéro, Titre, Catégorie 1" in said
        assert "« Nom », « Courriel »" in said

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken"])
    def test_what_is_no_sheet_is_refused_in_words(self, content):
        held = a_seminar()
        file = SimpleUploadedFile("plan.xlsx", content)
        answer = team(held.meeting).post(import_of(held.meeting), {"file": file})
        assert answer.status_code == 200
        assert answer.context["form"].errors["file"]

    def test_a_preview_of_another_meeting_is_not_taken(self):
        held, other = a_seminar(), a_seminar()
        preview = team(other.meeting).post(
            import_of(other.meeting), {"file": sent(["1", "Digue", ""])}
        )
        team(held.meeting).post(
            import_of(held.meeting), {"understood": preview.context["understood"]}
        )
        assert Card.objects.count() == 0

    def test_a_plan_can_be_brought_before_the_seminar(self):
        meeting = a_meeting(site=a_territory(), formats=("talk",))
        client = team(meeting)
        preview = client.post(import_of(meeting), {"file": sent(["1", "Digue", "Ville"])})
        client.post(import_of(meeting), {"understood": preview.context["understood"]})
        workshop = Workshop.objects.get(format="roadmap")
        assert [card.title for card in workshop.cards.all()] == ["Digue"]
        assert "Digue" in client.get(f"{page_of(meeting)}/").content.decode()
