"""Returns and the faults of submitted files as tables, and when a server takes returns in."""

import csv
import io
from datetime import date

import pytest
from returned import Q2, came, record, small_board

from hscb_qa import exports, tables
from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue
from hscb_qa.screen.uploads import takes_returns
from hscb_qa.views import returns_view

ISSUES = [
    Issue("query", "restated_figure", "p.xlsx", 6, "Changed.", "Figures", "D6"),
    Issue("query", "far_from_history", "p.xlsx", 9, "Far.", "Figures", "D9"),
    Issue("error", "query_without_reason", "p.xlsx", 9, "No reason.", "Figures", "D9"),
    Issue("error", "not_utf8", "p.csv", 3, "Not UTF-8."),
    Issue("error", "malformed_workbook", "q.xlsx", None, "Damaged."),
]


def test_a_row_for_each_agency_in_words(framework: Framework) -> None:
    late = came("police", date(2026, 11, 11), in_force=False)
    revised = came("police", date(2026, 11, 20), revision=2, given=3, not_available=1, queries_open=2)
    table = tables.returns_table(returns_view(small_board(framework), record(late, revised), Q2, date(2026, 11, 23)))
    assert table.to_numpy().tolist() == [
        ["Harrow Council housing", "overdue", "–", "24 days", "–", "0 of 4", "–", "4", "–"],
        [
            "Metropolitan Police Service",
            "in, late",
            "11 November 2026",
            "12 days",
            "20 November 2026 (revision 2)",
            "3 of 5",
            "1",
            "1",
            "2",
        ],
    ]


def test_errors_come_first_and_an_unanswered_query_is_one_row() -> None:
    table = tables.issues_table(ISSUES)
    assert table[["Where", "Kind", "Check"]].to_numpy().tolist() == [
        ["line 3", "error", "not_utf8"],
        ["the file as a whole", "error", "malformed_workbook"],
        ["sheet Figures, cell D9", "query without a reason", "far_from_history"],
        ["sheet Figures, cell D6", "query", "restated_figure"],
    ]


def test_faults_as_csv_have_sheet_cell_and_line_in_columns() -> None:
    rows = list(csv.DictReader(io.StringIO(exports.issues_csv(ISSUES).decode())))
    assert [(row["File"], row["Sheet"], row["Cell"], row["Line"]) for row in rows][2] == ("p.xlsx", "Figures", "D9", "9")
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("illustrative", "told", "taken"),
    [(True, "", True), (False, "", False), (None, "", False), (False, "yes", True), (None, "yes", True)],
)
def test_real_returns_are_taken_only_where_the_server_was_told_to(
    monkeypatch: pytest.MonkeyPatch, illustrative: bool | None, told: str, taken: bool
) -> None:
    monkeypatch.setenv("HSCB_QA_UPLOADS", told)
    assert takes_returns(illustrative) is taken
