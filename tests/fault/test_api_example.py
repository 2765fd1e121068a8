"""The example of docs/api.md is run as written, by a shell, against a server."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from fabrique.kit.identifiers import new_id
from tests.fault.test_kill import talk_to
from tests.harness.application import Application, Instance

pytestmark = pytest.mark.fault
PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def test_the_worked_example_does_what_it_says(empty_instance: Instance, tmp_path: Path):
    instance = empty_instance.copy(tmp_path / "home")
    room = talk_to(instance, "open", "0")
    server = Application(instance).start()
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE.read_text(), flags=re.DOTALL))
    try:
        done = subprocess.run(
            ["sh", "-eu", "-c", lines],
            env={
                "PATH": "/usr/local/bin:/usr/bin:/bin",
                "URL": server.url,
                "CODE": room["code"],
                "WALL_KEY": room["wall_key"],
                "ID": str(new_id()),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.stop()
        instance.remove()
    assert done.returncode == 0, done.stderr
    decoder, answers, rest = json.JSONDecoder(), [], done.stdout.strip()
    while rest:
        answer, end = decoder.raw_decode(rest)
        answers.append(answer)
        rest = rest[end:].strip()
    first, again, wall = answers
    assert again == first | {"created": False}
    assert [one["text"] for one in wall["contributions"]] == ["elle relie les quartiers"]
