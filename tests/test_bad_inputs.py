"""What becomes of every file of `bad_inputs`, and why: refused or queried naming its fault, or loaded to the last figure.

A file that is not in the tables fails the test, so none can be skipped.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from published_files import BAD_INPUTS, needs_data, read_and_check

from hscb_qa.readers import READERS

pytestmark = needs_data


@dataclass(frozen=True)
class Outcome:
    """`checks` are the ids that must be named, `words` what one of their messages must say; `figures` None where nothing is loaded."""

    why: str
    checks: tuple[str, ...] = ()
    words: str = ""
    figures: int | None = None


def refused(check: str, words: str, why: str) -> Outcome:
    return Outcome(why, (check,), words)


def queried(check: str, words: str, figures: int, why: str) -> Outcome:
    return Outcome(why, (check,), words, figures)


def loaded(figures: int, why: str) -> Outcome:
    return Outcome(why, figures=figures)


LABELS = "only labels, groupings, units, hints or decimal places of the metadata are wrong, and they are not read"

FAIL = {
    "adding_z_locationCode.csv": refused(
        "geography_code_and_name", "line 4: 'Scotland, Wales and Northern Ireland' has the code 'z'", "a real place without its code"
    ),
    "blanks_indicators.csv": refused(
        "blank_values", "line 18: The cell of 'enrolments_pa_10_exact_percent' is blank", "eleven blanks in an indicator"
    ),
    "col_name_duplicate.csv": queried("meta_columns", "'school_type' is described twice", 2_625, "the data are sound"),
    "col_type.csv": queried("meta_columns", "'Filterer' is not a type of column", 2_625, "the cells show which columns are indicators"),
    "country_combinations.csv": refused(
        "geography_code_and_name", "'E92000002' ('England') is no code of level 'National'", "six wrong codes for England"
    ),
    "data_to_meta_crosscheck.csv": loaded(2_625, "a filter the metadata does not describe is still part of the breakdown"),
    "duplicate_label.csv": loaded(2_625, LABELS),
    "duplicate_variable_names.csv": refused(
        "header_names", "'enrolments_pa_10_exact' is given twice", "which of the two columns is meant is unknown"
    ),
    "ethnicity_characteristics_filter_wrong_group_and_values.csv": loaded(1_914, "words of an ethnicity standard, no figure is touched"),
    "fails_everything_ancillary.csv": loaded(24, "names of columns outside DfE's standard, no figure is touched"),
    "fails_prescreening1.csv": refused(
        "unknown_geographic_level", "'England' is not a geographic level", "and academic years in four digits"
    ),
    "file_separator.csv": refused(
        "wrong_separator", "file_separator.meta.csv, line 1: The cells are parted by tabs", "metadata that cannot be read"
    ),
    "filter_group.csv": loaded(525, LABELS),
    "filter_group_level.csv": loaded(28, LABELS),
    "filter_group_stripped.csv": loaded(2_625, LABELS),
    "filter_level.csv": refused("duplicate_rows", "line 3: The line repeats line 2", "one filter value on all lines leaves them alike"),
    "geographic_level.csv": refused(
        "unknown_geographic_level", "'Nation' is not a geographic level. Did you mean 'National'?", "levels misspelt"
    ),
    "geography_level_present.csv": refused(
        "geography_columns", "Rows of level 'Regional' need the columns", "no telling which region a figure is for"
    ),
    "indicator_dp.csv": loaded(2_625, LABELS),
    "indicator_dp_negative.csv": loaded(2_625, LABELS),
    "indicator_dp_validation.csv": loaded(2_625, LABELS),
    "indicator_grouping.csv": loaded(2_625, LABELS),
    "indicator_unit_validation.csv": loaded(6, LABELS),
    "invalid_meta_cols.csv": loaded(2_625, LABELS),
    "invalid_type2.txt": refused("wrong_file_type", "The name ends in '.txt'", "a text file of notes"),
    "la_col_present.csv": refused(
        "geography_code_and_name", "'E06000006' is Halton, not 'Stockton-on-Tees'", "la_name is missing, and lad_code counts up"
    ),
    "label.csv": loaded(2_625, LABELS),
    "lad_combinations.csv": refused(
        "geography_code_and_name", "'E10000012' is Essex, not 'Not Essex'", "and old numbers of other authorities"
    ),
    "lsip_combinations.csv": refused(
        "geography_code_and_name", "'E69000007' stands for 'Derbyshire this is going to fail", "one code, two names"
    ),
    "meta_mandatory_cols.csv": loaded(2_625, LABELS),
    "missing_region_name.csv": queried(
        "geography_columns", "'region_code' without 'region_name'", 3, "schools, so the region is beside the point"
    ),
    "na_geography.csv": refused("geography_code_and_name", "'ACCORD MULTI ACADEMY TRUST' has the code 'x'", "four trusts under one code"),
    "naming_convention-metaFail.csv": loaded(2_625, "the metadata is a workbook and not found, so the cells decide"),
    "naming_convention-metaFail.meta.xlsx": refused("wrong_file_type", "The name ends in '.xlsx'", "a workbook is no tidy file"),
    "naming_convention.csv": loaded(2_625, "the metadata is a text file and not found, so the cells decide"),
    "naming_convention.meta.txt": refused("wrong_file_type", "The name ends in '.txt'", "a text file of notes"),
    "naming_convention.txt": refused("wrong_file_type", "The name ends in '.txt'", "a text file of notes"),
    "no_data_symbols.csv": refused("legacy_symbols", "'..' in 'sess_authorised_percent' is an old symbol", "and N/A in two cells"),
    "not_sch_but_one_filter.csv": queried(
        "total_in_geography", "'Total' in 'school_name' is no place", 25, "rows are told apart by another filter"
    ),
    "notavailable_symbols.csv": refused(
        "legacy_symbols", "':' in 'enrolments' is an old symbol. Write 'x' (not available)", "three old symbols"
    ),
    "ob_unit_meta.csv": queried("meta_columns", "'time_period' is a column of time or place", 2_625, "the data are sound"),
    "observational_total.csv": queried(
        "total_in_geography", "'Total' in 'region_name' is no place", 2_625, "on national rows, whose place is certain"
    ),
    "other_geography_duplicates.csv": refused(
        "geography_code_and_name",
        "'E12000003' is Yorkshire and The Humber, not 'West Midlands'",
        "codes that count up, names with several codes",
    ),
    "passes_everything_ancillary.csv": loaded(48, "nothing is wrong"),
    "prov_level_only_dupes.csv": refused("duplicate_rows", "line 4: The line repeats line 3", "lines given many times over"),
    "region_col_present.csv": queried("geography_columns", "'region_name' without 'region_code'", 91, "authorities have their own codes"),
    "region_for_la.csv": queried("blank_geography", "An authority stands without its region", 2_625, "authorities have their own codes"),
    "regional_blanks.csv": refused(
        "blank_geography", "line 7: 'region_code' is blank on a row of level 'Regional'", "a region's figures without the region"
    ),
    "rows_to_cols.csv": refused("header_names", "Column 114 has no name", "a figure without a name"),
    "sch_many_filter.csv": loaded(25, "too many filters for DfE's table tool, not for us"),
    "special_characters-+#'@.csv": loaded(2_625, "only the file's name is unusual"),
    "time_identifier_mix.csv": refused(
        "mixed_time_identifiers", "'Academic year' (line 2), 'Summer term' (line 3)", "a year beside its terms"
    ),
    "time_period_six.csv": refused("period_form", "'201720' is no academic year", "years that do not follow one another"),
    "total.csv": loaded(2_625, "the total is called All, which the breakdown keeps"),
    "ward_combinations.csv": loaded(
        36, "a ward under a wrong name: the register holds no wards, and the reading says that they were not compared"
    ),
}

PASS = {
    "blankFilterGroups.csv": 12,
    "ethnicity_meets_standards.csv": 35,
    "filter_groups_mix.csv": 54,
    "financial_half.csv": 50,
    "hyphen.csv": 40,
    "lad_within_la.csv": 2_632,
    "noFilters.csv": 7,
    "passes_everything.csv": 568,
    "passes_na_name.csv": 80,
    "prov_level_diff_names.csv": 14,
    "quoted_blank_geographies.csv": 12,
    "sch_filter_grouped.csv": 25,
    "sch_mixed_levels.csv": 2_737,
    "sch_prov_duplicates.csv": 24,
    "variable_characteristic.csv": 6,
}

JANUARY = "its financial year runs from January to December, so its period is kept as written"

UPLOADS = {
    "upload-duplicate-rows.csv": refused("duplicate_rows", "line 3: The line repeats line 2", "one line given twice"),
    "upload-new-data-missing-columns.csv": refused("missing_columns", "'CategoryTypeId', 'CategoryId'", "a breakdown that may be lost"),
    "upload-non-numeric-data.csv": refused("text_in_numbers", "'#DIV/0!' in '91340 value' is not a number", "an error of a spreadsheet"),
    "next/DuplicateHeadersAndValidDataRows.csv": refused("header_names", "'date_from' is given twice", "and date_to is missing"),
    "next/Empty.csv": refused("empty_file", "The file is empty", "nothing in it"),
    "next/ExtraHeadersAndValidDataRows.csv": queried("unexpected_columns", "'extra_header'", 63, "the other columns are all there"),
    "next/InvalidHeadersAndInvalidDataRows.csv": refused("missing_columns", "There is none of the columns", "something else entirely"),
    "next/MostlyValidHeadersAndValidDataRows.csv": refused("missing_columns", "'upper_ci_99_8'", "a limit under a name cut short"),
    "next/NoHeadersAndValidDataRows.csv": refused(
        "missing_columns", "Is the line with the column names missing?", "figures in the first line"
    ),
    "next/SwitchedHeadersAndValidDataRows.csv": refused(
        "period_form", "Are the columns 'date_from' and 'date_to' switched?", "ends before it starts"
    ),
    "next/ValidHeadersAndNoDataRows.csv": refused("no_rows", "no figures under it", "column names only"),
    "next/ValidHeadersAndValidDataRows.csv": queried("period_form", "is no financial year", 63, JANUARY),
    "next/ValidHeadersAndValidDataRows2.csv": queried("period_form", "is no financial year", 63, JANUARY),
    "next/ValidHeadersAndValidDataRowsWithEmptyLines.csv": queried("period_form", "is no financial year", 63, JANUARY),
    "next/ValidHeadersInvalidDataRows.csv": refused("period_form", "'2024-01-AB' is not a date", "dates that are none"),
}

OF_NO_SOURCE = {
    "london_datastore/IBM_london-borough-profiles.csv": "a profile of boroughs with a lost character and numbers with commas",
    "london_datastore/london-borough-profiles.csv": "a profile of boroughs with a byte-order mark and bare CR line ends",
    "nhs_workbook/community_health_2023-12-01.xlsx": "a workbook of the NHS whose dimension tag lies",
}


def assert_outcome(source: str, path: Path, expected: Outcome) -> None:
    """The file meets with what the table says: all of it, and nothing of it when it is refused."""
    reading, issues = read_and_check(source, path)
    errors = [issue for issue in issues if issue.severity == "error"]
    named = errors if expected.figures is None else list(issues)
    assert bool(errors) == (expected.figures is None), errors
    assert set(expected.checks) <= {issue.check for issue in named}
    assert expected.words in "\n".join(str(issue) for issue in named)
    if expected.figures is not None:
        assert bool(issues) == bool(expected.checks), issues
        assert reading is not None
        assert len(reading.rows) == expected.figures


def names(folder: str, pattern: str = "*") -> set[str]:
    """Names of the files of a folder and below that a reader could be given."""
    found = (path for path in (BAD_INPUTS / folder).rglob(pattern) if path.is_file())
    return {path.relative_to(BAD_INPUTS / folder).as_posix() for path in found}


def data_names(folder: str) -> set[str]:
    return names(folder) - names(folder, "*.meta.csv") - names(folder, "expected.json")


@pytest.mark.parametrize(("name", "expected"), FAIL.items(), ids=FAIL)
def test_failing_file_of_the_screener(name: str, expected: Outcome) -> None:
    assert_outcome("ees", BAD_INPUTS / "ees_screener" / "fail" / name, expected)


@pytest.mark.parametrize(("name", "figures"), PASS.items(), ids=PASS)
def test_passing_file_of_the_screener(name: str, figures: int) -> None:
    assert_outcome("ees", BAD_INPUTS / "ees_screener" / "pass" / name, loaded(figures, "DfE's own screener lets it pass"))


@pytest.mark.parametrize(("name", "expected"), UPLOADS.items(), ids=UPLOADS)
def test_upload_of_fingertips(name: str, expected: Outcome) -> None:
    assert_outcome("fingertips", BAD_INPUTS / "fingertips_uploads" / name, expected)


@pytest.mark.parametrize("source", READERS)
@pytest.mark.parametrize("name", OF_NO_SOURCE)
def test_file_of_no_source_is_refused_by_each(name: str, source: str) -> None:
    reading, issues = read_and_check(source, BAD_INPUTS / name)
    assert reading is None
    assert {"missing_columns", "wrong_file_type"} & {issue.check for issue in issues}


def test_lost_character_is_named_as_well() -> None:
    issues = read_and_check("ees", BAD_INPUTS / "london_datastore" / "IBM_london-borough-profiles.csv")[1]
    assert "Council_Tax_charge_(\ufffd)" in "\n".join(str(issue) for issue in issues)


@pytest.mark.parametrize("folder", ["ees_screener/fail", "ees_screener/pass"])
def test_metadata_given_as_data_is_refused(folder: str) -> None:
    found = names(folder, "*.meta.csv")
    assert found
    for name in found:
        reading, issues = read_and_check("ees", BAD_INPUTS / folder / name)
        assert reading is None
        assert [issue.check for issue in issues] == ["metadata_file"]


def test_no_file_is_left_out() -> None:
    assert data_names("ees_screener/fail") == set(FAIL)
    assert data_names("ees_screener/pass") == set(PASS)
    assert data_names("fingertips_uploads") == set(UPLOADS)
    other = {name for folder in ("london_datastore", "nhs_workbook") for name in (f"{folder}/{found}" for found in names(folder))}
    assert other == set(OF_NO_SOURCE)
    assert {path.name for path in BAD_INPUTS.iterdir()} == {"ees_screener", "fingertips_uploads", "london_datastore", "nhs_workbook"}


def test_the_comparison_can_fail() -> None:
    path = BAD_INPUTS / "ees_screener" / "pass" / "noFilters.csv"
    with pytest.raises(AssertionError):
        assert_outcome("ees", path, loaded(8, "one figure more than there are"))
    with pytest.raises(AssertionError):
        assert_outcome("ees", path, refused("blank_values", "", "nothing is wrong with it"))
