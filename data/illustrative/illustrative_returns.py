"""The illustrative board's returns, in the order in which they came in: figures, voices, narrative, day of receipt.

Turns what each agency owes of each quarter into a filled return, with what the story changes of it: days late, returns that never came,
figures given wrongly at first and put right later, figures not available. Gives every item owed, so that no return is refused for a gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from illustrative_series import IllustrativeSeries, one_of
from illustrative_story import Entry, Story
from illustrative_voices import narrative_of, voices_of

from hscb_qa.definitions import Framework
from hscb_qa.obligations import Item, agencies_owing, due_day, items_owed, quarters_owed
from hscb_qa.periods import Period, parse_period

LAST_DAY = date(2026, 11, 20)  # the illustrative board's today
USUAL_DAYS_EARLY = (1, 1, 2, 3, 3, 5, 6, 8)


@dataclass(frozen=True)
class Figure:
    """One row of a return, as the form has it."""

    indicator: str
    breakdown: str
    period: str
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    status: str = ""
    note: str = ""


@dataclass(frozen=True)
class IllustrativeReturn:
    """One file an agency sends in, and when."""

    agency: str
    quarter: Period
    received: date
    figures: tuple[Figure, ...]
    voices: tuple[dict[str, Any], ...]
    narrative: dict[str, str]
    revision: int = 1
    reason: str = ""

    @property
    def file(self) -> str:
        revision = f"_revision_{self.revision}" if self.revision > 1 else ""
        return f"{self.agency}_{self.quarter.text.replace(' ', '_')}{revision}.xlsx"


def make_returns(framework: Framework, series: IllustrativeSeries, story: Story) -> list[IllustrativeReturn]:
    """Every return of every agency, oldest receipt first."""
    made: list[IllustrativeReturn] = []
    for quarter in quarters_owed(framework, LAST_DAY):
        for agency in agencies_owing(framework, quarter):
            if not story.is_missing(agency.id, quarter.text):
                made += returns_for(framework, series, story, agency.id, quarter)
    return sorted(made, key=lambda one: (one.received, one.quarter, one.agency, one.revision))


def returns_for(
    framework: Framework, series: IllustrativeSeries, story: Story, agency: str, quarter: Period
) -> Iterator[IllustrativeReturn]:
    """An agency's return for a quarter, and before it the one it took the place of, if the story has one."""
    right = IllustrativeReturn(
        agency,
        quarter,
        story.received(agency, quarter.text, due_day(framework, quarter), one_of(USUAL_DAYS_EARLY, agency, quarter.text)),
        tuple(figures_of(framework, series, story, agency, quarter)),
        tuple(voices_of(story, agency, quarter)),
        narrative_of(story, agency, quarter),
    )
    for entry in story.of("revisions", agency=agency, quarter=quarter.text):
        yield replace(right, figures=tuple(revised(right.figures, entry, numerator=entry["first_given"])))
        figures = tuple(revised(right.figures, entry, note=entry["reason"]))
        right = replace(right, figures=figures, received=entry["received"], revision=2, reason=entry["reason"])
    yield right


def figures_of(framework: Framework, series: IllustrativeSeries, story: Story, agency: str, quarter: Period) -> Iterator[Figure]:
    """Every item owed, then the earlier figures that are put right."""
    for item in items_owed(framework, agency, quarter):
        figure = figure_of(series, story, agency, item, quarter)
        for entry in story.of("restatements", agency=agency, indicator=item.indicator.id, quarter=item.period.text):
            figure = replace(figure, numerator=entry["first_given"])
        yield figure
    for entry in story.of("restatements", agency=agency, given_in=quarter.text):
        indicator = framework.indicators[entry["indicator"]]
        earlier = Item(indicator, "", parse_period(entry["quarter"], "quarter"))
        yield replace(figure_of(series, story, agency, earlier, quarter), note=entry["reason"])


def figure_of(series: IllustrativeSeries, story: Story, agency: str, item: Item, quarter: Period) -> Figure:
    """One item filled in: a status with its reason where the story has one, else counts or a value, with the note the story gives."""
    indicator, breakdown, period = item.key
    for entry in story.of("not_given", agency=agency, indicator=indicator):
        if entry["from"] <= quarter.text <= entry.get("until", entry["from"]):
            return Figure(indicator, breakdown, period, status=entry["status"], note=entry["reason"])
    beside = {"agency": agency, "indicator": indicator, "quarter": period}
    notes = [entry["reason"] for entry in (*story.of("notes", **beside), *story.of("comments", **beside))]
    empty = Figure(indicator, breakdown, period, note=" ".join(notes))
    if item.returned.gives == "value":
        return replace(empty, value=series.value(agency, item.indicator, item.period))
    numerator, denominator = series.counts(agency, item.indicator, breakdown, item.period)
    return replace(empty, numerator=numerator, denominator=denominator)


def revised(figures: tuple[Figure, ...], entry: Entry, **changes: Any) -> Iterator[Figure]:
    """The figures of a return with changes to the one that its revision is about."""
    for figure in figures:
        is_it = (figure.indicator, figure.breakdown, figure.period) == (entry["indicator"], "", entry["quarter"])
        yield replace(figure, **changes) if is_it else figure
