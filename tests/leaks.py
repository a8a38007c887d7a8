"""Two files of an edition to what the shareable one hides, and words about a figure to the hidden numbers they may tell.

A number tells a figure only where it stands for that very figure: same indicator, agency, part, basis and period. Refuses to call a 3 a
leak because a 3 is hidden somewhere else, and to let one pass because it was rounded.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hscb_qa.views import OpenEdition
from hscb_qa.views.points import label_of

PARTS = ("value", "numerator", "denominator", "lower", "upper")
TOGETHER = "All agencies"
"""What stands beside an agency's figure: the board's own series, with hidden figures of its own."""
SOMETHING = "something is told"
"""In place of words, where whatever stands there tells of a hidden figure."""


class Cell(NamedTuple):
    """One figure of the board's own place; `agency` and `breakdown` are empty for the whole."""

    indicator: str
    agency: str
    breakdown: str
    basis: str
    period: str


class Series(NamedTuple):
    """All figures of one indicator, agency and part on one basis."""

    indicator: str
    agency: str
    breakdown: str
    basis: str


class Told(NamedTuple):
    """What stands somewhere for a figure. `openly` are numbers that shown figures named in the same sentence tell."""

    place: str
    cell: Cell
    words: str
    openly: tuple[float, ...] = ()


@dataclass(frozen=True)
class Secrets:
    """What an edition hides: the true numbers of each hidden figure. The rest is there to know a figure when words or charts name it.

    Of the indicators that hide something, `shown` holds the numbers of figures that are shown, `labels` the figures of each series by
    label, oldest first, `ends` their last days. `names` finds names that hold digits, `others` are those of places beside the board's.
    """

    hidden: dict[Cell, tuple[float, ...]]
    shown: dict[Cell, tuple[float, ...]]
    labels: dict[Series, dict[str, Cell]]
    ends: dict[Cell, str]
    names: re.Pattern[str]
    others: tuple[str, ...]

    @cached_property
    def series(self) -> list[Series]:
        """The series that hide something."""
        hiding = {Series(*cell[:4]) for cell in self.hidden}
        return [one for one in self.labels if one in hiding]

    @cached_property
    def by_indicator(self) -> dict[str, list[Series]]:
        """All series of each indicator that hides something."""
        found: dict[str, list[Series]] = defaultdict(list)
        for one in self.labels:
            found[one.indicator].append(one)
        return found

    def latest(self, series: Series | None) -> list[Cell]:
        """The latest figure of a series; none where there is none."""
        return list(self.labels.get(series, {}).values())[-1:] if series else []


def secrets_of(shareable: OpenEdition, restricted: OpenEdition) -> Secrets:
    """What one file hides of the other's numbers; a complement (all but the numerator) counts as one of them."""
    own = "SELECT points.* FROM points JOIN board USING (geography) ORDER BY ends"
    truth = {_cell(row): _numbers(row) for row in restricted.rows(own)}
    rows = shareable.rows(own)
    hidden = {_cell(row): truth[_cell(row)] for row in rows if row["status"] == "c" and truth[_cell(row)]}
    rows = [row for row in rows if row["indicator"] in {cell.indicator for cell in hidden}]
    labels: dict[Series, dict[str, Cell]] = defaultdict(dict)
    for row in rows:
        cell = _cell(row)
        labels[Series(*cell[:4])][label_of(shareable.framework.indicator(cell.indicator), row["basis"], cell.period)] = cell
    return Secrets(
        hidden=hidden,
        shown={_cell(row): _numbers(row) for row in rows if row["status"] == ""},
        labels=dict(labels),
        ends={_cell(row): row["ends"].isoformat() for row in rows},
        names=_names(shareable),
        others=("Neighbours", *(place.name for place in shareable.framework.board.comparators)),
    )


def _cell(row: dict[str, object]) -> Cell:
    return Cell(*(str(row[name]) for name in Cell._fields))


def _numbers(row: dict[str, float | None]) -> tuple[float, ...]:
    found = [number for part in PARTS if (number := row[part]) is not None]
    numerator, denominator = row["numerator"], row["denominator"]
    return tuple(found if numerator is None or denominator is None else [*found, denominator - numerator])


def _names(edition: OpenEdition) -> re.Pattern[str]:
    """Names that hold digits of their own: `within 20 working days`, `1 to 4`."""
    framework = edition.framework
    names = {name for one in framework.indicators.values() for name in (one.name, one.short_name)} | set(framework.returns.labels.values())
    with_digits = sorted((name for name in names if re.search(r"\d", name)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, with_digits)) or r"(?!)")


# ---- numbers in words ----

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_COUNT_NO_PEOPLE = (
    rf"\b\d{{1,2}} {_MONTH} \d{{4}}\b|\b(?:12 months to |{_MONTH} to )?{_MONTH} \d{{4}}\b",
    r"\b\d{4}-\d\d-\d\d(?:T[\d:]+Z?|-\d{6})?\b|\b\d{4}[-/]\d{2}(?: [QH]\d)?\b|\b(?:19|20)\d\d\b",
    r"\bper 1[0,]+\b|\b95% interval|\b99\.8% limits",
    r"\bfrom [01] to \d+, percentages of fewer than \d+(?: and percentages that leave out 1 to \d+ people)?|\bpercentage of fewer than \d+",
    r"\b\d+ (?:figures|signals|periods|months|quarters|years|of \d+, set of)\b|\band \d+ more\b",
    r"^\d+: |\b(?:[Aa]ged|[Uu]nder|[Oo]ver) \d+(?: (?:to|and) \d+)?\b",
    r"\b\d+ rows?\b(?: of the form| by)|\bRank \d+ of \d+ local authorities|\bof \d+ local authorities",
)
_ASIDE = re.compile("|".join(_COUNT_NO_PEOPLE))
_NUMBER = re.compile(r"(?<![\w.,])-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?!\w)")


def numbers_in(words: str, secrets: Secrets) -> list[str]:
    """The numbers in words that might count people or be a rate of them; dates, units, names, and counts of figures are left out.

    So are the numbers of the disclosure rule, which everybody may know.
    """
    return [found.rstrip(",") for found in _NUMBER.findall(_ASIDE.sub(" ", secrets.names.sub(" ", words)))]


def may_be(written: str, numbers: Iterable[float]) -> bool:
    """Whether a number as written is one of others, or one of them rounded."""
    plain = written.replace(",", "")
    places = 12 if "e" in plain else len(plain.partition(".")[2])
    return any(abs(float(plain) - number) <= 0.5 * 10.0**-places + 1e-9 for number in numbers)


def leaks(told: Iterable[Told], secrets: Secrets) -> list[Told]:
    """What tells a hidden number of its own figure."""
    return [one for one in told if one.cell in secrets.hidden and _tells(one, secrets)]


def _tells(told: Told, secrets: Secrets) -> bool:
    numbers = secrets.hidden[told.cell]
    return told.words == SOMETHING or any(may_be(one, numbers) and not may_be(one, told.openly) for one in numbers_in(told.words, secrets))


# ---- which figures words are about ----


def told_in_words(place: str, words: str, series: Iterable[Series], implied: Series | None, secrets: Secrets) -> Iterator[Told]:
    """Each sentence, for every figure of these series whose period it names.

    One that names none is for the latest of the implied series, and for every period named in other sentences of the words.
    """
    known: dict[str, list[Cell]] = defaultdict(list)
    for one in series:
        for label, cell in secrets.labels.get(one, {}).items():
            known[label].append(cell)
    for sentence in re.split(r"(?<=[.!?]) +(?=[A-Z])|\n", words):
        if numbers_in(sentence, secrets):
            named = list(_named(sentence, known))
            cells = [cell for label in named or _named(words, known) for cell in known[label]]
            cells += [] if named else secrets.latest(implied)
            openly = tuple(number for cell in cells for number in secrets.shown.get(cell, ()))
            yield from (Told(place, cell, sentence, openly) for cell in dict.fromkeys(cells))


def _named(sentence: str, labels: Iterable[str]) -> Iterator[str]:
    """The labels a sentence names: the year in `Oct to Dec 2026` is no year by itself."""
    for label in sorted((label for label in labels if label in sentence), key=len, reverse=True):
        without = re.sub(rf"(?<![\w-]){re.escape(label)}(?![\w-])", "§", sentence)
        if without != sentence:
            yield label
        sentence = without
