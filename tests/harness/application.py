"""The whole application as a process of its own: a folder, a database, a port, a server.

Browser and fault tests drive it from outside, as people do. A prepared instance (migrated, with
territories, or with the demonstration) is made once a suite and copied for each test.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg import sql

STARTS_WITHIN = 60.0
WITH_WORKER = {"FABRIQUE_TASKS": ""}


@dataclass
class Instance:
    """A folder and, on PostgreSQL, a database. Nothing runs yet."""

    home: Path
    database_url: str = ""

    @classmethod
    def create(cls, home: Path) -> "Instance":
        home.mkdir(parents=True, exist_ok=True)
        server = os.environ.get("DATABASE_URL", "")
        return cls(home, _create_database(server) if server else "")

    def copy(self, home: Path) -> "Instance":
        """The same state, elsewhere. The original must not be running."""
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        if not self.database_url:
            return Instance(home)
        name = urlsplit(self.database_url).path.lstrip("/")
        return Instance(home, _create_database(os.environ["DATABASE_URL"], template=name))

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        given = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return {**kept, **given, "FABRIQUE_HOME": str(self.home), "PYTHONUNBUFFERED": "1"}

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`fabrique …` on this instance; a failure shows what was said."""
        done = subprocess.run(
            [sys.executable, "-m", "fabrique.config.cli", *arguments],
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"fabrique {' '.join(arguments)}\n{done.stdout}{done.stderr}")
        return done

    def remove(self) -> None:
        if self.database_url:
            _drop_database(self.database_url)
        shutil.rmtree(self.home, ignore_errors=True)


def prepared(home: Path, *commands: tuple[str, ...], base: Instance | None = None) -> Instance:
    """The instance at ``home``, which whoever comes first makes there from ``base``.

    Processes of one suite share it; it is copied, never served.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    done = home.with_suffix(".done")
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            instance = base.copy(home) if base else Instance.create(home)
            for command in commands:
                instance.run(*command)
            done.write_text(instance.database_url)
    return Instance(home, done.read_text())


@dataclass
class Application:
    """A running server over an instance. Killed and started again, it keeps its address.

    A page answers once its slow work is done, unless ``extra_environment`` says otherwise:
    ``WITH_WORKER`` serves as people are served.
    """

    instance: Instance
    port: int = field(default_factory=lambda: free_port())
    extra_environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None, "the server is not running"
        return self.process.pid

    @property
    def log(self) -> Path:
        return self.instance.home / "server.log"

    def start(self) -> "Application":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fabrique.config.cli", "serve", "--port", str(self.port)],
                env={
                    **self.instance.environment(),
                    "FABRIQUE_URL": self.url,
                    "FABRIQUE_TASKS": "immediate",
                    **self.extra_environment,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._wait_until_answering()
        return self

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.instance.run(*arguments, check=check)

    def kill(self) -> None:
        """`kill -9`: what was acknowledged must survive it."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _wait_until_answering(self) -> None:
        limit = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < limit:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            if _answers(self.url):
                return
            time.sleep(0.05)
        self.kill()
        raise AssertionError(f"the server did not start:\n{self.log.read_text()[-4000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _create_database(server: str, template: str = "template1") -> str:
    name = f"fabrique_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _drop_database(url: str) -> None:
    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
