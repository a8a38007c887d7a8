"""A briefing for frontline teams in plain words: short sentences, no codes, nothing that only the Board understands."""

from hscb_qa import formats
from hscb_qa.definitions import Indicator
from hscb_qa.learning import Exercise, Expectation, words
from hscb_qa.learning.briefing import Briefing, Heard, in_short
from hscb_qa.learning.recommendations import Followed
from hscb_qa.periods import parse_period

HEARD, FOUND, CHANGES, AGAIN = (
    "What children, parents and staff told us",
    "What was found",
    "What changes in practice",
    "What we will look at again",
)
SHARE = (
    "Please talk about this page in your team. What would help you to keep children safe? Tell your manager or the Board's business unit."
)
NO_CONCERN = "No concern is recorded for this area."
NO_GOOD_PRACTICE = "No good practice is recorded yet. If you know some, tell us."
NO_CHANGE = "Nothing new is asked of teams in this area now."
NOTHING_AGAIN = "Nothing is planned yet."
_INVENTED = "Illustrative data. Everything on this page is invented."
_TITLE, _OWNER = 110, 60  # characters that fit
_WHO = {"children": "Children", "parents and carers": "Parents and carers", "frontline staff": "Frontline staff"}
_SIGNALS = {
    "improvement": "whether this gets better",
    "no_concern": "whether this is of no concern",
    "target_met": "whether the target is met",
}


def briefing_title(area: str) -> str:
    """What stands above the page."""
    return f"{area}: what we learned and what changes"


def dated(page: Briefing, board: str) -> str:
    """Whose page it is, for whom and of which day."""
    return f"{board}. For frontline teams. {formats.day(page.on)}."


def invented(*, illustrative: bool) -> str:
    """That everything is invented; empty where it is not."""
    return _INVENTED if illustrative else ""


def who_in_words(who: str) -> str:
    """A group of people as a heading."""
    return _WHO.get(who, who.capitalize())


def heard_how(one: Heard) -> str:
    """How and when something was said."""
    return f"{words(one.method)}, {one.on:%B %Y}"


def not_heard(who: str) -> str:
    """That a group of people has not been asked, which teams can change."""
    return f"We have not heard from {who} about this yet."


def change_in_words(one: Followed, agency: str) -> str:
    """Who has to do it by when, or that it is done."""
    if one.completed_on:
        return f"{agency}: done in {one.completed_on:%B %Y}."
    by = "this is late" if one.standing == "overdue" else f"by {formats.day(one.due)}"
    return f"{agency}, {in_short(one.recommendation.owner, _OWNER)}: {by}."


def again_in_words(expects: Expectation, indicator: Indicator | None) -> str:
    """Which figure will be looked at again and when."""
    name = indicator.name if indicator else expects.indicator
    return f"{name}: {_SIGNALS[expects.signal]}, with the figures of {parse_period(expects.by, 'quarter').label}."


def exercise_in_words(one: Exercise) -> str:
    """What will be asked or looked at, and from when."""
    return f"{in_short(one.title, _TITLE)}: {words(one.method)}, {parse_period(one.starts, 'quarter').label}."
