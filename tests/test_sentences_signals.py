"""What is signal and what is noise, in words: state in, words out."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from invented import comparison, control, point, signal, view, watch

from hscb_qa import sentences
from hscb_qa.definitions import Break, Rebase
from hscb_qa.statistics.control import shift_of_seven
from hscb_qa.views import Change, IndicatorView, Point, Signal

YEARS = tuple(point(str(year), 18.0) for year in range(2005, 2017))
FIRST, LATEST = YEARS[3], YEARS[-1]
QUARTERS = tuple(point(f"{year}-{year + 1 - 2000:02d} Q{quarter}", 18.0) for year in (2013, 2014, 2015) for quarter in range(1, 5))
LAST_QUARTER = QUARTERS[-1]
TWO = (comparison("neighbours_mean", {"2016": 22.6}), comparison("england", {"2016": 22.6}))
THREE = (*TWO[:1], comparison("london", {"2016": 22.6}), *TWO[1:])


def shown(*signals: Signal, **facts: Any) -> IndicatorView:
    """Twelve years, with a control chart that has these signals."""
    return replace(view(*YEARS), control=control(YEARS, *signals, **facts))


def without(view_: IndicatorView, **facts: Any) -> IndicatorView:
    """The same with the latest figure hidden, whatever else is known of it."""
    latest = view_.points[-1]
    return replace(view_, points=(*view_.points[:-1], replace(latest, value=None, status="c", **facts)))


def neutral(at: Point, rule: str, side: str, **facts: Any) -> Signal:
    return signal(at, rule, side, "neutral", **facts)


def one(**changes: Any) -> Any:
    """An invented indicator."""
    return view(**changes).indicator


# ---- the title: the signal is the message ----

TITLES = [
    (shown(), "The share at 18.0%, within the usual range"),
    (shown(signal(LATEST, since=FIRST)), "The share above the usual since 2007-08: concern"),
    (shown(signal(LATEST, "shift", "low", "improvement", since=FIRST)), "The share below the usual since 2007-08: improvement"),
    (shown(neutral(LATEST, "shift", "low", since=FIRST)), "The share below the usual since 2007-08"),
    (shown(signal(LATEST, "trend", "high", since=FIRST)), "The share rising since 2007-08: concern"),
    (shown(neutral(LATEST, "trend", "low", since=FIRST)), "The share falling since 2007-08"),
    (shown(signal(LATEST, "outside")), "The share unusually high in 2015-16: concern"),
    (shown(neutral(LATEST, "outside", "low")), "The share unusually low in 2015-16"),
    (shown(signal(LATEST, "two_in_three")), "The share near the top of the usual range in 2015-16: concern"),
    (shown(neutral(LATEST, "two_in_three", "low")), "The share near the bottom of the usual range in 2015-16"),
    (shown(signal(FIRST)), "The share at 18.0%, within the usual range"),  # an earlier signal is not the latest's
    (shown(signal(LATEST, "outside", since=FIRST)), "The share above the usual since 2007-08: concern"),  # a shift for all that
    (shown(signal(LATEST, "outside", since=YEARS[-2], points=2)), "The share unusually high in 2015-16: concern"),
    (shown(chart="g", limits=None), "The share at 18.0%, as often as usual"),
    (shown(signal(LATEST, "outside", gap=1.0), chart="g", limits=None), "The share more often than usual in 2015-16: concern"),
    (
        shown(signal(LATEST, "outside", "low", "improvement", gap=9.0), chart="g", limits=None),
        "The share rarer than usual in 2015-16: improvement",
    ),
    (shown(chart="run", reason="few points", limits=None), "The share stood at 18.0%"),
    (replace(shown(), control=None), "The share stood at 18.0%"),
    (without(shown(signal(LATEST, since=FIRST))), "The share: latest figure [c] hidden"),
    (
        replace(view(*QUARTERS), basis="quarter", control=control(QUARTERS, signal(LAST_QUARTER, since=QUARTERS[6]))),
        "The share above the usual since Oct to Dec 2014: concern",
    ),
    (
        replace(shown(signal(LATEST, "outside")), indicator=one(period_type="snapshot_31_march")),
        "The share unusually high at 2015-16: concern",
    ),
    (
        replace(shown(), comparisons=TWO),
        "The share at 18.0%, within the usual range, below neighbours and England",
    ),
    (replace(shown(), comparisons=THREE), "The share at 18.0%, within the usual range, below neighbours, London and England"),
    (  # a longer name: the place among comparators is left to the words below
        replace(shown(signal(LATEST, "two_in_three")), comparisons=THREE),
        "The share near the top of the usual range in 2015-16: concern",
    ),
]


@pytest.mark.parametrize(("state", "words"), TITLES, ids=[words for _, words in TITLES])
def test_a_title_tells_the_signal(state: IndicatorView, words: str) -> None:
    assert sentences.title(state) == words


def test_a_title_of_a_judged_figure_is_about_twelve_words_after_a_short_name() -> None:
    """With every rule and any comparators; the name itself may have two words, a period of a quarter has four."""
    latest = [signal(LAST_QUARTER, rule, points=1 + 6 * (rule == "trend")) for rule in ("outside", "trend", "two_in_three", "shift")]
    charts = [control(QUARTERS, *signals) for signals in ((), *((given_,) for given_ in latest))]
    beside = tuple(comparison(one_.id, {LAST_QUARTER.period: 20.0}) for one_ in THREE)
    said = [sentences.title(replace(view(*QUARTERS, comparisons=beside), basis="quarter", control=chart)) for chart in charts]
    assert max(len(words.split()) for words in said) <= 15
    assert len(set(said)) == 5


# ---- what the chart says of the latest figure ----

RANGE = "The mean is 20.0%, the usual range 15.0% to 25.0%."
SIGNALS = [
    (shown(), f"Usual variation: chance alone would explain the latest figure. {RANGE}"),
    (
        shown(signal(LATEST, since=FIRST)),
        f"The last 9 figures, since 2007-08, all lie above the mean: more than chance would explain, which is a concern. {RANGE}",
    ),
    (
        shown(signal(LATEST, since=FIRST, points=3)),
        "The figure in 2015-16 is one of seven or more in a row above the mean, one of 3 signals in a row since 2007-08: "
        f"more than chance would explain, which is a concern. {RANGE}",
    ),
    (
        shown(signal(LATEST, "trend", "low", "improvement", since=FIRST)),
        f"The last 9 figures, since 2007-08, fall at every step: more than chance would explain, which is an improvement. {RANGE}",
    ),
    (
        shown(neutral(LATEST, "outside", "high")),
        f"The figure in 2015-16 lies above the upper limit of what is usual: more than chance would explain. {RANGE}",
    ),
    (
        shown(signal(LATEST, "outside", "low", since=YEARS[-2], points=2)),
        "The figure in 2015-16 lies below the lower limit of what is usual, one of 2 signals in a row since 2014-15: "
        f"more than chance would explain, which is a concern. {RANGE}",
    ),
    (
        shown(neutral(LATEST, "outside", "low", since=FIRST)),
        "The last 9 figures, since 2007-08, all lie below the mean, the latest below the lower limit of what is usual: "
        f"more than chance would explain. {RANGE}",
    ),
    (
        shown(neutral(LATEST, "two_in_three", "high", since=FIRST)),
        "The last 9 figures, since 2007-08, all lie above the mean, the latest near the upper limit: more than chance would explain. "
        + RANGE,
    ),
    (
        shown(neutral(LATEST, "two_in_three", "low")),
        "Two of three figures in a row, that in 2015-16 among them, lie near the lower limit: more than chance would explain. " + RANGE,
    ),
    (
        replace(shown(limits=(1.5, 0.0, 3.25)), indicator=one(unit="per_10000")),
        "Usual variation: chance alone would explain the latest figure. The mean is 1.5 per 10,000, the usual range 0.0 to 3.3 per 10,000.",
    ),
    (
        replace(shown(signal(LATEST, "outside", "low", "improvement", gap=9.0), chart="g", limits=None), basis="quarter"),
        "9 quarters in a row went by without any, up to 2015-16: more than chance would explain, which is an improvement.",
    ),
    (
        shown(signal(LATEST, "outside", "high", gap=1.0), chart="g", limits=None),
        "Some were counted in 2015-16, sooner after the last than usual: more than chance would explain, which is a concern.",
    ),
    (shown(chart="g", limits=None), "Usual variation: chance alone would explain the latest figure."),
    (shown(chart="run", reason="few points", points=6, limits=None), "No limits: 6 figures are too few."),
    (shown(chart="run", reason="few points", points=1, limits=None), "No limits: one figure is too few."),
    (shown(chart="run", reason="rare", limits=None), "No limits: the numbers counted each year are too small for them."),
    (shown(chart="run", reason="gaps", limits=None), "No limits: too many figures are not shown to know what is usual."),
    (
        shown(chart="run", reason="overlapping", limits=None),
        "No limits: the figures overlap, each of them sharing a part with the one before.",
    ),
    (without(shown(signal(LATEST, since=FIRST))), "No figure is shown for 2015-16, so nothing is judged."),
    (replace(shown(), control=None), ""),
    (view(), ""),
]


@pytest.mark.parametrize(("state", "words"), SIGNALS, ids=[words for _, words in SIGNALS])
def test_signal_in_words(state: IndicatorView, words: str) -> None:
    assert sentences.signal_in_words(state) == words


@pytest.mark.parametrize("rule", ["outside", "trend", "two_in_three", "shift"])
def test_a_run_is_as_long_in_words_as_in_the_rules(rule: str) -> None:
    for length in (6, 7):
        is_run = bool(shift_of_seven(np.ones(length), np.arange(length) > 0).all())
        said = sentences.signal_in_words(shown(signal(LATEST, rule, since=FIRST, points=length)))
        assert said.startswith(f"The last {length} figures") == is_run


def test_the_alternative_text_tells_limits_and_signal() -> None:
    words = sentences.alternative_text(shown(signal(LATEST, since=FIRST)))
    assert words.startswith("Line chart. The share above the usual since 2007-08: concern. 18.0% in 2015-16. The last 9 figures")
    assert RANGE in words


# ---- which chart, and how to read it ----

NEW_FORM = Break(on=date(2014, 4, 1), what_changed="A new form.", source="The department.")
REBASE = Rebase.model_validate(
    {
        "indicator": "share",
        "start": "2014-15 Q1",
        "reason": "One front door took over.",
        "decided": {"by": "QA subcommittee", "on": "2014-07-01"},
    }
)
XMR = "An XmR chart: its limits come from how much the figure usually moves from one year to the next."
CHARTS = [
    (shown(), XMR),
    (shown(trial=True, points=10), f"{XMR} Trial limits: 10 figures are too few to make them firm."),
    (
        shown(chart="p", reason="uneven bases"),
        "A p chart, because the numbers behind the percentages differ much: the fewer they are, the wider the limits.",
    ),
    (
        shown(chart="g", reason="rare", limits=None),
        "A g chart, because what is counted is rare: it judges how many years in a row go by without any.",
    ),
    (shown(chart="run", reason="few points", points=6, limits=None), "No limits: 6 figures are too few."),
    (
        replace(shown(chart="run", reason="rare", limits=None), bases=("quarter", "rolling12")),
        "No limits: the numbers counted each year are too small for them. Rolling twelve months tell more.",
    ),
    (
        replace(shown(chart="run", reason="few points", points=6, limits=None), bases=("quarter", "rolling12")),
        "No limits: 6 figures are too few.",
    ),
    (shown(started_by=NEW_FORM), f"{XMR} Limits begin anew on 1 April 2014, as the definition changed."),
    (
        shown(started_by=REBASE),
        f"{XMR} Limits rebased from Apr to Jun 2014: One front door took over. Decided by: QA subcommittee, 1 July 2014.",
    ),
    (
        shown(chart="run", reason="few points", points=3, limits=None, started_by=NEW_FORM),
        "No limits: 3 figures are too few. Limits begin anew on 1 April 2014, as the definition changed.",
    ),
    (view(*YEARS), ""),
    (
        replace(view(*YEARS), basis="rolling12"),
        "No limits: the figures overlap, each of them sharing a part with the one before.",
    ),
    (replace(view(), basis="rolling12"), ""),
]


@pytest.mark.parametrize(("state", "words"), CHARTS, ids=[words for _, words in CHARTS])
def test_chart_in_words(state: IndicatorView, words: str) -> None:
    assert sentences.chart_in_words(state) == words


BANDS = "Thin line: mean. Band: usual range."
READING = [
    (shown(), BANDS),
    (shown(signal(FIRST)), f"{BANDS} Filled diamonds: concern."),
    (shown(signal(FIRST, judgement="improvement", side="low"), signal(LATEST)), f"{BANDS} Filled diamonds: concern; squares: improvement."),
    (shown(signal(FIRST, judgement="improvement")), f"{BANDS} Filled squares: improvement."),
    (shown(neutral(FIRST, "shift", "low")), f"{BANDS} Filled triangles: more than chance would explain."),
    (shown(signal(LATEST, gap=2.0), chart="g", limits=None), "Filled diamonds: concern."),
    (without(shown(signal(LATEST))), BANDS),
    (shown(chart="run", reason="few points", limits=None), ""),
    (view(*YEARS), ""),
]


@pytest.mark.parametrize(("state", "words"), READING)
def test_how_to_read_names_only_what_is_there(state: IndicatorView, words: str) -> None:
    assert sentences.how_to_read(state) == words


# ---- icons and marks ----

VARIATIONS = [
    (shown(), ("common", "usual variation")),
    (shown(signal(LATEST, since=FIRST)), ("concern", "above the usual: concern")),
    (shown(signal(LATEST, "trend", "low", "improvement")), ("improvement", "falling: improvement")),
    (shown(neutral(LATEST, "outside", "low")), ("neutral", "unusually low")),
    (shown(neutral(LATEST, "outside", "low", gap=9.0), chart="g", limits=None), ("neutral", "rarer than usual")),
    (shown(chart="run", reason="few points", limits=None), ("none", "not judged")),
    (without(shown(signal(LATEST, since=FIRST))), ("none", "not judged")),
    (view(), ("none", "not judged")),
]


@pytest.mark.parametrize(("state", "icon"), VARIATIONS)
def test_variation(state: IndicatorView, icon: tuple[str, str]) -> None:
    assert sentences.variation(state) == icon


ASSURANCES = [
    (shown(), None),
    (shown(target=90.0), None),  # of a neutral measure nothing is assured
    (
        shown(target=10.0, assurance="fails"),
        ("fails", "Limits lie on the wrong side of the target of 10.0%: without a change it will be missed."),
    ),
    (
        shown(target=90.0, assurance="passes"),
        ("passes", "Limits lie on the right side of the target of 90.0%: without a change it will be met."),
    ),
    (
        shown(target=20.0, assurance="hit or miss"),
        ("hit or miss", "The target of 20.0% lies within the limits: without a change it will be met in some years and missed in others."),
    ),
    (view(*YEARS), None),
]


@pytest.mark.parametrize(("state", "icon"), ASSURANCES)
def test_assurance(state: IndicatorView, icon: tuple[str, str] | None) -> None:
    assert sentences.assurance(state) == icon


CHANGED = Change("2015", "", "rose", "changed", "worse")
MARKS = [
    (watch(None), ("●", "usual variation (quarterly)"), "quiet"),
    (watch(None, "year"), ("●", "usual variation"), "quiet"),
    (watch(signal(LAST_QUARTER, "trend")), ("▲", "rising: concern (quarterly)"), "concern"),
    (watch(signal(LATEST, "shift", "low", "improvement"), "year"), ("▼", "below the usual: improvement"), "improvement"),
    (watch(neutral(LATEST, "trend", "high"), "year"), ("▲", "rising"), "neutral"),
    (watch(neutral(LATEST, "outside", "low"), "half_year"), ("▼", "unusually low (half-yearly)"), "neutral"),
    (watch(None, is_judged=False), ("▲", "rose, worse"), "concern"),
    (None, ("▲", "rose, worse"), "concern"),
]


@pytest.mark.parametrize(("kept", "mark", "kind"), MARKS)
def test_a_mark_follows_the_watch_and_else_the_change(kept: Any, mark: tuple[str, str], kind: str) -> None:
    state = replace(view(*YEARS, change=CHANGED), watch=kept)
    assert sentences.mark(state) == mark
    assert sentences.mark_kind(state) == kind


def test_a_mark_on_another_basis_says_which() -> None:
    kept = watch(signal(LATEST, "trend"), "year")
    on_quarters = replace(view(*QUARTERS), basis="quarter", watch=kept)
    assert sentences.mark(on_quarters) == ("▲", "rising: concern (yearly)")


def test_the_mark_of_a_hidden_figure_is_its_status_even_where_it_is_watched() -> None:
    state = without(replace(view(*YEARS), watch=watch(signal(LATEST, "trend"), "year")))
    assert sentences.mark(state) == ("[c]", "hidden")
    assert sentences.mark_kind(state) == "quiet"


# ---- comparators and changes ----

COMPARED = [
    ("england", {}, "England, 2014-15: 13.5%; Harrow is below it, not tested."),
    ("england", {"value": None, "status": "x"}, "England, 2014-15: not available."),
]


@pytest.mark.parametrize(("place", "facts", "words"), COMPARED)
def test_a_comparators_own_year_is_named(place: str, facts: dict[str, Any], words: str) -> None:
    quarter = point("2015-16 Q3", 12.0)
    beside = replace(comparison(place, {"2015": 13.5}), stands_for={"2015-16 Q3": "2015"})
    beside = replace(beside, points=tuple(replace(one_, **facts) for one_ in beside.points))
    state = replace(view(quarter, comparisons=(beside,)), basis="quarter")
    assert sentences.comparisons_in_words(state) == [words]


def test_neighbours_own_year_is_named_after_who_they_are() -> None:
    quarter = point("2015-16 Q3", 12.0)
    of_quarter = {"differences": {quarter.period: "lower"}, "verdicts": {quarter.period: "better"}, "stands_for": {quarter.period: "2015"}}
    beside = replace(comparison("neighbours_mean", {"2015": 13.5}, had=9), **of_quarter)
    state = replace(view(quarter, comparisons=(beside,)), basis="quarter")
    assert sentences.comparisons_in_words(state) == [
        "Neighbours (mean of 9 of 10, set of May 2025), 2014-15: 13.5%; Harrow is lower, which is better."
    ]


DIFFERENCES = [
    ("percent", "rose", (5.2, 3.1, 7.3), "It rose by 5.2 points, between 3.1 and 7.3, from 20.0% in 2014-15"),
    ("percent", "fell", (-5.2, -7.3, -3.1), "It fell by 5.2 points, between 3.1 and 7.3, from 20.0% in 2014-15"),
    ("per_10000", "fell", (-5.2, -7.3, -3.1), "It fell by 5.2 per 10,000, between 3.1 and 7.3, from 20.0 per 10,000 in 2014-15"),
    ("percent", "rose", (None, None, None), "It rose from 20.0% in 2014-15"),
]


@pytest.mark.parametrize(("unit", "direction", "difference", "words"), DIFFERENCES)
def test_a_change_is_told_with_its_size(unit: str, direction: str, difference: Any, words: str) -> None:
    change = Change("2015", "", direction, "changed", None, *difference)
    state = view(point("2015", 20.0), point("2016", 25.2), change=change, unit=unit)
    assert sentences.change_in_words(state) == f"{words}: more than chance would explain."


def test_a_judgement_that_began_under_another_rule_is_told_since_its_first_signal() -> None:
    """2013-14 and 2014-15 were signals by another rule; the latest run is said to begin with 2015-16."""
    earlier = [signal(point, "trend") for point in YEARS[-3:-1]]
    words = sentences.signal_in_words(shown(*earlier, signal(LATEST, "outside", since=LATEST, points=1)))
    assert f"Every figure since {YEARS[-3].label} has been a signal of concern, by this or another rule." in words
    broken = sentences.signal_in_words(shown(earlier[0], signal(LATEST, "outside", since=LATEST, points=1)))
    assert "Every figure since" not in broken
