"""What falls short of WCAG 2.2 AA in the parts of a page that Streamlit draws: one list for the accessibility statement and for its test.

Refuses nothing: a fault that is not in this list fails the test, and one that is stands in the statement, so the two cannot drift apart.
"""

from dataclasses import dataclass
from datetime import date

TESTED_ON = date(2026, 11, 23)
"""The day the statement was last gone through by a person."""


@dataclass(frozen=True)
class KnownFault:
    """A rule of axe that some element breaks: the rule, the elements, what it means for a reader and why it stands."""

    rule: str
    elements: str
    meaning: str
    reason: str


KNOWN_FAULTS = (
    KnownFault(
        "list",
        "[data-testid=stSidebarNavItems]",
        "A screen reader may not tell how many pages the menu lists.",
        "Streamlit groups the menu's items under headings inside one list. Every item is still a link with its own name.",
    ),
    KnownFault(
        "listitem",
        "[data-testid=stSidebarNavItems] li",
        "A screen reader may not tell the place of a page in the menu.",
        "The same grouping. The menu's order and names are those of the pages.",
    ),
    KnownFault(
        "presentation-role-conflict",
        "[data-testid=stFileUploaderDropzone]",
        "The area to which a file can be dragged, on the Returns page, has a name and no role.",
        "Streamlit's own element. The button beside it does the same by keyboard and has a name.",
    ),
)
