"""Our typeface put inside DOCX and ODT files, so that they look right on a machine without it.

Two Latin subsets, Regular and Bold, some 40 kB each; their licence allows it. Word wants them
obfuscated with a key written beside them (ECMA-376, part 4, font embedding): that hides nothing
and is no protection, only the form asked for.
"""

import uuid

from fabrique.document import fonts
from fabrique.document.office_styles import FALLBACKS, FONT

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def embed_in_docx(parts: dict[str, bytes]) -> None:
    faces, relations = [], []
    for face in fonts.EMBEDDED:
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{FONT} {face}")
        parts[f"word/fonts/{face}.odttf"] = _obfuscated(fonts.embedded(face), key)
        faces.append(f'<w:embed{face} r:id="{face}" w:fontKey="{{{str(key).upper()}}}"/>')
        relations.append(
            f'<Relationship Id="{face}" Type="{_R}/font" Target="fonts/{face}.odttf"/>'
        )
    parts["word/fontTable.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:fonts xmlns:w="{_W}" xmlns:r="{_R}">'
        f'<w:font w:name="{FONT}"><w:altName w:val="{",".join(FALLBACKS)}"/>'
        f'<w:family w:val="swiss"/><w:pitch w:val="variable"/>{"".join(faces)}</w:font></w:fonts>'
    ).encode()
    parts["word/_rels/fontTable.xml.rels"] = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Relationships xmlns="{_PACKAGE}">{"".join(relations)}</Relationships>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
    _replace(
        parts,
        "[Content_Types].xml",
        "<Override ",
        f'<Default Extension="odttf" ContentType="{kind}"/><Override ',
    )
    _replace(
        parts,
        "word/settings.xml",
        "<w:embedSystemFonts",
        "<w:embedTrueTypeFonts/><w:embedSystemFonts",
    )


def embed_in_odt(parts: dict[str, bytes]) -> None:
    sources, entries = [], []
    for face in fonts.EMBEDDED:
        name = f"Fonts/{face}.ttf"
        parts[name] = fonts.embedded(face)
        weight = "bold" if face == "Bold" else "normal"
        sources.append(
            f'<svg:font-face-uri xlink:href="{name}" xlink:type="simple" '
            f'loext:font-style="normal" loext:font-weight="{weight}">'
            '<svg:font-face-format svg:string="truetype"/></svg:font-face-uri>'
        )
        entries.append(
            '<manifest:file-entry manifest:media-type="application/x-font-ttf" '
            f'manifest:full-path="{name}"/>'
        )
    family = f"'{FONT}'"
    extension = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
    face = (
        f'<style:font-face xmlns:loext="{extension}" style:name="{FONT}" '
        f'svg:font-family="{family}" style:font-family-generic="swiss" '
        f'style:font-pitch="variable"><svg:font-face-src>{"".join(sources)}</svg:font-face-src>'
        "</style:font-face></office:font-face-decls>"
    )
    for name in ("content.xml", "styles.xml"):
        _without_face(parts, name)
        _replace(parts, name, "</office:font-face-decls>", face)
    closing = "</manifest:manifest>"
    _replace(parts, "META-INF/manifest.xml", closing, "".join(entries) + closing)


def _obfuscated(face: bytes, key: uuid.UUID) -> bytes:
    mask = key.bytes[::-1] * 2
    head = bytes(one ^ other for one, other in zip(face[:32], mask, strict=True))
    return head + face[32:]


def _without_face(parts: dict[str, bytes], name: str) -> None:
    text = parts[name].decode()
    start = text.find(f'<style:font-face style:name="{FONT}"')
    if start >= 0:
        parts[name] = (text[:start] + text[text.index("/>", start) + 2 :]).encode()


def _replace(parts: dict[str, bytes], name: str, old: str, new: str) -> None:
    parts[name] = parts[name].decode().replace(old, new, 1).encode()
