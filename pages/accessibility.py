"""The accessibility statement: what is tested and how, what falls short, how to report it."""

from hscb_qa import sentences
from hscb_qa.screen import cards, frame, statement, store
from hscb_qa.screen.faults import TESTED_ON

edition = store.shown_edition()
frame.draw_heading(edition, "Accessibility statement", "", "What this dashboard does for everybody, and where it falls short.")
for heading, paragraphs in sentences.accessibility_in_words(edition.framework.board.name, TESTED_ON).items():
    cards.draw_html(statement.section_html(heading, paragraphs))
    if heading == "How accessible it is":
        cards.draw_html(statement.faults_html())
