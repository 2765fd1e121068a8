"""A roadmap: proposed on phones, completed by the room, examined, carried in and out as a sheet."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from fabrique.document.tree import PeriodChart
from fabrique.kit.sheets import read_sheet, write_sheet
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.cards import (
    create_card,
    edit_card,
    set_card_aside,
)
from fabrique.stages.contribution.actions.plan_imports import bring_plan
from fabrique.stages.contribution.actions.undo import undo
from fabrique.stages.contribution.enums import CardState, Level
from fabrique.stages.contribution.errors import InvalidCard, NotInThisRoom
from fabrique.stages.contribution.formats.reach import in_reach
from fabrique.stages.contribution.formats.roadmap.agenda import write_agenda
from fabrique.stages.contribution.formats.roadmap.analysis import plan_of
from fabrique.stages.contribution.formats.roadmap.columns import COLUMNS, headers, is_header
from fabrique.stages.contribution.formats.roadmap.dates import read_period
from fabrique.stages.contribution.formats.roadmap.findings import (
    cycles_of,
    early_starts_of,
    load_table,
    orphans_of,
    schedule_of,
)
from fabrique.stages.contribution.formats.roadmap.sheets import NotAPlan, ReadPlan, read_plan
from fabrique.stages.contribution.models import Card, CardReference
from fabrique.stages.synthesis.views.roadmap import plan_as_sheet
from fabrique.stages.synthesis.views.roadmap_import import as_brought, understood
from tests.stages.contribution.formats.played import Seminar, plain, sections, words
from tests.stages.rooms import FACILITATOR, a_held_seminar, rename_card, someone

pytestmark = pytest.mark.django_db


def a_plan(people: int = 1) -> Seminar:
    """A fourth seminar, in a territory whose first one kept two vulnerabilities."""
    first = a_held_seminar("vulnerabilities")
    for title in ("Crues", "Chaleur"):
        Card.objects.create(workshop=first.workshops["vulnerabilities"], title=title)
    held = a_held_seminar("roadmap", site=first.meeting.site)
    return Seminar(held, [someone(held.room) for _ in range(people)])


def action(seminar: Seminar, title: str, **payload: Any) -> Card:
    data = {"title": title, "text": "", **payload}
    return create_card(seminar.workshop("roadmap").pk, data=data, actor=FACILITATOR)


def vulnerability(seminar: Seminar, title: str) -> str:
    reachable = in_reach(seminar.workshop("roadmap"), ("vulnerabilities",))
    return next(str(one.card_id) for one in reachable if one.title == title)


def cards_of(seminar: Seminar) -> list[Card]:
    return list(plan_of(seminar.workshop("roadmap")).cards)


def sheet_of(columns: Sequence[str], *rows: Sequence[str], format: str = "xlsx") -> bytes:
    return write_sheet(columns, rows, format=format)


def read(seminar: Seminar, content: bytes) -> ReadPlan:
    workshop = seminar.workshop("roadmap")
    return understood(workshop.meeting, content, workshop=workshop)


def bring(seminar: Seminar, content: bytes) -> Any:
    lines = read(seminar, content).lines
    workshop = seminar.workshop("roadmap")
    return bring_plan(workshop.pk, brought=as_brought(lines), actor=FACILITATOR)


class TestProposing:
    def test_a_phone_says_what_who_and_from_when(self):
        seminar = a_plan()
        said = seminar.say(
            "roadmap", {"text": "Ouvrir une légumerie", "lead": "Ville", "half_year": "2021-S1"}
        )
        assert said.payload == {"lead": "Ville", "half_year": "2021-S1"}
        details = seminar.format("roadmap").details(said.payload)
        assert ("À partir de", "1er semestre 2021") in [(plain(a), plain(b)) for a, b in details]

    def test_half_years_go_from_the_seminar_to_the_midterm_year(self):
        seminar = a_plan()
        form = seminar.format("roadmap").contribution_form(seminar.workshop("roadmap"))
        keys = [key for key, _words in form.fields["half_year"].choices]
        assert keys[:3] == ["", "2020-S2", "2021-S1"]
        assert keys[-1] == "2026-S2"

    def test_a_card_takes_the_lead_most_named_and_the_earliest_half_year(self):
        seminar = a_plan(3)
        said = [
            seminar.say("roadmap", {"text": "A", "lead": lead, "half_year": half}, who)
            for who, lead, half in zip(
                seminar.people,
                ("Ville", "Port", "Ville"),
                ("2022-S1", "2021-S2", ""),
                strict=True,
            )
        ]
        payload = seminar.format("roadmap").card_payload(said)
        assert payload == {"lead": "Ville", "start": "2021-07-01"}

    def test_a_scheme_becomes_an_action_tied_to_it(self):
        seminar = a_plan()
        made = seminar.format("roadmap").taken_over(
            in_reach(seminar.workshop("roadmap"), ("vulnerabilities",))[0]
        )
        assert made[0]["schemes"]


class TestCompleting:
    def test_an_action_that_ends_before_it_starts_comes_back_as_typed(self):
        seminar = a_plan()
        with pytest.raises(InvalidCard) as refusal:
            action(seminar, "Légumerie", start="2022-01-01", end="2021-01-01")
        assert "avant de commencer" in plain(refusal.value.errors["end"])
        assert refusal.value.typed["title"] == "Légumerie"
        assert cards_of(seminar) == []

    def test_a_name_of_300_characters_is_refused_with_what_to_do(self):
        seminar = a_plan()
        with pytest.raises(InvalidCard) as refusal:
            action(seminar, "x" * 300)
        assert "ramenez-le à 160" in plain(refusal.value.errors["title"])

    def test_markup_is_a_name_like_any_other(self):
        seminar = a_plan()
        assert action(seminar, "<b>Gras</b>").title == "<b>Gras</b>"

    def test_an_action_cannot_wait_for_itself(self):
        seminar = a_plan()
        card = action(seminar, "Légumerie")
        action(seminar, "Navettes")
        with pytest.raises(InvalidCard) as refusal:
            edit_card(
                card.pk,
                data={"title": "Légumerie", "text": "", "depends_on": [str(card.pk)]},
                actor=FACILITATOR,
            )
        assert "dépendre d'elle-même" in plain(refusal.value.errors["depends_on"])

    def test_the_vulnerabilities_it_answers_can_be_followed_back(self):
        seminar = a_plan()
        floods = vulnerability(seminar, "Crues")
        card = action(seminar, "Digue", vulnerabilities=[floods])
        reference = CardReference.objects.get(card=card)
        assert (str(reference.target_id), reference.role) == (floods, "vulnerabilities")

    def test_a_day_outside_what_we_compute_is_refused(self):
        with pytest.raises(InvalidCard) as refusal:
            action(a_plan(), "Digue", start="1515-09-13")
        assert "entre 1900 et 2200" in plain(refusal.value.errors["start"])

    def test_renaming_keeps_all_the_rest(self):
        seminar = a_plan()
        before = action(seminar, "Étude", number="1")
        card = action(
            seminar,
            "Digue",
            start="2021-01-01",
            late=True,
            lead="Ville",
            depends_on=[str(before.pk)],
        )
        renamed = rename_card(card.pk, title="Digues", actor=FACILITATOR)
        assert renamed.payload == card.payload
        assert renamed.payload["depends_on"] == [str(before.pk)]

    def test_what_it_waited_for_and_was_set_aside_is_let_go(self):
        seminar = a_plan()
        before, other = action(seminar, "Étude"), action(seminar, "Concertation")
        card = action(seminar, "Digue", depends_on=[str(before.pk), str(other.pk)])
        set_card_aside(before.pk, reason="Déjà faite", actor=FACILITATOR)
        assert list(plan_of(seminar.workshop("roadmap")).waits_for[card.pk]) == [other.pk]
        assert rename_card(card.pk, title="Digues", actor=FACILITATOR).payload["depends_on"] == [
            str(other.pk)
        ]


class TestWhatHolds:
    """Three actions: a study (90 days), a dyke that waits for it, a shuttle nobody carries.

    Study: 1 January to 31 March 2021. Dyke: planned from 1 March to 30 June 2021, 122 days; it
    waits for the study, so it starts on 1 April and ends on 31 July: 31 days late.
    """

    def played(self) -> Seminar:
        seminar = a_plan()
        study = action(seminar, "Étude", lead="Ville", start="2021-01-01", end="2021-03-31")
        action(
            seminar,
            "Digue",
            lead="Agglomération",
            start="2021-03-01",
            end="2021-06-30",
            vulnerabilities=[vulnerability(seminar, "Crues")],
            depends_on=[str(study.pk)],
        )
        action(seminar, "Navettes")
        return seminar

    def test_dates_are_the_earliest_that_keep_the_order(self):
        plan = plan_of(self.played().workshop("roadmap"))
        study, dyke, shuttle = plan.roadmap.dates
        assert (study.days, dyke.days) == (90, 122)
        assert (dyke.earliest_start, dyke.earliest_end) == (date(2021, 4, 1), date(2021, 7, 31))
        assert dyke.delay == 31
        assert plan.roadmap.end == date(2021, 7, 31)
        assert shuttle.earliest_start is None
        lines = schedule_of(plan)
        assert plain(lines[2].earliest) == "Il manque son début ou sa fin."
        assert lines[1].is_critical

    def test_too_early_a_start_names_both_actions_and_their_days(self):
        (found,) = early_starts_of(plan_of(self.played().workshop("roadmap")))
        assert "« Digue » commence le 1er mars 2021" in plain(found.words)
        assert "« Étude », qui finit le 31 mars 2021 : 31 jours trop tôt" in plain(found.words)

    def test_load_is_counted_by_lead_and_half_year(self):
        columns, rows = load_table(plan_of(self.played().workshop("roadmap")))
        assert [plain(one) for one in columns] == ["Pilote", "1er semestre 2021"]
        assert rows == [["Agglomération", "1"], ["Ville", "1"]]

    def test_orphans_are_told_by_what_they_lack(self):
        found = orphans_of(plan_of(self.played().workshop("roadmap")))
        assert [(plain(one.reason), [card.title for card in one.cards]) for one in found] == [
            ("Sans pilote : qui la porte ?", ["Navettes"]),
            ("Sans date : pour quand ?", ["Navettes"]),
            ("Sans vulnérabilité en face : à quoi répond-elle ?", ["Étude", "Navettes"]),
        ]

    def test_where_there_is_nothing_to_answer_none_is_an_orphan_for_it(self):
        held = a_held_seminar("roadmap")
        seminar = Seminar(held, [])
        action(seminar, "Digue", lead="Ville", start="2021-01-01")
        assert orphans_of(plan_of(seminar.workshop("roadmap"))) == []

    def test_a_circle_is_told_by_its_names_and_nothing_is_lost(self):
        seminar = a_plan()
        first = action(seminar, "Étude")
        second = action(seminar, "Digue", depends_on=[str(first.pk)])
        data = {"title": "Étude", "text": "", "depends_on": [str(second.pk)]}
        edit_card(first.pk, data=data, actor=FACILITATOR)
        plan = plan_of(seminar.workshop("roadmap"))
        (found,) = cycles_of(plan)
        said = plain(found.words)
        assert "« Étude » attend « Digue », qui attend « Étude »" in said
        assert "aucune de ces actions ne peut commencer" in said
        assert len(plan.cards) == 2
        assert all(line.earliest for line in schedule_of(plan))
        assert "aucune de ces actions" in words(seminar.note("roadmap"), "open_questions")

    def test_a_circle_of_three_goes_round(self):
        seminar = a_plan()
        cards = [action(seminar, title) for title in ("A", "B", "C")]
        for card, before in zip(cards, (cards[1], cards[2], cards[0]), strict=True):
            data = {"title": card.title, "text": "", "depends_on": [str(before.pk)]}
            edit_card(card.pk, data=data, actor=FACILITATOR)
        (found,) = cycles_of(plan_of(seminar.workshop("roadmap")))
        assert "« A » attend « B », qui attend « C », qui attend « A »" in plain(found.words)

    def test_coverage_says_what_nothing_answers(self):
        plan = plan_of(self.played().workshop("roadmap"))
        assert [one.title for one in plan.uncovered] == ["Chaleur"]

    def test_private_and_set_aside_actions_count_for_nothing(self):
        seminar = a_plan()
        card = action(seminar, "Entre nous", start="2021-01-01")
        Card.objects.filter(pk=card.pk).update(level=Level.PRIVATE)
        aside = action(seminar, "Abandonnée")
        set_card_aside(aside.pk, reason="Hors sujet", actor=FACILITATOR)
        assert cards_of(seminar) == []
        assert "Entre nous" not in str(seminar.note("roadmap"))

    def test_a_constant_number_of_queries(self, django_assert_max_num_queries):
        seminar = self.played()
        for place in range(6):
            action(seminar, f"Action {place}", vulnerabilities=[vulnerability(seminar, "Crues")])
        workshop = seminar.workshop("roadmap")
        with django_assert_max_num_queries(4):
            plan_of(workshop)


class TestScreens:
    def context(self, seminar: Seminar, screen: str) -> dict[str, Any]:
        viewer = Viewer(participant_id=seminar.people[0].pk)
        return seminar.format("roadmap").context(seminar.workshop("roadmap"), viewer, screen)

    def test_the_wall_draws_the_first_actions_in_time(self):
        seminar = a_plan()
        for place in range(12):
            action(seminar, f"Action {place}", start=f"20{33 - place}-01-01")
        context = self.context(seminar, "wall")
        assert context["rest"] == 2
        assert "Action 11" in context["timeline"]
        assert "Action 0<" not in context["timeline"]

    @pytest.mark.parametrize("phase", ["collect", "plan"])
    def test_every_screen_is_drawn(self, phase):
        seminar = TestWhatHolds().played()
        seminar.turn_to("roadmap", phase)
        assert "61 jours" not in seminar.screen("roadmap", "wall")
        console = seminar.screen("roadmap", "console")
        assert "31 jours trop tôt" in console
        assert "Rien en face" in console
        assert "Ouvrir la feuille de route" in console
        assert ("Une action, en une phrase" in seminar.screen("roadmap", "phone")) == (
            phase == "collect"
        )

    def test_names_are_escaped_in_the_drawing(self):
        seminar = a_plan()
        action(seminar, "<script>", start="2021-01-01")
        assert "<script>" not in self.context(seminar, "wall")["timeline"]

    def test_an_empty_plan_is_no_error(self):
        seminar = a_plan()
        assert self.context(seminar, "console")["timeline"] == ""
        assert seminar.note("roadmap") == []


class TestNote:
    def test_the_plan_is_told_drawn_and_cited(self):
        seminar = TestWhatHolds().played()
        parts = seminar.note("roadmap")
        assert sections(parts)[:2] == ["kept", "figures"]
        assert "3 actions, 2 pilotes" in words(parts, "kept")
        charts = [one for part in parts for one in part.blocks if isinstance(one, PeriodChart)]
        assert [bar.label for bar in charts[0].bars] == ["Étude", "Digue"]
        said = words(parts, "blind_spots")
        assert "1 vulnérabilité du territoire n'a pas d'action en face" in said
        assert f"card:{vulnerability(seminar, 'Chaleur')}" in said

    def test_a_long_plan_says_how_many_more_there_are(self):
        seminar = a_plan()
        for place in range(23):
            action(seminar, f"Action {place}")
        assert "Et 3 autres actions" in words(seminar.note("roadmap"), "kept")


def a_long_plan(seminar: Seminar, count: int = 64) -> list[Card]:
    """Actions with every column filled, each waiting for the one before."""
    cards: list[Card] = []
    floods = vulnerability(seminar, "Crues")
    for place in range(count):
        cards.append(
            Card.objects.create(
                workshop=seminar.workshop("roadmap"),
                position=place,
                title=f"Action n° {place + 1} ; d'après « l'atelier »",
                text=f"=SOMME(A{place}) n'est pas une formule",
                payload={
                    "number": f"{place // 8 + 1}.{place % 8 + 1}",
                    "category_1": "Mobilités",
                    "category_2": "-1 tonne par habitant",
                    "status": "En cours",
                    **({"late": True} if place % 3 == 0 else {}),
                    "lead": "Ville",
                    "referent": "Référente technique",
                    "elected_referent": "Élu référent",
                    "partners": "Port\nChambre d'agriculture",
                    "budget": "+ 12 000 €",
                    "start": f"20{21 + place // 12}-{place % 12 + 1:02}-01",
                    "end": f"20{22 + place // 12}-{place % 12 + 1:02}-28",
                    "means": "@ deux agents",
                    "indicator": "Tonnes évitées",
                    "vulnerabilities": [floods],
                    **({"depends_on": [str(cards[-1].pk)]} if cards else {}),
                },
            )
        )
    return cards


class TestSheets:
    @pytest.mark.parametrize("format", ["xlsx", "ods", "csv"])
    def test_64_actions_travel_without_losing_a_column(self, format):
        seminar, empty = a_plan(), a_plan()
        a_long_plan(seminar)
        content = plan_as_sheet(seminar.workshop("roadmap"), format=format)
        assert list(read_sheet(content).columns) == headers()
        done = bring(empty, content)
        assert (done.created, done.changed, done.same) == (64, 0, 0)
        assert told_of(empty) == told_of(seminar)

    @pytest.mark.parametrize("format", ["xlsx", "ods", "csv"])
    def test_bringing_it_back_changes_nothing(self, format):
        seminar = a_plan()
        a_long_plan(seminar, 9)
        content = plan_as_sheet(seminar.workshop("roadmap"), format=format)
        read_back = read(seminar, content)
        assert {line.fate for line in read_back.lines} == {"same"}
        assert read_back.problems == []
        done = bring(seminar, content)
        assert (done.created, done.changed, done.same) == (0, 0, 9)

    def test_the_columns_are_those_of_french_plans(self):
        assert headers()[:16] == [
            "Numéro", "Titre", "Catégorie 1", "Catégorie 2", "Description", "Statut", "En retard",
            "Pilote", "Référent", "Élu référent", "Partenaires", "Budget", "Début", "Fin",
            "Actions liées", "Indicateurs liés",
        ]  # fmt: skip

    def test_accents_case_and_usual_variants_are_admitted(self):
        seminar = a_plan()
        content = sheet_of(
            ["N°", "INTITULE DE L'ACTION", "axe", "Porteur", "Elu.e referent.e", "Échéance"],
            ["1", "Digue", "Eau", "Agglomération", "Vice-présidente à l'eau", "2e trimestre 2022"],
        )
        (line,) = read(seminar, content).lines
        assert line.data == {
            "number": "1",
            "title": "Digue",
            "category_1": "Eau",
            "lead": "Agglomération",
            "elected_referent": "Vice-présidente à l'eau",
            "end": "2022-06-30",
        }

    def test_a_header_below_a_title_is_found(self):
        assert is_header(["Numéro", "Titre", "Pilote"])
        assert not is_header(["Plan d'actions 2021-2026", "", ""])

    def test_another_layout_is_refused_with_the_columns_expected(self):
        with pytest.raises(NotAPlan) as refusal:
            read(a_plan(), sheet_of(["Nom", "Courriel"], ["x", "y"]))
        assert refusal.value.found == ("Nom", "Courriel")

    def test_the_same_number_or_title_updates_and_an_empty_cell_erases_nothing(self):
        seminar = a_plan()
        numbered = action(seminar, "Digue", number="1", lead="Ville", budget="1 M€")
        titled = action(seminar, "Navettes", lead="Région")
        content = sheet_of(
            ["Numéro", "Titre", "Pilote", "Budget"],
            ["1", "Digues", "Agglomération", ""],
            ["", "NAVETTES", "Région", "200 k€"],
            ["", "Légumerie", "", ""],
        )
        assert [line.fate for line in read(seminar, content).lines] == ["changed", "changed", "new"]
        done = bring(seminar, content)
        assert (done.created, done.changed) == (1, 2)
        numbered.refresh_from_db()
        titled.refresh_from_db()
        assert (numbered.title, numbered.payload["lead"]) == ("Digues", "Agglomération")
        assert numbered.payload["budget"] == "1 M€"
        assert titled.payload == {"lead": "Région", "budget": "200 k€"}

    def test_each_line_that_cannot_be_taken_says_why(self):
        content = sheet_of(
            ["Numéro", "Titre", "Début", "Fin"],
            ["1", "Digue", "2022", "2021"],
            ["2", "x" * 300, "", ""],
            ["3", "", "2021", ""],
            ["4", "Navettes", "bientôt", ""],
            ["4", "Autre", "", ""],
        )
        plan = read(a_plan(), content)
        assert [line.title for line in plan.lines] == ["Navettes"]
        said = {one.line: plain(one.words) for one in plan.problems}
        assert "avant de commencer" in said[2]
        assert "300 caractères : ramenez-le à 160" in said[3]
        assert "Le titre est vide" in said[4]
        assert "bientôt" in said[5]
        assert "déjà à la ligne 5" in said[6]
        assert [one.line for one in plan.problems if one.is_only_a_doubt] == [5]

    def test_an_end_before_the_start_already_known_is_told_by_its_line(self):
        seminar = a_plan()
        action(seminar, "Digue", number="1", start="2022-01-01")
        plan = read(seminar, sheet_of(["Numéro", "Titre", "Fin"], ["1", "Digue", "2021"]))
        assert plan.lines == []
        assert "avant de commencer" in plain(plan.problems[0].words)

    def test_linked_actions_are_named_by_number_or_title(self):
        content = sheet_of(
            ["Numéro", "Titre", "Actions liées"],
            ["1", "Étude", ""],
            ["2", "Concertation", "1"],
            ["3", "Digue", "1, 2"],
            ["4", "Bilan", "Digue ; 2. Concertation ; Inconnue ; 4"],
        )
        seminar = a_plan()
        plan = read(seminar, content)
        ids = {line.title: line.card_id for line in plan.lines}
        tied = {line.title: line.data.get("depends_on", []) for line in plan.lines}
        assert tied["Digue"] == [ids["Étude"], ids["Concertation"]]
        assert tied["Bilan"] == [ids["Digue"], ids["Concertation"]]
        said = " ".join(plain(one.words) for one in plan.problems)
        assert "« Inconnue » n'est pas dans le plan" in said
        assert "ne peut pas dépendre d'elle-même" in said

    def test_a_cyclic_sheet_is_taken_whole_and_explained(self):
        content = sheet_of(
            ["Numéro", "Titre", "Actions liées"], ["1", "Étude", "2"], ["2", "Digue", "1"]
        )
        seminar = a_plan()
        assert bring(seminar, content).created == 2
        (found,) = cycles_of(plan_of(seminar.workshop("roadmap")))
        assert "« 1. Étude » attend « 2. Digue »" in plain(found.words)

    def test_an_import_is_one_gesture_to_take_back(self):
        seminar = a_plan()
        bring(seminar, sheet_of(["Titre", "Pilote"], ["Étude", "Ville"], ["Digue", ""]))
        undo(seminar.held.room.pk, actor=FACILITATOR)
        assert cards_of(seminar) == []
        assert Card.objects.filter(state=CardState.UNDONE).count() == 2

    def test_a_card_of_elsewhere_is_refused_and_nothing_is_written(self):
        seminar, other = a_plan(), a_plan()
        theirs = action(other, "Chez eux")
        lines = read(seminar, sheet_of(["Titre", "Pilote"], ["Étude", "Ville"])).lines
        brought = as_brought(lines)
        stolen = [*brought, type(brought[0])(id=theirs.pk, data={"title": "Volée"})]
        with pytest.raises(NotInThisRoom):
            bring_plan(seminar.workshop("roadmap").pk, brought=stolen, actor=FACILITATOR)
        assert cards_of(seminar) == []

    def test_a_vulnerability_nobody_kept_is_a_doubt(self):
        content = sheet_of(["Titre", "Vulnérabilités"], ["Digue", "Crues ; Séismes"])
        seminar = a_plan()
        plan = read(seminar, content)
        assert plan.lines[0].data["vulnerabilities"] == [vulnerability(seminar, "Crues")]
        assert "Séismes" in plain(plan.problems[0].words)


def told_of(seminar: Seminar) -> list[dict[str, Any]]:
    """Every action without its identifiers: other cards by their name."""
    cards = cards_of(seminar)
    names = {str(card.pk): card.title for card in cards}
    reachable = in_reach(seminar.workshop("roadmap"), ("vulnerabilities",))
    names |= {str(one.card_id): one.title for one in reachable}
    return [
        {"title": card.title, "text": card.text}
        | {
            name: [names[one] for one in value] if isinstance(value, list) else value
            for name, value in sorted(card.payload.items())
        }
        for card in cards
    ]


class TestDates:
    @pytest.mark.parametrize(
        ("typed", "first", "last"),
        [
            ("2021", "2021-01-01", "2021-12-31"),
            ("S2 2021", "2021-07-01", "2021-12-31"),
            ("1er semestre 2021", "2021-01-01", "2021-06-30"),
            ("T4 2021", "2021-10-01", "2021-12-31"),
            ("février 2024", "2024-02-01", "2024-02-29"),
            ("sept. 2021", "2021-09-01", "2021-09-30"),
            ("03/2021", "2021-03-01", "2021-03-31"),
            ("15/03/2021", "2021-03-15", "2021-03-15"),
            ("2021-03-15", "2021-03-15", "2021-03-15"),
        ],
    )
    def test_a_period_is_its_first_and_last_day(self, typed, first, last):
        assert read_period(typed) == (date.fromisoformat(first), date.fromisoformat(last))

    @pytest.mark.parametrize("typed", ["bientôt", "13/2021", "32/01/2021", "1515", "2021-2026"])
    def test_what_is_no_date_is_none(self, typed):
        assert read_period(typed) is None

    @given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
    def test_every_day_we_write_is_read_back(self, day):
        assert read_period(day.strftime("%d/%m/%Y")) == (day, day)


class TestAgenda:
    def test_each_dated_action_is_an_event_of_whole_days(self):
        seminar = a_plan()
        action(seminar, "Digue", start="2021-01-01", end="2021-03-31", lead="Ville")
        action(seminar, "Bilan", end="2022-12-31")
        action(seminar, "Navettes")
        written = datetime(2020, 12, 1, 9, tzinfo=UTC)
        content = write_agenda(cards_of(seminar), title="Feuille de route", written_at=written)
        calendar = Calendar.from_ical(content)
        assert calendar["X-WR-TIMEZONE"] == "Europe/Paris"
        days = [
            (str(event["SUMMARY"]), event["DTSTART"].dt, event["DTEND"].dt)
            for event in calendar.walk("VEVENT")
        ]
        assert days == [
            ("Digue", date(2021, 1, 1), date(2021, 4, 1)),
            ("Bilan", date(2022, 12, 31), date(2023, 1, 1)),
        ]
        assert b"DTSTART;VALUE=DATE:20210101" in content
        assert "Pilote" in str(calendar.walk("VEVENT")[0]["DESCRIPTION"])


def test_every_column_has_a_name_of_its_own():
    names = [name for all_names in COLUMNS.values() for name in all_names]
    assert len(names) == len(set(names))


def test_a_plan_is_read_without_a_workshop():
    plan = read_plan(
        read_sheet(sheet_of(["Titre", "Pilote"], ["Digue", "Ville"])), cards=[], earlier={}
    )
    assert [line.fate for line in plan.lines] == ["new"]
