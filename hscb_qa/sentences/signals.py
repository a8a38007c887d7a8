"""A control chart to plain English: whether the latest figure is signal or noise, which chart says so and why, and how to read it.

Improvement and concern come only from a signal's own judgement. Refuses to call anything usual without limits, and says nothing of a figure
that is not shown.
"""

from hscb_qa import formats
from hscb_qa.definitions import Basis, Break, Indicator, Rebase
from hscb_qa.periods import parse_period
from hscb_qa.views import ChartPart, IndicatorView, Signal, Watch
from hscb_qa.views.points import is_counted_on_a_day

_STATES = {
    ("outside", "high"): "unusually high",
    ("outside", "low"): "unusually low",
    ("trend", "high"): "rising",
    ("trend", "low"): "falling",
    ("two_in_three", "high"): "near the top of the usual range",
    ("two_in_three", "low"): "near the bottom of the usual range",
    ("shift", "high"): "above the usual",
    ("shift", "low"): "below the usual",
}
_OF_GAPS = {"high": "more often than usual", "low": "rarer than usual"}
_VERDICTS = {"improvement": ", which is an improvement", "concern": ", which is a concern", "neutral": ""}
_RUN = 7  # as in the rules of `hscb_qa.statistics`: the length of a trend and of a shift
_WHY = {
    "outside": "The figure {time} lies {beyond} of what is usual",
    "trend": "The figure {time} is part of a {move} of seven or more figures",
    "two_in_three": "Two of three figures in a row, that {time} among them, lie near the {limit} limit",
    "shift": "The figure {time} is one of seven or more in a row {side} the mean",
}
_WHY_OF_RUNS = {
    "outside": "The last {points} figures, since {since}, all lie {side} the mean, the latest {beyond} of what is usual",
    "trend": "The last {points} figures, since {since}, {move} at every step",
    "two_in_three": "The last {points} figures, since {since}, all lie {side} the mean, the latest near the {limit} limit",
    "shift": "The last {points} figures, since {since}, all lie {side} the mean",
}
_SIDES = {
    "high": {"beyond": "above the upper limit", "limit": "upper", "move": "rise", "side": "above"},
    "low": {"beyond": "below the lower limit", "limit": "lower", "move": "fall", "side": "below"},
}
_USUAL = "Usual variation: chance alone would explain the latest figure."
_PERIODS = {"month": "month", "quarter": "quarter", "half_year": "half year", "year": "year"}
_WATCHED = {"month": "monthly", "quarter": "quarterly", "half_year": "half-yearly", "year": "yearly"}
_CHARTS = {
    "xmr": "An XmR chart: its limits come from how much the figure usually moves from one {period} to the next.",
    "p": "A p chart, because the numbers behind the percentages differ much: the fewer they are, the wider the limits.",
    "g": "A g chart, because what is counted is rare: it judges how many {period}s in a row go by without any.",
}
_NO_LIMITS = {
    "few points": "No limits: {figures} too few.",
    "rare": "No limits: the numbers counted each {period} are too small for them.",
    "gaps": "No limits: too many figures are not shown to know what is usual.",
    "overlapping": "No limits: the figures overlap, each of them sharing a part with the one before.",
}
_MARKS = {"concern": "diamonds: concern", "improvement": "squares: improvement", "neutral": "triangles: more than chance would explain"}
_ASSURANCES = {
    "passes": "Limits lie on the right side of the target of {target}: without a change it will be met.",
    "fails": "Limits lie on the wrong side of the target of {target}: without a change it will be missed.",
    "hit or miss": "The target of {target} lies within the limits: without a change it will be met in some {period}s and missed in others.",
}


def is_judged(view: IndicatorView) -> bool:
    """Whether the control chart holds the latest figure against limits, or on a g chart against the time between rare events."""
    control, latest = view.control, view.latest
    if control is None or latest is None or latest.value is None:
        return False
    return control.last.chart == "g" or latest.period in control.limits


def latest_signal(view: IndicatorView) -> Signal | None:
    """The signal of the latest figure on the basis shown; None where it is not judged or within what is usual."""
    return view.signal if is_judged(view) else None


def message(view: IndicatorView) -> str:
    """What the control chart makes of the latest figure, as a title says it; empty where it does not judge it."""
    control, latest, signal = view.control, view.latest, latest_signal(view)
    if control is None or latest is None or not is_judged(view):
        return ""
    name = view.indicator.short_name
    if signal is None:
        usual = "as often as usual" if control.last.chart == "g" else "within the usual range"
        return f"{name} at {formats.figure(latest.value, '', view.indicator)}, {usual}"
    goes_on = signal.rule in ("trend", "shift") or _is_run(signal)
    time = f"since {signal.since}" if goes_on else when(view.indicator, view.basis, signal.label)
    return f"{name} {_state(signal)} {time}{_judgement(signal)}"


def is_usual(view: IndicatorView) -> bool:
    """Whether the control chart judges the latest figure and finds nothing unusual."""
    return view.control is not None and view.latest is not None and is_judged(view) and latest_signal(view) is None


def signal_in_words(view: IndicatorView) -> str:
    """What the control chart says of the latest figure: by which rule, since when, with mean and usual range; or why it says nothing.

    Empty without a control chart.
    """
    control, latest = view.control, view.latest
    if control is None or latest is None:
        return ""
    if latest.value is None:
        return f"No figure is shown for {latest.label}, so nothing is judged."
    if not is_judged(view):
        return _without_limits(control.last, control.basis) if control.last.chart == "run" else f"There are no limits for {latest.label}."
    signal, limits = latest_signal(view), control.limits.get(latest.period)
    words = f"{why(view, view.basis, signal)}: more than chance would explain{_VERDICTS[signal.judgement]}." if signal else _USUAL
    words += _lasting(view, signal) if signal else ""
    if limits is None:
        return words
    mean = formats.figure(limits.mean, "", view.indicator)
    return f"{words} The mean is {mean}, the usual range {range_in_words(limits.lower, limits.upper, view.indicator)}."


def _lasting(view: IndicatorView, signal: Signal) -> str:
    """Since when all figures have been signals with the same judgement, where other rules found some before; empty where none did."""
    held, first = (view.control.signals if view.control else {}), signal.since
    for point in reversed(view.points):
        found = held.get(point.period)
        if found is None or found.judgement != signal.judgement:
            break
        first = found.label
    same = first in (signal.since, signal.label) or signal.judgement == "neutral"
    return "" if same else f" Every figure since {first} has been a signal of {signal.judgement}, by this or another rule."


def chart_in_words(view: IndicatorView) -> str:
    """Which chart the latest figures have and why, whether its limits are on trial, and what began them anew; empty without a chart."""
    if view.control is None:
        return _NO_LIMITS["overlapping"] if view.points and view.basis in ("ytd", "rolling12") else ""
    part = view.control.last
    if part.chart == "run":
        rolling = part.reason == "rare" and "rolling12" in view.bases
        chart = _without_limits(part, view.control.basis) + (" Rolling twelve months tell more." if rolling else "")
    else:
        trial = f" Trial limits: {_figures(part)} too few to make them firm." if part.trial else ""
        chart = _CHARTS[part.chart].format(period=_PERIODS[view.control.basis]) + trial
    start = _start_in_words(part.started_by) if part.started_by else ""
    return f"{chart} {start}".strip()


def how_to_read(*views: IndicatorView) -> str:
    """How to read the charts of some views, in one line that names only what they show; empty where they show lines alone."""
    controls = [view.control for view in views if view.control is not None]
    judgements = {judgement for view in views for judgement in _marked(view)}
    marks = "; ".join(words for judgement, words in _MARKS.items() if judgement in judgements)
    lines = ["Thin line: mean. Band: usual range."] if any(control.has_limits for control in controls) else []
    return " ".join([*lines, *([f"Filled {marks}."] if marks else [])])


def _marked(view: IndicatorView) -> set[str]:
    """What the marks on a view's chart say."""
    shown = {point.period for point in view.points if point.value is not None}
    return {signal.judgement for period, signal in view.control.signals.items() if period in shown} if view.control else set()


def variation(view: IndicatorView) -> tuple[str, str]:
    """Kind and words of the icon for the latest figure on the basis shown: improvement, concern, neutral, common or none.

    The words name the basis where another one is watched, so that the two are not taken for a contradiction.
    """
    if not is_judged(view):
        return "none", "not judged"
    signal, watch = latest_signal(view), watched(view)
    here = f" ({_WATCHED[view.basis]})" if watch and watch.basis != view.basis and view.basis in _WATCHED else ""
    return (signal.judgement, f"{in_short(signal)}{here}") if signal else ("common", f"usual variation{here}")


def assurance(view: IndicatorView) -> tuple[str, str] | None:
    """Kind and words of the icon for the target: passes, fails, or hit or miss; None without a target, or limits to hold it against."""
    control = view.control
    if control is None or control.target is None or control.assurance is None:
        return None
    target = formats.figure(control.target, "", view.indicator)
    return control.assurance, _ASSURANCES[control.assurance].format(target=target, period=_PERIODS[control.basis])


def watched(view: IndicatorView) -> Watch | None:
    """The watch kept on the indicator; None where it judges nothing, or where its latest figure is one that the page does not show.

    Of a part of the children None on another basis too: beside the part's chart it would read as said of all children.
    """
    watch, latest = view.watch, view.latest
    if watch is None or not watch.is_judged or (view.breakdown and watch.basis != view.basis):
        return None
    is_hidden = watch.basis == view.basis and (latest is None or latest.value is None)
    return None if is_hidden else watch


def watch_mark(watch: Watch, basis: Basis) -> tuple[str, str]:
    """Sign and words for what is watched, on a page that shows a basis; they say so where the watch is of another."""
    elsewhere = f" ({_WATCHED[watch.basis]})" if watch.basis != basis else ""
    if watch.signal is None:
        return "●", f"usual variation{elsewhere}"
    return ("▲" if watch.signal.side == "high" else "▼"), f"{in_short(watch.signal)}{elsewhere}"


def in_short(signal: Signal) -> str:
    """A signal in a few words, without its time: `rising: concern`."""
    return f"{_state(signal)}{_judgement(signal)}"


def why(view: IndicatorView, basis: Basis, signal: Signal) -> str:
    """The rule that found a signal on a basis, in plain words and without a full stop."""
    time = when(view.indicator, basis, signal.label)
    if signal.gap is not None:
        return _why_of_gaps(signal, _PERIODS[basis], time)
    told = (_WHY_OF_RUNS if _is_run(signal) else _WHY)[signal.rule]
    words = told.format(points=signal.points, since=signal.since, time=time, **_SIDES[signal.side])
    return words if _is_run(signal) or signal.points == 1 else f"{words}, one of {signal.points} signals in a row since {signal.since}"


def when(indicator: Indicator, basis: Basis, label: str) -> str:
    """A period in a sentence: `in 2015-16`, `at 31 March 2016`, `(12 months to Mar 2016)`."""
    if is_counted_on_a_day(indicator, basis):
        return f"at {label}"
    return f"in {label}" if basis in _PERIODS else f"({label})"


def range_in_words(lower: float, upper: float, indicator: Indicator) -> str:
    """Two limits with their unit: `78.2% to 89.5%`, `12.0 to 14.5 per 10,000`."""
    high = formats.figure(upper, "", indicator)
    low = formats.figure(lower, "", indicator) if indicator.unit == "percent" else formats.number(lower, "", indicator.decimals)
    return f"{low} to {high}"


def _is_run(signal: Signal) -> bool:
    """Whether a stretch of signals is a trend or a shift in full; one that ends in a stronger signal is a shift for all that."""
    return signal.gap is None and signal.points >= _RUN


def _state(signal: Signal) -> str:
    if signal.gap is not None:
        return _OF_GAPS[signal.side]
    rule = "shift" if _is_run(signal) and signal.rule != "trend" else signal.rule
    return _STATES[rule, signal.side]


def _judgement(signal: Signal) -> str:
    return "" if signal.judgement == "neutral" else f": {signal.judgement}"


def _why_of_gaps(signal: Signal, period: str, time: str) -> str:
    assert signal.gap is not None
    if signal.side == "high":
        return f"Some were counted {time}, sooner after the last than usual"
    periods = f"{formats.count(signal.gap)} {period}{'' if signal.gap == 1 else 's'}"
    return f"{periods} in a row went by without any, up to {signal.label}"


def _without_limits(part: ChartPart, basis: Basis) -> str:
    return _NO_LIMITS[part.reason].format(figures=_figures(part), period=_PERIODS[basis]) if part.reason else "No limits."


def _figures(part: ChartPart) -> str:
    return "one figure is" if part.points == 1 else f"{part.points} figures are"


def _start_in_words(start: Break | Rebase) -> str:
    if isinstance(start, Break):
        return f"Limits begin anew on {formats.day(start.on)}, as the definition changed."
    quarter = parse_period(start.start, "quarter").label
    who = f"{start.decided.by.rstrip('.')}, {formats.day(start.decided.on)}"
    return f"Limits rebased from {quarter}: {start.reason.rstrip('.')}. Decided by: {who}."
