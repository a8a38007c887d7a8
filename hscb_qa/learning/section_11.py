"""Section 11 by partner and year: how partners scored themselves against each standard, how moderators did, and the gap between the two.

Turns the record and the framework into one frozen year after another. Refuses to rank partners, and to fill in a score that nobody gave: a
standard without one is counted as missing, and one without a moderator's has no gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hscb_qa.definitions import Agency, Framework, Section11
from hscb_qa.learning.entries import SelfAssessment
from hscb_qa.learning.record import Learning
from hscb_qa.periods import read_year


@dataclass(frozen=True)
class Gap:
    """Self-scores against moderators' scores of the same standards.

    `number` of both, the mean of each, and how many were scored higher by the partner, the same, and lower.
    """

    number: int
    own: float
    moderated: float
    higher: int
    same: int
    lower: int

    @property
    def mean(self) -> float:
        """By how many points partners scored themselves above the moderators, on average; below where it is negative."""
        return self.own - self.moderated


@dataclass(frozen=True)
class Change:
    """How many standards that were scored in both years are scored higher than the year before, the same, and lower."""

    year: str
    higher: int
    same: int
    lower: int


@dataclass(frozen=True)
class PartnerYear:
    """One partner's self-assessment of a year: its scores by standard, and what became of them against the year before.

    `change` is of the moderators' scores where both years have any in common, else None; `own_change` the same of its own scores.
    """

    agency: Agency
    year: str
    scores: dict[str, SelfAssessment]
    standards: int
    met_from: int
    change: Change | None
    own_change: Change | None

    @property
    def is_whole(self) -> bool:
        """Whether every standard has a self-score."""
        return len(self.scores) == self.standards

    @property
    def met_by_self(self) -> int:
        """How many standards the partner says it meets."""
        return sum(one.self_score >= self.met_from for one in self.scores.values())

    @property
    def met_by_moderators(self) -> int:
        """How many standards the moderators say it meets."""
        return sum((one.moderated_score or 0) >= self.met_from for one in self.scores.values() if one.moderated_score is not None)

    @property
    def moderated(self) -> int:
        """How many standards have a moderators' score."""
        return sum(one.moderated_score is not None for one in self.scores.values())

    @cached_property
    def gap(self) -> Gap | None:
        """Over the standards that moderators scored; None where there is none."""
        return gap_of(self.scores.values())


@dataclass(frozen=True)
class Section11Year:
    """A year's self-assessments: a row for each partner that returned any, and the partners of that year that returned none.

    `is_over` says whether the year has ended, so that what is owed is late.
    """

    year: str
    partners: tuple[PartnerYear, ...]
    owing: tuple[Agency, ...]
    is_over: bool

    @cached_property
    def gap(self) -> Gap | None:
        """Over all standards of all partners that moderators scored; None where there is none."""
        return gap_of(one for partner in self.partners for one in partner.scores.values())

    def gap_in(self, standard: str) -> Gap | None:
        """Over all partners in one standard; None where moderators scored none."""
        return gap_of(partner.scores[standard] for partner in self.partners if standard in partner.scores)

    @property
    def part(self) -> tuple[PartnerYear, ...]:
        """The partners that left standards out."""
        return tuple(one for one in self.partners if not one.is_whole)


def section_11_years(learning: Learning, framework: Framework, rules: Section11, today: date) -> tuple[Section11Year, ...]:
    """Every year from the first that was assessed to the last, the oldest first; none where nothing was entered."""
    given = {one.year for one in learning.self_assessments}
    if not given:
        return ()
    years = [_year_text(number) for number in range(_ends_in(min(given)), _ends_in(max(given)) + 1)]
    return tuple(_year(learning, framework, rules, year, today) for year in years)


def gap_of(scores: Iterable[SelfAssessment]) -> Gap | None:
    """The gap over the scores that moderators gave as well; None where they gave none."""
    pairs = [(one.self_score, one.moderated_score) for one in scores if one.moderated_score is not None]
    if not pairs:
        return None
    own, moderated = (sum(scores) / len(pairs) for scores in zip(*pairs, strict=True))
    higher, lower = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    return Gap(len(pairs), own, moderated, higher, len(pairs) - higher - lower, lower)


def _year(learning: Learning, framework: Framework, rules: Section11, year: str, today: date) -> Section11Year:
    end = date(_ends_in(year), 3, 31)
    asked = [one for one in framework.agencies.values() if _was_partner(one, end) and one.id not in rules.exempt]
    rows = {one.id: _scores(learning, one.id, year) for one in framework.agencies.values()}
    before = _year_text(_ends_in(year) - 1)
    partners = tuple(
        _partner(framework.agencies[agency], year, rows[agency], _scores(learning, agency, before), rules, before)
        for agency in rows
        if rows[agency]
    )
    return Section11Year(year, partners, tuple(one for one in asked if not rows[one.id]), end < today)


def _partner(
    agency: Agency, year: str, scores: dict[str, SelfAssessment], before: dict[str, SelfAssessment], rules: Section11, last: str
) -> PartnerYear:
    own = [(before[name].self_score, one.self_score) for name, one in scores.items() if name in before]
    moderated = [(before[name].moderated_score, one.moderated_score) for name, one in scores.items() if name in before]
    both = [(then, now) for then, now in moderated if then is not None and now is not None]
    return PartnerYear(agency, year, scores, len(rules.standards), rules.met_from, _change(last, both), _change(last, own))


def _change(year: str, pairs: list[tuple[int, int]]) -> Change | None:
    if not pairs:
        return None
    higher, lower = sum(now > then for then, now in pairs), sum(now < then for then, now in pairs)
    return Change(year, higher, len(pairs) - higher - lower, lower)


def _scores(learning: Learning, agency: str, year: str) -> dict[str, SelfAssessment]:
    """A partner's scores of a year by standard; the one entered last where there are two of a standard."""
    return {one.standard: one for one in learning.self_assessments if (one.agency, one.year) == (agency, year)}


def _was_partner(agency: Agency, end: date) -> bool:
    """Whether an agency was a partner on the last day of a year."""
    return (agency.since is None or agency.since <= end) and (agency.until is None or agency.until >= end)


def _ends_in(year: str) -> int:
    """The calendar year in which a year written `2025-26` ends."""
    return int(read_year(year) or int(year[:4]) + 1)


def _year_text(ends_in: int) -> str:
    return f"{ends_in - 1}-{ends_in % 100:02d}"
