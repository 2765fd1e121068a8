"""The one typeface of screens and documents: Source Sans 3, by Adobe, under the Open Font Licence.

    python -m fabrique.document.fonts --from node_modules

takes the six faces the documents use out of the npm package `source-sans` and puts them beside
this module, where Typst finds them, with two Latin subsets that travel inside DOCX and ODT files
(not named `.ttf`, or Typst would take them for the whole face). The subsets made for the web will
not do: they lack the thin no-break space of French, arrows and the tick.
"""

import argparse
import io
import shutil
import sys
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from fabrique.document.failures import RenderingFailed

FAMILY = "Source Sans 3"
FOLDER = Path(__file__).parent / "fonts"
FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "Light")
NEEDED = "\u202f\u00a0œŒ€’«»−–→←·•…✓≤≥²₂"
REPLACEMENT = "□"
EMBEDDED = ("Regular", "Bold")
LATIN = (*range(0x20, 0x180), *range(0x2000, 0x2070), *map(ord, "€→←✓−≤≥≠□•²₂"))


def install(source: Path, destination: Path = FOLDER) -> tuple[Path, ...]:
    """Copy the faces found under a `node_modules` folder; returns what was written."""
    found = source / "source-sans" / "TTF"
    if not found.is_dir():
        raise RenderingFailed("fonts_missing", {"looked_in": str(found)})
    destination.mkdir(parents=True, exist_ok=True)
    written = []
    for face in FACES:
        target = destination / f"SourceSans3-{face}.ttf"
        shutil.copyfile(found / target.name, target)
        written.append(target)
    for face in EMBEDDED:
        target = destination / f"{face}.embedded"
        target.write_bytes(_latin(found / f"SourceSans3-{face}.ttf"))
        written.append(target)
    shutil.copyfile(source / "source-sans" / "LICENSE.md", destination / "LICENSE.md")
    return tuple(written)


def folder() -> Path:
    """Where the faces are; fails rather than let a document come out in another typeface."""
    if not (FOLDER / "SourceSans3-Regular.ttf").is_file():
        raise RenderingFailed("fonts_missing", {"looked_in": str(FOLDER)})
    return FOLDER


def embedded(face: str) -> bytes:
    """The Latin subset of a face, small enough to travel inside a DOCX or an ODT."""
    path = folder() / f"{face}.embedded"
    if not path.is_file():
        raise RenderingFailed("fonts_missing", {"looked_in": str(path)})
    return path.read_bytes()


def _latin(path: Path) -> bytes:
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"])
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(font)
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def drawable(text: str) -> str:
    """The text with each character our typeface cannot draw shown as an empty square.

    PDF/UA forbids a missing glyph, and an emoji typed on a phone must not cost the note.
    """
    known = _characters()
    return "".join(
        letter if ord(letter) in known or letter in "\n\t" else _instead(letter) for letter in text
    )


def _instead(letter: str) -> str:
    invisible = "\u200b\u200c\u200d\ufe0e\ufe0f\u00ad\u2060"
    return "" if letter in invisible or not letter.isprintable() else REPLACEMENT


@cache
def _characters() -> frozenset[int]:
    return frozenset(TTFont(folder() / "SourceSans3-Regular.ttf").getBestCmap())


def main() -> int:
    parser = argparse.ArgumentParser(description="Install the typeface of the documents.")
    parser.add_argument("--from", dest="source", type=Path, required=True, metavar="NODE_MODULES")
    try:
        written = install(parser.parse_args().source)
    except RenderingFailed as failure:
        print(f"fonts: npm package source-sans not found ({failure})", file=sys.stderr)
        return 1
    print(f"fonts: {len(written)} files in {FOLDER}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
