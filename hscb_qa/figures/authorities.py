"""The authorities of a year to bars in order, the highest at the top: the board's own solid and bold, its neighbours hatched.

With many authorities bars are thin and only the board's own and its neighbours are named. Refuses to say which end is good.
"""

from typing import Any

from hscb_qa import formats
from hscb_qa.figures.labels import spread
from hscb_qa.figures.marks import GREY, OWN_COLOUR
from hscb_qa.figures.template import axis, template
from hscb_qa.views import AuthoritiesView, Authority

Figure = dict[str, Any]
_COLOURS = {"own": OWN_COLOUR, "neighbour": "#801650", "other": "#8A8A8A"}
_ALL_NAMED = 40  # up to so many authorities each have their name
_ROW, _THIN_ROW, _LABEL = 30, 5, 19  # pixels of a bar with a name, of one without, and of a name
_FRAME = 56
_ROOM = 1.04
_LETTER = 8.4


def authorities_figure(view: AuthoritiesView) -> Figure:
    """A bar for each authority with a figure; its height follows from how many there are."""
    shown = view.shown
    row = _ROW if len(shown) <= _ALL_NAMED else _THIN_ROW
    height = max(len(shown) * row, 120) + _FRAME + _LABEL * len(view.wider)
    low, high = min(0.0, *(one.value or 0.0 for one in shown)), _highest(view)
    named = row == _ROW
    return {
        "data": [_bars(view, kind) for kind in ("other", "neighbour", "own") if any(one.kind == kind for one in shown)],
        "layout": {
            **template(height),
            "bargap": 0.25,
            "margin": {"l": 150 if named else 12, "r": 64 if named else _width(view), "t": 10 + _LABEL * len(view.wider), "b": 46},
            "xaxis": {**axis(), "range": [low, high * _ROOM], "nticks": 5, "side": "bottom"},
            "yaxis": _y_axis(shown, is_named=named),
            "annotations": [*(_figures(view) if named else _names(view)), *_wider_labels(view, high)],
            "shapes": _wider_lines(view),
        },
    }


def _highest(view: AuthoritiesView) -> float:
    """The highest of all figures: a region or a country may lie above every authority, and its line has to lie on the chart."""
    return max(*(one.value or 0.0 for one in view.shown), *(value for _, value in view.wider), 0.0)


def _bars(view: AuthoritiesView, kind: str) -> Figure:
    placed = [(place, one) for place, one in enumerate(view.shown) if one.kind == kind]
    pattern = {"shape": "/" if kind == "neighbour" else "", "size": 5, "solidity": 0.35, "fgcolor": "#FFFFFF", "fillmode": "overlay"}
    return {
        "type": "bar",
        "orientation": "h",
        "name": kind,
        "x": [one.value for _, one in placed],
        "y": [place for place, _ in placed],
        "text": [f"{one.name} {formats.figure(one.value, one.status, view.indicator)}, {view.label}" for _, one in placed],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"color": _COLOURS[kind], "pattern": pattern},
    }


def _y_axis(shown: tuple[Authority, ...], *, is_named: bool) -> Figure:
    common = {**axis(), "range": [len(shown) - 0.4, -0.6], "showgrid": False}
    if not is_named:
        return {**common, "showticklabels": False, "ticks": ""}
    return {
        **common,
        "tickmode": "array",
        "tickvals": list(range(len(shown))),
        "ticktext": [f"<b>{one.name}</b>" if one.kind == "own" else one.name for one in shown],
        "tickfont": {"size": 15},
        "ticks": "",
    }


def _figures(view: AuthoritiesView) -> list[Figure]:
    """Each authority's figure at the end of its bar."""
    place = {"xanchor": "left", "xshift": 5, "showarrow": False, "bgcolor": "#FFFFFF", "borderpad": 1}
    return [
        {**place, "x": max(one.value or 0.0, 0.0), "y": number, "text": _bold(one, _number(view, one)), "font": {"size": 15}}
        for number, one in enumerate(view.shown)
    ]


def _names(view: AuthoritiesView) -> list[Figure]:
    """Names and figures of the board's own authority and its neighbours, apart from each other, each led to its bar by a thin line."""
    picked = [(number, one) for number, one in enumerate(view.shown) if one.kind != "other"]
    places = spread([float(number) for number, _ in picked], _LABEL / _THIN_ROW)
    high = _highest(view)
    return [
        {
            "x": one.value,
            "y": number,
            "ax": high * _ROOM,
            "axref": "x",
            "ay": min(max(place, 1.0), len(view.shown) - 2.0),
            "ayref": "y",
            "xanchor": "left",
            "showarrow": True,
            "arrowhead": 0,
            "arrowwidth": 1,
            "arrowcolor": GREY,
            "standoff": 2,
            "text": _bold(one, f"{one.name} {_number(view, one)}"),
            "font": {"size": 15, "color": _COLOURS[one.kind]},
        }
        for (number, one), place in zip(picked, places, strict=True)
    ]


def _width(view: AuthoritiesView) -> int:
    """Pixels that the longest of these names needs."""
    return 12 + round(max((len(f"{one.name} {_number(view, one)}") for one in view.shown if one.kind != "other"), default=0) * _LETTER)


def _bold(one: Authority, text: str) -> str:
    return f"<b>{text}</b>" if one.kind == "own" else text


def _number(view: AuthoritiesView, one: Authority) -> str:
    return formats.number(one.value, one.status, view.indicator.decimals)


def _wider_lines(view: AuthoritiesView) -> list[Figure]:
    line = {"color": GREY, "width": 1.5, "dash": "dash"}
    return [
        {"type": "line", "xref": "x", "yref": "paper", "x0": value, "x1": value, "y0": 0, "y1": 1, "line": line} for _, value in view.wider
    ]


def _wider_labels(view: AuthoritiesView, high: float) -> list[Figure]:
    """The names of regions and countries at the top of their lines, each in a row of its own, on the side where there is room."""
    place = {"yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "font": {"size": 14, "color": GREY}}
    return [
        {
            **place,
            "x": value,
            "xanchor": "right" if value > high / 2 else "left",
            "yshift": row * _LABEL,
            "text": f"{name} {formats.number(value, '', view.indicator.decimals)}",
        }
        for row, (name, value) in enumerate(sorted(view.wider, key=lambda one: one[1]))
    ]
