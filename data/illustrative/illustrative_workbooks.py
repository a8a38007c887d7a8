"""Invented returns to the workbooks agencies would send, by the product's own template writer, with what is to be done with each.

    python data/illustrative/illustrative_workbooks.py FOLDER

Writes every return into the folder, oldest receipt first, and prints one line of JSON for each as soon as its file stands: file, day of
receipt, reason, which queries the Board has settled with which words, and who approves its texts. The same figures on every run.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from illustrative_published import PublishedFigures
from illustrative_returns import Figure, IllustrativeReturn, make_returns
from illustrative_series import IllustrativeSeries
from illustrative_story import Story, read_story

from hscb_qa.definitions import Framework, load_framework
from hscb_qa.readers.return_form import STATUS_WORDS
from hscb_qa.templates import OBSERVATION_COLUMNS, figures_table, write_return

Last = dict[tuple[str, str, str], Figure]  # indicator, breakdown, period -> the figure as last given by an agency


def write_workbooks(framework: Framework, folder: Path) -> Iterator[dict[str, Any]]:
    """Write the workbooks one after the other; gives, for each, what is to be done with it."""
    story = read_story()
    series = IllustrativeSeries(framework, PublishedFigures(), story)
    given: dict[str, Last] = {}
    returns = make_returns(framework, series, story)
    for one in returns:
        last = given.setdefault(one.agency, {})
        table = filled_table(framework, one, last)
        write_return(framework, folder / one.file, table, as_text(one.voices), narrative_table(one))
        last.update({(figure.indicator, figure.breakdown, figure.period): figure for figure in one.figures})
        yield {
            "file": one.file,
            "agency": one.agency,
            "quarter": one.quarter.text,
            "revision": one.revision,
            "received_on": one.received.isoformat(),
            "reason": one.reason,
            "settled": settled(story, one),
            "approval": story.approval(one.agency, one.quarter.text),
            "of": len(returns),
        }


def filled_table(framework: Framework, given: IllustrativeReturn, last: Last) -> pd.DataFrame:
    """The template's table with the return's figures in it; earlier figures that are put right stand below."""
    before = pd.DataFrame([{column: getattr(figure, column) for column in OBSERVATION_COLUMNS} for figure in last.values()])
    before = before.reindex(columns=list(OBSERVATION_COLUMNS))
    table = figures_table(framework, given.agency, given.quarter, before, illustrative=True)
    lines = {(row.indicator, row.breakdown): line for line, row in enumerate(table.itertuples())}
    labels = framework.returns
    table = table.iloc[[lines[figure.indicator, labels.label(figure.breakdown)] for figure in given.figures]].reset_index(drop=True)
    for column in ("period", "note"):
        table[column] = [getattr(figure, column) for figure in given.figures]
    table["status"] = [STATUS_WORDS.get(figure.status, "") for figure in given.figures]
    for column in ("numerator", "denominator", "value"):
        table[column] = pd.Series([getattr(figure, column) for figure in given.figures], dtype="float64")
    return table


def as_text(voices: tuple[dict[str, Any], ...]) -> pd.DataFrame | None:
    return pd.DataFrame(voices).astype("str") if voices else None


def narrative_table(given: IllustrativeReturn) -> pd.DataFrame:
    return pd.DataFrame(given.narrative.items(), columns=["question", "answer"], dtype="str")


def settled(story: Story, given: IllustrativeReturn) -> dict[str, str]:
    """The indicators of this return whose query the Board has settled, and with which words."""
    notes = [entry for entry in story.of("notes", agency=given.agency) if entry["quarter"] == given.quarter.text]
    corrected = story.of("restatements", agency=given.agency, given_in=given.quarter.text)
    return {entry["indicator"]: entry["settled"] for entry in (*notes, *corrected) if entry.get("settled")}


def main(folder: Path) -> None:
    for line in write_workbooks(load_framework(), folder):
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
