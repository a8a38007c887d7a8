"""What pages, charts, tables, sentences and files say of returned figures, from a few worked by hand."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import plotly.graph_objects as go
import pytest
from conftest import Command
from invented import cells, collected, give_return, indicator, item, only, submit

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.errors import HscbError, UnknownName
from hscb_qa.exports import file_name, series_csv, series_json
from hscb_qa.figures import trend_figure
from hscb_qa.publish import publish_edition
from hscb_qa.sentences import change_in_words, latest_in_words, mark, notes_in_words, queries_in_words, source_in_words, title
from hscb_qa.tables import series_table, shorthand_note
from hscb_qa.views import OpenEdition, Selection, area_view, board_view, indicator_view

PEOPLE = {"source": "ees", "measures": ["population_estimate"], "breakdown": {"age_group": "0 to 17"}, "year_lag": 1}
QUARTERS = ("2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4", "2026-27 Q1")
BREAK = {"on": "2025-10-01", "what_changed": "Calls are counted as well.", "source": "The police's note of 2025."}


def opened(store: Path, framework: Framework, *indicators: Indicator) -> OpenEdition:
    return OpenEdition.shareable(publish_edition(store, only(framework, *indicators)))


def kept(store: Path, framework: Framework, **changes: object) -> OpenEdition:
    """The share of police and housing: 20 and 40 of 100 in each of five quarters, half of them girls; housing lacks the last quarter."""
    for number, quarter in enumerate(QUARTERS):
        for agency, some in (("police", 20), ("housing", 40)):
            if agency == "police" or number < 4:
                parts = [item("kept", quarter, (some / 2, 50), part) for part in ("sex=female", "sex=male")]
                give_return(
                    store, agency, quarter, item("kept", quarter, (some, 100)), *parts, received=date(2026, 7, 20 + (agency == "police"))
                )
    return opened(store, framework, collected(returned={"breakdowns": ["sex"]}, **changes))


# ---- views ----


def test_a_selection_names_an_agency_and_a_part(tmp_path: Path, framework: Framework) -> None:
    edition = kept(tmp_path, framework)
    board = indicator_view(edition, "kept")
    police = indicator_view(edition, "kept", Selection(agency="police"))
    girls = indicator_view(edition, "kept", Selection(breakdown="sex=female"))
    both = indicator_view(edition, "kept", Selection(agency="housing", breakdown="sex=female"))
    assert [view.place for view in (board, police, girls, both)] == ["Harrow", "Police", "Harrow, Sex: female", "Housing, Sex: female"]
    assert [view.points[0].value for view in (board, police, girls, both)] == [30.0, 20.0, 30.0, 40.0]
    assert (police.agency, police.breakdown, girls.agency, girls.breakdown) == ("police", "", "", "sex=female")
    assert len(both.points) == 4


def test_bases_are_those_there_are_figures_for_the_chosen_one_first(tmp_path: Path, framework: Framework) -> None:
    edition = kept(tmp_path, framework)
    assert indicator_view(edition, "kept").bases == ("quarter", "ytd", "rolling12", "year")
    assert indicator_view(edition, "kept", Selection(basis="half_year")).basis == "quarter"
    rolling = opened(tmp_path, framework, collected(returned={"shown_first": "rolling12"}))
    assert indicator_view(rolling, "kept").bases == ("rolling12", "quarter", "ytd", "year")


def test_a_published_year_comes_first_and_an_agency_begins_with_its_quarters(tmp_path: Path, framework: Framework) -> None:
    published = {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}}
    submit(tmp_path, cells("some", {"2025": 5}), cells("all", {"2025": 50}))
    for quarter in QUARTERS[:4]:
        give_return(tmp_path, "police", quarter, item("kept", quarter, (20, 100)))
    edition = opened(tmp_path, framework, collected(published=published, returned={"agencies": ["police"]}))
    assert indicator_view(edition, "kept").bases == ("year", "quarter", "ytd", "rolling12")
    assert indicator_view(edition, "kept", Selection(agency="police")).basis == "quarter"
    assert indicator_view(edition, "kept").source.title != "Quarterly return"  # type: ignore[union-attr]
    assert indicator_view(edition, "kept", Selection(basis="quarter")).source.title == "Quarterly return"  # type: ignore[union-attr]


def test_an_agency_that_does_not_return_it_has_an_empty_view(tmp_path: Path, framework: Framework) -> None:
    edition = kept(tmp_path, framework)
    view = indicator_view(edition, "kept", Selection(agency="education"))
    assert (view.points, view.latest, view.change, view.source, view.place) == ((), None, None, None, "Education")


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        (Selection(agency="polic"), "no agency 'polic'.*Did you mean 'police'"),
        (Selection(breakdown="sex=femal"), "no breakdown 'sex=femal'.*Did you mean 'sex=female'"),
    ],
)
def test_unknown_names_are_told_with_the_nearest(tmp_path: Path, framework: Framework, selection: Selection, words: str) -> None:
    give_return(tmp_path, "police", QUARTERS[0], item("kept", QUARTERS[0], (20, 100)))
    with pytest.raises(UnknownName, match=words):
        indicator_view(opened(tmp_path, framework, collected()), "kept", selection)


@pytest.mark.parametrize(
    ("returned", "period", "basis", "label"),
    [
        ({"counting": "snapshot"}, "2025-26 Q3", "quarter", "31 December 2025"),
        ({}, "2025-26 Q3", "quarter", "Oct to Dec 2025"),
        ({"every": "half_year"}, "2025-26 H2", "half_year", "Oct 2025 to Mar 2026"),
        ({"every": "year", "due_in": "Q4"}, "2026", "year", "2025-26"),
    ],
)
def test_labels_say_what_is_counted(
    tmp_path: Path, framework: Framework, returned: dict[str, str], period: str, basis: str, label: str
) -> None:
    give_return(tmp_path, "police", "2025-26 Q4", item("kept", period, (20, 100)))
    one = collected(returned={"agencies": ["police"], "shown_first": basis, **returned})
    view = indicator_view(opened(tmp_path, framework, one), "kept")
    assert (view.basis, view.points[-1].label) == (basis, label)
    assert label in latest_in_words(view)


def test_a_quarter_nobody_returned_is_a_point_without_a_number(tmp_path: Path, framework: Framework) -> None:
    for quarter in (QUARTERS[0], QUARTERS[2]):
        give_return(tmp_path, "police", quarter, item("kept", quarter, (20, 100)))
    view = indicator_view(opened(tmp_path, framework, collected(returned={"counting": "snapshot"})), "kept")
    assert [(point.period, point.status, point.starts) for point in view.points] == [
        ("2025-26 Q1", "", date(2025, 6, 30)),
        ("2025-26 Q2", "x", date(2025, 9, 30)),
        ("2025-26 Q3", "", date(2025, 12, 31)),
    ]


def test_the_source_names_the_agencies_and_the_return_received_last(tmp_path: Path, framework: Framework) -> None:
    edition = kept(tmp_path, framework)
    assert source_in_words(indicator_view(edition, "kept")) == "Source: returns of Police, latest received 21 July 2026."
    year = indicator_view(edition, "kept", Selection(basis="year"))
    assert source_in_words(year) == "Source: returns of Housing and Police, latest received 21 July 2026."
    housing = indicator_view(edition, "kept", Selection(agency="housing"))
    assert source_in_words(housing) == "Source: returns of Housing, latest received 20 July 2026."
    assert housing.source and (housing.source.title, housing.source.file) == ("Quarterly return", "housing.xlsx")
    assert housing.source.released is None


def test_pages_work_for_indicators_without_any_figure(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("another", {"2016": 1}))
    edition = OpenEdition.shareable(publish_edition(tmp_path, framework))
    board = board_view(edition, "2026-27")
    views = [view for area in board.areas for group in area.groups.values() for view in group]
    assert len(views) > 60 and {mark(view) for view in views} == {("–", "no figures yet")}
    assert area_view(edition, "2026-27", board.areas[0].area.id).area == board.areas[0].area


# ---- words ----


def test_a_provisional_figure_says_who_is_missing(tmp_path: Path, framework: Framework) -> None:
    view = indicator_view(kept(tmp_path, framework), "kept")
    assert view.latest and (view.latest.value, view.latest.provisional, view.latest.without) == (20.0, True, ("Housing",))
    assert "provisional, without Housing" in latest_in_words(view)
    assert notes_in_words(view) == ["Apr to Jun 2026: provisional, without Housing."]
    table = series_table(view)
    assert table["Harrow"].tolist()[:2] == ["20.0 [p]", "30.0"]
    assert "[p] provisional" in shorthand_note(table)


def test_a_count_that_lacks_an_agency_says_whose(tmp_path: Path, framework: Framework) -> None:
    give_return(tmp_path, "police", QUARTERS[0], item("kept", QUARTERS[0], 20))
    view = indicator_view(opened(tmp_path, framework, collected(unit="count", returned={"gives": "count"})), "kept")
    assert latest_in_words(view) == "Apr to Jun 2025: not available, no figure from Housing."


def rate(store: Path, framework: Framework) -> OpenEdition:
    submit(store, cells("population_estimate", {"2023": 50_000}, breakdown="age_group=0 to 17"))
    rows = [item("kept", QUARTERS[0], 60), item("kept", QUARTERS[0], 40, "sex=female"), item("kept", QUARTERS[0], 20, "sex=male")]
    give_return(store, "police", QUARTERS[0], *rows)
    asked = {"gives": "count", "agencies": ["police"], "population": PEOPLE, "breakdowns": ["sex"]}
    return opened(store, framework, collected(unit="per_10000", returned=asked))


def test_a_rate_says_that_it_is_annualised_and_of_which_year_its_population_is(tmp_path: Path, framework: Framework) -> None:
    view = indicator_view(rate(tmp_path, framework), "kept")
    # 60 x 4 of 50,000 is 48 in 10,000.
    assert latest_in_words(view).startswith("48.0 per 10,000 in Apr to Jun 2025 (60 of 50,000;")
    assert latest_in_words(view).endswith("annualised; population of 2023, the latest there is).")
    assert [words.split(":")[0] for words in notes_in_words(view)] == ["Annualised", "Apr to Jun 2025"]
    assert "population: Office for National Statistics" in source_in_words(view)


def test_a_part_of_a_rate_is_shown_as_a_count(tmp_path: Path, framework: Framework) -> None:
    edition = rate(tmp_path, framework)
    view = indicator_view(edition, "kept", Selection(breakdown="sex=female"))
    assert title(view).endswith("stood at 40")
    assert (view.indicator.unit, view.is_annualised, view.latest.denominator) == ("count", False, None)  # type: ignore[union-attr]
    assert series_json(edition, "kept", breakdown="sex=female")["unit"] == "count"


def test_returns_that_differ_from_a_published_figure_are_a_query_in_words(tmp_path: Path, framework: Framework) -> None:
    published = {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}}
    submit(tmp_path, cells("some", {"2026": 60}), cells("all", {"2026": 400}))
    for quarter in QUARTERS[:4]:
        give_return(tmp_path, "police", quarter, item("kept", quarter, (20, 100)))
    edition = opened(tmp_path, framework, collected(published=published, returned={"agencies": ["police"]}))
    words = "Query: the agencies' returns give 20.0% for 2026, where this source gives 15.0%."
    assert queries_in_words(indicator_view(edition, "kept")) == [words]


# ---- breaks ----


def test_a_break_is_told_marked_and_drawn(tmp_path: Path, framework: Framework) -> None:
    for quarter in QUARTERS[:3]:
        give_return(tmp_path, "police", quarter, item("kept", quarter, (20, 100)))
    view = indicator_view(opened(tmp_path, framework, collected(returned={"agencies": ["police"]}, breaks=[BREAK])), "kept")
    assert [one.on for one in view.breaks] == [date(2025, 10, 1)] and list(view.breaks_before) == ["2025-26 Q3"]
    told = "Definition changed on 1 October 2025: Calls are counted as well. Figures before and after it cannot be compared."
    assert change_in_words(view).startswith(f"Nothing is compared with the period before. {told}")
    assert notes_in_words(view)[0].startswith(told)
    assert mark(view) == ("○", "definition changed")
    assert title(view) == "The share stood at 20.0%"
    table = series_table(view)
    assert table["Harrow"].tolist() == ["20.0 [b]", "20.0", "20.0"]
    assert shorthand_note(table) == "[b] definition changed"
    figure = trend_figure(view)
    go.Figure(figure)
    [line] = [trace for trace in figure["data"] if trace["name"] == "Harrow"]
    assert list(zip(line["x"], line["y"], strict=True)) == [
        ("2025-06-30", 20.0),
        ("2025-09-30", 20.0),
        ("2025-09-30", None),
        ("2025-12-31", 20.0),
    ]
    assert len(line["error_y"]["array"]) == 4
    [shape] = figure["layout"]["shapes"]
    assert shape["x0"] == shape["x1"] == "2025-10-01"
    [label] = [one for one in figure["layout"]["annotations"] if one["text"] == "definition<br>changed"]
    assert "Calls are counted as well." in label["hovertext"]


def test_a_sum_across_a_break_has_its_own_status(tmp_path: Path, framework: Framework) -> None:
    for quarter in QUARTERS[:3]:
        give_return(tmp_path, "police", quarter, item("kept", quarter, (20, 100)))
    edition = opened(tmp_path, framework, collected(returned={"agencies": ["police"]}, breaks=[BREAK]))
    view = indicator_view(edition, "kept", Selection(basis="ytd"))
    assert title(view) == "The share: latest figure [b] definition changed"
    assert series_table(view)["Harrow"].tolist() == ["[b]", "20.0", "20.0"]


def test_a_break_before_or_after_the_series_is_not_drawn(tmp_path: Path, framework: Framework) -> None:
    breaks = [{**BREAK, "on": "2025-04-01"}, {**BREAK, "on": "2027-04-01"}]
    give_return(tmp_path, "police", QUARTERS[0], item("kept", QUARTERS[0], (20, 100)))
    give_return(tmp_path, "police", QUARTERS[1], item("kept", QUARTERS[1], (20, 100)))
    view = indicator_view(opened(tmp_path, framework, collected(returned={"agencies": ["police"]}, breaks=breaks)), "kept")
    assert view.breaks == () and view.breaks_before == {} and trend_figure(view)["layout"]["shapes"] == []


def test_a_published_series_breaks_as_well(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2025": 5, "2026": 6}), cells("all", {"2025": 50, "2026": 50}))
    view = indicator_view(opened(tmp_path, framework, indicator(breaks=[{**BREAK, "on": "2025-04-01"}])), "share")
    assert view.change and (view.change.test, view.change.previous_status) == ("nothing before", "b")


# ---- files ----


def test_a_file_says_whose_figures_it_holds(tmp_path: Path, framework: Framework) -> None:
    view = indicator_view(kept(tmp_path, framework), "kept", Selection(agency="police", breakdown="sex=female"))
    rows = list(csv.DictReader(io.StringIO(series_csv(view).decode())))
    held = {(row["agency"], row["breakdown"], row["place"]) for row in rows}
    assert held == {("police", "sex=female", "Police, Sex: female"), ("", "sex=female", "All agencies")}
    assert file_name(view).startswith("kept_police_sex_female_quarter_edition_")
    board = list(csv.DictReader(io.StringIO(series_csv(indicator_view(kept(tmp_path, framework), "kept")).decode())))
    assert board[-1]["note"] == "provisional, without Housing"


def test_the_object_says_whose_figures_it_holds(tmp_path: Path, framework: Framework) -> None:
    edition = kept(tmp_path, framework, breaks=[BREAK])
    facts = series_json(edition, "kept", agency="police", breakdown="sex=female")
    assert (facts["agency"], facts["breakdown"], facts["basis"]) == ("police", "sex=female", "quarter")
    assert list(facts["comparators"]) == ["board"]
    assert facts["breaks"] == [BREAK]
    board = series_json(edition, "kept")
    assert (board["agency"], board["breakdown"]) == (None, None)
    assert (board["points"][-1]["provisional"], board["points"][-1]["note"]) == (True, "provisional, without Housing")
    assert json.loads(json.dumps(board, allow_nan=False)) == board


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"agency": "education"}, "not returned by 'education'. It is returned by: police, housing"),
        ({"breakdown": "district=central"}, "not returned for 'district=central'. It is returned for: sex=female"),
        ({"agency": "police", "geography": "E12000007"}, "the board's own place only"),
        ({"agency": "police", "basis": "half_year"}, "no basis 'half_year'"),
    ],
)
def test_what_is_not_returned_is_told(tmp_path: Path, framework: Framework, asked: dict[str, str], words: str) -> None:
    with pytest.raises(HscbError, match=words):
        series_json(kept(tmp_path, framework), "kept", **asked)  # type: ignore[arg-type]


def test_the_series_command_takes_an_agency_and_a_part(tmp_path: Path, framework: Framework, command: Command) -> None:
    kept(tmp_path, framework)
    code, told, _ = command(tmp_path, "series", "kept", "--agency", "police", "--breakdown", "sex=female", "--basis", "year", "--json")
    assert code == 0
    assert [(one["period"], one["value"]) for one in json.loads(told)["points"]] == [("2026", 20.0)]
    code, _, told = command(tmp_path, "series", "kept", "--agency", "polic")
    assert code == 1 and "Did you mean 'police'?" in told
