"""Evidence side by side: what each source says of each agency, where two disagree, and what recurs."""

from datetime import date
from typing import Any

from given_learning import evidence as evidence_of
from given_learning import finding as finding_of
from given_learning import learnt as learning

from hscb_qa.learning import Evidence, Finding, disagreements, grid_of, recurring_themes

TODAY = date(2026, 11, 23)


def evidence(entry_id: str = "one", on: date = date(2026, 6, 10), **fields: Any) -> Evidence:
    return evidence_of(entry_id, str(on), **{"says": {"quality": "better"}, **fields})


def heard(entry_id: str, **fields: Any) -> Evidence:
    return evidence(entry_id, **{"source": "children_parents_carers", "method": "survey", "speakers": ["children"], **fields})


def finding(entry_id: str, **fields: Any) -> Finding:
    return finding_of(entry_id, "one", **fields)


def found(*entries: Any, figures: Any = None, months: int = 18) -> list[tuple[str, str | None, str]]:
    told = disagreements(learning(*entries), "neglect", figures or {}, TODAY, months)
    return [(one.evidence.id, one.other.id if one.other else one.indicator, one.measure_type) for one in told]


def test_a_cell_holds_the_newest_word_on_each_measure_type() -> None:
    old = evidence("old", on=date(2025, 1, 1), says={"quality": "worse", "outcome": "worse"})
    new = evidence("new", says={"quality": "better"})
    [cell] = grid_of(learning(old, new), "neglect").values()
    assert (cell.said, cell.on, [one.id for one in cell.evidence]) == ("mixed", date(2026, 6, 10), ["new", "old"])
    [alone] = grid_of(learning(new), "neglect").values()
    assert alone.said == "better"


def test_an_agency_of_which_a_source_says_nothing_is_not_in_the_grid() -> None:
    grid = grid_of(learning(evidence(agencies=["police", "housing"]), evidence("else", areas=["training"])), "neglect")
    assert sorted(grid) == [("housing", "case_records"), ("police", "case_records")]


def test_two_sources_that_say_the_opposite_of_the_same_disagree() -> None:
    pairs = found(evidence("audit"), heard("survey", says={"quality": "worse"}))
    assert [(set(one[:2]), one[2]) for one in pairs] == [({"audit", "survey"}, "quality")]


def test_what_is_not_about_the_same_is_not_compared() -> None:
    assert found(evidence("audit"), heard("survey", says={"outcome": "worse"})) == []
    assert found(evidence("audit"), heard("survey", says={"quality": "mixed"})) == []
    assert found(evidence("audit"), heard("survey", says={"quality": "worse"}, areas=["training"])) == []


def test_what_is_older_than_the_months_given_is_no_disagreement_of_today() -> None:
    early = heard("survey", says={"quality": "worse"}, on=date(2025, 5, 22))  # 18 months before the day are 23 May 2025
    assert found(evidence("audit"), early) == []
    assert len(found(evidence("audit"), heard("survey", says={"quality": "worse"}, on=date(2025, 5, 23)))) == 1


def test_a_source_that_changed_its_mind_does_not_disagree_with_itself() -> None:
    assert found(evidence("new"), evidence("old", on=date(2026, 1, 1), says={"quality": "worse"})) == []


def test_a_later_word_on_more_measure_types_supersedes_and_the_order_of_agencies_does_not_matter() -> None:
    old = evidence("old", on=date(2026, 1, 1), says={"quality": "worse"}, agencies=["police", "housing"])
    new = evidence("new", says={"quality": "better", "outcome": "better"}, agencies=["housing", "police"])
    assert found(old, new, heard("survey")) == []


def test_evidence_disagrees_with_a_figure_it_names_of_the_same_measure_type() -> None:
    naming = evidence("audit", indicators=["plans"])
    assert found(naming, figures={("", "plans"): ("quality", "concern")}) == [("audit", "plans", "quality")]
    assert found(naming, figures={("", "plans"): ("quality", "improvement")}) == []
    assert found(naming, figures={("", "plans"): ("outcome", "concern")}) == []
    assert found(naming, figures={("", "plans"): ("quality", "neutral")}) == []
    assert found(evidence("audit"), figures={("", "plans"): ("quality", "concern")}) == []


def test_evidence_is_held_against_the_figures_of_the_agencies_it_is_about_alone() -> None:
    naming = evidence("audit", indicators=["plans"])
    own = disagreements(learning(naming), "neglect", {("police", "plans"): ("quality", "concern")}, TODAY, 18)
    assert [(one.agency, one.indicator, one.other_says) for one in own] == [("police", "plans", "worse")]
    assert found(naming, figures={("housing", "plans"): ("quality", "concern")}) == []


def test_an_agencys_figure_that_says_what_the_boards_says_is_no_second_question() -> None:
    naming = evidence("audit", indicators=["plans", "visits"])
    figures = {
        ("", "plans"): ("quality", "concern"),
        ("police", "plans"): ("quality", "concern"),
        ("police", "visits"): ("quality", "concern"),
    }
    apart = disagreements(learning(naming), "neglect", figures, TODAY, 18)  # type: ignore[arg-type]
    assert [(one.agency, one.indicator) for one in apart] == [("", "plans"), ("police", "visits")]
    alone = disagreements(learning(naming), "neglect", {**figures, ("", "plans"): ("quality", "improvement")}, TODAY, 18)  # type: ignore[arg-type, dict-item]
    assert [(one.agency, one.indicator) for one in alone] == [("police", "plans"), ("police", "visits")]


def test_a_theme_of_evidence_recurs_without_a_finding_and_is_not_counted_twice_with_one() -> None:
    here, there = evidence("one", themes=["late_reports"]), evidence("two", themes=["late_reports"], areas=["training"])
    [theme] = recurring_themes(learning(here, there))
    assert (theme.times, [one.id for one in theme.evidence], theme.findings) == (2, ["two", "one"], ())
    [theme] = recurring_themes(learning(here, there, finding("found", themes=["late_reports"])))
    assert (theme.times, [one.id for one in theme.evidence]) == (2, ["two"])


def test_themes_recur_over_areas_or_agencies_and_not_in_one_place_alone() -> None:
    here, there = finding("here", themes=["late_reports"]), finding("there", themes=["late_reports"], areas=["training"])
    again = finding("again", themes=["chronology"])
    twice = finding("twice", themes=["chronology"])
    [theme] = recurring_themes(learning(evidence(), here, there, again, twice))
    assert (theme.id, theme.areas, len(theme.findings)) == ("late_reports", theme.areas, 2) and set(theme.areas) == {"neglect", "training"}
