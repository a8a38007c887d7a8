"""Names beside marks: worked out by hand where one place is free; every name has one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.figures.placing import Box, Place, place_names

WIDE, HIGH = (500.0,), 300.0
NAME = "Police 92.0%"  # 12 letters: 97 pixels


def test_with_nothing_about_it_a_name_stands_on_its_own_side() -> None:
    assert place_names([(0.5, 0.5, NAME, True)], [(0.5, 0.5)], WIDE, HIGH) == [Place("center", 0, 21)]
    assert place_names([(0.5, 0.5, NAME, False)], [(0.5, 0.5)], WIDE, HIGH) == [Place("center", 0, -21)]


@pytest.mark.parametrize(
    ("other", "place"),
    [
        ((0.54, 0.57), Place("right", 0, 21)),  # 20 pixels to the right and 21 up: a name to the left is clear of it
        ((0.46, 0.57), Place("left", 0, 21)),
        ((0.5, 0.57), Place("center", 0, -21)),  # right above: only below is clear
    ],
)
def test_a_name_gives_way_to_a_mark(other: tuple[float, float], place: Place) -> None:
    assert place_names([(0.5, 0.5, NAME, True)], [(0.5, 0.5), other], WIDE, HIGH) == [place]


def test_two_names_do_not_lie_over_each_other() -> None:
    first, second = place_names([(0.5, 0.5, NAME, True), (0.51, 0.5, NAME, True)], [(0.5, 0.5), (0.51, 0.5)], WIDE, HIGH)
    assert first != second and abs(first.up - second.up) >= 20


def test_a_name_stays_in_the_chart() -> None:
    assert place_names([(0.02, 0.98, NAME, True)], [(0.02, 0.98)], WIDE, HIGH) == [Place("left", 0, -21)]
    assert place_names([(0.98, 0.02, NAME, False)], [(0.98, 0.02)], WIDE, HIGH) == [Place("right", 0, 21)]


shares = st.floats(0, 1)


@given(st.lists(st.tuples(shares, shares, st.booleans()), max_size=5), st.lists(st.tuples(shares, shares), max_size=8))
def test_every_name_has_a_place_near_its_mark(named: list[tuple[float, float, bool]], others: list[tuple[float, float]]) -> None:
    asked = [(x, y, NAME, above) for x, y, above in named]
    found = place_names(asked, [*((x, y) for x, y, *_ in asked), *others], (500.0, 230.0), HIGH)
    assert len(found) == len(named)
    assert all(abs(one.right) + abs(one.up) <= 51 and (one.up or one.right) for one in found)


def test_the_area_shared() -> None:
    assert Box(0, 0, 10, 10).shared(Box(5, 5, 20, 20)) == 25
    assert Box(0, 0, 10, 10).shared(Box(10, 0, 20, 10)) == 0
