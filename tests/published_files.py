"""Where tests of readers and checks find the real published files, and how they read a file and write an invented one."""

import zipfile
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from hscb_qa.checks import check_reading
from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.geographies import load_geographies
from hscb_qa.readers import Reading, read_published

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
BAD_INPUTS = DATA / "bad_inputs"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="the real published files are not in ../shared/data beside the project")

PLACES = load_geographies(ROOT / "config" / "geographies.csv")


def read(source: str, path: Path) -> Reading:
    """The reading of a file that must not have an error of any kind."""
    reading, issues = read_and_check(source, path)
    errors = [str(issue) for issue in issues if issue.severity == "error"]
    assert not errors, "\n".join(errors)
    assert reading is not None
    return reading


@cache
def read_real(source: str, folder: str, name: str) -> Reading:
    """A real file's reading; each file is read once for all tests."""
    return read(source, DATA / folder / name)


def read_and_check(source: str, path: Path) -> tuple[Reading | None, tuple[Issue, ...]]:
    """A file's reading, or None where its form is refused, with all its issues."""
    try:
        reading = read_published(source, path, PLACES)
    except RefusedFile as refused:
        return None, refused.issues
    return reading, tuple(check_reading(reading, PLACES))


def faults(source: str, path: Path, severity: str = "error") -> dict[str, str]:
    """The messages of a file's errors or queries by the id of the check; several of one check are joined by line ends."""
    found: dict[str, str] = {}
    for issue in read_and_check(source, path)[1]:
        if issue.severity == severity:
            found[issue.check] = "\n".join(filter(None, [found.get(issue.check), str(issue)]))
    return found


def figure(reading: Reading, **wanted: str) -> tuple[float, str, str]:
    """Value, status and text of the one row with these cells."""
    rows = reading.rows
    for column, text in wanted.items():
        rows = rows[rows[column] == text]
    assert len(rows) == 1, f"{len(rows)} rows of {wanted}"
    row = rows.iloc[0]
    return row["value"], row["status"], row["text"]


def write(folder: Path, name: str, *lines: str, end: str = "\n") -> Path:
    """A text file of these lines."""
    path = folder / name
    path.write_bytes("".join(line + end for line in lines).encode())
    return path


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def write_workbook(folder: Path, name: str, rows: list[list[object]], dimension: str = "A1") -> Path:
    """An XLSX workbook of one sheet, as small as the format allows, with the dimension tag as given, true or not."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("[Content_Types].xml", _content_types())
        parts.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.xml"))
        parts.writestr("xl/_rels/workbook.xml.rels", _relation("worksheet", "worksheets/sheet1.xml"))
        sheets = '<sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets>'
        parts.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{sheets}</workbook>')
        cells = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
        sheet = f'<dimension ref="{dimension}"/><sheetData>{cells}</sheetData>'
        parts.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>')
    return path


def _content_types() -> str:
    parts = [("xl/workbook.xml", "sheet.main+xml"), ("xl/worksheets/sheet1.xml", "worksheet+xml")]
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{_SHEET_TYPE}.{kind}"/>' for part, kind in parts)
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}{overrides}</Types>'


def _relation(kind: str, target: str) -> str:
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'


def _cell(content: object) -> str:
    if isinstance(content, int | float):
        return f"<c><v>{content}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(content))}</t></is></c>'
