"""Recorded crime: months to whole quarters, boroughs by name, and the real file."""

from pathlib import Path

import pytest
from published_files import faults, figure, needs_data, read, read_and_check, read_real, write

HEADER = "MajorText,MinorText,BoroughName"


def crime(folder: Path, months: str, *lines: str) -> Path:
    return write(folder, "crime.csv", f"{HEADER},{months}", *lines)


def test_months_and_whole_quarters(tmp_path: Path) -> None:
    # April to June make the first quarter, 1 + 2 + 3; July alone makes none.
    reading = read("mps_crime", crime(tmp_path, "202304,202305,202306,202307", "ROBBERY,ROBBERY OF PERSONAL PROPERTY,Harrow,1,2,3,4"))
    assert reading.rows["time_identifier"].value_counts().to_dict() == {"month": 4, "quarter": 1}
    assert figure(reading, period="2023-24 Q1") == (6, "", "6")
    assert figure(reading, period="2023-07") == (4, "", "4")
    assert set(reading.rows["breakdown"]) == {"MajorText=ROBBERY"}
    assert "No whole quarter, so not rolled up: July 2023." in reading.notes


def test_a_gap_makes_no_quarter(tmp_path: Path) -> None:
    reading = read("mps_crime", crime(tmp_path, "202304,202306,202307,202308,202309", "ROBBERY,ROBBERY,Harrow,1,3,1,1,1"))
    assert reading.rows.loc[reading.rows["time_identifier"] == "quarter", "period"].tolist() == ["2023-24 Q2"]
    assert "No whole quarter, so not rolled up: April 2023, June 2023." in reading.notes


@pytest.mark.parametrize(("cell", "check"), [("many", "text_in_numbers"), ("", "blank_values"), ("1,234", "text_in_numbers")])
def test_a_cell_that_is_no_number_makes_no_quarter_and_is_refused(tmp_path: Path, cell: str, check: str) -> None:
    path = crime(tmp_path, "202304,202305,202306", f'ROBBERY,ROBBERY,Harrow,1,"{cell}",3', "ROBBERY,ROBBERY,Brent,1,1,1")
    assert set(faults("mps_crime", path)) == {check}
    reading = read_and_check("mps_crime", path)[0]
    assert reading is not None
    assert reading.rows.loc[reading.rows["time_identifier"] == "quarter", "geography_name"].tolist() == ["Brent"]


def test_number_with_a_comma_is_told_how_to_mend(tmp_path: Path) -> None:
    path = crime(tmp_path, "202304", 'ROBBERY,ROBBERY,Harrow,"1,234"')
    assert "'1,234' in 'ROBBERY' is not a number. Write it without commas: 1234." in faults("mps_crime", path)["text_in_numbers"]


def test_places_that_are_no_borough_keep_their_name(tmp_path: Path) -> None:
    lines = ["ROBBERY,ROBBERY,London Heathrow and London City Airports,1", "ROBBERY,ROBBERY,Unknown,2"]
    path = crime(tmp_path, "202304", *lines)
    rows = read("mps_crime", path).rows
    assert rows["geography"].tolist() == ["mps:London Heathrow and London City Airports", "mps:Unknown"]
    assert set(rows["geography_level"]) == {"Other"}
    assert not faults("mps_crime", path, "query")


def test_borough_spelt_wrong_is_refused_and_a_new_place_asked_about(tmp_path: Path) -> None:
    assert "Did you mean 'Harrow'?" in faults("mps_crime", crime(tmp_path, "202304", "ROBBERY,ROBBERY,Harow,1"))["unknown_place"]
    assert "mps:SO18" in faults("mps_crime", crime(tmp_path, "202304", "ROBBERY,ROBBERY,SO18,1"), "query")["unknown_place"]


def test_columns_that_are_no_months(tmp_path: Path) -> None:
    assert "no column for a month" in faults("mps_crime", crime(tmp_path, "202313", "ROBBERY,ROBBERY,Harrow,1"))["missing_columns"]
    path = crime(tmp_path, "202304,Total", "ROBBERY,ROBBERY,Harrow,1,1")
    assert "'Total' is no month" in faults("mps_crime", path, "query")["unexpected_columns"]


def test_line_given_twice_is_refused(tmp_path: Path) -> None:
    path = crime(tmp_path, "202304", "ROBBERY,ROBBERY,Harrow,1", "ROBBERY,ROBBERY,Brent,1", "ROBBERY,ROBBERY,Harrow,1")
    assert "line 4: The line repeats line 2" in faults("mps_crime", path)["duplicate_rows"]


@needs_data
def test_real_file_is_read_whole() -> None:
    # 1,084 lines of 164 months, April 2010 to November 2023: 54 whole quarters, and October and November 2023 over.
    reading = read_real("mps_crime", "met_police", "mps_borough_level_crime_historical.csv")
    assert reading.rows["time_identifier"].value_counts().to_dict() == {"month": 1_084 * 164, "quarter": 1_084 * 54}
    assert not reading.issues
    assert "No whole quarter, so not rolled up: October 2023, November 2023." in reading.notes


@needs_data
def test_sexual_offences_of_a_quarter_summed_by_hand() -> None:
    # Harrow, April to June 2010: rape 4 + 4 + 3 = 11, other sexual offences 10 + 8 + 8 = 26.
    reading = read_real("mps_crime", "met_police", "mps_borough_level_crime_historical.csv")
    harrow = {"geography": "E09000015", "period": "2010-11 Q1", "breakdown": "MajorText=SEXUAL OFFENCES"}
    assert figure(reading, measure="RAPE", **harrow)[0] == 11
    assert figure(reading, measure="OTHER SEXUAL OFFENCES", **harrow)[0] == 26
