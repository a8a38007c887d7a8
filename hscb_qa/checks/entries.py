"""Given fields to entries, and to everything that is wrong with them: form, what they name, and personal data.

Names the line, the value and what is allowed. Refuses a list whole where one entry is at fault, and never repeats personal data.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from hscb_qa.checks.returns import hide_personal, kinds_of
from hscb_qa.checks.small_counts import small_counts
from hscb_qa.definitions import Framework, explain, root_causes
from hscb_qa.errors import Issue, suggest
from hscb_qa.learning import REFERS, Entry, Evidence, Exercise, Recommendation, SelfAssessment, Step, entry_of, texts_of
from hscb_qa.readers.entries import EntryList, GivenEntry

Held = Mapping[tuple[str, str], Mapping[str, Any]]
"""The fields of entries by their kind and id."""


@dataclass(frozen=True)
class _Around:
    """What an entry is held against: the framework, the other entries of the record and of its list, and today."""

    framework: Framework
    held: Held
    today: date

    def ids(self, kind: str) -> list[str]:
        return [entry for one, entry in self.held if one == kind]


_Rule = Callable[[Entry, _Around], Iterator[tuple[str, str, str]]]


def check_entries(given: EntryList, framework: Framework, held: Held, today: date) -> tuple[list[Entry], list[Issue]]:
    """The entries of a list, and every fault, in the order of the file. `held` is what is in the record already."""
    built = [_built(given.file, one) for one in given.entries]
    entries = [entry for entry, _ in built if entry]
    here = {(one.kind, str(one.fields.get("id"))): one.fields for one in given.entries}
    around = _Around(framework, {**held, **here}, today)
    issues = [issue for _, faults in built for issue in faults]
    for one, (entry, _) in zip(given.entries, built, strict=True):
        if entry:
            issues += _told(given.file, one, _faults(entry, around))
    issues += [*_repeated(given), *_personal(given)]
    return entries, hide_personal(sorted(issues, key=lambda issue: issue.line or 0))


def _built(file: str, one: GivenEntry) -> tuple[Entry | None, list[Issue]]:
    try:
        return entry_of(one.kind, one.fields), []
    except ValidationError as fault:
        details = root_causes(fault.errors(include_url=False))
        return None, [
            Issue("error", detail["type"], file, one.line(detail["loc"]), explain(detail), field=_place(detail["loc"]))
            for detail in details
        ]


def _told(file: str, one: GivenEntry, faults: Iterable[tuple[str, str, str]]) -> list[Issue]:
    return [Issue("error", check, file, one.line((field,)), message, field=field) for check, field, message in faults]


def _place(parts: Sequence[str | int]) -> str:
    """Where in an entry, without the positions in its lists: `smart.specific.reason`."""
    return ".".join(str(part) for part in parts if isinstance(part, str))


def _faults(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """Every fault as check, field and message."""
    for rule in _RULES:
        yield from rule(entry, around)


def _still_to_come(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """Days after today."""
    for field in ("on", "made_on"):
        if (day := getattr(entry, field, None)) and day > around.today:
            yield "date_to_come", field, f"'{day}' lies after today, {around.today}. What is still to come stands in the timetable."


def _unknown(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """Areas, agencies and indicators that the framework does not have."""
    framework = around.framework
    areas = {area.id for year in framework.plan_years for area in year.areas}
    known = {"area": areas, "agency": set(framework.agencies), "indicator": set(framework.indicators)}
    plurals = {"areas": "area", "agencies": "agency", "indicators": "indicator"}
    parts = [("", entry), *((f"{name}.", part) for name in ("counts", "expects") if (part := getattr(entry, name, None)))]
    for root, part in parts:
        for field in type(part).model_fields:
            what = plurals.get(field, field)
            named = getattr(part, field)
            for one in (named if isinstance(named, tuple) else (named,)) if what in known else ():
                if one is not None and one not in known[what]:
                    at = (root or field).rstrip(".")
                    yield f"unknown_{what}", at, f"'{one}' is no {what} of this board.{suggest(one, known[what])}"


def _unknown_entries(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """Other entries that an entry names and that are neither in the record nor in the same list."""
    if isinstance(entry, SelfAssessment):
        return
    for field, kind in REFERS.items():
        named = getattr(entry, field, None)
        for one in named if isinstance(named, tuple) else (named,):
            if one is not None and (kind, one) not in around.held:
                yield (
                    f"unknown_{kind}",
                    field,
                    f"there is no {kind} '{one}', in the record or in this list.{suggest(one, around.ids(kind))}",
                )


def _section_11(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    if isinstance(entry, SelfAssessment) and around.framework.learning:
        rules = around.framework.learning.section_11
        if rules.standard(entry.standard) is None:
            names = [one.id for one in rules.standards]
            yield "unknown_standard", "standard", f"'{entry.standard}' is no standard of section 11.{suggest(entry.standard, names)}"
        for field in ("self_score", "moderated_score"):
            if (getattr(entry, field) or 0) > rules.highest_score:
                yield "score", field, f"'{getattr(entry, field)}' is more than the highest score, {rules.highest_score}."


def _one_figure(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """Counts become figures, so the indicator has to be one that is returned as counts by that agency."""
    counts = entry.counts if isinstance(entry, Evidence) else None
    indicator = around.framework.indicators.get(counts.indicator) if counts else None
    if counts and indicator:
        returned = indicator.returned
        if returned is None or returned.gives != "counts" or counts.agency not in returned.agencies:
            yield (
                "no_counts",
                "counts",
                f"'{counts.indicator}' is not returned as counts by '{counts.agency}', so it cannot be their figure.",
            )


def _itself(entry: Entry, _: _Around) -> Iterator[tuple[str, str, str]]:
    """An exercise that repeats itself and an analysis that answers itself: a line that leads nowhere."""
    for field in ("repeats", "answers"):
        if getattr(entry, field, None) == entry.id:
            yield "names_itself", field, f"'{entry.id}' names itself under '{field}'. Name another {entry.KIND}."


def _begun(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """An exercise that is done or under way has begun."""
    if isinstance(entry, Exercise) and entry.status in ("done", "under_way") and entry.start > around.today:
        yield "not_begun", "status", f"'{entry.status}' does not fit 'starts' {entry.starts}, which is still to come. Write planned."


def _still_partner(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """A recommendation is made to an agency that is a partner on that day."""
    agency = around.framework.agencies.get(entry.agency) if isinstance(entry, Recommendation) else None
    if isinstance(entry, Recommendation) and agency and agency.until and agency.until < entry.made_on:
        yield "ended_agency", "agency", f"'{entry.agency}' was a partner until {agency.until}. Name who took over."


def _year_begun(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """Section 11 is scored for a year that has begun."""
    if isinstance(entry, SelfAssessment) and int(entry.year[:4]) > around.today.year:
        yield "year_to_come", "year", f"'{entry.year}' has not begun. Write the year that was scored, as 2025-26."


def _scored_once(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """A partner has one score a standard and year; of two, nobody could say which counts."""
    if isinstance(entry, SelfAssessment):
        own = (entry.agency, entry.year, entry.standard)
        for (kind, other), fields in around.held.items():
            if kind == entry.KIND and other != entry.id and tuple(fields.get(name) for name in ("agency", "year", "standard")) == own:
                yield "scored_twice", "standard", f"{', '.join(own)} is scored already, as '{other}'. Change that score instead."


def _step_after(entry: Entry, around: _Around) -> Iterator[tuple[str, str, str]]:
    """Nothing becomes of a recommendation before it is made."""
    if isinstance(entry, Step):
        made_on = str(around.held.get(("recommendation", entry.recommendation), {}).get("made_on", ""))
        if made_on > str(entry.on):
            yield "step_too_early", "on", f"'{entry.on}' lies before {made_on}, the day on which '{entry.recommendation}' was made."


_RULES: tuple[_Rule, ...] = (
    _unknown,
    _unknown_entries,
    _still_to_come,
    _section_11,
    _one_figure,
    _itself,
    _begun,
    _still_partner,
    _year_begun,
    _scored_once,
    _step_after,
)


def _repeated(given: EntryList) -> Iterator[Issue]:
    """Ids that stand twice in the list for one kind."""
    seen: set[tuple[str, str]] = set()
    for one in given.entries:
        if "id" not in one.fields:
            continue  # that is told as a missing field
        key = one.kind, str(one.fields["id"])
        if key in seen:
            yield Issue(
                "error", "repeated_id", given.file, one.line(("id",)), f"{one.kind} '{key[1]}' stands twice in this list. Keep one."
            )
        seen.add(key)


def _personal(given: EntryList) -> Iterator[Issue]:
    """Personal data in any text; the text is not repeated."""
    kinds = kinds_of([text for one in given.entries for text in texts_of(one.fields)])
    for one in given.entries:
        for field, value in one.fields.items():
            if found := sorted({kind for text in texts_of(value) for kind in kinds.get(text, ())}):
                message = f"'{field}' looks as if it held personal data ({', '.join(found)}). Say it without anything about one person."
                yield Issue("error", "personal_data", given.file, one.line((field,)), message, field=field)


def untellable(given: EntryList, threshold: int) -> list[Issue]:
    """Errors for texts that count so few people that they may not be shown to everybody, in a list that is to be approved."""
    counting = small_counts([text for one in given.entries for text in texts_of(one.fields)], threshold)
    return [
        Issue(
            "error",
            "small_count",
            given.file,
            one.line((field,)),
            f"'{field}' tells a small count of people. Say it in other words.",
            field=field,
        )
        for one in given.entries
        for field, value in one.fields.items()
        if counting & set(texts_of(value))
    ]
