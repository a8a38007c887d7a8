"""The area page as a plain Streamlit app would have it: read, compute and build every figure at every run. For comparison only."""

import os
from pathlib import Path

import duckdb
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

CHARTS, ROWS = 6, 100
FILE = next(iter(sorted((Path(os.environ["HSCB_QA_STORE"]) / "editions").glob("*/shareable.duckdb"))[::-1]))


def figures() -> pd.DataFrame:
    """Every figure of the edition, as such apps read them."""
    with duckdb.connect(str(FILE), read_only=True) as edition:
        return edition.execute("SELECT * FROM points").df()


st.set_page_config(layout="wide")
frame = figures()
board = frame[(frame["breakdown"] == "") & (frame["basis"] == "quarter")]
agencies = ["", *sorted(one for one in board["agency"].unique() if one)]
agency = st.selectbox("Agency", agencies, index=agencies.index(st.query_params.get("agency", "")))
own = board[board["agency"] == agency].sort_values("ends")
names = own.groupby("indicator").size().sort_values(ascending=False).index[:ROWS]
latest = own.groupby("indicator").last()
for place, name in zip(st.columns(8), names, strict=False):
    place.metric(name[:20], round(float(latest.loc[name, "value"] or 0), 1))
for start in range(0, CHARTS, 3):
    for place, name in zip(st.columns(3), names[start : start + 3], strict=False):
        series = own[own["indicator"] == name]
        figure = go.Figure(go.Scatter(x=series["ends"], y=series["value"], mode="lines+markers"))
        for other in agencies[1:4]:
            beside = board[(board["agency"] == other) & (board["indicator"] == name)].sort_values("ends")
            figure.add_scatter(x=beside["ends"], y=beside["value"], name=other)
        place.plotly_chart(figure, key=name)
st.dataframe(latest.loc[names, ["period", "value", "numerator", "denominator"]])
shares = board[board["indicator"].isin(names[:4])].groupby(["period", "indicator"])["value"].sum().reset_index()
st.plotly_chart(go.Figure([go.Bar(x=part["period"], y=part["value"], name=name) for name, part in shares.groupby("indicator")]))
