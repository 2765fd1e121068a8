"""The calendar's pages: what dates depend on, changed by those who facilitate; costs that stay."""

from datetime import date, datetime, time

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fabrique.stages.programme.actions.announcements import announce_dates
from fabrique.stages.programme.actions.constraints import (
    add_closed_period,
    add_councils,
    change_delays,
    change_windows,
    expect,
    name_places,
)
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.meetings import unschedule_meeting
from fabrique.stages.programme.actions.proposals import (
    ask_proposals,
    end_interrupted_searches,
    start,
    stop_proposals,
)
from fabrique.stages.programme.analyses.series import Question
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.enums import (
    AvailabilityAnswer,
    ClosedKind,
    Concerned,
    Need,
    ProposalState,
)
from fabrique.stages.programme.errors import PeriodsOverlap
from fabrique.stages.programme.models import (
    AuditLine,
    ClosedPeriod,
    Contact,
    Expected,
    Notice,
    Poll,
    PollAnswer,
    PollOption,
    Programme,
    SeriesProposal,
)
from fabrique.stages.programme.tasks import search_calendar
from fabrique.stages.programme.wording.refusals import say
from tests.stages.programme.plain_words import plain
from tests.stages.programme.planned import (
    NORTH,
    OFFICER,
    a_planned_programme,
    fix,
    held,
    meeting,
)
from tests.stages.programme.programmes import account

pytestmark = pytest.mark.usefixtures("territories")


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_planned_programme()


@pytest.fixture
def client(programme: Programme) -> Client:
    found = Client(headers={"accept-language": "fr"})
    found.force_login(account(OFFICER), backend="sesame.backends.ModelBackend")
    return found


def address(name: str, programme: Programme, *args: object) -> str:
    return reverse(f"programme:{name}", args=[programme.slug, *args])


def local(instant: datetime) -> str:
    return timezone.localtime(instant).strftime("%H:%M")


def said(answer: HttpResponse) -> str:
    return plain(answer.content.decode())


def close_to_everyone(programme: Programme, label: str, first: date, last: date) -> None:
    add_closed_period(
        programme,
        site=None,
        kind=ClosedKind.OTHER,
        label=label,
        first_date=first,
        last_date=last,
        concerns=Concerned.EVERYONE,
        actor="",
    )


class TestTheCalendar:
    def test_it_is_found_from_the_home_of_the_programme_and_from_a_date(
        self, client: Client, programme: Programme
    ) -> None:
        calendar = address("calendar", programme)
        found = meeting(programme, "local-1", "56121")
        for page in (
            address("detail", programme),
            reverse("programme:meeting-schedule", args=[found.pk]),
        ):
            assert f'href="{calendar}"' in said(client.get(page))

    def test_it_says_the_order_the_windows_and_who_runs_each(
        self, client: Client, programme: Programme
    ) -> None:
        page = said(client.get(address("calendar", programme)))
        assert "« Séminaire local #1 » dans chaque territoire, puis 14 jours au moins" in page
        assert "Séminaire local #1 · mars - avril 2020 · à fixer".replace(" - ", " – ") in page
        assert "Chargée d'études, Directeur de projet" in page
        assert "Aucun jour n'est fermé." in page

    def test_it_warns_of_dates_outside_their_period_and_of_dates_to_announce(
        self, client: Client, programme: Programme
    ) -> None:
        fix(meeting(programme, "local-1", "56121"), date(2020, 9, 3))
        page = said(client.get(address("calendar", programme)))
        assert "Des dates sont hors de leur période" in page
        assert "1 date fixée ou changée n'a pas encore été annoncée." in page

    def test_it_costs_the_same_for_three_dates_as_for_one(
        self, client: Client, programme: Programme
    ) -> None:
        counts = []
        for code in ("56121", "88413", "200067999"):
            fix(meeting(programme, "local-1", code), date(2020, 4, 1))
            add_closed_period(
                programme,
                site=meeting(programme, "local-1", code).site,
                kind=ClosedKind.COUNCIL,
                label="Conseil",
                first_date=date(2020, 4, 2),
                last_date=date(2020, 4, 2),
                actor="",
            )
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address("calendar", programme)).status_code == 200
            counts.append(len(captured))
        assert counts[0] == counts[2]
        assert counts[2] <= 16


class TestPeriods:
    def typed(self, client: Client, programme: Programme) -> dict[str, object]:
        form = client.get(address("windows", programme)).context["form"]
        return {name: form[name].value() or "" for name in form.fields}

    def test_a_step_is_moved_in_one_go(self, client: Client, programme: Programme) -> None:
        typed = self.typed(client, programme)
        typed |= {"step-immersion-0-first": "2020-02-01", "step-immersion-0-last": "2020-03-31"}
        client.post(address("windows", programme), typed)
        windows = {
            (one.window_start_date, one.window_end_date)
            for one in programme.meetings.filter(key="immersion")
        }
        assert windows == {(date(2020, 2, 1), date(2020, 3, 31))}
        assert AuditLine.objects.filter(verb="change-window").count() == 4

    def test_one_territory_is_moved_alone(self, client: Client, programme: Programme) -> None:
        lorient = meeting(programme, "immersion", "56121")
        typed = self.typed(client, programme) | {f"meeting-{lorient.pk}-0-last": "2020-02-20"}
        client.post(address("windows", programme), typed)
        lorient.refresh_from_db()
        assert lorient.window_end_date == date(2020, 2, 20)
        assert AuditLine.objects.filter(verb="change-window").count() == 1

    def test_a_period_that_ends_before_it_starts_is_refused_and_kept_on_screen(
        self, client: Client, programme: Programme
    ) -> None:
        lorient = meeting(programme, "immersion", "56121")
        typed = self.typed(client, programme) | {f"meeting-{lorient.pk}-0-last": "2019-02-20"}
        page = said(client.post(address("windows", programme), typed))
        assert "Journée d'immersion, Lorient, « Au » :</a>" in page
        assert "La fin doit venir après le début." in page
        assert 'value="2019-02-20"' in page

    def test_half_a_period_for_a_step_is_refused(
        self, client: Client, programme: Programme
    ) -> None:
        typed = self.typed(client, programme) | {"step-immersion-0-last": ""}
        page = said(client.post(address("windows", programme), typed))
        assert "Indiquez les deux dates, ou aucune." in page

    def test_a_meeting_has_one_week_or_another(self, client: Client, programme: Programme) -> None:
        intersite = meeting(programme, "intersite-1")
        stem = f"meeting-{intersite.pk}"
        typed = self.typed(client, programme) | {
            f"{stem}-0-first": "2020-05-11",
            f"{stem}-0-last": "2020-05-15",
            f"{stem}-1-first": "2020-05-25",
            f"{stem}-1-last": "2020-05-29",
        }
        page = said(client.post(address("windows", programme), typed, follow=True))
        assert "Les dates possibles de 1 réunion sont changées." in page
        assert "semaine du 11 ou du 25 mai 2020" in page
        intersite.refresh_from_db()
        assert intersite.windows == [
            (date(2020, 5, 11), date(2020, 5, 15)),
            (date(2020, 5, 25), date(2020, 5, 29)),
        ]
        assert (intersite.window_start_date, intersite.window_end_date) == (
            date(2020, 5, 11),
            date(2020, 5, 29),
        )
        assert not intersite.is_in_window(date(2020, 5, 20))

    def test_a_third_period_can_be_added_and_one_is_removed_when_emptied(
        self, client: Client, programme: Programme
    ) -> None:
        intersite = meeting(programme, "intersite-1")
        weeks = [(date(2020, 5, 11), date(2020, 5, 15)), (date(2020, 5, 25), date(2020, 5, 29))]
        change_windows(programme, {intersite.pk: weeks}, actor="")
        stem = f"meeting-{intersite.pk}"
        typed = self.typed(client, programme) | {
            f"{stem}-0-first": "",
            f"{stem}-0-last": "",
            f"{stem}-2-first": "2020-06-08",
            f"{stem}-2-last": "2020-06-12",
        }
        client.post(address("windows", programme), typed)
        intersite.refresh_from_db()
        assert intersite.windows == [weeks[1], (date(2020, 6, 8), date(2020, 6, 12))]

    def test_two_periods_are_added_in_one_go(self, client: Client, programme: Programme) -> None:
        intersite = meeting(programme, "intersite-1")
        may = [(date(2020, 5, 11), date(2020, 5, 15))]
        change_windows(programme, {intersite.pk: may}, actor="")
        typed = self.typed(client, programme)
        for number, month in ((1, 6), (2, 9)):
            stem = f"meeting-{intersite.pk}-{number}"
            typed |= {f"{stem}-first": f"2020-{month:02}-08", f"{stem}-last": f"2020-{month:02}-11"}
        client.post(address("windows", programme), typed)
        intersite.refresh_from_db()
        assert intersite.windows == [
            *may,
            (date(2020, 6, 8), date(2020, 6, 11)),
            (date(2020, 9, 8), date(2020, 9, 11)),
        ]

    def test_a_step_is_given_two_periods_in_one_go(
        self, client: Client, programme: Programme
    ) -> None:
        typed = self.typed(client, programme) | {
            "step-immersion-1-first": "2020-06-01",
            "step-immersion-1-last": "2020-06-12",
        }
        client.post(address("windows", programme), typed)
        assert {len(one.windows) for one in programme.meetings.filter(key="immersion")} == {2}

    @pytest.mark.parametrize(
        ("first", "last", "refusal"),
        [
            ("2020-05-20", "2020-06-30", "Cette période en chevauche une autre"),
            ("2019-05-20", "2019-05-22", "la première date possible est le 23 janvier 2020"),
            ("2020-06-20", "", "Indiquez les deux dates, ou aucune."),
            ("2020-06-20", "2020-06-02", "La fin doit venir après le début."),
            ("2020-06-31", "2020-07-02", "Cette date n'existe pas."),
        ],
    )
    def test_another_period_that_makes_no_sense_is_refused_and_kept_on_screen(
        self, client: Client, programme: Programme, first: str, last: str, refusal: str
    ) -> None:
        intersite = meeting(programme, "intersite-1")
        may = [(date(2020, 5, 11), date(2020, 5, 30))]
        change_windows(programme, {intersite.pk: may}, actor="")
        stem = f"meeting-{intersite.pk}"
        typed = self.typed(client, programme) | {f"{stem}-1-first": first, f"{stem}-1-last": last}
        page = said(client.post(address("windows", programme), typed))
        assert refusal in page
        assert f'value="{first}"' in page
        assert page.count('<p class="field__error"') == 1
        assert "Séminaire intersite #1, période 2, « " in page
        intersite.refresh_from_db()
        assert intersite.windows == may

    def test_a_period_that_was_over_already_keeps_nobody_from_changing_the_others(
        self, client: Client, programme: Programme
    ) -> None:
        over = meeting(programme, "intersite-1")
        gone = [(date(2019, 5, 20), date(2019, 5, 22))]
        change_windows(programme, {over.pk: gone}, actor="")
        typed = self.typed(client, programme)
        typed |= {"step-immersion-0-first": "2020-02-01", "step-immersion-0-last": "2020-03-31"}
        page = said(client.post(address("windows", programme), typed, follow=True))
        assert "Les dates possibles de 4 réunions sont changées." in page

    def test_a_meeting_without_any_period_is_refused(
        self, client: Client, programme: Programme
    ) -> None:
        stem = f"meeting-{meeting(programme, 'intersite-1').pk}"
        typed = self.typed(client, programme) | {f"{stem}-0-first": "", f"{stem}-0-last": ""}
        page = said(client.post(address("windows", programme), typed))
        assert "Indiquez au moins une période." in page

    def test_where_a_meeting_will_be_is_said_before_its_date(
        self, client: Client, programme: Programme
    ) -> None:
        lorient = meeting(programme, "local-1", "56121")
        stem = f"meeting-{lorient.pk}"
        typed = self.typed(client, programme) | {f"{stem}-place": "Salle du conseil, mairie"}
        page = said(client.post(address("windows", programme), typed, follow=True))
        assert "1 lieu est noté." in page
        lorient.refresh_from_db()
        assert lorient.place == "Salle du conseil, mairie"
        fix(lorient, date(2020, 4, 1))
        form = client.get(address("windows", programme)).context["form"]
        assert f"{stem}-place" not in form.fields

    def test_two_periods_that_share_days_are_refused_whoever_asks(
        self, programme: Programme
    ) -> None:
        intersite = meeting(programme, "intersite-1")
        both = [(date(2020, 5, 11), date(2020, 5, 15)), (date(2020, 5, 15), date(2020, 5, 29))]
        with pytest.raises(PeriodsOverlap) as refusal:
            change_windows(programme, {intersite.pk: both}, actor="")
        assert "du 15/05/2020 au 15/05/2020" in plain(str(say(refusal.value)))


class TestClosedDays:
    def test_days_off_are_added_once_with_each_zone(
        self, client: Client, programme: Programme
    ) -> None:
        page = said(client.post(address("add-days-off", programme), follow=True))
        assert "jours fériés à respecter, vacances scolaires à éviter" in page
        assert "Vacances d'hiver (zone B)" in page
        count = ClosedPeriod.objects.count()
        assert ClosedPeriod.objects.filter(kind=ClosedKind.PUBLIC_HOLIDAY).count() == 11
        page = said(client.post(address("add-days-off", programme), follow=True))
        assert "y étaient déjà" in page
        assert ClosedPeriod.objects.count() == count

    def test_one_is_added_changed_and_removed(self, client: Client, programme: Programme) -> None:
        typed = {
            "kind": "council",
            "label": "Conseil municipal",
            "first_date": "2020-04-02",
            "site": str(meeting(programme, "local-1", "56121").site_id),
            "concerns": "elected",
        }
        client.post(address("add-closed-period", programme), typed)
        period = ClosedPeriod.objects.get()
        assert (period.last_date, period.is_strict) == (date(2020, 4, 2), False)
        client.post(
            address("closed-period", programme, period.pk), typed | {"label": "Conseil", "site": ""}
        )
        period.refresh_from_db()
        assert (period.label, period.site) == ("Conseil", None)
        client.post(address("remove-closed-period", programme, period.pk))
        assert not ClosedPeriod.objects.exists()
        verbs = AuditLine.objects.filter(verb__endswith="closed-period").values_list("verb")
        assert len(verbs) == 3

    def test_one_without_a_label_says_what_is_missing(
        self, client: Client, programme: Programme
    ) -> None:
        typed = {"kind": "other", "first_date": "2020-04-02", "concerns": "everyone"}
        page = said(client.post(address("add-closed-period", programme), typed))
        assert "Donnez un intitulé" in page

    def test_nobody_removes_those_of_another_programme(self, programme: Programme) -> None:
        other = a_planned_programme(title="Ailleurs", team=[])
        period = add_closed_period(
            other,
            site=None,
            kind=ClosedKind.OTHER,
            label="Fermé",
            first_date=date(2020, 4, 2),
            last_date=date(2020, 4, 2),
            concerns=Concerned.EVERYONE,
            actor="",
        )
        client = Client()
        client.force_login(account(OFFICER), backend="sesame.backends.ModelBackend")
        answer = client.post(address("remove-closed-period", programme, period.pk))
        assert answer.status_code == 404


def test_delays_are_the_programme_s_own(client: Client, programme: Programme) -> None:
    client.post(
        address("delays", programme),
        {
            "note_days": 21,
            "step_days": 1,
            "travel_days": 1,
            "weekdays": [2, 3, 4],
            "starts_at": "09:30",
        },
    )
    programme.refresh_from_db()
    calendar = Blueprint.from_data(programme.blueprint).calendar
    assert (calendar.note_days, calendar.weekdays) == (21, (2, 3, 4))
    assert calendar.starts_at.isoformat() == "09:30:00"
    page = said(client.get(address("calendar", programme)))
    assert "puis 21 jours au moins" in page
    page = said(client.post(address("delays", programme), {"note_days": "x"}))
    assert "Cochez au moins un jour de la semaine." in page


def test_who_is_expected_is_changed_for_one_meeting(client: Client, programme: Programme) -> None:
    lorient = meeting(programme, "local-1", "56121")
    page = client.get(reverse("programme:expected", args=[lorient.pk]))
    form = page.context["form"]
    typed = {name: form[name].value() for name in form.fields}
    name = next(name for name, one in form.fields.items() if one.label == "Pilote nationale")
    assert typed[name] == Need.NONE
    client.post(reverse("programme:expected", args=[lorient.pk]), typed | {name: Need.PREFERRED})
    said_of = Expected.objects.get()
    assert (said_of.meeting, said_of.need) == (lorient, Need.PREFERRED)
    client.post(reverse("programme:expected", args=[lorient.pk]), typed)
    assert not Expected.objects.exists()


class TestSearching:
    def ask(self, client: Client, programme: Programme, run, **more: object) -> HttpResponse:
        form = {"variants": ["keep"], "first_date": "2020-01-23", "longer_weeks": 0} | more
        with run(execute=True):
            return client.post(address("ask-proposals", programme), form)

    def test_a_period_that_is_over_is_named(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        page = said(
            self.ask(client, programme, django_capture_on_commit_callbacks, first_date="2020-02-20")
        )
        assert "ne laisse plus aucun jour à partir du" in page
        assert "Comité de lancement" in page
        assert not SeriesProposal.objects.exists()

    def test_a_meeting_without_any_possible_day_says_what_took_them(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        close_to_everyone(programme, "Congrès des maires", date(2020, 5, 4), date(2020, 5, 31))
        answer = self.ask(client, programme, django_capture_on_commit_callbacks)
        page = said(client.get(answer["Location"]))
        assert "« Séminaire intersite #1 » n'a aucun jour possible." in page
        assert "Congrès des maires, du 4 au 31 mai 2020 : 20 jours" in page
        assert "Jours de la semaine non retenus : 5 jours" in page
        assert "« Séminaire intersite #1 » se tient dans sa période (du 11 au 30 mai 2020)." in page
        assert "En débordant de" in page

    def test_what_contradicts_itself_is_said_before_the_meetings_left_without_a_day(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        close_to_everyone(programme, "Fermeture générale", date(2020, 1, 1), date(2022, 12, 31))
        answer = self.ask(client, programme, django_capture_on_commit_callbacks)
        page = said(client.get(answer["Location"]))
        assert page.index("Ces contraintes se contredisent.") < page.index(
            "réunions n'ont aucun jour possible"
        )
        assert "Ce qui écarte sa période (" in page

    def test_contradictory_periods_are_told_with_what_each_relaxation_gives(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        programme.meetings.filter(key="intersite-1").update(
            window_start_date=date(2020, 3, 2), window_end_date=date(2020, 3, 6)
        )
        answer = self.ask(client, programme, django_capture_on_commit_callbacks)
        page = said(client.get(answer["Location"]))
        assert "Ces contraintes se contredisent." in page
        assert "Il faut 14 jours au moins entre « Séminaire local #1," in page
        proposal = SeriesProposal.objects.get()
        assert proposal.state == ProposalState.IMPOSSIBLE

    def test_what_contradicts_itself_in_several_calendars_is_said_once(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        programme.meetings.filter(key="intersite-1").update(
            window_start_date=date(2020, 3, 2), window_end_date=date(2020, 3, 6)
        )
        answer = self.ask(
            client, programme, django_capture_on_commit_callbacks, variants=["keep", "earliest"]
        )
        page = said(client.get(answer["Location"]))
        assert "Ce qui empêche « Le plus de monde » et « Au plus tôt »" in page
        assert page.count("Ces contraintes se contredisent.") == 1
        assert page.count("Changer les contraintes") == 1

    def test_a_quorum_that_stands_in_a_contradiction_is_named(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        make_contacts(programme.pk)
        lorient = meeting(programme, "local-1", "56121")
        option = PollOption.objects.create(
            poll=Poll.objects.create(meeting=lorient), date=date(2020, 4, 30)
        )
        for contact in Contact.objects.filter(member__site=lorient.site):
            PollAnswer.objects.create(option=option, contact=contact, answer=AvailabilityAnswer.YES)
        too_soon = [(date(2020, 5, 11), date(2020, 5, 13))]
        change_windows(programme, {meeting(programme, "intersite-1").pk: too_soon}, actor="")
        answer = self.ask(client, programme, django_capture_on_commit_callbacks)
        page = said(client.get(answer["Location"]))
        assert (
            "« Séminaire local #1, Lorient » réunit son quorum : 50 % au moins des personnes "
            "attendues ont répondu qu'elles peuvent venir." in page
        )

    def test_two_meetings_that_only_fit_on_one_day_cannot_share_a_room(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        found = [meeting(programme, "local-1", code) for code in ("200067999", "200071751")]
        day = date(2020, 4, 7)
        change_windows(programme, {one.pk: [(day, day)] for one in found}, actor="")
        name_places(programme, {one.pk: "Salle des fêtes" for one in found}, actor="")
        make_contacts(programme.pk)
        nobody = dict.fromkeys(Contact.objects.values_list("pk", flat=True), Need.NONE)
        for one in found:
            expect(one, nobody, actor="")
        answer = self.ask(client, programme, django_capture_on_commit_callbacks)
        page = said(client.get(answer["Location"]))
        assert "« Salle des fêtes » n'accueille qu'une réunion par jour." in page

    def test_dates_that_were_fixed_but_never_told_are_not_said_to_be_announced(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        page = said(client.get(address("ask-proposals", programme)))
        assert "Tenir les dates fixées : change le moins possible de dates fixées" in page
        answer = self.ask(
            client, programme, django_capture_on_commit_callbacks, keep_unannounced="on"
        )
        page = said(client.get(answer["Location"]))
        assert "Tenir les dates fixées" in page
        assert "Dates fixées" in page
        assert "annoncée" not in page

    def test_a_page_open_on_a_search_asks_again_and_can_stop_it(
        self, client: Client, programme: Programme
    ) -> None:
        batch = ask_proposals(
            programme,
            variants_asked=["keep", "earliest"],
            question=Question(first_date=date(2020, 1, 23)),
            actor="",
        )
        page = said(client.get(address("proposals", programme, batch)))
        assert 'hx-trigger="every 2s"' in page
        part = said(
            client.get(address("proposals", programme, batch), headers={"HX-Request": "true"})
        )
        assert part.lstrip().startswith('<div id="comparaison"')
        client.post(address("stop-proposals", programme, batch))
        page = said(client.get(address("proposals", programme, batch)))
        assert "hx-trigger" not in page
        assert "Arrêtée avant d'avoir trouvé un calendrier." in page
        stop_proposals(programme, batch, actor="")
        assert AuditLine.objects.filter(verb="stop-calendar").count() == 1

    def test_a_search_stopped_on_its_way_keeps_the_best_it_has(
        self, client: Client, programme: Programme
    ) -> None:
        for code in ("56121", "88413"):
            first = fix(meeting(programme, "local-1", code), date(2020, 4, 1))
            announce_dates(programme, [first.pk], actor="")
        batch = ask_proposals(
            programme,
            variants_asked=["keep"],
            question=Question(first_date=date(2020, 1, 23)),
            actor="",
        )
        SeriesProposal.objects.update(stop_asked_at=timezone.now())
        search_calendar.call(str(SeriesProposal.objects.get().pk))
        page = said(client.get(address("proposals", programme, batch)))
        assert "Recherche arrêtée : voici le meilleur calendrier trouvé jusque-là." in page
        assert "Retenir ce calendrier" in page

    def test_a_search_whose_worker_died_says_so_and_waits_for_nothing(
        self, client: Client, programme: Programme
    ) -> None:
        batch = ask_proposals(
            programme,
            variants_asked=["keep"],
            question=Question(first_date=date(2020, 1, 23)),
            actor="",
        )
        start(SeriesProposal.objects.get().pk)
        end_interrupted_searches()
        page = said(client.get(address("proposals", programme, batch)))
        assert "La recherche n'a pas abouti. Relancez-la" in page
        assert "hx-trigger" not in page

    def test_a_calendar_overtaken_by_events_is_not_kept(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        self.ask(client, programme, django_capture_on_commit_callbacks)
        proposal = SeriesProposal.objects.get()
        held(meeting(programme, "comite-de-lancement"), date(2020, 1, 23))
        answer = client.post(
            address("keep-proposal", programme, proposal.batch),
            {"calendrier": str(proposal.pk)},
            follow=True,
        )
        assert "Relancez la recherche" in said(answer)
        assert meeting(programme, "local-1", "56121").starts_at is None

    def test_hours_and_places_are_kept_and_others_take_the_method_s(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        lorient = fix(meeting(programme, "immersion", "56121"), date(2020, 2, 12), hour=9)
        programme.meetings.filter(pk=lorient.pk).update(place="Hôtel de ville")
        change_delays(
            programme,
            note_days=14,
            step_days=1,
            travel_days=0,
            weekdays=[1, 2, 3, 4, 5],
            starts_at=time(13, 30),
            actor="",
        )
        self.ask(client, programme, django_capture_on_commit_callbacks)
        proposal = SeriesProposal.objects.get()
        client.post(
            address("keep-proposal", programme, proposal.batch), {"calendrier": str(proposal.pk)}
        )
        lorient.refresh_from_db()
        assert (local(lorient.starts_at), lorient.place) == ("09:00", "Hôtel de ville")
        assert local(meeting(programme, "local-2", "88413").starts_at) == "13:30"

    def test_a_search_around_a_vote_offers_before_and_after(
        self, client: Client, programme: Programme
    ) -> None:
        add_closed_period(
            programme,
            site=None,
            kind=ClosedKind.ELECTION,
            label="Élections municipales",
            first_date=date(2020, 3, 15),
            last_date=date(2020, 3, 22),
            concerns=Concerned.ELECTED,
            actor="",
        )
        page = said(client.get(address("ask-proposals", programme)))
        assert "Avant les élections : « Séminaire local #1 » se tient avant le 15 mars 2020" in page
        assert "Après les élections : « Séminaire local #1 » se tient après le 22 mars" in page


class TestCouncils:
    typed = {
        "label": "Conseil communautaire",
        "rank": "2",
        "weekday": "2",
        "first_date": "2020-03-01",
        "last_date": "2020-06-30",
        "dates": "",
    }

    def post(self, client: Client, programme: Programme, **changes: object) -> str:
        lorient = meeting(programme, "local-1", "56121").site
        typed = self.typed | {"site": str(lorient.pk)} | changes
        return said(client.post(address("add-councils", programme), typed, follow=True))

    def test_every_second_tuesday_is_shown_then_closed_to_the_elected(
        self, client: Client, programme: Programme
    ) -> None:
        page = self.post(client, programme, dates="25/06/2020\n\n2020-04-14")
        assert "5 soirs à fermer" in page
        for said_day in ("mardi 10 mars 2020", "mardi 9 juin 2020", "jeudi 25 juin 2020"):
            assert said_day in page
        assert not ClosedPeriod.objects.exists()
        days = ["2020-03-10", "2020-04-14", "2020-05-12", "2020-06-09", "2020-06-25"]
        page = self.post(
            client,
            programme,
            dates="25/06/2020\n\n2020-04-14",
            seen=" ".join(days),
            evenings=days[:4],
            fermer="oui",
        )
        assert "4 soirs de conseil sont fermés." in page
        closed = ClosedPeriod.objects.order_by("first_date")
        assert [one.first_date.isoformat() for one in closed] == days[:4]
        assert {(one.kind, one.concerns, one.is_strict, one.label) for one in closed} == {
            (ClosedKind.COUNCIL, Concerned.ELECTED, True, "Conseil communautaire")
        }
        assert AuditLine.objects.filter(verb="add-councils").count() == 1
        page = self.post(client, programme)
        assert "Tous ces soirs sont déjà notés" in page

    def test_nothing_is_closed_that_was_not_seen(
        self, client: Client, programme: Programme
    ) -> None:
        page = self.post(
            client, programme, seen="2020-03-10", evenings=["2020-03-10"], fermer="oui"
        )
        assert "Ces soirs ne sont plus ceux que vous aviez vus." in page
        assert not ClosedPeriod.objects.exists()

    def test_nothing_ticked_says_so(self, client: Client, programme: Programme) -> None:
        days = ["2020-03-10", "2020-04-14", "2020-05-12", "2020-06-09"]
        page = self.post(client, programme, seen=" ".join(days), fermer="oui")
        assert "Cochez au moins un soir." in page

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"dates": "12/03/2020\n31/02/2020"}, "Ligne 2 : « 31/02/2020 » n'est pas une date."),
            ({"last_date": ""}, "Dites de quand à quand ce conseil se réunit ainsi."),
            ({"last_date": "2020-02-01"}, "La fin doit venir après le début."),
            ({"last_date": "2029-02-01"}, "C'est plus de 3 ans"),
            ({"rank": ""}, "Aucun soir : choisissez un jour du mois, ou écrivez des dates."),
            ({"label": ""}, "Donnez un intitulé"),
            ({"site": ""}, "Choisissez le territoire dont c'est le conseil."),
        ],
    )
    def test_what_makes_no_sense_is_refused_and_kept_on_screen(
        self, client: Client, programme: Programme, changes: dict[str, str], refusal: str
    ) -> None:
        page = self.post(client, programme, **changes)
        assert refusal in page
        assert 'value="2020-03-01"' in page
        assert not ClosedPeriod.objects.exists()

    def test_the_page_costs_the_same_for_three_councils_as_for_one(
        self, client: Client, programme: Programme
    ) -> None:
        counts = []
        for month in (3, 4, 5):
            site = meeting(programme, "local-1", "56121").site
            add_councils(
                programme, site=site, label="Conseil", days=[date(2020, month, 2)], actor=""
            )
            with CaptureQueriesContext(connection) as captured:
                self.post(client, programme)
            counts.append(len(captured))
        assert counts[0] == counts[2]


class TestAnnouncing:
    def test_only_what_is_ticked_is_told(self, client: Client, programme: Programme) -> None:
        first = fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        fix(meeting(programme, "local-1", "88413"), date(2020, 4, 2))
        client.post(address("announce", programme), {str(first.pk): "on"})
        assert set(Notice.objects.values_list("meeting", flat=True)) == {first.pk}
        first.refresh_from_db()
        assert first.announced_at is not None

    def test_no_message_is_promised_about_a_day_that_is_over(
        self, client: Client, programme: Programme
    ) -> None:
        over = fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        answer = client.post(address("announce", programme), {str(over.pk): "on"}, follow=True)
        assert "1 date est annoncée. Elle est passée : aucun message ne partira." in said(answer)

    def test_nothing_ticked_says_so(self, client: Client, programme: Programme) -> None:
        fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        page = said(client.post(address("announce", programme), {"rien": "1"}))
        assert "Cochez au moins une date à annoncer." in page
        assert not Notice.objects.exists()

    def test_a_date_withdrawn_then_fixed_elsewhere_shows_what_people_know(
        self, client: Client, programme: Programme
    ) -> None:
        first = fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        announce_dates(programme, [first.pk], actor="")
        unschedule_meeting(first.pk, actor="")
        fix(first, date(2020, 4, 8))
        page = said(client.get(address("announce", programme)))
        assert "Avant d'envoyer : 1 date change" in page
        assert "mercredi 1er avril 2020" in page
        assert "7 jours plus tard" in page

    def test_the_page_costs_the_same_for_three_dates_as_for_one(
        self, client: Client, programme: Programme
    ) -> None:
        counts = []
        for code in ("56121", "88413", "200067999"):
            fix(meeting(programme, "local-1", code), date(2020, 4, 1))
            with CaptureQueriesContext(connection) as captured:
                client.get(address("announce", programme))
            counts.append(len(captured))
        assert counts[0] == counts[2]


class TestADateThatFalls:
    def test_without_a_reason_nothing_is_closed(self, client: Client, programme: Programme) -> None:
        first = fix(meeting(programme, "local-1", "56121"), date(2020, 4, 1))
        page = said(client.post(reverse("programme:lost-date", args=[first.pk]), {"contact": ""}))
        assert "Dites pourquoi" in page
        assert not ClosedPeriod.objects.exists()

    def test_someone_who_cannot_come_is_away_for_the_others_too(
        self, client: Client, programme: Programme, django_capture_on_commit_callbacks
    ) -> None:
        first = fix(meeting(programme, "local-1", "200067999"), date(2020, 4, 1))
        form = client.get(reverse("programme:lost-date", args=[first.pk])).context["form"]
        names = dict(form.fields["contact"].choices)
        director = next(key for key, name in names.items() if name == "Directrice de projet")
        with django_capture_on_commit_callbacks(execute=True):
            client.post(
                reverse("programme:lost-date", args=[first.pk]),
                {"reason": "En congé", "contact": director, "last_date": "2020-04-10"},
            )
        contact = account(NORTH).teams.get().contact
        away = contact.unavailabilities.get()
        assert (away.first_date, away.last_date) == (date(2020, 4, 1), date(2020, 4, 10))
        assert ClosedPeriod.objects.get().last_date == date(2020, 4, 1)

    def test_a_meeting_without_a_date_has_none_to_lose(
        self, client: Client, programme: Programme
    ) -> None:
        found = meeting(programme, "local-1", "56121")
        answer = client.get(reverse("programme:lost-date", args=[found.pk]), follow=True)
        assert "Cette réunion n'a pas de date" in said(answer)
