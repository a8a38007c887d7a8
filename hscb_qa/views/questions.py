"""The framework's key questions: the facts counted in this edition, the same facts in earlier ones, and the Board's own judgements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hscb_qa.definitions import KeyQuestion
from hscb_qa.learning import Fact, Judgement
from hscb_qa.publish import Edition
from hscb_qa.views.edition import OpenEdition
from hscb_qa.views.learning import LearningView


@dataclass(frozen=True)
class FactThen:
    """A fact as an earlier edition counted it; `of` is None where it is a plain number."""

    edition: str
    label: str
    published_on: date
    number: int
    of: int | None


@dataclass(frozen=True)
class AnsweredQuestion:
    """A key question with the facts that bear on it, each with what earlier editions counted, oldest first; judgements newest first."""

    question: KeyQuestion
    facts: tuple[tuple[Fact, tuple[FactThen, ...]], ...]
    judgements: tuple[Judgement, ...]


def questions_view(edition: OpenEdition, view: LearningView, earlier: Sequence[Edition]) -> tuple[AnsweredQuestion, ...]:
    """The questions in the framework's order; none in an edition made before there were any. `earlier` are editions, oldest first."""
    if view.rules is None:
        return ()
    then: dict[tuple[str, str], list[FactThen]] = {}
    for one in earlier:
        for fact in _facts(OpenEdition.shareable(one)):
            then.setdefault((fact.question, fact.id), []).append(
                FactThen(one.id, one.label, date.fromisoformat(one.published_at[:10]), fact.number, fact.of)
            )
    now = _facts(edition)
    return tuple(
        AnsweredQuestion(
            question=question,
            facts=tuple((fact, tuple(then.get((fact.question, fact.id), ()))) for fact in now if fact.question == question.id),
            judgements=tuple(one for one in view.learning.judgements if one.question == question.id),
        )
        for question in view.rules.questions
    )


def _facts(edition: OpenEdition) -> tuple[Fact, ...]:
    if "question_facts" not in edition.tables:
        return ()
    rows = edition.rows("SELECT * FROM question_facts")
    return tuple(Fact(row["question"], row["fact"], row["number"], row["total"], tuple(row["missing"])) for row in rows)
