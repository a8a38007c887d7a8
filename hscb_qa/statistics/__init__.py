"""From counts and series to what they bear: intervals, control charts, funnels, trends, comparisons and ranks.

Arrays in, arrays of the same shape out; one rule a function, each with its source. `docs/methods.md` says how they are used.
"""

from hscb_qa.statistics.charts import ChartFacts, ChartTerms, chart_facts, choose_charts
from hscb_qa.statistics.comparisons import compare, sign_test, verdict
from hscb_qa.statistics.control import (
    RULES,
    Limits,
    SpecialCauses,
    assure,
    g_limits,
    gaps_between,
    judge,
    p_limits,
    special_causes,
    xmr_limits,
)
from hscb_qa.statistics.funnel import funnel_limits_proportion, funnel_limits_rate, funnel_position, pooled_baseline
from hscb_qa.statistics.intervals import byar_interval, difference_interval, exact_poisson_interval, wilson_interval
from hscb_qa.statistics.ranks import Ranks, rank_and_band
from hscb_qa.statistics.signals import PointSignals, Series, find_signals
from hscb_qa.statistics.trends import CANNOT_BE_CALCULATED, FALLING, NO_CHANGE, POINTS, RISING, chi_squared_trend

__all__ = [
    "CANNOT_BE_CALCULATED",
    "FALLING",
    "NO_CHANGE",
    "POINTS",
    "RISING",
    "RULES",
    "ChartFacts",
    "ChartTerms",
    "Limits",
    "PointSignals",
    "Ranks",
    "Series",
    "SpecialCauses",
    "assure",
    "byar_interval",
    "chart_facts",
    "chi_squared_trend",
    "choose_charts",
    "compare",
    "difference_interval",
    "exact_poisson_interval",
    "find_signals",
    "funnel_limits_proportion",
    "funnel_limits_rate",
    "funnel_position",
    "g_limits",
    "gaps_between",
    "judge",
    "p_limits",
    "pooled_baseline",
    "rank_and_band",
    "sign_test",
    "special_causes",
    "verdict",
    "wilson_interval",
    "xmr_limits",
]
