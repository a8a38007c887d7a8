"""The framework's nine key questions: what the evidence shows, over editions, and the Board's own judgement."""

from hscb_qa.screen import frame, questions, store
from hscb_qa.screen.shared import shared
from hscb_qa.views import OpenEdition


@shared
def draw(edition: OpenEdition) -> None:
    """The whole page."""
    below = "What can be counted, and what the Board makes of it. Nothing here is a score."
    frame.draw_heading(edition, "Key questions for the Board", "Learning and improvement", below)
    questions.draw_questions(edition, store.learning(edition), store.questions(edition))


draw(store.shown_edition())
