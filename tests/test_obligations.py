"""What each agency owes: worked out by hand from the shipped definitions for some agencies and quarters, and held for all by properties."""

from collections import Counter
from datetime import date

import pytest

from hscb_qa.definitions import Framework, Indicator, Returned
from hscb_qa.errors import HscbError, UnknownName
from hscb_qa.obligations import (
    Item,
    agencies_owing,
    breakdowns_of,
    due_day,
    items_owed,
    period_owed,
    quarters_owed,
    quarters_to_come,
    read_quarter,
)
from hscb_qa.periods import Period, parse_period, periods_between

BREAKDOWNS = {"age_band": 6, "sex": 3, "ethnicity": 6, "district": 6}  # parts of each, as config/returns.yaml lists them


def quarter(text: str) -> Period:
    return parse_period(text, "quarter")


def owed(framework: Framework, agency: str, text: str) -> dict[str, str]:
    """The period owed of each indicator, by its id; parts of a breakdown share that of the whole."""
    return {item.indicator.id: item.period.text for item in items_owed(framework, agency, quarter(text))}


def returned_as(indicator: Indicator, period_type: str = "financial_year", **changes: object) -> Indicator:
    """An indicator returned otherwise than as shipped."""
    assert indicator.returned
    returned = Returned.model_validate({**indicator.returned.model_dump(), **changes})
    return indicator.model_copy(update={"period_type": period_type, "returned": returned})


# ---- what one agency owes, counted by hand ----


def test_cafcass_owes_one_figure_each_quarter(framework: Framework) -> None:
    [item] = items_owed(framework, "cafcass", quarter("2025-26 Q3"))
    assert item.key == ("care_applications_rate", "", "2025-26 Q3")
    assert item.period.end == date(2025, 12, 31) and item.returned.gives == "count"


def test_the_child_death_panel_owes_its_year_once_after_it_has_ended(framework: Framework) -> None:
    """Due in Q1, which ends on 30 June 2025: the last financial year then ended is 2024-25, written 2025."""
    assert owed(framework, "child_death_overview_panel", "2025-26 Q1") == {"child_deaths_with_modifiable_factors": "2025"}
    assert all(not owed(framework, "child_death_overview_panel", f"2025-26 Q{number}") for number in (2, 3, 4))


def test_a_voluntary_organisation_owes_what_it_does_and_what_every_partner_does(framework: Framework) -> None:
    """Two figures of its own work, then what every partner owes; core indicators first, each group by id."""
    keys = [item.key for item in items_owed(framework, "voluntary_sector", quarter("2025-26 Q3"))]
    assert [key[0] for key in keys if framework.indicators[key[0]].tier == "core"][:2] == [
        "early_help_goals_met",
        "families_safer_after_domestic_abuse_support",
    ]
    ranks = [(framework.indicators[key[0]].tier != "core", key[0]) for key in keys]
    assert ranks == sorted(ranks) and {key[1:] for key in keys} == {("", "2025-26 Q3")}


def test_a_broken_down_count_is_owed_whole_and_in_every_part(framework: Framework) -> None:
    """Plans by age band, sex, ethnicity and district: 1 + 6 + 3 + 6 + 6 = 22 rows, the whole first."""
    items = items_owed(framework, "childrens_social_care", quarter("2025-26 Q3"))
    plans = [item.breakdown for item in items if item.indicator.id == "child_protection_plans_rate"]
    assert len(plans) == 22 and plans[:3] == ["", "age_band=under_1", "age_band=1_to_4"]
    assert [item.breakdown for item in items if item.indicator.id == "referrals_from_police"] == [""]


# ---- which period ----


@pytest.mark.parametrize(
    ("indicator", "agency", "text", "period"),
    [
        ("referrals_rate", "childrens_social_care", "2025-26 Q1", "2025-26 Q1"),
        ("early_help_closures_later_referred", "early_help", "2025-26 Q1", "2024-25 Q3"),  # two quarters before
        ("step_downs_sustained", "childrens_social_care", "2025-26 Q1", "2024-25 Q1"),  # four quarters before
        ("families_saying_early_help_made_things_better", "early_help", "2025-26 Q2", "2025-26 H1"),
        ("families_saying_early_help_made_things_better", "early_help", "2025-26 Q3", None),
        ("families_saying_early_help_made_things_better", "early_help", "2025-26 Q4", "2025-26 H2"),
        ("persistent_absence_of_children_on_plans", "education", "2025-26 Q3", "2025"),  # academic year 2024/25 ended 31 August 2025
        ("persistent_absence_of_children_on_plans", "education", "2025-26 Q2", None),
        ("children_in_low_income_families", "public_health", "2025-26 Q4", "2025"),  # one quarter's lag: 2025-26 is not out yet
        ("neglect_audits_good_or_better", "board_business_unit", "2025-26 Q4", "2026"),  # the year that ends with the quarter
        ("children_cautioned_or_sentenced_rate", "youth_justice", "2026-27 Q1", "2026"),
    ],
)
def test_the_period_of_a_figure_is_the_last_that_can_be_known(
    framework: Framework, indicator: str, agency: str, text: str, period: str | None
) -> None:
    assert owed(framework, agency, text).get(indicator) == period


@pytest.mark.parametrize(
    ("period_type", "due_in", "lag", "period"),
    [
        ("calendar_year", "Q3", 0, "2025"),  # ends with the quarter, on 31 December 2025
        ("calendar_year", "Q2", 0, "2024"),
        ("calendar_year", "Q4", 4, "2024"),  # as at 31 March 2025
        ("academic_year", "Q1", 0, "2024"),  # 2024/25 still runs on 30 June 2025
        ("academic_year", "Q2", 0, "2025"),
        ("snapshot_30_september", "Q2", 0, "2025"),
        ("snapshot_30_september", "Q1", 0, "2024"),
        ("snapshot_31_march", "Q4", 0, "2026"),
        ("financial_year", "Q3", 0, "2025"),
        ("financial_year", "Q1", 1, "2025"),  # as at 31 March 2025, its last day
        ("financial_year", "Q1", 2, "2024"),
    ],
)
def test_a_yearly_figure_is_of_its_own_kind_of_year(framework: Framework, period_type: str, due_in: str, lag: int, period: str) -> None:
    shipped = framework.indicators["child_deaths_with_modifiable_factors"]
    yearly = returned_as(shipped, due_in=due_in, lag_quarters=lag, period_type=period_type)
    for number in "1234":
        found = period_owed(yearly, quarter(f"2025-26 Q{number}"))
        assert (found.text if found else None) == (period if due_in == f"Q{number}" else None)


def test_a_half_years_figure_may_lag_too(framework: Framework) -> None:
    shipped = framework.indicators["families_saying_early_help_made_things_better"]
    late = returned_as(shipped, lag_quarters=1)
    assert [period_owed(late, quarter(f"2025-26 Q{number}")) for number in (1, 3)] == [None, None]
    assert [period_owed(late, quarter(f"2025-26 Q{number}")).text for number in (2, 4)] == ["2024-25 H2", "2025-26 H1"]  # type: ignore[union-attr]


def test_an_indicator_is_owed_only_in_the_time_it_is_collected(framework: Framework) -> None:
    new = returned_as(framework.indicators["referrals_rate"], since="2024-25 Q1", until="2024-25 Q4")
    found = [one.text for one in periods_between("2023-24 Q3", "2025-26 Q2", "quarter") if period_owed(new, one)]
    assert found == ["2024-25 Q1", "2024-25 Q2", "2024-25 Q3", "2024-25 Q4"]


def test_what_is_only_published_is_owed_by_nobody(framework: Framework) -> None:
    infants = framework.indicators["infant_mortality_rate"]
    assert infants.returned is None and period_owed(infants, quarter("2025-26 Q4")) is None and breakdowns_of(framework, infants) == [""]


# ---- who ----


def test_the_commissioning_group_hands_its_items_to_the_integrated_care_board(framework: Framework) -> None:
    """The group ended on 30 June 2022, the last day of 2022-23 Q1; the board began the day after."""
    before, after = (owed(framework, "clinical_commissioning_group", f"2022-23 Q{number}") for number in (1, 2))
    assert before and not after
    assert not owed(framework, "integrated_care_board", "2022-23 Q1")
    assert set(owed(framework, "integrated_care_board", "2023-24 Q1")) == set(before)  # a year on, and so with the same yearly items
    assert "initial_health_assessments_within_20_working_days" in before


def test_those_who_owe_nothing_are_left_out(framework: Framework) -> None:
    owing = [agency.id for agency in agencies_owing(framework, quarter("2025-26 Q2"))]
    assert owing == [one for one in framework.agencies if one not in ("clinical_commissioning_group", "child_death_overview_panel")]


def test_an_agency_that_is_none_is_told_with_the_nearest(framework: Framework) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'housing'"):
        items_owed(framework, "housin", quarter("2025-26 Q2"))


# ---- when ----


def test_a_return_is_due_thirty_days_after_its_quarter(framework: Framework) -> None:
    assert due_day(framework, quarter("2025-26 Q3")) == date(2026, 1, 30)
    assert due_day(framework, quarter("2023-24 Q4")) == date(2024, 4, 30)


@pytest.mark.parametrize(
    ("today", "number", "last"),
    [
        (date(2026, 11, 23), 18, "2026-27 Q2"),  # four full years and two quarters
        (date(2026, 9, 30), 18, "2026-27 Q2"),  # a quarter has ended by the evening of its last day
        (date(2026, 9, 29), 17, "2026-27 Q1"),
        (date(2022, 6, 30), 1, "2022-23 Q1"),
    ],
)
def test_quarters_are_owed_from_the_first_agreed_to_the_last_ended(framework: Framework, today: date, number: int, last: str) -> None:
    found = quarters_owed(framework, today)
    assert (len(found), found[0].text, found[-1].text) == (number, "2022-23 Q1", last)


def test_before_the_first_quarter_has_ended_none_is_owed(framework: Framework) -> None:
    assert quarters_owed(framework, date(2022, 6, 29)) == []


def test_a_typed_quarter_is_read_with_blanks_around_it() -> None:
    assert read_quarter("  2025-26 Q3\n") == quarter("2025-26 Q3")


@pytest.mark.parametrize("text", ["2025-26", "Q3 2025-26", "2025-27 Q3", "2025-26 Q5", "2025-26 H1", ""])
def test_a_quarter_badly_typed_is_told_how_to_write_it(text: str) -> None:
    with pytest.raises(HscbError, match=r"write it as 2015-16 Q3"):
        read_quarter(text)


# ---- for every agency and quarter ----


@pytest.fixture(scope="module")
def everything(framework: Framework) -> dict[tuple[str, str], list[Item]]:
    """The items of every agency in every quarter owed by 23 November 2026."""
    quarters = quarters_owed(framework, date(2026, 11, 23))
    return {(agency, one.text): items_owed(framework, agency, one) for agency in framework.agencies for one in quarters}


def test_no_item_is_owed_twice_nor_before_it_can_be_known(framework: Framework, everything: dict[tuple[str, str], list[Item]]) -> None:
    for (agency, text), items in everything.items():
        assert len({item.key for item in items}) == len(items), (agency, text)
        for item in items:
            assert item.period.end <= quarter(text).end
            assert agency in item.returned.agencies
            assert framework.returns.label(item.breakdown)
            assert parse_period(item.period.text, item.period.type) == item.period


def test_over_the_returns_of_an_agency_no_figure_is_asked_for_in_two(everything: dict[tuple[str, str], list[Item]]) -> None:
    asked = Counter((agency, *item.key) for (agency, _), items in everything.items() for item in items)
    assert max(asked.values()) == 1


def test_a_year_of_returns_holds_every_item_as_often_as_it_is_due(
    framework: Framework, everything: dict[tuple[str, str], list[Item]]
) -> None:
    """The plain count: four times what is quarterly, twice what is half-yearly, once what is yearly, each with its parts."""
    times = {"quarter": 4, "half_year": 2, "year": 1}
    for agency in framework.agencies:
        if agency == "clinical_commissioning_group":
            continue
        expected = sum(
            times[one.returned.every] * (1 + sum(BREAKDOWNS[name] for name in one.returned.breakdowns))
            for one in framework.indicators.values()
            if one.returned and agency in one.returned.agencies
        )
        assert sum(len(everything[agency, f"2025-26 Q{number}"]) for number in (1, 2, 3, 4)) == expected, agency


# ---- what comes next ----


def test_what_comes_next_begins_with_the_first_whose_day_has_not_passed(framework: Framework) -> None:
    assert [one.text for one in quarters_to_come(framework, date(2026, 10, 30))][:2] == ["2026-27 Q2", "2026-27 Q3"]
    assert [one.text for one in quarters_to_come(framework, date(2026, 10, 31))][:2] == ["2026-27 Q3", "2026-27 Q4"]


def test_an_agency_is_asked_next_only_where_it_owes(framework: Framework) -> None:
    for agency in framework.agencies:
        for one in quarters_to_come(framework, date(2026, 11, 23), agency):
            assert items_owed(framework, agency, one) and due_day(framework, one) >= date(2026, 11, 23)
    assert [one.text for one in quarters_to_come(framework, date(2026, 11, 23), "child_death_overview_panel")][:1] == ["2027-28 Q1"]
    assert quarters_to_come(framework, date(2026, 11, 23), "clinical_commissioning_group") == []


def test_before_the_first_quarter_it_comes_next(framework: Framework) -> None:
    first = framework.returns.first_quarter
    assert quarters_to_come(framework, date(2015, 1, 1))[:1] == [quarter(first)]
    with pytest.raises(UnknownName):
        quarters_to_come(framework, date(2026, 11, 23), "polise")
