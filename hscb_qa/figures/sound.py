"""A figure that is known to be sound, as Plotly's own type.

Streamlit has Plotly check every figure that comes as a dictionary and add a template, each time it is drawn, which takes longer than all
else about a small chart. Ours are checked by the tests, and nothing of the template would be seen.
"""

from typing import Any

from plotly.basedatatypes import BaseFigure

from hscb_qa.figures.template import Figure


class SoundFigure(BaseFigure):  # type: ignore[misc]
    """A figure that gives back its dictionary as it is."""

    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def to_dict(self) -> dict[str, Any]:
        """The figure, unchecked."""
        return self._figure

    def __repr__(self) -> str:
        return f"SoundFigure({self._figure!r})"
