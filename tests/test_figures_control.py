"""A control chart in a figure: what is drawn of it, what breaks it, and that shape and colour tell the same."""

from dataclasses import replace
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest
from invented import comparison, control, point, signal, view

from hscb_qa.definitions import Break, Rebase
from hscb_qa.figures import shape_of, trend_figure
from hscb_qa.figures.marks import BAND_COLOUR, SHAPE_COLOURS
from hscb_qa.views import ChartPart, IndicatorView, Limits, Point

YEARS = tuple(point(str(year), 18.0, lower=16.0, upper=20.0) for year in range(2005, 2017))
LATEST = YEARS[-1]
BREAK = Break(on=date(2010, 4, 1), what_changed="Siblings are counted.", source="A test.")
REBASE = Rebase(indicator="share", start="2010-11 Q1", reason="One front door.", decided={"by": "A subcommittee", "on": date(2011, 2, 1)})
RANGE = (20.0, 15.0, 25.0)


def charted(*points: Point, **facts: Any) -> IndicatorView:
    """The invented share with a control chart: twelve years, or the points given."""
    shown = points or YEARS
    changes = facts.pop("changes", {})
    return replace(view(*shown, **changes), control=control(shown, *facts.pop("signals", ()), **facts))


def parted(start: Break | Rebase) -> IndicatorView:
    """Six years about 20, then six about 10, parted by a break or a rebase."""
    first, second = YEARS[:6], tuple(replace(one, value=10.0) for one in YEARS[6:])
    parts = tuple(ChartPart("xmr", "", own[0].period, own[-1].period, 6, True, by) for own, by in ((first, None), (second, start)))
    limits = {
        **dict.fromkeys([one.period for one in first], Limits(*RANGE)),
        **dict.fromkeys([one.period for one in second], Limits(10, 8, 12)),
    }
    breaks = (start,) if isinstance(start, Break) else ()
    points = (*first, *second)
    return replace(view(*points), control=replace(control(points), parts=parts, limits=limits), breaks=breaks)


def trace(figure: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in figure["data"] if one["name"] == name)


def names(figure: dict[str, Any]) -> list[str]:
    return [one["name"] for one in figure["data"]]


def pieces(one: dict[str, Any]) -> list[list[tuple[str, float]]]:
    """The stretches of a trace, cut where it has nothing."""
    found: list[list[tuple[str, float]]] = [[]]
    for x, y in zip(one["x"], one["y"], strict=True):
        if y is None:
            found.append([])
        else:
            found[-1].append((x, y))
    return [piece for piece in found if piece]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, by WCAG 2.2."""

    def light(colour: str) -> float:
        shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


# ---- the usual range and its mean ----


def test_the_usual_range_is_one_closed_band_with_one_mean_under_the_lines() -> None:
    figure = trend_figure(replace(charted(), comparisons=(comparison("england", {"2016": 21.0}),)))
    assert names(figure) == ["usual range", "mean", "England", "Harrow", "no number shown"]
    [band], [mean] = pieces(trace(figure, "usual range")), pieces(trace(figure, "mean"))
    assert {height for _, height in band} == {15.0, 25.0} and {height for _, height in mean} == {20.0}
    assert min(day for day, _ in band) == "2005-03-31" and max(day for day, _ in band) == "2016-03-31"
    go.Figure(figure)


def test_no_interval_is_drawn_beside_the_usual_range() -> None:
    assert "error_y" not in trace(trend_figure(charted()), "Harrow")
    assert "error_y" in trace(trend_figure(charted(limits=None)), "Harrow")


def test_limits_of_a_p_chart_step_half_way_between_points() -> None:
    points = YEARS[:3]
    limits = {"2005": Limits(20, 15, 25), "2006": Limits(20, 10, 30), "2007": Limits(20, 15, 25)}
    one = replace(view(*points), control=replace(control(points, chart="p"), limits=limits))
    [band] = pieces(trace(trend_figure(one), "usual range"))
    upper = band[: len(band) // 2]
    assert [height for _, height in upper] == [25, 25, 30, 30, 25, 25]
    assert [(day, 40 - height) for day, height in band[len(band) // 2 :]] == upper[::-1]  # back along the lower limit
    assert [day for day, _ in upper] == ["2005-03-31", "2005-09-29", "2005-09-29", "2006-09-29", "2006-09-29", "2007-03-31"]


def test_a_hidden_point_breaks_line_band_and_mean() -> None:
    points = (*YEARS[:6], replace(YEARS[6], value=None, status="c", lower=None, upper=None), *YEARS[7:])
    figure = trend_figure(charted(*points))
    for name in ("Harrow", "usual range", "mean"):
        before, after = pieces(trace(figure, name))
        assert max(day for day, _ in before) < points[6].ends.isoformat() < min(day for day, _ in after), name


@pytest.mark.parametrize("start", [BREAK, REBASE], ids=["break", "rebase"])
def test_band_and_mean_begin_anew_on_the_day_of_a_break_or_a_rebase(start: Break | Rebase) -> None:
    figure = trend_figure(parted(start))
    for name in ("usual range", "mean"):
        before, after = pieces(trace(figure, name))
        assert max(day for day, _ in before) == min(day for day, _ in after) == "2010-04-01", name
        assert min(height for _, height in before) > max(height for _, height in after), name


def test_a_break_breaks_the_line_and_a_rebase_does_not() -> None:
    assert len(pieces(trace(trend_figure(parted(BREAK)), "Harrow"))) == 2
    assert len(pieces(trace(trend_figure(parted(REBASE)), "Harrow"))) == 1


def test_a_rebase_is_drawn_and_says_why_and_by_whom() -> None:
    layout = trend_figure(parted(REBASE))["layout"]
    [label] = [one for one in layout["annotations"] if "rebased" in one["text"]]
    assert label["x"] == "2010-04-01" and label["hovertext"] == "1 April 2010: One front door. A subcommittee"
    assert [line["x0"] for line in layout["shapes"]] == ["2010-04-01"]


def test_labels_near_each_other_stand_one_under_the_other_above_the_figures() -> None:
    later = replace(parted(REBASE), breaks=(Break(on=date(2011, 4, 1), what_changed="More.", source="A test."),))
    layout = trend_figure(later)["layout"]
    assert [one["yshift"] for one in layout["annotations"] if "<br>" in one["text"]] == [0, -36]
    assert layout["yaxis"]["range"][1] > trend_figure(parted(REBASE))["layout"]["yaxis"]["range"][1]


@pytest.mark.parametrize(
    ("limits", "unit"), [(RANGE, "percent"), ((20.0, -5.0, 60.0), "percentage_points"), ((95.0, 91.0, 99.0), "percent")]
)
def test_the_value_axis_holds_limits_and_target(limits: tuple[float, float, float], unit: str) -> None:
    figure = trend_figure(charted(limits=limits, target=62.0, changes={"unit": unit}))
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= limits[1] and max(limits[2], 62.0) <= high


# ---- special causes ----


@pytest.mark.parametrize(
    ("judgement", "side", "shape"),
    [
        ("concern", "high", "diamond"),
        ("concern", "low", "diamond"),
        ("improvement", "high", "square"),
        ("improvement", "low", "square"),
        ("neutral", "high", "triangle-up"),
        ("neutral", "low", "triangle-down"),
    ],
)
def test_a_special_cause_has_the_shape_of_its_judgement(judgement: Any, side: Any, shape: str) -> None:
    figure = trend_figure(charted(signals=(signal(LATEST, "outside", side, judgement),)))
    marked = trace(figure, shape)
    assert shape_of(judgement, side) == marked["marker"]["symbol"] == shape
    assert (marked["x"], marked["y"]) == (["2016-03-31"], [18.0])
    assert marked["marker"]["size"] > trace(figure, "Harrow")["marker"]["size"]
    assert (judgement in marked["text"][0]) == (judgement != "neutral")
    go.Figure(figure)


def test_points_of_one_shape_share_a_trace() -> None:
    figure = trend_figure(charted(signals=(signal(YEARS[0]), signal(YEARS[1], "trend"), signal(LATEST, judgement="improvement"))))
    assert names(figure) == ["usual range", "mean", "Harrow", "diamond", "square", "no number shown"]
    assert trace(figure, "diamond")["x"] == ["2005-03-31", "2006-03-31"]


def test_every_judgement_differs_in_shape_and_in_colour() -> None:
    shapes = {judgement: shape_of(judgement, "low") for judgement in ("improvement", "concern", "neutral")}
    assert len(set(shapes.values())) == len({SHAPE_COLOURS[shape] for shape in shapes.values()}) == 3


@pytest.mark.parametrize("colour", SHAPE_COLOURS.values())
@pytest.mark.parametrize("ground", ["#FFFFFF", BAND_COLOUR])
def test_every_mark_can_be_told_from_its_ground(colour: str, ground: str) -> None:
    assert contrast(colour, ground) >= 3


def test_contrast_is_that_of_the_guidance() -> None:
    """Black on white is 21 to 1, and the blue and grey of other tools fail, as the brief says."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#00B0F0", "#FFFFFF") == pytest.approx(2.48, abs=0.01)
    assert contrast("#A6A6A6", "#FFFFFF") == pytest.approx(2.43, abs=0.01)


def test_a_hidden_point_is_never_marked() -> None:
    hidden = replace(LATEST, value=None, status="c", lower=None, upper=None)
    one = replace(view(*YEARS[:-1], hidden), control=control(YEARS, signal(LATEST)))
    assert "diamond" not in names(trend_figure(one))


def test_a_g_chart_has_no_band_but_its_signals() -> None:
    figure = trend_figure(charted(chart="g", limits=None, signals=(signal(LATEST, "outside", "low", "improvement", gap=9.0),)))
    assert names(figure) == ["Harrow", "square", "no number shown"]


def test_a_line_without_limits_is_drawn_as_before() -> None:
    assert trend_figure(charted(chart="run", reason="few points", limits=None)) == trend_figure(view(*YEARS))


# ---- the target ----


def test_a_target_is_a_line_with_its_name_at_the_end() -> None:
    layout = trend_figure(charted(target=30.0, assurance="fails"))["layout"]
    assert [(line["y0"], line["y1"], line["xref"]) for line in layout["shapes"]] == [(30.0, 30.0, "paper")]
    assert [label["text"] for label in layout["annotations"]] == ["<b>Harrow 18.0</b>", "target 30.0"]


def test_without_a_target_there_is_no_line() -> None:
    assert trend_figure(charted())["layout"]["shapes"] == []
