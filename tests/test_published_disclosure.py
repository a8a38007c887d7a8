"""The disclosure rule through a publication: what each method shows, what is marked, and that an edition which tells is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from invented import Given, cells, collected, give_return, give_returns, item, only, returned_values, rows_of, submit

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.errors import StoreFault
from hscb_qa.ledger import withdraw
from hscb_qa.publish import Edition, current_edition, editions, findings, hidden_of, publish_edition
from hscb_qa.views import OpenEdition, Selection, board_view, indicator_view

Command = Callable[..., tuple[int, str, str]]
QUARTERS = ("2024-25 Q1", "2024-25 Q2", "2024-25 Q3", "2024-25 Q4", "2025-26 Q1")
NUMBER = {"unit": "count", "returned": {"gives": "count", "agencies": ["police"]}}


def ruled(framework: Framework, *indicators: Indicator, **rule: Any) -> Framework:
    """A framework of these indicators with another disclosure rule."""
    changed = {**framework.disclosure.model_dump(), "methods": (), **rule}
    return only(framework, *indicators).model_copy(update={"disclosure": type(framework.disclosure).model_validate(changed)})


def by(method: str) -> tuple[dict[str, str], ...]:
    return ({"indicator": "kept", "method": method, "reason": "A test."},)


def counts(store: Path, *numbers: Given, agency: str = "police") -> None:
    give_returns(store, [(agency, quarter, [item("kept", quarter, given)]) for quarter, given in zip(QUARTERS, numbers, strict=False)])


def shared(edition: Edition, basis: str = "quarter", agency: str = "", breakdown: str = "") -> dict[str, float | str]:
    return returned_values(edition, basis=basis, agency=agency, breakdown=breakdown, file="shareable")


def test_by_the_year_alone_no_quarter_is_shown_however_large(tmp_path: Path, framework: Framework) -> None:
    counts(tmp_path, 20, 30, 40, 50, 60)
    edition = publish_edition(tmp_path, ruled(framework, collected(**NUMBER), methods=by("rolling_year_only")))
    assert set(shared(edition).values()) == set(shared(edition, "ytd").values()) == {"c"}
    assert shared(edition, "rolling12") == {"2024-25 Q4": 140.0, "2025-26 Q1": 180.0}
    assert shared(edition, "year") == {"2025": 140.0}
    view = indicator_view(OpenEdition.shareable(edition), "kept")
    assert view.bases == ("rolling12", "year") and view.latest is not None and view.latest.value == 180
    assert hidden_of(edition).reasons == {"shown by the year alone": 20}


def test_a_rolling_year_that_is_small_is_hidden_as_well(tmp_path: Path, framework: Framework) -> None:
    counts(tmp_path, 0, 1, 0, 2, 0)
    edition = publish_edition(tmp_path, ruled(framework, collected(**NUMBER), methods=by("rolling_year_only")))
    assert set(shared(edition, "rolling12").values()) == {"c"}
    view = indicator_view(OpenEdition.shareable(edition), "kept")
    assert view.latest_shown is None and view.points


def test_rounded_counts_are_what_everything_is_worked_out_from(tmp_path: Path, framework: Framework) -> None:
    counts(tmp_path, (23, 98), (41, 102), (0, 97), (3, 99))
    edition = publish_edition(tmp_path, ruled(framework, collected(returned={"agencies": ["police"]}), methods=by("round_5")))
    sql = "SELECT numerator, denominator, value FROM points WHERE status = '' AND basis = 'quarter' AND agency = 'police' ORDER BY ends"
    assert rows_of(edition.shareable, sql)[:3] == [(25, 100, 25.0), (40, 100, 40.0), (0, 95, 0.0)]
    assert shared(edition)[QUARTERS[3]] == "c"
    assert rows_of(edition.restricted, sql)[0] == (23, 98, pytest.approx(100 * 23 / 98))
    assert findings([edition], ruled(framework, methods=by("round_5")).disclosure) == []


def test_rounding_hides_less_besides(tmp_path: Path, framework: Framework) -> None:
    """The 5 is left of 46 - 26 - 15 where these are shown to the unit; rounded to 45, 25 and 15 they leave it open."""
    one = collected(unit="count", returned={"gives": "count", "agencies": ["police", "housing", "education"]})
    for agency, given in (("police", 26), ("housing", 15), ("education", 5)):
        counts(tmp_path, given, agency=agency)
    hidden = {}
    for method in ((), by("round_10")):
        edition = publish_edition(tmp_path, ruled(framework, one, methods=method))
        hidden[len(method)] = [
            agency for agency in ("", "police", "housing", "education") if shared(edition, agency=agency)[QUARTERS[0]] == "c"
        ]
    assert len(hidden[0]) == 2 and hidden[1] == ["education"]


@pytest.mark.parametrize(("zeros", "expected"), [("shown", 0.0), ("hidden", "c")])
def test_zeros_are_hidden_where_the_rule_says_so(tmp_path: Path, framework: Framework, zeros: str, expected: float | str) -> None:
    counts(tmp_path, 30, 0, 40, 50)
    edition = publish_edition(tmp_path, ruled(framework, collected(**NUMBER), zeros=zeros))
    assert shared(edition)[QUARTERS[1]] == expected


@pytest.mark.parametrize(("remainders", "expected"), [(False, 97.0), (True, "c")])
def test_the_few_who_are_not_among_the_rest(tmp_path: Path, framework: Framework, remainders: bool, expected: float | str) -> None:
    counts(tmp_path, (97, 100))
    edition = publish_edition(tmp_path, ruled(framework, collected(), remainders=remainders))
    assert shared(edition)[QUARTERS[0]] == expected


def test_a_percentage_of_few_is_marked(tmp_path: Path, framework: Framework) -> None:
    counts(tmp_path, (12, 19), (12, 20))
    edition = publish_edition(tmp_path, ruled(framework, collected(returned={"agencies": ["police"]})))
    points = indicator_view(OpenEdition.shareable(edition), "kept", Selection(basis="quarter")).points
    assert [point.small_base for point in points] == [True, False]


def test_an_edition_that_would_tell_is_refused_and_the_old_one_stays(
    tmp_path: Path, framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = ruled(framework, collected(unit="count", returned={"gives": "count", "agencies": ["police", "housing", "education"]}))
    for agency, given in (("police", 26), ("housing", 15), ("education", 3)):
        counts(tmp_path, given, agency=agency)
    kept = publish_edition(tmp_path, one)

    def careless(figures: Any, *_: Any) -> Any:
        small = figures["numerator"].between(1, 5)
        return figures.assign(status=small.map({True: "c", False: ""}), reason="", exposed=False)

    give_return(tmp_path, "police", QUARTERS[1], item("kept", QUARTERS[1], 40))
    give_return(tmp_path, "education", QUARTERS[1], item("kept", QUARTERS[1], 2))
    give_return(tmp_path, "housing", QUARTERS[1], item("kept", QUARTERS[1], 30))
    monkeypatch.setattr("hscb_qa.publish.steps.guard", careless)
    with pytest.raises(StoreFault, match=r"hidden figures? could be worked out") as refused:
        publish_edition(tmp_path, one)
    assert "kept, education, quarter 2024-25 Q2: 1 of the numbers from 1 to 5 left open. Told by: " in str(refused.value)
    assert [edition.id for edition in editions(tmp_path)] == [current_edition(tmp_path).id] == [kept.id]


def test_what_a_publisher_tells_whatever_is_hidden_is_named_and_not_refused(tmp_path: Path, framework: Framework) -> None:
    """The publisher shows a year of 6, in quarters of 1, 1, 1 and 3: none can be more than 3, since none is 0."""
    submit(tmp_path, cells("some", {"2025": 6}))
    counts(tmp_path, 1, 1, 1, 3)
    edition = publish_edition(
        tmp_path, ruled(framework, collected(published={"source": "ees", "numerator": {"measures": ["some"]}}, **NUMBER))
    )
    assert set(shared(edition).values()) == {"c"}
    assert hidden_of(edition).exposed > 0


def test_a_day_a_publisher_will_count_on_is_known_as_soon_as_it_is_over(tmp_path: Path, framework: Framework) -> None:
    """Police 40 and housing 3 on 30 September: once the publisher shows 43 of them all, the police's figure would tell the 3."""
    published = {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}}
    asked = {"agencies": ["police", "housing"], "counting": "snapshot"}
    one = collected(published=published, period_type="snapshot_30_september", returned=asked)
    counts(tmp_path, (30, 200), (40, 200))
    counts(tmp_path, (30, 200), (3, 200), agency="housing")
    edition = publish_edition(tmp_path, ruled(framework, one))
    guarded = rows_of(edition.restricted, "SELECT period, fixed, numerator, denominator FROM guarded WHERE role = -1")
    assert guarded == [("2024", True, 43, 400)]
    assert shared(edition, agency="police")[QUARTERS[1]] == shared(edition, agency="housing")[QUARTERS[1]] == "c"


def test_a_later_edition_shows_what_a_year_has_room_for(tmp_path: Path, framework: Framework) -> None:
    """What one edition showed the next shows again, and both together tell nothing."""
    one = ruled(framework, collected(unit="count", returned={"gives": "count", "agencies": ["police", "housing"]}))
    for agency, numbers in (("police", (20, 3, 25, 30)), ("housing", (15, 18, 22, 19))):
        counts(tmp_path, *numbers, agency=agency)
    first = publish_edition(tmp_path, one)
    counts(tmp_path, *(20, 3, 25, 30, 28), agency="police")
    second = publish_edition(tmp_path, one)
    assert findings([first, second], one.disclosure) == []
    for agency in ("", "police", "housing"):
        before, after = shared(first, agency=agency), shared(second, agency=agency)
        assert {period for period, value in before.items() if value != "c"} <= {period for period, value in after.items() if value != "c"}


def test_the_dashboard_needs_no_restricted_file_and_no_ledger(illustrative_store: Path, tmp_path: Path, command: Command) -> None:
    shutil.copytree(illustrative_store / "editions", tmp_path / "editions", ignore=shutil.ignore_patterns("restricted.duckdb"))
    opened = OpenEdition.shareable(current_edition(tmp_path))
    assert opened.holds == "Shareable: small numbers hidden"
    assert board_view(opened, opened.framework.plan_years[-1].id, Selection()).areas
    code, out, _ = command(tmp_path, "series", "prevent_referrals_under_18", "--json")
    assert code == 0 and {point["status"] for point in json.loads(out)["points"]} == {None, "c"}


def test_what_publishers_hid_stays_hidden_and_nothing_of_it_can_be_worked_out(real_store: Path, framework: Framework) -> None:
    """The real published files, with the suppression they came with; no agency has returned anything."""
    edition = current_edition(real_store)
    hidden = rows_of(
        edition.shareable, "SELECT status, COUNT(*), COUNT(value), COUNT(numerator) FROM points WHERE status = 'c' GROUP BY status"
    )
    assert hidden[0][1] > 100 and hidden[0][2:] == (0, 0)
    assert findings(editions(real_store), framework.disclosure) == []
    assert hidden_of(edition).figures == 0


def test_parts_that_come_go_and_change_from_edition_to_edition_are_no_contradiction(tmp_path: Path, framework: Framework) -> None:
    """What is left of the whole is another number each time, and is known to be another."""
    one = collected(unit="count", returned={"gives": "count", "agencies": ["police"], "breakdowns": ["sex"]})
    board = ruled(framework, one)
    given: tuple[dict[str, Given], ...] = (
        {"": 60, "sex=female": 30, "sex=male": "x"},
        {"": 60, "sex=female": 30, "sex=male": 26},
        {"": 60, "sex=female": 30},
        {"": 60, "sex=female": 31, "sex=male": 26, "sex=not_known": 0},
        {"": 70, "sex=female": 31, "sex=male": 26, "sex=not_known": 0},
        {"": 55, "sex=female": 31, "sex=male": 26, "sex=not_known": 0},
    )
    for parts in given:
        give_return(tmp_path, "police", QUARTERS[0], *(item("kept", QUARTERS[0], number, part) for part, number in parts.items()))
        publish_edition(tmp_path, board)
    found = "SELECT numerator, adds FROM guarded WHERE breakdown = 'sex=rest' AND basis = 'quarter'"
    assert [rows_of(edition.restricted, found) for edition in editions(tmp_path)] == [
        [(30, True)], [(4, True)], [(30, True)], [(3, True)], [(13, True)], [],
    ]  # fmt: skip
    assert findings(editions(tmp_path), board.disclosure) == []


def test_a_figure_given_again_unchanged_is_the_same_count(tmp_path: Path, framework: Framework) -> None:
    """Its version is the submission that first gave it so, also after another in between was withdrawn."""
    board = ruled(framework, collected(**NUMBER))
    versions = []
    for number in (20, 20, 22, 22):
        submission = give_return(tmp_path, "police", QUARTERS[0], item("kept", QUARTERS[0], number))
        versions.append((submission, version(publish_edition(tmp_path, board))))
    first, _, third, _ = (submission for submission, _ in versions)
    assert [told for _, told in versions] == [first, first, third, third]
    for submission in (versions[3][0], third):
        withdraw(tmp_path, submission, "a test", "It was another quarter's.")
    assert version(publish_edition(tmp_path, board)) == first


def version(edition: Edition) -> int:
    [(found,)] = rows_of(edition.restricted, "SELECT version FROM guarded WHERE finest")
    return int(found)
