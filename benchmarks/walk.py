"""How long the parts of the walk take, as shares of one run, so that a slow machine and a fast one say the same.

Loads and publishes the illustrative board in a fresh folder, then builds every view of the board once. Run with `make bench`.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["HSCB_QA_STORE"] = tempfile.mkdtemp(prefix="hscb-qa-bench-")

from hscb_qa import figures, sentences
from hscb_qa.cli import demo
from hscb_qa.definitions import load_framework
from hscb_qa.ledger import store_folder
from hscb_qa.publish import current_edition, publish_edition
from hscb_qa.views import OpenEdition, board_view, indicator_view


def timed(work: Callable[[], Any]) -> float:
    """Seconds the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def draw_everything(edition: OpenEdition) -> None:
    """Every indicator's view, title and chart."""
    for indicator_id in edition.framework.indicators:
        view = indicator_view(edition, indicator_id)
        sentences.title(view)
        if view.latest_shown:
            figures.trend_figure(view)


def main() -> None:
    """Print each part's seconds and its ratio to the definitions' loading."""
    parts = {"read all definitions": timed(load_framework), "load and publish the illustrative board": timed(demo)}
    store = Path(store_folder())
    parts["publish once more"] = timed(lambda: publish_edition(store, load_framework()))
    edition = OpenEdition.shareable(current_edition(store))
    parts["open the edition and read its definitions"] = timed(lambda: edition.framework)
    parts["board overview"] = timed(lambda: board_view(edition, "2026-27"))
    parts["every indicator with its chart"] = timed(lambda: draw_everything(edition))
    unit = parts["read all definitions"]
    for name, seconds in parts.items():
        print(f"{name:45} {seconds:7.2f} s   {seconds / unit:6.2f} x reading the definitions")


if __name__ == "__main__":
    main()
