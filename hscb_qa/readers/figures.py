"""Cells of text to numbers and statuses, a column at a time.

A number is digits with at most one decimal point and an exponent. Refuses to repair: "1,234", "12%" and "#DIV/0!" are no numbers.
"""

from collections.abc import Mapping

import pandas as pd

DFE_SYMBOLS = {"c": "c", "x": "x", "z": "z", "u": "u", "k": "k", "low": "k"}

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"


def is_number(texts: pd.Series) -> pd.Series:
    """Whether each text is a number; blanks around it do not count.

    >>> is_number(pd.Series(["1.50", " 7 ", "-3", "2.2E-2", "1,234", "inf", ""])).tolist()
    [True, True, True, True, False, False, False]
    """
    return texts.str.strip().str.fullmatch(_NUMBER).astype(bool)


def read_figures(texts: pd.Series, symbols: Mapping[str, str]) -> pd.DataFrame:
    """Columns `value` (float64) and `status` for each text, index kept.

    A number has its value and status "". A symbol has no value and its status. Anything else has neither.
    """
    known = pd.Series(texts.unique(), dtype="str")
    numeric = is_number(known)
    values = pd.to_numeric(known.where(numeric), errors="coerce").astype("float64")
    values = values.where(values.abs() < float("inf"))
    value_of = dict(zip(known, values, strict=True))
    status_of = {text: symbols.get(text.strip(), "") for text in known}
    return pd.DataFrame({"value": texts.map(value_of).astype("float64"), "status": texts.map(status_of)}, index=texts.index)
