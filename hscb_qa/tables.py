"""Views to tables: the figures of a chart as a person reads them beside it.

Every cell is text as `formats` writes it, so a table shows exactly what its chart shows. Refuses to leave a cell empty: what is not there
carries its status.
"""

import html
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from hscb_qa import formats, sentences, statistics
from hscb_qa.definitions import Correction, Framework, IndicatorMethod
from hscb_qa.errors import Issue
from hscb_qa.learning import Exercise, Learning
from hscb_qa.learning.recommendations import Times
from hscb_qa.views import (
    AgencyReturn,
    AuthoritiesView,
    Authority,
    Comparison,
    CompositionView,
    Funnel,
    IndicatorView,
    Line,
    MethodsView,
    Point,
    ReturnsView,
    TogetherView,
)

Table = pd.DataFrame
"""What a table is, for those who only pass it on."""
_SUBMISSION_COLUMNS = ["File", "Source", "Figures", "Released", "Loaded", "By", "SHA-256 begins"]
_CORRECTION_COLUMNS = ["Measure", "Source", "Places", "Shown as", "Reason"]
_METHOD_COLUMNS = ["Indicator", "What is done", "Reason"]
_RETURN_COLUMNS = ["Agency", "State", "Received", "Late by", "Revised", "Items complete", "Not available", "Missing", "Queries open"]
_FUNNEL_COLUMNS = ["Agency", "Figure", "Of", "99.8% limits", "Against all together"]
_ISSUE_COLUMNS = ["Where", "File", "Sheet", "Cell", "Line", "Kind", "What is wrong, and what to do", "Check"]
_KINDS = ["error", "query without a reason", "query"]
_EXERCISE_COLUMNS = [
    *("Exercise", "When", "State", "How often", "Method", "Areas", "Agencies", "Lead", "Gathers"),
    *("Does again", "Evidence"),
]
_QUERY_COLUMNS = ["Indicator", "Compared with", "Figures that differ", "Places", "Of these, our own"]


def series_table(view: IndicatorView) -> pd.DataFrame:
    """One row a period, newest first: period, the place's figure, its counts and interval where there are any, every comparator."""
    decimals = view.indicator.decimals
    columns: dict[str, list[str]] = {"Period": [point.label for point in view.points]}
    columns[view.place] = [_with_marks(view, point) for point in view.points]
    if view.indicator.is_comparable and any(point.numerator is not None for point in view.points):
        columns["Numerator"] = [_count(point.numerator, point.status) for point in view.points]
    if any(point.denominator is not None for point in view.points):
        columns["Denominator"] = [_count(point.denominator, point.status) for point in view.points]
    if any(point.lower is not None for point in view.points):
        columns["95% interval"] = [_interval(point.lower, point.upper, point.status, decimals) for point in view.points]
    for comparison in view.comparisons:
        columns[comparison.name] = [_beside(comparison, point, decimals) for point in view.points]
    return pd.DataFrame(columns).iloc[::-1].reset_index(drop=True)


def together_table(view: TogetherView) -> pd.DataFrame:
    """One row for each day on which a period of any series ends, newest first, and a column for each series.

    [z] stands where a series is not counted for such a period, [x] where it has no figure of it.
    """
    labels: dict[date, str] = {}
    for line in view.lines:
        for point in line.view.points:
            labels.setdefault(point.ends, point.label)
    days = sorted(labels, reverse=True)
    columns = {_column(view, line): [_on_day(view, line, day) for day in days] for line in view.lines}
    return pd.DataFrame({"Period": [labels[day] for day in days], **columns})


def _column(view: TogetherView, line: Line) -> str:
    return line.name if view.share_unit else f"{line.name}, {formats.unit_name(line.view.indicator).lower()}"


def _on_day(view: TogetherView, line: Line, day: date) -> str:
    point = next((one for one in line.view.points if one.ends == day), None)
    if point is None:
        return "[x]" if view.share_basis else "[z]"
    return _with_marks(line.view, point)


def composition_table(view: CompositionView) -> pd.DataFrame:
    """One row a period, newest first, and a column for each part; no sum, which could tell a hidden part."""
    columns = {part.name: [_of_part(view, part.name, period.period) for period in view.periods] for part in view.parts}
    return pd.DataFrame({"Period": [period.label for period in view.periods], **columns}).iloc[::-1].reset_index(drop=True)


def _of_part(view: CompositionView, name: str, period: str) -> str:
    part = next(one for one in view.parts if one.name == name)
    point = view.at(part, period)
    return _with_marks(part.view, point) if point else "[x]"


def authorities_table(view: AuthoritiesView, only: Sequence[Authority] | None = None) -> pd.DataFrame:
    """One row an authority, the highest figure first, then those not shown; `only` leaves the others out."""
    kinds = {"own": "our own", "neighbour": "statistical neighbour", "other": "–"}
    rows = [
        (one.name, formats.number(one.value, one.status, view.indicator.decimals), kinds[one.kind])
        for one in (view.authorities if only is None else only)
    ]
    return pd.DataFrame(rows, columns=["Authority", view.label, "To us"])


def table_html(table: pd.DataFrame, caption: str, kind: str = "figures") -> str:
    """A table as HTML with its caption; every text is escaped, the first cell of each row heads it, and shorthand tells what it means.

    `kind` is the style: `figures` sets numbers to the right, `texts` lets sentences wrap.
    """
    body = table.set_index(table.columns[0]).rename_axis(None).to_html(border=0, classes=kind, escape=True)
    heading = str(table.columns[0])
    for sign, words in {**formats.MARK_WORDS, **formats.STATUS_WORDS}.items():
        body = body.replace(f"[{sign}]", f"<abbr title='{html.escape(words, quote=True)}'>[{sign}]</abbr>")
    return body.replace("<th></th>", f"<th scope='col'>{heading}</th>", 1).replace(
        "<thead>", f"<caption>{html.escape(caption)}</caption><thead>", 1
    )


def shorthand_note(table: pd.DataFrame) -> str:
    """What the shorthand in a table means; empty where there is none."""
    cells = table.astype(str).to_numpy().ravel()
    statuses = {match[1] for cell in cells if (match := re.match(r"\[(\w)\]", cell))}
    marks = {sign for cell in cells for sign in re.findall(r"(?<=. )\[(\w)\]", cell)}
    found = [
        (sign, words)
        for signs, every in ((statuses, formats.STATUS_WORDS), (marks, formats.MARK_WORDS))
        for sign, words in every.items()
        if sign in signs
    ]
    return "; ".join(f"[{sign}] {words}" for sign, words in dict.fromkeys(found))


def _count(value: float | None, status: str) -> str:
    if value is None or pd.isna(value):
        return f"[{status or 'x'}]"
    return formats.count(value)


def _interval(lower: float | None, upper: float | None, status: str, decimals: int) -> str:
    if lower is None or upper is None:
        return f"[{status or 'x'}]"
    return formats.interval(lower, upper, decimals)


def _beside(comparison: Comparison, own: Point, decimals: int) -> str:
    """A comparator's figure beside one of ours, with its own period where that is another."""
    other = comparison.at(own.period)
    if other is None:
        return "[x]"
    number = formats.number(other.value, other.status, decimals)
    return number if other.period == own.period else f"{number} ({other.label})"


def _with_marks(view: IndicatorView, point: Point) -> str:
    """A figure, or its status, with the marks that it is provisional, revised, of few, or the first one counted otherwise than before."""
    number = formats.number(point.value, point.status, view.indicator.decimals)
    first_of_new = point.period in view.breaks_before and point.status != "b"
    marks = {"p": point.provisional, "r": point.revised, "u": point.small_base, "b": first_of_new}
    return " ".join([number, *(f"[{mark}]" for mark, holds in marks.items() if holds)])


def methods_tables(view: MethodsView) -> dict[str, pd.DataFrame]:
    """The tables of the methods page by heading; a table without rows is left out."""
    tables = {
        "Shown with more care than the rule asks": pd.DataFrame([_method_row(view, one) for one in view.methods], columns=_METHOD_COLUMNS),
        "Known faults of sources": pd.DataFrame([_correction_row(view, one) for one in view.corrections], columns=_CORRECTION_COLUMNS),
        "Queries: two files that disagree": pd.DataFrame([_query_row(view, row) for row in view.differences], columns=_QUERY_COLUMNS),
        "Files loaded": pd.DataFrame([_submission_row(row) for row in view.submissions], columns=_SUBMISSION_COLUMNS),
    }
    return {heading: table for heading, table in tables.items() if len(table)}


def calculation_tables(words: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Two more tables of the methods page by heading: each calculation as its own code describes it, and the words used on pages."""
    found = {name: getattr(statistics, name) for name in statistics.__all__ if inspect.isfunction(getattr(statistics, name))}
    rows = [(name.replace("_", " ").capitalize(), _first_paragraph(function)) for name, function in found.items()]
    return {
        "Calculations, as the code describes them": pd.DataFrame(rows, columns=["Calculation", "What it gives"]),
        "Words": pd.DataFrame(list(words.items()), columns=["Word", "Meaning"]),
    }


def _first_paragraph(function: Callable[..., Any]) -> str:
    return " ".join((inspect.getdoc(function) or "").split("\n\n")[0].split())


def _submission_row(row: dict[str, Any]) -> tuple[str, ...]:
    released = formats.day(row["released"]) if row["released"] else "not given"
    loaded = formats.day(row["submitted_at"])
    return row["file"], row["source"], f"{row['figures']:,}", released, loaded, row["submitted_by"], (row["sha256"] or "–")[:12]


def _correction_row(view: MethodsView, correction: Correction) -> tuple[str, ...]:
    places = formats.join([view.names.get(code, code) for code in correction.geographies]) if correction.geographies else "all"
    return ", ".join(correction.measures), correction.source, places, f"[{correction.status}]", correction.reason


def _method_row(view: MethodsView, method: IndicatorMethod) -> tuple[str, ...]:
    return view.names[method.indicator], sentences.method_in_short(method.method), method.reason


def _query_row(view: MethodsView, row: dict[str, Any]) -> tuple[str, ...]:
    return view.names[row["indicator"]], row["other_source"], f"{row['cells']:,}", f"{row['places']:,}", f"{row['own']:,}"


def returns_table(view: ReturnsView) -> pd.DataFrame:
    """One row for each agency that owes a return, as text: its state, its days, how complete it is. It holds no figure of a return."""
    return pd.DataFrame([_return_row(row) for row in view.rows], columns=_RETURN_COLUMNS)


def _return_row(row: AgencyReturn) -> tuple[str, ...]:
    late = f"{row.days_late} {'day' if row.days_late == 1 else 'days'}" if row.days_late else "–"
    revised = f"{formats.day(row.revised_on)} (revision {row.revision})" if row.revised_on else "–"
    received = formats.day(row.received_on) if row.received_on else "–"
    counts = (str(number) if number else "–" for number in (row.not_available, row.missing, row.queries_open))
    return row.agency.name, sentences.state_in_short(row), received, late, revised, sentences.items_in_words(row), *counts


def funnel_table(funnel: Funnel) -> pd.DataFrame:
    """One row an agency that is drawn: its percentage, of how many, the limits there, and where it lies."""
    rows = [
        (
            peer.name,
            f"{formats.number(peer.value, '', funnel.decimals)}%",
            formats.count(peer.base),
            f"{formats.interval(peer.lower, peer.upper, funnel.decimals)}",
            sentences.peer_place(peer),
        )
        for peer in funnel.peers
    ]
    return pd.DataFrame(rows, columns=_FUNNEL_COLUMNS)


def durations_table(times: Times, step: int = 60) -> pd.DataFrame:
    """How many recommendations took, and how many still open have run, so many days: one row for each stretch of `step` days."""
    last = max((*times.completed, *times.still_open, 0)) // step
    held = (times.completed, times.still_open)
    rows = [
        (f"{place * step} to {place * step + step - 1}", *(sum(days // step == place for days in one) for one in held))
        for place in range(last + 1)
    ]
    return pd.DataFrame(rows, columns=("Days", "Completed", "Still open"))


def timetable_table(exercises: Sequence[Exercise], learning: Learning, framework: Framework, today: date) -> pd.DataFrame:
    """One row an exercise in the order given: when, how, about what, by whom, how it stands, what it gathers, does again and produced."""
    return pd.DataFrame([_exercise_row(one, learning, framework, today) for one in exercises], columns=_EXERCISE_COLUMNS)


def _exercise_row(one: Exercise, learning: Learning, framework: Framework, today: date) -> tuple[str, ...]:
    areas = framework.area_titles
    again = learning.find(Exercise, one.repeats)
    produced = [f"{found.title} ({formats.day(found.on)})" for found in learning.produced_by(one)]
    return (
        one.title,
        sentences.when_in_words(one),
        sentences.exercise_state_in_words(one, today),
        sentences.RECURRENCE_WORDS[one.recurrence],
        sentences.method_of(one),
        ", ".join(areas.get(area, area) for area in one.areas),
        ", ".join(framework.agency(agency).short_name for agency in one.agencies),
        one.lead,
        sentences.gathers_in_words(one),
        again.title if again else "–",
        "; ".join(produced) or "–",
    )


def issues_table(issues: Sequence[Issue]) -> pd.DataFrame:
    """One row an issue: where it is, as words and by file, sheet, cell and line; what is wrong and what to do; errors first.

    A query that was given no reason is one row of that kind, not a query and an error about it.
    """
    asked = {_place(issue) for issue in issues if issue.check == sentences.UNANSWERED}
    kinds = {issue: _kind(issue, asked) for issue in issues if issue.check != sentences.UNANSWERED}
    in_order = sorted(kinds, key=lambda issue: _KINDS.index(kinds[issue]))
    return pd.DataFrame([_issue_row(issue, kinds[issue]) for issue in in_order], columns=_ISSUE_COLUMNS)


def _kind(issue: Issue, asked: set[tuple[object, ...]]) -> str:
    return "query without a reason" if issue.severity == "query" and _place(issue) in asked else issue.severity


def _issue_row(issue: Issue, kind: str) -> tuple[str, ...]:
    where = issue.place.removeprefix(issue.file).lstrip(", ") or "the file as a whole"
    line = "" if issue.line is None else str(issue.line)
    return where, issue.file, issue.sheet, issue.cell, line, kind, issue.message, issue.check


def _place(issue: Issue) -> tuple[object, ...]:
    """What an unanswered query and the error about it have in common; the Note of a row answers all queries of the row."""
    return issue.file, issue.sheet, issue.cell, issue.line
