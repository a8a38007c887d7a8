"""The workbook of a chart says what its rows say, number for number and status for status, and what they are."""

import io

import pandas as pd
import pytest
from invented import point, view

from hscb_qa import exports, formats
from hscb_qa.views import OpenEdition, authorities_view, indicator_view
from hscb_qa.workbooks import about_views, figures_workbook


def read(content: bytes, sheet: str) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(content), sheet_name=sheet, engine="calamine", header=0 if sheet == "Figures" else None)


def test_a_hidden_figure_is_an_empty_cell_with_its_status_beside_it() -> None:
    shown = view(point("2015", 20.0), point("2016", "c"))
    content = figures_workbook(exports.series_rows(shown), about_views([shown]))
    figures = read(content, "Figures")
    assert figures["value"].to_list()[0] == 20.0 and pd.isna(figures["value"].to_list()[1])
    assert figures["status"].to_list()[1] == "[c]"
    about = read(content, "About")
    assert about[about[0] == "[c]"][1].to_list() == [formats.STATUS_WORDS["c"]]


def test_the_sheet_of_words_says_what_the_figures_are() -> None:
    shown = view(point("2015", 20.0))
    about = dict(read(figures_workbook(exports.series_rows(shown), about_views([shown], ["How to read it."])), "About").to_numpy().tolist())
    one = shown.indicator
    assert (about["What it is"], about["Numerator"], about["Denominator"]) == (one.definition, one.numerator, one.denominator)
    assert about["This chart"] == "How to read it." and about["How to read it"] == "Lower is better."
    assert shown.edition in about["Edition"] and "[c]" not in about


def test_text_that_looks_like_a_formula_stays_text() -> None:
    rows = pd.DataFrame({"name": ["=1+1", "@x"], "value": [1, 2.5]}, dtype=object)
    figures = read(figures_workbook(rows, []), "Figures")
    assert figures["name"].to_list() == ["=1+1", "@x"] and figures["value"].to_list() == [1, 2.5]


def test_the_same_content_gives_the_same_bytes() -> None:
    rows = exports.series_rows(view(point("2015", 20.0)))
    assert figures_workbook(rows, [("a", "b")]) == figures_workbook(rows, [("a", "b")])


@pytest.mark.parametrize("name", ["child_protection_plans_rate", "quorate_conferences"])
def test_workbook_and_csv_say_the_same(illustrative_edition: OpenEdition, name: str) -> None:
    shown = indicator_view(illustrative_edition, name)
    workbook = read(figures_workbook(exports.series_rows(shown), []), "Figures")
    text = pd.read_csv(io.BytesIO(exports.series_csv(shown)))
    pd.testing.assert_frame_equal(workbook, text, check_dtype=False)


def test_authorities_come_in_order_with_those_not_shown_at_the_end(real_edition: OpenEdition) -> None:
    shown = authorities_view(real_edition, "child_protection_plans_rate")
    assert shown is not None
    rows = exports.authorities_rows(shown)
    values = rows["value"].dropna().to_list()
    assert values == sorted(values, reverse=True) and len(values) == len(shown.shown)
    assert rows[rows["value"].isna()]["status"].to_list() == [f"[{one.status}]" for one in shown.not_shown]
    assert rows[rows["to_us"] == "own"]["place"].to_list() == ["Harrow"]
