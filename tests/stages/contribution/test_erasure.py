"""« Effacer les données de cette personne »: nothing names them any more, and all still holds."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client

from fabrique.people.viewer import Viewer, account_viewer
from fabrique.stages.contribution.actions.erasure import erase_person
from fabrique.stages.contribution.models import Placement, Rating
from fabrique.stages.contribution.queries import contributions_visible_to, said_under_the_name
from fabrique.stages.deliverable.actions import draft_note, freeze
from fabrique.stages.deliverable.models import Citation, Version
from fabrique.stages.deliverable.queries import author_shown
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.members import add_member, change_member, remove_member
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.forgotten import Forgotten
from fabrique.stages.programme.models import AuditLine, Contact, GroupMember, Notice
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import JournalEntry, Participant, Reply
from fabrique.stages.seminar.queries import noted_at, people_at
from tests.stages.contribution.known_people import Known, a_named_seminar, known_at
from tests.stages.rooms import FACILITATOR, Held, a_held_seminar, an_account, someone

pytestmark = pytest.mark.django_db
WORDS = "Une personne du groupe"


@pytest.fixture
def held() -> Held:
    return a_named_seminar()


@pytest.fixture
def camille(held: Held) -> Known:
    return known_at(held, "Camille Le Goff", "camille@exemple.fr", "marée")


@pytest.fixture
def dominique(held: Held) -> Known:
    return known_at(held, "Dominique Kerbrat", "dominique@exemple.fr", "tramway")


def erase(known: Known) -> GroupMember:
    return erase_person(known.member.pk, actor=FACILITATOR)


def every_text() -> Iterator[tuple[str, str]]:
    """All that any table holds as text or as JSON, with where it stands."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    for model in apps.get_models():
        names = [one.name for one in model._meta.concrete_fields if isinstance(one, kinds)]
        for row in model._default_manager.order_by().values_list(*names) if names else ():
            for name, value in zip(names, row, strict=True):
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                yield f"{model._meta.label}.{name}", text


def places_of(*words: str) -> set[str]:
    return {
        place
        for place, text in every_text()
        if any(word.casefold() in text.casefold() for word in words)
    }


class TestWhatGoes:
    def test_no_table_holds_the_name_nor_the_address(self, held, camille, dominique):
        reply = Reply.objects.get(contact=dominique.contact)
        Reply.objects.filter(pk=reply.pk).update(substitute="Camille Le Goff")
        change_member(camille.member.pk, actor=FACILITATOR, status="accepted")
        before = places_of("Camille Le Goff", "camille@exemple.fr")
        assert {
            "programme.AuditLine.actor",
            "programme.GroupMember.name",
            "programme.GroupMember.email",
            "seminar.Participant.label",
            "seminar.JournalEntry.actor",
            "seminar.Reply.substitute",
            "contribution.Contribution.author_label",
        } <= before
        erase(camille)
        assert places_of("Camille Le Goff", "camille@exemple.fr") == set()

    def test_nor_where_they_work_nor_on_what(self, camille):
        erase(camille)
        assert places_of("Maison de marée", "Secteur de marée", "Adjoint de marée") == set()

    def test_an_audit_detail_that_names_them_in_a_sentence_loses_the_name(self, held, camille):
        programme = held.meeting.programme
        tied = AuditLine.objects.create(
            programme=programme,
            verb="change-member",
            actor=FACILITATOR,
            subject=str(camille.member.pk),
            detail={"before": ["Camille Le Goff, camille@exemple.fr"]},
        )
        loose = AuditLine.objects.create(
            programme=programme, verb="invite", actor=FACILITATOR, detail={"to": "CAMILLE LE GOFF"}
        )
        erase(camille)
        for line in (tied, loose):
            line.refresh_from_db()
            assert line.actor == FACILITATOR
        assert tied.verb == "change-member"
        assert tied.detail == {"before": [f"{WORDS}, {WORDS}"]}
        assert loose.detail == {"to": WORDS}

    def test_their_links_and_their_calendar_open_nothing(self, camille):
        addresses = [
            camille.link,
            f"{camille.link}copie.ods",
            camille.seat_link,
            f"{camille.seat_link}copie.ods",
            f"/dispo/{camille.contact.link_key}/",
            f"/agenda/{camille.feed.key}.ics",
        ]
        assert {Client().get(address).status_code for address in addresses} == {200}
        erase(camille)
        assert {Client().get(address).status_code for address in addresses} == {404}

    def test_mails_that_waited_do_not_leave_and_no_link_is_made_again(self, held, camille):
        assert Notice.objects.filter(contact=camille.contact, sent_at=None).exists()
        erase(camille)
        make_contacts(held.meeting.programme_id)
        assert not Notice.objects.exists()
        assert not Contact.objects.filter(member=camille.member).exists()


class TestWhatStays:
    def test_their_words_stay_under_the_words_that_name_nobody(self, held, camille):
        erase(camille)
        viewer = account_viewer(an_account(held.meeting))
        said = contributions_visible_to(viewer, held.workshops["talk"])
        assert {(one.text, one.author_label) for one in said} == {
            ("Dit de vive voix : marée", WORDS),
            ("Écrit sur papier : marée", WORDS),
        }
        assert {author_shown(one) for one in said} == {WORDS}

    def test_the_card_still_holds_them_and_their_judgement_still_counts(self, held, camille):
        erase(camille)
        assert Placement.objects.filter(contribution=camille.said, card=camille.card).exists()
        assert Rating.objects.get().value == 4

    def test_the_note_still_cites_the_words(self, held, camille):
        note = draft_note(held.meeting, actor=FACILITATOR)
        version = freeze(note.pk, actor=FACILITATOR)
        citation = Citation.objects.get(block__deliverable=note, card=camille.card)
        erase(camille)
        client = Client()
        client.force_login(an_account(held.meeting))
        sources = client.get(f"/notes/blocs/{citation.block_id}/sources/").content.decode()
        assert "Dit de vive voix" in sources
        assert WORDS in sources
        assert "Camille" not in sources
        frozen = Version.objects.get(pk=version.pk)
        assert (frozen.tree, frozen.sha256) == (version.tree, version.sha256)
        assert "Camille" not in json.dumps(frozen.tree, ensure_ascii=False)

    def test_presences_still_count_and_the_year_of_the_group_still_shows(
        self, held, camille, dominique
    ):
        account = an_account(held.meeting)
        viewer: Viewer = account_viewer(account)
        before = noted_at(held.meeting).count()
        erase(camille)
        assert noted_at(held.meeting).count() == before == 2
        assert {one.name for one in people_at(viewer, held.meeting)} == {WORDS, dominique.name}
        client = Client()
        client.force_login(account)
        site = held.meeting.site
        group = f"/demarches/{site.programme.slug}/territoires/{site.territory_id}/groupe/"
        for address in (
            group,
            f"{group}annee/",
            f"/seminaires/{held.meeting.pk}/presences/",
            f"/seminaires/{held.meeting.pk}/console/",
            f"/reunions/{held.meeting.pk}/disponibilites/",
        ):
            assert client.get(address).status_code == 200

    def test_the_seat_is_tied_to_nobody_and_held_by_no_device(self, camille):
        erase(camille)
        seat = Participant.objects.get(pk=camille.seat.pk)
        assert seat.member_id is None
        assert seat.left_at is not None

    def test_nobody_else_loses_anything(self, camille, dominique):
        before = {place for place in every_text() if "Dominique" in place[1]}
        erase(camille)
        assert before == {place for place in every_text() if "Dominique" in place[1]}
        for address in (dominique.link, dominique.seat_link, f"/agenda/{dominique.feed.key}.ics"):
            assert Client().get(address).status_code == 200

    def test_the_audit_says_who_erased_and_how_much_without_saying_whom(self, camille):
        erase(camille)
        line = AuditLine.objects.get(verb="erase-person")
        assert (line.actor, line.subject) == (FACILITATOR, str(camille.member.pk))
        assert line.detail == {"said": 2, "judged": 1, "presences": 1, "answers": 2, "waiting": 1}

    def test_a_pseudonym_stays_what_it_was(self, camille):
        other = a_held_seminar(identity=Identity.PSEUDONYM, site=camille.member.site)
        voice = someone(other.room, "Goéland")
        erase(camille)
        voice.refresh_from_db()
        assert voice.label == "Goéland"


class TestWhenSomeoneElseHasThatName:
    def test_what_only_the_name_says_is_left_to_the_other(self, held, camille):
        namesake = add_member(
            held.meeting.programme, site=None, actor=FACILITATOR, name="Camille Le Goff"
        )
        assert not Forgotten.of(camille.member).has_own_name
        erase(camille)
        camille.said.refresh_from_db()
        camille.typed.refresh_from_db()
        namesake.refresh_from_db()
        assert camille.said.author_label == WORDS
        assert camille.typed.author_label == namesake.name == "Camille Le Goff"

    def test_once_both_are_erased_nothing_is_left(self, held, camille):
        namesake = add_member(
            held.meeting.programme, site=None, actor=FACILITATOR, name="Camille Le Goff"
        )
        erase(camille)
        erase_person(namesake.pk, actor=FACILITATOR)
        assert places_of("Camille Le Goff") == set()

    def test_a_role_of_the_team_is_not_taken_out_of_its_lines(self, held):
        an_account(held.meeting)
        member = add_member(
            held.meeting.programme, site=held.meeting.site, actor=FACILITATOR, name=FACILITATOR
        )
        erase_person(member.pk, actor=FACILITATOR)
        assert AuditLine.objects.get(verb="add-member").actor == FACILITATOR
        assert not JournalEntry.objects.filter(actor=WORDS).exists()


class TestAfterwards:
    def test_erasing_twice_changes_nothing(self, camille):
        erase(camille)
        erase(camille)
        assert AuditLine.objects.filter(verb="erase-person").count() == 1

    def test_two_people_of_a_group_are_erased(self, camille, dominique):
        erase(camille)
        erase(dominique)
        assert GroupMember.objects.filter(name=WORDS).count() == 2

    def test_who_is_added_again_is_someone_new(self, held, camille):
        erase(camille)
        again = add_member(
            held.meeting.programme,
            site=held.meeting.site,
            actor=FACILITATOR,
            name="Camille Le Goff",
            institution="Maison de marée",
        )
        assert again.pk != camille.member.pk
        named = add_member(
            held.meeting.programme, site=held.meeting.site, actor=FACILITATOR, name=WORDS
        )
        assert named.pk != camille.member.pk

    def test_a_database_refuses_facts_on_an_erased_row(self, camille):
        member = erase(camille)
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupMember.objects.filter(pk=member.pk).update(email="camille@exemple.fr")

    def test_someone_who_only_left_the_list_can_be_erased(self, held, camille):
        remove_member(camille.member.pk, actor=FACILITATOR)
        client = Client()
        client.force_login(an_account(held.meeting))
        site = held.meeting.site
        group = f"/demarches/{site.programme.slug}/territoires/{site.territory_id}/groupe/"
        address = f"/membres/{camille.member.pk}/effacer/"
        assert address in client.get(group).content.decode()
        assert client.post(address).status_code == 302
        assert places_of("Camille Le Goff", "camille@exemple.fr") == set()
        assert address not in client.get(group).content.decode()


class TestThePage:
    @pytest.fixture
    def client(self, held: Held) -> Client:
        client = Client()
        client.force_login(an_account(held.meeting))
        return client

    def test_it_says_what_goes_and_what_stays_before_anything_is_done(self, client, camille):
        page = client.get(f"/membres/{camille.member.pk}/effacer/").content.decode()
        for words in ("2 contributions", "1 avis chiffré", "1 présence", "partir (1)", WORDS):
            assert words in page
        assert "documents figés gardent leur texte" in page
        assert "Une autre personne de la démarche porte ce nom" not in page
        assert GroupMember.objects.get(pk=camille.member.pk).erased_at is None

    def test_it_is_reached_from_the_page_of_the_member(self, client, camille):
        page = client.get(f"/membres/{camille.member.pk}/").content.decode()
        assert f'href="/membres/{camille.member.pk}/effacer/"' in page

    def test_posting_erases_and_no_page_of_the_member_is_left(self, client, camille):
        answer = client.post(f"/membres/{camille.member.pk}/effacer/", follow=True)
        assert "Ce qui a été dit reste" in answer.content.decode()
        assert "Camille" not in answer.content.decode()
        for page in ("", "effacer/"):
            assert client.get(f"/membres/{camille.member.pk}/{page}").status_code == 404

    def test_a_referent_of_the_territory_may_not(self, held, camille):
        client = Client()
        client.force_login(an_account(held.meeting, TeamRole.REFERENT))
        assert client.post(f"/membres/{camille.member.pk}/effacer/").status_code == 404
        assert not said_under_the_name(camille.member, Forgotten.of(camille.member)).filter(
            author_label=WORDS
        )
