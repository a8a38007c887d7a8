"""Personal data are found wherever they stand and quoted nowhere; prose, names of services and plain figures pass."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published_files import ROOT
from return_files import LETTERS, VOICE, changed, csv_return, issues_of, row_of, table, xlsx_return

from hscb_qa.checks.returns import hide_personal, kinds_of, withhold
from hscb_qa.checks.returns.cells import WITHHELD
from hscb_qa.definitions import load_framework
from hscb_qa.errors import Issue

ROWS = table()
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

HELD = [
    ("e-mail address", ["jo.bloggs@example.org", "ask j_b+x@mail.example.co.uk.", "JO@EXAMPLE.ORG"]),
    ("postcode", ["HA1 2XY", "lives in ha12xy", "SW1A 1AA", "moved to W1T 4JT in May", "EC1A1BB", "M1 1AE", "HA3  5BD"]),
    ("NHS number", ["943 476 5919", "9434765919", "NHS 943-476-5919", "9434765919.0", "９４３４７６５９１９", "943\u00a0476\u00a05919"]),
    ("pupil number", ["H801200001001", "upn h801200001001"]),
    ("telephone number", ["020 8424 1999", "(020) 8424 1999", "07700 900123", "07700 900 123", "+44 7700 900123", "+44 (0)20 8424 1999"]),
    ("telephone number", ["02084241999", "01923 555123", "0121 496 0000", "0044 7700 900123", "mobile 7700900123", "07700-900-123"]),
    ("date of birth", ["DOB 3/4/2012", "D.O.B. 03.04.12", "dob: 2012-04-03", "born on 3 April 2012", "born 3rd of April", "Born: April 3"]),
    ("date of birth", ["date of birth was 3 April 2012", "03/04/2012 (DOB)", "b. 3/4/2012", "birthday 3 April"]),
    (
        "title with a name",
        ["Mrs Smith rang", "mr smith", "MR SMITH", "Ms O'Neil", "Dr Özil", "Dr. A. Khan", "Prof Jones", "Miss J Smith", "Master Jack"],
    ),
    ("title with a name", ["Mr. John Smith", "Professor Ann Lee", "Drs Smith and Khan", "MRS SMITH", "Mx Lee", "Mr and Mrs Smith"]),
    ("National Insurance number", ["QQ123456C".replace("QQ", "AB"), "ab 12 34 56 c"]),
    (
        "person's number in a case system",
        ["LAC number 123456", "Mosaic ID: 7654321", "PARIS no. 99887766", "case ref AB12345", "child's number 55512"],
    ),
]

PASSES = [
    "Northwick Park and St Mark's hospitals; St Mark's.",
    "A Master's degree, the master plan, a Master Class, Master of Social Work, the Master Patient Index.",
    "Ms Teams, MS Excel, MR scans, DR Congo, the GP or Dr surgery, no Dr was free, Dr Surgery.",
    "Children miss school; 12 missed. Miss rate 4%. Mrs is a title.",
    "The week of 14 September 2026, 01/04/2026 to 30/06/2026, 2026-09-14, 01-02-2026 - 31-03-2026, 07-02-2026 31-03-2026.",
    "Children born between 1 April 2026 and 30 June 2026; babies born in June 2026; 14 born in the quarter to 30 June 2026.",
    "Date of birth was missing in 4 of 60 records; DOB not recorded for 3.",
    "Section 47 enquiries, s47 3rd meeting, S11 2nd round, E2E 4th stage, Q3 2025-26, H1 2025, WT2018, RI 2hr, part B1 1st item.",
    "Childline 0800 1111, NSPCC 0808 800 5000, 101 and 999, NHS 111.",
    "1,234,567,890 or 1234567890 or 0000000000 or 1111111111; 31,031,031; 9434765918; 12.9434765919.",
    "The number of LAC is 310; child number 12 of 30; case numbers 1200 to 1500; client no 2024 data; NHS number completeness 98%.",
    "Harrow Council, HA postcode area, HA1 and HA3, the W1 ward, NW10.",
    "twitter @HarrowCouncil; e-mail us; A801200001001; order B12345678901.",
    "Version 10.2.3.4, ISO 27001, ICD-10 T74.1, KS2 2nd year, BA1 or BA2.",
]


@pytest.mark.parametrize(("kind", "texts"), HELD)
def test_personal_data_are_found(kind: str, texts: list[str]) -> None:
    found = kinds_of(texts)
    assert [text for text in texts if kind not in found.get(text, ())] == []


@pytest.mark.parametrize("text", PASSES)
def test_prose_passes(text: str) -> None:
    assert kinds_of([text]) == {}


def texts_within(block: object) -> Iterator[str]:
    """Every text of a model dumped, however deep."""
    if isinstance(block, str):
        yield block
    elif isinstance(block, dict):
        for part in block.values():
            yield from texts_within(part)
    elif isinstance(block, list | tuple):
        for part in block:
            yield from texts_within(part)


def test_the_projects_own_prose_passes() -> None:
    """Definitions, plan, agencies, places, and this project's documents."""
    texts = [*texts_within(load_framework(ROOT / "config").model_dump())]
    for pattern in ("*.md", "docs/*.md", "config/*.csv", "hscb_qa/readers/return_form.py", "hscb_qa/templates/*.py"):
        texts += [line for path in ROOT.glob(pattern) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(texts) > 3000
    assert kinds_of(texts) == {}


def test_every_cell_of_every_sheet_is_looked_at() -> None:
    held = "Mrs Smith"
    note = xlsx_return(changed(ROWS, "vacancies", note=held))
    voice = xlsx_return(ROWS, [VOICE, {**VOICE, "message": f"{held} helped."}])
    answer = xlsx_return(ROWS, answer=f"Ask {held}.")
    places = [[(one.check, one.sheet, one.cell) for one in issues_of(given)] for given in (note, voice, answer)]
    row = row_of(ROWS, "vacancies") + 2
    assert places == [
        [("personal_data", sheet, cell)] for sheet, cell in (("Figures", f"{LETTERS['note']}{row}"), ("Voices", "F3"), ("Narrative", "B2"))
    ]
    [issue] = issues_of(csv_return(changed(ROWS, "vacancies", note=held)))
    assert (issue.check, issue.line, issue.cell) == ("personal_data", row, "")


def test_several_kinds_and_cells_are_told_together() -> None:
    rows = ROWS.assign(note="Mrs Smith, HA1 2XY")
    [issue] = issues_of(xlsx_return(rows))
    assert issue.message.startswith("This looks like a postcode and a title with a name. A return holds nothing about one person:")
    assert issue.message.endswith(f"{LETTERS['note']}7 and {len(ROWS) - 6} more.")


def test_a_file_named_after_a_person() -> None:
    issues = issues_of(csv_return(changed(ROWS, "plans_rate", numerator="-1"), name="Mrs Smith police.csv"))
    assert {one.check for one in issues} == {"personal_data", "negative_number"}
    assert {one.file for one in issues} == {"(name withheld).csv"}


def test_an_nhs_number_among_the_figures_is_not_quoted() -> None:
    issues = issues_of(xlsx_return(changed(ROWS, "plans_rate", numerator="9434765919")))
    assert [one.check for one in issues] == ["personal_data"]
    assert "943" not in str(issues)


def test_other_long_numbers_are_too_large() -> None:
    assert [one.check for one in issues_of(csv_return(changed(ROWS, "plans_rate", numerator="9434765918")))] == ["number_too_large"]


def test_withheld_texts_are_gone_from_the_return() -> None:
    held = "jo.bloggs@example.org"
    safe = withhold(xlsx_return(changed(ROWS, "vacancies", note=held, numerator=held), [{**VOICE, "changed": held}], answer=held))
    assert held not in " ".join(map(str, (safe.rows.to_dict(), safe.voices.to_dict(), safe.narrative.to_dict(), safe.texts)))
    assert safe.rows.loc[row_of(ROWS, "vacancies"), ["note", "numerator_text"]].tolist() == [WITHHELD, WITHHELD]


def test_the_last_door_hides_what_another_part_quoted() -> None:
    issue = Issue("error", "wrong_file", "a.csv", 3, "'Mrs Smith' is not a number.")
    assert "Smith" not in hide_personal([issue])[0].message


@pytest.mark.parametrize("text", ["a", "a@", "DOB ", "Mrs ", "A. ", "1", "1 ", "born on ", "07", "HA1 ", "case no "])
def test_no_text_makes_a_rule_run_for_ever(text: str) -> None:
    """A rule whose steps grew with the square of a text's length would take minutes here."""
    long = f"{text * (30_000 // len(text))}{' ' * 30_000}end"
    assert bool(kinds_of([long])) == bool(kinds_of([text * 20]))


def nhs_number(seed: int) -> str:
    """A valid number: the check digit of nine others, by the NHS's modulus 11."""
    chance = random.Random(seed)
    while True:
        digits = [chance.randrange(10) for _ in range(9)]
        check = (11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11) % 11
        if check < 10 and len({*digits, check}) > 1:
            return "".join(map(str, [*digits, check]))


def pupil_number(digits: list[int]) -> str:
    """A valid number: the letter that DfE's modulus 23 gives for twelve digits before them."""
    letter = UPN_LETTERS[sum(digit * weight for digit, weight in zip(digits, range(2, 14), strict=True)) % 23]
    return letter + "".join(map(str, digits))


PERSONAL = st.one_of(
    st.integers(0, 99_999).map(nhs_number),
    st.lists(st.integers(0, 9), min_size=12, max_size=12).map(pupil_number),
    st.sampled_from([text for _, texts in HELD for text in texts]),
    st.integers(0, 999_999_999).map(lambda number: f"07{number:09d}"),
    st.from_regex(r"(?:HA|NW|UB|WD)[1-9] ?[1-9][ABDEFGHJLNPQRSTUWXYZ]{2}", fullmatch=True),
)


@given(PERSONAL, st.sampled_from(["", "We spoke to "]), st.integers(0, len(ROWS) - 1), st.sampled_from(list(LETTERS)), st.booleans())
@settings(max_examples=30, deadline=None)
def test_personal_data_anywhere_are_found_and_quoted_nowhere(held: str, before: str, row: int, column: str, as_workbook: bool) -> None:
    rows = ROWS.copy()
    rows.loc[row, column] = before + held
    issues = issues_of(xlsx_return(rows) if as_workbook else csv_return(rows))
    found = [one for one in issues if one.check == "personal_data"]
    assert [(one.line, one.cell) for one in found] == [(row + 2, f"{LETTERS[column]}{row + 2}" if as_workbook else "")]
    assert not any(held.casefold() in str(one).casefold() for one in issues)


@given(st.integers(1_000_000_000, 9_999_999_999).filter(lambda number: not kinds_of([str(number)])))
@settings(max_examples=50)
def test_ten_digits_without_a_valid_check_digit_are_no_nhs_number(number: int) -> None:
    digits = [int(digit) for digit in str(number)]
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    assert (11 - total % 11) % 11 != digits[9] or len(set(digits)) == 1
