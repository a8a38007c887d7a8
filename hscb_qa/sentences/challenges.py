"""Challenges that wait for an answer, in words: how many, and since when each waits.

Refuses to blame: it says that no answer is here, and that one may be waiting for approval.
"""

from datetime import date

from hscb_qa import formats
from hscb_qa.views import LearningView

NONE_WAITS = "Every challenge of the Board is answered."


def waiting_in_words(number: int) -> str:
    """How many challenges wait, as a heading.

    >>> waiting_in_words(1), waiting_in_words(0)
    ('Waits for an answer: 1 challenge', 'Waits for an answer: 0 challenges')
    """
    return f"Waits for an answer: {number} {'challenge' if number == 1 else 'challenges'}"


def since_asked_in_words(asked: date, today: date) -> str:
    """On which day something was asked, and how long ago.

    >>> since_asked_in_words(date(2026, 3, 12), date(2026, 3, 13)), since_asked_in_words(date(2026, 3, 12), date(2026, 3, 12))
    ('asked 12 March 2026, 1 day ago', 'asked 12 March 2026, today')
    """
    days = (today - asked).days
    ago = f"{days} {'day' if days == 1 else 'days'} ago" if days > 0 else "today"
    return f"asked {formats.day(asked)}, {ago}"


def may_be_answered_in_words(view: LearningView) -> str:
    """That an answer may be here already and not approved; empty where nothing of its kind waits for approval."""
    waiting = view.waiting.get("analysis", 0)
    if not waiting:
        return ""
    told = "1 analysis, challenge, answer or action waits" if waiting == 1 else f"{waiting} analyses, challenges, answers or actions wait"
    return f"{told} for approval; an answer may be among them."
