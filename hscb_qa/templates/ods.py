"""A table of figures, voices and narrative to an ODS workbook: the same sheets and cells as in XLSX, plainer to look at.

Cells to fill are yellow and unlocked, the others are protected without a password. The same content gives the same bytes. Characters
that XML cannot hold are left out; they have no shape that a person could see.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from hscb_qa.readers.return_form import (
    FIGURE_HEADERS,
    FIGURES,
    NARRATIVE,
    NARRATIVE_HEADERS,
    NUMBERS,
    READ_ME,
    SPEAKERS,
    STATUS_WORDS,
    VOICE_HEADERS,
    VOICES,
)
from hscb_qa.templates.table import asked_of, number_text
from hscb_qa.templates.words import Cover, read_me

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = re.compile(r" {2,}|^ | $")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTHS = {
    "name": 9,
    "breakdown": 5,
    "note": 9,
    "definition": 13,
    "numerator_counts": 9,
    "denominator_counts": 9,
    "indicator": 8,
    "last": 6,
}
_VOICE_WIDTHS = {"message": 12, "changed": 12, "about": 7, "method": 6}
_VOICE_LINES = 60

_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
}
_PARAGRAPH = 'fo:wrap-option="wrap" style:vertical-align="top"'
_BORDER = 'fo:border="0.5pt solid #b8c2cc"'
_CELL_STYLES = {
    "title": ("", 'fo:font-weight="bold" fo:font-size="16pt"'),
    "heading": (_PARAGRAPH, 'fo:font-weight="bold" fo:font-size="13pt"'),
    "header": (f'{_PARAGRAPH} {_BORDER} fo:background-color="#1f3a52"', 'fo:font-weight="bold" fo:color="#ffffff"'),
    "plain": ("", ""),
    "text": (_PARAGRAPH, ""),
    "bold": (f"{_PARAGRAPH} {_BORDER}", 'fo:font-weight="bold"'),
    "cell": (f"{_PARAGRAPH} {_BORDER}", ""),
    "part": (f"{_PARAGRAPH} {_BORDER}", 'fo:color="#4a5763"'),
    "never": (f'{_PARAGRAPH} {_BORDER} fo:background-color="#e3e7eb"', ""),
    "fill": (f'{_PARAGRAPH} {_BORDER} fo:background-color="#fff8d6" style:cell-protect="none"', ""),
    "day": (f'{_PARAGRAPH} {_BORDER} fo:background-color="#fff8d6" style:cell-protect="none"', ""),
}


@dataclass(frozen=True)
class _Cell:
    """One cell: its content as text, a number or a day; its style; the rule for what may be put in."""

    content: str | float | date
    style: str
    rule: str = ""


def ods_bytes(cover: Cover, table: pd.DataFrame, voices: pd.DataFrame, narrative: pd.DataFrame) -> bytes:
    """The workbook as a file's bytes."""
    sheets = [
        _sheet(READ_ME, (8, 20), _read_me_rows(cover)),
        _sheet(FIGURES, [_WIDTHS.get(key, 3) for key in FIGURE_HEADERS], _figure_rows(cover, table), headers=4),
        _sheet(VOICES, [_VOICE_WIDTHS.get(key, 4) for key in VOICE_HEADERS], _voice_rows(voices), headers=4),
        _sheet(NARRATIVE, (9, 22), _narrative_rows(narrative), headers=4),
    ]
    body = f"<office:spreadsheet>{_rules(cover)}{''.join(sheets)}</office:spreadsheet>"
    content = _document("document-content", f"{_styles()}<office:body>{body}</office:body>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        _put(archive, "mimetype", _TYPE, zipfile.ZIP_STORED)
        _put(archive, "content.xml", content)
        _put(archive, "styles.xml", _page_style(cover))
        _put(archive, "meta.xml", _meta(cover))
        _put(archive, "META-INF/manifest.xml", _manifest())
    return stream.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: str, method: int = zipfile.ZIP_DEFLATED) -> None:
    """One part, dated the same whenever it is written."""
    part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    part.compress_type = method
    archive.writestr(part, content.encode())


# Rows


def _read_me_rows(cover: Cover) -> Iterator[list[_Cell]]:
    yield [_Cell(cover.title, "title")]
    for name, text in read_me(cover):
        yield [_Cell(name, "heading" if name and not text else "text"), _Cell(text, "text")]


def _head_rows(title: str, hint: str, headers: Mapping[str, str]) -> Iterator[list[_Cell]]:
    yield [_Cell(title, "title")]
    yield [_Cell(hint, "plain")]
    yield []
    yield [_Cell(header, "header") for header in headers.values()]


def _figure_rows(cover: Cover, table: pd.DataFrame) -> Iterator[list[_Cell]]:
    hint = "Fill the yellow cells. Grey cells stay empty. None is 0, not blank. No names, dates of birth or other personal data."
    yield from _head_rows(cover.title, hint, FIGURE_HEADERS)
    for record in table.to_dict("records"):
        indicator = cover.framework.indicators.get(record["indicator"])
        parts = asked_of(indicator) if indicator else NUMBERS
        yield [_figure_cell(key, record, parts) for key in FIGURE_HEADERS]


def _figure_cell(key: str, record: Mapping[Any, Any], parts: Sequence[str]) -> _Cell:
    content = record[key]
    if key in NUMBERS:
        return _Cell(content, "fill", "number") if key in parts else _Cell(content, "never")
    if key in ("status", "note"):
        return _Cell(content, "fill", key)
    if record["breakdown"] != "All":
        return _Cell(content, "part")
    return _Cell(content, "bold" if key == "name" else "cell")


def _voice_rows(voices: pd.DataFrame) -> Iterator[list[_Cell]]:
    hint = "One row a message you heard. All but About is needed. Write it so that nobody can be known from it."
    yield from _head_rows("Voices", hint, VOICE_HEADERS)
    for record in voices.to_dict("records"):
        yield [_voice_cell(key, record[key]) for key in VOICE_HEADERS]
    for _ in range(_VOICE_LINES - len(voices)):
        yield [_voice_cell(key, "") for key in VOICE_HEADERS]


def _voice_cell(key: str, text: str) -> _Cell:
    if key == "date":
        return _Cell(_day_or_text(text), "day", "day")
    if key == "asked" and text.isdecimal():
        return _Cell(float(text), "fill", "number")
    return _Cell(text, "fill", {"who": "who", "about": "about", "asked": "number"}.get(key, ""))


def _day_or_text(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _narrative_rows(narrative: pd.DataFrame) -> Iterator[list[_Cell]]:
    yield from _head_rows("Narrative", "A few sentences each are enough. No names or other personal data.", NARRATIVE_HEADERS)
    for record in narrative.to_dict("records"):
        yield [_Cell(record["question"], "bold"), _Cell(record["answer"], "fill")]


# OpenDocument


def _sheet(name: str, widths: Iterable[int], rows: Iterable[list[_Cell]], headers: int = 0) -> str:
    columns = "".join(f'<table:table-column table:style-name="wide{width}"/>' for width in widths)
    lines = [_row(cells) for cells in rows]
    head = f"<table:table-header-rows>{lines[headers - 1]}</table:table-header-rows>" if headers else ""
    body = "".join(lines[: headers - 1]) + head + "".join(lines[headers:]) if headers else "".join(lines)
    return f'<table:table table:name={quoteattr(name)} table:style-name="sheet" table:protected="true">{columns}{body}</table:table>'


def _row(cells: list[_Cell]) -> str:
    return f'<table:table-row table:style-name="row">{"".join(map(_cell, cells)) or "<table:table-cell/>"}</table:table-row>'


def _cell(cell: _Cell) -> str:
    rule = f' table:content-validation-name="{cell.rule}"' if cell.rule and cell.rule != "note" else ""
    start = f'<table:table-cell table:style-name="{cell.style}"{rule}'
    content = cell.content
    if isinstance(content, date):
        day = content.isoformat()
        return f'{start} office:value-type="date" office:date-value="{day}">{_paragraphs(day)}</table:table-cell>'
    if isinstance(content, float) and content == content:
        number = number_text(content)
        return f'{start} office:value-type="float" office:value="{number}">{_paragraphs(number)}</table:table-cell>'
    if isinstance(content, str) and content:
        return f'{start} office:value-type="string">{_paragraphs(content)}</table:table-cell>'
    return f"{start}/>"


def _paragraphs(text: str) -> str:
    return "".join(f"<text:p>{_inline(line)}</text:p>" for line in _NOT_XML.sub("", text).split("\n"))


def _inline(line: str) -> str:
    """Blanks and tabs would otherwise run together."""
    marked = escape(line).replace("\r", "&#13;")
    return _SPACES.sub(lambda run: f'<text:s text:c="{len(run[0])}"/>', marked).replace("\t", "<text:tab/>")


def _rules(cover: Cover) -> str:
    choices = {"status": STATUS_WORDS.values(), "who": SPEAKERS, "about": cover.areas}
    rules = {name: "cell-content-is-in-list(" + ";".join(f'"{word}"' for word in words) + ")" for name, words in choices.items()}
    rules["number"] = "cell-content-is-decimal-number() and cell-content()>=0"
    rules["day"] = "cell-content-is-date() and cell-content()>=36526"
    return f"<table:content-validations>{''.join(_rule(name, rule) for name, rule in rules.items())}</table:content-validations>"


def _rule(name: str, condition: str) -> str:
    attributes = f'table:name="{name}" table:condition={quoteattr("of:" + condition)} table:allow-empty-cell="true"'
    message = '<table:error-message table:message-type="stop" table:display="true"/>'
    return f'<table:content-validation {attributes} table:base-cell-address="{FIGURES}.A1">{message}</table:content-validation>'


def _styles() -> str:
    widths = sorted({3, 4, 8, 9, 20, 22, *_WIDTHS.values(), *_VOICE_WIDTHS.values()})
    columns = "".join(
        f'<style:style style:name="wide{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}cm"/></style:style>'
        for width in widths
    )
    cells = "".join(_cell_style(name, *look) for name, look in _CELL_STYLES.items())
    day = (
        '<number:date-style style:name="iso"><number:year number:style="long"/><number:text>-</number:text>'
        '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>'
    )
    sheet = '<style:style style:name="sheet" style:family="table" style:master-page-name="page"/>'
    height = '<style:table-row-properties style:use-optimal-row-height="true"/>'
    row = f'<style:style style:name="row" style:family="table-row">{height}</style:style>'
    return f"<office:automatic-styles>{day}{columns}{sheet}{row}{cells}</office:automatic-styles>"


def _cell_style(name: str, cell: str, text: str) -> str:
    format_ = ' style:data-style-name="iso"' if name == "day" else ""
    size = "" if "font-size" in text else ' fo:font-size="11pt"'
    font = f'<style:text-properties fo:font-family="Arial"{size} {text}/>'
    return f'<style:style style:name="{name}" style:family="table-cell"{format_}><style:table-cell-properties {cell}/>{font}</style:style>'


def _page_style(cover: Cover) -> str:
    """Landscape A4 to one page's width, with agency, quarter and page in the footer."""
    layout = (
        '<office:automatic-styles><style:page-layout style:name="layout"><style:page-layout-properties fo:page-width="29.7cm" '
        'fo:page-height="21cm" style:print-orientation="landscape" style:scale-to-X="1" style:scale-to-Y="0" fo:margin="1cm"/>'
        "</style:page-layout></office:automatic-styles>"
    )
    footer = f"<text:p>{escape(cover.agency.short_name)}, {cover.quarter.text}, page <text:page-number/></text:p>"
    page = f'<style:master-page style:name="page" style:page-layout-name="layout"><style:footer>{footer}</style:footer></style:master-page>'
    return _document("document-styles", f"{layout}<office:master-styles>{page}</office:master-styles>")


def _meta(cover: Cover) -> str:
    facts = f"<dc:title>{escape(cover.title)}</dc:title><dc:subject>Return for {cover.quarter.text}</dc:subject>"
    made = f"<meta:initial-creator>{escape(cover.framework.board.name)}</meta:initial-creator>"
    return _document("document-meta", f"<office:meta>{facts}{made}</office:meta>")


def _manifest() -> str:
    parts = {"/": _TYPE, "content.xml": "text/xml", "styles.xml": "text/xml", "meta.xml": "text/xml"}
    entries = "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in parts.items())
    manifest = f'xmlns:manifest="{_NAMESPACES["manifest"]}" manifest:version="1.2"'
    return f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {manifest}>{entries}</manifest:manifest>'


def _document(kind: str, inner: str) -> str:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items() if prefix != "manifest")
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{kind} {spaces} office:version="1.2">{inner}</office:{kind}>'
