"""What a viewer chose: years, one agency's part, a part of the children; nothing that came to be known later slips in."""

from dataclasses import replace
from datetime import date

import pytest
from conftest import ROOT

from hscb_qa import sentences
from hscb_qa.definitions import Framework
from hscb_qa.views import IndicatorView, OpenEdition, Selection, area_view, board_view, indicator_view

REREFERRALS = "rereferrals_within_12_months"


def on_bases(edition: OpenEdition, indicator: str, **chosen: date) -> list[IndicatorView]:
    bases = indicator_view(edition, indicator).bases
    return [indicator_view(edition, indicator, Selection(basis=basis, **chosen)) for basis in bases]  # type: ignore[arg-type]


# ---- years ----


@pytest.mark.parametrize(
    "indicator", [REREFERRALS, "recorded_sexual_offences", "child_protection_plans_rate", "persistent_absence_of_children_on_plans"]
)
def test_years_leave_out_the_periods_that_end_outside_them_and_nothing_else(illustrative_edition: OpenEdition, indicator: str) -> None:
    since, until = date(2022, 4, 1), date(2025, 3, 31)
    for whole, cut in zip(
        on_bases(illustrative_edition, indicator), on_bases(illustrative_edition, indicator, since=since, until=until), strict=True
    ):
        assert cut.points == tuple(point for point in whole.points if since <= point.ends <= until)
        assert cut.is_shortened == (cut.points != whole.points)


def test_nothing_known_later_is_told(illustrative_edition: OpenEdition) -> None:
    """Signals, rank, trend, watch and the agencies' places are those of the years chosen, or none."""
    until = date(2024, 3, 31)
    for indicator in illustrative_edition.framework.indicators:
        for view in on_bases(illustrative_edition, indicator, until=until):
            assert all(point.ends <= until for point in view.points)
            assert view.control is None or all(period in {point.period for point in view.points} for period in view.control.signals)
            assert view.rank is None or view.rank.period <= "2024"
            assert view.watch is None or view.watch.label in {
                one.label
                for one in indicator_view(illustrative_edition, indicator, Selection(basis=view.watch.basis)).points
                if one.ends <= until
            }
            assert all(comparison.points[-1].ends <= until for comparison in view.comparisons)


def test_a_view_up_to_the_latest_year_is_the_whole_view(illustrative_edition: OpenEdition) -> None:
    for indicator in (REREFERRALS, "child_protection_plans_rate", "initial_conferences_within_15_working_days"):
        assert indicator_view(illustrative_edition, indicator, Selection(until=date(2099, 3, 31))) == indicator_view(
            illustrative_edition, indicator
        )


def test_by_hand_the_title_of_an_earlier_year(illustrative_edition: OpenEdition) -> None:
    view = indicator_view(illustrative_edition, REREFERRALS, Selection(until=date(2023, 3, 31)))
    assert "2022-23" in sentences.title(view) and sentences.latest_in_words(view).startswith("16.6% in 2022-23 (504 of 3,034")


def test_years_without_a_figure_are_told(illustrative_edition: OpenEdition) -> None:
    view = indicator_view(illustrative_edition, REREFERRALS, Selection(until=date(2003, 3, 31)))
    assert view.points == () and view.comparisons == () and view.source is None
    assert sentences.title(view) == "Re-referrals: no figures in the years chosen"
    assert sentences.latest_in_words(view) == "There are figures, but of other years than those chosen."


def test_a_comparator_that_stands_beside_an_earlier_period_stays(illustrative_edition: OpenEdition) -> None:
    """A quarter's figure stands beside the year that had ended by then, though that ended before the years chosen."""
    chosen = Selection(basis="rolling12", since=date(2025, 4, 1))
    kept = [
        one
        for one in _rolling(illustrative_edition, chosen)
        if any(point.ends < date(2025, 4, 1) for one in one.comparisons for point in one.points)
    ]
    assert kept
    for view in kept:
        for comparison in view.comparisons:
            assert {point.period for point in comparison.points if point.ends < date(2025, 4, 1)} <= set(comparison.stands_for.values())


def _rolling(edition: OpenEdition, chosen: Selection) -> list[IndicatorView]:
    views = [indicator_view(edition, one, chosen) for one in edition.framework.indicators]
    return [view for view in views if view.basis == "rolling12" and view.points]


# ---- an agency, a part of the children ----


def test_an_area_shows_only_what_the_agency_returns(illustrative_edition: OpenEdition) -> None:
    area = area_view(illustrative_edition, "2026-27", "partners_duties", Selection(agency="police"))
    shown = [view for group in area.groups.values() for view in group]
    framework = illustrative_edition.framework
    returned = [one for one in area.area.indicators if (found := framework.indicator(one).returned) and "police" in found.agencies]
    assert [view.indicator.id for view in shown] == sorted(returned, key=[view.indicator.id for view in shown].index)
    assert {view.agency for view in shown} == {"police"} and area.left_out == len(area.area.indicators) - len(returned) > 0
    assert sum(area.balance.measure_types.values()) == len(area.area.indicators)


def test_an_area_shows_only_what_is_returned_by_the_part_chosen(illustrative_edition: OpenEdition) -> None:
    area = area_view(illustrative_edition, "2026-27", "help_and_early_help", Selection(breakdown="age_band=1_to_4"))
    shown = [view for group in area.groups.values() for view in group]
    assert shown and {view.breakdown for view in shown} == {"age_band=1_to_4"}
    assert all("age_band" in view.indicator.returned.breakdowns for view in shown if view.indicator.returned)


def test_exceptions_are_the_boards_own_whatever_was_chosen(illustrative_edition: OpenEdition) -> None:
    whole = {one.view.indicator.id: one for one in board_view(illustrative_edition, "2026-27").exceptions}
    chosen = board_view(illustrative_edition, "2026-27", Selection(agency="childrens_social_care", until=date(2024, 3, 31))).exceptions
    assert 0 < len(chosen) < len(whole)
    assert all(one == whole[one.view.indicator.id] for one in chosen)


def test_an_exception_is_shown_on_the_basis_of_its_reason_unless_one_was_chosen(illustrative_edition: OpenEdition) -> None:
    """Else its title would speak of one figure and its mark of another."""
    area = area_view(illustrative_edition, "2026-27", "quality_of_practice")
    shown = {view.indicator.id: view for group in area.groups.values() for view in group}
    assert area.exceptions
    assert all(shown[one.view.indicator.id] == one.view for one in area.exceptions)
    yearly = area_view(illustrative_edition, "2026-27", "quality_of_practice", Selection(basis="year"))
    assert {view.basis for group in yearly.groups.values() for view in group if "year" in view.bases} == {"year"}


@pytest.mark.parametrize(
    ("selection", "left_out", "words"),
    [
        (Selection(), 0, ""),
        (Selection(agency="police"), 2, "Only what Police returns. 2 other measures are left out."),
        (Selection(breakdown="sex=female"), 1, "Only Sex: female. 1 other measure is left out."),
        (Selection(agency="police", breakdown="sex=female"), 0, "Only what Police returns, only Sex: female."),
        (Selection(since=date(2020, 4, 1)), 0, "Only periods that ended from 1 April 2020."),
        (Selection(until=date(2025, 3, 31)), 0, "Only periods that ended up to 31 March 2025."),
    ],
)
def test_what_was_chosen_is_told(framework: Framework, selection: Selection, left_out: int, words: str) -> None:
    assert sentences.selection_in_words(framework, selection, left_out) == words


def test_a_choice_is_open_until_it_changes_the_boards_own_figures() -> None:
    assert Selection().is_open and Selection(comparators=(), neighbour_statistic="median").is_open
    for name, value in {
        "agency": "police",
        "breakdown": "sex=female",
        "basis": "year",
        "since": date(2020, 4, 1),
        "until": date(2025, 3, 31),
    }.items():
        assert not replace(Selection(), **{name: value}).is_open


def test_pages_read_what_was_chosen_and_draw_no_filter_of_their_own() -> None:
    """The filter bar is one, drawn by the entry."""
    for page in (ROOT / "pages").glob("*.py"):
        assert "draw_filters" not in page.read_text(encoding="utf-8")


# ---- a part of a rate ----


def test_a_part_of_a_rate_says_that_it_is_a_count(illustrative_edition: OpenEdition) -> None:
    chosen = Selection(breakdown="age_band=10_to_15")
    view = indicator_view(illustrative_edition, "referrals_rate", chosen)
    assert view.indicator.name == "Number of referrals to children's social care"
    assert view.indicator.definition.startswith("A count of one part") and "Referrals received in the period." in view.indicator.definition
    rates = [one for one in illustrative_edition.framework.indicators.values() if one.returned and one.returned.population]
    for one in rates:
        part = indicator_view(illustrative_edition, one.id, chosen).indicator
        assert "per 1" not in part.name and "for every" not in part.definition and part.unit == "count"


def test_the_mark_of_a_part_speaks_of_the_figures_shown(illustrative_edition: OpenEdition) -> None:
    for basis in ("rolling12", "quarter"):
        view = indicator_view(illustrative_edition, "referrals_rate", Selection(basis=basis, breakdown="age_band=10_to_15"))  # type: ignore[arg-type]
        assert "(quarterly)" not in sentences.mark(view)[1]
        assert (sentences.mark(view)[1] == "below the usual") == (basis == "quarter")


def test_a_headline_names_the_agency_and_the_part(illustrative_edition: OpenEdition) -> None:
    for chosen, words in (
        (Selection(), ""),
        (Selection(agency="childrens_social_care"), "Social care: "),
        (Selection(breakdown="age_band=10_to_15"), "Harrow, Age band: 10 to 15: "),
        (Selection(agency="police"), "Police: "),  # which returns none of these: the headline says whose are not there
    ):
        view = indicator_view(illustrative_edition, "referrals_rate", chosen)
        assert sentences.headline(view) == words + sentences.title(view)
