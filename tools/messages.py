"""Gathers the words of the screens into the English catalog, or checks that none is missing.

python tools/messages.py update    adds new messages, drops those no page says any more
python tools/messages.py check     fails when the catalog is behind the code or incomplete
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.core.management.commands import makemessages

from fabrique.kit.catalogs import english_source, read_catalog, singular, untranslated

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "fabrique"
SHOWN = 20


class GatherMessages(makemessages.Command):
    """As Django does, without guessing: a near miss is not a translation."""

    msgmerge_options = ["--quiet", "--backup=none", "--no-fuzzy-matching", "--update"]


def gather(package: Path) -> None:
    """Bring the English catalog of this copy of the package up to date."""
    source = english_source(package / "locale")
    source.parent.mkdir(parents=True, exist_ok=True)
    here = Path.cwd()
    os.chdir(package)
    try:
        call_command(
            GatherMessages(),
            locale=["en"],
            extensions=["html", "txt", "py"],
            ignore_patterns=["static/*", "migrations/*", "fonts/*"],
            add_location="file",
            no_obsolete=True,
            no_wrap=False,
            verbosity=0,
        )
    finally:
        os.chdir(here)
    text = source.read_text()
    text = re.sub(r'^"(POT-Creation-Date|PO-Revision-Date): .*\n', "", text, flags=re.M)
    source.write_text(text)


def problems() -> list[str]:
    """What a reader would meet in the wrong language, one line each."""
    known = {(message.context, singular(message)) for message in read_catalog(english_source())}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "fabrique"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "*.pyc", "fonts"))
        gather(copy)
        fresh = read_catalog(english_source(copy / "locale"))
    said = {(message.context, singular(message)) for message in fresh}
    return [
        *(f"absent du catalogue : {words!r}" for _, words in sorted(said - known, key=str)),
        *(f"n'est plus dit : {words!r}" for _, words in sorted(known - said, key=str)),
        *(f"sans anglais : {words!r}" for words in untranslated(read_catalog(english_source()))),
    ]


def main(verb: str) -> int:
    if shutil.which("xgettext") is None:
        sys.stderr.write("xgettext est absent. Installez-le : apt install gettext\n")
        return 1
    if verb == "update":
        gather(PACKAGE)
        return 0
    found = problems()
    for line in found[:SHOWN]:
        sys.stderr.write(f"{line}\n")
    if found:
        sys.stderr.write(
            f"{len(found)} messages à reprendre : make messages, puis traduire"
            " src/fabrique/locale/en/LC_MESSAGES/django.po\n"
        )
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("update", "check"):
        sys.exit(__doc__)
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fabrique.config.settings")
    django.setup()
    sys.exit(main(sys.argv[1]))
