"""From a profile heard on an immersion day to someone who accepts: found, invited, answering."""

from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fabrique.stages.programme.actions import immersion
from fabrique.stages.programme.actions.group_invitations import (
    answer_invitation,
    write_invitations,
)
from fabrique.stages.programme.actions.members import add_member, change_member, remove_member
from fabrique.stages.programme.actions.sending import send_waiting
from fabrique.stages.programme.enums import MemberStatus, NoticeKind
from fabrique.stages.programme.errors import (
    NobodyToInvite,
    NotInvited,
    ProfileGone,
    ProfileTaken,
)
from fabrique.stages.programme.models import (
    AuditLine,
    Contact,
    GroupMember,
    Meeting,
    Notice,
    ProposedProfile,
    Site,
)
from tests.stages.programme.groups import ACTOR, a_candidate, a_territory, group_address, someone
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, account

TODAY = date(2020, 3, 2)
ROLE = "Responsable de la voirie"


@pytest.fixture
def site(territories: None) -> Site:
    return a_territory()


@pytest.fixture
def day(site: Site) -> Meeting:
    return site.programme.meetings.get(key="immersion", site=site)


@pytest.fixture
def profile(day: Meeting) -> ProposedProfile:
    return immersion.propose_profile(
        day,
        role=ROLE,
        institution="Ville de Lorient",
        institution_kind="commune",
        function_kind="staff",
        sector="Espace public",
        why="Écrit les arrêtés de livraison",
        actor=ACTOR,
    )


def signed_in(email: str = DIRECTOR) -> Client:
    client = Client()
    client.force_login(account(email), backend="sesame.backends.ModelBackend")
    return client


def shown(address: str, email: str = DIRECTOR) -> str:
    answer = signed_in(email).get(address)
    assert answer.status_code == 200
    return plain(answer.content.decode())


def adding(site: Site, profile: ProposedProfile) -> str:
    return f"{group_address(site, 'nouveau/')}?profil={profile.pk}"


def found_for(profile: ProposedProfile, name: str = "Cheffe de la voirie") -> GroupMember:
    return add_member(
        profile.meeting.programme,
        site=profile.meeting.site,
        name=name,
        proposed_as=profile,
        status=MemberStatus.CANDIDATE,
        actor=ACTOR,
    )


def invited(site: Site, email: str = "voirie@exemple.fr") -> GroupMember:
    member = a_candidate(site, "Cheffe de la voirie", email=email)
    write_invitations(site.programme, site=site, member_ids=[member.pk], on=TODAY, actor=ACTOR)
    member.refresh_from_db()
    return member


def own_page(member: GroupMember) -> str:
    return reverse("programme:own-membership", args=[member.contact.link_key])


class TestHandingOver:
    def test_a_profile_is_added_to_candidates_with_all_it_says(
        self, site: Site, day: Meeting, profile: ProposedProfile
    ) -> None:
        address = adding(site, profile)
        for where in (f"/reunions/{day.pk}/immersion/", group_address(site)):
            page = shown(where)
            assert "Ajouter aux candidats du groupe" in page
            assert address in page
        form = signed_in().get(address).context["form"]
        known = {name: value for name, value in form.initial.items() if name != "proposed_as"}
        assert known == KNOWN
        typed = known | {"name": "Cheffe de la voirie", "proposed_as": profile.pk}
        signed_in().post(address, typed)
        member = GroupMember.objects.get(name="Cheffe de la voirie")
        assert member.status == MemberStatus.CANDIDATE
        assert member.proposed_as == profile
        assert (member.sector, member.function_kind) == ("Espace public", "staff")

    def test_the_candidate_says_where_they_come_from(
        self, site: Site, profile: ProposedProfile
    ) -> None:
        member = found_for(profile)
        said = "Profil de la journée d'immersion : Responsable de la voirie, Ville de Lorient"
        assert said in shown(group_address(site))
        assert f'value="{profile.pk}" selected' in shown(f"/membres/{member.pk}/")

    def test_someone_on_the_list_already_may_be_recognised(
        self, site: Site, day: Meeting, profile: ProposedProfile
    ) -> None:
        member = someone(site, "Responsable de la voirie et du stationnement")
        typed = {"name": member.name, "status": "accepted", "proposed_as": profile.pk}
        signed_in().post(f"/membres/{member.pk}/", typed)
        member.refresh_from_db()
        assert member.proposed_as == profile
        page = shown(f"/reunions/{day.pk}/immersion/")
        assert "Sur la liste du groupe :" in page
        assert AuditLine.objects.get(verb="change-member").detail["words"] == str(profile)
        signed_in().post(f"/membres/{member.pk}/", typed | {"proposed_as": ""})
        member.refresh_from_db()
        assert member.proposed_as is None

    def test_nobody_is_handed_over_twice(
        self, site: Site, day: Meeting, profile: ProposedProfile
    ) -> None:
        found_for(profile)
        assert "Ajouter aux candidats" not in shown(f"/reunions/{day.pk}/immersion/")
        with pytest.raises(ProfileTaken):
            found_for(profile, "Quelqu'un d'autre")
        answer = signed_in().get(adding(site, profile), follow=True)
        assert "Ce profil est déjà celui de « Cheffe de la voirie »" in plain(
            answer.content.decode()
        )
        typed = {"name": "Quelqu'un d'autre", "status": "candidate", "proposed_as": profile.pk}
        answer = signed_in().post(adding(site, profile), typed)
        assert not GroupMember.objects.filter(name="Quelqu'un d'autre").exists()
        assert "déjà celui de quelqu'un d'autre" in plain(answer.content.decode())
        assert 'value="Quelqu&#x27;un d&#x27;autre"' in answer.content.decode()

    def test_the_database_holds_one_person_a_profile(
        self, site: Site, profile: ProposedProfile
    ) -> None:
        found_for(profile)
        other = someone(site)
        with pytest.raises(IntegrityError):
            GroupMember.objects.filter(pk=other.pk).update(proposed_as=profile)

    def test_removing_the_candidate_frees_the_profile(
        self, site: Site, day: Meeting, profile: ProposedProfile
    ) -> None:
        remove_member(found_for(profile).pk, actor=ACTOR)
        assert "Ajouter aux candidats du groupe" in shown(f"/reunions/{day.pk}/immersion/")
        assert found_for(profile, "Adjoint à la voirie").proposed_as == profile
        came = AuditLine.objects.filter(verb="add-member", detail__profile=str(profile.pk))
        assert came.count() == 2

    def test_a_profile_taken_off_the_day_or_from_elsewhere_is_refused(
        self, site: Site, day: Meeting, profile: ProposedProfile
    ) -> None:
        elsewhere = site.programme.sites.exclude(pk=site.pk).order_by("pk").first()
        with pytest.raises(ProfileGone):
            add_member(site.programme, site=elsewhere, name="X", proposed_as=profile, actor=ACTOR)
        assert signed_in().get(adding(elsewhere, profile)).status_code == 404
        assert signed_in().get(f"{group_address(site, 'nouveau/')}?profil=x").status_code == 404
        immersion.remove_line(profile, actor=ACTOR)
        with pytest.raises(ProfileGone):
            found_for(profile)
        answer = signed_in().get(adding(site, profile), follow=True)
        assert "n'est plus proposé" in plain(answer.content.decode())

    def test_a_referent_reads_profiles_and_hands_nobody_over(
        self, site: Site, day: Meeting, profile: ProposedProfile
    ) -> None:
        page = shown(f"/reunions/{day.pk}/immersion/", REFERENT)
        assert ROLE in page
        assert "Ajouter aux candidats" not in page
        assert signed_in(REFERENT).get(adding(site, profile)).status_code == 404


KNOWN = {
    "status": "candidate",
    "institution": "Ville de Lorient",
    "institution_kind": "commune",
    "function_kind": "staff",
    "sector": "Espace public",
}


class TestTheLetter:
    def test_it_is_read_before_it_leaves(self, site: Site) -> None:
        member = a_candidate(site, "Cheffe de la voirie", email="voirie@exemple.fr")
        page = shown(f"{group_address(site, 'inviter/')}?personne={member.pk}")
        assert "Invitation à rejoindre le groupe de travail : Lorient" in page
        assert "à titre personnel" in page
        assert "de 15 à 20 personnes, les mêmes d'une séance à l'autre" in page
        assert "4 séminaires locaux et 4 séminaires intersites" in page
        assert "/moi/lien-personnel/groupe/" in page
        assert " checked" in page
        assert not Notice.objects.exists()
        assert not Contact.objects.exists()

    def test_shown_on_a_page_its_words_are_no_markup(self, site: Site) -> None:
        """Seen red with the text of the letter left as a template gives it."""
        site.theme = "<script>alert(1)</script>"
        site.save(update_fields=["theme"])
        a_candidate(site)
        body = signed_in().get(group_address(site, "inviter/")).content.decode()
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert" in body

    def test_inviting_sends_it_and_brings_into_the_group(self, site: Site) -> None:
        member = a_candidate(site, "Cheffe de la voirie", email="voirie@exemple.fr")
        typed = {"member": [str(member.pk)], "invited_on": "2020-03-02"}
        answer = signed_in().post(group_address(site, "inviter/"), typed, follow=True)
        assert "1 courriel est parti." in plain(answer.content.decode())
        member.refresh_from_db()
        assert (member.status, member.invited_on) == (MemberStatus.INVITED, TODAY)
        (letter,) = mail.outbox
        assert letter.to == ["voirie@exemple.fr"]
        assert "Invitation à rejoindre le groupe de travail" in plain(letter.subject)
        assert own_page(member) in letter.body
        assert "List-Unsubscribe" in letter.extra_headers
        assert "·" not in letter.body

    def test_nobody_is_written_to_twice(self, site: Site) -> None:
        member = invited(site)
        send_waiting()
        assert "Personne n'est à inviter" in shown(group_address(site, "inviter/"))
        with pytest.raises(NobodyToInvite):
            write_invitations(
                site.programme, site=site, member_ids=[member.pk], on=TODAY, actor=ACTOR
            )
        send_waiting()
        assert len(mail.outbox) == 1

    def test_nobody_ticked_is_said_and_the_page_stays(self, site: Site) -> None:
        a_candidate(site)
        answer = signed_in().post(group_address(site, "inviter/"), {"invited_on": "2020-03-02"})
        assert "Cochez au moins une personne à inviter." in plain(answer.content.decode())
        assert not mail.outbox

    def test_someone_without_an_address_is_to_be_told_aloud(self, site: Site) -> None:
        member = a_candidate(site, "Mareyeuse")
        assert "Sans adresse : à inviter de vive voix" in shown(group_address(site, "inviter/"))
        typed = {"member": [str(member.pk)], "invited_on": "2020-03-02"}
        answer = signed_in().post(group_address(site, "inviter/"), typed, follow=True)
        assert "1 personne n'a pas d'adresse" in plain(answer.content.decode())
        member.refresh_from_db()
        assert member.status == MemberStatus.INVITED

    def test_it_does_not_leave_once_answered_or_gone(self, site: Site) -> None:
        answered, gone = invited(site), invited_too(site)
        change_member(answered.pk, status=MemberStatus.ACCEPTED, actor=ACTOR)
        remove_member(gone.pk, actor=ACTOR)
        send_waiting()
        assert not mail.outbox

    def test_those_chosen_from_the_proposal_are_ticked_beside_their_letter(
        self, site: Site
    ) -> None:
        chosen, other = a_candidate(site), a_candidate(site)
        page = shown(group_address(site, "qui-ajouter/"))
        assert f'action="{group_address(site, "inviter/")}"' in page
        assert f'name="personne" value="{chosen.pk}"' in page
        page = shown(f"{group_address(site, 'inviter/')}?personne={chosen.pk}")
        assert f'id="inviter-{chosen.pk}" checked' in page
        assert f'id="inviter-{other.pk}" checked' not in page

    def test_those_invited_otherwise_may_still_get_theirs(self, site: Site) -> None:
        someone(site, "Mareyeuse", status=MemberStatus.INVITED, email="mareyeuse@exemple.fr")
        someone(site, "Maire", status=MemberStatus.ACCEPTED)
        page = shown(group_address(site, "inviter/"))
        assert "Déjà dans le groupe, sans lettre d'ici" in page
        assert "Maire" not in page

    def test_guests_of_the_national_scale_have_theirs(self, site: Site) -> None:
        add_member(
            site.programme,
            site=None,
            name="Opératrice nationale",
            status=MemberStatus.CANDIDATE,
            actor=ACTOR,
        )
        page = shown(f"/demarches/{site.programme.slug}/groupe/inviter/")
        assert "Invitation à participer aux rencontres nationales" in page
        assert "séminaires locaux" not in page

    def test_a_referent_invites_nobody(self, site: Site) -> None:
        a_candidate(site)
        assert signed_in(REFERENT).get(group_address(site, "inviter/")).status_code == 404


def invited_too(site: Site) -> GroupMember:
    member = a_candidate(site, "Mareyeuse", email="mareyeuse@exemple.fr")
    write_invitations(site.programme, site=site, member_ids=[member.pk], on=TODAY, actor=ACTOR)
    return member


class TestTheAnswer:
    def test_one_accepts_from_ones_own_page_without_an_account(self, site: Site) -> None:
        member = invited(site)
        home = plain(
            Client().get(reverse("seminar:me", args=[member.contact.link_key])).content.decode()
        )
        assert "Une invitation à titre personnel attend votre réponse." in home
        assert own_page(member) in home
        answer = Client().post(own_page(member), {"answer": "accepted"}, follow=True)
        body = plain(answer.content.decode())
        assert "C'est noté : vous rejoignez le groupe." in body
        assert "attend votre réponse" not in body
        member.refresh_from_db()
        assert member.status == MemberStatus.ACCEPTED
        line = AuditLine.objects.get(verb="answer-invitation")
        assert line.detail == {"status": ["invited", "accepted"]}

    def test_one_who_declined_speaks_to_the_team_to_come_back(self, site: Site) -> None:
        member = invited(site)
        Client().post(own_page(member), {"answer": "declined"})
        member.refresh_from_db()
        assert member.status == MemberStatus.DECLINED
        assert "Vous avez décliné cette invitation" in plain(
            Client().get(own_page(member)).content.decode()
        )
        answer = Client().post(own_page(member), {"answer": "accepted"})
        assert "n'attend plus de réponse" in plain(answer.content.decode())
        with pytest.raises(NotInvited):
            answer_invitation(member.pk, accepts=True, actor=ACTOR)

    def test_an_answer_left_empty_is_asked_again(self, site: Site) -> None:
        member = invited(site)
        answer = Client().post(own_page(member), {})
        assert "Choisissez l'une des deux réponses." in plain(answer.content.decode())
        member.refresh_from_db()
        assert member.status == MemberStatus.INVITED

    def test_the_team_notes_an_answer_given_by_telephone(self, site: Site) -> None:
        member = invited(site)
        assert f"/membres/{member.pk}/#place" in shown(group_address(site))

    def test_a_candidate_or_a_stranger_finds_nothing(self, site: Site) -> None:
        member = a_candidate(site)
        contact = Contact.objects.create(programme=site.programme, member=member)
        for key in (contact.link_key, "inconnu"):
            assert Client().get(reverse("programme:own-membership", args=[key])).status_code == 404


def test_as_many_queries_for_three_letters_as_for_one(site: Site, day: Meeting) -> None:
    client, counts = signed_in(), []
    addresses = [
        group_address(site, "inviter/"),
        group_address(site),
        f"/reunions/{day.pk}/immersion/",
    ]
    for number in range(3):
        a_candidate(site, f"Pressentie {number}")
        for role in (f"Trouvée {number}", f"Cherchée {number}"):
            profile = immersion.propose_profile(day, role=role, actor=ACTOR)
            if role.startswith("Trouvée"):
                found_for(profile, role)
        counted = []
        for address in addresses:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            counted.append(len(queries))
        counts.append(counted)
    assert counts[0] == counts[2]


def test_the_kind_of_notice_is_told_in_french() -> None:
    assert str(NoticeKind.GROUP_INVITATION.label) == "Invitation à rejoindre le groupe"
