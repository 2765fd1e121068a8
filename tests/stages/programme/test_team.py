"""The team during the year: people leave their posts, others take them, addresses were mistyped."""

import pytest
from django.test import Client
from django.urls import reverse

from fabrique.people.actions import send_sign_in_link
from fabrique.people.models import User
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.actions import TeamEntry
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.correspondence import contact_of, notify
from fabrique.stages.programme.actions.feeds import new_feed_address
from fabrique.stages.programme.actions.members import add_member
from fabrique.stages.programme.actions.sending import send_waiting
from fabrique.stages.programme.actions.team import (
    add_team_member,
    change_team_member,
    remove_team_member,
)
from fabrique.stages.programme.enums import NoticeKind, TeamRole
from fabrique.stages.programme.errors import InTheTeamAlready, NobodyLeads
from fabrique.stages.programme.models import Programme, TeamMember
from fabrique.stages.programme.queries.expected import expected_at
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import DIRECTOR, REFERENT, a_programme, account

OFFICER = "chargee@exemple.fr"
PILOT = "pilote@exemple.fr"
ACTOR = "Directrice de projet"


@pytest.fixture
def programme(territories: None) -> Programme:
    return a_programme(
        team=[
            TeamEntry(
                email=DIRECTOR,
                role=TeamRole.DIRECTOR,
                label="Directrice de projet",
                site_codes=["56121"],
            ),
            TeamEntry(email=REFERENT, role=TeamRole.REFERENT, site_codes=["56121"]),
            TeamEntry(email=OFFICER, role=TeamRole.OFFICER, label="Chargée d'études"),
            TeamEntry(email=PILOT, role=TeamRole.PILOT, label="Pilote national"),
        ]
    )


def signed_in(email: str) -> Client:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(account(email), backend="sesame.backends.ModelBackend")
    return client


def place(programme: Programme, email: str) -> TeamMember:
    return queries.in_place().get(programme=programme, user__email=email)


def settings_of(programme: Programme, rest: str = "") -> str:
    return f"/demarches/{programme.slug}/reglages/{rest}"


def read(client: Client, address: str, data: dict | None = None) -> str:
    answer = client.get(address) if data is None else client.post(address, data, follow=True)
    return plain(answer.content.decode())


def typed(email: str, role: str, label: str = "", sites: tuple[str, ...] = ()) -> dict:
    return {"email": email, "role": role, "label": label, "sites": list(sites)}


class TestSomeoneJoins:
    def test_and_signs_in_like_the_others(self, programme: Programme, mailoutbox) -> None:
        said = read(
            signed_in(DIRECTOR),
            settings_of(programme, "equipe/nouvelle/"),
            typed("nouvelle@exemple.fr", "referent", "Référente de Saint-Dié", ("88413",)),
        )
        assert "peut se connecter dès maintenant avec l'adresse nouvelle@exemple.fr" in said
        assert send_sign_in_link("nouvelle@exemple.fr")
        assert mailoutbox[0].to == ["nouvelle@exemple.fr"]
        seen = queries.sites_visible_to(account_viewer(account("nouvelle@exemple.fr")))
        assert [site.territory_id for site in seen] == ["88413"]

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            (typed("", "officer", "Chargée"), "Indiquez l'adresse de cette personne"),
            (typed("", ""), "Indiquez l'adresse de cette personne"),
            (typed("pas fini", "officer", "Chargée"), "n'est pas complète"),
            (typed("b@exemple.fr", "", "Chargée"), "Choisissez le rôle"),
            (typed("b@exemple.fr", "referent", "Chargée"), "Cochez le territoire de ce référent"),
            (typed("b@exemple.fr", "officer", "Chargée", ("75056",)), "décochez-le"),
            (typed(OFFICER, "officer", "Chargée"), "est déjà dans l'équipe avec ce rôle"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, programme: Programme, form: dict, said: str
    ) -> None:
        address = settings_of(programme, "equipe/nouvelle/")
        answer = signed_in(DIRECTOR).post(address, form)
        page = plain(answer.content.decode())
        assert answer.status_code == 422
        assert said in page
        assert form["label"] in page
        assert programme.team.count() == 4

    def test_someone_who_had_left_comes_back_as_they_are_named_now(
        self, programme: Programme
    ) -> None:
        former = remove_team_member(place(programme, REFERENT).pk, actor=ACTOR)
        entry = TeamEntry(email=REFERENT, role=TeamRole.REFERENT, site_codes=["88413"])
        assert add_team_member(programme, entry, actor=ACTOR).pk == former.pk
        seen = queries.sites_visible_to(account_viewer(account(REFERENT)))
        assert [site.territory_id for site in seen] == ["88413"]

    def test_the_same_role_twice_is_refused(self, programme: Programme) -> None:
        with pytest.raises(InTheTeamAlready):
            add_team_member(
                programme, TeamEntry(email=PILOT.upper(), role=TeamRole.PILOT), actor=ACTOR
            )


class TestSomeoneLeaves:
    """Seen red with ``in_place`` returning the whole table."""

    def test_and_sees_nothing_at_once(self, programme: Programme) -> None:
        officer = signed_in(OFFICER)
        home = reverse("programme:detail", args=[programme.slug])
        assert officer.get(home).status_code == 200
        address = settings_of(programme, f"equipe/{place(programme, OFFICER).pk}/retirer/")
        assert "quitte l'équipe" in read(signed_in(DIRECTOR), address, {})
        for page in (home, settings_of(programme), f"/demarches/{programme.slug}/courriels/"):
            assert officer.get(page).status_code == 404
        assert "Villes moyennes" not in read(officer, "/")
        assert queries.roles_of(account(OFFICER), programme) == frozenset()

    def test_their_personal_link_and_their_agenda_open_nothing(
        self, programme: Programme, client: Client
    ) -> None:
        contact = contact_of(place(programme, OFFICER))
        feed = new_feed_address(programme, contact=contact, actor=ACTOR)
        addresses = [f"/dispo/{contact.link_key}/", f"/agenda/{feed.key}.ics"]
        assert [client.get(one).status_code for one in addresses] == [200, 200]
        remove_team_member(place(programme, OFFICER).pk, actor=ACTOR)
        assert [client.get(one).status_code for one in addresses] == [404, 404]

    def test_what_waited_for_them_does_not_leave(self, programme: Programme, mailoutbox) -> None:
        meeting = programme.meetings.get(key="intersite-1")
        contact = contact_of(place(programme, OFFICER))
        notify(contact, NoticeKind.DATE_POLL, meeting=meeting, poll="", message="")
        remove_team_member(place(programme, OFFICER).pk, actor=ACTOR)
        send_waiting()
        assert mailoutbox == []

    def test_nobody_expects_them_any_more(self, programme: Programme) -> None:
        meeting = programme.meetings.get(key="intersite-1")
        make_contacts(programme.pk)
        remove_team_member(place(programme, OFFICER).pk, actor=ACTOR)
        (expected,) = expected_at([meeting]).values()
        assert OFFICER not in {one.email for one in expected}

    def test_a_group_they_belong_to_keeps_their_link(
        self, programme: Programme, client: Client
    ) -> None:
        contact = contact_of(place(programme, REFERENT))
        lorient = programme.sites.get(territory_id="56121")
        add_member(programme, site=lorient, actor=ACTOR, name="Élue", email=REFERENT)
        remove_team_member(place(programme, REFERENT).pk, actor=ACTOR)
        assert client.get(f"/dispo/{contact.link_key}/").status_code == 200

    def test_what_they_did_stays_in_the_journal(self, programme: Programme) -> None:
        read(
            signed_in(OFFICER),
            settings_of(programme, "partenaires/"),
            {"partners": "CGDD : appui"},
        )
        remove_team_member(place(programme, OFFICER).pk, actor="Directrice de projet")
        said = read(signed_in(DIRECTOR), settings_of(programme))
        assert "Partenaires ajoutés : CGDD." in said
        assert "Chargée d'études (chargé ou chargée d'études) quitte l'équipe." in said
        line = programme.audit_lines.get(verb="change-partners")
        assert line.actor == "Chargée d'études"

    def test_whoever_leaves_by_themselves_is_led_home(self, programme: Programme) -> None:
        address = settings_of(programme, f"equipe/{place(programme, DIRECTOR).pk}/retirer/")
        answer = signed_in(DIRECTOR).post(address)
        assert answer.url == reverse("home")

    def test_someone_who_holds_two_places_keeps_the_other(self, programme: Programme) -> None:
        second = TeamEntry(email=OFFICER, role=TeamRole.REFERENT, site_codes=["88413"])
        other = add_team_member(programme, second, actor=ACTOR)
        address = settings_of(programme, f"equipe/{other.pk}/retirer/")
        said = read(signed_in(DIRECTOR), address, {})
        assert "n'a plus ce rôle, et garde son autre place dans l'équipe" in said
        assert queries.roles_of(account(OFFICER), programme) == {TeamRole.OFFICER}

    def test_the_last_to_answer_for_the_programme_stays(self, programme: Programme) -> None:
        remove_team_member(place(programme, PILOT).pk, actor=ACTOR)
        last = place(programme, DIRECTOR)
        with pytest.raises(NobodyLeads):
            remove_team_member(last.pk, actor=ACTOR)
        said = read(signed_in(DIRECTOR), settings_of(programme, f"equipe/{last.pk}/retirer/"), {})
        assert "est la dernière personne à répondre de la démarche" in said
        refused = read(
            signed_in(DIRECTOR),
            settings_of(programme, f"equipe/{last.pk}/"),
            typed(DIRECTOR, "officer", "Directrice de projet"),
        )
        assert "Ajoutez d'abord un autre pilote national" in refused
        assert place(programme, DIRECTOR).role == TeamRole.DIRECTOR

    def test_a_closed_account_answers_for_nothing(self, programme: Programme) -> None:
        User.objects.filter(email=PILOT).update(is_active=False)
        with pytest.raises(NobodyLeads):
            remove_team_member(place(programme, DIRECTOR).pk, actor=ACTOR)


class TestSomeoneChanges:
    def test_their_role_and_territories(self, programme: Programme) -> None:
        read(
            signed_in(DIRECTOR),
            settings_of(programme, f"equipe/{place(programme, OFFICER).pk}/"),
            typed(OFFICER, "director", "Directeur de projet", ("88413", "200067999")),
        )
        changed = place(programme, OFFICER)
        assert changed.role == TeamRole.DIRECTOR
        assert {site.territory_id for site in changed.sites.all()} == {"88413", "200067999"}
        assert str(changed.user) == "Directeur de projet"

    def test_a_change_of_role_keeps_their_personal_link(
        self, programme: Programme, client: Client
    ) -> None:
        key = contact_of(place(programme, OFFICER)).link_key
        entry = TeamEntry(email=OFFICER, role=TeamRole.PILOT, label="Pilote")
        change_team_member(place(programme, OFFICER).pk, entry, actor=ACTOR)
        assert client.get(f"/dispo/{key}/").status_code == 200
        assert contact_of(place(programme, OFFICER)).link_key == key

    def test_another_address_is_another_account(self, programme: Programme, client: Client) -> None:
        """Nobody takes over the account, the link or the answers of someone else."""
        key = contact_of(place(programme, REFERENT)).link_key
        said = read(
            signed_in(DIRECTOR),
            settings_of(programme, f"equipe/{place(programme, REFERENT).pk}/"),
            typed("suivante@exemple.fr", "referent", "Référente", ("56121",)),
        )
        assert f"prend la place de {REFERENT}" in said
        assert account(REFERENT).pk != account("suivante@exemple.fr").pk
        assert not queries.programmes_visible_to(account_viewer(account(REFERENT))).exists()
        assert client.get(f"/dispo/{key}/").status_code == 404
        seen = queries.sites_visible_to(account_viewer(account("suivante@exemple.fr")))
        assert [site.territory_id for site in seen] == ["56121"]

    def test_nothing_changed_leaves_no_line(self, programme: Programme) -> None:
        before = programme.audit_lines.count()
        read(
            signed_in(DIRECTOR),
            settings_of(programme, f"equipe/{place(programme, OFFICER).pk}/"),
            typed(OFFICER, "officer", "Chargée d'études"),
        )
        assert programme.audit_lines.count() == before

    def test_a_function_used_in_another_programme_is_not_changed_from_here(
        self, programme: Programme
    ) -> None:
        other = a_programme(title="Une autre", team=[TeamEntry(email=OFFICER, role=TeamRole.PILOT)])
        address = settings_of(programme, f"equipe/{place(programme, OFFICER).pk}/")
        page = read(signed_in(DIRECTOR), address)
        assert "elle ne se change pas d'ici" in page
        assert other.title not in page
        read(signed_in(DIRECTOR), address, typed(OFFICER, "officer", "Autrement"))
        assert account(OFFICER).label == "Chargée d'études"
        read(signed_in(OFFICER), address, typed(OFFICER, "officer", "Autrement"))
        assert account(OFFICER).label == "Autrement"


class TestWhoMayDoWhat:
    """Seen red without ``appoint`` in the view, and without the check of one's own address."""

    @pytest.mark.parametrize("email", [DIRECTOR, PILOT])
    def test_an_officer_changes_neither_pilots_nor_directors(
        self, programme: Programme, email: str
    ) -> None:
        member, officer = place(programme, email), signed_in(OFFICER)
        address = settings_of(programme, f"equipe/{member.pk}/")
        assert officer.get(address).status_code == 404
        assert officer.post(f"{address}retirer/").status_code == 404
        assert address not in read(officer, settings_of(programme))

    def test_an_officer_makes_no_director(self, programme: Programme) -> None:
        address = settings_of(programme, "equipe/nouvelle/")
        said = read(signed_in(OFFICER), address, typed("b@exemple.fr", "director"))
        assert "peut seul donner ce rôle" in said
        assert not User.objects.filter(email="b@exemple.fr").exists()

    def test_an_officer_welcomes_a_referent(self, programme: Programme) -> None:
        address = settings_of(programme, "equipe/nouvelle/")
        read(signed_in(OFFICER), address, typed("b@exemple.fr", "referent", "", ("88413",)))
        assert place(programme, "b@exemple.fr").role == TeamRole.REFERENT

    @pytest.mark.parametrize("email", [PILOT, OFFICER])
    def test_nobody_but_a_director_gives_themselves_a_territory(
        self, programme: Programme, email: str
    ) -> None:
        """Its cards would be theirs to release."""
        client, lorient = signed_in(email), programme.sites.get(territory_id="56121")
        own = settings_of(programme, f"equipe/{place(programme, email).pk}/")
        client.post(own, typed(email, "referent", "", ("56121",)))
        added = read(
            client,
            settings_of(programme, "equipe/nouvelle/"),
            typed(email.upper(), "referent", "", ("56121",)),
        )
        other = settings_of(programme, f"equipe/{place(programme, REFERENT).pk}/")
        read(client, other, typed(email, "referent", "", ("56121",)))
        assert "personne ne se donne un rôle" in added
        assert not queries.answers_for(account(email), lorient.pk)
        assert not account(email).has_perm("synthesis.release", lorient)

    def test_a_director_takes_another_territory(self, programme: Programme) -> None:
        own = settings_of(programme, f"equipe/{place(programme, DIRECTOR).pk}/")
        read(signed_in(DIRECTOR), own, typed(DIRECTOR, "director", "", ("56121", "88413")))
        assert place(programme, DIRECTOR).sites.count() == 2

    def test_where_nobody_leads_an_officer_says_who_will(self, programme: Programme) -> None:
        User.objects.filter(email__in=[PILOT, DIRECTOR]).update(is_active=False)
        address = settings_of(programme, "equipe/nouvelle/")
        read(signed_in(OFFICER), address, typed("b@exemple.fr", "director"))
        assert place(programme, "b@exemple.fr").role == TeamRole.DIRECTOR

    def test_the_team_of_another_programme_is_out_of_reach(self, programme: Programme) -> None:
        other = a_programme(title="Une autre", team=[TeamEntry(email=PILOT, role=TeamRole.PILOT)])
        stranger = place(other, PILOT)
        address = settings_of(programme, f"equipe/{stranger.pk}/")
        client = signed_in(DIRECTOR)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}retirer/").status_code == 404
