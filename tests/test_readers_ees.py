"""Tidy files of Explore Education Statistics: which columns are figures, where and when they belong, and the real files cell by cell."""

import math
from pathlib import Path

import pytest
from published_files import DATA, faults, figure, needs_data, read, read_real, write

MANDATORY = "time_period,time_identifier,geographic_level,country_code,country_name"
ENGLAND = "2025,Reporting year,National,E92000001,England"
PLACES = "region_code,region_name,old_la_code,new_la_code,la_name"
HARROW = "E13000002,Outer London,310,E09000015,Harrow"
METADATA = "col_name,col_type,filter_grouping_column"


def test_every_cell_of_an_indicator_is_a_row(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "file.csv",
        f"{MANDATORY},{PLACES},sex,started,rate",
        f"{ENGLAND},,,,,,Total,10,1.5",
        f"{ENGLAND.replace('National', 'Local authority')},{HARROW},Total,c,low",
    )
    reading = read("ees", path)
    assert len(reading.rows) == 4
    assert figure(reading, measure="started", geography="E92000001") == (10, "", "10")
    assert figure(reading, measure="rate", geography="E09000015", geography_level="Local authority")[1:] == ("k", "low")
    assert set(reading.rows["breakdown"]) == {"sex=Total"}
    assert reading.summary() == "4 figures: 2 shown, 1 confidential [c], 1 rounds to zero [k]."


@pytest.mark.parametrize(("symbol", "status"), [("c", "c"), ("x", "x"), ("z", "z"), ("u", "u"), ("k", "k"), ("low", "k")])
def test_symbols_become_statuses_and_never_numbers(tmp_path: Path, symbol: str, status: str) -> None:
    value, found, text = figure(read("ees", write(tmp_path, "file.csv", f"{MANDATORY},children", f"{ENGLAND},{symbol}")))
    assert math.isnan(value)
    assert (found, text) == (status, symbol)


@pytest.mark.parametrize(("text", "value"), [("2.2000000000000002", 2.2000000000000002), ("-3", -3), ("0", 0), ("1.5E-2", 0.015)])
def test_numbers_keep_their_text(tmp_path: Path, text: str, value: float) -> None:
    found = figure(read("ees", write(tmp_path, "file.csv", f"{MANDATORY},children", f"{ENGLAND},{text}")))
    assert found == (value, "", text)


def test_breakdown_names_are_sorted_and_blank_ones_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, "file.csv", f"{MANDATORY},sex,age,children", f"{ENGLAND},Boys,Total,1", f"{ENGLAND},,Under 1,2")
    assert read("ees", path).rows["breakdown"].tolist() == ["age=Total;sex=Boys", "age=Under 1"]


def test_metadata_decides_what_a_column_is(tmp_path: Path) -> None:
    write(tmp_path, "file.meta.csv", METADATA, "age,Filter,age_group", "children,indicator,")
    path = write(tmp_path, "file.csv", f"{MANDATORY},age_group,age,children", f"{ENGLAND},Young,4,10", f"{ENGLAND},Young,5,11")
    reading = read("ees", path)
    assert reading.rows["breakdown"].tolist() == ["age=4;age_group=Young", "age=5;age_group=Young"]
    assert not [note for note in reading.notes if "No metadata" in note]


def test_without_metadata_numbers_decide(tmp_path: Path) -> None:
    reading = read("ees", write(tmp_path, "file.csv", f"{MANDATORY},version,children", f"{ENGLAND},Revised,10"))
    assert reading.rows["measure"].tolist() == ["children"]
    assert any("No metadata file" in note for note in reading.notes)


def test_a_column_mostly_of_numbers_is_an_indicator_with_errors(tmp_path: Path) -> None:
    lines = [ENGLAND.replace("2025", str(year)) + f",{cell}" for year, cell in [(2023, "10"), (2024, "11"), (2025, "many")]]
    assert (
        "'many' in 'children' is not a number"
        in faults("ees", write(tmp_path, "file.csv", f"{MANDATORY},children", *lines))["text_in_numbers"]
    )


def test_file_without_figures_is_refused(tmp_path: Path) -> None:
    assert (
        "None of the columns holds figures"
        in faults("ees", write(tmp_path, "file.csv", f"{MANDATORY},sex", f"{ENGLAND},Boys"))["no_figures"]
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("children,Filter,", "described twice"),
        ("childen,Indicator,", "no column 'childen' in the data. Did you mean 'children'?"),
        ("children,Measure,", "'Measure' is not a type of column"),
        ("time_period,Filter,", "'time_period' is a column of time or place"),
    ],
)
def test_metadata_that_contradicts_the_data_is_asked_about(tmp_path: Path, line: str, words: str) -> None:
    write(tmp_path, "file.meta.csv", METADATA, "children,Indicator,", line)
    path = write(tmp_path, "file.csv", f"{MANDATORY},children", f"{ENGLAND},10")
    assert words in faults("ees", path, "query")["meta_columns"]
    assert not faults("ees", path)


def test_columns_described_in_two_ways_are_left_to_their_cells(tmp_path: Path) -> None:
    lines = [f"{column},{kind}," for column in ("children", "sex") for kind in ("Filter", "Indicator")]
    write(tmp_path, "file.meta.csv", METADATA, *lines)
    reading = read("ees", write(tmp_path, "file.csv", f"{MANDATORY},sex,children", f"{ENGLAND},Boys,10"))
    assert reading.rows[["measure", "breakdown"]].to_numpy().tolist() == [["children", "sex=Boys"]]


def test_metadata_with_another_separator_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "file.meta.csv", METADATA.replace(",", "\t"))
    path = write(tmp_path, "file.csv", f"{MANDATORY},children", f"{ENGLAND},10")
    assert "file.meta.csv, line 1: The cells are parted by tabs" in faults("ees", path)["wrong_separator"]


@pytest.mark.parametrize(
    ("period", "identifier", "canonical"),
    [
        ("2025", "Reporting year", "2025"),
        ("201718", "Academic year", "2018"),
        ("199900", "Financial year", "2000"),
        ("2016", "October", "2016-10"),
        ("201516", "Financial year Q4", "2015-16 Q4"),
        ("2016", "Calendar year Q1", "2015-16 Q4"),
        ("201718", "Autumn and spring term", "201718 Autumn and spring term"),
        ("201718", "Part 1 (April to September)", "201718 Part 1 (April to September)"),
        ("2020", "Week 7", "2020 Week 7"),
        ("201718", "Academic year Q1", "201718 Academic year Q1"),
    ],
)
def test_periods_of_every_kind(tmp_path: Path, period: str, identifier: str, canonical: str) -> None:
    path = write(tmp_path, "file.csv", f"{MANDATORY},children", f"{period},{identifier},National,E92000001,England,1")
    row = read("ees", path).rows.iloc[0]
    assert (row["period"], row["time_identifier"]) == (canonical, identifier)


def test_places_of_other_levels_go_by_their_own_code(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "file.csv",
        f"{MANDATORY},trust_id,trust_name,children",
        "2025,Reporting year,MAT,E92000001,England,TR00004,A Trust,1",
        "2025,Reporting year,MAT,E92000001,England,z,Unknown,2",
    )
    assert read("ees", path).rows["geography"].tolist() == ["TR00004", "ees:Unknown"]


def test_blanks_around_a_code_do_not_part_a_place_from_itself(tmp_path: Path) -> None:
    line = f"2025,Reporting year,Local authority,E92000001,England,{HARROW.replace('E09000015', ' E09000015 ')},5"
    assert read("ees", write(tmp_path, "file.csv", f"{MANDATORY},{PLACES},children", line)).rows["geography"].tolist() == ["E09000015"]


def test_an_authority_without_its_new_code_goes_by_its_number(tmp_path: Path) -> None:
    line = f"2025,Reporting year,Local authority,E92000001,England,{HARROW.replace('E09000015', '')},5"
    reading = read("ees", write(tmp_path, "file.csv", f"{MANDATORY},{PLACES},children", line))
    assert reading.rows["geography"].tolist() == ["E09000015"]


# Cells and symbols were counted apart from the readers, with a spreadsheet's way of counting: text columns against numbers.
REAL = {
    "b1_children_in_need_2013_to_2025.csv": (17_056, {"c": 62, "x": 46, "u": 10}),
    "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv": (21_320, {"c": 296, "x": 68, "u": 26}),
    "c3_factors_identified_at_end_of_assessment_2018_to_2025.csv": (52_480, {"x": 2_701, "c": 2_253, "u": 80, "z": 34}),
    "cla_number_and_rate_per_10k_children.csv": (7_515, {"z": 112, "x": 42, "c": 4}),
    "csww_indicators_2017_to_2025.csv": (32_186, {"x": 98, "z": 81, "u": 51, "k": 12, "c": 8}),
    "d3_cpps_subsequent_plan_2013_to_2025.csv": (6_396, {"c": 75, "x": 9, "z": 6, "u": 5}),
    "d5_cpps_at31march_by_duration_2013_to_2025.csv": (23_452, {"c": 2_957, "z": 45, "x": 33, "u": 11}),
    "ons_mid-year_population_estimates_2012_to_2024.csv": (2_132, {"x": 21}),
}


@needs_data
@pytest.mark.parametrize(("name", "cells", "symbols"), [(name, *counts) for name, counts in REAL.items()])
def test_real_files_are_read_whole(name: str, cells: int, symbols: dict[str, int]) -> None:
    reading = read_real("ees", "dfe_children_in_need", name)
    assert len(reading.rows) == cells
    assert reading.rows.loc[reading.rows["status"] != "", "status"].value_counts().to_dict() == symbols
    assert not reading.issues
    assert (reading.rows["value"].isna() == (reading.rows["status"] != "")).all()


@needs_data
def test_real_files_of_the_folder_are_all_tried() -> None:
    names = {path.name for path in (DATA / "dfe_children_in_need").glob("*.csv")} - {"sn_model_2025_wide.csv"}
    assert names == set(REAL)


@needs_data
def test_spot_values_of_harrow() -> None:
    # b1, line of Harrow 2025: At31_episodes 1456. d5: two years or more is c in 2014, 2016, 2018 and 2019 and in no other year.
    b1 = read_real("ees", "dfe_children_in_need", "b1_children_in_need_2013_to_2025.csv")
    assert figure(b1, measure="At31_episodes", geography="E09000015", period="2025") == (1456, "", "1456")
    d5 = read_real("ees", "dfe_children_in_need", "d5_cpps_at31march_by_duration_2013_to_2025.csv").rows
    harrow = d5[(d5["geography"] == "E09000015") & (d5["measure"] == "2_years_or_more")]
    assert sorted(harrow.loc[harrow["status"] == "c", "period"]) == ["2014", "2016", "2018", "2019"]
    assert len(harrow) == 13
