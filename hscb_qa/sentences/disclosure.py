"""The disclosure rule and what it hides to plain English, with the rule's own numbers.

Says why something may be hidden and never which of the reasons holds: a reader who knew that a figure is not small itself would know that
it is more than the threshold.
"""

from hscb_qa import formats
from hscb_qa.definitions import Disclosure
from hscb_qa.views import IndicatorView, Point

_METHODS = {
    "rolling_year_only": "Shown by the year alone",
    "round_5": "Shown to the nearest 5",
    "round_10": "Shown to the nearest 10",
}


def rule_in_words(rule: Disclosure) -> list[str]:
    """The rule in force for what agencies return, how it is kept, and who agreed it: a paragraph each."""
    return [
        f"Of what agencies return, {_small(rule)} are hidden before anything is shown, and with them as few other figures as it takes, so "
        "that none can be worked out: not from totals, other agencies, parts of a breakdown, years to date, rolling years, numerators and "
        "denominators, published years or earlier editions. Totals and the latest figures are kept before others. Every edition is "
        "attacked before it is published: linear programmes try to narrow each hidden number, and one that can be narrowed stops the "
        "publication.",
        "Means, limits, signals, intervals and comparisons are worked out from what is shown, so they tell no more. "
        f"A percentage of fewer than {rule.mark_base} is marked [u]. Zeros are {rule.zeros}.",
        f"{rule.agreed.by}, {formats.day(rule.agreed.on)}.",
    ]


def hidden_in_words(view: IndicatorView) -> list[str]:
    """What of an indicator's series is hidden, marked or rounded, and why; empty where nothing is."""
    hidden = any(point.status == "c" for point in view.points)
    few = any(point.small_base for point in view.points)
    return [*_method_in_words(view), *([_hidden(view)] if hidden else []), *([_marked(view)] if few else [])]


def why_in_words(view: IndicatorView, point: Point) -> list[str]:
    """Why one point is hidden or marked, as a file tells it beside the point; empty for most."""
    return [*([_hidden(view)] if point.status == "c" else []), *([_marked(view)] if point.small_base else [])]


def method_in_short(method: str) -> str:
    """What is done about an indicator besides hiding small numbers."""
    return _METHODS[method]


def _method_in_words(view: IndicatorView) -> list[str]:
    found = [one for one in view.disclosure.methods if one.indicator == view.indicator.id and _is_returned(view)]
    return [f"{_METHODS[one.method]}: {one.reason}" for one in found]


def _hidden(view: IndicatorView) -> str:
    if not _is_returned(view):
        return "Hidden [c] by the publisher, as a small number could identify a child."
    return f"Hidden [c]: {_small(view.disclosure)}, and figures that would tell one, as a child could be identified."


def _marked(view: IndicatorView) -> str:
    return f"Marked [u]: a percentage of fewer than {view.disclosure.mark_base}; one child moves it far."


def _is_returned(view: IndicatorView) -> bool:
    """Whether the series is of what agencies return, as far as the edition knows."""
    return bool(view.agency or view.breakdown or (view.source and view.source.agencies) or view.indicator.published is None)


def _small(rule: Disclosure) -> str:
    counts = f"counts of people from {0 if rule.zeros == 'hidden' else 1} to {rule.threshold}"
    rest = [f"percentages that leave out 1 to {rule.threshold} people"] if rule.remainders else []
    return formats.join([counts, f"percentages of fewer than {rule.small_base}", *rest])
