"""The explorer's charts of several series to all they tell of each: traces, labels, sentences, tables and rows to take away.

Every series that hides something is set beside others of its kind, and every breakdown is stacked. A trace, a column and a sentence are
about the series they are named after.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd
from leaks import Cell, Secrets, Series, Told, told_in_words
from told_by_html import plain

from hscb_qa import exports, figures, sentences, tables
from hscb_qa.views import (
    CompositionView,
    IndicatorView,
    OpenEdition,
    Selection,
    SeriesName,
    TogetherView,
    breakdowns_of,
    composition_view,
    indicator_view,
    together_view,
)

_COLUMNS = ("value", "numerator", "denominator", "lower_95", "upper_95", "mean", "lower_limit", "upper_limit", "signal", "note")
Named = dict[str, Series]


def told_by_explorer(edition: OpenEdition, secrets: Secrets) -> Iterator[Told]:
    """What every chart of several series tells of those that hide something."""
    for view in views_together(edition, secrets):
        yield from told_by_together(view, secrets)
    for composition in compositions(edition, secrets):
        yield from told_by_composition(composition, secrets)


def views_together(edition: OpenEdition, secrets: Secrets) -> Iterator[TogetherView]:
    """Each whole that hides something with up to three of its own series on the same basis, until each has stood beside it."""
    beside: dict[tuple[str, str], list[SeriesName]] = defaultdict(list)
    for one in secrets.series:
        beside[one.indicator, one.basis] += (
            [SeriesName(one.indicator, one.agency, "", one.breakdown)] if one.agency or one.breakdown else []
        )
    for (indicator, basis), names in beside.items():
        chosen = Selection(basis=basis)  # type: ignore[arg-type]
        own = indicator_view(edition, indicator, chosen)
        for start in range(0, len(names), 3):
            yield together_view(edition, own, tuple(names[start : start + 3]), chosen)


def compositions(edition: OpenEdition, secrets: Secrets) -> Iterator[CompositionView]:
    """Every breakdown of every indicator that hides something, of all agencies and of each, on every basis."""
    for indicator, agency, basis in dict.fromkeys((one.indicator, one.agency, one.basis) for one in secrets.series if one.breakdown):
        chosen = Selection(basis=basis, agency=agency or None)  # type: ignore[arg-type]
        for breakdown in breakdowns_of(edition, edition.framework.indicator(indicator)):
            yield composition_view(edition, indicator, breakdown, chosen)


def told_by_together(view: TogetherView, secrets: Secrets) -> Iterator[Told]:
    """What the charts, the words, the table and the rows of series together tell."""
    named = {line.name: _series(line.view) for line in view.lines}
    yield from _told_by_traces(figures.overlay_figure(view), named, secrets)
    for line, figure in zip(view.lines, figures.small_multiples(view), strict=True):
        yield from _told_by_traces({**figure, "data": [{**one, "name": line.name} for one in figure["data"]]}, named, secrets)
    if len(view.lines) > 1:
        yield from _told_by_scatter(view, named, secrets)
    for line in view.lines:
        yield from told_in_words("sentence line_in_words", sentences.line_in_words(line), [named[line.name]], named[line.name], secrets)
    yield from _told_by_table(tables.together_table(view), named, secrets)
    for line in view.lines:
        yield from _told_by_rows(exports.many_rows([line.view]), named[line.name])


def told_by_composition(view: CompositionView, secrets: Secrets) -> Iterator[Told]:
    """What the columns, the words, the table and the rows of parts tell."""
    named = {part.name: _series(part.view) for part in view.parts}
    yield from _told_by_traces(figures.composition_figure(view), named, secrets)
    for words in sentences.composition_in_words(view):
        about = [one for name, one in named.items() if words.lower().startswith(f"{name.lower()}:")] or list(named.values())
        yield from told_in_words("sentence composition_in_words", words.split(": ", 1)[-1], about, None, secrets)
    yield from _told_by_table(tables.composition_table(view), named, secrets)
    for part in view.parts:
        yield from _told_by_rows(exports.many_rows([part.view]), named[part.name])


def _series(view: IndicatorView) -> Series:
    return Series(view.indicator.id, view.agency, view.breakdown, view.basis)


def _told_by_traces(figure: dict[str, Any], named: Named, secrets: Secrets) -> Iterator[Told]:
    """Heights and hover texts at each day of the series a trace is named after, and the labels at the lines' ends."""
    for trace in figure["data"]:
        if trace.get("mode") == "text" or trace["name"] not in named:
            continue
        days = _days(secrets, named[trace["name"]])
        for name in ("y", "text"):
            for day, held in zip(trace["x"], trace.get(name, []), strict=False):
                if day in days and held is not None:
                    yield Told(f"explorer's {name}", days[day], plain(str(held)).removeprefix(trace["name"]))
    for label in figure["layout"].get("annotations", []):
        words = plain(str(label["text"]).replace("<br>", " "))
        for name, series in named.items():
            if words.strip().startswith(name):
                yield from told_in_words("explorer's label", words.strip()[len(name) :], [series], series, secrets)


def _told_by_scatter(view: TogetherView, named: Named, secrets: Secrets) -> Iterator[Told]:
    """A point tells both figures of its period, which its hover text names."""
    for trace in figures.scatter_figure(view)["data"]:
        for across, up, words in zip(trace["x"], trace["y"], trace.get("text", []), strict=False):
            label = plain(words.split("<br>")[0])
            for line, height in zip(view.lines, (across, up), strict=False):
                if cell := secrets.labels.get(named[line.name], {}).get(label):
                    yield Told("explorer's point", cell, repr(height))
    for words in sentences.scatter_in_words(view):
        about = [series for name, series in named.items() if words.startswith(f"{name}:")]
        yield from told_in_words("sentence scatter_in_words", words, about, None, secrets)


def _told_by_table(table: pd.DataFrame, named: Named, secrets: Secrets) -> Iterator[Told]:
    for column in table.columns:
        series = next((one for name, one in named.items() if column == name or str(column).startswith(f"{name}, ")), None)
        known = secrets.labels.get(series, {}) if series else {}
        for label, cell in zip(table["Period"], table[column], strict=True):
            if label in known:
                yield Told("explorer's table", known[label], str(cell))


def _told_by_rows(rows: pd.DataFrame, series: Series) -> Iterator[Told]:
    for row in rows.to_dict("records"):
        yield Told("explorer's rows", Cell(*series, row["period"]), " ".join(str(row[name]) for name in _COLUMNS if not pd.isna(row[name])))


def _days(secrets: Secrets, series: Series) -> dict[str, Cell]:
    return {secrets.ends[cell]: cell for cell in secrets.labels.get(series, {}).values()}
