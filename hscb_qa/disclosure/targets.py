"""Figures to what must not be found out: which are hidden for their own sake, and the range a reader must be left with for each.

Refuses to weigh one figure against another; that is what `protect` does.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from hscb_qa.disclosure.arrays import Bools, Floats, Ints
from hscb_qa.disclosure.rule import Rule
from hscb_qa.disclosure.sums import Sums

SMALL, SMALL_BASE, REMAINDER = "small count", "small base", "small remainder"


@dataclass(frozen=True)
class Targets:
    """What must stay open: rows over the counts, each from `low` to `high`, and the figure (its row) that stands for each."""

    matrix: csr_array
    low: Floats
    high: Floats
    figure: Ints


def small_in(figures: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Say what of each figure is hidden for its own sake: columns numerator, denominator, remainder (true or false) and reason (or empty).

    A percentage with a small base hides its numerator, whatever it is. What a publisher shows (`fixed`) is not hidden. Says no number.
    """
    numerator, denominator = figures["numerator"], figures["denominator"].where(figures["divides"].astype(bool))
    counts = figures["protects"].astype(bool) & figures["status"].isin(["", "c"]) & ~figures["fixed"].astype(bool)
    percent = figures["percent"].astype(bool)
    base = percent & denominator.between(1, rule.small_base - 1)
    small = numerator.between(rule.low, rule.threshold)
    small_denominator = denominator.between(max(rule.low, 1), rule.threshold)
    remainder = percent & (denominator - numerator).between(1, rule.threshold) & rule.remainders
    reason = np.select([small | small_denominator, base, remainder], [SMALL, SMALL_BASE, REMAINDER], "")
    found = {"numerator": small | base, "denominator": small_denominator, "remainder": remainder}
    return pd.DataFrame({part: marks & counts for part, marks in found.items()}).assign(reason=np.where(counts, reason, ""))


def targets_of(sums: Sums, small: pd.DataFrame, zero: Bools, rule: Rule) -> Targets:
    """Give what must stay open behind the figures that `small_in` marked: one row a distinct sum. `zero` marks counts shown to be zero.

    Of several hidden counts that are one at least the sum is known to be as many at least; its range begins there.
    """
    numerator, denominator, remainder = (np.flatnonzero(small[part]) for part in ("numerator", "denominator", "remainder"))
    which, first = np.unique(np.concatenate([sums.numerator[numerator], sums.denominator[denominator]]), return_index=True)
    figure = np.concatenate([numerator, denominator])[first]
    pairs, pair = np.unique(np.stack([sums.numerator[remainder], sums.denominator[remainder]]), axis=1, return_index=True)
    matrix = vstack([sums.matrix[which], sums.matrix[pairs[1]] - sums.matrix[pairs[0]]], format="csr")
    least = sums.matrix[which] @ _least(sums, zero)
    low = np.concatenate([np.maximum(least, rule.low), np.ones(len(pair))])
    return Targets(matrix, low, np.full(len(low), float(rule.threshold)), np.concatenate([figure, remainder[pair]]))


def _least(sums: Sums, zero: Bools) -> Floats:
    """What each count is at least when all but zeros are hidden: a whole its parts together, a denominator its numerator."""
    least = np.where(zero, 0, sums.least)
    for rows in (sums.equations, sums.within):
        parts = csr_array((np.maximum(rows.data, 0), rows.indices, rows.indptr), shape=rows.shape) @ least
        row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        wholes = rows.data < 0
        np.maximum.at(least, rows.indices[wholes], parts[row[wholes]])
    return least
