"""A chart and its figures to take away: a picture made by the browser from what it has drawn, the figures as CSV and as a workbook.

The picture needs no other host and no browser on the server. It has a white ground, title, source and edition.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from hscb_qa import exports, figures, tables, workbooks
from hscb_qa.screen.drawing import theme

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FOLDER = Path(__file__).parent
_BUTTONS = (
    "<div class='buttons'><button type='button' data-form='png'>Chart as PNG</button>"
    "<button type='button' data-form='svg'>Chart as SVG</button><span role='status'></span></div>"
)
_chart_image = st.components.v2.component(
    "hscb_chart_image",
    html=_BUTTONS,
    css=(_FOLDER / "chart_image.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "chart_image.js").read_text(encoding="utf-8"),
)


@dataclass(frozen=True)
class Caption:
    """What stands on a picture: title, the lines under it, the lines at its foot; `name` is the file's without its ending."""

    title: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    name: str


def draw_downloads(caption: Caption, within: str, rows: tables.Table, about: Iterable[tuple[str, str]], *, has_chart: bool) -> None:
    """Four ways to take a chart away. `within` is the key of the container that holds it."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="take_away"):
        st.download_button("Figures as CSV", exports.rows_csv(rows), f"{caption.name}.csv", "text/csv", on_click="ignore")
        st.download_button("Figures as XLSX", workbooks.figures_workbook(rows, about), f"{caption.name}.xlsx", _XLSX, on_click="ignore")
        if has_chart:
            _chart_image(key="chart_image", data={**vars(caption), "within": within, "colours": _colours()}, width="content")


def _colours() -> list[tuple[str, str]]:
    """Each dark colour with the light one that stands for it in a picture, whose ground is white."""
    return [(dark, light) for light, dark in figures.DARK.items()] if theme() == "dark" else []
