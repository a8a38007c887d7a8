"""Names beside marks: of the few places about a mark, the one where a name lies over the least.

Works in pixels of a chart about as wide as it will be drawn, since a page's width is not known here. Refuses to move a mark or to leave a
name out.
"""

from collections.abc import Sequence
from typing import NamedTuple

_LETTER, _LINE = 8.1, 20.0  # pixels that a letter of a name and its line need
_MARK = 9.0  # from a mark's middle to its rim, and a little air
_OVER_A_MARK, _OVER_A_NAME, _OUT_OF_THE_CHART, _FURTHER = 10.0, 20.0, 40.0, 0.5


class Place(NamedTuple):
    """Where a name stands about its mark: which end of it is anchored, and how far it is moved to the right and up, in pixels."""

    anchor: str
    right: int
    up: int


class Box(NamedTuple):
    """A rectangle in pixels from the chart's lower left corner."""

    left: float
    low: float
    right: float
    high: float

    def shared(self, other: "Box") -> float:
        """The area that two rectangles share, in square pixels; 0 for none."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.high, other.high) - max(self.low, other.low)
        return width * height if width > 0 and height > 0 else 0.0


def place_names(
    named: Sequence[tuple[float, float, str, bool]], marks: Sequence[tuple[float, float]], widths: Sequence[float], height: float
) -> list[Place]:
    """A place for each name, in their order: clear of all marks and of the names before it, as far as there is such a place.

    Marks, and those named (with the name, and whether it is better above), are given as shares of the chart's width and height, 0 to 1.
    `widths` are those the chart may be drawn at, in pixels, `height` is in pixels.
    """
    placed: list[tuple[float, float, str, Place]] = []
    for x, y, name, above in named:
        places = _places(x, above=above)
        boxes = [[(_at(x, y, name, one, width, height), width) for width in widths] for one in places]
        costs = [sum(_cost(box, (x, y), marks, placed, width, height) for box, width in drawn) for drawn in boxes]
        best = min(range(len(places)), key=lambda index: costs[index] + index * _FURTHER)
        placed.append((x, y, name, places[best]))
    return [place for *_, place in placed]


def _places(x: float, *, above: bool) -> list[Place]:
    """All places about a mark, the best first: on the side it lies on, the name towards the chart's middle."""
    first = "left" if x < 0.3 else "right" if x > 0.6 else "center"
    anchors = [first, *(one for one in ("center", "left", "right") if one != first)]
    sign = 1 if above else -1
    near = [Place(anchor, 0, up) for up in (21 * sign, -21 * sign) for anchor in anchors]
    beside = [Place("left", 15, 0), Place("right", -15, 0)]
    aside = [Place(anchor, right, up) for up in (21 * sign, -21 * sign) for anchor, right in (("right", 30), ("left", -30))]
    return [*near, *beside, *aside, *(Place(anchor, 0, up) for up in (40 * sign, -40 * sign) for anchor in anchors)]


def _at(x: float, y: float, name: str, place: Place, width: float, height: float) -> Box:
    long = len(name) * _LETTER
    middle = x * width + place.right
    left = middle - {"left": 0.0, "center": long / 2, "right": long}[place.anchor]
    low = y * height + place.up - _LINE / 2
    return Box(left, low, left + long, low + _LINE)


def _cost(
    box: Box,
    own: tuple[float, float],
    marks: Sequence[tuple[float, float]],
    placed: Sequence[tuple[float, float, str, Place]],
    width: float,
    height: float,
) -> float:
    """How much a name hides there: half as much where it only touches a mark as where it lies over it wholly."""
    shares = (box.shared(_mark(one, width, height)) / (2 * _MARK) ** 2 for one in marks if one != own)
    over = sum(0.5 + share / 2 for share in shares if share)
    names = sum(bool(box.shared(_at(*one, width, height))) for one in placed)
    is_out = box.left < 0 or box.right > width or box.low < 0 or box.high > height
    return _OVER_A_MARK * over + _OVER_A_NAME * names + _OUT_OF_THE_CHART * is_out


def _mark(one: tuple[float, float], width: float, height: float) -> Box:
    x, y = one[0] * width, one[1] * height
    return Box(x - _MARK, y - _MARK, x + _MARK, y + _MARK)
