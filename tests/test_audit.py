"""The attack on editions: it finds nothing in what is published, and what a hand has let through."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
from invented import collected, give_return, item, only

from hscb_qa.definitions import Framework
from hscb_qa.publish import current_edition, editions, findings, publish_edition

Command = Callable[..., tuple[int, str, str]]
QUARTERS = ("2025-26 Q1", "2025-26 Q2", "2025-26 Q3", "2025-26 Q4")


def careless(store: Path, sql: str) -> None:
    """Change the shareable file of the edition that is shown, as a fault of the gate would."""
    path = current_edition(store).shareable
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)


def small_board(store: Path, framework: Framework) -> Framework:
    """Police alone give 10, 12, 3 and 14 of a hundred, so that the board's figures are theirs."""
    board = only(framework, collected(returned={"agencies": ["police"]}, agencies=["police"]))
    for quarter, count in zip(QUARTERS, (10, 12, 3, 14), strict=True):
        give_return(store, "police", quarter, item("kept", quarter, (count, 100)))
    publish_edition(store, board)
    return board


def test_nothing_hidden_on_the_illustrative_board_can_be_worked_out(command: Command, illustrative_store: Path) -> None:
    code, out, _ = command(illustrative_store, "audit-disclosure")
    assert (code, out.split(": ")[1]) == (0, "no hidden figures can be worked out.\n")


def test_a_year_that_is_shown_beside_three_quarters_is_a_breach(tmp_path: Path, framework: Framework) -> None:
    board = small_board(tmp_path, framework)
    assert findings(editions(tmp_path), board.disclosure) == []
    careless(tmp_path, "UPDATE points SET status = '', numerator = 39, denominator = 400 WHERE basis = 'year' AND agency = 'police'")
    found = findings(editions(tmp_path), board.disclosure)
    assert [(one.figure, one.least, one.most, one.low, one.high) for one in found] == [("kept, board, quarter 2025-26 Q3", 3, 3, 1, 5)]
    assert any("year 2026" in told for told in found[0].told_by)


def test_an_earlier_edition_is_read_as_well(tmp_path: Path, framework: Framework) -> None:
    """What one edition shows and the next hides is known; the count is told by the two of them together."""
    board = small_board(tmp_path, framework)
    careless(tmp_path, "UPDATE points SET status = '', numerator = 25, denominator = 300 WHERE basis = 'ytd' AND period = '2025-26 Q3'")
    publish_edition(tmp_path, board)
    careless(tmp_path, "UPDATE points SET status = '', numerator = 39, denominator = 400 WHERE basis = 'year'")
    first, second = editions(tmp_path)
    assert [one.figure for one in findings([first], board.disclosure)] == ["kept, board, quarter 2025-26 Q3"]
    assert findings([first, second], board.disclosure) == [], "the second edition tells nothing that the first did not"


def test_parts_that_do_not_add_up_are_no_contradiction(tmp_path: Path, framework: Framework) -> None:
    board = only(framework, collected(returned={"agencies": ["police"], "breakdowns": ["sex"]}, agencies=["police"]))
    parts = {"sex=female": (30, 100), "sex=male": (3, 100), "sex=not_known": (9, 100)}
    rows = [item("kept", QUARTERS[0], (60, 300)), *(item("kept", QUARTERS[0], given, part) for part, given in parts.items())]
    give_return(tmp_path, "police", QUARTERS[0], *rows)
    publish_edition(tmp_path, board)
    assert findings(editions(tmp_path), board.disclosure) == []


def test_the_command_names_each_breach_and_fails(command: Command, illustrative_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(illustrative_store, store)
    edition = current_edition(store)
    edition.shareable.chmod(0o644)
    with duckdb.connect(str(edition.shareable)) as connection:
        connection.execute(f"ATTACH '{edition.restricted}' AS whole (READ_ONLY)")
        connection.execute(
            "UPDATE points SET status = '', numerator = told.numerator, denominator = told.denominator FROM whole.points AS told "
            "WHERE points.basis = 'rolling12' AND points.breakdown = '' AND points.status = 'c' AND told.status = '' "
            "AND (points.indicator, points.geography, points.agency, points.breakdown, points.basis, points.period) "
            "= (told.indicator, told.geography, told.agency, told.breakdown, told.basis, told.period)"
        )
    code, out, err = command(store, "audit-disclosure", "--json")
    breaches = json.loads(out)["breaches"]
    assert code == 1 and len(breaches) > 20
    assert {"figure", "least", "most", "low", "high", "told_by"} == set(breaches[0])
    code, out, err = command(store, "audit-disclosure")
    assert code == 1 and f"{len(breaches)} hidden figures can be worked out" in out
    assert err.count("BREACH") == len(breaches) and "Told by:" in err


def test_an_edition_made_before_is_told_plainly(command: Command, tmp_path: Path, framework: Framework) -> None:
    small_board(tmp_path, framework)
    path = current_edition(tmp_path).restricted
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE guarded")
    code, _, err = command(tmp_path, "audit-disclosure")
    assert code == 1 and "made before editions could be audited" in err
