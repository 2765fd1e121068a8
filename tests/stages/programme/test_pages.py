"""A programme's pages: what they show, to whom, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fabrique.stages.programme import deliverable_states
from fabrique.stages.programme.actions import TeamEntry
from fabrique.stages.programme.actions.meetings import hold_meeting
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.deliverable_states import DocumentKey, DocumentState
from fabrique.stages.programme.enums import DeliverableKind, MeetingState, TeamRole
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.queries import blueprint_of
from fabrique.stages.programme.year import period_words, stations, window_words, windows_words
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme, account


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_programme()


def signed_in(email: str) -> Client:
    client = Client()
    client.force_login(account(email), backend="sesame.backends.ModelBackend")
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return plain(answer.content.decode())


def home_of(programme: Programme) -> str:
    return f"/demarches/{programme.slug}/"


def test_the_year_says_what_is_done_and_what_is_next(programme: Programme) -> None:
    for key in ("comite-de-lancement", "immersion"):
        for meeting in programme.meetings.filter(key=key):
            hold_meeting(meeting.pk, actor="a")
    hold_meeting(programme.meetings.filter(key="local-1").first().pk, actor="a")
    meetings = list(programme.meetings.select_related("site__territory"))
    drawn = stations(blueprint_of(programme), meetings, hrefs={})
    assert [(s.scale, s.key, s.state) for s in drawn][:4] == [
        ("national", "launch", "done"),
        ("local", "immersion", "done"),
        ("local", "1", "next"),
        ("national", "1", "planned"),
    ]
    assert plain(drawn[2].detail) == "1 sur 4 tenue"
    assert len(drawn) == 10


def test_another_method_draws_its_own_year(small: Blueprint, territories: None) -> None:
    programme = a_programme(blueprint=small, territories=[("56121", "")], team=[])
    drawn = stations(small, list(programme.meetings.all()), hrefs={})
    assert [(s.scale, s.key, s.title) for s in drawn] == [
        ("local", "1", "Écouter"),
        ("national", "2", "Décider"),
    ]


def test_the_home_shows_territories_themes_documents_and_criteria(programme: Programme) -> None:
    shown = page(signed_in(DIRECTOR), home_of(programme))
    for words in (
        "Prochaine étape",
        "Fixer la date",
        "logistique urbaine",
        "Manifeste",
        "Sur le fond",
        "poser le juste niveau d'ambition",
        "0 sur 25",
    ):
        assert words in shown, words


def test_a_referent_is_shown_their_territory_and_no_button(programme: Programme) -> None:
    shown = page(signed_in(REFERENT), home_of(programme))
    assert "Lorient" in shown
    assert "mobilités douces" not in shown
    assert "Fixer la date" not in shown
    referent = signed_in(REFERENT)
    assert referent.get(f"{home_of(programme)}territoires/56121/").status_code == 200
    assert referent.get(f"{home_of(programme)}territoires/88413/").status_code == 404
    theme = referent.post(f"{home_of(programme)}territoires/56121/", {"theme": "autre"})
    assert theme.status_code == 404


def test_others_cannot_tell_a_programme_they_may_not_see_from_none(programme: Programme) -> None:
    other = a_programme(title="Une autre", team=[TeamEntry(email="x@x.fr", role=TeamRole.PILOT)])
    stranger = signed_in("x@x.fr")
    meeting = programme.meetings.filter(site__isnull=False).first()
    for address in (
        home_of(programme),
        f"{home_of(programme)}territoires/56121/",
        f"/reunions/{meeting.pk}/date/",
        "/demarches/rien/",
    ):
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(f"/reunions/{meeting.pk}/hold/").status_code == 404
    assert stranger.get(home_of(other)).status_code == 200
    assert Client().get(home_of(programme)).url.startswith("/compte/connexion/?next=/demarches/")


def test_the_home_asks_as_many_queries_with_eight_territories_as_with_four(
    programme: Programme,
) -> None:
    eight = [
        (code, "")
        for code in ("56121", "88413", "75056", "67482", "93066", "94038", "60057", "56162")
    ]
    team = [TeamEntry(email=DIRECTOR, role=TeamRole.DIRECTOR, site_codes=["56121", "88413"])]
    larger = a_programme(territories=eight, team=team)
    counts = []
    for each in (programme, larger):
        client = signed_in(DIRECTOR)
        client.get(home_of(each))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(home_of(each))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_my_programmes_cost_the_same_however_many(programme: Programme) -> None:
    client = signed_in(DIRECTOR)
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        page(client, "/")
    a_programme(title="Une autre")
    a_programme(title="Une troisième")
    with CaptureQueriesContext(connection) as three:
        assert "Une troisième" in page(client, "/")
    assert len(three) == len(one)


def test_a_document_s_state_is_told_by_the_stage_that_writes_it(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliverable_states, "_tellers", [])
    note = programme.meetings.get(key="comite-de-lancement")
    deliverable_states.register(
        lambda viewer, asked: {
            DocumentKey(DeliverableKind.MANIFESTO): DocumentState("En rédaction", "info", "/ici/"),
            DocumentKey(DeliverableKind.SEMINAR_NOTE, meeting_id=note.pk): DocumentState(
                "Figée", "success"
            ),
        }
    )
    shown = page(signed_in(DIRECTOR), home_of(programme))
    assert "En rédaction" in shown
    assert 'href="/ici/"' in shown
    assert "1 sur 25" in shown


class TestFixingADate:
    def test_a_date_is_fixed_in_local_time(self, programme: Programme) -> None:
        meeting = programme.meetings.get(key="intersite-1")
        answer = signed_in(DIRECTOR).post(
            f"/reunions/{meeting.pk}/date/",
            {"day": "2020-05-14", "start": "14:00", "end": "17:00", "place": "Paris"},
        )
        meeting.refresh_from_db()
        assert answer.url == f"/seminaires/{meeting.pk}/"
        assert meeting.state == MeetingState.SCHEDULED
        assert meeting.starts_at.isoformat() == "2020-05-14T12:00:00+00:00"

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"end": "13:00"}, "La fin (13 h) doit venir après le début (14 h)."),
            ({"day": ""}, "Choisissez une date."),
            ({"day": "2020-02-30"}, "Cette date n'existe pas"),
            ({"start": "25:00"}, "Cette heure n'existe pas"),
        ],
    )
    def test_a_refused_date_keeps_what_was_typed(
        self, programme: Programme, changes: dict[str, str], said: str
    ) -> None:
        meeting = programme.meetings.get(key="intersite-1")
        typed = {"day": "2020-05-14", "start": "14:00", "end": "17:00", "place": "Beffroi"}
        answer = signed_in(DIRECTOR).post(f"/reunions/{meeting.pk}/date/", typed | changes)
        shown = plain(answer.content.decode())
        assert said in shown
        assert 'value="Beffroi"' in shown
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.PLANNED

    def test_a_date_outside_the_window_is_taken_and_said(self, programme: Programme) -> None:
        meeting = programme.meetings.filter(key="local-1").first()
        client = signed_in(DIRECTOR)
        typed = {"day": "2020-09-15", "start": "14:00", "end": "17:00"}
        client.post(f"/reunions/{meeting.pk}/date/", typed)
        shown = page(client, f"/reunions/{meeting.pk}/date/")
        assert "en dehors de la période prévue (mars – avril 2020)" in shown

    def test_a_date_is_fixed_once_then_changed(self, programme: Programme) -> None:
        meeting = programme.meetings.get(key="intersite-1")
        client, address = signed_in(DIRECTOR), f"/reunions/{meeting.pk}/date/"
        before = page(client, address)
        assert "Fixer la date" in before
        assert "Changer la date" not in before
        client.post(address, {"day": "2020-05-14", "start": "14:00", "end": "17:00"})
        after = page(client, address)
        assert "Changer la date" in after
        assert "Fixer" not in after

    def test_held_cancelled_and_planned_again_by_one_button_each(
        self, programme: Programme
    ) -> None:
        meeting = programme.meetings.get(key="intersite-1")
        client = signed_in(DIRECTOR)
        states = []
        for move in ("cancel", "plan-again", "hold", "cancel"):
            client.post(f"/reunions/{meeting.pk}/{move}/")
            meeting.refresh_from_db()
            states.append(meeting.state)
        assert states == ["cancelled", "planned", "held", "held"]
        assert client.post(f"/reunions/{meeting.pk}/exploser/").status_code == 404
        assert client.get(f"/reunions/{meeting.pk}/hold/").status_code == 405


def test_the_first_of_a_month_is_said_as_in_french(programme: Programme) -> None:
    committee = programme.meetings.get(key="comite-de-lancement")
    assert window_words(committee) == "du 23 janvier au 1er février 2020"
    first = committee.window_end_date
    assert period_words(first, first.replace(day=9)) == "du 1er au 9 février 2020"


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (["2020-05-11/15", "2020-05-25/31"], "semaine du 11 ou du 25 mai 2020"),
        (["2020-05-25/29", "2020-06-01/05"], "semaine du 25 mai ou du 1er juin 2020"),
        (
            ["2020-05-04/08", "2020-05-11/15", "2021-01-04/08"],
            "semaine du 4, du 11 mai 2020 ou du 4 janvier 2021",
        ),
        (["2020-05-11/15", "2020-06-02/05"], "du 11 au 15 mai 2020 ou du 2 au 5 juin 2020"),
        (["2020-03-01/31", "2020-09-10/20"], "mars 2020 ou du 10 au 20 septembre 2020"),
    ],
)
def test_several_periods_are_said_in_few_words(periods: list[str], said: str) -> None:
    windows = [
        (date.fromisoformat(one[:10]), date.fromisoformat(one[:8] + one[11:])) for one in periods
    ]
    assert windows_words(windows) == said


def test_a_stranger_is_welcomed_with_the_code_and_the_account(db: None) -> None:
    shown = page(Client(), "/")
    assert 'action="/r/"' in shown
    assert "Se connecter" in shown


def test_someone_without_a_programme_is_told_what_to_do_first(programme: Programme) -> None:
    a_programme(title="Seule", team=[TeamEntry(email="x@x.fr", role=TeamRole.PILOT)])
    Programme.objects.filter(title="Seule").delete()
    assert "Ouvrez votre première démarche" in page(signed_in("x@x.fr"), "/")
