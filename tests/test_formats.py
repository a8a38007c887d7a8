"""How a figure is written: rounding, units, statuses."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import indicator

from hscb_qa import formats
from hscb_qa.definitions import UNIT_FACTORS, vocabulary
from hscb_qa.readers import STATUS_WORDS
from hscb_qa.views import Basis


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (33.58305, 1, "33.6"),  # 195 / 58,065 x 10,000
        (0.05, 1, "0.1"),
        (0.25, 1, "0.3"),  # half away from zero, where Python's own round() gives 0.2
        (2.675, 2, "2.68"),  # 2.67499... in binary
        (295.39999999999998, 1, "295.4"),
        (0.0, 1, "0.0"),
        (0.5, 0, "1"),
        (1234567.0, 0, "1,234,567"),
        (99.95, 1, "100.0"),
    ],
)
def test_numbers_are_rounded_as_departments_do(value: float, decimals: int, text: str) -> None:
    assert formats.number(value, "", decimals) == text


@given(st.integers(min_value=0, max_value=10**8), st.integers(min_value=0, max_value=2), st.integers(min_value=0, max_value=4))
def test_rounding_is_that_of_the_decimal_as_printed(digits: int, decimals: int, places: int) -> None:
    printed = Decimal(digits).scaleb(-places)
    expected = float(printed.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    assert formats.rounded(float(printed), decimals) == expected
    assert formats.rounded(-float(printed), decimals) == -expected


@pytest.mark.parametrize("status", STATUS_WORDS)
def test_a_value_not_shown_is_its_status_and_has_no_unit(status: str) -> None:
    assert formats.number(None, status, 1) == formats.figure(None, status, indicator()) == f"[{status}]"
    assert formats.STATUS_WORDS[status]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("percent", "15.6%"),
        ("per_1000", "15.6 per 1,000"),
        ("per_10000", "15.6 per 10,000"),
        ("per_100000", "15.6 per 100,000"),
        ("count", "15.6"),
        ("score", "15.6"),
        ("cases", "15.6 cases"),
    ],
)
def test_every_unit_is_written_in_words(unit: str, text: str) -> None:
    assert formats.figure(15.6, "", indicator(unit=unit)) == text
    assert formats.unit_name(indicator(unit=unit))
    assert unit in UNIT_FACTORS


def test_every_word_of_the_vocabularies_can_be_written() -> None:
    assert set(formats.EVIDENCE_SOURCE_WORDS) == set(get_args(vocabulary.EvidenceSource))
    assert set(formats.POLARITY_WORDS) == set(get_args(vocabulary.Polarity))
    assert set(formats.MEASURE_TYPE_WORDS) == set(formats.MEASURE_TYPE_QUESTIONS) == set(get_args(vocabulary.MeasureType))
    assert set(formats.BASIS_WORDS) == set(get_args(Basis))
    assert set(formats.STATUS_WORDS) == {*STATUS_WORDS, "b"}  # b is said of a sum or a change across a break, never of a cell


def test_days_are_written_in_full() -> None:
    assert formats.day(date(2015, 4, 1)) == "1 April 2015"
    assert formats.day_or_words("2025-12-31") == "31 December 2025"
    assert formats.day_or_words("Not yet known") == "Not yet known"
