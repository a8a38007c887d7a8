"""Words to the indicators they are about, the nearest first.

Looks in names, what is counted, why it matters and the titles of areas. Refuses an indicator that lacks one of the words.
"""

import re
from dataclasses import dataclass

from hscb_qa.definitions import Framework, Indicator

_WEIGHTS = {"name": 8, "id": 6, "areas": 4, "definition": 3, "counted": 2, "why it matters": 1}
_WHOLE, _BEGINS, _PART = 4, 2, 1
_FEWEST_LETTERS = 3
"""A word with fewer letters counts only whole or at a word's beginning: `cp` is not looked for within words."""

_SAME_AS: dict[str, tuple[str, ...]] = {
    "again": ("re", "repeat", "second", "subsequent"),
    "repeated": ("re", "repeat", "second", "subsequent"),
    "referred": ("referral",),
    "assessed": ("assessment",),
    "excluded": ("exclusion", "suspension"),
    "admitted": ("admission",),
    "kid": ("child", "children"),
    "fostered": ("foster", "fostering", "looked"),
    "school": ("pupil", "education", "attendance"),
    "camhs": ("mental",),
    "cse": ("exploitation",),
}
"""By a word that people type, the words that indicators have for it; these count where they stand whole, and less than the word itself."""


@dataclass(frozen=True)
class Found:
    """An indicator with where its best word was found: name, id, areas, definition, counted or why it matters."""

    indicator: Indicator
    where: str


def find_indicators(framework: Framework, words: str) -> tuple[Found, ...]:
    """Every indicator in which each of the words stands, whole or in part, best first; none for no words.

    A whole word counts more than the beginning of one, and that more than its middle; the name counts more than the definition. Of equals
    the core indicators come first, then those whose name comes first.
    """
    asked = _words(words)
    if not asked:
        return ()
    titles = {area.id: f"{area.title} {area.short_title}" for year in framework.plan_years for area in year.areas}
    weighed = [(one, _weigh(_texts(one, titles), asked)) for one in framework.indicators.values()]
    matching = [(one, *found) for one, found in weighed if found]
    in_order = sorted(matching, key=lambda item: (-item[1], item[0].tier != "core", item[0].name))
    return tuple(Found(one, where) for one, _, where in in_order)


def _texts(indicator: Indicator, titles: dict[str, str]) -> dict[str, str]:
    return {
        "name": f"{indicator.name} {indicator.short_name}",
        "id": indicator.id.replace("_", " "),
        "areas": " ".join(titles.get(area, "") for area in indicator.areas),
        "definition": indicator.definition,
        "counted": f"{indicator.numerator} {indicator.denominator or ''}",
        "why it matters": indicator.why_it_matters,
    }


def _weigh(texts: dict[str, str], asked: list[str]) -> tuple[int, str] | None:
    """The sum of the best weights of every word and the field of the best one; None where a word stands nowhere."""
    held = {field: _words(text) for field, text in texts.items()}
    best = [max((_near_or_same(word, held[field]) * weight, field) for field, weight in _WEIGHTS.items()) for word in asked]
    if min(weight for weight, _ in best) == 0:
        return None
    return sum(weight for weight, _ in best), max(best)[1]


def _near_or_same(word: str, held: list[str]) -> int:
    """How near a word, or one that means the same, comes to any of a text; a word that has such others counts only whole.

    So `again` finds what is repeated, and not what is against something.
    """
    near, others = _near(word, held), _SAME_AS.get(word) or _SAME_AS.get(word.removesuffix("s"), ())
    return near if near == _WHOLE or not others else _BEGINS * any(_near(other, held) == _WHOLE for other in others)


def _near(word: str, held: list[str]) -> int:
    """How near a word comes to any of a text: whole, at its beginning, within it, or 0."""
    if word in held or f"{word}s" in held or word.removesuffix("s") in held:
        return _WHOLE
    if any(one.startswith(word) for one in held):
        return _BEGINS
    return _PART if len(word) >= _FEWEST_LETTERS and any(word in one for one in held) else 0


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold().replace("'", "").replace("\u2019", ""))
