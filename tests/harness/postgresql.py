"""A PostgreSQL cluster of our own, made for a test run and removed with it.

As a command, it lends the cluster to another one, through DATABASE_URL:

    python tests/harness/postgresql.py pytest tests/territory -q

PostgreSQL refuses to run as root, so its programs are run as the `postgres` user there. Commits
reach the disk (`fsync` stays on): the fault tests would prove nothing otherwise.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

SUPERUSER = "fabrique"
LOG_LINES = 20


class Unavailable(Exception):
    """PostgreSQL is not installed, or did not start."""


@dataclass
class Cluster:
    """One server on a free port of the loopback, its files in a temporary folder."""

    folder: Path
    port: int
    programs: Path
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def create(cls) -> "Cluster":
        folder = Path(tempfile.mkdtemp(prefix="fabrique-postgresql-"))
        cluster = cls(folder=folder, port=_free_port(), programs=_programs())
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        try:
            cluster._run(
                *("initdb", "--pgdata", str(cluster.data), "--username", SUPERUSER),
                *("--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
            )
            cluster.start()
        except Exception:
            cluster.destroy()
            raise
        return cluster

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start, or start again after a stop or a kill (the log is then replayed)."""
        settings = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
            " -c max_connections=200 -c shared_buffers=64MB -c fsync=on -c synchronous_commit=on"
        )
        self._run(
            *("pg_ctl", "start", "--pgdata", str(self.data), "--wait", "--timeout", "60"),
            *("--log", str(self.folder / "log"), "--options", settings),
        )

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--pgdata", str(self.data), "--mode", "immediate", "--wait")

    def kill(self) -> None:
        """As a power cut: no process gets a chance to tidy up."""
        postmaster = self.pid
        children = _children(postmaster)
        for pid in (postmaster, *children):
            _kill(pid)
        _wait_until_gone((postmaster, *children))
        # A dead process nobody has collected yet would pass for a server still running.
        (self.data / "postmaster.pid").unlink()

    def destroy(self) -> None:
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_postgres(), str(self.programs / program), *arguments]
        # A file, not a pipe: the server would inherit the pipe and never let it close.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                check=False,
            )
            if done.returncode:
                said.seek(0)
                log = self.folder / "log"
                tail = log.read_text().splitlines()[-LOG_LINES:] if log.exists() else []
                raise Unavailable("\n".join([f"{program} a échoué :", said.read(), *tail]))


def _programs() -> Path:
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3])
    )
    if versions:
        return versions[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise Unavailable("PostgreSQL est absent. Installez-le : apt install postgresql")


def _as_postgres() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _wait_until_gone(pids: tuple[int, ...], timeout: float = 10) -> None:
    limit = time.monotonic() + timeout
    while time.monotonic() < limit:
        if not any(_alive(pid) for pid in pids):
            return
        time.sleep(0.02)
    raise TimeoutError(f"still running: {pids}")


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def main(command: list[str]) -> int:
    try:
        cluster = Cluster.create()
    except Unavailable as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    try:
        return subprocess.run(
            command, env={**os.environ, "DATABASE_URL": cluster.url()}, check=False
        ).returncode
    finally:
        cluster.destroy()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
