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
from tests.stages.contribution.known_people import Known, a_named_seminar
from tests.stages.rooms import FACILITATOR, Held, a_held_seminar, an_account, someone

pytestmark = pytest.mark.django_db
WORDS = "Une personne du groupe"


@pytest.fixture
def held() -> Held:
    return a_named_seminar()


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
    def test_no_table_holds_the_name_nor_the_address(self, held, patronne, gardienne):
        reply = Reply.objects.get(contact=gardienne.contact)
        Reply.objects.filter(pk=reply.pk).update(substitute="Patronne du bac")
        change_member(patronne.member.pk, actor=FACILITATOR, status="accepted")
        before = places_of("Patronne du bac", "patronne@exemple.fr")
        assert {
            "programme.AuditLine.actor",
            "programme.GroupMember.name",
            "programme.GroupMember.email",
            "seminar.Participant.label",
            "seminar.JournalEntry.actor",
            "seminar.Reply.substitute",
            "contribution.Contribution.author_label",
        } <= before
        erase(patronne)
        assert places_of("Patronne du bac", "patronne@exemple.fr") == set()

    def test_nor_where_they_work_nor_on_what(self, patronne):
        erase(patronne)
        assert places_of("Maison de marée", "Secteur de marée", "Adjoint de marée") == set()

    def test_an_audit_detail_that_names_them_in_a_sentence_loses_the_name(self, held, patronne):
        programme = held.meeting.programme
        tied = AuditLine.objects.create(
            programme=programme,
            verb="change-member",
            actor=FACILITATOR,
            subject=str(patronne.member.pk),
            detail={"before": ["Patronne du bac, patronne@exemple.fr"]},
        )
        loose = AuditLine.objects.create(
            programme=programme, verb="invite", actor=FACILITATOR, detail={"to": "PATRONNE DU BAC"}
        )
        erase(patronne)
        for line in (tied, loose):
            line.refresh_from_db()
            assert line.actor == FACILITATOR
        assert tied.verb == "change-member"
        assert tied.detail == {"before": [f"{WORDS}, {WORDS}"]}
        assert loose.detail == {"to": WORDS}

    def test_their_links_and_their_calendar_open_nothing(self, patronne):
        addresses = [
            patronne.link,
            f"{patronne.link}copie.ods",
            patronne.seat_link,
            f"{patronne.seat_link}copie.ods",
            f"/dispo/{patronne.contact.link_key}/",
            f"/agenda/{patronne.feed.key}.ics",
        ]
        assert {Client().get(address).status_code for address in addresses} == {200}
        erase(patronne)
        assert {Client().get(address).status_code for address in addresses} == {404}

    def test_mails_that_waited_do_not_leave_and_no_link_is_made_again(self, held, patronne):
        assert Notice.objects.filter(contact=patronne.contact, sent_at=None).exists()
        erase(patronne)
        make_contacts(held.meeting.programme_id)
        assert not Notice.objects.exists()
        assert not Contact.objects.filter(member=patronne.member).exists()


class TestWhatStays:
    def test_their_words_stay_under_the_words_that_name_nobody(self, held, patronne):
        erase(patronne)
        viewer = account_viewer(an_account(held.meeting))
        said = contributions_visible_to(viewer, held.workshops["talk"])
        assert {(one.text, one.author_label) for one in said} == {
            ("Dit de vive voix : marée", WORDS),
            ("Écrit sur papier : marée", WORDS),
        }
        assert {author_shown(one) for one in said} == {WORDS}

    def test_the_card_still_holds_them_and_their_judgement_still_counts(self, held, patronne):
        erase(patronne)
        assert Placement.objects.filter(contribution=patronne.said, card=patronne.card).exists()
        assert Rating.objects.get().value == 4

    def test_the_note_still_cites_the_words(self, held, patronne):
        note = draft_note(held.meeting, actor=FACILITATOR)
        version = freeze(note.pk, actor=FACILITATOR)
        citation = Citation.objects.get(block__deliverable=note, card=patronne.card)
        erase(patronne)
        client = Client()
        client.force_login(an_account(held.meeting))
        sources = client.get(f"/notes/blocs/{citation.block_id}/sources/").content.decode()
        assert "Dit de vive voix" in sources
        assert WORDS in sources
        assert "Patronne" not in sources
        frozen = Version.objects.get(pk=version.pk)
        assert (frozen.tree, frozen.sha256) == (version.tree, version.sha256)
        assert "Patronne" not in json.dumps(frozen.tree, ensure_ascii=False)

    def test_presences_still_count_and_the_year_of_the_group_still_shows(
        self, held, patronne, gardienne
    ):
        account = an_account(held.meeting)
        viewer: Viewer = account_viewer(account)
        before = noted_at(held.meeting).count()
        erase(patronne)
        assert noted_at(held.meeting).count() == before == 2
        assert {one.name for one in people_at(viewer, held.meeting)} == {WORDS, gardienne.name}
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

    def test_the_seat_is_tied_to_nobody_and_held_by_no_device(self, patronne):
        erase(patronne)
        seat = Participant.objects.get(pk=patronne.seat.pk)
        assert seat.member_id is None
        assert seat.left_at is not None

    def test_nobody_else_loses_anything(self, patronne, gardienne):
        before = {place for place in every_text() if "Gardienne" in place[1]}
        erase(patronne)
        assert before == {place for place in every_text() if "Gardienne" in place[1]}
        for address in (gardienne.link, gardienne.seat_link, f"/agenda/{gardienne.feed.key}.ics"):
            assert Client().get(address).status_code == 200

    def test_the_audit_says_who_erased_and_how_much_without_saying_whom(self, patronne):
        erase(patronne)
        line = AuditLine.objects.get(verb="erase-person")
        assert (line.actor, line.subject) == (FACILITATOR, str(patronne.member.pk))
        assert line.detail == {"said": 2, "judged": 1, "presences": 1, "answers": 2, "waiting": 1}

    def test_a_pseudonym_stays_what_it_was(self, patronne):
        other = a_held_seminar(identity=Identity.PSEUDONYM, site=patronne.member.site)
        voice = someone(other.room, "Goéland")
        erase(patronne)
        voice.refresh_from_db()
        assert voice.label == "Goéland"


class TestWhenSomeoneElseHasThatName:
    def test_what_only_the_name_says_is_left_to_the_other(self, held, patronne):
        namesake = add_member(
            held.meeting.programme, site=None, actor=FACILITATOR, name="Patronne du bac"
        )
        assert not Forgotten.of(patronne.member).has_own_name
        erase(patronne)
        patronne.said.refresh_from_db()
        patronne.typed.refresh_from_db()
        namesake.refresh_from_db()
        assert patronne.said.author_label == WORDS
        assert patronne.typed.author_label == namesake.name == "Patronne du bac"

    def test_once_both_are_erased_nothing_is_left(self, held, patronne):
        namesake = add_member(
            held.meeting.programme, site=None, actor=FACILITATOR, name="Patronne du bac"
        )
        erase(patronne)
        erase_person(namesake.pk, actor=FACILITATOR)
        assert places_of("Patronne du bac") == set()

    def test_a_role_of_the_team_is_not_taken_out_of_its_lines(self, held):
        an_account(held.meeting)
        member = add_member(
            held.meeting.programme, site=held.meeting.site, actor=FACILITATOR, name=FACILITATOR
        )
        erase_person(member.pk, actor=FACILITATOR)
        assert AuditLine.objects.get(verb="add-member").actor == FACILITATOR
        assert not JournalEntry.objects.filter(actor=WORDS).exists()


class TestAfterwards:
    def test_erasing_twice_changes_nothing(self, patronne):
        erase(patronne)
        erase(patronne)
        assert AuditLine.objects.filter(verb="erase-person").count() == 1

    def test_two_people_of_a_group_are_erased(self, patronne, gardienne):
        erase(patronne)
        erase(gardienne)
        assert GroupMember.objects.filter(name=WORDS).count() == 2

    def test_who_is_added_again_is_someone_new(self, held, patronne):
        erase(patronne)
        again = add_member(
            held.meeting.programme,
            site=held.meeting.site,
            actor=FACILITATOR,
            name="Patronne du bac",
            institution="Maison de marée",
        )
        assert again.pk != patronne.member.pk
        named = add_member(
            held.meeting.programme, site=held.meeting.site, actor=FACILITATOR, name=WORDS
        )
        assert named.pk != patronne.member.pk

    def test_a_database_refuses_facts_on_an_erased_row(self, patronne):
        member = erase(patronne)
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupMember.objects.filter(pk=member.pk).update(email="patronne@exemple.fr")

    def test_someone_who_only_left_the_list_can_be_erased(self, held, patronne):
        remove_member(patronne.member.pk, actor=FACILITATOR)
        client = Client()
        client.force_login(an_account(held.meeting))
        site = held.meeting.site
        group = f"/demarches/{site.programme.slug}/territoires/{site.territory_id}/groupe/"
        address = f"/membres/{patronne.member.pk}/effacer/"
        assert address in client.get(group).content.decode()
        assert client.post(address).status_code == 302
        assert places_of("Patronne du bac", "patronne@exemple.fr") == set()
        assert address not in client.get(group).content.decode()


class TestThePage:
    @pytest.fixture
    def client(self, held: Held) -> Client:
        client = Client()
        client.force_login(an_account(held.meeting))
        return client

    def test_it_says_what_goes_and_what_stays_before_anything_is_done(self, client, patronne):
        page = client.get(f"/membres/{patronne.member.pk}/effacer/").content.decode()
        for words in ("2 contributions", "1 avis chiffré", "1 présence", "partir (1)", WORDS):
            assert words in page
        assert "documents figés gardent leur texte" in page
        assert "Une autre personne de la démarche porte ce nom" not in page
        assert GroupMember.objects.get(pk=patronne.member.pk).erased_at is None

    def test_it_is_reached_from_the_page_of_the_member(self, client, patronne):
        page = client.get(f"/membres/{patronne.member.pk}/").content.decode()
        assert f'href="/membres/{patronne.member.pk}/effacer/"' in page

    def test_posting_erases_and_no_page_of_the_member_is_left(self, client, patronne):
        answer = client.post(f"/membres/{patronne.member.pk}/effacer/", follow=True)
        assert "Ce qui a été dit reste" in answer.content.decode()
        assert "Patronne" not in answer.content.decode()
        for page in ("", "effacer/"):
            assert client.get(f"/membres/{patronne.member.pk}/{page}").status_code == 404

    def test_a_referent_of_the_territory_may_not(self, held, patronne):
        client = Client()
        client.force_login(an_account(held.meeting, TeamRole.REFERENT))
        assert client.post(f"/membres/{patronne.member.pk}/effacer/").status_code == 404
        assert not said_under_the_name(patronne.member, Forgotten.of(patronne.member)).filter(
            author_label=WORDS
        )
