"""Opening a programme lays out its whole year, or nothing at all."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from fabrique.stages.programme.actions import PartnerEntry, TeamEntry, create_programme
from fabrique.stages.programme.blueprint import Blueprint, fill
from fabrique.stages.programme.enums import DeliverableKind, MeetingKind, TeamRole
from fabrique.stages.programme.errors import (
    BadYears,
    EndsBeforeItStarts,
    TerritoryNotInProgramme,
    TerritoryTwice,
    TooFewTerritories,
    TooManyTerritories,
    UnknownMeeting,
)
from fabrique.stages.programme.models import Meeting, Programme
from fabrique.stages.programme.queries import blueprint_of, placeholder_values
from fabrique.stages.programme.wording.refusals import say
from fabrique.territory.errors import UnknownTerritory
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DECK_TERRITORIES, a_programme

pytestmark = pytest.mark.usefixtures("territories")


def test_the_year_of_the_deck_is_laid_out() -> None:
    programme = a_programme()
    kinds = Counter(programme.meetings.values_list("kind", flat=True))
    assert kinds == {
        MeetingKind.LAUNCH_COMMITTEE: 1,
        MeetingKind.IMMERSION_DAY: 4,
        MeetingKind.LOCAL_SEMINAR: 16,
        MeetingKind.INTERSITE_SEMINAR: 4,
    }
    owed = Counter(programme.expected_deliverables.values_list("kind", flat=True))
    assert owed == {
        DeliverableKind.SEMINAR_NOTE: 25,
        DeliverableKind.LOCAL_SYNTHESIS: 4,
        DeliverableKind.MANIFESTO: 1,
        DeliverableKind.POLICY_NOTE: 1,
        DeliverableKind.PROCESS_NOTE: 1,
    }


def test_the_windows_are_those_of_the_deck() -> None:
    programme = a_programme()

    def middle(key: str) -> date:
        meeting = programme.meetings.filter(key=key).first()
        return meeting.window_start_date + (meeting.window_end_date - meeting.window_start_date) / 2

    assert middle("immersion").month in (2, 3)
    assert middle("local-1").month in (3, 4)
    assert date(2020, 5, 11) <= middle("intersite-1") <= date(2020, 5, 29)
    assert middle("local-2").month in (6, 7)
    assert middle("intersite-2").month == 9
    assert middle("local-3").month in (9, 10, 11)
    assert middle("local-4").month in (12, 1)


def test_no_window_leaves_the_programme() -> None:
    programme = a_programme(starts_on=date(2027, 3, 1), ends_on=date(2028, 9, 1), midterm_year=2029)
    for meeting in programme.meetings.all():
        assert programme.starts_on <= meeting.window_start_date
        assert meeting.window_start_date <= meeting.window_end_date <= programme.ends_on


def test_a_meeting_may_be_given_its_own_dates() -> None:
    window = (date(2020, 5, 11), date(2020, 5, 15))
    programme = a_programme(windows={"intersite-1": window})
    meeting = programme.meetings.get(key="intersite-1")
    assert (meeting.window_start_date, meeting.window_end_date) == window


def test_words_between_braces_are_replaced_everywhere(small: Blueprint) -> None:
    programme = a_programme(blueprint=small, territories=[("56121", "l'eau")], team=[])
    meeting = programme.meetings.get(key="ecoute")
    assert meeting.title == "Écouter Lorient"
    assert meeting.purpose == f"Parler de « {programme.question} »."
    assert programme.expected_deliverables.filter(title="Synthèse de Lorient").exists()
    assert programme.criteria.filter(text__contains=programme.question).exists()
    values = placeholder_values(programme, programme.sites.get())
    assert fill("{theme}, {midterm_year}", values) == "l'eau, 2026"


def test_a_programme_keeps_its_own_copy_of_the_method(small: Blueprint) -> None:
    programme = a_programme(blueprint=small, territories=[("56121", "")], team=[])
    assert blueprint_of(Programme.objects.get(pk=programme.pk)) == small


def test_a_note_is_expected_of_each_meeting_that_has_an_outline(small: Blueprint) -> None:
    programme = a_programme(blueprint=small, territories=[("56121", "")], team=[])
    notes = programme.expected_deliverables.filter(kind=DeliverableKind.SEMINAR_NOTE)
    assert [(note.meeting.key, note.title) for note in notes] == [("ecoute", "Compte rendu")]


def test_people_get_accounts_roles_and_territories_and_partners_their_order() -> None:
    programme = a_programme(
        partners=[PartnerEntry(name="ANCT", role="pilote"), PartnerEntry(name="CGDD")]
    )
    seats = {
        (member.user.email, member.role): [site.territory.name for site in member.sites.all()]
        for member in programme.team.all()
    }
    assert seats == {
        ("directrice@exemple.fr", TeamRole.DIRECTOR): ["Lorient"],
        ("referente@exemple.fr", TeamRole.REFERENT): ["Lorient"],
    }
    assert [partner.name for partner in programme.partners.all()] == ["ANCT", "CGDD"]


def test_the_same_title_twice_gives_two_addresses() -> None:
    assert a_programme().slug == "villes-moyennes-et-transition-ecologique"
    assert a_programme().slug == "villes-moyennes-et-transition-ecologique-2"


def test_no_title_takes_the_address_of_the_form() -> None:
    assert a_programme(title="Nouvelle").slug == "nouvelle-2"


def test_opening_a_programme_leaves_an_audit_line() -> None:
    (line,) = a_programme().audit_lines.all()
    assert (line.verb, line.actor) == ("create", "Directrice de projet")


@pytest.mark.parametrize(
    ("changes", "refusal", "said"),
    [
        ({"ends_on": date(2020, 1, 23)}, EndsBeforeItStarts, "doit venir après le début"),
        ({"midterm_year": 2030}, BadYears, "avant l'horizon (2030)"),
        ({"midterm_year": 2020}, BadYears, "après le début (2020)"),
        ({"territories": DECK_TERRITORIES[:3], "team": []}, TooFewTerritories, "au moins 4"),
        (
            {"territories": [*DECK_TERRITORIES, ("56121", "")]},
            TerritoryTwice,
            "Lorient (56121) est indiqué deux fois",
        ),
        (
            {"territories": [*DECK_TERRITORIES, ("56122", "")]},
            UnknownTerritory,
            "Aucun territoire n'a le code 56122. Vouliez-vous dire : ",
        ),
        (
            {
                "team": [
                    TeamEntry(email="a@exemple.fr", role=TeamRole.REFERENT, site_codes=["75056"])
                ]
            },
            TerritoryNotInProgramme,
            "a@exemple.fr est chargé du territoire 75056",
        ),
        ({"windows": {"fete": (date(2020, 2, 1), date(2020, 2, 2))}}, UnknownMeeting, "« fete »"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    changes: dict[str, Any], refusal: type[Exception], said: str
) -> None:
    with pytest.raises(refusal) as raised:
        a_programme(**changes)
    assert said in plain(say(raised.value))
    assert not Programme.objects.exists()
    assert not Meeting.objects.exists()


def test_more_territories_than_the_method_takes_are_refused(small: Blueprint) -> None:
    with pytest.raises(TooManyTerritories):
        create_programme(
            blueprint=small,
            title="T",
            question="Q",
            horizon_year=2030,
            midterm_year=2026,
            starts_on=date(2020, 1, 1),
            ends_on=date(2020, 7, 1),
            territories=DECK_TERRITORIES[:3],
            actor="x",
        )
