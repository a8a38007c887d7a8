"""The Board's own entries as an edition holds them, and whether what recommendations were to change has changed.

Turns the entries of an edition into one record. Refuses to find an effect that the signals of the edition do not show.
"""

import json
from dataclasses import dataclass
from datetime import date

from hscb_qa.definitions import Framework, Indicator, LearningRules
from hscb_qa.learning import EffectState, Entry, Expectation, Learning, Recommendation, entry_of, words
from hscb_qa.periods import parse_period
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.indicator import IndicatorView, indicator_view
from hscb_qa.views.signals import Watch
from hscb_qa.views.texts import ApprovedVoice


@dataclass(frozen=True)
class Effect:
    """Whether the signal a recommendation expects has come: by the indicator's latest figure on the basis on which it is watched.

    `label` is the latest figure's period, empty where there is none. `too_early` while the quarter named has not been returned, and where
    the latest figure is of a time before the recommendation was made; `cannot_say` where nothing can be judged. Where no more was expected
    than that nothing is of concern, it is `no_concern` and never `seen`: that nothing stands out does not show that anything changed.
    """

    state: EffectState
    view: IndicatorView
    label: str


@dataclass(frozen=True)
class Approval:
    """In which role an entry was approved for everybody, and when."""

    role: str
    on: date


@dataclass(frozen=True)
class LearningView:
    """The record of an edition as of the day it was published.

    `rules` are None, and the record is empty, in an edition made before the Board kept one. `effects` holds what came of each
    recommendation that expects a signal, by its id; `waiting` how many entries of each kind are not in this file, because nobody has
    approved them. `approvals` are by kind and id.
    """

    learning: Learning
    rules: LearningRules | None
    today: date
    effects: dict[str, Effect]
    waiting: dict[str, int]
    approvals: dict[tuple[str, str], Approval]


def learning_view(edition: OpenEdition) -> LearningView:
    """Read the Board's entries of an edition; none in an edition made before there were any."""
    rules = edition.framework.learning
    learning = Learning(_entries(edition), rules.recommendations.due_months if rules else 6)
    return LearningView(
        learning=learning,
        rules=rules,
        today=edition.published_on,
        effects={
            one.id: _effect(edition, one, learning.completed_on(one))
            for one in learning.recommendations
            if one.expects and one.expects.indicator in edition.framework.indicators
        },
        approvals=_approvals(edition),
        waiting=_waiting(edition),
    )


def _entries(edition: OpenEdition) -> tuple[Entry, ...]:
    if "entries" not in edition.tables:
        return ()
    return tuple(entry_of(row["kind"], json.loads(row["content"])) for row in edition.rows("SELECT kind, content FROM entries"))


def voices_in(view: LearningView, framework: Framework, area_id: str) -> tuple[ApprovedVoice, ...]:
    """The voices among the approved evidence about an area, each as those of returns are shown; the statement, then the story."""
    return tuple(
        ApprovedVoice(
            who=speaker,
            agency=", ".join(framework.agencies[agency].short_name for agency in one.agencies),
            method=words(one.method),
            asked=one.asked,
            spoken_on=one.on,
            message="\n".join(part for part in (one.statement, one.story) if part),
            changed=None,
            role=approval.role,
            approved_on=approval.on,
        )
        for one in view.learning.evidence
        if area_id in one.areas and (approval := view.approvals.get((one.KIND, one.id)))
        for speaker in one.speakers
    )


def _approvals(edition: OpenEdition) -> dict[tuple[str, str], Approval]:
    if "entries" not in edition.tables:
        return {}
    rows = edition.rows("SELECT kind, id, approved_role, approved_on FROM entries WHERE approved_on IS NOT NULL")
    return {(row["kind"], row["id"]): Approval(row["approved_role"], row["approved_on"]) for row in rows}


def _waiting(edition: OpenEdition) -> dict[str, int]:
    return {row["kind"]: row["entries"] for row in edition.rows("SELECT * FROM entries_waiting")} if "entries" in edition.tables else {}


def _effect(edition: OpenEdition, recommendation: Recommendation, completed_on: date | None) -> Effect:
    expects = recommendation.expects
    assert expects is not None
    indicator = edition.framework.indicator(expects.indicator)
    agency = recommendation.agency if indicator.returned and recommendation.agency in indicator.returned.agencies else None
    several = agency is not None and indicator.returned is not None and len(indicator.returned.agencies) > 1
    view = indicator_view(edition, indicator.id, Selection(agency=agency if several else None))
    watch = view.watch
    if watch is None or not watch.is_judged:
        return Effect("cannot_say", view, watch.label if watch else "")
    ended = _last_day(watch, indicator)
    if ended < (completed_on or recommendation.made_on):
        return Effect("too_early", view, watch.label)
    if _has_come(expects, view):
        return Effect("no_concern" if expects.signal == "no_concern" else "seen", view, watch.label)
    is_time = ended >= parse_period(expects.by, "quarter").end
    return Effect("not_seen" if is_time else "too_early", view, watch.label)


def _last_day(watch: Watch, indicator: Indicator) -> date:
    """The last day of the period that is watched; the points of the view may be on another basis."""
    if watch.basis == "year":
        return parse_period(watch.period, indicator.period_type).end
    return parse_period(watch.period, "half_year" if watch.basis == "half_year" else "quarter").end


def _has_come(expects: Expectation, view: IndicatorView) -> bool:
    watch = view.watch
    assert watch is not None
    judgement = watch.signal.judgement if watch.signal else None
    if expects.signal == "improvement":
        return judgement == "improvement"
    if expects.signal == "no_concern":
        return judgement != "concern"
    return watch.assurance == "passes"
