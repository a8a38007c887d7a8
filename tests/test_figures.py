"""Charts: valid for Plotly, honest about gaps, and with every number and label inside the frame."""

from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import comparison, point, view

from hscb_qa import formats
from hscb_qa.figures import enlarged, spread, starts_at_zero, trend_figure
from hscb_qa.figures.labels import End, leaders
from hscb_qa.figures.labels import end_labels as labels_of
from hscb_qa.views import IndicatorView, OpenEdition, Selection, indicator_view

EVERY = ("neighbours", "london", "outer_london", "england")
NOW = point("2016", 15.6, lower=14.1, upper=17.1)
OF_CONTROL = {"usual range", "mean", "diamond", "square", "triangle-up", "triangle-down"}


def own_line(figure: dict[str, Any]) -> dict[str, Any]:
    return next(trace for trace in figure["data"] if trace["name"] == "Harrow")


def end_labels(figure: dict[str, Any]) -> list[dict[str, Any]]:
    """The labels at the lines' ends; that of a break stands at its day, and that of a target is no line's."""
    labels = [label for label in figure["layout"]["annotations"] if label.get("xref") == "paper"]
    return [label for label in labels if not label["text"].startswith("target ")]


def status_trace(figure: dict[str, Any]) -> dict[str, Any]:
    return next(trace for trace in figure["data"] if trace["mode"] == "text")


# ---- by hand ----


def test_a_gap_is_none_and_is_not_bridged() -> None:
    line = own_line(trend_figure(view(point("2014", 20.0), point("2015", "c"), NOW)))
    assert line["y"] == [20.0, None, 15.6]
    assert line["connectgaps"] is False
    assert line["x"] == ["2014-03-31", "2015-03-31", "2016-03-31"]


def test_a_hidden_point_shows_its_status_and_says_why() -> None:
    drawn = status_trace(trend_figure(view(point("2014", 20.0), point("2015", "c"), NOW)))
    assert (drawn["x"], drawn["text"]) == (["2015-03-31"], ["[c]"])
    assert drawn["hovertext"] == [f"2014-15: {formats.STATUS_WORDS['c']}"]


def test_a_hidden_point_has_no_number_anywhere_in_the_figure() -> None:
    figure = trend_figure(view(point("2014", 20.0), point("2015", "c"), point("2016", "c")))
    assert "[c]" in own_line(figure)["text"][1]
    assert own_line(figure)["y"][1:] == [None, None]


@pytest.mark.parametrize("points", [[], [point("2016", "c")], [point("2016", 0.0)], [NOW]])
def test_few_figures_make_a_valid_chart(points: list[Any]) -> None:
    go.Figure(trend_figure(view(*points)))


def test_limits_are_drawn_from_the_value() -> None:
    error = own_line(trend_figure(view(point("2015", 20.0), NOW)))["error_y"]
    assert error["array"] == [None, pytest.approx(1.5)] and error["arrayminus"] == [None, pytest.approx(1.5)]


def test_the_axis_starts_at_zero_unless_all_figures_lie_high() -> None:
    assert starts_at_zero(view(point("2015", 20.0), NOW, comparisons=(comparison("england", {"2016": 5.0}),)))
    assert not starts_at_zero(view(point("2015", 95.0), point("2016", 97.0)))


def test_a_comparator_place_added_to_the_configuration_can_be_drawn() -> None:
    """`priorities.yaml` may name any place; a chart must not depend on which."""
    go.Figure(trend_figure(view(NOW, comparisons=(comparison("south_east", {"2016": 12.0}),))))


def test_the_width_for_labels_fits_what_they_say() -> None:
    layout = trend_figure(view(NOW, comparisons=(comparison("england", {"2016": 123456.7}),)))["layout"]
    longest = max(len(label["text"]) for label in layout["annotations"] if not label["text"].startswith("<b>"))
    assert layout["margin"]["r"] >= longest * 7  # a letter of 15 pixels is about half as wide


# ---- every indicator of both editions, every basis ----


def views_of(edition: OpenEdition) -> list[IndicatorView]:
    return [
        indicator_view(edition, one.id, Selection(EVERY, "median", basis=basis))
        for one in edition.framework.indicators.values()
        for basis in indicator_view(edition, one.id).bases
    ]


@pytest.fixture(scope="module", params=["real_edition", "illustrative_edition"])
def drawn(request: pytest.FixtureRequest) -> list[tuple[IndicatorView, dict[str, Any]]]:
    return [(one, trend_figure(one)) for one in views_of(request.getfixturevalue(request.param))]


def test_every_key_is_one_that_plotly_knows(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    for _, figure in drawn:
        go.Figure(figure)


def test_plotly_would_refuse_a_key_it_does_not_know(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    with pytest.raises(ValueError, match="colour"):
        go.Figure({**drawn[0][1], "layout": {**drawn[0][1]["layout"], "colour": "red"}})


def test_lines_and_statuses_are_those_of_the_view(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    for one, figure in drawn:
        line = own_line(figure)
        assert [value for value, text in zip(line["y"], line["text"], strict=True) if text] == [point.value for point in one.points]
        assert status_trace(figure)["text"] == [f"[{point.status}]" for point in one.points if point.value is None]
        names = [trace["name"] for trace in figure["data"] if trace["name"] not in OF_CONTROL]
        assert names == [*(beside.name for beside in one.comparisons), one.place, "no number shown"]


def test_every_label_names_a_line_and_its_last_figure(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    """The last point's, whether a number or a status: never an older number as if it were the latest."""
    for one, figure in drawn:
        texts = [label["text"].removeprefix("<b>").removesuffix("</b>") for label in end_labels(figure)]
        ends = [(one.place, one.points)] + [(beside.name, beside.points) for beside in one.comparisons]
        lines = [(name, points) for name, points in ends if any(point.value is not None for point in points)]
        assert len(texts) == len(lines), one.indicator.id
        for text, (name, points) in zip(texts, lines, strict=True):
            last = points[-1]
            assert text.startswith(f"{name} {formats.number(last.value, last.status, one.indicator.decimals)}"), one.indicator.id
            assert (last.period == one.points[-1].period) or last.label in text, one.indicator.id


def test_labels_do_not_overlap(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    """Each is some 20 pixels high in a chart of 300, of which at least 240 are between the margins."""
    for one, figure in drawn:
        low, high = figure["layout"]["yaxis"]["range"]
        heights = sorted((label["y"] - low) / (high - low) * 240 for label in end_labels(figure))
        assert all(upper - lower >= 20 for lower, upper in pairwise(heights)), one.indicator.id


def test_labels_lie_inside_the_frame(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    """Plotly leaves out an annotation whose height lies outside the axis."""
    outside = {
        (one.indicator.id, one.basis)
        for one, figure in drawn
        for label in figure["layout"]["annotations"]
        if not figure["layout"]["yaxis"]["range"][0] <= label["y"] <= figure["layout"]["yaxis"]["range"][1]
    }
    assert outside == set()


def test_values_lie_inside_the_frame(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    for one, figure in drawn:
        low, high = figure["layout"]["yaxis"]["range"]
        values = [value for trace in figure["data"] for value in trace["y"] if value is not None]
        assert all(low <= value <= high for value in values), one.indicator.id


def test_limits_lie_inside_the_frame(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    """An interval cut off at the top looks shorter than it is."""
    cut = set()
    for one, figure in drawn:
        low, high = figure["layout"]["yaxis"]["range"]
        if "error_y" in own_line(figure):
            limits = [limit for point in one.points for limit in (point.lower, point.upper) if limit is not None]
            cut |= {one.indicator.id} if min(limits) < low or max(limits) > high else set()
    assert cut == set()


def test_intervals_are_drawn_where_no_usual_range_is(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    for one, figure in drawn:
        has_range = any(trace["name"] == "usual range" for trace in figure["data"])
        assert has_range == bool(one.control and one.control.limits), one.indicator.id
        assert not (has_range and "error_y" in own_line(figure)), one.indicator.id


def test_every_signal_of_a_shown_point_is_marked_and_no_other(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    for one, figure in drawn:
        marked = [day for trace in figure["data"] if trace["mode"] == "markers" and trace["name"] in OF_CONTROL for day in trace["x"]]
        signals = one.control.signals if one.control else {}
        days = [point.ends.isoformat() for point in one.points if point.value is not None and point.period in signals]
        assert sorted(marked) == days, one.indicator.id


def test_the_illustrative_board_has_signals_of_every_shape_to_draw(illustrative_edition: OpenEdition) -> None:
    names = {trace["name"] for one in views_of(illustrative_edition) for trace in trend_figure(one)["data"]}
    assert names >= OF_CONTROL


def test_ticks_are_at_most_three_and_the_last_is_the_latest(drawn: list[tuple[IndicatorView, dict[str, Any]]]) -> None:
    for one, figure in drawn:
        axis = figure["layout"]["xaxis"]
        assert len(axis["tickvals"]) == len(axis["ticktext"]) <= 3
        assert axis["tickvals"][-1:] == [point.ends.isoformat() for point in one.points[-1:]]


# ---- spreading labels ----


def test_a_label_pushed_away_is_led_to_from_its_line() -> None:
    ends = [
        End("a", "#12436D", 50.0),
        End("b", "#801650", 51.0),
        End("c", "#28A197", 52.0),
        End("d", "#F46A25", 90.0),
        End("e", "#F46A25", None),
    ]
    led = leaders(ends, 0.0, 100.0)
    assert [line["y0"] for line in led] == [50.0, 52.0]
    placed = [label["y"] for label in labels_of(ends, 0.0, 100.0)]
    assert [line["y1"] for line in led] == [placed[0], placed[2]]
    assert leaders(ends[3:], 0.0, 100.0) == []
    go.Figure({"data": [], "layout": {"shapes": led}})
    [larger] = enlarged({"shapes": led[:1]}, 2.0)["shapes"]
    assert (larger["x1"], larger["y1"], larger["line"]["width"]) == (36, led[0]["y1"], 2)


@given(st.lists(st.one_of(st.none(), st.floats(min_value=0, max_value=100)), min_size=1, max_size=8))
def test_labels_stand_in_the_order_of_their_lines(values: list[float | None]) -> None:
    ends = [End(str(number), "#12436D", value) for number, value in enumerate(values)]
    placed = [label["y"] for label in labels_of(ends, 0.0, 100.0)]
    shown = sorted((value, y) for value, y in zip(values, placed, strict=True) if value is not None)  # type: ignore[type-var]
    assert all(first[1] < second[1] for first, second in pairwise(shown) if first[0] < second[0])


heights = st.lists(st.floats(min_value=0, max_value=1000), min_size=1, max_size=8)


@given(heights, st.floats(min_value=0.1, max_value=50))
def test_spread_keeps_order_and_distance(values: list[float], gap: float) -> None:
    places = spread(values, gap)
    order = sorted(range(len(values)), key=values.__getitem__)
    assert all(places[upper] - places[lower] >= gap - 1e-6 for lower, upper in pairwise(order))
    assert sum(places) == pytest.approx(sum(values), abs=1e-4)


@given(heights)
def test_spread_leaves_what_is_far_enough_apart(values: list[float]) -> None:
    apart = [value + 10_000 * position for position, value in enumerate(values)]
    assert spread(apart, 1.0) == pytest.approx(apart, abs=1e-6)
