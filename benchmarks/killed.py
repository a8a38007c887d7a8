"""Two hundred processes killed at random moments of submitting and publishing, and the store looked at after each.

Prints what was going on when they were killed. Run with `make killed`; `KILLS` and `SEED` change its number and its course.
"""

import os
import tempfile
from pathlib import Path

from killing import kill_at_random

from hscb_qa.definitions import load_framework


def main() -> None:
    """Run the trial in a fresh folder; ends with an error at the first thing that is wrong."""
    kills, seed = int(os.environ.get("KILLS", "200")), int(os.environ.get("SEED", "1"))
    with tempfile.TemporaryDirectory(prefix="hscb-qa-killed-") as folder:
        counts = kill_at_random(Path(folder), load_framework(), kills, seed)
    for what in sorted(counts):
        print(f"{what:45} {counts[what]:6}")
    print(f"{kills} processes killed, seed {seed}: nothing acknowledged was lost, nothing was kept by half.")


if __name__ == "__main__":
    main()
