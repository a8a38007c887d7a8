"""What a chart sends is its own dictionary, and nothing that Plotly would add."""

import json
from datetime import date

import plotly.io
import plotly.tools

from hscb_qa.figures import SoundFigure


def test_a_sound_figure_is_sent_as_it_is() -> None:
    figure = {"data": [{"type": "scatter", "x": [date(2026, 6, 30)], "y": [1.5]}], "layout": {"height": 230}}
    taken = plotly.tools.return_figure_from_figure_or_data(SoundFigure(figure), validate_figure=True)
    sent = json.loads(plotly.io.to_json(taken, validate=False))
    assert sent == {"data": [{"type": "scatter", "x": ["2026-06-30"], "y": [1.5]}], "layout": {"height": 230}}
