"""A control chart's own parts of a figure: the usual range with its mean, special causes, the target, and where limits begin anew.

Refuses to draw limits across a gap, a break or a rebase, and where no figure could lie.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from hscb_qa import formats
from hscb_qa.definitions import Rebase
from hscb_qa.figures.labels import End
from hscb_qa.figures.lines import hover_text
from hscb_qa.figures.marks import BAND_COLOUR, GREY, SHAPE_COLOURS, Shape, signal_shape
from hscb_qa.views import IndicatorView, Limits, Point
from hscb_qa.views.signals import Judgement

Figure = dict[str, Any]
_TARGET_COLOUR = "#9B1C1C"
_SIZES: dict[Shape, int] = {"diamond": 13, "square": 11, "triangle-up": 13, "triangle-down": 13}  # so that all look equally large
_TOLD: dict[Judgement, str] = {"improvement": "improvement", "concern": "concern", "neutral": "more than chance explains"}
_APART = 0.25  # labels at the top nearer than this share of the chart's width stand one under the other


@dataclass(frozen=True)
class Slot:
    """The stretch of time for which a point's limits are drawn."""

    left: date
    right: date
    limits: Limits


def band(view: IndicatorView) -> list[Figure]:
    """The usual range as one filled trace and the mean as another; none where there are no limits."""
    stretches = _stretches(view)
    if not stretches:
        return []
    still = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "connectgaps": False}
    outline = [corner for slots in stretches for corner in (*_outline(slots), (None, None))]
    mean = [corner for slots in stretches for corner in (*_steps(slots, "mean"), (None, None))]
    return [
        {**still, **_xy(outline), "name": "usual range", "fill": "toself", "fillcolor": BAND_COLOUR, "line": {"width": 0}},
        {**still, **_xy(mean), "name": "mean", "line": {"color": GREY, "width": 1.5}},
    ]


def special_causes(view: IndicatorView) -> list[Figure]:
    """The points that more than chance explains, one trace for each shape that occurs."""
    signals = view.control.signals if view.control else {}
    points: dict[Shape, list[Point]] = {}
    for point in view.points:
        if point.value is not None and point.period in signals:
            points.setdefault(signal_shape(signals[point.period]), []).append(point)
    return [_marked(view, shape, marked) for shape, marked in points.items()]


def heights(view: IndicatorView) -> list[float]:
    """Every value of the axis that limits and target reach."""
    control = view.control
    if control is None:
        return []
    limits = [limit for slots in _stretches(view) for slot in slots for limit in (slot.limits.lower, slot.limits.upper)]
    return limits + ([] if control.target is None else [control.target])


def target_line(view: IndicatorView) -> list[Figure]:
    """A thin line through the whole width at what the Board agreed to reach."""
    target = view.control.target if view.control else None
    if target is None:
        return []
    line = {"color": _TARGET_COLOUR, "width": 1.5, "dash": "longdash"}
    return [{"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": target, "y1": target, "line": line}]


def target_end(view: IndicatorView) -> list[End]:
    """What stands at the end of the target's line."""
    target = view.control.target if view.control else None
    return [] if target is None else [End(f"target {formats.number(target, '', view.indicator.decimals)}", _TARGET_COLOUR, target)]


def divide_lines(view: IndicatorView) -> list[Figure]:
    """A dotted line through the whole height at each break of the definition and each rebase of the limits."""
    line = {"color": GREY, "width": 1.5, "dash": "dot"}
    ends = {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": 1, "line": line}
    return [{**ends, "x0": day.isoformat(), "x1": day.isoformat()} for day, _, _ in _divides(view)]


def divide_labels(view: IndicatorView, high: float) -> list[Figure]:
    """What happened on those days, at the top of the chart; lower where the label before stands too near."""
    return [_divide_label(day, text, why, high, row) for row, (day, text, why) in zip(_rows(view), _divides(view), strict=True)]


def rows_of_labels(view: IndicatorView) -> int:
    """How many rows of such labels stand under each other at the top."""
    return max(_rows(view), default=-1) + 1


def _rows(view: IndicatorView) -> list[int]:
    days = [day for day, _, _ in _divides(view)]
    rows = [0] * len(days)
    for place in range(1, len(days)):
        rows[place] = rows[place - 1] + 1 if _is_near(view, days[place - 1], days[place]) else 0
    return rows


def _divide_label(day: date, text: str, why: str, high: float, row: int) -> Figure:
    place = {"x": day.isoformat(), "xanchor": "right", "xshift": -4, "y": high, "yanchor": "top", "yshift": -row * 36, "showarrow": False}
    return {**place, "align": "right", "text": text, "hovertext": why, "font": {"size": 14, "color": GREY}}


def _divides(view: IndicatorView) -> list[tuple[date, str, str]]:
    """Day, label and reason of each break and rebase within the series, in order of time; a break goes before a rebase of its day."""
    breaks = {one.on: ("definition<br>changed", f"{formats.day(one.on)}: {one.what_changed}") for one in view.breaks}
    rebases = [part.started_by for part in (view.control.parts if view.control else ()) if isinstance(part.started_by, Rebase)]
    anew = {one.on: ("limits<br>rebased", f"{formats.day(one.on)}: {one.reason} {one.decided.by}") for one in rebases}
    return [(day, *told) for day, told in sorted({**anew, **breaks}.items())]


def _is_near(view: IndicatorView, before: date, day: date) -> bool:
    return (day - before) < (view.points[-1].ends - view.points[0].ends) * _APART


def _stretches(view: IndicatorView) -> list[list[Slot]]:
    """The slots of points that follow each other in one part; a point without limits and a new part begin another stretch."""
    control, points = view.control, view.points
    if control is None or not control.has_limits or not points:
        return []
    starts, days = {part.first for part in control.parts}, [day for day, _, _ in _divides(view)]
    inner = [_edge(earlier, later, days) for earlier, later in pairwise(points)]
    edges = [points[0].ends, *inner, points[-1].ends]
    stretches: list[list[Slot]] = [[]]
    for point, (left, right) in zip(points, pairwise(edges), strict=True):
        limits = control.limits.get(point.period)
        if limits is None or point.period in starts:
            stretches.append([])
        if limits is not None:
            stretches[-1].append(Slot(left, right, limits))
    return [slots for slots in stretches if slots]


def _edge(earlier: Point, later: Point, days: list[date]) -> date:
    """The day on which limits go over from one point's to the next one's: that of a break or rebase, else half way."""
    half_way = earlier.ends + (later.ends - earlier.ends) / 2
    return next((day for day in days if earlier.ends < day <= later.ends), half_way)


def _outline(slots: list[Slot]) -> list[tuple[date | None, float | None]]:
    return [*_steps(slots, "upper"), *reversed(_steps(slots, "lower"))]


def _steps(slots: list[Slot], which: str) -> list[tuple[date | None, float | None]]:
    """The two ends of each slot at one of its limits: a line with steps, flat where limits stay the same."""
    return [(day, getattr(slot.limits, which)) for slot in slots for day in (slot.left, slot.right)]


def _xy(corners: list[tuple[date | None, float | None]]) -> Figure:
    return {"x": [day.isoformat() if day else None for day, _ in corners], "y": [height for _, height in corners]}


def _marked(view: IndicatorView, shape: Shape, points: list[Point]) -> Figure:
    assert view.control is not None
    words = [f"{hover_text(view, view.place, point)}: {_TOLD[view.control.signals[point.period].judgement]}" for point in points]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": shape,
        "x": [point.ends.isoformat() for point in points],
        "y": [point.value for point in points],
        "text": words,
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": {"symbol": shape, "size": _SIZES[shape], "color": SHAPE_COLOURS[shape], "line": {"color": "#FFFFFF", "width": 1.5}},
    }
