"""What the Board enters by its own hand: exercises, evidence, findings, recommendations with their steps, analyses, judgements, section 11.

Turns fields into frozen entries. Refuses fields that do not belong together; whether what they name exists is checked elsewhere.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from hscb_qa.definitions import EvidenceSource, Id, MeasureType, QuarterText, QuestionId, Text
from hscb_qa.learning.vocabulary import (
    METHODS,
    AnalysisKind,
    Direction,
    ExerciseStatus,
    ExpectedSignal,
    FindingKind,
    Grade,
    Method,
    Origin,
    Reach,
    Recurrence,
    SmartTest,
    Speaker,
    StepKind,
    Verdict,
)
from hscb_qa.periods import months_after, parse_period, quarter_of


def _is_financial_year(text: str) -> str:
    if (int(text[:4]) + 1) % 100 != int(text[5:]):
        raise ValueError(f"'{text}' is no year from April to March. Write it as 2015-16")
    return text


def _is_short_enough(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(f"the text has {len(text):,} signs, more than {_LONGEST:,}. Say it in fewer words")
    return text


_LONGEST = 2000
Kind = Literal["exercise", "evidence", "finding", "recommendation", "step", "analysis", "judgement", "self_assessment"]
KINDS: tuple[Kind, ...] = get_args(Kind)
YearText = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$"), AfterValidator(_is_financial_year)]
LongText = Annotated[Text, AfterValidator(_is_short_enough)]


class Part(BaseModel):
    """A part of an entry: frozen, closed to fields that are not its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(Part):
    """Anything the Board enters, under an id that no other entry of its kind has."""

    KIND: ClassVar[Kind]
    id: Id


class Exercise(Entry):
    """An entry of the quality assurance timetable: what is to be done or gathered, when, by whom, about which areas.

    `ends` is the last quarter; a continuous exercise may have none. `repeats` names the exercise this one does again, `responds_to` what
    made an exceptional one necessary.
    """

    KIND = "exercise"
    title: LongText
    recurrence: Recurrence
    source: EvidenceSource
    method: Method
    areas: tuple[Id, ...] = Field(min_length=1)
    agencies: tuple[Id, ...] = Field(min_length=1)
    lead: Text
    starts: QuarterText
    ends: QuarterText | None = None
    status: ExerciseStatus
    gathers: tuple[MeasureType, ...] = Field(min_length=1)
    repeats: Id | None = None
    responds_to: LongText | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Exercise":
        _require_method(self.source, self.method)
        if self.ends is None and self.recurrence != "continuous":
            raise ValueError("'ends' is missing; only a continuous exercise may go on without end")
        if self.ends and self.ends < self.starts:
            raise ValueError(f"'ends' {self.ends} lies before 'starts' {self.starts}")
        if self.recurrence == "exceptional" and not self.responds_to:
            raise ValueError("'responds_to' is missing; an exceptional exercise says what it responds to")
        return self

    @property
    def start(self) -> date:
        """Its first day."""
        return parse_period(self.starts, "quarter").start

    @property
    def end(self) -> date | None:
        """Its last day; None where it goes on."""
        return parse_period(self.ends, "quarter").end if self.ends else None


class Counts(Part):
    """How many said it, of how many: the numerator and denominator of an indicator, by one agency."""

    indicator: Id
    agency: Id
    numerator: int = Field(ge=0)
    denominator: int = Field(ge=1)

    @model_validator(mode="after")
    def _fits(self) -> "Counts":
        if self.numerator > self.denominator:
            raise ValueError(f"'numerator' {self.numerator} is more than 'denominator' {self.denominator}")
        return self


class Evidence(Entry):
    """A dated piece of what was heard, seen or read: by which source and method, about what, and what it says.

    `statement` is what it says in aggregate, `story` one experience in words. `says` tells of quantity, quality and outcome each whether
    things are better, the same, worse or mixed. `counts` makes the statement an indicator's figure. `exceptional` marks
    a report out of turn, which the timetable is to answer as it answers an inspection.
    """

    KIND = "evidence"
    title: LongText
    source: EvidenceSource
    method: Method
    on: date
    agencies: tuple[Id, ...] = Field(min_length=1)
    areas: tuple[Id, ...] = Field(min_length=1)
    indicators: tuple[Id, ...] = ()
    exercise: Id | None = None
    speakers: tuple[Speaker, ...] = ()
    asked: int | None = Field(default=None, ge=1)
    answered: int | None = Field(default=None, ge=0)
    statement: LongText
    story: LongText | None = None
    says: dict[MeasureType, Direction] = Field(min_length=1)
    grade: Grade | None = None
    themes: tuple[Id, ...] = ()
    looks_at_impact: bool = False
    exceptional: bool = False
    counts: Counts | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Evidence":
        _require_method(self.source, self.method)
        if self.answered is not None and self.asked is not None and self.answered > self.asked:
            raise ValueError(f"'answered' {self.answered} is more than 'asked' {self.asked}")
        if self.source in ("children_parents_carers", "frontline_staff_managers") and not self.speakers:
            raise ValueError("'speakers' is missing; say whose voice this is")
        if self.counts and self.counts.agency not in self.agencies:
            raise ValueError(f"'counts' names the agency '{self.counts.agency}', which does not stand under 'agencies'")
        return self

    @property
    def quarter(self) -> str:
        """The quarter it is dated in."""
        return quarter_of(f"{self.on:%Y-%m}")


class Finding(Entry):
    """What a piece of evidence found: a concern or good practice, about which areas, agencies and themes."""

    KIND = "finding"
    evidence: Id
    kind: FindingKind
    text: LongText
    areas: tuple[Id, ...] = Field(min_length=1)
    agencies: tuple[Id, ...] = Field(min_length=1)
    themes: tuple[Id, ...] = ()


class Answer(Part):
    """Whether a recommendation passes one of the five tests, as a person decided, and why."""

    met: bool
    reason: LongText


class Expectation(Part):
    """The effect a recommendation is to have: of which indicator, which signal, by which quarter."""

    indicator: Id
    signal: ExpectedSignal
    by: QuarterText


class Recommendation(Entry):
    """What is asked of an agency, by whom it is owned (a role), and when it is due; from a finding, or from the Board's own challenge."""

    KIND = "recommendation"
    text: LongText
    finding: Id | None = None
    origin: Origin
    area: Id
    agency: Id
    owner: Text
    made_on: date
    due: date | None = None
    smart: dict[SmartTest, Answer] = {}
    expects: Expectation | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Recommendation":
        if self.due and self.due < self.made_on:
            raise ValueError(f"'due' {self.due} lies before 'made_on' {self.made_on}")
        if self.finding is None and self.origin != "challenge":
            raise ValueError("'finding' is missing; only the Board's own challenge needs none")
        return self

    def due_day(self, months: int) -> date:
        """The day on which it is due: its own, or so many months after it was made."""
        return self.due or months_after(self.made_on, months)


class Step(Entry):
    """What became of a recommendation on a day: progress, completion, a re-audit, how the lesson reached frontline teams."""

    KIND = "step"
    recommendation: Id
    on: date
    kind: StepKind
    text: LongText
    evidence: tuple[Id, ...] = ()
    reach: Reach | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Step":
        if (self.kind == "reached_frontline") != (self.reach is not None):
            raise ValueError("'reach' says by what way a lesson came; it stands with the kind 'reached_frontline', and only there")
        if self.kind == "re_audited" and not self.evidence:
            raise ValueError("'evidence' is missing; a re-audit names the evidence it produced")
        return self


class Analysis(Entry):
    """What somebody makes of an area or an indicator: the owner's analysis, the Board's challenge, the answer to it, an action agreed."""

    KIND = "analysis"
    area: Id
    indicator: Id | None = None
    agency: Id | None = None
    on: date
    kind: AnalysisKind
    by_role: Text
    text: LongText
    answers: Id | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Analysis":
        if (self.kind == "answer") != (self.answers is not None):
            raise ValueError("'answers' names the challenge that is answered; it stands with 'kind: answer' and only there")
        return self


class Judgement(Entry):
    """The Board's own answer to a key question on a day, with its reasons."""

    KIND = "judgement"
    question: QuestionId
    on: date
    verdict: Verdict
    reasons: LongText
    by_role: Text


class SelfAssessment(Entry):
    """How a partner scored itself against one standard of section 11 in a year, and how the Board's moderators scored it."""

    KIND = "self_assessment"
    agency: Id
    year: YearText
    standard: Id
    self_score: int = Field(ge=0)
    moderated_score: int | None = Field(default=None, ge=0)
    evidence: LongText

    @property
    def gap(self) -> int | None:
        """By how much the partner scored itself above the moderators; None where nobody has moderated it."""
        return None if self.moderated_score is None else self.self_score - self.moderated_score


MODELS: Mapping[str, type[Entry]] = {
    model.KIND: model for model in (Exercise, Evidence, Finding, Recommendation, Step, Analysis, Judgement, SelfAssessment)
}


def entry_of(kind: str, fields: Mapping[str, Any]) -> Entry:
    """The entry of a kind that these fields make. Raises pydantic's ValidationError where they do not."""
    return MODELS[kind].model_validate(fields)


REFERS: Mapping[str, Kind] = {
    "exercise": "exercise",
    "repeats": "exercise",
    "evidence": "evidence",
    "finding": "finding",
    "recommendation": "recommendation",
    "answers": "analysis",
}
"""The fields in which an entry names others, and the kind of those."""


def names_of(kind: str, fields: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Kind and id of every other entry that an entry's fields name; what a self-assessment calls evidence is words."""
    if kind == "self_assessment":
        return set()
    named = [(other, fields.get(field)) for field, other in REFERS.items()]
    return {
        (other, str(one)) for other, given in named for one in (given if isinstance(given, list | tuple) else [given]) if one is not None
    }


def texts_of(fields: Any) -> list[str]:
    """Every text in an entry's fields, however deep it stands.

    >>> texts_of({"text": "Waiting fell.", "smart": {"specific": {"met": True, "reason": "It names the team."}}, "areas": ["neglect"]})
    ['Waiting fell.', 'It names the team.', 'neglect']
    """
    if isinstance(fields, Mapping):
        return [text for value in fields.values() for text in texts_of(value)]
    if isinstance(fields, list | tuple):
        return [text for value in fields for text in texts_of(value)]
    return [fields] if isinstance(fields, str) else []


def _require_method(source: EvidenceSource, method: str) -> None:
    if method not in METHODS[source]:
        raise ValueError(f"'{method}' is no method of the source '{source}'. Allowed: {', '.join(METHODS[source])}")
