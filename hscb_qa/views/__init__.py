"""Edition to what a page says: small typed objects, without Streamlit and without drawing.

Turns queries on one edition into views that pages, exports and tests all stand on. Refuses to write: an edition is opened read-only.
"""

from hscb_qa.definitions import Basis
from hscb_qa.learning import EffectState
from hscb_qa.views.agency import AgenciesView, AgencyRow, AgencyView, ReturnedQuarter, agencies_view, agency_view
from hscb_qa.views.area import AreaView, Balance, area_view
from hscb_qa.views.authorities import AuthoritiesView, Authority, authorities_view
from hscb_qa.views.board import BoardView, board_view
from hscb_qa.views.composition import CompositionView, Part, breakdowns_of, composition_view
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.events import events_about
from hscb_qa.views.exceptions import Exceptional, view_as_excepted
from hscb_qa.views.funnels import funnel_of
from hscb_qa.views.heard import HeardByArea, heard_by_area
from hscb_qa.views.indicator import Change, Comparison, IndicatorView, SourceNote, indicator_view
from hscb_qa.views.learning import Effect, LearningView, learning_view, voices_in
from hscb_qa.views.methods import MethodsView, methods_view
from hscb_qa.views.points import Point
from hscb_qa.views.questions import AnsweredQuestion, FactThen, questions_view
from hscb_qa.views.returns import (
    AgencyReturn,
    NextReturn,
    OpenQuery,
    ReturnsHistory,
    ReturnsRecord,
    ReturnsView,
    edition_returns,
    next_return,
    returns_history,
    returns_view,
)
from hscb_qa.views.search import Found, find_indicators
from hscb_qa.views.signals import (
    ChartPart,
    ControlChart,
    EditionChange,
    Funnel,
    Limit,
    Limits,
    Narrative,
    Peer,
    Rank,
    Reason,
    Signal,
    Trend,
    Watch,
)
from hscb_qa.views.texts import ApprovedNote, ApprovedVoice, notes_beside, notes_in, voices_about
from hscb_qa.views.together import MOST_TOGETHER, Line, Pair, SeriesName, TogetherView, pairs_of, read_series, series_beside, together_view
from hscb_qa.views.triangulation import AreaEvidence, area_evidence, themes_of
from hscb_qa.views.wider import WiderView, wider_view

__all__ = [
    "MOST_TOGETHER",
    "AgenciesView",
    "AgencyReturn",
    "AgencyRow",
    "AgencyView",
    "AnsweredQuestion",
    "ApprovedNote",
    "ApprovedVoice",
    "AreaEvidence",
    "AreaView",
    "AuthoritiesView",
    "Authority",
    "Balance",
    "Basis",
    "BoardView",
    "Change",
    "ChartPart",
    "Comparison",
    "CompositionView",
    "ControlChart",
    "EditionChange",
    "Effect",
    "EffectState",
    "Exceptional",
    "FactThen",
    "Found",
    "Funnel",
    "HeardByArea",
    "IndicatorView",
    "LearningView",
    "Limit",
    "Limits",
    "Line",
    "MethodsView",
    "Narrative",
    "NextReturn",
    "OpenEdition",
    "OpenQuery",
    "Pair",
    "Part",
    "Peer",
    "Point",
    "Rank",
    "Reason",
    "ReturnedQuarter",
    "ReturnsHistory",
    "ReturnsRecord",
    "ReturnsView",
    "Selection",
    "SeriesName",
    "Signal",
    "SourceNote",
    "TogetherView",
    "Trend",
    "Watch",
    "WiderView",
    "agencies_view",
    "agency_view",
    "area_evidence",
    "area_view",
    "authorities_view",
    "board_view",
    "breakdowns_of",
    "composition_view",
    "edition_returns",
    "events_about",
    "find_indicators",
    "funnel_of",
    "heard_by_area",
    "indicator_view",
    "learning_view",
    "methods_view",
    "next_return",
    "notes_beside",
    "notes_in",
    "pairs_of",
    "questions_view",
    "read_series",
    "returns_history",
    "returns_view",
    "series_beside",
    "themes_of",
    "together_view",
    "view_as_excepted",
    "voices_about",
    "voices_in",
    "wider_view",
]
