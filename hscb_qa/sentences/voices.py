"""Who was heard, and since when nobody was: the voices of children, of parents and carers, and of frontline staff."""

from collections.abc import Sequence
from datetime import date, timedelta

from hscb_qa.periods import quarter_of
from hscb_qa.publish import Edition
from hscb_qa.readers.return_form import SPEAKERS
from hscb_qa.views import ApprovedVoice

_RECENT = timedelta(days=366)


def heard_in_words(voices: Sequence[ApprovedVoice]) -> str:
    """In which quarter each was heard last, in one line."""
    lasts = {who: _last(voices, who) for who in SPEAKERS}
    return ", ".join(f"{who} {last_heard_in_words(last)}" for who, last in lasts.items())


def last_heard_in_words(last: date | None) -> str:
    """The quarter in which somebody was heard last: `2026-27 Q1`, or `not yet`."""
    return _quarter(last) if last else "not yet"


def silence_in_words(voices: Sequence[ApprovedVoice], who: str, edition: Edition) -> str:
    """That a voice is missing, or has been for more than a year; empty where one was heard since."""
    last = _last(voices, who)
    if last is None:
        return f"No voice of {who} yet."
    is_recent = last > date.fromisoformat(edition.published_at[:10]) - _RECENT
    return "" if is_recent else f"No voice of {who} since {_quarter(last)}."


def _last(voices: Sequence[ApprovedVoice], who: str) -> date | None:
    return max((one.spoken_on for one in voices if one.who == who), default=None)


def _quarter(day: date) -> str:
    return quarter_of(f"{day:%Y-%m}")
