"""What holds of every return: one made sound has no issue, and one fault planted in any row is found in that row and nowhere else."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from return_files import LETTERS, board, csv_return, issues_of, table, xlsx_return

AGES = ("under_1", "1_to_4", "5_to_9", "10_to_15", "16_to_17", "not_known")
SEXES = ("female", "male", "not_known")
COUNTS = st.integers(0, 4000)


def shared(whole: int, parts: int) -> st.SearchStrategy[list[int]]:
    """Ways to part a count: numbers that add up to it."""
    cuts = st.lists(st.integers(0, whole), min_size=parts - 1, max_size=parts - 1).map(sorted)
    return cuts.map(lambda at: [high - low for low, high in zip([0, *at], [*at, whole], strict=True)])


@st.composite
def sound_tables(draw: st.DrawFn) -> pd.DataFrame:
    """A filled table whose figures agree: decided referrals never above referrals, by age and sex, parts adding up."""
    received = draw(shared(draw(COUNTS), 3))
    late = [draw(st.integers(0, count)) for count in received]
    figures: dict[tuple[str, str], tuple[object, object, object]] = {("referrals", ""): (sum(received), "", "")}
    figures["referrals_decided", ""] = (sum(received) - sum(late), sum(received), "")
    for sex, count, undecided in zip(SEXES, received, late, strict=True):
        figures["referrals", f"sex={sex}"] = (count, "", "")
        figures["referrals_decided", f"sex={sex}"] = (count - undecided, count, "")
    decided, rest = draw(shared(sum(received) - sum(late), 6)), draw(shared(sum(late), 6))
    for age, done, undone in zip(AGES, decided, rest, strict=True):
        figures["referrals_decided", f"age_band={age}"] = (done, done + undone, "")
    posts = draw(st.integers(1, 20_000))
    vacant = draw(st.integers(0, posts))
    figures |= {
        ("plans_rate", ""): (draw(COUNTS), "", ""),
        ("vacancies", ""): (vacant / 100, posts / 100, ""),
        ("paired_score", ""): (draw(COUNTS), draw(st.integers(100, 500)), ""),
        ("staff_survey", ""): ("", "", draw(st.integers(10, 1000)) / 10),
        ("difficulties", ""): ("", "", draw(st.integers(0, 400)) / 10),
    }
    return table(figures).astype(str)


@given(sound_tables(), st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_sound_return_has_no_error(rows: pd.DataFrame, as_workbook: bool) -> None:
    issues = issues_of(xlsx_return(rows) if as_workbook else csv_return(rows))
    assert [str(one) for one in issues if one.severity == "error"] == []


def asked(rows: pd.DataFrame, row: int) -> str:
    """A column of a row that is asked for."""
    returned = board().indicators[rows.loc[row, "indicator"]].returned
    return "value" if returned and returned.gives == "value" else "numerator"


ASKED, NOT_ASKED = "asked", "not asked"
PLANTED = {
    "unknown_agency": {"agency": "polise"},
    "unknown_quarter": {"quarter": "Q2"},
    "unknown_indicator": {"indicator": "no_such_thing"},
    "unknown_breakdown": {"breakdown": "Age band: 3 to 4"},
    "wrong_period": {"period": "next quarter"},
    "unknown_status": {"status": "maybe"},
    "status_with_figures": {"status": "not available", "note": "The system was down."},
    "text_in_numbers": {ASKED: "twelve"},
    "negative_number": {ASKED: "-3"},
    "number_too_large": {ASKED: "30000000"},
    "figure_in_wrong_cell": {NOT_ASKED: "3"},
}


@given(sound_tables(), st.integers(0, 18), st.sampled_from(sorted(PLANTED)))
@settings(max_examples=40, deadline=None)
def test_a_planted_fault_is_found_in_its_row_and_no_other(rows: pd.DataFrame, row: int, check: str) -> None:
    column = asked(rows, row)
    names = {ASKED: column, NOT_ASKED: "value" if column == "numerator" else "numerator"}
    cells = {names.get(name, name): text for name, text in PLANTED[check].items()}
    for name, text in cells.items():
        rows.loc[row, name] = text
    found = [one for one in issues_of(xlsx_return(rows)) if one.check == check]
    assert [(one.line, one.cell) for one in found] == [(row + 2, f"{LETTERS[next(iter(cells))]}{row + 2}")]
