"""Texts that agencies wrote to what stands in the way of showing each to anybody: kinds of personal data, and small counts of people.

Says the kind and never the text. Finding nothing is no approval: a person has to read it, since a text can tell who somebody is without any
number or name.
"""

from collections.abc import Iterable

from hscb_qa.checks.returns import kinds_of
from hscb_qa.checks.small_counts import small_counts

SMALL_COUNT = "small count of people"


def obstacles(texts: Iterable[str], threshold: int) -> dict[str, tuple[str, ...]]:
    """The kinds of what may not be shared in each text that holds any; texts that hold none are left out.

    >>> obstacles(["Call 07700 900123 about two girls.", "Waiting fell."], 5)
    {'Call 07700 900123 about two girls.': ('telephone number', 'small count of people')}
    """
    different = list(dict.fromkeys(texts))
    personal, counting = kinds_of(different), small_counts(different, threshold)
    found = {text: (*personal.get(text, ()), *([SMALL_COUNT] if text in counting else [])) for text in different}
    return {text: kinds for text, kinds in found.items() if kinds}
