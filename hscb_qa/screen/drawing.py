"""A figure on the screen: the one place where charts are handed to Streamlit, in the theme that the viewer has chosen."""

from typing import Any

import streamlit as st

from hscb_qa import figures

_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def theme() -> figures.Theme:
    """The viewer's theme; light where none is known, as on a page drawn without a browser."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw_figure(figure: dict[str, Any], *, key: str, alt: str) -> None:
    """Draw a figure with text for those who cannot see it."""
    sound = figures.SoundFigure(figures.in_theme(figure, theme()))
    st.plotly_chart(sound, theme=None, config=_CONFIG, key=key, alt=alt)
