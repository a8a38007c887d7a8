"""The lines of a figure: the board's own, one for each comparator, and the statuses that stand where a number is not shown."""

from datetime import date, timedelta
from typing import Any

from hscb_qa import formats
from hscb_qa.figures.marks import OWN_COLOUR
from hscb_qa.views import Comparison, IndicatorView, Point

Figure = dict[str, Any]
_NEIGHBOUR_STYLE = ("#801650", "dot")
_PLACE_STYLES = {"board": ("#A285D1", "dash"), "london": ("#28A197", "dash"), "england": ("#F46A25", "solid")}
_OTHER_STYLE = ("#A285D1", "dashdot")
_MOST_WITH_INTERVALS = 20


def own_line(view: IndicatorView) -> Figure:
    """The board's own line; with the interval of each point where no limits are drawn and there are few points."""
    line = line_of(view, view.place, view.points, OWN_COLOUR, "solid", 4 if not has_limits(view) else 3)
    if not has_limits(view) and len(view.points) <= _MOST_WITH_INTERVALS and any(point.lower is not None for point in view.points):
        line["error_y"] = _intervals(view)
    # A year to date starts anew each April: a line from March to June would show a fall that nobody made.
    mode = "markers" if view.basis == "ytd" else "lines+markers"
    return {**line, "mode": mode, "marker": {"size": 7, "color": OWN_COLOUR}}


def comparator_line(comparison: Comparison, view: IndicatorView) -> Figure:
    """A comparator's line, thinner than our own."""
    colour, dash = style(comparison)
    return line_of(view, comparison.name, comparison.points, colour, dash, 2.5)


def style(comparison: Comparison) -> tuple[str, str]:
    """Colour and dash of a comparator."""
    if comparison.id.startswith("neighbours"):
        return _NEIGHBOUR_STYLE
    return _PLACE_STYLES.get(comparison.id, _OTHER_STYLE)


def has_limits(view: IndicatorView) -> bool:
    """Whether the usual range is drawn."""
    return view.control is not None and view.control.has_limits


def statuses(view: IndicatorView, low: float) -> Figure:
    """On the axis, the status of each point without a number, and why there is none."""
    hidden = [point for point in view.points if point.value is None]
    return {
        "type": "scatter",
        "mode": "text",
        "name": "no number shown",
        "x": [point.ends.isoformat() for point in hidden],
        "y": [low for _ in hidden],
        "text": [f"[{point.status}]" for point in hidden],
        "textposition": "top center",
        "textfont": {"size": 14, "color": OWN_COLOUR},
        "hovertext": [f"{point.label}: {formats.STATUS_WORDS[point.status]}" for point in hidden],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def hover_text(view: IndicatorView, name: str, point: Point) -> str:
    """What a point is, for those who point at it."""
    provisional = " (provisional)" if point.provisional else ""
    return f"{name} {formats.figure(point.value, point.status, view.indicator)}{provisional}, {point.label}"


def line_of(view: IndicatorView, name: str, points: tuple[Point, ...], colour: str, dash: str, width: float) -> Figure:
    """A line through points, broken where one has no number and at each break of the definition."""
    placed = _interrupted(view, points)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [day.isoformat() for day, _ in placed],
        "y": [point.value if point else None for _, point in placed],
        "text": [hover_text(view, name, point) if point else "" for _, point in placed],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "line": {"color": colour, "dash": dash, "width": width},
    }


def _intervals(view: IndicatorView) -> Figure:
    placed = [point for _, point in _interrupted(view, view.points)]
    return {
        "type": "data",
        "array": [_gap(point.upper, point.value) if point else None for point in placed],
        "arrayminus": [_gap(point.value, point.lower) if point else None for point in placed],
        "color": OWN_COLOUR,
        "thickness": 1.5,
        "width": 0,
    }


def _interrupted(view: IndicatorView, points: tuple[Point, ...]) -> list[tuple[date, Point | None]]:
    """Where each point stands, with nothing at the day of each break among them, so that no line is drawn across it."""
    days = [one.on for one in view.breaks if points and points[0].ends < one.on <= points[-1].ends]
    placed: list[tuple[date, Point | None]] = [(point.ends, point) for point in points]
    placed += [(day - timedelta(days=1), None) for day in days]
    return sorted(placed, key=lambda one: (one[0], one[1] is None))


def _gap(upper: float | None, lower: float | None) -> float | None:
    return None if upper is None or lower is None else upper - lower
