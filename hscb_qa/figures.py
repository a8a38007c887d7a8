"""Views to charts, as plain Plotly dictionaries in one template.

Colours, sizes and direct labels follow the Government Analysis Function's guidance on charts: few series, each named at its end, told
apart by dash as well as colour. Refuses to bridge a gap: a hidden or missing point breaks the line and carries its status; so does the day
on which a definition changed, which has a line and a label of its own.
"""

from datetime import date, timedelta
from typing import Any

from hscb_qa import formats
from hscb_qa.definitions import Break
from hscb_qa.views import Comparison, IndicatorView, Point

Figure = dict[str, Any]
OWN_COLOUR = "#12436D"
_NEIGHBOUR_STYLE = ("#801650", "dot")
_PLACE_STYLES = {"london": ("#28A197", "dash"), "england": ("#F46A25", "solid")}
_OTHER_STYLE = ("#A285D1", "dashdot")
_TEXT, _AXIS, _GRID = "#0B0C0C", "#595959", "#D9D9D9"
_FONT = "Arial, Liberation Sans, sans-serif"
_LABEL_ROOM = 0.095
_TRUNCATED_ABOVE = 0.5
_BREAK_TEXT = "definition<br>changed"


def trend_figure(view: IndicatorView, height: int = 300) -> Figure:
    """A line for the board's place and one for each comparator, labelled at their ends; statuses of hidden points stand on the axis."""
    low, high = _y_range(view)
    return {
        "data": [*(_comparator_line(comparison, view) for comparison in view.comparisons), _own_line(view), _statuses(view, low)],
        "layout": {
            **_template(height),
            "margin": {"l": 50, "r": _label_width(view), "t": 10, "b": 34},
            "xaxis": _x_axis(view),
            "yaxis": {**_axis(), "range": [low, high], "nticks": 5, "rangemode": "tozero", "showline": False},
            "annotations": [*_end_labels(view, low, high), *(_break_label(one, high) for one in view.breaks)],
            "shapes": [_break_line(one) for one in view.breaks],
        },
    }


def starts_at_zero(view: IndicatorView) -> bool:
    """Whether the chart's value axis starts at zero; where it does not, the page says so."""
    return _y_range(view)[0] == 0


def _template(height: int) -> Figure:
    return {
        "height": height,
        "font": {"family": _FONT, "size": 16, "color": _TEXT},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": _FONT, "size": 15}, "bgcolor": "#FFFFFF"},
        "dragmode": False,
    }


def _axis() -> Figure:
    return {"gridcolor": _GRID, "linecolor": _AXIS, "tickcolor": _AXIS, "zeroline": False, "fixedrange": True, "automargin": False}


def _x_axis(view: IndicatorView) -> Figure:
    ticks = _ticks(view.points)
    return {
        **_axis(),
        "showgrid": False,
        "showline": True,
        "type": "date",
        "tickmode": "array",
        "tickvals": [point.ends.isoformat() for point in ticks],
        "ticktext": [_tick_text(view, point) for point in ticks],
        "tickangle": 0,
        "tickfont": {"size": 14},
        "range": _x_range(view.points),
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
    return f"{point.ends:%b %Y}" if view.basis != "year" else point.label.split(" ")[-1]


def _own_line(view: IndicatorView) -> Figure:
    line = _line(view, view.place, view.points, OWN_COLOUR, "solid", 4)
    if len(view.points) <= 20 and any(point.lower is not None for point in view.points):
        placed = [point for _, point in _interrupted(view, view.points)]
        line["error_y"] = {
            "type": "data",
            "array": [_gap(point.upper, point.value) if point else None for point in placed],
            "arrayminus": [_gap(point.value, point.lower) if point else None for point in placed],
            "color": "rgba(18,67,109,0.45)",
            "thickness": 1.5,
            "width": 0,
        }
    # A year to date starts anew each April: a line from March to June would show a fall that nobody made.
    mode = "markers" if view.basis == "ytd" else "lines+markers"
    return {**line, "mode": mode, "marker": {"size": 7, "color": OWN_COLOUR}}


def _comparator_line(comparison: Comparison, view: IndicatorView) -> Figure:
    colour, dash = _style(comparison)
    return _line(view, comparison.name, comparison.points, colour, dash, 2.5)


def _style(comparison: Comparison) -> tuple[str, str]:
    if comparison.id.startswith("neighbours"):
        return _NEIGHBOUR_STYLE
    return _PLACE_STYLES.get(comparison.id, _OTHER_STYLE)


def _line(view: IndicatorView, name: str, points: tuple[Point, ...], colour: str, dash: str, width: float) -> Figure:
    placed = _interrupted(view, points)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [day.isoformat() for day, _ in placed],
        "y": [point.value if point else None for _, point in placed],
        "text": [_hover_text(view, name, point) if point else "" for _, point in placed],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "line": {"color": colour, "dash": dash, "width": width},
    }


def _hover_text(view: IndicatorView, name: str, point: Point) -> str:
    provisional = " (provisional)" if point.provisional else ""
    return f"{name} {formats.figure(point.value, point.status, view.indicator)}{provisional}, {point.label}"


def _interrupted(view: IndicatorView, points: tuple[Point, ...]) -> list[tuple[date, Point | None]]:
    """Where each point stands, with nothing at the day of each break among them, so that no line is drawn across it."""
    days = [one.on for one in view.breaks if points and points[0].ends < one.on <= points[-1].ends]
    placed: list[tuple[date, Point | None]] = [(point.ends, point) for point in points]
    placed += [(day - timedelta(days=1), None) for day in days]
    return sorted(placed, key=lambda one: (one[0], one[1] is None))


def _break_line(one: Break) -> Figure:
    """A dotted line through the whole height of the chart."""
    ends = {"xref": "x", "yref": "paper", "x0": one.on.isoformat(), "x1": one.on.isoformat(), "y0": 0, "y1": 1}
    return {"type": "line", **ends, "line": {"color": _AXIS, "width": 1.5, "dash": "dot"}}


def _break_label(one: Break, high: float) -> Figure:
    return {
        "x": one.on.isoformat(),
        "y": high,
        "xanchor": "right",
        "yanchor": "top",
        "xshift": -4,
        "showarrow": False,
        "text": _BREAK_TEXT,
        "hovertext": f"{formats.day(one.on)}: {one.what_changed}",
        "font": {"size": 14, "color": _AXIS},
    }


def _statuses(view: IndicatorView, low: float) -> Figure:
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


def _end_labels(view: IndicatorView, low: float, high: float) -> list[Figure]:
    """Each line's name and last figure beside its end, pushed apart where they would overlap, and kept inside the chart."""
    ends = _ends(view)
    heights = [next((point.value for point in points[-1:] if point.value is not None), low) for _, points, _ in ends]
    gap = (high - low) * _LABEL_ROOM
    places = _inside(spread(heights, gap), gap, low + gap / 2, high - gap / 2)
    return [_end_label(_end_text(view, name, points), colour, y) for (name, points, colour), y in zip(ends, places, strict=True)]


def _ends(view: IndicatorView) -> list[tuple[str, tuple[Point, ...], str]]:
    """Name, points and colour of every line that has a point, the board's own first."""
    lines = [(view.place, view.points, OWN_COLOUR), *((one.name, one.points, _style(one)[0]) for one in view.comparisons)]
    return [line for line in lines if any(point.value is not None for point in line[1])]


def _end_text(view: IndicatorView, name: str, points: tuple[Point, ...]) -> str:
    """A line's name and last figure, or its status; with its period where the line ends before our own."""
    last = points[-1]
    when = "" if last.period == view.points[-1].period else f" ({last.label})"
    return f"{name} {formats.number(last.value, last.status, view.indicator.decimals)}{when}"


def _end_label(text: str, colour: str, y: float) -> Figure:
    own = colour == OWN_COLOUR
    return {
        "xref": "paper",
        "x": 1,
        "y": y,
        "xanchor": "left",
        "xshift": 8,
        "showarrow": False,
        "text": f"<b>{text}</b>" if own else text,
        "font": {"size": 16 if own else 15, "color": _readable(colour)},
        "align": "left",
    }


def _label_width(view: IndicatorView) -> int:
    """Pixels that the longest end label needs."""
    longest = max((len(_end_text(view, name, points)) for name, points, _ in _ends(view)), default=0)
    return 22 + round(longest * 8.4)


def _readable(colour: str) -> str:
    """A line's colour, darkened where text in it would fall under a contrast of 4.5 to 1 on white."""
    return {"#28A197": "#17776F", "#F46A25": "#B84A0E", "#A285D1": "#6B4FA0"}.get(colour, colour)


def spread(values: list[float], gap: float) -> list[float]:
    """Positions as near to the values as they can be while each is `gap` from the next; in the order of the values given.

    >>> spread([10.0, 10.2, 20.0], 1.0)
    [9.6, 10.6, 20.0]
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    clusters: list[list[float]] = []  # each: sum of the values it holds, their number
    for index in order:
        clusters.append([values[index], 1])
        while len(clusters) > 1 and _bottom(clusters[-1], gap) < _bottom(clusters[-2], gap) + clusters[-2][1] * gap:
            total, size = clusters.pop()
            clusters[-1] = [clusters[-1][0] + total, clusters[-1][1] + size]
    sorted_places = [round(_bottom(cluster, gap) + step * gap, 9) for cluster in clusters for step in range(int(cluster[1]))]
    places = [0.0] * len(values)
    for index, place in zip(order, sorted_places, strict=True):
        places[index] = place
    return places


def _bottom(cluster: list[float], gap: float) -> float:
    return cluster[0] / cluster[1] - (cluster[1] - 1) * gap / 2


def _inside(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """The places, moved no further than it takes to lie between low and high and stay `gap` apart."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = list(places)
    for above, index in enumerate(reversed(order)):
        moved[index] = min(moved[index], high - above * gap)
    for below, index in enumerate(order):
        moved[index] = max(moved[index], low + below * gap)
    return moved


def _y_range(view: IndicatorView) -> tuple[float, float]:
    """From zero, unless every value and limit lies in the upper half, where small differences would not be seen."""
    series = [view.points, *(comparison.points for comparison in view.comparisons)]
    values = [point.value for points in series for point in points if point.value is not None]
    limits = [limit for point in view.points for limit in (point.lower, point.upper) if limit is not None]
    if not values:
        return 0.0, 1.0
    low, high = min([*values, *limits]), max([*values, *limits])
    room = (high - low) * 0.12 or abs(high) * 0.12 or 1.0
    return (low - room if high * _TRUNCATED_ABOVE < low < high else 0.0), high + room


def _gap(upper: float | None, lower: float | None) -> float | None:
    return None if upper is None or lower is None else upper - lower
