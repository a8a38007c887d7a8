"""Whatever bytes come in, a reader gives a reading or refuses the file in words; nothing else ever comes out."""

import csv
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from published_files import DATA, needs_data, read, read_and_check, read_real, write_workbook

from hscb_qa.readers import READERS, STATUS_WORDS
from hscb_qa.readers.document import KIND_OF_SUFFIX
from hscb_qa.readers.forms import ALL_FORMS

TRIALS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
SUFFIXES = sorted(KIND_OF_SUFFIX)
STARTS = [b"", b"PK\x03\x04", b"PAR1", b"\xef\xbb\xbf", b"time_period,time_identifier,geographic_level,country_code,country_name\n"]
REAL = [
    ("ees", "dfe_children_in_need/d5_cpps_at31march_by_duration_2013_to_2025.csv"),
    ("fingertips", "fingertips/region_hospital_admissions_2324.csv"),
    ("neighbours", "dfe_children_in_need/sn_model_2025_wide.csv"),
    ("neighbours", "dfe_lait/sn_may_2025.xlsx"),
    ("lait", "dfe_lait/bds_long_0.parquet"),
    ("mps_crime", "met_police/mps_borough_level_crime_historical.csv"),
]
CELLS = st.one_of(
    st.sampled_from(
        ["", "1", "c", "low", ".", "1,234", "Total", "National", "E92000001", "England", "2025", "Reporting year", "310", "\ufffd", '"']
    ),
    st.text(max_size=8),
)


def assert_read_or_refused(source: str, path: Path) -> None:
    """A reading whose every row has a number, a status or an error, or issues of which one at least is an error."""
    reading, issues = read_and_check(source, path)
    errors = [issue for issue in issues if issue.severity == "error"]
    assert all(str(issue).strip() for issue in issues)
    if reading is None:
        assert errors
    elif not errors and source != "neighbours":
        assert (reading.rows["value"].notna() | reading.rows["status"].isin(list(STATUS_WORDS))).all()


@TRIALS
@given(
    source=st.sampled_from(sorted(READERS)), suffix=st.sampled_from(SUFFIXES), start=st.sampled_from(STARTS), rest=st.binary(max_size=400)
)
def test_random_bytes(tmp_path: Path, source: str, suffix: str, start: bytes, rest: bytes) -> None:
    path = tmp_path / f"file{suffix}"
    path.write_bytes(start + rest)
    assert_read_or_refused(source, path)


@TRIALS
@given(data=st.data(), source=st.sampled_from(sorted(READERS)), form=st.sampled_from(ALL_FORMS))
def test_right_columns_with_any_cells(tmp_path: Path, data: st.DataObject, source: str, form: object) -> None:
    columns = data.draw(st.permutations([*form.mandatory, "202301", "new_la_code", "la_name", "region_code"]))
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=4))
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in [columns, *rows]]
    path = tmp_path / "file.csv"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    assert_read_or_refused(source, path)


@TRIALS
@given(rows=st.lists(st.lists(st.one_of(CELLS, st.floats(), st.integers()), max_size=26), max_size=6))
def test_workbooks_with_any_cells(tmp_path: Path, rows: list[list[object]]) -> None:
    header = ["LA num", "LA Name", *[f"SN{rank}" for rank in range(1, 11)]]
    assert_read_or_refused("neighbours", write_workbook(tmp_path, "file.xlsx", [header, *rows]))


@needs_data
@pytest.mark.parametrize(("source", "name"), REAL, ids=lambda text: Path(text).name)
def test_real_files_cut_off_and_changed(tmp_path: Path, source: str, name: str) -> None:
    content = (DATA / name).read_bytes()
    chance = random.Random(name)
    path = tmp_path / Path(name).name
    for _ in range(6):
        path.write_bytes(content[: chance.randrange(min(len(content), 60_000))])
        assert_read_or_refused(source, path)
        changed = bytearray(content[:60_000] if path.suffix == ".csv" else content)
        for _ in range(5):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        path.write_bytes(bytes(changed))
        assert_read_or_refused(source, path)


@needs_data
def test_columns_in_another_order_give_the_same_figures(tmp_path: Path) -> None:
    folder, name = "dfe_children_in_need", "ons_mid-year_population_estimates_2012_to_2024.csv"
    with (DATA / folder / name).open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    order = random.Random(1).sample(range(len(rows[0])), len(rows[0]))
    with (tmp_path / name).open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([row[place] for place in order] for row in rows)
    assert read("ees", tmp_path / name).rows.equals(read_real("ees", folder, name).rows)
