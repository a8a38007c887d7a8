"""Figures beside the agency's own earlier ones: what is asked about, what passes, and the numbers named; one rule worked by hand."""

from collections.abc import Callable, Sequence

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import only
from return_files import board, changed, csv_return, history, issues_of, returned_indicator, row_of, table

from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue
from hscb_qa.periods import parse_period, quarters_before

ROWS = table()
QUARTERS = [quarters_before(parse_period("2026-27 Q1", "quarter"), back).text for back in range(7, -1, -1)]
Past = Callable[[str], pd.DataFrame]


def counts(*numbers: float, indicator_id: str = "plans_rate", denominator: float | None = None) -> Past:
    """Accepted counts of the quarters up to the one before, the last number the latest."""
    quarters = QUARTERS[-len(numbers) :]
    return history(*((indicator_id, "", quarter, number, denominator, None) for quarter, number in zip(quarters, numbers, strict=True)))


def plans(number: object, past: Past, framework: Framework | None = None) -> list[Issue]:
    return issues_of(csv_return(changed(ROWS, "plans_rate", numerator=str(number)), framework=framework), past, framework)


def test_a_figure_far_from_history() -> None:
    """By hand: of 9, 10, 11, 12, 12, 13, 14, 15 the median is 12, the distances from it 3, 2, 1, 0, 0, 1, 2, 3 and their median 1.5.

    1.4826 x 1.5 = 2.22; the root of 12 is 3.46, which is the larger. Four spreads are 13.86, so that 25 passes (13 away) and 26 does not.
    """
    past = counts(9, 10, 11, 12, 12, 13, 14, 15)
    assert plans(25, past) == []
    [issue] = plans(26, past)
    assert (issue.check, issue.severity, issue.line) == ("far_from_history", "query", row_of(ROWS, "plans_rate") + 2)
    assert issue.message == "26, where the last 8 quarters lay between 9 and 15. If it is right, say why in Note; else correct it."


def test_the_own_spread_counts_where_it_is_larger_than_chance() -> None:
    """By hand: of 100, 140, 60, 180, 20, 100 the median is 100, the distances 0, 40, 40, 80, 80, 0, their median 40.

    1.4826 x 40 = 59.3, where the root of 100 is 10; four spreads are 237, so that 330 passes and 340 does not.
    """
    past = counts(100, 140, 60, 180, 20, 100)
    assert plans(330, past) == []
    assert [one.check for one in plans(340, past)] == ["far_from_history"]


def test_a_share_far_from_history() -> None:
    """By hand: 48 of 80 eight times is 60%; at 50, (0.6 x 50 + 1) / 52 = 0.596, whose error is the root of 0.596 x 0.404 / 50: 6.94 points.

    Four of them are 27.8: 17 of 50 is 34%, 26 points away, and passes; 16 of 50 is 32%, 28 points away, and does not.
    """
    small = only(board(), returned_indicator())
    past = counts(*[48.0] * 8, indicator_id="share", denominator=80)

    def share(numerator: str) -> list[str]:
        rows = table({("share", ""): (numerator, "50", "")}, framework=small)
        return [one.message for one in issues_of(csv_return(rows, framework=small), past, small)]

    assert share("17") == []
    assert share("16")[0].startswith("16 of 50 is 32.0%, where the last 8 quarters all were 60.0%.")


def test_a_denominator_far_from_history_is_asked_about_once() -> None:
    small = only(board(), returned_indicator())
    rows = table({("share", ""): ("60", "1000", "")}, framework=small)
    issues = issues_of(csv_return(rows, framework=small), counts(*[60.0] * 8, indicator_id="share", denominator=100), small)
    assert [(one.check, "1,000, where the last 8 quarters all were 100" in one.message) for one in issues] == [("far_from_history", True)]


def test_a_ready_value_far_from_history() -> None:
    """Six half years at 70: a twentieth of it is 3.5, four of them 14, so that 72.5 passes and 55 does not."""
    halves = ["2023-24 H2", "2024-25 H1", "2024-25 H2", "2025-26 H1", "2025-26 H2", "2023-24 H1"]
    past = history(*(("staff_survey", "", half, None, None, 70.0) for half in halves))
    assert issues_of(csv_return(ROWS), past) == []
    [issue] = issues_of(csv_return(changed(ROWS, "staff_survey", value="55")), past)
    assert issue.message.startswith("55, where the last 6 half years all were 70.")


def test_a_short_history_says_nothing() -> None:
    assert plans(400, counts(10, 10, 10, 10, 10)) == []
    assert plans(400, counts(10, 10, 10, 10, 10, 10)) != []


def test_figures_from_before_a_break_are_left_out() -> None:
    since = QUARTERS[3]
    broken = (
        board()
        .indicators["plans_rate"]
        .model_copy(
            update={
                "breaks": returned_indicator(
                    breaks=[{"on": parse_period(since, "quarter").start, "what_changed": "Counted anew.", "source": "A test"}]
                ).breaks
            }
        )
    )
    framework = board().model_copy(update={"indicators": {**board().indicators, "plans_rate": broken}})
    assert [one.check for one in plans(310, counts(*[10.0] * 8))] == ["far_from_history"]
    assert plans(310, counts(*[10.0] * 8), framework) == []


def test_the_figure_now_replaced_is_not_held_against_its_correction() -> None:
    """A revision of the return: what was accepted for the same quarter is no history of it."""
    past = history(
        *(("plans_rate", "", quarter, 300.0, None, None) for quarter in QUARTERS), ("plans_rate", "", "2026-27 Q2", 3.0, None, None)
    )
    assert plans(310, past) == []


def test_none_where_there_were_always_some() -> None:
    [issue] = plans(0, counts(5, 6, 7, 5, 8, 6))
    assert (issue.check, issue.severity) == ("zero_after_many", "query")
    assert issue.message.startswith("None, where the last 6 quarters lay between 5 and 8.")
    assert plans(0, counts(5, 6, 7, 0, 8, 6)) == []
    assert plans(0, counts(1, 2, 1, 3, 1, 2)) == []


def test_none_where_there_were_very_many_is_asked_about_once() -> None:
    assert [one.check for one in plans(0, counts(*[300.0] * 8))] == ["far_from_history"]


def restating(period: str, past: Past, **cells: object) -> list[Issue]:
    row = {**ROWS.loc[row_of(ROWS, "vacancies")].to_dict(), "period": period, **cells}
    return issues_of(csv_return(pd.concat([ROWS, pd.DataFrame([row])], ignore_index=True)), past)


def test_restated_figure() -> None:
    past = history(("vacancies", "", "2026-27 Q1", 10.0, 60.0, None))
    [issue] = restating("2026-27 Q1", past)
    assert (issue.check, issue.severity, issue.line) == ("restated_figure", "query", len(ROWS) + 2)
    assert issue.message.startswith("The figure of 2026-27 Q1 was given as 10 of 60 and is now 12.25 of 61.5.")


def test_a_figure_given_late_and_one_taken_back() -> None:
    [late] = restating("2025-26 Q4", history())
    assert "was never accepted before and is now 12.25 of 61.5" in late.message
    past = history(("vacancies", "", "2026-27 Q1", 10.0, 60.0, None))
    [back] = restating("2026-27 Q1", past, numerator="", denominator="", status="not available", note="The count was wrong.")
    assert "was given as 10 of 60 and is now not available" in back.message


def test_an_earlier_figure_that_is_the_same_is_no_restatement() -> None:
    assert restating("2026-27 Q1", history(("vacancies", "", "2026-27 Q1", 12.25, 61.5, None))) == []


def same_again(rows: pd.DataFrame, quarter: str = "2026-27 Q1") -> Past:
    """Every figure of a table as accepted for another quarter."""
    labels = {board().returns.label(text): text for text in ["", *board().returns.labels]}
    quarterly = rows[rows["period"] == "2026-27 Q2"]
    numbers = quarterly[["numerator", "denominator", "value"]].apply(pd.to_numeric)
    cells = zip(quarterly["indicator"], quarterly["breakdown"].map(labels), *(numbers[part] for part in numbers), strict=True)
    return history(*((name, breakdown, quarter, *figures) for name, breakdown, *figures in cells))


def test_identical_to_last_quarter() -> None:
    [issue] = issues_of(csv_return(ROWS), same_again(ROWS))
    assert (issue.check, issue.severity, issue.line) == ("identical_to_last_quarter", "query", None)
    assert issues_of(csv_return(changed(ROWS, "plans_rate", numerator="311")), same_again(ROWS)) == []


@given(st.lists(st.integers(0, 400), min_size=6, max_size=8), st.integers(0, 600))
@settings(max_examples=25, deadline=None)
def test_far_agrees_with_the_rule_in_plain_python(past: Sequence[int], number: int) -> None:
    """An oracle that shares nothing with the check: medians by sorting, one figure at a time."""

    def median(numbers: Sequence[float]) -> float:
        ordered, half = sorted(numbers), len(numbers) // 2
        return ordered[half] if len(numbers) % 2 else (ordered[half - 1] + ordered[half]) / 2

    middle = median(past)
    spread = max(1.4826 * median([abs(one - middle) for one in past]), max(middle, 1) ** 0.5)
    far = abs(number - middle) > 4 * spread
    assert ("far_from_history" in {one.check for one in plans(number, counts(*map(float, past)))}) == far
