"""What story.yaml plants is found where it was planted, and where nothing was planted little is called special."""

import sys
from typing import Any

import pytest
import yaml
from conftest import ROOT

from hscb_qa.definitions import Framework
from hscb_qa.views import IndicatorView, OpenEdition, Selection, board_view, indicator_view

FOLDER = ROOT / "data" / "illustrative"
STORY: dict[str, Any] = yaml.safe_load((FOLDER / "story.yaml").read_text(encoding="utf-8"))
NAMED = {entry["indicator"] for kind in ("levels", "figures", "revisions", "restatements", "not_given", "small") for entry in STORY[kind]}


def planted(kind: str) -> list[dict[str, Any]]:
    return [entry for entry in (*STORY["levels"], *STORY["figures"]) if entry["kind"] == kind]


def quarterly(edition: OpenEdition, indicator: str, agency: str | None = None) -> IndicatorView:
    return indicator_view(edition, indicator, Selection((), basis="quarter", agency=agency))


def rules(view: IndicatorView) -> dict[str, tuple[str, str]]:
    assert view.control
    return {period: (signal.rule, signal.side) for period, signal in view.control.signals.items()}


def test_the_shift_turns_in_its_quarter(illustrative_edition: OpenEdition) -> None:
    [entry] = planted("shift")
    view = quarterly(illustrative_edition, entry["indicator"])
    sides = {point.period: rules(view)[point.period][1] for point in view.points}
    assert sides == {period: "low" if period >= entry["from"] else "high" for period in sides}
    assert view.signal and view.signal.judgement == "concern"
    assert (view.signal.since, view.signal.points) == ("Oct to Dec 2024", 8)


def test_the_trend_begins_in_its_quarter(illustrative_edition: OpenEdition) -> None:
    [entry] = planted("trend")
    found = rules(quarterly(illustrative_edition, entry["indicator"]))
    rising = [period for period, (rule, _) in found.items() if rule == "trend"]
    assert min(rising) == entry["from"]
    assert all(found[period][1] == "high" for period in found if entry["from"] <= period <= entry["until"])
    assert {found[period][0] for period in found if period >= entry["from"]} == {"trend", "outside"}


@pytest.mark.parametrize("entry", planted("outlier"), ids=lambda entry: entry["indicator"])
def test_an_outlier_is_outside_in_its_quarter_and_ends_with_it(illustrative_edition: OpenEdition, entry: dict[str, Any]) -> None:
    view = quarterly(illustrative_edition, entry["indicator"])
    high = [period for period, (rule, side) in rules(view).items() if (rule, side) == ("outside", "high")]
    assert high == [entry["quarter"]] and view.signal is None


def test_nothing_is_measured_across_the_break(illustrative_edition: OpenEdition) -> None:
    [entry] = planted("break")
    view = indicator_view(illustrative_edition, entry["indicator"])
    assert view.control and view.control.last.started_by in view.breaks
    assert view.control.last.started_by.on == entry["break_on"]
    assert not view.control.signals and view.trend is None


def test_the_low_agency_is_the_one_that_disagrees(illustrative_edition: OpenEdition) -> None:
    [entry] = planted("low_in_one_agency")
    view = quarterly(illustrative_edition, entry["indicator"])
    assert [(one.agency, one.judgement) for one in view.peers if one.side == "low"] == [(entry["agency"], "concern")]
    [found] = [one for one in board_view(illustrative_edition, "2026-27").exceptions if one.view.indicator.id == entry["indicator"]]
    assert [reason.kind for reason in found.reasons] == ["agencies_disagree"]
    assert found.narrative.owed_by == (illustrative_edition.framework.agencies[entry["agency"]].short_name,)


def test_a_comment_beside_the_figure_is_its_narrative(illustrative_edition: OpenEdition) -> None:
    """Beside it the Board's own record holds an answer about reviews, given since the quarter ended."""
    [entry] = STORY["comments"]
    found = {one.view.indicator.id: one for one in board_view(illustrative_edition, "2026-27").exceptions}
    owed = [name for name, one in found.items() if one.narrative.is_owed]
    assert entry["indicator"] in found and entry["indicator"] not in owed
    assert found.keys() - {*owed} == {entry["indicator"], "child_protection_reviews_on_time"}


def test_changes_are_told_since_the_last_meeting(illustrative_edition: OpenEdition) -> None:
    view = board_view(illustrative_edition, "2026-27")
    assert view.since and "meeting of 10 September 2026" in view.since.label
    exceptional = {one.view.indicator.id for one in view.exceptions}
    assert view.since.began and set(view.since.began) <= exceptional
    assert view.since.ended and not set(view.since.ended) & exceptional


def unchanging(framework: Framework) -> list[str]:
    """Indicators whose invented level is the same in every quarter, that nobody publishes and the story does not name."""
    sys.path.insert(0, str(FOLDER))
    from illustrative_return_levels import LINES

    return [
        name
        for name, line in LINES.items()
        if isinstance(line.level, (int, float)) and isinstance(line.of, (int, float)) and len(set(line.season)) == 1
        if framework.indicators[name].published is None and name not in NAMED
    ]


@pytest.mark.parametrize("whose", ["agency = ''", "agency <> ''"])
def test_little_is_special_where_nothing_changed(illustrative_edition: OpenEdition, framework: Framework, whose: str) -> None:
    """Chance alone flags 2.8% of the points of series of 18, 0.5% as outside (docs/methods.md); runs come seven at a time."""
    names = unchanging(framework)
    where = f"LIST_CONTAINS(?, indicator) AND breakdown = '' AND basis = 'quarter' AND {whose}"
    rows = illustrative_edition.rows(f"SELECT rule, COUNT(*) AS points FROM signals WHERE {where} GROUP BY rule", [names])
    points = {row["rule"]: row["points"] for row in rows}
    every = sum(points.values())
    assert len(names) > 30 and every > 400
    assert (every - points[""]) / every < 2 * 0.028
    assert points.get("outside", 0) / every < 3 * 0.005


def test_every_series_is_judged_once_and_no_other(illustrative_edition: OpenEdition) -> None:
    """Every shown point on a basis that does not overlap lies in one part of one chart, and has limits where its part has."""
    [shown] = illustrative_edition.rows("SELECT COUNT(value) AS points FROM points WHERE basis NOT IN ('ytd', 'rolling12')")
    [charted] = illustrative_edition.rows("SELECT SUM(points) AS points FROM charts")
    assert charted["points"] == shown["points"] > 15_000
    limited = illustrative_edition.rows("SELECT chart, SUM(points) AS points FROM charts WHERE chart IN ('xmr', 'p') GROUP BY chart")
    [drawn] = illustrative_edition.rows("SELECT COUNT(mean) AS points FROM signals")
    assert drawn["points"] == sum(row["points"] for row in limited)
    assert not illustrative_edition.rows(
        "SELECT 1 FROM signals JOIN points USING (indicator, geography, agency, breakdown, basis, period) WHERE value IS NULL"
    )
