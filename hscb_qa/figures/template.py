"""What every figure has in common: its type, its grounds, its axes. The one template of all charts."""

from datetime import date
from typing import Any

from hscb_qa.figures.marks import GREY

Figure = dict[str, Any]
TEXT_COLOUR = "#0B0C0C"
_GRID = "#D9D9D9"
_FONT = "Arial, Liberation Sans, sans-serif"


def template(height: int) -> Figure:
    """What every chart has in common: its type, its ground and that nothing moves."""
    return {
        "height": height,
        "font": {"family": _FONT, "size": 16, "color": TEXT_COLOUR},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": _FONT, "size": 15}, "bgcolor": "#FFFFFF"},
        "dragmode": False,
    }


def axis() -> Figure:
    """What every axis has in common."""
    return {"gridcolor": _GRID, "linecolor": GREY, "tickcolor": GREY, "zeroline": False, "fixedrange": True, "automargin": False}


def time_axis(ticks: list[date], first: date, last: date) -> Figure:
    """An axis of time from one day to another, with a month and a year under each tick."""
    return {
        **axis(),
        "showgrid": False,
        "showline": True,
        "type": "date",
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in ticks],
        "ticktext": [f"{day:%b<br>%Y}" for day in ticks],
        "tickangle": 0,
        "tickfont": {"size": 14},
        "range": [first.isoformat(), last.isoformat()],
    }


def ticks_of(days: list[date], most: int) -> list[date]:
    """At most so many of the days, evenly apart, the last one among them: more would overlap on a telephone."""
    step = max(1, -(-len(days) // most))
    return days[::-1][::step][::-1]
