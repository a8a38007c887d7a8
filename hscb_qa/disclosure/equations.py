"""Figures to what everybody knows of their counts: parts add up to their whole, and a numerator is part of its denominator.

Refuses to say what any count is.
"""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from hscb_qa.disclosure.arrays import Ints, numbered

_CELL = ["edition", "indicator", "agency", "period"]


def parts_of_wholes(figures: pd.DataFrame, finest: pd.DataFrame, columns: Ints, counts: int) -> tuple[csr_array, csr_array]:
    """Give a row for each whole and dimension, its parts' counts less its own: those that are zero, and those that may be less.

    `columns` has the column of each finest figure's numerator and denominator, -1 for none. A row may be less than zero where one of the
    parts has a row without a figure. Parts that agencies gave without their adding up (`adds` is false) say nothing.
    """
    given = finest.assign(place=np.arange(len(finest)))
    wholes = given.loc[given["breakdown"] == "", [*_CELL, "place"]].rename(columns={"place": "whole"})
    parts = _with_dimension(given[given["adds"].astype(bool)], "place").merge(wholes, on=_CELL)
    asked = _with_dimension(figures[figures["finest"].astype(bool)], "status")
    complete = asked["status"].isin(["", "c"]).groupby([asked[key] for key in [*_CELL, "dimension"]]).all()
    parts = parts.merge(complete.rename("complete").reset_index(), on=[*_CELL, "dimension"])
    equal, under = (_rows(parts[parts["complete"] == whole], columns, counts) for whole in (True, False))
    return equal, under


def _with_dimension(figures: pd.DataFrame, column: str) -> pd.DataFrame:
    """The parts among the figures with the dimension of their breakdown, and one more column."""
    parts = figures.loc[figures["breakdown"] != "", [*_CELL, "breakdown", column]]
    return parts.assign(dimension=parts["breakdown"].str.replace(r"=.*", "", regex=True))


def _rows(parts: pd.DataFrame, columns: Ints, counts: int) -> csr_array:
    """The rows of numerators, then those of denominators; none where either is absent."""
    number = numbered(parts.groupby(["whole", "dimension"]))
    part, whole = parts["place"].to_numpy(dtype=np.int64), parts["whole"].to_numpy(dtype=np.int64)
    rows: csr_array = vstack([_signed(number, which[part], which[whole], counts) for which in columns], format="csr")
    return rows


def _signed(number: Ints, parts: Ints, wholes: Ints, counts: int) -> csr_array:
    """One row a number: one for each part, less one for the whole."""
    kept = ~np.isin(number, number[(parts < 0) | (wholes < 0)])
    distinct, first, row = np.unique(number[kept], return_index=True, return_inverse=True)
    columns = np.concatenate([parts[kept], wholes[kept][first]])
    signs = np.concatenate([np.ones(len(row)), -np.ones(len(distinct))])
    return csr_array((signs, (np.concatenate([row, np.arange(len(distinct))]), columns)), shape=(len(distinct), counts))


def numerators_within(finest: pd.DataFrame, columns: Ints, counts: int) -> csr_array:
    """Give a row for each percentage: its numerator less its denominator, which is not above zero."""
    pairs = np.unique(columns[:, finest["percent"].to_numpy(dtype=bool) & (columns[1] >= 0)], axis=1)
    rows = np.arange(pairs.shape[1])
    signs = np.concatenate([np.ones(len(rows)), -np.ones(len(rows))])
    return csr_array((signs, (np.concatenate([rows, rows]), pairs.ravel())), shape=(len(rows), counts))
