"""The illustrative published files to what they say of Harrow: a year's counts and values, to which the returns of its quarters add up.

Reads the committed files beside it through the product's own readers. Refuses nothing; what a publisher hid or left out is left free.
"""

from functools import cached_property
from pathlib import Path

import pandas as pd
from illustrative_levels import HARROW

from hscb_qa.definitions import Figure, Indicator, register_path
from hscb_qa.geographies import load_geographies
from hscb_qa.readers import read_published

FOLDER = Path(__file__).parent
FILES = {"ees": "illustrative_ees_*.csv", "lait": "illustrative_lait.csv", "fingertips": "illustrative_fingertips.csv"}
Years = dict[int, float]  # year -> figure


class PublishedFigures:
    """What is published of each indicator for Harrow."""

    @cached_property
    def figures(self) -> dict[tuple[str, str, str], Years]:
        """Every shown figure of Harrow: (source, measure, breakdown) -> year -> figure."""
        places = load_geographies(register_path())
        found: dict[tuple[str, str, str], Years] = {}
        for source, pattern in FILES.items():
            rows = pd.concat([read_published(source, path, places, None).rows for path in sorted(FOLDER.glob(pattern))])
            own = rows.loc[(rows["geography"] == HARROW.code) & rows["value"].notna() & rows["period"].str.fullmatch(r"\d{4}")]
            for row in own.itertuples():
                found.setdefault((source, row.measure, row.breakdown), {})[int(row.period)] = row.value
        return found

    def count(self, indicator: Indicator, part: str) -> Years:
        """The numerator or denominator of each year, where one is published."""
        published = indicator.published
        figure = published and published.figures.get(part)
        return self.sum_of(published.source, figure) if figure and not figure.year_lag else {}

    def value(self, indicator: Indicator) -> Years:
        """The ready value of each year, where that is what is published."""
        published = indicator.published
        return self.sum_of(published.source, published.value) if published and published.value else {}

    def population(self, indicator: Indicator, year: int) -> float:
        """The people a rate of that year is counted for; the latest known where the year's own is not yet published."""
        people = indicator.returned.population
        years = self.sum_of(people.source, people)
        return years[min(max(years), year - people.year_lag)]

    def sum_of(self, source: str, figure: Figure) -> Years:
        """The sum of a figure's measures in each year that has them all."""
        parts = [self.figures.get((source, measure, figure.breakdown_text), {}) for measure in figure.measures]
        return {year: sum(part[year] for part in parts) for year in parts[0] if all(year in part for part in parts)}
