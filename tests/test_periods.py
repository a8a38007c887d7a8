"""Text to time: every month in its quarter, every quarter whole, nothing guessed."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.periods import (
    PERIOD_TYPES,
    latest_ended,
    parse_period,
    periods_between,
    quarter_of,
    quarters_before,
    read_year,
    whole_quarters,
)

YEARS = [kind for kind in PERIOD_TYPES if kind not in ("month", "quarter", "half_year")]
years, months = st.integers(min_value=1900, max_value=2199), st.integers(min_value=1, max_value=12)


@given(years, months)
def test_every_month_lies_in_its_quarter(year: int, month: int) -> None:
    text = f"{year}-{month:02d}"
    inner, quarter = parse_period(text, "month"), parse_period(quarter_of(text), "quarter")
    assert quarter.start <= inner.start <= inner.end <= quarter.end


@given(years, months)
def test_the_months_after_one_another_leave_no_day_out(year: int, month: int) -> None:
    this = parse_period(f"{year}-{month:02d}", "month")
    following = this.end + timedelta(days=1)
    assert parse_period(f"{following:%Y-%m}", "month").start == following
    assert (this.end - this.start).days + 1 == monthrange(year, month)[1]


@given(years, st.integers(min_value=1, max_value=4))
def test_a_quarter_is_three_months_of_its_financial_year(year: int, number: int) -> None:
    quarter = parse_period(f"{year}-{(year + 1) % 100:02d} Q{number}", "quarter")
    whole = parse_period(str(year + 1), "financial_year")
    assert whole.start <= quarter.start < quarter.end <= whole.end
    assert quarter.ends_in_financial_year == year + 1
    assert {quarter_of(f"{day:%Y-%m}") for day in (quarter.start, quarter.start + timedelta(days=45), quarter.end)} == {quarter.text}


@given(years, st.integers(min_value=1, max_value=2))
def test_a_half_year_is_two_quarters_of_its_financial_year(year: int, half: int) -> None:
    months = f"{year}-{(year + 1) % 100:02d}"
    whole = parse_period(f"{months} H{half}", "half_year")
    first, second = (parse_period(f"{months} Q{half * 2 - 1 + number}", "quarter") for number in (0, 1))
    assert (whole.start, whole.end) == (first.start, second.end)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31)), st.sampled_from(PERIOD_TYPES))
def test_the_latest_ended_period_has_ended_and_the_next_has_not(day: date, kind: str) -> None:
    latest = latest_ended(kind, day)  # type: ignore[arg-type]
    assert latest.end <= day
    later = latest_ended(kind, day + timedelta(days=400)).text  # type: ignore[arg-type]
    assert periods_between(latest.text, later, kind)[1].end > day  # type: ignore[arg-type]


@given(years, st.integers(min_value=1, max_value=4), st.integers(min_value=0, max_value=9))
def test_going_back_and_counting_on_meet(year: int, number: int, back: int) -> None:
    quarter = parse_period(f"{year}-{(year + 1) % 100:02d} Q{number}", "quarter")
    assert len(periods_between(quarters_before(quarter, back).text, quarter.text, "quarter")) == back + 1


@given(st.sets(st.tuples(years, months), max_size=30))
def test_a_quarter_is_whole_exactly_where_its_three_months_are_there(given_months: set[tuple[int, int]]) -> None:
    texts = [f"{year}-{month:02d}" for year, month in given_months]
    whole = whole_quarters(texts + texts[:3])  # a month given twice is still one month
    assert whole == [text for text in sorted({quarter_of(one) for one in texts}) if sum(quarter_of(one) == text for one in texts) == 3]


@given(years)
def test_every_way_to_write_a_year_means_the_year_it_ends_in(year: int) -> None:
    short = f"{year % 100:02d}"
    ways = (f"{year}", f"{year - 1}-{short}", f"{year - 1}/{short}", f"{year - 1}{short}")
    assert {read_year(way) for way in ways} == {str(year)}


@pytest.mark.parametrize(
    ("text", "kind", "label", "start", "end"),
    [
        ("2015-10", "month", "October 2015", date(2015, 10, 1), date(2015, 10, 31)),
        ("2016-02", "month", "February 2016", date(2016, 2, 1), date(2016, 2, 29)),
        ("2015-16 Q1", "quarter", "Apr to Jun 2015", date(2015, 4, 1), date(2015, 6, 30)),
        ("2015-16 Q4", "quarter", "Jan to Mar 2016", date(2016, 1, 1), date(2016, 3, 31)),
        ("2015-16 H1", "half_year", "Apr to Sep 2015", date(2015, 4, 1), date(2015, 9, 30)),
        ("2015-16 H2", "half_year", "Oct 2015 to Mar 2016", date(2015, 10, 1), date(2016, 3, 31)),
        ("1999-00 Q3", "quarter", "Oct to Dec 1999", date(1999, 10, 1), date(1999, 12, 31)),
        ("2016", "financial_year", "2015-16", date(2015, 4, 1), date(2016, 3, 31)),
        ("2000", "financial_year", "1999-00", date(1999, 4, 1), date(2000, 3, 31)),
        ("2016", "academic_year", "2015/16", date(2015, 9, 1), date(2016, 8, 31)),
        ("2016", "calendar_year", "2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016", "snapshot_31_march", "31 March 2016", date(2016, 3, 31), date(2016, 3, 31)),
        ("2016", "snapshot_30_september", "30 September 2016", date(2016, 9, 30), date(2016, 9, 30)),
    ],
)
def test_periods_have_their_label_and_days(text: str, kind: str, label: str, start: date, end: date) -> None:
    period = parse_period(text, kind)  # type: ignore[arg-type]
    assert (period.label, period.start, period.end, period.text) == (label, start, end, text)


BAD = {
    "month": ["2015-13", "2015-00", "2015-1", "201510", "Oct 2015", "", " 2015-10", "2015-10\n"],
    "quarter": ["2015-16 Q5", "2015-16 Q0", "2015-17 Q1", "2015 Q1", "2015-16Q1", "Q1 2015-16", "", "2015-16 q1"],
    **{kind: ["15", "2015-16", "20156", "year", "", "2015 ", "0000", "-2015"] for kind in YEARS},
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BAD.items() for text in texts])
def test_text_that_does_not_fit_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError):
        parse_period(text, kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "text"), [("month", "2015-13"), ("quarter", "2015-17 Q1"), *((kind, "2015-16") for kind in YEARS)])
def test_the_refusal_quotes_the_text_and_shows_how_to_write_it(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match=rf"'{text}' is not a .*write "):
        parse_period(text, kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["2014-16", "2016-15", "2015-2016", "2015-16 Q1", "201510", "15-16", "", "0", "2015--16"])
def test_what_is_no_single_year_is_none(text: str) -> None:
    assert read_year(text) is None


def test_periods_are_ordered_by_their_end() -> None:
    texts = ["2016-17 Q1", "2015-16 Q4", "2015-16 Q1"]
    assert [period.text for period in sorted(parse_period(text, "quarter") for text in texts)] == texts[::-1]
