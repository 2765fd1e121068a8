"""Which workshop formats exist: each package of FABRIQUE_FORMATS is looked into, once.

A format is any sub-package with a ``FORMAT``. Its templates live in its own folder.
"""

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loaders.filesystem import Loader as FilesystemLoader

from fabrique.stages.contribution.formats.contract import Format


class UnknownFormat(LookupError):
    """No installed format has this key."""

    code = "unknown_format"

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.params = {"format": key}


@cache
def _installed(packages: tuple[str, ...]) -> dict[str, tuple[Format, Path]]:
    found: dict[str, tuple[Format, Path]] = {}
    for name in packages:
        package = importlib.import_module(name)
        for info in pkgutil.iter_modules(package.__path__):
            if info.ispkg:
                module = importlib.import_module(f"{name}.{info.name}")
                found[module.FORMAT.key] = (module.FORMAT, Path(module.__path__[0]))
    return found


def all_formats() -> list[Format]:
    """Every installed format, in the order of their packages."""
    return [format for format, _folder in _installed(tuple(settings.FABRIQUE_FORMATS)).values()]


def get_format(key: str) -> Format:
    """The format of that key, or ``UnknownFormat``."""
    try:
        return _installed(tuple(settings.FABRIQUE_FORMATS))[key][0]
    except KeyError:
        raise UnknownFormat(key) from None


class TemplateLoader(FilesystemLoader):
    """Finds the templates that formats keep in their own folders."""

    def get_dirs(self) -> list[str | Path]:
        folders = _installed(tuple(settings.FABRIQUE_FORMATS)).values()
        own = [folder / "templates" for _format, folder in folders]
        return [*own, Path(__file__).parent / "templates"]
