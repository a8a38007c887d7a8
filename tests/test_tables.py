"""The table beside a chart: the same figures, every cell filled, every shorthand explained."""

from dataclasses import replace

import pandas as pd
import pytest
from invented import comparison, point, view

from hscb_qa import formats
from hscb_qa.tables import methods_tables, series_table, shorthand_note, table_html
from hscb_qa.views import OpenEdition, Selection, indicator_view, methods_view

NOW = point("2016", 15.563, numerator=355.0, denominator=2281.0, lower=14.13, upper=17.11)


def test_a_table_is_newest_first_with_counts_interval_and_comparators() -> None:
    table = series_table(view(point("2015", 20.0), NOW, comparisons=(comparison("england", {"2015": 21.04, "2016": 22.6}),)))
    assert table.to_dict("list") == {
        "Period": ["2015-16", "2014-15"],
        "Harrow": ["15.6", "20.0"],
        "Numerator": ["355", "[x]"],
        "Denominator": ["2,281", "[x]"],
        "95% interval": ["14.1 to 17.1", "[x]"],
        "England": ["22.6", "21.0"],
    }


def test_a_hidden_figure_shows_its_status_in_every_column() -> None:
    table = series_table(view(NOW, point("2017", "c"), comparisons=(comparison("england", {"2016": 22.6, "2017": "x"}),)))
    assert table.iloc[0].tolist() == ["2016-17", "[c]", "[c]", "[c]", "[c]", "[x]"]


def test_a_comparator_without_the_period_is_not_available() -> None:
    table = series_table(view(point("2015", 1), point("2016", 2), comparisons=(comparison("england", {"2015": 3}),)))
    assert table["England"].tolist() == ["[x]", "3.0"]


def test_a_comparator_of_another_year_is_named_with_it() -> None:
    england = replace(comparison("england", {"2015": 3}), stands_for={"2016": "2015"})
    table = series_table(view(point("2015", 1), point("2016", 2), comparisons=(england,)))
    assert table["England"].tolist() == ["3.0 (2014-15)", "3.0"]


def test_a_revised_figure_is_marked_and_explained() -> None:
    table = series_table(view(point("2015", 20.0), point("2016", 15.6, revised=True)))
    assert table["Harrow"].tolist() == ["15.6 [r]", "20.0"]
    assert shorthand_note(table) == "[r] revised since it was first loaded"


def test_columns_without_any_figure_are_left_out() -> None:
    assert list(series_table(view(point("2016", 15.6)))) == ["Period", "Harrow"]
    assert len(series_table(view())) == 0


def test_only_the_shorthand_that_is_used_is_explained() -> None:
    assert shorthand_note(pd.DataFrame({"a": ["1.0", "[c]"], "b": ["[z]", "2"]})) == "; ".join(
        f"[{status}] {formats.STATUS_WORDS[status]}" for status in ("c", "z")
    )
    assert shorthand_note(pd.DataFrame({"a": ["1.0"]})) == ""


def test_html_escapes_what_is_written_in_it() -> None:
    html = table_html(pd.DataFrame({"Period": ["<b>2016</b>"], "A & B": ["<script>"]}), "Fish & <chips>")
    assert "<caption>Fish &amp; &lt;chips&gt;</caption>" in html
    assert "<script>" not in html and "&lt;script&gt;" in html and "&lt;b&gt;2016" in html and "A &amp; B" in html


def test_html_has_one_heading_for_each_column_and_row() -> None:
    html = table_html(series_table(view(point("2015", 20.0), NOW)), "The share")
    assert "<th scope='col'>Period</th>" in html
    assert html.count("<tr") == 3
    assert html.count("<th") - html.count("<thead") == 5 + 2


@pytest.mark.parametrize("edition", ["real_edition", "illustrative_edition"])
def test_a_table_says_exactly_what_its_view_says(edition: str, request: pytest.FixtureRequest) -> None:
    opened: OpenEdition = request.getfixturevalue(edition)
    for one in opened.framework.indicators.values():
        shown = indicator_view(opened, one.id, Selection(("neighbours", "london", "outer_london", "england")))
        table = series_table(shown)
        assert len(table) == len(shown.points)
        assert not (table.isna() | (table == "")).to_numpy().any(), one.id
        for row, beside in zip(table.iloc[::-1].to_dict("records"), shown.points, strict=True):
            assert row[shown.place].split(" ")[0] == formats.number(beside.value, beside.status, one.decimals)
        for comparison_ in shown.comparisons:
            cells = [formats.number(point.value, point.status, one.decimals) for point in comparison_.points]
            assert [cell for cell in table[comparison_.name] if cell not in ("[x]",)] == [cell for cell in cells[::-1] if cell != "[x]"]


def test_the_tables_of_the_methods_page(real_edition: OpenEdition) -> None:
    tables = methods_tables(methods_view(real_edition))
    care = "Shown with more care than the rule asks"
    assert list(tables) == [care, "Known faults of sources", "Queries: two files that disagree", "Files loaded"]
    assert set(tables[care]["What is done"]) == {"Shown by the year alone"}
    assert len(tables["Files loaded"]) == 13
    assert "England" in tables["Known faults of sources"]["Places"].tolist()
    for table in tables.values():
        assert not (table.isna() | (table == "")).to_numpy().any()
