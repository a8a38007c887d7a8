"""An indicator's view to its chart: lines with their labels, limits and special causes, axes and frame."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hscb_qa.definitions import Event
from hscb_qa.figures import control, events
from hscb_qa.figures.labels import End, end_labels, end_of, label_width, leaders
from hscb_qa.figures.lines import comparator_line, has_limits, own_line, statuses, style
from hscb_qa.figures.marks import OWN_COLOUR
from hscb_qa.figures.template import axis, template
from hscb_qa.views import IndicatorView, Point

Figure = dict[str, Any]
_TRUNCATED_ABOVE = 0.5
_ROW_OF_LABELS = 0.14


def trend_figure(view: IndicatorView, height: int = 300, scale: Sequence[Point] = (), happened: tuple[Event, ...] = ()) -> Figure:
    """A line for the board's place and one for each comparator, labelled at their ends, on the band of usual variation where there is one.

    Special causes have a shape and a colour of their own; statuses of hidden points stand on the axis. The time axis is that of the
    points of `scale`, so that several charts can have the same one, else of the view's own. Each event that `happened` has a thin line,
    labelled at the top under the labels of breaks.
    """
    low, high = _y_range(view)
    high += (high - low) * events.room(happened, height)
    above = control.rows_of_labels(view)
    ends = [*_ends(view), *control.target_end(view)]
    beside = [comparator_line(comparison, view) for comparison in view.comparisons]
    return {
        "data": [*control.band(view), *beside, own_line(view), *control.special_causes(view), statuses(view, low)],
        "layout": {
            **template(height),
            "margin": {"l": 50, "r": label_width(ends), "t": 10, "b": 34 if view.basis == "year" else 50},
            "xaxis": _x_axis(view, tuple(scale) or view.points),
            "yaxis": {**axis(), "range": [low, high], "nticks": 5, "rangemode": "tozero", "showline": False},
            "annotations": [*end_labels(ends, low, high), *control.divide_labels(view, high), *events.labels(view, happened, above)],
            "shapes": [
                *control.divide_lines(view),
                *control.target_line(view),
                *events.lines(view, happened, above, height),
                *leaders(ends, low, high),
            ],
        },
    }


def starts_at_zero(view: IndicatorView) -> bool:
    """Whether the chart's value axis starts at zero; where it does not, the page says so."""
    return _y_range(view)[0] == 0


def _ends(view: IndicatorView) -> list[End]:
    """The end of every line that has a point, the board's own first."""
    lines = [(view.place, view.points, OWN_COLOUR), *((one.name, one.points, style(one)[0]) for one in view.comparisons)]
    return [end_of(view, *line) for line in lines if any(point.value is not None for point in line[1])]


def _x_axis(view: IndicatorView, scale: tuple[Point, ...]) -> Figure:
    ticks = _ticks(scale)
    return {
        **axis(),
        "showgrid": False,
        "showline": True,
        "type": "date",
        "tickmode": "array",
        "tickvals": [point.ends.isoformat() for point in ticks],
        "ticktext": [_tick_text(view, point) for point in ticks],
        "tickangle": 0,
        "tickfont": {"size": 14},
        "range": _x_range(scale),
    }


def _x_range(points: tuple[Point, ...]) -> list[str]:
    """From just before the first point to the last, so that the labels at the lines' ends stand beside them."""
    if not points:
        return ["2000-01-01", "2001-01-01"]
    room = max((points[-1].ends - points[0].ends) * 0.03, timedelta(days=30))
    return [(points[0].ends - room).isoformat(), (points[-1].ends + room / 2).isoformat()]


def _ticks(points: tuple[Point, ...]) -> list[Point]:
    """At most three points, evenly apart, the last one among them: more would overlap on a telephone."""
    step = max(1, -(-len(points) // 3))
    return list(points[::-1][::step])[::-1]


def _tick_text(view: IndicatorView, point: Point) -> str:
    return f"{point.ends:%b<br>%Y}" if view.basis != "year" else point.label.split(" ")[-1]


def _y_range(view: IndicatorView) -> tuple[float, float]:
    """From zero, unless every value and limit lies in the upper half, where small differences would not be seen.

    To a little above the highest of them, with room for what is written at the top.
    """
    series = [view.points, *(comparison.points for comparison in view.comparisons)]
    values = [point.value for points in series for point in points if point.value is not None]
    if not values:
        return 0.0, 1.0
    reached = [*values, *control.heights(view), *([] if has_limits(view) else _intervals(view))]
    low, high = min(reached), max(reached)
    room = (high - low) * 0.12 or abs(high) * 0.12 or 1.0
    bottom = low - room if low < 0 or high * _TRUNCATED_ABOVE < low < high else 0.0
    return bottom, high + room + (high - bottom) * _ROW_OF_LABELS * control.rows_of_labels(view)


def _intervals(view: IndicatorView) -> list[float]:
    return [limit for point in view.points for limit in (point.lower, point.upper) if limit is not None]
