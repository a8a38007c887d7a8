"""The gate: figures to what may be shown of them, so that nothing is left that identifies a child.

The rule in force, `hide_small_returned`: published figures pass as their publishers put them out, who have hidden what had to be hidden;
figures that agencies return are hidden here where they are small, before any of them is added up, so that no sum that is shown holds one
that is hidden. Refuses to leave a number beside a status that hides it. What it does not do yet, and the full gate will: keep a hidden
figure from being told by what is left when shown figures are taken from one another.
"""

import pandas as pd

from hscb_qa.definitions import Disclosure

_NUMBERS = ["value", "numerator", "denominator", "lower", "upper"]
_OF_A_CELL = ["numerator", "denominator", "value"]


def suppress_cells(cells: pd.DataFrame, rule: Disclosure) -> pd.DataFrame:
    """Give the returned figures as the rule lets them be added up: the same rows, columns and order, hidden ones with status c, unnumbered.

    `cells` has a row for every indicator, agency, breakdown and period, with numerator, denominator, value, status, the indicator's unit
    and whether it `counts_people`; others are passed. Where one part of a breakdown is hidden or was not given, all its parts are hidden,
    and where the whole is hidden so are all parts of every breakdown: else the hidden one is what is left of the whole. Where a publisher
    gives the sum of a year (`published_year` is the kind of year), one hidden period hides all of that year, of every agency.
    """
    people = cells["counts_people"].astype(bool)
    figure = [cells["indicator"], cells["agency"], cells["period"]]
    is_whole = cells["breakdown"] == ""
    small = _is_small(cells, rule) & people
    hidden = small | _in_published_year_of(small, cells)
    dimension = cells["breakdown"].astype("string").str.replace(r"=.*", "", regex=True)
    incomplete = people & ~is_whole & (cells["status"] != "")
    among_parts = (hidden | incomplete).groupby([*figure, dimension]).transform("any")
    of_the_whole = (hidden & is_whole).groupby(figure).transform("any")
    shown = cells.copy()
    rows = (among_parts | of_the_whole) & (cells["status"] == "")
    shown.loc[rows, "status"] = "c"
    shown.loc[rows, _OF_A_CELL] = float("nan")
    return shown


def suppress_grid(grid: pd.DataFrame, rule: Disclosure) -> pd.DataFrame:
    """Give the grid as the rule lets it be shown: the same rows, columns and order.

    `grid` has a row for every indicator, geography, agency, breakdown, basis and period, with `status` and the numbers value, numerator,
    denominator, lower and upper. A row whose status hides its value comes back with every number empty, so that no part of a rate gives it
    away.
    """
    assert rule.method == "hide_small_returned"
    shown = grid.copy()
    shown.loc[shown["status"] != "", _NUMBERS] = float("nan")
    return shown


def _in_published_year_of(small: "pd.Series[bool]", cells: pd.DataFrame) -> "pd.Series[bool]":
    """The wholes of the years of which a publisher gives the sum, where one of their periods is small."""
    periods = cells["period"].astype("string")
    first = periods.str[:4].astype("int64")
    in_next_year = (cells["published_year"] == "calendar_year") & periods.str.endswith("Q4")
    wholes = (cells["breakdown"] == "") & (cells["published_year"] != "")
    in_year = (small & wholes).groupby([cells["indicator"], first + in_next_year.astype("int64")]).transform("any")
    return in_year & wholes


def _is_small(cells: pd.DataFrame, rule: Disclosure) -> "pd.Series[bool]":
    """Where a count lies above 0 and up to the threshold, or a percentage has a base too small to say anything of a group."""
    counts = [cells["numerator"], cells["denominator"], cells["value"].where(cells["unit"] == "count")]
    small = pd.concat([(count > 0) & (count <= rule.threshold) for count in counts], axis=1).any(axis=1)
    return small | ((cells["unit"] == "percent") & (cells["denominator"] < rule.small_base))
