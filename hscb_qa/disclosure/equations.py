"""Figures to what everybody knows of their counts: parts add up to their whole, and a numerator is part of its denominator.

Refuses to say what any count is.
"""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from hscb_qa.disclosure.arrays import Ints, numbered

_CELL = ["edition", "indicator", "agency", "period"]


def parts_of_wholes(finest: pd.DataFrame, columns: Ints, counts: int) -> csr_array:
    """Give a row for each whole and dimension: its parts' counts less its own, which is zero. Numerators come first, then denominators.

    `columns` has the column of each finest figure's numerator and denominator, -1 for none. Parts that are more than their whole (`adds` is
    false) say nothing.
    """
    given = finest.assign(place=np.arange(len(finest)))
    wholes = given.loc[given["breakdown"] == "", [*_CELL, "place"]].rename(columns={"place": "whole"})
    among = given[(given["breakdown"] != "") & given["adds"].astype(bool)]
    parts = among.assign(dimension=among["breakdown"].str.replace(r"=.*", "", regex=True)).merge(wholes, on=_CELL)
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
