"""Statistical neighbours: workbook and wide CSV give the same rows, and sets that contradict themselves are refused."""

from pathlib import Path

import pandas as pd
import pytest
from published_files import DATA, faults, needs_data, read, write, write_workbook

WIDE = DATA / "dfe_children_in_need" / "sn_model_2025_wide.csv"
HEADER = ",".join(["old_la_code", "la_name", "region_ind", "region_name", *(f"SN_{rank},SN_{rank}P" for rank in range(1, 11))])
TEN = (304, 307, 312, 313, 302, 317, 308, 305, 319, 306)
CODES = ["E09000005", "E09000009", "E09000017", "E09000018", "E09000003", "E09000026", "E09000010", "E09000006", "E09000029", "E09000008"]
# Redbridge, Hillingdon, Barnet, Ealing, Waltham Forest, Reading, Hounslow, Merton, Slough, Milton Keynes.
HARROW_2025 = [
    *("E09000026", "E09000017", "E09000003", "E09000009", "E09000031"),
    *("E06000038", "E09000018", "E09000024", "E06000039", "E06000042"),
]


def wide(folder: Path, *numbers: int, name: str = "Harrow", number: int = 310) -> Path:
    cells = ",".join(f"{neighbour},Close " for neighbour in numbers)
    return write(folder, "set.csv", HEADER, f"{number},{name},3,London,{cells}")


def workbook(folder: Path, rows: list[list[object]]) -> Path:
    return write_workbook(folder, "set.xlsx", rows)


def workbook_rows(numbers: tuple[object, ...] = TEN) -> list[list[object]]:
    """Three lines of header as DfE's workbooks have, one authority, a heading, and one without neighbours."""
    pairs = [part for rank in range(1, 11) for part in (f"SN{rank}", "SNP")]
    header = ["LA num", "LA Name", "LA number", "GOInd", "GOReg", *pairs]
    harrow = [310, "Harrow", 310, 3, "London (Outer)", *(part for number in numbers for part in (number, "Close "))]
    none = [942, "Cumberland", 942, 5, "North West", *["-"] * 20]
    width = len(header)
    return [["A"] * width, list(range(width)), header, harrow, [""] * width, ["", "Old SNs:", *[""] * (width - 2)], none]


def test_wide_csv(tmp_path: Path) -> None:
    rows = read("neighbours", wide(tmp_path, *TEN)).rows
    assert rows["rank"].tolist() == list(range(1, 11))
    assert rows["neighbour"].tolist() == CODES
    assert set(rows["geography"]) == {"E09000015"}
    assert set(rows["closeness"]) == {"Close"}


def test_workbook_gives_the_same_rows(tmp_path: Path) -> None:
    reading = read("neighbours", workbook(tmp_path, workbook_rows()))
    pd.testing.assert_frame_equal(reading.rows.drop(columns="line"), read("neighbours", wide(tmp_path, *TEN)).rows.drop(columns="line"))
    assert set(reading.rows["line"]) == {4}
    assert reading.notes == ("No neighbours are given for Cumberland.",)
    assert reading.summary() == "10 neighbours of 1 authorities."


@pytest.mark.parametrize(
    ("numbers", "check", "words"),
    [
        ((310, *TEN[1:]), "neighbour_sets", "'Harrow' stands among its own neighbours"),
        ((TEN[1], *TEN[1:]), "neighbour_sets", "has the neighbour '307' twice"),
        ((999, *TEN[1:]), "unknown_place", "'999' is the number of no authority"),
    ],
)
def test_sets_that_cannot_be_are_refused(tmp_path: Path, numbers: tuple[int, ...], check: str, words: str) -> None:
    assert words in faults("neighbours", wide(tmp_path, *numbers))[check]
    assert words in faults("neighbours", workbook(tmp_path, workbook_rows(numbers)))[check]


def test_a_missing_neighbour_is_refused(tmp_path: Path) -> None:
    assert "'' is the number of no authority" in faults("neighbours", workbook(tmp_path, workbook_rows(("", *TEN[1:]))))["unknown_place"]


def test_name_of_another_authority_is_refused(tmp_path: Path) -> None:
    assert (
        "The number 310 is Harrow, not 'Haringey'" in faults("neighbours", wide(tmp_path, *TEN, name="Haringey"))["geography_code_and_name"]
    )


def test_authority_given_twice_is_refused(tmp_path: Path) -> None:
    rows = workbook_rows()
    assert "'Harrow' (310) is given twice" in faults("neighbours", workbook(tmp_path, [*rows, rows[3]]))["neighbour_sets"]


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576", "C5:D6"])
def test_dimension_tag_that_lies_loses_no_row(tmp_path: Path, dimension: str) -> None:
    path = write_workbook(tmp_path, "set.xlsx", workbook_rows(), dimension)
    assert read("neighbours", path).rows["neighbour"].tolist() == CODES


def test_workbook_of_something_else_and_damaged_one_are_refused(tmp_path: Path) -> None:
    assert "No sheet has a line" in faults("neighbours", workbook(tmp_path, [["Title"], ["x"]]))["missing_columns"]
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    assert "cannot be opened" in faults("neighbours", tmp_path / "broken.xlsx")["malformed_workbook"]


@needs_data
def test_both_forms_of_the_2025_set_agree() -> None:
    # The workbook also holds the five authorities abolished before 2025; for the 153 of the CSV file every cell is the same.
    workbook_set = read("neighbours", DATA / "dfe_lait" / "sn_may_2025.xlsx").rows
    csv_set = read("neighbours", WIDE).rows
    assert (len(workbook_set), len(csv_set)) == (1_580, 1_530)
    columns = ["geography", "rank", "neighbour", "closeness"]
    common = workbook_set[workbook_set["geography"].isin(csv_set["geography"])]
    left, right = (rows[columns].sort_values(columns, ignore_index=True) for rows in (common, csv_set))
    pd.testing.assert_frame_equal(left, right)


@needs_data
def test_set_of_2021() -> None:
    reading = read("neighbours", DATA / "dfe_lait" / "sn_april_2021.xlsx")
    assert len(reading.rows) == 1_560
    assert "No neighbours are given for Cumberland, Westmorland and Furness." in reading.notes


@needs_data
def test_neighbours_of_harrow_in_2025() -> None:
    # The line of Harrow in sn_model_2025_wide.csv, numbers looked up by hand.
    rows = read("neighbours", WIDE).rows
    harrow = rows[rows["geography"] == "E09000015"]
    assert harrow["neighbour"].tolist() == HARROW_2025
