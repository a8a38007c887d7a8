"""What the framework says of returned figures, as tables that the steps of a publication join with.

Turns definitions into rows: how each returned figure is counted, whose population it is divided by, and who owes it for which period.
Refuses to expect a figure of an agency that does not owe it: only those who owe it can be missing from a sum.
"""

from datetime import date

import pandas as pd

from hscb_qa.definitions import UNIT_FACTORS, Framework, Indicator
from hscb_qa.obligations import items_owed
from hscb_qa.periods import Period, latest_ended, periods_between

_KIND_TYPES = {
    **dict.fromkeys(("indicator", "gives", "unit", "interval", "published", "every", "method"), "string"),
    **dict.fromkeys(("numerator_name", "denominator_name"), "string"),
    **dict.fromkeys(("year_lag", "closes_in"), "int32"),
    "factor": "float64",
    **dict.fromkeys(("snapshot", "per_population", "counts_people", "makes_year"), "bool"),
}
_CLOSES_IN = {"financial_year": 3, "snapshot_31_march": 3, "academic_year": 8, "snapshot_30_september": 9, "calendar_year": 12}
_MADE_OF = {("flow", "financial_year"), ("flow", "quarter"), ("snapshot", "snapshot_31_march")}


def returned_kind_rows(framework: Framework) -> pd.DataFrame:
    """One row an indicator that agencies return, with how its figures are counted, divided and added up.

    `published` says where its published figure stands instead: `year`, `every basis` (a quarterly feed) or nowhere. `makes_year` is false
    where the returns' quarters end on other days than the indicator's year. `closes_in` is the month in which the year of a published
    figure ends, 0 where none is published. `method` says what is done besides hiding small figures. `numerator_name` and
    `denominator_name` are the same where indicators share a count.
    """
    rows = [
        _kind(indicator, framework.disclosure.method_of(indicator.id) or "hide")
        for indicator in framework.indicators.values()
        if indicator.returned
    ]
    return pd.DataFrame(rows, columns=list(_KIND_TYPES)).astype(_KIND_TYPES)


def _kind(indicator: Indicator, method: str) -> dict[str, object]:
    returned = indicator.returned
    assert returned is not None
    feed = "every basis" if indicator.period_type == "quarter" else "year"
    return {
        "indicator": indicator.id,
        "gives": returned.gives,
        "unit": indicator.unit,
        "interval": indicator.returned_interval,
        "published": feed if indicator.published else "nowhere",
        "closes_in": _CLOSES_IN.get(indicator.period_type, 0) if indicator.published else 0,
        "method": method,
        "year_lag": returned.population.year_lag if returned.population else 0,
        "factor": UNIT_FACTORS[indicator.unit],
        "snapshot": returned.counting == "snapshot",
        "per_population": returned.population is not None,
        "counts_people": indicator.counts_people,
        "every": returned.every,
        "numerator_name": returned.numerator_id or f"{indicator.id}/numerator",
        "denominator_name": returned.denominator_id or f"{indicator.id}/denominator",
        "makes_year": (returned.counting, indicator.period_type) in _MADE_OF,
    }


def population_rows(framework: Framework) -> pd.DataFrame:
    """One row a cell of a published file that belongs to the population of a returned rate."""
    rows = [
        (indicator.id, people.source, measure, people.breakdown_text, len(people.measures))
        for indicator in framework.indicators.values()
        if indicator.returned and (people := indicator.returned.population)
        for measure in people.measures
    ]
    columns = ["indicator", "source", "measure", "breakdown", "cells"]
    return pd.DataFrame(rows, columns=columns).astype({**dict.fromkeys(columns[:4], "string"), "cells": "int32"})


def owed_rows(framework: Framework, today: date, given: list[str]) -> pd.DataFrame:
    """One row an agency, indicator and period: indicator, agency, period (its text), period_type.

    For every quarter from the first agreed, or the first that `given` names, to the last that had ended `today`, or that `given` names.
    """
    rows = {
        (item.indicator.id, agency, item.period.text, item.period.type)
        for quarter in _quarters(framework, today, given)
        for agency in framework.agencies
        for item in items_owed(framework, agency, quarter)
    }
    return pd.DataFrame(sorted(rows), columns=["indicator", "agency", "period", "period_type"]).astype("string")


def _quarters(framework: Framework, today: date, given: list[str]) -> list[Period]:
    """Quarters are named so that they sort by time; a half year or a year among those given lies within the quarters around it."""
    named = [framework.returns.first_quarter, latest_ended("quarter", today).text, *(text for text in given if " Q" in text)]
    return periods_between(min(named), max(named), "quarter")
