"""A phone in English shows no French: the pages made for phones, moment after moment.

What people and the method wrote stays in the language they wrote it in; the words of the screens
do not. Each moment is read in French too, where our way of looking must find something: it would
otherwise prove nothing. (Seen red with the English of « Envoyer » left out.)
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from html.parser import HTMLParser

import pytest
from django.core.cache import cache as guesses
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from fabrique.document.typography import english
from fabrique.kit.catalogs import english_source, read_catalog
from fabrique.kit.identifiers import new_id
from fabrique.kit.sheets import match_columns, read_sheet
from fabrique.stages.contribution.actions.cards import (
    create_card,
    merge_cards,
    set_contribution_aside,
)
from fabrique.stages.contribution.actions.workshops import change_phase, open_workshop
from fabrique.stages.contribution.formats.registry import get_format
from fabrique.stages.contribution.models import Contribution, Workshop
from fabrique.stages.programme.member_sheets import COLUMNS
from fabrique.stages.programme.models import Meeting, Programme
from fabrique.stages.seminar.actions.rooms import close_room
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.models import Participant
from tests.stages.rooms import Held, a_card, a_held_seminar, a_member, an_account

pytestmark = pytest.mark.django_db

FORMATS = ("expectations", "vulnerabilities", "past_actions", "crossing", "hot_evaluation")
PHASES = [(key, phase.key) for key in FORMATS for phase in get_format(key).phases]
READ_ALOUD = {"aria-label", "title", "placeholder", "alt", "data-confirm"}
ANY_VALUE = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")


class Heard(HTMLParser):
    """What a page says in its own language, to the eye or to the ear, a piece at a time."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.left_out = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style") or (tag != "html" and "lang" in dict(attrs)):
            self.left_out = tag
        for name, value in attrs:
            if value and (name in READ_ALOUD or name.startswith("data-say-")):
                self.pieces.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.left_out:
            self.left_out = ""

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.pieces.append(" ".join(data.split()))


@cache
def french_messages() -> dict[str, re.Pattern[str]]:
    """Every form of every message whose English differs, whatever it is filled with."""
    return {
        words: _pattern(words)
        for message in read_catalog(english_source())
        if message.id
        for words, translated in zip(_forms(message.id), _forms(message.string), strict=True)
        if english(words).lower() != english(translated).lower() and _is_telling(words)
    }


def _is_telling(words: str) -> bool:
    """Whether it holds a word of its own: « S%(half)s » alone is found anywhere."""
    return re.search(r"\w\w", ANY_VALUE.sub(" ", words)) is not None


def _forms(words: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.escape(part.replace("%%", "%")) for part in ANY_VALUE.split(words.strip())]
    return re.compile(rf"(?<!\w){'.+?'.join(parts)}(?!\w)")


def french_in(html: str) -> set[str]:
    pieces = [piece.replace("’", "'") for piece in Heard(html).pieces if piece]
    return {
        words
        for words, pattern in french_messages().items()
        if any(pattern.search(piece) for piece in pieces)
    }


def check_english(read: Callable[[str], str]) -> None:
    assert french_in(read("fr"))
    assert not french_in(read("en"))


@pytest.fixture(autouse=True)
def _no_wrong_code_yet() -> None:
    guesses.clear()


def held_in(identity: Identity = Identity.PSEUDONYM) -> Held:
    """A seminar whose own words, which no catalog translates, are of no language."""
    held = a_held_seminar(*FORMATS, identity=identity)
    Programme.objects.update(title="Lorem ipsum", question="Dolor sit amet")
    Meeting.objects.update(title="Consectetur")
    Workshop.objects.update(title="Adipiscing", prompt="Elit sed")
    for key in ("expectations", "vulnerabilities", "past_actions"):
        a_card(held.workshops[key], f"Eiusmod {key[0]}")
    return held.refresh()


def seated(held: Held) -> Client:
    browser = Client()
    browser.post(f"/r/{held.room.code}/", {"label": "Tempor"})
    return browser


def reading(browser: Client, address: str) -> Callable[[str], str]:
    return lambda language: browser.get(address, HTTP_ACCEPT_LANGUAGE=language).content.decode()


def sending(browser: Client, address: str, **data: object) -> Callable[[str], str]:
    def send(language: str) -> str:
        sent = browser.post(address, data, HTTP_ACCEPT_LANGUAGE=language)
        assert sent.status_code in (403, 404, 409, 422)
        return sent.content.decode()

    return send


class TestComingIn:
    def test_the_code_is_asked(self, client: Client) -> None:
        check_english(reading(client, "/r/"))

    @pytest.mark.parametrize("code", ["", "ZZZZZZ"])
    def test_a_wrong_code(self, client: Client, code: str) -> None:
        check_english(sending(client, "/r/", code=code))

    @pytest.mark.parametrize("identity", Identity)
    def test_who_one_is(self, client: Client, identity: Identity) -> None:
        check_english(reading(client, f"/r/{held_in(identity).room.code}/"))

    @pytest.mark.parametrize("identity", [Identity.NAMED, Identity.PSEUDONYM])
    def test_a_missing_name(self, client: Client, identity: Identity) -> None:
        check_english(sending(client, f"/r/{held_in(identity).room.code}/"))

    def test_a_name_already_taken(self, client: Client) -> None:
        held = held_in(Identity.NAMED)
        member = a_member(held.meeting, "Magna")
        address = f"/r/{held.room.code}/"
        Client().post(address, {"member": str(member.pk)})
        check_english(sending(client, address, member=str(member.pk)))


class TestInTheRoom:
    @pytest.mark.parametrize(("format", "phase"), PHASES)
    def test_a_phase_of_a_workshop(self, format: str, phase: str) -> None:
        held = showing(format, phase)
        check_english(reading(seated(held), f"/salle/{held.room.code}/"))

    @pytest.mark.parametrize(("format", "phase"), PHASES)
    def test_what_is_sent_empty(self, format: str, phase: str) -> None:
        held = showing(format, phase)
        browser = seated(held)
        for data in refused(held, format, phase):
            check_english(sending(browser, f"/salle/{held.room.code}/envoyer/", **data))

    def test_what_one_sent(self) -> None:
        held = held_in()
        check_english(reading(having_spoken(held), f"/salle/{held.room.code}/"))

    def test_the_end_of_the_session(self) -> None:
        held = held_in()
        browser = seated(held)
        close_room(held.room.pk, actor="")
        check_english(reading(browser, f"/salle/{held.room.code}/"))


class TestAfterwards:
    def test_nothing_was_said(self, client: Client) -> None:
        held = held_in()
        seated(held)
        check_english(reading(client, f"/suivi/{Participant.objects.get().link_key}/"))

    def test_every_fate(self, client: Client) -> None:
        having_spoken(held_in())
        kept, merged, aside, _waiting = Contribution.objects.order_by("number")
        workshop = kept.workshop_id
        into = create_card(workshop, title="Aliqua", contribution_ids=[kept.pk], actor="")
        other = create_card(workshop, title="Minim", contribution_ids=[merged.pk], actor="")
        merge_cards(other.pk, into_id=into.pk, actor="")
        set_contribution_aside(aside.pk, reason="Veniam", actor="")
        check_english(reading(client, f"/suivi/{Participant.objects.get().link_key}/"))


def test_the_sheet_offered_in_english_is_understood_when_it_comes_back(client: Client) -> None:
    meeting = held_in().meeting
    client.force_login(an_account(meeting))
    address = reverse("programme:group-model", args=[meeting.programme.slug, "csv"])
    sheet = read_sheet(client.get(address, HTTP_ACCEPT_LANGUAGE="en").content)
    assert "Sector" in sheet.columns
    assert not match_columns(sheet.columns, COLUMNS).unused


def showing(format: str, phase: str) -> Held:
    held = held_in()
    workshop = held.workshops[format]
    if workshop.state != "open":
        open_workshop(workshop.pk, actor="")
    change_phase(workshop.pk, phase=phase, actor="")
    return held.refresh()


def refused(held: Held, format: str, phase: str) -> Iterator[dict[str, object]]:
    """Every kind of message, with nothing in it."""
    workshop = held.workshops[format]
    empty = {"id": new_id(), "workshop": workshop.pk}
    yield {**empty, "kind": "contribution"}
    if get_format(format).phase(phase).accepts - {"contribution"}:
        source = held.workshops["vulnerabilities"] if format == "crossing" else workshop
        yield {**empty, "kind": "answer", "card": source.cards.get().pk}


def having_spoken(held: Held) -> Client:
    browser = seated(held)
    for number in range(4):
        browser.post(
            f"/salle/{held.room.code}/envoyer/",
            {
                "id": new_id(),
                "workshop": held.workshops["expectations"].pk,
                "kind": "contribution",
                "text": f"Nostrud {number}",
            },
        )
    assert Contribution.objects.count() == 4
    return browser


def test_a_day_is_written_the_day_first_in_both_languages() -> None:
    day = date(2020, 2, 3)
    written = []
    for language in ("fr", "en"):
        with override(language):
            written.append((date_format(day), date_format(day, "SHORT_DATE_FORMAT")))
    assert written == [("3 février 2020", "03/02/2020"), ("3 February 2020", "03/02/2020")]
