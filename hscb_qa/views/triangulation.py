"""One area's evidence side by side with its figures, and what recurs over areas."""

from collections.abc import Mapping
from dataclasses import dataclass

from hscb_qa.definitions import Area, EvidenceRules, EvidenceSource, MeasureType
from hscb_qa.learning import Cell, Disagreement, Judged, Theme, disagreements, grid_of, recurring_themes
from hscb_qa.views.edition import OpenEdition
from hscb_qa.views.learning import LearningView


@dataclass(frozen=True)
class AreaEvidence:
    """What each source says of each agency in an area, what their figures say, and where they disagree.

    `cells` is by agency and source; a pair that is not in it is silent. `figures` counts, by agency (empty: the Board as a whole), the
    area's indicators whose latest figure is a signal, by what polarity makes of it; `agencies` are those that evidence or figures speak of.
    """

    area: Area
    agencies: tuple[str, ...]
    cells: Mapping[tuple[str, EvidenceSource], Cell]
    figures: Mapping[str, Mapping[Judged, int]]
    disagreements: tuple[Disagreement, ...]


def area_evidence(edition: OpenEdition, view: LearningView, area: Area) -> AreaEvidence:
    """Lay an area's evidence side by side."""
    cells = grid_of(view.learning, area.id)
    watched = _watched(edition, area)
    figures: dict[str, dict[Judged, int]] = {}
    for (agency, _), judged in watched.items():
        counted = figures.setdefault(agency, {})
        counted[judged] = counted.get(judged, 0) + 1
    spoken = {agency for agency, _ in cells} | {agency for agency in figures if agency}
    judged_of: dict[tuple[str, str], tuple[MeasureType, Judged]] = {
        (agency, one): (edition.framework.indicator(one).measure_type, judged) for (agency, one), judged in watched.items()
    }
    return AreaEvidence(
        area=area,
        agencies=tuple(one for one in edition.framework.agencies if one in spoken),
        cells=cells,
        figures=figures,
        disagreements=disagreements(view.learning, area.id, judged_of, view.today, _months(view)),
    )


def _months(view: LearningView) -> int:
    return (view.rules.evidence if view.rules else EvidenceRules()).compared_within_months


def themes_of(view: LearningView) -> tuple[Theme, ...]:
    """Themes that recur over areas or agencies."""
    return recurring_themes(view.learning)


def _watched(edition: OpenEdition, area: Area) -> dict[tuple[str, str], Judged]:
    """What polarity makes of the latest signal of each of the area's indicators, by agency and indicator; without those that have none."""
    rows = edition.rows(
        "SELECT w.agency, w.indicator, w.judgement FROM watched AS w JOIN board USING (geography) "
        "WHERE w.breakdown = '' AND w.judgement <> '' AND LIST_CONTAINS(?, w.indicator)",
        [list(area.indicators)],
    )
    return {(row["agency"], row["indicator"]): row["judgement"] for row in rows}
