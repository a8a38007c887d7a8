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


def careless(store: Path, which: str = "TRUE") -> None:
    """Let the shareable file of the edition that is shown tell what is hidden for another figure's sake, as a fault of the gate would."""
    edition = current_edition(store)
    edition.shareable.chmod(0o644)
    with duckdb.connect(str(edition.shareable)) as connection:
        connection.execute(f"ATTACH '{edition.restricted}' AS whole (READ_ONLY)")
        connection.execute(
            "UPDATE points SET status = '', numerator = told.numerator, denominator = told.denominator FROM whole.guarded AS told "
            f"WHERE told.role = 0 AND told.reason = 'protects another' AND points.status = 'c' AND ({which}) "
            "AND points.geography IN (SELECT geography FROM board) "
            "AND (points.indicator, points.agency, points.breakdown, points.basis, points.period) "
            "= (told.indicator, told.agency, told.breakdown, told.basis, told.period)"
        )


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
    careless(tmp_path)
    found = findings(editions(tmp_path), board.disclosure)
    assert [(one.figure, one.least, one.most, one.low, one.high) for one in found] == [("kept, board, quarter 2025-26 Q3", 3, 3, 1, 5)]
    assert found[0].told_by


def test_an_earlier_edition_is_read_as_well(tmp_path: Path, framework: Framework) -> None:
    """What one edition shows and the next hides is known; the count is told by the two of them together."""
    board = small_board(tmp_path, framework)
    publish_edition(tmp_path, board)
    first, second = editions(tmp_path)
    careless(tmp_path)
    assert findings([first], board.disclosure) == []
    assert [one.figure for one in findings([first, second], board.disclosure)] == ["kept, board, quarter 2025-26 Q3"]
    shutil.copy(second.shareable, first.shareable)
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
    careless(store)
    code, out, err = command(store, "audit-disclosure", "--json")
    breaches = json.loads(out)["breaches"]
    assert code == 1 and len(breaches) > 20
    assert {"figure", "low", "high", "left", "told_by"} == set(breaches[0])
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
