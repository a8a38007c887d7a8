"""Each check of a return by one file with one fault, made from a sound one; the message names the place, the value and the remedy."""

import inspect
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from invented import only
from published_files import ROOT
from return_files import (
    LETTERS,
    QUARTER,
    VOICE,
    board,
    changed,
    csv_return,
    history,
    issues_of,
    returned_indicator,
    row_of,
    table,
    xlsx_return,
)

from hscb_qa.checks.returns import RETURN_CHECKS, check_return
from hscb_qa.checks.returns.cells import ERRORS_TOLD
from hscb_qa.checks.returns.numbers import counts_posts
from hscb_qa.definitions import load_framework
from hscb_qa.errors import Issue
from hscb_qa.periods import parse_period
from hscb_qa.readers.return_form import NUMBERS, VOICE_HEADERS
from hscb_qa.readers.returns import read_return
from hscb_qa.templates import OBSERVATION_COLUMNS, figures_table, write_return

ROWS = table()
LOST = ("not available", "The system was down all quarter.")
Fault = tuple[str, pd.DataFrame, str, str]  # check, table, cell as "Figures H12" or "" for none, words of the message


def cell(indicator_id: str, column: str, breakdown: str = "All") -> str:
    """Where an item's cell stands in the workbook."""
    return f"{LETTERS[column]}{row_of(ROWS, indicator_id, breakdown) + 2}"


def fault(check: str, words: str, indicator_id: str, at: str, breakdown: str = "All", **cells: object) -> Fault:
    """A sound table with cells of one row changed, and where that shows: in the column `at` of the same row."""
    return check, changed(ROWS, indicator_id, breakdown, **cells), cell(indicator_id, at, breakdown), words


def more(*rows: dict[str, object]) -> pd.DataFrame:
    """A sound table with further rows, each like the one of referrals but for the cells given."""
    like = ROWS.loc[row_of(ROWS, "referrals")].to_dict()
    return pd.concat([ROWS, pd.DataFrame([{**like, **row} for row in rows])], ignore_index=True)


def last(column: str) -> str:
    return f"{LETTERS[column]}{len(ROWS) + 2}"


ERRORS: list[Fault] = [
    fault("unknown_agency", "'polise' is no agency of the Board", "vacancies", "agency", agency="polise"),
    fault("unknown_agency", "Did you mean 'police'?", "vacancies", "agency", agency="Metropolitan Police Service"),
    fault("unknown_agency", "A blank cell is no agency", "vacancies", "agency", agency=""),
    fault(
        "unknown_quarter",
        "'Q2 2026/27' is no quarter; write it as 2025-26 Q3. Did you mean '2026-27 Q2'?",
        "vacancies",
        "quarter",
        quarter="Q2 2026/27",
    ),
    fault("unknown_quarter", "'2026-28 Q2' is no quarter", "vacancies", "quarter", quarter="2026-28 Q2"),
    ("part_quarter", table(quarter="2026-27 Q3"), f"{LETTERS['quarter']}2", "2026-27 Q3 ends on 31 December 2026"),
    ("before_first_quarter", table(quarter="2021-22 Q4"), f"{LETTERS['quarter']}2", "2021-22 Q4 lies before 2022-23 Q1"),
    fault("several_returns_in_one_file", "The row is for 'housing', most rows are for 'police'", "vacancies", "agency", agency="housing"),
    fault("several_returns_in_one_file", "The row is for '2026-27 Q1'", "vacancies", "quarter", quarter="2026-27 Q1"),
    (
        "unknown_indicator",
        more({"indicator": "vacancys"}),
        last("indicator"),
        "'vacancys' is no indicator. The ids are those of the template. Did you mean 'vacancies'?",
    ),
    ("unknown_indicator", more({"indicator": "referrals  received"}), last("indicator"), "Did you mean 'referrals'?"),
    ("unknown_indicator", more({"indicator": ""}), last("indicator"), "A blank cell is no indicator id"),
    ("not_owed_indicator", more({"indicator": "repairs"}), last("indicator"), "'repairs' is returned by 'housing'"),
    ("not_owed_indicator", more({"indicator": "published_only"}), last("indicator"), "the Board takes it from published figures"),
    (
        "unknown_breakdown",
        more({"breakdown": "Sex: femal"}),
        last("breakdown"),
        "'Sex: femal' is no part of 'referrals', which is returned by Sex. Did you mean 'Sex: female'?",
    ),
    ("unknown_breakdown", more({"breakdown": "Age band: under 1"}), last("breakdown"), "'Age band: under 1' is no part of 'referrals'"),
    (
        "unknown_breakdown",
        more({"indicator": "plans_rate", "breakdown": "Sex: male"}),
        last("breakdown"),
        "which is returned as a whole only, 'All'",
    ),
    ("wrong_period", more({"period": "2026-27 Q3"}), last("period"), "'2026-27 Q3' lies after what this return is for"),
    (
        "wrong_period",
        more({"period": "2026"}),
        last("period"),
        "'2026' is not the period it should be: a quarter, as 2025-26 Q3. The return for 2026-27 Q2 asks for 2026-27 Q2.",
    ),
    ("wrong_period", more({"period": "2015-16 Q2"}), last("period"), "lies before the first period for which this figure was ever owed"),
    (
        "wrong_period",
        more({"indicator": "paired_score", "period": "2026-27 Q1", "denominator": "5"}),
        last("period"),
        "The return for 2026-27 Q2 asks for 2025-26 Q4.",
    ),
    (
        "wrong_period",
        more({"indicator": "staff_survey", "period": "2026-27 Q2", "numerator": "", "value": "5"}),
        last("period"),
        "a half year, as 2025-26 H1",
    ),
    ("repeated_rows", more({}), last("indicator"), "5 again. Keep one of the two."),
    ("missing_rows", ROWS.drop(index=row_of(ROWS, "vacancies")), "", "'vacancies' for 2026-27 Q2 is owed and has no row: All."),
    (
        "missing_rows",
        ROWS[~((ROWS["indicator"] == "referrals") & (ROWS["breakdown"] != "All"))],
        "",
        "Sex: female, Sex: male and Sex: other or not known",
    ),
    fault(
        "missing_rows", "Nothing is given. Give the figure, 0 where there were none", "vacancies", "numerator", numerator="", denominator=""
    ),
    fault("missing_rows", "Nothing is given", "staff_survey", "value", value=""),
    fault(
        "unknown_status",
        "'not availabel' is no status",
        "vacancies",
        "status",
        numerator="",
        denominator="",
        status="not availabel",
        note=LOST[1],
    ),
    fault("unknown_status", "Did you mean 'not available'?", "vacancies", "status", status="unavailable"),
    fault(
        "status_without_reason",
        "'not available' and does not say why",
        "vacancies",
        "note",
        numerator="",
        denominator="",
        status="not available",
    ),
    fault(
        "status_without_reason",
        "'not applicable' and does not say why",
        "vacancies",
        "note",
        numerator="",
        denominator="",
        status="not applicable",
        note="n/a",
    ),
    fault("status_with_figures", "Clear Status if the figures are right", "vacancies", "status", status=LOST[0], note=LOST[1]),
    fault("text_in_numbers", "'twelve' is not a number. Give digits alone", "plans_rate", "numerator", numerator="twelve"),
    fault("text_in_numbers", "'<5' is not a number. Give the true count", "plans_rate", "numerator", numerator="<5"),
    fault("text_in_numbers", "'nil' is not a number. Write 0 if there were none", "plans_rate", "numerator", numerator="nil"),
    fault("text_in_numbers", "choose 'not available' or 'not applicable' in Status", "plans_rate", "numerator", numerator="N/A"),
    fault("text_in_numbers", "It looks like a date", "plans_rate", "numerator", numerator="3-Apr"),
    fault("text_in_numbers", "'72.5%' is not a number. Write it without the sign: 72.5.", "difficulties", "value", value="72.5%"),
    fault("percent_for_count", "'62%' is a percentage or a share", "vacancies", "numerator", numerator="62%"),
    fault("percent_for_count", "'0.62' is a percentage or a share", "plans_rate", "numerator", numerator="0.62"),
    fault("negative_number", "-3 is below 0", "plans_rate", "numerator", numerator="-3"),
    fault("negative_number", "-3 is below 0", "staff_survey", "value", value="-3"),
    fault("fractional_count", "310.5 is not whole", "plans_rate", "numerator", numerator="310.5"),
    fault("fractional_count", "12.345 has more than two decimals", "vacancies", "numerator", numerator="12.345"),
    fault("number_too_large", "31,031,031 is more than 10,000,000", "plans_rate", "numerator", numerator="31031031"),
    fault("value_out_of_range", "101 is outside 0 to 100, which is all a percent can be", "staff_survey", "value", value="101"),
    fault("value_out_of_range", "41 is outside 0 to 40, which is all a score can be", "difficulties", "value", value="41"),
    fault("value_out_of_range", "42 is outside 0 to 40", "paired_score", "numerator", numerator="1260"),
    fault("count_missing", "Denominator is blank and Numerator is filled", "vacancies", "denominator", denominator=""),
    fault("count_missing", "Numerator is blank and Denominator is filled", "vacancies", "numerator", numerator=""),
    fault("figure_in_wrong_cell", "Value is not asked for here; give Numerator and Denominator", "vacancies", "value", value="19.9"),
    fault(
        "figure_in_wrong_cell", "Denominator is not asked for here; give Numerator alone", "plans_rate", "denominator", denominator="60000"
    ),
    fault("figure_in_wrong_cell", "Numerator is not asked for here; give Value alone", "staff_survey", "numerator", numerator="12"),
    fault("numerator_above_denominator", "Numerator 62 is above Denominator 61.5", "vacancies", "numerator", numerator="62"),
    fault("numerator_above_denominator", "nothing can be shared out among none", "paired_score", "numerator", denominator="0"),
    (
        "personal_data",
        changed(ROWS, "vacancies", note="Ask jo.bloggs@example.org"),
        cell("vacancies", "note"),
        "This looks like an e-mail address",
    ),
]

VOICE_FAULTS = [
    ("incomplete_voice", "message", "", "'Message' is blank"),
    ("unknown_speaker", "who", "grandparents", "'grandparents' is none of 'children', 'parents and carers' and 'frontline staff'"),
    ("unknown_area", "about", "Negelct", "'Negelct' is no area of the Board's plan"),
    ("voice_date", "date", "2026-10-21", "2026-10-21 lies after the day of the return, 2026-10-20"),
    ("voice_date", "date", "last summer", "'last summer' is no date"),
    ("voice_number_asked", "asked", "many", "'many' is no number of people asked"),
    ("voice_number_asked", "asked", "0", "'0' is no number of people asked"),
]


def only_issue(issues: list[Issue], check: str, severity: str) -> Issue:
    """The one issue there is, which must be of this check and severity."""
    assert [(one.check, one.severity) for one in issues] == [(check, severity)], "\n".join(map(str, issues))
    return issues[0]


def test_a_sound_return_has_no_issue() -> None:
    assert issues_of(csv_return(ROWS)) == []
    assert issues_of(xlsx_return(ROWS)) == []


def test_a_sound_return_in_the_form_of_the_template_has_no_issue(tmp_path: Path) -> None:
    quarter = parse_period(QUARTER, "quarter")
    filled = figures_table(board(), "police", quarter, pd.DataFrame(columns=list(OBSERVATION_COLUMNS)), illustrative=False)
    for part in NUMBERS:
        filled[part] = pd.to_numeric(ROWS[part])
    for suffix in ("xlsx", "ods", "csv"):
        path = tmp_path / f"police 2026-27 Q2.{suffix}"
        write_return(board(), path, filled, pd.DataFrame([VOICE]))
        assert issues_of(read_return(path, board())) == []


@pytest.mark.parametrize(("check", "rows", "at", "words"), ERRORS, ids=lambda one: one if isinstance(one, str) else "")
def test_error(check: str, rows: pd.DataFrame, at: str, words: str) -> None:
    in_workbook = only_issue(issues_of(xlsx_return(rows)), check, "error")
    assert words in in_workbook.message
    assert (in_workbook.sheet, in_workbook.cell) == ("Figures", at)
    in_text = only_issue(issues_of(csv_return(rows)), check, "error")
    assert (in_text.sheet, in_text.cell, in_text.line) == ("", "", int(at[1:]) if at else None)


@pytest.mark.parametrize(("check", "column", "text", "words"), VOICE_FAULTS)
def test_error_in_voices(check: str, column: str, text: str, words: str) -> None:
    issue = only_issue(issues_of(xlsx_return(ROWS, [VOICE, {**VOICE, column: text}])), check, "error")
    assert words in issue.message
    assert (issue.sheet, issue.cell) == ("Voices", f"{chr(ord('A') + list(VOICE_HEADERS).index(column))}3")


def test_an_agency_that_owes_nothing() -> None:
    found = issues_of(csv_return(ROWS.assign(agency="probation"), "return.csv"))
    assert {one.check for one in found} == {"nothing_owed", "not_owed_indicator"}
    assert "'probation' owes no return for 2026-27 Q2" in found[0].message


def test_parts_that_do_not_add_up() -> None:
    """By hand: girls 22, boys 23 and 2 not known are 47, where the whole is 45."""
    rows = changed(ROWS, "referrals_decided", "Sex: male", numerator="23")
    issue = only_issue(issues_of(xlsx_return(rows)), "breakdown_sum", "error")
    assert "The parts of 'Sex' add up to 47 under Numerator, and the whole is 45." in issue.message
    assert issue.cell == cell("referrals_decided", "numerator")


def test_a_part_not_available_leaves_the_sum_unchecked_unless_the_others_pass_the_whole() -> None:
    rows = changed(ROWS, "referrals_decided", "Sex: male", numerator="", denominator="", status=LOST[0], note=LOST[1])
    assert issues_of(csv_return(rows)) == []
    rows = changed(rows, "referrals_decided", "Sex: female", numerator="46", denominator="46")
    assert {one.check for one in issues_of(csv_return(rows))} >= {"breakdown_sum"}


def test_posts_may_be_rounded_part_by_part() -> None:
    assert "fractional_count" not in {one.check for one in issues_of(csv_return(changed(ROWS, "vacancies", numerator="12.3")))}


def test_definitions_say_which_counts_are_of_posts() -> None:
    """Held against the shipped definitions, so that a new wording of one does not turn its posts into heads, or heads into posts."""
    returned = [one for one in load_framework(ROOT / "config").indicators.values() if one.returned]
    posts = {one.id for one in returned if counts_posts(one, "numerator") or counts_posts(one, "denominator")}
    assert posts == {
        *("agency_social_worker_rate", "health_visitor_caseload", "social_worker_caseload"),
        *("social_worker_turnover_rate", "social_worker_vacancy_rate"),
    }


def test_one_count_with_two_numbers() -> None:
    """Referrals are 60, and boys 28, in the one indicator; the other is made to say 61 and 29."""
    rows = changed(ROWS, "referrals_decided", denominator="61")
    rows = changed(rows, "referrals_decided", "Sex: male", denominator="29")
    rows = changed(rows, "referrals_decided", "Age band: 5 to 9", denominator="16")
    issues = issues_of(xlsx_return(rows))
    assert [(one.check, one.cell) for one in issues] == [
        ("shared_count_differs", cell("referrals_decided", "denominator")),
        ("shared_count_differs", cell("referrals_decided", "denominator", "Sex: male")),
    ]
    assert f"61 here and 60 in {cell('referrals', 'numerator')} are one and the same count." in issues[0].message


def test_the_odd_one_of_three_is_named() -> None:
    """Three counts of one name, of which the first differs: it is the one to correct, not the two that agree."""
    named = {"numerator_id": "referrals"}
    three = [
        returned_indicator(id=f"count_{one}", unit="count", interval="byar", denominator=None, returned={"gives": "count", **named})
        for one in "abc"
    ]
    small = only(board(), *three)
    rows = table({("count_a", ""): ("7", "", ""), ("count_b", ""): ("8", "", ""), ("count_c", ""): ("8", "", "")}, framework=small)
    issue = only_issue(issues_of(csv_return(rows, framework=small), framework=small), "shared_count_differs", "error")
    assert (issue.line, "7 here and 8 in line 3" in issue.message) == (2, True)


FILE_NAMES = [
    ("police.csv", ""),
    ("Police return 2026-27 Q2 final (3).csv", ""),
    ("return.csv", ""),
    ("report 2026-10-15.csv", ""),
    ("housing and police.csv", ""),
    ("housing.csv", "the agency 'housing'"),
    ("police_2026-27_Q1.csv", "the quarter 2026-27 Q1"),
    ("Q1 2026-27 public health.csv", "the agency 'public_health' and the quarter 2026-27 Q1"),
]


@pytest.mark.parametrize(("name", "words"), FILE_NAMES)
def test_file_name_quarter(name: str, words: str) -> None:
    issues = issues_of(csv_return(ROWS, name))
    assert [one.check for one in issues] == ["file_name_quarter"] * bool(words)
    assert all(words in one.message and one.severity == "query" and one.line is None for one in issues)


def test_denominators_that_are_all_a_hundred_are_asked_about() -> None:
    small = only(board(), *(returned_indicator(id=f"share_{one}") for one in "abc"))
    rows = table(
        {(f"share_{one}", ""): (number, "100", "") for one, number in zip("abc", ("12", "62", "80"), strict=True)}, framework=small
    )
    issue = only_issue(issues_of(csv_return(rows, framework=small), framework=small), "percent_for_count", "query")
    assert issue.line == 2
    assert issues_of(csv_return(changed(rows, "share_b", denominator="99"), framework=small), framework=small) == []


def test_a_fraction_where_a_percentage_is_asked_for_is_asked_about() -> None:
    issue = only_issue(issues_of(xlsx_return(changed(ROWS, "staff_survey", value="0.725"))), "fraction_for_percent", "query")
    assert issue.message.startswith("0.725 is asked for as a percentage. Is 72.5% meant?")
    assert issue.cell == cell("staff_survey", "value")


def test_one_figure_throughout_is_asked_about() -> None:
    small = only(board(), *(returned_indicator(id=f"share_{one}") for one in "abcd"))
    rows = table({(f"share_{one}", ""): ("0", str(place), "") for place, one in enumerate("abcd", start=3)}, framework=small)
    issue = only_issue(issues_of(csv_return(rows, framework=small), framework=small), "same_figure_throughout", "query")
    assert issue.message.startswith("All 4 indicators have the figure 0.")


def test_the_same_fault_in_many_cells_is_one_error_with_the_cells_named() -> None:
    rows = ROWS.assign(numerator="", denominator="", value="", status="not available", note="")
    issue = only_issue(issues_of(xlsx_return(rows)), "status_without_reason", "error")
    named = ", ".join(f"{LETTERS['note']}{line}" for line in range(3, 8))
    assert issue.message.endswith(f"Also {named} and {len(ROWS) - 6} more.")


def test_queries_are_not_joined() -> None:
    earlier = [{"period": "2026-27 Q1"}, {"period": "2025-26 Q4"}]
    issues = issues_of(csv_return(more(*earlier)))
    assert [(one.check, one.severity, one.line) for one in issues] == [
        ("restated_figure", "query", len(ROWS) + 2 + place) for place in range(2)
    ]


def test_more_faults_than_anyone_reads_are_counted() -> None:
    issues = issues_of(csv_return(more(*({"indicator": f"no_{number}"} for number in range(ERRORS_TOLD + 30)))))
    assert len(issues) == ERRORS_TOLD + 1
    assert issues[-1].message.startswith("From here on 30 cells have other faults")


def test_a_long_text_is_not_quoted_whole() -> None:
    issue = only_issue(issues_of(csv_return(changed(ROWS, "plans_rate", numerator="about as many as " * 20))), "text_in_numbers", "error")
    assert "about as many as about as many as about …'" in issue.message


def test_every_problem_of_a_file_is_told_at_once() -> None:
    rows = changed(ROWS, "vacancies", numerator="many")
    rows = changed(rows, "plans_rate", numerator="-1")
    rows = changed(rows, "staff_survey", value="400", agency="polise")
    assert {one.check for one in issues_of(csv_return(rows))} == {
        "text_in_numbers",
        "negative_number",
        "value_out_of_range",
        "unknown_agency",
    }


def test_a_file_that_does_not_say_whose_it_is_is_still_checked() -> None:
    rows = changed(ROWS.assign(agency="polise", quarter="Q2"), "vacancies", numerator="many")
    assert {one.check for one in issues_of(csv_return(rows))} == {"unknown_agency", "unknown_quarter", "text_in_numbers"}


def test_a_quarter_may_be_returned_on_its_last_day() -> None:
    given = csv_return(ROWS)
    assert check_return(given, board(), history(), date(2026, 9, 30)) == []
    assert {one.check for one in check_return(given, board(), history(), date(2026, 9, 29))} == {"part_quarter"}


def test_checks_do_not_change_the_return() -> None:
    given = xlsx_return(changed(ROWS, "vacancies", note="Ask jo.bloggs@example.org"))
    rows, voices = given.rows.copy(), given.voices.copy()
    issues_of(given)
    assert given.rows.equals(rows)
    assert given.voices.equals(voices)


def test_every_check_has_a_faulty_file_here() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_checks_returns*.py"))
    assert [check.__name__ for check in RETURN_CHECKS if f'"{check.__name__}"' not in tests] == []


def test_issues_bear_the_name_of_their_check() -> None:
    for check in RETURN_CHECKS:
        named = re.findall(r'"([a-z]+(?:_[a-z]+)+)"', inspect.getsource(check))
        assert check.__name__ in named
