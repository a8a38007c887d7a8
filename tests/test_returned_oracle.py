"""Every returned figure of random ledgers against a slow, obvious oracle, and the comparison itself against planted faults.

A ledger holds seventeen indicators of every kind, four agencies of whom one ended and one began, eighteen quarters, revisions,
withdrawals, restatements, and figures that are not available, not applicable, small or missing.
"""

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from invented import HARROW, Given, cells, collected, give_returns, item, only, rows_of, submit
from plain_returns import Key, ReturnedOracle, Told

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.ledger import withdraw
from hscb_qa.obligations import Item, items_owed
from hscb_qa.periods import Period, periods_between
from hscb_qa.publish import Edition, findings, publish_edition

SEEDS = (1, 2, 3, 4)
TABLES = {
    "board", "breaks", "changed_since", "changes", "chart_rules", "charts", "comparator_places", "comparators", "corrections",
    "counted", "disclosure_rule", "earlier_edition", "edition_of", "entries", "entries_waiting", "exception_rules", "exceptions",
    "figures", "framework", "funnels", "indicators", "narratives", "neighbour_sets", "owed", "part_starts", "periods", "places", "points",
    "population_figures", "queries", "question_facts", "ranks", "readable", "releases", "returned_kinds", "returns", "signals",
    "submissions", "targets", "texts", "trends", "watched",
}  # fmt: skip
QUARTERS = periods_between("2022-23 Q1", "2026-27 Q2", "quarter")
PEOPLE = {"source": "ees", "measures": ["population_estimate"], "breakdown": {"age_group": "0 to 17"}, "year_lag": 1}
CHANGED = [{"on": "2024-08-15", "what_changed": "More is counted.", "source": "A test."}]
ON_APRIL_1 = [{"on": "2024-04-01", "what_changed": "More is counted.", "source": "A test."}]
BOTH = ["clinical_commissioning_group", "integrated_care_board"]
YEARLY = {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}}

INDICATORS: tuple[Indicator, ...] = (
    collected("share", returned={"breakdowns": ["sex"], "agencies": ["police", "housing", *BOTH]}),
    collected("share_on_a_day", returned={"counting": "snapshot"}),
    collected("share_late", returned={"lag_quarters": 2}),
    collected("share_broken", breaks=CHANGED, returned={"breakdowns": ["sex"]}),
    collected("share_broken_in_april", breaks=ON_APRIL_1),
    collected("share_published", published=YEARLY),
    collected("share_of_calendar", published=YEARLY, period_type="calendar_year"),
    collected("share_of_things", counts_people=False),
    collected("number", unit="count", returned={"gives": "count", "breakdowns": ["sex", "district"]}),
    collected("number_of_halves", unit="count", returned={"gives": "count", "every": "half_year"}),
    collected("rate", unit="per_10000", returned={"gives": "count", "population": PEOPLE, "breakdowns": ["sex"]}),
    collected("rate_on_a_day", unit="per_1000", returned={"gives": "count", "population": PEOPLE, "counting": "snapshot"}),
    collected("rate_of_halves", unit="per_10000", returned={"gives": "count", "population": PEOPLE, "every": "half_year"}),
    collected("rate_of_a_year", unit="per_10000", returned={"gives": "count", "population": PEOPLE, "every": "year", "due_in": "Q4"}),
    collected("rate_of_their_own", unit="per_1000", returned={"since": "2023-24 Q2", "until": "2025-26 Q1"}),
    collected("score", unit="score", returned={"gives": "value", "agencies": ["police"], "counting": "snapshot"}),
    collected("scores", unit="score", returned={"gives": "value"}),
)


def number_for(chance: random.Random, one: Indicator) -> Given:
    drawn = chance.random()
    if drawn < 0.08:
        return chance.choice("xz")
    assert one.returned is not None
    if one.returned.gives == "value":
        return chance.randint(5, 200) / 10
    numerator = chance.choice((0, 3, 7, 20, 40, 60, 90, 95))
    if one.returned.gives == "count":
        return numerator
    return numerator, numerator + chance.choice((0, 1, 8, 30, 200))


def rows_for(chance: random.Random, asked: list[Item], quarter: Period) -> list[dict[str, Any]]:
    """A return's rows: some items left out, some figures of the quarter before given anew."""
    rows = [
        item(one.indicator.id, one.period.text, number_for(chance, one.indicator), one.breakdown) for one in asked if chance.random() > 0.03
    ]
    before = QUARTERS[max(QUARTERS.index(quarter) - 1, 0)]
    if before != quarter and chance.random() < 0.3:
        rows += [item("share", before.text, number_for(chance, INDICATORS[0])), item("number", before.text, 33)]
    return rows


def fill(store: Path, framework: Framework, chance: random.Random) -> None:
    years = ("2021", "2022", "2023")
    children = cells("population_estimate", dict(zip(years, (50_000, 51_000, 52_500), strict=True)), breakdown="age_group=0 to 17")
    shares = {"2023": 30, "2024": 40, "2025": 50}
    submit(store, children, cells("some", shares), cells("all", dict.fromkeys(shares, 400)))
    given = []
    for quarter in QUARTERS:
        for agency in framework.agencies:
            asked = items_owed(framework, agency, quarter)
            times = chance.choice((0, 1, 1, 1, 1, 1, 1, 2)) if asked else 0
            given += [(agency, quarter.text, rows_for(chance, asked, quarter)) for _ in range(times)]
    numbers = give_returns(store, given)
    for number in chance.sample(numbers, len(numbers) // 12):
        withdraw(store, number, "a test", "It was another quarter's.")


class Case:
    """One random ledger, its edition, and what the oracle says of it."""

    def __init__(self, store: Path, framework: Framework, seed: int) -> None:
        self.framework = only(framework, *INDICATORS)
        fill(store, self.framework, random.Random(seed))
        self.edition: Edition = publish_edition(store, self.framework)
        today = datetime.now(UTC).date()
        self.oracle = ReturnedOracle(store / "ledger.duckdb", self.framework, today)
        self.expected = self.oracle.figures()

    def published(self, file: str) -> dict[Key, Told]:
        sql = (
            "SELECT indicator, agency, breakdown, basis, period, value, status, numerator, denominator, provisional, without, "
            "population_year, revised FROM points WHERE geography = ? AND submission IN (SELECT submission FROM returns)"
        )
        found: dict[Key, Told] = {}
        for *key, value, status, numerator, denominator, provisional, without, year, revised in rows_of(
            getattr(self.edition, file), sql, [HARROW]
        ):
            counts = (numerator, denominator) if value is not None else (None, None)
            names = frozenset(without.split(",") if without else ())
            found[tuple(key)] = Told(value, status, *counts, provisional, names, year, revised)
        return found


@pytest.fixture(scope="module", params=SEEDS)
def case(request: pytest.FixtureRequest, framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(tmp_path_factory.mktemp("returned"), framework, request.param)


def same(left: Told | None, right: Told | None) -> bool:
    if left is None or right is None:
        return False
    numbers = [(left.value, right.value), (left.numerator, right.numerator), (left.denominator, right.denominator)]
    if any((one is None) != (other is None) for one, other in numbers):
        return False
    marks = [(one.status, one.provisional, one.without, one.population_year, one.revised) for one in (left, right)]
    return marks[0] == marks[1] and all(one == pytest.approx(other, rel=1e-9) for one, other in numbers if one is not None)


def differences(left: dict[Key, Told], right: dict[Key, Told]) -> list[tuple[Key, Told | None, Told | None]]:
    return [(key, left.get(key), right.get(key)) for key in sorted(left.keys() | right.keys()) if not same(left.get(key), right.get(key))]


def test_every_returned_figure_is_what_the_oracle_says(case: Case) -> None:
    ours = case.published("restricted")
    assert len(ours) > 2_000
    assert {told.status for told in ours.values()} >= {"", "x", "z", "b"}
    wrong = differences(ours, case.expected)
    assert wrong[:5] == [], len(wrong)


def test_the_comparison_finds_what_is_wrong_or_left_out(case: Case) -> None:
    ours = case.published("restricted")
    key = next(key for key, told in ours.items() if told.value and told.provisional)
    told = ours.pop(key)
    assert [one for one, *_ in differences(ours, case.expected)] == [key]
    for wrong in (Told(None, "x"), Told(told.value, "", told.numerator, told.denominator), Told(1.0, "")):
        assert [one for one, *_ in differences({**ours, key: wrong}, case.expected)] == [key]


# ---- the shareable file ----


def test_the_shareable_file_hides_what_is_small_and_changes_nothing_it_shows(case: Case) -> None:
    ours = case.published("shareable")
    hidden = {key for key, told in ours.items() if told.status == "c"}
    small = {key for key, told in case.expected.items() if case.oracle.is_small(key, told)}
    assert len(small) > 200 and small <= hidden
    assert len(hidden - small) > 50 and len(hidden) < len(ours) / 2
    without_numbers = {key: replace(told, value=None, numerator=None, denominator=None, status="c") for key, told in case.expected.items()}
    wrong = differences(ours, {key: without_numbers[key] if key in hidden else told for key, told in case.expected.items()})
    assert wrong[:5] == [], len(wrong)
    assert not any(case.framework.indicators[key[0]].id in ("share_of_things", "score", "scores") for key in hidden)


def test_nothing_it_hides_can_be_worked_out(case: Case) -> None:
    assert findings([case.edition], case.framework.disclosure) == []


def test_no_small_count_of_people_is_in_any_column_of_any_table(case: Case) -> None:
    rule = case.framework.disclosure
    people = [one.id for one in case.framework.indicators.values() if one.counts_people]
    sql = (
        "SELECT COUNT(*) FROM points "
        "WHERE submission IN (SELECT submission FROM returns) AND indicator IN (SELECT UNNEST(CAST(? AS VARCHAR[]))) "
        "AND ((numerator > 0 AND numerator <= ?) OR (denominator > 0 AND denominator <= ?))"
    )
    small = [people, rule.threshold, rule.threshold]
    assert rows_of(case.edition.restricted, sql, small)[0][0] > 100
    assert rows_of(case.edition.shareable, sql, small) == [(0,)]
    tables = {name for (name,) in rows_of(case.edition.shareable, "SELECT table_name FROM duckdb_tables() WHERE NOT temporary")}
    assert tables == TABLES  # a new table is looked at here before it is shared
    columns = "SELECT DISTINCT column_name FROM duckdb_columns() WHERE data_type = 'DOUBLE'"
    shown = {"value", "numerator", "denominator", "lower", "upper", "other_value", "factor"}
    of_shown = {"mean", "side", "gap", "target", "baseline", "difference", "difference_lower", "difference_upper"}
    assert {name for (name,) in rows_of(case.edition.shareable, columns)} == shown | of_shown
