"""The renderings are safe, stable, accessible, and lead from a sentence to what it rests on."""

import hashlib
import io
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from fabrique.document import fonts
from fabrique.document.colours import contrast, ramp, shades
from fabrique.document.failures import RenderingFailed
from fabrique.document.office_package import parts_of
from fabrique.document.renderings import (
    plain_text,
    render_blocks,
    render_docx,
    render_html,
    render_html_page,
    render_odt,
    render_pdf,
)
from fabrique.document.tree import Bullets, Citation, Item, Paragraph, Section, citations_in
from tests.document.sample import NOTE


def test_the_note_is_two_to_four_pages():
    assert 2 <= len(PdfReader(io.BytesIO(render_pdf(NOTE))).pages) <= 4


def test_the_pdf_is_tagged_and_says_so():
    made = PdfReader(io.BytesIO(render_pdf(NOTE)))
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made.trailer["/Root"]["/Lang"] == "fr"
    assert "pdfuaid" in made.xmp_metadata.rdf_root.toxml()
    assert made.metadata.title == NOTE.title


def test_only_our_typeface_is_in_the_pdf():
    names = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(io.BytesIO(render_pdf(NOTE))).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("SourceSans3" in name for name in names)


def test_word_and_libreoffice_files_carry_the_typeface():
    docx, odt = parts_of(render_docx(NOTE)), parts_of(render_odt(NOTE))
    for face in fonts.EMBEDDED:
        whole = fonts.embedded(face)
        assert odt[f"Fonts/{face}.ttf"] == whole
        hidden = docx[f"word/fonts/{face}.odttf"]
        assert hidden[:32] != whole[:32]
        assert hidden[32:] == whole[32:]
        assert f'r:id="{face}"' in docx["word/fontTable.xml"].decode()


def test_every_part_of_word_and_libreoffice_files_is_well_formed():
    for made in (render_docx(NOTE), render_odt(NOTE)):
        for name, part in parts_of(made).items():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(part)


def test_another_process_makes_the_same_bytes():
    script = (
        "import hashlib; from tests.document.sample import NOTE; "
        "from fabrique.document import renderings as r; "
        "print(*(hashlib.sha256(f(NOTE)).hexdigest() "
        "for f in (r.render_pdf, r.render_docx, r.render_odt)))"
    )
    there = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    ).stdout.split()
    here = [hashlib.sha256(f(NOTE)).hexdigest() for f in (render_pdf, render_docx, render_odt)]
    assert there == here


def test_an_emoji_does_not_cost_the_pdf():
    note = replace(NOTE, title="Bravo 🎉\ufe0f à tous 中")
    title = PdfReader(io.BytesIO(render_pdf(note))).metadata.title
    assert title == f"Bravo {fonts.REPLACEMENT} à tous {fonts.REPLACEMENT}"
    assert "🎉" in plain_text(note)


def test_a_control_character_typed_or_pasted_costs_no_format():
    note = replace(NOTE, title="Un\x00 titre\x0b\ud800 collé\uffff", subtitle="\x1b[31m")
    for render in (render_pdf, render_docx, render_odt):
        assert render(note)
    assert plain_text(note).splitlines()[2] == "Un titre collé"
    assert "\x00" not in render_html(note)


def test_the_typeface_draws_all_that_french_and_our_pages_need():
    assert fonts.drawable(fonts.NEEDED) == fonts.NEEDED


def test_html_stands_under_a_strict_policy():
    page = render_html(NOTE)
    assert not re.search(r"<(script|style)|\sstyle=|\son\w+=|javascript:", page)


def test_text_in_html_is_escaped_wherever_it_stands():
    hostile = '"><img src=x onerror=alert(1)>'
    citation = Citation(hostile, hostile)
    block = Paragraph(hostile, id=hostile, citations=(citation,))
    note = replace(
        NOTE, title=hostile, mark=hostile, sections=(Section(hostile, hostile, (block,), hostile),)
    )
    for page in (render_html(note, link=lambda ref: ref), render_html_page(note)):
        assert "<img" not in page


def test_one_click_leads_from_a_sentence_to_its_contributions():
    page = render_html(NOTE, link=lambda ref: f"/dit/{ref}/")
    for citation in citations_in(NOTE.sections):
        assert f'href="/dit/{citation.ref}/"' in page


def test_a_passage_with_a_name_leads_to_all_it_rests_on():
    cited = (Citation("card:1", "carte 1"), Citation("card:2", "carte 2"))
    named, bare = Paragraph("Un.", id="p1", citations=cited), Paragraph("Deux.", citations=cited)
    note = replace(NOTE, sections=(Section("a", "A", (named, bare)),))
    page = render_html(note, passage_link=lambda block: f"/sources/{block}/")
    assert page.count('href="/sources/p1/"') == 2
    assert page.count('href="#doc-source-1"') == 1


def test_without_addresses_a_number_leads_to_the_list_of_sources():
    page = render_html(NOTE)
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', page))


def test_the_same_source_keeps_one_number_and_runs_are_shortened():
    cited = [Citation(f"card:{place}", f"carte {place}") for place in range(1, 8)]
    section = Section(
        "a",
        "A",
        (
            Paragraph("Un.", citations=tuple(cited[:4])),
            Bullets((Item("Deux.", citations=(cited[6],)),), citations=(cited[0],)),
        ),
    )
    text = plain_text(replace(NOTE, sections=(section,)))
    assert "Un. 1–4" in text
    assert "Deux. 1, 5" in text


def test_blocks_can_be_shown_outside_a_document():
    chart = NOTE.sections[1].blocks[1]
    page = render_blocks((chart,), accent=NOTE.accent)
    assert page.count("<svg") == len(chart.bars)
    assert page.count("<title>") == len(chart.bars)
    assert "Submersion des zones d’activité" in page


@pytest.mark.parametrize("accent", ["#0f6b6b", "#ffd500", "#ffffff", "#000000", "#7fdbff"])
def test_text_in_any_accent_is_legible(accent):
    tones = shades(accent)
    assert contrast(tones.strong, "#ffffff") >= 4.5
    assert contrast(tones.strong, tones.soft) >= 4.5
    assert len(set(ramp(accent, 4))) == 4


def test_a_colour_that_is_none_is_refused_with_its_code():
    with pytest.raises(RenderingFailed) as refused:
        render_pdf(replace(NOTE, accent="red; }"))
    assert refused.value.code == "colour_unreadable"


def test_an_empty_document_still_comes_out():
    bare = replace(
        NOTE, sections=(), facts=(), colophon=(), subtitle="", eyebrow="", mark="", notice=""
    )
    for render in (render_pdf, render_docx, render_odt):
        assert len(render(bare)) > 1000
    assert NOTE.title in render_html(bare)
