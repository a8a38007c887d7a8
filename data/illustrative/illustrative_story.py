"""The story in the invented returns: story.yaml, and what it does to the series and to the returns.

Turns the planted entries of story.yaml into bent levels, set figures and days of receipt. Anything the story does not name is left to
chance.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from hscb_qa.periods import periods_between

FILE = Path(__file__).with_name("story.yaml")
QUARTERS = [period.text for period in periods_between("2020-21 Q1", "2026-27 Q2", "quarter")]
Entry = dict[str, Any]


@dataclass(frozen=True)
class Story:
    """What story.yaml plants, by kind."""

    entries: dict[str, Any]

    def of(self, kind: str, **like: str) -> Iterator[Entry]:
        """The entries of one kind that have these words."""
        return (entry for entry in self.entries[kind] if all(entry.get(key) == value for key, value in like.items()))

    def bend(self, agency: str, indicator: str, part: str, level: np.ndarray) -> np.ndarray:
        """A series' level with its planted shifts, trends, breaks and low agencies; `part` is share, numerator or denominator."""
        bent = level.copy()
        for entry in self.of("levels", agency=agency, indicator=indicator, part=part):
            within = quarters_between(entry)
            if "times" in entry:
                bent[within] *= entry["times"]
            else:
                first, last = entry["level"] if isinstance(entry["level"], list) else (entry["level"], entry["level"])
                bent[within] = np.linspace(first, last, within.stop - within.start)
        return bent

    def calm(self, agency: str, indicator: str, part: str) -> np.ndarray:
        """How much of chance is left in each quarter: none where a planted trend must not waver."""
        left = np.ones(len(QUARTERS))
        for entry in self.of("levels", agency=agency, indicator=indicator, part=part):
            left[quarters_between(entry)] = entry.get("chance", 1)
        return left

    def set_figures(self, agency: str, indicator: str, part: str, figures: np.ndarray) -> np.ndarray:
        """A series with the figures the story sets for single quarters."""
        for entry in self.of("figures", agency=agency, indicator=indicator, part=part):
            figures[QUARTERS.index(entry["quarter"])] = entry["figure"]
        return figures

    def difference(self, indicator: str, part: str, year: int) -> int:
        """By how much the returns of a year are made to add up to more than was published."""
        return sum(entry["by"] for entry in self.of("differences", indicator=indicator, part=part) if entry["year"] == year)

    def is_missing(self, agency: str, quarter: str) -> bool:
        return any(self.of("missing", agency=agency, quarter=quarter))

    def is_silent(self, agency: str, quarter: str) -> bool:
        """Whether an agency is planted to give no voices in a return."""
        return any(entry["from"] <= quarter <= entry.get("until", quarter) for entry in self.of("silent", agency=agency))

    def approval(self, agency: str, quarter: str) -> dict[str, Any] | None:
        """Who approves what stands in a return, and in which other wordings; None where it waits."""
        waits = any(entry["from"] <= quarter for entry in self.of("waiting", agency=agency))
        return None if waits else self.entries["approval"]

    def received(self, agency: str, quarter: str, due: date, usual: int) -> date:
        """The day a return came in: as the story says, else the usual number of days before it was due."""
        late = next((entry["days"] for entry in self.of("late", agency=agency, quarter=quarter)), None)
        return due + timedelta(days=-usual if late is None else late)


def quarters_between(entry: Entry) -> slice:
    """The places in QUARTERS from an entry's first quarter to its last, both among them."""
    return slice(QUARTERS.index(entry["from"]), QUARTERS.index(entry.get("until", QUARTERS[-1])) + 1)


def read_story() -> Story:
    """The story as story.yaml has it."""
    return Story(yaml.safe_load(FILE.read_text(encoding="utf-8")))
