"""The explorer's charts: what is drawn is what the views hold, nothing hidden is drawn, and every colour has a dark one."""

import csv
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from conftest import ROOT
from invented import indicator, point, view

from hscb_qa import figures, sentences, tables
from hscb_qa.definitions import Breakdown
from hscb_qa.screen import cards
from hscb_qa.views import (
    AuthoritiesView,
    Authority,
    CompositionView,
    IndicatorView,
    Line,
    OpenEdition,
    Part,
    Selection,
    SeriesName,
    TogetherView,
    authorities_view,
    breakdowns_of,
    composition_view,
    indicator_view,
    read_series,
    series_beside,
    together_view,
)

SEX = Breakdown.model_validate({"id": "sex", "name": "Sex", "values": [{"id": "female", "name": "female"}, {"id": "male", "name": "male"}]})


def together(*views: IndicatorView) -> TogetherView:
    return TogetherView(tuple(Line(f"line {number}", one) for number, one in enumerate(views)))


def traces(figure: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in figure["data"] if one.get("mode", one["type"]) == kind]


def is_sound(figure: dict[str, Any]) -> None:
    """Plotly knows every key, and every colour has a dark one."""
    go.Figure(figure)
    figures.in_theme(figure, "dark")


# ---- together ----


def test_a_hidden_point_breaks_its_line_and_has_its_status_in_a_row_of_its_own() -> None:
    shown = together(
        view(point("2014", 20.0), point("2015", "c"), point("2016", 15.0)), view(point("2014", 2.0), point("2015", "x"), point("2016", 5.0))
    )
    figure = figures.overlay_figure(shown)
    lines = {one["name"]: one["y"] for one in traces(figure, "lines+markers")}
    assert lines == {"line 0": [20.0, None, 15.0], "line 1": [2.0, None, 5.0]}
    rows = [(one["text"], one["y"][0]) for one in traces(figure, "text")]
    assert [text for text, _ in rows] == [["[c]"], ["[x]"]] and rows[0][1] != rows[1][1]
    is_sound(figure)


def test_lines_differ_in_dash_and_mark_as_well_as_colour() -> None:
    figure = figures.overlay_figure(together(*[view(point("2015", 1.0 + number), point("2016", 2.0)) for number in range(4)]))
    lines = traces(figure, "lines+markers")
    for looks in ("color", "dash"):
        assert len({one["line"][looks] for one in lines}) == 4
    assert len({one["marker"]["symbol"] for one in lines}) == 4


def test_each_line_is_named_at_its_end_with_its_last_figure() -> None:
    figure = figures.overlay_figure(together(view(point("2015", 1.0), point("2016", 2.0)), view(point("2015", 3.0), point("2016", "c"))))
    assert [one["text"] for one in figure["layout"]["annotations"]] == ["<b>line 0 2.0</b>", "line 1 [c]"]


def test_small_charts_share_time_and_where_units_agree_value() -> None:
    early, late = view(point("2010", 1.0), point("2011", 2.0)), view(point("2015", 30.0), point("2016", 40.0))
    drawn = [one["layout"] for one in figures.small_multiples(together(early, late))]
    assert drawn[0]["xaxis"]["range"] == drawn[1]["xaxis"]["range"]
    assert drawn[0]["yaxis"]["range"] == drawn[1]["yaxis"]["range"]
    counted = view(point("2015", 30.0), point("2016", 40.0), unit="count", denominator=None)
    drawn = [one["layout"] for one in figures.small_multiples(together(early, counted))]
    assert drawn[0]["xaxis"]["range"] == drawn[1]["xaxis"]["range"] and drawn[0]["yaxis"]["range"] != drawn[1]["yaxis"]["range"]


def test_other_units_are_told_and_their_heights_not_compared() -> None:
    counted = view(point("2015", 30.0), unit="count", denominator=None)
    told = " ".join(sentences.together_in_words(together(view(point("2015", 1.0)), counted)))
    assert "units differ: percentage and number" in told and "cannot be compared" in told


def test_the_table_has_a_row_for_each_day_and_a_status_where_there_is_no_figure() -> None:
    table = tables.together_table(together(view(point("2014", 20.0), point("2015", "c")), view(point("2015", 3.0), point("2016", 4.0))))
    assert table.to_dict("list") == {
        "Period": ["2015-16", "2014-15", "2013-14"],
        "line 0": ["[x]", "[c]", "20.0"],
        "line 1": ["4.0", "3.0", "[x]"],
    }


# ---- one against the other ----


def test_points_follow_time_and_the_first_and_the_last_are_named() -> None:
    across = view(*(point(str(year), float(year - 2000)) for year in range(2004, 2016)))
    up = view(*(point(str(year), 100.0 - year % 7) for year in range(2004, 2016)))
    figure = figures.scatter_figure(together(across, up))
    path, marks = figure["data"]
    assert path["x"] == marks["x"] == [float(year - 2000) for year in range(2004, 2016)]
    assert (marks["marker"]["symbol"][0], set(marks["marker"]["symbol"][1:])) == ("circle-open", {"circle"})
    texts = [one["text"] for one in figure["layout"]["annotations"]][1:]
    assert texts[0] == "<b>2003-04</b>" and texts[-1] == "<b>2014-15</b>" and len(texts) <= 6
    assert texts == sorted(texts, key=lambda text: text.strip("<b/>"))
    is_sound(figure)


def test_no_hidden_figure_is_a_point_and_no_cause_is_told() -> None:
    across = view(point("2014", 1.0), point("2015", "c"), point("2016", 3.0))
    up = view(point("2014", 5.0), point("2015", 6.0), point("2016", 7.0))
    shown = together(across, up)
    assert figures.scatter_figure(shown)["data"][1]["y"] == [5.0, 7.0]
    told = " ".join(sentences.scatter_in_words(shown))
    assert "do not show that one causes the other" in told and "too few" in told and "correlat" not in told


def test_nothing_in_common_is_told() -> None:
    told = sentences.scatter_in_words(together(view(point("2014", 1.0)), view(point("2016", 7.0))))
    assert told == ["These cannot be set against each other: there is no period of which both figures are shown."]


def test_by_hand_how_often_both_moved_the_same_way() -> None:
    across = view(*(point(str(2010 + year), cell) for year, cell in enumerate([1.0, 2.0, "c", 3.0, 2.0, 2.01])))
    up = view(*(point(str(2010 + year), cell) for year, cell in enumerate([5.0, 6.0, 1.0, 4.0, 3.0, 9.0])))
    told = sentences.scatter_in_words(together(across, up))
    words = (
        "In 2 of 4 steps from one year shown to the next both moved the same way, in 1 opposite ways, and in 1 one of them did not move."
    )
    assert words in told
    assert "No clear relation: chance alone would explain how often both moved the same way." in told  # 2 against 1
    assert "moved" not in " ".join(sentences.scatter_in_words(together(view(point("2014", 1.0)), view(point("2014", 7.0))))[:3])


def test_a_relation_is_told_where_chance_would_not_explain_it() -> None:
    """Eight steps up and down together: 2 to the power of 7 to one against chance. Of overlapping figures nothing is said."""
    cells = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0]
    across, up = (view(*(point(str(2010 + year), factor * cell) for year, cell in enumerate(cells))) for factor in (1, 3))
    assert "They move the same way more often than chance would explain." in sentences.scatter_in_words(together(across, up))
    rolling = [replace(one, basis="rolling12") for one in (across, up)]
    assert "cannot be tested" in " ".join(sentences.scatter_in_words(together(*rolling)))


def test_labels_lie_on_no_point_and_not_on_each_other() -> None:
    """The last figures come back to the first ones: there both labels would stand in one place."""
    across = [10.0, 12.0, 15.0, 14.0, 11.0, 10.1]
    up = [10.0, 11.0, 15.0, 16.0, 12.0, 10.2]
    shown = together(*(view(*(point(str(2010 + year), cell) for year, cell in enumerate(cells))) for cells in (across, up)))
    labels = figures.scatter_figure(shown)["layout"]["annotations"][1:]
    first, last = labels[0], labels[-1]
    assert (first["text"], last["text"]) == ("<b>2009-10</b>", "<b>2014-15</b>")
    assert (first["xanchor"], first["yanchor"]) != (last["xanchor"], last["yanchor"])


def test_side_by_side_has_the_key_to_its_marks(illustrative_edition: OpenEdition) -> None:
    name = "second_or_subsequent_child_protection_plans"
    own = indicator_view(illustrative_edition, name)
    beside = read_series(illustrative_edition, ["child_protection_plans_rate"], own)[0]
    how = sentences.how_side_by_side(together_view(illustrative_edition, own, beside, Selection()))
    assert "Band: usual range." in how and "diamonds: concern" in how and "triangles" in how and how.count("Band") == 1


# ---- parts ----


def parts(**cells: list[float | str]) -> CompositionView:
    """Parts by name, each with the cells of 2014, 2015 and so on."""
    counted = {"unit": "count", "denominator": None, "decimals": 0}
    views = {name: view(*(point(str(2014 + year), cell) for year, cell in enumerate(given)), **counted) for name, given in cells.items()}
    first = next(iter(views.values()))
    return CompositionView(SEX, tuple(Part(name, one) for name, one in views.items()), first.points)


def test_a_hidden_part_is_not_drawn_and_its_column_is_marked() -> None:
    shown = parts(female=[10.0, 12.0], male=["c", 9.0], other=[4.0, 3.0])
    figure = figures.composition_figure(shown)
    assert [one["y"] for one in figure["data"]] == [[10.0, 12.0], [None, 9.0], [4.0, 3.0]]
    marks = [one for one in figure["layout"]["annotations"] if one["text"] == "[c]"]
    assert [(one["x"], one["y"]) for one in marks] == [("2014-03-31", 14.0)]
    is_sound(figure)


def test_a_column_that_is_not_the_whole_is_told_and_never_summed() -> None:
    shown = parts(female=[10.0, 12.0], male=["c", 9.0])
    told = " ".join(sentences.composition_in_words(shown))
    assert "Not the whole in 2013-14" in told and "2014-15: a part" not in told
    assert list(tables.composition_table(shown).columns) == ["Period", "female", "male"]
    assert tables.composition_table(shown)["male"].to_list() == ["9", "[c]"]


def test_the_range_holds_every_column() -> None:
    figure = figures.composition_figure(parts(female=[10.0, 30.0], male=[5.0, 20.0]))
    assert figure["layout"]["yaxis"]["range"][0] == 0 and figure["layout"]["yaxis"]["range"][1] > 50


def test_a_part_that_is_hidden_whole_stays_among_the_parts(illustrative_edition: OpenEdition) -> None:
    """Else its column would look like the whole: of every basis, every part that has rows."""
    hidden_whole = 0
    series = {(key[0], key[2], basis) for key, bases in illustrative_edition.bases.items() if key[3] for basis in bases}
    for name, agency, basis in series:
        for breakdown in breakdowns_of(illustrative_edition, illustrative_edition.framework.indicator(name)):
            shown = composition_view(illustrative_edition, name, breakdown, Selection(basis=basis, agency=agency or None))
            assert {part.view.basis for part in shown.parts} == {shown.parts[0].view.basis}
            rows = illustrative_edition.rows(
                "SELECT DISTINCT breakdown FROM points WHERE indicator = ? AND agency = ? AND basis = ? AND starts_with(breakdown, ?)",
                [name, agency, shown.parts[0].view.basis, f"{breakdown.id}="],
            )
            assert {part.view.breakdown for part in shown.parts} == {row["breakdown"] for row in rows}
            hidden_whole += sum(not part.view.latest_shown for part in shown.parts)
    assert hidden_whole > 0


# ---- authorities ----


def authorities(*given: tuple[str, str, float | None, str], **changes: Any) -> AuthoritiesView:
    found = tuple(Authority(code, code, kind, value, status) for code, kind, value, status in given)  # type: ignore[arg-type]
    return AuthoritiesView(indicator(**changes), "2016", "2015-16", found, (("England", 12.0),), "an edition", False)


FEW = authorities(
    ("E09000003", "neighbour", 20.0, ""),
    ("E09000015", "own", 15.0, ""),
    ("E09000009", "other", 5.0, ""),
    ("E09000005", "neighbour", None, "c"),
)


def test_bars_stand_in_order_and_our_own_and_neighbours_differ_by_more_than_colour() -> None:
    figure = figures.authorities_figure(FEW)
    bars = {one["name"]: one for one in figure["data"]}
    assert {name: (one["x"], one["y"]) for name, one in bars.items()} == {
        "other": ([5.0], [2]),
        "neighbour": ([20.0], [0]),
        "own": ([15.0], [1]),
    }
    assert {name: one["marker"]["pattern"]["shape"] for name, one in bars.items()} == {"other": "", "neighbour": "/", "own": ""}
    assert figure["layout"]["yaxis"]["ticktext"] == ["E09000003", "<b>E09000015</b>", "E09000009"]
    is_sound(figure)


def test_a_hidden_authority_has_no_bar_and_is_told() -> None:
    assert all("E09000005" not in text for one in figures.authorities_figure(FEW)["data"] for text in one["text"])
    assert "Not shown: E09000005 [c]." in sentences.authorities_in_words(FEW)
    assert tables.authorities_table(FEW).iloc[-1].to_list() == ["E09000005", "[c]", "statistical neighbour"]


@pytest.mark.parametrize("polarity", ["neutral", "lower", "higher"])
def test_no_end_of_the_order_is_called_best(polarity: str) -> None:
    told = " ".join(
        [*sentences.authorities_in_words(authorities(*[("A", "own", 1.0, "")], polarity=polarity)), sentences.how_authorities(FEW)]
    )
    assert "best" not in told and "worst" not in told
    assert ("neither way is better" in told) == (polarity == "neutral")


@pytest.mark.parametrize(("polarity", "words"), [("lower", "Rank 2 of 4 "), ("higher", "Rank 3 of 4 "), ("neutral", "Rank 3 of 4 ")])
def test_the_rank_is_counted_as_the_publication_counts_it(polarity: str, words: str) -> None:
    given = [("A", "other", 9.0, ""), ("B", "other", 8.0, ""), ("C", "own", 5.0, ""), ("D", "other", 1.0, "")]
    told = " ".join(sentences.authorities_in_words(authorities(*given, polarity=polarity)))
    assert words in told and f"from the {'lowest' if polarity == 'lower' else 'highest'}, as" in told


def test_the_rank_is_that_of_the_publication(illustrative_edition: OpenEdition) -> None:
    told = 0
    for name in illustrative_edition.framework.indicators:
        own, places = indicator_view(illustrative_edition, name), authorities_view(illustrative_edition, name)
        if places and own.rank and own.rank.rank and own.rank.period == places.period:
            told += 1
            assert f"Rank {own.rank.rank} of {own.rank.of} " in " ".join(sentences.authorities_in_words(places)), name
    assert told > 10


def test_a_country_above_every_authority_is_drawn() -> None:
    low = authorities(("A", "own", 2.0, ""), ("B", "other", 1.0, ""))  # England has 12
    layout = figures.authorities_figure(low)["layout"]
    assert layout["xaxis"]["range"][1] >= 12 and layout["shapes"][0]["x0"] == 12.0


def test_with_many_only_picked_ones_are_named_apart_from_each_other() -> None:
    many = [
        (f"E{number:08}", "own" if number == 70 else "neighbour" if number in (71, 72, 149) else "other", 200.0 - number, "")
        for number in range(150)
    ]
    figure = figures.authorities_figure(authorities(*many))
    names = [one for one in figure["layout"]["annotations"] if one["showarrow"]]
    assert [one["text"].strip("</b>").split(" ")[0] for one in names] == ["E00000070", "E00000071", "E00000072", "E00000149"]
    places = sorted(one["ay"] for one in names)
    assert all(later - earlier >= 19 / 5 - 1.5 for earlier, later in pairwise(places)) and places[-1] <= 149
    is_sound(figure)


# ---- the map ----


def boroughs() -> dict[str, str]:
    with (ROOT / "config" / "geographies.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file) if re.fullmatch(r"E09\d{6}", row["code"])}


def test_every_borough_stands_once_in_a_place_of_its_own() -> None:
    assert len(boroughs()) == 33 and figures.LONDON.keys() == boroughs().keys()
    assert len({(one.row, one.column) for one in figures.LONDON.values()}) == 33
    for code, square in figures.LONDON.items():
        assert square.name.split()[0][:3] == boroughs()[code][:3], code


def test_a_square_says_its_figure_or_why_there_is_none() -> None:
    figure = figures.tile_map_figure(FEW)
    texts = {one["text"].replace("<b>", "").replace("</b>", "") for one in figure["layout"]["annotations"]}
    assert {"Harrow<br>15.0", "Barnet<br>20.0", "Ealing<br>5.0", "Brent<br>[c]", "Camden<br>[x]"} <= texts and len(texts) == 33
    is_sound(figure)


def test_steps_hold_every_figure_and_do_not_overlap() -> None:
    many = authorities(*[(code, "other", float(number // 2), "") for number, code in enumerate(figures.LONDON)])
    steps = figures.steps_of(many)
    assert len(steps) == 4 and steps[0][0] == 0 and steps[-1][1] == 16
    assert all(before[1] < after[0] for before, after in pairwise(steps))


def test_figures_a_tenth_apart_are_of_one_shade_but_at_a_round_number() -> None:
    values = [15.8, 16.7, 18.4, 18.5, 20.8, 21.7, 22.0, 25.1]
    steps = figures.steps_of(authorities(*[(code, "other", value, "") for code, value in zip(figures.LONDON, values, strict=False)]))
    assert steps == ((15.8, 16.7), (18.4, 20.8), (21.7, 21.7), (22.0, 25.1)) and (18.4, 18.4) not in steps


@pytest.mark.parametrize("values", [[], [1.0], [2.0, 2.0, 2.0], [0.01, 0.02]])
def test_few_or_equal_figures_make_fewer_steps(values: list[float]) -> None:
    few = authorities(*[(code, "other", value, "") for code, value in zip(figures.LONDON, values, strict=False)])
    assert len(figures.steps_of(few)) == len({round(value, 1) for value in values})
    is_sound(figures.tile_map_figure(few))


# ---- tables ----


def test_a_table_that_scrolls_can_be_reached_and_has_a_name() -> None:
    drawn = cards.table_details(view(point("2015", 1.0), name="Plans, 'new'"))
    assert "class='hscb-scroll' tabindex='0' role='region' aria-label='Plans, &#x27;new&#x27;, " in drawn


# ---- both editions ----


@pytest.mark.parametrize("name", ["real_edition", "illustrative_edition"])
def test_every_indicator_of_an_edition_can_be_drawn(request: pytest.FixtureRequest, name: str) -> None:
    edition: OpenEdition = request.getfixturevalue(name)
    for one in edition.framework.indicators.values():
        own = indicator_view(edition, one.id)
        beside = [SeriesName.read(text) for text in list(series_beside(edition, own))[:3]]
        shown = together_view(edition, own, tuple(beside), Selection())
        for figure in (figures.overlay_figure(shown), *figures.small_multiples(shown), figures.scatter_figure(shown)):
            is_sound(figure)
        for breakdown in breakdowns_of(edition, one):
            is_sound(figures.composition_figure(composition_view(edition, one.id, breakdown, Selection())))
        if places := authorities_view(edition, one.id):
            assert {place.kind for place in places.authorities} <= {"own", "neighbour", "other"}
            is_sound(figures.authorities_figure(places))
            is_sound(figures.tile_map_figure(places))


def test_authorities_of_the_real_edition_are_those_of_the_newest_year(real_edition: OpenEdition) -> None:
    """Spot check against a plain query: regions and countries left out, the highest first."""
    shown = authorities_view(real_edition, "child_protection_plans_rate")
    assert shown is not None and shown.period == "2025"
    rows = real_edition.rows(
        "SELECT geography, value FROM points WHERE indicator = 'child_protection_plans_rate' AND basis = 'year' AND period = '2025' "
        "AND value IS NOT NULL AND (geography LIKE 'E06%' OR geography LIKE 'E07%' OR geography LIKE 'E08%' OR geography LIKE 'E09%' "
        "OR geography LIKE 'E10%') ORDER BY value DESC"
    )
    assert [one.code for one in shown.shown] == [row["geography"] for row in rows] and len(rows) > 140
    assert sum(one.kind == "neighbour" for one in shown.authorities) == 10
