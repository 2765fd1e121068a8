"""Who sees what of a programme: its team, referents their own territory, others nothing."""

from pathlib import Path

import pytest

from fabrique.kit.identifiers import new_id
from fabrique.people.models import User
from fabrique.people.viewer import NOBODY, Viewer, account_viewer
from fabrique.stages import programme as programme_stage
from fabrique.stages.programme import queries
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import Programme
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme, account


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_programme()


DOORS = [
    queries.programmes_visible_to,
    queries.programmes_facilitated_by,
    queries.sites_visible_to,
    queries.meetings_visible_to,
    queries.meetings_facilitated_by,
    queries.members_visible_to,
    queries.roster_visible_to,
    queries.everyone_ever_in_groups_seen_by,
    queries.expected_deliverables_visible_to,
]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
@pytest.mark.usefixtures("programme")
def test_nobody_stranger_participant_and_wall_see_nothing(door) -> None:
    stranger = account_viewer(User.objects.create_user("ailleurs@exemple.fr"))
    others = [
        NOBODY,
        stranger,
        Viewer(participant_id=new_id()),
        Viewer(screen_room_id=new_id()),
    ]
    assert [viewer for viewer in others if door(viewer).exists()] == []


def test_the_director_sees_and_facilitates_the_whole_year(programme: Programme) -> None:
    viewer = account_viewer(account(DIRECTOR))
    assert queries.meetings_visible_to(viewer).count() == 25
    assert queries.meetings_facilitated_by(viewer).count() == 25


def test_a_referent_sees_their_territory_and_the_national_scale(programme: Programme) -> None:
    viewer = account_viewer(account(REFERENT))
    places = {str(m.site) if m.site else "" for m in queries.meetings_visible_to(viewer)}
    assert places == {"", "Lorient"}
    assert not queries.meetings_facilitated_by(viewer).exists()
    owed = {d.site_id for d in queries.expected_deliverables_visible_to(viewer)}
    lorient = programme.sites.get(territory_id="56121").pk
    assert owed == {None, lorient}


def test_a_disabled_account_sees_nothing_any_more(programme: Programme) -> None:
    User.objects.filter(email=DIRECTOR).update(is_active=False)
    viewer = Viewer(user_id=account(DIRECTOR).pk)
    assert [door for door in DOORS if door(viewer).exists()] == []


def test_the_team_of_a_programme_sees_nothing_of_another(programme: Programme) -> None:
    other = a_programme(title="Une autre", team=[])
    viewer = account_viewer(account(DIRECTOR))
    assert list(queries.programmes_visible_to(viewer)) == [programme]
    assert not queries.meetings_visible_to(viewer).filter(programme=other).exists()
    assert queries.role_of(account(DIRECTOR), other) is None


def test_roles_give_permissions_on_what_hangs_from_the_programme(programme: Programme) -> None:
    director, referent = account(DIRECTOR), account(REFERENT)
    lorient = programme.meetings.filter(key="local-1", site__territory_id="56121").get()
    vosges = programme.meetings.filter(key="local-1", site__territory_id="88413").get()
    national = programme.meetings.get(key="intersite-1")
    assert queries.role_of(director, programme) == TeamRole.DIRECTOR
    assert director.has_perm("programme.facilitate", vosges)
    assert not referent.has_perm("programme.facilitate", lorient)
    seen = [
        m for m in (lorient, vosges, national) if referent.has_perm("programme.view_meeting", m)
    ]
    assert seen == [lorient, national]


def test_the_team_is_asked_for_by_one_door() -> None:
    """``in_place`` leaves out who has left: reading the table elsewhere would let them in again."""
    package = Path(programme_stage.__file__).parents[2]
    own = {"stages/programme/queries/announced.py", "stages/programme/actions/team.py"}
    elsewhere = [
        name
        for path in package.rglob("*.py")
        if "TeamMember.objects" in path.read_text()
        and (name := path.relative_to(package).as_posix()) not in own
    ]
    assert elsewhere == []
