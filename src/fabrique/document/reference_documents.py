"""The two reference documents pandoc takes its styles from, made from pandoc's own defaults.

    python -m fabrique.document.reference_documents

writes `templates/reference.docx` and `templates/reference.odt`. They are committed: run this
again when `office_styles` changes.
"""

import re
import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pypandoc

from fabrique.document.office_package import packed, parts_of
from fabrique.document.office_styles import (
    FALLBACKS,
    FONT,
    HAIR,
    INK,
    PARAGRAPHS,
    RUNS,
    TONES,
    Run,
    Style,
)

FOLDER = Path(__file__).parent / "templates"
TITLE = "FABRIQUE-TITRE"
PAGE = "FABRIQUE-PAGE"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pandoc_path() -> str:
    return str(pypandoc.get_pandoc_path())


def main() -> None:
    for name, build in (("reference.docx", reference_docx), ("reference.odt", reference_odt)):
        (FOLDER / name).write_bytes(build(_default(name)))


def _default(name: str) -> bytes:
    command = [pandoc_path(), "--print-default-data-file", name]
    return subprocess.run(command, check=True, capture_output=True).stdout


# Word


def reference_docx(default: bytes) -> bytes:
    parts = parts_of(default)
    parts["word/styles.xml"] = _word_styles().encode()
    parts["word/footer1.xml"] = _word_footer().encode()
    parts["word/document.xml"] = _word_body().encode()
    parts["word/fontTable.xml"] = _word_fonts().encode()
    parts["word/_rels/document.xml.rels"] = _without_example(
        parts["word/_rels/document.xml.rels"].decode()
    ).encode()
    parts["[Content_Types].xml"] = (
        parts["[Content_Types].xml"]
        .decode()
        .replace(
            "</Types>",
            '<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.footer+xml" /></Types>',
        )
        .encode()
    )
    parts["word/settings.xml"] = (
        parts["word/settings.xml"]
        .replace(b'<w:themeFontLang w:val="en-US" />', b'<w:themeFontLang w:val="fr-FR" />')
        .replace(b'<w:decimalSymbol w:val="." />', b'<w:decimalSymbol w:val="," />')
        .replace(b'<w:listSeparator w:val="," />', b'<w:listSeparator w:val=";" />')
    )
    return packed(parts)


def _without_example(rels: str) -> str:
    rels = re.sub(r'<Relationship [^>]*Target="http://example.com"[^>]*/>', "", rels)
    footer = f'<Relationship Type="{_R}/footer" Id="rId40" Target="footer1.xml" />'
    return rels.replace("</Relationships>", f"{footer}</Relationships>")


def _word_fonts() -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:fonts xmlns:w="{_W}">'
        f'<w:font w:name="{FONT}"><w:altName w:val="{",".join(FALLBACKS)}"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _word_body() -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:document xmlns:w="{_W}" xmlns:r="{_R}">'
        '<w:body><w:p><w:pPr><w:pStyle w:val="Corps"/></w:pPr></w:p><w:sectPr>'
        '<w:footerReference w:type="default" r:id="rId40"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1077" w:right="1531" w:bottom="1304" w:left="1531" '
        'w:header="624" w:footer="624" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def _word_footer() -> str:
    def field(code: str) -> str:
        return (
            f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>' if code else ""
        )

    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:ftr xmlns:w="{_W}">'
        '<w:p><w:pPr><w:pStyle w:val="Footer"/><w:pBdr><w:top w:val="single" w:sz="4" w:space="6" '
        f'w:color="{HAIR[1:]}"/></w:pBdr><w:tabs><w:tab w:val="right" w:pos="8844"/></w:tabs>'
        f"</w:pPr><w:r><w:t>{TITLE}</w:t></w:r><w:r><w:tab/></w:r>"
        f'<w:r><w:t xml:space="preserve">{PAGE} </w:t></w:r>{field("PAGE")}'
        f'<w:r><w:t xml:space="preserve"> / </w:t></w:r>{field("NUMPAGES")}</w:p></w:ftr>'
    )


def _word_styles() -> str:
    font = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:styles xmlns:w="{_W}"><w:docDefaults>'
        f'<w:rPrDefault><w:rPr>{font}<w:color w:val="{INK[1:]}"/><w:sz w:val="21"/>'
        '<w:szCs w:val="21"/><w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="247" '
        'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="BodyText"><w:name w:val="Body Text"/>'
        '<w:basedOn w:val="Corps"/></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="FirstParagraph">'
        '<w:name w:val="First Paragraph"/><w:basedOn w:val="Corps"/></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Compact">'
        '<w:name w:val="Compact"/><w:basedOn w:val="Corps"/></w:style>'
        + "".join(_word_paragraph(style) for style in PARAGRAPHS)
        + "".join(_word_run(run) for run in RUNS)
        + _word_tables()
        + "</w:styles>"
    )


_WORD_NAMES = {
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Footer": "footer",
}


def _word_paragraph(style: Style) -> str:
    name = _WORD_NAMES.get(style.name, style.name)
    custom = "" if style.name in _WORD_NAMES else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{style.parent}"/><w:qFormat/>'
        f"<w:pPr>{''.join(_word_paragraph_properties(style))}</w:pPr>"
        f"<w:rPr>{''.join(_word_run_properties(style))}</w:rPr></w:style>"
    )


def _word_paragraph_properties(style: Style) -> Iterator[str]:
    if style.keep_next:
        yield "<w:keepNext/>"
    yield "<w:keepLines/>"
    borders = "".join(_word_borders(style))
    if borders:
        yield f"<w:pBdr>{borders}</w:pBdr>"
    if style.shade:
        yield f'<w:shd w:val="clear" w:color="auto" w:fill="{style.shade[1:]}"/>'
    if style.hanging:
        yield f'<w:tabs><w:tab w:val="left" w:pos="{style.left * 20:.0f}"/></w:tabs>'
    yield (
        f'<w:spacing w:before="{style.before * 20:.0f}" w:after="{style.after * 20:.0f}" '
        f'w:line="{style.line * 240:.0f}" w:lineRule="auto"/>'
    )
    if style.left:
        hanging = f' w:hanging="{style.hanging * 20:.0f}"' if style.hanging else ""
        yield f'<w:ind w:left="{style.left * 20:.0f}"{hanging}/>'
    if style.right_aligned:
        yield '<w:jc w:val="right"/>'
    if style.outline:
        yield f'<w:outlineLvl w:val="{style.outline - 1}"/>'


def _word_borders(style: Style) -> Iterator[str]:
    if style.top_rule:
        yield f'<w:top w:val="single" w:sz="8" w:space="7" w:color="{style.top_rule[1:]}"/>'
    if style.left_bar:
        yield f'<w:left w:val="single" w:sz="24" w:space="8" w:color="{style.left_bar[1:]}"/>'
    if style.bottom_rule:
        yield f'<w:bottom w:val="single" w:sz="4" w:space="8" w:color="{style.bottom_rule[1:]}"/>'


def _word_run_properties(style: Style | Run) -> Iterator[str]:
    if style.bold is not None:
        yield "<w:b/><w:bCs/>" if style.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    if isinstance(style, Style) and style.italic:
        yield "<w:i/><w:iCs/>"
    if style.colour:
        yield f'<w:color w:val="{style.colour[1:]}"/>'
    if style.size:
        yield f'<w:sz w:val="{style.size * 2:.0f}"/><w:szCs w:val="{style.size * 2:.0f}"/>'
    if isinstance(style, Run) and style.shade:
        yield f'<w:shd w:val="clear" w:color="auto" w:fill="{style.shade[1:]}"/>'


def _word_run(run: Run) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{run.name}">'
        f'<w:name w:val="{run.name}"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f"<w:rPr>{''.join(_word_run_properties(run))}</w:rPr></w:style>"
    )


def _word_tables() -> str:
    margins = (
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="110" w:type="dxa"/>'
        "</w:tblCellMar>"
    )
    hair = f'w:val="single" w:sz="4" w:space="0" w:color="{HAIR[1:]}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{TONES.strong[1:]}"'
    plain = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/></w:style>'
    )
    grid = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f"{margins}</w:tblPr>{{first}}</w:style>"
    )
    first = (
        '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
        f"<w:bottom {strong}/></w:tcBorders></w:tcPr></w:tblStylePr>"
    )
    lines = f"<w:bottom {hair}/><w:insideH {hair}/>"
    return (
        plain
        + grid.format(name="Table", borders=lines, first=first)
        + grid.format(name="Tableau", borders=lines, first=first)
        + grid.format(name="Chiffres", borders=f"<w:top {strong}/>", first="")
    )


# LibreOffice

_ODT_NAMES = {"Heading1": "Heading_20_1", "Heading2": "Heading_20_2", "Normal": "Standard"}


def reference_odt(default: bytes) -> bytes:
    parts = parts_of(default)
    styles = parts["styles.xml"].decode()
    ours = {_ODT_NAMES.get(style.name, style.name) for style in PARAGRAPHS} | {
        "Internet_20_link",
        "Definition",
    }
    for name in ours:
        styles = _without_style(styles, name)
    added = "".join(_odt_paragraph(style) for style in PARAGRAPHS) + "".join(map(_odt_run, RUNS))
    styles = styles.replace("</office:styles>", f"{added}</office:styles>", 1)
    styles = _odt_defaults(styles)
    styles = _odt_page(styles)
    parts["styles.xml"] = styles.encode()
    return packed(parts)


def _without_style(styles: str, name: str) -> str:
    head = rf'<style:style\s+style:name="{re.escape(name)}"[^>]*?'
    return re.sub(rf"{head}(?:/>|(?<!/)>.*?</style:style>)", "", styles, count=1, flags=re.DOTALL)


def _odt_paragraph(style: Style) -> str:
    name = _ODT_NAMES.get(style.name, style.name)
    parent = _ODT_NAMES.get(style.parent, style.parent)
    outline = f' style:default-outline-level="{style.outline}"' if style.outline else ""
    display = escape(style.display or style.name)
    return (
        f'<style:style style:name="{name}" style:display-name="{display}" '
        f'style:family="paragraph" style:parent-style-name="{parent}"{outline} '
        f'style:class="text"><style:paragraph-properties {" ".join(_odt_properties(style))}>'
        f"{_odt_tabs(style)}</style:paragraph-properties>"
        f"<style:text-properties {' '.join(_odt_text(style))}/></style:style>"
    )


def _odt_tabs(style: Style) -> str:
    if not style.hanging:
        return ""
    return '<style:tab-stops><style:tab-stop style:position="0cm"/></style:tab-stops>'


def _odt_properties(style: Style) -> Iterator[str]:
    yield f'fo:margin-top="{style.before}pt" fo:margin-bottom="{style.after}pt"'
    yield f'fo:margin-left="{style.left}pt" fo:margin-right="0pt"'
    yield f'fo:text-indent="{-style.hanging}pt" fo:line-height="{style.line * 100:.0f}%"'
    yield f'fo:text-align="{"end" if style.right_aligned else "start"}"'
    yield f'fo:background-color="{style.shade or "transparent"}"'
    yield 'fo:orphans="2" fo:widows="2"'
    if style.keep_next:
        yield 'fo:keep-with-next="always"'
    if style.left_bar:
        yield f'fo:border-left="3pt solid {style.left_bar}" fo:padding-left="8pt"'
    if style.top_rule:
        yield f'fo:border-top="1pt solid {style.top_rule}" fo:padding-top="7pt"'
    if style.bottom_rule:
        yield f'fo:border-bottom="0.5pt solid {style.bottom_rule}" fo:padding-bottom="8pt"'


def _odt_text(style: Style | Run) -> Iterator[str]:
    if isinstance(style, Style):
        yield f'style:font-name="{FONT}" fo:font-style="{"italic" if style.italic else "normal"}"'
    if style.bold is not None or isinstance(style, Style):
        yield f'fo:font-weight="{"bold" if style.bold else "normal"}"'
    if style.colour:
        yield f'fo:color="{style.colour}"'
    if style.size:
        yield f'fo:font-size="{style.size}pt"'
    if isinstance(style, Run):
        yield 'style:text-underline-style="none"'
    if isinstance(style, Run) and style.shade:
        yield f'fo:background-color="{style.shade}"'


def _odt_run(run: Run) -> str:
    name = "Internet_20_link" if run.name == "Hyperlink" else run.name
    return (
        f'<style:style style:name="{name}" style:family="text">'
        f"<style:text-properties {' '.join(_odt_text(run))}/></style:style>"
    )


def _odt_defaults(styles: str) -> str:
    family = "'" + FONT + "'"
    face = (
        f'<style:font-face style:name="{FONT}" svg:font-family="{family}" '
        'style:font-family-generic="swiss" style:font-pitch="variable"/>'
    )
    styles = styles.replace("</office:font-face-decls>", f"{face}</office:font-face-decls>", 1)
    styles = re.sub(r'fo:language="[a-z]+"', 'fo:language="fr"', styles)
    styles = re.sub(r'fo:country="[A-Z]+"', 'fo:country="FR"', styles)
    styles = re.sub(r'style:font-name="Times New Roman"', f'style:font-name="{FONT}"', styles)
    standard = (
        '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
        '<style:paragraph-properties fo:line-height="103%"/>'
        f'<style:text-properties style:font-name="{FONT}" fo:font-size="10.5pt" '
        f'fo:color="{INK}"/></style:style>'
    )
    styles = _without_style(styles, "Standard")
    return styles.replace("</office:styles>", f"{standard}</office:styles>", 1)


def _odt_page(styles: str) -> str:
    automatic = (
        '<office:automatic-styles><style:style style:name="MP1" style:family="paragraph" '
        'style:parent-style-name="Footer"><style:paragraph-properties '
        f'fo:border-top="0.5pt solid {HAIR}" fo:padding-top="6pt"><style:tab-stops>'
        '<style:tab-stop style:position="15.6cm" style:type="right"/></style:tab-stops>'
        "</style:paragraph-properties></style:style>"
        '<style:page-layout style:name="Mpm1"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm" style:print-orientation="portrait" '
        'fo:margin-top="1.9cm" fo:margin-bottom="1cm" fo:margin-left="2.7cm" '
        'fo:margin-right="2.7cm" style:writing-mode="lr-tb"/><style:header-style/>'
        '<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" '
        'fo:margin-top="0.5cm"/></style:footer-style></style:page-layout>'
        "</office:automatic-styles>"
    )
    master = (
        '<office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="Mpm1"><style:footer><text:p text:style-name="MP1">'
        f'{TITLE}<text:tab/>{PAGE} <text:page-number text:select-page="current">1'
        "</text:page-number> / <text:page-count>1</text:page-count></text:p></style:footer>"
        "</style:master-page></office:master-styles>"
    )
    styles = re.sub(
        r"<office:automatic-styles>.*?</office:automatic-styles>",
        lambda _: automatic,
        styles,
        count=1,
        flags=re.DOTALL,
    )
    return re.sub(
        r"<office:master-styles>.*?</office:master-styles>",
        lambda _: master,
        styles,
        count=1,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    main()
