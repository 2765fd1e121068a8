"""Freezing a note: a version that never changes, and its files, the same bytes each time."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from fabrique.document.codec import digest, from_json
from fabrique.stages.contribution.models import Card, Rating
from fabrique.stages.deliverable.actions import (
    add_block,
    edit_block,
    freeze,
    render_exports,
    reopen,
)
from fabrique.stages.deliverable.errors import EmptyNote
from fabrique.stages.deliverable.models import Block, Deliverable, Export, Version
from fabrique.stages.deliverable.passages import Words
from fabrique.stages.seminar.actions.rooms import leave_room
from fabrique.stages.seminar.enums import Identity
from tests.stages.deliverable.seminars import DIRECTOR, Session, a_session, merge, say
from tests.stages.rooms import an_account

pytestmark = pytest.mark.django_db
BACKEND = "sesame.backends.ModelBackend"


@pytest.fixture
def version(session: Session) -> Version:
    return freeze(session.draft().pk, actor=DIRECTOR)


def plain(answer) -> str:
    page = answer.content.decode()
    return (
        page.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'").replace("&#x27;", "'")
    )


def test_a_frozen_version_is_signed(version):
    assert version.number == 1
    assert digest(from_json(version.tree)) == version.sha256


def test_freezing_twice_gives_one_version(version):
    assert freeze(version.deliverable_id, actor=DIRECTOR) == version
    assert Version.objects.count() == 1


def test_a_version_stays_as_it_was_whatever_is_written_after(version, session):
    reopen(version.deliverable_id, actor=DIRECTOR)
    Card.objects.update(title="Autre chose")
    edit_block(session.passages("kept")[0].pk, content=Words("Autre"), revision=1, actor=DIRECTOR)

    version.refresh_from_db()

    assert digest(from_json(version.tree)) == version.sha256
    assert "Submersion des quais" in str(version.tree)


def test_freezing_again_after_a_change_makes_the_next_version(version):
    reopen(version.deliverable_id, actor=DIRECTOR)
    add_block(
        version.deliverable_id,
        section="next_time",
        kind="paragraph",
        content=Words("Inviter le port."),
        actor=DIRECTOR,
    )

    second = freeze(version.deliverable_id, actor=DIRECTOR)

    assert second.number == 2
    assert "elle remplace la version 1" in "".join(second.tree["colophon"])


def test_a_note_with_nothing_in_it_is_not_frozen(session):
    note = session.draft()
    Block.objects.all().delete()

    with pytest.raises(EmptyNote):
        freeze(note.pk, actor=DIRECTOR)
    note.refresh_from_db()
    assert note.state == "draft"


def test_the_files_follow_the_freezing(session, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        version = freeze(session.draft().pk, actor=DIRECTOR)

    formats = set(version.exports.values_list("format", flat=True))
    assert formats == {"pdf", "docx", "odt", "html"}


def test_files_made_again_are_the_same_bytes(version):
    first = {one.format: one.file.read() for one in render_exports(version)}
    Export.objects.all().delete()

    second = {one.format: one for one in render_exports(version)}

    for format, content in first.items():
        assert second[format].file.open().read() == content
        assert second[format].sha256 == hashlib.sha256(content).hexdigest()


class TestReading:
    @pytest.fixture
    def director(self, client, session):
        client.force_login(session.account, backend=BACKEND)
        return client

    def address(self, version, link_key="", name="version", **more):
        own = {"link_key": link_key} if link_key else {}
        return reverse(
            f"deliverable:{name}",
            kwargs={
                **own,
                "deliverable_id": version.deliverable_id,
                "number": version.number,
                **more,
            },
        )

    def sources(self, row, version, link_key=""):
        own = {"link_key": link_key} if link_key else {}
        url = reverse("deliverable:sources", kwargs={**own, "block_id": row.pk})
        return f"{url}?version={version.number}"

    def test_each_number_leads_to_what_its_sentence_rests_on(self, director, session, version):
        line = session.passages("kept")[0]
        page = plain(director.get(self.address(version)))
        assert f'href="{self.sources(line, version)}"' in page

        shown = plain(director.get(self.sources(line, version)))

        assert "Les quais sont sous l'eau un hiver sur trois" in shown
        assert "La submersion des quais bloque le port" in shown
        assert "Voix 1" in shown
        assert "Téléphone" in shown

    def test_sources_are_followed_through_merges(self, director, session, version):
        line = session.passages("kept")[0]
        merge(session.cards[1], session.cards[0])

        shown = plain(director.get(self.sources(line, version)))

        assert "« Livraisons du matin » → « Submersion des quais »" in shown

    def test_reading_sources_takes_as_many_queries_whatever_was_said(
        self, director, session, version, django_assert_max_num_queries
    ):
        from tests.stages.deliverable.seminars import place

        for number in range(200):
            place(say(session.held, f"Encore {number}", number=number + 10), session.cards[0])
        with django_assert_max_num_queries(15):
            answer = director.get(self.sources(session.passages("kept")[0], version))
        assert "Encore 199" in plain(answer)

    def test_no_author_is_shown_where_nobody_is_named(self, client):
        session = a_session(identity=Identity.ANONYMOUS)
        version = freeze(session.draft().pk, actor=DIRECTOR)
        client.force_login(session.account, backend=BACKEND)

        shown = plain(client.get(self.sources(session.passages("kept")[0], version)))

        assert "Les quais" in shown
        assert "Participant" not in shown.partition("data-sources-of")[2].partition("</main>")[0]

    def test_a_personal_link_opens_the_note_of_the_group_even_after_leaving(
        self, client, session, version
    ):
        person = session.people[0]
        leave_room(person.pk)

        page = client.get(self.address(version, person.link_key))
        shown = client.get(self.sources(session.passages("kept")[0], version, person.link_key))

        assert page.status_code == 200
        assert "La submersion des quais bloque le port" in plain(shown)
        assert page["Referrer-Policy"] == "same-origin"

    def test_a_personal_link_opens_neither_drafts_nor_other_territories(self, client, session):
        note = session.draft()
        row = session.passages("kept")[0]
        elsewhere = a_session()
        stranger = elsewhere.people[0].link_key
        own = session.people[0].link_key
        draft = reverse("deliverable:sources", kwargs={"link_key": own, "block_id": row.pk})
        assert client.get(draft).status_code == 404

        version = freeze(note.pk, actor=DIRECTOR)

        assert client.get(self.address(version, stranger)).status_code == 404
        assert client.get(self.sources(row, version, stranger)).status_code == 404
        assert (
            client.get(self.address(version, stranger, "export", format="pdf")).status_code == 404
        )
        assert client.get(self.address(version, "inconnu")).status_code == 404
        assert client.get(self.address(version)).url.startswith("/compte/connexion/")

    def test_what_is_private_shows_to_the_team_alone(self, client, session, version):
        said = session.said[0]
        said.level = "private"
        said.save()
        row = session.passages("kept")[0]
        other = session.people[1].link_key

        assert "hiver sur trois" not in plain(client.get(self.sources(row, version, other)))

        own = session.people[0].link_key
        assert "hiver sur trois" in plain(client.get(self.sources(row, version, own)))

    def test_a_file_is_downloaded_even_before_the_worker_made_it(self, director, version):
        answer = director.get(self.address(version, name="export", format="odt"))

        content = b"".join(answer.streaming_content)
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        assert ".odt" in answer["Content-Disposition"]

    def test_the_page_says_what_changed_since_the_version_before(self, director, version):
        reopen(version.deliverable_id, actor=DIRECTOR)
        add_block(
            version.deliverable_id,
            section="kept",
            kind="bullet",
            content=Words("Inviter le port"),
            actor=DIRECTOR,
        )
        second = freeze(version.deliverable_id, actor=DIRECTOR)

        assert "Ajouté : Inviter le port" in plain(director.get(self.address(second)))
        assert "Une version plus récente" in plain(director.get(self.address(version)))

    def test_the_page_of_ones_words_leads_to_the_sentence_and_to_the_note(
        self, client, session, version
    ):
        render_exports(version)
        person = session.people[0]
        Rating.objects.create(
            card=session.cards[0], participant=person, criterion="weight", value=4
        )

        page = plain(
            client.get(reverse("contribution:follow-up", kwargs={"link_key": person.link_key}))
        )

        assert "« Submersion des quais », Croiser projections et actions réalisées" in page
        assert "Vous avez aussi donné un avis chiffré" in page
        assert self.address(version, person.link_key) in page
        assert self.address(version, person.link_key, "export", format="pdf") in page

    def test_someone_outside_the_team_reads_nothing(self, client, version, session):
        client.force_login(an_account(), backend=BACKEND)

        assert client.get(self.address(version)).status_code == 404
        assert client.get(self.sources(session.passages("kept")[0], version)).status_code == 404


class TestTheCommand:
    def test_it_lists_notes_for_a_program(self, session, capsys):
        note = session.draft()

        call_command("note", "list", "--json")

        (listed,) = json.loads(capsys.readouterr().out)
        assert listed["identifier"] == str(note.pk)
        assert listed["seminar"] == str(session.meeting)
        assert listed["state"] == "draft"

    def test_it_drafts_freezes_and_exports(self, session, tmp_path):
        call_command("note", "draft", str(session.meeting.pk))
        note = Deliverable.objects.get()
        draft = tmp_path / "projet.html"
        call_command("note", "export", str(note.pk), "--format", "html", "--out", str(draft))
        assert "Projet de note" in draft.read_text()

        call_command("note", "freeze", str(note.pk))
        final = tmp_path / "note.pdf"
        call_command("note", "export", str(note.pk), "--format", "pdf", "--out", str(final))

        assert final.read_bytes().startswith(b"%PDF")
        assert Version.objects.count() == 1

    @pytest.mark.parametrize("note", ["0190f000-0000-7000-8000-000000000000", "pas-une-note"])
    def test_an_unknown_note_is_said_in_plain_words(self, note, tmp_path):
        with pytest.raises(CommandError, match="fabrique note list"):
            call_command("note", "export", note, "--out", str(tmp_path / "x"))
