"""Where an instance keeps its database and files: one folder, named by FABRIQUE_HOME.

Two instances side by side are two folders. Nothing else on the machine is written to.
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path


def instance_home() -> Path:
    """The instance's folder, made on first use (default: ``~/.local/share/fabrique``)."""
    default = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "fabrique"
    home = Path(os.environ.get("FABRIQUE_HOME") or default).expanduser().resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def secret_key(home: Path) -> str:
    """The instance's signing key: from the environment, else made once and kept in its folder."""
    if given := os.environ.get("FABRIQUE_SECRET_KEY"):
        return given
    kept = home / "secret-key"
    if not kept.exists():
        _write_once(kept, secrets.token_urlsafe(50))
    return kept.read_text()


def _write_once(kept: Path, key: str) -> None:
    """Whole or not at all: of two processes that start together, the first one's key is kept."""
    descriptor, written = tempfile.mkstemp(dir=kept.parent)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    with contextlib.suppress(FileExistsError):
        os.link(written, kept)
    Path(written).unlink()
