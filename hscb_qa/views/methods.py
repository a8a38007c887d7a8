"""How an edition came to its figures: files loaded, corrections applied, differences between files."""

from dataclasses import dataclass
from typing import Any

from hscb_qa.definitions import Correction, IndicatorMethod
from hscb_qa.views.edition import OpenEdition


@dataclass(frozen=True)
class MethodsView:
    """The edition's submissions, corrections and differences, each row by column name.

    `differences` counts, by indicator and other source, the periods and places in which two files print different figures, and gives the
    board's own latest pair of them.
    """

    submissions: tuple[dict[str, Any], ...]
    corrections: tuple[Correction, ...]
    methods: tuple[IndicatorMethod, ...]
    differences: tuple[dict[str, Any], ...]
    names: dict[str, str]


def methods_view(edition: OpenEdition) -> MethodsView:
    """Build the view of an edition's methods and sources."""
    submissions = edition.rows("SELECT source, file, figures, released, submitted_at, submitted_by, sha256 FROM submissions ORDER BY id")
    differences = edition.rows(
        "SELECT indicator, other_source, COUNT(*) AS cells, COUNT(DISTINCT geography) AS places, "
        "SUM(CASE WHEN geography = ? THEN 1 ELSE 0 END) AS own FROM queries GROUP BY indicator, other_source ORDER BY own DESC, cells DESC",
        [edition.framework.board.geography],
    )
    return MethodsView(
        submissions=tuple(submissions),
        corrections=edition.framework.corrections,
        methods=edition.framework.disclosure.methods,
        differences=tuple(differences),
        names={one.id: one.name for one in edition.framework.indicators.values()} | edition.places,
    )
