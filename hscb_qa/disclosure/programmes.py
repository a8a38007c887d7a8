"""Linear programmes: costs, bounds and rows to a best point, by HiGHS. Refuses to hold any meaning: callers know what columns are."""

import os
import sys
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array

from hscb_qa.disclosure.arrays import Floats

_INTEGER, _CONTINUOUS = int(highspy.HighsVarType.kInteger), int(highspy.HighsVarType.kContinuous)


@dataclass(frozen=True)
class Best:
    """The best point of a programme, and for each row how much its value would move with the row (its dual; empty in whole numbers)."""

    point: Floats
    duals: Floats


class Programme:
    """Minimises `costs` over columns between bounds, with rows between bounds. Each solving begins where the last one ended."""

    def __init__(self, costs: Floats, columns: tuple[Floats, Floats], matrix: csr_array, rows: tuple[Floats, Floats]) -> None:
        self._solver = _solver()
        self._solver.silent()
        self._solver.setOptionValue("threads", 1)
        self._solver.passModel(_model(costs, columns, csc_array(matrix), rows))
        self._every = np.arange(len(costs), dtype=np.int32)

    def best(self) -> Best | None:
        """The best point; none where there is no point at all."""
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        return Best(np.array(solution.col_value), np.array(solution.row_dual))

    def best_in_whole(self, columns: int) -> Best | None:
        """The best point with whole numbers in the first `columns` columns."""
        self._ask_for(_INTEGER, columns)
        best = self.best()
        self._ask_for(_CONTINUOUS, columns)
        return best

    def cost(self, costs: Floats) -> None:
        """Put other costs in place."""
        self._solver.changeColsCost(len(costs), self._every, costs)

    def bound_columns(self, first: int, low: Floats, high: Floats) -> None:
        """Put other bounds on the columns from the `first` on."""
        self._solver.changeColsBounds(len(low), self._every[first : first + len(low)], low, high)

    def bound_row(self, row: int, low: float, high: float) -> None:
        """Put other bounds on a row."""
        self._solver.changeRowBounds(row, low, high)

    def _ask_for(self, kind: int, columns: int) -> None:
        self._solver.changeColsIntegrality(columns, self._every[:columns], np.full(columns, kind, dtype=np.uint8))


def _solver() -> Any:
    """A solver; HiGHS prints its licence where the first is made, and that goes to standard error, so that output stays clean."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        return highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _model(costs: Floats, columns: tuple[Floats, Floats], matrix: csc_array, rows: tuple[Floats, Floats]) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(costs), len(rows[0])
    model.col_cost_, model.col_lower_, model.col_upper_ = costs, columns[0], columns[1]
    model.row_lower_, model.row_upper_ = rows
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    return model
