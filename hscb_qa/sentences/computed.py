"""How the number on the screen came to be: from whose figures, by which sum, with which interval."""

from hscb_qa.views import IndicatorView

_FACTORS = {"percent": "100", "per_1000": "1,000", "per_10000": "10,000", "per_100000": "100,000"}
_INTERVALS = {
    "wilson": "Its 95% interval is Wilson's for a percentage.",
    "byar": "Its 95% interval is Byar's for counts of events, exact Poisson under 10.",
    "published": "Its 95% interval is the publisher's.",
    "none": "No interval is worked out, since its counts are not known.",
}
_OVER = {
    "ytd": "from April to the quarter's end",
    "rolling12": "over twelve months",
    "half_year": "over the half year",
    "year": "over the year",
}


def computed_in_words(view: IndicatorView) -> str:
    """How the figures of a view are worked out, in a few sentences."""
    if not view.points:
        return ""
    interval = _INTERVALS[view.indicator.returned_interval if _is_returned(view) else view.indicator.interval]
    return " ".join(words for words in (_sum(view), _annualised(view), interval) if words)


def _is_returned(view: IndicatorView) -> bool:
    """Whether the figures come from agencies' returns and not from a published file."""
    return bool(view.source and view.source.agencies)


def _sum(view: IndicatorView) -> str:
    indicator, returned = view.indicator, view.indicator.returned
    if not _is_returned(view):
        taken = indicator.published is not None and indicator.published.value is not None
        return "The publisher's own figure, shown as published." if taken else f"{_division(view)} Both come from the published file."
    if returned is not None and returned.gives == "value":
        return "The agency's own figure, shown as returned."
    whose = "the agency's return" if view.agency else "the returns of all agencies that owe it"
    return f"{_division(view)} Added up from {whose}{_time(view)}."


def _division(view: IndicatorView) -> str:
    factor = _FACTORS.get(view.indicator.unit)
    if view.indicator.unit == "count":
        return "A plain count."
    times = f", times {factor}" if factor else ""
    return f"Numerator divided by denominator{times}; each is added up before they are divided."


def _time(view: IndicatorView) -> str:
    returned = view.indicator.returned
    if returned is not None and returned.counting == "snapshot":
        return ", counted on the last day"
    words = _OVER.get(view.basis)
    return f" {words}" if words else ""


def _annualised(view: IndicatorView) -> str:
    return "A rate of less than a year is multiplied so that it reads as a year's." if view.is_annualised else ""
