"""Edition to what a page says: small typed objects, without Streamlit and without drawing.

Turns queries on one edition into views that pages, exports and tests all stand on. Refuses to write: an edition is opened read-only.
"""

from hscb_qa.definitions import Basis
from hscb_qa.views.area import AreaView, Balance, area_view
from hscb_qa.views.board import BoardView, Exceptional, board_view
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.indicator import Change, Comparison, IndicatorView, SourceNote, indicator_view
from hscb_qa.views.methods import MethodsView, methods_view
from hscb_qa.views.points import Point
from hscb_qa.views.returns import (
    AgencyReturn,
    OpenQuery,
    ReturnsHistory,
    ReturnsRecord,
    ReturnsView,
    edition_returns,
    returns_history,
    returns_view,
)
from hscb_qa.views.signals import ChartPart, ControlChart, EditionChange, Limits, Narrative, Peer, Rank, Reason, Signal, Trend, Watch
from hscb_qa.views.texts import ApprovedNote, ApprovedVoice, notes_beside, voices_about

__all__ = [
    "AgencyReturn",
    "ApprovedNote",
    "ApprovedVoice",
    "AreaView",
    "Balance",
    "Basis",
    "BoardView",
    "Change",
    "ChartPart",
    "Comparison",
    "ControlChart",
    "EditionChange",
    "Exceptional",
    "IndicatorView",
    "Limits",
    "MethodsView",
    "Narrative",
    "OpenEdition",
    "OpenQuery",
    "Peer",
    "Point",
    "Rank",
    "Reason",
    "ReturnsHistory",
    "ReturnsRecord",
    "ReturnsView",
    "Selection",
    "Signal",
    "SourceNote",
    "Trend",
    "Watch",
    "area_view",
    "board_view",
    "edition_returns",
    "indicator_view",
    "methods_view",
    "notes_beside",
    "returns_history",
    "returns_view",
    "voices_about",
]
