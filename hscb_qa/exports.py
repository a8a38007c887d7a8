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
    *("lower_95", "upper_95", "unit", "source", "edition", "figures"),
]


def series_csv(view: IndicatorView) -> bytes:
    """The series and its comparators as UTF-8 CSV, one row a place and period; a hidden value is empty with its status beside it."""
    places = [(view.place, view.points), *((comparison.name, comparison.points) for comparison in view.comparisons)]
    indicator = view.indicator
    rows = [
        (
            indicator.id, indicator.name, place, view.basis, point.period, point.label,
            None if point.value is None else formats.rounded(point.value, indicator.decimals), point.status and f"[{point.status}]",
            point.numerator, point.denominator, _limit(point.lower, indicator.decimals), _limit(point.upper, indicator.decimals),
            indicator.unit, sentences.source_in_words(view), view.edition, "illustrative" if view.illustrative else "published",
        )
        for place, points in places
        for point in points
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=_COLUMNS).to_csv(index=False).encode()


def file_name(view: IndicatorView) -> str:
    """A name for the file that says what it is and carries no figure."""
    marker = "illustrative_" if view.illustrative else ""
    return f"{marker}{view.indicator.id}_{view.basis}_edition_{view.edition}.csv"


def _limit(value: float | None, decimals: int) -> float | None:
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
        "points": [_point(point, decimals) for point in mean.points],
        "spc": None,
        "comparators": {name: [_point(point, decimals) for point in one.points] for name, one in comparisons.items()},
        "comparator_notes": {name: one.note for name, one in comparisons.items() if one.note},
        "judgement": {name: _judgement(one) for name, one in comparisons.items()},
    }


def _point(point: Point, decimals: int) -> dict[str, Any]:
    return {
        "period": point.period,
        "label": point.label,
        "value": None if point.value is None else formats.rounded(point.value, decimals),
        "status": point.status or None,
        "numerator": point.numerator,
        "denominator": point.denominator,
        "lower": _limit(point.lower, decimals),
        "upper": _limit(point.upper, decimals),
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
