"""« Mon agenda »: days typed, or read from a calendar, and nothing else kept of it."""

import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.serializers import serialize
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.stages.programme import agenda_fetching
from fabrique.stages.programme.actions.agendas import (
    READINGS_AN_HOUR,
    add_unavailability,
    forget_own_agenda,
    import_own_agenda,
    read_agendas_again,
    read_own_agenda,
)
from fabrique.stages.programme.actions.contacts import make_contacts
from fabrique.stages.programme.actions.members import add_member
from fabrique.stages.programme.agenda_fetching import fetch_agenda, is_public, place_of
from fabrique.stages.programme.agenda_reading import (
    MOST_BYTES,
    MOST_EVENTS,
    ReadAgenda,
    periods,
    read_agenda,
)
from fabrique.stages.programme.availability_errors import (
    AgendaAddressRefused,
    AgendaReadTooOften,
    AgendaTooBig,
    AgendaTooIntricate,
    AgendaUnreachable,
    NotAnAgenda,
)
from fabrique.stages.programme.enums import UnavailabilitySource
from fabrique.stages.programme.models import AuditLine, Contact, Unavailability
from tests.stages.programme.plain_words import plain
from tests.stages.programme.programmes import a_programme

FIRST, LAST = date(2020, 1, 23), date(2021, 1, 31)
PARIS = "TZID=Europe/Paris"


def calendar(*events: str, before: str = "") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//essai//FR", *before.split()]
    for number, event in enumerate(events):
        own = [] if "UID:" in event else [f"UID:{number}@essai"]
        lines += ["BEGIN:VEVENT", *own, *event.strip().splitlines(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def timed(day: str, start: str, end: str, *more: str, zone: str = f";{PARIS}") -> str:
    edges = [f"DTSTART{zone}:{day}T{start}00", f"DTEND{zone}:{day}T{end}00"]
    return "\n".join([*edges, *more])


def read(*events: str) -> ReadAgenda:
    return read_agenda(calendar(*events), first=FIRST, last=LAST)


def days(*events: str) -> list[str]:
    return [day.isoformat() for day in read(*events).taken]


class TestEvents:
    def test_a_day_s_event_takes_its_days_the_last_one_excluded(self) -> None:
        event = "DTSTART;VALUE=DATE:20200312\nDTEND;VALUE=DATE:20200314"
        assert days(event) == ["2020-03-12", "2020-03-13"]
        assert days("DTSTART;VALUE=DATE:20200312") == ["2020-03-12"]

    def test_two_hours_between_eight_and_twenty_take_the_day(self) -> None:
        assert days(timed("20200312", "1400", "1700")) == ["2020-03-12"]
        together = (timed("20200312", "0900", "1000"), timed("20200312", "1500", "1600"))
        assert days(*together) == ["2020-03-12"]
        overlapping = (timed("20200312", "0900", "1000"), timed("20200312", "0930", "1015"))
        assert days(*overlapping) == []

    def test_short_appointments_and_evenings_leave_the_day_free_and_are_counted(self) -> None:
        found = read(timed("20200312", "0900", "1000"), timed("20200313", "1900", "2300"))
        assert (found.taken, found.light) == ((), 2)

    def test_what_is_free_or_cancelled_counts_for_nothing(self) -> None:
        hours = ("20200312", "1400", "1700")
        assert days(timed(*hours, "TRANSP:TRANSPARENT")) == []
        assert days(timed(*hours, "STATUS:CANCELLED")) == []
        assert days(timed(*hours, "X-MICROSOFT-CDO-BUSYSTATUS:FREE")) == []
        assert days(timed(*hours, "STATUS:TENTATIVE", "TRANSP:OPAQUE")) == ["2020-03-12"]

    def test_an_event_over_several_days_takes_those_between(self) -> None:
        event = f"DTSTART;{PARIS}:20200310T180000\nDTEND;{PARIS}:20200313T090000"
        assert days(event) == ["2020-03-10", "2020-03-11", "2020-03-12"]

    def test_a_day_is_a_day_of_paris(self) -> None:
        late_in_auckland = timed("20200313", "0100", "0500", zone=";TZID=Pacific/Auckland")
        assert days(late_in_auckland) == ["2020-03-12"]
        assert days("DTSTART:20200312T230000Z\nDTEND:20200313T100000Z") == ["2020-03-13"]

    def test_what_lies_outside_the_programme_is_left_out(self) -> None:
        far = ("DTSTART;VALUE=DATE:20190312", "DTSTART;VALUE=DATE:20250312")
        assert read(*far) == ReadAgenda((), 0, 0, 0)

    def test_a_time_without_zone_is_read_as_in_paris_and_said(self) -> None:
        found = read(timed("20200312", "1400", "1700", zone=""))
        assert (found.taken, found.floating) == ((date(2020, 3, 12),), 1)

    def test_a_duration_and_a_zone_of_the_file_s_own_are_understood(self) -> None:
        zone = (
            "BEGIN:VTIMEZONE TZID:Bureau BEGIN:STANDARD DTSTART:19700101T000000 "
            "TZOFFSETFROM:+0000 TZOFFSETTO:-0500 END:STANDARD END:VTIMEZONE"
        )
        event = "DTSTART;TZID=Bureau:20200312T050000\nDURATION:PT3H"
        found = read_agenda(calendar(event, before=zone), first=FIRST, last=LAST)
        assert (found.taken, found.floating) == ((date(2020, 3, 12),), 0)

    def test_free_busy_calendars_are_read_too(self) -> None:
        content = (
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VFREEBUSY\r\n"
            b"FREEBUSY;FBTYPE=BUSY:20200312T080000Z/20200312T120000Z,20200313T080000Z/PT5H\r\n"
            b"FREEBUSY;FBTYPE=FREE:20200316T080000Z/20200316T120000Z\r\n"
            b"END:VFREEBUSY\r\nEND:VCALENDAR\r\n"
        )
        found = read_agenda(content, first=FIRST, last=LAST)
        assert [day.isoformat() for day in found.taken] == ["2020-03-12", "2020-03-13"]


class TestRepetitions:
    def test_across_the_october_change_the_hour_on_the_wall_stays(self) -> None:
        """18:00 to 20:00 in Paris takes the day; an hour's drift either way would free it."""
        weekly = timed("20201016", "1800", "2000", "RRULE:FREQ=WEEKLY;COUNT=4")
        assert days(weekly) == ["2020-10-16", "2020-10-23", "2020-10-30", "2020-11-06"]

    def test_in_a_fixed_zone_it_drifts_as_it_should(self) -> None:
        """16:00 to 18:00 UTC ends at 20:00 in Paris in summer, at 19:00 in winter: both count.
        6:00 to 8:00 UTC begins at 8:00 in summer and takes the day; in winter an hour is left."""
        early = timed("20201016", "0600", "0800", "RRULE:FREQ=WEEKLY;COUNT=3", zone="")
        found = days(early.replace("00\n", "00Z\n", 1).replace("080000\n", "080000Z\n"))
        assert found == ["2020-10-16", "2020-10-23"]

    def test_some_are_left_out_moved_or_cancelled(self) -> None:
        series = timed(
            "20200305", "1400", "1700", "UID:serie", "RRULE:FREQ=WEEKLY;UNTIL=20200402T235959Z",
            f"EXDATE;{PARIS}:20200312T140000",
        )  # fmt: skip
        moved = timed(
            "20200320", "0900", "1200", "UID:serie", f"RECURRENCE-ID;{PARIS}:20200319T140000"
        )
        cancelled = timed(
            "20200326", "1400", "1700", "UID:serie", f"RECURRENCE-ID;{PARIS}:20200326T140000",
            "STATUS:CANCELLED",
        )  # fmt: skip
        assert days(series, moved, cancelled) == ["2020-03-05", "2020-03-20", "2020-04-02"]

    def test_days_repeat_by_month_by_rank_and_by_list(self) -> None:
        first_tuesdays = "DTSTART;VALUE=DATE:20191203\nRRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20200407"
        assert days(first_tuesdays) == ["2020-02-04", "2020-03-03", "2020-04-07"]
        listed = "DTSTART;VALUE=DATE:20200312\nRDATE;VALUE=DATE:20200402,20200409"
        assert days(listed) == ["2020-03-12", "2020-04-02", "2020-04-09"]
        leap = "DTSTART;VALUE=DATE:20160229\nRRULE:FREQ=YEARLY"
        assert days(leap) == ["2020-02-29"]

    def test_a_repetition_older_than_the_programme_reaches_it(self) -> None:
        old = timed("20050105", "0900", "1200", "RRULE:FREQ=WEEKLY;BYDAY=WE")
        found = days(old)
        assert (found[0], found[-1], len(found)) == ("2020-01-29", "2021-01-27", 53)

    @settings(deadline=None, max_examples=40)
    @given(st.integers(1, 4), st.sampled_from(["DAILY", "WEEKLY"]), st.dates(FIRST, LAST))
    def test_any_plain_repetition_is_counted_as_by_hand(
        self, interval: int, frequency: str, start: date
    ) -> None:
        step = timedelta(days=interval * (7 if frequency == "WEEKLY" else 1))
        by_hand, day = [], start
        while day <= LAST:
            by_hand.append(day.isoformat())
            day += step
        rule = f"RRULE:FREQ={frequency};INTERVAL={interval}"
        assert days(timed(f"{start:%Y%m%d}", "0900", "1800", rule)) == by_hand


class TestHostileFiles:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\x00\x01\x02",
            b"<!doctype html><title>Connexion</title>",
            b"BEGIN:VCARD\r\nEND:VCARD\r\n",
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            b"BEGIN:VCALENDAR\r\n" * 1000,
            b"PK\x03\x04" + b"x" * 100,
        ],
    )
    def test_what_is_no_calendar_is_refused(self, content: bytes) -> None:
        with pytest.raises(NotAnAgenda):
            read_agenda(content, first=FIRST, last=LAST)

    def test_one_wrong_event_does_not_lose_the_others(self) -> None:
        found = read(
            "DTSTART:20209999T090000",
            "SUMMARY:sans date",
            timed("20200312", "1400", "1700", "RRULE:FREQ=CHAQUE-MARDI"),
            timed("20200316", "1700", "1400"),
            timed("20200317", "1400", "1700"),
        )
        assert date(2020, 3, 17) in found.taken
        assert found.unread >= 3

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=SECONDLY",
            "FREQ=MINUTELY",
            "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,1,2;BYSECOND=0,1,2",
            "FREQ=YEARLY;BYEASTER=0",
        ],
    )
    def test_repetitions_no_agenda_has_are_left_out_and_counted(self, rule: str) -> None:
        found = read(timed("19000101", "1400", "1700", f"RRULE:{rule}"))
        assert (found.taken, found.unread) == ((), 1)

    def test_rules_without_a_single_date_do_not_keep_the_server_busy(self) -> None:
        never = timed("20200312", "1400", "1700", "RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=100")
        assert days(never, timed("20200313", "1400", "1700")) == ["2020-03-13"]
        with pytest.raises(AgendaTooIntricate):
            read(*[never] * 20)

    def test_too_many_events_or_bytes_are_refused(self) -> None:
        many = calendar(*["DTSTART;VALUE=DATE:20200312"] * (MOST_EVENTS + 1))
        with pytest.raises(AgendaTooIntricate):
            read_agenda(many, first=FIRST, last=LAST)
        with pytest.raises(AgendaTooBig):
            read_agenda(b"x" * (MOST_BYTES + 1), first=FIRST, last=LAST)

    def test_years_of_past_events_are_no_trouble(self) -> None:
        past = ["DTSTART;VALUE=DATE:20150312"] * (MOST_EVENTS + 1)
        found = read_agenda(calendar(*past, "DTSTART;VALUE=DATE:20200312"), first=FIRST, last=LAST)
        assert found.taken == (date(2020, 3, 12),)

    @settings(deadline=None, max_examples=60)
    @given(st.lists(st.text(max_size=40), max_size=6))
    def test_any_line_in_an_event_is_read_or_refused_and_never_breaks(
        self, lines: list[str]
    ) -> None:
        event = "\n".join(["DTSTART;VALUE=DATE:20200312", *lines])
        try:
            read(event)
        except (NotAnAgenda, AgendaTooIntricate):
            return

    @settings(deadline=None, max_examples=60)
    @given(
        st.sampled_from(
            ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"]
        ),
        st.text("0123456789TZPWDHMS;=:,-+FREQCOUNTDAILYBYMONTH", max_size=30),
    )
    def test_any_value_of_a_date_is_read_or_counted(self, name: str, value: str) -> None:
        try:
            read(f"DTSTART;{PARIS}:20200312T140000\n{name}:{value}")
        except (NotAnAgenda, AgendaTooIntricate):
            return


def test_days_that_follow_one_another_are_one_period() -> None:
    found = periods([date(2020, 3, 13), date(2020, 3, 12), date(2020, 3, 16)])
    assert found == [
        (date(2020, 3, 12), date(2020, 3, 13)),
        (date(2020, 3, 16), date(2020, 3, 16)),
    ]


# ── Where it is fetched ──


class Handler(BaseHTTPRequestHandler):
    """A calendar server of the test's own."""

    def do_GET(self) -> None:
        answers = {
            "/agenda.ics": (200, {}, calendar(timed("20200312", "1400", "1700"))),
            "/page": (200, {}, b"<!doctype html><title>Connexion</title>"),
            "/big": (200, {}, b"x" * (MOST_BYTES + 10)),
            "/moved": (302, {"Location": "/agenda.ics"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/inside": (302, {"Location": f"http://localhost:{self.server.server_port}/agenda.ics"},
                        b""),
            "/metadata": (302, {"Location": "https://169.254.169.254/latest/"}, b""),
            "/secret": (403, {}, b""),
        }  # fmt: skip
        if self.path == "/drip":
            self.drip()
            return
        status, headers, content = answers.get(self.path, (404, {}, b""))
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            return

    def drip(self) -> None:
        """An answer that never ends, a byte at a time: no single wait is long."""
        with suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while True:
                self.wfile.write(b"x")
                time.sleep(0.02)

    def log_message(self, *_args: object) -> None:
        return


@contextmanager
def served() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with served() as server:
        yield server


@pytest.fixture
def site(server: ThreadingHTTPServer, settings) -> str:
    """Its address, of the network we trust."""
    settings.FABRIQUE_AGENDA_HOSTS = [f"127.0.0.1:{server.server_port}"]
    return f"http://127.0.0.1:{server.server_port}"


class TestFetching:
    def test_a_calendar_is_fetched_also_where_it_moved(self, site: str) -> None:
        for path in ("/agenda.ics", "/moved"):
            assert fetch_agenda(f"{site}{path}").startswith(b"BEGIN:VCALENDAR")

    def test_a_private_address_is_not_even_knocked_at(self, server: ThreadingHTTPServer) -> None:
        """Red when ``_checked_addresses`` lets private addresses through."""
        for host in (
            "127.0.0.1",
            "localhost",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "127.1",
            "2130706433",
        ):
            with pytest.raises((AgendaAddressRefused, AgendaUnreachable)) as refusal:
                fetch_agenda(f"https://{host}:{server.server_port}/agenda.ics")
            assert refusal.value.params["why"] in ("private", "unknown_host")
        assert server.asked == []  # type: ignore[attr-defined]

    def test_a_redirection_passes_the_same_door(
        self, site: str, server: ThreadingHTTPServer
    ) -> None:
        for path, why in (("/inside", "scheme"), ("/metadata", "private"), ("/loop", "redirects")):
            with pytest.raises((AgendaAddressRefused, AgendaUnreachable)) as refusal:
                fetch_agenda(f"{site}{path}")
            assert refusal.value.params["why"] == why
        assert "/agenda.ics" not in server.asked  # type: ignore[attr-defined]

    def test_a_name_that_leads_inside_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever other addresses it has: DNS is the outside, and answers what it likes."""
        inside = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))
            for address in ("93.184.216.34", "10.0.0.8")
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: inside)
        with pytest.raises(AgendaAddressRefused):
            fetch_agenda("https://agenda.exemple.fr/a.ics")

    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
            "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1",
            "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::", "ff02::1",
        ],
    )  # fmt: skip
    def test_these_are_not_the_internet(self, address: str) -> None:
        assert not is_public(ipaddress.ip_address(address))

    @pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
    def test_these_are(self, address: str) -> None:
        assert is_public(ipaddress.ip_address(address))

    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("http://exemple.fr/a.ics", "scheme"),
            ("file:///etc/passwd", "host"),
            ("ftp://exemple.fr/a.ics", "scheme"),
            ("https://moi:secret@exemple.fr/a.ics", "credentials"),
            ("https:///a.ics", "host"),
            ("agenda", "host"),
            ("https://exemple.fr:99999/a.ics", "host"),
            ("https://exemple.fr/a.ics\r\nHost: ailleurs", "host"),
            ("https://exemple.fr/é.ics", "host"),
            ("https://[::1/a.ics", "host"),
        ],
    )
    def test_an_address_that_is_not_one_is_refused(self, address: str, why: str) -> None:
        with pytest.raises(AgendaAddressRefused) as refusal:
            place_of(address)
        assert refusal.value.params["why"] == why

    def test_webcal_is_https(self) -> None:
        place = place_of("webcal://exemple.fr/a.ics?cle=1")
        assert (place.is_secure, place.port, place.path) == (True, 443, "/a.ics?cle=1")

    def test_what_does_not_answer_is_said(self, site: str) -> None:
        for address, why in (
            (f"{site}/secret", "status"),
            (f"{site}/rien", "status"),
            ("https://nom.invalid/a.ics", "unknown_host"),
        ):
            with pytest.raises(AgendaUnreachable) as refusal:
                fetch_agenda(address)
            assert refusal.value.params["why"] == why

    def test_a_server_that_is_down_is_said(self, settings) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings.FABRIQUE_AGENDA_HOSTS = [f"127.0.0.1:{port}"]
        with pytest.raises(AgendaUnreachable):
            fetch_agenda(f"http://127.0.0.1:{port}/")

    @pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
    def test_https_is_spoken_and_its_certificate_checked(
        self, settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
             "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        with served() as server:
            server.socket = context.wrap_socket(server.socket, server_side=True)
            settings.FABRIQUE_AGENDA_HOSTS = ["localhost"]
            address = f"https://localhost:{server.server_port}/agenda.ics"
            with pytest.raises(AgendaUnreachable) as refusal:
                fetch_agenda(address)
            assert refusal.value.params["why"] == "certificate"
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
            assert fetch_agenda(address).startswith(b"BEGIN:VCALENDAR")

    def test_a_server_that_sends_a_byte_now_and_then_is_left(
        self, site: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Red, without end, when nobody cuts the connection."""
        monkeypatch.setattr(agenda_fetching, "WHOLE_SECONDS", 0.5)
        with pytest.raises(AgendaUnreachable) as refusal:
            fetch_agenda(f"{site}/drip")
        assert refusal.value.params["why"] == "silent"

    def test_more_than_we_take_is_refused(self, site: str) -> None:
        with pytest.raises(AgendaTooBig):
            fetch_agenda(f"{site}/big")


# ── Its owner's page ──


@pytest.fixture
def contact(territories: None) -> Contact:
    cache.clear()
    programme = a_programme()
    place = programme.sites.get(territory_id="56121")
    add_member(programme, site=place, actor="", name="Élue à la mobilité", email="m@exemple.fr")
    make_contacts(programme.pk)
    return Contact.objects.get(member__name="Élue à la mobilité")


def page(contact: Contact) -> str:
    return reverse("programme:own-agenda", args=[contact.link_key])


def post(contact: Contact, **typed: object) -> str:
    client = Client(headers={"accept-language": "fr"})
    return plain(client.post(page(contact), typed, follow=True).content.decode())


def kept(contact: Contact, source: str) -> list[tuple[str, str]]:
    rows = Unavailability.objects.filter(contact=contact, source=source)
    return [(row.first_date.isoformat(), row.last_date.isoformat()) for row in rows]


TYPED, CALENDAR = UnavailabilitySource


class TestOwnPage:
    def test_days_are_typed_and_taken_back(self, contact: Contact) -> None:
        shown = post(contact, move="add", first="2020-03-12", last="2020-03-14")
        assert "C'est noté : vous ne pouvez pas venir du 12 au 14 mars 2020." in shown
        assert "le jeudi 2 avril 2020" in post(contact, move="add", first="2020-04-02", last="")
        post(contact, move="add", first="2020-04-02", last="")
        assert kept(contact, TYPED) == [("2020-03-12", "2020-03-14"), ("2020-04-02", "2020-04-02")]
        one = Unavailability.objects.get(first_date=date(2020, 3, 12))
        Client().post(reverse("programme:own-agenda-remove", args=[contact.link_key, one.pk]))
        assert kept(contact, TYPED) == [("2020-04-02", "2020-04-02")]

    def test_days_the_wrong_way_round_are_said_and_kept_on_the_form(self, contact: Contact) -> None:
        shown = post(contact, move="add", first="2020-03-12", last="2020-03-10")
        assert "Le dernier jour doit venir après le premier." in shown
        assert 'value="2020-03-12"' in shown
        assert kept(contact, TYPED) == []

    def test_nobody_removes_the_days_of_others(self, contact: Contact) -> None:
        other = Contact.objects.exclude(pk=contact.pk).first()
        assert other is not None
        days = add_unavailability(other, first=date(2020, 3, 12), last=date(2020, 3, 12))
        Client().post(reverse("programme:own-agenda-remove", args=[contact.link_key, days.pk]))
        assert Unavailability.objects.filter(pk=days.pk).exists()

    def test_an_agenda_is_read_again_and_forgotten(self, contact: Contact, site: str) -> None:
        add_unavailability(contact, first=date(2020, 5, 4), last=date(2020, 5, 5))
        shown = post(contact, move="read", address=f"{site}/agenda.ics")
        assert "Votre agenda est lu : 1 jour où vous ne pouvez pas venir." in shown
        assert "Depuis 127.0.0.1." in shown
        assert f"{site}/agenda.ics" not in shown, "an agenda's address is a key"
        assert kept(contact, CALENDAR) == [("2020-03-12", "2020-03-12")]
        post(contact, move="read-again")
        assert kept(contact, CALENDAR) == [("2020-03-12", "2020-03-12")]
        post(contact, move="forget")
        contact.refresh_from_db()
        assert (contact.calendar_url, contact.calendar_read_at) == ("", None)
        assert kept(contact, CALENDAR) == []
        assert kept(contact, TYPED) == [("2020-05-04", "2020-05-05")]

    def test_addresses_are_read_again_without_their_owner(
        self, contact: Contact, site: str, server: ThreadingHTTPServer
    ) -> None:
        post(contact, move="read", address=f"{site}/agenda.ics")
        Unavailability.objects.all().delete()
        known = Contact.objects.filter(pk=contact.pk)
        for read_at, days in (
            (datetime(2020, 3, 2, 6, tzinfo=UTC), []),
            (datetime(2020, 3, 1, 18, tzinfo=UTC), [("2020-03-12", "2020-03-12")]),
        ):
            known.update(calendar_read_at=read_at)
            read_agendas_again(now=datetime(2020, 3, 2, 7, tzinfo=UTC))
            assert kept(contact, CALENDAR) == days

    def test_one_that_no_longer_answers_keeps_its_days(self, contact: Contact, site: str) -> None:
        import_own_agenda(contact, content=calendar("DTSTART;VALUE=DATE:20200312"))
        before = datetime(2020, 3, 1, tzinfo=UTC)
        Contact.objects.filter(pk=contact.pk).update(
            calendar_url=f"{site}/secret", calendar_read_at=before
        )
        done = read_agendas_again(now=datetime(2020, 3, 2, tzinfo=UTC))
        assert (done.read, done.failed) == (0, 1)
        assert kept(contact, CALENDAR) == [("2020-03-12", "2020-03-12")]
        contact.refresh_from_db()
        assert contact.calendar_read_at == before

    def test_a_programme_that_is_over_is_left_alone(self, contact: Contact, site: str) -> None:
        post(contact, move="read", address=f"{site}/agenda.ics")
        done = read_agendas_again(now=datetime(2035, 1, 1, tzinfo=UTC))
        assert (done.read, done.failed) == (0, 0)

    def test_a_timer_says_there_is_nothing_to_read(self, contact: Contact, capsys) -> None:
        call_command("read_agendas")
        assert capsys.readouterr().out == "Aucun agenda à relire.\n"

    def test_a_file_is_read_too(self, contact: Contact) -> None:
        content = calendar("DTSTART;VALUE=DATE:20200312\nDTEND;VALUE=DATE:20200315")
        shown = post(contact, move="import", file=SimpleUploadedFile("a.ics", content))
        assert "3 jours où vous ne pouvez pas venir" in shown
        assert kept(contact, CALENDAR) == [("2020-03-12", "2020-03-14")]

    def test_what_cannot_be_read_changes_nothing_and_says_what_to_do(
        self, contact: Contact, site: str
    ) -> None:
        import_own_agenda(contact, content=calendar("DTSTART;VALUE=DATE:20200312"))
        for address, words in (
            (f"{site}/page", "Ce n'est pas un agenda au format ICS : rien n'a été changé."),
            (f"{site}/secret", "Le site de votre agenda a répondu « 403 »."),
            (f"{site}/big", "Cet agenda dépasse 5 Mo"),
            ("http://exemple.fr/a.ics", "Cette adresse n'est pas sécurisée."),
            ("https://10.0.0.1/a.ics", "Cette adresse mène à un réseau interne"),
            ("", "Collez l'adresse de votre agenda."),
            ("https://" + "x" * 600, "Cette adresse est trop longue"),
        ):
            assert words in post(contact, move="read", address=address), address
        file = SimpleUploadedFile("notes.ics", b"Bonjour")
        assert "Ce n'est pas un agenda" in post(contact, move="import", file=file)
        assert "Choisissez un fichier .ics." in post(contact, move="import")
        assert kept(contact, CALENDAR) == [("2020-03-12", "2020-03-12")]

    def test_a_refused_address_is_still_there_to_be_corrected(self, contact: Contact) -> None:
        shown = post(contact, move="read", address="http://exemple.fr/a.ics")
        assert 'value="http://exemple.fr/a.ics"' in shown

    def test_floating_and_short_events_are_said(self, contact: Contact) -> None:
        content = calendar(
            timed("20200312", "1400", "1700", zone=""), timed("20200313", "0900", "1000")
        )
        shown = post(contact, move="import", file=SimpleUploadedFile("a.ics", content))
        assert "1 événement n'a pas de fuseau horaire : il a été lu à l'heure de Paris." in shown
        assert "1 autre jour n'a que des rendez-vous courts : il reste libre." in shown

    def test_nothing_is_kept_of_what_events_say(self, contact: Contact) -> None:
        event = timed(
            "20200312", "1400", "1700", "SUMMARY:Quaisecret", "LOCATION:Quaisecret",
            "DESCRIPTION:Qu\n aisecret", "ATTENDEE;CN=Quaisecret:mailto:quaisecret@exemple.fr",
        )  # fmt: skip
        import_own_agenda(contact, content=calendar(event))
        everything = serialize(
            "json",
            [*Unavailability.objects.all(), *Contact.objects.all(), *AuditLine.objects.all()],
        )
        assert "2020-03-12" in everything
        assert "secret" not in everything

    def test_a_link_does_not_make_the_server_knock_all_day(self, contact: Contact) -> None:
        for _time in range(READINGS_AN_HOUR):
            with pytest.raises(AgendaAddressRefused):
                read_own_agenda(contact, address="https://10.0.0.1/")
        with pytest.raises(AgendaReadTooOften):
            read_own_agenda(contact, address="https://10.0.0.1/")
        assert "Attendez une heure" in post(contact, move="read", address="https://10.0.0.1/")

    def test_an_unknown_move_does_nothing(self, contact: Contact) -> None:
        assert "Mon agenda" in post(contact, move="exploser")
        assert not Unavailability.objects.exists()

    def test_the_page_costs_the_same_however_many_days(self, contact: Contact) -> None:
        client = Client()
        add_unavailability(contact, first=date(2020, 3, 1), last=date(2020, 3, 1))
        with CaptureQueriesContext(connection) as one:
            client.get(page(contact))
        for number in range(2, 12):
            day = date(2020, 3, number)
            add_unavailability(contact, first=day, last=day)
        with CaptureQueriesContext(connection) as many:
            assert client.get(page(contact)).status_code == 200
        assert len(one) == len(many) <= 10

    def test_forgetting_twice_is_no_trouble(self, contact: Contact) -> None:
        forget_own_agenda(contact)
        forget_own_agenda(contact)
        assert kept(contact, CALENDAR) == []


def test_the_zone_of_the_tests_is_the_programme_s(settings) -> None:
    assert ZoneInfo(settings.TIME_ZONE) == ZoneInfo("Europe/Paris")
