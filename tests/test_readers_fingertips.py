"""Fingertips: the download and both layouts of uploads, blanks with their reason, and the real file."""

import math
from pathlib import Path

import pytest
from published_files import BAD_INPUTS, faults, figure, needs_data, read, read_real, write

from hscb_qa.readers.forms import FINGERTIPS, FINGERTIPS_DATED_UPLOAD, FINGERTIPS_NUMBERED_UPLOAD

DOWNLOAD = {
    "Indicator ID": "90284",
    "Area Code": "E12000007",
    "Area Name": "London region (statistical)",
    "Area Type": "Regions (statistical)",
    "Sex": "Persons",
    "Age": "<15 yrs",
    "Category Type": "",
    "Category": "",
    "Time period": "2010/11",
    "Value": "115.2",
    "Lower CI 95.0 limit": "114.5",
    "Upper CI 95.0 limit": "115.9",
    "Count": "107429",
    "Denominator": "9324084",
    "Value note": "",
}
NUMBERED_CELLS = "91491 2030 1 -1 -1 44 1 E92000001 -1 35.3 34.9 35.7 56704 -1 0 -1 -1"
NUMBERED = dict(zip(FINGERTIPS_NUMBERED_UPLOAD.mandatory, NUMBERED_CELLS.split(), strict=True))
DATED_CELLS = "U25656 2024-01-01 2024-12-31 calendar_year male 5 10 1 here 34 56 78 50 60 49 61"
DATED = dict(zip(FINGERTIPS_DATED_UPLOAD.mandatory, DATED_CELLS.split(), strict=True))


def file(folder: Path, row: dict[str, str], **changes: str) -> Path:
    cells = row | changes
    return write(folder, "file.csv", ",".join(cells), ",".join(cells.values()))


def test_download(tmp_path: Path) -> None:
    reading = read("fingertips", file(tmp_path, DOWNLOAD))
    assert sorted(reading.rows["measure"]) == ["90284 count", "90284 denominator", "90284 lower95", "90284 upper95", "90284 value"]
    assert figure(reading, measure="90284 value", geography="E12000007", period="2011") == (115.2, "", "115.2")
    assert set(reading.rows["breakdown"]) == {"age=<15 yrs;sex=Persons"}


@pytest.mark.parametrize(
    ("period", "canonical"), [("2010/11", "2011"), ("2023", "2023"), ("2022/23 Q4", "2022-23 Q4"), ("2019/20 - 21/22", "2019/20 - 21/22")]
)
def test_periods(tmp_path: Path, period: str, canonical: str) -> None:
    assert set(read("fingertips", file(tmp_path, DOWNLOAD, **{"Time period": period})).rows["period"]) == {canonical}


@pytest.mark.parametrize(
    ("text", "note", "status"),
    [
        ("", "", "x"),
        ("-1", "", "x"),
        ("", "Value suppressed for disclosure control due to small count", "c"),
        ("", "Not presented due to a hospital's data quality", "x"),
    ],
)
def test_blank_is_no_number_and_says_why(tmp_path: Path, text: str, note: str, status: str) -> None:
    reading = read("fingertips", file(tmp_path, DOWNLOAD, **{"Value": text, "Value note": note}))
    value, found, kept = figure(reading, measure="90284 value")
    assert math.isnan(value)
    assert (found, kept) == (status, text)
    assert not note or any(note in words for words in reading.notes)


def test_other_column_is_asked_about(tmp_path: Path) -> None:
    assert "'Colour'" in faults("fingertips", file(tmp_path, DOWNLOAD, Colour="red"), "query")["unexpected_columns"]


def test_name_of_another_place_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, DOWNLOAD, **{"Area Name": "Manchester"})
    assert "(E12000007) is London, not 'Manchester'" in faults("fingertips", path)["geography_code_and_name"]


def test_numbered_upload(tmp_path: Path) -> None:
    reading = read("fingertips", file(tmp_path, NUMBERED))
    assert figure(reading, measure="91491 value", geography="E92000001", period="2030", breakdown="age_id=44;sex_id=1") == (
        35.3,
        "",
        "35.3",
    )
    assert figure(reading, measure="91491 count")[1] == "x"


@pytest.mark.parametrize(("part", "number", "period"), [("YearRange", "3", "2030 YearRange=3"), ("Quarter", "2", "2030 Quarter=2")])
def test_numbered_upload_of_other_periods(tmp_path: Path, part: str, number: str, period: str) -> None:
    assert set(read("fingertips", file(tmp_path, NUMBERED, **{part: number})).rows["period"]) == {period}


def test_dated_upload(tmp_path: Path) -> None:
    reading = read("fingertips", file(tmp_path, DATED))
    assert figure(reading, measure="value", geography="U25656", period="2024") == (56, "", "56")
    assert figure(reading, measure="upper99.8")[0] == 61


@pytest.mark.parametrize(
    ("row", "changes", "severity", "words"),
    [
        (NUMBERED, {"Year": "20x0"}, "error", "'20x0' in 'Year' is no year"),
        (DATED, {"date_from": "2024-01-AB"}, "error", "'2024-01-AB' is not a date"),
        (DATED, {"date_to": "2023-12-31"}, "error", "ends before it starts"),
        (DATED, {"period_type": "financial_year"}, "query", "is no financial year"),
    ],
)
def test_periods_of_uploads_that_cannot_be(tmp_path: Path, row: dict[str, str], changes: dict[str, str], severity: str, words: str) -> None:
    assert words in faults("fingertips", file(tmp_path, row, **changes), severity)["period_form"]


def test_forms_are_told_apart_by_their_columns() -> None:
    assert [form.likeness(list(DATED)) for form in (FINGERTIPS, FINGERTIPS_NUMBERED_UPLOAD, FINGERTIPS_DATED_UPLOAD)] == [0, 0, 1]


@needs_data
def test_real_file_is_read_whole() -> None:
    # 6,847 lines of seven figures. 261 lines have no value; one of them was suppressed, which hides all of its figures but the denominator.
    reading = read_real("fingertips", "fingertips", "region_hospital_admissions_2324.csv")
    assert len(reading.rows) == 6_847 * 7
    assert reading.rows["status"].value_counts().to_dict() == {"": 45_483, "x": 2_440, "c": 6}
    assert not reading.issues
    england = {"geography": "E92000001", "period": "2011", "breakdown": "age=<15 yrs;sex=Persons"}
    assert figure(reading, measure="90284 value", **england)[0] == 115.2166797
    assert figure(reading, measure="90284 count", **england)[2] == "107429"


@needs_data
def test_minus_one_is_never_a_limit() -> None:
    reading = read_real("fingertips", "fingertips", "region_hospital_admissions_2324.csv")
    assert (reading.rows["text"] == "-1").sum() == 24 * 4
    assert (reading.rows["value"].dropna() > 0).all()


@needs_data
def test_uploads_as_published_by_fingertips() -> None:
    folder = BAD_INPUTS / "fingertips_uploads" / "next"
    reading = read("fingertips", folder / "ValidHeadersAndValidDataRows.csv")
    assert len(reading.rows) == 9 * 7
