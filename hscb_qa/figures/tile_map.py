"""London's authorities to a map of equal squares, each about where it lies, with its short name and its figure, shaded in four steps.

Refuses a boundary file, and to leave a square out: one without a figure has its status.
"""

from itertools import pairwise
from math import floor, log10
from typing import Any, NamedTuple

from hscb_qa import formats
from hscb_qa.figures.marks import GREY
from hscb_qa.figures.template import template
from hscb_qa.views import AuthoritiesView, Authority

Figure = dict[str, Any]
_INK, _WHITE = "#0B0C0C", "#FFFFFF"
_ON_LIGHT, _ON_DARK = "#101214", "#FDFDFD"
SHADES = (("#D9E5F2", _ON_LIGHT), ("#6BACE6", _ON_LIGHT), ("#2073BC", _ON_DARK), ("#0F3B61", _ON_DARK))
"""The ground and the text of a square, from the lowest figures to the highest: the higher, the darker, in both themes."""
_SQUARE = 88
_UNITS = 8  # a cut stands at a number so round that the whole range has about this many of them


class Square(NamedTuple):
    """Where an authority stands, counted from the north-west, and what it is called there."""

    row: int
    column: int
    name: str


LONDON: dict[str, Square] = {
    "E09000010": Square(0, 4, "Enfield"),
    "E09000015": Square(1, 2, "Harrow"),
    "E09000003": Square(1, 3, "Barnet"),
    "E09000014": Square(1, 4, "Haringey"),
    "E09000031": Square(1, 5, "Waltham"),
    "E09000017": Square(2, 0, "Hillingdon"),
    "E09000009": Square(2, 1, "Ealing"),
    "E09000005": Square(2, 2, "Brent"),
    "E09000007": Square(2, 3, "Camden"),
    "E09000019": Square(2, 4, "Islington"),
    "E09000012": Square(2, 5, "Hackney"),
    "E09000026": Square(2, 6, "Redbridge"),
    "E09000016": Square(2, 7, "Havering"),
    "E09000018": Square(3, 0, "Hounslow"),
    "E09000013": Square(3, 1, "Ham & F"),
    "E09000020": Square(3, 2, "Ken & C"),
    "E09000033": Square(3, 3, "Westmin"),
    "E09000001": Square(3, 4, "City"),
    "E09000030": Square(3, 5, "Tower H"),
    "E09000025": Square(3, 6, "Newham"),
    "E09000002": Square(3, 7, "Barking"),
    "E09000027": Square(4, 1, "Richmond"),
    "E09000032": Square(4, 2, "Wandsw"),
    "E09000022": Square(4, 3, "Lambeth"),
    "E09000028": Square(4, 4, "Southwark"),
    "E09000023": Square(4, 5, "Lewisham"),
    "E09000011": Square(4, 6, "Greenwich"),
    "E09000004": Square(4, 7, "Bexley"),
    "E09000021": Square(5, 2, "Kingston"),
    "E09000024": Square(5, 3, "Merton"),
    "E09000008": Square(5, 4, "Croydon"),
    "E09000006": Square(5, 5, "Bromley"),
    "E09000029": Square(6, 3, "Sutton"),
}
_ROWS, _COLUMNS = 7, 8


def tile_map_figure(view: AuthoritiesView) -> Figure:
    """A square for each of London's authorities; the board's own has a thick edge and bold type, its neighbours a dashed edge."""
    steps = steps_of(view)
    return {
        "data": [_hover(view)],
        "layout": {
            **template(_ROWS * _SQUARE + 20),
            "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
            "xaxis": _hidden_axis(-0.05, _COLUMNS + 0.05),
            "yaxis": {**_hidden_axis(_ROWS + 0.05, -0.05), "scaleanchor": "x", "constraintoward": "top"},
            "shapes": [_ground(view, code, square, steps) for code, square in _drawn_last(view)],
            "annotations": [_text(view, code, square, steps) for code, square in LONDON.items()],
        },
    }


def _hidden_axis(first: float, last: float) -> Figure:
    return {"range": [first, last], "visible": False, "fixedrange": True, "constrain": "domain"}


def steps_of(view: AuthoritiesView) -> tuple[tuple[float, float], ...]:
    """The lowest and the highest figure of each step: London's figures in order, cut at round numbers into four of about equal number.

    Equal figures are of one step, and no step is empty, so that there may be fewer than four.
    """
    values = sorted(one.value for one in london_of(view).values() if one.value is not None)
    decimals = view.indicator.decimals
    rounded = [formats.rounded(value, decimals) for value in values]
    cuts = _round_cuts(rounded) if rounded else []
    groups = [[one for one in rounded if cut <= one < following] for cut, following in pairwise([float("-inf"), *cuts, float("inf")])]
    return tuple((group[0], group[-1]) for group in groups if group)


def _round_cuts(values: list[float]) -> list[float]:
    """Where one step ends and the next begins: the quarters of the values in order, at the nearest round number."""
    unit = _round_unit((values[-1] - values[0]) / _UNITS)
    quarters = (values[len(values) * step // len(SHADES)] for step in range(1, len(SHADES)))
    return sorted({round(round(value / unit) * unit, 6) if unit else value for value in quarters})


def _round_unit(least: float) -> float:
    """The greatest of 1, 2, 5, 10, 20 and so on, and their tenths, that is not above a number; 0 for 0."""
    if least <= 0:
        return 0.0
    power = 10.0 ** floor(log10(least))
    return max(unit * power for unit in (1, 2, 5) if unit * power <= least * (1 + 1e-9))


def london_of(view: AuthoritiesView) -> dict[str, Authority]:
    """London's authorities of a view, by code."""
    return {one.code: one for one in view.authorities if one.code in LONDON}


def _step(view: AuthoritiesView, one: Authority | None, steps: tuple[tuple[float, float], ...]) -> int | None:
    if one is None or one.value is None:
        return None
    value = formats.rounded(one.value, view.indicator.decimals)
    return next(number for number, (_, highest) in enumerate(steps) if value <= highest)


def _shade(view: AuthoritiesView, one: Authority | None, steps: tuple[tuple[float, float], ...]) -> tuple[str, str]:
    step = _step(view, one, steps)
    return (_WHITE, _INK) if step is None else SHADES[step]


def _drawn_last(view: AuthoritiesView) -> list[tuple[str, Square]]:
    """The squares with the neighbours' and then the board's own at the end, so that their edges lie above the others'."""
    order = {"other": 0, "neighbour": 1, "own": 2}
    found = london_of(view)
    return sorted(LONDON.items(), key=lambda item: order[found[item[0]].kind] if item[0] in found else 0)


def _ground(view: AuthoritiesView, code: str, square: Square, steps: tuple[tuple[float, float], ...]) -> Figure:
    one = london_of(view).get(code)
    kind = one.kind if one else "other"
    edges = {"own": {"color": _INK, "width": 5}, "neighbour": {"color": "#801650", "width": 3, "dash": "dot"}}
    gap = 0.03
    corners = {"x0": square.column + gap, "x1": square.column + 1 - gap, "y0": square.row + gap, "y1": square.row + 1 - gap}
    has_figure = one is not None and one.value is not None
    line = edges.get(kind, {"color": GREY, "width": 1, **({} if has_figure else {"dash": "dash"})})
    return {"type": "rect", **corners, "fillcolor": _shade(view, one, steps)[0], "line": line, "layer": "below"}


def _text(view: AuthoritiesView, code: str, square: Square, steps: tuple[tuple[float, float], ...]) -> Figure:
    one = london_of(view).get(code)
    number = formats.number(one.value, one.status, view.indicator.decimals) if one else "[x]"
    text = f"{square.name}<br><b>{number}</b>"
    font = {"size": 13, "color": _shade(view, one, steps)[1]}
    return {
        "x": square.column + 0.5,
        "y": square.row + 0.5,
        "text": f"<b>{text}</b>" if one and one.kind == "own" else text,
        "showarrow": False,
        "font": font,
    }


def _hover(view: AuthoritiesView) -> Figure:
    """Whole names with units for those who point at a square."""
    found = [(LONDON[code], one) for code, one in london_of(view).items()]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "authorities",
        "x": [square.column + 0.5 for square, _ in found],
        "y": [square.row + 0.5 for square, _ in found],
        "text": [f"{one.name} {formats.figure(one.value, one.status, view.indicator)}, {view.label}" for _, one in found],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": _SQUARE - 10, "opacity": 0, "symbol": "square"},
    }
