"""How long recommendations took to a strip of dots: one dot for each, those completed above, those still open below.

Draws every one, so that a long wait is not lost in a mean. Refuses to draw an open one as if it were done: its dot is hollow.
"""

from collections.abc import Sequence

from hscb_qa.figures.marks import GREY, OWN_COLOUR
from hscb_qa.figures.template import Figure, axis, template
from hscb_qa.learning.recommendations import Followed, Times

_WIDTH = 14  # days that share a column, about the width of a dot on a desk's screen
_TOP, _BOTTOM = 34, 56
_DOT = 13
_DAYS_OF_A_MONTH = 30.44
_Marked = tuple[int, str, str]


def durations_figure(followed: Sequence[Followed], times: Times, due_months: int, height: int = 260) -> Figure:
    """A dot for each recommendation over the days it took or has run; lines at the Board's rule and at the day by which half were done.

    `meta` says that the chart counts recommendations, and no child.
    """
    due_days = round(due_months * _DAYS_OF_A_MONTH)
    marked = _marked(times, due_days, due_months)
    most = max((*times.completed, *times.still_open, due_days)) * 1.06
    in_order = sorted(followed, key=lambda one: one.days)
    rows = [_trace([one for one in in_order if (one.completed_on is None) is is_open], is_open=is_open) for is_open in (False, True)]
    tallest = [max(row["y"], key=abs, default=0) for row in rows]
    return {
        "data": rows,
        "layout": {
            **template(height),
            "meta": {"counts": "recommendations"},
            "margin": {"l": 110, "r": 20, "t": _TOP, "b": _BOTTOM},
            "xaxis": {**axis(), "range": [-_WIDTH / 2, most], "showline": True, "showgrid": False, "title": _title(), "nticks": 8},
            "yaxis": {
                **axis(),
                "range": [min(tallest[1], -2) - 1, max(tallest[0], 2) + 1],
                "showgrid": False,
                "tickvals": [max(tallest[0], 2) / 2, min(tallest[1], -2) / 2],
                "ticktext": ["completed", "still open"],
            },
            "shapes": [_level(), *(_line(days, dash) for days, dash, _ in marked)],
            "annotations": [_label(days, words, anchor) for (days, _, words), anchor in zip(marked, _anchors(marked), strict=True)],
        },
    }  # fmt: skip


def _marked(times: Times, due_days: int, due_months: int) -> list[_Marked]:
    """The days that have a line, in order, each with its dash and its words; the rule alone where too few are completed."""
    rule = (due_days, "dot", f"the rule: {due_months} months")
    half = [] if times.median is None else [(times.median, "solid", f"half done: {times.median} days")]
    return sorted([rule, *half])


def _anchors(marked: list[_Marked]) -> list[str]:
    """Where the words of each line end or begin, so that those of two lines never overlap."""
    return ["right", "left"] if len(marked) > 1 else ["center"]


def _trace(followed: Sequence[Followed], *, is_open: bool) -> Figure:
    """The dots of one row, stacked away from the level between the two rows."""
    heights: dict[int, int] = {}
    places = []
    for one in followed:
        column = one.days // _WIDTH
        heights[column] = heights.get(column, 0) + 1
        places.append(-heights[column] if is_open else heights[column])
    colours = {"color": "#FFFFFF", "line": {"color": OWN_COLOUR, "width": 2}} if is_open else {"color": OWN_COLOUR, "line": {"width": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "still open" if is_open else "completed",
        "x": [one.days for one in followed],
        "y": places,
        "text": [one.recommendation.text[:90] for one in followed],
        "hovertemplate": "%{x} days: %{text}<extra></extra>",
        "marker": {"symbol": "circle", "size": _DOT, **colours},
    }


def _title() -> Figure:
    return {"text": "Days since it was made", "font": {"size": 14, "color": GREY}, "standoff": 6}


def _level() -> Figure:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": {"color": GREY, "width": 1}}


def _line(days: int, dash: str) -> Figure:
    return {"type": "line", "yref": "paper", "x0": days, "x1": days, "y0": 0, "y1": 1, "line": {"color": GREY, "width": 1.5, "dash": dash}}


def _label(days: int, words: str, anchor: str) -> Figure:
    return {
        "x": days,
        "xanchor": anchor,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": words,
        "showarrow": False,
        "font": {"size": 14, "color": GREY},
        "yshift": 2,
    }
