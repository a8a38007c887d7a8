"""Areas, the board and its methods in plain English: what is there, what lacks, how figures are made and judged."""

from datetime import date

from hscb_qa import formats
from hscb_qa.definitions import Basis, Disclosure, ExceptionRule, Framework, SignalRules
from hscb_qa.publish import Edition
from hscb_qa.sentences.disclosure import rule_in_words
from hscb_qa.views import AreaView, Balance, BoardView, Selection

_ON: dict[Basis, str] = {
    "month": "by month",
    "quarter": "by quarter",
    "half_year": "by half year",
    "ytd": "of the year to date",
    "rolling12": "of twelve months",
    "year": "by year",
}
_HOLES = {"quantity": "no quantity measure", "quality": "no quality measure", "outcome": "no outcome measure"}
_EXCEPTIONS = {
    "special_cause": "its latest figure is a signal",
    "target_missed": "its limits lie on the wrong side of its target",
    "agencies_disagree": "an agency lies outside the 99.8% limits of a funnel around all agencies together",
    "fifth": "its latest annual figure is among the highest or lowest fifth of local authorities",
}


def balance_in_words(balance: Balance) -> str:
    """The balance of measure types in one line: `5 quantity, 4 quality, no outcome measure`."""
    parts = [f"{number} {kind}" if number else _HOLES[kind] for kind, number in balance.measure_types.items()]
    return ", ".join(parts)


def hole_in_words(view: AreaView) -> str:
    """What an area lacks, as a sentence a board can act on; empty where it lacks nothing."""
    if not view.balance.holes:
        return ""
    return f"{view.area.short_title} has {formats.join([_HOLES[kind] for kind in view.balance.holes])} yet."


def holes_in_words(view: BoardView) -> str:
    """Which areas of a plan year lack a measure of which type, in a sentence each; empty where none lacks any."""
    lacking = {kind: [area.area.short_title for area in view.areas if kind in area.balance.holes] for kind in _HOLES}
    return " ".join(
        f"{formats.join(areas)} {'has' if len(areas) == 1 else 'have'} {_HOLES[kind]}." for kind, areas in lacking.items() if areas
    )


def methods_in_words(disclosure: Disclosure, signals: SignalRules) -> list[str]:
    """How figures are made, compared, judged and hidden, a paragraph each."""
    statuses = "; ".join(f"[{status}] {words}" for status, words in formats.STATUS_WORDS.items())
    return [
        "A rate or a percentage is its numerator over its denominator, each added up by itself before they are divided. "
        "A rate at 31 March uses the mid-year population of the year before, as DfE does.",
        "Intervals are at 95%: Wilson's for percentages; Byar's for rates and counts, exact Poisson under 10. "
        "A full count is not a sample: the interval says how much chance alone could move it. "
        "Brothers and sisters are often counted together, so true intervals are wider.",
        "A figure is higher or lower than a comparator where the comparator lies outside its interval, and similar where it lies inside. "
        "It has changed since the period before where the two intervals do not overlap; a year to date, or rolling twelve months, is "
        "compared with the same a year before. "
        "Better and worse are said only where the indicator has a polarity.",
        "Statistical neighbours are summed up by the mean, as in DfE's LAIT, or the median, as in DfE's outcomes dashboard. "
        "Neighbours without a figure are left out, and the page says how many remain.",
        *_signals_in_words(signals),
        "What agencies return is added up over the agencies that owe it. Where one has not given its part, a percentage is that of the "
        "others and provisional, and a count or a rate is not available. A rate of less than a year is written as a year's. "
        "Where the day lies between two figures on which a definition changed, they are not compared and not added up.",
        f"Numbers their publishers hid stay hidden. In place of a number may stand: {statuses}.",
        *rule_in_words(disclosure),
    ]


def selection_in_words(framework: Framework, selection: Selection, left_out: int) -> str:
    """What a viewer chose to see of the whole, as a sentence or two; empty where it is all of it."""
    agency = framework.agencies[selection.agency].short_name if selection.agency else ""
    part = framework.returns.label(selection.breakdown) if selection.breakdown else ""
    told = [f"Only what {agency} returns" if agency else "", f"only {part}" if part else ""]
    whose = ", ".join(words for words in told if words)
    others = f" {left_out} other {'measure is' if left_out == 1 else 'measures are'} left out." if left_out else ""
    years = f"Only periods that ended {_years(selection)}." if selection.since or selection.until else ""
    basis = f"Figures {_ON[selection.basis]} where there are such; else each measure's own period." if selection.basis else ""
    return " ".join(words for words in (f"{whose[0].upper()}{whose[1:]}.{others}" if whose else "", years, basis) if words)


def board_selection_in_words(framework: Framework, selection: Selection) -> str:
    """The same for the overview, with what of it does not follow the choice."""
    words = selection_in_words(framework, selection, 0)
    return f"{words} Exceptions, returns and what is new are of this edition's latest figures all the same." if words else ""


def _years(selection: Selection) -> str:
    since = f"from {formats.day(selection.since)}" if selection.since else ""
    until = f"up to {formats.day(selection.until)}" if selection.until else ""
    return " ".join(words for words in (since, until) if words)


def edition_in_words(edition: Edition) -> str:
    """The edition by its day, and what it was made for."""
    published = formats.day(date.fromisoformat(edition.published_at[:10]))
    return f"edition of {published}" + (f" ({edition.label})" if edition.label else "")


def _signals_in_words(signals: SignalRules) -> list[str]:
    """What control charts, trends, ranks and exceptions are, with the numbers of the rules in force."""
    charts, agreed = signals.charts, signals.agreed
    return [
        "A control chart tells signal from noise: it holds the latest figure against the mean and the usual range of its own series. "
        "A signal is a figure outside the limits, a trend of seven, two of three near one limit, or a shift of seven to one side of the "
        "mean; the first of these that holds is told. A missing figure ends a run. "
        "Improvement and concern are said only where the indicator has a polarity.",
        f"Under {charts.min_points} figures there are no limits, under {charts.trial_below} they are trial limits. "
        f"Events fewer than {charts.rare_below:g} a period are rare: the periods between them are judged (g chart), or nothing. "
        f"A percentage whose bases differ by more than {charts.bases_vary:.0%} from their mean has limits of its own at each figure "
        f"(p chart), where that mean is at most {formats.count(charts.p_base_at_most)}. Figures that overlap have no limits. "
        "Limits begin anew where a definition changed, or where they were rebased, with reason and author.",
        "The recent trend is that of Fingertips: the five newest annual figures, by a chi-squared test. "
        "Rank and band are those of DfE's LAIT: rank 1 is the best, places level with each other share a rank, band A is the best quarter "
        "and D the worst. Only published annual figures are ranked, and no neutral measure is.",
        f"{_exceptions_defined(signals.exceptions)} {agreed.by}, {formats.day(agreed.on)}.",
    ]


def _exceptions_defined(rule: ExceptionRule) -> str:
    if not rule.kinds:
        return "No kind of exception is in force."
    kinds = "; ".join(_EXCEPTIONS[kind] for kind in rule.kinds)
    return (
        f"An indicator is an exception, for which a narrative is owed, where one of these holds: {kinds}. "
        f"Figures that ended more than {rule.old_after_months} months before the edition are too old to be one."
    )


def overdue_in_words(number: int) -> str:
    """How many recommendations are overdue.

    >>> overdue_in_words(1), overdue_in_words(4)
    ('1 recommendation is overdue', '4 recommendations are overdue')
    """
    return "1 recommendation is overdue" if number == 1 else f"{number} recommendations are overdue"


def waits_in_words(number: int) -> str:
    """How many challenges of the Board wait for an answer.

    >>> waits_in_words(1), waits_in_words(2)
    ('1 challenge waits for an answer', '2 challenges wait for an answer')
    """
    return "1 challenge waits for an answer" if number == 1 else f"{number} challenges wait for an answer"
