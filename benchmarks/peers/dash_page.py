"""The same page in Plotly Dash, its data read once: what an able team would write there. For comparison only."""

import os
import sys
from pathlib import Path
from typing import Any

import duckdb
import plotly.graph_objects as go
from dash import Dash, Input, Output, dash_table, dcc, html

CHARTS, ROWS = 6, 100
FILE = next(iter(sorted((Path(os.environ["HSCB_QA_STORE"]) / "editions").glob("*/shareable.duckdb"))[::-1]))

with duckdb.connect(str(FILE), read_only=True) as edition:
    BOARD = edition.execute("SELECT * FROM points WHERE breakdown = '' AND basis = 'quarter' ORDER BY ends").df()
AGENCIES = ["", *sorted(one for one in BOARD["agency"].unique() if one)]
app = Dash(__name__)
app.layout = html.Div([
    dcc.Dropdown([{"label": one or "All", "value": one} for one in AGENCIES], "", id="agency"),
    html.Div(id="heads"),
    *(dcc.Graph(id=f"chart{number}") for number in range(CHARTS + 1)),
    dash_table.DataTable(id="table"),
])  # fmt: skip


@app.callback(
    [Output("heads", "children"), *(Output(f"chart{number}", "figure") for number in range(CHARTS + 1)), Output("table", "data")],
    Input("agency", "value"),
)
def draw(agency: str) -> list[Any]:
    """Everything on the page for an agency."""
    own = BOARD[BOARD["agency"] == agency]
    names = own.groupby("indicator").size().sort_values(ascending=False).index[:ROWS]
    latest = own.groupby("indicator").last()
    charts = []
    for name in names[:CHARTS]:
        lines = [own[own["indicator"] == name], *(BOARD[(BOARD["agency"] == one) & (BOARD["indicator"] == name)] for one in AGENCIES[1:4])]
        charts.append(go.Figure([go.Scatter(x=one["ends"], y=one["value"], mode="lines+markers") for one in lines]))
    shares = BOARD[BOARD["indicator"].isin(names[:4])].groupby(["period", "indicator"])["value"].sum().reset_index()
    bars = go.Figure([go.Bar(x=part["period"], y=part["value"], name=name) for name, part in shares.groupby("indicator")])
    heads = [html.B(f"{name}: {latest.loc[name, 'value']}") for name in names[:8]]
    rows = latest.loc[names, ["period", "value", "numerator", "denominator"]].reset_index().to_dict("records")
    return [heads, *charts, bars, rows]


if __name__ == "__main__":
    from waitress import serve

    serve(app.server, port=int(sys.argv[1]), threads=8)
