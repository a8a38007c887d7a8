"""Section 11 in words: who returned, how partners' scores and moderators' differ, and what became of both.

Refuses to call a partner worse than another: a gap says how two scores of one partner differ.
"""

from collections.abc import Sequence

from hscb_qa import formats
from hscb_qa.definitions import Section11
from hscb_qa.learning import Gap, PartnerYear, Section11Year, SelfAssessment
from hscb_qa.learning.section_11 import Change
from hscb_qa.views import LearningView

NOTHING_ENTERED = "No partner's self-assessment has been entered and approved."


def no_assessment_in_words(view: LearningView) -> str:
    """Why there is nothing to show: nothing entered, nothing approved yet, or an edition from before there was any."""
    if view.rules is None:
        return "This edition was made before the Board kept self-assessments here."
    waiting = view.waiting.get("self_assessment", 0)
    if waiting:
        return f"No self-assessment has been approved yet; {waiting} {'score waits' if waiting == 1 else 'scores wait'} for approval."
    return NOTHING_ENTERED


def section_11_line(year: Section11Year) -> str:
    """How a year stands, in a line: how many partners returned, how many standards moderators scored, and the gap."""
    asked = len(year.partners) + len(year.owing)
    return f"{year.year}: {len(year.partners)} of {asked} partners returned. {gap_in_words(year.gap)}"


def gap_in_words(gap: Gap | None) -> str:
    """By how much partners scored themselves above or below the moderators; that nothing is moderated where it is not."""
    if gap is None:
        return "No score has been moderated."
    size = formats.number(abs(gap.mean), "", 1)
    if float(size) == 0:
        return f"Partners and moderators scored the same on average, over {_standards(gap.number)}."
    side = "above" if gap.mean > 0 else "below"
    return f"Partners scored themselves {size} points {side} the moderators on average, over {_standards(gap.number)}."


def gap_number(gap: Gap | None) -> str:
    """The gap as a table shows it: `+0.4`, `-0.2` (with a real minus), `0.0`, or a dash where nothing is moderated."""
    if gap is None:
        return "–"
    size = formats.number(abs(gap.mean), "", 1)
    return size if float(size) == 0 else f"{'+' if gap.mean > 0 else '−'}{size}"


def sides_in_words(gap: Gap | None) -> str:
    """How many standards the partner scored higher than the moderators, the same, and lower."""
    return f"{gap.higher} higher, {gap.same} the same, {gap.lower} lower" if gap else "not moderated"


def trend_of_gap(years: Sequence[Section11Year]) -> str:
    """How the gap of the newest year compares with that of the year before; empty where either has none."""
    if len(years) < 2 or years[-1].gap is None or years[-2].gap is None:
        return ""
    now, before = (abs(float(formats.number(one.gap.mean, "", 1))) for one in years[-1:-3:-1] if one.gap)
    how = "as wide as" if now == before else "narrower than" if now < before else "wider than"
    return f"The gap is {how} in {years[-2].year} ({gap_number(years[-1].gap)} against {gap_number(years[-2].gap)})."


def score_mark(score: SelfAssessment | None) -> tuple[str, str]:
    """The sign and the words for one standard of one partner: where the partner's score lies against the moderators'."""
    if score is None:
        return "○", "not returned"
    if score.gap is None:
        return "?", f"self {score.self_score}, not moderated"
    told = f"self {score.self_score}, moderated {score.moderated_score}"
    if score.gap == 0:
        return "=", f"{told}: the same"
    sign, side = ("▲", "higher") if score.gap > 0 else ("▼", "lower")
    return sign, f"{told}: {abs(score.gap)} {side} than the moderators"


def met_in_words(partner: PartnerYear) -> str:
    """How many standards a partner meets, by its own score and by the moderators'."""
    moderated = f"{partner.met_by_moderators} of {partner.moderated} by the moderators" if partner.moderated else "not moderated"
    return f"{partner.met_by_self} of {len(partner.scores)} by its own score, {moderated}"


def score_change_in_words(partner: PartnerYear) -> str:
    """How many standards are scored higher or lower than the year before, by the moderators where they scored both years."""
    change, whose = (partner.change, "moderated") if partner.change else (partner.own_change, "self")
    if change is None:
        return "no year before"
    return f"{_moved(change)} ({whose}, since {change.year})"


def not_returned_in_words(year: Section11Year) -> str:
    """The partners that have not returned, by name; that all have where they have."""
    if not year.owing:
        return f"Every partner has returned for {year.year}."
    lead = "did not return" if year.is_over else "have not returned yet"
    names = formats.join([one.short_name for one in year.owing])
    return f"{len(year.owing)} {'partner' if len(year.owing) == 1 else 'partners'} {lead} for {year.year}: {names}."


def part_in_words(year: Section11Year) -> str:
    """The partners that left standards out, with how many; empty where none did."""
    told = [f"{one.agency.short_name} ({one.standards - len(one.scores)})" for one in year.part]
    return f"Standards left out: {formats.join(told)}." if told else ""


def scores_meaning(rules: Section11) -> str:
    """What scores mean."""
    return (
        f"Each standard is scored 0 to {rules.highest_score}, by the partner and again by the Board's moderators; from {rules.met_from} it "
        "counts as met. The gap is the partner's score less the moderators'."
    )


def _moved(change: Change) -> str:
    if not change.higher and not change.lower:
        return f"{change.same} the same"
    return f"{change.higher} higher, {change.lower} lower, {change.same} the same"


def _standards(number: int) -> str:
    return f"{number} {'score' if number == 1 else 'scores'} of both"
