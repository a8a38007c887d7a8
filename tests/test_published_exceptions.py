"""Exceptions from ledger to edition and overview: each kind, who owes words and who gave them, and what changed since the last edition."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from entered import enter_approved, entry
from given_series import authorities, dated, quarters, quiet, ready, returns_of, small_board, submit_ready, target
from invented import HARROW, Given, cells, collected, give_return, give_returns, indicator, item, rows_of, submit

from hscb_qa.definitions import Framework
from hscb_qa.errors import UnknownName
from hscb_qa.periods import latest_ended, quarters_before
from hscb_qa.publish import Edition, publish_edition
from hscb_qa.views import BoardView, Narrative, OpenEdition, Reason, board_view

LATEST = "2026-27 Q2"
FAR_OUT = [*quiet(12), 150.0]
KINDS = ("special_cause", "target_missed", "agencies_disagree", "fifth")


def exceptions(edition: Edition, file: str = "shareable") -> list[Any]:
    sql = "SELECT indicator, kind, basis, period, judgement, agency FROM exceptions ORDER BY indicator, kind, agency"
    return rows_of(getattr(edition, file), sql)


def overview(edition: Edition) -> BoardView:
    opened = OpenEdition.shareable(edition)
    return board_view(opened, opened.framework.plan_years[0].id)


def shares(**of_200: float) -> list[Any]:
    """What agencies return for twelve quiet quarters: by agency, about how many of 200, as `kept`."""
    given = {agency: dated([(level, 200) for level in quiet(12, number)]) for agency, number in of_200.items()}
    return [one for agency, figures in given.items() for one in returns_of(agency, {"kept": figures})]


def give_places(store: Path, figures: dict[str, float], year: str = "2026", measure: str = "place") -> None:
    """One published annual figure of each place."""
    submit(store, *(cells(measure, {year: value}, place) for place, value in figures.items()), source="lait")


def of_places(id_: str = "place", **changes: Any) -> Any:
    """An annual published figure in which places can be ranked."""
    return indicator(id=id_, published={"source": "lait", "value": {"measures": [id_]}}, **changes)


# ---- each kind ----


def test_a_special_cause_of_the_latest_figure_is_an_exception(tmp_path: Path, framework: Framework) -> None:
    series = {"latest": FAR_OUT, "before": [*FAR_OUT, 100], "quiet": quiet(13), "neutral": FAR_OUT, "good": FAR_OUT}
    submit_ready(tmp_path, {name: dated(values) for name, values in series.items()})
    polarity = {"neutral": "neutral", "good": "higher"}
    edition = publish_edition(tmp_path, small_board(framework, *(ready(name, polarity=polarity.get(name, "lower")) for name in series)))
    judged = (("good", "improvement"), ("latest", "concern"), ("neutral", "neutral"))
    assert exceptions(edition) == [(name, "special_cause", "quarter", LATEST, judgement, "") for name, judgement in judged]
    assert [one.view.indicator.id for one in overview(edition).exceptions] == ["latest", "neutral", "good"]  # concern first


def test_one_agency_that_differs_from_all_is_an_exception_unless_it_does_better(tmp_path: Path, framework: Framework) -> None:
    # Together about 85 of 600; at a base of 200 the 99.8% limits lie 7.6 points from 14.2%.
    give_returns(tmp_path, shares(police=60, housing=20, education=5))
    agencies = {"agencies": ["police", "housing", "education"]}
    edition = publish_edition(tmp_path, small_board(framework, collected(returned=agencies)))
    position = "SELECT agency, position, judgement FROM funnels WHERE basis = 'quarter' AND period = ? ORDER BY agency"
    found = rows_of(edition.restricted, position, [LATEST])
    assert found == [("education", -2, "improvement"), ("housing", 0, ""), ("police", 2, "concern")]
    assert exceptions(edition, "restricted") == [("kept", "agencies_disagree", "quarter", LATEST, "concern", "police")]


def test_two_agencies_are_no_funnel(tmp_path: Path, framework: Framework) -> None:
    give_returns(tmp_path, shares(police=60, housing=20))
    edition = publish_edition(tmp_path, small_board(framework, collected()))
    assert rows_of(edition.restricted, "SELECT * FROM funnels") == []


def test_a_fifth_of_authorities_is_an_exception_of_the_newest_year(tmp_path: Path, framework: Framework) -> None:
    others = {code: float(number) for number, code in enumerate(authorities(24))}  # 0 to 23
    for measure, own in (("worst", 50), ("best", -1), ("between", 11.5), ("neutral", 50), ("old", 50)):
        give_places(tmp_path, {**others, HARROW: own}, measure=measure)
    submit(tmp_path, cells("old", {"2026": 50}), cells("old", {"2027": "x"}), source="lait", file="more.csv")
    ones = [of_places(name) for name in ("worst", "best", "between", "old")]
    edition = publish_edition(tmp_path, small_board(framework, *ones, of_places("neutral", polarity="neutral")))
    told = [(name, judgement) for name, kind, _, _, judgement, _ in exceptions(edition) if kind == "fifth"]
    assert told == [("best", "improvement"), ("neutral", "neutral"), ("worst", "concern")]


def test_only_kinds_that_the_rules_name_are_exceptions(tmp_path: Path, framework: Framework) -> None:
    give_returns(tmp_path, shares(police=60, housing=20, education=5))
    submit_ready(tmp_path, {"cause": dated(FAR_OUT), "missed": dated(quiet(12))})
    give_places(tmp_path, {**{code: float(number) for number, code in enumerate(authorities(24))}, HARROW: 50})
    ones = (collected(returned={"agencies": ["police", "housing", "education"]}), ready("cause"), ready("missed"), of_places())
    expected = {"special_cause": "cause", "target_missed": "missed", "agencies_disagree": "kept", "fifth": "place"}
    for kinds in (KINDS, KINDS[:1], KINDS[1:3], ()):
        rules = small_board(framework, *ones, targets=[target("missed", 50)], exceptions={"kinds": kinds})
        found = exceptions(publish_edition(tmp_path, rules), "restricted")
        assert {kind: name for name, kind, *_ in found} == {kind: expected[kind] for kind in kinds}


@pytest.mark.parametrize(("ago", "expected"), [(0, 1), (7, 1), (9, 0)])
def test_a_figure_that_is_too_old_is_no_exception(tmp_path: Path, framework: Framework, ago: int, expected: int) -> None:
    last = quarters_before(latest_ended("quarter", date.today()), ago).text
    submit_ready(tmp_path, {"cause": dated(FAR_OUT, last)})
    rules = small_board(framework, ready("cause"), exceptions={"old_after_months": 24})
    assert len(exceptions(publish_edition(tmp_path, rules))) == expected


def test_reasons_stand_in_the_order_of_the_rules_and_give_the_basis(tmp_path: Path, framework: Framework) -> None:
    submit_ready(tmp_path, {"both": dated(FAR_OUT)})
    for kinds in (("special_cause", "target_missed"), ("target_missed", "special_cause")):
        board = small_board(framework, ready("both"), targets=[target("both", 0)], exceptions={"kinds": kinds})
        [exception] = overview(publish_edition(tmp_path, board)).exceptions
        assert exception.reasons == tuple(Reason(kind, "quarter", LATEST, "concern") for kind in kinds)  # type: ignore[arg-type]
        assert (exception.view.basis, exception.judgement) == ("quarter", "concern")


# ---- narratives ----


def test_those_who_return_a_figure_owe_its_words_and_give_them_in_a_note(tmp_path: Path, framework: Framework) -> None:
    names = ("plain", "noted", "before", "beside_status", "withheld")
    figures: dict[str, dict[str, Given]] = {name: dated([(level, 200) for level in FAR_OUT]) for name in names}
    notes = {
        "noted": {LATEST: "Two homes opened."},
        "before": {quarters(2)[0]: "All was well."},
        "beside_status": {LATEST: "The form was late."},
    }
    figures["withheld"][LATEST] = (2, 200)
    police = {name: {**one, **({LATEST: "x"} if name == "beside_status" else {})} for name, one in figures.items()}
    housing = figures
    give_returns(tmp_path, [*returns_of("police", police, notes), *returns_of("housing", housing)])
    edition = publish_edition(tmp_path, small_board(framework, *(collected(name) for name in names)))
    found = {one.view.indicator.id: one.narrative for one in overview(edition).exceptions}
    both = ("Police", "Housing")
    owed = Narrative(both, ())
    assert found == {"plain": owed, "noted": Narrative(both, ("Police",)), "before": owed, "beside_status": owed}
    assert [name for name, one in found.items() if not one.is_owed] == ["noted"]


def test_an_agency_that_differs_owes_the_words_alone(tmp_path: Path, framework: Framework) -> None:
    give_returns(tmp_path, shares(police=60, housing=20, education=20))
    asked = {"agencies": ["police", "housing", "education"]}
    [exception] = overview(publish_edition(tmp_path, small_board(framework, collected(returned=asked)))).exceptions
    assert exception.narrative == Narrative(("Police",), ())
    rules = small_board(framework, collected(returned=asked), targets=[target("kept", 1)])
    [exception] = overview(publish_edition(tmp_path, rules)).exceptions
    assert {reason.kind for reason in exception.reasons} == {"agencies_disagree", "target_missed"}
    assert exception.narrative == Narrative(("Police", "Housing", "Education"), ())


def test_the_lead_owes_the_words_of_what_nobody_returns_and_a_later_note_will_do(tmp_path: Path, framework: Framework) -> None:
    for measure in ("published", "both"):
        give_places(tmp_path, {**{code: float(number) for number, code in enumerate(authorities(24))}, HARROW: 50}, measure=measure)
    figures = {"published": {"source": "lait", "value": {"measures": ["both"]}}, "interval": "none"}
    asked = {"agencies": ["police"]}
    give_return(tmp_path, "police", LATEST, item("both", LATEST, (50, 100), note="It rose in every borough."))
    board = small_board(framework, of_places("published"), collected("both", returned=asked, **figures))
    found = {one.view.indicator.id: one.narrative for one in overview(publish_edition(tmp_path, board)).exceptions}
    lead = board.plan_years[0].part_a[0].lead
    assert found == {"published": Narrative((lead,), ()), "both": Narrative(("Police",), ("Police",))}


@pytest.mark.parametrize(("agency", "is_given"), [(None, True), ("police", False)])
def test_the_lead_gives_the_words_in_an_analysis_without_an_agency(
    tmp_path: Path, framework: Framework, agency: str | None, is_given: bool
) -> None:
    give_places(tmp_path, {**{code: float(number) for number, code in enumerate(authorities(24))}, HARROW: 50}, measure="published")
    about = {"area": "help_and_early_help", "kind": "analysis", "indicator": "published", "on": date.today().isoformat(), "agency": agency}
    enter_approved(tmp_path, entry("analysis", **about))
    board = small_board(framework, of_places("published"))
    [exception] = overview(publish_edition(tmp_path, board)).exceptions
    lead = board.plan_years[0].part_a[0].lead
    assert exception.narrative == Narrative((lead,), (lead,) if is_given else ())


# ---- since an earlier edition ----


def test_what_began_ended_and_was_revised_since_the_last_meeting(tmp_path: Path, framework: Framework) -> None:
    names = ("begins", "ends", "stays", "revised", "grows")
    board = small_board(framework, *(ready(name) for name in names))
    past = {"begins": quiet(12), "ends": FAR_OUT[1:], "stays": quiet(12), "revised": quiet(12), "grows": quiet(11)}
    submit_ready(tmp_path, {name: dated(values, quarters(2)[0]) for name, values in past.items()})
    first = publish_edition(tmp_path, board, "First meeting")
    assert rows_of(first.shareable, "SELECT * FROM earlier_edition") == []
    assert overview(first).since is None
    now = {"begins": FAR_OUT, "ends": [*FAR_OUT[1:], 100], "stays": quiet(12), "revised": quiet(12), "grows": quiet(12)}
    now["revised"][0] += 1
    ends = dict.fromkeys(("stays", "revised", "grows"), quarters(2)[0])
    submit_ready(tmp_path, {name: dated(values, ends.get(name, LATEST)) for name, values in now.items()})
    draft = publish_edition(tmp_path, board)
    second = publish_edition(tmp_path, board, "Second meeting")
    for edition in (draft, second):
        since = overview(edition).since
        assert since and (since.edition, since.label) == (first.id, "First meeting")
        assert (since.began, since.ended) == (("begins",), ("ends",))
        assert "revised" in since.revised and not {"stays"} & {*since.revised}
    again = overview(publish_edition(tmp_path, board, "Second meeting")).since
    assert again and again.edition == first.id  # a meeting's edition made anew is held against the meeting before
    named = overview(publish_edition(tmp_path, board, "Third meeting", since=second.id)).since
    assert named and (named.edition, named.began, named.ended, named.revised) == (second.id, (), (), ())
    later = overview(publish_edition(tmp_path, board, "Fourth meeting")).since
    assert later and later.label == "Third meeting"


def test_an_edition_to_compare_with_must_be_there(tmp_path: Path, framework: Framework) -> None:
    submit_ready(tmp_path, {"quiet": dated(quiet(12))})
    board = small_board(framework, ready("quiet"))
    publish_edition(tmp_path, board, "First meeting")
    with pytest.raises(UnknownName, match="2016-04-01-120000"):
        publish_edition(tmp_path, board, "Second meeting", since="2016-04-01-120000")


def test_a_figure_that_is_hidden_now_is_not_called_revised(tmp_path: Path, framework: Framework) -> None:
    one = collected(unit="count", returned={"gives": "count", "agencies": ["police"]})
    board = small_board(framework, one)
    give_returns(tmp_path, returns_of("police", {"kept": dated(quiet(12, 20))}))
    publish_edition(tmp_path, board, "First meeting")
    give_return(tmp_path, "police", LATEST, item("kept", LATEST, 3))
    edition = publish_edition(tmp_path, board, "Second meeting")
    assert rows_of(edition.restricted, "SELECT what FROM changed_since WHERE what = 'revised'") == [("revised",)]
    assert rows_of(edition.shareable, "SELECT what FROM changed_since") == []
