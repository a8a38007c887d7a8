"""What a page says, from invented figures worked by hand and from the real edition as a whole."""

import threading
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from invented import BARNET, BRENT, ENGLAND, HARROW, LONDON, cells, counted, indicator, neighbour_set, only, submit

from hscb_qa.definitions import MEASURE_TYPES, Framework
from hscb_qa.errors import StoreFault, UnknownName
from hscb_qa.publish import Edition, publish_edition
from hscb_qa.sentences import neighbours_in_words
from hscb_qa.views import BoardView, IndicatorView, OpenEdition, Selection, area_view, board_view, indicator_view, methods_view

PLAN_YEARS = ("2015-16", "2025-26", "2026-27")


def share_of(store: Path, framework: Framework, **changes: object) -> OpenEdition:
    """The share for Harrow 15.6%, Barnet 8.0%, London 12.0% and England 10.0% of about 2,000, in 2016; neighbours: Barnet and Brent."""
    for place, some, all_ in ((HARROW, 355, 2281), (BARNET, 160, 2000), (LONDON, 240, 2000), (ENGLAND, 200, 2000)):
        submit(store, cells("some", {"2016": some}, place), cells("all", {"2016": all_}, place))
    neighbour_set(store, [BARNET, BRENT])
    neighbour_set(store, [LONDON], date(2021, 4, 1))
    return OpenEdition.shareable(publish_edition(store, only(framework, indicator(interval="wilson", **changes))))


def judged(view: IndicatorView) -> dict[str, tuple[str | None, str | None]]:
    return {one.id: (one.differences.get("2016"), one.verdicts.get("2016")) for one in view.comparisons}


# ---- one indicator ----


def test_the_comparators_are_those_chosen_in_the_order_chosen(tmp_path: Path, framework: Framework) -> None:
    edition = share_of(tmp_path, framework)
    chosen = Selection(comparators=("england", "neighbours", "nowhere", "london"))
    assert [one.id for one in indicator_view(edition, "share", chosen).comparisons] == ["england", "neighbours_mean", "london"]
    assert indicator_view(edition, "share", Selection(comparators=())).comparisons == ()


@pytest.mark.parametrize(
    ("statistic", "start", "value", "note"),
    [
        ("mean", None, 8.0, "mean of 1 of 2, set of May 2025"),  # Brent has no figure
        ("median", None, 8.0, "median of 1 of 2, set of May 2025"),
        ("mean", date(2021, 4, 1), 12.0, "mean of 1 of 1, set of April 2021"),
        ("mean", date(1999, 1, 1), 8.0, "mean of 1 of 2, set of May 2025"),  # no such set: the newest
    ],
)
def test_neighbours_say_which_statistic_and_which_set(
    tmp_path: Path, framework: Framework, statistic: str, start: date | None, value: float, note: str
) -> None:
    chosen = Selection(("neighbours",), statistic, start)  # type: ignore[arg-type]
    [beside] = indicator_view(share_of(tmp_path, framework), "share", chosen).comparisons
    assert (beside.points[-1].value, neighbours_in_words(beside, beside.points[-1].period)) == (value, note)


def test_the_boards_figure_is_judged_by_its_own_interval(tmp_path: Path, framework: Framework) -> None:
    # Harrow's interval is 14.13 to 17.11: above all of them; lower would be better.
    worse = ("higher", "worse")
    assert judged(indicator_view(share_of(tmp_path, framework), "share")) == {"neighbours_mean": worse, "london": worse, "england": worse}


def test_another_place_is_not_judged_by_the_boards_figure(tmp_path: Path, framework: Framework) -> None:
    """Barnet's 160 of 2,000 is 6.9 to 9.3 by Wilson: below England's 10, where Harrow is above it."""
    view = indicator_view(share_of(tmp_path, framework), "share", geography=BARNET)
    assert view.place == "Barnet" and view.change is None
    assert judged(view)["england"] in {("lower", "better"), (None, None)}


def test_a_place_is_not_set_beside_itself(tmp_path: Path, framework: Framework) -> None:
    view = indicator_view(share_of(tmp_path, framework), "share", geography=ENGLAND)
    assert [one.id for one in view.comparisons] == ["london"]


def test_unknown_names_are_told_with_the_nearest(tmp_path: Path, framework: Framework) -> None:
    edition = share_of(tmp_path, framework)
    with pytest.raises(UnknownName, match="Did you mean 'share'"):
        indicator_view(edition, "shares")
    with pytest.raises(UnknownName, match="no geography 'E99999999'"):
        indicator_view(edition, "share", geography="E99999999")
    with pytest.raises(UnknownName, match="no plan year"):
        board_view(edition, "1999-00")


def test_a_year_nobody_published_is_a_point_without_a_number(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2014": 1, "2016": 3}), cells("all", {"2014": 10, "2015": 10, "2016": 10}))
    edition = OpenEdition.shareable(publish_edition(tmp_path, only(framework, indicator())))
    points = indicator_view(edition, "share").points
    assert [(point.period, point.value, point.status) for point in points] == [("2014", 10.0, ""), ("2015", None, "x"), ("2016", 30.0, "")]


@pytest.mark.parametrize("basis", ["quarter", "ytd", "rolling12"])
def test_a_quarter_nobody_published_is_a_point_without_a_number(tmp_path: Path, framework: Framework, basis: str) -> None:
    """Between two quarters that are there; a line through the gap would show a figure nobody gave."""
    quarters = [f"{year}-{year - 1999} Q{quarter}" for year in (2014, 2015, 2016, 2017) for quarter in (1, 2, 3, 4)]
    crimes = {text: number for number, text in enumerate(quarters) if text != "2015-16 Q2"}
    submit(tmp_path, cells("crimes", crimes), source="mps_crime")
    edition = OpenEdition.shareable(publish_edition(tmp_path, only(framework, counted())))
    points = indicator_view(edition, "crimes", Selection(basis=basis)).points  # type: ignore[arg-type]
    assert [point.period for point in points] == quarters[quarters.index(points[0].period) :]
    assert next(point.status for point in points if point.period == "2015-16 Q2") == "x"


def test_a_year_a_comparator_lacks_is_a_point_without_a_number(tmp_path: Path, framework: Framework) -> None:
    years = ("2014", "2015", "2016")
    submit(tmp_path, cells("some", dict.fromkeys(years, 1)), cells("all", dict.fromkeys(years, 10)))
    submit(tmp_path, cells("some", {"2014": 1, "2016": 1}, ENGLAND), cells("all", dict.fromkeys(years, 10), ENGLAND))
    edition = OpenEdition.shareable(publish_edition(tmp_path, only(framework, indicator())))
    [england] = indicator_view(edition, "share").comparisons
    assert [(point.period, point.value) for point in england.points] == [("2014", 10.0), ("2015", None), ("2016", 10.0)]


def test_an_indicator_without_a_figure_is_an_empty_view(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("another", {"2016": 1}))
    view = indicator_view(OpenEdition.shareable(publish_edition(tmp_path, only(framework, indicator()))), "share")
    assert (view.points, view.comparisons, view.change, view.source, view.latest, view.latest_shown) == ((), (), None, None, None, None)


def test_a_quarters_view_has_four_bases_and_falls_back_to_the_first(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("crimes", {f"2015-16 Q{quarter}": 5 for quarter in (1, 2, 3, 4)}), source="mps_crime")
    edition = OpenEdition.shareable(publish_edition(tmp_path, only(framework, counted(), indicator())))
    assert indicator_view(edition, "crimes").bases == ("quarter", "ytd", "rolling12", "year")
    views = [indicator_view(edition, "crimes", Selection(basis=basis)) for basis in ("quarter", "ytd", "rolling12", "year")]  # type: ignore[arg-type]
    labels = {view.basis: view.points[-1].label for view in views}
    assert labels == {"quarter": "Jan to Mar 2016", "ytd": "Apr to Mar 2016", "rolling12": "12 months to Mar 2016", "year": "2015-16"}
    assert indicator_view(edition, "share", Selection(basis="ytd")).basis == "year"


def test_the_source_is_the_file_of_the_latest_figure(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2015": 1}), cells("all", {"2015": 10, "2016": 10}), file="old.csv", released=date(2015, 10, 1))
    submit(tmp_path, cells("some", {"2016": 1}), file="new.csv", released=date(2016, 10, 1))
    source = indicator_view(OpenEdition.shareable(publish_edition(tmp_path, only(framework, indicator()))), "share").source
    assert source and (source.file, source.released) == ("new.csv", "2016-10-01")


# ---- areas and the board, on the real edition ----


@pytest.fixture(scope="module", params=PLAN_YEARS)
def board(request: pytest.FixtureRequest, real_edition: OpenEdition) -> BoardView:
    return board_view(real_edition, request.param)


def test_every_indicator_of_an_area_stands_under_its_question(board: BoardView) -> None:
    for view in board.areas:
        assert tuple(view.groups) == MEASURE_TYPES
        assert sorted(one.indicator.id for group in view.groups.values() for one in group) == sorted(view.area.indicators)
        assert all(one.indicator.measure_type == kind for kind, group in view.groups.items() for one in group)
        assert view.balance.measure_types == {kind: len(group) for kind, group in view.groups.items()}
        assert view.balance.holes == [kind for kind, group in view.groups.items() if not group]
        assert view.illustrative_priority == (view.area in view.plan_year.part_b)


def test_the_overview_has_every_area_and_begins_with_concern(board: BoardView) -> None:
    assert [one.area for one in board.areas] == list(board.plan_year.areas)
    judged = [one.judgement for one in board.exceptions]
    assert judged == sorted(judged, key=["concern", "neutral", "improvement"].index)
    listed = {indicator for area in board.areas for indicator in area.area.indicators}
    found = [one.view.indicator.id for one in board.exceptions]
    assert len(set(found)) == len(found) > 5 and set(found) <= listed


def test_an_exception_is_shown_on_the_basis_of_its_first_reason(board: BoardView) -> None:
    for one in board.exceptions:
        assert one.view.basis == one.reasons[0].basis
        neutral = one.view.indicator.polarity == "neutral"
        assert {reason.judgement for reason in one.reasons} <= ({"neutral"} if neutral else {"concern", "improvement"})
        assert one.narrative.owed_by


def test_areas_that_share_an_indicator_name_each_other(board: BoardView) -> None:
    assert any(view.shared for view in board.areas)
    for view in board.areas:
        for other in board.plan_year.areas:
            both = set(view.area.indicators) & set(other.indicators) if other != view.area else set()
            assert set(view.shared.get(other.id, [])) == both


def test_an_area_has_a_view_of_its_own(real_edition: OpenEdition) -> None:
    view = area_view(real_edition, "2025-26", "training")
    assert (view.area.id, view.plan_year.id) == ("training", "2025-26")


def test_an_area_of_another_year_is_unknown(real_edition: OpenEdition) -> None:
    with pytest.raises(UnknownName, match="no area in plan year 2015-16 'nothing'"):
        area_view(real_edition, "2015-16", "nothing")


def test_no_real_series_has_a_hole(real_edition: OpenEdition) -> None:
    """Years follow one another, quarters too, and comparators with them."""
    for one in real_edition.framework.indicators.values():
        view = indicator_view(real_edition, one.id, Selection(("neighbours", "london", "outer_london", "england")))
        apart = 100 if one.period_type == "quarter" else 370
        for points in (view.points, *(beside.points for beside in view.comparisons)):
            gaps = [(later.ends - earlier.ends).days for earlier, later in pairwise(points)]
            assert all(0 < gap < apart for gap in gaps), one.id


def test_methods_name_every_file_and_correction(real_edition: OpenEdition, framework: Framework) -> None:
    view = methods_view(real_edition)
    assert len(view.submissions) == 13
    assert view.corrections == framework.corrections
    assert all(row["own"] <= row["cells"] and row["places"] <= row["cells"] for row in view.differences)


# ---- opening ----


def test_one_edition_answers_many_threads(real_edition: OpenEdition) -> None:
    expected = [point.value for point in indicator_view(real_edition, "rereferrals_within_12_months").points]
    found: list[list[float | None]] = []

    def read() -> None:
        for _ in range(3):
            found.append([point.value for point in indicator_view(real_edition, "rereferrals_within_12_months").points])

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 18


def test_an_edition_that_is_not_there_is_a_plain_fault(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="Publish again, or use another edition"):
        OpenEdition.shareable(Edition("2026-11-23-120000", "", "", False, tmp_path))


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2015, 4, 1), "2015-16"), (date(2018, 6, 1), "2015-16"), (date(2026, 3, 31), "2025-26"), (date(2026, 4, 1), "2026-27")],
)
@pytest.mark.parametrize("order", [1, -1])
def test_today_lies_in_one_plan_year_however_they_are_listed(framework: Framework, today: date, expected: str, order: int) -> None:
    listed = framework.model_copy(update={"plan_years": framework.plan_years[::order]})
    assert listed.current_plan_year(today).id == expected
