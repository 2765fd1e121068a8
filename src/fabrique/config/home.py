"""Where an instance keeps its database and files: one folder, named by FABRIQUE_HOME.

Two instances side by side are two folders. Nothing else on the machine is written to.
"""

import os
import secrets
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
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return kept.read_text()
