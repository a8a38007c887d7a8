"""The long table of LAIT: places by number, years in all their spellings, and the real table with its dictionary."""

import math
from pathlib import Path

import pandas as pd
import pytest
from published_files import DATA, PLACES, faults, figure, needs_data, read, read_real, write

from hscb_qa.checks import check_reading
from hscb_qa.errors import HscbError, UnknownName
from hscb_qa.readers import read_published

HEADER = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region"
TABLE = DATA / "dfe_lait" / "bds_long_0.parquet"
DICTIONARY = DATA / "dfe_lait" / "lait_data_dictionary.csv"


def table(folder: Path, *lines: str) -> Path:
    return write(folder, "table.csv", HEADER, *lines)


def parquet(folder: Path, frame: pd.DataFrame) -> Path:
    path = folder / "table.parquet"
    frame.to_parquet(path)
    return path


def frame(**columns: list[object]) -> pd.DataFrame:
    one_row = {"Short Desc": ["CPP_rate"], "Years": ["2016"], "LA and Regions": ["Harrow"], "Values": ["33.6"], "LA Number": [310.0]}
    return pd.DataFrame(one_row | columns)


def test_parquet_and_csv_give_the_same_rows(tmp_path: Path) -> None:
    from_parquet = read("lait", parquet(tmp_path, frame())).rows
    from_csv = read("lait", table(tmp_path, "CPP_rate,,2016,Harrow,33.6,310.0,Outer London")).rows
    pd.testing.assert_frame_equal(from_parquet.drop(columns="line"), from_csv.drop(columns="line"))
    assert (from_parquet["line"].tolist(), from_csv["line"].tolist()) == ([1], [2])


@pytest.mark.parametrize(
    ("years", "period"),
    [
        ("2016", "2016"),
        ("2015-16", "2016"),
        ("2015/16", "2016"),
        ("2018 (Rev)", "2018"),
        ("2016-17 (OT)", "2017"),
        ("2014-16", "2014-16"),
        ("2013/14-15/16", "2013/14-15/16"),
    ],
)
def test_years_in_all_spellings(tmp_path: Path, years: str, period: str) -> None:
    reading = read("lait", table(tmp_path, f"CPP_rate,,{years},Harrow,33.6,310,Outer London"))
    assert reading.rows["period"].tolist() == [period]
    assert not faults("lait", tmp_path / "table.csv", "query")


def test_year_that_is_none_is_asked_about(tmp_path: Path) -> None:
    path = table(tmp_path, "CPP_rate,,0,Harrow,-,310,Outer London")
    assert "'0' in 'Years' of CPP_rate is no year" in faults("lait", path, "query")["period_form"]


@pytest.mark.parametrize("symbol", ["-", ""])
def test_dash_and_blank_are_not_available(tmp_path: Path, symbol: str) -> None:
    value, status, text = figure(read("lait", table(tmp_path, f"CPP_rate,,2016,Harrow,{symbol},310,Outer London")))
    assert math.isnan(value)
    assert (status, text) == ("x", symbol)


def test_number_and_name_that_disagree_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path, "CPP_rate,,2016,Harrow,33.6,309,Outer London")
    assert "The place 309 (E09000014) is Haringey, not 'Harrow'" in faults("lait", path)["geography_code_and_name"]


def test_unknown_place_is_kept_and_asked_about(tmp_path: Path) -> None:
    path = table(tmp_path, "CPP_rate,,2016,Atlantis,33.6,777,NA")
    assert "no place 'Atlantis'; its figures are kept as 'lait:777'" in faults("lait", path, "query")["unknown_place"]
    assert read("lait", path).rows["geography"].tolist() == ["lait:777"]


def test_damaged_and_empty_tables_are_refused(tmp_path: Path) -> None:
    (tmp_path / "damaged.parquet").write_bytes(b"PAR1 and then nothing like it PAR1")
    assert "is damaged" in faults("lait", tmp_path / "damaged.parquet")["malformed_parquet"]
    assert "no figures" in faults("lait", parquet(tmp_path, frame().iloc[:0]))["no_rows"]
    assert "'Values'" in faults("lait", parquet(tmp_path, frame().drop(columns="Values")))["missing_columns"]


def test_dictionary_goes_with_lait_only(tmp_path: Path) -> None:
    with pytest.raises(HscbError, match="goes with the source 'lait'"):
        read_published("ees", tmp_path / "a.csv", PLACES, dictionary=tmp_path / "b.csv")


def test_unknown_source_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'lait'"):
        read_published("lait2", tmp_path / "a.csv", PLACES)


@needs_data
def test_real_table_is_read_whole() -> None:
    # 641,070 rows, of which 93,883 are "-"; Harrow's plans per 10,000 in 2016 and 2025, England's in 2025, as in the table.
    reading = read_real("lait", "dfe_lait", TABLE.name)
    rows = reading.rows
    assert len(rows) == 641_070
    assert rows["status"].value_counts().to_dict() == {"": 547_187, "x": 93_883}
    assert rows["geography"].nunique() == 170
    assert rows["line"].is_unique
    assert figure(reading, measure="CPP_rate", geography="E09000015", period="2016") == (33.6, "", "33.6")
    assert round(figure(reading, measure="CPP_rate", geography="E09000015", period="2025")[0], 1) == 45.5
    assert round(figure(reading, measure="CPP_rate", geography="E92000001", period="2025")[0], 1) == 40.6


@needs_data
def test_float_noise_is_kept_and_rounds_away() -> None:
    # 76.599999999999994 stands in the table for 76.6.
    value, _, text = figure(read_real("lait", "dfe_lait", TABLE.name), measure="Vacancies_cover", geography="E12000009", period="2025")
    assert text == "76.599999999999994"
    assert value == 76.599999999999994
    assert round(value, 1) == 76.6


@needs_data
def test_only_the_year_nought_is_asked_about() -> None:
    issues = check_reading(read_real("lait", "dfe_lait", TABLE.name), PLACES)
    assert [(issue.severity, issue.check) for issue in issues] == [("query", "period_form")]
    assert "CINPermExclusion" in issues[0].message


@needs_data
def test_real_dictionary_has_a_row_for_every_measure() -> None:
    reading = read_published("lait", TABLE, PLACES, dictionary=DICTIONARY)
    assert reading.dictionary is not None
    by_measure = reading.dictionary.set_index("measure")
    assert len(by_measure) == 448
    assert set(reading.rows["measure"]) == set(by_measure.index)
    # Excel's serial 45931 is 1 October 2025, 46296 is 1 October 2026.
    assert by_measure.loc["CPP_rate", ["title", "publisher", "last_update", "next_update", "polarity"]].tolist() == [
        "Child Protection Plans rate per 10,000", "DfE", "2025-10-01", "2026-10-01", "neutral"
    ]  # fmt: skip
    assert by_measure.loc["PreChildDea", "next_update"] == "No longer published at Local Authority level"
    assert by_measure["polarity"].value_counts().to_dict() == {"higher": 222, "lower": 100, "neutral": 96, "": 30}
    assert by_measure["decimals"].dtype == "Int64"
