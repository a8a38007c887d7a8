"""Exceptions in words: why an indicator needs words and whose, where it stands among others, what changed since the last edition."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from invented import board, control, exceptional, peer, point, rank, signal, view, watch

from hscb_qa import sentences
from hscb_qa.definitions import Framework
from hscb_qa.views import EditionChange, IndicatorView, OpenEdition, Signal, Trend, board_view
from hscb_qa.views.signals import Narrative

YEARS = tuple(point(str(year), 18.0) for year in range(2005, 2017))
FIRST, LATEST = YEARS[3], YEARS[-1]
LATEST_FIGURE = "18.0% in 2015-16."


def charted(*signals: Signal, **facts: Any) -> IndicatorView:
    """Twelve years, with a control chart that has these signals."""
    return replace(view(*YEARS), control=control(YEARS, *signals, **facts))


# ---- beside others ----

TRENDS = [
    (None, ""),
    (Trend("rising", "worse", "2011-12", "2015-16"), "Rising from 2011-12 to 2015-16 by more than chance would explain, which is worse."),
    (Trend("falling", None, "2011-12", "2015-16"), "Falling from 2011-12 to 2015-16 by more than chance would explain."),
    (Trend("none", None, "2011-12", "2015-16"), "Neither rising nor falling from 2011-12 to 2015-16 by more than chance would explain."),
]


@pytest.mark.parametrize(("trend", "words"), TRENDS)
def test_trend_in_words(trend: Trend | None, words: str) -> None:
    assert sentences.trend_in_words(replace(view(*YEARS), trend=trend)) == words


RANKS = [
    (None, ""),
    (rank(), "Rank 12 of 151 local authorities in 2015-16, band B."),
    (
        rank(150, "D", "highest", "worst"),
        "Rank 150 of 151 local authorities in 2015-16, band D; among the highest fifth, which is the worst.",
    ),
    (rank(2, "A", "lowest", "best"), "Rank 2 of 151 local authorities in 2015-16, band A; among the lowest fifth, which is the best."),
    (rank(None, None), ""),
    (rank(None, None, "highest"), "Among the highest fifth of 151 local authorities in 2015-16."),
]


@pytest.mark.parametrize(("place", "words"), RANKS)
def test_rank_in_words(place: Any, words: str) -> None:
    assert sentences.rank_in_words(replace(view(*YEARS), rank=place)) == words


def test_a_rank_of_one_day_is_told_of_that_day() -> None:
    state = replace(view(*YEARS, period_type="snapshot_31_march"), rank=replace(rank(), label="31 March 2016"))
    assert sentences.rank_in_words(state) == "Rank 12 of 151 local authorities at 31 March 2016, band B."


AGAINST = "against 84.1% of all agencies together"


def test_peers_in_words_tells_those_outside() -> None:
    mental_health = peer("Mental health trust", 64.0, "low", "concern")
    peers = (peer("Police", 84.0, None), mental_health, peer("Housing", 93.0, "high", "neutral", "2015"))
    assert sentences.peers_in_words(replace(view(*YEARS), peers=peers)) == [
        f"Mental health trust: 64.0% {AGAINST}, below what chance explains (99.8% limits 78.2% to 89.5%): concern.",
        f"Housing (2014-15): 93.0% {AGAINST}, above what chance explains (99.8% limits 78.2% to 89.5%).",
    ]
    assert sentences.peers_in_words(view(*YEARS)) == []


# ---- exceptions ----

SPECIAL = charted(signal(LATEST, since=FIRST))
REASONS = [
    (
        exceptional(SPECIAL, ("special_cause", "concern")),
        "The last 9 figures, since 2007-08, all lie above the mean.",
    ),
    (
        exceptional(replace(charted(), rank=rank(150, "D", "highest", "worst")), ("fifth", "concern")),
        "Among the highest fifth of 151 local authorities in 2015-16, which is the worst.",
    ),
    (
        exceptional(replace(charted(), rank=rank(None, None, "lowest")), ("fifth", "neutral")),
        "Among the lowest fifth of 151 local authorities in 2015-16.",
    ),
    (
        exceptional(charted(target=10.0, assurance="fails"), ("target_missed", "concern")),
        "Limits lie on the wrong side of the target of 10.0%: without a change it will be missed.",
    ),
    (
        exceptional(
            replace(charted(), peers=(peer("Police", 64.0, "low"), peer("Housing", 93.0, "high"), peer("Schools", 84.0, None))),
            ("agencies_disagree", "concern"),
            ("agencies_disagree", "neutral"),
        ),
        "Agencies differ by more than chance would explain: Housing above, Police below all agencies together.",
    ),
    (
        exceptional(replace(SPECIAL, rank=rank(150, "D", "highest", "worst")), ("special_cause", "concern"), ("fifth", "concern")),
        "The last 9 figures, since 2007-08, all lie above the mean. "
        "Among the highest fifth of 151 local authorities in 2015-16, which is the worst.",
    ),
]


@pytest.mark.parametrize(("state", "words"), REASONS, ids=[words for _, words in REASONS])
def test_reasons_in_words(state: Any, words: str) -> None:
    """The figure itself goes first."""
    assert sentences.reasons_in_words(state) == f"{LATEST_FIGURE} {words}"


def test_a_hidden_figure_is_not_told_before_the_reasons() -> None:
    hidden = replace(SPECIAL, points=(*SPECIAL.points[:-1], point("2016", "c")))
    assert LATEST_FIGURE.split(" ")[0] not in sentences.reasons_in_words(exceptional(hidden, ("fifth", "concern")))


def test_an_exception_is_titled_by_the_agencies_that_stand_apart_where_nothing_else_is_the_reason() -> None:
    peers = (peer("Police", 64.0, "low", "concern"), peer("Housing", 93.0, "high", "improvement"), peer("Schools", 84.0, None))
    apart = replace(charted(), peers=peers)
    alone = exceptional(apart, ("agencies_disagree", "concern"))
    assert sentences.exception_title(alone) == "The share: Police below all agencies together: concern"
    both = exceptional(apart, ("special_cause", "concern"), ("agencies_disagree", "concern"))
    assert sentences.exception_title(both) == sentences.title(apart)


def test_a_special_cause_on_another_basis_is_told_from_the_watch() -> None:
    """The fifth is the first reason, so the view is of years; the signal is of quarters."""
    yearly = replace(charted(), rank=rank(150, "D", "highest", "worst"), watch=watch(signal(point("2015-16 Q4", 18.0), "outside")))
    state = exceptional(yearly, ("fifth", "concern"), ("special_cause", "concern"))
    state = replace(state, reasons=(state.reasons[0], replace(state.reasons[1], basis="quarter")))
    assert sentences.reasons_in_words(state).endswith("The figure in Jan to Mar 2016 lies above the upper limit of what is usual.")


NARRATIVES = [
    (("Police",), (), "Narrative owed by Police."),
    (("Police", "Housing"), (), "Narrative owed by Police and Housing."),
    (("Police", "Housing", "Schools", "Health", "Council"), (), "Narrative owed by Police, Housing, Schools and 2 more."),
    (("Police", "Housing"), ("Housing",), "Narrative given by Housing."),
    ((), (), ""),
]


@pytest.mark.parametrize(("owed", "gave", "words"), NARRATIVES)
def test_narrative_in_words(owed: tuple[str, ...], gave: tuple[str, ...], words: str) -> None:
    assert sentences.narrative_in_words(exceptional(SPECIAL, ("special_cause", "concern"), owed=owed, given=gave)) == words


def some(judgement: str, *, owed: bool = False) -> Any:
    return exceptional(SPECIAL, ("special_cause", judgement), owed=("Police",) if owed else ())


HEADINGS = [
    ([], "No exceptions."),
    (
        [*(some("concern", owed=True) for _ in range(3)), some("neutral", owed=True), *(some("improvement") for _ in range(3))],
        "7 exceptions: 3 of concern, 1 neither, 3 favourable; 4 narratives owed.",
    ),
    ([some("improvement")], "1 exception: 1 favourable; no narrative owed."),
    ([some("concern", owed=True)], "1 exception: 1 of concern; 1 narrative owed."),
]


@pytest.mark.parametrize(("exceptions", "words"), HEADINGS, ids=[words for _, words in HEADINGS])
def test_exceptions_in_words(exceptions: list[Any], words: str) -> None:
    assert sentences.exceptions_in_words(board(*exceptions)) == words


def since(**facts: Any) -> EditionChange:
    given_ = {"began": (), "ended": (), "revised": (), **facts}
    return EditionChange("2016-09-10-120000", "Board, 10 September", date(2016, 9, 10), **given_)


SINCE = [
    (None, []),
    (since(), ["No new exception since “Board, 10 September”."]),
    (
        since(began=("share", "other"), ended=("third",), revised=("share", "third"), was={"third": "improvement"}),
        [
            "New exceptions since “Board, 10 September”: The share (18.0%, first figure) and Another (18.0%, first figure).",
            "No longer an exception: A third (18.0%, first figure), before an improvement.",
            "Figures of 2 indicators were revised.",
        ],
    ),
    (
        since(began=("gone",), revised=("share",)),  # what is not of this year is not told
        ["No new exception since “Board, 10 September”.", "Figures of 1 indicator were revised."],
    ),
]


@pytest.mark.parametrize(("changed", "lines"), SINCE)
def test_since_in_words(changed: EditionChange | None, lines: list[str]) -> None:
    views = (view(*YEARS), view(*YEARS, id="other", short_name="Another"), view(*YEARS, id="third", short_name="A third"))
    assert sentences.since_in_words(board(views=views, since=changed)) == lines


def test_methods_tell_the_rules_in_force(framework: Framework) -> None:
    rules = framework.signals
    other = rules.model_copy(
        update={
            "charts": rules.charts.model_copy(update={"min_points": 9, "trial_below": 17, "bases_vary": 0.4, "p_base_at_most": 1234.0}),
            "exceptions": rules.exceptions.model_copy(update={"kinds": ("fifth",), "old_after_months": 31}),
        }
    )
    words = " ".join(sentences.methods_in_words(framework.disclosure, other))
    for told in ("Under 9 figures", "under 17", "more than 40%", "at most 1,234", "more than 31 months", "highest or lowest fifth"):
        assert told in words, told
    assert "wrong side of its target" not in words
    none = other.model_copy(update={"exceptions": rules.exceptions.model_copy(update={"kinds": ()})})
    assert "No kind of exception is in force." in " ".join(sentences.methods_in_words(framework.disclosure, none))


# ---- of real editions ----


@pytest.fixture(scope="module", params=["real_edition", "illustrative_edition"])
def overview(request: pytest.FixtureRequest) -> Any:
    edition: OpenEdition = request.getfixturevalue(request.param)
    return board_view(edition, edition.framework.plan_years[-1].id)


def test_every_exception_of_an_edition_has_words(overview: Any) -> None:
    for one_ in overview.exceptions:
        said = [sentences.title(one_.view), sentences.reasons_in_words(one_), sentences.narrative_in_words(one_)]
        assert all(said[:2]), one_.view.indicator.id
        assert not re.search(r"\bNone\b|\bnan\b|\{\w*\}|  ", " ".join(said)), said
    told = sum(int(number) for number in re.findall(r"(\d+) (?:of concern|neither|favourable)", sentences.exceptions_in_words(overview)))
    assert told == len(overview.exceptions)


def test_who_owes_words_is_told_with_how_many() -> None:
    owing = [some("concern", owed=True), some("neutral", owed=True), some("improvement")]
    assert sentences.owed_in_words(board(*owing)) == "Narratives owed by Police 2."
    assert sentences.owed_in_words(board(some("improvement"))) == ""


def test_of_many_who_owe_words_the_others_are_counted_as_owners() -> None:
    names = ("Police", "Housing", "Schools", "Health", "Council")
    owing = [replace(some("concern", owed=True), narrative=Narrative((name,), ())) for name in names]
    assert sentences.owed_in_words(board(*owing)) == "Narratives owed by Police 1, Housing 1, Schools 1 and 2 others."
    assert sentences.owed_in_words(board(*owing[:4])) == "Narratives owed by Police 1, Housing 1, Schools 1 and Health 1."
