"""Series set together: their texts in an address, what is dropped, and which periods two of them share."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import point, view

from hscb_qa.views import (
    IndicatorView,
    Line,
    OpenEdition,
    Selection,
    SeriesName,
    TogetherView,
    indicator_view,
    pairs_of,
    read_series,
    series_beside,
    together_view,
)

EALING = "child_protection_plans_rate||E09000009"
MALE = "child_protection_plans_rate|||sex=male"
OWN = "child_protection_plans_rate"


@pytest.fixture(scope="module")
def plans(illustrative_edition: OpenEdition) -> IndicatorView:
    return indicator_view(illustrative_edition, OWN)


def together(*views: IndicatorView) -> TogetherView:
    return TogetherView(tuple(Line(f"line {number}", one) for number, one in enumerate(views)))


# ---- texts ----

_PART = st.sampled_from(["", "police", "E09000009", "sex=male"])


@given(st.sampled_from(["referrals_rate", OWN]), _PART, _PART, _PART)
def test_a_text_read_again_is_the_same_series(indicator: str, agency: str, geography: str, breakdown: str) -> None:
    name = SeriesName(indicator, agency, geography, breakdown)
    assert SeriesName.read(name.text) == name and not name.text.endswith("|")


def test_what_the_edition_has_is_kept_in_order(illustrative_edition: OpenEdition, plans: IndicatorView) -> None:
    kept, dropped = read_series(illustrative_edition, [MALE, EALING, "referrals_rate"], plans)
    assert ([one.text for one in kept], dropped) == ([MALE, EALING, "referrals_rate"], ())


@pytest.mark.parametrize(
    "text",
    [
        OWN,  # the series itself
        f"{OWN}||E09000015",  # the same by its place
        "nothing_like_this",
        f"{OWN}|police",  # does not return it
        f"{OWN}||E99999999",
        f"{OWN}|||sex=unknown",
        f"{OWN}||E09000009||",  # not as it is written
        f"{OWN}||E09000009||more",
        "",
    ],
)
def test_what_the_edition_has_not_is_dropped(illustrative_edition: OpenEdition, plans: IndicatorView, text: str) -> None:
    assert read_series(illustrative_edition, [text, EALING], plans) == ((SeriesName.read(EALING),), (text,))


def test_a_fourth_is_dropped_and_one_given_twice_counts_once(illustrative_edition: OpenEdition, plans: IndicatorView) -> None:
    asked = [EALING, EALING, MALE, "referrals_rate", "quorate_conferences"]
    kept, dropped = read_series(illustrative_edition, asked, plans)
    assert ([one.text for one in kept], dropped) == ([EALING, MALE, "referrals_rate"], ("quorate_conferences",))


def test_all_on_offer_can_be_read(illustrative_edition: OpenEdition, plans: IndicatorView) -> None:
    offered = series_beside(illustrative_edition, plans)
    assert offered[EALING] == "Ealing" and offered[MALE] == "Sex: male" and OWN not in offered
    assert all(read_series(illustrative_edition, [text], plans)[0] for text in offered)
    assert len(set(offered.values())) == len(offered)


# ---- views ----


def test_each_line_is_the_view_of_its_series(illustrative_edition: OpenEdition, plans: IndicatorView) -> None:
    names = tuple(map(SeriesName.read, (EALING, "referrals_rate")))
    shown = together_view(illustrative_edition, plans, names, Selection())
    assert [line.name for line in shown.lines] == [
        "Children on protection plans",
        "Children on protection plans: Ealing",
        "Referrals to children's social care",
    ]
    assert shown.lines[1].view.points == indicator_view(illustrative_edition, OWN, Selection(basis="year"), "E09000009").points
    assert not any(line.view.comparisons for line in shown.lines)
    assert shown.share_unit and shown.share_basis and not shown.share_indicator


def test_a_part_of_a_rate_is_a_count_and_shares_no_unit_with_it(illustrative_edition: OpenEdition, plans: IndicatorView) -> None:
    shown = together_view(illustrative_edition, plans, (SeriesName.read(MALE),), Selection())
    assert [line.name for line in shown.lines] == ["Harrow", "Sex: male"] and not shown.share_unit


def test_the_years_chosen_hold_for_all(illustrative_edition: OpenEdition) -> None:
    days = plans_days(illustrative_edition)
    chosen = Selection(since=days[3], until=days[5])
    own = indicator_view(illustrative_edition, OWN, chosen)
    shown = together_view(illustrative_edition, own, (SeriesName.read(EALING),), chosen)
    assert shown.days == (days[3], days[5])


def plans_days(edition: OpenEdition) -> list:  # type: ignore[type-arg]
    return [one.ends for one in indicator_view(edition, OWN).points]


# ---- pairs ----


def test_pairs_are_the_periods_of_which_both_are_shown() -> None:
    across = view(point("2014", 1.0), point("2015", "c"), point("2016", 3.0), point("2017", 4.0))
    up = view(point("2015", 20.0), point("2016", 30.0), point("2017", "c"))
    assert [(one.label, one.across, one.up) for one in pairs_of(together(across, up))] == [("2015-16", 3.0, 30.0)]


def test_series_on_different_bases_have_no_pairs() -> None:
    year, quarter = view(point("2016", 3.0)), replace(view(point("2015-16 Q4", 5.0)), basis="quarter")
    assert year.points[0].ends == quarter.points[0].ends
    assert pairs_of(together(year, quarter)) == ()
