"""A backup, then a restore on an empty machine: the same rows, the same files, the same key."""

from pathlib import Path

import pytest

from tests.harness.application import Instance

EVERYTHING = ("dumpdata", "--exclude", "contenttypes", "--exclude", "auth.permission")


def in_use(empty_instance: Instance, folder: Path) -> Instance:
    instance = empty_instance.copy(folder)
    instance.run("access", "pilote@exemple.fr", "--create")
    (instance.home / "files").mkdir()
    (instance.home / "files" / "note.pdf").write_bytes(b"%PDF")
    return instance


@pytest.fixture
def saved(empty_instance: Instance, tmp_path: Path):
    instance = in_use(empty_instance, tmp_path / "used")
    archive = tmp_path / "fabrique.tar.gz"
    instance.run("backup", str(archive))
    yield instance, archive
    instance.remove()


def test_everything_comes_back_on_an_empty_machine(saved, tmp_path: Path) -> None:
    instance, archive = saved
    other = Instance.create(tmp_path / "other")
    other.run("restore", str(archive))
    assert other.run(*EVERYTHING).stdout == instance.run(*EVERYTHING).stdout
    assert "pilote@exemple.fr" in other.run(*EVERYTHING).stdout
    for name in ("secret-key", "files/note.pdf"):
        assert (other.home / name).read_bytes() == (instance.home / name).read_bytes()
    other.remove()


def test_nothing_that_is_there_is_overwritten(saved) -> None:
    instance, archive = saved
    before = instance.run(*EVERYTHING).stdout
    refused = instance.run("restore", str(archive), check=False)
    assert refused.returncode == 1
    assert "contient déjà une instance" in refused.stderr
    assert instance.run(*EVERYTHING).stdout == before


def test_what_is_not_a_backup_is_said(tmp_path: Path) -> None:
    other = Instance.create(tmp_path / "other")
    (tmp_path / "page.html").write_text("<p>")
    refused = other.run("restore", str(tmp_path / "page.html"), check=False)
    assert refused.returncode == 1
    assert "n'est pas une sauvegarde" in refused.stderr
    other.remove()
