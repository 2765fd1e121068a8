"""2020 again, by the pages a facilitator uses: a plan announced in January, a second round in June.

The January plan is found, kept and announced. Then the elected cannot come before the second round
of 28 June is over and the summer has passed: the year is planned again with the fewest moves, each
moved date is shown before anyone hears of it, and only then do messages wait to leave.
"""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from fabrique.methods.calendar import Level, Status
from fabrique.stages.programme.analyses.series import plan_of
from fabrique.stages.programme.enums import (
    ClosedKind,
    Concerned,
    MeetingState,
    NoticeKind,
    ProposalState,
)
from fabrique.stages.programme.models import (
    AuditLine,
    ClosedPeriod,
    Meeting,
    Notice,
    Programme,
    SeriesProposal,
)
from tests.stages.programme.plain_words import plain
from tests.stages.programme.planned import OFFICER, a_planned_programme, days_of, held, meeting
from tests.stages.programme.programmes import DECK_TERRITORIES, account

pytestmark = pytest.mark.usefixtures("territories")
SECOND_ROUND = date(2020, 6, 28)


def said(answer: HttpResponse) -> str:
    return plain(answer.content.decode())


class Facilitator:
    """The programme officer, at their screen."""

    def __init__(self, programme: Programme, run) -> None:
        self.programme = programme
        self.client = Client(headers={"accept-language": "fr"})
        self.client.force_login(account(OFFICER), backend="sesame.backends.ModelBackend")
        self.run = run

    def post(self, name: str, *args: object, **form: object) -> str:
        """Sends a form and follows it; what is shown then."""
        address = reverse(f"programme:{name}", args=[self.programme.slug, *args])
        with self.run(execute=True):
            answer = self.client.post(address, form)
        assert answer.status_code == 302, answer.content.decode()
        return said(self.client.get(answer["Location"]))

    def change_windows(self, step: str, first: str, last: str) -> str:
        """A whole step at once, the other periods left as they are on the page."""
        page = self.client.get(reverse("programme:windows", args=[self.programme.slug]))
        form = page.context["form"]
        typed = {name: form[name].value() or "" for name in form.fields}
        typed |= {f"step-{step}-0-first": first, f"step-{step}-0-last": last}
        return self.post("windows", **typed)

    def ask(self, *variants: str, **more: object) -> list[SeriesProposal]:
        form = {
            "variants": variants,
            "first_date": "2020-01-23",
            "longer_weeks": 0,
            **more,
        }
        self.shown = self.post("ask-proposals", **form)
        latest = SeriesProposal.objects.order_by("-created_at")[0]
        return list(SeriesProposal.objects.filter(batch=latest.batch).order_by("position"))

    def keep(self, proposal: SeriesProposal) -> str:
        return self.post("keep-proposal", proposal.batch, calendrier=str(proposal.pk))

    def announce(self) -> str:
        page = self.client.get(reverse("programme:announce", args=[self.programme.slug]))
        boxes = dict.fromkeys(page.context["form"].fields, "on")
        return self.post("announce", **boxes)


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_planned_programme()


@pytest.fixture
def officer(programme: Programme, django_capture_on_commit_callbacks) -> Facilitator:
    return Facilitator(programme, django_capture_on_commit_callbacks)


def january(officer: Facilitator) -> None:
    """The plan of the launch committee: local #1 after the first round. Announced."""
    officer.post("add-days-off")
    officer.change_windows("local-1", "2020-03-23", "2020-05-02")
    officer.post(
        "add-closed-period",
        kind=ClosedKind.ELECTION,
        label="Élections municipales, premier tour",
        first_date="2020-03-09",
        last_date="2020-03-22",
        concerns=Concerned.ELECTED,
        is_strict="on",
    )
    (plan,) = officer.ask("keep")
    assert plan.state == ProposalState.FOUND
    officer.keep(plan)
    officer.announce()


def test_the_plan_of_january_breaks_and_is_planned_again(
    programme: Programme, officer: Facilitator
) -> None:
    january(officer)
    year = list(programme.meetings.order_by("position", "site__position"))
    announced = dict(zip((one.pk for one in year), days_of(year), strict=True))
    assert {one.state for one in year} == {MeetingState.SCHEDULED}
    assert set(Notice.objects.values_list("kind", flat=True)) == {NoticeKind.INVITATION}
    told = Notice.objects.count()

    # The launch and the immersions were held; then came March.
    for one in year:
        if one.key in ("comite-de-lancement", "immersion"):
            held(one, announced[one.pk])
    officer.post(
        "add-closed-period",
        kind=ClosedKind.ELECTION,
        label="Second tour reporté, installation des conseils",
        first_date="2020-03-09",
        last_date="2020-07-10",
        concerns=Concerned.ELECTED,
        is_strict="on",
    )
    officer.post(
        "add-closed-period",
        kind=ClosedKind.OTHER,
        label="Été",
        first_date="2020-07-11",
        last_date="2020-08-31",
        concerns=Concerned.EVERYONE,
        is_strict="on",
    )

    # Within the periods of January, nothing fits: the page says what contradicts what.
    (impossible,) = officer.ask("keep", first_date="2020-03-23")
    assert impossible.state == ProposalState.IMPOSSIBLE
    assert "n'a aucun jour possible" in officer.shown
    assert "Second tour reporté, installation des conseils" in officer.shown
    assert "Élue référente (Lorient)" in officer.shown

    # With six months more, a calendar is found, and no other changes fewer dates.
    (again,) = officer.ask("keep", first_date="2020-03-23", longer_weeks=26)
    assert again.state == ProposalState.FOUND
    plan = plan_of(again.result)
    moves = next(level for level in plan.levels if level.level == Level.MOVES)
    assert moves.value == moves.bound == len(plan.moves)
    assert plan.status in (Status.OPTIMAL, Status.FEASIBLE)
    days = {one.meeting: one.day for one in plan.dates}
    first_locals = [str(meeting(programme, "local-1", code).pk) for code, _ in DECK_TERRITORIES]
    assert all(days[key] >= date(2020, 9, 1) for key in first_locals)
    intersite = meeting(programme, "intersite-1")
    assert days[str(intersite.pk)] > max(days[key] for key in first_locals)
    assert "il n'est pas possible d'en changer moins" in officer.shown

    # Kept: the dates change, and the difference is shown before anything is sent.
    difference = officer.keep(again)
    moved = [one for one in year if one.pk in announced and _day(one) != announced[one.pk]]
    assert len(moved) == len(plan.moves) > 4
    assert f"Avant d'envoyer : {len(moved)} dates changent" in difference
    assert "Séminaire local #1, Lorient" in difference
    assert Notice.objects.count() == told

    # Told: those expected at each moved meeting have a change of date waiting, once.
    officer.announce()
    changes = Notice.objects.filter(kind=NoticeKind.DATE_CHANGE)
    assert set(changes.values_list("meeting", flat=True)) == {one.pk for one in moved}
    intersite.refresh_from_db()
    assert intersite.announced_starts_at == intersite.starts_at
    assert intersite.calendar_sequence > 0
    notice = changes.filter(meeting=intersite)[0]
    assert notice.params == {"before": announced[intersite.pk].isoformat()}
    assert AuditLine.objects.filter(programme=programme, verb="apply-calendar").count() == 2
    page = officer.client.get(reverse("programme:announce", args=[programme.slug]))
    assert "Aucune date à annoncer" in said(page)


def test_a_date_that_falls_moves_as_few_others_as_can_be(
    programme: Programme, officer: Facilitator
) -> None:
    january(officer)
    lorient = meeting(programme, "local-2", "56121")
    (before,) = days_of([lorient])
    with officer.run(execute=True):
        answer = officer.client.post(
            reverse("programme:lost-date", args=[lorient.pk]), {"reason": "Salle fermée"}
        )
    shown = said(officer.client.get(answer["Location"]))
    assert "1 date change : il n'est pas possible d'en changer moins." in shown
    again = SeriesProposal.objects.order_by("-created_at")[0]
    (move,) = plan_of(again.result).moves
    assert (move.meeting, move.announced) == (str(lorient.pk), before)
    closed = ClosedPeriod.objects.get(meeting=lorient)
    assert (closed.label, closed.first_date) == ("Salle fermée", before)
    difference = officer.keep(again)
    assert "Avant d'envoyer : 1 date change" in difference
    assert days_of([lorient]) != [before]


def _day(one: Meeting) -> date:
    return days_of([one])[0]
