"""What an agency owes for a quarter to the table it fills: one row a figure, with all that helps to fill it.

Refuses an agency that owes nothing, since an empty form would come back as an empty return.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.errors import HscbError
from hscb_qa.obligations import Item, items_owed
from hscb_qa.periods import Period, latest_ended, quarters_before
from hscb_qa.readers.return_form import FIGURE_HEADERS, FORM, ILLUSTRATIVE_FORM, NUMBERS, STATUS_WORDS

OBSERVATION_COLUMNS = ("indicator", "breakdown", "period", "numerator", "denominator", "value", "status")

_UNIT_WORDS = {
    "percent": "percent",
    "percentage_points": "percentage points",
    "per_1000": "per 1,000",
    "per_10000": "per 10,000",
    "per_100000": "per 100,000",
    "count": "number",
    "score": "score",
    "cases": "cases a worker",
    "children_per_post": "children a post",
}
_ASKED_OF = {"counts": ("numerator", "denominator"), "count": ("numerator",), "value": ("value",)}


def figures_table(framework: Framework, agency_id: str, quarter: Period, last: pd.DataFrame, *, illustrative: bool) -> pd.DataFrame:
    """The table of figures of an agency's return of a quarter, still to be filled, in the order of the template.

    One column for each key of `FIGURE_HEADERS`, text but for `numerator`, `denominator` and `value`, which are float64 and NaN. `last` has
    the agency's accepted observations, with at least `OBSERVATION_COLUMNS`. Definitions stand beside the whole, not again beside its parts.
    Raises HscbError where the agency owes nothing, UnknownName for an agency that is not configured.
    """
    items = items_owed(framework, agency_id, quarter)
    if not items:
        raise HscbError(f"{framework.agency(agency_id).name} owes no figures for {quarter.text}, so there is no template to fill.")
    accepted = {(row["indicator"], row["breakdown"], row["period"]): row for row in last.to_dict("records")}
    form = ILLUSTRATIVE_FORM if illustrative else FORM
    common = {"form": form, "agency": agency_id, "quarter": quarter.text, "status": "", "note": ""}
    rows = [common | _describe(framework, item) | {"last": last_accepted(item, accepted)} for item in items]
    table = pd.DataFrame(rows).reindex(columns=list(FIGURE_HEADERS))
    return table.astype({key: "float64" if key in NUMBERS else "str" for key in FIGURE_HEADERS})


def asked_of(indicator: Indicator) -> tuple[str, ...]:
    """Which of numerator, denominator and value an agency gives of an indicator; the others stay empty."""
    return _ASKED_OF[indicator.returned.gives] if indicator.returned else ()


def number_text(number: float) -> str:
    """A number as it is read back: whole numbers without a decimal point, others in full.

    >>> number_text(12.0), number_text(7.25)
    ('12', '7.25')
    """
    return str(int(number)) if number.is_integer() and abs(number) < 10**15 else repr(float(number))


def last_accepted(item: Item, accepted: Mapping[tuple[Any, ...], Mapping[Any, Any]]) -> str:
    """The accepted figure of the item's period before, as "41 of 60 (2025-26 Q2)"; empty where there is none.

    `accepted` holds observations by indicator, breakdown and period.
    """
    before = _period_before(item.period).text
    found = accepted.get((item.indicator.id, item.breakdown, before))
    return f"{_figure(item.indicator, found)} ({before})" if found is not None else ""


def _figure(indicator: Indicator, observation: Mapping[Any, Any]) -> str:
    if observation["status"] in STATUS_WORDS:
        return STATUS_WORDS[observation["status"]]
    return " of ".join(_number(observation[part]) for part in asked_of(indicator) if pd.notna(observation[part]))


def _number(number: float) -> str:
    """A number for people, whole numbers without a point: 1,234 or 7.25."""
    return f"{number:,.10g}" if abs(number) < 1e10 else f"{number:g}"


def _period_before(period: Period) -> Period:
    if period.type == "quarter":
        return quarters_before(period, 1)
    return latest_ended(period.type, _day_before(period))


def _day_before(period: Period) -> Any:
    """The last day before a period; of a day on which things are counted, the day before it."""
    return (pd.Timestamp(period.start) - pd.Timedelta(days=1)).date()


def _describe(framework: Framework, item: Item) -> dict[str, str]:
    indicator, is_whole = item.indicator, item.breakdown == ""
    return {
        "name": indicator.name,
        "indicator": indicator.id,
        "breakdown": framework.returns.label(item.breakdown) or item.breakdown,
        "period": item.period.text,
        "unit": _UNIT_WORDS[indicator.unit] if "value" in asked_of(indicator) else "number",
        "definition": indicator.definition if is_whole else "",
        "numerator_counts": indicator.numerator if is_whole else "",
        "denominator_counts": _denominator(indicator) if is_whole else "",
    }


def _denominator(indicator: Indicator) -> str:
    if "denominator" in asked_of(indicator):
        return indicator.denominator or ""
    return "Nothing to give: the Board takes the population itself." if indicator.returned and indicator.returned.population else ""
