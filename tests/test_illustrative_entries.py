"""The illustrative board's own entries: three years of every kind, fit to be shown, each plant of story.yaml found in the edition."""

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from hscb_qa.checks.sharing import obstacles
from hscb_qa.cli import illustrative
from hscb_qa.definitions import EvidenceSource, Framework
from hscb_qa.learning import (
    Evidence,
    Exercise,
    Finding,
    Learning,
    Recommendation,
    Step,
    disagreements,
    entry_of,
    texts_of,
)
from hscb_qa.learning.recommendations import completed_without_effect, follow
from hscb_qa.learning.repeats import repeats
from hscb_qa.learning.timetable import check_timetable
from hscb_qa.ledger import entries_held, ledger_path
from hscb_qa.publish import editions
from hscb_qa.readers.entries import read_entries
from hscb_qa.views import LearningView, OpenEdition, learning_view

FOLDER = Path(__file__).resolve().parents[1] / "data" / "illustrative"
STORY: dict[str, Any] = yaml.safe_load((FOLDER / "story.yaml").read_text(encoding="utf-8"))
FILES = (*illustrative.ENTRIES, illustrative.SINCE_LAST_MEETING, illustrative.WAITING)
TODAY = date(2026, 11, 23)


def plant(kind: str) -> dict[str, Any]:
    return next(one for one in STORY["learning"] if one["kind"] == kind)


@pytest.fixture(scope="module")
def both(illustrative_store: Path) -> tuple[LearningView, LearningView]:
    """The record of the last meeting's edition and of the current one, as everybody gets it."""
    before, now = editions(illustrative_store)
    return learning_view(OpenEdition.shareable(before)), learning_view(OpenEdition.shareable(now))


@pytest.fixture(scope="module")
def view(both: tuple[LearningView, LearningView]) -> LearningView:
    return both[1]


@pytest.fixture(scope="module")
def learning(view: LearningView) -> Learning:
    return view.learning


def the(learning: Learning, model: type[Any], of: str, kind: str = "") -> Any:
    """The entry of a kind that a plant names."""
    found = learning.find(model, plant(of)["ids"][kind or model.KIND])
    assert found is not None
    return found


# ---- the material ----


@pytest.mark.parametrize("name", FILES)
def test_every_list_says_that_it_is_invented(name: str) -> None:
    assert read_entries(FOLDER / name).illustrative


def test_there_are_three_years_of_every_kind(learning: Learning, framework: Framework) -> None:
    kinds = {kind: [one for one in learning.entries if kind == one.KIND] for kind in {one.KIND for one in learning.entries}}
    least = {"exercise": 35, "evidence": 40, "finding": 30, "recommendation": 25, "step": 60, "analysis": 20, "judgement": 18}
    assert all(len(kinds[kind]) >= number for kind, number in least.items())
    assert {one.recurrence for one in learning.exercises} == {"continuous", "annual", "biannual", "three_yearly", "exceptional", "once"}
    assert {one.source for one in learning.evidence} == set(EvidenceSource.__args__)
    assert {area for one in learning.evidence for area in one.areas} == {area.id for area in framework.plan_years[-1].areas}
    heard = {agency for one in learning.evidence for agency in one.agencies}
    assert len(heard & set(framework.agencies)) >= 16
    assert min(one.starts for one in learning.exercises) == "2023-24 Q3" and max(one.starts for one in learning.exercises) == "2026-27 Q4"
    good = [one for one in learning.findings if one.kind == "good_practice"]
    assert 0.25 < len(good) / len(learning.findings) < 0.45
    questions = {one.id for one in framework.learning.questions} if framework.learning else set()
    assert [{one.question for one in learning.judgements if one.on.year == year} for year in (2025, 2026)] == [questions, questions]


def test_every_text_may_be_shown_to_everybody(illustrative_store: Path, framework: Framework, learning: Learning) -> None:
    held = entries_held(illustrative_store)
    texts = [text for one in held for text in texts_of(one.fields)]
    assert obstacles(texts, framework.disclosure.threshold) == {}
    missing = {(one.kind, one.entry) for one in held} - {(one.KIND, one.id) for one in learning.entries}
    assert missing == {("evidence", name) for name in plant("not_approved")["ids"]["evidence"]}
    assert all(one.asked is None or one.asked > framework.disclosure.threshold for one in learning.evidence)


def test_entries_name_only_what_is_there_and_nothing_to_come(learning: Learning) -> None:
    assert all(learning.find(Evidence, one.evidence) for one in learning.findings)
    assert all(one.finding is None or learning.find(Finding, one.finding) for one in learning.recommendations)
    assert all(learning.find(Recommendation, one.recommendation) for one in learning.of(Step))
    assert all(one.exercise is None or learning.find(Exercise, one.exercise) for one in learning.evidence)
    made = [one.on for one in (*learning.evidence, *learning.analyses, *learning.of(Step))]
    assert date(2023, 10, 1) <= min(made) and max(made) <= TODAY


def test_an_evidence_is_dated_within_its_exercise(learning: Learning) -> None:
    for one in learning.evidence:
        if exercise := learning.find(Exercise, one.exercise):
            assert exercise.start <= one.on <= (exercise.end or TODAY), one.id
            assert set(one.areas) & set(exercise.areas) and one.method == exercise.method


def test_what_was_known_at_the_last_meeting_is_in_its_edition(both: tuple[LearningView, LearningView]) -> None:
    before, now = ({(one.KIND, one.id): one for one in view.learning.entries} for view in both)
    dated = {key: getattr(one, "on", None) or getattr(one, "made_on", None) for key, one in now.items()}
    for key, day in dated.items():
        assert day is None or (key in before) == (day <= illustrative.LAST_MEETING), key
    assert before.keys() < now.keys()
    moved = {key for key in before if before[key] != now[key]}
    assert moved == {("exercise", "partnership_survey_2026"), ("exercise", "conference_audit_2026")}


def test_to_enter_the_lists_again_changes_nothing(illustrative_store: Path, tmp_path: Path) -> None:
    shutil.copy(ledger_path(illustrative_store), tmp_path)
    held = entries_held(tmp_path)
    illustrative._enter_lists(tmp_path, (illustrative.SINCE_LAST_MEETING,))
    illustrative._enter_lists(tmp_path, (illustrative.WAITING,), approve=False)
    assert entries_held(tmp_path) == held


# ---- the plants ----


def test_the_overdue_recommendation_is_found(view: LearningView) -> None:
    planted = plant("overdue_recommendation")
    [found] = [one for one in follow(view.learning, TODAY, {}) if one.standing == "overdue"]
    assert (found.recommendation.id, found.due) == (planted["ids"]["recommendation"], planted["due"])


def test_what_was_completed_without_effect_is_found_and_so_is_an_effect(view: LearningView) -> None:
    planted, seen = plant("completed_without_effect"), plant("effect_seen")
    states = {name: effect.state for name, effect in view.effects.items()}
    found = completed_without_effect(follow(view.learning, TODAY, states))
    one = next(one for one in found if one.recommendation.id == planted["ids"]["recommendation"])
    assert one.completed_on == planted["completed"] and one.recommendation.expects
    assert (one.recommendation.expects.indicator, one.recommendation.expects.by) == (planted["indicator"], planted["by"])
    assert view.effects[seen["ids"]["recommendation"]].state == "seen"
    assert set(states.values()) == {"seen", "no_concern", "not_seen", "too_early", "cannot_say"}


def test_the_timetable_breaks_the_rules_it_was_made_to_break(view: LearningView, framework: Framework) -> None:
    timetable = pytest.importorskip("hscb_qa.learning.timetable", reason="the rules of the timetable are built elsewhere")
    assert view.rules
    checks = {one.rule: one for one in timetable.check_timetable(view.learning, framework, view.rules.timetable, TODAY).rules}
    assert {rule: checks[rule].state for rule in ("deep_dive", "repeat_audit", "responsive")} == dict.fromkeys(
        ("deep_dive", "repeat_audit", "responsive"), "not_met"
    )
    assert plant("missed_deep_dive")["ids"]["exercise"] in {one.exercise for one in checks["deep_dive"].missing}
    assert [one.name for one in checks["repeat_audit"].missing] == [plant("year_without_repeat_audit")["year"]]
    assert plant("year_without_repeat_audit")["year_with_one"] in {one.within for one in checks["repeat_audit"].meets}
    assert [one.name for one in checks["responsive"].missing] == [the(view.learning, Evidence, "inspection_not_answered").title]
    assert plant("inspection_answered")["ids"]["exercise"] in {one.exercise for one in checks["responsive"].meets}
    assert ("The hospital's report out of turn on self-harm", "self_harm_research") in {
        (one.name, one.exercise) for one in checks["responsive"].meets
    }


def test_what_goes_on_without_evidence_is_named_and_no_audit(view: LearningView, framework: Framework) -> None:
    """Managers' reading of records left no evidence at all; of two others the newest is older than twelve months."""
    assert view.rules
    check = check_timetable(view.learning, framework, view.rules.timetable, TODAY)
    [evidenced] = [one for one in check.rules if one.rule == "evidenced"]
    going_on = {one.exercise: one.kind for one in evidenced.missing if one.kind != "without_evidence"}
    assert going_on == {
        "managers_oversight": "never_evidenced",
        "quarterly_dataset": "evidence_ended",
        "workforce_reports": "evidence_ended",
    }
    [priorities] = [one for one in check.rules if one.rule == "priorities"]
    assert "managers_oversight" not in {one.exercise for one in priorities.meets}


GROUPS = {"children": ("child", "young", "pupil"), "parents and carers": ("parent", "families"), "frontline staff": ("staff", "workers")}


def test_a_title_that_names_one_group_has_no_other_speaker(learning: Learning) -> None:
    for one in learning.evidence:
        named = [who for who, words in GROUPS.items() if any(word in one.title.lower() for word in words)]
        if len(named) == 1 and one.speakers:
            assert list(one.speakers) == named, one.title


def test_the_deep_dive_was_missed_and_no_other_held(learning: Learning) -> None:
    missed = the(learning, Exercise, "missed_deep_dive")
    assert missed.status == "planned" and missed.ends == plant("missed_deep_dive")["planned_until"] and missed.end < TODAY
    done = [one for one in learning.exercises if one.source == "peer_deep_dives" and one.status == "done"]
    assert [one.id for one in done if one.end and one.end >= date(2024, 4, 1)] == [] and done


def test_one_year_has_no_repeat_audit(learning: Learning) -> None:
    planted = plant("year_without_repeat_audit")
    again = [one for one in learning.exercises if one.repeats and one.status == "done"]
    assert the(learning, Exercise, "year_without_repeat_audit") in again
    assert {one.starts[:7] for one in again} == {planted["year_with_one"], "2026-27"}
    assert all(one.on < date(2025, 4, 1) or one.on > date(2026, 3, 31) for one in learning.of(Step) if one.kind == "re_audited")


def test_no_child_is_heard_in_the_silent_area(learning: Learning, illustrative_store: Path) -> None:
    planted = plant("silent_area")
    heard = [one for one in learning.evidence if planted["area"] in one.areas and "children" in one.speakers]
    assert [one.id for one in heard] == [planted["ids"]["evidence"]] and heard[0].quarter == planted["since"]
    with duckdb.connect(str(ledger_path(illustrative_store)), read_only=True) as ledger:
        sql = "SELECT MAX(period) FROM voices JOIN returns USING (submission) WHERE about = ? AND who = 'children'"
        assert ledger.execute(sql, [planted["area"]]).fetchall() == [(planted["since"],)]


def test_two_sources_disagree_and_one_disagrees_with_the_figures(view: LearningView, illustrative_store: Path) -> None:
    planted, other = plant("sources_disagree"), plant("disagrees_with_figures")
    found = disagreements(view.learning, planted["area"], {}, TODAY, 12)
    assert any({one.evidence.id, one.other.id} == set(planted["ids"]["evidence"]) for one in found if one.other)
    edition = OpenEdition.shareable(editions(illustrative_store)[-1])
    own = "SELECT judgement FROM watched JOIN board USING (geography) WHERE indicator = ? AND agency = '' AND breakdown = ''"
    [row] = edition.rows(own, [other["indicator"]])
    assert row["judgement"] == "concern"
    against = disagreements(view.learning, other["area"], {("", other["indicator"]): ("quality", "concern")}, TODAY, 12)
    assert other["ids"]["evidence"] in {one.evidence.id for one in against if one.indicator == other["indicator"]}


def test_inspections_are_answered_and_not(learning: Learning) -> None:
    answered, unanswered = plant("inspection_answered"), plant("inspection_not_answered")
    for planted in (answered, unanswered):
        report = learning.find(Evidence, planted["ids"]["evidence"])
        assert report and report.source == "inspections"
        later = [one.id for one in learning.exercises if planted["area"] in one.areas and 0 <= (one.start - report.on).days <= 183]
        exceptional = [one.id for one in learning.exercises if one.id in later and one.responds_to]
        assert exceptional == [planted["ids"]["exercise"]] if planted is answered else later == []


def test_the_repeat_finding_is_found(learning: Learning) -> None:
    planted = plant("repeat_finding")
    found = [one for one in repeats(learning) if [finding.id for finding in one.findings][:2] == planted["ids"]["finding"]]
    assert len(found) == 1 and planted["theme"] in found[0].themes and planted["area"] in found[0].areas
    assert planted["ids"]["recommendation"] in {one.id for one in found[0].completed_before}
    states = {one.recommendation.id: one for one in follow(learning, TODAY, {})}
    assert states[planted["ids"]["recommendation"]].group == "found_again"


def test_things_move_between_the_meetings(both: tuple[LearningView, LearningView]) -> None:
    planted = plant("closed_since_last_meeting")
    before, now = (the(view.learning, Recommendation, "closed_since_last_meeting") for view in both)
    assert both[0].learning.completed_on(before) is None and both[1].learning.completed_on(now) is not None
    steps = {one.id for one in both[1].learning.steps(now)} - {one.id for one in both[0].learning.steps(before)}
    assert steps >= set(planted["ids"]["step"])


def test_nobody_has_decided_on_two(learning: Learning) -> None:
    assert sorted(one.id for one in learning.recommendations if not one.smart) == sorted(plant("undecided_smart")["ids"]["recommendation"])
    assert {answer.met for one in learning.recommendations for answer in one.smart.values()} == {True, False}


def test_what_was_counted_is_the_agencys_figure(illustrative_store: Path) -> None:
    edition = OpenEdition.shareable(editions(illustrative_store)[-1])
    shown = edition.rows(
        "SELECT c.indicator, c.agency, p.numerator, p.denominator FROM counted c JOIN points p USING (indicator, agency, period) "
        "WHERE p.breakdown = '' AND p.basis = 'quarter' AND p.status = '' ORDER BY 1"
    )
    planted = {
        one.entry: one.fields for one in entries_held(illustrative_store) if one.entry in plant("becomes_a_figure")["ids"]["evidence"]
    }
    counts = {entry_of("evidence", fields or {}).id: (fields or {})["counts"] for fields in planted.values()}
    assert len(counts) == 2
    names = ("indicator", "agency", "numerator", "denominator")
    assert {tuple(row[name] for name in names) for row in shown} == {tuple(one[name] for name in names) for one in counts.values()}


# ---- section 11 ----


def test_one_partner_scores_itself_high_one_never_returned_and_one_waits(learning: Learning, framework: Framework) -> None:
    planted, scores = STORY["section_11"], learning.self_assessments
    gaps: dict[str, list[int]] = {}
    for one in scores:
        if one.gap is not None:
            gaps.setdefault(one.agency, []).append(one.gap)
    means = {agency: sum(found) / len(found) for agency, found in gaps.items()}
    assert max(means, key=lambda agency: means[agency]) == planted["scores_itself_high"]
    assert means.pop(planted["scores_itself_high"]) > 1.2 > 0.6 > max(means.values()) and min(means.values()) >= 0
    assert planted["never_returned"] not in gaps and len(gaps) == 13
    waiting = {(one.agency, one.year) for one in scores if one.moderated_score is None}
    assert waiting == {(planted["not_moderated"], planted["not_moderated_in"])}
    rules = framework.learning.section_11 if framework.learning else None
    assert rules and {one.standard for one in scores} == {one.id for one in rules.standards}
    assert len(scores) == 13 * 3 * 9 and {one.moderated_score for one in scores} == {0, 1, 2, 3, None}


def test_the_scores_in_the_record_are_those_of_the_file(learning: Learning) -> None:
    with (FOLDER / "illustrative_section_11.csv").open(encoding="utf-8", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} == {one.id for one in learning.self_assessments}
