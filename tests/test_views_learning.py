"""What pages read of the Board's entries, in editions made by hand: questions over editions, evidence, voices, narratives."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from entered import SOUND, fields
from given_learning import TODAY, evidence, finding, learnt, voice

from hscb_qa.definitions import Area, Framework
from hscb_qa.learning import Fact, Judgement
from hscb_qa.publish import Edition
from hscb_qa.views import (
    ApprovedVoice,
    LearningView,
    OpenEdition,
    area_evidence,
    heard,
    heard_by_area,
    questions_view,
    themes_of,
    voices_in,
)
from hscb_qa.views.learning import Approval

Tables = Mapping[str, tuple[str, Sequence[tuple[Any, ...]]]]
FACTS = "question VARCHAR, fact VARCHAR, number INTEGER, total INTEGER, missing VARCHAR[]"
WATCHED = "geography VARCHAR, indicator VARCHAR, agency VARCHAR, breakdown VARCHAR, judgement VARCHAR"


def edition(
    folder: Path, framework: Framework, name: str = "2026-07-01-100000", /, **tables: tuple[str, Sequence[tuple[Any, ...]]]
) -> Edition:
    """An edition with the definitions and these tables, each as its columns and its rows."""
    made = Edition(name, f"Meeting {name[:10]}", f"{name[:10]}T10:00:00Z", True, folder / name)
    made.folder.mkdir()
    with duckdb.connect(str(made.shareable)) as connection:
        connection.execute("CREATE TABLE framework AS SELECT ? AS document", [framework.model_dump_json()])
        for table, (columns, rows) in tables.items():
            connection.execute(f"CREATE TABLE {table} ({columns})")
            for row in rows:
                connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    return made


def view(*entries: Any, framework: Framework | None = None, **facts: Any) -> LearningView:
    given = {"effects": {}, "waiting": {}, "approvals": {}, **facts}
    return LearningView(learnt(*entries), framework.learning if framework else None, TODAY, **given)


def area(framework: Framework, area_id: str = "neglect") -> Area:
    found = framework.plan_years[-1].area(area_id)
    assert found is not None
    return found


# ---- key questions ----


def counted(*facts: tuple[str, str, int, int | None]) -> tuple[str, list[tuple[Any, ...]]]:
    return FACTS, [(*one, ["neglect"]) for one in facts]


def test_a_fact_stands_beside_what_earlier_editions_counted_oldest_first(tmp_path: Path, framework: Framework) -> None:
    smart, late = ("smart", "recommendations_smart"), ("timely", "overdue")
    first = edition(tmp_path, framework, "2026-01-01-100000", question_facts=counted((*smart, 1, 4)))
    second = edition(tmp_path, framework, "2026-04-01-100000", question_facts=counted((*smart, 2, 4), (*late, 3, None)))
    now = edition(tmp_path, framework, question_facts=counted((*smart, 4, 4), (*late, 0, None)))
    judged = [Judgement.model_validate(fields("judgement", id=f"j{year}", on=f"{year}-01-01")) for year in (2024, 2026, 2025)]
    answered = questions_view(OpenEdition.shareable(now), view(*judged, framework=framework), [first, second])
    assert [one.question.id for one in answered] == [one.id for one in framework.learning.questions]  # type: ignore[union-attr]
    of = {one.question.id: one for one in answered}
    [(fact, then)] = of["smart"].facts
    assert fact == Fact("smart", "recommendations_smart", 4, 4, ("neglect",))
    assert [(one.label, one.published_on, one.number, one.of) for one in then] == [
        ("Meeting 2026-01-01", date(2026, 1, 1), 1, 4), ("Meeting 2026-04-01", date(2026, 4, 1), 2, 4),
    ]  # fmt: skip
    [(_, then)] = of["timely"].facts
    assert [(one.number, one.of) for one in then] == [(3, None)]
    assert [one.on.year for one in of["smart"].judgements] == [2026, 2025, 2024] and of["balance"].facts == ()


def test_editions_made_before_facts_were_counted_are_passed_over(tmp_path: Path, framework: Framework) -> None:
    before = edition(tmp_path, framework, "2026-01-01-100000")
    now = edition(tmp_path, framework, question_facts=counted(("timely", "overdue", 1, None)))
    answered = questions_view(OpenEdition.shareable(now), view(framework=framework), [before])
    assert [then for one in answered for _, then in one.facts] == [()]
    assert all(one.facts == () for one in questions_view(OpenEdition.shareable(before), view(framework=framework), []))
    assert questions_view(OpenEdition.shareable(before), view(), []) == (), "an edition of before there were rules has no questions"


# ---- evidence beside figures ----


def signals(*rows: tuple[str, str, str, str]) -> dict[str, Any]:
    return {
        "board": ("geography VARCHAR", [("here",)]),
        "watched": (WATCHED, [(place, one, agency, "", judged) for place, one, agency, judged in rows]),
    }


def test_an_area_lays_sources_and_signals_side_by_side(tmp_path: Path, framework: Framework) -> None:
    own, other = area(framework).indicators[:2]
    tables = signals(
        ("here", own, "", "concern"), ("here", own, "police", "improvement"), ("here", other, "police", "improvement"),
        ("elsewhere", other, "", "concern"), ("here", other, "housing", ""), ("here", "not_of_this_area", "probation", "concern"),
    )  # fmt: skip
    opened = OpenEdition.shareable(edition(tmp_path, framework, **tables))
    measured = framework.indicator(own).measure_type
    good = evidence("good", "2026-05-01", agencies=["education"], indicators=[own], says={measured: "better"})
    laid = area_evidence(opened, view(good, evidence("else", "2026-05-01", areas=["training"])), area(framework))
    assert laid.figures == {"": {"concern": 1}, "police": {"improvement": 2}}
    assert list(laid.cells) == [("education", "case_records")]
    in_order = [one for one in framework.agencies if one in ("education", "police")]
    assert list(laid.agencies) == in_order, "housing has no signal, probation none of this area"
    [apart] = laid.disagreements
    assert (apart.evidence.id, apart.indicator, apart.says, apart.other_says) == ("good", own, "better", "worse")


def test_an_area_of_which_nothing_is_known_is_empty(tmp_path: Path, framework: Framework) -> None:
    laid = area_evidence(OpenEdition.shareable(edition(tmp_path, framework, **signals())), view(), area(framework))
    assert (laid.agencies, laid.cells, laid.figures, laid.disagreements) == ((), {}, {}, ())


def test_themes_are_those_of_the_whole_record() -> None:
    found = [finding("a", "e"), finding("b", "e", areas=["training"]), finding("c", "e", themes=["alone"])]
    assert [(one.id, len(one.findings)) for one in themes_of(view(evidence("e", "2026-05-01"), *found))] == [("tool", 2)]


# ---- voices ----


def test_who_was_heard_by_area_in_returns_and_in_evidence(tmp_path: Path, framework: Framework, monkeypatch: pytest.MonkeyPatch) -> None:
    returned = ApprovedVoice("children", "Police", "survey", None, date(2026, 2, 3), "We wait.", None, "Chair", date(2026, 3, 1))
    monkeypatch.setattr(heard, "voices_about", lambda _, area: (returned,) if area in ("neglect", "training") else ())
    said = [voice("v", "2026-05-01", "children", "Better."), voice("p", "2025-05-01", "parents and carers", "Better.")]
    waits = voice("w", "2026-06-01", "frontline staff", "Worse.")
    approved = {("evidence", one.id): Approval("Chair", date(2026, 6, 2)) for one in said}
    year = framework.plan_years[-1]
    opened = OpenEdition.shareable(edition(tmp_path, framework))
    found = heard_by_area(opened, view(*said, waits, approvals=approved), year)
    assert list(found) == [one.id for one in year.areas]
    nobody = {"children": None, "parents and carers": None, "frontline staff": None}
    assert found["neglect"] == {**nobody, "children": date(2026, 5, 1), "parents and carers": date(2025, 5, 1)}
    assert found["training"] == {**nobody, "children": date(2026, 2, 3)} and found["mental_health"] == nobody


def test_voices_of_approved_evidence_are_shown_as_those_of_returns_are(framework: Framework) -> None:
    heard = voice("heard", "2026-05-01", "children", "They felt heard.").model_copy(update={"story": "One was asked twice.", "asked": 12})
    both = voice("both", "2026-06-01", "children", "They wait.").model_copy(update={"speakers": ("children", "parents and carers")})
    approved = {("evidence", one): Approval("Chair", date(2026, 6, 2)) for one in ("heard", "both", "audit", "elsewhere")}
    elsewhere = voice("elsewhere", "2026-05-01", "children", "Elsewhere.").model_copy(update={"areas": ("training",)})
    waits, audit = voice("waits", "2026-05-01", "children", "Nobody approved this."), evidence("audit", "2026-05-01")
    told = voices_in(view(heard, both, elsewhere, waits, audit, approvals=approved), framework, "neglect")
    assert [(one.who, one.message) for one in told] == [
        ("children", "They wait."), ("parents and carers", "They wait."), ("children", "They felt heard.\nOne was asked twice."),
    ]  # fmt: skip
    last = told[-1]
    assert (last.agency, last.method, last.asked, last.spoken_on, last.role, last.approved_on, last.changed) == (
        framework.agencies["police"].short_name, "survey", 12, date(2026, 5, 1), "Chair", date(2026, 6, 2), None,
    )  # fmt: skip


# ---- narratives ----


def written(entry: str, **changes: Any) -> tuple[str, str]:
    given = {"kind": "analysis", "indicator": "kept", "agency": "police", "id": entry, **changes}
    return "analysis", json.dumps(fields("analysis", **given))


NOTES = ("indicator VARCHAR, agency VARCHAR, ends DATE", [("kept", "police", date(2025, 6, 30)), ("kept", "housing", date(2025, 6, 30))])


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        ({"on": "2025-09-01"}, date(2025, 9, 1)),
        ({"on": "2025-01-01"}, date(2025, 6, 30)),
        ({"on": "2025-09-01", "kind": "answer", "answers": "why_late"}, date(2025, 9, 1)),
        ({"on": "2025-09-01", "kind": "challenge"}, date(2025, 6, 30)),
        ({"on": "2025-09-01", "kind": "action"}, date(2025, 6, 30)),
        ({"on": "2025-09-01", "indicator": None}, date(2025, 6, 30)),
    ],
)
def test_an_agencys_analysis_or_answer_is_a_narrative_of_its_day(
    tmp_path: Path, framework: Framework, changes: dict[str, Any], last: date
) -> None:
    entries = ("kind VARCHAR, content VARCHAR", [written("one", **changes), ("finding", json.dumps(SOUND["finding"]))])
    opened = OpenEdition.shareable(edition(tmp_path, framework, narratives=NOTES, entries=entries))
    assert opened.narratives == {"kept": {"police": last, "housing": date(2025, 6, 30)}}


def test_an_analysis_without_an_agency_is_no_agencys_narrative(tmp_path: Path, framework: Framework) -> None:
    entries = ("kind VARCHAR, content VARCHAR", [written("one", on="2025-09-01", agency=None)])
    opened = OpenEdition.shareable(edition(tmp_path, framework, narratives=NOTES, entries=entries))
    assert opened.narratives == {"kept": {"police": date(2025, 6, 30), "housing": date(2025, 6, 30), "": date(2025, 9, 1)}}


def test_an_edition_of_before_there_were_entries_has_the_narratives_of_returns(tmp_path: Path, framework: Framework) -> None:
    opened = OpenEdition.shareable(edition(tmp_path, framework, narratives=NOTES))
    assert opened.narratives["kept"]["police"] == date(2025, 6, 30)
