"""Texts of a return to the kinds of personal data in them, and a return to one from which such texts are taken out.

Returns hold counts and what was learned, so nothing in them may point to one person. Refuses to repeat what it finds: it names sheet,
cell and kind, never the text, and no later check sees that cell. Rules err towards passing prose: an organisation's name, a service's
free telephone number or a bare date is no personal data. Every repetition has an end, so that no text makes a rule slow.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pandas as pd

from hscb_qa.checks.returns.cells import WITHHELD, listed
from hscb_qa.checks.returns.context import Context
from hscb_qa.errors import Issue
from hscb_qa.readers.returns import Return

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_POSTCODE_AREAS = (
    "AB|AL|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|B|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|E|FK|FY|GL|GU|GY|G|"
    "HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|L|ME|MK|ML|M|NE|NG|NN|NP|NR|NW|N|OL|OX|PA|PE|PH|PL|PO|PR|"
    "RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|S|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|WF|WN|WR|WS|WV|W|YO|ZE"
)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DAY_AND_MONTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ ./-]{{1,3}}(?:\d{{1,2}}[ ./-]{{1,3}}\d{{2,4}}|{_MONTH}\b)|{_MONTH} \d{{1,2}}\b)"
_DATE = rf"(?:{_DAY_AND_MONTH}|\d{{4}}-\d{{2}}-\d{{2}})"
_UPPER = "[A-ZÀ-ÖØ-ÞŁŚŞŠĞİČŽ]"
_LETTER = "[A-Za-zÀ-ÖØ-öø-ÿĀ-ž]"
_INITIALS = rf"(?:{_UPPER}\.? {{1,3}}){{0,3}}"
_NO_NAMES = (
    "Plan|Planning|Data|Class|Classes|Classroom|Patient|File|List|Copy|Index|Register|Record|Records|Schedule|Degree|Programme|Agreement|"
    "Document|Version|Template|Spreadsheet|Sheet|Student|Students|Trainer|Trainers|Practitioner|Practitioners|Level|Social|Surgery|"
    "Surgeries|Clinic|Clinics|Appointment|Appointments|Development|Curiosity|Standards|Lead|Leads|Network|Networks|Meeting|Meetings|"
    "Excel|Word|Teams|Forms|Office|Access|Outlook|SharePoint"
)
_NO_TITLES = "scan|scans|imaging|spectroscopy|is|was|are|and|or|in|of|for|as|with|to|the"

_PATTERNS: dict[str, str] = {
    "e-mail address": r"[\w.+'-]@[\w-]{1,63}\.[\w-]",
    "postcode": rf"(?i:(?<![#\w])(?:{_POSTCODE_AREAS})\d[\dA-Z]? {{0,2}}(?!1st|2nd|3rd|\dth)\d[ABD-HJLNP-UW-Z]{{2}}\b)",
    "NHS number": r"(?<![\d.,-])\d{3}[ -]?\d{3}[ -]?\d{4}(?:\.0)?(?![\d,]|\.\d)",
    "pupil number": r"(?i:\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b)",
    "telephone number": (
        r"(?<![\d.,+])(?:(?:\+|00)44[ .-]?(?:\(0\)[ .-]?)?|\(?0)"
        r"(?:7\d{3}\)?[ .-]?\d{3}[ .-]?\d{3}|7\d{3}(?:[ .-]\d{2}){3}|7\d{2}[ .-]\d{3}[ .-]\d{4}|7\d[ .-]\d{4}[ .-]\d{4}|7(?:[ .-]\d{3}){3}"
        r"|2\d\)?[ .-]?\d{4}[ .-]?\d{4}|2\d[ .-]\d{3}[ .-]\d{5}|1\d1\)?[ .-]?\d{3}[ .-]?\d{4}|11\d\)?[ .-]?\d{3}[ .-]?\d{4}"
        r"|1\d{3}\)?[ .-]?\d{5,6}|1\d{3}\)?[ .-]\d{2,3}[ .-]\d{3}|1\d{4}\)?[ .-]\d{4,5})(?!\d)"
        r"|(?i:\b(?:tel|telephone|phone|mobile|mob)\b)[^\d\x00]{0,12}(?!0[38]\d\d)(?:\d[ ()-]?){9,10}\d(?!\d)"
    ),
    "date of birth": (
        rf"(?i:\b(?:d\.? ?o\.? ?b\b\.?|dates? of birth|birth ?dates?|birthday)[ :=.,(-]{{0,4}}(?:is|was|on)?[ :(]{{0,3}}{_DATE}"
        rf"|\bd\.? ?o\.? ?b\b\.?[ :=(-]{{0,4}}\d|\bborn[ :=,(-]{{0,4}}(?:on)?[ :]{{0,3}}(?:the )?{_DATE}"
        rf"|\bb\. ?\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
        rf"|{_DATE}(?: \d{{4}})?[ ,(]{{0,3}}(?:\bd\.? ?o\.? ?b\b|\bdate of birth\b))"
    ),
    "title with a name": (
        rf"\b(?:Ms|Miss|Mx|Drs?|Prof|Professor|Master)\b\.? {{1,3}}(?!(?:{_NO_NAMES})\b){_INITIALS}{_UPPER}['’]?{_LETTER}"
        rf"|\b(?:[Mm]rs?|MRS|Messrs)\b\.? {{1,3}}(?!(?i:{_NO_TITLES})\b){_INITIALS}{_LETTER}{{2}}"
        rf"|\b(?:MR|MISS|DR|PROF)\b\.? {{1,3}}(?!(?i:{_NO_TITLES}|{_NO_NAMES}|congo)\b){_INITIALS}{_UPPER}{{3}}"
    ),
    "National Insurance number": (r"(?i:\b(?!BG|GB|NK|KN|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b)"),
    "person's number in a case system": (
        r"(?i:\b(?:lac|paris|mosaic|liquidlogic|lcs|ics|carefirst|nhs|upn|uln|crn|pnc|case|client|pupil|patient|child)(?:'s)?"
        r" ?(?:id|no|number|ref|reference)\b[ .:#=-]{0,4}[a-z]{0,3}\d{5,})"
    ),
}


def _has_nhs_check_digit(text: str) -> bool:
    """Whether ten digits pass the NHS's modulus 11 test; one digit ten times over is no number anyone has.

    >>> _has_nhs_check_digit("943 476 5919"), _has_nhs_check_digit("943 476 5918")
    (True, False)
    """
    digits = [int(sign) for sign in re.sub(r"\D", "", text)[:10]]
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return len(set(digits)) > 1 and (11 - total % 11) % 11 == digits[9]


def _has_upn_check_letter(text: str) -> bool:
    """Whether the first letter is the one DfE's modulus 23 gives for the rest of a unique pupil number.

    >>> _has_upn_check_letter("H801200001001"), _has_upn_check_letter("A801200001001")
    (True, False)
    """
    values = [int(sign) if sign.isdigit() else _UPN_LETTERS.index(sign) for sign in text.upper()[1:]]
    total = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))
    return _UPN_LETTERS[total % 23] == text[0].upper()


_PROOFS: dict[str, Callable[[str], bool]] = {"NHS number": _has_nhs_check_digit, "pupil number": _has_upn_check_letter}
_COMPILED = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_PLAIN = {
    **dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x0000)),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-"),
    **dict.fromkeys(map(ord, "\t\r\n\v\f"), " "),
}


def kinds_of(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The kinds of personal data in each text that holds any; texts that hold none are left out.

    Full-width digits, invisible characters and hyphens of other kinds do not hide a number.

    >>> kinds_of(["Call 07700 900123", "Northwick Park", "Child of Mrs Example, HA1 2XY"])
    {'Call 07700 900123': ('telephone number',), 'Child of Mrs Example, HA1 2XY': ('postcode', 'title with a name')}
    """
    different = list(dict.fromkeys(texts))
    plain = [_plain(text) for text in different]
    starts = list(accumulate((len(text) + 1 for text in plain), initial=0))
    joined = "\0".join(plain)
    found: dict[str, list[str]] = {}
    for kind, pattern in _COMPILED.items():
        for match in pattern.finditer(joined):
            if kind not in _PROOFS or _PROOFS[kind](match[0]):
                kinds = found.setdefault(different[bisect_right(starts, match.start()) - 1], [])
                kinds += [kind] * (kind not in kinds)
    return {text: tuple(found[text]) for text in different if text in found}


def personal_data(given: Return, _: Context) -> list[Issue]:
    """Errors for cells, of any sheet, and a file name that hold personal data, by kind. The text is never part of the message."""
    kinds = kinds_of([given.file, *(text for *_, text in given.texts)])
    issues = []
    if given.file in kinds:
        message = f"The file's name looks as if it held {_a(kinds[given.file])}. Rename the file, without anything about one person."
        issues.append(Issue("error", "personal_data", _file_without_name(given), None, message))
    places: dict[tuple[str, tuple[str, ...]], list[tuple[int, str]]] = {}
    for sheet, line, letter, text in given.texts:
        if text in kinds:
            places.setdefault((sheet, kinds[text]), []).append((line, letter))
    return [*issues, *(_issue(given, sheet, found, cells) for (sheet, found), cells in places.items())]


def withhold(given: Return) -> Return:
    """The return without the texts that hold personal data: `(withheld)` stands in their place, and their numbers are none."""
    frames = {"rows": given.rows, "voices": given.voices, "narrative": given.narrative}
    texts = [text for frame in frames.values() for column in _text_columns(frame) for text in frame[column].unique()]
    kinds = kinds_of([given.file, *texts, *(text for *_, text in given.texts)])
    if not kinds:
        return given
    safe = {name: _without(frame, set(kinds)) for name, frame in frames.items()}
    file = _file_without_name(given) if given.file in kinds else given.file
    return replace(
        given,
        rows=safe["rows"],
        voices=safe["voices"],
        narrative=safe["narrative"],
        file=file,
        texts=tuple(cell for cell in given.texts if cell[3] not in kinds),
    )


def hide_personal(issues: Iterable[Issue]) -> list[Issue]:
    """The issues with the message of any that quotes personal data replaced: the last door before a message is shown or kept."""
    issues = list(issues)
    kinds = kinds_of([one.message for one in issues])
    hidden = "The cell is not what it should be. It is not quoted, because it looks as if it held personal data."
    return [replace(one, message=hidden) if one.message in kinds else one for one in issues]


def _plain(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFKC", text).translate(_PLAIN)


def _without(frame: pd.DataFrame, guilty: set[str]) -> pd.DataFrame:
    safe = frame.copy()
    for column in _text_columns(frame):
        held = frame[column].isin(guilty)
        safe.loc[held, column] = WITHHELD
        if column.endswith("_text"):
            safe.loc[held, column.removesuffix("_text")] = float("nan")
    return safe


def _text_columns(frame: pd.DataFrame) -> list[str]:
    return [column for column in frame.columns if not pd.api.types.is_numeric_dtype(frame[column])]


def _issue(given: Return, sheet: str, kinds: tuple[str, ...], cells: list[tuple[int, str]]) -> Issue:
    in_sheet = bool(given.columns)
    names = [f"{letter}{line}" if in_sheet else f"line {line}" for line, letter in cells]
    others = list(dict.fromkeys(names))[1:]
    also = f" Also {listed(others)}." if others else ""
    message = f"This looks like {_a(kinds)}. A return holds nothing about one person: take it out and say what is meant without it."
    return Issue("error", "personal_data", given.file, cells[0][0], message + also, sheet if in_sheet else "", names[0] if in_sheet else "")


def _a(kinds: tuple[str, ...]) -> str:
    return listed([f"{'an' if kind[0] in 'eN' and not kind.startswith('National') else 'a'} {kind}" for kind in kinds])


def _file_without_name(given: Return) -> str:
    return f"(name withheld){Path(given.file).suffix if len(Path(given.file).suffix) <= 5 else ''}"
