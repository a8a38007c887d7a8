"""Returned figures from ledger to edition, each worked by hand: agencies, parts, bases, populations, breaks, and what is not there."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invented import Given, cells, collected, give_return, item, only, returned_values, rows_of, submit, values

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.ledger import withdraw
from hscb_qa.publish import Edition, current_edition, publish_edition

PEOPLE = {"source": "ees", "measures": ["population_estimate"], "breakdown": {"age_group": "0 to 17"}, "year_lag": 1}
YEAR = ("2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4")
FILES = ("restricted", "shareable")


def publish(store: Path, framework: Framework, one: Indicator, **given: dict[str, Given]) -> Edition:
    """Give each agency's figures, each in the return of its own quarter, and publish. A half year or a year goes into its last quarter."""
    last = {"H1": "Q2", "H2": "Q4"}
    for agency, figures in given.items():
        for period, number in figures.items():
            quarter = period if " Q" in period else f"{period[:-2]}{last[period[-2:]]}" if " H" in period else _last_quarter(period)
            give_return(store, agency, quarter, item(one.id, period, number))
    return publish_edition(store, only(framework, one))


def _last_quarter(year: str) -> str:
    return f"{int(year) - 1}-{year[-2:]} Q4"


def point(
    edition: Edition, columns: str, basis: str = "quarter", agency: str = "", breakdown: str = "", file: str = "restricted"
) -> list[Any]:
    sql = f"SELECT {columns} FROM points WHERE basis = ? AND agency = ? AND breakdown = ? ORDER BY ends"
    return rows_of(getattr(edition, file), sql, [basis, agency, breakdown])


# ---- the board from its agencies ----


def test_the_board_divides_the_sum_of_counts_by_the_sum_of_bases(tmp_path: Path, framework: Framework) -> None:
    edition = publish(tmp_path, framework, collected(), police={YEAR[0]: (10, 100)}, housing={YEAR[0]: (60, 300)})
    # 70 of 400 is 17.5%; the mean of 10% and 20% would be 15.
    assert returned_values(edition) == {YEAR[0]: 17.5}
    assert returned_values(edition, agency="police") == {YEAR[0]: 10.0}
    assert returned_values(edition, agency="housing") == {YEAR[0]: 20.0}


@pytest.mark.parametrize(
    ("housing", "value", "provisional", "without"),
    [
        ((60, 300), 17.5, False, None),
        ("z", 10.0, False, None),  # not applicable: not part of the board's figure
        ("x", 10.0, True, "housing"),
        (None, 10.0, True, "housing"),  # no return at all
    ],
)
def test_a_percentage_is_pooled_over_those_who_are_there(
    tmp_path: Path, framework: Framework, housing: Given | None, value: float, provisional: bool, without: str | None
) -> None:
    given = {"police": {YEAR[0]: (10, 100)}, **({"housing": {YEAR[0]: housing}} if housing else {})}
    edition = publish(tmp_path, framework, collected(), **given)  # type: ignore[arg-type]
    assert point(edition, "value, provisional, without") == [(value, provisional, without)]


@pytest.mark.parametrize(("housing", "expected"), [(20, (30, None)), ("z", (10, None)), ("x", ("x", "housing")), (None, ("x", "housing"))])
def test_a_count_that_lacks_an_agency_is_not_available(
    tmp_path: Path, framework: Framework, housing: Given | None, expected: tuple[Any, Any]
) -> None:
    one = collected(unit="count", returned={"gives": "count"})
    given = {"police": {YEAR[0]: 10}, **({"housing": {YEAR[0]: housing}} if housing else {})}
    edition = publish(tmp_path, framework, one, **given)  # type: ignore[arg-type]
    [(value, status, without, provisional)] = point(edition, "value, status, without, provisional")
    assert (status if value is None else value, without) == expected
    assert not provisional


def test_what_applies_to_nobody_is_not_applicable(tmp_path: Path, framework: Framework) -> None:
    edition = publish(tmp_path, framework, collected(), police={YEAR[0]: "z"}, housing={YEAR[0]: "z"})
    assert point(edition, "value, status, without") == [(None, "z", None)]


def test_ready_figures_of_several_agencies_are_not_averaged(tmp_path: Path, framework: Framework) -> None:
    one = collected(unit="score", returned={"gives": "value"})
    edition = publish(tmp_path, framework, one, police={YEAR[0]: 12.5, YEAR[1]: 12.5}, housing={YEAR[0]: 14.5, YEAR[1]: "z"})
    assert returned_values(edition) == {YEAR[0]: "x", YEAR[1]: 12.5}
    assert "cannot be averaged" in point(edition, "correction")[0][0]


def test_an_agency_that_ended_is_not_missed_and_one_that_began_is_not_missed_before(tmp_path: Path, framework: Framework) -> None:
    """The clinical commissioning group ended on 30 June 2022, the integrated care board began the day after."""
    both = ["clinical_commissioning_group", "integrated_care_board"]
    one = collected(unit="count", returned={"gives": "count", "agencies": both})
    before, after = {"2022-23 Q1": 10}, {"2022-23 Q2": 20}
    edition = publish(tmp_path, framework, one, clinical_commissioning_group=before, integrated_care_board=after)
    assert returned_values(edition) == {"2022-23 Q1": 10, "2022-23 Q2": 20}
    assert returned_values(edition, basis="ytd") == {"2022-23 Q1": 10, "2022-23 Q2": 30}
    assert returned_values(edition, agency="integrated_care_board", basis="ytd") == {}  # its first quarter is missing


# ---- which return counts ----


def test_a_later_return_gives_an_earlier_quarter_anew(tmp_path: Path, framework: Framework) -> None:
    one = collected(returned={"agencies": ["police"]})
    give_return(tmp_path, "police", YEAR[0], item("kept", YEAR[0], (10, 100)))
    give_return(tmp_path, "police", YEAR[1], item("kept", YEAR[1], (20, 100)), item("kept", YEAR[0], (30, 100)))
    edition = publish_edition(tmp_path, only(framework, one))
    assert point(edition, "period, value, revised") == [(YEAR[0], 30.0, True), (YEAR[1], 20.0, False)]
    assert returned_values(edition, basis="ytd") == {YEAR[0]: 30.0, YEAR[1]: 25.0}  # 50 of 200


def test_the_same_figure_given_again_is_not_revised(tmp_path: Path, framework: Framework) -> None:
    for _ in range(2):
        give_return(tmp_path, "police", YEAR[0], item("kept", YEAR[0], (10, 100)))
    edition = publish_edition(tmp_path, only(framework, collected(returned={"agencies": ["police"]})))
    assert point(edition, "value, revised") == [(10.0, False)]
    assert rows_of(edition.shareable, "SELECT revision, in_force FROM returns ORDER BY 1") == [(1, False), (2, True)]


def test_a_withdrawn_return_brings_back_the_one_before_it(tmp_path: Path, framework: Framework) -> None:
    one = only(framework, collected(returned={"agencies": ["police"]}))
    give_return(tmp_path, "police", YEAR[0], item("kept", YEAR[0], (10, 100)))
    second = give_return(tmp_path, "police", YEAR[0], item("kept", YEAR[0], (30, 100)))
    earlier = publish_edition(tmp_path, one)
    withdraw(tmp_path, second, "a test", "It counted 3 children twice.")
    edition = publish_edition(tmp_path, one)
    assert (returned_values(earlier), returned_values(edition)) == ({YEAR[0]: 30.0}, {YEAR[0]: 10.0})
    sql = "SELECT submission, in_force, withdrawn_by, withdrawn_reason FROM returns ORDER BY 1"
    assert rows_of(edition.restricted, sql)[1] == (second, False, "a test", "It counted 3 children twice.")
    assert rows_of(edition.shareable, sql)[1] == (second, False, "a test", None)  # free text is not shared


def test_the_hash_of_a_return_is_not_shared(tmp_path: Path, framework: Framework) -> None:
    """Whoever knows all of a file but one small number could try them all against it."""
    give_return(tmp_path, "police", YEAR[0], item("kept", YEAR[0], (10, 100)))
    edition = publish_edition(tmp_path, only(framework, collected(returned={"agencies": ["police"]})))
    assert [len(sha256) for (sha256,) in rows_of(edition.restricted, "SELECT sha256 FROM submissions WHERE source = 'returns'")] == [64]
    assert rows_of(edition.shareable, "SELECT sha256 FROM submissions WHERE source = 'returns'") == [(None,)]


def test_a_return_withdrawn_with_nothing_before_it_leaves_nothing(tmp_path: Path, framework: Framework) -> None:
    only_one = give_return(tmp_path, "police", YEAR[0], item("kept", YEAR[0], (10, 100)))
    withdraw(tmp_path, only_one, "a test", "It was another agency's.")
    edition = publish_edition(tmp_path, only(framework, collected()))
    assert rows_of(edition.restricted, "SELECT COUNT(*) FROM points") == [(0,)]


def test_what_an_agency_does_not_owe_is_left_out(tmp_path: Path, framework: Framework) -> None:
    edition = publish(tmp_path, framework, collected(), police={YEAR[0]: (10, 100)}, education={YEAR[0]: (90, 100)})
    assert returned_values(edition) == {YEAR[0]: 10.0} and returned_values(edition, agency="education") == {}


# ---- bases ----


def test_a_flow_adds_up_and_a_year_needs_its_four_quarters(tmp_path: Path, framework: Framework) -> None:
    one = collected(unit="count", returned={"gives": "count", "agencies": ["police"]})
    edition = publish(tmp_path, framework, one, police={**dict(zip(YEAR, (10, 20, 30, 40), strict=True)), "2026-27 Q1": 50})
    assert returned_values(edition, basis="ytd") == {YEAR[0]: 10, YEAR[1]: 30, YEAR[2]: 60, YEAR[3]: 100, "2026-27 Q1": 50}
    assert returned_values(edition, basis="rolling12") == {YEAR[3]: 100, "2026-27 Q1": 140}
    assert returned_values(edition, basis="year") == {"2026": 100}


def test_a_missing_quarter_leaves_no_sum_that_needs_it(tmp_path: Path, framework: Framework) -> None:
    one = collected(unit="count", returned={"gives": "count", "agencies": ["police"]})
    edition = publish(tmp_path, framework, one, police={YEAR[0]: 10, YEAR[1]: "x", YEAR[3]: 40})
    assert returned_values(edition, basis="ytd") == {YEAR[0]: 10, YEAR[1]: "x"}
    assert returned_values(edition, basis="rolling12") == returned_values(edition, basis="year") == {}


def test_the_years_figure_of_a_snapshot_is_that_of_its_last_quarter(tmp_path: Path, framework: Framework) -> None:
    one = collected(returned={"counting": "snapshot", "agencies": ["police"]})
    edition = publish(tmp_path, framework, one, police={YEAR[2]: (10, 100), YEAR[3]: (20, 100)})
    assert returned_values(edition, basis="year") == {"2026": 20.0}
    assert returned_values(edition, basis="ytd") == returned_values(edition, basis="rolling12") == {}
    assert point(edition, "starts, ends") == [(date(2025, 12, 31),) * 2, (date(2026, 3, 31),) * 2]


def test_two_halves_make_a_year(tmp_path: Path, framework: Framework) -> None:
    one = collected(unit="count", returned={"gives": "count", "every": "half_year", "agencies": ["police"]})
    edition = publish(tmp_path, framework, one, police={"2025-26 H1": 30, "2025-26 H2": 12})
    assert returned_values(edition, basis="half_year") == {"2025-26 H1": 30, "2025-26 H2": 12}
    assert returned_values(edition, basis="year") == {"2026": 42}
    assert returned_values(edition, basis="ytd") == {}


def test_a_yearly_figure_is_the_years(tmp_path: Path, framework: Framework) -> None:
    one = collected(returned={"every": "year", "due_in": "Q4", "agencies": ["police"]})
    assert returned_values(publish(tmp_path, framework, one, police={"2026": (12, 80)}), basis="year") == {"2026": 15.0}


# ---- rates of a population ----


def rate(store: Path, framework: Framework, count: dict[str, Given], people: dict[str, float], **returned: Any) -> Edition:
    one = collected(unit="per_10000", returned={"gives": "count", "agencies": ["police"], "population": PEOPLE, **returned})
    submit(store, cells("population_estimate", people, breakdown="age_group=0 to 17"))
    return publish(store, framework, one, police=count)


def test_a_rate_of_less_than_a_year_is_written_as_a_years(tmp_path: Path, framework: Framework) -> None:
    edition = rate(tmp_path, framework, dict(zip(YEAR, (10, 20, 30, 40), strict=True)), {"2025": 50_000, "2026": 60_000})
    # The year ending March 2026 takes the estimate of 2025, 50,000. Q1: 10 x 4 is 8 in 10,000; Q1 and Q2: 30 x 2 is 12; the year: 20.
    assert returned_values(edition) == {YEAR[0]: 8.0, YEAR[1]: 16.0, YEAR[2]: 24.0, YEAR[3]: 32.0}
    assert returned_values(edition, basis="ytd") == pytest.approx({YEAR[0]: 8.0, YEAR[1]: 12.0, YEAR[2]: 16.0, YEAR[3]: 20.0})
    assert returned_values(edition, basis="rolling12") == {YEAR[3]: 20.0}
    assert returned_values(edition, basis="year") == {"2026": 20.0}
    assert point(edition, "numerator, denominator, population_year")[0] == (10, 50_000, None)


def test_a_rates_interval_is_a_years_as_well(tmp_path: Path, framework: Framework) -> None:
    edition = rate(tmp_path, framework, {YEAR[0]: 100}, {"2025": 50_000})
    # Byar for 100: 81.36 to 121.63 a quarter; times four for each 5 tens of thousands: 65.09 to 97.30.
    assert point(edition, "value, ROUND(lower, 2), ROUND(upper, 2)") == [(80.0, 65.09, 97.3)]


def test_a_rate_on_a_day_is_not_annualised(tmp_path: Path, framework: Framework) -> None:
    edition = rate(tmp_path, framework, {YEAR[2]: 100}, {"2025": 50_000}, counting="snapshot")
    assert returned_values(edition) == {YEAR[2]: 20.0}


def test_a_population_that_does_not_reach_the_year_is_the_latest_and_says_so(tmp_path: Path, framework: Framework) -> None:
    edition = rate(tmp_path, framework, {"2023-24 Q1": 10, YEAR[0]: 10}, {"2023": 40_000})
    # 2023-24 ends in 2024 and asks for the estimate of 2023; 2025-26 for that of 2025, which is not there. 10 x 4 / 4 either way.
    assert point(edition, "period, value, population_year") == [("2023-24 Q1", 10.0, None), (YEAR[0], 10.0, 2023)]


def test_the_first_year_of_a_population_does_not_stand_for_one_before_it(tmp_path: Path, framework: Framework) -> None:
    assert returned_values(rate(tmp_path, framework, {YEAR[0]: 10}, {"2026": 50_000})) == {YEAR[0]: "x"}


def test_the_parts_of_a_rate_are_counts(tmp_path: Path, framework: Framework) -> None:
    asked = {"gives": "count", "agencies": ["police"], "population": PEOPLE, "breakdowns": ["sex"]}
    submit(tmp_path, cells("population_estimate", {"2025": 50_000}, breakdown="age_group=0 to 17"))
    rows = [item("kept", YEAR[0], 30), item("kept", YEAR[0], 20, "sex=female"), item("kept", YEAR[0], 10, "sex=male")]
    give_return(tmp_path, "police", YEAR[0], *rows)
    edition = publish_edition(tmp_path, only(framework, collected(unit="per_10000", returned=asked)))
    assert returned_values(edition) == {YEAR[0]: 24.0}  # 30 x 4 / 5
    assert point(edition, "value, denominator", breakdown="sex=female") == [(20.0, None)]


# ---- beside a published figure ----


def test_the_year_is_the_published_one_and_the_returns_are_held_against_it(tmp_path: Path, framework: Framework) -> None:
    published = {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}}
    one = collected(published=published, returned={"agencies": ["police"]})
    submit(tmp_path, cells("some", {"2026": 60}), cells("all", {"2026": 400}))
    edition = publish(tmp_path, framework, one, police=dict.fromkeys(YEAR, (20, 100)))
    assert values(edition, "kept") == {"2026": 15.0}
    assert returned_values(edition, agency="police", basis="year") == {"2026": 20.0}
    sql = "SELECT period, value, other_value, other_source FROM queries"
    assert rows_of(edition.shareable, sql) == [("2026", 15.0, 20.0, "returns")]
    assert returned_values(edition) == dict.fromkeys(YEAR, 20.0)


def test_a_published_value_without_counts_is_not_asked_about(tmp_path: Path, framework: Framework) -> None:
    one = collected(published={"source": "lait", "value": {"measures": ["Share"]}}, interval="none", returned={"agencies": ["police"]})
    submit(tmp_path, cells("Share", {"2026": 15.0}), source="lait")
    edition = publish(tmp_path, framework, one, police=dict.fromkeys(YEAR, (20, 100)))
    assert values(edition, "kept") == {"2026": 15.0}
    assert rows_of(edition.shareable, "SELECT COUNT(*) FROM queries") == [(0,)]


def test_no_year_is_made_of_quarters_that_end_on_other_days(tmp_path: Path, framework: Framework) -> None:
    published = {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}}
    one = collected(published=published, period_type="academic_year", returned={"agencies": ["police"]})
    edition = publish(tmp_path, framework, one, police=dict.fromkeys(YEAR, (20, 100)))
    assert returned_values(edition, basis="year") == returned_values(edition, agency="police", basis="year") == {}


# ---- breaks ----


@pytest.mark.parametrize(
    ("on", "quarters", "to_date"),
    [
        ("2025-10-01", {YEAR[1]: "", YEAR[2]: "b", YEAR[3]: ""}, {YEAR[1]: 30, YEAR[2]: "b", YEAR[3]: "b"}),
        ("2025-11-15", {YEAR[1]: "", YEAR[2]: "b", YEAR[3]: "b"}, {YEAR[1]: 30, YEAR[2]: "b", YEAR[3]: "b"}),  # Q3 is of both
        ("2025-04-01", {YEAR[1]: "", YEAR[2]: "", YEAR[3]: ""}, {YEAR[1]: 30, YEAR[2]: 60, YEAR[3]: 100}),  # as the year begins
    ],
)
def test_nothing_is_compared_or_added_up_across_a_break(
    tmp_path: Path, framework: Framework, on: str, quarters: dict[str, str], to_date: dict[str, Any]
) -> None:
    breaks = [{"on": on, "what_changed": "More is counted.", "source": "A test."}]
    one = collected(unit="count", returned={"gives": "count", "agencies": ["police"]}, breaks=breaks)
    edition = publish(tmp_path, framework, one, police=dict(zip(YEAR, (10, 20, 30, 40), strict=True)))
    sql = "SELECT period, previous_status, test = 'nothing before' FROM changes WHERE agency = '' AND basis = 'quarter' ORDER BY period"
    assert rows_of(edition.shareable, sql) == [(period, status, status == "b") for period, status in quarters.items()]
    assert returned_values(edition, basis="ytd") == {YEAR[0]: 10, **to_date}
    assert returned_values(edition, basis="year") == {"2026": to_date[YEAR[3]]}


# ---- the gate ----


def gated(store: Path, framework: Framework, *rows: dict[str, Any], **changes: Any) -> Edition:
    asked = {"agencies": ["police"], "breakdowns": ["sex"]}
    give_return(store, "police", YEAR[0], *rows)
    return publish_edition(store, only(framework, collected(returned=asked, **changes)))


@pytest.mark.parametrize(
    ("given", "shared"),
    [
        ((1, 100), "c"),
        ((5, 100), "c"),
        ((6, 100), 6.0),
        ((0, 100), 0.0),  # none is not a small number
        ((0, 9), "c"),  # a percentage of fewer than ten
        ((0, 10), 0.0),
        ((0, 0), "x"),  # nothing to give a share of
        ((97, 100), "c"),  # three of a hundred are not among them
        ((100, 100), 100.0),
    ],
)
def test_a_small_count_or_base_is_hidden_in_what_is_shared(tmp_path: Path, framework: Framework, given: Given, shared: Any) -> None:
    edition = gated(tmp_path, framework, item("kept", YEAR[0], given))
    for basis in ("quarter", "ytd"):
        for agency in ("", "police"):
            assert returned_values(edition, agency=agency, basis=basis, file="shareable") == {YEAR[0]: shared}
    assert returned_values(edition) != {YEAR[0]: "c"}


def test_what_does_not_count_people_is_not_hidden(tmp_path: Path, framework: Framework) -> None:
    edition = gated(tmp_path, framework, item("kept", YEAR[0], (1, 8)), counts_people=False)
    assert returned_values(edition, file="shareable") == {YEAR[0]: 12.5}


def test_one_small_part_hides_one_other_and_the_whole_stays(tmp_path: Path, framework: Framework) -> None:
    parts = {"sex=female": (30, 100), "sex=male": (3, 100), "sex=not_known": (0, 100)}
    rows = [item("kept", YEAR[0], (33, 300)), *(item("kept", YEAR[0], given, part) for part, given in parts.items())]
    edition = gated(tmp_path, framework, *rows)
    assert returned_values(edition, file="shareable") == {YEAR[0]: 11.0}
    hidden = [part for part in parts if returned_values(edition, breakdown=part, file="shareable") == {YEAR[0]: "c"}]
    assert len(hidden) == 2 and "sex=male" in hidden


def test_a_part_that_was_not_given_is_not_what_is_left_of_the_whole(tmp_path: Path, framework: Framework) -> None:
    """33 - 30 - 0 would tell the male part, which is small."""
    parts: dict[str, Given] = {"sex=female": (30, 100), "sex=male": "x", "sex=not_known": (0, 100)}
    rows = [item("kept", YEAR[0], (33, 300)), *(item("kept", YEAR[0], given, part) for part, given in parts.items())]
    edition = gated(tmp_path, framework, *rows)
    shown = [returned_values(edition, breakdown=part, file="shareable")[YEAR[0]] for part in ("", "sex=female", "sex=not_known")]
    assert "c" in shown and returned_values(edition, breakdown="sex=male", file="shareable") == {YEAR[0]: "x"}


def test_a_small_quarter_hides_another_of_a_year_that_will_be_published(tmp_path: Path, framework: Framework) -> None:
    """The year, once it is published, less three shown quarters would be the fourth; the quarter of the next year stays."""
    published = {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}}
    figures = {period: (3, 100) if number == 1 else (10, 100) for number, period in enumerate((*YEAR, "2026-27 Q1"))}
    edition = publish(tmp_path, framework, collected(published=published), police=figures)
    shared = returned_values(edition, agency="police", file="shareable")
    hidden = [period for period, value in shared.items() if value == "c"]
    assert len(hidden) == 2 and YEAR[1] in hidden and "2026-27 Q1" not in hidden


def test_a_hidden_agency_hides_another_and_the_board_stays(tmp_path: Path, framework: Framework) -> None:
    edition = publish(tmp_path, framework, collected(), police={YEAR[0]: (10, 100)}, housing={YEAR[0]: (3, 100)})
    assert returned_values(edition, file="shareable") == {YEAR[0]: 6.5}
    assert returned_values(edition, agency="police", file="shareable") == {YEAR[0]: "c"}
    assert returned_values(edition, agency="housing", file="shareable") == {YEAR[0]: "c"}
    assert returned_values(edition, agency="police") == {YEAR[0]: 10.0}


def test_no_note_of_an_agency_is_shared(tmp_path: Path, framework: Framework) -> None:
    note = "The two girls of one family"
    give_return(tmp_path, "police", YEAR[0], item("kept", YEAR[0], (10, 100), note=note))
    publish_edition(tmp_path, only(framework, collected()))
    assert note.encode() not in current_edition(tmp_path).shareable.read_bytes()
