"""Views to files a person takes away. A file says the same as the page it came from, statuses and all.

Refuses to drop where a figure comes from: every row names indicator, place, period, edition and source, and invented figures say so.
"""

from typing import Any

import pandas as pd

from hscb_qa import formats, sentences
from hscb_qa.errors import HscbError
from hscb_qa.views import Basis, Comparison, IndicatorView, OpenEdition, Point, Selection, indicator_view
from hscb_qa.views.edition import NEIGHBOUR_STATISTICS

_COLUMNS = [
    *("indicator", "name", "place", "basis", "period", "period_label", "value", "status", "numerator", "denominator"),
    *("lower_95", "upper_95", "unit", "comparator", "source", "file", "edition", "figures"),
]


def series_csv(view: IndicatorView) -> bytes:
    """The series and its comparators as UTF-8 CSV, one row a place and period; a hidden value is empty with its status beside it.

    `comparator` says how neighbours are summed up; it is empty for the board's own place and for other single places.
    """
    about, decimals = _about(view), view.indicator.decimals
    own = [{**about, **_point_columns(point, decimals), "place": view.place, "comparator": ""} for point in view.points]
    others = [
        {**about, **_point_columns(point, decimals), "place": one.name, "comparator": sentences.neighbours_in_words(one, point.period)}
        for one in view.comparisons
        for point in one.points
    ]
    rows = [*own, *others]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype=object).to_csv(index=False).encode()


def _about(view: IndicatorView) -> dict[str, object]:
    return {
        "indicator": view.indicator.id,
        "name": view.indicator.name,
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


def _count(value: float | None) -> float | int | None:
    """A whole count without a decimal point; full-time equivalents keep theirs."""
    return int(value) if value is not None and value.is_integer() else value


def file_name(view: IndicatorView) -> str:
    """A name for the file that says what it is and carries no figure."""
    marker = "illustrative_" if view.illustrative else ""
    return f"{marker}{view.indicator.id}_{view.basis}_edition_{view.edition}.csv"


def _shown(value: float | None, decimals: int) -> float | None:
    return None if value is None else formats.rounded(value, decimals)


def series_json(edition: OpenEdition, indicator_id: str, geography: str | None, basis: Basis | None) -> dict[str, Any]:
    """One series as an object for programs: points, comparators by name, and the judgement against each.

    Values are rounded to the decimals shown; a hidden number is null with its status, never 0. `spc` and each `signal` are null until
    signals are computed. Both neighbour statistics are given, for the newest set. Raises UnknownName for an unknown id or code.
    """
    comparators = ("neighbours", *(place.id for place in edition.framework.board.comparators))
    mean, median = (
        indicator_view(edition, indicator_id, Selection(comparators, statistic, basis=basis), geography)
        for statistic in NEIGHBOUR_STATISTICS
    )
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
        "agency": None,
        "basis": mean.basis,
        "edition": mean.edition,
        "illustrative": mean.illustrative,
        "source": sentences.source_in_words(mean),
        "file": mean.source.file if mean.source else None,
        "points": [_point(point, decimals) for point in mean.points],
        "spc": None,
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
        "note": point.correction,
    }


def _judgement(comparison: Comparison) -> dict[str, str | None]:
    """How the latest compared figure differs: higher, similar or lower, with better or worse where polarity allows."""
    if not comparison.differences:
        return {"period": None, "difference": None, "verdict": None}
    period = max(comparison.differences)
    return {"period": period, "difference": comparison.differences[period], "verdict": comparison.verdicts.get(period)}
