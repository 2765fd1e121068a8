"""Writing a note: nothing typed is lost, every change leaves its audit line."""

import pytest
from django.urls import reverse

from fabrique.kit.identifiers import new_id
from fabrique.stages.deliverable.actions import (
    add_block,
    cite,
    edit_block,
    freeze,
    move_block,
    remove_block,
    restore_block,
    uncite,
)
from fabrique.stages.deliverable.analyses.served import read_block
from fabrique.stages.deliverable.errors import (
    EditConflict,
    EmptyBlock,
    NoteFrozen,
    UnknownSection,
    UnknownSource,
)
from fabrique.stages.deliverable.models import Block, BlockRevision, Citation
from fabrique.stages.deliverable.passages import Words, words_of
from fabrique.stages.programme.models import AuditLine
from tests.stages.deliverable.seminars import DIRECTOR, Session, a_session, say
from tests.stages.deliverable.test_drafting import texts
from tests.stages.rooms import an_account

pytestmark = pytest.mark.django_db
BACKEND = "sesame.backends.ModelBackend"
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def note(session: Session):
    return session.draft()


@pytest.fixture
def line(note, session: Session) -> Block:
    return session.passages("kept")[0]


@pytest.fixture
def director(client, session: Session):
    client.force_login(session.account, backend=BACKEND)
    return client


def address(name: str, row: Block) -> str:
    return reverse(f"deliverable:{name}", kwargs={"block_id": row.pk})


def test_the_former_words_of_a_passage_are_kept(line):
    edit_block(line.pk, content=Words("Autrement dit"), revision=1, actor=DIRECTOR)

    (former,) = BlockRevision.objects.filter(block=line)
    assert former.content["items"][0]["text"] == "Submersion des quais"
    audited = AuditLine.objects.filter(verb="edit_block", subject=str(line.pk))
    assert audited.get().actor == DIRECTOR


def test_rewording_keeps_what_the_passage_rests_on(line, session):
    edit_block(line.pk, content=Words("Autrement dit"), revision=1, actor=DIRECTOR)

    assert Citation.objects.get(block=line).card == session.cards[0]


def test_a_stale_revision_is_refused_and_nothing_is_written(line):
    edit_block(line.pk, content=Words("La première"), revision=1, actor="Référente")

    with pytest.raises(EditConflict):
        edit_block(line.pk, content=Words("La seconde"), revision=1, actor=DIRECTOR)

    line.refresh_from_db()
    assert words_of(read_block(line)).text == "La première"


def test_sending_the_same_words_twice_is_one_change(line):
    for _time in range(2):
        edit_block(line.pk, content=Words("Autrement dit"), revision=1, actor=DIRECTOR)

    line.refresh_from_db()
    assert line.revision == 2


def test_pauses_of_one_person_typing_leave_one_former_state(line):
    for revision, words in enumerate(["Le", "Le port", "Le port est exposé"], start=1):
        edit_block(line.pk, content=Words(words), revision=revision, actor=DIRECTOR)

    (former,) = BlockRevision.objects.filter(block=line)
    assert former.content["items"][0]["text"] == "Submersion des quais"


def test_an_empty_passage_is_refused(line):
    with pytest.raises(EmptyBlock):
        edit_block(line.pk, content=Words("  "), revision=1, actor=DIRECTOR)


def test_a_passage_sent_twice_is_added_once(note):
    key = new_id()
    for _time in range(2):
        add_block(
            note.pk,
            section="next_time",
            kind="paragraph",
            content=Words("Inviter le port."),
            actor=DIRECTOR,
            key=key,
        )

    assert Block.objects.filter(section="next_time").count() == 1


def test_a_passage_goes_only_into_a_section_of_the_outline(note):
    with pytest.raises(UnknownSection):
        add_block(note.pk, section="ailleurs", kind="bullet", content=Words("a"), actor=DIRECTOR)


def test_what_is_removed_can_be_put_back_where_it_was(line, session):
    remove_block(line.pk, actor=DIRECTOR)
    assert texts(session, "kept") == ["Livraisons du matin"]

    restore_block(line.pk, actor=DIRECTOR)

    assert texts(session, "kept") == ["Submersion des quais", "Livraisons du matin"]


def test_a_passage_moves_one_place_or_to_another_part(line, session):
    move_block(line.pk, by=1, actor=DIRECTOR)
    assert texts(session, "kept") == ["Livraisons du matin", "Submersion des quais"]

    move_block(line.pk, section="open_questions", actor=DIRECTOR)

    assert texts(session, "kept") == ["Livraisons du matin"]
    assert texts(session, "open_questions")[-1] == "Submersion des quais"


def test_a_passage_cites_a_contribution_once_and_may_stop(line, session):
    ref = f"contribution:{session.said[0].pk}"
    for _time in range(2):
        cite(line.pk, ref=ref, actor=DIRECTOR)
    assert Citation.objects.filter(block=line, contribution=session.said[0]).count() == 1

    uncite(line.pk, ref=ref, actor=DIRECTOR)

    assert not Citation.objects.filter(block=line, contribution=session.said[0]).exists()


def test_nothing_private_and_nothing_from_elsewhere_is_cited(line, session):
    private = say(session.held, "Entre nous", level="private")
    elsewhere = a_session().said[0]

    for ref in (f"contribution:{private.pk}", f"contribution:{elsewhere.pk}", "card:non", "rien"):
        with pytest.raises(UnknownSource):
            cite(line.pk, ref=ref, actor=DIRECTOR)


def test_a_frozen_note_is_not_written(note, line):
    freeze(note.pk, actor=DIRECTOR)

    for write in (
        lambda: edit_block(line.pk, content=Words("a"), revision=1, actor=DIRECTOR),
        lambda: remove_block(line.pk, actor=DIRECTOR),
        lambda: move_block(line.pk, by=1, actor=DIRECTOR),
        lambda: cite(line.pk, ref="card:x", actor=DIRECTOR),
    ):
        with pytest.raises(NoteFrozen):
            write()


class TestTheEditor:
    def page(self, director, session, **query):
        url = reverse("deliverable:note", kwargs={"meeting_id": session.meeting.pk})
        return director.get(url, query)

    def test_before_any_draft_it_says_what_to_do(self, director, session):
        assert "Rédiger le projet de note" in self.page(director, session).content.decode()

    def test_drafting_by_the_button_shows_the_note(self, director, session):
        url = reverse("deliverable:draft", kwargs={"meeting_id": session.meeting.pk})

        answer = director.post(url, follow=True)

        assert "Submersion des quais" in answer.content.decode()

    def test_it_takes_as_many_queries_whatever_the_passages(
        self, director, session, note, django_assert_max_num_queries
    ):
        for number in range(30):
            add_block(
                note.pk,
                section="kept",
                kind="bullet",
                content=Words(f"Idée {number}"),
                actor=DIRECTOR,
            )
        with django_assert_max_num_queries(15):
            self.page(director, session)

    def test_a_passage_opens_without_scripts(self, director, session, line):
        page = self.page(director, session, passage=str(line.pk)).content.decode()

        assert "Enregistrer" in page
        assert 'name="revision"' in page

    def test_a_passage_is_kept_without_scripts(self, director, line):
        answer = director.post(address("block", line), {"text": "Le port", "revision": 1})

        assert answer.status_code == 302
        line.refresh_from_db()
        assert words_of(read_block(line)).text == "Le port"

    def test_what_was_typed_comes_back_with_the_other_text(self, director, line):
        edit_block(line.pk, content=Words("La première"), revision=1, actor="Référente")

        for how in ({}, HTMX):
            answer = director.post(
                address("block", line), {"text": "La seconde", "revision": 1}, **how
            ).content.decode()
            assert "La première" in answer
            assert "La seconde" in answer
            assert 'value="2"' in answer

    def test_an_autosave_says_so_and_hands_the_next_revision(self, director, line):
        answer = director.post(
            address("block", line) + "?autosave=1", {"text": "Le port", "revision": 1}, **HTMX
        ).content.decode()

        assert "Enregistré." in answer
        assert 'value="2"' in answer

    def test_a_search_offers_what_the_seminar_said(self, director, session, line):
        page = self.page(director, session, passage=str(line.pk), chercher="kilomètre pilote")

        assert "Le dernier kilomètre" in page.content.decode()

    def test_a_passage_that_cites_nothing_is_pointed_out(self, director, session, note):
        add_block(note.pk, section="kept", kind="paragraph", content=Words("A"), actor=DIRECTOR)

        assert "ne s'appuie sur aucune contribution" in (
            self.page(director, session).content.decode().replace("’", "'").replace("&#x27;", "'")
        )

    def test_a_refused_new_passage_keeps_what_was_typed(self, director, note):
        url = reverse("deliverable:add-block", kwargs={"deliverable_id": note.pk})
        answer = director.post(
            url,
            {"section": "kept", "kept-text": "", "kept-kind": "quote", "kept-attribution": "Élue"},
        )

        assert answer.status_code == 422
        assert 'value="Élue"' in answer.content.decode()

    def test_someone_of_another_programme_finds_nothing(self, client, session, note, line):
        client.force_login(an_account(a_session().meeting), backend=BACKEND)
        page = reverse("deliverable:note", kwargs={"meeting_id": session.meeting.pk})

        assert client.get(page).status_code == 404
        for name in ("block", "remove-block", "move-block", "cite", "uncite", "restore-block"):
            assert client.post(address(name, line)).status_code == 404
        for name in ("freeze", "reopen", "add-block"):
            url = reverse(f"deliverable:{name}", kwargs={"deliverable_id": note.pk})
            assert client.post(url).status_code == 404

    def test_what_was_typed_is_never_markup(self, director, session, line):
        edit_block(line.pk, content=Words("<script>alert(1)</script>"), revision=1, actor=DIRECTOR)

        assert "<script>alert" not in self.page(director, session).content.decode()
