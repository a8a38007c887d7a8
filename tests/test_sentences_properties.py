"""What must hold of every sentence about signal and noise, over invented series whose charts and signals are those of the statistics."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import comparison, control, exceptional, peer, point, rank, signal, view, watch

from hscb_qa import sentences, statistics
from hscb_qa.views import Change, ChartPart, ControlChart, IndicatorView, Limits, Point, Trend

Cell = float | str
CELL = st.one_of(st.integers(0, 100).map(float), st.sampled_from(["c", "x", "u"]))
STEADY = st.integers(45, 55).map(float)
NOISE = [45.0, 55.0] * 6
EXAMPLES: dict[str, list[Cell]] = {
    "": [*NOISE, 52.0],
    "outside": [*NOISE, 95.0],
    "trend": [*[30.0, 70.0] * 5, *(44.0 + 2 * step for step in range(7))],
    "two_in_three": [*NOISE, 60.0, 74.0, 74.0],
    "shift": [*NOISE, *[53.0, 58.0] * 4],
}
# Noise with holes; steady noise; and each rule, at its end or somewhere within.
SERIES = st.one_of(
    st.lists(CELL, min_size=1, max_size=24),
    st.lists(STEADY, min_size=8, max_size=24),
    st.sampled_from(list(EXAMPLES.values())),
    st.builds(list.__add__, st.sampled_from(list(EXAMPLES.values())), st.lists(STEADY, max_size=4)),
)
TARGET = st.sampled_from([None, 5.0, 50.0, 95.0])


def points_of(cells: list[Cell]) -> tuple[Point, ...]:
    return tuple(point(str(2017 - len(cells) + place), cell) for place, cell in enumerate(cells))


def charted(cells: list[Cell], polarity: str, target: float | None = None) -> IndicatorView:
    """A view whose control chart, watch, change, trend and peers are what the statistics say of the points shown, at this polarity."""
    points = points_of(cells)
    places = [place for place, one in enumerate(points) if one.value is not None]
    base = view(*points, polarity=polarity)
    if not places:
        return base
    found = _found(points, places)
    chart = _chart([points[place] for place in places], found, polarity, target)
    latest = chart.signals.get(points[-1].period) if points[-1].value is not None else None
    is_judged = points[-1].value is not None and chart.last.chart != "run"
    side = statistics.judge([1, -1], polarity).tolist()
    verdicts = {"improvement": "better", "concern": "worse"}
    return replace(
        base,
        control=chart,
        watch=replace(watch(latest, "year", is_judged), assurance=chart.assurance),
        change=_change(points, verdicts, side),
        trend=Trend("rising", verdicts.get(side[0]), "2011-12", "2015-16"),  # type: ignore[arg-type]
        peers=(peer("Police", 95.0, "high", side[0]), peer("Housing", 60.0, "low", side[1])),
        comparisons=(comparison("england", {"2016": 40.0}, "higher" if points[-1].value else "", verdicts.get(side[0], "")),),
        rank=rank(None, None, "highest"),
    )


def _found(points: tuple[Point, ...], places: list[int]) -> statistics.PointSignals:
    """What the statistics make of the points that are shown."""
    number = len(places)
    return statistics.find_signals(
        statistics.Series(
            value=[points[place].value for place in places],
            numerator=[float("nan")] * number,
            denominator=[float("nan")] * number,
            factor=[1.0] * number,
            is_share=[False] * number,
            overlapping=[False] * number,
            part=[0] * number,
            follows=np.append(False, np.diff(places) == 1),
            position=places,
        )
    )


def _chart(shown: list[Point], found: statistics.PointSignals, polarity: str, target: float | None) -> ControlChart:
    judgements, limits = statistics.judge(found.side, polarity).tolist(), found.limits
    assured = statistics.assure([np.nan if target is None else target], limits.lower[-1:], limits.upper[-1:], polarity).tolist()[0]
    return ControlChart(
        basis="year",
        parts=(ChartPart(found.chart[0], found.reason[0], shown[0].period, shown[-1].period, len(shown), len(shown) < 12),),
        limits={
            one.period: Limits(*(float(side[at]) for side in (limits.mean, limits.lower, limits.upper)))
            for at, one in enumerate(shown)
            if not np.isnan(limits.mean[at])
        },
        signals={
            one.period: signal(
                one, str(found.rule[at]), "high" if found.side[at] > 0 else "low", judgements[at], since=shown[0], points=1 + at % 9
            )
            for at, one in enumerate(shown)
            if found.rule[at]
        },
        target=target,
        assurance=assured or None,
    )


def _change(points: tuple[Point, ...], verdicts: dict[str, str], side: list[str]) -> Change | None:
    """The latest two points, taken to differ by more than chance where they differ at all."""
    if len(points) < 2 or points[-1].value is None:
        return None
    before, now = points[-2:]
    assert now.value is not None
    if before.value is None:
        return Change(before.period, before.status, "", "nothing before", None)
    moved = now.value - before.value
    if moved == 0:
        return Change(before.period, "", "held", "no clear change", None)
    verdict = verdicts.get(side[0] if moved > 0 else side[1])
    return Change(before.period, "", "rose" if moved > 0 else "fell", "changed", verdict, moved, moved - 1, moved + 1)


def everything(state: IndicatorView) -> Iterator[str]:
    """Every sentence about one indicator, but the legend of its marks."""
    reasons = [(kind, "neutral") for kind in ("special_cause", "agencies_disagree", "fifth")]
    yield sentences.title(state)
    yield sentences.latest_in_words(state)
    yield sentences.change_in_words(state)
    yield from sentences.comparisons_in_words(state)
    yield sentences.alternative_text(state)
    yield from judged(state)
    yield sentences.reasons_in_words(exceptional(state, *reasons))


def judged(state: IndicatorView) -> Iterator[str]:
    """Every sentence about signal and noise."""
    yield sentences.signal_in_words(state)
    yield sentences.chart_in_words(state)
    yield from sentences.variation(state)
    yield from sentences.assurance(state) or ()
    yield from sentences.mark(state)
    yield sentences.mark_kind(state)
    yield sentences.trend_in_words(state)
    yield from sentences.peers_in_words(state)


JUDGEMENT = re.compile(r"\b(better|worse|best|worst|improv\w*|concern\w*|passes|fails|missed|good|bad)\b")


@settings(max_examples=300, deadline=None)
@given(SERIES, TARGET)
def test_neutral_is_never_judged(cells: list[Cell], target: float | None) -> None:
    state = charted(cells, "neutral", target)
    said = " ".join([*everything(state), sentences.how_to_read(state), sentences.rank_in_words(state)])
    assert not JUDGEMENT.search(said), said


FLIPPED = {"improvement": "concern", "an improvement": "a concern", "better": "worse"}
FLIPPED |= {"passes": "fails", "right side": "wrong side", "be met": "be missed"}
FLIPS = FLIPPED | {other: word for word, other in FLIPPED.items()}
FLIP = re.compile("|".join(rf"\b{words}\b" for words in sorted(FLIPS, key=len, reverse=True)))


def flipped(words: str) -> str:
    return words if "lies within the limits" in words else FLIP.sub(lambda found: FLIPS[found[0]], words)


@settings(max_examples=300, deadline=None)
@given(SERIES, TARGET)
def test_flipping_polarity_flips_judgements_and_nothing_else(cells: list[Cell], target: float | None) -> None:
    higher, lower = charted(cells, "higher", target), charted(cells, "lower", target)
    assert [flipped(words) for words in everything(higher)] == list(everything(lower))
    swapped = {"concern": "improvement", "improvement": "concern"}
    marks = [set(re.findall("concern|improvement", sentences.how_to_read(state))) for state in (higher, lower)]
    assert {swapped[word] for word in marks[0]} == marks[1]


@settings(max_examples=200, deadline=None)
@given(SERIES, st.sampled_from(["higher", "lower", "neutral"]), st.data())
def test_why_a_point_is_missing_changes_nothing_that_is_said_of_the_others(cells: list[Cell], polarity: str, data: st.DataObject) -> None:
    """Hidden or never given: the signals are the same, and so is the title while the latest is shown."""
    missing = [place for place, cell in enumerate(cells) if isinstance(cell, str)] or [data.draw(st.integers(0, len(cells) - 1))]
    hidden, absent = ([status if place in missing else cell for place, cell in enumerate(cells)] for status in ("c", "x"))
    told, other = charted(hidden, polarity), charted(absent, polarity)
    if len(cells) - 1 in missing:
        assert sentences.signal_in_words(told) == sentences.signal_in_words(other)
        assert sentences.variation(told) == ("none", "not judged")
        assert sentences.mark(told)[0] == "[c]"
    else:
        assert sentences.title(told) == sentences.title(other)
        as_absent = [words.replace("[c]", "[x]") for words in judged(told)]
        assert as_absent == list(judged(other))


HIDDEN = 777.7


@settings(max_examples=200, deadline=None)
@given(SERIES, st.sampled_from(["higher", "lower", "neutral"]), st.data())
def test_no_digit_of_a_hidden_figure_is_said(cells: list[Cell], polarity: str, data: st.DataObject) -> None:
    """Not even where its counts, interval, limits or signal had slipped through: with its value hidden, none of them is told."""
    state = charted(cells, polarity)
    places = data.draw(st.sets(st.integers(0, len(cells) - 1), min_size=1))
    rest: Any = {"numerator": HIDDEN, "denominator": HIDDEN, "lower": HIDDEN, "upper": HIDDEN}
    points = tuple(replace(one, value=None, status="c", **rest) if at in places else one for at, one in enumerate(state.points))
    change = Change(points[-2].period, "c", "", "nothing before", None) if len(points) > 1 and points[-1].value is not None else None
    slipped = replace(state, points=points, change=change, control=_slipped(state, points, places))
    said = " ".join([*everything(slipped), sentences.how_to_read(slipped)])
    assert "777" not in said, said


def _slipped(state: IndicatorView, points: tuple[Point, ...], places: set[int]) -> ControlChart:
    """The chart with limits and signals that a hidden point should not have."""
    hidden = [points[place] for place in places]
    chart = state.control or control((point("2016", 1.0),))
    signals = {one.period: signal(one, "outside", "low", "neutral", gap=HIDDEN) for one in hidden}
    limits = {one.period: Limits(HIDDEN, HIDDEN, HIDDEN) for one in hidden}
    return replace(chart, signals={**chart.signals, **signals}, limits={**chart.limits, **limits})


@pytest.mark.parametrize("rule", EXAMPLES)
def test_the_properties_are_tried_on_every_rule(rule: str) -> None:
    """Else they would hold of nothing."""
    state = charted(EXAMPLES[rule], "higher")
    assert (state.signal.rule if state.signal else "") == rule
