"""What became of each agency's return: when it came, what it held, and what the board may count as in."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from returned import DUE, Q1, Q2, came, observations, queries, record, small_board

from hscb_qa.definitions import Framework
from hscb_qa.periods import Period
from hscb_qa.publish import Edition
from hscb_qa.views import AgencyReturn, OpenEdition, edition_returns, returns_history, returns_view

TODAY = date(2026, 11, 23)  # 24 days after the due day


@pytest.fixture
def board(framework: Framework) -> Framework:
    return small_board(framework)


def police(board: Framework, *rows: dict[str, Any], today: date = TODAY, **frames: pd.DataFrame) -> AgencyReturn:
    row = returns_view(board, record(*rows), Q2, today, **frames).row("police")
    assert row
    return row


# ---- when it came ----

STATES = [
    ([], DUE, "due", 0),
    ([], date(2026, 10, 31), "overdue", 1),
    ([], TODAY, "overdue", 24),
    ([came("police", date(2026, 10, 12))], TODAY, "in", 0),
    ([came("police", DUE)], TODAY, "in", 0),
    ([came("police", date(2026, 11, 11))], TODAY, "late", 12),
    ([came("police", date(2026, 10, 12), withdrawn=True)], date(2026, 10, 20), "withdrawn", 0),
    ([came("police", date(2026, 10, 12), withdrawn=True)], TODAY, "withdrawn", 24),
    ([came("police", date(2026, 10, 12), period="2026-27 Q1")], TODAY, "overdue", 24),
    ([came("housing", date(2026, 10, 12))], TODAY, "overdue", 24),
]


@pytest.mark.parametrize(("rows", "today", "state", "days"), STATES)
def test_a_return_is_in_late_due_overdue_or_withdrawn(board: Framework, rows: list[Any], today: date, state: str, days: int) -> None:
    row = police(board, *rows, today=today)
    assert (row.state, row.days_late) == (state, days)
    assert row.is_in == (state in ("in", "late"))


def test_a_revision_does_not_make_a_return_late(board: Framework) -> None:
    row = police(board, came("police", date(2026, 10, 12), in_force=False), came("police", date(2026, 11, 20), revision=2))
    assert (row.state, row.received_on, row.revision, row.revised_on) == ("in", date(2026, 10, 12), 2, date(2026, 11, 20))


def test_a_first_return_that_is_not_revised_has_no_day_of_revision(board: Framework) -> None:
    row = police(board, came("police", date(2026, 10, 12)))
    assert (row.revision, row.revised_on, row.received_on) == (1, None, date(2026, 10, 12))


def test_a_withdrawn_first_return_no_longer_counts_as_received(board: Framework) -> None:
    """The first came in time and was taken back, the second 12 days after the due day: figures to use came late."""
    row = police(board, came("police", date(2026, 10, 12), withdrawn=True), came("police", date(2026, 11, 11), revision=2))
    assert (row.state, row.days_late, row.received_on) == ("late", 12, date(2026, 11, 11))


def test_withdrawing_a_revision_brings_the_first_return_back(board: Framework) -> None:
    row = police(board, came("police", date(2026, 10, 12)), came("police", date(2026, 11, 11), revision=2, withdrawn=True))
    assert (row.state, row.revision, row.revised_on) == ("in", 1, None)


# ---- what it held ----


def test_an_agency_without_a_return_misses_every_item(board: Framework) -> None:
    row = police(board, observations=observations(board, "housing"))
    assert (row.items_owed, row.missing, row.complete) == (5, 5, 0)
    assert [item.key for item in row.missing_items] == [
        ("seen_in_time", "", "2026-27 Q2"),
        ("seen_in_time", "sex=female", "2026-27 Q2"),
        ("seen_in_time", "sex=male", "2026-27 Q2"),
        ("seen_in_time", "sex=not_known", "2026-27 Q2"),
        ("staff_survey", "", "2026"),
    ]


def test_items_by_name(board: Framework) -> None:
    held = observations(board, "police", without=("sex=male", "sex=not_known"), staff_survey="x")
    row = police(board, came("police", DUE, given=2, not_available=1), observations=held)
    assert (row.given, row.not_available, row.not_applicable, row.missing) == (2, 1, 0, 2)
    assert [item.breakdown for item in row.missing_items] == ["sex=male", "sex=not_known"]
    assert [item.indicator.id for item in row.not_available_items] == ["staff_survey"]


def test_an_item_that_does_not_apply_is_complete(board: Framework) -> None:
    row = police(board, came("police", DUE), observations=observations(board, "police", staff_survey="z"))
    assert (row.given, row.not_applicable, row.complete, row.missing) == (4, 1, 5, 0)


def test_an_item_given_in_a_later_return_is_no_longer_missing(board: Framework) -> None:
    """Only Q2's return lacks the item; the observations in force hold it, whichever return it came with."""
    row = police(board, came("police", DUE, given=4), observations=observations(board, "police"))
    assert (row.given, row.missing, row.missing_items) == (5, 0, ())


def test_counts_alone_when_items_are_not_known(board: Framework) -> None:
    row = police(board, came("police", DUE, given=3, not_available=1))
    assert (row.given, row.not_available, row.missing, row.missing_items) == (3, 1, 1, ())


def test_restated_figures_do_not_make_more_items_than_are_owed(board: Framework) -> None:
    row = police(board, came("police", DUE, given=9, not_applicable=1))
    assert (row.given, row.not_applicable, row.missing) == (4, 1, 0)


def test_the_numbers_of_a_superseded_return_do_not_count(board: Framework) -> None:
    row = police(board, came("police", DUE, in_force=False, given=1, queries_open=7), came("police", DUE, revision=2, given=5))
    assert (row.given, row.queries_open) == (5, 0)


def test_queries_name_check_and_item_and_carry_no_figure(board: Framework) -> None:
    asked = queries(
        (1, 2, "far_from_history", "seen_in_time", "sex=male"), (1, 1, "restated_figures", "seen_in_time", ""), (9, 1, "a", "b", "")
    )
    row = police(board, came("police", DUE, queries=2, queries_open=2), queries=asked)
    assert [(one.number, one.check, one.indicator, one.breakdown) for one in row.queries] == [
        (1, "restated_figures", "Children seen in time", "All"),
        (2, "far_from_history", "Children seen in time", "Sex: male"),
    ]


# ---- the quarter as a whole ----


def test_the_quarter_counts_agencies_and_items(board: Framework) -> None:
    """Police give 4 of 5 and mark one not available; housing, with 4 items, is not in: 4 of 9 items are 44%."""
    view = returns_view(board, record(came("police", DUE, given=4, not_available=1)), Q2, TODAY)
    assert (view.agencies_in, view.agencies_owing, view.items_owed, view.percent_complete) == (1, 2, 9, 44)
    assert [row.agency.id for row in view.rows] == ["housing", "police"]  # as the configuration lists them


def test_a_hundred_percent_means_all(board: Framework) -> None:
    almost = returns_view(board, record(came("police", DUE, given=5), came("housing", DUE, given=3)), Q2, TODAY)
    complete = returns_view(board, record(came("police", DUE, given=5), came("housing", DUE, given=4)), Q2, TODAY)
    assert (almost.percent_complete, complete.percent_complete) == (88, 100)  # 8 of 9 is 88.9%


def test_a_quarter_in_which_nothing_is_owed(framework: Framework) -> None:
    nothing = returns_view(framework.model_copy(update={"indicators": {}}), record(), Q2, TODAY)
    assert (nothing.rows, nothing.percent_complete) == ((), None)


def test_the_history_sets_quarters_side_by_side(board: Framework) -> None:
    history = returns_history(board, record(came("police", date(2026, 7, 1), period=Q1.text)), TODAY, number=2)
    assert [quarter.text for quarter in history.quarters] == ["2026-27 Q1", "2026-27 Q2"]
    assert {agency.id: [cell and cell.state for cell in cells] for agency, cells in history.rows} == {
        "housing": ["overdue", "overdue"],
        "police": ["in", "overdue"],
    }


def test_an_agency_owes_nothing_before_it_is_a_partner(framework: Framework) -> None:
    board = small_board(framework)
    agencies = board.agencies | {"police": board.agencies["police"].model_copy(update={"since": date(2026, 7, 1)})}
    history = returns_history(board.model_copy(update={"agencies": agencies}), record(), TODAY, number=2)
    assert [cell and cell.state for cell in {agency.id: cells for agency, cells in history.rows}["police"]] == [None, "overdue"]


@settings(max_examples=60, deadline=None)
@given(
    days=st.lists(st.integers(-40, 40), min_size=0, max_size=4),
    taken_back=st.lists(st.booleans(), min_size=4, max_size=4),
    given_items=st.integers(0, 9),
)
def test_parts_add_up_whatever_came(framework: Framework, days: list[int], taken_back: list[bool], given_items: int) -> None:
    standing = [number for number in range(len(days)) if not taken_back[number]]
    rows = [
        came("police", date.fromordinal(DUE.toordinal() + day), revision=number + 1, withdrawn=taken_back[number],
             in_force=standing[-1:] == [number], given=given_items)
        for number, day in enumerate(days)
    ]  # fmt: skip
    row = police(small_board(framework), *rows)
    assert row.given + row.not_available + row.not_applicable + row.missing == row.items_owed == 5
    assert row.is_in == bool(standing)
    assert row.days_late == max(0, min(days[number] for number in standing)) if standing else row.days_late == 24


# ---- an edition's own returns ----


def edition_with(folder: Path, board: Framework, received: pd.DataFrame | None, published: str = "2026-11-23T09:00:00Z") -> OpenEdition:
    """An edition's file by hand: the framework, and the table of returns where there is one."""
    edition = Edition("2026-11-23-090000", "", published, False, folder)
    with duckdb.connect(str(edition.shareable)) as connection:
        connection.execute("CREATE TABLE framework AS SELECT ? AS document", [board.model_dump_json()])
        if received is not None:
            connection.register("given", received)
            connection.execute("CREATE TABLE returns AS SELECT * FROM given")
    return OpenEdition.shareable(edition)


@pytest.mark.parametrize("received", [None, record()], ids=["no table", "no returns"])
def test_an_edition_without_returns_says_nothing_of_them(tmp_path: Path, board: Framework, received: pd.DataFrame | None) -> None:
    assert edition_returns(edition_with(tmp_path, board, received)) is None


def test_an_edition_tells_its_last_quarter_as_of_its_own_day(tmp_path: Path, board: Framework) -> None:
    view = edition_returns(edition_with(tmp_path, board, record(came("police", date(2026, 11, 11), given=5))))
    assert view and (view.quarter, view.as_of, view.agencies_in, view.percent_complete) == (Q2, TODAY, 1, 55)  # 5 of 9
    late = view.row("police")
    assert late and (late.state, late.days_late, late.received_on) == ("late", 12, date(2026, 11, 11))


@pytest.mark.parametrize(
    ("published", "of_q2", "shown"),
    [
        ("2026-10-05T09:00:00Z", False, Q1),  # Q2 has ended, but is not due, and nothing of it has come
        ("2026-10-05T09:00:00Z", True, Q2),
        ("2026-10-31T09:00:00Z", False, Q2),  # due the day before
    ],
)
def test_an_edition_does_not_count_what_nobody_could_have_given_yet(
    tmp_path: Path, board: Framework, published: str, of_q2: bool, shown: Period
) -> None:
    rows = [came("police", date(2026, 7, 20), period=Q1.text)] + ([came("housing", date(2026, 10, 2))] if of_q2 else [])
    view = edition_returns(edition_with(tmp_path, board, record(*rows), published))
    assert view and view.quarter == shown
