"""Views to files a person takes away. A file says the same as the page it came from, statuses and all.

Refuses to drop where a figure comes from: every row names indicator, place, period, edition and source, and invented figures say so.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from hscb_qa import formats, sentences, tables
from hscb_qa.errors import HscbError, Issue
from hscb_qa.learning import SMART_TESTS, Exercise, Learning, Section11Year, exercise_state
from hscb_qa.learning.recommendations import Followed
from hscb_qa.sentences.effects import effect_mark
from hscb_qa.views import AuthoritiesView, Basis, Comparison, IndicatorView, OpenEdition, Point, Selection, indicator_view
from hscb_qa.views.edition import NEIGHBOUR_STATISTICS

_COLUMNS = [
    *("indicator", "name", "place", "agency", "breakdown", "basis", "period", "period_label"),
    *("value", "status", "numerator", "denominator", "lower_95", "upper_95", "unit"),
    *("mean", "lower_limit", "upper_limit", "signal"),
    *("note", "comparator", "source", "file", "edition", "figures"),
]
_REGISTER = [
    *("id", "text", "area", "agency", "owner", "origin", "finding", "made_on", "due", "standing", "days_overdue", "completed_on", "days"),
    *SMART_TESTS,
    *("evidence_of_completion", "reached_frontline", "expected_indicator", "expected_signal", "expected_by", "effect", "found_again"),
    *("edition", "entries"),
]


def series_csv(view: IndicatorView) -> bytes:
    """The series and its comparators as UTF-8 CSV, one row a place and period; a hidden value is empty with its status beside it."""
    return rows_csv(series_rows(view))


def rows_csv(rows: pd.DataFrame) -> bytes:
    """Rows as UTF-8 CSV."""
    return rows.to_csv(index=False).encode()


def many_rows(views: Iterable[IndicatorView]) -> pd.DataFrame:
    """The rows of several series, one after the other, in the columns of one."""
    return pd.concat([series_rows(view) for view in views], ignore_index=True)


def authorities_rows(view: AuthoritiesView) -> pd.DataFrame:
    """One row an authority of the year, the highest first; a hidden value is empty with its status beside it."""
    rows = [
        {
            "indicator": view.indicator.id,
            "name": view.indicator.name,
            "geography": one.code,
            "place": one.name,
            "to_us": one.kind,
            "period": view.period,
            "period_label": view.label,
            "value": _shown(one.value, view.indicator.decimals),
            "status": f"[{one.status}]" if one.status else "",
            "unit": view.indicator.unit,
            "edition": view.edition,
            "figures": "illustrative" if view.illustrative else "published",
        }
        for one in view.authorities
    ]
    return pd.DataFrame(rows, dtype=object)


def recommendations_csv(edition: OpenEdition, followed: Sequence[Followed]) -> bytes:
    """The register of recommendations as UTF-8 CSV, one row each, in the order given."""
    return rows_csv(pd.DataFrame([_recommendation_row(edition, one) for one in followed], columns=_REGISTER, dtype=object))


def _recommendation_row(edition: OpenEdition, one: Followed) -> dict[str, object]:
    asked = one.recommendation
    decided = {test: asked.smart[test].met if test in asked.smart else None for test in SMART_TESTS}
    return {
        **{name: getattr(asked, name) for name in ("id", "text", "area", "agency", "owner", "origin", "finding")},
        "made_on": asked.made_on.isoformat(),
        "due": one.due.isoformat(),
        "standing": one.standing,
        "days_overdue": one.days_overdue or None,
        "completed_on": one.completed_on.isoformat() if one.completed_on else None,
        "days": one.days,
        **{test: {True: "met", False: "not met", None: "not decided"}[met] for test, met in decided.items()},
        "evidence_of_completion": "yes" if one.has_evidence else "no" if one.completed_on else "",
        "reached_frontline": "yes" if one.reached_frontline else "no",
        "expected_indicator": asked.expects.indicator if asked.expects else None,
        "expected_signal": asked.expects.signal if asked.expects else None,
        "expected_by": asked.expects.by if asked.expects else None,
        "effect": effect_mark(one)[2],
        "found_again": one.found_again.isoformat() if one.found_again else None,
        "edition": edition.edition.id,
        "entries": "illustrative" if edition.edition.illustrative else "entered by the Board",
    }


def series_rows(view: IndicatorView) -> pd.DataFrame:
    """One row a place and period: the series, then each comparator.

    `comparator` says how neighbours are summed up; it is empty for the board's own place and for other single places.
    """
    about, decimals = _about(view), view.indicator.decimals
    own = [
        {
            **about,
            **_point_columns(point, decimals),
            **_signal_columns(view, point),
            "place": view.place,
            "note": _note(view, point),
            "comparator": "",
        }
        for point in view.points
    ]
    others = [
        {
            **about,
            **_point_columns(point, decimals),
            "agency": "",
            "place": one.name,
            "comparator": sentences.neighbours_in_words(one, point.period),
        }
        for one in view.comparisons
        for point in one.points
    ]
    return pd.DataFrame([*own, *others], columns=_COLUMNS, dtype=object)


def _about(view: IndicatorView) -> dict[str, object]:
    return {
        "indicator": view.indicator.id,
        "name": view.indicator.name,
        "agency": view.agency,
        "breakdown": view.breakdown,
        "basis": view.basis,
        "unit": view.indicator.unit,
        "source": sentences.source_in_words(view),
        "file": view.source.file if view.source else "",
        "edition": view.edition,
        "figures": "illustrative" if view.illustrative else "published",
    }


def _point_columns(point: Point, decimals: int) -> dict[str, object]:
    return {
        "period": point.period,
        "period_label": point.label,
        "value": _shown(point.value, decimals),
        "status": f"[{point.status}]" if point.status else "",
        "numerator": _count(point.numerator),
        "denominator": _count(point.denominator),
        "lower_95": _shown(point.lower, decimals),
        "upper_95": _shown(point.upper, decimals),
    }


def _signal_columns(view: IndicatorView, point: Point) -> dict[str, object]:
    """The control limits of a point, and its signal as rule, side and judgement; empty where there are none."""
    signal = view.control.signals.get(point.period) if view.control else None
    words = f"{signal.rule}, {signal.side}: {signal.judgement}" if signal else ""
    return {**_limits(view, point), "signal": words}


def _limits(view: IndicatorView, point: Point) -> dict[str, float | None]:
    limits = view.control.limits.get(point.period) if view.control else None
    numbers = (limits.mean, limits.lower, limits.upper) if limits else (None, None, None)
    shown = [_shown(number, view.indicator.decimals) for number in numbers]
    return dict(zip(("mean", "lower_limit", "upper_limit"), shown, strict=True))


def _count(value: float | None) -> float | int | None:
    """A whole count without a decimal point; full-time equivalents keep theirs."""
    return int(value) if value is not None and value.is_integer() else value


def file_name(view: IndicatorView, ending: str = "csv", kind: str = "") -> str:
    """A name for the file that says what it is and carries no figure; `kind` tells charts of one indicator apart."""
    marker = "illustrative" if view.illustrative else ""
    parts = [marker, view.indicator.id, view.agency, view.breakdown.replace("=", "_"), view.basis, kind, "edition", view.edition]
    return f"{'_'.join(part for part in parts if part)}.{ending}"


def _shown(value: float | None, decimals: int) -> float | None:
    return None if value is None else formats.rounded(value, decimals)


def series_json(
    edition: OpenEdition,
    indicator_id: str,
    geography: str | None = None,
    basis: Basis | None = None,
    agency: str | None = None,
    breakdown: str | None = None,
) -> dict[str, Any]:
    """One series as an object for programs: points, comparators by name, and the judgement against each.

    Values are rounded to the decimals shown; a hidden number is null with its status, never 0. `agency` and `breakdown` are null for the
    board as a whole and for all children. `spc` is the control chart, null on a basis whose figures overlap; each point has its limits and
    its `signal`, null for common cause. Both neighbour statistics are given, for the newest set. Raises UnknownName for an unknown id or
    code, HscbError for an agency, part or basis the indicator does not have.
    """
    comparators = ("neighbours", *(place.id for place in edition.framework.board.comparators))
    mean, median = (
        indicator_view(edition, indicator_id, Selection(comparators, statistic, None, basis, agency, breakdown), geography)
        for statistic in NEIGHBOUR_STATISTICS
    )
    _refuse_what_is_not_returned(edition, mean, geography)
    if basis is not None and basis not in mean.bases:
        raise HscbError(f"'{indicator_id}' has no basis '{basis}'. It has: {', '.join(mean.bases)}.")
    decimals = mean.indicator.decimals
    comparisons = {comparison.id: comparison for view in (mean, median) for comparison in view.comparisons}
    return {
        "indicator": indicator_id,
        "name": mean.indicator.name,
        "unit": mean.indicator.unit,
        "polarity": mean.indicator.polarity,
        "geography": geography or edition.framework.board.geography,
        "place": mean.place,
        "agency": agency,
        "breakdown": breakdown,
        "basis": mean.basis,
        "edition": mean.edition,
        "illustrative": mean.illustrative,
        "source": sentences.source_in_words(mean),
        "file": mean.source.file if mean.source else None,
        "points": [{**_point(point, decimals), **_point_signal(mean, point), "note": _note(mean, point)} for point in mean.points],
        "breaks": [{"on": one.on.isoformat(), "what_changed": one.what_changed, "source": one.source} for one in mean.breaks],
        "spc": _control_chart(mean),
        "comparators": {name: [_point(point, decimals) for point in one.points] for name, one in comparisons.items()},
        "comparator_notes": {
            name: sentences.neighbours_in_words(one, one.points[-1].period) for name, one in comparisons.items() if one.statistic
        },
        "judgement": {name: _judgement(one) for name, one in comparisons.items()},
    }


def _point(point: Point, decimals: int) -> dict[str, Any]:
    return {
        "period": point.period,
        "label": point.label,
        "value": _shown(point.value, decimals),
        "status": point.status or None,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "lower": _shown(point.lower, decimals),
        "upper": _shown(point.upper, decimals),
        "signal": None,
        "revised": point.revised,
        "provisional": point.provisional,
        "note": point.correction,
    }


def _point_signal(view: IndicatorView, point: Point) -> dict[str, Any]:
    signal = view.control.signals.get(point.period) if view.control else None
    told = {"rule": signal.rule, "side": signal.side, "judgement": signal.judgement} if signal else None
    return {**_limits(view, point), "signal": told}


def _control_chart(view: IndicatorView) -> dict[str, Any] | None:
    """The control chart with the limits of its latest point; `rebased` lists the periods with which a new mean begins."""
    control = view.control
    if control is None:
        return None
    last = control.last
    limits = next((_limits(view, point) for point in view.points if point.period == last.last), {})
    return {
        "chart": last.chart,
        "reason": last.reason or None,
        **limits,
        "variation": view.signal.judgement if view.signal else None,
        "target": control.target,
        "assurance": control.assurance,
        "trial": last.trial,
        "rebased": [part.first for part in control.parts[1:]],
    }


def exercise_rows(exercises: Sequence[Exercise], learning: Learning, edition: OpenEdition, today: date) -> pd.DataFrame:
    """One row an exercise by ids, lists divided by semicolons; `state` is how it stands on the day, `evidence` what it produced."""
    figures = "illustrative" if edition.edition.illustrative else "entered by the Board"
    rows = [
        {
            **{name: _listed(value) for name, value in one.model_dump(mode="json").items()},
            "state": exercise_state(one, today),
            "evidence": _listed([found.id for found in learning.produced_by(one)]),
            "as_of": today.isoformat(),
            "edition": edition.edition.id,
            "figures": figures,
        }
        for one in exercises
    ]
    return pd.DataFrame(rows, dtype=object)


def section_11_rows(year: Section11Year, edition: OpenEdition) -> pd.DataFrame:
    """One row a partner and standard of a year: both scores, the gap (empty where nobody moderated it), and the evidence named."""
    figures = "illustrative" if edition.edition.illustrative else "entered by the Board"
    rows = [
        {
            **one.model_dump(include={"agency", "year", "standard", "self_score", "moderated_score"}),
            "gap": one.gap,
            "evidence": one.evidence,
            "edition": edition.edition.id,
            "figures": figures,
        }
        for partner in year.partners
        for one in partner.scores.values()
    ]
    return pd.DataFrame(rows, dtype=object)


def _listed(value: Any) -> Any:
    return ";".join(value) if isinstance(value, list) else value


def _note(view: IndicatorView, point: Point) -> str | None:
    """Why a point is as it is, in words; None where there is nothing to know."""
    told = (point.correction, sentences.note_in_words(view, point), *sentences.why_in_words(view, point))
    return " ".join(words for words in told if words) or None


def _refuse_what_is_not_returned(edition: OpenEdition, view: IndicatorView, geography: str | None) -> None:
    """Raise HscbError where an agency or a part is asked for that the indicator does not have, or of another place."""
    returned = view.indicator.returned
    agencies = returned.agencies if returned else ()
    parts = [text for one in returned.breakdowns for text in edition.framework.returns.texts(one)] if returned else []
    for asked, held, what in ((view.agency, agencies, "by"), (view.breakdown, parts, "for")):
        if asked and asked not in held:
            raise HscbError(f"'{view.indicator.id}' is not returned {what} '{asked}'. It is returned {what}: {', '.join(held) or 'none'}.")
    if (view.agency or view.breakdown) and geography not in (None, edition.framework.board.geography):
        raise HscbError("Agencies return figures for the board's own place only; leave out '--geography'.")


def _judgement(comparison: Comparison) -> dict[str, str | None]:
    """How the latest compared figure differs: higher, similar or lower, with better or worse where polarity allows."""
    if not comparison.differences:
        return {"period": None, "difference": None, "verdict": None}
    period = max(comparison.differences)
    return {"period": period, "difference": comparison.differences[period], "verdict": comparison.verdicts.get(period)}


def issues_csv(issues: Sequence[Issue]) -> bytes:
    """The faults of submitted files as UTF-8 CSV, one row a fault, with file, sheet, cell and line in columns of their own."""
    return tables.issues_table(issues).drop(columns="Where").to_csv(index=False).encode()
