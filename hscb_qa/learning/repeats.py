"""Concerns to what was found again: the same theme, in the same area, at the same agency, on a later day.

Names the recommendations that should have prevented it. Refuses to blame one for what it was not made to mend.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hscb_qa.learning.entries import Finding, Recommendation
from hscb_qa.learning.record import Learning


@dataclass(frozen=True)
class Repeat:
    """Concerns that share theme, area and agency, in evidence of different days; `findings` and their `days` are oldest first.

    `completed_before` are recommendations from an earlier one that stood completed on the day of a later one.
    """

    findings: tuple[Finding, ...]
    days: tuple[date, ...]
    themes: tuple[str, ...]
    areas: tuple[str, ...]
    agencies: tuple[str, ...]
    completed_before: tuple[Recommendation, ...]

    def after(self, finding: Finding) -> tuple[Finding, ...]:
        """Those found on later days than one of them."""
        day = self.days[self.findings.index(finding)]
        return tuple(one for one, on in zip(self.findings, self.days, strict=True) if on > day)

    def concerns(self, recommendation: Recommendation, finding: Finding) -> bool:
        """Whether what was found again is what a recommendation from one of the findings was to mend.

        A finding may be about two agencies and come back at one: the recommendation to the other has not failed. One to an agency, or about
        an area, that the finding does not name was made for all of it.
        """
        agency, area = recommendation.agency, recommendation.area
        is_theirs = agency in self.agencies or agency not in finding.agencies
        return is_theirs and (area in self.areas or area not in finding.areas)


def repeats(learning: Learning) -> tuple[Repeat, ...]:
    """Every concern that was found again, the newest first."""
    shared: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
    for key, ids in _alike(learning).items():
        days = {learning.found_on(one) for one in ids.values()}
        if len(days) > 1:
            shared.setdefault(tuple(ids), []).append(key)
    found = [_repeat(learning, ids, keys) for ids, keys in shared.items()]
    return tuple(sorted(found, key=lambda one: (one.days[-1], one.findings[-1].id), reverse=True))


def found_again_on(learning: Learning, recommendation: Recommendation, again: Iterable[Repeat]) -> date | None:
    """The first day on which what a recommendation was to mend was found after its last completion; None where it is open or was not."""
    finding, completed = learning.find(Finding, recommendation.finding), learning.completed_on(recommendation)
    if finding is None or completed is None:
        return None
    concerned = [one for one in again if finding in one.findings and one.concerns(recommendation, finding)]
    return min((on for one in concerned for on in one.days if on > completed), default=None)


def _alike(learning: Learning) -> dict[tuple[str, str, str], dict[str, Finding]]:
    """The concerns, oldest first, by what they share: theme, area and agency."""
    found: dict[tuple[str, str, str], dict[str, Finding]] = {}
    for one in reversed(learning.findings):
        if one.kind == "concern" and learning.found_on(one):
            for key in ((theme, area, agency) for theme in one.themes for area in one.areas for agency in one.agencies):
                found.setdefault(key, {})[one.id] = one
    return found


def _repeat(learning: Learning, ids: tuple[str, ...], keys: Sequence[tuple[str, str, str]]) -> Repeat:
    findings = [one for one in (learning.find(Finding, one) for one in ids) if one]
    days = [on for on in map(learning.found_on, findings) if on]
    themes, areas, agencies = (tuple(dict.fromkeys(parts)) for parts in zip(*keys, strict=True))
    found = Repeat(tuple(findings), tuple(days), themes, areas, agencies, ())
    return replace(found, completed_before=tuple(_completed_before(learning, found)))


def _completed_before(learning: Learning, repeat: Repeat) -> Iterator[Recommendation]:
    for one, on in zip(repeat.findings, repeat.days, strict=True):
        for recommendation in learning.following(one):
            stood = any(_stood_completed(learning, recommendation, later) for later in repeat.days if later > on)
            if stood and repeat.concerns(recommendation, one):
                yield recommendation


def _stood_completed(learning: Learning, recommendation: Recommendation, day: date) -> bool:
    """Whether it had been completed by a day and not opened again by then."""
    told = [one.kind for one in learning.steps(recommendation) if one.on <= day and one.kind in ("completed", "reopened")]
    return told[-1:] == ["completed"]
