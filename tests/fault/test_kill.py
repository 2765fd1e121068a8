"""A server killed under twenty senders loses nothing it acknowledged, and stores nothing twice.

Words after Jepsen: *lost*, acknowledged but absent at the final read; *unexpected*, present but
never sent; *duplicated*, present twice. The suite runs this on SQLite and on PostgreSQL.

Seen red: the last two tests remove a guard (the answer before the commit; an identifier made by
the server) and require the same check to find the damage. ``synchronous=OFF`` is not among them:
a killed process leaves its writes with the operating system, only a power cut shows the
difference.
"""

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from fabrique.kit.identifiers import new_id
from tests.harness.application import Application, Instance

pytestmark = pytest.mark.fault

SENDERS = 20
KILLS = 4
#: A kill comes once this many more were acknowledged: a slow machine is only slower.
BETWEEN_KILLS = 30
PATIENCE = 120.0
SENT_TWICE = 0.3
SABOTEURS = "tests.fault.saboteurs"


@dataclass
class Traffic:
    """What the senders sent, and what the server said it had."""

    url: str
    room: dict
    stopping: threading.Event = field(default_factory=threading.Event)
    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    unlike: list[str] = field(default_factory=list)
    failures: int = 0

    def run_sender(self, place: int) -> None:
        headers = {"Authorization": f"Bearer {self.room['tickets'][place]}"}
        chance = random.Random(place)
        with httpx.Client(base_url=self.url, headers=headers, timeout=10) as client:
            while not self.stopping.is_set():
                id = str(new_id())
                self.sent[id] = f"Idée {id}"
                self._send_until_acknowledged(client, id, chance)

    def wait_for(self, more: int) -> None:
        """Until ``more`` contributions were acknowledged."""
        enough, limit = len(self.acknowledged) + more, time.monotonic() + PATIENCE
        while len(self.acknowledged) < enough:
            assert time.monotonic() < limit, f"nothing gets through: {self.failures} failures"
            time.sleep(0.01)

    def _send_until_acknowledged(self, client: httpx.Client, id: str, chance) -> None:
        times = 2 if chance.random() < SENT_TWICE else 1
        while times and not self.stopping.is_set():
            number = self._send(client, id)
            if number is None:
                self.failures += 1
                time.sleep(0.3 + chance.random() * 0.5)
                continue
            if self.acknowledged.setdefault(id, number) != number:
                self.unlike.append(id)
            times -= 1

    def _send(self, client: httpx.Client, id: str) -> int | None:
        body = {"id": id, "workshop_id": self.room["workshop"], "text": self.sent[id]}
        try:
            answer = client.post(f"/api/rooms/{self.room['code']}/contributions", json=body)
        except httpx.HTTPError:
            return None
        return answer.json()["number"] if answer.status_code in (200, 201) else None


@dataclass(frozen=True)
class Damage:
    lost: set[str]
    duplicated: set[str]
    unexpected: set[str]
    unlike: set[str]
    out_of_order: bool

    @property
    def is_none(self) -> bool:
        found = self.lost | self.duplicated | self.unexpected | self.unlike
        return not found and not self.out_of_order


@pytest.fixture
def instance(empty_instance: Instance, tmp_path: Path):
    copy = empty_instance.copy(tmp_path / "home")
    yield copy
    copy.remove()


def test_nothing_acknowledged_is_lost_nothing_is_stored_twice(instance: Instance):
    traffic, damage = kill_under_load(instance)
    assert damage.is_none, damage
    assert traffic.failures > 0, "the kills disturbed nobody: nothing was shown"


@pytest.mark.parametrize(
    ("guard", "kind"),
    [("early_acknowledgement", "lost"), ("forgotten_identifiers", "duplicated")],
)
def test_the_check_sees_the_damage_once_a_guard_is_removed(instance, guard, kind):
    _traffic, damage = kill_under_load(instance, kills=2, saboteur=f"{SABOTEURS}.{guard}")
    assert getattr(damage, kind)


def test_tabs_sending_the_same_words_at_once_get_one_row_and_one_answer(instance: Instance):
    """Every sender is the same person in another tab; all send the same twenty identifiers."""
    room = talk_to(instance, "open", "1")
    server = Application(instance).start()
    traffic = Traffic(server.url, room)
    ids = [str(new_id()) for _ in range(20)]
    traffic.sent.update({id: f"Idée {id}" for id in ids})
    answers: list[tuple[str, int | None]] = []
    together = threading.Barrier(8)

    def tab() -> None:
        headers = {"Authorization": f"Bearer {room['tickets'][0]}"}
        with httpx.Client(base_url=server.url, headers=headers, timeout=30) as client:
            for id in ids:
                together.wait()
                answers.append((id, traffic._send(client, id)))

    run_all([threading.Thread(target=tab) for _ in range(8)])
    server.stop()
    assert len(set(answers)) == 20
    assert None not in dict(answers).values()
    assert sorted(id for id, _text, _number in talk_to(instance, "read")) == sorted(ids)


def kill_under_load(
    instance: Instance, *, kills: int = KILLS, saboteur: str = ""
) -> tuple[Traffic, Damage]:
    room = talk_to(instance, "open", str(SENDERS))
    server = Application(instance, extra_environment={"FABRIQUE_FORMATS": saboteur}).start()
    traffic = Traffic(server.url, room)
    senders = [
        threading.Thread(target=traffic.run_sender, args=(place,)) for place in range(SENDERS)
    ]
    for sender in senders:
        sender.start()
    try:
        for _ in range(kills):
            traffic.wait_for(BETWEEN_KILLS)
            server.kill()
            server.start()
        traffic.wait_for(BETWEEN_KILLS)
    finally:
        traffic.stopping.set()
        for sender in senders:
            sender.join()
        server.kill()
    return traffic, damage_of(traffic, talk_to(instance, "read"))


def damage_of(traffic: Traffic, rows: list) -> Damage:
    texts = Counter(text for _id, text, _number in rows)
    said = set(traffic.sent.values())
    numbers = [number for _id, _text, number in rows]
    return Damage(
        lost={id for id in traffic.acknowledged if traffic.sent[id] not in texts},
        duplicated={text for text, times in texts.items() if times > 1},
        unexpected=set(texts) - said,
        unlike=set(traffic.unlike),
        out_of_order=len(set(numbers)) != len(numbers),
    )


def talk_to(instance: Instance, *arguments: str):
    done = subprocess.run(
        [sys.executable, "-m", "tests.fault.room", *arguments],
        env=instance.environment(),
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run_all(threads: list[threading.Thread]) -> None:
    for one in threads:
        one.start()
    for one in threads:
        one.join()
