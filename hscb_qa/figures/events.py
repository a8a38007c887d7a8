"""Events on a chart over time: a thin line on the day of each, with a few words at its top.

Each label has a row of its own, so that no two meet however narrow the chart; its line begins there, as a flag's pole does.
"""

from datetime import date
from typing import Any

from hscb_qa import formats
from hscb_qa.definitions import Event
from hscb_qa.figures.marks import GREY
from hscb_qa.views import IndicatorView

Figure = dict[str, Any]
_ROW = 19  # pixels that a row of these labels takes
_ROW_OF_BREAKS = 36  # and one of the labels of breaks, under which these stand
_FRAME = 60  # pixels above and below the plot
_LATE = 0.55  # from this share of the width on a label stands left of its line


def room(happened: tuple[Event, ...], height: int) -> float:
    """The share of the plot's height that the labels need."""
    return len(happened) * _ROW / (height - _FRAME) * 1.2


def lines(view: IndicatorView, happened: tuple[Event, ...], rows_above: int, height: int) -> list[Figure]:
    """A line from the axis up to each event's label."""
    whole = {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "line": {"color": GREY, "width": 1}}
    tops = [1 - _down(row, rows_above) / (height - _FRAME) for row in range(len(happened))]
    placed = zip(_in_rows(view, happened), tops, strict=True)
    return [{**whole, "x0": one.on.isoformat(), "x1": one.on.isoformat(), "y1": top} for one, top in placed]


def labels(view: IndicatorView, happened: tuple[Event, ...], rows_above: int) -> list[Figure]:
    """What happened, at the top of each line."""
    return [_label(view, one, _down(row, rows_above)) for row, one in enumerate(_in_rows(view, happened))]


def _in_rows(view: IndicatorView, happened: tuple[Event, ...]) -> list[Event]:
    """From the top: late events, the latest first, then early ones, the earliest first, so that labels lie above the lines they pass."""
    late = [one for one in reversed(happened) if _is_late(view, one.on)]
    return [*late, *(one for one in happened if one not in late)]


def _is_late(view: IndicatorView, day: date) -> bool:
    first, last = view.points[0].ends, view.points[-1].ends
    return (day - first) > (last - first) * _LATE


def _label(view: IndicatorView, one: Event, down: int) -> Figure:
    is_late = _is_late(view, one.on)
    side = {"xanchor": "right", "xshift": -3, "align": "right"} if is_late else {"xanchor": "left", "xshift": 3, "align": "left"}
    place = {"x": one.on.isoformat(), "yref": "paper", "y": 1, "yanchor": "top", "yshift": -down, "showarrow": False}
    told = f"{formats.day(one.on)}: {one.title}"
    return {
        **place,
        **side,
        "text": one.short,
        "hovertext": told,
        "font": {"size": 13, "color": GREY},
        "bgcolor": "#FFFFFF",
        "borderpad": 0,
    }


def _down(row: int, rows_above: int) -> int:
    return rows_above * _ROW_OF_BREAKS + row * _ROW
