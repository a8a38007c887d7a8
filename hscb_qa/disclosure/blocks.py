"""Figures to families and counts to blocks: what nothing joins is looked at apart, and what did not change not again.

Refuses to ask what a value is, only whether it is another.
"""

import numpy as np
import pandas as pd
from scipy.sparse import block_array, csr_array, vstack
from scipy.sparse.csgraph import connected_components

from hscb_qa.disclosure.arrays import Bools, Ints
from hscb_qa.disclosure.sums import Sums

ROW = ["indicator", "breakdown", "agency", "basis", "ends", "starts", "fixed"]
NUMBERS = ["numerator", "denominator", "version", "rounds_to", "adds", "finest", "protects"]


def blocks_of(sums: Sums) -> Ints:
    """Give the number of each count's block."""
    return joined([sums.matrix, sums.equations, sums.within])


def families_of(figures: pd.DataFrame) -> Ints:
    """Give the number of each figure's family: indicators that have a count in common are of one."""
    names = pd.concat([figures["numerator_name"], figures["denominator_name"].where(figures["divides"].astype(bool), "")])
    indicator = pd.factorize(figures["indicator"], sort=True)[0]
    name = pd.factorize(names.replace("", None), sort=True)[0]
    held = name >= 0
    shape = (int(name.max(initial=0)) + 1, int(indicator.max(initial=0)) + 1)
    incidence = csr_array((np.ones(held.sum()), (name[held], np.tile(indicator, 2)[held])), shape=shape)
    families: Ints = joined([incidence])[indicator]
    return families


def has_news(figures: pd.DataFrame, columns: list[str]) -> Bools:
    """Say of each figure whether the latest edition has others of its family than the edition before, by these columns."""
    marks = pd.util.hash_pandas_object(figures[[*ROW, *columns]], index=False).to_numpy()
    edition = figures["edition"].to_numpy()
    family = families_of(figures)
    latest = edition == edition.max(initial=0)
    before = edition == edition[~latest].max(initial=-1)
    together = np.zeros((2, family.max(initial=-1) + 1), dtype=np.uint64)
    for place, rows in enumerate((latest, before)):
        np.add.at(together[place], family[rows], marks[rows])
    news: Bools = (together[0] != together[1])[family]
    return news


def joined(rows: list[csr_array]) -> Ints:
    """Give the number of the block of each column: columns that have a row in common are in one."""
    every = abs(vstack(rows, format="csr"))
    graph = block_array([[None, every], [every.T, None]], format="csr")
    numbers = connected_components(graph, directed=False)[1].astype(np.int64)
    blocks: Ints = np.unique(numbers[every.shape[0] :], return_inverse=True)[1]
    return blocks
