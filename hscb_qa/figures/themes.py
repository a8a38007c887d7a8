"""A drawing in light colours to the same drawing in dark ones, by one table.

Figures and pictures are written once, in the colours of the light theme. Refuses a colour that is not in the table, so that none is
forgotten.
"""

import re
from typing import Any, Literal, TypeVar

from hscb_qa.errors import HscbError

Theme = Literal["light", "dark"]
Drawing = TypeVar("Drawing", str, dict[str, Any])

GROUNDS: dict[Theme, str] = {"light": "#FFFFFF", "dark": "#14181D"}
DARK = {
    "#FFFFFF": "#14181D",  # ground, rims of marks
    "#0B0C0C": "#F3F4F5",  # text
    "#595959": "#9AA3AD",  # axes, means
    "#D9D9D9": "#3A424B",  # grid
    "#E4EAF1": "#27323E",  # usual range on charts
    "#C9D3DF": "#3F5062",  # usual range on icons
    "#12436D": "#7FB7E6",  # the board's own
    "#801650": "#E58BBE",  # neighbours
    "#28A197": "#4CC7BC",  # London
    "#17776F": "#4CC7BC",
    "#F46A25": "#FF9A66",  # England
    "#A285D1": "#BFA8E6",  # other places
    "#6B4FA0": "#BFA8E6",
    "#B84A0E": "#F4914F",  # concern
    "#1D70B8": "#5AA5EA",  # improvement
    "#8F2DB8": "#CE8BE8",  # neither
    "#9B1C1C": "#FF8A8A",  # target
    "#3D3D3D": "#C4C9CF",  # a part of several
    "#8A8A8A": "#7C8691",  # other authorities
    "#D9E5F2": "#D9E5F2",  # shades of a map, from the lowest figures to the highest, the higher the darker here too
    "#6BACE6": "#6BACE6",
    "#2073BC": "#2A77BE",
    "#0F3B61": "#164B7D",
    "#101214": "#101214",  # text on the lighter of these shades
    "#FDFDFD": "#FDFDFD",  # and on the darker ones
}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


def in_theme(drawing: Drawing, theme: Theme) -> Drawing:
    """A figure, or a picture as SVG, in a theme's colours. Raises HscbError for a colour without a dark one.

    >>> in_theme("<path stroke='#12436D'/>", "dark")
    "<path stroke='#7FB7E6'/>"
    """
    return drawing if theme == "light" else _dark(drawing)


def _dark(part: Any) -> Any:
    if isinstance(part, str):
        return _COLOUR.sub(_dark_colour, part)
    if isinstance(part, dict):
        return {name: _dark(inner) for name, inner in part.items()}
    return [_dark(inner) for inner in part] if isinstance(part, list | tuple) else part


def _dark_colour(found: re.Match[str]) -> str:
    colour = found[0].upper()
    if colour not in DARK:
        raise HscbError(f"The colour {colour} has no dark one. Add it to the table in hscb_qa/figures/themes.py.")
    return DARK[colour]
