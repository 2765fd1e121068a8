"""Success criteria: from the method and from the round table, kept by someone, looked at again."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fabrique.kit.identifiers import new_id
from fabrique.kit.sheets import read_sheet
from fabrique.stages.contribution.actions.cards import create_card
from fabrique.stages.contribution.actions.contributions import contribute
from fabrique.stages.contribution.actions.levels import set_card_level, set_own_level
from fabrique.stages.contribution.actions.workshops import lay_out_workshops, open_workshop
from fabrique.stages.contribution.enums import Level, Source
from fabrique.stages.contribution.models import Contribution, Workshop
from fabrique.stages.deliverable.actions import draft_note
from fabrique.stages.deliverable.queries import passages_of
from fabrique.stages.programme.actions import criteria as verbs
from fabrique.stages.programme.blueprint import (
    Blueprint,
    load_blueprint,
    parse_blueprint,
)
from fabrique.stages.programme.enums import CriterionKind, Judgement
from fabrique.stages.programme.errors import InvalidBlueprint, NotARevisit
from fabrique.stages.programme.models import (
    AuditLine,
    CriterionReview,
    Meeting,
    Programme,
    SuccessCriterion,
)
from fabrique.stages.seminar.actions.rooms import join_room, open_room, prepare_room
from fabrique.stages.seminar.actions.run_sheet import ensure_run_sheet
from fabrique.stages.seminar.models import Participant
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme, account
from tests.stages.programme.small_blueprint import SMALL

WHO = "Directrice de projet"


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_programme()


def signed_in(email: str = DIRECTOR) -> Client:
    client = Client()
    client.force_login(account(email), backend="sesame.backends.ModelBackend")
    return client


def home(programme: Programme) -> str:
    return f"/demarches/{programme.slug}/criteres/"


def shown(address: str, email: str = DIRECTOR) -> str:
    answer = signed_in(email).get(address)
    assert answer.status_code == 200
    return plain(answer.content.decode())


def standing(programme: Programme) -> list[SuccessCriterion]:
    return list(programme.criteria.filter(removed_at=None).order_by("pk"))


class TestTheMethod:
    def test_it_says_at_which_meetings_criteria_are_looked_at_again(self) -> None:
        assert load_blueprint("fabrique-prospective").revisit_keys == ("intersite-2", "intersite-4")

    def test_without_saying_it_is_the_last_shared_meeting(self, small: Blueprint) -> None:
        assert small.revisit_keys == ("decision",)

    @pytest.mark.parametrize("key", ["nulle-part", "ecoute"])
    def test_a_meeting_that_is_not_shared_is_refused(self, key: str) -> None:
        with pytest.raises(InvalidBlueprint) as refused:
            parse_blueprint(SMALL.replace("months = 6", f'months = 6\nrevisit = ["{key}"]'))
        assert [problem.code for problem in refused.value.problems] == ["unknown_shared_meeting"]


class TestThePage:
    def test_it_shows_substance_and_method_beside_what_is_judged(
        self, programme: Programme
    ) -> None:
        words = shown(home(programme))
        for said in (
            "Sur le fond",
            "Sur la méthode",
            "Séminaire intersite #2",
            "Séminaire intersite #4",
            "pas encore jugé",
            "7 critères ne sont confiés à personne",
        ):
            assert said in words, said

    def test_one_is_added_and_confided_to_someone(self, programme: Programme) -> None:
        client = signed_in()
        refused = client.post(f"{home(programme)}nouveau/", {"text": "", "owner": "Pilote"})
        assert refused.status_code == 422
        assert 'value="Pilote"' in refused.content.decode()
        client.post(
            f"{home(programme)}nouveau/",
            {"text": "Le groupe dure", "kind": "method", "owner": "Pilote nationale"},
        )
        words = shown(home(programme))
        assert "Le groupe dure" in words
        assert "Pilote nationale" in words

    def test_its_former_words_stay_in_the_audit(self, programme: Programme) -> None:
        criterion = standing(programme)[0]
        signed_in().post(
            f"{home(programme)}{criterion.pk}/",
            {"text": "Autrement dit", "kind": "substance", "owner": ""},
        )
        line = AuditLine.objects.get(verb="change-criterion")
        assert line.detail["before"]["text"] == criterion.text

    def test_one_that_is_dropped_can_be_put_back(self, programme: Programme) -> None:
        criterion = standing(programme)[0]
        client = signed_in()
        client.post(f"{home(programme)}{criterion.pk}/retirer/")
        assert criterion not in standing(programme)
        assert "Critères retirés" in shown(home(programme))
        client.post(f"{home(programme)}{criterion.pk}/retirer/", {"move": "restore"})
        assert criterion in standing(programme)

    def test_a_referent_reads_and_changes_nothing(self, programme: Programme) -> None:
        criterion = standing(programme)[0]
        client = signed_in(REFERENT)
        assert "Ajouter un critère" not in shown(home(programme), REFERENT)
        for address in ("nouveau/", f"{criterion.pk}/", "bilan/intersite-2/"):
            assert client.get(f"{home(programme)}{address}").status_code == 404
            assert client.post(f"{home(programme)}{address}").status_code == 404
        assert client.post(f"{home(programme)}{criterion.pk}/retirer/").status_code == 404

    def test_criteria_of_another_programme_are_unknown(self, programme: Programme) -> None:
        other = standing(a_programme(title="Une autre"))[0]
        assert signed_in().get(f"{home(programme)}{other.pk}/").status_code == 404

    def test_they_leave_as_a_sheet(self, programme: Programme) -> None:
        criterion = standing(programme)[0]
        verbs.review_criterion(
            criterion.pk,
            meeting=programme.meetings.get(key="intersite-2"),
            judgement=Judgement.PARTLY,
            words="=1+1",
            actor=WHO,
        )
        address = f"/demarches/{programme.slug}/criteres"
        sheet = read_sheet(signed_in().get(f"{address}.csv").content)
        assert len(sheet.rows) == 7
        assert {"En partie seulement", "=1+1"} <= set(sheet.rows[0].cells)
        assert "'=1+1" in signed_in().get(f"{address}.csv").content.decode("utf-8-sig")
        assert signed_in().get(f"{address}.pdf").status_code == 404

    def test_it_costs_the_same_however_many(self, programme: Programme) -> None:
        client = signed_in()
        counts = []
        for _round in range(3):
            criterion = verbs.add_criterion(
                programme, kind=CriterionKind.METHOD, text="a", actor=WHO
            )
            for key in ("intersite-2", "intersite-4"):
                verbs.review_criterion(
                    criterion.pk,
                    meeting=programme.meetings.get(key=key),
                    judgement=Judgement.REACHED,
                    actor=WHO,
                )
            client.get(home(programme))
            with CaptureQueriesContext(connection) as queries:
                client.get(home(programme))
                client.get(f"{home(programme)}bilan/intersite-4/")
            counts.append(len(queries))
        assert counts[0] == counts[2] <= 26


class TestLookingAgain:
    def typed(self, programme: Programme, **changes: str) -> dict[str, str]:
        key = standing(programme)[0].pk
        names = {"judgement": "on_the_way", "words": "Deux villes y sont", "evidence": "La note"}
        return {
            "judged_by": "Groupe intersite",
            **{f"{name}-{key}": value for name, value in (names | changes).items()},
        }

    def test_all_are_judged_on_one_page_and_shown_beside_day_one(
        self, programme: Programme
    ) -> None:
        client = signed_in()
        client.post(f"{home(programme)}bilan/intersite-2/", self.typed(programme))
        client.post(
            f"{home(programme)}bilan/intersite-4/",
            self.typed(programme, judgement="reached", words="Toutes y sont"),
        )
        words = shown(home(programme))
        for said in ("En bonne voie", "Atteint", "Toutes y sont", "La note", "Groupe intersite"):
            assert said in words, said
        assert CriterionReview.objects.count() == 2

    def test_at_the_end_one_reads_what_was_said_at_mid_course(self, programme: Programme) -> None:
        signed_in().post(f"{home(programme)}bilan/intersite-2/", self.typed(programme))
        assert "Deux villes y sont" in shown(f"{home(programme)}bilan/intersite-4/")

    def test_words_without_a_judgement_are_not_lost(self, programme: Programme) -> None:
        answer = signed_in().post(
            f"{home(programme)}bilan/intersite-2/", self.typed(programme, judgement="")
        )
        words = plain(answer.content.decode())
        assert "Choisissez un jugement" in words
        assert "Deux villes y sont" in words
        assert not CriterionReview.objects.exists()

    def test_judging_again_at_the_same_meeting_keeps_the_former_words(
        self, programme: Programme
    ) -> None:
        client = signed_in()
        client.post(f"{home(programme)}bilan/intersite-2/", self.typed(programme))
        client.post(f"{home(programme)}bilan/intersite-2/", self.typed(programme))
        assert AuditLine.objects.filter(verb="review-criterion").count() == 1
        client.post(f"{home(programme)}bilan/intersite-2/", self.typed(programme, words="Trois"))
        assert CriterionReview.objects.get().words == "Trois"
        last = AuditLine.objects.filter(verb="review-criterion").last()
        assert last.detail["before"]["words"] == "Deux villes y sont"

    def test_it_is_done_at_the_meetings_the_method_names(self, programme: Programme) -> None:
        assert signed_in().get(f"{home(programme)}bilan/intersite-1/").status_code == 404
        with pytest.raises(NotARevisit):
            verbs.review_criterion(
                standing(programme)[0].pk,
                meeting=programme.meetings.get(key="intersite-1"),
                judgement=Judgement.REACHED,
                actor=WHO,
            )
        other = a_programme(title="Une autre").meetings.get(key="intersite-2")
        with pytest.raises(NotARevisit):
            verbs.review_criterion(
                standing(programme)[0].pk, meeting=other, judgement=Judgement.REACHED, actor=WHO
            )

    def test_the_meeting_says_that_they_are_to_be_looked_at(self, programme: Programme) -> None:
        meeting = programme.meetings.get(key="intersite-2")
        assert f"{home(programme)}bilan/intersite-2/" in shown(f"/seminaires/{meeting.pk}/")


class TestTheNote:
    def judged(self, programme: Programme, key: str, judgement: Judgement, **said: str) -> None:
        meeting = programme.meetings.get(key=key)
        first = standing(programme)[0]
        verbs.review_criterion(first.pk, meeting=meeting, judgement=judgement, actor=WHO, **said)

    def table(self, programme: Programme, key: str) -> dict[str, Any] | None:
        note = draft_note(programme.meetings.get(key=key), actor=WHO)
        found = passages_of(note).filter(draft_key__endswith="/criteria").first()
        return found.content if found else None

    def test_it_sets_what_was_expected_beside_what_is_judged(self, programme: Programme) -> None:
        first = standing(programme)[0]
        verbs.change_criterion(
            first.pk,
            kind=CriterionKind(first.kind),
            text=first.text,
            owner="Pilote nationale",
            actor=WHO,
        )
        self.judged(
            programme,
            "intersite-2",
            Judgement.PARTLY,
            words="À moitié",
            judged_by="Groupe intersite",
        )
        table = self.table(programme, "intersite-2")
        assert table["caption"] == "Critères de réussite : attendus et jugement"
        assert [column["label"] for column in table["columns"]] == [
            "Ce qui était attendu au premier jour",
            "Porté par",
            "Séminaire intersite #2",
        ]
        rows = [row["cells"] for row in table["rows"]]
        assert rows[0] == [first.text, "Pilote nationale", "En partie seulement. À moitié."]
        assert len(rows) == len(standing(programme))
        assert rows[1][2] == "Pas encore jugé"
        assert table["note"] == "Jugé par : Groupe intersite."

    def test_the_last_one_keeps_the_judgement_of_mid_course(self, programme: Programme) -> None:
        self.judged(programme, "intersite-2", Judgement.TOO_EARLY)
        self.judged(
            programme, "intersite-4", Judgement.REACHED, evidence="Les quatre feuilles de route"
        )
        row = self.table(programme, "intersite-4")["rows"][0]["cells"]
        assert row[2:] == [
            "Trop tôt pour le dire.",
            "Atteint. Repose sur : Les quatre feuilles de route.",
        ]
        assert len(self.table(programme, "intersite-2")["columns"]) == 3

    def test_it_says_nothing_where_nothing_was_judged(self, programme: Programme) -> None:
        self.judged(programme, "intersite-4", Judgement.REACHED)
        for key in ("intersite-1", "intersite-2"):
            assert self.table(programme, key) is None

    def test_a_criterion_said_at_the_round_table_cites_who_said_it(
        self, programme: Programme
    ) -> None:
        round = Round(programme.meetings.get(key="comite-de-lancement"))
        said = round.say("si elle dure")
        verbs.adopt_criterion(
            programme,
            kind=CriterionKind.METHOD,
            text="Une dynamique qui dure",
            source=f"contribution:{said.pk}",
            source_label="Dit au tour de table : Comité de lancement",
            actor=WHO,
        )
        self.judged(programme, "intersite-2", Judgement.REACHED)
        rows = {row["cells"][0]: row for row in self.table(programme, "intersite-2")["rows"]}
        cited = rows["Une dynamique qui dure"]["citations"]
        assert [one["ref"] for one in cited] == [f"contribution:{said.pk}"]
        assert not rows[standing(programme)[0].text].get("citations")


class Round:
    """A round table held at a meeting."""

    def __init__(self, meeting: Meeting) -> None:
        ensure_run_sheet(meeting)
        room = open_room(prepare_room(meeting).pk, actor=WHO)
        self.someone: Participant = join_room(room, label="Voix")
        found = [one for one in lay_out_workshops(meeting) if one.format == "expectations"]
        self.workshop: Workshop = open_workshop(found[0].pk, actor=WHO)

    def say(self, text: str) -> Contribution:
        return contribute(
            id=new_id(),
            workshop_id=self.workshop.pk,
            data={"text": text},
            source=Source.PHONE,
            participant=self.someone,
            actor=self.someone.label,
        ).contribution


class TestWhatWasSaidAloud:
    @pytest.fixture
    def round(self, programme: Programme) -> Round:
        return Round(programme.meetings.get(key="comite-de-lancement"))

    def test_a_card_and_words_may_become_criteria(self, programme: Programme, round: Round) -> None:
        said = round.say("si elle dure")
        alone = round.say("si les élus restent")
        card = create_card(
            round.workshop.pk,
            contribution_ids=[said.pk],
            data={"title": "Une dynamique qui dure"},
            actor=WHO,
        )
        address = f"{home(programme)}attentes/"
        words = shown(address)
        assert "Une dynamique qui dure" in words
        assert "si les élus restent" in words
        source = f"card:{card.pk}"
        assert "Une dynamique qui dure</textarea>" in shown(f"{address}?reprendre={source}")
        client = signed_in()
        refused = client.post(address, {"source": source, "text": "Une suite"})
        assert refused.status_code == 422
        assert "Une suite</textarea>" in refused.content.decode()
        typed = {"text": "Une suite", "kind": "method", "owner": "Pilote nationale"}
        for taken in (source, source, f"contribution:{alone.pk}"):
            client.post(address, typed | {"source": taken})
        assert SuccessCriterion.objects.exclude(source="").count() == 2
        assert "Dit au tour de table : Comité de lancement" in shown(home(programme))

    def test_what_is_made_private_afterwards_leaves_the_criteria(
        self, programme: Programme, round: Round, django_capture_on_commit_callbacks: object
    ) -> None:
        """Seen red without ``register_hiding`` in the stage's ``ready``."""
        said, other = round.say("si le maire part"), round.say("si elle dure")
        card = create_card(
            round.workshop.pk, contribution_ids=[other.pk], data={"title": "Durer"}, actor=WHO
        )
        client = signed_in()
        for source in (f"contribution:{said.pk}", f"card:{card.pk}"):
            client.post(
                f"{home(programme)}attentes/",
                {"text": "Repris tel quel", "kind": "method", "source": source},
            )
        assert shown(home(programme), REFERENT).count("Repris tel quel") >= 2
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            set_own_level(said.pk, level=Level.PRIVATE, participant=round.someone)
            set_card_level(card.pk, level=Level.PRIVATE, actor=WHO)
        assert "Repris tel quel" not in shown(home(programme), REFERENT)

    def test_what_is_private_is_offered_to_nobody(self, programme: Programme, round: Round) -> None:
        said = round.say("si le maire part")
        set_own_level(said.pk, level=Level.PRIVATE, participant=round.someone)
        assert "si le maire part" not in shown(f"{home(programme)}attentes/")
        typed = {"text": "a", "kind": "method", "source": f"contribution:{said.pk}"}
        assert signed_in().post(f"{home(programme)}attentes/", typed).status_code == 404

    def test_what_a_territory_says_is_the_territory_s(self, programme: Programme) -> None:
        local = Round(programme.meetings.get(key="local-1", site__territory="56121"))
        local.say("si Lorient décide")
        assert "si Lorient décide" not in shown(f"{home(programme)}attentes/")

    def test_a_referent_reads_them_and_adopts_none(
        self, programme: Programme, round: Round
    ) -> None:
        said = round.say("si elle dure")
        address = f"{home(programme)}attentes/"
        words = shown(address, REFERENT)
        assert "si elle dure" in words
        assert "En faire un critère" not in words
        typed = {"text": "a", "kind": "method", "source": f"contribution:{said.pk}"}
        assert signed_in(REFERENT).post(address, typed).status_code == 404

    def test_they_cost_the_same_however_many(self, programme: Programme, round: Round) -> None:
        client = signed_in()
        counts = []
        for _round in range(3):
            said = round.say("si elle dure")
            round.say("si elle commence")
            create_card(
                round.workshop.pk, contribution_ids=[said.pk], data={"title": "a"}, actor=WHO
            )
            client.get(f"{home(programme)}attentes/")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{home(programme)}attentes/")
            counts.append(len(queries))
        assert counts[0] == counts[2] <= 15
