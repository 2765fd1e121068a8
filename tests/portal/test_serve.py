"""The served application, from outside: it answers, survives a kill, and keeps its address."""

import os
import re
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.harness.application import WITH_WORKER, Application, Instance
from tests.harness.postgresql import Cluster

pytestmark = pytest.mark.fault


def answer(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_killed_server_starts_again_at_the_same_address(
    serve: Callable[..., Application], empty_instance: Instance
) -> None:
    application = serve(empty_instance)
    first = application.pid
    assert answer(f"{application.url}/static/fabrique/app.js") == 200
    application.kill()
    with pytest.raises(urllib.error.URLError, match="refused"):
        answer(application.url)
    application.start()
    assert application.pid != first
    assert answer(f"{application.url}/static/fabrique/app.js") == 200


def worker_of(application: Application, *, other_than: int = 0) -> int:
    """The process beside the server, once it is there."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        listed = Path(f"/proc/{application.pid}/task").glob("*/children")
        found = {int(child) for one in listed for child in one.read_text().split()}
        if found - {other_than}:
            (worker,) = found - {other_than}
            return worker
        time.sleep(0.1)
    raise AssertionError(f"no worker came:\n{application.log.read_text()}")


def is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends(pid: int) -> bool:
    limit = time.monotonic() + 30
    while is_running(pid) and time.monotonic() < limit:
        time.sleep(0.1)
    return not is_running(pid)


def test_a_worker_that_dies_is_replaced_and_the_site_goes_on(
    serve: Callable[..., Application], empty_instance: Instance
) -> None:
    application = serve(empty_instance, **WITH_WORKER)
    worker = worker_of(application)
    os.kill(worker, signal.SIGKILL)
    assert answer(f"{application.url}/static/fabrique/app.js") == 200
    assert is_running(worker_of(application, other_than=worker))


@pytest.mark.parametrize("end", [Application.kill, Application.stop])
def test_a_server_that_ends_takes_its_worker_along(
    serve: Callable[..., Application],
    empty_instance: Instance,
    end: Callable[[Application], None],
) -> None:
    application = serve(empty_instance, **WITH_WORKER)
    worker = worker_of(application)
    end(application)
    assert ends(worker)


def test_a_worker_where_pages_do_their_work_themselves_says_what_to_set(
    empty_instance: Instance,
) -> None:
    done = empty_instance.run("worker", check=False)
    assert done.returncode == 1
    assert "FABRIQUE_TASKS=worker" in done.stderr


def test_serving_a_database_that_is_behind_says_what_to_type(tmp_path: Path) -> None:
    instance = Instance.create(tmp_path / "bare")
    done = instance.run("serve", "--port", "8103", check=False)
    instance.remove()
    assert done.returncode == 1
    assert "fabrique migrate" in done.stderr


def test_what_a_killed_postgresql_had_committed_is_there_when_it_restarts(
    own_cluster: Cluster,
) -> None:
    with psycopg.connect(own_cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE word (said text)")
        connection.execute("INSERT INTO word VALUES ('dit')")
        own_cluster.kill()
    own_cluster.start()
    with psycopg.connect(own_cluster.url()) as connection:
        assert connection.execute("SELECT said FROM word").fetchall() == [("dit",)]


def ways_in(application: Application) -> list[str]:
    return re.findall(rf"  {application.url}(\S+)", application.log.read_text())


def test_a_served_demonstration_says_where_to_click_and_every_address_answers(
    serve: Callable[..., Application], demo_instance: Instance
) -> None:
    application = serve(demo_instance)
    found = ways_in(application)
    assert sum("jeton=" in path for path in found) == 9
    assert {path.split("/")[1] for path in found} == {"compte", "mur", "r", "suivi"}
    answers = {path: answer(application.url + path) for path in found}
    room_to_open = next(path for path in found if path.startswith("/r/"))
    assert answers == {path: 409 if path == room_to_open else 200 for path in found}


def test_a_real_instance_never_prints_a_way_in(
    serve: Callable[..., Application], instance_with_territories: Instance, tmp_path: Path
) -> None:
    instance = instance_with_territories.copy(tmp_path / "real")
    instance.run("access", "pilote@demo.example", "--create")
    application = serve(instance)
    assert ways_in(application) == []
    assert "jeton" not in application.log.read_text()


def test_the_console_of_the_demonstration_opens_for_who_follows_that_territory(
    serve: Callable[..., Application], demo_instance: Instance
) -> None:
    log = serve(demo_instance).log.read_text()
    accounts = {
        label: re.search(rf"  {label}.*jeton=(.{{11}})", log)[1]  # type: ignore[index]
        for label in ("Directeur de projet", "Directrice de projet", "Console", "Note")
    }
    assert accounts["Console"] == accounts["Note"] == accounts["Directrice de projet"]
    assert accounts["Console"] != accounts["Directeur de projet"]
