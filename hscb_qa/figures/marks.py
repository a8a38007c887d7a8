"""The shapes and colours that tell what a special cause means, the same on charts, sparklines and icons.

Every colour has a contrast of at least 3 to 1 on white and on the band of usual variation; none says anything that its shape does not.
"""

from typing import Literal

from hscb_qa.views import Signal
from hscb_qa.views.signals import Judgement

Shape = Literal["diamond", "square", "triangle-up", "triangle-down"]
OWN_COLOUR = "#12436D"
GREY = "#595959"
BAND_COLOUR = "#E4EAF1"
SHAPE_COLOURS: dict[Shape, str] = {"diamond": "#B84A0E", "square": "#1D70B8", "triangle-up": "#8F2DB8", "triangle-down": "#8F2DB8"}
_CORNERS: dict[Shape, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "triangle-up": ((0, -1.2), (1.2, 0.9), (-1.2, 0.9)),
    "triangle-down": ((0, 1.2), (1.2, -0.9), (-1.2, -0.9)),
}


def shape_of(judgement: Judgement, side: Literal["high", "low"] = "high") -> Shape:
    """A diamond for concern, a square for improvement; for what is neither, a triangle that points to the side.

    >>> shape_of("concern"), shape_of("neutral", "low")
    ('diamond', 'triangle-down')
    """
    if judgement == "neutral":
        return "triangle-up" if side == "high" else "triangle-down"
    return "diamond" if judgement == "concern" else "square"


def signal_shape(signal: Signal) -> Shape:
    """The shape of a special cause."""
    return shape_of(signal.judgement, signal.side)


def mark_svg(shape: Shape, x: float, y: float, radius: float) -> str:
    """A shape in its colour around a place of an SVG picture, with a white rim that lifts it off the line."""
    corners = " ".join(f"{x + across * radius:.1f},{y + down * radius:.1f}" for across, down in _CORNERS[shape])
    return f"<polygon points='{corners}' fill='{SHAPE_COLOURS[shape]}' stroke='#FFFFFF' stroke-width='1'/>"
