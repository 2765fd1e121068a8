"""Reads what is played from the TOML files beside this one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """The content of ``<name>.toml``, to be read and never changed."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
