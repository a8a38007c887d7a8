"""Every series of the police's file through publication, by month and by quarter: nothing breaks, and signals are those of a plain loop.

Thirty-two types of crime in thirty-two boroughs from April 2010 to November 2023. Skipped where the published files are absent.
"""

from collections.abc import Iterator
from math import isclose, isnan, nan
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import made_once
from given_series import small_board
from invented import HARROW, indicator
from plain_signals import PlainPoint, PlainSignal, plain_signals

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.exports import series_csv
from hscb_qa.figures import trend_figure
from hscb_qa.intake import Terms, load_published
from hscb_qa.periods import PeriodType
from hscb_qa.publish import Edition, current_edition, publish_edition
from hscb_qa.sentences import alternative_text, change_in_words, signal_in_words, title
from hscb_qa.statistics import ChartTerms
from hscb_qa.tables import series_table
from hscb_qa.views import IndicatorView, OpenEdition, Selection, indicator_view

FILE = Path("data") / "met_police" / "mps_borough_level_crime_historical.csv"
KEY = ["MajorText", "MinorText", "BoroughName"]
BOROUGHS, TYPES, MONTHS, QUARTERS = 32, 32, 164, 54
TERMS = ChartTerms()
CHARTS = {"min_points": 8, "rare_below": 5, "bases_vary": 0.25, "p_base_at_most": 1000, "screen_outliers": True}
POLARITY = ("higher", "lower", "neutral")


def of_type(number: int, major: str, minor: str, by: PeriodType) -> Indicator:
    """One type of crime as an indicator by month or by quarter."""
    published = {"source": "mps_crime", "numerator": {"measures": [minor], "breakdown": {"MajorText": major}}}
    facts: dict[str, Any] = {"unit": "count", "decimals": 0, "denominator": None, "interval": "byar", "published": published}
    return indicator(id=f"{by}_{number}", name=minor, polarity=POLARITY[number % 3], period_type=by, **facts)


def indicators(file: Path) -> list[Indicator]:
    types = pd.read_csv(file, usecols=KEY[:2]).drop_duplicates().itertuples(index=False)
    by: tuple[PeriodType, ...] = ("month", "quarter")
    return [of_type(number, *one, by=each) for number, one in enumerate(types) for each in by]


def publish_file(store: Path, framework: Framework, file: Path) -> Edition:
    load_published(store, framework, "mps_crime", [file], Terms("tests"))
    return publish_edition(store, small_board(framework, *indicators(file), charts=CHARTS))


@pytest.fixture(scope="module")
def edition(shared: Path, framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> OpenEdition:
    store = made_once(tmp_path_factory, "police_store", lambda store: publish_file(store, framework, shared / FILE))
    return OpenEdition.shareable(current_edition(store))


def counted(edition: OpenEdition, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in edition.rows(sql)]


# ---- nothing is lost and nothing breaks ----


def test_every_figure_is_in_one_part_of_one_chart(edition: OpenEdition) -> None:
    points = counted(edition, "SELECT basis, COUNT(*), COUNT(value) FROM points GROUP BY 1 ORDER BY 1")
    series = BOROUGHS * TYPES
    each = {"month": MONTHS, "quarter": QUARTERS, "rolling12": QUARTERS - 3, "year": 13, "ytd": QUARTERS}
    assert points == [(basis, series * number, series * number) for basis, number in each.items()]
    charts = counted(edition, "SELECT basis, COUNT(*), SUM(points) FROM charts GROUP BY 1 ORDER BY 1")
    assert charts == [(basis, series, series * each[basis]) for basis in ("month", "quarter", "year")]
    drawn = "SELECT basis, SUM(points) FROM charts WHERE chart = 'xmr' GROUP BY 1 ORDER BY 1"
    with_limits = "SELECT basis, COUNT(*) FROM signals WHERE mean IS NOT NULL GROUP BY 1 ORDER BY 1"
    assert counted(edition, drawn) == counted(edition, with_limits)


def test_charts_by_kind(edition: OpenEdition) -> None:
    found = counted(edition, "SELECT basis, chart, reason, COUNT(*) FROM charts GROUP BY ALL ORDER BY ALL")
    assert found == [
        ("month", "g", "rare", 161),
        ("month", "run", "rare", 57),
        ("month", "xmr", "", 806),
        ("quarter", "g", "rare", 107),
        ("quarter", "run", "rare", 35),
        ("quarter", "xmr", "", 882),
        ("year", "g", "rare", 72),
        ("year", "run", "rare", 78),
        ("year", "xmr", "", 874),
    ]


def test_signals_are_whole_and_judged_by_polarity(edition: OpenEdition) -> None:
    rows = edition.rows("SELECT s.*, i.polarity FROM signals AS s JOIN indicators AS i ON s.indicator = i.id")
    assert len(rows) > 150_000
    words = {
        ("higher", 1): "improvement", ("higher", -1): "concern", ("lower", 1): "concern", ("lower", -1): "improvement",
        ("neutral", 1): "neutral", ("neutral", -1): "neutral",
    }  # fmt: skip
    assert {(row["rule"] == "", row["side"] == 0, row["judgement"] == "") for row in rows} == {(True,) * 3, (False,) * 3}
    assert all(row["judgement"] == words[row["polarity"], row["side"]] for row in rows if row["rule"])
    assert all(row["lower"] <= row["mean"] <= row["upper"] and row["lower"] >= 0 for row in rows if row["mean"] is not None)
    assert {row["rule"] for row in rows} == {"", "outside", "trend", "two_in_three", "shift"}


def test_both_files_say_the_same_of_what_is_published(edition: OpenEdition) -> None:
    restricted = OpenEdition.restricted(edition.edition)
    for table in ("charts", "signals", "watched"):
        sql = f"SELECT * FROM {table} ORDER BY indicator, geography, basis, ends"
        assert counted(edition, sql) == counted(restricted, sql)


# ---- beside a plain loop ----


def expected(edition: OpenEdition, id_: str, basis: str) -> Iterator[tuple[str, PlainSignal]]:
    """What the plain loop finds of a series of Harrow, by period."""
    sql = "SELECT period, value FROM points WHERE indicator = ? AND basis = ? AND geography = ? ORDER BY ends"
    rows = edition.rows(sql, [id_, basis, HARROW])
    points = [PlainPoint(row["value"], place > 0, place, row["value"]) for place, row in enumerate(rows)]
    yield from zip((row["period"] for row in rows), plain_signals(points, TERMS, True), strict=True)


def agrees(row: dict[str, Any], plain: PlainSignal) -> bool:
    """Whether a row of `signals` is what the plain loop says; limits are kept at or above zero."""
    mean, lower, upper = (nan if row[name] is None else row[name] for name in ("mean", "lower", "upper"))
    pairs = zip(
        (mean, lower, upper), (plain.limit[0], max(plain.limit[1], 0) if plain.chart == "xmr" else nan, plain.limit[2]), strict=True
    )
    close = all((isnan(ours) and isnan(theirs)) or isclose(ours, theirs, rel_tol=1e-9) for ours, theirs in pairs)
    return close and (row["rule"], row["side"]) == (plain.rule, plain.side)


@pytest.mark.parametrize("basis", ["month", "quarter", "year"])
def test_every_signal_of_harrow_is_that_of_a_plain_loop(edition: OpenEdition, basis: str) -> None:
    rows = edition.rows("SELECT * FROM signals WHERE geography = ? AND basis = ?", [HARROW, basis])
    ours = {(row["indicator"], row["period"]): row for row in rows}
    charts = {
        row["indicator"]: row["chart"] for row in edition.rows("SELECT * FROM charts WHERE geography = ? AND basis = ?", [HARROW, basis])
    }
    assert len(charts) == TYPES
    for id_, chart in charts.items():
        for period, plain in expected(edition, id_, basis):
            assert plain.chart == chart
            row = ours.pop((id_, period), None)
            assert (row is None) == (isnan(plain.limit[0]) and not plain.rule), (id_, period)
            assert row is None or agrees(row, plain), (id_, period)
    assert ours == {}


def test_the_comparison_finds_one_planted_wrong_limit(edition: OpenEdition) -> None:
    [row] = edition.rows("SELECT * FROM signals WHERE geography = ? AND indicator = 'month_1' AND period = '2015-04'", [HARROW])
    plain = dict(expected(edition, "month_1", "month"))["2015-04"]
    assert agrees(row, plain)
    assert not agrees({**row, "upper": row["upper"] * 1.001}, plain)
    assert not agrees({**row, "rule": "trend" if row["rule"] != "trend" else ""}, plain)


# ---- as a page shows it ----


def test_every_month_and_quarter_of_harrow_can_be_shown(edition: OpenEdition) -> None:
    for id_ in edition.framework.indicators:
        view = indicator_view(edition, id_)
        assert view.control and view.watch and view.basis == id_.split("_")[0]
        assert title(view) and alternative_text(view) and series_csv(view)
        assert len(series_table(view)) == len(view.points)
        assert (signal_in_words(view) != "") and trend_figure(view)


def month(edition: OpenEdition, id_: str = "month_1") -> IndicatorView:
    return indicator_view(edition, id_, Selection(basis="month"))


def test_a_months_view_says_its_months(edition: OpenEdition) -> None:
    view = month(edition)
    assert (view.bases, len(view.points)) == (("month",), MONTHS)
    assert (view.points[0].label, view.points[-1].label, view.points[-1].period) == ("April 2010", "November 2023", "2023-11")
    assert view.watch and (view.watch.basis, view.watch.label, view.watch.is_judged) == ("month", "November 2023", True)


def test_a_month_is_compared_with_the_month_before(edition: OpenEdition) -> None:
    change = month(edition).change
    assert change and change.previous_period == "2023-10"
    sql = "SELECT period, previous_period FROM changes WHERE indicator = 'month_1' ORDER BY period"
    pairs = dict(counted(edition, sql))
    assert len(pairs) == MONTHS - 1
    assert (pairs["2016-02"], pairs["2016-03"], pairs["2015-03"], pairs["2016-01"]) == ("2016-01", "2016-02", "2015-02", "2015-12")
    assert change_in_words(month(edition))


# ---- gaps and types that were renamed, planted in the real figures ----


def test_months_that_are_missing_and_types_that_change_their_name(shared: Path, framework: Framework, tmp_path: Path) -> None:
    """Two months are left out of the file; one type of crime goes on under another name from 2019, of which each has half the months."""
    cells = pd.read_csv(shared / FILE, dtype="str").drop(columns=["201512", "201601"])
    cells = cells[cells["MinorText"].isin(["HOMICIDE", "CRIMINAL DAMAGE"])]
    old, new = cells[cells["MinorText"] == "CRIMINAL DAMAGE"], cells[cells["MinorText"] == "CRIMINAL DAMAGE"].assign(MinorText="DAMAGE")
    after = [column for column in cells.columns if column >= "201901" and column not in KEY]
    before = [column for column in cells.columns if column < "201901" and column not in KEY]
    old, new = old.assign(**dict.fromkeys(after, "0")), new.assign(**dict.fromkeys(before, "0"))
    file = tmp_path / "police.csv"
    pd.concat([cells[cells["MinorText"] == "HOMICIDE"], old, new]).to_csv(file, index=False)
    found = OpenEdition.shareable(publish_file(tmp_path / "store", framework, file))
    by_name = {one.name: one.id.split("_")[1] for one in found.framework.indicators.values()}
    damage = month(found, f"month_{by_name['CRIMINAL DAMAGE']}")
    assert [point.period for point in damage.points if point.value is None] == ["2015-12", "2016-01"]
    assert damage.signal and (damage.signal.side, damage.signal.since) == ("low", "January 2019")
    quarterly = indicator_view(found, f"quarter_{by_name['CRIMINAL DAMAGE']}")
    assert [point.period for point in quarterly.points if point.value is None] == ["2015-16 Q3", "2015-16 Q4"]
    started = month(found, f"month_{by_name['DAMAGE']}")
    assert started.control and started.control.signals["2016-02"].since == "February 2016"  # no stretch goes over the two months
    homicide = month(found, f"month_{by_name['HOMICIDE']}")
    assert homicide.control and (homicide.control.last.chart, homicide.control.last.reason) == ("run", "rare")  # no g chart over a gap
