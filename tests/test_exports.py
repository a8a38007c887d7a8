"""Files and objects a person or a program takes away say what the page says."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from invented import BARNET, ENGLAND, HARROW, cells, comparison, counted, indicator, neighbour_set, only, point, submit, view

from hscb_qa.definitions import Framework
from hscb_qa.errors import HscbError, UnknownName
from hscb_qa.exports import file_name, series_csv, series_json
from hscb_qa.formats import rounded
from hscb_qa.publish import publish_edition
from hscb_qa.views import IndicatorView, OpenEdition, Selection, indicator_view

NOW = point("2016", 15.563, numerator=355.0, denominator=2281.0, lower=14.13, upper=17.11)
# DESIGN.md, "Commands": what `series --json` prints.
OBJECT = {"indicator", "geography", "agency", "basis", "edition", "points", "spc", "comparators", "judgement"}
POINT = {"period", "value", "status", "numerator", "denominator", "lower", "upper", "signal"}


def read_csv(exported: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported.decode("utf-8"))))


# ---- CSV ----


def test_a_csv_has_a_row_for_each_place_and_period() -> None:
    rows = read_csv(series_csv(view(point("2015", "c"), NOW, comparisons=(comparison("england", {"2016": 22.6}),))))
    assert [(row["place"], row["period"], row["value"], row["status"]) for row in rows] == [
        ("Harrow", "2015", "", "[c]"),
        ("Harrow", "2016", "15.6", ""),
        ("England", "2016", "22.6", ""),
    ]
    assert [rows[1][name] for name in ("numerator", "denominator", "lower_95", "upper_95")] == ["355", "2281", "14.1", "17.1"]
    assert {rows[0][name] for name in ("numerator", "denominator", "lower_95", "upper_95")} == {""}


def test_every_row_of_a_csv_says_where_it_comes_from() -> None:
    row = read_csv(series_csv(view(NOW)))[0]
    assert (row["indicator"], row["edition"], row["unit"], row["figures"]) == ("share", "2016-11-23-120000", "percent", "published")
    invented = replace(view(NOW), illustrative=True)
    assert read_csv(series_csv(invented))[0]["figures"] == "illustrative"
    assert file_name(invented) == "illustrative_share_year_edition_2016-11-23-120000.csv"


def test_a_csv_without_a_figure_still_has_its_header() -> None:
    exported = series_csv(view())
    assert read_csv(exported) == [] and exported.startswith(b"indicator,name,place")


def test_commas_and_quotes_come_back_as_they_were() -> None:
    named = 'Children, "in need", über 10,000'
    assert read_csv(series_csv(view(NOW, name=named)))[0]["name"] == named


@pytest.mark.parametrize("edition", ["real_edition", "illustrative_edition"])
def test_a_csv_read_back_is_the_view(edition: str, request: pytest.FixtureRequest) -> None:
    opened: OpenEdition = request.getfixturevalue(edition)
    for one in opened.framework.indicators.values():
        shown = indicator_view(opened, one.id, Selection(("neighbours", "london", "england")))
        assert _facts(read_csv(series_csv(shown))) == _expected(shown), one.id


def _facts(rows: list[dict[str, str]]) -> list[tuple[Any, ...]]:
    return [(row["place"], row["period"], float(row["value"]) if row["value"] else None, row["status"].strip("[]")) for row in rows]


def _expected(shown: IndicatorView) -> list[tuple[Any, ...]]:
    places = [(shown.place, shown.points), *((one.name, one.points) for one in shown.comparisons)]
    decimals = shown.indicator.decimals
    return [
        (place, one.period, None if one.value is None else rounded(one.value, decimals), one.status)
        for place, points in places
        for one in points
    ]


# ---- JSON ----


@pytest.fixture
def edition(tmp_path: Path, framework: Framework) -> OpenEdition:
    """Harrow 15.6% of 2,281, hidden the year before; England 10%; Barnet, the one neighbour, 8%; and crimes by quarter."""
    submit(tmp_path, cells("some", {"2015": "c", "2016": 355}), cells("all", {"2015": 2000, "2016": 2281}))
    submit(tmp_path, cells("some", {"2016": 200}, ENGLAND), cells("all", {"2016": 2000}, ENGLAND))
    submit(tmp_path, cells("some", {"2016": 160}, BARNET), cells("all", {"2016": 2000}, BARNET))
    submit(tmp_path, cells("crimes", {"2015-16 Q1": 5}), source="mps_crime")
    neighbour_set(tmp_path, [BARNET])
    return OpenEdition.shareable(publish_edition(tmp_path, only(framework, indicator(interval="wilson"), counted())))


def test_the_object_has_the_shape_that_the_design_gives_it(edition: OpenEdition) -> None:
    facts = series_json(edition, "share", None, None)
    assert set(facts) >= OBJECT
    assert (facts["indicator"], facts["geography"], facts["agency"], facts["basis"]) == ("share", HARROW, None, "year")
    assert facts["edition"] == edition.edition.id
    assert (facts["spc"]["chart"], facts["spc"]["reason"], facts["spc"]["mean"]) == ("run", "few points", None)
    every_point = [*facts["points"], *(one for points in facts["comparators"].values() for one in points)]
    assert all(set(one) >= POINT for one in every_point)
    assert set(facts["comparators"]) == {"neighbours_mean", "neighbours_median", "england"}


def test_points_are_rounded_as_shown_and_hidden_ones_are_null(edition: OpenEdition) -> None:
    hidden, shown = ({name: one[name] for name in POINT} for one in series_json(edition, "share", None, None)["points"])
    nothing = dict.fromkeys(POINT - {"period", "status"})
    assert hidden == {"period": "2015", "status": "c", **nothing}
    # Wilson for 355 of 2,281: 14.13 to 17.11
    limits = {"lower": 14.1, "upper": 17.1}
    assert shown == {"period": "2016", "status": None, "value": 15.6, "numerator": 355, "denominator": 2281, "signal": None, **limits}


def test_the_control_chart_is_given_with_its_signals(illustrative_edition: OpenEdition) -> None:
    facts = series_json(illustrative_edition, "initial_conferences_within_15_working_days", basis="quarter")
    spc, latest = facts["spc"], facts["points"][-1]
    assert set(spc) >= {"chart", "mean", "lower_limit", "upper_limit", "variation", "assurance", "trial", "rebased"}
    assert (spc["chart"], spc["variation"], spc["trial"], spc["rebased"]) == ("xmr", "concern", False, [])
    assert latest["signal"] == {"rule": "outside", "side": "low", "judgement": "concern"}
    assert latest["value"] < latest["lower_limit"] == spc["lower_limit"] < spc["mean"] < spc["upper_limit"]
    assert series_json(illustrative_edition, "initial_conferences_within_15_working_days", basis="ytd")["spc"] is None


@pytest.mark.parametrize(
    ("geography", "england"),
    [(HARROW, {"difference": "higher", "verdict": "worse"}), (BARNET, {"difference": "lower", "verdict": "better"})],
)
def test_a_judgement_is_of_the_place_asked_for(edition: OpenEdition, geography: str, england: dict[str, str]) -> None:
    """Barnet's 160 of 2,000 is 6.9 to 9.3: below England's 10. To say nothing of it is right too; Harrow's is not."""
    judged = series_json(edition, "share", geography, None)["judgement"].get("england") or {}
    found = {name: judged.get(name) for name in ("difference", "verdict")}
    assert found == england or (geography != HARROW and found == {"difference": None, "verdict": None})


def test_the_object_is_json_to_the_letter(edition: OpenEdition) -> None:
    facts = series_json(edition, "share", None, None)
    assert json.loads(json.dumps(facts, allow_nan=False)) == facts


def test_what_is_not_there_is_told(edition: OpenEdition) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'share'"):
        series_json(edition, "sharee", None, None)
    with pytest.raises(UnknownName, match="no geography"):
        series_json(edition, "share", "Harrow", None)
    with pytest.raises(HscbError, match=r"'share' has no basis 'ytd'\. It has: year"):
        series_json(edition, "share", None, "ytd")
    assert series_json(edition, "crimes", None, "ytd")["basis"] == "ytd"


def test_every_indicator_of_the_real_edition_is_json_without_a_number_beside_a_status(real_edition: OpenEdition) -> None:
    for name in real_edition.framework.indicators:
        facts = series_json(real_edition, name, None, None)
        json.dumps(facts, allow_nan=False)
        for one in [*facts["points"], *(one for points in facts["comparators"].values() for one in points)]:
            numbers = [one[key] for key in ("value", "numerator", "denominator", "lower", "upper")]
            assert (one["value"] is None) == (one["status"] is not None), (name, one)
            assert one["status"] is None or set(numbers) == {None}, (name, one)
