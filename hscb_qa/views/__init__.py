"""Edition to what a page says: small typed objects, without Streamlit and without drawing.

Turns queries on one edition into views that pages, exports and tests all stand on. Refuses to write: an edition is opened read-only.
"""

from hscb_qa.definitions import Basis
from hscb_qa.views.area import AreaView, Balance, area_view
from hscb_qa.views.board import BoardView, board_view
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.indicator import Change, Comparison, IndicatorView, Point, SourceNote, indicator_view
from hscb_qa.views.methods import MethodsView, methods_view

__all__ = [
    "AreaView",
    "Balance",
    "Basis",
    "BoardView",
    "Change",
    "Comparison",
    "IndicatorView",
    "MethodsView",
    "OpenEdition",
    "Point",
    "Selection",
    "SourceNote",
    "area_view",
    "board_view",
    "indicator_view",
    "methods_view",
]
