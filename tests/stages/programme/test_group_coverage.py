"""The group beside what is wanted of it: gaps in words, whom to add, and who decides."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fabrique.people.viewer import account_viewer
from fabrique.stages.programme.actions.members import remove_member
from fabrique.stages.programme.analyses.coverage import coverage_of, proposal_of
from fabrique.stages.programme.enums import MemberStatus
from fabrique.stages.programme.models import AuditLine, GroupMember, Site
from fabrique.stages.programme.queries import blueprint_of, members_visible_to, roster_of
from fabrique.stages.programme.wording import group as group_words
from tests.stages.programme.groups import a_candidate, a_territory, group_address, someone
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, account
from tests.stages.programme.test_pages import page, signed_in

THREE_ELECTED = {"category": "function", "value": "elected", "min": 3}
HALF_WOMEN = {"category": "gender", "value": "woman", "min_share": 50}
EACH_SECTOR = {"category": "sector", "min": 1}


@pytest.fixture
def director(territories: None) -> Client:
    """Someone to ask for pages once a programme is there."""
    return Client()


def as_director(client: Client) -> Client:
    client.force_login(account(DIRECTOR), backend="sesame.backends.ModelBackend")
    return client


def gaps(site: Site) -> list[str]:
    plan = blueprint_of(site.programme).group
    return [plain(gap) for gap in group_words.all_gaps(coverage_of(_roster(site), plan))]


def proposed(site: Site) -> set[str]:
    plan = blueprint_of(site.programme).group
    return {one.name for one in proposal_of(_roster(site), plan).added}


def _roster(site: Site) -> list[GroupMember]:
    return list(roster_of(site.programme, site))


@pytest.mark.usefixtures("territories")
class TestGaps:
    def test_are_said_in_words_with_how_many(self) -> None:
        site = a_territory(targets=[THREE_ELECTED])
        someone(site, function_kind="elected")
        assert gaps(site) == ["Il manque 2 personnes élues"]
        someone(site, function_kind="elected")
        assert gaps(site) == ["Il manque 1 personne élue"]
        someone(site, function_kind="elected")
        assert gaps(site) == []

    def test_too_many_is_a_gap_too(self) -> None:
        site = a_territory(targets=[{"category": "function", "value": "staff", "max": 1}])
        for _ in range(3):
            someone(site, function_kind="staff")
        assert gaps(site) == ["2 agents ou agentes de trop"]

    def test_the_size_is_told_first(self) -> None:
        site = a_territory(min=3, targets=[THREE_ELECTED])
        someone(site, function_kind="staff")
        assert gaps(site) == ["Il manque 2 personnes", "Il manque 3 personnes élues"]

    def test_one_of_each_sector_wanted_however_it_is_written(self) -> None:
        site = a_territory(targets=[EACH_SECTOR], sectors=["Énergie", "Habitat"])
        someone(site, sector="ENERGIE")
        someone(site, sector="Pêche")
        assert gaps(site) == ["Il manque 1 personne du secteur « Habitat »"]

    def test_without_a_list_a_sector_only_a_candidate_has_is_missing(self) -> None:
        site = a_territory(targets=[EACH_SECTOR])
        someone(site, sector="Habitat")
        a_candidate(site, sector="Santé")
        assert gaps(site) == ["Il manque 1 personne du secteur « Santé »"]

    def test_what_nobody_gave_is_not_compared(self, director: Client) -> None:
        site = a_territory(targets=[HALF_WOMEN])
        someone(site)
        assert gaps(site) == []
        shown = page(as_director(director), group_address(site))
        assert "Renseigné pour personne : rien ne peut être comparé." in shown

    def test_those_of_whom_it_is_not_known_are_told_apart(self, director: Client) -> None:
        site = a_territory(targets=[HALF_WOMEN])
        someone(site, gender="man")
        someone(site)
        assert gaps(site) == ["Il manque 1 femme"]
        shown = page(as_director(director), group_address(site))
        assert "Non renseigné pour 1 personne, comptée nulle part." in shown

    def test_candidates_and_those_who_declined_or_left_do_not_count(self) -> None:
        site = a_territory(targets=[THREE_ELECTED])
        someone(site, function_kind="staff")
        a_candidate(site, function_kind="elected")
        someone(site, function_kind="elected", status=MemberStatus.DECLINED)
        remove_member(someone(site, function_kind="elected").pk, actor="")
        assert gaps(site) == ["Il manque 3 personnes élues"]

    def test_an_empty_group_says_what_to_do_first(self, director: Client) -> None:
        site = a_territory()
        shown = page(as_director(director), group_address(site))
        assert "Personne n'est encore inscrit" in shown
        assert "Importez votre tableau" in shown

    def test_each_sector_and_a_sector_nobody_may_come_from(self) -> None:
        none_of_it = {"category": "sector", "value": "Habitat", "max": 0}
        site = a_territory(targets=[EACH_SECTOR, none_of_it])
        someone(site, sector="Habitat")
        assert gaps(site) == ["1 personne du secteur « Habitat » de trop"]


@pytest.mark.usefixtures("territories")
class TestProposal:
    def test_takes_who_closes_most_gaps(self) -> None:
        site = a_territory(targets=[THREE_ELECTED, HALF_WOMEN])
        for _ in range(2):
            someone(site, function_kind="elected", gender="man")
        someone(site, gender="woman")
        a_candidate(site, "Élu", function_kind="elected", gender="man")
        a_candidate(site, "Élue", function_kind="elected", gender="woman")
        a_candidate(site, "Agente", function_kind="staff", gender="woman")
        assert proposed(site) == {"Élue"}

    def test_says_what_stays_missing_and_the_least_to_give_up(self, director: Client) -> None:
        site = a_territory(targets=[THREE_ELECTED])
        someone(site, function_kind="elected")
        a_candidate(site, "Élue au port", function_kind="elected")
        shown = page(as_director(director), group_address(site, "qui-ajouter/"))
        assert "Il manque 1 personne élue" in shown
        assert "Viser au moins 2 personnes élues, au lieu de 3 :" in shown
        assert "la liste n'en compte pas davantage" in shown

    def test_a_swap_is_told_and_left_to_people(self, director: Client) -> None:
        site = a_territory(max=1, targets=[{**THREE_ELECTED, "min": 1}])
        someone(site, "Cheffe de service", function_kind="staff")
        a_candidate(site, "Élue au port", function_kind="elected")
        shown = page(as_director(director), group_address(site, "qui-ajouter/"))
        assert "Inviter « Élue au port » à la place de « Cheffe de service »" in shown
        assert "de 1 à 0" in shown

    def test_a_referent_is_never_swapped(self, director: Client) -> None:
        site = a_territory(max=1, targets=[{**THREE_ELECTED, "min": 1}])
        someone(site, "Référente technique", function_kind="staff", is_referent=True)
        a_candidate(site, "Élue au port", function_kind="elected")
        shown = page(as_director(director), group_address(site, "qui-ajouter/"))
        assert "à la place de" not in shown

    def test_looking_invites_nobody_and_ticks_nobody(self, director: Client) -> None:
        site = a_territory(targets=[THREE_ELECTED])
        a_candidate(site, function_kind="elected")
        answer = as_director(director).get(group_address(site, "qui-ajouter/"))
        assert b" checked" not in answer.content
        assert GroupMember.objects.get().status == MemberStatus.CANDIDATE

    def test_only_those_ticked_are_invited_with_the_day_and_an_audit_line(
        self, director: Client
    ) -> None:
        site = a_territory(targets=[THREE_ELECTED])
        chosen, other = (a_candidate(site, function_kind="elected") for _ in range(2))
        typed = {"member": [str(chosen.pk)], "invited_on": "2020-02-03"}
        as_director(director).post(group_address(site, "inviter/"), typed)
        chosen.refresh_from_db()
        other.refresh_from_db()
        assert (chosen.status, str(chosen.invited_on)) == (MemberStatus.INVITED, "2020-02-03")
        assert other.status == MemberStatus.CANDIDATE
        assert AuditLine.objects.filter(verb="invite-member").count() == 1

    def test_nobody_ticked_is_said_and_the_date_is_kept(self, director: Client) -> None:
        site = a_territory(targets=[THREE_ELECTED])
        a_candidate(site)
        typed = {"invited_on": "2020-02-03"}
        answer = as_director(director).post(group_address(site, "inviter/"), typed)
        body = plain(answer.content.decode())
        assert "Cochez au moins une personne à inviter." in body
        assert 'value="2020-02-03"' in body

    def test_someone_of_another_group_cannot_be_invited_here(self, director: Client) -> None:
        site, elsewhere = a_territory(), a_territory()
        stranger = a_candidate(elsewhere)
        typed = {"member": [str(stranger.pk)], "invited_on": "2020-02-03"}
        as_director(director).post(group_address(site, "inviter/"), typed)
        stranger.refresh_from_db()
        assert stranger.status == MemberStatus.CANDIDATE

    def test_is_for_those_who_compose_the_group(self) -> None:
        site = a_territory()
        referent = signed_in(REFERENT)
        assert referent.get(group_address(site)).status_code == 200
        assert referent.get(group_address(site, "qui-ajouter/")).status_code == 404
        assert referent.get(group_address(site, "nouveau/")).status_code == 404


@pytest.mark.usefixtures("territories")
def test_as_many_queries_for_one_person_as_for_three(director: Client) -> None:
    site = a_territory()
    viewer = as_director(director)
    for address in (group_address(site), group_address(site, "qui-ajouter/")):
        counts = []
        for size in (1, 2):
            for _ in range(size):
                replaced = someone(site, sector="Habitat")
                someone(site, substitute_of=replaced)
                a_candidate(site, substitute_of=replaced)
            with CaptureQueriesContext(connection) as asked:
                page(viewer, address)
            counts.append(len(asked))
        assert counts[0] == counts[1], address


@pytest.mark.usefixtures("territories")
def test_the_group_is_those_invited_or_who_accepted() -> None:
    site = a_territory()
    for status in MemberStatus:
        someone(site, str(status), status=status)
    seen = members_visible_to(account_viewer(account(DIRECTOR)))
    assert set(seen.values_list("name", flat=True)) == {"invited", "accepted"}
