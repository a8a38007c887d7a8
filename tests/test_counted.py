"""Evidence that counts: where an agency's return gives no figure, what was counted is the figure, through the gate like any other."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from entered import CHAIR, enter, entry
from invented import Given, collected, give_return, item, only, returned_values, rows_of

from hscb_qa.definitions import Framework
from hscb_qa.learning import Entry
from hscb_qa.ledger import withdraw_entry
from hscb_qa.publish import Edition, publish_edition
from hscb_qa.sentences import source_in_words
from hscb_qa.views import OpenEdition, Selection, indicator_view

Q1, Q2 = "2025-26 Q1", "2025-26 Q2"


def counting(numerator: int = 30, denominator: int = 120, **changes: Any) -> Entry:
    """Evidence of July 2025, so of Q2, with counts by the police."""
    counts = {"indicator": "kept", "agency": "police", "numerator": numerator, "denominator": denominator}
    return entry("evidence", **{"counts": counts, **changes})


def published(store: Path, framework: Framework, **returned: Any) -> Edition:
    return publish_edition(store, only(framework, collected(returned=returned)))


def given(store: Path, police: Given | None = "x", housing: Given = (60, 300)) -> None:
    if police is not None:
        give_return(store, "police", Q2, item("kept", Q2, police))
    give_return(store, "housing", Q2, item("kept", Q2, housing))


@pytest.mark.parametrize("police", ["x", None])
def test_what_was_counted_is_the_figure_where_the_return_gives_none(tmp_path: Path, framework: Framework, police: Given | None) -> None:
    given(tmp_path, police)
    enter(tmp_path, counting())
    edition = published(tmp_path, framework)
    assert returned_values(edition, agency="police") == {Q2: 25.0}
    # 30 of 120 and 60 of 300 are 90 of 420.
    assert returned_values(edition)[Q2] == pytest.approx(100 * 90 / 420)
    assert rows_of(edition.shareable, "SELECT without, provisional FROM points WHERE agency = '' AND basis = 'quarter'") == [(None, False)]
    assert returned_values(edition, agency="police", file="shareable") == {Q2: 25.0}


@pytest.mark.parametrize(("police", "value"), [((10, 100), 10.0), ("z", "z")])
def test_a_figure_or_reason_of_the_return_stands(tmp_path: Path, framework: Framework, police: Given, value: float | str) -> None:
    given(tmp_path, police)
    enter(tmp_path, counting())
    edition = published(tmp_path, framework)
    assert returned_values(edition, agency="police") == {Q2: value}
    assert rows_of(edition.restricted, "SELECT * FROM counted") == []


def test_a_later_return_takes_its_place(tmp_path: Path, framework: Framework) -> None:
    given(tmp_path)
    enter(tmp_path, counting())
    assert returned_values(published(tmp_path, framework), agency="police") == {Q2: 25.0}
    give_return(tmp_path, "police", Q2, item("kept", Q2, (10, 100)))
    assert returned_values(published(tmp_path, framework), agency="police") == {Q2: 10.0}


def test_it_counts_for_the_quarter_in_which_it_is_dated_and_no_other(tmp_path: Path, framework: Framework) -> None:
    give_return(tmp_path, "police", Q1, item("kept", Q1, (10, 100)))
    give_return(tmp_path, "housing", Q2, item("kept", Q2, (60, 300)))
    enter(tmp_path, counting(on="2025-07-01"))
    assert returned_values(published(tmp_path, framework), agency="police") == {Q1: 10.0, Q2: 25.0}
    enter(tmp_path, counting(on="2025-06-30"))
    assert returned_values(published(tmp_path, framework), agency="police") == {Q1: 10.0}


def test_of_a_half_year_it_counts_for_the_half_in_which_it_is_dated(tmp_path: Path, framework: Framework) -> None:
    give_return(tmp_path, "housing", Q2, item("kept", "2025-26 H1", (60, 300)))
    enter(tmp_path, counting())
    edition = published(tmp_path, framework, every="half_year")
    assert returned_values(edition, agency="police", basis="half_year") == {"2025-26 H1": 25.0}


def test_the_newest_revision_counts_and_a_withdrawn_one_does_not(tmp_path: Path, framework: Framework) -> None:
    given(tmp_path)
    enter(tmp_path, counting())
    enter(tmp_path, counting(48))
    assert returned_values(published(tmp_path, framework), agency="police") == {Q2: 40.0}
    enter(tmp_path, counting(counts=None))
    assert returned_values(published(tmp_path, framework), agency="police") == {Q2: "x"}
    enter(tmp_path, counting(48))
    withdraw_entry(tmp_path, "evidence", "report_on_neglect", CHAIR, "It was wrong.", 5)
    assert returned_values(published(tmp_path, framework), agency="police") == {Q2: "x"}


def test_of_two_statements_the_one_dated_last_counts(tmp_path: Path, framework: Framework) -> None:
    given(tmp_path)
    enter(tmp_path, counting(60, id="later", on="2025-08-01"), counting())
    edition = published(tmp_path, framework)
    assert returned_values(edition, agency="police") == {Q2: 50.0}
    kept = rows_of(edition.shareable, "SELECT agency, period, counted_on, given_none FROM counted")
    assert kept == [("police", Q2, date(2025, 8, 1), True)]


def test_who_does_not_owe_the_figure_gives_none(tmp_path: Path, framework: Framework) -> None:
    given(tmp_path)
    counts = {"indicator": "kept", "agency": "probation", "numerator": 30, "denominator": 120}
    enter(tmp_path, counting(counts=counts, agencies=["probation"]))
    edition = published(tmp_path, framework)
    assert returned_values(edition, agency="probation") == {} and returned_values(edition) == {Q2: 20.0}


@pytest.mark.parametrize(("numerator", "denominator"), [(3, 120), (117, 120), (4, 8)])
def test_the_gate_hides_a_small_one(tmp_path: Path, framework: Framework, numerator: int, denominator: int) -> None:
    given(tmp_path)
    enter(tmp_path, counting(numerator, denominator, statement="Much was said."))
    edition = published(tmp_path, framework)
    assert returned_values(edition, agency="police", file="shareable") == {Q2: "c"}
    assert returned_values(edition, agency="police") == {Q2: pytest.approx(100 * numerator / denominator)}
    # The board's own and housing's would tell it together, so not both are shown.
    shown = [returned_values(edition, agency=agency, file="shareable")[Q2] for agency in ("", "housing")]
    assert "c" in shown


def test_a_figure_that_was_counted_and_is_counted_otherwise_later_is_no_way_around_the_gate(tmp_path: Path, framework: Framework) -> None:
    """The police's figure is hidden in the second edition; the first edition's total may not tell it by its difference."""
    given(tmp_path, police=None)
    published(tmp_path, framework)
    enter(tmp_path, counting(3))
    edition = published(tmp_path, framework)
    shown = [returned_values(edition, agency=agency, file="shareable")[Q2] for agency in ("", "police")]
    assert shown == ["c", "c"]


def test_the_view_says_that_the_figure_was_counted(tmp_path: Path, framework: Framework) -> None:
    given(tmp_path)
    enter(tmp_path, counting())
    edition = OpenEdition.shareable(published(tmp_path, framework))
    together = indicator_view(edition, "kept", Selection(basis="quarter"))
    assert together.source and together.source.agencies == ("Housing", "Police") and together.source.counted == ("Police",)
    assert source_in_words(together) == (
        "Source: returns of Housing, latest received 21 October 2026; counted in the Board's evidence for Police."
    )
    alone = indicator_view(edition, "kept", Selection(basis="quarter", agency="police"))
    assert source_in_words(alone) == "Source: counted in the Board's evidence for Police, 14 July 2025."
