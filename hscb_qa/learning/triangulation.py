"""Evidence of one area laid side by side, agency by source, and where it disagrees with itself or with the figures.

The framework uses different types of information to test one another: a disagreement is a question for the Board, and never settled here.
Refuses to compare what is not about the same thing: quality with outcome, or one year with an earlier one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from hscb_qa.definitions import MEASURE_TYPES, EvidenceSource, MeasureType
from hscb_qa.learning.entries import Evidence, Finding
from hscb_qa.learning.record import Learning
from hscb_qa.learning.vocabulary import Direction
from hscb_qa.periods import months_after

Said = Literal["better", "same", "worse", "mixed"]
Judged = Literal["improvement", "concern", "neutral"]
_OPPOSITE = {"better": "worse", "worse": "better"}
_OF_FIGURES: dict[Judged, Direction] = {"improvement": "better", "concern": "worse"}


@dataclass(frozen=True)
class Cell:
    """What one source says of one agency in an area: by the newest evidence of each measure type; `said` is mixed where they differ."""

    said: Said
    on: date
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Disagreement:
    """Two pieces of evidence that say the opposite of one measure type, or one that says the opposite of a figure it names.

    `other` is evidence, else `indicator` names the figure and `agency` whose it is, empty where it is the Board's; `other_says` is what
    that says.
    """

    measure_type: MeasureType
    evidence: Evidence
    says: Direction
    other: Evidence | None
    indicator: str | None
    other_says: Direction
    agency: str = ""

    @property
    def on(self) -> date:
        """The day of the newer of the two."""
        return max(self.evidence.on, self.other.on) if self.other else self.evidence.on


@dataclass(frozen=True)
class Theme:
    """Something that was met more than once: in which areas, at which agencies, in which findings and which other evidence, newest first.

    `evidence` is that of which no finding has the theme, so that one piece of work is not counted twice.
    """

    id: str
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    areas: tuple[str, ...]
    agencies: tuple[str, ...]

    @property
    def times(self) -> int:
        """How often it was met."""
        return len(self.findings) + len(self.evidence)


def grid_of(learning: Learning, area: str) -> dict[tuple[str, EvidenceSource], Cell]:
    """What each source says of each agency in an area; a pair of which nothing is known is not in it, and is silent."""
    found: dict[tuple[str, EvidenceSource], list[Evidence]] = {}
    for one in learning.evidence:
        if area in one.areas:
            for agency in one.agencies:
                found.setdefault((agency, one.source), []).append(one)
    return {key: _cell(evidence) for key, evidence in found.items()}


def disagreements(
    learning: Learning, area: str, figures: Mapping[tuple[str, str], tuple[MeasureType, Judged]], today: date, months: int
) -> tuple[Disagreement, ...]:
    """Where evidence about an area of the last `months` disagrees, the newest first.

    `figures` holds, by agency (empty: the Board) and indicator whose latest figure is a signal, its measure type and what polarity makes
    of the signal. Evidence is held against the Board's figure; where that does not disagree, against
    those of the agencies it is about.
    """
    recent = [one for one in learning.evidence if area in one.areas and months_after(one.on, months) >= today]
    found = [*_among(recent), *(apart for one in recent for apart in _from_figures(one, figures))]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def recurring_themes(learning: Learning) -> tuple[Theme, ...]:
    """Themes met more than once, in more than one area or at more than one agency; those in most areas first."""
    met_in: tuple[Finding | Evidence, ...] = (*learning.findings, *learning.evidence)
    names = dict.fromkeys(name for one in met_in for name in one.themes)
    themes = [_theme(name, learning) for name in names]
    recurring = [one for one in themes if one.times > 1 and (len(one.areas) > 1 or len(one.agencies) > 1)]
    return tuple(sorted(recurring, key=lambda one: (-len(one.areas), -one.times, one.id)))


def _cell(evidence: Sequence[Evidence]) -> Cell:
    """The newest word on each measure type; the evidence comes newest first."""
    latest: dict[MeasureType, Direction] = {}
    for one in evidence:
        for measure_type, direction in one.says.items():
            latest.setdefault(measure_type, direction)
    said = set(latest.values())
    return Cell(said.pop() if len(said) == 1 else "mixed", evidence[0].on, tuple(evidence))


def _among(evidence: Sequence[Evidence]) -> Iterable[Disagreement]:
    """Pairs that say the opposite. Of each source, agency and measure type only the newest word counts."""
    for measure_type in MEASURE_TYPES:
        latest: dict[object, Evidence] = {}
        for one in evidence:
            if measure_type in one.says:
                latest.setdefault((one.source, frozenset(one.agencies)), one)
        for one, other in combinations(latest.values(), 2):
            says, other_says = one.says[measure_type], other.says[measure_type]
            if _OPPOSITE.get(says) == other_says:
                yield Disagreement(measure_type, one, says, other, None, other_says)


def _from_figures(evidence: Evidence, figures: Mapping[tuple[str, str], tuple[MeasureType, Judged]]) -> Iterable[Disagreement]:
    """Figures that say the opposite of evidence: the Board's, or else those of the agencies it is about, which say the same once more."""
    for indicator in evidence.indicators:
        ours = _from_figure(evidence, "", indicator, figures)
        theirs = (_from_figure(evidence, agency, indicator, figures) for agency in evidence.agencies)
        yield from [ours] if ours else (one for one in theirs if one)


def _from_figure(
    evidence: Evidence, agency: str, indicator: str, figures: Mapping[tuple[str, str], tuple[MeasureType, Judged]]
) -> Disagreement | None:
    measure_type, judged = figures.get((agency, indicator), (None, None))
    told = _OF_FIGURES.get(judged) if judged else None
    says = evidence.says.get(measure_type) if measure_type else None
    if measure_type and says and told and _OPPOSITE.get(says) == told:
        return Disagreement(measure_type, evidence, says, None, indicator, told, agency)
    return None


def _theme(name: str, learning: Learning) -> Theme:
    findings = tuple(one for one in learning.findings if name in one.themes)
    found_in = {one.evidence for one in findings}
    evidence = tuple(one for one in learning.evidence if name in one.themes and one.id not in found_in)
    met_in: tuple[Finding | Evidence, ...] = (*findings, *evidence)
    areas = dict.fromkeys(area for one in met_in for area in one.areas)
    agencies = dict.fromkeys(agency for one in met_in for agency in one.agencies)
    return Theme(name, findings, evidence, tuple(areas), tuple(agencies))
