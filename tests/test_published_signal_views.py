"""What views say of an edition's signals: control charts, watch, trend, rank, peers; and of which year a comparator's figure is."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import made_once
from given_series import authorities, broken, dated, quarters, quiet, ready, rebased, returns_of, small_board, submit_ready, target
from invented import BARNET, ENGLAND, HARROW, cells, collected, give_returns, indicator, submit

from hscb_qa.definitions import Framework, Rebase
from hscb_qa.publish import current_edition, publish_edition
from hscb_qa.views import (
    ChartPart,
    IndicatorView,
    Limits,
    OpenEdition,
    Rank,
    Selection,
    Signal,
    Trend,
    Watch,
    board_view,
    funnel_of,
    indicator_view,
)

LATEST, LABEL = "2026-27 Q2", "Jul to Sep 2026"
YEARS = ("2022", "2023", "2024", "2025", "2026")
BREAK, REBASE = broken("2024-10-01"), rebased("rebased", "2024-25 Q3")
RATIO = {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}}
ONES = (
    ready("parted", breaks=[BREAK]),
    ready("rebased"),
    ready("shifted"),
    ready("ended"),
    collected("kept", returned={"agencies": ["police", "housing", "youth_justice"]}),
    collected("rare", unit="count", counts_people=False, returned={"gives": "count", "agencies": ["police"]}),
    collected("yearly", returned={"agencies": ["police"], "overlapping": True}),
    indicator(id="place", interval="wilson", published=RATIO),
    indicator(id="place_neutral", interval="wilson", published=RATIO, polarity="neutral"),
)


def fill(store: Path, framework: Framework) -> None:
    """One store with every kind of series."""
    parted = quiet(12) + quiet(8, 200)
    series = {"parted": dated(parted), "rebased": dated(parted), "shifted": dated(quiet(10) + quiet(8, 106))}
    submit_ready(store, {**series, "ended": dated([*quiet(12), 150, "x"])})
    submit(store, cells("shifted", dated(quiet(13)), BARNET), source="lait", file="barnet.csv")
    shares = {
        agency: dated([(level, 200) for level in quiet(12, number)])
        for agency, number in (("police", 60), ("housing", 20), ("youth_justice", 12))
    }
    rare = dated([1, 0] * 8 + [0] * 12)
    decade = dated([(level, 200) for level in quiet(40)], "2025-26 Q4")
    give_returns(store, returns_of("police", {"kept": shares["police"], "rare": rare, "yearly": decade}))
    give_returns(store, [one for name in ("housing", "youth_justice") for one in returns_of(name, {"kept": shares[name]})])
    places = [HARROW, *authorities(24)]
    counts = {place: dict.fromkeys(YEARS, 300.0 - 10 * number) for number, place in enumerate(places)}
    counts[HARROW] = dict(zip(YEARS, (100, 150, 200, 250, 300), strict=True))
    tables = [cells("some", counts[place], place) for place in places] + [
        cells("all", dict.fromkeys(YEARS, 1000), place) for place in places
    ]
    submit(store, *tables)
    publish_edition(store, small_board(framework, *ONES, targets=[target("parted", 90)], rebases=[REBASE]))


@pytest.fixture(scope="module")
def edition(framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> OpenEdition:
    store = made_once(tmp_path_factory, "signal_views", lambda store: fill(store, framework))
    return OpenEdition.shareable(current_edition(store))


def seen(edition: OpenEdition, id_: str, **chosen: Any) -> IndicatorView:
    return indicator_view(edition, id_, Selection(**chosen))


# ---- control charts ----


def test_a_part_says_what_began_it(edition: OpenEdition) -> None:
    for name, began in (("parted", BREAK), ("rebased", Rebase.model_validate(REBASE))):
        control = seen(edition, name).control
        assert control
        assert control.parts == (
            ChartPart("xmr", "", "2021-22 Q3", "2024-25 Q2", 12, False, None),
            ChartPart("xmr", "", "2024-25 Q3", LATEST, 8, True, began),
        )
        assert control.last == control.parts[1]


def test_limits_and_signals_stand_by_period(edition: OpenEdition) -> None:
    view = seen(edition, "shifted")
    assert view.control and view.control.has_limits and list(view.control.limits) == quarters(18)
    signal = Signal(LATEST, LABEL, "shift", "high", "concern", "Oct to Dec 2024", 8)
    assert view.control.signals[LATEST] == view.signal == signal
    before = view.control.signals[quarters(18)[9]]
    assert (before.side, before.judgement, before.since, before.points) == ("low", "improvement", "Apr to Jun 2022", 10)
    # Of 18 figures the mean is 1854 / 18 = 103; ten moving ranges of 2 and 3 and one of 8 at the step, which is screened out.
    limits = view.control.limits[LATEST]
    assert limits.mean == pytest.approx(sum(quiet(10) + quiet(8, 106)) / 18)
    assert set(view.control.limits.values()) == {Limits(limits.mean, limits.lower, limits.upper)}


def test_a_target_is_told_with_what_the_last_limits_make_of_it(edition: OpenEdition) -> None:
    parted, shifted = seen(edition, "parted").control, seen(edition, "shifted").control
    assert parted and (parted.target, parted.assurance) == (90, "fails")
    assert shifted and (shifted.target, shifted.assurance) == (None, None)


def test_a_chart_of_rare_events_has_signals_and_nothing_to_draw(edition: OpenEdition) -> None:
    view = seen(edition, "rare")
    assert view.control and (view.control.last.chart, view.control.limits) == ("g", {})
    assert view.signal == Signal(LATEST, LABEL, "outside", "low", "improvement", LABEL, 1, gap=13)


def test_figures_that_overlap_have_no_chart_or_the_line_alone(edition: OpenEdition) -> None:
    assert seen(edition, "kept", basis="ytd").control is None
    assert seen(edition, "kept", basis="rolling12").control is None
    control = seen(edition, "yearly", basis="quarter").control
    assert control and (control.last.chart, control.last.reason, control.limits, control.signals) == ("run", "overlapping", {}, {})


def test_another_place_and_an_agency_have_their_own_chart(edition: OpenEdition) -> None:
    barnet = indicator_view(edition, "shifted", geography=BARNET)
    assert barnet.control and barnet.control.last.points == 13 and barnet.signal is None
    police = seen(edition, "kept", agency="police")
    assert police.control and police.control.limits[LATEST].mean == pytest.approx(sum(quiet(12, 60)) / 24)


def test_a_latest_quarter_without_a_figure_has_no_signal(edition: OpenEdition) -> None:
    view = seen(edition, "ended")
    assert view.signal is None
    assert view.control and next(reversed(view.control.signals)) == quarters(2)[0]
    assert view.watch == Watch("quarter", LATEST, LABEL, False, None, None)


# ---- the same on every basis ----


def test_the_watch_is_of_the_finest_basis_that_can_be_judged_whatever_is_shown(edition: OpenEdition) -> None:
    for basis in ("quarter", "ytd", "rolling12", "year"):
        assert seen(edition, "kept", basis=basis).watch == Watch("quarter", LATEST, LABEL, True, None, None)
        assert seen(edition, "yearly", basis=basis).watch == Watch("year", "2026", "2025-26", True, None, None)
    shifted = seen(edition, "shifted").watch
    assert shifted and shifted.is_judged and shifted.signal == seen(edition, "shifted").signal


def test_a_trend_names_its_years_and_is_judged_where_polarity_allows(edition: OpenEdition) -> None:
    assert seen(edition, "place").trend == Trend("rising", "worse", "2021-22", "2025-26")
    assert seen(edition, "place_neutral").trend == Trend("rising", None, "2021-22", "2025-26")
    other = indicator_view(edition, "place", geography=authorities(1)[0]).trend
    assert other and (other.direction, other.verdict) == ("none", None)
    assert seen(edition, "shifted").trend is None


def test_a_rank_counts_from_the_best_and_a_neutral_measure_has_none(edition: OpenEdition) -> None:
    # Harrow has 300 of 1,000 in 2025-26, the others 290 and fewer: the highest of 25, where lower is better.
    assert seen(edition, "place").rank == Rank("2026", "2025-26", 25, 25, "D", "highest", "worst")
    assert seen(edition, "place_neutral").rank == Rank("2026", "2025-26", None, 25, None, "highest", None)
    best = indicator_view(edition, "place", geography=authorities(24)[-1]).rank
    assert best and (best.rank, best.band, best.fifth, best.verdict) == (1, "A", "lowest", "best")
    assert seen(edition, "shifted").rank is None


def test_peers_stand_in_the_order_of_the_configuration_with_their_limits(edition: OpenEdition) -> None:
    peers = seen(edition, "kept").peers
    # Of 200 each in the last quarter: police 62, housing 22, education 14. Together 98 of 600, 16.3%, with limits about 8 points away.
    apart = {"police": ("high", "concern"), "youth_justice": ("low", "improvement"), "housing": (None, None)}
    assert [one.agency for one in peers] == [agency for agency in edition.framework.agencies if agency in apart]
    assert {one.agency: (one.side, one.judgement) for one in peers} == apart
    police = next(one for one in peers if one.agency == "police")
    assert (police.name, police.period, police.label, police.value) == ("Police", LATEST, LABEL, 31.0)
    assert police.baseline == pytest.approx(100 * 98 / 600)
    assert police.lower < police.baseline < police.upper < police.value
    assert police.base == 200
    assert seen(edition, "kept", agency="police").peers == (police,)
    assert indicator_view(edition, "kept", geography=BARNET).peers == ()


def test_an_agency_stands_beside_all_agencies_by_their_funnel(edition: OpenEdition) -> None:
    said = {"police": ("higher", "worse"), "youth_justice": ("lower", "better"), "housing": ("similar", None)}
    for agency, told in said.items():
        [together] = seen(edition, "kept", agency=agency).comparisons
        assert (together.id, together.name, together.points) == ("board", "All agencies", seen(edition, "kept").points)
        assert (together.differences[LATEST], together.verdicts.get(LATEST)) == told
    year_to_date = seen(edition, "kept", agency="police", basis="ytd").comparisons[0]
    assert year_to_date.points and not year_to_date.differences


def test_an_agency_that_alone_returns_a_figure_stands_beside_nobody(edition: OpenEdition) -> None:
    for name in ("rare", "yearly"):
        view = seen(edition, name, agency="police")
        assert view.points and view.comparisons == () and view.board_total is None


def test_all_agencies_are_clipped_with_the_years_chosen(edition: OpenEdition) -> None:
    whole, clipped = (seen(edition, "kept", agency="police", since=day).comparisons[0].points for day in (None, date(2026, 1, 1)))
    assert clipped == whole[-3:]


def test_a_funnel_has_the_limits_of_its_formula(edition: OpenEdition) -> None:
    funnel = funnel_of(edition, "kept")
    assert funnel and [peer.name for peer in funnel.outside] == [
        one.short_name for one in edition.framework.agencies.values() if one.id in ("police", "youth_justice")
    ]
    # 98 of 600 are 16.33%. At 224, a little beyond the largest base: 3.0902 and 1.9600 times the root of p (1 - p) / 224.
    last, share = funnel.limits[-1], 98 / 600
    spread = (share * (1 - share) / 224) ** 0.5
    assert last.base == pytest.approx(224) and funnel.baseline == pytest.approx(100 * share)
    assert (last.upper_998, last.lower_95) == pytest.approx((100 * (share + 3.090232 * spread), 100 * (share - 1.959964 * spread)))
    assert [one.base for one in funnel.limits] == sorted(one.base for one in funnel.limits)
    assert funnel_of(edition, "rare") is None


def test_a_funnel_of_earlier_years_is_of_their_last_period(edition: OpenEdition) -> None:
    earlier = funnel_of(edition, "kept", date(2026, 4, 30))
    assert earlier and (earlier.period, earlier.label) == ("2025-26 Q4", "Jan to Mar 2026")


def test_peers_of_a_fourth_quarter_are_not_those_of_the_year_as_well(tmp_path: Path, framework: Framework) -> None:
    """A year ends on the same day as its last quarter."""
    agencies = ("police", "housing", "youth_justice")
    series = {"kept": dated([(level, 200) for level in quiet(4, 60)], "2025-26 Q4")}
    give_returns(tmp_path, [one for agency in agencies for one in returns_of(agency, series)])
    board = small_board(framework, collected("kept", returned={"agencies": agencies}))
    peers = seen(OpenEdition.shareable(publish_edition(tmp_path, board)), "kept").peers
    assert sorted(one.agency for one in peers) == sorted(agencies)
    assert {one.period for one in peers} == {"2025-26 Q4"}


def test_the_overview_shows_exceptions_of_concern_first(edition: OpenEdition) -> None:
    board = board_view(edition, edition.framework.plan_years[0].id)
    found = [(one.view.indicator.id, one.judgement, [reason.kind for reason in one.reasons]) for one in board.exceptions]
    assert found == [
        ("shifted", "concern", ["special_cause"]),
        ("parted", "concern", ["target_missed"]),
        ("kept", "concern", ["agencies_disagree"]),
        ("place", "concern", ["fifth"]),
        ("place_neutral", "neutral", ["fifth"]),
        ("rare", "improvement", ["special_cause"]),
    ]
    assert board.since is None


# ---- of which year a comparator's figure is ----


def beside_years(store: Path, framework: Framework, **changes: Any) -> OpenEdition:
    """Ten in a hundred for Harrow in each quarter of 2024-25 and 2025-26, beside England's years to March 2025 and 2026."""
    figures = dated([(10, 100)] * 8, "2025-26 Q4")
    give_returns(store, returns_of("police", {"kept": figures}))
    england = {"2025": 200.0, "2026": 50.0}
    submit(store, cells("some", england, ENGLAND), cells("all", dict.fromkeys(england, 1000), ENGLAND))
    asked = {"agencies": ["police"], **changes.pop("returned", {})}
    return OpenEdition.shareable(publish_edition(store, small_board(framework, collected(published=RATIO, returned=asked, **changes))))


def test_twelve_months_stand_beside_the_year_that_had_ended(tmp_path: Path, framework: Framework) -> None:
    edition = beside_years(tmp_path, framework)
    [england] = seen(edition, "kept", basis="rolling12", comparators=("england",)).comparisons
    first = dict.fromkeys(("2024-25 Q4", "2025-26 Q1", "2025-26 Q2", "2025-26 Q3"), "2025")
    assert england.stands_for == {**first, "2025-26 Q4": "2026"}
    assert [(one.period, one.label, one.value) for one in england.points] == [("2025", "2024-25", 20.0), ("2026", "2025-26", 5.0)]
    beside = {period: england.at(period) for period in england.stands_for}
    assert {period: one and one.value for period, one in beside.items()} == {**dict.fromkeys(first, 20.0), "2025-26 Q4": 5.0}
    # 40 of 400 is 10%, its interval 7.4 to 13.3: below England's 20, above its 5; lower is better.
    assert england.differences == {**dict.fromkeys(first, "lower"), "2025-26 Q4": "higher"}
    assert england.verdicts == {**dict.fromkeys(first, "better"), "2025-26 Q4": "worse"}
    assert seen(edition, "kept", basis="quarter", comparators=("england",)).comparisons == ()  # a quarter of a flow is no year


def test_a_day_stands_beside_the_31_march_that_had_passed(tmp_path: Path, framework: Framework) -> None:
    edition = beside_years(tmp_path, framework, returned={"counting": "snapshot"})
    view = seen(edition, "kept", basis="quarter", comparators=("england",))
    [england] = view.comparisons
    assert england.stands_for == {**dict.fromkeys(quarters(4, "2025-26 Q3"), "2025"), "2025-26 Q4": "2026"}
    assert england.points[0].label == "31 March 2025"
    assert england.at("2024-25 Q3") is None


def test_quarters_that_make_no_such_year_stand_beside_none(tmp_path: Path, framework: Framework) -> None:
    edition = beside_years(tmp_path, framework, period_type="academic_year")
    assert seen(edition, "kept", basis="rolling12", comparators=("england",)).comparisons == ()
