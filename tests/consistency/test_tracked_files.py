"""What must never be committed: a path of someone's machine, the address of a registry."""

import re
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "a home folder": re.compile(r"/(?:home|Users)/[a-z][\w.-]*/|(?<![\w.])/root/"),
    "a registry's host": re.compile(
        r"registry\.npmjs\.org|registry\.yarnpkg\.com|files\.pythonhosted\.org|pypi\.org/simple"
        r"|--(?:extra-)?index-url\s+\S|find-links\s+\S*/"
    ),
    "a thin no-break space typed by hand": re.compile("\u202f"),
}
ALLOWED = {
    "a thin no-break space typed by hand": re.compile(r"^(tests/|docs/|.*\.(md|typ)$)"),
}
HERE = Path(__file__).resolve().relative_to(REPOSITORY)


def tracked_texts() -> list[tuple[Path, str]]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    texts = []
    for name in filter(None, listed.stdout.split("\0")):
        path = REPOSITORY / name
        if path.is_file() and Path(name) != HERE:
            try:
                texts.append((Path(name), path.read_text(encoding="utf-8")))
            except UnicodeDecodeError:
                continue
    return texts


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    allowed = ALLOWED.get(what)
    found = [
        f"{name}: {match[0]}"
        for name, text in tracked_texts()
        if not (allowed and allowed.match(str(name)))
        for match in [FORBIDDEN[what].search(text)]
        if match
    ]
    assert not found


def test_lock_files_say_no_address() -> None:
    lock = (REPOSITORY / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    for pinned in sorted((REPOSITORY / "requirements").glob("*.txt")):
        lines = pinned.read_text().splitlines()
        assert lines, pinned.name
        assert all("==" in line or "--hash=sha256:" in line for line in lines), pinned.name
