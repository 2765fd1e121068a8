"""Sheets read whatever the program, encoding or separator; and written without traps."""

import io
import json
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from fabrique.kit.sheets import (
    SheetError,
    Table,
    match_columns,
    plain_name,
    read_sheet,
    write_book,
    write_sheet,
)
from fabrique.kit.sheets.wording import say, say_missing

FORMATS = ["xlsx", "ods", "csv"]
HOSTILE = ["=1+1", "+33 6", "-5", "@somme", '=HYPERLINK("http://x")', "<script>", "'=déjà", "a;b"]


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_sheet(content).rows]


def refusal(content: bytes) -> str:
    with pytest.raises(SheetError) as refused:
        read_sheet(content)
    assert say(refused.value)
    return refused.value.code


class TestReading:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
    )
    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    def test_a_csv_of_any_encoding_and_separator(self, encoding: str, separator: str) -> None:
        lines = [["Nom", "Prénom", "Rôle"], ["Élue à l'énergie", "été", "référente"]]
        text = "\r\n".join(separator.join(line) for line in lines)
        sheet = read_sheet(text.encode(encoding))
        assert sheet.columns == ("Nom", "Prénom", "Rôle")
        assert sheet.rows[0].cells == ("Élue à l'énergie", "été", "référente")

    def test_commas_within_texts_do_not_make_columns(self) -> None:
        text = "Texte;Auteur\nEau, air, sols, bruit;Habitante\nUn, deux, trois, quatre;Agent\n"
        assert cells(text.encode())[0] == ("Eau, air, sols, bruit", "Habitante")

    def test_lines_are_numbered_as_the_program_shows_them(self) -> None:
        text = 'Texte;Auteur\n"sur\ndeux lignes";A\n\nfin;B\n'
        assert [row.number for row in read_sheet(text.encode()).rows] == [2, 5]

    def test_the_line_by_which_a_program_names_its_separator_is_not_a_header(self) -> None:
        assert read_sheet(b"sep=,\nNom,Age\nA,1\n").columns == ("Nom", "Age")

    def test_a_title_above_the_header_is_stepped_over_when_one_says_what_a_header_is(self) -> None:
        text = "Groupe de travail;\n;\nNom;Institution\nA;B\n"
        sheet = read_sheet(text.encode(), is_header=lambda row: "Nom" in row)
        assert sheet.columns == ("Nom", "Institution")
        assert [row.number for row in sheet.rows] == [4]

    def test_dates_numbers_and_formulas_of_a_workbook_are_what_one_reads(self) -> None:
        from datetime import date, datetime

        workbook = Workbook()
        sheet = workbook.active
        sheet.append(["Date", "Nombre", "Oui", "Calcul"])
        sheet.append([date(2020, 9, 17), 3.0, True, "=1+1"])
        sheet.append([datetime(2020, 9, 17, 14, 30), 2.5, False, None])
        out = io.BytesIO()
        workbook.save(out)
        assert cells(out.getvalue()) == [
            ("2020-09-17", "3", "true", ""),
            ("2020-09-17 14:30:00", "2.5", "false", ""),
        ]

    def test_the_first_sheet_is_the_one_that_has_the_header(self) -> None:
        workbook = Workbook()
        workbook.active.append(["Mode d'emploi"])
        workbook.create_sheet("Liste").append(["Nom", "Institution"])
        out = io.BytesIO()
        workbook.save(out)
        sheet = read_sheet(out.getvalue(), is_header=lambda row: "Nom" in row)
        assert sheet.columns == ("Nom", "Institution")

    def test_a_json_list_is_a_sheet(self) -> None:
        content = json.dumps([{"text": "Un", "votes": 2}, {"text": "Deux", "theme": None}])
        assert read_sheet(content.encode()).columns == ("text", "votes", "theme")
        assert cells(content.encode()) == [("Un", "2", ""), ("Deux", "", "")]

    def test_control_characters_never_reach_the_database(self) -> None:
        assert cells(b"Texte;A\nun\x0bdeux;b") == [("undeux", "b")]


class TestRefusing:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty"),
            (b"\xef\xbb\xbf\r\n", "empty"),
            (b"%PDF-1.7 ...", "not_a_sheet"),
            (bytes.fromhex("D0CF11E0A1B11AE1") + b"0" * 50, "old_or_locked"),
            (b"PK\x03\x04 cut short", "damaged"),
            (bytes(range(256)) * 20, "encoding"),
            (b'{"text": "un"}', "not_a_table"),
            (b'[{"text": ', "damaged"),
            (b"x" * 10_000_001, "too_big"),
            (b"Nom;B\n" + b"a;b\n" * 10_001, "too_many_rows"),
        ],
    )
    def test_what_is_no_sheet_says_why(self, content: bytes, code: str) -> None:
        assert refusal(content) == code

    def test_a_text_document_is_named(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            package.writestr("word/document.xml", "<w/>")
        assert refusal(out.getvalue()) == "not_a_sheet"

    def test_a_package_that_swells_is_refused_before_it_is_opened(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("xl/workbook.xml", b"0" * 100_000_001)
        assert refusal(out.getvalue()) == "too_big"

    def test_missing_columns_are_said_with_those_found(self) -> None:
        said = say_missing(["Nom"], ["Prénom", "", "Structure"])
        assert "« Nom »" in said
        assert "« Prénom », « Structure »" in said


class TestWriting:
    @pytest.mark.parametrize("format", FORMATS)
    def test_what_is_written_reads_back_the_same(self, format: str) -> None:
        rows = [[text, "deux\nlignes", 3] for text in HOSTILE]
        content = write_sheet(["Texte", "Note", "Nombre"], rows, format=format, title="Un/deux")
        assert cells(content) == [(text, "deux\nlignes", "3") for text in HOSTILE]

    def test_no_cell_of_a_workbook_is_a_formula(self) -> None:
        content = write_sheet(["Texte"], [[text] for text in HOSTILE], format="xlsx")
        sheet = load_workbook(io.BytesIO(content)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}

    def test_no_cell_of_a_csv_starts_as_a_formula_does(self) -> None:
        content = write_sheet(["Texte"], [[text] for text in HOSTILE], format="csv")
        lines = content.decode("utf-8-sig").splitlines()
        assert not [line for line in lines if line.strip('"').startswith(("=", "+", "-", "@"))]

    def test_no_cell_of_an_open_document_is_a_formula(self) -> None:
        content = write_sheet(["Texte"], [[text] for text in HOSTILE], format="ods")
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert b"formula" not in package.read("content.xml")

    @pytest.mark.parametrize("format", ["xlsx", "ods"])
    def test_a_book_holds_its_sheets_in_order_and_texts_stay_texts(self, format: str) -> None:
        tables = [Table("Un", ["A"], [[one] for one in HOSTILE]), Table("Deux", ["B"], [["b"]])]
        content = write_book(tables, format=format)
        assert cells(content) == [(one,) for one in HOSTILE]
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            kept = "xl/workbook.xml" if format == "xlsx" else "content.xml"
            written = package.read(kept).decode()
        assert 0 < written.index("Un") < written.index("Deux")


class TestColumns:
    def test_names_are_compared_without_accents_case_or_signs(self) -> None:
        assert plain_name("  PRÉNOM_/ nom* ") == "prenom nom"

    def test_an_exact_name_goes_before_one_that_only_begins_alike(self) -> None:
        found = match_columns(["Nom du fichier", "Nom"], {"name": ["nom"]})
        assert found.places == {"name": 1}
        assert found.unused == ("Nom du fichier",)

    def test_a_column_serves_once(self) -> None:
        found = match_columns(["Fonction"], {"name": ["nom", "fonction"], "kind": ["fonction"]})
        assert found.places == {"name": 0}
