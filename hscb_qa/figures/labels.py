"""Labels at the ends of lines: each beside its own line's end, pushed apart where they would overlap, inside the chart.

A label that was pushed away has a thin line that leads from its line's end to it.
"""

from typing import NamedTuple

from hscb_qa import formats
from hscb_qa.figures.marks import OWN_COLOUR
from hscb_qa.views import IndicatorView, Point

_ROOM = 0.095
_CLOSE, _LED = 8, 20  # pixels from the axes to a label, and to one where some are led to
_LETTER = 8.4  # pixels that a letter of a label needs
_DARKER = {"#28A197": "#17776F", "#F46A25": "#B84A0E", "#A285D1": "#6B4FA0"}  # where text of the colour would fall under 4.5 to 1 on white


class End(NamedTuple):
    """What stands at the end of a line: its text and colour, and the height of its last figure, None where that is not shown."""

    text: str
    colour: str
    height: float | None


def end_of(view: IndicatorView, name: str, points: tuple[Point, ...], colour: str) -> End:
    """The end of a series' line: its name and last figure or status, with its period where it ends before our own."""
    last = points[-1]
    when = "" if last.period == view.points[-1].period else f" ({last.label})"
    return End(f"{name} {formats.number(last.value, last.status, view.indicator.decimals)}{when}", colour, last.value)


def end_labels(ends: list[End], low: float, high: float) -> list[dict[str, object]]:
    """The labels as annotations between two heights of the value axis."""
    shift = _LED if leaders(ends, low, high) else _CLOSE
    return [_label(end, y, shift) for end, y in zip(ends, _places(ends, low, high), strict=True)]


def leaders(ends: list[End], low: float, high: float) -> list[dict[str, object]]:
    """The lines, as shapes, to the labels that stand more than half a label's height away from where their line ends."""
    far = (high - low) * _ROOM / 2
    placed = zip(ends, _places(ends, low, high), strict=True)
    return [_leader(end, end.height, y) for end, y in placed if end.height is not None and abs(end.height - y) > far]


def _places(ends: list[End], low: float, high: float) -> list[float]:
    """The heights of the labels, in the order of the ends; from low to high they follow each other as the ends do."""
    gap = (high - low) * _ROOM
    heights = [low if end.height is None else end.height for end in ends]
    return _inside(spread(heights, gap), gap, low + gap / 2, high - gap / 2)


def label_width(ends: list[End]) -> int:
    """Pixels that the longest label needs."""
    return 24 + round(max((len(end.text) for end in ends), default=0) * _LETTER)


def spread(values: list[float], gap: float) -> list[float]:
    """Positions as near to the values as they can be while each is `gap` from the next; in the order of the values given.

    >>> spread([10.0, 10.2, 20.0], 1.0)
    [9.6, 10.6, 20.0]
    """
    order = sorted(range(len(values)), key=values.__getitem__)
    clusters: list[list[float]] = []  # each: sum of the values it holds, their number
    for index in order:
        clusters.append([values[index], 1])
        while len(clusters) > 1 and _bottom(clusters[-1], gap) < _bottom(clusters[-2], gap) + clusters[-2][1] * gap:
            total, size = clusters.pop()
            clusters[-1] = [clusters[-1][0] + total, clusters[-1][1] + size]
    sorted_places = [round(_bottom(cluster, gap) + step * gap, 9) for cluster in clusters for step in range(int(cluster[1]))]
    places = [0.0] * len(values)
    for index, place in zip(order, sorted_places, strict=True):
        places[index] = place
    return places


def _bottom(cluster: list[float], gap: float) -> float:
    return cluster[0] / cluster[1] - (cluster[1] - 1) * gap / 2


def _inside(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """The places, moved no further than it takes to lie between low and high and stay `gap` apart."""
    order = sorted(range(len(places)), key=places.__getitem__)
    moved = list(places)
    for above, index in enumerate(reversed(order)):
        moved[index] = min(moved[index], high - above * gap)
    for below, index in enumerate(order):
        moved[index] = max(moved[index], low + below * gap)
    return moved


def _leader(end: End, height: float, y: float) -> dict[str, object]:
    """From the axes' right edge to the label; its ends across are in pixels from that edge."""
    line = {"color": end.colour, "width": 1}
    across = {"xref": "paper", "xsizemode": "pixel", "xanchor": 1, "x0": -2, "x1": _LED - 2}
    return {"type": "line", **across, "y0": height, "y1": y, "line": line, "name": "leader"}


def _label(end: End, y: float, shift: int) -> dict[str, object]:
    own = end.colour == OWN_COLOUR
    return {
        "xref": "paper",
        "x": 1,
        "y": y,
        "xanchor": "left",
        "xshift": shift,
        "showarrow": False,
        "text": f"<b>{end.text}</b>" if own else end.text,
        "font": {"size": 16 if own else 15, "color": _DARKER.get(end.colour, end.colour)},
        "align": "left",
    }
