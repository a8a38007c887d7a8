"""Numbers and statuses to the text people read: the one home of how a figure is written.

Refuses to write a number for a value that is not shown; it writes the status in square brackets, as the
Government Statistical Service asks.
"""

from datetime import date

from hscb_qa.definitions import Indicator

STATUS_WORDS = {
    "c": "hidden, because it is a small number or would tell one, and a child could be identified",
    "x": "not available",
    "z": "not applicable",
    "u": "not reliable enough to show",
    "k": "rounds to 0 but is not 0",
    "b": "definition changed",
}
MARK_WORDS = {
    "p": "provisional, as an agency's figure is missing",
    "r": "revised since it was first loaded",
    "u": "a percentage of few, to be read with care",
    "b": STATUS_WORDS["b"],
}
MEASURE_TYPE_WORDS = {"quantity": "How much?", "quality": "How well?", "outcome": "Is anyone better off?"}
MEASURE_TYPE_QUESTIONS = {
    "quantity": "How much did we do?",
    "quality": "How well did we do it?",
    "outcome": "Is anyone better off?",
}
BASIS_WORDS = {
    "month": "each month",
    "quarter": "each quarter",
    "half_year": "each half year",
    "ytd": "year to date",
    "rolling12": "rolling twelve months",
    "year": "each year",
}
PERIOD_WORDS = {
    "month": "month",
    "quarter": "quarter",
    "half_year": "half year",
    "rolling12": "twelve months",
    "year": "year",
}
EVIDENCE_SOURCE_WORDS = {
    "children_parents_carers": "children, parents and carers",
    "frontline_staff_managers": "frontline staff and managers",
    "case_records": "case records",
    "governance_information": "management information",
    "other_management_information": "other management information",
    "peer_deep_dives": "peer deep dive reviews",
    "academic": "academic institutions",
    "inspections": "inspections",
    "serious_case_and_other_reviews": "serious case and other reviews",
    "messages_from_research": "messages from research",
}
CONTENT_AREA_WORDS = {
    "practice": "practice",
    "organisational_practitioner": "organisation and practitioners",
    "wider_picture": "wider picture",
}
THEME_WORDS = {
    "poverty": "Poverty",
    "health": "Health",
    "attainment_and_work": "Attainment and work",
    "housing": "Housing",
    "crime": "Crime",
}
POLARITY_WORDS = {"higher": "higher is better", "lower": "lower is better", "neutral": "neither way is better"}
_UNIT_ENDINGS = {
    "percent": "%",
    "percentage_points": " points",
    "per_1000": " per 1,000",
    "per_10000": " per 10,000",
    "per_100000": " per 100,000",
    "count": "",
    "score": "",
    "cases": " cases",
    "children_per_post": " children",
}


def number(value: float | None, status: str, decimals: int) -> str:
    """A value without its unit, or its status in brackets.

    >>> number(1234.56, "", 1), number(None, "c", 1), number(45.45, "", 1)
    ('1,234.6', '[c]', '45.5')
    """
    return f"[{status}]" if value is None else f"{rounded(value, decimals):,.{decimals}f}"


def rounded(value: float, decimals: int) -> float:
    """Round half away from zero, as the departments do, after taking off the noise of binary fractions.

    >>> rounded(0.25, 1), rounded(2.675, 2), rounded(-0.25, 1)
    (0.3, 2.68, -0.3)
    """
    scaled = round(abs(value) * 10.0**decimals, 6)
    size: float = int(scaled + 0.5) / 10.0**decimals
    return size if value >= 0 else -size


def figure(value: float | None, status: str, indicator: Indicator) -> str:
    """A value with its indicator's unit: `15.6%`, `45.5 per 10,000`; or its status in brackets."""
    text = number(value, status, indicator.decimals)
    return text if value is None else text + _UNIT_ENDINGS[indicator.unit]


def count(value: float) -> str:
    """A count of people or events without decimals; full-time equivalents keep one.

    >>> count(2281.0), count(102.5)
    ('2,281', '102.5')
    """
    return number(value, "", 0 if float(value).is_integer() else 1)


def interval(lower: float, upper: float, decimals: int) -> str:
    """Two limits: `14.1 to 17.1`."""
    return f"{number(lower, '', decimals)} to {number(upper, '', decimals)}"


def unit_name(indicator: Indicator) -> str:
    """The unit as an axis or a heading says it."""
    names = {"percent": "Percentage", "count": "Number", "score": "Average score", "cases": "Cases for each social worker"}
    names |= {"percentage_points": "Percentage points", "children_per_post": "Children for each post"}
    return names.get(indicator.unit, f"Rate{_UNIT_ENDINGS[indicator.unit]}")


def day(moment: date) -> str:
    """A day in full: `1 April 2015`."""
    return f"{moment.day} {moment:%B %Y}"


def day_or_words(text: str) -> str:
    """An ISO date in full; a publisher's own words as they are.

    >>> day_or_words("2025-10-01"), day_or_words("Summer 2026")
    ('1 October 2025', 'Summer 2026')
    """
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def join(names: list[str]) -> str:
    """Names in a sentence.

    >>> join(["London"]), join(["London", "England"]), join(["a", "b", "c"])
    ('London', 'London and England', 'a, b and c')
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
