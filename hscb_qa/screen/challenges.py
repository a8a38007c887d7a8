"""Challenges without an answer on the screen: on the page of recommendations all of them, on an agency's page its own.

Refuses to leave out whom a challenge does not name: that no agency was asked is said.
"""

import html

from hscb_qa.learning import Analysis, unanswered
from hscb_qa.screen.choices import address, link
from hscb_qa.screen.entry_links import form_link
from hscb_qa.sentences import challenges as told
from hscb_qa.views import LearningView, OpenEdition


def unanswered_html(edition: OpenEdition, view: LearningView, agency: str | None = None, area: str | None = None) -> str:
    """The challenges that wait, the longest waiting first, each with the way to the form of its answer."""
    waiting = unanswered(view.learning, agency, area)
    items = "".join(f"<li>{_challenge_html(edition, view, one, of_agency=False)}</li>" for one in waiting)
    body = f"<ol class='hscb-loops'>{items}</ol>" if items else f"<p class='hscb-note'>{told.NONE_WAITS}</p>"
    note = told.may_be_answered_in_words(view) if waiting else ""
    beside = f"<p class='hscb-note'>{html.escape(note)}</p>" if note else ""
    return f"<h2 class='hscb-section' id='unanswered'>{told.waiting_in_words(len(waiting))}</h2>{beside}{body}"


def owed_items(edition: OpenEdition, view: LearningView, agency: str) -> list[str]:
    """The answers that an agency owes, as items of the list of what it owes; none where it owes none."""
    return [
        f"<li><b>Answer owed:</b> {_challenge_html(edition, view, one, of_agency=True)}</li>" for one in unanswered(view.learning, agency)
    ]


def answer_link(edition: OpenEdition, challenge: Analysis) -> str:
    """The way to the form of an answer, which takes area, indicator and agency from the challenge; empty where entry is closed."""
    return form_link(edition, "analysis", "Enter the answer", answers=challenge.id)


def _challenge_html(edition: OpenEdition, view: LearningView, one: Analysis, *, of_agency: bool) -> str:
    """Its words, its area, whom it asks unless the page is theirs, who asked, and since when it waits."""
    area = link(address(one.area), edition.framework.area_titles.get(one.area, one.area))
    agency = edition.framework.agencies[one.agency].short_name if one.agency else "no agency named"
    facts = [*([] if of_agency else [agency]), f"{one.by_role}, {told.since_asked_in_words(one.on, view.today)}"]
    return f"{html.escape(one.text)} <small>{area}; {html.escape('; '.join(facts))}</small>{answer_link(edition, one)}"
