"""What may stand in the fields of an entry, by id and name: the framework's areas, agencies and indicators, and the entries there are.

Refuses to lose what an entry holds already: a name that is offered to new entries no longer still has its words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from hscb_qa import formats, sentences
from hscb_qa.definitions import Framework
from hscb_qa.learning import METHODS, FormField, words
from hscb_qa.ledger import EntryEvent
from hscb_qa.periods import periods_between, quarter_of
from hscb_qa.screen.names import agency_names

_YEARS_AROUND = 4


@dataclass(frozen=True)
class Choices:
    """The board's names as they are on a day, and the latest event of every entry."""

    framework: Framework
    held: Sequence[EntryEvent]
    today: date

    def options(self, one: FormField, filled: Mapping[str, Any]) -> dict[str, str]:
        """What may be chosen in a field, by id; of methods those that belong to the source filled in before."""
        if one.shape == "quarter":
            return {text: text for text in self.quarters}
        if one.shape == "year":
            return {text: text for text in self.years}
        if one.name == "themes":
            return {theme: words(theme) for theme in self.themes}
        if one.name == "question":
            return {asked.id: asked.wording for asked in self.framework.learning.questions} if self.framework.learning else {}
        if one.name == "source":
            return {name: formats.EVIDENCE_SOURCE_WORDS[name] for name in one.options}
        if one.of:
            return self.of(one.of)
        names = METHODS.get(filled.get("source", ""), one.options) if one.name == "method" else one.options
        return {name: words(name) for name in names}

    def of(self, what: str) -> dict[str, str]:
        """What a new entry may name, by id: this year's areas, the agencies of today, indicators, standards, or entries, newest first."""
        if what == "area":
            return {area.id: area.short_title for area in self.framework.current_plan_year(self.today).areas}
        if what == "agency":
            return {agency.id: agency.short_name for agency in self.framework.agencies.values() if agency.until is None}
        return self._names[what] if what in self._names else self.entries(what)

    def entries(self, kind: str) -> dict[str, str]:
        """The entries of a kind in words, the newest first."""
        return {one.entry: self._entry(one) for one in reversed(self.held) if one.kind == kind}

    def name(self, what: str, name: str) -> str:
        """The name of anything that an entry may hold, also of what is offered no longer."""
        return (self._names.get(what) or self.entries(what)).get(name, words(name))

    def fields(self, kind: str, entry: str) -> Mapping[str, Any]:
        """The fields of an entry; none where there is none."""
        return next((one.fields or {} for one in self.held if (one.kind, one.entry) == (kind, entry)), {})

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        framework = self.framework
        return {
            "area": framework.area_titles,
            "agency": agency_names(framework),
            "indicator": {one.id: one.name for one in framework.indicators.values()},
            "standard": {one.id: one.title for one in framework.learning.section_11.standards} if framework.learning else {},
        }

    def _entry(self, one: EntryEvent) -> str:
        """An entry in its own words; scores and judgements have none that tell them apart."""
        held = one.fields or {}
        if one.kind == "self_assessment":
            return f"{self.name('agency', held['agency'])}, {held['year']}, {self.name('standard', held['standard'])}"
        if one.kind == "judgement" and (question := self._question(held["question"])):
            return sentences.entry_in_words({**held, "title": question}, one.entry)
        return sentences.entry_in_words(held, one.entry)

    def _question(self, name: str) -> str:
        asked = self.framework.learning.questions if self.framework.learning else ()
        return next((one.wording for one in asked if one.id == name), "")

    @property
    def themes(self) -> list[str]:
        """Every theme that an entry names, in order."""
        return sorted({theme for one in self.held for theme in (one.fields or {}).get("themes", ())})

    @property
    def quarters(self) -> list[str]:
        """The quarters some years back and ahead."""
        first, last = (quarter_of(f"{self.today.year + years}-{self.today.month:02}") for years in (-_YEARS_AROUND, _YEARS_AROUND))
        return [one.text for one in periods_between(first, last, "quarter")]

    @property
    def years(self) -> list[str]:
        """The years from April to March that the quarters up to today lie in, the newest first."""
        return sorted({text[:7] for text in self.quarters if text <= quarter_of(f"{self.today:%Y-%m}")}, reverse=True)
