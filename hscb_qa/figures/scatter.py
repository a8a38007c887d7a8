"""Two series to one chart of the one against the other: a point for each period both have, joined in order of time.

The first and the last point are named, and periods between where there is room. Refuses to draw a line through them as a rule.
"""

import textwrap
from typing import Any

from hscb_qa import formats
from hscb_qa.figures.beside import Side, placed, sides_of
from hscb_qa.figures.marks import GREY, OWN_COLOUR
from hscb_qa.figures.template import axis, template
from hscb_qa.views import Line, Pair, TogetherView, pairs_of

Figure = dict[str, Any]
_NAMED = 6  # so many periods are named at most, the first and the last among them
_EDGE = 0.14
_LETTERS_OF_A_TITLE = 40


def scatter_figure(view: TogetherView, height: int = 520) -> Figure:
    """The first series across, the second up; the path leads from the first period to the last, which is the large mark."""
    across, up = view.lines[:2]
    pairs = pairs_of(view)
    return {
        "data": [_path(pairs), _points(across, up, pairs)],
        "layout": {
            **template(height),
            "margin": {"l": 70, "r": 30, "t": 44, "b": 78},
            "xaxis": {
                **axis(),
                **_scale([pair.across for pair in pairs]),
                "showline": True,
                "title": _title("<br>".join(textwrap.wrap(_name(across), _LETTERS_OF_A_TITLE))),
            },
            "yaxis": {**axis(), **_scale([pair.up for pair in pairs]), "showline": True},
            "annotations": [_above(_name(up)), *_named(pairs)],
        },
    }


def _path(pairs: tuple[Pair, ...]) -> Figure:
    xy = {"x": [pair.across for pair in pairs], "y": [pair.up for pair in pairs]}
    return {"type": "scatter", "mode": "lines", "name": "in order of time", **xy, "hoverinfo": "skip", "line": {"color": GREY, "width": 1}}


def _points(across: Line, up: Line, pairs: tuple[Pair, ...]) -> Figure:
    last = len(pairs) - 1
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "both figures of a period",
        "x": [pair.across for pair in pairs],
        "y": [pair.up for pair in pairs],
        "text": [_hover(across, up, pair) for pair in pairs],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": {
            "opacity": 1,
            "symbol": ["circle-open" if number == 0 else "circle" for number in range(len(pairs))],
            "size": [15 if number == last else 12 if number == 0 else 9 for number in range(len(pairs))],
            "color": OWN_COLOUR,
            "line": {"color": OWN_COLOUR, "width": 2},
        },
    }


def _hover(across: Line, up: Line, pair: Pair) -> str:
    told = [formats.figure(value, "", line.view.indicator) for line, value in ((across, pair.across), (up, pair.up))]
    return f"{pair.label}<br>{across.name} {told[0]}<br>{up.name} {told[1]}"


def _named(pairs: tuple[Pair, ...]) -> list[Figure]:
    """The periods of the first and the last point, in bold, and of some between that are clear of all else."""
    last = len(pairs) - 1
    if last < 0:
        return []
    across, up = _scale([pair.across for pair in pairs])["range"], _scale([pair.up for pair in pairs])["range"]
    spots = [(_share(pair.across, across), _share(pair.up, up)) for pair in pairs]
    between = range(0, last + 1, max(1, -(-len(pairs) // (_NAMED - 1))))
    ends = list(dict.fromkeys((last, 0)))
    sides = sides_of(spots, ends, [number for number in between if number not in ends], max(len(pair.label) for pair in pairs))
    return [_label(pairs[number], sides[number], is_end=number in ends) for number in sorted(sides)]


def _share(value: float, between: list[float]) -> float:
    return (value - between[0]) / (between[1] - between[0])


def _label(pair: Pair, side: Side, *, is_end: bool) -> Figure:
    text = f"<b>{pair.label}</b>" if is_end else pair.label
    font = {"size": 15 if is_end else 13, "color": OWN_COLOUR if is_end else GREY}
    return {**placed(side), "x": pair.across, "y": pair.up, "text": text, "font": font}


def _above(text: str) -> Figure:
    """The name of the value that goes up, where it reads from left to right."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "xshift": -60, "yshift": 14}
    return {**place, "text": text, "showarrow": False, "align": "left", "font": {"size": 15}}


def _name(line: Line) -> str:
    return f"{line.name} ({formats.unit_name(line.view.indicator).lower()})"


def _title(text: str) -> Figure:
    return {"text": text, "font": {"size": 15}, "standoff": 12}


def _scale(values: list[float]) -> Figure:
    if not values:
        return {"range": [0, 1]}
    low, high = min(values), max(values)
    room = (high - low) * _EDGE or abs(high) * _EDGE or 1.0
    return {"range": [max(low - room, 0.0) if low >= 0 else low - room, high + room], "nticks": 5}
