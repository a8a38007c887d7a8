"""The parts of an indicator to stacked columns, one for each period, each part named beside the last column.

Refuses to fill a column up to a whole: where a part is hidden or missing its status stands above the column, and nothing in its place.
"""

import textwrap
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hscb_qa import formats
from hscb_qa.figures.labels import End, end_labels, leaders
from hscb_qa.figures.marks import OWN_COLOUR
from hscb_qa.figures.template import axis, template, ticks_of, time_axis
from hscb_qa.views import CompositionView, Part, Point

Figure = dict[str, Any]
_COLOURS = (OWN_COLOUR, "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
_PATTERNS = ("", "/", "", ".", "", "x")
_PATTERN = {"size": 6, "solidity": 0.2, "fgcolor": "#FFFFFF", "fillmode": "overlay"}
_SHARE_OF_SLOT = 0.78
_LETTERS_OF_A_LABEL = 15
_MOST_COLUMNS = 12
_PALE = 0.35  # of a column that is not the whole


def composition_figure(view: CompositionView, height: int = 520) -> Figure:
    """A column for each period, its parts from the bottom in the configuration's order; [c] above one that is not the whole."""
    view = newest_periods(view)
    high = max((_sum(view, period) for period in view.periods), default=0.0) * 1.12 or 1.0
    ends = _ends(view)
    return {
        "data": [_columns(view, part, number) for number, part in enumerate(view.parts)],
        "layout": {
            **template(height),
            "barmode": "stack",
            "margin": {"l": 50, "r": _width(ends), "t": 10, "b": 50},
            "xaxis": _x_axis(view),
            "yaxis": {**axis(), "range": [0, high], "nticks": 5, "showline": False},
            "annotations": [*end_labels(ends, 0, high), *_not_whole(view)],
            "shapes": leaders(ends, 0, high),
        },
    }


def newest_periods(view: CompositionView) -> CompositionView:
    """The newest periods, as many as can be told apart on a telephone; the table beside the chart has all."""
    return replace(view, periods=view.periods[-_MOST_COLUMNS:])


def _width(ends: list[End]) -> int:
    return 24 + round(max((len(row) for end in ends for row in end.text.split("<br>")), default=0) * 8.2)


def _columns(view: CompositionView, part: Part, number: int) -> Figure:
    points = [view.at(part, period.period) for period in view.periods]
    return {
        "type": "bar",
        "name": part.name,
        "x": [period.ends.isoformat() for period in view.periods],
        "y": [point.value if point else None for point in points],
        "width": _slot(view).total_seconds() * 1000 * _SHARE_OF_SLOT,
        "text": [_hover(part, point) if point else "" for point in points],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "color": _COLOURS[number % len(_COLOURS)],
            "opacity": [_PALE if view.missing(period.period) else 1.0 for period in view.periods],
            "line": {"color": "#FFFFFF", "width": 1.5},
            "pattern": {**_PATTERN, "shape": _PATTERNS[number % len(_PATTERNS)]},
        },
    }


def _hover(part: Part, point: Point) -> str:
    return f"{part.name} {formats.figure(point.value, point.status, part.view.indicator)}, {point.label}"


def _ends(view: CompositionView) -> list[End]:
    """Each part's name and last figure or status, at the height of its middle in the last column."""
    if not view.periods:
        return []
    below, ends = 0.0, []
    for number, part in enumerate(view.parts):
        point = view.at(part, view.periods[-1].period)
        value = point.value if point else None
        told = formats.number(value, point.status if point else "x", part.view.indicator.decimals)
        name = "<br>".join(textwrap.wrap(f"{part.name}: {told}", _LETTERS_OF_A_LABEL))
        ends.append(End(name, _COLOURS[number % len(_COLOURS)], below + (value or 0.0) / 2))
        below += value or 0.0
    return ends


def _not_whole(view: CompositionView) -> list[Figure]:
    """Above each column that lacks a part, the status that stands for it."""
    place = {"yanchor": "bottom", "yshift": 2, "showarrow": False, "textangle": -90, "font": {"size": 13, "color": OWN_COLOUR}}
    return [
        {
            **place,
            "x": period.ends.isoformat(),
            "y": _sum(view, period),
            "text": "<br>".join(f"[{status}]" for status in missing),
            "hovertext": f"{period.label}: not the whole, as a part is not shown",
        }
        for period in view.periods
        if (missing := view.missing(period.period))
    ]


def _sum(view: CompositionView, period: Point) -> float:
    points = [view.at(part, period.period) for part in view.parts]
    return sum(point.value for point in points if point and point.value is not None)


def _slot(view: CompositionView) -> timedelta:
    days = [period.ends for period in view.periods]
    return min((later - earlier for earlier, later in pairwise(days)), default=timedelta(days=90))


def _x_axis(view: CompositionView) -> Figure:
    days = [period.ends for period in view.periods] or [date(2000, 1, 1)]
    room = _slot(view) * 0.6
    return time_axis(ticks_of(days, 3), days[0] - room, days[-1] + room)
