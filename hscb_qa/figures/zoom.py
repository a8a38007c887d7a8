"""A figure to the same figure at another size: everything in it grows alike, as under a magnifying glass."""

from typing import Any

_LENGTHS = {"height", "size", "width", "xshift", "yshift", "l", "r", "t", "b"}
_IN_PIXELS = {"x0", "x1"}  # of a shape that says so; of others these are places on an axis


def enlarged(figure: dict[str, Any], factor: float) -> dict[str, Any]:
    """The figure with its height, type, marks, lines and margins `factor` times as large; its data are the same.

    >>> enlarged({"layout": {"height": 200, "font": {"size": 16}}}, 1.5)
    {'layout': {'height': 300.0, 'font': {'size': 24.0}}}
    """
    lengths = _LENGTHS | _IN_PIXELS if figure.get("xsizemode") == "pixel" else _LENGTHS
    return {name: _grown(name, part, factor, lengths) for name, part in figure.items()}


def _grown(name: str, part: Any, factor: float, lengths: set[str]) -> Any:
    if isinstance(part, dict):
        return enlarged(part, factor)
    if isinstance(part, list):
        return [_grown(name, inner, factor, lengths) if isinstance(inner, dict) else inner for inner in part]
    return part * factor if name in lengths and isinstance(part, int | float) else part
