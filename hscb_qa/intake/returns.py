"""Agencies' returns to revisions in the ledger: read, check, answer the queries, record; each file by itself.

A file is accepted whole or refused whole. Refuses a query that has no reason, neither in the Note of its row nor given with the call. Of a
refused file nothing is kept anywhere, its texts least of all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pandas as pd

from hscb_qa.checks.returns import check_return, kinds_of
from hscb_qa.definitions import Framework, Indicator
from hscb_qa.errors import Issue, RefusedFile, StoreFault
from hscb_qa.ledger import AcceptedReturn, ReturnReceipt, Standing, record_return, standing
from hscb_qa.periods import parse_period
from hscb_qa.readers.return_form import FIGURES, ILLUSTRATIVE_FORM
from hscb_qa.readers.returns import Return, read_return, read_return_bytes

OutcomeState = Literal["accepted", "refused", "already held"]
Given = Path | tuple[str, bytes]
"""A return as it comes: a file, or the name and bytes of an upload."""

_ATTEMPTS = 20


@dataclass(frozen=True)
class SubmitTerms:
    """What the person who submits says: who they are, when the return came (today where not told), why its queries are as they are."""

    by: str
    received_on: date | None = None
    reason: str | None = None

    @property
    def day(self) -> date:
        """The day the return came."""
        return self.received_on or date.today()


@dataclass(frozen=True)
class ReturnOutcome:
    """What became of one file. Of an accepted one: whose it is and how many rows it gives; no receipt after a dry run.

    `issues` holds every error and query, errors first and then by line. `queries` counts those accepted with a reason.
    """

    file: str
    state: OutcomeState
    issues: tuple[Issue, ...] = ()
    receipt: ReturnReceipt | None = None
    agency: str = ""
    period: str = ""
    given: int = 0
    not_available: int = 0
    not_applicable: int = 0
    queries: int = 0


def submit_returns(
    store: Path, framework: Framework, files: Sequence[Given], terms: SubmitTerms, *, dry_run: bool = False
) -> list[ReturnOutcome]:
    """Read, check and, unless it is a dry run, record returns, each by itself and in the order given.

    Raises nothing for what is wrong with a file or the store: the outcome tells it. The bytes of the return in force change nothing.
    """
    return [_submit(store, framework, file, terms, dry_run) for file in files]


def _submit(store: Path, framework: Framework, file: Given, terms: SubmitTerms, dry_run: bool) -> ReturnOutcome:
    name = file.name if isinstance(file, Path) else file[0]
    try:
        given = read_return(file, framework) if isinstance(file, Path) else read_return_bytes(*file, framework)
        return _check_and_record(store, framework, given, terms, dry_run)
    except RefusedFile as refused:
        return ReturnOutcome(name, "refused", _in_order(refused.issues))
    except StoreFault as fault:
        return ReturnOutcome(name, "refused", (Issue("error", "not_recorded", name, None, str(fault)),))


def _check_and_record(store: Path, framework: Framework, given: Return, terms: SubmitTerms, dry_run: bool) -> ReturnOutcome:
    """Check against the record as it stands; where another return of the agency came in between, check once more."""
    for _ in range(_ATTEMPTS):
        seen = standing(store, _agency(given), given.sha256)
        if seen.held:
            return _outcome(given, "already held", (), seen.held)
        issues = _issues(given, framework, seen, terms)
        if any(issue.severity == "error" for issue in issues):
            return ReturnOutcome(issues[0].file, "refused", issues)
        if dry_run:
            return _outcome(given, "accepted", issues, None)
        receipt = record_return(store, _accepted(given, issues, terms), seen.state)
        if receipt:
            return _outcome(given, "already held" if receipt.already_held else "accepted", issues, receipt)
    raise StoreFault("Other returns of this agency kept coming in between. Nothing was taken in; submit this one again.")


def _issues(given: Return, framework: Framework, seen: Standing, terms: SubmitTerms) -> tuple[Issue, ...]:
    history = _history(framework, seen)
    found = check_return(given, framework, history, terms.day)
    found += _mixture(given, seen) + _unfit_reason(given, terms)
    found += [_unanswered(issue) for issue in found if issue.severity == "query" and not _reason(given, issue, terms)]
    return _in_order(found)


def _history(framework: Framework, seen: Standing) -> Callable[[str], pd.DataFrame]:
    """An agency's observations in force with the last day of their periods; rows whose indicator is returned no longer are left out."""
    named = zip(seen.observations["indicator"], seen.observations["period"], strict=True)
    ends = [_period_end(framework.indicators.get(indicator), period) for indicator, period in named]
    dated = seen.observations.assign(period_end=pd.Series(ends, index=seen.observations.index, dtype="datetime64[us]"))
    dated = dated[dated["period_end"].notna()]
    return lambda agency: dated if agency == seen.agency else dated.iloc[:0]


def _period_end(indicator: Indicator | None, text: str) -> date | None:
    if indicator is None or indicator.returned is None:
        return None
    every = indicator.returned.every
    try:
        return parse_period(text, indicator.period_type if every == "year" else every).end
    except ValueError:
        return None


def _mixture(given: Return, seen: Standing) -> list[Issue]:
    """Real and invented figures may not share a store; told here as well, so that a dry run tells it."""
    if seen.illustrative is None or seen.illustrative == _is_illustrative(given):
        return []
    kinds = ("real", "illustrative")
    message = f"The form is for {kinds[_is_illustrative(given)]} figures, but this store holds {kinds[seen.illustrative]} ones."
    return [Issue("error", "mixed_store", given.file, None, f"{message} Take the template from the store it is for.")]


def _unfit_reason(given: Return, terms: SubmitTerms) -> list[Issue]:
    """The reason given with the call is kept beside the queries, so it is looked at as the file is."""
    kinds = [kind for found in kinds_of([terms.reason or ""]).values() for kind in found]
    message = f"The reason given for the return holds personal data ({', '.join(kinds)}). Say it without."
    return [Issue("error", "personal_data", given.file, None, message)] if kinds else []


def _unanswered(query: Issue) -> Issue:
    """The error that a query has no reason."""
    where = f"{'in the Note of its row, or ' if query.line else ''}as the reason for the whole return (--reason)"
    message = f"The query '{query.check}' has no reason. Say why the figure is right {where}; or mend the figure."
    return Issue("error", "query_without_reason", query.file, query.line, message, query.sheet, query.cell)


def _reason(given: Return, query: Issue, terms: SubmitTerms) -> str:
    """Why a query is as it is: the Note of its row, else what was given with the call, else nothing."""
    note = "".join(_row(given, query)["note"].head(1))
    return note.strip() or (terms.reason or "").strip()


def _row(given: Return, issue: Issue) -> pd.DataFrame:
    """The figure row an issue is about, as a frame of one row; of none where it is about another sheet or the whole file."""
    if issue.line is None or issue.sheet not in ("", FIGURES):
        return given.rows.iloc[:0]
    return given.rows[given.rows["line"] == issue.line]


def _accepted(given: Return, issues: Sequence[Issue], terms: SubmitTerms) -> AcceptedReturn:
    return AcceptedReturn(
        agency=_agency(given),
        period=_quarter(given),
        file=given.file,
        sha256=given.sha256,
        content=given.content,
        received_on=terms.day,
        submitted_by=terms.by,
        illustrative=_is_illustrative(given),
        observations=given.rows,
        voices=_voices(given.voices),
        narratives=given.narrative,
        queries=_queries(given, issues, terms),
    )


def _voices(voices: pd.DataFrame) -> pd.DataFrame:
    """Voices as the ledger keeps them; the checks have seen that there are numbers and days."""
    asked = [int(float(text)) for text in voices["asked"]]
    days = [date.fromisoformat(text.strip()[:10]) for text in voices["date"]]
    return voices.assign(
        asked=pd.Series(asked, index=voices.index, dtype="int64"), spoken_on=pd.Series(days, index=voices.index, dtype="datetime64[us]")
    )


def _queries(given: Return, issues: Sequence[Issue], terms: SubmitTerms) -> pd.DataFrame:
    """The queries with their numbers and reasons, and the item each is about; blank where it is about the whole return."""
    rows = []
    for number, query in enumerate(issues, start=1):
        item = next(iter(_row(given, query)[["indicator", "breakdown", "period"]].to_dict("records")), {})
        about = [item.get(key, "") for key in ("indicator", "breakdown", "period")]
        rows.append((number, query.check, query.line, *about, query.message, _reason(given, query, terms)))
    columns = ["number", "check_id", "line", "indicator", "breakdown", "period", "message", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"number": "int64", "line": "Int64"})


def _outcome(given: Return, state: OutcomeState, issues: tuple[Issue, ...], receipt: ReturnReceipt | None) -> ReturnOutcome:
    counts = given.rows["status"].value_counts()
    return ReturnOutcome(
        file=given.file,
        state=state,
        issues=issues,
        receipt=receipt,
        agency=_agency(given),
        period=_quarter(given),
        given=int(counts.get("", 0)),
        not_available=int(counts.get("x", 0)),
        not_applicable=int(counts.get("z", 0)),
        queries=len(issues),
    )


def _in_order(issues: Sequence[Issue]) -> tuple[Issue, ...]:
    return tuple(sorted(issues, key=lambda issue: (issue.severity != "error", issue.sheet, issue.line or 0)))


def _agency(given: Return) -> str:
    return "".join(given.rows["agency"].head(1))


def _quarter(given: Return) -> str:
    return "".join(given.rows["quarter"].head(1))


def _is_illustrative(given: Return) -> bool:
    return "".join(given.rows["form"].head(1)) == ILLUSTRATIVE_FORM
