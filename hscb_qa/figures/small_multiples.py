"""Several series to small charts side by side, on one scale of time, and on one of value where their unit is the same."""

from typing import Any

from hscb_qa.figures import control
from hscb_qa.figures.labels import end_labels, end_of, label_width
from hscb_qa.figures.lines import own_line, statuses
from hscb_qa.figures.marks import OWN_COLOUR
from hscb_qa.figures.overlay import time_axis_of, value_range
from hscb_qa.figures.template import axis, template
from hscb_qa.views import IndicatorView, TogetherView

Figure = dict[str, Any]
_ROOM = 0.06


def small_multiples(view: TogetherView, height: int = 260) -> list[Figure]:
    """A chart for each series in order, with its usual range and special causes; the name stands above it on the page."""
    together = [line.view for line in view.lines]
    common = _range(together) if view.share_unit else None
    return [_small(view, one, common or _range([one]), height) for one in together]


def _small(view: TogetherView, one: IndicatorView, between: tuple[float, float], height: int) -> Figure:
    low, high = between
    ends = [end_of(one, "", one.points, OWN_COLOUR)] if one.latest_shown else []
    return {
        "data": [*control.band(one), own_line(one), *control.special_causes(one), statuses(one, low)],
        "layout": {
            **template(height),
            "margin": {"l": 56, "r": max(label_width(ends), 70), "t": 8, "b": 46},
            "xaxis": time_axis_of(view, 3),
            "yaxis": {**axis(), "range": [low, high], "nticks": 4, "showline": False},
            "annotations": end_labels(ends, low, high),
            "shapes": control.divide_lines(one),
        },
    }


def _range(views: list[IndicatorView]) -> tuple[float, float]:
    """The range of values, and of limits where they are drawn."""
    low, high = value_range(views)
    reached = [limit for one in views for limit in control.heights(one)]
    room = (high - low) * _ROOM
    bottom = min([low, *(limit - room for limit in reached)]) if low else min([0.0, *reached])
    return bottom, max([high, *(limit + room for limit in reached)])
