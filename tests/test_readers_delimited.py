"""CSV files: what is taken in every form, and each fault of form by its own name and line."""

from pathlib import Path

import pytest
from published_files import faults, figure, read, write

HEADER = "time_period,time_identifier,geographic_level,country_code,country_name,children"
ROW = "2025,Reporting year,National,E92000001,England,12"
LATER = "2024,Reporting year,National,E92000001,England,7"


def bytes_file(folder: Path, content: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark(tmp_path: Path, end: str, mark: str) -> None:
    reading = read("ees", write(tmp_path, "file.csv", mark + HEADER, ROW, LATER, end=end))
    assert reading.rows["line"].tolist() == [2, 3]
    assert figure(reading, period="2025")[0] == 12


def test_quoted_line_end_keeps_the_line_numbers_right(tmp_path: Path) -> None:
    lines = [HEADER + ",note", f'{ROW},"two\nlines"', LATER + ",one"]
    assert read("ees", write(tmp_path, "file.csv", *lines)).rows["line"].tolist() == [2, 4]


def test_blank_lines_are_left_out_and_noted(tmp_path: Path) -> None:
    reading = read("ees", write(tmp_path, "file.csv", "", HEADER, ROW, "", LATER))
    assert reading.rows["line"].tolist() == [3, 5]
    assert "2 blank lines left out." in reading.notes


def test_missing_last_line_end_is_noted(tmp_path: Path) -> None:
    reading = read("ees", bytes_file(tmp_path, f"{HEADER}\n{ROW}".encode()))
    assert any("cut off" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("content", "check", "words"),
    [
        (b"", "empty_file", "is empty"),
        (b"\n \n", "empty_file", "is empty"),
        (b"children\n5\n", "missing_columns", "none of the columns"),
        (HEADER.encode() + b"\n", "no_rows", "no figures under it"),
        (HEADER.replace(",", ";").encode() + b"\n2025;x\n", "wrong_separator", "line 1: The cells are parted by semicolons"),
        (HEADER.replace(",", "\t").encode() + b"\n", "wrong_separator", "tabs"),
        (HEADER.replace(",", "|").encode() + b"\n", "wrong_separator", "upright bars"),
        (f"{HEADER},children\n{ROW},1\n".encode(), "header_names", "'children' is given twice, for columns 6 and 7"),
        (f"{HEADER},\n{ROW},1\n".encode(), "header_names", "Column 7 has no name"),
        (f"{HEADER}\n{ROW}\n{ROW},1,2\n".encode(), "ragged_rows", "line 3: The line has 8 cells where the header has 6"),
        (f"{HEADER}\n{ROW}\n2025\n".encode(), "ragged_rows", "line 3: The line has 1 cell where"),
        (f"{HEADER}\n{ROW}\0\n".encode(), "nul_bytes", "line 2: There are NUL bytes"),
        (f"{HEADER}\n".encode() + b"\xa31,2\n", "not_utf8", "line 2: The byte 0xa3 is not UTF-8"),
        (HEADER.encode("utf-16"), "not_utf8", "UTF-16"),
        (f'{HEADER}\n{ROW}\n"never closed\n'.encode(), "malformed_csv", "line 3: The line cannot be divided"),
        (b"PK\x03\x04rest", "wrong_file_type", "should be plain text, but it is a workbook"),
        (b"PAR1rest", "wrong_file_type", "but it is Parquet"),
        (b"<!DOCTYPE html><html>", "wrong_file_type", "a web page"),
        (b"%PDF-1.7", "wrong_file_type", "a PDF document"),
    ],
)
def test_each_fault_of_form_is_named(tmp_path: Path, content: bytes, check: str, words: str) -> None:
    found = faults("ees", bytes_file(tmp_path, content))
    assert set(found) == {check}
    assert words in found[check]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    content = f"{HEADER.replace('time_period', 'timeperiod')},\n{ROW}\n".encode()
    found = faults("ees", bytes_file(tmp_path, content))
    assert set(found) == {"missing_columns", "header_names", "ragged_rows"}
    assert "'time_period'. Did you mean 'timeperiod'?" in found["missing_columns"]


def test_many_ragged_rows_are_counted_not_listed(tmp_path: Path) -> None:
    message = faults("ees", write(tmp_path, "file.csv", HEADER, *["1,2"] * 376))["ragged_rows"]
    assert message.endswith("Also lines 3, 4, 5, 6 and 371 more lines.")


def test_more_than_five_different_faults_are_counted(tmp_path: Path) -> None:
    rows = [f"{year},Reporting year,National,E92000001,England,{year} children" for year in range(2010, 2018)]
    rows += [rows[-1].replace("2017,", "2030,", 1)]
    rows += [f"{year},Reporting year,National,E92000001,England,1" for year in range(2018, 2030)]
    message = faults("ees", write(tmp_path, "file.csv", HEADER, *rows))["text_in_numbers"]
    assert message.count("is not a number") == 5
    assert message.endswith("line 7: From here on 4 lines have other faults of the same kind.")


def test_lost_characters_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path, "file.csv", HEADER + ",town", ROW + ",K\ufffdln")
    assert "line 2: 'K\ufffdln' holds the sign" in faults("ees", path, "query")["replacement_characters"]


def test_columns_of_another_source_are_recognised(tmp_path: Path) -> None:
    path = write(tmp_path, "file.csv", "MajorText,MinorText,BoroughName,202301", "ROBBERY,ROBBERY,Harrow,1")
    assert "look like the columns of recorded crime" in faults("ees", path)["missing_columns"]


def test_header_that_is_missing_is_suspected(tmp_path: Path) -> None:
    assert "Is the line with the column names missing?" in faults("ees", write(tmp_path, "file.csv", ROW, LATER))["missing_columns"]


@pytest.mark.parametrize(("name", "words"), [("notes.txt", "ends in '.txt'"), ("file", "has no ending"), ("file.xlsx", "ends in '.xlsx'")])
def test_other_endings_are_refused(tmp_path: Path, name: str, words: str) -> None:
    assert words in faults("ees", write(tmp_path, name, HEADER, ROW))["wrong_file_type"]


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    assert "no such file" in faults("ees", tmp_path / "absent.csv")["unreadable_file"]
    assert "This is a folder" in faults("ees", tmp_path)["unreadable_file"]


def test_name_that_no_system_takes_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in faults("ees", tmp_path / "a\0b.csv")["unreadable_file"]
    assert "cannot be opened" in faults("ees", tmp_path / ("a" * 300 + ".csv"))["unreadable_file"]


def test_metadata_is_no_data(tmp_path: Path) -> None:
    path = write(tmp_path, "file.meta.csv", "col_name,col_type", "children,Indicator")
    assert "This is the metadata of file.csv" in faults("ees", path)["metadata_file"]
