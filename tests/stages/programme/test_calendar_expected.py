"""Who is expected where: by their role, unless someone said otherwise."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fabrique.stages.programme.actions import TeamEntry
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.members import add_member
from fabrique.stages.programme.enums import FunctionKind, Need, TeamRole
from fabrique.stages.programme.models import Contact, Expected, Meeting, Programme
from fabrique.stages.programme.queries.expected import Expectation, expected_at, reached
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme

pytestmark = pytest.mark.usefixtures("territories")
OFFICER, PILOT = "chargee@exemple.fr", "pilote@exemple.fr"


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_programme(
        team=[
            TeamEntry(email=PILOT, role=TeamRole.PILOT),
            TeamEntry(email=DIRECTOR, role=TeamRole.DIRECTOR, site_codes=["56121"]),
            TeamEntry(email=OFFICER, role=TeamRole.OFFICER),
            TeamEntry(email=REFERENT, role=TeamRole.REFERENT, site_codes=["56121"]),
        ]
    )


def meeting(programme: Programme, key: str, code: str | None = None) -> Meeting:
    return programme.meetings.get(key=key, site__territory_id=code)


def at(found: Meeting, **options: bool) -> dict[str, Expectation]:
    return {one.email: one for one in expected_at([found], **options)[found.pk]}


class TestByRole:
    def test_a_territory_needs_its_director_the_officer_and_its_referent(
        self, programme: Programme
    ) -> None:
        found = at(meeting(programme, "local-1", "56121"))
        assert {email: one.need for email, one in found.items()} == {
            DIRECTOR: Need.MANDATORY,
            OFFICER: Need.MANDATORY,
            REFERENT: Need.MANDATORY,
        }
        assert [found[email].facilitates for email in (DIRECTOR, OFFICER, REFERENT)] == [
            True,
            True,
            False,
        ]

    def test_another_territory_needs_the_officer_alone(self, programme: Programme) -> None:
        assert set(at(meeting(programme, "local-1", "88413"))) == {OFFICER}

    def test_the_national_scale_needs_the_pilot_and_hopes_for_referents(
        self, programme: Programme
    ) -> None:
        found = at(meeting(programme, "intersite-1"))
        assert found[PILOT].need == Need.MANDATORY
        assert found[REFERENT].need == Need.PREFERRED
        assert not found[PILOT].facilitates

    def test_a_group_comes_to_seminars_and_only_its_referent_to_the_immersion(
        self, programme: Programme
    ) -> None:
        site = programme.sites.get(territory_id="56121")
        for name, is_referent in (("Élue à la mobilité", False), ("Directeur général", True)):
            add_member(
                programme,
                site=site,
                actor="",
                name=name,
                email=f"{name[0].lower()}@exemple.fr",
                is_referent=is_referent,
                function_kind=FunctionKind.ELECTED,
            )
        immersion = at(meeting(programme, "immersion", "56121"))
        assert "d@exemple.fr" in immersion
        assert "é@exemple.fr" not in immersion
        seminar = at(meeting(programme, "local-2", "56121"))
        assert seminar["é@exemple.fr"].need == Need.PREFERRED
        assert seminar["d@exemple.fr"].need == Need.MANDATORY
        assert seminar["é@exemple.fr"].is_elected
        assert "é@exemple.fr" in at(meeting(programme, "intersite-1"))
        assert "é@exemple.fr" not in at(meeting(programme, "local-2", "88413"))

    def test_whoever_has_two_roles_is_one_person_with_the_strongest_need(
        self, programme: Programme
    ) -> None:
        site = programme.sites.get(territory_id="56121")
        add_member(programme, site=site, actor="", name="Référente", email=REFERENT.upper())
        found = expected_at([meeting(programme, "local-1", "56121")])
        emails = [one.email.lower() for one in next(iter(found.values()))]
        assert emails.count(REFERENT) == 1
        assert make_contacts(programme.pk) == 4

    def test_those_who_left_are_not_expected(self, programme: Programme) -> None:
        site = programme.sites.get(territory_id="56121")
        member = add_member(programme, site=site, actor="", name="Élue", email="elue@exemple.fr")
        programme.members.filter(pk=member.pk).update(left_at="2020-03-01T00:00Z")
        assert "elue@exemple.fr" not in at(meeting(programme, "local-1", "56121"))


def test_what_was_said_of_one_meeting_goes_before_the_role(programme: Programme) -> None:
    make_contacts(programme.pk)
    found = meeting(programme, "local-1", "56121")
    pilot = Contact.objects.get(team_member__user__email=PILOT)
    officer = Contact.objects.get(team_member__user__email=OFFICER)
    Expected.objects.create(meeting=found, contact=pilot, need=Need.PREFERRED)
    Expected.objects.create(meeting=found, contact=officer, need=Need.NONE)
    expected = at(found)
    assert expected[PILOT].need == Need.PREFERRED
    assert expected[PILOT].by_default != Need.PREFERRED
    assert OFFICER not in expected
    assert at(found, with_others=True)[OFFICER].need == Need.NONE
    assert OFFICER in at(meeting(programme, "local-2", "56121"))


def test_contacts_are_made_once(programme: Programme) -> None:
    assert make_contacts(programme.pk) == 4
    assert make_contacts(programme.pk) == 0
    (expectations,) = expected_at([meeting(programme, "intersite-1")]).values()
    assert len(reached(expectations)) == 4


def test_the_whole_year_costs_what_one_meeting_costs(programme: Programme) -> None:
    counts = []
    for meetings in ([meeting(programme, "local-1", "56121")], list(programme.meetings.all())):
        with CaptureQueriesContext(connection) as captured:
            expected_at(meetings)
        counts.append(len(captured))
    assert counts == [4, 4]
