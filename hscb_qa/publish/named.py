"""Texts to the hidden numbers they name in digits.

Turns what the gate hides into the numbers that would tell it: both counts, what is left of one without the other, and their share. Refuses
to look for numbers in words, which the rule for small counts does.
"""

import re
from collections.abc import Iterable

import duckdb
import pandas as pd

_DIGITS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.,])\d+(?:\.\d+)?")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NO_COUNTS = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTHS})\b|\b(?:{_MONTHS}) \d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{4}}[-/]\d{{2}}(?: [QH]\d)?\b|\b[a-z]+_\w+"
    r"|\b\d{1,3}(?: (?:to|or|and) \d{1,3})? (?:calendar |working |school )?(?:days?|weeks?|months?|years?|hours?)\b"
)


def hidden_numbers(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every hidden figure by indicator, agency, period, `starts` and `ends`, with the numbers that would tell it as a set, `numbers`."""
    hidden: pd.DataFrame = connection.sql("SELECT * FROM hidden_numbers").df()
    numerator, denominator = hidden["numerator"], hidden["denominator"]
    share = (100 * numerator / denominator).where(hidden["percent"].astype(bool) & (denominator > 0))
    telling = pd.concat([numerator, denominator, denominator - numerator, share, share.round(), share.round(1)], axis=1)
    return hidden.assign(numbers=pd.Series([set(row) for row in telling.to_numpy().tolist()], hidden.index, "object"))


def names(words: str | None, numbers: set[float]) -> bool:
    """Whether a text names one of these numbers in digits.

    >>> names("There were 1,012 visits.", {1012.0}), names("In 2026 there were 12.", {2.0, float("nan")})
    (True, False)
    """
    return isinstance(words, str) and any(float(one.replace(",", "")) in numbers for one in _DIGITS.findall(words))


def without_times(words: Iterable[str]) -> str:
    """Texts as one, without days, months, years, lengths of time and the ids of entries, whose digits count nobody.

    >>> without_times(["Within 15 working days: 12 of 40.", "Since 3 June 2026 and in 2025-26.", "audit_2025", "2026-07-14"])
    'Within : 12 of 40. Since  2026 and in .  '
    """
    return _NO_COUNTS.sub("", " ".join(words))
