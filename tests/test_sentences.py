"""State in, words out: what may be said of a figure, and what may never be said."""

import re
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from invented import comparison, point, view

from hscb_qa import sentences
from hscb_qa.views import Change, IndicatorView, OpenEdition, Selection, indicator_view
from hscb_qa.views.area import Balance
from hscb_qa.views.indicator import Query, SourceNote

ALL = Selection(comparators=("neighbours", "london", "outer_london", "england"))
NOW = point("2016", 15.6, numerator=355.0, denominator=2281.0, lower=14.1, upper=17.1)
BEFORE = point("2015", 20.0)


def rose(test: str = "changed", verdict: str | None = None) -> Change:
    return Change("2015", "", "rose", test, verdict)


# ---- the title: what the figure did, and where it lies ----

TITLES = [
    (view(), "The share: no figures loaded yet"),
    (view(NOW), "The share stood at 15.6%"),
    (view(BEFORE, NOW, change=Change("2015", "c", "", "nothing before", None)), "The share stood at 15.6%"),
    (view(BEFORE, point("2016", "c")), "The share: latest figure [c] hidden"),
    (view(point("2016", "x")), "The share: latest figure [x] not available"),
    (view(point("2016", "k")), "The share: latest figure [k] rounds to 0 but is not 0"),
    (view(BEFORE, NOW, change=Change("2015", "", "fell", "changed", "better")), "The share fell to 15.6%"),
    (view(BEFORE, NOW, change=Change("2015", "", "fell", "not tested", None)), "The share fell to 15.6%"),
    (view(BEFORE, NOW, change=Change("2015", "", "held", "not tested", None)), "The share held at 15.6%"),
    (view(BEFORE, NOW, change=Change("2015", "", "fell", "no clear change", None)), "The share at 15.6%, no clear change"),
    (view(NOW, comparisons=(comparison("england", {"2016": 22.6}),)), "The share stood at 15.6%, below England"),
    (view(NOW, comparisons=(comparison("england", {"2016": 15.64}),)), "The share stood at 15.6%, level with England"),
    (view(NOW, comparisons=(comparison("england", {"2016": "c"}),)), "The share stood at 15.6%"),
    (view(NOW, comparisons=(comparison("england", {"2015": 22.6}),)), "The share stood at 15.6%"),
    (
        view(NOW, comparisons=tuple(comparison(name, {"2016": 20}) for name in ("neighbours_mean", "london", "england"))),
        "The share stood at 15.6%, below neighbours, London and England",
    ),
    (
        view(NOW, comparisons=(comparison("london", {"2016": 10}), comparison("england", {"2016": 22.6}))),
        "The share stood at 15.6%, above London, below England",
    ),
]


@pytest.mark.parametrize(("state", "words"), TITLES, ids=[words for _, words in TITLES])
def test_title(state: IndicatorView, words: str) -> None:
    assert sentences.title(state) == words


# ---- the latest figure ----

LATEST = [
    (view(), "No file with this figure was loaded yet."),
    (view(NOW), "15.6% in 2015-16 (355 of 2,281; 95% interval 14.1 to 17.1)."),
    (view(BEFORE), "20.0% in 2014-15."),
    (view(point("2016", "c")), "2015-16: hidden, because it is a small number or would tell one, and a child could be identified."),
    (
        view(BEFORE, point("2016", "c")),
        "2015-16: hidden, because it is a small number or would tell one, and a child could be identified. "
        "The last figure shown is 20.0% in 2014-15.",
    ),
]


@pytest.mark.parametrize(("state", "words"), LATEST, ids=[words for _, words in LATEST])
def test_latest_in_words(state: IndicatorView, words: str) -> None:
    assert sentences.latest_in_words(state) == words


def test_a_figure_of_one_day_is_told_of_that_day() -> None:
    snapshot = point("2016", 33.6)
    words = sentences.latest_in_words(view(snapshot, period_type="snapshot_31_march"))
    assert words.startswith("33.6% at ")


# ---- the change, and the mark for it ----

CHANGES = [
    (None, "", ("○", "first figure")),
    (rose(verdict="worse"), "It rose from 20.0% in 2014-15: more than chance would explain, which is worse.", ("▲", "rose, worse")),
    (rose(), "It rose from 20.0% in 2014-15: more than chance would explain.", ("▲", "rose")),
    (
        rose("no clear change"),
        "Before: 20.0% in 2014-15. No clear change: the two intervals overlap.",
        ("●", "no clear change"),
    ),
    (
        Change("2015", "c", "", "nothing before", None),
        "The figure of the period before is hidden, because it is a small number or would tell one, and a child could be identified.",
        ("○", "period before [c]"),
    ),
    (
        rose("not tested"),
        "Before: 20.0% in 2014-15. The difference is not tested, as these figures have no interval.",
        ("○", "rose, not tested"),
    ),
    (
        Change("2015", "", "fell", "changed", "better"),
        "It fell from 20.0% in 2014-15: more than chance would explain, which is better.",
        ("▼", "fell, better"),
    ),
]


@pytest.mark.parametrize(("change", "words", "mark"), CHANGES)
def test_change_in_words(change: Change | None, words: str, mark: tuple[str, str]) -> None:
    state = view(BEFORE, NOW, change=change)
    assert sentences.change_in_words(state) == words
    assert sentences.mark(state) == mark


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (None, "quiet"),
        (rose(verdict="worse"), "concern"),
        (rose(verdict="better"), "improvement"),
        (rose(), "neutral"),
        (rose("not tested"), "quiet"),
        (rose("no clear change"), "quiet"),
    ],
)
def test_a_marks_colour_follows_the_tested_verdict(change: Change | None, kind: str) -> None:
    assert sentences.mark_kind(view(BEFORE, NOW, change=change)) == kind


@pytest.mark.parametrize(
    ("published_on", "told"),
    # The figure's year ended on 31 March 2016.
    [("2016-11-23", False), ("2018-03-30", False), ("2018-06-30", True), ("2026-11-23", True)],
)
def test_an_old_figure_is_called_old(published_on: str, told: bool) -> None:
    words = sentences.age_in_words(replace(view(NOW), published_on=published_on))
    assert words == ("Old figure: the latest is of 2015-16." if told else "")


def test_the_mark_of_a_hidden_figure_is_its_status() -> None:
    assert sentences.mark(view(BEFORE, point("2016", "c"))) == ("[c]", "hidden")
    assert sentences.mark(view()) == ("–", "no figures yet")


# ---- comparators ----

COMPARED = [
    (comparison("england", {"2016": 22.6}, "lower", "better"), "England: 22.6%; Harrow is lower, which is better."),
    (comparison("england", {"2016": 22.6}, "lower"), "England: 22.6%; Harrow is lower."),
    (comparison("england", {"2016": 16.0}, "similar"), "England: 16.0%; Harrow is similar, as its interval holds this figure."),
    (comparison("england", {"2016": 22.6}, "not tested"), "England: 22.6%; Harrow is below it, not tested."),
    (comparison("england", {"2016": 15.6}, "not tested"), "England: 15.6%; Harrow is level with it."),
    (comparison("england", {"2016": "x"}), "England: not available."),
    (
        comparison("neighbours_mean", {"2016": 22.6}, "lower", had=9),
        "Neighbours (mean of 9 of 10, set of May 2025): 22.6%; Harrow is lower.",
    ),
    (comparison("england", {"2015": 22.6}), "England: no figure for this period."),
]


@pytest.mark.parametrize(("beside", "words"), COMPARED, ids=[words for _, words in COMPARED])
def test_comparisons_in_words(beside: object, words: str) -> None:
    assert sentences.comparisons_in_words(view(NOW, comparisons=(beside,))) == [words]  # type: ignore[arg-type]


def test_a_comparison_of_an_earlier_figure_says_of_when_it_is() -> None:
    """The latest is hidden, so the figure before it is compared; without its year a reader takes it for the latest."""
    state = view(BEFORE, point("2016", "c"), comparisons=(comparison("england", {"2015": 22.6, "2016": 23.0}),))
    [words] = sentences.comparisons_in_words(state)
    assert "22.6%" in words and "2014-15" in words


def test_a_source_is_told_with_its_dates() -> None:
    note = SourceNote("DfE", "LAIT", "bds.parquet", "2025-10-01", "Summer 2026", date(2026, 11, 23))
    words = "Source: DfE, LAIT, released 1 October 2025; next release Summer 2026. Loaded 23 November 2026."
    assert sentences.source_in_words(replace(view(NOW), source=note)) == words
    assert sentences.source_in_words(view(NOW)) == "No source loaded yet."


def test_queries_are_told_newest_first_and_the_rest_are_counted() -> None:
    queries = tuple(Query(str(year), 15.6, 15.7, "lait") for year in range(2012, 2017))
    told = sentences.queries_in_words(replace(view(NOW), queries=queries))
    assert told[0] == "Query: LAIT prints 15.7% for 2016, where this source gives 15.6%."
    assert [line.split(" for ")[1][:4] for line in told[:3]] == ["2016", "2015", "2014"]
    assert told[3:] == ["2 more such differences in earlier periods."]


@pytest.mark.parametrize(
    ("counts", "words"), [((5, 4, 0), "5 quantity, 4 quality, no outcome measure"), ((1, 1, 1), "1 quantity, 1 quality, 1 outcome")]
)
def test_balance_in_words(counts: tuple[int, int, int], words: str) -> None:
    kinds = dict(zip(("quantity", "quality", "outcome"), counts, strict=True))
    assert sentences.balance_in_words(Balance(kinds, {})) == words


# ---- what may never be said, over every state there is ----

CELLS = (15.6, "c", "x", "z", "u", "k")
TESTS = ("changed", "no clear change", "not tested")


def everything_said(state: IndicatorView) -> str:
    said = [sentences.title(state), sentences.latest_in_words(state), sentences.change_in_words(state), *sentences.mark(state)]
    said += [*sentences.comparisons_in_words(state), sentences.alternative_text(state), *sentences.variation(state)]
    said += [sentences.chart_in_words(state), sentences.how_to_read(state), *(sentences.assurance(state) or ())]
    said += [sentences.trend_in_words(state), sentences.rank_in_words(state), *sentences.peers_in_words(state)]
    return " ".join(words for words in said if words)


@pytest.mark.parametrize(("cell", "direction", "test", "other"), list(product(CELLS, ("rose", "fell", "held"), TESTS, (22.6, "c"))))
def test_without_a_verdict_nothing_is_better_or_worse(cell: object, direction: str, test: str, other: object) -> None:
    change = Change("2015", "", direction, test, None) if cell == 15.6 else None
    beside = comparison("england", {"2016": other}, "lower" if other == 22.6 and cell == 15.6 else "")  # type: ignore[dict-item]
    said = everything_said(view(BEFORE, point("2016", cell), comparisons=(beside,), change=change, polarity="neutral"))  # type: ignore[arg-type]
    assert not re.search(r"\b(better|worse|good|bad|improv|concern)", said)


def every_view(edition: OpenEdition) -> list[IndicatorView]:
    return [
        indicator_view(edition, one.id, Selection(ALL.comparators, statistic, basis=basis))
        for one in edition.framework.indicators.values()
        for statistic in ("mean", "median")
        for basis in (("quarter", "ytd", "rolling12", "year") if one.period_type == "quarter" else ("year",))
    ]


@pytest.fixture(scope="module", params=["real_edition", "illustrative_edition"])
def views(request: pytest.FixtureRequest) -> list[IndicatorView]:
    return every_view(request.getfixturevalue(request.param))


def test_no_title_holds_a_number_where_the_latest_figure_is_hidden(views: list[IndicatorView]) -> None:
    for one in views:
        if one.latest and one.latest.value is None:
            assert not re.search(r"\d", sentences.title(one).removeprefix(one.indicator.short_name)), one.indicator.id


def test_titles_are_short(views: list[IndicatorView]) -> None:
    """About 14 words after the indicator's own name, with the comparators a page begins with."""
    usual = [replace(one, comparisons=tuple(beside for beside in one.comparisons if beside.id != "outer_london")) for one in views]
    said = [sentences.title(one).removeprefix(one.indicator.short_name) for one in usual]
    assert {words for words in said if len(words.split()) > 14} == set()


def test_no_neutral_indicator_is_called_better_or_worse(views: list[IndicatorView]) -> None:
    neutral = [one for one in views if one.indicator.polarity == "neutral"]
    assert len(neutral) > 10
    for one in neutral:
        assert not re.search(r"\b(better|worse|best|worst|improvement|concern)\b", everything_said(one)), one.indicator.id


def test_polar_indicators_are(views: list[IndicatorView]) -> None:
    """The other side of the test above: were nothing ever judged, it would pass for nothing."""
    said = " ".join(everything_said(one) for one in views if one.indicator.polarity != "neutral")
    assert all(words in said for words in ("which is better", "which is worse", "which is a concern"))


def test_nothing_is_said_of_none_nan_or_an_unfilled_place(views: list[IndicatorView]) -> None:
    for one in views:
        said = " ".join([everything_said(one), *sentences.queries_in_words(one), sentences.source_in_words(one)])
        assert not re.search(r"\bNone\b|\bnan\b|\{\w*\}|\[\]|  ", said), (one.indicator.id, said)
