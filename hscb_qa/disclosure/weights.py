"""Figures to how much a board would miss each: totals before agencies, wholes before parts, the latest before the rest.

Refuses to know what is small.
"""

import numpy as np
import pandas as pd

from hscb_qa.disclosure.arrays import Floats

_BASIS = {"quarter": 3.0, "half_year": 3.0, "rolling12": 2.0, "year": 2.0, "ytd": 1.0}
_BOARD, _WHOLE, _LATEST, _LAST_YEAR = 10.0, 4.0, 3.0, 2.0
_YEAR = np.timedelta64(366, "D")


def importance_of(figures: pd.DataFrame) -> Floats:
    """Give a weight above zero for each figure; of two choices the gate hides what weighs less."""
    ends = figures["ends"].to_numpy(dtype="datetime64[D]")
    latest = np.max(ends) if len(ends) else np.datetime64("NaT")
    weight: Floats = np.ones(len(figures))
    weight *= figures["basis"].map(_BASIS).fillna(1.0).to_numpy(dtype=float)
    weight *= np.where(ends == latest, _LATEST, np.where(ends > latest - _YEAR, _LAST_YEAR, 1.0))
    weight *= np.where(figures["agency"] == "", _BOARD, 1.0)
    weight *= np.where(figures["breakdown"] == "", _WHOLE, 1.0)
    return weight
