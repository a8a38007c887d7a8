"""Returns taken in: each file by itself, whole or not at all, and nothing of a refused one kept anywhere."""

from datetime import date
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from invented import cells, rows_of, submit
from prepared import REASON, prepare
from return_files import ON, QUARTER, board, changed, table

from hscb_qa.definitions import Framework
from hscb_qa.intake import ReturnOutcome, SubmitTerms, returns, submit_returns
from hscb_qa.ledger import ledger_path, open_queries, return_content, returns_received, revisions, withdraw
from hscb_qa.obligations import items_owed, read_quarter
from hscb_qa.readers.return_form import FIGURE_HEADERS, FORM, ILLUSTRATIVE_FORM

Upload = tuple[str, bytes]


def upload(rows: pd.DataFrame, name: str = "police.csv") -> Upload:
    """A table of figures as an uploaded CSV."""
    return name, rows.rename(columns=FIGURE_HEADERS).to_csv(index=False).encode()


def take(store: Path, *files: Path | Upload, reason: str | None = None, dry_run: bool = False) -> list[ReturnOutcome]:
    return submit_returns(store, board(), files, SubmitTerms("an analyst", ON, reason), dry_run=dry_run)


SOUND = upload(table())
BETTER = upload(changed(table(), "plans_rate", numerator="311"))
BROKEN = upload(changed(table(), "plans_rate", numerator="-3"), "broken.csv")


def asking(note: str = "") -> Upload:
    """A sound return but for one query: an earlier figure is restated."""
    rows = table()
    earlier = rows[rows["indicator"] == "plans_rate"].assign(period="2026-27 Q1", numerator="290", note=note)
    return upload(pd.concat([rows, earlier], ignore_index=True), "asking.csv")


def checks_of(outcome: ReturnOutcome, severity: str) -> list[str]:
    return [issue.check for issue in outcome.issues if issue.severity == severity]


# ---- accepted ----


def test_a_sound_return_is_accepted_with_its_receipt(tmp_path: Path) -> None:
    [outcome] = take(tmp_path, SOUND)
    assert (outcome.state, outcome.file, outcome.agency, outcome.period) == ("accepted", "police.csv", "police", QUARTER)
    assert (outcome.given, outcome.not_available, outcome.not_applicable, outcome.queries) == (19, 0, 0, 0)
    assert outcome.receipt and (outcome.receipt.submission, outcome.receipt.revision, outcome.receipt.supersedes) == (1, 1, None)
    [one] = revisions(tmp_path)
    assert (one.submitted_by, one.received_on, one.given) == ("an analyst", ON, 19)
    assert return_content(tmp_path, 1) == SOUND[1]


def test_every_row_voice_and_answer_of_a_workbook_is_kept(tmp_path: Path, framework: Framework) -> None:
    path = prepare(framework, tmp_path / "probation.xlsx", "probation", read_quarter("2025-26 Q3"), Random(1))
    [outcome] = submit_returns(tmp_path / "store", framework, [path], SubmitTerms("an analyst", ON, REASON))
    assert outcome.state == "accepted"
    ledger = ledger_path(tmp_path / "store")
    rows = len(items_owed(framework, "probation", read_quarter("2025-26 Q3")))
    assert rows_of(ledger, "SELECT COUNT(*) FROM observations") == [(rows,)]
    assert rows_of(ledger, "SELECT who, spoken_on, changed FROM voices") == [("children", date(2022, 5, 3), "A letter after each talk.")]
    assert rows_of(ledger, "SELECT answer FROM narratives") == [("Nothing new.",)]
    assert return_content(tmp_path / "store", 1) == path.read_bytes()


def test_the_day_of_receipt_is_today_where_none_is_told() -> None:
    assert SubmitTerms("an analyst").day == date.today()


def test_a_later_return_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    take(tmp_path, SOUND)
    [outcome] = take(tmp_path, BETTER)
    assert outcome.receipt and (outcome.receipt.revision, outcome.receipt.supersedes) == (2, 1)


def test_the_same_file_twice_is_recognised(tmp_path: Path) -> None:
    first, again = take(tmp_path, SOUND, SOUND)
    assert (first.state, again.state) == ("accepted", "already held")
    assert again.receipt and again.receipt.submission == 1 and len(returns_received(tmp_path)) == 1


def test_the_same_file_after_it_was_withdrawn_is_a_new_revision(tmp_path: Path) -> None:
    take(tmp_path, SOUND)
    withdraw(tmp_path, 1, "the board", "Too early.")
    [outcome] = take(tmp_path, SOUND)
    assert outcome.receipt and (outcome.state, outcome.receipt.revision, outcome.receipt.supersedes) == ("accepted", 2, None)


def test_a_dry_run_takes_nothing_in(tmp_path: Path) -> None:
    [outcome] = take(tmp_path / "store", SOUND, dry_run=True)
    assert (outcome.state, outcome.receipt, outcome.given) == ("accepted", None, 19)
    assert not (tmp_path / "store").exists()


# ---- refused ----


def test_each_file_stands_by_itself(tmp_path: Path) -> None:
    outcomes = take(tmp_path, SOUND, BROKEN, tmp_path / "absent.csv", BETTER)
    assert [one.state for one in outcomes] == ["accepted", "refused", "refused", "accepted"]
    assert [one.file for one in outcomes] == ["police.csv", "broken.csv", "absent.csv", "police.csv"]
    assert len(returns_received(tmp_path)) == 2


def test_of_a_refused_return_nothing_is_kept_anywhere(tmp_path: Path) -> None:
    secret = "Ring 07700 900123 about the boy at HA1 2XY"
    guilty = upload(changed(table(), "plans_rate", note=secret))
    [outcome] = take(tmp_path / "store", guilty)
    assert outcome.state == "refused" and "personal_data" in checks_of(outcome, "error")
    assert all("07700" not in str(issue) for issue in outcome.issues)
    assert list(tmp_path.rglob("*")) == []


def test_a_file_that_is_no_return_is_refused(tmp_path: Path) -> None:
    [outcome] = take(tmp_path, ("police.xlsx", b"PK\x03\x04 and then nothing"))
    assert outcome.state == "refused" and outcome.issues
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("dry_run", [False, True])
def test_invented_figures_do_not_come_into_a_store_of_real_ones(tmp_path: Path, dry_run: bool) -> None:
    submit(tmp_path, cells("some", {"2016": 5}))
    [outcome] = take(tmp_path, upload(table().assign(form=ILLUSTRATIVE_FORM)), dry_run=dry_run)
    assert (outcome.state, checks_of(outcome, "error")) == ("refused", ["mixed_store"])
    assert "form is for illustrative figures" in outcome.issues[0].message
    assert take(tmp_path, upload(table().assign(form=FORM)))[0].state == "accepted"


def test_a_store_that_is_no_ledger_is_told_as_a_refusal(tmp_path: Path) -> None:
    ledger_path(tmp_path).write_bytes(b"These are not the rows you are looking for. " * 200)
    [outcome] = take(tmp_path, SOUND)
    assert (outcome.state, checks_of(outcome, "error")) == ("refused", ["not_recorded"])


# ---- queries ----


def test_a_query_without_a_reason_is_refused_and_said_so(tmp_path: Path) -> None:
    take(tmp_path, SOUND)
    [outcome] = take(tmp_path, asking())
    asked = checks_of(outcome, "query")
    assert outcome.state == "refused" and asked
    assert checks_of(outcome, "error") == ["query_without_reason"] * len(asked)
    assert "Note of its row" in outcome.issues[0].message


def test_the_note_of_its_row_is_a_query_s_reason(tmp_path: Path) -> None:
    take(tmp_path, SOUND)
    [outcome] = take(tmp_path, asking(note="Found in an old file."))
    assert outcome.state == "accepted" and outcome.queries == len(checks_of(outcome, "query")) > 0
    kept = revisions(tmp_path)[1].queries
    assert [query.number for query in kept] == list(range(1, outcome.queries + 1))
    assert {(query.indicator, query.period, query.reason) for query in kept} == {("plans_rate", "2026-27 Q1", "Found in an old file.")}


def test_a_reason_given_with_the_call_answers_what_has_no_note(tmp_path: Path) -> None:
    take(tmp_path, SOUND)
    [outcome] = take(tmp_path, asking(), reason="We counted again.")
    assert outcome.state == "accepted"
    assert set(open_queries(tmp_path)["reason"]) == {"We counted again."}


def test_a_reason_with_personal_data_is_refused_and_not_kept(tmp_path: Path) -> None:
    [outcome] = take(tmp_path, SOUND, reason="Ask jo@example.org")
    assert outcome.state == "refused" and "e-mail" in outcome.issues[0].message and "jo@" not in outcome.issues[0].message
    assert list(tmp_path.iterdir()) == []


def test_errors_stand_before_queries_and_both_in_the_order_of_the_form(tmp_path: Path) -> None:
    take(tmp_path, SOUND)
    [outcome] = take(tmp_path, asking())
    order = [(issue.severity != "error", issue.sheet, issue.line or 0) for issue in outcome.issues]
    assert order == sorted(order)


def test_another_return_that_came_in_between_is_checked_against(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = returns.record_return
    calls: list[object] = []

    def slow(*given: object) -> object:
        calls.append(given)
        if len(calls) == 1:
            monkeypatch.setattr(returns, "record_return", recorded)
            take(tmp_path, BETTER)
            monkeypatch.setattr(returns, "record_return", slow)
        return recorded(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(returns, "record_return", slow)
    [outcome] = take(tmp_path, SOUND)
    assert len(calls) == 2, "the record had changed since it was looked at"
    assert outcome.receipt and (outcome.receipt.revision, outcome.receipt.supersedes) == (2, 1)
