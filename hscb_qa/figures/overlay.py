"""Several series to one chart on one scale: each line named at its end, told apart by dash and mark as well as colour.

Refuses nothing by itself: that one unit holds them all is looked at before.
"""

import textwrap
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hscb_qa import formats
from hscb_qa.figures.labels import End, end_labels, leaders
from hscb_qa.figures.lines import line_of, statuses
from hscb_qa.figures.marks import OWN_COLOUR
from hscb_qa.figures.template import axis, template, ticks_of, time_axis
from hscb_qa.views import IndicatorView, Line, TogetherView

Figure = dict[str, Any]
STYLES = (
    (OWN_COLOUR, "solid", "circle"),
    ("#801650", "dot", "diamond"),
    ("#28A197", "dash", "square"),
    ("#F46A25", "dashdot", "triangle-up"),
)
"""Colour, dash and mark of the first series, the second and so on."""
_LETTERS_OF_A_LABEL = 22
_TRUNCATED_ABOVE = 0.5
_MOST_MARKS = 30
_ROOM_FOR_STATUS = 0.05


def overlay_figure(view: TogetherView, height: int = 520) -> Figure:
    """A line for each series between common axes; a number that is not shown breaks its line and has its status on the axis."""
    low, high = value_range([line.view for line in view.lines])
    ends = [_end(view, line, style[0]) for line, style in zip(view.lines, STYLES, strict=False)]
    step = (high - low) * _ROOM_FOR_STATUS
    marked = [_at(statuses(line.view, low), low + number * step, STYLES[number][0]) for number, line in enumerate(view.lines)]
    return {
        "data": [*(_drawn(line, number) for number, line in reversed(list(enumerate(view.lines)))), *marked],
        "layout": {
            **template(height),
            "margin": {"l": 50, "r": _width(ends), "t": 10, "b": 50},
            "xaxis": time_axis_of(view),
            "yaxis": {**axis(), "range": [low, high], "nticks": 5, "showline": False},
            "annotations": end_labels(ends, low, high),
            "shapes": leaders(ends, low, high),
        },
    }


def value_range(views: list[IndicatorView]) -> tuple[float, float]:
    """From zero, unless every value lies in the upper half, to a little above the highest of all."""
    values = [point.value for view in views for point in view.points if point.value is not None]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    room = (high - low) * 0.12 or abs(high) * 0.12 or 1.0
    return (low - room if low < 0 or high * _TRUNCATED_ABOVE < low < high else 0.0), high + room


def time_axis_of(view: TogetherView, most_ticks: int = 4) -> Figure:
    """The axis of time that every series of the view fits on."""
    days = sorted({point.ends for line in view.lines for point in line.view.points})
    first, last = view.days or (date(2000, 1, 1), date(2001, 1, 1))
    room = max((last - first) * 0.03, timedelta(days=30))
    return time_axis(ticks_of(days, most_ticks), first - room, last + room / 2)


def _drawn(line: Line, number: int) -> Figure:
    """The line of a series, with a mark at each point where there are few; a year to date has marks alone, as it begins anew each April."""
    colour, dash, mark = STYLES[number]
    drawn = line_of(line.view, line.name, line.view.points, colour, dash, 3.5 if number == 0 else 2.5)
    with_marks = len(line.view.points) <= _MOST_MARKS
    mode = "markers" if line.view.basis == "ytd" else "lines+markers" if with_marks or _is_broken(line.view) else "lines"
    return {**drawn, "mode": mode, "marker": {"symbol": mark, "size": 7, "color": colour}}


def _is_broken(view: IndicatorView) -> bool:
    """Whether a point stands alone between two that are not shown, where a line alone would leave it out."""
    shown = [False, *(point.value is not None for point in view.points), False]
    return any(now and not before and not after for (before, now), (_, after) in pairwise(pairwise(shown)))


def _at(drawn: Figure, height: float, colour: str) -> Figure:
    """The statuses of a line in a row and a colour of their own."""
    return {**drawn, "y": [height for _ in drawn["y"]], "textfont": {**drawn["textfont"], "color": colour}}


def _end(view: TogetherView, line: Line, colour: str) -> End:
    last = line.view.latest
    if last is None:
        return End(f"{line.name}: no figures", colour, None)
    latest = max(one.view.latest.ends for one in view.lines if one.view.latest)
    when = "" if last.ends == latest else f" ({last.label})"
    text = f"{line.name} {formats.number(last.value, last.status, line.view.indicator.decimals)}{when}"
    return End("<br>".join(textwrap.wrap(text, _LETTERS_OF_A_LABEL)), colour, last.value)


def _width(ends: list[End]) -> int:
    return 28 + round(max((len(row) for end in ends for row in end.text.split("<br>")), default=0) * 8.2)
