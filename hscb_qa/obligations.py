"""Definitions to what is owed: which agency owes which items in the return of which quarter, and by which day.

Turns the framework and a quarter into items, one a figure asked for. Refuses to owe what nobody could give: an agency owes nothing for a
quarter it was not a partner at the end of, nor an indicator outside the time it is collected.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from hscb_qa.definitions import Agency, Framework, Indicator, Returned
from hscb_qa.errors import HscbError
from hscb_qa.periods import Period, latest_ended, parse_period, periods_between, quarter_of, quarters_before


@dataclass(frozen=True)
class Item:
    """One figure an agency owes: of an indicator, for all (`breakdown` empty) or a part of them, for a period.

    `breakdown` is canonical text, as `age_band=1_to_4`; the period may lie before the return's own quarter or be a year.
    """

    indicator: Indicator
    breakdown: str
    period: Period

    @property
    def returned(self) -> Returned:
        """How the indicator is returned; an item exists only where it is."""
        return cast(Returned, self.indicator.returned)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells the item from all others of an agency: indicator, breakdown and period, as text."""
        return self.indicator.id, self.breakdown, self.period.text


def read_quarter(text: str) -> Period:
    """The quarter a person typed. Raises HscbError, saying how to write it, for anything else."""
    try:
        return parse_period(text.strip(), "quarter")
    except ValueError as fault:
        raise HscbError(str(fault)) from None


def items_owed(framework: Framework, agency_id: str, quarter: Period) -> list[Item]:
    """What an agency owes in the return of a quarter, in the order of the template: core first, then by id; the whole, then its parts.

    Empty where the agency owes nothing. Raises UnknownName for an agency that is not configured.
    """
    if not _is_partner(framework.agency(agency_id), quarter):
        return []
    owed = [one for one in framework.indicators.values() if one.returned and agency_id in one.returned.agencies]
    items: list[Item] = []
    for indicator in sorted(owed, key=lambda one: (one.tier != "core", one.id)):
        period = period_owed(indicator, quarter)
        if period is not None:
            items += [Item(indicator, breakdown, period) for breakdown in breakdowns_of(framework, indicator)]
    return items


def period_owed(indicator: Indicator, quarter: Period) -> Period | None:
    """The period whose figure is owed in the return of a quarter; None where none is."""
    returned = indicator.returned
    if returned is None or not _is_collected(returned, quarter):
        return None
    counted = quarters_before(quarter, returned.lag_quarters)
    if returned.every == "quarter":
        return counted
    if returned.every == "half_year":
        return latest_ended("half_year", counted.end) if quarter.text.endswith(("Q2", "Q4")) else None
    return latest_ended(indicator.period_type, counted.end) if quarter.text.endswith(str(returned.due_in)) else None


def breakdowns_of(framework: Framework, indicator: Indicator) -> list[str]:
    """The texts of an indicator's items in one period: the whole, as empty text, then every part of every breakdown."""
    wanted = indicator.returned.breakdowns if indicator.returned else ()
    return ["", *(text for breakdown in wanted for text in framework.returns.texts(breakdown))]


def agencies_owing(framework: Framework, quarter: Period) -> list[Agency]:
    """The agencies that owe a return for a quarter, in the order of the configuration."""
    return [agency for agency in framework.agencies.values() if items_owed(framework, agency.id, quarter)]


def due_day(framework: Framework, quarter: Period) -> date:
    """The day by which the return of a quarter is due."""
    return quarter.end + timedelta(days=framework.returns.due_days)


def quarters_owed(framework: Framework, today: date) -> list[Period]:
    """Every quarter for which returns are owed: from the first one agreed to the last that has ended, oldest first."""
    last = latest_ended("quarter", today)
    first = framework.returns.first_quarter
    return periods_between(first, last.text, "quarter") if first <= last.text else []


def quarters_to_come(framework: Framework, day: date, agency_id: str = "") -> list[Period]:
    """The quarters whose returns are due on a day or later, the next first, about two years on: those an agency owes, or any agency.

    The first of them may have ended, where its due day has not passed. Raises UnknownName for an agency that is not configured.
    """
    first = max(framework.returns.first_quarter, quarters_before(latest_ended("quarter", day), 4).text)
    last = max(first, quarter_of(f"{day.year + 2}-{day.month:02}"))
    due = (one for one in periods_between(first, last, "quarter") if due_day(framework, one) >= day)
    return [one for one in due if (items_owed(framework, agency_id, one) if agency_id else agencies_owing(framework, one))]


def _is_partner(agency: Agency, quarter: Period) -> bool:
    return (agency.since is None or agency.since <= quarter.end) and (agency.until is None or agency.until >= quarter.end)


def _is_collected(returned: Returned, quarter: Period) -> bool:
    return (returned.since or "") <= quarter.text and (returned.until is None or quarter.text <= returned.until)
