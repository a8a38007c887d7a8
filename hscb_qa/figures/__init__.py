"""Views to charts: one large, as plain Plotly dictionaries in one template, and one small enough to stand beside a sentence, as SVG.

Colours, sizes and direct labels follow the Government Analysis Function's guidance on charts: few series, each named at its end, told
apart by dash as well as colour; a special cause by shape as well as colour. Refuses to bridge a gap: a hidden or missing point breaks
the line and carries its status; so does the day on which a definition changed, which has a line and a label of its own.
"""

from hscb_qa.figures.authorities import authorities_figure
from hscb_qa.figures.composition import composition_figure, newest_periods
from hscb_qa.figures.durations import durations_figure
from hscb_qa.figures.funnel import funnel_figure
from hscb_qa.figures.labels import spread
from hscb_qa.figures.marks import mark_svg, shape_of
from hscb_qa.figures.overlay import overlay_figure
from hscb_qa.figures.scatter import scatter_figure
from hscb_qa.figures.small_multiples import small_multiples
from hscb_qa.figures.sound import SoundFigure
from hscb_qa.figures.sparkline import sparkline_svg
from hscb_qa.figures.themes import DARK, GROUNDS, Theme, in_theme
from hscb_qa.figures.tile_map import LONDON, SHADES, london_of, steps_of, tile_map_figure
from hscb_qa.figures.timeline import Bar, Timeline, grouped, in_chains, timeline
from hscb_qa.figures.trend import starts_at_zero, trend_figure
from hscb_qa.figures.zoom import enlarged

__all__ = [
    "DARK",
    "GROUNDS",
    "LONDON",
    "SHADES",
    "Bar",
    "SoundFigure",
    "Theme",
    "Timeline",
    "authorities_figure",
    "composition_figure",
    "durations_figure",
    "enlarged",
    "funnel_figure",
    "grouped",
    "in_chains",
    "in_theme",
    "london_of",
    "mark_svg",
    "newest_periods",
    "overlay_figure",
    "scatter_figure",
    "shape_of",
    "small_multiples",
    "sparkline_svg",
    "spread",
    "starts_at_zero",
    "steps_of",
    "tile_map_figure",
    "timeline",
    "trend_figure",
]
