"""Returns spoilt in every way a file can be: by accident, by a spreadsheet, and on purpose. Each follows from its seed alone."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from hscb_qa.definitions import Framework
from hscb_qa.periods import parse_period
from hscb_qa.readers.return_form import QUESTIONS
from hscb_qa.templates import OBSERVATION_COLUMNS, figures_table, write_return

Spoilt = tuple[str, bytes]  # the file's ending and its content
NOTHING = pd.DataFrame(columns=list(OBSERVATION_COLUMNS))
ODD_TEXTS = [
    *(
        "",
        " ",
        "0",
        "-1",
        "1.5",
        "1,234",
        "12,34",
        "45%",
        "1e5",
        "1e400",
        "-1e400",
        "NaN",
        "inf",
        "nan",
        "TRUE",
        "None",
        "9" * 400,
        "0x10",
        "1_000",
    ),
    *(
        "=1+1",
        "=HYPERLINK(1)",
        "+1",
        "@x",
        "#REF!",
        "not available",
        "x",
        "c",
        "2026-27 Q2",
        "2026-27 Q9",
        "A" * 40_000,
        "A" * 20_000,
        "\ufffd",
        "\u202e12",
        "𝟙𝟚",
    ),
    *("٣", "１２", "½", "12\n13", "\t", "<b>", "&amp;", "]]>", "';--", "../../x", "\ud7ff", "é", "\u00a012\u00a0", "1 2", "_x0000_"),
]


def filled(framework: Framework, agency: str, quarter: str, *, illustrative: bool = False) -> pd.DataFrame:
    """A return with a sound figure everywhere: every whole 40 of 80, which its first part has alone; every ready value 2.

    A count that other indicators use as their denominator is 80 as well.
    """
    table = figures_table(framework, agency, parse_period(quarter, "quarter"), NOTHING, illustrative=illustrative)
    for row in table.index:
        breakdown = table.at[row, "breakdown"]
        before = table.at[row - 1, "breakdown"] if row else ""
        is_first = breakdown == "All" or breakdown.split(":")[0] != before.split(":")[0]
        returned = framework.indicators[table.at[row, "indicator"]].returned
        if returned.gives == "value":
            table.at[row, "value"] = 2.0
        else:
            table.at[row, "numerator"] = (80.0 if returned.numerator_id else 40.0) * is_first
        if returned.gives == "counts":
            table.at[row, "denominator"] = 80.0 * is_first
    return table


def sound_files(framework: Framework, agency: str, quarter: str, folder: Path) -> dict[str, bytes]:
    """A sound return in each of the three kinds, by the file's ending."""
    table = filled(framework, agency, quarter)
    voice = {
        "who": "children",
        "about": "",
        "method": "Survey",
        "asked": "12",
        "date": "2026-08-03",
        "message": "Listen.",
        "changed": "We do.",
    }
    narrative = pd.DataFrame([{"question": QUESTIONS[0], "answer": "Little has changed."}])
    files = {}
    for suffix in (".xlsx", ".ods", ".csv"):
        path = folder / f"sound{suffix}"
        write_return(framework, path, table, pd.DataFrame([voice]), narrative)
        files[suffix] = path.read_bytes()
    return files


def spoil(seed: int, sound: dict[str, bytes]) -> tuple[str, str, bytes]:
    """The way in which the file of a seed is spoilt, its ending and its content."""
    rng = random.Random(seed)
    way = rng.choice(WAYS)
    suffix, content = way(rng, sound)
    return way.__name__, suffix, content


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def cell_part(content: bytes) -> tuple[dict[str, bytes], str]:
    """The parts of a workbook, and the name of the one in which the figures stand."""
    parts = parts_of(content)
    return parts, "content.xml" if "content.xml" in parts else "xl/worksheets/sheet2.xml"


# By accident


def bytes_flipped(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    suffix = rng.choice(list(sound))
    content = bytearray(sound[suffix])
    for _ in range(rng.choice([1, 2, 5, 50, 500])):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return suffix, bytes(content)


def cut_off(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    suffix = rng.choice(list(sound))
    start = 0 if rng.random() < 0.8 else rng.randrange(len(sound[suffix]))
    return suffix, sound[suffix][start : rng.randrange(len(sound[suffix]) + 1)]


def pieces_moved(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    suffix = rng.choice(list(sound))
    content = sound[suffix]
    first, second = sorted(rng.randrange(len(content)) for _ in range(2))
    pieces = [content[:first], content[first:second], content[second:]]
    rng.shuffle(pieces)
    return suffix, b"".join(pieces)


def another_ending(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    return rng.choice([".xlsx", ".csv", ".ods", ".xls", ".pdf", ""]), rng.choice([*sound.values(), b"", b"\n\n", rng.randbytes(300)])


def noise_behind_a_start(rng: random.Random, _: dict[str, bytes]) -> Spoilt:
    start = rng.choice([b"", b"PK\x03\x04", b"\xef\xbb\xbf", b"Indicator id,Form\n", b"<"])
    return rng.choice([".xlsx", ".csv", ".ods"]), start + rng.randbytes(rng.randrange(2_000))


def xml_flipped(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    suffix = rng.choice([".xlsx", ".ods"])
    parts = parts_of(sound[suffix])
    name = rng.choice(list(parts))
    content = bytearray(parts[name])
    for _ in range(rng.choice([1, 3, 30])):
        if content:
            content[rng.randrange(len(content))] = rng.choice([*b"<>/\"'&;=", rng.randrange(256)])
    return suffix, packed(parts | {name: bytes(content)})


def xml_tags_lost(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    suffix = rng.choice([".xlsx", ".ods"])
    parts = parts_of(sound[suffix])
    name = rng.choice(list(parts))
    tags = re.split(rb"(?=<)", parts[name])
    for _ in range(rng.choice([1, 2, 10])):
        place = rng.randrange(max(1, len(tags)))
        tags[place : place + 1] = rng.choice([[], tags[place : place + 1] * 2, tags[-1:]])
    return suffix, packed(parts | {name: b"".join(tags)})


def parts_lost(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    suffix = rng.choice([".xlsx", ".ods"])
    parts = parts_of(sound[suffix])
    for _ in range(rng.choice([1, 1, 2])):
        parts.pop(rng.choice(list(parts)))
    return suffix, packed(parts)


# By a spreadsheet or an editor


def cells_changed(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    """Cells of a CSV replaced by odd text."""
    rows = csv_rows(sound)
    for _ in range(rng.choice([1, 3, 20])):
        row = rng.randrange(len(rows))
        rows[row][rng.randrange(len(rows[row]))] = rng.choice(ODD_TEXTS)
    return ".csv", csv_bytes(rows)


def rows_cut_or_doubled(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    rows = csv_rows(sound)
    for _ in range(rng.choice([1, 2, 8])):
        place = rng.randrange(max(1, len(rows)))
        rows[place : place + 1] = rng.choice(
            [[], rows[place : place + 1] * 2, [row[: rng.randrange(6)] for row in rows[place : place + 1]], [[]]]
        )
    return ".csv", csv_bytes(rows)


def columns_swapped(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    """Columns in another order, with or without their headers; one may be lost or doubled."""
    rows = csv_rows(sound)
    order = list(range(len(rows[0])))
    rng.shuffle(order)
    order += rng.choice([[], [], [order[0]]])
    order = order[rng.choice([0, 0, 1]) :]
    keep = rng.choice([0, 0, 1])
    return ".csv", csv_bytes([*rows[:keep], *([row[place] for place in order] for row in rows[keep:])])


def encoded_otherwise(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    text = sound[".csv"].decode("utf-8-sig").replace("Harrow", "Harröw").replace("a", rng.choice(["a", "é", "—"]), 3)
    encoding = rng.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1", "utf-7", "cp037", "shift_jis", "utf-8"])
    return ".csv", text.encode(encoding, errors="replace")


def parted_otherwise(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    text = sound[".csv"].decode("utf-8-sig")
    found, put = rng.choice(
        [(",", ";"), (",", "\t"), ('"', ""), ('"', "'"), ("\r\n", "\r"), ("\r\n", "\n\n"), (",", '","'), ("\n", "\0"), ("o", '"')]
    )
    return ".csv", text.replace(found, put, rng.choice([-1, -1, 1, 5])).encode()


def cell_xml_changed(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    """Figures of a workbook replaced by formulas, errors, booleans, dates, huge and odd numbers."""
    suffix = rng.choice([".xlsx", ".ods"])
    parts, name = cell_part(sound[suffix])
    odd = rng.choice(ODD_TEXTS).encode().replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b'"', b"&quot;")
    if suffix == ".xlsx":
        found = rb"<v>40</v>"
        put = rng.choice([b"<v>%s</v>", b"<f>%s</f>", b"<f>1/0</f><v>%s</v>", b"<f>A1</f><v></v>", b"<v>1e999</v>", b"<is><t>%s</t></is>"])
    else:
        found = rb'office:value="40"'
        put = rng.choice([b'office:value="%s"', b'office:value="1e999"', b'table:formula="of:=1/0"', b'office:boolean-value="%s"', b""])
    put = put.replace(b"%s", odd)
    changed = re.sub(found, lambda _: put, parts[name], count=rng.choice([1, 1, 5, 0]))
    kind = rng.choice(
        [b'office:value-type="%s"' % word for word in (b"float", b"percentage", b"date", b"boolean", b"time", b"void", b"currency")]
    )
    if suffix == ".ods" and rng.random() < 0.5:
        changed = changed.replace(b'office:value-type="float"', kind, rng.choice([1, -1]))
    return suffix, packed(parts | {name: changed})


def sheets_renamed(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    suffix = rng.choice([".xlsx", ".ods"])
    parts = parts_of(sound[suffix])
    name = "content.xml" if suffix == ".ods" else "xl/workbook.xml"
    found = rng.choice([b"Read me", b"Figures", b"Voices", b"Narrative"])
    return suffix, packed(
        parts | {name: parts[name].replace(found, rng.choice([b"", b"Voices", b"Sheet1", b"figures ", b"&#1;", b"A" * 5000]))}
    )


# On purpose


def sheet_far_away(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    """Cells at the far end of a sheet, or repeated to it."""
    suffix = rng.choice([".xlsx", ".ods"])
    parts, name = cell_part(sound[suffix])
    if suffix == ".xlsx":
        end = rng.choice(
            ["XFD1048576", "A1048576", "XFD1", "ZZZZZZZ9", "A99999999999999999999", "AAA40000", "A0", "1A", "A-1", "&#88;FD1048576"]
        )
        found, put = b"</sheetData>", b'<row><c r="%s"><v>1</v></c></row></sheetData>' % end.encode()
    else:
        times = str(rng.choice([101, 30_001, 1_048_576, 2**31, 2**63, 10**30, -1, 0])).encode()
        what = rng.choice([b"columns", b"rows"])
        target = b"<table:table-cell" if what == b"columns" else b"<table:table-row"
        found, put = target + b" ", target + b' table:number-%s-repeated="%s" ' % (what, times)
    return suffix, packed(parts | {name: parts[name].replace(found, put, rng.choice([1, 3, 100]))})


def bomb(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    """A small archive that unpacks to much."""
    suffix = rng.choice([".xlsx", ".ods"])
    parts, name = cell_part(sound[suffix])
    size = rng.choice([30, 110, 250]) * 2**20
    strings = "content.xml" if suffix == ".ods" else "xl/sharedStrings.xml"
    target = rng.choice([name, strings, "xl/media/picture.png", "extra.bin"])
    piece = rng.choice([b"\0", b"<si/>", b"<row/>", b"<text:p/>", b" ", b"<c r='A1'/>"])
    return suffix, packed(parts | {target: parts.get(target, b"")[:2_000] + piece * (size // len(piece))})


def text_multiplied(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    """One long text shown in many cells."""
    suffix = rng.choice([".xlsx", ".ods"])
    parts, name = cell_part(sound[suffix])
    long = b"x" * rng.choice([30_000, 3_000_000])
    if suffix == ".xlsx":
        cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(100, 20_000))
        parts["xl/sharedStrings.xml"] = re.sub(rb"<si><t>[^<]*", b"<si><t>" + long, parts["xl/sharedStrings.xml"], count=1)
        return suffix, packed(parts | {name: parts[name].replace(b"</sheetData>", cells + b"</sheetData>")})
    spaces = rng.choice([b"", b'<text:s text:c="999999999"/>'])
    row = b'<table:table-row table:number-rows-repeated="20000"><table:table-cell table:number-columns-repeated="17" '
    row += b'office:value-type="string"><text:p>' + long + spaces + b"</text:p></table:table-cell></table:table-row></table:table>"
    return suffix, packed(parts | {name: parts[name].replace(b"</table:table>", row, 2)})


def xml_entities(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    suffix = rng.choice([".xlsx", ".ods"])
    parts, name = cell_part(sound[suffix])
    head = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    changed = parts[name].replace(b"?>", b"?>" + head, 1).replace(b"40", rng.choice([b"&b;", b"&f;", b"40"]), 3)
    if rng.random() < 0.3:
        changed = changed.decode().encode("utf-16")
    return suffix, packed(parts | {name: changed})


def parts_hidden(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    suffix = rng.choice([".xlsx", ".ods"])
    parts = parts_of(sound[suffix])
    names = [
        "xl/vbaProject.bin",
        "xl/comments1.xml",
        "xl/media/a.png",
        "xl/embeddings/a.docx",
        "Pictures/a.png",
        "Basic/a.xml",
        "../../x",
        "/x",
        "a\\b",
    ]
    return suffix, packed({**parts, rng.choice(names): b"x"})


def sizes_untrue(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    """An archive whose directory says other sizes, places or ways of packing than are true, or names a part twice."""
    suffix = rng.choice([".xlsx", ".ods"])
    content = bytearray(sound[suffix])
    heads = [found.start() for found in re.finditer(rb"PK\x01\x02", content)]
    for head in rng.sample(heads, rng.choice([1, len(heads)])):
        place, length = rng.choice([(8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (42, 4), (28, 2)])
        content[head + place : head + place + length] = rng.choice([b"\0" * length, b"\xff" * length, rng.randbytes(length)])
    return suffix, bytes(content)


def very_wide_or_long(rng: random.Random, sound: dict[str, bytes]) -> Spoilt:
    content = sound[".csv"]
    spoilt = [
        content + b"," * 2_000_000,
        content + b"\n" * 1_000_000,
        content + content.split(b"\n")[1].rstrip() * 1 + (b"\r\n" + content.split(b"\n")[1].rstrip()) * 40_000,
        content + b'"' + b"x" * 1_000_000 + b'"',
        content + b"x" * (21 * 2**20),
    ]
    return ".csv", rng.choice(spoilt)


RARE: list[Callable[[random.Random, dict[str, bytes]], Spoilt]] = [bomb, text_multiplied, very_wide_or_long]
"""Ways that take a second each; they come up a tenth as often as the others."""
COMMON: list[Callable[[random.Random, dict[str, bytes]], Spoilt]] = [
    *(bytes_flipped, cut_off, pieces_moved, another_ending, noise_behind_a_start, xml_flipped, xml_tags_lost, parts_lost),
    *(cells_changed, rows_cut_or_doubled, columns_swapped, encoded_otherwise, parted_otherwise, cell_xml_changed, sheets_renamed),
    *(sheet_far_away, xml_entities, parts_hidden, sizes_untrue),
]
WAYS = COMMON * 10 + RARE


def csv_rows(sound: dict[str, bytes]) -> list[list[str]]:
    frame = pd.read_csv(io.BytesIO(sound[".csv"]), header=None, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return frame.to_numpy().tolist()


def csv_bytes(rows: list[list[str]]) -> bytes:
    lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\r\n".join(lines).encode(errors="replace")
