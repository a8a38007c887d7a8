"""What a reader is left with: the frame without its hidden numbers, and a slow, obvious search through all counts that agree with it."""

from itertools import product

import numpy as np

from hscb_qa.disclosure import protect, small_in


def as_read(figures, status=None):
    """The figures as a reader of the shareable file has them."""
    shown = figures if status is None else figures.assign(status=figures["status"].mask(status.reindex(figures.index).eq("c"), "c"))
    return shown.assign(**{part: shown[part].where(shown["status"] == "") for part in ("numerator", "denominator")})


def hidden(figures, keys):
    """The same with the figures of these (agency, breakdown, basis, last quarter) hidden, and all that the rule hides."""
    rows = [key in keys for key in zip(figures.agency, figures.breakdown, figures.basis, figures["last"], strict=True)]
    return figures.assign(status=np.where(rows, "c", ""))


def small_only(figures, rule):
    """The naive way: what is small is hidden, and nothing else."""
    return figures.assign(status=np.where(small_in(figures, rule)["reason"] != "", "c", ""))


def published(figures, rule):
    """The figures with the statuses the gate gives to the latest edition."""
    return figures.assign(status=protect(figures, rule).status.reindex(figures.index).fillna(figures["status"]))


def possible_ranges(figures, most):
    """For each figure of one edition of counts the least and most it can be, by trying 1 to `most` in every hidden cell.

    Reads only what is shown.
    """
    finest = figures[figures["finest"]]
    unknown = finest[finest["status"] == "c"]
    tried = dict(zip(unknown.index, np.array(list(product(range(1, most + 1), repeat=len(unknown)))).T, strict=True))
    cells = {index: tried.get(index, row.numerator) for index, row in finest.iterrows()}
    sums = {index: _total(row, finest, cells) for index, row in figures.iterrows()}
    agree = np.ones(most ** len(unknown), dtype=bool)
    for index, row in figures[figures["status"] == ""].iterrows():
        agree &= sums[index] == row.numerator
    for parts, whole in _wholes(finest):
        agree &= sum(cells[part] for part in parts) == cells[whole]
    return {index: (np.min(np.broadcast_to(total, agree.shape)[agree]), np.max(np.broadcast_to(total, agree.shape)[agree]))
            for index, total in sums.items()}  # fmt: skip


def _total(row, finest, cells):
    among = finest[(finest["breakdown"] == row.breakdown) & finest["first"].between(row["first"], row["last"])]
    return sum(cells[index] for index in among.index[(among["agency"] == row.agency) | (row.agency == "")])


def _wholes(finest):
    for (_, _), cells in finest.groupby(["agency", "first"]):
        parts = cells.index[cells["breakdown"] != ""]
        if len(parts):
            yield parts, cells.index[cells["breakdown"] == ""][0]
