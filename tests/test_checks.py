"""Each check by one invented file with one fault, and `docs/checks.md` with a heading for each of them."""

import re
from pathlib import Path

import pytest
from published_files import PLACES, ROOT, faults, read_and_check, write

from hscb_qa.checks import CHECKS, RETURN_CHECKS, check_reading
from hscb_qa.readers import READERS

TIME = "time_period,time_identifier,geographic_level"
COUNTRY = "country_code,country_name"
REGION = "region_code,region_name"
AUTHORITY = "old_la_code,new_la_code,la_name"
HEADER = f"{TIME},{COUNTRY},{REGION},{AUTHORITY},children"
ENGLAND = "2025,Reporting year,National,E92000001,England,,,,,,100"
LONDON = "2025,Reporting year,Regional,E92000001,England,E12000007,London,,,,30"
HARROW = "2025,Reporting year,Local authority,E92000001,England,E13000002,Outer London,310,E09000015,Harrow,10"


def tidy(folder: Path, *lines: str, header: str = HEADER) -> Path:
    return write(folder, "tidy.csv", header, *lines)


def test_sound_rows_raise_nothing(tmp_path: Path) -> None:
    reading, issues = read_and_check("ees", tidy(tmp_path, ENGLAND, LONDON, HARROW))
    assert not issues
    assert reading is not None
    assert reading.rows["geography"].tolist() == ["E92000001", "E12000007", "E09000015"]


ERRORS = [
    ("unknown_geographic_level", ENGLAND.replace("National", "Nation"), "'Nation' is not a geographic level. Did you mean 'National'?"),
    ("blank_geography", LONDON.replace("E12000007", ""), "'region_code' is blank on a row of level 'Regional'"),
    ("blank_geography", HARROW.replace("Harrow", ""), "'la_name' is blank on a row of level 'Local authority'"),
    ("geography_code_and_name", HARROW.replace("Harrow", "Brent"), "'E09000015' is Harrow, not 'Brent'"),
    (
        "geography_code_and_name",
        ENGLAND.replace("E92000001", "E92000002"),
        "'E92000002' ('England') is no code of level 'National'. England is E92000001",
    ),
    (
        "geography_code_and_name",
        LONDON.replace("E12000007", "E09000015"),
        "'E09000015' ('London') is no code of level 'Regional'. London is E12000007",
    ),
    ("geography_code_and_name", LONDON.replace("E12000007", "z"), "'London' has the code 'z'"),
    ("old_la_code", HARROW.replace("310", "309"), "Harrow (E09000015) has the number 310, not '309'"),
    ("region_for_authority", HARROW.replace("E13000002,Outer London", "E12000001,North East"), "does not lie in North East (E12000001)"),
    ("total_in_geography", LONDON.replace("E12000007,London", "Total,Total"), "'Total' in 'region_code' is no place"),
    ("unknown_time_identifier", ENGLAND.replace("Reporting", "Report"), "'Report year' is not a time identifier"),
    ("period_form", ENGLAND.replace("2025", "201725").replace("Reporting", "Academic"), "'201725' is no academic year: the two"),
    ("period_form", ENGLAND.replace("2025", "202425"), "'202425' does not fit 'Reporting year', which takes 4 digits"),
    ("period_form", ENGLAND.replace("2025", "２０２５"), "does not fit 'Reporting year'"),
    ("mixed_time_identifiers", ENGLAND.replace("Reporting", "Calendar"), "'Reporting year' (line 2), 'Calendar year' (line 4)"),
    ("blank_values", re.sub("100$", "", ENGLAND), "The cell of 'children' is blank"),
    ("legacy_symbols", re.sub("100$", "*", ENGLAND), "'*' in 'children' is an old symbol. Write 'c' (confidential)"),
    ("text_in_numbers", re.sub("100$", '"1,234"', ENGLAND), "'1,234' in 'children' is not a number. Write it without commas: 1234."),
    ("text_in_numbers", re.sub("100$", "12%", ENGLAND), "Write it without the sign"),
    ("text_in_numbers", re.sub("100$", "1e999", ENGLAND), "'1e999' in 'children' is not a number"),
    ("duplicate_rows", HARROW, "line 4: The line repeats line 3: 'children', Harrow, 2025"),
]


@pytest.mark.parametrize(("check", "line", "words"), ERRORS)
def test_error(tmp_path: Path, check: str, line: str, words: str) -> None:
    earlier = HARROW.replace("2025", "2024") if check != "duplicate_rows" else HARROW
    found = faults("ees", tidy(tmp_path, ENGLAND.replace("2025", "2024"), earlier, line))
    assert set(found) - {"mixed_time_identifiers"} == {check} - {"mixed_time_identifiers"}
    assert words in found[check]
    assert "line 4" in found[check]


QUERIES = [
    ("blank_geography", HARROW.replace("E13000002,Outer London", ","), "An authority stands without its region"),
    ("blank_geography", HARROW.replace("E13000002", ""), "'region_code' is '' and 'region_name' is 'Outer London'"),
]


@pytest.mark.parametrize(("check", "line", "words"), QUERIES)
def test_query(tmp_path: Path, check: str, line: str, words: str) -> None:
    path = tidy(tmp_path, ENGLAND, line)
    assert not faults("ees", path)
    found = faults("ees", path, "query")
    assert set(found) == {check}
    assert words in found[check]


def test_total_in_the_columns_of_another_level_is_asked_about(tmp_path: Path) -> None:
    path = tidy(tmp_path, ENGLAND.replace("England,,,", "England,Total,Total,"))
    assert not faults("ees", path)
    assert "'Total' in 'region_name' is no place" in faults("ees", path, "query")["total_in_geography"]


def test_missing_columns_of_a_level_are_an_error_and_of_another_a_query(tmp_path: Path) -> None:
    header = f"{TIME},{COUNTRY},region_name,children"
    found = faults("ees", tidy(tmp_path, "2025,Reporting year,Regional,E92000001,England,London,3", header=header))
    assert "Rows of level 'Regional' need the columns of that level. Missing: 'region_code'" in found["geography_columns"]
    path = tidy(tmp_path, "2025,Reporting year,National,E92000001,England,,3", header=header)
    assert "The file has 'region_name' without 'region_code'" in faults("ees", path, "query")["geography_columns"]


def test_places_the_register_does_not_hold_are_compared_with_themselves(tmp_path: Path) -> None:
    header = f"{TIME},{COUNTRY},ward_code,ward_name,children"
    row = "2025,Reporting year,Ward,E92000001,England,"
    path = tidy(tmp_path, f"{row}E05000001,Abbey,1", f"{row}E05000001,Bridge,2", f"{row}E05000002,Abbey,3", header=header)
    assert "'E05000001' stands for 'Abbey' and for 'Bridge'" in faults("ees", path)["geography_code_and_name"]
    assert "'Abbey' has the codes 'E05000001', 'E05000002'" in faults("ees", path, "query")["geography_code_and_name"]


def test_a_renamed_school_is_no_fault(tmp_path: Path) -> None:
    header = f"{TIME},{COUNTRY},school_urn,school_name,children"
    row = "2025,Reporting year,School,E92000001,England,"
    assert not read_and_check("ees", tidy(tmp_path, f"{row}100000,St Pauls,1", f"{row}100000,St Marks,2", header=header))[1]


def test_a_district_that_is_an_authority_has_its_name(tmp_path: Path) -> None:
    header = f"{TIME},{COUNTRY},lad_code,lad_name,children"
    row = "2025,Reporting year,Local authority district,E92000001,England,"
    assert (
        "'E06000005' is Darlington"
        in faults("ees", tidy(tmp_path, f"{row}E06000005,Stockton-on-Tees,1", header=header))["geography_code_and_name"]
    )
    assert not read_and_check("ees", tidy(tmp_path, f"{row}E07000032,Amber Valley,1", header=header))[1]


@pytest.mark.parametrize(
    ("first", "second"), [("October", "March"), ("Autumn term", "Spring term"), ("Financial year Q1", "Financial year Q4")]
)
def test_kinds_of_one_family_may_mix(tmp_path: Path, first: str, second: str) -> None:
    year = "2025" if first == "October" else "202425"
    lines = [ENGLAND.replace("2025,Reporting year", f"{year},{identifier}") for identifier in (first, second)]
    assert not read_and_check("ees", tidy(tmp_path, *lines))[1]


def test_old_and_new_code_of_an_authority_may_stand_in_one_file(tmp_path: Path) -> None:
    old = "2022,Reporting year,Local authority,E92000001,England,E12000009,South West,933,E10000027,Somerset,10"
    assert not read_and_check("ees", tidy(tmp_path, old, old.replace("2022", "2025").replace("E10000027", "E06000066")))[1]


def test_every_source_has_its_checks() -> None:
    assert CHECKS.keys() == READERS.keys()


def test_checks_do_not_change_the_reading(tmp_path: Path) -> None:
    reading, _ = read_and_check("ees", tidy(tmp_path, ENGLAND, LONDON, HARROW))
    assert reading is not None
    rows, cells = reading.rows.copy(), reading.cells.copy()
    check_reading(reading, PLACES)
    assert reading.rows.equals(rows)
    assert reading.cells.equals(cells)


def ids_in_code() -> set[str]:
    """The ids of all faults that readers and checks raise, as they stand in the code."""
    code = "".join(
        path.read_text(encoding="utf-8") for part in ("readers", "checks", "intake") for path in (ROOT / "hscb_qa" / part).glob("*.py")
    )
    found = set(re.findall(r'(?:[Ii]ssue|gather_faults|refuse)\(\s*(?:"error"|"query"|, | if near else )*"([a-z0-9_]+)"', code)) - {
        "error",
        "query",
    }
    found |= set(re.findall(r'(?:yield \(?|_refused\(path, |Issue\(\s*"error",)\s*"([a-z0-9_]+)",', code))
    found |= {"unknown_exercise"}  # the first of those that are told by their kind
    return found | {check.__name__ for check in RETURN_CHECKS}


def test_every_fault_is_explained_under_its_own_heading() -> None:
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^### (.+)$", text, flags=re.MULTILINE)) == sorted(ids_in_code())
