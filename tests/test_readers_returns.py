"""What a reader makes of returns as people send them, and what it says to those that are not the form or mean harm."""

import io
import resource
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from mutated import NOTHING, csv_bytes, csv_rows, filled, packed, parts_of, sound_files

from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.periods import parse_period
from hscb_qa.readers.return_form import FIGURE_HEADERS, FORM, ILLUSTRATIVE_FORM, NUMBERS, QUESTIONS, REQUIRED
from hscb_qa.readers.return_grids import MAX_CELL
from hscb_qa.readers.return_package import MAX_FILE
from hscb_qa.readers.return_xml import MAX_ROWS
from hscb_qa.readers.returns import NARRATIVE_COLUMNS, RETURN_COLUMNS, VOICE_COLUMNS, Return, read_return, read_return_bytes
from hscb_qa.templates import figures_table, write_return

AGENCY, QUARTER = "police", "2026-27 Q2"
MEGABYTE = 2**20
Sound = dict[str, bytes]
Cells = dict[str, Any]  # header -> what stands in the cell


@pytest.fixture(scope="module")
def sound(framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Sound:
    return sound_files(framework, AGENCY, QUARTER, tmp_path_factory.mktemp("sound"))


@pytest.fixture
def refusal(framework: Framework) -> Callable[..., dict[str, Issue]]:
    """The issues with which a file is refused, by their check."""

    def read(suffix: str, content: bytes) -> dict[str, Issue]:
        with pytest.raises(RefusedFile) as refused:
            read_return_bytes(f"police{suffix}", content, framework)
        return {issue.check: issue for issue in refused.value.issues}

    return read


def base(framework: Framework, unit: str = "") -> dict[str, str]:
    """One sound row by header, of an indicator given as counts, or of one with a ready value in a unit."""
    returned = {one.id: one for one in framework.indicators.values() if one.returned}
    wanted = [
        id_
        for id_, one in returned.items()
        if (one.unit == unit and one.returned.gives == "value" if unit else one.returned.gives == "counts")
    ]
    row = dict.fromkeys((FIGURE_HEADERS[key] for key in REQUIRED), "")
    return row | {"Form": FORM, "Agency": AGENCY, "Return for": QUARTER, "Indicator id": wanted[0], "Breakdown": "All", "Period": QUARTER}


def workbook(*rows: Cells, sheet: str = "Figures", above: int = 0, left: int = 0, extra: Callable[..., None] = lambda *_: None) -> bytes:
    """A workbook of one sheet with these rows, the first of which gives the headers; `extra` is given the book and the sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        for column, header in enumerate(rows[0], start=left):
            page.write(above, column, header)
        for line, row in enumerate(rows, start=above + 1):
            for column, cell in enumerate(row.values(), start=left):
                page.write(line, column, *(cell if isinstance(cell, tuple) else (cell,)))
        extra(book, page)
    return stream.getvalue()


def delimited(*rows: Cells) -> bytes:
    return csv_bytes([list(rows[0]), *([str(cell) for cell in row.values()] for row in rows)])


def only_row(framework: Framework, content: bytes, suffix: str = ".xlsx") -> pd.Series:
    return read_return_bytes(f"a{suffix}", content, framework).rows.iloc[0]


def checks_of(read: Return) -> dict[str, Issue]:
    return {issue.check: issue for issue in read.issues}


# Shape


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".csv"])
def test_the_shape_of_a_reading(framework: Framework, sound: Sound, suffix: str) -> None:
    read = read_return_bytes(f"police{suffix}", sound[suffix], framework)
    assert tuple(read.rows) == RETURN_COLUMNS and tuple(read.voices) == VOICE_COLUMNS and tuple(read.narrative) == NARRATIVE_COLUMNS
    assert read.rows["line"].dtype == "int64"
    assert {str(read.rows[name].dtype) for name in NUMBERS} == {"float64"}
    assert {str(read.rows[name].dtype) for name in RETURN_COLUMNS if name not in ("line", *NUMBERS)} == {"str"}
    assert read.rows["line"].iloc[0] == (2 if suffix == ".csv" else 5)
    assert (read.columns == {}) == (suffix == ".csv")
    assert read.issues == ()
    sheet = "" if suffix == ".csv" else "Figures"
    assert (sheet, 2 if suffix == ".csv" else 5, "D", "40") in read.texts


def test_letters_name_the_cells_of_all_sheets(framework: Framework, sound: Sound) -> None:
    letters = read_return_bytes("a.xlsx", sound[".xlsx"], framework).columns
    assert [letters[key] for key in ("numerator", "note", "form", "message", "answer")] == ["D", "H", "Q", "F", "B"]


def test_voices_and_answers_are_read(framework: Framework, sound: Sound) -> None:
    read = read_return_bytes("a.ods", sound[".ods"], framework)
    assert read.voices.iloc[0].tolist() == [5, "children", "", "Survey", "12", "2026-08-03", "Listen.", "We do."]
    assert read.narrative.to_numpy().tolist() == [[5, QUESTIONS[0], "Little has changed."]]


def test_a_file_and_its_bytes_read_the_same(framework: Framework, sound: Sound, tmp_path: Path) -> None:
    (tmp_path / "police.csv").write_bytes(sound[".csv"])
    one, other = read_return(tmp_path / "police.csv", framework), read_return_bytes("police.csv", sound[".csv"], framework)
    pd.testing.assert_frame_equal(one.rows, other.rows)
    assert (one.file, one.sha256, one.content) == (other.file, other.sha256, other.content)


# Cells


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("12.0", 12),
        ("1,234", 1234),
        ("1,234,567.5", 1_234_567.5),
        ("1e3", 1000),
        ("-3", -3),
        ("+3", 3),
        (".5", 0.5),
    ],
)
def test_texts_that_are_numbers(framework: Framework, cell: str, number: float) -> None:
    row = base(framework) | {"Numerator": cell}
    assert only_row(framework, delimited(row), ".csv")["numerator"] == number
    assert only_row(framework, workbook(row))["numerator"] == number


@pytest.mark.parametrize(
    "cell",
    [
        "12,34",
        "1,2345",
        "1 234",
        "12%",
        "a12",
        "NaN",
        "inf",
        "1e400",
        "9" * 400,
        "0x10",
        "1_000",
        "٣",
        "½",
        "12.",
        "TRUE",
        "=1+1",
        "-",
        "12\n13",
    ],
)
def test_texts_that_are_no_numbers_are_kept_as_texts(framework: Framework, cell: str) -> None:
    row = only_row(framework, delimited(base(framework) | {"Numerator": cell}), ".csv")
    assert (row["numerator"] != row["numerator"]) == (cell != "12.")
    assert row["numerator_text"] == cell


@pytest.mark.parametrize(
    ("cell", "text", "number"),
    [(12, "12", 12), (12.5, "12.5", 12.5), (1e300, "1e+300", 1e300), (True, "True", None), (date(2025, 4, 3), "2025-04-03", None)],
)
def test_cells_of_a_workbook_that_are_not_text(framework: Framework, cell: object, text: str, number: float | None) -> None:
    def add(book: xlsxwriter.Workbook, page: Any) -> None:
        if isinstance(cell, date):
            page.write_datetime(1, column, cell, book.add_format({"num_format": "dd/mm/yyyy"}))

    row = base(framework) | {"Numerator": "" if isinstance(cell, date) else cell}
    column = list(row).index("Numerator")
    read = only_row(framework, workbook(row, extra=add))
    assert read["numerator_text"] == text
    assert read["numerator"] == number or (number is None and read["numerator"] != read["numerator"])


def test_a_percentage_is_read_as_it_shows(framework: Framework) -> None:
    """45% is 45 where a percentage is asked for; elsewhere it is no number, and its text says why."""

    def in_percent(book: xlsxwriter.Workbook, page: Any) -> None:
        shown = book.add_format({"num_format": "0.0%"})
        page.write_number(1, list(row).index("Value"), 0.455, shown)
        page.write_number(1, list(row).index("Numerator"), 0.07, shown)

    row = base(framework)
    percent = framework.model_copy(
        update={"indicators": {row["Indicator id"]: framework.indicators[row["Indicator id"]].model_copy(update={"unit": "percent"})}}
    )
    read = only_row(percent, workbook(row, extra=in_percent))
    assert (read["value_text"], read["value"]) == ("45.5%", 45.5)
    assert read["numerator_text"] == "7%" and read["numerator"] != read["numerator"]
    count = framework.model_copy(
        update={"indicators": {row["Indicator id"]: framework.indicators[row["Indicator id"]].model_copy(update={"unit": "score"})}}
    )
    assert only_row(count, workbook(row, extra=in_percent))["value"] != 45.5
    assert only_row(percent, delimited(row | {"Value": "45 %"}), ".csv")["value"] == 45


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("", ""),
        ("not available", "x"),
        (" Not  Available ", "x"),
        ("NOT APPLICABLE", "z"),
        ("x", "x"),
        ("Z", "z"),
        ("none", "none"),
        ("n/a", "n/a"),
    ],
)
def test_statuses(framework: Framework, cell: str, status: str) -> None:
    assert only_row(framework, delimited(base(framework) | {"Status": cell}), ".csv")["status"] == status


@pytest.mark.parametrize(
    ("cell", "breakdown"),
    [
        ("All", ""),
        ("", ""),
        ("all ", ""),
        ("Age band: 1 to 4", "age_band=1_to_4"),
        ("age_band=1_to_4", "age_band=1_to_4"),
        ("1 to 4", "1 to 4"),
    ],
)
def test_breakdowns(framework: Framework, cell: str, breakdown: str) -> None:
    assert only_row(framework, delimited(base(framework) | {"Breakdown": cell}), ".csv")["breakdown"] == breakdown


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2026-27 Q2", "2026-27 Q2"),
        ("2026-27  q2", "2026-27 Q2"),
        ("Jul to Sep 2026", "2026-27 Q2"),
        ("2026-27 Q5", "2026-27 Q5"),
        ("Q2", "Q2"),
    ],
)
def test_periods(framework: Framework, cell: str, period: str) -> None:
    row = only_row(framework, delimited(base(framework) | {"Period": cell, "Return for": cell}), ".csv")
    assert (row["period"], row["quarter"]) == (period, period)


def test_a_year_that_a_spreadsheet_made_a_number(framework: Framework) -> None:
    yearly = next(one for one in framework.indicators.values() if one.returned and one.returned.every == "year")
    row = base(framework) | {"Indicator id": yearly.id}
    assert only_row(framework, workbook(row | {"Period": 2026}))["period"] == "2026"
    assert only_row(framework, workbook(row | {"Period": parse_period("2026", yearly.period_type).label}))["period"] == "2026"


@pytest.mark.parametrize(
    ("cell", "day"), [("5/11/2025", "2025-11-05"), ("5 November 2025", "2025-11-05"), ("soon", "soon"), ("13/13/2025", "13/13/2025")]
)
def test_days_written_as_text(framework: Framework, tmp_path: Path, cell: str, day: str) -> None:
    table = figures_table(framework, AGENCY, parse_period(QUARTER, "quarter"), NOTHING, illustrative=False)
    voice = {"who": "children", "about": "", "method": "", "asked": "", "date": cell, "message": "a", "changed": ""}
    write_return(framework, tmp_path / "a.xlsx", table, pd.DataFrame([voice]))
    assert read_return(tmp_path / "a.xlsx", framework).voices["date"].tolist() == [day]


# Tables


def test_columns_may_stand_anywhere_and_titles_above(framework: Framework) -> None:
    row = base(framework) | {"Numerator": 3}
    moved = dict(reversed(row.items()))
    read = read_return_bytes("a.xlsx", workbook(moved, above=6, left=2), framework)
    assert read.rows["numerator"].tolist() == [3]
    assert read.rows["line"].tolist() == [8]
    assert read.columns["form"] == "C"
    assert read.issues == ()


def test_blank_lines_are_passed_over(framework: Framework) -> None:
    row = base(framework)
    blank = dict.fromkeys(row, "")
    read = read_return_bytes("a.xlsx", workbook(row, blank, blank, row), framework)
    assert read.rows["line"].tolist() == [2, 5]


def test_merged_cells_hold_their_text_once(framework: Framework) -> None:
    row = base(framework) | {"Note": ""}

    def merge(_: xlsxwriter.Workbook, page: Any) -> None:
        page.merge_range(1, list(row).index("Note"), 2, list(row).index("Note"), "both")

    assert read_return_bytes("a.xlsx", workbook(row, row, extra=merge), framework).rows["note"].tolist() == ["both", ""]


def test_a_csv_as_excel_saves_the_sheet(framework: Framework, sound: Sound) -> None:
    """Title lines above, padded with commas to the width of the table."""
    rows = csv_rows(sound)
    width = len(rows[0])
    saved = csv_bytes([["Quarterly return", *[""] * (width - 1)], ["Fill", *[""] * (width - 1)], [""] * width, *rows])
    read = read_return_bytes("a.csv", saved, framework)
    assert read.rows["line"].iloc[0] == 5 and len(read.rows) == len(rows) - 1 and read.issues == ()


def test_a_renamed_sheet_of_figures_is_found(framework: Framework, sound: Sound) -> None:
    parts = parts_of(sound[".ods"])
    renamed = packed(parts | {"content.xml": parts["content.xml"].replace(b'table:name="Figures"', b'table:name="Q2"')})
    read = read_return_bytes("a.ods", renamed, framework)
    assert len(read.rows) == len(csv_rows(sound)) - 1 and read.issues == ()


def test_a_workbook_of_one_sheet(framework: Framework) -> None:
    read = read_return_bytes("a.xlsx", workbook(base(framework), sheet="Sheet1"), framework)
    assert read.voices.empty and read.narrative.empty and read.issues == ()


def test_a_misspelt_header_is_named_with_the_one_meant(framework: Framework, refusal: Callable[..., dict[str, Issue]]) -> None:
    row = base(framework)
    found = refusal(".xlsx", workbook({"Numratr" if header == "Numerator" else header: cell for header, cell in row.items()}))
    assert "'Numerator'" in found["columns_missing"].message
    assert found["unknown_column"].message == "'Numratr' is no header of the form. Did you mean 'Numerator'?"
    assert found["unknown_column"].cell == "C1"


def test_the_header_by_which_a_table_is_known_may_be_misspelt_too(framework: Framework, refusal: Callable[..., dict[str, Issue]]) -> None:
    row = base(framework) | {"Definition": "", "Unit": "", "Indicator": ""}
    found = refusal(".csv", delimited({"Indicator code" if header == "Indicator id" else header: cell for header, cell in row.items()}))
    assert "'Indicator id'" in found["columns_missing"].message
    assert "Did you mean 'Indicator id'?" in found["unknown_column"].message


def test_a_further_column_is_named_but_not_quoted(framework: Framework) -> None:
    read = read_return_bytes("a.xlsx", workbook(base(framework) | {"Jane Example, born 2014": "x"}), framework)
    assert "Jane" not in str(checks_of(read)["unknown_column"])
    assert checks_of(read)["unknown_column"].cell == "L1"


def test_a_header_given_twice(framework: Framework, refusal: Callable[..., dict[str, Issue]]) -> None:
    found = refusal(".xlsx", workbook(base(framework) | {"numerator ": 1}))
    assert "in columns C and L" in found["duplicated_column"].message


def test_text_beside_the_table(framework: Framework) -> None:
    def beside(_: xlsxwriter.Workbook, page: Any) -> None:
        page.write(1, 20, "a child's name")

    read = read_return_bytes("a.xlsx", workbook(base(framework), extra=beside), framework)
    assert checks_of(read)["stray_text"].cell == "U2" and "child" not in checks_of(read)["stray_text"].message


@pytest.mark.parametrize(("cells", "check"), [(5, "ragged_rows"), (40, "stray_text")])
def test_lines_of_a_csv_of_another_length(framework: Framework, sound: Sound, cells: int, check: str) -> None:
    rows = csv_rows(sound)
    rows[3] = [*rows[3], *["more"] * 40][:cells]
    assert checks_of(read_return_bytes("a.csv", csv_bytes(rows), framework))[check].line == 4


def test_another_sheet_is_named_by_its_place(framework: Framework, sound: Sound) -> None:
    parts = parts_of(sound[".ods"])
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    sheet = f'<table:table table:name="Jane Example"><table:table-row>{cell}</table:table-row></table:table>'
    more = parts["content.xml"].replace(b"</office:spreadsheet>", sheet.encode() + b"</office:spreadsheet>")
    read = read_return_bytes("a.ods", packed(parts | {"content.xml": more}), framework)
    message = str(checks_of(read)["unknown_sheet"])
    assert "Sheet 5 of the workbook is not of the form" in message and "Jane" not in message
    assert ("sheet 5", 1, "A", "x") in read.texts


def test_a_question_of_ones_own(framework: Framework) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page, narrative = book.add_worksheet("Figures"), book.add_worksheet("Narrative")
        row = base(framework)
        for column, (header, cell) in enumerate(row.items()):
            page.write(0, column, header)
            page.write(1, column, cell)
        for line, cells in enumerate([("Question", "Answer"), (QUESTIONS[0], "One."), ("And what else?", "Two.")]):
            narrative.write_row(line, 0, cells)
    read = read_return_bytes("a.xlsx", stream.getvalue(), framework)
    assert checks_of(read)["unknown_question"].cell == "A3"
    assert read.narrative["answer"].tolist() == ["One.", "Two."]


def test_forms_not_known_and_mixed(framework: Framework) -> None:
    row = base(framework)
    unknown = read_return_bytes("a.xlsx", workbook(row, row | {"Form": "HSCB return 9"}), framework)
    assert checks_of(unknown)["form_not_known"].line == 3
    mixed = read_return_bytes("a.xlsx", workbook(row, row | {"Form": ILLUSTRATIVE_FORM}), framework)
    assert checks_of(mixed)["mixed_forms"].line == 3


# Formulas


def test_a_formula_is_its_last_value(framework: Framework) -> None:
    row = base(framework) | {"Numerator": ""}
    column = list(row).index("Numerator")

    def formula(_: xlsxwriter.Workbook, page: Any) -> None:
        page.write_formula(1, column, "=40+1", None, 41)

    read = read_return_bytes("a.xlsx", workbook(row, extra=formula), framework)
    assert read.rows["numerator"].tolist() == [41] and read.issues == ()


@pytest.mark.parametrize(("value", "words"), [("#REF!", "shows the error #REF!"), ("#DIV/0!", "shows the error #DIV/0!")])
def test_a_formula_that_failed_is_named_by_its_cell(framework: Framework, value: str, words: str) -> None:
    row = base(framework) | {"Numerator": ""}

    def formula(_: xlsxwriter.Workbook, page: Any) -> None:
        page.write_formula(1, list(row).index("Numerator"), "=A99/0", None, value)

    issue = checks_of(read_return_bytes("a.xlsx", workbook(row, extra=formula), framework))["formula_error"]
    assert (issue.cell, issue.sheet) == ("C2", "Figures") and words in issue.message


def test_a_formula_that_was_never_worked_out(framework: Framework) -> None:
    row = base(framework) | {"Numerator": 77}
    parts = parts_of(workbook(row))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<v>77</v>", b"<f>1+1</f>")
    read = read_return_bytes("a.xlsx", packed(parts | {"xl/worksheets/sheet1.xml": sheet}), framework)
    assert "never worked out" in checks_of(read)["formula_error"].message


@pytest.mark.parametrize(
    "cell",
    [b'office:value-type="string" calcext:value-type="error" table:formula="of:=1/0"><text:p>#DIV/0!</text:p>', b'table:formula="of:=1">'],
)
def test_formulas_of_ods(framework: Framework, sound: Sound, cell: bytes) -> None:
    parts = parts_of(sound[".ods"])
    content = parts["content.xml"].replace(
        b"xmlns:of=", b'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" xmlns:of='
    )
    content = content.replace(b'office:value-type="float" office:value="40"><text:p>40</text:p>', cell, 1)
    read = read_return_bytes("a.ods", packed(parts | {"content.xml": content}), framework)
    assert checks_of(read)["formula_error"].cell == "D5"


# Files that are no returns


def test_files_that_are_none(framework: Framework, tmp_path: Path) -> None:
    for name, check in (
        ("none.xlsx", "unreadable_file"),
        ("folder.csv", "unreadable_file"),
        ("empty.csv", "empty_file"),
        ("a.pdf", "wrong_file_type"),
    ):
        if name.startswith("folder"):
            (tmp_path / name).mkdir()
        elif name.startswith(("empty", "a")):
            (tmp_path / name).write_bytes(b"" if name.startswith("empty") else b"%PDF-1.7")
        with pytest.raises(RefusedFile) as refused:
            read_return(tmp_path / name, framework)
        assert [issue.check for issue in refused.value.issues] == [check]


@pytest.mark.parametrize(
    ("suffix", "content", "check"),
    [
        (".csv", b"name,age\nJane,7\n", "form_not_known"),
        (".csv", b"Form;Indicator id;Period\na;b;c\n", "wrong_separator"),
        (".csv", "Form,Indicator id\na,b\n".encode("utf-16"), "not_utf8"),
        (".csv", b"Indicator id,Note\na,caf\xe9\n", "not_utf8"),
        (".csv", b"Indicator id,Note\na,\0\n", "nul_bytes"),
        (".csv", b'Indicator id,Note\na,"b\n', "malformed_csv"),
        (".csv", b"Indicator id,Note\na,b\n", "columns_missing"),
        (".xlsx", b"Indicator id,Note\na,b\n", "wrong_file_type"),
        (".xlsx", b"\xd0\xcf\x11\xe0 locked", "wrong_file_type"),
        (".xlsx", b"PK\x03\x04 and no more", "malformed_workbook"),
    ],
)
def test_other_files_are_refused_in_words(refusal: Callable[..., dict[str, Issue]], suffix: str, content: bytes, check: str) -> None:
    found = refusal(suffix, content)
    assert check in found
    assert "Jane" not in "".join(map(str, found.values()))


def test_a_form_without_rows(sound: Sound, refusal: Callable[..., dict[str, Issue]]) -> None:
    assert "no figures under the headers" in refusal(".csv", csv_bytes(csv_rows(sound)[:1]))["no_rows"].message


def test_a_workbook_under_the_wrong_ending(sound: Sound, refusal: Callable[..., dict[str, Issue]]) -> None:
    assert "malformed_workbook" in refusal(".ods", sound[".xlsx"])
    assert "malformed_workbook" in refusal(".xlsx", sound[".ods"])


# Files that hide something


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/comments1.xml", "comments"),
        ("xl/threadedComments/threadedComment1.xml", "comments"),
        ("xl/vbaProject.bin", "macros"),
        ("xl/media/image1.png", "pictures"),
        ("xl/drawings/vmlDrawing1.vml", "pictures"),
        ("xl/embeddings/a.docx", "embedded"),
        ("xl/externalLinks/externalLink1.xml", "linked"),
        ("xl/revisions/revisionLog1.xml", "tracked changes"),
        ("Pictures/a.png", "pictures"),
        ("Object 1/content.xml", "embedded"),
    ],
)
def test_parts_that_no_cell_shows(sound: Sound, refusal: Callable[..., dict[str, Issue]], part: str, words: str) -> None:
    assert words in refusal(".xlsx", packed({**parts_of(sound[".xlsx"]), part: b"x"}))["hidden_content"].message


@pytest.mark.parametrize(
    ("element", "words"),
    [
        (b"<office:annotation><text:p>x</text:p></office:annotation>", "comments"),
        (b"<draw:frame/>", "pictures"),
        (b"<table:tracked-changes/>", "tracked"),
    ],
)
def test_elements_that_no_cell_shows(sound: Sound, refusal: Callable[..., dict[str, Issue]], element: bytes, words: str) -> None:
    parts = parts_of(sound[".ods"])
    content = parts["content.xml"].replace(b"</table:table-cell>", element + b"</table:table-cell>", 1)
    assert words in refusal(".ods", packed(parts | {"content.xml": content}))["hidden_content"].message


def test_an_empty_drawing_hides_nothing(framework: Framework, sound: Sound, refusal: Callable[..., dict[str, Issue]]) -> None:
    """LibreOffice writes one into every workbook it saves with a rule in a cell."""
    parts = parts_of(sound[".xlsx"])
    assert read_return_bytes("a.xlsx", packed({**parts, "xl/drawings/drawing1.xml": b"<xdr:wsDr></xdr:wsDr>"}), framework).issues == ()
    shape = b"<xdr:wsDr><xdr:twoCellAnchor/></xdr:wsDr>"
    assert "hidden_content" in refusal(".xlsx", packed({**parts, "xl/drawings/drawing1.xml": shape}))


# Files that mean harm


def grown(work: Callable[[], Any]) -> float:
    """By how many megabytes the highest memory of this process grows while it works."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    work()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def test_a_file_too_large_is_not_read(framework: Framework, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(200 * MEGABYTE)
    with pytest.raises(RefusedFile, match="larger than 20 MB"):
        read_return(path, framework)
    with pytest.raises(RefusedFile, match="larger than 20 MB"):
        read_return_bytes("large.csv", b"x" * (MAX_FILE + 1), framework)


@pytest.mark.parametrize(("part", "size"), [("xl/sharedStrings.xml", 110), ("xl/worksheets/sheet2.xml", 110), ("extra.bin", 210)])
def test_a_zip_bomb(sound: Sound, refusal: Callable[..., dict[str, Issue]], part: str, size: int) -> None:
    bomb = packed({**parts_of(sound[".xlsx"]), part: b"\0" * (size * MEGABYTE)})
    assert len(bomb) < MEGABYTE
    memory = grown(lambda: "unpacks_too_large" in refusal(".xlsx", bomb) or pytest.fail())
    assert memory < 300


def test_a_zip_that_lies_about_its_sizes(sound: Sound, refusal: Callable[..., dict[str, Issue]]) -> None:
    content = bytearray(packed({**parts_of(sound[".xlsx"]), "xl/sharedStrings.xml": b"\0" * (20 * MEGABYTE)}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = struct.pack("<I", archive.getinfo("xl/sharedStrings.xml").file_size)
    lying = bytes(content).replace(size, struct.pack("<I", 1000))
    assert set(refusal(".xlsx", lying)) <= {"unpacks_too_large", "malformed_workbook"}


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "XFD1", f"A{MAX_ROWS + 1}", "ZZZZZZZZ1", "A" + "9" * 30])
def test_a_cell_far_away_in_xlsx(sound: Sound, refusal: Callable[..., dict[str, Issue]], reference: str) -> None:
    parts = parts_of(sound[".xlsx"])
    far = b'<row><c r="%s"><v>1</v></c></row></sheetData>' % reference.encode()
    sheet = parts["xl/worksheets/sheet2.xml"].replace(b"</sheetData>", far)
    assert grown(lambda: "grid_too_large" in refusal(".xlsx", packed(parts | {"xl/worksheets/sheet2.xml": sheet})) or pytest.fail()) < 100


@pytest.mark.parametrize("repeat", ['columns-repeated="16384"', 'columns-repeated="999999999999"'])
def test_a_cell_repeated_far_away_in_ods(sound: Sound, refusal: Callable[..., dict[str, Issue]], repeat: str) -> None:
    parts = parts_of(sound[".ods"])
    content = parts["content.xml"].replace(b"<table:table-cell ", b"<table:table-cell table:number-%s " % repeat.encode(), 1)
    assert "grid_too_large" in refusal(".ods", packed(parts | {"content.xml": content}))


def test_rows_repeated_far_away_in_ods(sound: Sound, refusal: Callable[..., dict[str, Issue]]) -> None:
    parts = parts_of(sound[".ods"])
    content = parts["content.xml"].replace(b"<table:table-row ", b'<table:table-row table:number-rows-repeated="1048576" ', 1)
    assert "grid_too_large" in refusal(".ods", packed(parts | {"content.xml": content}))


def test_the_empty_rest_of_a_sheet_is_no_harm(framework: Framework, sound: Sound) -> None:
    """Spreadsheets fill each row and sheet to its end with one repeated empty cell."""
    parts = parts_of(sound[".ods"])
    empty = b'<table:table-cell table:number-columns-repeated="16384"/>'
    rest = b'<table:table-row table:number-rows-repeated="1048000">' + empty + b"</table:table-row></table:table>"
    content = parts["content.xml"].replace(
        b"</table:table-row>", b'<table:table-cell table:number-columns-repeated="16300"/></table:table-row>'
    )
    read = read_return_bytes("a.ods", packed(parts | {"content.xml": content.replace(b"</table:table>", rest)}), framework)
    assert len(read.rows) == len(csv_rows(sound)) - 1 and read.issues == ()


def test_one_long_text_shown_in_many_cells(sound: Sound, refusal: Callable[..., dict[str, Issue]]) -> None:
    parts = parts_of(sound[".xlsx"])
    strings = parts["xl/sharedStrings.xml"].replace(b"<si><t>", b"<si><t>" + b"x" * MEGABYTE, 1)
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(200, 20_000))
    sheet = parts["xl/worksheets/sheet2.xml"].replace(b"</sheetData>", cells + b"</sheetData>")
    bomb = packed(parts | {"xl/worksheets/sheet2.xml": sheet, "xl/sharedStrings.xml": strings})
    assert grown(lambda: "unpacks_too_large" in refusal(".xlsx", bomb) or pytest.fail()) < 200


def test_blanks_without_end_in_ods(sound: Sound, refusal: Callable[..., dict[str, Issue]]) -> None:
    parts = parts_of(sound[".ods"])
    content = parts["content.xml"].replace(b"<text:p>", b'<text:p><text:s text:c="999999999"/>', 1)
    assert "unpacks_too_large" in refusal(".ods", packed(parts | {"content.xml": content}))


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_entities_are_refused(sound: Sound, refusal: Callable[..., dict[str, Issue]], suffix: str) -> None:
    parts = parts_of(sound[suffix])
    name = "content.xml" if suffix == ".ods" else "xl/sharedStrings.xml"
    entity = b'?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    assert "malformed_workbook" in refusal(suffix, packed(parts | {name: parts[name].replace(b"?>", entity, 1)}))


def test_a_part_given_twice(sound: Sound, refusal: Callable[..., dict[str, Issue]]) -> None:
    stream = io.BytesIO(sound[".xlsx"])
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/sheet2.xml", b"<worksheet/>")
    assert "malformed_workbook" in refusal(".xlsx", stream.getvalue())


def test_too_many_lines_or_too_long_texts(framework: Framework, refusal: Callable[..., dict[str, Issue]]) -> None:
    row = base(framework)
    assert "grid_too_large" in refusal(".csv", delimited(*[row] * (MAX_ROWS + 1)))
    assert refusal(".csv", delimited(row | {"Note": "x" * (MAX_CELL + 1)}))["text_too_long"].line == 2


def test_a_return_of_20000_rows_is_within_the_bounds(framework: Framework, tmp_path: Path) -> None:
    table = pd.concat([filled(framework, AGENCY, QUARTER)] * 541, ignore_index=True).iloc[:20_000]
    write_return(framework, tmp_path / "large.csv", table)
    assert len(read_return(tmp_path / "large.csv", framework).rows) == 20_000
