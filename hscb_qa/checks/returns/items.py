"""Which figure each row is for: its indicator, breakdown and period; rows that stand twice, and rows that are owed and not given.

Refuses a figure that could be taken for another one, and a gap nobody explains.
"""

from hscb_qa.checks.returns.cells import WITHHELD, cells, listed, name_of, quoted, tell_errors
from hscb_qa.checks.returns.context import ITEM, Context, period_type_of
from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue, suggest
from hscb_qa.obligations import period_owed
from hscb_qa.periods import PeriodType
from hscb_qa.readers.return_form import FIGURES, plain
from hscb_qa.readers.returns import Return

_WRITTEN: dict[PeriodType, str] = {
    "month": "a month, as 2025-10",
    "quarter": "a quarter, as 2025-26 Q3",
    "half_year": "a half year, as 2025-26 H1",
    "financial_year": "a financial year, by the year it ends in, as 2026",
    "snapshot_31_march": "a 31 March, by its year, as 2026",
    "snapshot_30_september": "a 30 September, by its year, as 2025",
    "calendar_year": "a calendar year, as 2025",
    "academic_year": "an academic year, by the year it ends in, as 2025",
}
_NOTHING_GIVEN = "Nothing is given. Give the figure, 0 where there were none; or choose a status and say why in Note."


def unknown_indicator(given: Return, context: Context) -> list[Issue]:
    """Errors for indicator ids that are not defined."""
    unknown = ~given.rows["indicator"].isin([*context.framework.indicators, WITHHELD])
    return tell_errors(
        given, "unknown_indicator", cells(given.rows, "indicator", where=unknown), lambda text: _no_indicator(text, context.framework)
    )


def not_owed_indicator(given: Return, context: Context) -> list[Issue]:
    """Errors for indicators the agency does not return."""
    others = context.rows["indicator"].isin(list(context.framework.indicators)) & ~context.rows["returns"]
    return tell_errors(given, "not_owed_indicator", cells(context.rows, "indicator", where=others), lambda name: _not_owed(name, context))


def unknown_breakdown(given: Return, context: Context) -> list[Issue]:
    """Errors for breakdowns that are not configured, or by which the indicator is not returned."""
    strange = context.rows["returns"] & ~context.rows["known_part"] & (context.rows["breakdown"] != WITHHELD)
    faults = cells(context.rows, "breakdown", "indicator", "breakdown", where=strange)
    return tell_errors(given, "unknown_breakdown", faults, lambda words: _no_breakdown(words, context.framework))


def wrong_period(given: Return, context: Context) -> list[Issue]:
    """Errors for periods that are not the one owed nor an earlier one: later, of another kind, or from before returns began."""
    rows = context.rows[context.rows["timing"].isin(["later", "none"])]
    faults = cells(rows.assign(ends=rows["period_end"].notna()), "period", "indicator", "period", "timing", "ends")
    return tell_errors(given, "wrong_period", faults, lambda words: _wrong_period(words, context))


def repeated_rows(given: Return, context: Context) -> list[Issue]:
    """Errors for rows that give a figure an earlier row gives; both are named."""
    rows = context.rows[~context.rows["indicator"].isin(["", WITHHELD])]
    repeated = rows.assign(first=rows.groupby(ITEM, sort=False)["line"].transform("first"))
    faults = cells(repeated[repeated["line"] != repeated["first"]], "indicator", "first")
    return tell_errors(given, "repeated_rows", faults, lambda first: _repeated(name_of(given, (first, "indicator"))))


def missing_rows(given: Return, context: Context) -> list[Issue]:
    """Errors for figures owed without a row, by indicator, and for rows with nothing in them."""
    blank = context.rows[context.rows["sound"] & context.rows["is_blank"]]
    faults = [
        fault
        for asked, column in ((blank["asks_numerator"], "numerator"), (~blank["asks_numerator"], "value"))
        for fault in cells(blank.assign(words=_NOTHING_GIVEN)[asked], column, "words")
    ]
    return [*_absent(given, context), *tell_errors(given, "missing_rows", faults)]


def part_name(framework: Framework, breakdown: str) -> str:
    """A breakdown as people read it."""
    return framework.returns.label(breakdown) or quoted(breakdown)


def _absent(given: Return, context: Context) -> list[Issue]:
    """An error for each indicator with rows owed and not there; where the agency's rows cannot be known, none."""
    present = set(zip(*(context.rows[column] for column in ITEM), strict=True))
    absent: dict[str, list[str]] = {}
    for item in context.items:
        if item.key not in present:
            absent.setdefault(f"'{item.indicator.id}' for {item.period.text}", []).append(part_name(context.framework, item.breakdown))
    remedy = "Add it from the template; without a figure, choose a status and say why in Note."
    sheet = FIGURES if given.columns else ""
    return [
        Issue("error", "missing_rows", given.file, None, f"{what} is owed and has no row: {listed(parts)}. {remedy}", sheet)
        for what, parts in absent.items()
    ]


def _repeated(first: str) -> str:
    return f"The row gives the figure of {first} again. Keep one of the two."


def _no_indicator(text: str, framework: Framework) -> str:
    if not text.strip():
        return "A blank cell is no indicator id. Take the id from the template, or delete the row."
    names = {plain(name): one.id for one in framework.indicators.values() for name in (one.id, one.name, one.short_name)}
    meant = names.get(plain(text))
    near = f" Did you mean '{meant}'?" if meant else suggest(text, framework.indicators)
    return f"{quoted(text)} is no indicator. The ids are those of the template.{near}"


def _not_owed(name: str, context: Context) -> str:
    returned = context.framework.indicators[name].returned
    if returned is None:
        return f"'{name}' is not returned by agencies; the Board takes it from published figures. Delete the row."
    agencies = listed([f"'{agency}'" for agency in returned.agencies])
    return f"'{name}' is returned by {agencies}. Delete the row, or correct the indicator or the agency."


def _no_breakdown(words: tuple[str, str], framework: Framework) -> str:
    name, text = words
    returned, labels = framework.indicators[name].returned, framework.returns.labels
    assert returned
    allowed = ["All", *(label for key, label in labels.items() if key.split("=")[0] in returned.breakdowns)]
    kinds = [one.name for one in framework.returns.breakdowns if one.id in returned.breakdowns]
    given_by = f"by {listed(kinds)}" if kinds else "as a whole only, 'All'"
    shown = quoted(labels.get(text, text)) if text.strip() else "A blank cell"
    return f"{shown} is no part of '{name}', which is returned {given_by}.{suggest(labels.get(text, text), allowed)}"


def _wrong_period(words: tuple[str, str, str, bool], context: Context) -> str:
    name, text, timing, ends = words
    indicator, quarter = context.indicator(name), context.quarter
    owed = period_owed(indicator, quarter) if quarter else None
    asked = f" The return for {quarter.text} asks for {owed.text}." if quarter and owed else ""
    if timing == "later":
        fault = "lies after what this return is for; a figure cannot be given before its time"
    elif ends:
        fault = "lies before the first period for which this figure was ever owed"
    else:
        fault = f"is not the period it should be: {_WRITTEN[period_type_of(indicator)]}"
    return f"{quoted(text) if text.strip() else 'A blank cell'} {fault}.{asked}"
