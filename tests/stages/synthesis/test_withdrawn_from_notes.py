"""A card that is taken back leaves the national notes: drafts, frozen versions, every file."""

import io
import subprocess
import zipfile

import pytest
from django.urls import reverse

from fabrique.document.codec import digest, from_json
from fabrique.stages.contribution.actions.levels import set_own_level
from fabrique.stages.contribution.actions.releases import withdraw_release
from fabrique.stages.contribution.models import Card, Placement, Release
from fabrique.stages.deliverable.actions import (
    add_block,
    cite,
    draft_note,
    edit_block,
    freeze,
    render_export,
    render_exports,
)
from fabrique.stages.deliverable.analyses.served import served
from fabrique.stages.deliverable.enums import ExportFormat
from fabrique.stages.deliverable.errors import PassageWithdrawn, UnknownSource
from fabrique.stages.deliverable.models import Block, Deliverable, Version
from fabrique.stages.deliverable.passages import Words
from fabrique.stages.programme.enums import TeamRole
from tests.stages.contribution.formats.played import plain
from tests.stages.rooms import FACILITATOR, rename_card
from tests.stages.synthesis.two_scales import REFERENT, Scales, signed_in

SECRET = "Submersion des quais"


@pytest.fixture
def card(scales: Scales) -> Card:
    return scales.here.card(SECRET, text="Un hiver sur trois")


@pytest.fixture
def release(scales: Scales, card: Card) -> Release:
    (release,) = scales.release(card)
    return release


@pytest.fixture
def note(scales: Scales, card: Card, release: Release) -> Deliverable:
    """It keeps a card taken over, one that rests on the released card, and a card of its own."""
    scales.take_over(card)
    scales.resting_on("Le littoral d'abord", card)
    scales.nation.card("Une carte à nous")
    return draft_note(scales.nation.meeting, actor=FACILITATOR)


def write(note: Deliverable, words: str, *refs: str) -> Block:
    block = add_block(
        note.pk, section="next_time", kind="paragraph", content=Words(words), actor=FACILITATOR
    )
    for ref in refs:
        cite(block.pk, ref=ref, actor=FACILITATOR)
    return block


def withdraw(release: Release) -> None:
    withdraw_release(release.pk, reason="Le maire relit", actor=REFERENT)


def text_of(version: Version, format: str) -> str:
    """All that a file says."""
    content = render_export(version.pk, format=format).file.open().read()
    if format == ExportFormat.PDF:
        done = subprocess.run(
            ["pdftotext", "-", "-"], input=content, capture_output=True, check=True
        )
        return plain(done.stdout.decode())
    if format == ExportFormat.HTML:
        return plain(content.decode())
    inside = "word/document.xml" if format == ExportFormat.DOCX else "content.xml"
    return plain(zipfile.ZipFile(io.BytesIO(content)).read(inside).decode())


def shown_in(scales: Scales, name: str, *keys: object, query: str = "") -> str:
    client = signed_in(scales.account(TeamRole.PILOT))
    answer = client.get(reverse(name, args=keys) + query)
    assert answer.status_code == 200
    return plain(answer.content.decode().replace("&#x27;", "'"))


def test_a_national_note_cites_what_was_released_and_nothing_else(scales, card, note):
    write(note, "On retient les quais.", f"card:{card.pk}")
    kept_home = scales.here.card("Chaleur")
    said = scales.here.say("Un mot du territoire")
    for ref in (f"card:{kept_home.pk}", f"contribution:{said.pk}"):
        with pytest.raises(UnknownSource):
            write(note, "Et ceci.", ref)


def test_a_territory_cites_nothing_of_another(scales, card, release):
    scales.there.card("Friche")
    note = draft_note(scales.there.meeting, actor=FACILITATOR)
    with pytest.raises(UnknownSource):
        write(note, "Ailleurs aussi.", f"card:{card.pk}")


def test_the_source_of_a_released_card_is_what_was_released(scales, card, note):
    scales.here.say("Les quais, dit un élu")
    block = write(note, "On retient les quais.", f"card:{card.pk}")
    rename_card(card.pk, title="Port inondé", actor=FACILITATOR)

    shown = shown_in(scales, "deliverable:sources", block.pk)

    assert f"Carte « {SECRET} »" in shown
    assert f"Versée par {scales.here.meeting.site.territory.name}" in shown
    assert "Port inondé" not in shown
    assert "dit un élu" not in shown


class TestOnceWithdrawn:
    @pytest.fixture
    def version(self, note, card) -> Version:
        write(note, "On retient les quais.", f"card:{card.pk}")
        return freeze(note.pk, actor=FACILITATOR)

    def test_the_frozen_tree_stays_and_what_is_served_says_so(self, scales, version, release):
        before, tree = served(version).document, version.tree
        withdraw(release)

        version.refresh_from_db()
        shown = served(version)

        assert version.tree == tree
        assert digest(from_json(version.tree)) == version.sha256
        assert shown.document != before
        assert shown.withdrawn == 3
        said = str(shown.document)
        name = scales.here.meeting.site.territory.name
        assert f"par {name}." in said
        assert SECRET not in said
        assert "littoral" not in said
        assert "On retient les quais" not in said
        assert "Une carte à nous" in said

    @pytest.mark.parametrize("format", ExportFormat.values)
    def test_every_file_is_made_again(self, version, release, format):
        assert SECRET in text_of(version, format)
        withdraw(release)
        after = text_of(version, format)
        assert SECRET not in after
        assert "littoral" not in after
        assert "Retiré le" in after.replace("\n", " ")
        assert "Une carte à nous" in after.replace("\n", " ")

    def test_the_files_that_were_there_are_thrown_away_at_once(
        self, version, release, settings, django_capture_on_commit_callbacks
    ):
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        former = [one.file for one in render_exports(version)]
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(release)
        assert not any(file.storage.exists(file.name) for file in former)
        assert not version.exports.exists()

    def test_files_of_a_note_it_does_not_touch_stay(
        self, scales, version, release, django_capture_on_commit_callbacks
    ):
        scales.there.card("Friche")
        other = freeze(draft_note(scales.there.meeting, actor=FACILITATOR).pk, actor=FACILITATOR)
        export = render_export(other.pk, format="html")
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(release)
        assert render_export(other.pk, format="html") == export

    def test_the_page_and_the_api_say_so(self, scales, version, release):
        withdraw(release)
        keys = (version.deliverable_id, version.number)
        page = shown_in(scales, "deliverable:version", *keys)
        assert "3 passages ont été retirés depuis que cette version a été figée" in page
        api = signed_in(scales.account(TeamRole.PILOT)).get(reverse("api:read_note", args=keys))
        assert api.json()["withdrawn"] == 3
        assert api.json()["sha256"] == version.sha256
        for said in (page, api.content.decode()):
            assert SECRET not in said
            assert "littoral" not in said

    def test_it_does_not_come_back_with_another_release(self, scales, version, card, release):
        withdraw(release)
        rename_card(card.pk, title="Port", actor=FACILITATOR)
        scales.release(card)
        assert SECRET not in str(served(version).document)
        assert "On retient les quais" not in str(served(version).document)

    def test_its_own_territory_keeps_its_note(self, scales, card, release):
        local = freeze(draft_note(scales.here.meeting, actor=FACILITATOR).pk, actor=FACILITATOR)
        withdraw(release)
        assert SECRET in str(served(local).document)


class TestADraft:
    def test_says_it_in_its_place_and_is_no_longer_edited(self, scales, note, card, release):
        block = write(note, "On retient les quais.", f"card:{card.pk}")
        withdraw(release)

        editor = shown_in(scales, "deliverable:note", note.meeting_id, query=f"?passage={block.pk}")
        assert "On retient les quais" not in editor
        assert SECRET not in editor
        assert "Retiré le" in editor
        block.refresh_from_db()
        with pytest.raises(PassageWithdrawn):
            edit_block(block.pk, content=Words("Autre"), revision=block.revision, actor=FACILITATOR)

    def test_what_was_being_typed_comes_back(self, scales, note, card, release):
        block = write(note, "On retient les quais.", f"card:{card.pk}")
        block.refresh_from_db()
        withdraw(release)
        client = signed_in(scales.account(TeamRole.PILOT))
        data = {"text": "Ma phrase à moi", "revision": block.revision}
        answer = client.post(reverse("deliverable:block", args=[block.pk]), data)
        assert answer.status_code == 422
        assert "Ma phrase à moi" in answer.content.decode()

    def test_frozen_afterwards_holds_nothing_of_it(self, note, card, release):
        write(note, "On retient les quais.", f"card:{card.pk}")
        withdraw(release)
        version = freeze(note.pk, actor=FACILITATOR)
        assert SECRET not in str(version.tree)
        assert "On retient les quais" not in str(version.tree)
        assert str(card.pk) not in str(version.tree)


def test_words_their_author_keeps_to_themselves_leave_the_notes(scales):
    said = scales.here.say("Le maire a dit non")
    note = draft_note(scales.here.meeting, actor=FACILITATOR)
    write(note, "Quelqu'un rapporte un refus.", f"contribution:{said.pk}")
    version = freeze(note.pk, actor=FACILITATOR)

    set_own_level(said.pk, level="private", participant=scales.here.people[0])

    shown = str(served(version).document)
    assert "Le maire a dit non" not in shown
    assert "rapporte un refus" not in shown
    assert "l'a réservé" in shown


def test_what_is_private_under_a_card_is_for_facilitators(scales, card):
    said = scales.here.say("Le maire a dit non", level="private")
    Placement.objects.create(contribution=said, card=card)
    note = draft_note(scales.here.meeting, actor=FACILITATOR)
    block = Block.objects.filter(deliverable=note, citations__card=card).first()
    assert block is not None

    page = reverse("deliverable:sources", args=[block.pk])
    read = {
        role: "Le maire a dit non"
        in signed_in(scales.account(role, scales.here)).get(page).content.decode()
        for role in (TeamRole.PILOT, TeamRole.REFERENT)
    }

    assert read == {TeamRole.PILOT: True, TeamRole.REFERENT: False}
