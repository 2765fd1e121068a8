"""A whole instance in one file, and back: its database, its files, its signing key.

The database is copied while people write, by its own means: SQLite's online backup, PostgreSQL's
``pg_dump``. Without the signing key, tickets and links given out would open nothing any more.
"""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connection

FILES, KEY = "files", "secret-key"
DUMPS = {"sqlite": "fabrique.sqlite3", "postgresql": "fabrique.dump"}


class NotEmpty(Exception):
    """There is something where the instance would be restored."""


class UnreadableArchive(Exception):
    """Not an archive of ours, or one made with the other database."""


def back_up(home: Path, archive: Path) -> None:
    """Write the archive beside its name first, so that a half-made one is never taken for one."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        dump = Path(folder) / DUMPS[connection.vendor]
        _dump(dump)
        made = Path(folder) / "archive"
        with tarfile.open(made, "w:gz") as whole:
            whole.add(dump, dump.name)
            for name in (FILES, KEY):
                if (home / name).exists():
                    whole.add(home / name, name)
        made.chmod(0o600)
        made.replace(archive)


def restore(archive: Path, home: Path) -> None:
    """Into an instance that holds nothing yet."""
    if connection.introspection.table_names() or (home / FILES).exists():
        raise NotEmpty
    connection.close()
    with tempfile.TemporaryDirectory(dir=home) as folder:
        opened = Path(folder)
        try:
            with tarfile.open(archive, "r:gz") as whole:
                whole.extractall(opened, filter="data")
        except tarfile.TarError as error:
            raise UnreadableArchive from error
        dump = opened / DUMPS[connection.vendor]
        if not dump.exists():
            raise UnreadableArchive
        _load(dump)
        for name in (FILES, KEY):
            if (opened / name).exists():
                shutil.move(opened / name, home / name)


def _dump_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)


def _load_sqlite(dump: Path) -> None:
    name = Path(connection.settings_dict["NAME"])
    for beside in ("", "-wal", "-shm"):
        name.with_name(name.name + beside).unlink(missing_ok=True)
    shutil.copyfile(dump, name)


def _dump_postgresql(target: Path) -> None:
    _client("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _load_postgresql(dump: Path) -> None:
    name = connection.settings_dict["NAME"]
    _client("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={name}", str(dump))


def _client(*command: str) -> None:
    """PostgreSQL's own programs, told where the database is by their environment."""
    settings = connection.settings_dict
    given = {
        "PGDATABASE": settings["NAME"],
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
    }
    said = {name: str(value) for name, value in given.items() if value}
    subprocess.run(command, env={**os.environ, **said}, check=True, stdin=subprocess.DEVNULL)


def _dump(target: Path) -> None:
    _by_vendor(sqlite=_dump_sqlite, postgresql=_dump_postgresql)(target)


def _load(dump: Path) -> None:
    _by_vendor(sqlite=_load_sqlite, postgresql=_load_postgresql)(dump)


def _by_vendor(**ways: Callable[[Path], None]) -> Callable[[Path], None]:
    return ways[connection.vendor]
