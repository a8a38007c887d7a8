"""The zip archive of a workbook to its parts, unpacked within bounds, and to a plain workbook of just the parts that hold cells.

What was looked at is what is read: the sheets are read from the parts unpacked here, never from the file as given. Refuses an archive
that unpacks to more than a return ever needs, whatever sizes it claims, and whatever could carry what no cell shows: comments, pictures,
drawings, macros, embedded and linked files, tracked changes.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.readers.document import Document

MAX_FILE = 20 * 2**20
MAX_UNPACKED = 200 * 2**20
MAX_READ = 100 * 2**20
MAX_TAGS = 3_000_000
"""Bounds: bytes of the file, bytes of everything in it unpacked, bytes and XML tags of the parts that are read. A return of 20,000 rows
has a tenth to a half of them; at these bounds reading takes some hundred megabytes."""

Parts = Mapping[str, bytes]

_CHUNK = 2**20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_HIDDEN_PARTS = {
    "comments": r"xl/(threaded)?comments",
    "macros": r"vbaproject|^basic/|^scripts/|xl/macrosheets/|xl/dialogsheets/",
    "pictures, drawings or charts": r"^xl/drawings/(?!drawing\d*\.xml$|_rels/)|^xl/(media|charts|chartsheets|diagrams)/|^(pictures|media)/",
    "form controls": r"^xl/(ctrlprops|activex)/",
    "embedded or linked files": r"xl/(embeddings|externallinks|webextensions)/|^objectreplacements/|^object |xl/connections|xl/querytables",
    "tracked changes": r"xl/revisions/",
    "pivot tables or a data model": r"xl/(pivot|slicer|timeline|model|customdata)",
}
_HIDDEN_ELEMENTS = {
    "comments": rb"<office:annotation\b",
    "pictures, drawings or charts": rb"<draw:|<table:shapes\b|<xdr:\w+Anchor\b|<\w+Anchor\b",
    "macros": rb"<script:event-listener\b|<office:script\b",
    "tracked changes": rb"<table:tracked-changes\b",
    "embedded or linked files": rb"<table:table-source\b|<table:dde-link\b|<table:cell-range-source\b",
    "pivot tables or a data model": rb"<table:data-pilot-table\b",
}
_READ = re.compile(
    r"mimetype|\[content_types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/(sharedstrings|styles)\.xml"
    r"|xl/worksheets/[^/]+\.xml|xl/drawings/drawing\d*\.xml|content\.xml|meta-inf/manifest\.xml|styles\.xml|settings\.xml",
    re.IGNORECASE,
)


def unpack(document: Document) -> Parts:
    """The parts that hold cells, by name, each with its bytes. Raises RefusedFile for a damaged archive and for what the module refuses."""
    try:
        with zipfile.ZipFile(io.BytesIO(document.content)) as archive:
            parts = _inflate(document, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise malformed(document, "its archive is damaged") from fault
    _refuse_hidden_elements(document, parts)
    _refuse_odd_xml(document, parts)
    return parts


def repack(document: Document, parts: Parts) -> Document:
    """A workbook of these parts and nothing else, to be read in place of the file as given."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return Document(document.path, stream.getvalue(), document.remedy)


def malformed(document: Document, why: str) -> RefusedFile:
    """The refusal of a workbook that cannot be read."""
    return document.refuse("malformed_workbook", f"The workbook cannot be opened: {why}. {document.remedy}")


def refuse_unpacking(document: Document) -> RefusedFile:
    """The refusal of a workbook that is small as a file and vast when read."""
    message = "The file is small but unpacks to far more than a return holds, so it was not opened. Copy the figures into a new template."
    return document.refuse("unpacks_too_large", message)


def _inflate(document: Document, archive: zipfile.ZipFile) -> Parts:
    """All members are unpacked a piece at a time and counted, since what an archive says of itself may be false."""
    _refuse_hidden_parts(document, archive.namelist())
    parts: dict[str, bytes] = {}
    total = wanted = 0
    for member in archive.infolist():
        if member.compress_type not in _METHODS or member.flag_bits & 1:
            raise malformed(document, "it is locked with a password, or packed in an unusual way")
        is_read = _READ.fullmatch(member.filename) is not None
        if is_read and member.filename in parts:
            raise malformed(document, "a part of it stands in it twice")
        pieces: list[bytes] = []
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                total += len(piece)
                wanted += len(piece) * is_read
                if total > MAX_UNPACKED or wanted > MAX_READ:
                    raise refuse_unpacking(document)
                pieces += [piece] * is_read
        if is_read:
            parts[member.filename] = b"".join(pieces)
    return parts


def _refuse_hidden_parts(document: Document, names: list[str]) -> None:
    found = [what for what, pattern in _HIDDEN_PARTS.items() if any(re.search(pattern, name.lower()) for name in names)]
    _refuse_hidden(document, found)


def _refuse_hidden_elements(document: Document, parts: Parts) -> None:
    """Raise for what stands in a part that is otherwise welcome; an empty drawing, as LibreOffice writes, is welcome too."""
    contents = [content for name, content in parts.items() if name.lower().startswith(("content.xml", "xl/drawings/"))]
    _refuse_hidden(document, [what for what, pattern in _HIDDEN_ELEMENTS.items() if any(re.search(pattern, one) for one in contents)])


def _refuse_hidden(document: Document, found: list[str]) -> None:
    if found:
        remedy = "A return holds text and numbers in cells only: delete them and save again, or copy the figures into a new template."
        raise RefusedFile([Issue("error", "hidden_content", document.name, None, f"The workbook holds {what}. {remedy}") for what in found])


def _refuse_odd_xml(document: Document, parts: Parts) -> None:
    """Raise for XML that could be read in two ways, or that declares text to be multiplied."""
    tags = 0
    for name, content in parts.items():
        tags += content.count(b"<")
        if name != "mimetype" and (content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in content or b"<!ENTITY" in content):
            raise malformed(document, "its XML is not of the kind that spreadsheets write")
    if tags > MAX_TAGS:
        raise refuse_unpacking(document)
