"""A template is what is owed, can be filled where it should be and nowhere else, and what is filled in is read back exactly."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutated import NOTHING, filled, parts_of

from hscb_qa.definitions import Framework
from hscb_qa.errors import HscbError, UnknownName
from hscb_qa.obligations import items_owed
from hscb_qa.periods import parse_period
from hscb_qa.readers.return_form import FIGURE_HEADERS, FORM, ILLUSTRATIVE_FORM, NUMBERS, QUESTIONS, STATUS_WORDS, VOICE_HEADERS
from hscb_qa.readers.returns import Return, read_return
from hscb_qa.templates import OBSERVATION_COLUMNS, figures_table, write_return, write_template
from hscb_qa.templates.table import asked_of

AGENCY, QUARTER = "police", parse_period("2026-27 Q2", "quarter")
KINDS = [".xlsx", ".ods", ".csv"]

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=40) | st.sampled_from(
    [
        "=1+1",
        "+44",
        "-1",
        "@x",
        '"quoted"',
        "a, b; c",
        "line one\nline two",
        "two  blanks",
        "'apostrophe",
        "<b>&amp;",
        "_x0041_",
        "#REF!",
        "12",
        "TRUE",
    ]
)
NUMBER = st.none() | st.integers(0, 10**9) | st.floats(0, 1e6, allow_nan=False)
STATUS = st.sampled_from(["", "x", "z"])


@pytest.fixture(scope="module")
def table(framework: Framework) -> pd.DataFrame:
    return figures_table(framework, AGENCY, QUARTER, NOTHING, illustrative=False)


def as_read(text: str) -> str:
    """A text as a reader gives it back: without blanks around it."""
    return text.strip()


def first(framework: Framework, gives: str, agency: str = AGENCY) -> str:
    """The first indicator of an agency that is given so."""
    return next(item.indicator.id for item in items_owed(framework, agency, QUARTER) if item.returned.gives == gives)


# What is asked for


@pytest.mark.parametrize("suffix", KINDS)
def test_a_template_holds_what_is_owed_and_nothing_else(framework: Framework, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"police{suffix}"
    write_template(framework, AGENCY, QUARTER, path, NOTHING, illustrative=False)
    read = read_return(path, framework)
    owed = [item.key for item in items_owed(framework, AGENCY, QUARTER)]
    assert list(read.rows[["indicator", "breakdown", "period"]].itertuples(index=False, name=None)) == owed
    assert set(read.rows["form"]) == {FORM}
    assert set(read.rows["agency"]) == {AGENCY}
    assert set(read.rows["quarter"]) == {QUARTER.text}
    assert read.rows[list(NUMBERS)].isna().all(axis=None)
    assert read.voices.empty
    assert read.narrative.empty
    assert read.issues == ()


def test_every_agency_has_a_template_in_every_quarter_it_owes(framework: Framework, tmp_path: Path) -> None:
    for agency in framework.agencies:
        for text in ("2022-23 Q1", "2025-26 Q4"):
            quarter = parse_period(text, "quarter")
            if items_owed(framework, agency, quarter):
                write_template(framework, agency, quarter, tmp_path / "one.xlsx", NOTHING, illustrative=True)
                read = read_return(tmp_path / "one.xlsx", framework)
                assert len(read.rows) == len(items_owed(framework, agency, quarter))
                assert set(read.rows["form"]) == {ILLUSTRATIVE_FORM}
                assert read.issues == ()


def test_the_last_accepted_figure_is_that_of_the_period_before(framework: Framework) -> None:
    # 41 of 60 was given for July to September's predecessor, 12 of 60 for the quarter before that.
    counts = first(framework, "counts")
    rows = [(counts, "", "2026-27 Q1", 41.0, 60.0, None, ""), (counts, "", "2025-26 Q4", 12.0, 60.0, None, "")]
    table = figures_table(framework, AGENCY, QUARTER, pd.DataFrame(rows, columns=list(OBSERVATION_COLUMNS)), illustrative=False)
    told = dict(zip(zip(table["indicator"], table["breakdown"], strict=True), table["last"], strict=True))
    assert told.pop((counts, "All")) == "41 of 60 (2026-27 Q1)"
    assert set(told.values()) == {""}


@pytest.mark.parametrize(("status", "words"), [("x", "not available (2026-27 Q1)"), ("z", "not applicable (2026-27 Q1)")])
def test_the_last_accepted_status_is_told_in_words(framework: Framework, status: str, words: str) -> None:
    row = (first(framework, "counts"), "", "2026-27 Q1", None, None, None, status)
    table = figures_table(framework, AGENCY, QUARTER, pd.DataFrame([row], columns=list(OBSERVATION_COLUMNS)), illustrative=False)
    assert words in set(table["last"])


def test_a_count_says_who_gives_the_denominator(framework: Framework) -> None:
    table = figures_table(framework, "childrens_social_care", QUARTER, NOTHING, illustrative=False)
    rate = table[(table["indicator"] == "child_protection_plans_rate") & (table["breakdown"] == "All")].iloc[0]
    assert "takes the population itself" in rate["denominator_counts"]


# What is refused


def test_an_agency_that_owes_nothing_has_no_template(framework: Framework, tmp_path: Path) -> None:
    with pytest.raises(HscbError, match="owes no figures for 2026-27 Q2"):
        write_template(framework, "clinical_commissioning_group", QUARTER, tmp_path / "a.xlsx", NOTHING, illustrative=False)
    with pytest.raises(UnknownName, match="Did you mean 'police'"):
        write_template(framework, "pollice", QUARTER, tmp_path / "a.xlsx", NOTHING, illustrative=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.xls", "a", "a.xslx"])
def test_another_ending_is_refused(framework: Framework, tmp_path: Path, name: str) -> None:
    with pytest.raises(HscbError, match=r"\.xlsx, \.csv, \.ods"):
        write_template(framework, AGENCY, QUARTER, tmp_path / name, NOTHING, illustrative=False)


@pytest.mark.parametrize("suffix", KINDS)
def test_a_place_that_cannot_be_written_is_told(framework: Framework, tmp_path: Path, suffix: str) -> None:
    with pytest.raises(HscbError, match="cannot be written"):
        write_template(framework, AGENCY, QUARTER, tmp_path / "no folder" / f"a{suffix}", NOTHING, illustrative=False)


def test_a_text_longer_than_a_cell_is_refused(framework: Framework, table: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(HscbError, match="32,767 characters"):
        write_return(framework, tmp_path / "a.xlsx", table.assign(note="x" * 32_768))


# Made for people


@pytest.mark.parametrize("suffix", KINDS)
def test_the_same_template_twice_is_the_same_file(framework: Framework, tmp_path: Path, suffix: str) -> None:
    paths = [tmp_path / f"{name}{suffix}" for name in "ab"]
    for path in paths:
        write_template(framework, AGENCY, QUARTER, path, NOTHING, illustrative=False)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_cells_to_fill_are_open_and_the_others_are_not(framework: Framework, table: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "police.xlsx"
    write_return(framework, path, table)
    parts = parts_of(path.read_bytes())
    sheet, styles = parts["xl/worksheets/sheet2.xml"].decode(), parts["xl/styles.xml"].decode()
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles[styles.index("<cellXfs") : styles.index("</cellXfs>")])
    is_open = {cell: 'locked="0"' in formats[int(style)] for cell, style in re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', sheet)}
    assert "<sheetProtection" in sheet
    letters = dict(zip(FIGURE_HEADERS, "ABCDEFGHIJKLMNOPQ", strict=True))
    for line, indicator_id in enumerate(table["indicator"], start=5):
        asked = asked_of(framework.indicators[indicator_id])
        for key, letter in letters.items():
            assert is_open[f"{letter}{line}"] == (key in (*asked, "status", "note")), f"{letter}{line}"


def test_every_sheet_has_its_rules_and_prints_on_one_page_width(framework: Framework, table: pd.DataFrame, tmp_path: Path) -> None:
    write_return(framework, tmp_path / "police.xlsx", table)
    parts = {name: content.decode() for name, content in parts_of((tmp_path / "police.xlsx").read_bytes()).items()}
    sheets = [parts[f"xl/worksheets/sheet{number}.xml"] for number in range(1, 5)]
    assert all('fitToPage="1"' in sheet and "<mergeCell" not in sheet for sheet in sheets)
    assert 'state="frozen"' in sheets[1]
    assert 'type="whole"' in sheets[1] and "not available,not applicable" in sheets[1]
    assert "children,parents and carers,frontline staff" in sheets[2] and 'type="date"' in sheets[2]
    assert "_xlnm.Print_Titles" in parts["xl/workbook.xml"]
    assert "Quarterly return: Metropolitan Police Service" in parts["docProps/core.xml"]
    assert all(question in parts["xl/sharedStrings.xml"] for question in QUESTIONS)


def test_the_read_me_says_when_it_is_due_and_what_not_to_write(framework: Framework, table: pd.DataFrame, tmp_path: Path) -> None:
    write_return(framework, tmp_path / "police.xlsx", table)
    told = " ".join(text for sheet, *_, text in read_return(tmp_path / "police.xlsx", framework).texts if sheet == "Read me")
    for words in ("due by 30 October 2026", "No names of children, parents or staff", "Metropolitan Police Service", "Neglect"):
        assert words in told


def test_an_illustrative_return_says_so(framework: Framework, tmp_path: Path) -> None:
    write_template(framework, AGENCY, QUARTER, tmp_path / "a.xlsx", NOTHING, illustrative=True)
    assert "the figures are invented" in " ".join(text for *_, text in read_return(tmp_path / "a.xlsx", framework).texts)


# Read back


def given_figures(read: Return) -> pd.DataFrame:
    return read.rows[[*NUMBERS, "status", "note"]]


@pytest.mark.parametrize("suffix", KINDS)
def test_a_filled_return_by_hand(framework: Framework, table: pd.DataFrame, tmp_path: Path, suffix: str) -> None:
    # The first row is given 7 of 40 with a note, the second is not available, the third is 0 of 0; everything else is left blank.
    rows = table.index[table["indicator"].map(lambda one: asked_of(framework.indicators[one]) == ("numerator", "denominator"))][:3]
    table = table.copy()
    table.loc[rows[0], ["numerator", "denominator", "note"]] = [7.0, 40.0, "=SUM(A1)"]
    table.loc[rows[1], ["status", "note"]] = ["not available", "System down"]
    table.loc[rows[2], ["numerator", "denominator"]] = [0.0, 0.0]
    path = tmp_path / f"police{suffix}"
    write_return(framework, path, table)
    read = given_figures(read_return(path, framework))
    assert read.loc[rows[0], ["numerator", "denominator", "note"]].tolist() == [7.0, 40.0, "=SUM(A1)"]
    assert read.loc[rows[1], ["status", "note"]].tolist() == ["x", "System down"]
    assert read.loc[rows[2], ["numerator", "denominator"]].tolist() == [0.0, 0.0]
    assert read.drop(index=rows)[list(NUMBERS)].isna().all(axis=None)
    if suffix != ".csv":
        assert b"<f>" not in parts_of(path.read_bytes()).get("xl/worksheets/sheet2.xml", b"")
        assert b"table:formula" not in parts_of(path.read_bytes()).get("content.xml", b"")


@settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
@pytest.mark.parametrize("suffix", KINDS)
def test_what_is_filled_is_what_is_read(
    framework: Framework, table: pd.DataFrame, tmp_path: Path, suffix: str, data: st.DataObject
) -> None:
    full = table.iloc[: data.draw(st.integers(1, 8))].copy()
    full[list(NUMBERS)] = pd.DataFrame([[data.draw(NUMBER) for _ in NUMBERS] for _ in full.index], index=full.index, dtype="float64")
    statuses, notes = [data.draw(STATUS) for _ in full.index], [data.draw(TEXT) for _ in full.index]
    full = full.assign(status=[STATUS_WORDS.get(status, "") for status in statuses], note=notes)
    said = [
        {key: data.draw(TEXT) for key in VOICE_HEADERS} | {"date": "2026-08-03", "asked": "12"} for _ in range(data.draw(st.integers(0, 3)))
    ]
    answers = [(question, data.draw(TEXT)) for question in QUESTIONS]
    voices, narrative = pd.DataFrame(said, columns=list(VOICE_HEADERS), dtype="str"), pd.DataFrame(answers, columns=["question", "answer"])
    path = tmp_path / f"filled{suffix}"
    write_return(framework, path, full, voices, narrative)
    read = read_return(path, framework)
    assert read.issues == ()
    pd.testing.assert_frame_equal(
        read.rows[list(NUMBERS)], full[list(NUMBERS)].reset_index(drop=True), check_exact=suffix != ".xlsx", rtol=1e-14
    )
    assert read.rows["status"].tolist() == statuses
    assert read.rows["note"].tolist() == [as_read(note) for note in notes]
    if suffix != ".csv":
        assert read.voices.drop(columns="line").to_dict("records") == [{key: as_read(text) for key, text in one.items()} for one in said]
        told = [(question, as_read(answer)) for question, answer in answers if as_read(answer)]
        assert list(read.narrative[["question", "answer"]].itertuples(index=False, name=None)) == told


def test_the_three_kinds_say_the_same(framework: Framework, tmp_path: Path) -> None:
    table = filled(framework, AGENCY, QUARTER.text)
    frames = []
    for suffix in KINDS:
        write_return(framework, tmp_path / f"a{suffix}", table)
        frames.append(read_return(tmp_path / f"a{suffix}", framework).rows.drop(columns="line"))
    pd.testing.assert_frame_equal(frames[0], frames[1])
    pd.testing.assert_frame_equal(frames[0], frames[2])
