"""What of the Board's entries an edition holds: all for named users, for everybody what was approved and tells nothing hidden.

And whether the signal that a recommendation expects is seen in it.
"""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from entered import CHAIR, SOUND, enter, enter_approved, entry
from invented import collected, give_return, indicator, item, only, rows_of
from test_published_texts import cells_with

from hscb_qa.definitions import Framework
from hscb_qa.ledger import approve_entries, ledger_path, take_back_entry, withdraw_entry
from hscb_qa.publish import Edition, publish_edition
from hscb_qa.views import OpenEdition, Watch, learning_view
from hscb_qa.views.learning import _last_day

PLANTED = "Zebras graze beside the quiet canal"
Q1, Q2 = "2025-26 Q1", "2025-26 Q2"
FINDING = ("finding", "late_reports")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    give_return(tmp_path, "police", Q2, item("kept", Q2, (20, 100)))
    return tmp_path


def published(store: Path, framework: Framework, threshold: int = 5, **returned: Any) -> Edition:
    board = only(framework, collected(returned=returned))
    return publish_edition(store, board.model_copy(update={"disclosure": board.disclosure.model_copy(update={"threshold": threshold})}))


def contents(file: Path) -> dict[tuple[str, str], dict[str, Any]]:
    return {(kind, id_): json.loads(content) for kind, id_, content in rows_of(file, "SELECT kind, id, content FROM entries")}


def waiting(file: Path) -> dict[str, int]:
    return dict(rows_of(file, "SELECT kind, entries FROM entries_waiting"))


def approve(store: Path, *entries: tuple[str, str]) -> None:
    approve_entries(store, entries, CHAIR, 0)


# ---- approved, and only that ----


def test_a_store_without_entries_and_one_without_approved_ones_are_published(store: Path, framework: Framework) -> None:
    edition = published(store, framework)
    assert contents(edition.shareable) == contents(edition.restricted) == {}
    enter(store, *(entry(kind) for kind in SOUND))
    edition = published(store, framework)
    assert contents(edition.shareable) == {} and waiting(edition.shareable) == dict.fromkeys(SOUND, 1)
    assert len(contents(edition.restricted)) == 8 and waiting(edition.restricted) == {}


def test_everybody_gets_what_was_approved_with_role_and_day(store: Path, framework: Framework) -> None:
    enter(store, *(entry(kind) for kind in SOUND))
    approve(store, FINDING)
    edition = published(store, framework)
    columns = "kind, id, revision, role, approved_role, made_on = today(), approved_on = today()"
    assert rows_of(edition.shareable, f"SELECT {columns} FROM entries") == [(*FINDING, 1, CHAIR.role, CHAIR.role, True, True)]
    assert list(contents(edition.restricted)) == [(kind, one["id"]) for kind, one in SOUND.items()]
    assert CHAIR.name.encode() not in edition.shareable.read_bytes(), "roles are named, people are not"


def test_an_unapproved_revision_leaves_the_approved_one_in_place(store: Path, framework: Framework) -> None:
    enter_approved(store, entry("finding", text="First."))
    enter(store, entry("finding", text=PLANTED))
    enter(store, entry("finding", text=f"{PLANTED} again"))
    edition = published(store, framework)
    assert contents(edition.shareable)[FINDING]["text"] == "First." and waiting(edition.shareable) == {}
    assert contents(edition.restricted)[FINDING]["text"] == f"{PLANTED} again"
    approve(store, FINDING)
    assert contents(published(store, framework).shareable)[FINDING]["text"] == f"{PLANTED} again"


@pytest.mark.parametrize("how", ["never approved", "taken back", "withdrawn", "later revision", "withdrawn and entered again"])
def test_unapproved_words_are_nowhere_in_the_shareable_file(store: Path, framework: Framework, how: str) -> None:
    """Looked for in every cell and byte; the restricted file shows that both ways can find them, where it holds them."""
    enter(store, entry("finding", text="Known." if how == "later revision" else PLANTED))
    if how != "never approved":
        approve(store, FINDING)
    if how == "later revision":
        enter(store, entry("finding", text=PLANTED))
    if how == "taken back":
        take_back_entry(store, *FINDING, CHAIR, "Not so.", 5)
    if how.startswith("withdrawn"):
        withdraw_entry(store, *FINDING, CHAIR, "Not so.", 5)
    if how == "withdrawn and entered again":
        enter(store, entry("finding", text=PLANTED))
    edition = published(store, framework)
    assert cells_with(edition.shareable, PLANTED) == [] and PLANTED.encode() not in edition.shareable.read_bytes()
    if how != "withdrawn":
        assert cells_with(edition.restricted, PLANTED) == ["entries.content"] and PLANTED.encode() in edition.restricted.read_bytes()
    else:
        assert contents(edition.restricted) == {}


def test_what_is_taken_back_is_not_shown_in_an_earlier_wording_either(store: Path, framework: Framework) -> None:
    enter_approved(store, entry("finding", text="First."))
    enter_approved(store, entry("finding", text="Second."))
    take_back_entry(store, *FINDING, CHAIR, "Not so.", 5)
    assert FINDING not in contents(published(store, framework).shareable)


@pytest.mark.parametrize("late", ["entry", "approval"])
def test_what_came_after_the_edition_began_waits_for_the_next(store: Path, framework: Framework, late: str) -> None:
    enter_approved(store, entry("finding"))
    later = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)
    with duckdb.connect(str(ledger_path(store))) as ledger:
        ledger.execute(f"UPDATE {'entry_events' if late == 'entry' else 'entry_approvals'} SET made_at = ?", [later])
    edition = published(store, framework)
    assert contents(edition.shareable) == {} and len(contents(edition.restricted)) == (late == "approval")


def test_a_stricter_rule_of_the_day_holds_back_what_was_approved_before(store: Path, framework: Framework) -> None:
    enter_approved(store, entry("finding", text="Seven children waited."), entry("step", text="Nine families came."))
    assert len(contents(published(store, framework).shareable)) == 2
    strict = published(store, framework, threshold=8)
    assert list(contents(strict.shareable)) == [("step", "sent")] and waiting(strict.shareable) == {"finding": 1}


# ---- numbers of people ----


@pytest.mark.parametrize(("asked", "answered", "shown"), [
    (22, 14, {"asked": 22, "answered": 14}),
    (5, 5, {}),
    (6, 6, {"asked": 6, "answered": 6}),
    (5, None, {}),
    (22, 5, {"asked": 22}),
    (22, 17, {"asked": 22}),  # five did not answer
    (22, 16, {"asked": 22, "answered": 16}),
    (22, 22, {"asked": 22, "answered": 22}),
    (22, 0, {"asked": 22, "answered": 0}),
    (None, 4, {}),
])  # fmt: skip
def test_small_numbers_of_people_are_not_told(
    store: Path, framework: Framework, asked: int | None, answered: int | None, shown: dict[str, int]
) -> None:
    enter_approved(store, entry("evidence", asked=asked, answered=answered))
    edition = published(store, framework)
    [told], [true] = contents(edition.shareable).values(), contents(edition.restricted).values()
    assert {name: told[name] for name in ("asked", "answered") if name in told} == shown
    assert (true.get("asked"), true.get("answered")) == (asked, answered)
    assert learning_view(OpenEdition.shareable(edition)).learning.evidence[0].asked == shown.get("asked")


def test_counts_are_in_the_figure_alone(store: Path, framework: Framework) -> None:
    counts = {"indicator": "kept", "agency": "housing", "numerator": 31, "denominator": 77}
    enter_approved(store, entry("evidence", counts=counts))
    edition = published(store, framework)
    assert [set(one) & {"counts"} for one in contents(edition.shareable).values()] == [set()]
    assert [one["counts"] for one in contents(edition.restricted).values()] == [counts]


# ---- hidden numbers named in digits ----

# The police's figure, 3 of 47, is hidden; housing's is shown.
SECRETS = ("Of 47 plans most were good.", "Some 44 were not.", "It is 6.4 percent now.")


@pytest.fixture
def hiding(tmp_path: Path) -> Path:
    give_return(tmp_path, "police", Q2, item("kept", Q2, (3, 47)))
    give_return(tmp_path, "housing", Q2, item("kept", Q2, (60, 300)))
    return tmp_path


def told(store: Path, framework: Framework) -> set[str]:
    return {kind for kind, _ in contents(published(store, framework).shareable)}


@pytest.mark.parametrize("words", SECRETS)
def test_an_entry_that_names_a_hidden_number_of_its_indicator_is_held_back(hiding: Path, framework: Framework, words: str) -> None:
    expects = {"indicator": "kept", "signal": "improvement", "by": "2026-27 Q1"}
    enter_approved(
        hiding,
        entry("evidence", indicators=["kept"], on="2025-10-14", story=words),
        entry("finding", text=words),
        entry("recommendation", expects=expects, made_on="2025-10-20", smart={"specific": {"met": True, "reason": words}}),
        entry("step", text=words),
        entry("analysis", indicator="kept", agency="police", on="2025-10-20", text=words),
        entry("judgement", reasons=words),
    )
    edition = published(hiding, framework)
    assert {kind for kind, _ in contents(edition.shareable)} == {"judgement"}, "a judgement bears on no indicator"
    assert waiting(edition.shareable) == dict.fromkeys(("analysis", "evidence", "finding", "recommendation", "step"), 1)
    assert len(contents(edition.restricted)) == 6


@pytest.mark.parametrize("changes", [
    {"story": "Of 47 plans most were good.", "indicators": []},  # it bears on no indicator
    {"story": "Of 47 plans most were good.", "agencies": ["probation"]},  # nor on the police, alone or among all
    {"story": "Of 47 plans most were good.", "on": "2024-10-14"},  # it was said before
    {"story": "Of 47 plans most were good.", "on": "2027-10-14"},  # it was said long after
    {"story": "Of 46 plans much was kept, 6.5 percent; 1,047 in all."},  # these are other numbers
    {"story": "Within 47 working days, on 3 June, in 44 weeks."},  # these count nobody
    {"themes": ["plan_47"]},
])  # fmt: skip
def test_what_names_no_hidden_number_of_its_own_is_told(hiding: Path, framework: Framework, changes: dict[str, Any]) -> None:
    given = {"indicators": ["kept"], "on": "2025-10-14", **changes}
    enter(hiding, entry("evidence", **given))
    approve(hiding, ("evidence", "report_on_neglect"))
    assert told(hiding, framework) == {"evidence"}


def test_how_many_answered_is_no_way_around_the_gate(tmp_path: Path, framework: Framework) -> None:
    """Of 47 who answered, 3 said so: the figure is hidden, and 47 with it, in the number of answers and in words."""
    counts = {"indicator": "kept", "agency": "police", "numerator": 3, "denominator": 47}
    give_return(tmp_path, "housing", Q2, item("kept", Q2, (60, 300)))
    enter_approved(tmp_path, entry("evidence", counts=counts, asked=80, answered=47))
    edition = published(tmp_path, framework)
    [shown] = contents(edition.shareable).values()
    assert (shown["asked"], shown.get("answered"), shown.get("counts")) == (80, None, None)
    enter_approved(tmp_path, entry("evidence", counts=counts, statement="Few of 47 said so."))
    assert told(tmp_path, framework) == set()


# ---- the view ----


def test_an_edition_of_before_there_were_entries_has_an_empty_record(store: Path, framework: Framework) -> None:
    enter_approved(store, entry("finding"))
    edition = published(store, framework)
    with duckdb.connect(str(edition.shareable)) as connection:
        connection.execute("DROP TABLE entries; DROP TABLE entries_waiting; DROP TABLE counted")
    view = learning_view(OpenEdition.shareable(edition))
    assert view.learning.entries == () and view.effects == {} and view.waiting == {}


def test_the_view_holds_every_entry_and_the_rules(store: Path, framework: Framework) -> None:
    enter_approved(store, *(entry(kind) for kind in SOUND if kind != "judgement"))
    enter(store, entry("judgement"))
    view = learning_view(OpenEdition.shareable(published(store, framework)))
    assert view.learning.entries == tuple(entry(kind) for kind in SOUND if kind != "judgement")
    assert view.rules == framework.learning and view.waiting == {"judgement": 1} and view.today == datetime.now(UTC).date()
    assert view.effects == {}


QUARTERS = [f"{year}-{year % 100 + 1:02} Q{quarter}" for year in range(2020, 2026) for quarter in range(1, 5)]
STEADY = [40.0, 42.0] * 9


def effect(store: Path, framework: Framework, figures: list[float], signal: str, by: str, made_on: str = "2025-08-01") -> tuple[str, str]:
    """The effect in a board where the police's percentages are these, ending with 2025-26 Q4; a lower one is better."""
    for quarter, figure in zip(QUARTERS[-len(figures) :], figures, strict=True):
        give_return(store, "police", quarter, item("kept", quarter, (10 * figure, 1000)))
    expects = {"indicator": "kept", "signal": signal, "by": by}
    enter_approved(store, entry("recommendation", expects=expects, made_on=made_on, due="2026-12-31"))
    edition = published(store, framework, agencies=["police"])
    found = learning_view(OpenEdition.shareable(edition)).effects["send_reports"]
    return found.state, found.label


@pytest.mark.parametrize(("last", "signal", "by", "state"), [
    (20.0, "improvement", "2025-26 Q4", "seen"),
    (20.0, "improvement", "2026-27 Q4", "seen"),  # before its time
    (42.0, "improvement", "2025-26 Q4", "not_seen"),
    (42.0, "improvement", "2026-27 Q1", "too_early"),
    (60.0, "improvement", "2025-26 Q3", "not_seen"),
    (42.0, "no_concern", "2025-26 Q4", "no_concern"),
    (20.0, "no_concern", "2025-26 Q4", "no_concern"),  # better than asked for, and still not what was asked for
    (60.0, "no_concern", "2025-26 Q4", "not_seen"),
    (60.0, "no_concern", "2026-27 Q1", "too_early"),
    (20.0, "target_met", "2025-26 Q4", "not_seen"),  # no target was agreed
])  # fmt: skip
def test_an_effect_is_what_the_signal_of_the_latest_figure_says(
    tmp_path: Path, framework: Framework, last: float, signal: str, by: str, state: str
) -> None:
    assert effect(tmp_path, framework, [*STEADY, last], signal, by) == (state, "Jan to Mar 2026")


def test_no_effect_is_seen_in_a_figure_of_before_the_recommendation(tmp_path: Path, framework: Framework) -> None:
    assert effect(tmp_path, framework, [*STEADY, 20.0], "improvement", "2026-27 Q4", "2026-04-01")[0] == "too_early"


def test_too_few_figures_can_say_nothing(tmp_path: Path, framework: Framework) -> None:
    assert effect(tmp_path, framework, [40.0, 42.0], "improvement", "2025-26 Q4")[0] == "cannot_say"


@pytest.mark.parametrize(("basis", "period", "period_type", "last_day"), [
    ("quarter", "2026-27 Q2", "financial_year", date(2026, 9, 30)),
    ("half_year", "2025-26 H2", "financial_year", date(2026, 3, 31)),
    ("year", "2026", "financial_year", date(2026, 3, 31)),
    ("year", "2025", "academic_year", date(2025, 8, 31)),
    ("year", "2025", "snapshot_30_september", date(2025, 9, 30)),
])  # fmt: skip
def test_what_is_watched_ends_when_its_own_period_does(basis: str, period: str, period_type: str, last_day: date) -> None:
    """Whatever basis the indicator's page opens on."""
    watched = Watch(basis, period, "", True, None, None)  # type: ignore[arg-type]
    assert _last_day(watched, indicator(period_type=period_type)) == last_day
