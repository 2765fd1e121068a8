"""Whatever is said, kept, released, withdrawn, hidden and edited, nobody reads what is not theirs.

Each thing said or written holds a word found nowhere else. A year is drawn at random and played on
real rows; a small model of its own, below, says who may read each word; then people go round every
page, answer, stream and file they could ask for, and none of them may hold a word they may not
read. ``FABRIQUE_LEAKS=200`` draws two hundred years instead of two.

Sheets and word processors' files are opened and read. The PDF of a note is made of the same tree,
by the same door, as its other files; what is printed for a room is read as it is drawn, before any
PDF is made of it.

Seen red with each of these taken out, one at a time: ``is_standing`` in ``reach._released``;
the national room in ``programmes_released_to``; what ``served`` redacts, on the page of a version,
then in its files, in the API, in drafts; the names of ``FateOf``; those of the desk's log.
"""

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from fabrique.people.models import User
from fabrique.people.viewer import Viewer
from fabrique.stages.contribution.actions.cards import edit_card
from fabrique.stages.contribution.actions.levels import set_card_level, set_own_level
from fabrique.stages.contribution.actions.releases import release_again, withdraw_release
from fabrique.stages.contribution.actions.workshops import lay_out_workshops
from fabrique.stages.contribution.enums import Level, ReleaseLevel
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Card, Contribution, Release, Workshop
from fabrique.stages.contribution.print_sheets import print_files
from fabrique.stages.deliverable.actions import add_block, cite, draft_note, freeze, reopen
from fabrique.stages.deliverable.models import Block, Version
from fabrique.stages.deliverable.passages import Words
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.seminar.enums import SequenceKind
from fabrique.stages.seminar.models import Participant, Sequence
from fabrique.stages.seminar.tickets import cookie_name, make_ticket
from tests.stages.rooms import FACILITATOR
from tests.stages.synthesis.two_scales import (
    REFERENT,
    SAMPLE_FORMATS,
    Scales,
    Seminar,
    signed_in,
)

YEARS = int(os.environ.get("FABRIQUE_LEAKS", "2"))
SCALES = ("here", "there", "nation")
#: Said or kept at any of these, words go no further than their group until a card is released.
SHARED = (Level.GROUP, Level.INTERSITE, Level.PUBLIC)

#: What is worked on beside the seminar's own workshop: plans, maps, the launch round table.
BESIDE = {
    "here": ("roadmap", "actor_map"),
    "there": ("roadmap", "actor_map"),
    "nation": ("expectations", "consolidated_map"),
}

FACILITATORS = {"director", "pilot", "officer"}
READERS = {
    "here": FACILITATORS | {"referent here", "participant here", "wall here"},
    "there": FACILITATORS | {"referent there", "participant there", "wall there"},
    "nation": FACILITATORS
    | {"referent here", "referent there", "participant nation", "wall nation"},
}
VIEWERS = (
    "nobody",
    *(f"{kind} {scale}" for kind in ("participant", "wall") for scale in SCALES),
    "referent here",
    "referent there",
    "director",
    "officer",
    "pilot",
    "pilot of another programme",
)


# ── Who may read what, said independently of the house ───────────────────────────────────────


@dataclass
class Spoken:
    """A contribution; its author is the person of that scale who goes round the house."""

    scale: str
    row: Contribution
    word: str
    is_private: bool

    def readers(self) -> set[str]:
        if self.is_private:
            return FACILITATORS | {f"participant {self.scale}"}
        return READERS[self.scale]


@dataclass
class Kept:
    """A card. ``epoch`` counts the times it was taken back; a word released in one epoch is read
    by the nation as long as it is the present one and the card is released."""

    scale: str
    row: Card
    words: list[str]
    is_private: bool = False
    epoch: int = 0
    standing: Release | None = None
    released: dict[str, int] = field(default_factory=dict)
    origin: "tuple[Kept, int] | None" = None
    because: "list[Kept]" = field(default_factory=list)

    def is_alive(self, epoch: int) -> bool:
        return self.standing is not None and not self.is_private and epoch == self.epoch

    @property
    def is_gone(self) -> bool:
        """A card taken over from one that was taken back since."""
        return self.origin is not None and not self.origin[0].is_alive(self.origin[1])

    def readers(self, word: str) -> set[str]:
        if self.is_gone:
            return set()
        readers = FACILITATORS if self.is_private else READERS[self.scale]
        if word in self.released and self.is_alive(self.released[word]):
            return readers | READERS["nation"]
        return readers

    def note_readers(self, word: str) -> set[str]:
        """A note also loses what rests on a card that was taken back."""
        is_lost = any(one.standing is None or one.is_private for one in self.because)
        return set() if is_lost or self.is_private else self.readers(word)


@dataclass
class Passage:
    """Words of a national note, written from a released card."""

    card: Kept
    epoch: int
    word: str

    def readers(self) -> set[str]:
        return READERS["nation"] if self.card.is_alive(self.epoch) else set()


# ── A year, played on real rows and on the model at once ─────────────────────────────────────


@dataclass
class Year:
    world: "World"
    chance: random.Random
    spoken: list[Spoken] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    beside: list[Kept] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    count: int = 0

    def word(self) -> str:
        self.count += 1
        return f"mot{self.count:03d}secret"

    def seminar(self, scale: str) -> Seminar:
        found: Seminar = getattr(self.world.scales, scale)
        return found

    def local(self, *, released: bool | None = None) -> Kept | None:
        found = [one for one in self.kept if one.scale != "nation"]
        if released is not None:
            found = [one for one in found if (one.standing is not None) == released]
        return self.chance.choice(found) if found else None

    def say(self) -> None:
        scale, word = self.chance.choice(SCALES), self.word()
        is_private = self.chance.random() < 0.3
        level = "private" if is_private else self.chance.choice(SHARED)
        row = self.seminar(scale).say(f"Il a dit {word}", level=level)
        self.spoken.append(Spoken(scale, row, word, is_private))

    def keep(self) -> None:
        scale, word = self.chance.choice(SCALES), self.word()
        said = [one.row for one in self.spoken if one.scale == scale][-1:]
        placed = Card.objects.filter(placements__contribution__in=said)
        said = [] if placed.exists() else said
        self.kept.append(self._card(scale, word, *said))

    def _card(self, scale: str, word: str, *said: Contribution) -> Kept:
        row = self.seminar(scale).card(f"La carte {word}", *said, text=f"Précision {word}")
        return Kept(scale, row, [word])

    def work_beside(self) -> None:
        """A card of another workshop of the same seminar, reserved one time in three."""
        scale, word = self.chance.choice(SCALES), self.word()
        workshop = self.chance.choice(self.world.beside[scale])
        is_private = self.chance.random() < 0.3
        level = "private" if is_private else self.chance.choice(SHARED)
        row = Card.objects.create(
            workshop=workshop, title=f"La carte {word}", position=self.count, level=level
        )
        self.beside.append(Kept(scale, row, [word], is_private))

    def edit(self) -> None:
        if self.kept:
            self._edit(self.chance.choice(self.kept))

    def _edit(self, card: Kept) -> None:
        word = self.word()
        card.row.refresh_from_db()
        data = {**card.row.payload, "title": f"La carte {word}", "text": ""}
        edit_card(card.row.pk, data=data, actor=FACILITATOR)
        card.words.append(word)

    def release(self) -> None:
        card = self.local(released=False)
        if card and not card.is_private:
            self._release(card)

    def _release(self, card: Kept) -> None:
        card.row.refresh_from_db()
        level = self.chance.choice(ReleaseLevel.values)
        (card.standing,) = self.world.scales.release(card.row, level=level)
        card.released[card.words[-1]] = card.epoch

    def release_again(self) -> None:
        card = self.local(released=True)
        if card and card.standing:
            card.standing = release_again(card.standing.pk, actor=REFERENT)
            card.released[card.words[-1]] = card.epoch

    def withdraw(self) -> None:
        if card := self.local(released=True):
            self._withdraw(card)

    def _withdraw(self, card: Kept) -> None:
        assert card.standing
        withdraw_release(card.standing.pk, reason="À revoir", actor=REFERENT)
        card.standing, card.epoch = None, card.epoch + 1

    def come_back(self) -> None:
        """A card that others took over is withdrawn, reworded, and released in other words."""
        taken = [one.origin[0] for one in self.kept if one.origin and not one.is_gone]
        if taken:
            self._withdraw(taken[-1])
            self._edit(taken[-1])
            self._release(taken[-1])

    def hide_card(self) -> None:
        if not self.kept:
            return
        card = self.chance.choice([*self.kept, *self.beside])
        level = "group" if card.is_private else "private"
        set_card_level(card.row.pk, level=level, actor=FACILITATOR)
        card.is_private = not card.is_private
        if card.standing:
            card.standing, card.epoch = None, card.epoch + 1

    def hide_words(self) -> None:
        if not self.spoken:
            return
        one = self.chance.choice(self.spoken)
        author = self.seminar(one.scale).people[0]
        level = "group" if one.is_private else "private"
        set_own_level(one.row.pk, level=level, participant=author)
        one.is_private = not one.is_private

    def take_over(self) -> None:
        card = self.local(released=True)
        if card is None or card.standing is None:
            return
        for row in self.world.scales.take_over(card.row):
            self.kept.append(Kept("nation", row, [], origin=(card, card.epoch)))

    def rest(self) -> None:
        card = self.local(released=True)
        if card is None:
            return
        word = self.word()
        row = self.world.scales.resting_on(f"La carte {word}", card.row)
        self.kept.append(Kept("nation", row, [word], because=[card]))

    def write(self) -> None:
        """A passage in the words of whoever read the released card."""
        card = self.local(released=True)
        if card is None:
            return
        note = draft_note(self.seminar("nation").meeting, actor=FACILITATOR)
        note = reopen(note.pk, actor=FACILITATOR)
        word = self.word()
        block = add_block(
            note.pk,
            section="next_time",
            kind="paragraph",
            content=Words(f"Le groupe retient {word}"),
            actor=FACILITATOR,
        )
        cite(block.pk, ref=f"card:{card.row.pk}", actor=FACILITATOR)
        self.passages.append(Passage(card, card.epoch, word))

    def note(self) -> None:
        meeting = self.seminar(self.chance.choice(SCALES)).meeting
        note = draft_note(meeting, actor=FACILITATOR)
        reopen(note.pk, actor=FACILITATOR)
        draft_note(meeting, actor=FACILITATOR)
        if Block.objects.filter(deliverable=note, removed_at=None).exists():
            freeze(note.pk, actor=FACILITATOR)

    def forbidden(self, viewer: str, *, in_a_note: bool) -> set[str]:
        """Every word this viewer may not read."""
        may: set[str] = set()
        known: set[str] = set()
        for one in self.spoken:
            known.add(one.word)
            may |= {one.word} if viewer in one.readers() else set()
        for card in (*self.kept, *self.beside):
            known |= set(card.words)
            readers = card.note_readers if in_a_note else card.readers
            may |= {word for word in card.words if viewer in readers(word)}
        for passage in self.passages:
            known.add(passage.word)
            may |= {passage.word} if viewer in passage.readers() else set()
        return known - may


STEPS: dict[str, Callable[[Year], None]] = {
    name: getattr(Year, name)
    for name in (
        *("say", "keep", "work_beside", "release", "take_over", "rest", "write", "note"),
        *("edit", "release_again", "withdraw", "come_back", "hide_card", "hide_words"),
    )
}


# ── Going round the house ────────────────────────────────────────────────────────────────────


@dataclass
class World:
    scales: Scales
    elsewhere: Scales
    clients: dict[str, Client]
    beside: dict[str, list[Workshop]]
    pilot: User

    @classmethod
    def make(cls) -> "World":
        scales, elsewhere = Scales.make(), Scales.make()
        accounts: dict[str, User] = {
            "referent here": scales.account(TeamRole.REFERENT, scales.here),
            "referent there": scales.account(TeamRole.REFERENT, scales.there),
            "director": scales.account(TeamRole.DIRECTOR, scales.here, scales.there),
            "officer": scales.account(TeamRole.OFFICER),
            "pilot": scales.account(TeamRole.PILOT),
            "pilot of another programme": elsewhere.account(TeamRole.PILOT),
        }
        clients = {name: Client() for name in VIEWERS}
        clients |= {name: signed_in(user) for name, user in accounts.items()}
        beside = {scale: _beside(getattr(scales, scale), BESIDE[scale]) for scale in SCALES}
        world = cls(scales, elsewhere, clients, beside, accounts["pilot"])
        for scale in SCALES:
            world._seat(f"participant {scale}", world.seminar(scale).people[0])
        return world

    def seminar(self, scale: str) -> Seminar:
        found: Seminar = getattr(self.scales, scale)
        return found

    def _seat(self, name: str, participant: Participant) -> None:
        """Their ticket, shown under the name of every room."""
        for scale in SCALES:
            key = cookie_name(self.seminar(scale).room.pk)
            self.clients[name].cookies[key] = make_ticket(participant)


def _beside(seminar: Seminar, formats: tuple[str, ...]) -> list[Workshop]:
    """More sequences to its run sheet, and their workshops."""
    for position, format in enumerate(formats, start=1):
        Sequence.objects.create(
            meeting=seminar.meeting,
            position=position,
            title=f"Séquence {position + 1}",
            kind=SequenceKind.WORK,
            minutes=30,
            format=format,
        )
    return [one for one in lay_out_workshops(seminar.meeting) if one.format in formats]


def addresses(world: World, viewer: str) -> Iterator[str]:
    """All that someone could ask for: what is theirs, and what is not."""
    kind, _space, scale = viewer.partition(" ")
    if kind == "wall":
        key = world.seminar(scale).room.wall_key
        yield reverse("contribution:wall", args=[key])
        yield reverse("api:see_wall", args=[key])
        return
    link = world.seminar(scale).people[0].link_key if kind == "participant" else ""
    programme = world.scales.programme.slug
    yield reverse("api:list_released_cards", args=[programme]) + f"?link={link}"
    yield reverse("api:list_notes") + f"?link={link}"
    yield from _of_versions(link)
    if link:
        yield reverse("contribution:follow-up", args=[link])
    if kind in ("participant", "nobody"):
        yield from _of_phones(world)
    if kind != "participant":
        yield reverse("programme:detail", args=[programme])
        yield reverse("synthesis:released", args=[programme])
        yield reverse("synthesis:round-table", args=[programme])
        yield from _of_the_team(world)
        yield from _of_desks(world)
        yield from _of_workshops(world)
        yield from _of_paper(world, is_drawn=viewer in FACILITATORS)


def _of_phones(world: World) -> Iterator[str]:
    for scale in SCALES:
        room = world.seminar(scale).room
        yield reverse("seminar:numbers", args=[room.pk])
        yield reverse("contribution:phone", args=[room.code])
        yield reverse("api:see_room", args=[room.code])
        yield reverse("api:see_mine", args=[room.code])


def _of_the_team(world: World) -> Iterator[str]:
    for scale in SCALES:
        seminar = world.seminar(scale)
        meeting, blocks = seminar.meeting, Block.objects.filter(removed_at=None)
        yield reverse("seminar:detail", args=[meeting.pk])
        yield reverse("contribution:console", args=[meeting.pk])
        yield reverse("contribution:console-take-over", args=[meeting.pk, seminar.workshop.pk])
        yield reverse("deliverable:preview", args=[meeting.pk, "html"])
        note = reverse("deliverable:note", args=[meeting.pk])
        last = blocks.filter(deliverable__meeting=meeting).order_by("-position").first()
        yield f"{note}?passage={last.pk}&chercher=mot" if last else note
        if last:
            yield reverse("deliverable:sources", args=[last.pk])
    for card in Card.objects.filter(workshop__meeting__programme=world.scales.programme):
        yield reverse("contribution:console-card", args=[card.workshop.meeting_id, card.pk])


def _of_workshops(world: World) -> Iterator[str]:
    """The page of each, the files it leaves as, where cards are brought in."""
    for workshop in chain.from_iterable(world.beside.values()):
        place = [workshop.meeting_id, workshop.pk]
        console = reverse("contribution:console", args=[workshop.meeting_id])
        yield f"{console}?atelier={workshop.pk}"
        yield reverse("contribution:console-take-over", args=place)
        yield reverse("contribution:workshop-page", args=place)
        yield reverse("contribution:cards-import", args=place)
        for file in get_format(workshop.format).files(workshop):
            yield reverse("contribution:card-file", args=[*place, file.name])


def _of_paper(world: World, *, is_drawn: bool) -> Iterator[str]:
    """Where paper is keyed in and printed; those who may print are given no PDF to read."""
    for scale in SCALES:
        meeting, workshop = world.seminar(scale).meeting, world.seminar(scale).workshop
        keyed = reverse("contribution:transcription", args=[meeting.pk])
        yield f"{keyed}?atelier={workshop.pk}"
        yield reverse("contribution:print-kit", args=[meeting.pk])
        if not is_drawn:
            yield reverse("contribution:print-everything", args=[meeting.pk])
            yield reverse("contribution:print-file", args=[meeting.pk, "liens"])


def _of_versions(link: str) -> Iterator[str]:
    """The last version of each note; of every version, its tree."""
    own = {"link_key": link} if link else {}
    seen = set()
    for version in Version.objects.select_related("deliverable__meeting").order_by("-number"):
        keys = {"deliverable_id": version.deliverable_id, "number": version.number}
        api = {"note_id": version.deliverable_id, "number": version.number}
        yield reverse("api:read_note", kwargs=api) + f"?link={link}"
        if version.deliverable_id in seen:
            continue
        seen.add(version.deliverable_id)
        yield reverse("deliverable:version", kwargs=own | keys)
        is_national = version.deliverable.meeting.site_id is None
        for format in ("html", "docx") if is_national else ("html",):
            yield reverse("deliverable:export", kwargs=own | keys | {"format": format})
        for block in Block.objects.filter(deliverable=version.deliverable_id)[:3]:
            page = reverse("deliverable:sources", kwargs=own | {"block_id": block.pk})
            yield f"{page}?version={version.number}"


def _of_desks(world: World) -> Iterator[str]:
    for scale in ("here", "there"):
        site = world.seminar(scale).meeting.site
        assert site is not None
        place = [world.scales.programme.slug, site.territory_id]
        yield reverse("programme:site", args=place)
        yield reverse("synthesis:desk", args=place)
        yield reverse("synthesis:roadmap", args=place)
        for format in ("csv", "xlsx", "ods", "ics"):
            yield reverse("synthesis:roadmap-file", args=[*place, format])
        cards = Card.objects.values_list("pk", flat=True)
        asked = "&".join(f"carte={key}" for key in cards)
        yield reverse("synthesis:release", args=place) + f"?{asked}"
        for release in Release.objects.filter(card__workshop__meeting__site=site)[:2]:
            yield reverse("synthesis:withdraw", args=[*place, release.pk])
            yield reverse("synthesis:again", args=[*place, release.pk])


def read(client: Client, address: str) -> str:
    answer = client.get(address, follow="versements" in address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code < 500, address
    return _unpacked(body) if body.startswith(b"PK") else body.decode(errors="replace")


def _unpacked(body: bytes) -> str:
    """All the words of a sheet or of a word processor's file."""
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return " ".join(package.read(name).decode(errors="replace") for name in package.namelist())


def is_of_a_note(address: str) -> bool:
    return "note" in address


def leaks(year: Year, viewer: str) -> list[str]:
    found = []
    for address in addresses(year.world, viewer):
        body = read(year.world.clients[viewer], address)
        hidden = year.forbidden(viewer, in_a_note=is_of_a_note(address))
        found += [f"{viewer} reads {word} at {address}" for word in hidden if word in body]
    return found


def play(world: World, steps: list[str], seed: int) -> Year:
    year = Year(world, random.Random(seed))
    for step in steps:
        STEPS[step](year)
    return year


#: Those from whom most is kept, and one who facilitates without a territory; the others go round
#: in the years that are drawn.
KEPT_OUT = {
    "nobody",
    "officer",
    *("participant there", "participant nation", "wall there", "wall nation", "referent there"),
}
FULL_YEAR = [
    *("say", "say", "say", "keep", "keep", "keep", "keep", "say", "keep", "keep", "say"),
    *("work_beside",) * 9,
    *("release", "release", "release", "take_over", "take_over", "rest", "rest", "write"),
    *("note", "note", "note", "note", "edit", "edit", "release_again", "withdraw", "write"),
    *("edit", "come_back", "hide_card", "hide_words", "note", "withdraw", "hide_words"),
]


@pytest.fixture(autouse=True)
def _sample_formats_and_own_files(settings, tmp_path: Path) -> None:
    settings.FABRIQUE_FORMATS = [*settings.FABRIQUE_FORMATS, *SAMPLE_FORMATS]
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    cache.clear()


@pytest.fixture
def world(db: None) -> World:
    return World.make()


def test_nobody_reads_what_is_not_theirs(world: World) -> None:
    @settings(
        max_examples=YEARS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],  # a year is long to play: none is made smaller
        suppress_health_check=list(HealthCheck),
    )
    @given(
        steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=8, max_size=24),
        seed=st.integers(0, 10_000),
        viewers=st.sets(st.sampled_from(VIEWERS), min_size=2, max_size=3),
    )
    @example(steps=FULL_YEAR, seed=1, viewers=set(KEPT_OUT))
    def read_by(steps: list[str], seed: int, viewers: set[str]) -> None:
        with transaction.atomic():
            year = play(world, steps, seed)
            found = [leak for viewer in sorted(viewers) for leak in leaks(year, viewer)]
            transaction.set_rollback(True)
        assert not found

    read_by()


def test_there_is_something_to_read(world: World) -> None:
    """Or the test above would prove nothing: everyone finds words, and the nation others'."""
    year = play(world, FULL_YEAR[:31], seed=1)
    cards = [*year.kept, *year.beside]
    words = {word for card in cards for word in card.words} | {one.word for one in year.spoken}
    found = {
        viewer: {
            word
            for address in addresses(world, viewer)
            for body in [read(world.clients[viewer], address)]
            for word in words
            if word in body
        }
        for viewer in ("participant nation", "wall nation", "referent there", "pilot")
    }
    released = {word for card in year.kept for word in card.released}
    assert released
    assert all(found.values())
    assert found["referent there"] & released
    assert found["participant nation"] & released
    assert released <= found["pilot"]
    everywhere = {word for one in found.values() for word in one}
    assert {word for one in year.beside if not one.is_private for word in one.words} <= everywhere


def test_what_is_printed_for_a_room_holds_what_its_wall_may_show(world: World) -> None:
    year = play(world, [*FULL_YEAR, *("work_beside",) * 6], seed=2)
    drawn = {scale: _drawn(world, scale) for scale in SCALES}
    for scale, words in drawn.items():
        hidden = year.forbidden(f"wall {scale}", in_a_note=False)
        assert not {word for word in hidden if word in words}, scale
    assert any(word in drawn[one.scale] for one in year.beside for word in one.words)


def _drawn(world: World, scale: str) -> str:
    """Every sheet of a room's print kit, as it is given to the printer."""
    seminar = world.seminar(scale)
    files = print_files(
        Viewer(user_id=world.pilot.pk),
        seminar.meeting,
        seminar.room,
        list(seminar.meeting.sequences.all()),
        [seminar.workshop, *world.beside[scale]],
    )
    return " ".join(str(file.draw()) for file in files)
