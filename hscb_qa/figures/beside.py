"""Labels beside points: each on the side of its point where the fewest points, lines and other labels stand.

Works in pixels of a small chart, so that what is clear there is clear on a larger one. Refuses to move a label away from its point.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

Spot = tuple[float, float]
_WIDE, _HIGH = 300.0, 340.0  # pixels of the smallest chart it has to fit on
_LETTER, _ROW = 8.6, 19.0
_NEAR = 7.0  # pixels around a point that its mark takes
_STEPS = 12  # spots of each stretch of the line that are looked at
_LABEL, _POINT, _LINE, _OUTSIDE = 100.0, 10.0, 1.0, 50.0


class Side(NamedTuple):
    """Where a label stands: its anchors, and its pixels to the right and up from the point."""

    xanchor: str
    yanchor: str
    right: int
    up: int


SIDES = (
    Side("left", "middle", 12, 0),
    Side("right", "middle", -12, 0),
    Side("center", "bottom", 0, 9),
    Side("center", "top", 0, -9),
    Side("left", "bottom", 8, 5),
    Side("right", "bottom", -8, 5),
    Side("left", "top", 8, -5),
    Side("right", "top", -8, -5),
)
_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0, "bottom": 0.0, "middle": 0.5, "top": 1.0}


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, spot: Spot, room: float) -> bool:
        return self.left - room < spot[0] < self.right + room and self.bottom - room < spot[1] < self.top + room

    def meets(self, other: "_Box") -> bool:
        return self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top


def sides_of(spots: Sequence[Spot], always: Sequence[int], others: Iterable[int], letters: int) -> dict[int, Side]:
    """The side for the label of each spot, by its number: those of `always`, and those of `others` that are clear of all else.

    Spots are in shares of the chart's width and height, from the lower left; `letters` is the length of a label.
    """
    inside = [(across * _WIDE, up * _HIGH) for across, up in spots]
    line = [_between(first, second, step) for first, second in pairwise(inside) for step in range(1, _STEPS)]
    chosen: dict[int, Side] = {}
    taken: list[_Box] = []
    for number in (*always, *others):
        cost, side = min((_cost(_box(inside[number], side, letters), number, inside, line, taken), side) for side in SIDES)
        if number in always or cost < _POINT:
            chosen[number] = side
            taken.append(_box(inside[number], side, letters))
    return chosen


def placed(side: Side) -> dict[str, Any]:
    """A side as an annotation says it."""
    return {"xanchor": side.xanchor, "yanchor": side.yanchor, "xshift": side.right, "yshift": side.up, "showarrow": False}


def _between(first: Spot, second: Spot, step: int) -> Spot:
    share = step / _STEPS
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def _box(spot: Spot, side: Side, letters: int) -> _Box:
    wide = letters * _LETTER
    left, bottom = spot[0] + side.right - wide * _BEFORE[side.xanchor], spot[1] + side.up - _ROW * _BEFORE[side.yanchor]
    return _Box(left, bottom, left + wide, bottom + _ROW)


def _cost(box: _Box, number: int, spots: Sequence[Spot], line: Sequence[Spot], taken: Sequence[_Box]) -> float:
    points = sum(box.holds(spot, _NEAR) for other, spot in enumerate(spots) if other != number)
    crossed = sum(box.holds(spot, 0) for spot in line)
    outside = box.left < 0 or box.right > _WIDE or box.bottom < 0 or box.top > _HIGH
    return _LABEL * sum(box.meets(one) for one in taken) + _POINT * points + _LINE * min(crossed, 8) + _OUTSIDE * outside
