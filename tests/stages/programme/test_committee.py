"""What a meeting has to settle: put by the method, argued in the room, decided, gone back on."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fabrique.kit.sheets import read_sheet
from fabrique.people.viewer import account_viewer
from fabrique.stages.deliverable.actions import draft_note
from fabrique.stages.deliverable.queries import passages_of
from fabrique.stages.programme.actions import committee as verbs
from fabrique.stages.programme.blueprint import parse_blueprint
from fabrique.stages.programme.committee import log_lines, point_lines
from fabrique.stages.programme.enums import ArgumentSide, PointState
from fabrique.stages.programme.errors import (
    EmptyDecision,
    InvalidBlueprint,
    OptionElsewhere,
    OptionTwice,
)
from fabrique.stages.programme.lifecycle import POINT_MOVES, IllegalMove, point_after
from fabrique.stages.programme.models import AuditLine, Decision, Meeting, PointToSettle, Programme
from fabrique.stages.programme.queries.committee import decisions_visible_to, points_visible_to
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme, account
from tests.stages.programme.small_blueprint import SMALL

WHO = "Directrice de projet"


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_programme()


@pytest.fixture
def committee(programme: Programme) -> Meeting:
    return programme.meetings.get(key="comite-de-lancement")


def signed_in(email: str = DIRECTOR) -> Client:
    client = Client()
    client.force_login(account(email), backend="sesame.backends.ModelBackend")
    return client


def points(meeting: Meeting) -> list[PointToSettle]:
    return list(points_visible_to(account_viewer(account(DIRECTOR)), meeting))


def page_of(meeting: Meeting) -> str:
    return f"/seminaires/{meeting.pk}/points/"


def shown(meeting: Meeting, email: str = DIRECTOR) -> str:
    answer = signed_in(email).get(page_of(meeting))
    assert answer.status_code == 200
    return plain(answer.content.decode())


def log_of(programme: Programme) -> list[tuple[str, str]]:
    seen = decisions_visible_to(account_viewer(account(DIRECTOR)))
    return [(line.words, line.state) for line in log_lines(seen)]


class TestOpeningAProgramme:
    def test_the_launch_committee_has_the_points_of_the_method(self, committee: Meeting) -> None:
        found = points(committee)
        assert len(found) == 4
        assert "seulement l'élu référent ?" in found[0].title
        assert [option.title for option in found[0].options.all()][:2] == [
            "Seulement l'élu référent",
            "Plusieurs élus impliqués",
        ]
        assert {point.state for point in found} == {PointState.OPEN}

    def test_other_meetings_have_none_and_may_be_given_some(self, programme: Programme) -> None:
        intersite = programme.meetings.get(key="intersite-1")
        assert "Aucun point à arbitrer" in shown(intersite)
        signed_in().post(
            page_of(intersite),
            {"move": "add_point", "title": "Qui porte la suite ?", "options": "Un\n\n Deux \nUn"},
        )
        (point,) = points(intersite)
        assert [option.title for option in point.options.all()] == ["Un", "Deux"]

    def test_a_programme_opened_before_has_no_points_and_works(self, committee: Meeting) -> None:
        data = committee.programme.blueprint
        for meeting in data["meetings"]:
            del meeting["points"]
        del data["revisit"]
        committee.programme.save()
        committee.points.all().delete()
        assert "Aucun point à arbitrer" in shown(committee)

    def test_an_option_written_twice_in_a_method_is_told_with_its_line(self) -> None:
        twice = SMALL.replace(
            'outline = "note"\n',
            'outline = "note"\n\n[[meetings.points]]\ntitle = "Où ?"\noptions = ["Ici", "Ici"]\n',
            1,
        )
        with pytest.raises(InvalidBlueprint) as refused:
            parse_blueprint(twice)
        assert [(p.code, p.params["value"]) for p in refused.value.problems] == [
            ("option_twice", "Ici")
        ]
        assert refused.value.problems[0].line


class TestInTheRoom:
    def test_an_argument_is_one_line_and_one_button(self, committee: Meeting) -> None:
        option = points(committee)[0].options.first()
        client = signed_in()
        typed = {
            "move": "argue",
            "option": option.pk,
            "side": "against",
            "text": "Un élu seul ne porte rien",
            "said_by": "Maire adjoint",
        }
        answer = client.post(page_of(committee), typed)
        assert answer.url == f"{page_of(committee)}#argument-{option.pk}-text"
        words = plain(client.get(answer.url).content.decode())
        assert "Un élu seul ne porte rien" in words
        assert "(Maire adjoint)" in words
        assert f'id="argument-{option.pk}-text"' in words

    def test_the_same_argument_sent_twice_is_kept_once(self, committee: Meeting) -> None:
        option = points(committee)[0].options.first()
        said = {"side": ArgumentSide.FOR, "text": "Plus simple", "said_by": "Préfecture"}
        first = verbs.argue(option.pk, actor=WHO, **said)
        assert verbs.argue(option.pk, actor=WHO, **said) == first

    def test_an_empty_argument_comes_back_with_who_said_it(self, committee: Meeting) -> None:
        option = points(committee)[0].options.first()
        answer = signed_in().post(
            page_of(committee),
            {"move": "argue", "option": option.pk, "side": "for", "said_by": "Préfecture"},
        )
        words = plain(answer.content.decode())
        assert answer.status_code == 422
        assert "Écrivez l'argument." in words
        assert 'value="Préfecture"' in words

    def test_an_option_is_added_during_the_talk(self, committee: Meeting) -> None:
        point = points(committee)[0]
        client = signed_in()
        typed = {"move": "add_option", "point": point.pk, "title": "Un binôme d'élus"}
        client.post(page_of(committee), typed)
        again = client.post(page_of(committee), typed)
        assert "est déjà proposée pour ce point" in plain(again.content.decode())
        assert point.options.filter(title="Un binôme d'élus").count() == 1

    def test_words_of_another_meeting_are_unknown(self, programme: Programme) -> None:
        committee = programme.meetings.get(key="comite-de-lancement")
        other = programme.meetings.get(key="intersite-1")
        option = points(committee)[0].options.first()
        for typed in (
            {"move": "argue", "option": option.pk, "side": "for", "text": "a"},
            {"move": "settle", "point": points(committee)[0].pk, "words": "a"},
            {"move": "settle", "point": uuid4(), "words": "a"},
            {"move": "argue", "option": option.pk, "side": "maybe", "text": "a"},
            {"move": "exploser"},
        ):
            assert signed_in().post(page_of(other), typed).status_code == 404, typed

    def test_the_agenda_and_who_is_expected_stand_beside_the_points(
        self, committee: Meeting
    ) -> None:
        words = shown(committee)
        for said in ("Ordre du jour", "Tour de table : expression des attentes", "Point 4"):
            assert said in words, said

    def test_points_are_put_in_another_order(self, committee: Meeting) -> None:
        third = points(committee)[2]
        move = {"move": "move_point", "point": third.pk, "place": "1"}
        signed_in().post(page_of(committee), move)
        assert points(committee)[0] == third
        verbs.move_point(third.pk, place=99, actor=WHO)
        assert points(committee)[-1] == third


class TestDeciding:
    def test_an_option_is_chosen_and_what_follows_is_written(self, committee: Meeting) -> None:
        point = points(committee)[0]
        option = point.options.last()
        answer = signed_in().post(
            page_of(committee),
            {
                "move": "settle",
                "point": point.pk,
                "option": option.pk,
                "words": "Le référent dit lequel",
                "decided_by": "Comité de lancement",
                "follow_up": "Chaque référent écrit avant l'immersion",
            },
        )
        assert answer.url == f"{page_of(committee)}#point-{point.pk}"
        words = shown(committee)
        assert "Chaque territoire choisit. Le référent dit lequel." in words
        assert "Option retenue" in words
        assert PointToSettle.objects.get(pk=point.pk).state == PointState.SETTLED

    def test_it_may_be_decided_otherwise_in_own_words(self, committee: Meeting) -> None:
        point = points(committee)[0]
        decision = verbs.settle(point.pk, words="On en reparle à deux", actor=WHO)
        assert (decision.option, decision.said) == (None, "On en reparle à deux.")

    def test_nothing_is_no_decision_and_what_was_typed_stays(self, committee: Meeting) -> None:
        point = points(committee)[0]
        answer = signed_in().post(
            page_of(committee),
            {"move": "settle", "point": point.pk, "option": "", "follow_up": "Écrire aux maires"},
        )
        words = plain(answer.content.decode())
        assert "Choisissez une option, ou écrivez la décision" in words
        assert "Écrire aux maires" in words
        assert not Decision.objects.exists()
        with pytest.raises(EmptyDecision):
            verbs.settle(point.pk, words="  ", actor=WHO)

    def test_an_option_removed_meanwhile_is_not_chosen(self, committee: Meeting) -> None:
        point = points(committee)[0]
        option = point.options.first()
        verbs.remove_option(option.pk, actor=WHO)
        with pytest.raises(OptionElsewhere):
            verbs.settle(point.pk, option_id=option.pk, actor=WHO)

    def test_two_people_deciding_at_once_leave_one_decision(self, committee: Meeting) -> None:
        """Seen red without ``point_after``: the second overwrote the first unseen."""
        point = points(committee)[0]
        verbs.settle(point.pk, words="Oui", actor=WHO)
        typed = {"move": "settle", "point": point.pk, "words": "Non, finalement"}
        answer = signed_in().post(page_of(committee), typed)
        assert answer.status_code == 422
        assert "déjà tranché" in plain(answer.content.decode())
        assert "Non, finalement" in plain(answer.content.decode())
        assert log_of(committee.programme) == [("Oui.", "En vigueur")]

    def test_going_back_on_a_decision_leaves_it_in_the_log(self, committee: Meeting) -> None:
        point = points(committee)[0]
        client = signed_in()
        verbs.settle(point.pk, words="Avant les élections", actor=WHO)
        client.post(page_of(committee), {"move": "reopen", "point": point.pk})
        client.post(page_of(committee), {"move": "settle", "point": point.pk, "words": "Après"})
        assert log_of(committee.programme) == [
            ("Avant les élections.", "Revue depuis"),
            ("Après.", "En vigueur"),
        ]

    def test_a_point_is_put_off_then_settled(self, committee: Meeting) -> None:
        point = points(committee)[3]
        typed = {"move": "postpone", "point": point.pk, "words": "Quand les dates seront connues"}
        signed_in().post(page_of(committee), typed)
        assert "Point reporté" in shown(committee)
        verbs.settle(point.pk, words="Le 14 octobre", actor=WHO)
        assert [state for _words, state in log_of(committee.programme)] == [
            "Revue depuis",
            "En vigueur",
        ]

    def test_a_decision_may_be_typed_days_later(self, committee: Meeting) -> None:
        point = points(committee)[0]
        signed_in().post(
            page_of(committee),
            {"move": "settle", "point": point.pk, "words": "Oui", "decided_on": "2020-01-23"},
        )
        assert timezone.localdate(Decision.objects.get().decided_at).isoformat() == "2020-01-23"

    def test_the_database_holds_one_standing_decision_a_point(self, committee: Meeting) -> None:
        point = points(committee)[0]
        verbs.settle(point.pk, words="Oui", actor=WHO)
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(point=point, kind="settled", words="Deux fois")

    @pytest.mark.parametrize("move", POINT_MOVES)
    @pytest.mark.parametrize("state", PointState.values)
    def test_every_move_from_every_state(self, move: str, state: str) -> None:
        sources, target = POINT_MOVES[move]
        if state in sources:
            assert point_after(state, move) == target
        else:
            with pytest.raises(IllegalMove):
                point_after(state, move)

    def test_each_gesture_leaves_its_line_in_the_audit(self, committee: Meeting) -> None:
        point = points(committee)[0]
        option = point.options.first()
        verbs.argue(option.pk, side=ArgumentSide.FOR, text="a", actor=WHO)
        verbs.settle(point.pk, option_id=option.pk, actor=WHO)
        verbs.reopen_point(point.pk, actor=WHO)
        written = AuditLine.objects.filter(subject=str(point.pk)).values_list("verb", flat=True)
        assert list(written) == ["argue", "settle-point", "reopen-point"]


class TestPuttingRight:
    def address(self, point: PointToSettle) -> str:
        return f"{page_of(point.meeting)}{point.pk}/"

    def test_a_point_is_reworded_and_an_option_too(self, committee: Meeting) -> None:
        point = points(committee)[0]
        option = point.options.first()
        client = signed_in()
        client.post(self.address(point), {"title": "Combien d'élus ?", "context": ""})
        client.post(
            self.address(point),
            {"move": "change_option", "option": option.pk, "title": "Un seul"},
        )
        words = shown(committee)
        assert "Combien d'élus ?" in words
        assert "Un seul" in words
        refused = client.post(self.address(point), {"title": "", "context": "Ce qui compte"})
        assert refused.status_code == 422
        assert "Ce qui compte" in refused.content.decode()

    @pytest.mark.parametrize("what", ["point", "option", "argument"])
    def test_what_is_removed_is_kept_and_put_back(self, committee: Meeting, what: str) -> None:
        point = points(committee)[0]
        option = point.options.first()
        argument = verbs.argue(option.pk, side=ArgumentSide.FOR, text="Plus clair", actor=WHO)
        row = {"point": point, "option": option, "argument": argument}[what]
        words = {"point": point.title, "option": option.title, "argument": "Plus clair"}[what]
        client = signed_in()
        client.post(self.address(point), {"move": f"remove_{what}", what: row.pk})
        lines = point_lines(points(committee))
        gone = [line for line in lines if line.point.pk == point.pk]
        if what == "point":
            assert not gone
        else:
            kept = [o.option.title for o in gone[0].options] + [
                a.text for o in gone[0].options for a in o.pros
            ]
            assert words not in kept
        assert plain(words) in plain(client.get(self.address(point)).content.decode())
        client.post(self.address(point), {"move": f"restore_{what}", what: row.pk})
        row.refresh_from_db()
        assert row.removed_at is None

    def test_an_option_written_again_comes_back_with_its_arguments(
        self, committee: Meeting
    ) -> None:
        point = points(committee)[0]
        option = point.options.first()
        verbs.argue(option.pk, side=ArgumentSide.FOR, text="a", actor=WHO)
        verbs.remove_option(option.pk, actor=WHO)
        assert verbs.add_option(point.pk, title=option.title, actor=WHO) == option
        with pytest.raises(OptionTwice):
            verbs.add_option(point.pk, title=option.title, actor=WHO)


class TestTheLog:
    def test_it_is_told_in_order_and_by_meeting(self, programme: Programme) -> None:
        committee = programme.meetings.get(key="comite-de-lancement")
        intersite = programme.meetings.get(key="intersite-1")
        point = verbs.add_point(intersite, title="Qui porte la suite ?", actor=WHO)
        verbs.settle(points(committee)[0].pk, words="Un référent", actor=WHO)
        verbs.settle(point.pk, words="Les quatre villes", decided_by="Intersite", actor=WHO)
        address = f"/demarches/{programme.slug}/decisions/"
        whole = plain(signed_in().get(address).content.decode())
        assert whole.index("Un référent") < whole.index("Les quatre villes")
        part = plain(signed_in().get(f"{address}?reunion={intersite.pk}").content.decode())
        assert "Les quatre villes" in part
        assert "Un référent." not in part

    def test_an_empty_log_says_where_to_begin(self, programme: Programme) -> None:
        answer = signed_in().get(f"/demarches/{programme.slug}/decisions/")
        assert "Ouvrez une réunion" in plain(answer.content.decode())

    @pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
    def test_it_leaves_as_a_sheet_that_computes_nothing(
        self, committee: Meeting, format: str
    ) -> None:
        verbs.settle(points(committee)[0].pk, words='=CMD("rm")', decided_by="@qui", actor=WHO)
        address = f"/demarches/{committee.programme.slug}/decisions.{format}"
        answer = signed_in().get(address)
        assert "attachment" in answer["Content-Disposition"]
        if format == "csv":
            assert "'=CMD" in answer.content.decode("utf-8-sig")
        sheet = read_sheet(answer.content)
        assert list(sheet.columns)[3:5] == ["Point", "Décision"]
        assert '=CMD("rm").' in sheet.rows[0].cells
        assert signed_in().get(address.replace(format, "exe")).status_code == 404

    def test_a_referent_reads_theirs_and_the_national_scale(self, programme: Programme) -> None:
        own = programme.meetings.get(key="local-1", site__territory="56121")
        other = programme.meetings.get(key="local-1", site__territory="88413")
        committee = programme.meetings.get(key="comite-de-lancement")
        for meeting, words in ((own, "Chez nous"), (other, "Ailleurs"), (committee, "Partout")):
            point = verbs.add_point(meeting, title="Où ?", actor=WHO)
            verbs.settle(point.pk, words=words, actor=WHO)
        client = signed_in(REFERENT)
        for address in ("decisions/", "decisions.csv"):
            content = client.get(f"/demarches/{programme.slug}/{address}").content
            words = plain(content.decode("utf-8-sig"))
            assert "Chez nous" in words
            assert "Partout" in words
            assert "Ailleurs" not in words

    def test_a_referent_reads_the_points_and_changes_none(self, committee: Meeting) -> None:
        point = points(committee)[0]
        assert "Inscrire la décision" not in shown(committee, REFERENT)
        typed = {"move": "settle", "point": point.pk, "words": "Oui"}
        assert signed_in(REFERENT).post(page_of(committee), typed).status_code == 404
        assert signed_in(REFERENT).get(f"{page_of(committee)}{point.pk}/").status_code == 404


class TestTheNote:
    def said(self, meeting: Meeting, section: str) -> str:
        note = draft_note(meeting, actor=WHO)
        blocks = passages_of(note).filter(section=section)
        return plain(" ".join(str(block.content) for block in blocks))

    def test_what_is_settled_argued_open_and_to_do_each_has_its_section(
        self, committee: Meeting
    ) -> None:
        first, _second, third, fourth = points(committee)
        option = first.options.first()
        verbs.argue(
            option.pk, side=ArgumentSide.FOR, text="Plus simple", said_by="Préfecture", actor=WHO
        )
        verbs.settle(
            first.pk,
            option_id=option.pk,
            decided_by="Comité de lancement",
            follow_up="- Écrire aux maires\n- Prévenir l'agence",
            decided_at=timezone.make_aware(datetime(2020, 1, 23, 16)),
            actor=WHO,
        )
        verbs.postpone(fourth.pk, words="Après les élections", actor=WHO)
        settled = self.said(committee, "settled")
        assert "Seulement l'élu référent." in settled
        assert "Décidé le 23 janvier 2020 (Comité de lancement)." in settled
        assert "Plus simple (Préfecture)." in self.said(committee, "debated")
        left = self.said(committee, "open_questions")
        assert third.title in left
        assert "Après les élections." in left
        follow_up = self.said(committee, "next_time")
        assert "Écrire aux maires" in follow_up
        assert "Prévenir l'agence" in follow_up

    def test_drafting_again_follows_what_was_decided_since(self, committee: Meeting) -> None:
        point = points(committee)[0]
        assert plain(point.title) in self.said(committee, "open_questions")
        verbs.settle(point.pk, words="Un seul", actor=WHO)
        assert plain(point.title) not in plain(
            " ".join(
                str(block.content)
                for block in passages_of(draft_note(committee, actor=WHO)).filter(
                    section="open_questions", removed_at=None
                )
            )
        )
        assert "Un seul." in self.said(committee, "settled")

    def test_a_note_whose_plan_has_no_such_section_takes_them_where_it_can(
        self, programme: Programme
    ) -> None:
        intersite = programme.meetings.get(key="intersite-1")
        point = verbs.add_point(intersite, title="Qui porte la suite ?", actor=WHO)
        verbs.settle(point.pk, words="Les villes", actor=WHO)
        assert "Les villes." in self.said(intersite, "debated")


class TestCost:
    def count(self, address: str) -> int:
        client = signed_in()
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def test_the_page_and_the_log_cost_the_same_however_much_is_said(
        self, programme: Programme
    ) -> None:
        meeting = programme.meetings.get(key="intersite-1")
        addresses = (page_of(meeting), f"/demarches/{programme.slug}/decisions/")
        self.argued(meeting)
        one = [self.count(address) for address in addresses]
        self.argued(meeting)
        self.argued(meeting)
        assert [self.count(address) for address in addresses] == one
        assert max(one) <= 20

    def argued(self, meeting: Meeting) -> None:
        point = verbs.add_point(meeting, title="Où ?", options=["Ici", "Là"], actor=WHO)
        for option in point.options.all():
            verbs.argue(option.pk, side=ArgumentSide.FOR, text="a", actor=WHO)
            verbs.argue(option.pk, side=ArgumentSide.AGAINST, text="b", actor=WHO)
        verbs.settle(point.pk, option_id=point.options.first().pk, actor=WHO)
