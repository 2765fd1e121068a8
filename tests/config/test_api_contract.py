"""Whatever is sent to the API, it answers as its own description says, and never breaks.

Schemathesis makes requests from /api/openapi.json, valid and not, in this process.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fabrique.kit.identifiers import new_id
from fabrique.stages.seminar.enums import Identity
from fabrique.stages.seminar.tickets import make_ticket
from tests.stages.rooms import Held, a_card, a_held_seminar, a_member, someone

pytestmark = pytest.mark.django_db
EXAMPLES = 12
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
AT_LEAST = 14  # operations; fewer means that a part of the API is no longer described


@pytest.fixture
def held() -> Held:
    held = a_held_seminar("expectations", "vulnerabilities", identity=Identity.PSEUDONYM)
    a_card(held.workshops["vulnerabilities"])
    a_member(held.meeting)
    return held


@pytest.fixture
def schema() -> Iterator[Any]:
    """The API in this process; as for Django's own test client, the connection stays open."""
    cache.clear()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda one: one.value)
def test_every_operation_answers_as_described(held: Held, schema: Any, mode: GenerationMode):
    real = {
        "code": held.room.code,
        "wall_key": held.room.wall_key,
        "workshop_id": str(held.workshops["expectations"].pk),
    }
    statuses: Counter[int] = Counter()
    operations = [one.ok() for one in schema.get_all_operations()]
    assert len(operations) >= AT_LEAST
    for operation in operations:
        # Each with a seat of its own: one of them gives it back.
        headers = {"Authorization": f"Bearer {make_ticket(someone(held.room))}"}

        @seed(2020)
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def answers(case: Any) -> None:
            cache.clear()
            for name in case.path_parameters or {}:
                case.path_parameters[name] = real.get(name, case.path_parameters[name])
            if mode == GenerationMode.POSITIVE and isinstance(case.body, dict):
                case.body |= {name: real[name] for name in case.body if name in real}
            answer = case.call(headers=headers)  # noqa: B023
            case.validate_response(answer, checks=CHECKS)
            statuses[answer.status_code] += 1
            if answer.status_code >= 400:
                said = json.loads(answer.content)
                assert said["code"], said
                assert said["message"], said

        with suppress(Unsatisfiable) if mode == GenerationMode.NEGATIVE else nullcontext():
            answers()  # some operations take anything: there is no wrong request to make
    assert statuses.keys() & {200, 201} if mode == GenerationMode.POSITIVE else statuses[422]


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("GET", "/api/nowhere", b"", (404, "not_found")),
        ("DELETE", "/api/territories?q=lorient", b"", (405, "method_not_allowed")),
        ("GET", "/api/territories", b"", (422, "unreadable")),
        ("POST", "/api/rooms/{code}/participants", b"\x00", (422, "unreadable")),
        ("GET", "/api/rooms/ZZZZZZ", b"", (404, "unknown_room")),
        ("GET", "/api/rooms/{code}/now", b"", (403, "ticket_needed")),
        ("GET", "/api/walls/none", b"", (404, "not_found")),
    ],
)
def test_every_refusal_has_a_code_and_a_message_in_the_language_asked(
    client: Client, held: Held, method: str, path: str, body: bytes, expected: tuple[int, str]
):
    cache.clear()
    said = []
    for language in ("fr", "en"):
        answer = client.generic(
            method,
            path.format(code=held.room.code),
            body,
            content_type="application/json",
            headers={"Accept-Language": language},
        )
        assert (answer.status_code, answer.json()["code"]) == expected
        said.append(answer.json()["message"])
    assert said[0] != said[1]


def test_a_null_character_breaks_nothing(client: Client, held: Held):
    """PostgreSQL refuses it in any text."""
    room = f"/api/rooms/{held.room.code}"
    ticket = {"Authorization": f"Bearer {make_ticket(someone(held.room))}"}
    workshop = str(held.workshops["expectations"].pk)
    said = {"id": str(new_id()), "workshop_id": workshop, "text": "a\0b", "payload": {"x": "\0"}}
    judged = {"workshop_id": workshop, "card_id": str(new_id()), "criterion": "a\0b", "value": 1}
    answers = [
        client.get("/api/rooms/%00ABCDE"),
        client.get("/api/walls/%00"),
        client.get("/api/territories?q=%00"),
        client.get("/api/notes?link=%00"),
        client.post(f"{room}/participants", {"label": "a\0b"}, content_type="application/json"),
        client.post(f"{room}/contributions", said, content_type="application/json", headers=ticket),
        client.put(f"{room}/ratings", judged, content_type="application/json", headers=ticket),
        client.get("/r/%00/"),
        client.get("/mur/%00/"),
        client.get("/suivi/%00/"),
        client.post(f"/r/{held.room.code}/", {"label": "a\0b"}),
    ]
    assert [one.status_code for one in answers if one.status_code >= 500] == []
