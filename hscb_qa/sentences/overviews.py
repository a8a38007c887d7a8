"""Areas, the board and its methods in plain English: what is there, what lacks, what changed, how figures are made."""

from datetime import date

from hscb_qa import formats
from hscb_qa.definitions import Disclosure
from hscb_qa.publish import Edition
from hscb_qa.views import AreaView, Balance, BoardView

_HOLES = {"quantity": "no quantity measure", "quality": "no quality measure", "outcome": "no outcome measure"}


def balance_in_words(balance: Balance) -> str:
    """The balance of measure types in one line: `5 quantity, 4 quality, no outcome measure`."""
    parts = [f"{number} {kind}" if number else _HOLES[kind] for kind, number in balance.measure_types.items()]
    return ", ".join(parts)


def hole_in_words(view: AreaView) -> str:
    """What an area lacks, as a sentence a board can act on; empty where it lacks nothing."""
    if not view.balance.holes:
        return ""
    return f"{view.area.short_title} has {formats.join([_HOLES[kind] for kind in view.balance.holes])} yet."


def changes_in_words(view: BoardView) -> str:
    """How many indicators changed since the period before, and how many could not be tested."""
    tested = len(view.changed) + len(view.steady)
    return (
        f"{len(view.changed)} of {tested} tested indicators changed by more than chance would explain; "
        f"{len(view.untested)} have no interval to test with."
    )


def methods_in_words(disclosure: Disclosure) -> list[str]:
    """How figures are made, compared and hidden, a sentence or two each."""
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
        "Neighbours without a figure are left out, and the page says how many remain. "
        "'Furthest from neighbours' counts how many standard deviations among the neighbours lie between us and their mean or median.",
        "What agencies return is added up over the agencies that owe it. Where one has not given its part, a percentage is that of the "
        "others and provisional, and a count or a rate is not available. A rate of less than a year is written as a year's. "
        "Where the day lies between two figures on which a definition changed, they are not compared and not added up.",
        f"Numbers their publishers hid stay hidden. In place of a number may stand: {statuses}.",
        f"Disclosure rule: {disclosure.note} A count from 1 to {disclosure.threshold} identifies; a base under {disclosure.small_base} "
        f"is small. "
        f"{disclosure.agreed.by}, {formats.day(disclosure.agreed.on)}.",
    ]


def edition_in_words(edition: Edition) -> str:
    """The edition by its day, and what it was made for."""
    published = formats.day(date.fromisoformat(edition.published_at[:10]))
    return f"edition of {published}" + (f" ({edition.label})" if edition.label else "")
