"""What came of recommendations in plain English: the effect expected, whether it came, and whether the same was found again.

Refuses to call an effect seen where nothing more was asked than that no figure is of concern.
"""

from datetime import date
from typing import Literal

from hscb_qa import formats
from hscb_qa.definitions import Indicator
from hscb_qa.learning import EffectState, Expectation
from hscb_qa.learning.recommendations import Followed
from hscb_qa.periods import parse_period
from hscb_qa.views import Effect

Kind = Literal["late", "waiting", "concern", "improvement", "quiet"]

_EFFECTS: dict[EffectState | None, tuple[str, Kind, str]] = {
    "seen": ("✓", "improvement", "effect seen"),
    "no_concern": ("=", "quiet", "no concern since"),
    "not_seen": ("✗", "concern", "effect not seen"),
    "too_early": ("…", "quiet", "too early for an effect"),
    "cannot_say": ("?", "quiet", "effect cannot be judged"),
    None: ("–", "quiet", "no effect looked for"),
}
_WAITING: dict[EffectState | None, tuple[str, Kind, str]] = {
    "seen": ("○", "quiet", "signal there before it is completed"),
    "no_concern": ("○", "quiet", "no concern before it is completed"),
    "too_early": ("…", "quiet", "effect to be looked for"),
}
_SIGNALS = {
    "improvement": "a signal of improvement",
    "no_concern": "no signal of concern",
    "target_met": "a target that is met, whatever chance does",
}


def effect_mark(one: Followed) -> tuple[str, Kind, str]:
    """The sign, what its colour says, and the words for what came of a recommendation; of an open one nothing can have come yet."""
    if one.completed_on is None and one.effect in _WAITING:
        return _WAITING[one.effect]
    if one.effect == "seen" and one.found_again:
        return "○", "quiet", "signal seen in the figure"
    return _EFFECTS[one.effect]


def found_again_mark(one: Followed) -> tuple[str, Kind, str] | None:
    """The same for what was found again after a recommendation was completed; None where it was not."""
    return ("✗", "concern", f"found again {formats.day(one.found_again)}") if one.found_again else None


def expected_in_words(expects: Expectation | None, indicator: Indicator | None) -> str:
    """Which effect a recommendation is to have, of which indicator and by when."""
    if expects is None:
        return "It names no figure that should change, so nobody will know by figures whether it worked."
    name = indicator.name if indicator else expects.indicator
    by = parse_period(expects.by, "quarter")
    return f"Expected: {_SIGNALS[expects.signal]} in '{name}', by the figures of {by.label} ({expects.by})."


def came_in_words(effect: Effect | None, *, is_completed: bool) -> str:
    """What came of it, as far as the figures of the edition go; empty where nothing is looked for."""
    if effect is None:
        return ""
    until = f"up to {effect.label}" if effect.label else "in this edition"
    if effect.state == "seen" and not is_completed:
        return f"The figures {until} show it already, before the recommendation is completed: they do not tell whether it works."
    if effect.state == "no_concern" and not is_completed:
        return f"The figures {until} are of no concern, before the recommendation is completed: they do not tell whether it works."
    return {
        "no_concern": f"No signal of concern {until}. That nothing is of concern does not show that the recommendation changed anything.",
        "seen": f"It has come, {until}. That it came after the recommendation does not prove that it came from it.",
        "not_seen": f"It has not come, {until}, and the time set for it has passed.",
        "too_early": f"It has not come, {until}; the time set for it is not over.",
        "cannot_say": f"Nothing can be said: the figures {until} are too few to tell a signal from chance, or cannot be tested.",
    }[effect.state]


def again_in_words(found_again: date | None) -> str:
    """That the same was found again after a recommendation was completed, and what that makes of a figure; empty where it was not."""
    if found_again is None:
        return ""
    return (
        f"The same was found again on {formats.day(found_again)}, after it was completed; no effect is counted, whatever the figure says."
    )
