"""Dates are proposed, answered from personal links, counted by the field's rule, and chosen."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.actions import TeamEntry
from fabrique.stages.programme.actions.meetings import cancel_meeting, schedule_meeting
from fabrique.stages.programme.actions.members import add_member, remove_member
from fabrique.stages.programme.actions.polls import (
    MOST_DAYS,
    ProposedDay,
    answer_poll,
    choose_option,
    close_poll,
    open_poll,
    remind_silent,
)
from fabrique.stages.programme.analyses.poll_ranking import Tally, ranked, recommended
from fabrique.stages.programme.analyses.poll_results import PollResults, results_of
from fabrique.stages.programme.availability_errors import (
    EveryoneRefuses,
    NoDayProposed,
    NothingToAsk,
    TooManyDays,
)
from fabrique.stages.programme.enums import (
    AvailabilityAnswer,
    ClosedKind,
    MeetingState,
    NoticeKind,
    TeamRole,
    UnavailabilitySource,
)
from fabrique.stages.programme.models import (
    ClosedPeriod,
    Contact,
    Meeting,
    Notice,
    Poll,
    PollAnswer,
    PollOption,
    Programme,
    Unavailability,
)
from fabrique.stages.programme.queries.polls import days_worth_proposing, poll_of
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme, account

YES, IF_NEED_BE, NO = AvailabilityAnswer
DAYS = [date(2020, 3, 10), date(2020, 3, 12), date(2020, 3, 17)]
AFTERNOON = (time(14), time(17))
START, END = datetime(2020, 3, 12, 13, tzinfo=UTC), datetime(2020, 3, 12, 16, tzinfo=UTC)
GROUP = ("Association des commerçants", "Élue à la mobilité", "Régie de quartier")


@pytest.fixture
def programme(territories: None) -> Programme:
    programme = a_programme()
    site = programme.sites.get(territory_id="56121")
    for number, name in enumerate(GROUP):
        add_member(programme, site=site, actor="", name=name, email=f"m{number}@exemple.fr")
    return programme


@pytest.fixture
def meeting(programme: Programme) -> Meeting:
    return programme.meetings.get(key="local-1", site__territory_id="56121")


@pytest.fixture
def poll(meeting: Meeting) -> Poll:
    return ask(meeting)


def ask(meeting: Meeting, days: list[date] | None = None, **said: object) -> Poll:
    proposed = [ProposedDay(day, *AFTERNOON) for day in days or DAYS]
    return open_poll(meeting.pk, days=proposed, actor="a", **said).poll  # type: ignore[arg-type]


def contact(name: str) -> Contact:
    return Contact.objects.get(member__name=name)


def option(poll: Poll, day: date) -> PollOption:
    return poll.options.get(date=day)


def say(poll: Poll, who: Contact, *answers: str) -> None:
    chosen = [option(poll, day).pk for day in DAYS]
    answer_poll(poll.pk, contact=who, answers=dict(zip(chosen, answers, strict=False)))


def everyone(poll: Poll) -> list[Contact]:
    return [one.contact for one in results(poll).people if one.contact is not None]


def results(poll: Poll) -> PollResults:
    return results_of(poll.meeting, Poll.objects.get(pk=poll.pk))


def sent(meeting: Meeting) -> None:
    Notice.objects.filter(meeting=meeting).update(sent_at=timezone.now())


def told(meeting: Meeting, kind: NoticeKind) -> list[str]:
    return sorted(
        notice.contact.email for notice in Notice.objects.filter(meeting=meeting, kind=kind)
    )


def team() -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(account(DIRECTOR), backend="sesame.backends.ModelBackend")
    return client


def phone() -> Client:
    return Client(headers={"accept-language": "fr"})


def own_page(poll: Poll, who: Contact) -> str:
    return reverse("programme:own-poll", args=[who.link_key, poll.pk])


def form(poll: Poll, *answers: str) -> dict[str, str]:
    options = [option(poll, day).pk for day in DAYS]
    return {f"day-{pk}": answer for pk, answer in zip(options, answers, strict=False)}


class TestAsking:
    def test_everyone_expected_is_told_once(self, meeting: Meeting) -> None:
        asked = open_poll(meeting.pk, days=[ProposedDay(DAYS[0])], actor="a")
        everyone_expected = sorted([DIRECTOR, REFERENT, *(f"m{n}@exemple.fr" for n in range(3))])
        assert told(meeting, NoticeKind.DATE_POLL) == everyone_expected
        assert (asked.told, asked.without_address) == (5, 0)
        again = open_poll(meeting.pk, days=[ProposedDay(DAYS[0])], actor="a")
        assert (again.told, again.without_address) == (0, 0)
        assert Notice.objects.filter(meeting=meeting).count() == 5

    def test_a_new_day_is_asked_of_those_who_had_answered_too(
        self, poll: Poll, meeting: Meeting
    ) -> None:
        answered, silent = contact(GROUP[0]), contact(GROUP[1])
        say(poll, answered, YES, YES, YES)
        sent(meeting)
        ask(meeting, [*DAYS, date(2020, 3, 19)])
        waiting = Notice.objects.filter(sent_at__isnull=True, kind=NoticeKind.DATE_POLL)
        assert {answered.pk, silent.pk} <= {notice.contact_id for notice in waiting}

    def test_a_day_no_longer_proposed_keeps_its_answers_and_finds_them_again(
        self, poll: Poll, meeting: Meeting
    ) -> None:
        say(poll, contact(GROUP[0]), YES, NO, YES)
        ask(meeting, DAYS[1:])
        assert [row.option.date for row in results(poll).calendar] == DAYS[1:]
        ask(meeting, DAYS)
        assert [row.tally.yes for row in results(poll).calendar] == [1, 0, 1]

    def test_there_is_a_reasonable_number_of_days(self, meeting: Meeting) -> None:
        with pytest.raises(NoDayProposed):
            open_poll(meeting.pk, days=[], actor="a")
        many = [ProposedDay(DAYS[0] + timedelta(days=n)) for n in range(MOST_DAYS + 1)]
        with pytest.raises(TooManyDays):
            open_poll(meeting.pk, days=many, actor="a")
        assert poll_of(meeting) is None

    def test_nothing_is_asked_of_a_cancelled_meeting(self, meeting: Meeting) -> None:
        cancel_meeting(meeting.pk, actor="a")
        with pytest.raises(NothingToAsk):
            ask(meeting)

    def test_days_offered_are_open_working_days_of_the_window(self, meeting: Meeting) -> None:
        ClosedPeriod.objects.create(
            programme=meeting.programme,
            site=meeting.site,
            kind=ClosedKind.RESERVE,
            label="Réserve électorale",
            first_date=meeting.window_start_date,
            last_date=date(2020, 3, 31),
        )
        days = days_worth_proposing(meeting, today=date(2019, 1, 1))
        assert 3 <= len(days) <= 6
        assert all(date(2020, 4, 1) <= day <= meeting.window_end_date for day in days)
        assert all(day.weekday() < 5 for day in days)
        assert date(2020, 4, 13) not in days, "Easter Monday"

    def test_days_offered_lie_ahead_while_some_do(self, meeting: Meeting) -> None:
        today = meeting.window_end_date - timedelta(days=20)
        assert min(days_worth_proposing(meeting, today=today)) > today


class TestAnswering:
    def test_three_people_answer_from_their_links_and_change_their_minds(self, poll: Poll) -> None:
        people = [contact(name) for name in GROUP]
        for who, answers in zip(
            people, [(YES, YES, NO), (IF_NEED_BE, YES, NO), (NO,)], strict=True
        ):
            answer = phone().post(own_page(poll, who), form(poll, *answers))
            assert answer.url == own_page(poll, who)
        rows = results(poll)
        assert [(row.tally.yes, row.tally.if_need_be, row.tally.no) for row in rows.calendar] == [
            (1, 1, 1), (2, 0, 0), (0, 0, 2),
        ]  # fmt: skip
        assert rows.answered == 2, "the third left days aside"
        phone().post(own_page(poll, people[2]), form(poll, YES, YES, IF_NEED_BE))
        assert results(poll).answered == 3
        assert PollAnswer.objects.filter(contact=people[2]).count() == 3

    def test_what_was_answered_is_shown_again_and_days_left_aside_are_counted(
        self, poll: Poll
    ) -> None:
        client, who = phone(), contact(GROUP[0])
        client.post(own_page(poll, who), form(poll, YES))
        shown = plain(client.get(own_page(poll, who)).content.decode())
        assert "Il reste 2 jours sans réponse." in shown
        assert "mardi 10 mars 2020, de 14 h à 17 h" in shown
        assert shown.count("checked") == 1

    def test_how_many_answered_is_said_without_naming(self, poll: Poll) -> None:
        say(poll, contact(GROUP[1]), YES, YES, YES)
        shown = plain(phone().get(own_page(poll, contact(GROUP[0]))).content.decode())
        assert "1 sur 5" in shown
        assert GROUP[1] not in shown

    def test_a_wrong_choice_is_said_and_the_rest_stays_ticked(self, poll: Poll) -> None:
        who = contact(GROUP[0])
        answer = phone().post(own_page(poll, who), form(poll, "perhaps", YES))
        shown = plain(answer.content.decode())
        assert "Choisissez Oui, Si besoin ou Non." in shown
        assert shown.count("checked") == 1
        assert not PollAnswer.objects.exists()

    def test_an_empty_answer_is_said(self, poll: Poll) -> None:
        answer = phone().post(own_page(poll, contact(GROUP[0])), {})
        assert "Répondez pour un jour au moins" in plain(answer.content.decode())

    def test_a_day_stays_the_same_day_wherever_the_phone_is(self, poll: Poll) -> None:
        for zone in ("Pacific/Auckland", "America/Cayenne"):
            with timezone.override(zone):
                shown = plain(phone().get(own_page(poll, contact(GROUP[0]))).content.decode())
            assert "jeudi 12 mars 2020, de 14 h à 17 h" in shown

    def test_days_taken_in_one_s_agenda_come_ticked_no(self, poll: Poll) -> None:
        who = contact(GROUP[0])
        Unavailability.objects.create(
            contact=who,
            first_date=DAYS[1],
            last_date=DAYS[1],
            source=UnavailabilitySource.CALENDAR,
        )
        shown = plain(phone().get(own_page(poll, who)).content.decode())
        assert shown.count("Pris dans votre agenda.") == 1
        assert f'value="no" id="id_day-{option(poll, DAYS[1]).pk}_2"' in shown
        assert shown.count("checked") == 1

    def test_the_same_answer_twice_is_one(self, poll: Poll, meeting: Meeting) -> None:
        who = contact(GROUP[0])
        say(poll, who, YES, NO, YES)
        before = list(PollAnswer.objects.values("pk", "answer", "answered_at"))
        say(poll, who, YES, NO, YES)
        assert list(PollAnswer.objects.values("pk", "answer", "answered_at")) == before
        assert meeting.programme.audit_lines.filter(verb="answer-poll").count() == 1

    def test_an_answer_to_another_poll_s_day_is_left_out(
        self, poll: Poll, programme: Programme
    ) -> None:
        other = ask(programme.meetings.get(key="local-2", site__territory_id="56121"))
        who = contact(GROUP[0])
        answer_poll(poll.pk, contact=who, answers={option(other, DAYS[0]).pk: YES})
        assert not PollAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="a database in memory takes one writer; PostgreSQL takes them all",
)
def test_sent_twice_at_once_it_is_kept_once(territories: None) -> None:
    programme = a_programme()
    site = programme.sites.get(territory_id="56121")
    add_member(programme, site=site, actor="", name=GROUP[0], email="m0@exemple.fr")
    poll = ask(programme.meetings.get(key="local-1", site__territory_id="56121"))
    who, together, done = contact(GROUP[0]), threading.Barrier(4), []
    days = [option(poll, day).pk for day in DAYS]
    answers = dict(zip(days, (YES, NO, IF_NEED_BE), strict=True))

    def send() -> None:
        together.wait()
        try:
            done.append(answer_poll(poll.pk, contact=who, answers=answers))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 4
    assert sorted(PollAnswer.objects.values_list("answer", flat=True)) == [IF_NEED_BE, NO, YES]
    assert programme.audit_lines.filter(verb="answer-poll").count() == 1


class TestLinks:
    def test_an_unknown_link_says_what_to_do(self, poll: Poll) -> None:
        for address in (
            "/dispo/rien/",
            "/dispo/rien/agenda/",
            reverse("programme:own-poll", args=[contact(GROUP[0]).link_key, new_id()]),
            reverse("programme:own-poll", args=["rien", poll.pk]),
        ):
            answer = phone().get(address)
            assert answer.status_code == 404
            assert "Copiez le lien en entier" in plain(answer.content.decode())
            assert answer["X-Robots-Tag"] == "noindex"

    def test_a_link_is_kept_to_oneself(self, poll: Poll) -> None:
        who = contact(GROUP[0])
        for address in (
            reverse("programme:own-polls", args=[who.link_key]),
            reverse("programme:own-agenda", args=[who.link_key]),
            own_page(poll, who),
        ):
            answer = phone().get(address)
            assert answer["X-Robots-Tag"] == "noindex"
            assert answer["Referrer-Policy"] == "same-origin"
            assert "no-store" in answer["Cache-Control"]

    def test_whoever_left_the_group_opens_nothing(self, poll: Poll) -> None:
        who = contact(GROUP[0])
        remove_member(who.member.pk, actor="a")
        assert phone().get(own_page(poll, who)).status_code == 404

    def test_a_link_opens_the_polls_of_one_s_own_meetings_only(
        self, poll: Poll, programme: Programme
    ) -> None:
        elsewhere = programme.meetings.get(key="local-1", site__territory_id="88413")
        other = ask(elsewhere)
        who = contact(GROUP[0])
        assert phone().get(own_page(other, who)).status_code == 404
        assert phone().post(own_page(other, who), form(other, YES)).status_code == 404
        shown = plain(
            phone().get(reverse("programme:own-polls", args=[who.link_key])).content.decode()
        )
        assert "3 jours à indiquer" in shown
        assert "Saint-Dié" not in shown

    def test_without_a_poll_the_page_says_what_will_come(self, programme: Programme) -> None:
        other = ask(programme.meetings.get(key="local-1", site__territory_id="88413"))
        who = contact(GROUP[0])
        assert other.is_open
        shown = plain(
            phone().get(reverse("programme:own-polls", args=[who.link_key])).content.decode()
        )
        assert "Aucune date n'est à choisir pour le moment" in shown


class TestReminders:
    def test_they_go_to_the_silent_only(self, poll: Poll, meeting: Meeting) -> None:
        sent(meeting)
        say(poll, contact(GROUP[0]), YES, YES, YES)
        say(poll, contact(GROUP[1]), NO)
        done = remind_silent(meeting.pk, actor="a")
        assert done.reminded == 4
        silent = sorted([DIRECTOR, REFERENT, "m1@exemple.fr", "m2@exemple.fr"])
        assert told(meeting, NoticeKind.POLL_REMINDER) == silent

    def test_once_a_day_at_most(self, poll: Poll, meeting: Meeting) -> None:
        sent(meeting)
        assert remind_silent(meeting.pk, actor="a").reminded == 5
        assert remind_silent(meeting.pk, actor="a").reminded_today_already == 5
        sent(meeting)
        assert remind_silent(meeting.pk, actor="a").reminded == 0
        yesterday = timezone.now() - timedelta(days=1)
        Notice.objects.update(created_at=yesterday, sent_at=yesterday)
        assert remind_silent(meeting.pk, actor="a").reminded == 5

    def test_not_before_the_question_itself_has_left(self, poll: Poll, meeting: Meeting) -> None:
        assert remind_silent(meeting.pk, actor="a").not_asked_yet == 5
        assert told(meeting, NoticeKind.POLL_REMINDER) == []

    def test_someone_who_joined_since_is_asked(
        self, poll: Poll, meeting: Meeting, programme: Programme
    ) -> None:
        sent(meeting)
        add_member(
            programme, site=meeting.site, actor="", name="Nouvelle venue", email="n@exemple.fr"
        )
        add_member(programme, site=meeting.site, actor="", name="Sans adresse")
        done = remind_silent(meeting.pk, actor="a")
        assert (done.reminded, done.without_address) == (6, 1)
        assert "n@exemple.fr" in told(meeting, NoticeKind.DATE_POLL)

    def test_whoever_answers_is_no_longer_asked(self, poll: Poll, meeting: Meeting) -> None:
        sent(meeting)
        remind_silent(meeting.pk, actor="a")
        say(poll, contact(GROUP[0]), YES, YES, YES)
        assert "m0@exemple.fr" not in told(meeting, NoticeKind.POLL_REMINDER)

    def test_the_page_says_what_was_done(self, poll: Poll, meeting: Meeting) -> None:
        sent(meeting)
        client = team()
        address = reverse("programme:poll-remind", args=[meeting.pk])
        for words in (
            "Une relance partira à 5 personnes.",
            "5 personnes ont déjà été relancées aujourd'hui.",
        ):
            assert words in plain(client.post(address, follow=True).content.decode())


class TestChoosing:
    def test_the_best_day_is_recommended_chosen_and_the_poll_ends(
        self, poll: Poll, meeting: Meeting
    ) -> None:
        for who in everyone(poll):
            say(poll, who, NO, YES, IF_NEED_BE)
        best = results(poll).recommended
        assert best is not None
        assert best.option.date == DAYS[1]
        address = reverse("programme:poll-choose", args=[meeting.pk, best.option.pk])
        team().post(address, {"start": "14:00", "end": "17:00", "place": "Beffroi"})
        meeting.refresh_from_db()
        assert (meeting.starts_at, meeting.ends_at) == (START, END)
        assert (meeting.state, meeting.place) == (MeetingState.SCHEDULED, "Beffroi")
        assert not Poll.objects.get(pk=poll.pk).is_open
        assert not Notice.objects.filter(sent_at__isnull=True).exists()

    def test_a_day_everyone_refuses_is_never_chosen(self, poll: Poll, meeting: Meeting) -> None:
        for who in everyone(poll):
            say(poll, who, NO, NO, NO)
        assert results(poll).recommended is None
        with pytest.raises(EveryoneRefuses):
            choose_option(option(poll, DAYS[1]).pk, starts_at=START, ends_at=END, actor="a")
        meeting.refresh_from_db()
        assert meeting.state == MeetingState.PLANNED
        shown = plain(team().get(reverse("programme:poll", args=[meeting.pk])).content.decode())
        assert "tous ceux qui ont répondu refusent tous les jours" in shown
        assert shown.count("Refusé par tous") == 3
        assert "Retenir cette date" not in shown
        chosen = option(poll, DAYS[1]).pk
        address = reverse("programme:poll-choose", args=[meeting.pk, chosen])
        answer = team().post(address, {"start": "14:00", "end": "17:00"})
        assert "refusé par tous" in plain(answer.content.decode())

    def test_whoever_is_indispensable_and_cannot_come_is_named_first(
        self, poll: Poll, meeting: Meeting
    ) -> None:
        director = Contact.objects.get(team_member__user__email=DIRECTOR)
        for who in everyone(poll):
            say(poll, who, *((YES, YES, NO) if who != director else (NO, IF_NEED_BE, NO)))
        found = results(poll)
        assert [row.option.date for row in found.days] == [DAYS[1], DAYS[0], DAYS[2]]
        shown = plain(team().get(reverse("programme:poll", args=[meeting.pk])).content.decode())
        assert "Indispensable, ne peut pas" in shown
        assert found.recommended is not None
        assert found.recommended.option.date == DAYS[1]

    def test_no_day_is_recommended_without_someone_indispensable(
        self, poll: Poll, meeting: Meeting
    ) -> None:
        director = Contact.objects.get(team_member__user__email=DIRECTOR)
        say(poll, contact(GROUP[0]), YES, YES, YES)
        say(poll, director, NO, NO, NO)
        assert results(poll).recommended is None
        shown = plain(team().get(reverse("programme:poll", args=[meeting.pk])).content.decode())
        assert "chaque jour, une personne indispensable ne peut pas venir" in shown

    def test_the_agenda_of_someone_indispensable_speaks_while_they_are_silent(
        self, poll: Poll
    ) -> None:
        director = Contact.objects.get(team_member__user__email=DIRECTOR)
        Unavailability.objects.create(
            contact=director, first_date=DAYS[0], last_date=DAYS[0], source="typed"
        )
        say(poll, contact(GROUP[0]), YES, IF_NEED_BE, NO)
        best = results(poll).recommended
        assert best is not None
        assert best.option.date == DAYS[1]
        say(poll, director, YES)
        best = results(poll).recommended
        assert best is not None
        assert best.option.date == DAYS[0], "their own word counts more than their agenda"

    def test_any_other_way_of_fixing_the_date_ends_the_poll(
        self, poll: Poll, meeting: Meeting
    ) -> None:
        schedule_meeting(meeting.pk, starts_at=START, ends_at=END, actor="a")
        assert not Poll.objects.get(pk=poll.pk).is_open


class TestAfterTheChoice:
    def test_an_answer_on_its_way_is_kept_as_late_and_the_date_is_said(
        self, poll: Poll, meeting: Meeting
    ) -> None:
        who = contact(GROUP[0])
        say(poll, contact(GROUP[1]), YES, YES, YES)
        choose_option(option(poll, DAYS[1]).pk, starts_at=START, ends_at=END, actor="a")
        answer = phone().post(own_page(poll, who), form(poll, YES, NO, YES), follow=True)
        shown = plain(answer.content.decode())
        assert "Votre réponse est arrivée après le choix de la date." in shown
        assert "La date est choisie : jeudi 12 mars 2020, de 14 h à 17 h" in shown
        assert shown.count("arrivée après le choix, gardée pour information") == 3
        meeting.refresh_from_db()
        assert meeting.starts_at == START
        row = next(one for one in results(poll).people if one.name == GROUP[0])
        assert [cell.is_late for cell in row.cells] == [True] * 3
        grid = plain(team().get(reverse("programme:poll", args=[meeting.pk])).content.decode())
        assert grid.count("après la clôture") == 3

    def test_what_was_answered_in_time_is_shown_back(self, poll: Poll) -> None:
        who = contact(GROUP[0])
        say(poll, who, YES, NO, IF_NEED_BE)
        choose_option(option(poll, DAYS[0]).pk, starts_at=START, ends_at=END, actor="a")
        shown = plain(phone().get(own_page(poll, who)).content.decode())
        assert "Ce que vous avez répondu" in shown
        assert "gardée pour information" not in shown
        assert "Envoyer mes réponses" not in shown

    def test_without_a_choice_it_says_that_the_date_will_come(
        self, poll: Poll, meeting: Meeting
    ) -> None:
        close_poll(meeting.pk, actor="a")
        shown = plain(phone().get(own_page(poll, contact(GROUP[0]))).content.decode())
        assert "La date n'est pas encore fixée" in shown

    def test_asked_again_it_opens_with_the_answers_given(
        self, poll: Poll, meeting: Meeting
    ) -> None:
        say(poll, contact(GROUP[0]), YES, NO, IF_NEED_BE)
        close_poll(meeting.pk, actor="a")
        ask(meeting)
        assert results(poll).answered == 1
        assert Poll.objects.get(pk=poll.pk).is_open


counts = st.integers(0, 30)
tallies = st.lists(
    st.builds(
        Tally,
        option_id=st.uuids(),
        date=st.dates(date(2020, 1, 1), date(2020, 12, 31)),
        starts_at=st.none() | st.times(),
        yes=counts,
        if_need_be=counts,
        no=counts,
    ),
    min_size=1,
    max_size=12,
)


class TestTheRule:
    @settings(deadline=None)
    @given(tallies)
    def test_without_anyone_indispensable_it_is_the_field_s(self, days: list[Tally]) -> None:
        scores = [(one.yes + one.if_need_be) * 1000 + one.yes for one in ranked(days)]
        assert scores == sorted(scores, reverse=True)
        best = recommended(days)
        assert (best is None) == (max(scores) == 0)
        if best is not None:
            assert (best.yes + best.if_need_be) * 1000 + best.yes == scores[0]
            same = [one for one in days if one.score == scores[0]]
            assert best.date == min(one.date for one in same)

    @settings(deadline=None)
    @given(tallies, st.sets(st.integers(0, 11)))
    def test_a_day_refused_by_someone_indispensable_comes_after(
        self, days: list[Tally], refused: set[int]
    ) -> None:
        flagged = [
            Tally(
                **{name: getattr(one, name) for name in Tally.__dataclass_fields__}
                | {"refused_by": ("Directrice",) if place in refused else ()}
            )
            for place, one in enumerate(days)
        ]
        marks = [bool(one.refused_by) for one in ranked(flagged)]
        assert marks == sorted(marks)
        best = recommended(flagged)
        assert best is None or (not best.refused_by and best.score > 0)

    def test_a_worked_example(self) -> None:
        """Twelve yes and five if need be: 17,012; fourteen yes and two if need be: 16,014."""
        wide = Tally(new_id(), DAYS[1], None, yes=12, if_need_be=5, no=0)
        glad = Tally(new_id(), DAYS[0], None, yes=14, if_need_be=2, no=1)
        assert (wide.score, glad.score) == (17_012, 16_014)
        assert recommended([glad, wide]) == wide


class TestPages:
    def test_the_question_is_written_with_days_picked_and_typed(self, meeting: Meeting) -> None:
        client = team()
        address = reverse("programme:poll-ask", args=[meeting.pk])
        shown = plain(client.get(address).content.decode())
        assert "checked" in shown
        assert "lundi de Pâques" in shown.replace("Lundi", "lundi")
        by = timezone.localdate() + timedelta(days=5)
        answer = client.post(
            address,
            {
                "days": ["2020-03-10", "2020-03-12"],
                "start": "14:00",
                "end": "17:00",
                "other-0-day": "2020-05-12",
                "other-0-start": "09:00",
                "other-0-end": "12:00",
                "message": "Une demi-journée",
                "answer_by_date": by.isoformat(),
            },
            follow=True,
        )
        assert "La demande partira à 5 personnes" in plain(answer.content.decode())
        poll = poll_of(meeting)
        assert poll is not None
        assert [(one.date.isoformat(), f"{one.starts_at:%H}") for one in poll.options.all()] == [
            ("2020-03-10", "14"),
            ("2020-03-12", "14"),
            ("2020-05-12", "09"),
        ]
        again = plain(client.get(address).content.decode())
        assert again.count("checked") == 2
        assert 'value="2020-05-12"' in again
        page = plain(client.get(reverse("programme:poll", args=[meeting.pk])).content.decode())
        assert "Hors de la période prévue" in page

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({}, "Proposez au moins un jour"),
            ({"days": ["2020-03-10"], "start": "14:00"}, "Indiquez les deux heures, ou aucune."),
            (
                {"days": ["2020-03-10"], "start": "14:00", "end": "13:00"},
                "La fin doit venir après le début.",
            ),
            ({"days": ["1999-03-10"]}, "Ce jour n'est pas dans la période prévue."),
            ({"other-0-day": "2020-02-31"}, "Cette date n'existe pas."),
            ({"other-0-start": "09:00", "other-0-end": "12:00"}, "Choisissez le jour de ces"),
            ({"days": ["2020-03-10"], "answer_by_date": "2020-01-01"}, "Ce jour est passé."),
        ],
    )
    def test_a_refused_question_keeps_what_was_typed(
        self, meeting: Meeting, typed: dict[str, object], said: str
    ) -> None:
        address = reverse("programme:poll-ask", args=[meeting.pk])
        answer = team().post(address, typed | {"message": "Une demi-journée"})
        shown = plain(answer.content.decode())
        assert said in shown
        assert "Une demi-journée" in shown
        assert poll_of(meeting) is None

    def test_before_anyone_is_asked_the_page_says_what_to_do(self, meeting: Meeting) -> None:
        shown = plain(team().get(reverse("programme:poll", args=[meeting.pk])).content.decode())
        assert "Personne n'a encore été interrogé" in shown
        assert "Demander les disponibilités" in shown

    def test_a_meeting_s_pages_lead_to_its_poll(self, meeting: Meeting) -> None:
        ways = (f"/seminaires/{meeting.pk}/", f"/reunions/{meeting.pk}/date/")
        for address in ways:
            assert "Demander les disponibilités" in plain(team().get(address).content.decode())
        ask(meeting)
        for address in ways:
            assert "Voir les disponibilités" in plain(team().get(address).content.decode())

    def test_the_grid_says_in_words_who_can_when(self, poll: Poll, meeting: Meeting) -> None:
        say(poll, contact(GROUP[0]), YES, IF_NEED_BE, NO)
        shown = plain(team().get(reverse("programme:poll", args=[meeting.pk])).content.decode())
        for words in ("1 sur 5", "Si besoin", "pas de réponse", "Ouvrir sa page", GROUP[1]):
            assert words in shown

    def test_only_those_who_facilitate_see_who_answered(self, poll: Poll, meeting: Meeting) -> None:
        a_programme(title="Autre", team=[TeamEntry(email="x@x.fr", role=TeamRole.PILOT)])
        for email in (REFERENT, "x@x.fr"):
            client = Client()
            client.force_login(account(email), backend="sesame.backends.ModelBackend")
            for name in ("poll", "poll-ask"):
                assert (
                    client.get(reverse(f"programme:{name}", args=[meeting.pk])).status_code == 404
                )
            for name in ("poll-remind", "poll-close"):
                assert (
                    client.post(reverse(f"programme:{name}", args=[meeting.pk])).status_code == 404
                )

    def test_pages_cost_the_same_however_many_answer(
        self, poll: Poll, meeting: Meeting, programme: Programme
    ) -> None:
        who = contact(GROUP[0])
        pages = {
            "grid": (team(), reverse("programme:poll", args=[meeting.pk])),
            "own": (phone(), own_page(poll, who)),
            "list": (phone(), reverse("programme:own-polls", args=[who.link_key])),
        }
        few = {name: cost(*page) for name, page in pages.items()}
        for number in range(12):
            add_member(
                programme,
                site=meeting.site,
                actor="",
                name=f"Membre {number}",
                email=f"autre{number}@exemple.fr",
            )
        ask(meeting, [*DAYS, date(2020, 3, 19), date(2020, 3, 24)])
        ask(programme.meetings.get(key="local-2", site__territory_id="56121"))
        ask(programme.meetings.get(key="local-3", site__territory_id="56121"))
        for one in everyone(poll):
            say(poll, one, YES, NO, YES)
        many = {name: cost(*page) for name, page in pages.items()}
        assert many == few
        assert max(many.values()) <= 25


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_wrong_option_is_unknown(poll: Poll, meeting: Meeting) -> None:
    unknown: UUID = new_id()
    address = reverse("programme:poll-choose", args=[meeting.pk, unknown])
    assert team().get(address).status_code == 404
