"""The accessibility statement as HTML: its sections, and the known faults as a table, from the list that the test uses."""

import html
from collections.abc import Sequence

from hscb_qa.screen.faults import KNOWN_FAULTS
from hscb_qa.screen.frame import scroll_html, sentence

_NAME = "Known faults, all in parts that Streamlit draws"


def section_html(heading: str, paragraphs: Sequence[str]) -> str:
    """A heading with its paragraphs."""
    return f"<h2 class='hscb-section'>{html.escape(heading)}</h2><div class='hscb-words'>{''.join(map(sentence, paragraphs))}</div>"


def faults_html() -> str:
    """The known faults: what each means for a reader, why it stands, and the rule of axe that finds it."""
    rows = "".join(
        f"<tr><td>{html.escape(one.meaning)}</td><td>{html.escape(one.reason)}</td><td>{html.escape(one.rule)}</td></tr>"
        for one in KNOWN_FAULTS
    )
    heads = "".join(f"<th scope='col'>{name}</th>" for name in ("What falls short", "Why", "axe's rule"))
    return scroll_html(
        f"<table class='texts'><caption>{_NAME}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>", _NAME
    )
