"""The record of returns: revisions, withdrawals, queries and their settlement; nothing overwritten, nothing by half."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from invented import cells, rows_of, submit

from hscb_qa.errors import StoreFault
from hscb_qa.ledger import (
    AcceptedReturn,
    ReturnReceipt,
    is_illustrative,
    ledger_path,
    observations_in_force,
    open_queries,
    record_return,
    return_content,
    returns_received,
    revisions,
    settle_query,
    standing,
    withdraw,
)

Q1, Q2 = "2025-26 Q1", "2025-26 Q2"
OBSERVATION = {"line": 2, "indicator": "plans", "breakdown": "", "denominator": 20.0, "value": float("nan"), "status": "", "note": ""}
QUERY = (1, "far_from_history", 2, "plans", "", Q1, "3 is far from 1.", "It was so.")


def given(numerator: float = 3, agency: str = "police", quarter: str = Q1, period: str = "", **facts: Any) -> AcceptedReturn:
    """A return of one figure, one voice, one answer and one query; its bytes follow from the figure."""
    row = {**OBSERVATION, "period": period or quarter, "numerator": numerator, "status": facts.pop("status", "")}
    content = f"{agency} {quarter} {period} {numerator}".encode()
    voices = pd.DataFrame([{"line": 5, "who": "children", "about": "", "method": "talk", "asked": 9, "spoken_on": date(2025, 5, 1)}])
    return AcceptedReturn(
        agency=agency,
        period=quarter,
        file=f"{agency}.xlsx",
        sha256=content.hex(),
        content=content,
        received_on=facts.pop("received_on", date(2025, 7, 30)),
        submitted_by="an analyst",
        illustrative=facts.pop("illustrative", True),
        observations=pd.DataFrame([row]),
        voices=voices.assign(message="Listen", changed="We do"),
        narratives=pd.DataFrame([(3, "What?", "That.")], columns=["line", "question", "answer"]),
        queries=pd.DataFrame([QUERY], columns=["number", "check_id", "line", "indicator", "breakdown", "period", "message", "reason"]),
    )


def keep(store: Path, one: AcceptedReturn) -> ReturnReceipt:
    receipt = record_return(store, one, standing(store, one.agency, one.sha256).state)
    assert receipt
    return receipt


def in_force(store: Path, agency: str = "police") -> dict[str, tuple[int, float]]:
    """Period -> submission and numerator of the row that counts."""
    rows = observations_in_force(store, agency)
    return {row.period: (row.submission, row.numerator) for row in rows.itertuples()}


def test_a_ledger_nobody_wrote_to_has_no_returns_and_is_not_made(tmp_path: Path) -> None:
    assert len(returns_received(tmp_path)) == len(observations_in_force(tmp_path)) == len(open_queries(tmp_path)) == 0
    assert (is_illustrative(tmp_path), revisions(tmp_path)) == (None, [])
    assert list(tmp_path.iterdir()) == []


def test_a_return_is_kept_with_its_bytes_and_every_row(tmp_path: Path) -> None:
    assert keep(tmp_path, given()) == ReturnReceipt(1, 1, None)
    assert return_content(tmp_path, 1) == b"police 2025-26 Q1  3"
    ledger = ledger_path(tmp_path)
    assert rows_of(ledger, "SELECT source, figures, illustrative FROM submissions") == [("returns", 1, True)]
    assert rows_of(ledger, "SELECT * FROM observations") == [(1, 2, "plans", "", Q1, 3.0, 20.0, None, "", "")]
    assert rows_of(ledger, "SELECT * FROM voices") == [(1, 5, "children", "", "talk", 9, date(2025, 5, 1), "Listen", "We do")]
    assert rows_of(ledger, "SELECT * FROM narratives") == [(1, 3, "What?", "That.")]
    assert rows_of(ledger, "SELECT * FROM return_queries") == [(1, *QUERY)]
    assert is_illustrative(tmp_path) is True


def test_a_later_return_supersedes_and_the_earlier_stays(tmp_path: Path) -> None:
    keep(tmp_path, given(3))
    assert keep(tmp_path, given(4)) == ReturnReceipt(2, 2, 1)
    received = returns_received(tmp_path)
    assert received[["submission", "revision", "in_force"]].to_numpy().tolist() == [[1, 1, False], [2, 2, True]]
    assert in_force(tmp_path) == {Q1: (2, 4.0)}
    assert return_content(tmp_path, 1) == given(3).content


def test_agencies_and_quarters_have_revisions_of_their_own(tmp_path: Path) -> None:
    for one in (given(1), given(2, agency="housing"), given(3, quarter=Q2)):
        assert keep(tmp_path, one).revision == 1
    assert returns_received(tmp_path)["in_force"].all()
    assert in_force(tmp_path) == {Q1: (1, 1.0), Q2: (3, 3.0)}
    assert observations_in_force(tmp_path)["agency"].tolist() == ["housing", "police", "police"]


def test_a_restated_figure_counts_from_the_later_return(tmp_path: Path) -> None:
    keep(tmp_path, given(3))
    keep(tmp_path, given(5, quarter=Q2, period=Q1))
    assert in_force(tmp_path) == {Q1: (2, 5.0)}
    withdraw(tmp_path, 2, "the board", "Sent by mistake.")
    assert in_force(tmp_path) == {Q1: (1, 3.0)}


def test_the_bytes_in_force_change_nothing_and_older_ones_are_a_new_revision(tmp_path: Path) -> None:
    keep(tmp_path, given(3))
    assert keep(tmp_path, given(3)) == ReturnReceipt(1, 1, None, already_held=True)
    keep(tmp_path, given(4))
    assert keep(tmp_path, given(3)) == ReturnReceipt(3, 3, 2)
    withdraw(tmp_path, 3, "the board", "Back to the second.")
    assert in_force(tmp_path) == {Q1: (2, 4.0)}
    assert keep(tmp_path, given(3)) == ReturnReceipt(4, 4, 2)


def test_a_record_that_changed_since_it_was_looked_at_takes_nothing_in(tmp_path: Path) -> None:
    seen = standing(tmp_path, "police", "").state
    keep(tmp_path, given(1, agency="housing"))
    assert record_return(tmp_path, given(3), seen) is not None, "another agency's return does not matter"
    assert record_return(tmp_path, given(4), seen) is None
    seen = standing(tmp_path, "police", "").state
    withdraw(tmp_path, 2, "the board", "Wrong.")
    assert record_return(tmp_path, given(4), seen) is None
    assert len(returns_received(tmp_path)) == 2


def test_withdrawing_is_an_event(tmp_path: Path) -> None:
    keep(tmp_path, given(3))
    withdraw(tmp_path, 1, "the board", "Wrong quarter.")
    [one] = revisions(tmp_path)
    assert (one.in_force, one.withdrawn_by, one.withdrawn_reason) == (False, "the board", "Wrong quarter.")
    assert in_force(tmp_path) == {} and len(open_queries(tmp_path)) == 0
    assert return_content(tmp_path, 1) == given(3).content
    assert keep(tmp_path, given(4)) == ReturnReceipt(2, 2, None)


def test_queries_are_open_until_settled(tmp_path: Path) -> None:
    keep(tmp_path, given())
    assert open_queries(tmp_path)[["agency", "return_period", "submission", "number"]].to_numpy().tolist() == [["police", Q1, 1, 1]]
    settle_query(tmp_path, 1, 1, "the board", "The agency explained it.")
    assert len(open_queries(tmp_path)) == 0
    assert returns_received(tmp_path)[["queries", "queries_open"]].to_numpy().tolist() == [[1, 0]]
    [query] = revisions(tmp_path, "police", Q1)[0].queries
    assert (query.reason, query.settled_by, query.note) == ("It was so.", "the board", "The agency explained it.")


def test_rows_are_counted_by_status(tmp_path: Path) -> None:
    for status in ("", "x", "z"):
        keep(tmp_path, given(agency=f"agency{status}", status=status))
    counts = returns_received(tmp_path)[["given", "not_available", "not_applicable"]].to_numpy().tolist()
    assert counts == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (lambda store: withdraw(store, 9, "me", "why"), "no return 9"),
        (lambda store: withdraw(store, 1, "me", "again"), "withdrawn before"),
        (lambda store: withdraw(store, 2, "me", "  "), "Say why"),
        (lambda store: withdraw(store, 2, "me", "Ring 07700 900123"), "telephone number"),
        (lambda store: settle_query(store, 9, 1, "me", "why"), "no return 9"),
        (lambda store: settle_query(store, 2, 2, "me", "why"), "no query 2. It has the queries 1 to 1"),
        (lambda store: settle_query(store, 1, 1, "me", "again"), "settled before"),
        (lambda store: settle_query(store, 2, 1, "me", "a@example.org said so"), "e-mail"),
        (lambda store: return_content(store, 9), "no return 9"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(tmp_path: Path, what: Any, told: str) -> None:
    keep(tmp_path, given(3))
    keep(tmp_path, given(4))
    withdraw(tmp_path, 1, "me", "Wrong.")
    settle_query(tmp_path, 1, 1, "me", "Known.")
    before = revisions(tmp_path)
    with pytest.raises(StoreFault, match=told) as fault:
        what(tmp_path)
    assert "07700" not in str(fault.value) and "example.org" not in str(fault.value)
    assert revisions(tmp_path) == before


def test_real_and_illustrative_returns_never_share_a_store(tmp_path: Path) -> None:
    submit(tmp_path, cells("some", {"2016": 5}))
    with pytest.raises(StoreFault, match="may not share a store"):
        keep(tmp_path, given())
    assert len(returns_received(tmp_path)) == 0


def test_a_return_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    keep(tmp_path, given(3))
    broken = given(4)
    broken.queries.loc[0, "message"] = None
    with pytest.raises(Exception, match="NOT NULL"):
        keep(tmp_path, broken)
    for table in ("submissions", "returns", "observations", "voices", "narratives", "return_queries"):
        assert rows_of(ledger_path(tmp_path), f"SELECT COUNT(*) FROM {table}") == [(1,)], table


def test_a_ledger_of_before_there_were_returns_is_brought_up_to_date(tmp_path: Path) -> None:
    submit(tmp_path, cells("some", {"2016": 5}))
    with duckdb.connect(str(ledger_path(tmp_path))) as ledger:
        for view in ("entry_history", "return_texts", "observations_in_force", "returns_received"):
            ledger.execute(f"DROP VIEW {view}")
        later = ("return_queries", "query_settlements", "withdrawals", "entry_approvals", "entry_events")
        for table in ("returns", "observations", "voices", "narratives", *later):
            ledger.execute(f"DROP TABLE {table}")
    assert len(returns_received(tmp_path)) == 0
    assert rows_of(ledger_path(tmp_path), "SELECT COUNT(*) FROM published") == [(1,)]


def test_what_a_killed_maker_of_a_ledger_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / ".new-ledger"
    left.mkdir()
    (left / "ledger.duckdb").write_bytes(b"half a header")
    keep(tmp_path, given())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.duckdb", "ledger.lock"]
