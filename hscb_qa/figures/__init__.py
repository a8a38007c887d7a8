"""Views to charts: one large, as plain Plotly dictionaries in one template, and one small enough to stand beside a sentence, as SVG.

Colours, sizes and direct labels follow the Government Analysis Function's guidance on charts: few series, each named at its end, told
apart by dash as well as colour; a special cause by shape as well as colour. Refuses to bridge a gap: a hidden or missing point breaks
the line and carries its status; so does the day on which a definition changed, which has a line and a label of its own.
"""

from hscb_qa.figures.labels import spread
from hscb_qa.figures.marks import mark_svg, shape_of
from hscb_qa.figures.sparkline import sparkline_svg
from hscb_qa.figures.trend import starts_at_zero, trend_figure

__all__ = ["mark_svg", "shape_of", "sparkline_svg", "spread", "starts_at_zero", "trend_figure"]
