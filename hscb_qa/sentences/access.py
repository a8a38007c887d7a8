"""How accessible the dashboard is, in the order of the model statement of the Public Sector Bodies accessibility regulations 2018."""

from datetime import date

from hscb_qa import formats

_TESTED = (
    "Every kind of page is tested with axe, in light and in dark, on a wide screen and at 320 pixels, each time the dashboard is changed.",
    "Every control is reached by keyboard alone, with its place shown; a first link leads past the menu to the content.",
    "At 320 pixels, which is 400% on a screen of 1280, no page scrolls sideways; a wide table scrolls in its own box.",
    "Colours are computed against their grounds: text has at least 4.5 to 1, marks and lines at least 3 to 1.",
    "Each chart has its message as a title, a text for those who cannot see it, and its figures as a table below it.",
    "Nothing is told by colour alone, and nothing moves where a reader asks for less movement.",
)
_SHORT = (
    "No disabled person and no user of a screen reader has tried the dashboard yet.",
    "Charts tell their points to a mouse only; the same figures stand in the table below.",
)


def accessibility_in_words(board: str, tested: date) -> dict[str, list[str]]:
    """The statement without its list of known faults: heading -> paragraphs."""
    return {
        "About this statement": [
            f"This statement is about the dashboard of {board}. We want as many people as possible to be able to use it: to change "
            "colours, contrast and sizes, to zoom to 400%, to use a keyboard or a screen reader, and to understand its words."
        ],
        "How accessible it is": [
            "This dashboard is partially compliant with the Web Content Accessibility Guidelines version 2.2, standard AA, "
            "because of the faults listed below.",
            *_SHORT,
        ],
        "How it is tested": list(_TESTED),
        "What to do if you cannot read a part": [
            f"Ask the office of {board} for it in another form: large print, easy read, a table or a call. Say which page, and send its "
            "address; the button Share this view copies it. Please tell us also of any fault that is not listed here."
        ],
        "Enforcement": [
            "The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile Applications) (No. 2) "
            "Accessibility Regulations 2018. If you are not happy with our answer, contact the Equality Advisory and Support Service."
        ],
        "Preparation of this statement": [f"This statement was last gone through on {formats.day(tested)}."],
    }
