"""State in, words out: the board's one line about returns, the mark of each, and the reminder an agency gets."""

import re
from datetime import date
from typing import Any

import pytest
from returned import DUE, Q2, came, observations, queries, record, small_board

from hscb_qa import sentences
from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue
from hscb_qa.intake import ReturnOutcome
from hscb_qa.ledger import ReturnReceipt
from hscb_qa.views import ReturnsView, next_return, returns_view

TODAY = date(2026, 11, 23)  # 24 days after the due day
EARLY, AFTER_12 = date(2026, 10, 12), date(2026, 11, 11)
ALL_OF_POLICE, ALL_OF_HOUSING = {"given": 5}, {"given": 4}


@pytest.fixture
def board(framework: Framework) -> Framework:
    return small_board(framework)


# ---- one line for the board ----

LINES = [
    ([], EARLY, "0 of 2 returns in, due 30 October 2026; 0% of items complete"),
    ([], DUE, "0 of 2 returns in, due 30 October 2026; 0% of items complete"),
    ([], date(2026, 10, 31), "0 of 2 returns in; Housing overdue by 1 day, Police by 1; 0% of items complete"),
    ([came("police", EARLY, given=5)], TODAY, "1 of 2 returns in; Housing overdue by 24 days; 55% of items complete"),
    (
        [came("police", AFTER_12, given=5), came("housing", DUE, given=3)],
        TODAY,
        "2 of 2 returns in; Police late by 12 days; 88% of items complete",
    ),
    ([came("police", EARLY, given=5), came("housing", EARLY, given=4)], TODAY, "2 of 2 returns in; 100% of items complete"),
    ([came("police", EARLY, given=5), came("housing", EARLY, given=4)], EARLY, "2 of 2 returns in; 100% of items complete"),
    (
        [came("police", EARLY, given=5), came("housing", EARLY, given=4, withdrawn=True)],
        TODAY,
        "1 of 2 returns in; Housing withdrawn; 55% of items complete",
    ),
]


@pytest.mark.parametrize(("rows", "today", "words"), LINES, ids=[words for _, _, words in LINES])
def test_the_line(board: Framework, rows: list[Any], today: date, words: str) -> None:
    assert sentences.returns_line(returns_view(board, record(*rows), Q2, today)) == words


def test_many_late_agencies_are_counted_not_named(board: Framework) -> None:
    everyone = [name for name in board.agencies if name != "clinical_commissioning_group"][:5]
    returned = board.indicators["seen_in_time"].returned
    assert returned
    indicator = board.indicators["seen_in_time"].model_copy(update={"returned": returned.model_copy(update={"agencies": tuple(everyone)})})
    view = returns_view(board.model_copy(update={"indicators": {"seen_in_time": indicator}}), record(), Q2, TODAY)
    assert sentences.returns_line(view) == "0 of 5 returns in; 5 agencies overdue by up to 24 days; 0% of items complete"


def test_no_agency_owes(framework: Framework) -> None:
    nothing = returns_view(framework.model_copy(update={"indicators": {}}), record(), Q2, TODAY)
    assert sentences.returns_line(nothing) == "No agency owes a return"


# ---- one return ----

STATES = [
    ([], EARLY, "not in yet", ("…", "due")),
    ([], date(2026, 10, 31), "overdue by 1 day", ("○", "overdue")),
    ([came("police", EARLY)], TODAY, "in", ("●", "in")),
    ([came("police", AFTER_12)], TODAY, "in, 12 days late", ("◑", "late 12 d")),
    ([came("police", EARLY, in_force=False), came("police", DUE, revision=2)], TODAY, "in, revised", ("●", "revised")),
    (
        [came("police", AFTER_12, in_force=False), came("police", TODAY, revision=2)],
        TODAY,
        "in, 12 days late, revised",
        ("◑", "late 12 d, revised"),
    ),
    ([came("police", EARLY, withdrawn=True)], DUE, "withdrawn", ("⊘", "withdrawn")),
    ([came("police", EARLY, withdrawn=True)], TODAY, "withdrawn, overdue by 24 days", ("⊘", "withdrawn")),
]


@pytest.mark.parametrize(("rows", "today", "words", "mark"), STATES, ids=[words for _, _, words, _ in STATES])
def test_the_words_and_the_mark_of_a_return(board: Framework, rows: list[Any], today: date, words: str, mark: tuple[str, str]) -> None:
    row = returns_view(board, record(*rows), Q2, today).row("police")
    assert row
    assert (sentences.state_in_words(row), sentences.state_mark(row)) == (words, mark)


# ---- the reminder ----


def written(board: Framework, *rows: dict[str, Any], agency: str = "police", today: date = TODAY, **frames: Any) -> str:
    return sentences.reminder(returns_view(board, record(*rows), Q2, today, **frames), agency)


def of_police(board: Framework, **changes: Any) -> Any:
    return observations(board, "police", **changes)


def test_a_reminder_where_nothing_came(board: Framework) -> None:
    text = written(board, observations=of_police(board).iloc[:0])
    assert text.startswith("Return for Jul to Sep 2026 (2026-27 Q2): Metropolitan Police Service\n\nHello,\n\n")
    assert "We do not have your return yet. It was due on 30 October 2026, 24 days ago." in text
    assert (
        "Missing (5 rows of the form):\n- Children seen in time, Jul to Sep 2026: All; 3 rows by sex\n- Staff survey score, 2025-26: All\n"
        in text
    )
    assert "How to submit" in text


def test_a_reminder_before_the_due_day(board: Framework) -> None:
    assert "The return is due on 30 October 2026. We do not have it yet." in written(board, today=EARLY)


def test_a_reminder_names_exactly_what_is_missing(board: Framework) -> None:
    held = of_police(board, without=("sex=female", "sex=not_known"), staff_survey="x")
    text = written(board, came("police", EARLY), observations=held)
    assert "Missing (2 rows of the form):\n- Children seen in time, Jul to Sep 2026: Sex: female; Sex: other or not known\n" in text
    assert "Marked as not available" in text and "(1 row of the form):\n- Staff survey score, 2025-26: All" in text


def test_a_reminder_lists_open_queries_without_figures(board: Framework) -> None:
    asked = queries((1, 1, "far_from_history", "seen_in_time", "sex=male"), (1, 2, "shared_count_differs", "", ""))
    text = written(board, came("police", EARLY, queries_open=2), observations=of_police(board), queries=asked)
    assert "Queries still open (2):\n- far_from_history: Children seen in time, Sex: male (submission 1, query 1)\n" in text
    assert "- shared_count_differs: the return as a whole (submission 1, query 2)" in text


def test_a_complete_return_is_thanked_for_and_nothing_is_asked(board: Framework) -> None:
    text = written(board, came("police", EARLY), observations=of_police(board))
    assert "which came on 12 October 2026. It is complete, and nothing is asked about it." in text
    assert "How to submit" not in text and "Missing" not in text


def test_a_withdrawn_return_is_told_as_withdrawn(board: Framework) -> None:
    text = written(board, came("police", EARLY, withdrawn=True))
    assert "Your return was withdrawn, and nothing has come in its place. It was due on 30 October 2026, 24 days ago." in text
    assert "Missing: 5 rows of the form." in text  # without the ledger's items they are counted


def test_an_agency_that_owes_nothing_is_told_so(board: Framework) -> None:
    assert written(board, agency="cafcass") == "No return is owed for Jul to Sep 2026 (2026-27 Q2).\n"


def test_no_figure_of_a_return_reaches_any_words(board: Framework) -> None:
    """The record says how many rows came; the view has nothing else to tell. Numbers in words are days, dates, rows and submissions."""
    held = of_police(board, without=("sex=male",)).assign(numerator=7777.0, denominator=8888.0, value=9999.0, note="ask 6666")
    view: ReturnsView = returns_view(board, record(came("police", EARLY, given=4)), Q2, TODAY, held)
    words = [sentences.returns_line(view), *(sentences.reminder(view, row.agency.id) + sentences.state_in_words(row) for row in view.rows)]
    assert not re.search("6666|7777|8888|9999", " ".join(words))


# ---- what became of a file ----

ERROR = Issue("error", "missing_rows", "p.xlsx", None, "A row is missing.", "Figures")
QUERY = Issue("query", "far_from_history", "p.xlsx", 9, "Far.", "Figures", "D9")
UNANSWERED = Issue("error", "query_without_reason", "p.xlsx", 9, "No reason.", "Figures", "D9")
WHOSE: dict[str, Any] = {"agency": "police", "period": "2026-27 Q2", "given": 4, "not_available": 1}
PARTS = "Metropolitan Police Service, 2026-27 Q2; 4 given, 1 not available, 0 not applicable"

OUTCOMES = [
    (
        ReturnOutcome("p.xlsx", "refused", (ERROR,)),
        False,
        "p.xlsx: 1 error, no query. Nothing of it was taken in. Mend what the table says, and try again.",
    ),
    (
        ReturnOutcome("p.xlsx", "refused", (ERROR, UNANSWERED, QUERY)),
        True,
        "p.xlsx: 1 error, 1 query without a reason. Mend what the table says, and try again.",
    ),
    (
        ReturnOutcome("p.xlsx", "refused", (UNANSWERED, QUERY, QUERY)),
        True,
        "p.xlsx: no error, 1 query without a reason, 1 query. Mend what the table says, and try again.",
    ),
    (
        ReturnOutcome("p.xlsx", "accepted", **WHOSE),
        True,
        f"p.xlsx: no error, no query ({PARTS}). It was only checked: nothing was submitted.",
    ),
    (
        ReturnOutcome("p.xlsx", "accepted", (QUERY,), ReturnReceipt(9, 1, None), **WHOSE, queries=1),
        False,
        f"p.xlsx: accepted as submission 9 ({PARTS}; 1 query).",
    ),
    (
        ReturnOutcome("p.xlsx", "accepted", (), ReturnReceipt(12, 2, 9), **WHOSE),
        False,
        f"p.xlsx: accepted as submission 12, revision 2 ({PARTS}; no query).",
    ),
    (
        ReturnOutcome("p.xlsx", "already held", (), ReturnReceipt(9, 1, None, already_held=True), **WHOSE),
        False,
        "p.xlsx: the very same file is submission 9 already (Metropolitan Police Service, 2026-27 Q2). Nothing changed.",
    ),
]


@pytest.mark.parametrize(("outcome", "dry_run", "words"), OUTCOMES, ids=[words for _, _, words in OUTCOMES])
def test_what_became_of_a_file(framework: Framework, outcome: ReturnOutcome, dry_run: bool, words: str) -> None:
    assert sentences.outcome_in_words(outcome, framework, dry_run=dry_run) == words


# ---- what comes next ----

NEXT = [
    ([], EARLY, "Jul to Sep 2026 (2026-27 Q2), due 30 October 2026. Its template can be taken and it can be submitted now."),
    (
        [came("police", EARLY)],
        EARLY,
        "Oct to Dec 2026 (2026-27 Q3), due 30 January 2027. Its template can be taken now; it can be submitted from 1 January 2027, "
        "when the quarter has ended.",
    ),
]


@pytest.mark.parametrize(("rows", "day", "words"), NEXT, ids=["not in", "in"])
def test_which_return_comes_next(board: Framework, rows: list[Any], day: date, words: str) -> None:
    coming = next_return(board, record(*rows), day, "police")
    assert coming and sentences.next_return_in_words(coming) == f"Next return: {words}"


def test_for_all_agencies_the_next_is_the_first_that_any_still_owes(board: Framework) -> None:
    coming = next_return(board, record(came("police", EARLY)), EARLY)
    assert coming and coming.quarter == Q2
    assert sentences.how_to_send(coming) == "How to send a return: take the template, fill it, check it, submit it by 30 October 2026."
    both = next_return(board, record(came("police", EARLY), came("housing", EARLY)), EARLY)
    assert both and both.quarter.text == "2026-27 Q3"
    assert sentences.how_to_send(both).endswith("check it, submit it from 1 January 2027 by 30 January 2027.")


def test_nothing_comes_next_where_nobody_owes(framework: Framework) -> None:
    assert next_return(framework.model_copy(update={"indicators": {}}), record(), TODAY) is None
