"""The gate's place in a publication: what of the returned figures the shareable file shows.

Turns the true figures of a new edition, beside all that earlier ones showed, into the figures to hide, with reasons. Refuses to publish a
file that tells what it hides.
"""

import json
from collections.abc import Sequence

import duckdb
import pandas as pd

from hscb_qa.definitions import Disclosure
from hscb_qa.disclosure import SECONDARY, Progress, Rule, protect, unheard
from hscb_qa.errors import StoreFault
from hscb_qa.publish.audit import findings
from hscb_qa.publish.editions import Edition
from hscb_qa.publish.guarded import guarded_figures, has_guarded

BY_METHOD = "shown by the year alone"
_LISTED = 20


def guard(figures: pd.DataFrame, earlier: Sequence[Edition], disclosure: Disclosure, progress: Progress = unheard) -> pd.DataFrame:
    """Give `figures`, the rows of `64_guarded`, with the status each is shown with beside what earlier editions showed, and a `reason`.

    `exposed` is true where a figure is less open than it should be whatever is hidden. Raises StoreFault where figures do not add up, since
    nothing can be said of them then.
    """
    readable = [edition for edition in earlier if has_guarded(edition)]
    frame = pd.concat([*([guarded_figures(readable)] if readable else []), figures.assign(edition=len(readable))], ignore_index=True)
    rule = Rule.agreed(disclosure)
    before = rule if readable and _disclosure_of(readable[-1]) == disclosure.model_dump(mode="json") else None
    try:
        protection = protect(frame, rule, before, progress)
    except ValueError as fault:
        raise StoreFault(f"Not published: the figures that agencies returned do not add up. {fault}") from fault
    reason = protection.reason.where((frame["status"] != "c") | (protection.reason != SECONDARY), BY_METHOD).reindex(
        protection.status.index
    )
    exposed = protection.status.index.isin(protection.exposed.index)
    return figures.assign(status=protection.status.to_numpy(), reason=reason.to_numpy(), exposed=exposed)


def _disclosure_of(edition: Edition) -> object:
    """The rule under which an edition was made, as the configuration has it."""
    with duckdb.connect(str(edition.restricted), read_only=True) as connection:
        [(document,)] = connection.execute("SELECT document FROM framework").fetchall()
    return json.loads(document)["disclosure"]


def refuse_breaches(editions: Sequence[Edition], disclosure: Disclosure, progress: Progress = unheard) -> None:
    """Raise StoreFault where a reader could work out what the last of these editions hides."""
    found = findings(editions, disclosure, progress)
    if found:
        told = "\n".join(f"  {one}" for one in found[:_LISTED])
        more = f"\n  and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        raise StoreFault(f"Not published: {len(found)} hidden figures could be worked out from what would be shown.\n{told}{more}")
