"""What stands below the charts of an area's slide: what it means, what is done, who was heard; each in a line that can be read aloud.

Refuses to cut a sentence in two, and to leave a line out because nothing is there.
"""

from collections.abc import Sequence

from hscb_qa import formats
from hscb_qa.learning.recommendations import Tally
from hscb_qa.sentences.voices import heard_in_words
from hscb_qa.views import ApprovedVoice, AreaView, LearningView

_LONGEST = 90


def slide_lines(view: AreaView, learning: LearningView, tally: Tally, voices: Sequence[ApprovedVoice]) -> dict[str, str]:
    """The lines by their heading."""
    return {"What it means": _meaning(view, learning), "What is done": f"{_done(tally)} Lead: {view.area.lead}.", "Heard": _heard(voices)}


def first_sentences(text: str, limit: int = 230) -> str:
    """As many whole sentences as there is room for, one at least.

    >>> first_sentences("One. Two. Three.", limit=9)
    'One. Two.'
    """
    told, *rest = text.split(". ")
    for part in rest:
        if len(told) + len(part) + 3 > limit:
            break
        told = f"{told}. {part}"
    return told if told.endswith((".", "?", "!")) else f"{told}."


def _meaning(view: AreaView, learning: LearningView) -> str:
    """The newest analysis or answer about the area, and how many explanations are owed."""
    owed = sum(one.narrative.is_owed for one in view.exceptions)
    missing = f" {owed} of {len(view.exceptions)} exceptions have no explanation yet." if owed else ""
    newest = next((one for one in learning.learning.analyses if one.area == view.area.id and one.kind in ("analysis", "answer")), None)
    if newest is None:
        return missing.strip() or "No analysis is entered yet."
    return f"“{first_sentences(newest.text, _LONGEST)}” {newest.by_role}, {formats.day(newest.on)}.{missing}"


def _done(tally: Tally) -> str:
    if not (tally.open or tally.completed):
        return "No recommendation and no action is entered yet."
    overdue = f" ({tally.overdue} overdue)" if tally.overdue else ""
    seen = f", of {tally.effect_seen} the effect is seen" if tally.effect_seen else ", no effect seen yet"
    again = f", {tally.found_again} found again" if tally.found_again else ""
    completed = f", {tally.completed} completed{seen}{again}" if tally.completed else ""
    return f"{tally.open} {'recommendation' if tally.open == 1 else 'recommendations'} open{overdue}{completed}."


def _heard(voices: Sequence[ApprovedVoice]) -> str:
    """When each was heard last, and the newest words."""
    newest = max((one for one in voices if one.message), key=lambda one: one.spoken_on, default=None)
    said = f" “{first_sentences(newest.message or '', _LONGEST)}” {newest.who.capitalize()}." if newest else ""
    return f"{heard_in_words(voices)}.{said}"
