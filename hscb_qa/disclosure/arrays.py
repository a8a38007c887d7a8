"""Rows and groups to numbers, and the names of the arrays used here. Refuses to know what they stand for."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def numbered(groups: Any) -> Ints:
    """Give each row the number of its group."""
    number: Ints = groups.ngroup().to_numpy(dtype=np.int64)
    return number


def distinct(rows: csr_array) -> tuple[Ints, Ints]:
    """Give the first of each set of alike rows, and for each row the number of its set."""
    _, first, number = np.unique(fingerprints(rows), return_index=True, return_inverse=True)
    return first, number


def fingerprints(rows: csr_array) -> Ints:
    """Give a number for each row that alike rows share and others, but for one chance in very many, do not."""
    marks = np.random.default_rng(0).integers(1, 1 << 62, size=rows.shape[1])
    prints: Ints = np.asarray(csr_array((rows.data.astype(np.int64), rows.indices, rows.indptr), shape=rows.shape) @ marks)
    return prints
