"""The gate: a grid of figures to the same grid, in which nothing that identifies a child is left.

Works on the whole grid of every indicator before anything is selected from it. The rule in force, `pass_published`, lets published
figures through as their publishers put them out: those have been through their publisher's own disclosure control. Refuses a grid in
which a hidden figure still carries its number.
"""

import pandas as pd

from hscb_qa.definitions import Disclosure

_NUMBERS = ["value", "numerator", "denominator", "lower", "upper"]


def suppress_grid(grid: pd.DataFrame, rule: Disclosure) -> pd.DataFrame:
    """Give the grid as the rule lets it be shown: the same rows, columns and order.

    `grid` has a row for every indicator, geography, basis and period, with `status` and the numbers value, numerator, denominator, lower
    and upper. A row whose status hides its value comes back with every number empty, so that no part of a rate gives it away.
    """
    assert rule.method == "pass_published"
    shown = grid.copy()
    shown.loc[shown["status"] != "", _NUMBERS] = float("nan")
    return shown
