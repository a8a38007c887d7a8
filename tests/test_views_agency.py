"""One agency of the illustrative board: what it returned and owes, where it differs, and what is said of one that owes nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from invented import cells, comparison, point, submit, view

from hscb_qa import figures, sentences, tables
from hscb_qa.errors import UnknownName
from hscb_qa.ledger import observations_in_force
from hscb_qa.obligations import items_owed
from hscb_qa.publish import publish_edition
from hscb_qa.screen.wider import strip_html
from hscb_qa.views import (
    AgencyView,
    Funnel,
    OpenEdition,
    Selection,
    agencies_view,
    agency_view,
    funnel_of,
    indicator_view,
    returns_view,
    wider_view,
)
from hscb_qa.views.funnels import difference_of, verdict_of
from hscb_qa.views.returns import items_named, quarters_begun, received_in

YEAR = "2026-27"


def seen(edition: OpenEdition, agency: str, **chosen: object) -> AgencyView:
    return agency_view(edition, YEAR, agency, Selection(**chosen))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def supervision(illustrative_edition: OpenEdition) -> Funnel:
    """A funnel in which two agencies are hidden and two gave nothing."""
    funnel = funnel_of(illustrative_edition, "safeguarding_supervision_on_time")
    assert funnel and funnel.hidden and funnel.without
    return funnel


# ---- what it returned and owes ----


def test_the_edition_alone_names_the_items_that_the_ledger_misses(illustrative_edition: OpenEdition, illustrative_store: Path) -> None:
    received = received_in(illustrative_edition)
    quarters = quarters_begun(illustrative_edition, received)
    held, framework = observations_in_force(illustrative_store), illustrative_edition.framework
    missing = 0
    for quarter, told in zip(quarters, items_named(illustrative_edition, received, quarters), strict=True):
        asked = returns_view(framework, received, quarter, illustrative_edition.published_on, held)
        for own, row in zip(told.rows, asked.rows, strict=True):
            assert [item.key for item in own.missing_items] == [item.key for item in row.missing_items]
            assert own.given + own.not_available + own.not_applicable + own.missing == own.items_owed
            missing += own.missing
    assert missing


def test_an_agency_without_a_return_owes_every_item_by_name(illustrative_edition: OpenEdition) -> None:
    latest = seen(illustrative_edition, "probation").latest
    assert latest and latest.row and latest.row.state == "overdue"
    assert latest.row.days_late == (illustrative_edition.published_on - date(2026, 10, 30)).days
    owed = items_owed(illustrative_edition.framework, "probation", latest.quarter)
    assert [item.key for item in latest.row.missing_items] == [item.key for item in owed]
    assert sentences.quarter_mark(latest.row) == ("○", "overdue")


def test_a_late_return_that_is_not_full_says_both(illustrative_edition: OpenEdition) -> None:
    latest = seen(illustrative_edition, "acute_hospital_trust").latest
    assert latest and latest.row and sentences.quarter_mark(latest.row) == ("◑", "late 12 d, 1 not available")
    said = sentences.not_available_in_words(illustrative_edition.framework.returns, latest.row)
    name = illustrative_edition.framework.indicators["safeguarding_supervision_on_time"].name
    assert said == f"1 item was given as not available: {name}, Jul to Sep 2026."
    assert sentences.nothing_owed_in_words(seen(illustrative_edition, "acute_hospital_trust")).startswith("Nothing is owed")


def test_items_not_available_are_named_as_the_ledger_names_them_or_only_counted(
    illustrative_edition: OpenEdition, illustrative_store: Path
) -> None:
    received = received_in(illustrative_edition)
    quarters = quarters_begun(illustrative_edition, received)
    held, framework = observations_in_force(illustrative_store), illustrative_edition.framework
    named = 0
    for quarter, told in zip(quarters, items_named(illustrative_edition, received, quarters), strict=True):
        asked = returns_view(framework, received, quarter, illustrative_edition.published_on, held)
        for own, row in zip(told.rows, asked.rows, strict=True):
            assert own.not_available_items in ((), row.not_available_items)
            assert len(own.not_available_items) in (0, own.not_available)
            named += bool(own.not_available_items)
    assert named


@pytest.mark.parametrize(
    ("missing", "not_available", "words"),
    [(0, 0, ("●", "full")), (2, 0, ("◒", "2 missing")), (0, 3, ("◒", "3 not available")), (2, 3, ("◒", "2 missing, 3 not available"))],
)
def test_the_mark_of_a_quarter_says_what_was_not_given(
    illustrative_edition: OpenEdition, missing: int, not_available: int, words: tuple[str, str]
) -> None:
    latest = seen(illustrative_edition, "police").latest
    assert latest and latest.row and latest.row.state == "in"
    owed = latest.row.items_owed
    row = replace(latest.row, given=owed - missing - not_available, missing=missing, not_available=not_available, not_applicable=0)
    assert sentences.quarter_mark(row) == words


def test_a_narrative_is_owed_by_the_agency_that_differs(illustrative_edition: OpenEdition) -> None:
    training = "safeguarding_training_in_date"
    owing = {one: [each.view.indicator.id for each in seen(illustrative_edition, one).owed] for one in ("mental_health_trust", "police")}
    assert training in owing["mental_health_trust"] and training not in owing["police"]


def test_an_agency_that_is_a_partner_no_more_says_since_when(illustrative_edition: OpenEdition) -> None:
    former = seen(illustrative_edition, "clinical_commissioning_group")
    assert former.owes_nothing and former.quarters == ()
    assert sentences.no_returns_in_words(former) == "CCG was a partner until 30 June 2022. It has owed no return since."
    assert sentences.partner_in_words(former.agency) == "Partner from 1 April 2013 until 30 June 2022"


def test_an_edition_without_returns_has_every_page(illustrative_edition: OpenEdition, tmp_path: Path) -> None:
    submit(tmp_path, cells("a_measure", {"2025": 1}))
    edition = OpenEdition.shareable(publish_edition(tmp_path, illustrative_edition.framework))
    nothing = seen(edition, "police")
    assert nothing.quarters == nothing.funnels == nothing.owed == nothing.notes == nothing.voices == ()
    assert "No return was asked of Police" in sentences.no_returns_in_words(nothing)
    everyone = agencies_view(edition, YEAR)
    assert everyone.quarter is None and sentences.agencies_in_words(everyone) == "Nothing has been returned yet."
    wider = wider_view(edition, YEAR)
    assert not wider.first_of_each and "no figure is loaded yet" in strip_html(wider)


def test_an_unknown_agency_or_year_is_told(illustrative_edition: OpenEdition) -> None:
    for year, agency in ((YEAR, "polise"), ("1999-00", "police")):
        with pytest.raises(UnknownName):
            agency_view(illustrative_edition, year, agency)


# ---- its indicators, and where it differs ----


def test_every_indicator_it_returns_stands_once(illustrative_edition: OpenEdition) -> None:
    framework = illustrative_edition.framework
    for agency in framework.agencies:
        own = [one.indicator.id for one in seen(illustrative_edition, agency).indicators]
        returned = {one.id for one in framework.indicators.values() if one.returned and agency in one.returned.agencies}
        assert set(own) == returned and len(own) == len(returned)


def test_with_a_part_chosen_only_what_is_returned_by_it_is_left(illustrative_edition: OpenEdition) -> None:
    framework = illustrative_edition.framework
    text = framework.returns.texts("age_band")[0]
    agency = next(
        one.returned.agencies[0] for one in framework.indicators.values() if one.returned and "age_band" in one.returned.breakdowns
    )
    whole, part = seen(illustrative_edition, agency), seen(illustrative_edition, agency, breakdown=text)
    assert 0 < len(part.indicators) < len(whole.indicators) == len(part.indicators) + part.left_out
    assert all(one.place.endswith(f", {framework.returns.label(text)}") for one in part.indicators)


def test_the_list_and_the_page_of_an_agency_agree(illustrative_edition: OpenEdition) -> None:
    for row in agencies_view(illustrative_edition, YEAR).rows:
        own = seen(illustrative_edition, row.agency.id)
        assert row.returned == (own.latest.row if own.latest else None)
        assert (row.indicators, row.notes_owed, len(row.outside)) == (len(own.indicators), len(own.owed), len(own.outside))


def test_the_list_says_on_which_side_an_agency_differs(illustrative_edition: OpenEdition) -> None:
    told = {row.agency.id: sentences.outside_in_words(row) for row in agencies_view(illustrative_edition, YEAR).rows}
    assert "Staff in date with safeguarding training (below: concern)" in told["mental_health_trust"]
    assert told["acute_hospital_trust"] == "–"
    assert any("(above" in words for words in told.values())


def test_who_is_hidden_is_named_and_not_drawn(supervision: Funnel) -> None:
    drawn = {peer.name for peer in supervision.peers}
    assert not drawn & {*supervision.hidden, *supervision.without}
    said = sentences.absent_in_words(supervision)
    assert all(name in said for name in (*supervision.hidden, *supervision.without))
    assert list(tables.funnel_table(supervision)["Agency"]) == [peer.name for peer in supervision.peers]


def test_a_funnel_picks_out_its_own_by_size_and_name_and_others_by_shape(illustrative_edition: OpenEdition) -> None:
    funnel = funnel_of(illustrative_edition, "safeguarding_training_in_date")
    assert funnel
    figure = figures.funnel_figure(funnel, "mental_health_trust")
    looks = {trace["name"]: (trace["marker"]["symbol"], trace["customdata"]) for trace in figure["data"] if "customdata" in trace}
    assert looks["own"] == ("diamond", ["mental_health_trust"])
    assert looks["square"] == ("square", ["education", "police"]) and looks["circle"][0] == "circle"
    named = [one["text"] for one in figure["layout"]["annotations"]]
    assert "<b>Mental health 65.2%</b>" in named and "Police 92.0%" in named and not any("Hospital" in one for one in named)


def test_the_limits_on_either_side_of_an_agency_are_those_of_its_curve(illustrative_edition: OpenEdition) -> None:
    for indicator in illustrative_edition.framework.indicators:
        funnel = funnel_of(illustrative_edition, indicator)
        for peer in funnel.peers if funnel else ():
            around = [one for one in funnel.limits if abs(one.base - peer.base) <= funnel.limits[0].base]  # type: ignore[union-attr]
            assert min(one.lower_998 for one in around) - 1e-9 <= peer.lower <= max(one.lower_998 for one in around) + 1e-9


POSITIONS = [(-2, "lower", "better"), (-1, "similar", ""), (0, "similar", ""), (1, "similar", ""), (2, "higher", "worse")]


@pytest.mark.parametrize(("position", "difference", "verdict"), POSITIONS)
def test_only_outside_the_far_limits_is_an_agency_different(position: int, difference: str, verdict: str) -> None:
    judgement = "improvement" if position < 0 else "concern" if position > 0 else "neutral"
    row = {"position": position, "judgement": judgement}
    assert (difference_of(row), verdict_of(row)) == (difference, verdict)
    assert verdict_of({"position": position, "judgement": "neutral"}) == ""


# ---- beside all agencies, in words ----


def test_an_agency_s_count_is_told_as_a_share_only_where_both_are_shown() -> None:
    now = point("2016", 20)
    count = replace(view(now, unit="count", decimals=0), agency="police", place="Police", board_total=point("2016", 41))
    assert sentences.comparisons_in_words(count) == ["All agencies: 41; Police counts 49% of them."]
    hidden, none = point("2016", "c"), point("2016", 0)
    for without in (replace(count, board_total=None), replace(count, points=(hidden,)), replace(count, board_total=none)):
        assert sentences.comparisons_in_words(without) == []


def test_an_agency_within_its_funnel_is_similar_by_chance() -> None:
    beside = comparison("board", {"2016": 22.6}, "similar", name="All agencies")
    [said] = sentences.comparisons_in_words(view(point("2016", 20.0), comparisons=(beside,)))
    assert (
        said
        == "All agencies: 22.6%; Harrow is similar, as it lies within the funnel's 99.8% limits: chance alone would explain the difference."
    )


# ---- the wider picture ----


def test_the_wider_picture_stands_by_theme_and_judges_nothing(illustrative_edition: OpenEdition) -> None:
    wider = wider_view(illustrative_edition, YEAR, Selection(agency="police", until=date(2025, 3, 31)))
    assert list(wider.themes) == ["poverty", "health", "attainment_and_work", "housing", "crime"] and all(wider.themes.values())
    views = [one for group in wider.themes.values() for one in group]
    assert {one.indicator.id for one in views} == set(wider.area.indicators) and wider.others == ()
    assert all(one.control is None and one.watch is None and one.agency == "" for one in views)
    assert indicator_view(illustrative_edition, views[0].indicator.id).points
