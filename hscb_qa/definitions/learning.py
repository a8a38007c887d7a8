"""How the Board learns: its rules for recommendations and the timetable, the key questions, and the standards of section 11."""

from datetime import date
from typing import Literal

from pydantic import Field

from hscb_qa.definitions.vocabulary import Id, Model, SignOff, Text

QuestionId = Literal["patterns", "balance", "impact", "good_practice", "priorities", "smart", "timely", "frontline", "feedback"]


class KeyQuestion(Model):
    """One of the framework's nine key questions, in its own words; the id says which facts answer it."""

    id: QuestionId
    wording: Text


class RecommendationRules(Model):
    """In how many months a recommendation is due that names no day of its own."""

    due_months: int = Field(ge=1, le=36)


class EvidenceRules(Model):
    """How old evidence may be and still be set against other evidence and against today's figures."""

    compared_within_months: int = Field(default=18, ge=3)


class TimetableRules(Model):
    """Since when the programme runs and for how long, and when an area has gone without information or an inspection without answer."""

    programme_start: date
    programme_years: int = Field(ge=1, le=5)
    silent_after_months: int = Field(ge=3)
    response_months: int = Field(ge=1)


class Standard(Model):
    """One of the duties that partners assess themselves against."""

    id: Id
    title: Text


class Section11(Model):
    """The standards of the self-assessment, the highest score of each (the lowest is 0), and the score from which one counts as met.

    `exempt` names the agencies that are not asked to assess themselves.
    """

    highest_score: int = Field(ge=1, le=10)
    met_from: int = Field(default=2, ge=1)  # an edition made before it was told apart has the score that was meant
    exempt: tuple[Id, ...] = ()
    standards: tuple[Standard, ...] = Field(min_length=1)

    def standard(self, standard_id: str) -> Standard | None:
        """The standard with this id; None where there is none."""
        return next((one for one in self.standards if one.id == standard_id), None)


class LearningRules(Model):
    """Everything the Board has agreed about learning."""

    recommendations: RecommendationRules
    evidence: EvidenceRules = EvidenceRules()  # an edition made before there were any has the default
    timetable: TimetableRules
    questions: tuple[KeyQuestion, ...]
    section_11: Section11
    agreed: SignOff
