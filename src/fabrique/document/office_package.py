"""A DOCX or ODT file is a zip: read it, change parts, write it the same way each time."""

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)


def parts_of(package: bytes) -> dict[str, bytes]:
    """The parts by name, folders left out."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The zip of these parts: names in order, no clock, `mimetype` first and bare as ODF asks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts, key=_rank):
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            bare = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if bare else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def _rank(name: str) -> tuple[int, str]:
    first = {"mimetype": 0, "[Content_Types].xml": 1, "_rels/.rels": 2}
    return first.get(name, 3), name
