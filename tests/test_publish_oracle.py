"""Every figure of the real edition against a slow, obvious oracle, and the comparison itself against one planted wrong number."""

from pathlib import Path

import pytest
from invented import ENGLAND, HARROW, rows_of
from plain_oracle import Key, Oracle, Shown, neighbours

from hscb_qa.definitions import Framework
from hscb_qa.publish import Edition, current_edition


@pytest.fixture(scope="module")
def edition(real_store: Path) -> Edition:
    return current_edition(real_store)


@pytest.fixture(scope="module")
def sets(edition: Edition) -> dict[str, list[str]]:
    """The members of each set of neighbours, by the day it counts from."""
    found: dict[str, list[str]] = {}
    sql = "SELECT CAST(in_force_from AS VARCHAR), neighbour FROM neighbour_sets ORDER BY rank"
    for start, neighbour in rows_of(edition.shareable, sql):
        found.setdefault(start, []).append(neighbour)
    return found


@pytest.fixture(scope="module")
def recomputed(real_store: Path, framework: Framework, edition: Edition, sets: dict[str, list[str]]) -> dict[Key, Shown]:
    current = dict(rows_of(edition.shareable, "SELECT code, current FROM places WHERE code <> current"))
    places = sorted({HARROW, ENGLAND, *(member for members in sets.values() for member in members)})
    return Oracle(real_store / "ledger.duckdb", framework, places, current).figures()


def published(edition: Edition, places: tuple[str, ...]) -> dict[Key, Shown]:
    sql = "SELECT indicator, geography, basis, period, value, status FROM points WHERE agency = '' AND breakdown = ''"
    rows = rows_of(edition.restricted, sql)
    return {(one, place, basis, period): (value, status) for one, place, basis, period, value, status in rows if place in places}


def differences(left: dict[Key, Shown], right: dict[Key, Shown]) -> list[Key]:
    """Keys that only one of the two has, or under which they say different things."""
    return sorted(key for key in left.keys() | right.keys() if not same(left.get(key), right.get(key)))


def same(left: Shown | None, right: Shown | None) -> bool:
    if left is None or right is None or left[1] != right[1] or (left[0] is None) != (right[0] is None):
        return False
    return left[0] is None or left[0] == pytest.approx(right[0], rel=1e-9, abs=1e-12)


def test_every_figure_of_harrow_and_england_is_what_the_oracle_says(edition: Edition, recomputed: dict[Key, Shown]) -> None:
    ours = published(edition, (HARROW, ENGLAND))
    expected = {key: shown for key, shown in recomputed.items() if key[1] in (HARROW, ENGLAND)}
    assert len({key[0] for key in ours if key[1] == HARROW}) >= 55
    assert differences(ours, expected) == []


def test_the_neighbours_figures_are_what_the_oracle_says(edition: Edition, recomputed: dict[Key, Shown]) -> None:
    places = tuple({key[1] for key in recomputed} - {HARROW, ENGLAND})
    assert len(places) >= 10
    assert differences(published(edition, places), {key: shown for key, shown in recomputed.items() if key[1] in places}) == []


@pytest.mark.parametrize("planted", [(45.6, ""), (None, "c"), (45.4, "x"), (0.0, "")])
def test_the_comparison_finds_one_planted_wrong_figure(edition: Edition, recomputed: dict[Key, Shown], planted: Shown) -> None:
    ours = published(edition, (HARROW,))
    key = ("child_protection_plans_rate", HARROW, "year", "2025")
    assert ours[key][0] is not None
    assert differences(ours | {key: planted}, {key: shown for key, shown in recomputed.items() if key[1] == HARROW}) == [key]


def test_the_comparison_finds_a_figure_left_out(edition: Edition, recomputed: dict[Key, Shown]) -> None:
    ours = published(edition, (HARROW,))
    key = next(iter(ours))
    del ours[key]
    assert differences(ours, {key: shown for key, shown in recomputed.items() if key[1] == HARROW}) == [key]


def test_neighbours_mean_and_median_are_what_the_oracle_says(
    edition: Edition, framework: Framework, recomputed: dict[Key, Shown], sets: dict[str, list[str]]
) -> None:
    sql = (
        "SELECT indicator, basis, period, comparator, CAST(in_force_from AS VARCHAR), value FROM comparators "
        "WHERE in_force_from IS NOT NULL"
    )
    wrong, compared = [], 0
    for indicator, basis, period, comparator, start, value in rows_of(edition.shareable, sql):
        pair = neighbours(recomputed, sets[start], (indicator, basis, period), framework.indicators[indicator].decimals)
        expected = None if pair is None else pair[comparator == "neighbours_median"]
        compared += expected is not None
        if (value is None) != (expected is None) or (value is not None and value != pytest.approx(expected, abs=1e-9)):
            wrong.append((indicator, basis, period, comparator, start, value, expected))
    assert sorted(sets) == ["2021-04-01", "2025-05-01"]
    assert compared > 2_000
    assert wrong == []
