"""Words of the glossary explained where they stand: by mouse, keyboard and touch, in the words of `docs/glossary.md`.

Turns escaped HTML into the same with a mark on the first place of each word. Refuses to explain everyday words, which would only be noise.
"""

import html
import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_TAG = re.compile(r"(<[^>]*>)")
_EVERYDAY = {
    "word",
    "area",
    "agency",
    "return",
    "item",
    "flow",
    "period",
    "value",
    "status",
    "series",
    "error",
    "query",
    "watched",
    "break",
    "finding",
    "effect",
    "loop",
}


@cache
def glossary() -> dict[str, str]:
    """Every word of the glossary, as it is written there, with its meaning; empty where the document is not at hand.

    >>> glossary()["numerator, denominator"]
    'the two counts whose quotient is a rate or a percentage'
    """
    rows = _ROW.findall(_FILE.read_text(encoding="utf-8")) if _FILE.exists() else []
    return {words.strip(): meaning.strip() for words, meaning in rows if words.strip() not in ("word", "---")}


def explained(body: str) -> str:
    """Escaped HTML in which the first place of each word that needs it carries its meaning.

    >>> explained("<p>The denominator, a denominator.</p>").count("hscb-term")
    1
    """
    left, parts = dict(_meanings()), _TAG.split(body)
    for place in range(0, len(parts), 2):
        parts[place] = _words().sub(lambda found: _marked(found[0], left), parts[place])
    return "".join(parts)


def _marked(word: str, left: dict[str, str]) -> str:
    meaning = left.pop(_singular(word), None)
    if meaning is None:
        return word
    return f"<span class='hscb-term' tabindex='0'>{word}<span class='hscb-meaning' role='tooltip'>{html.escape(meaning)}</span></span>"


@cache
def _meanings() -> dict[str, str]:
    """Single words and their meanings, the everyday ones left out."""
    found: dict[str, str] = {}
    for words, meaning in glossary().items():
        for word in re.sub(r"\(.*?\)", "", words).split(","):
            if word.strip() not in _EVERYDAY:
                found.setdefault(word.strip(), meaning)
    return found


@cache
def _words() -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, _meanings()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first) or '(?!)'})s?\b", re.IGNORECASE)


def _singular(word: str) -> str:
    lower = word.lower()
    return lower if lower in _meanings() else lower.removesuffix("s")
