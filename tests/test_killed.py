"""Killed without warning at any moment, the record keeps all it acknowledged, nothing by half, and an edition is shown.

Eight kills here; two hundred with `make killed`.
"""

from pathlib import Path

from killing import kill_at_random

from hscb_qa.definitions import Framework


def test_eight_killed_processes_leave_a_store_that_is_right(tmp_path: Path, framework: Framework) -> None:
    counts = kill_at_random(tmp_path, framework, kills=8, seed=3)
    assert counts["returns acknowledged"] > 0
