"""A list of the Board's entries from file to record: whole or not at all, and never an invented one among real figures."""

from pathlib import Path

import pytest
import yaml
from entered import CHAIR, SOUND, fields
from invented import cells, collected, only, submit

from hscb_qa.definitions import Framework
from hscb_qa.errors import RefusedFile, StoreFault
from hscb_qa.intake import Entered, enter_fields, enter_file
from hscb_qa.ledger import entries_held, ledger_path

TELEPHONE = "07700 900123"


@pytest.fixture(scope="module")
def board(framework: Framework) -> Framework:
    return only(framework, collected())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one real published file."""
    submit(tmp_path / "store", cells("some", {"2016": 5}))
    return tmp_path / "store"


def listed(folder: Path, *kinds: str, illustrative: bool | None = None, **changes: object) -> Path:
    """A file of sound entries; the changes are to the last."""
    content: dict[str, object] = {} if illustrative is None else {"illustrative": illustrative}
    content |= {kind: [fields(kind, **(changes if kind == kinds[-1] else {}))] for kind in kinds}
    path = folder / "list.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path


def held(store: Path) -> list[tuple[str, int, bool]]:
    return [(one.kind, one.revision, one.approved_by is not None) for one in entries_held(store)]


def test_a_list_is_entered_and_approved_where_asked(store: Path, board: Framework, tmp_path: Path) -> None:
    path = listed(tmp_path, *SOUND)
    assert enter_file(store, board, path, CHAIR) == Entered("list.yaml", 8, 8, 0)
    assert held(store) == [(kind, 1, False) for kind in SOUND]
    assert enter_file(store, board, path, CHAIR, approve=True) == Entered("list.yaml", 8, 0, 8)
    assert held(store) == [(kind, 1, True) for kind in SOUND]
    assert enter_file(store, board, path, CHAIR, approve=True) == Entered("list.yaml", 8, 0, 0)


def test_a_trial_run_says_what_it_would_do_and_keeps_nothing(store: Path, board: Framework, tmp_path: Path) -> None:
    before = ledger_path(store).read_bytes()
    assert enter_file(store, board, listed(tmp_path, *SOUND), CHAIR, approve=True, dry_run=True) == Entered("list.yaml", 8, 0, 0)
    assert ledger_path(store).read_bytes() == before


def test_one_fault_keeps_the_whole_list_out(store: Path, board: Framework, tmp_path: Path) -> None:
    with pytest.raises(RefusedFile) as fault:
        enter_file(store, board, listed(tmp_path, "exercise", "evidence", "finding", areas=["neglekt"]), CHAIR, approve=True)
    assert [one.check for one in fault.value.issues] == ["unknown_area"]
    assert held(store) == []


def test_what_is_to_be_approved_may_count_nobody_small(store: Path, board: Framework, tmp_path: Path) -> None:
    path = listed(tmp_path, "evidence", "finding", text="Two children waited.")
    with pytest.raises(RefusedFile) as fault:
        enter_file(store, board, path, CHAIR, approve=True)
    assert [one.check for one in fault.value.issues] == ["small_count"] and held(store) == []
    assert enter_file(store, board, path, CHAIR) == Entered("list.yaml", 2, 2, 0)
    with pytest.raises(RefusedFile):
        enter_file(store, board, path, CHAIR, approve=True)
    assert held(store) == [("evidence", 1, False), ("finding", 1, False)]


def test_a_list_may_name_what_is_in_the_record(store: Path, board: Framework, tmp_path: Path) -> None:
    with pytest.raises(RefusedFile, match="there is no evidence 'report_on_neglect'"):
        enter_file(store, board, listed(tmp_path, "finding"), CHAIR)
    enter_file(store, board, listed(tmp_path, "evidence"), CHAIR)
    assert enter_file(store, board, listed(tmp_path, "finding"), CHAIR).changed == 1


@pytest.mark.parametrize(
    ("in_store", "in_file", "stands"), [(False, True, False), (False, None, True), (True, True, True), (True, None, True)]
)
def test_invented_entries_stay_among_invented_figures(
    tmp_path: Path, board: Framework, in_store: bool, in_file: bool | None, stands: bool
) -> None:
    store = tmp_path / "store"
    submit(store, cells("some", {"2016": 5}), illustrative=in_store)
    path = listed(tmp_path, "exercise", illustrative=in_file)
    if stands:
        assert enter_file(store, board, path, CHAIR).changed == 1
    else:
        with pytest.raises(RefusedFile, match="its entries are illustrative, and the store holds real figures"):
            enter_file(store, board, path, CHAIR)
        assert held(store) == []


def test_a_store_without_figures_takes_no_entries(tmp_path: Path, board: Framework) -> None:
    with pytest.raises(StoreFault, match="holds no figures yet"):
        enter_file(tmp_path / "store", board, listed(tmp_path, "exercise"), CHAIR)
    with pytest.raises(StoreFault, match="holds no figures yet"):
        enter_fields(tmp_path / "store", board, "exercise", fields("exercise"), CHAIR, approve=False)
    assert not (tmp_path / "store").exists()


def test_a_form_is_held_against_the_same_checks(store: Path, board: Framework) -> None:
    assert enter_fields(store, board, "exercise", fields("exercise"), CHAIR, approve=True) == Entered("this form", 1, 1, 1)
    with pytest.raises(RefusedFile) as fault:
        enter_fields(store, board, "exercise", fields("exercise", areas=["neglekt"]), CHAIR, approve=False)
    assert [(one.check, one.file) for one in fault.value.issues] == [("unknown_area", "this form")]


@pytest.mark.parametrize(("name", "content"), [
    ("list.yaml", f"Ring {TELEPHONE}: []\n"),
    ("list.yaml", f"step:\n  - {{id: a, Ring {TELEPHONE}: b, Ring {TELEPHONE}: c}}\n"),
    ("list.csv", f"kind,id\nRing {TELEPHONE},a\n"),
    ("list.csv", f"kind,Ring {TELEPHONE},Ring {TELEPHONE}\nstep,a,b\n"),
])  # fmt: skip
def test_a_refusal_by_form_repeats_no_personal_data(store: Path, board: Framework, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(RefusedFile) as fault:
        enter_file(store, board, tmp_path / name, CHAIR)
    assert TELEPHONE not in str(fault.value) and fault.value.issues
