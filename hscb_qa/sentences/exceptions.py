"""Exceptions to plain English: why an indicator needs words and whose, where it stands among others, what changed since last time.

Best, worst, improvement and concern come only from the views. Refuses to rank where the measure is neutral.
"""

from collections import Counter

from hscb_qa import formats
from hscb_qa.definitions import Basis
from hscb_qa.sentences.indicators import mark, title
from hscb_qa.sentences.signals import assurance, latest_signal, range_in_words, watched, when, why
from hscb_qa.views import BoardView, EditionChange, Exceptional, IndicatorView, Peer, Rank, Reason, Signal

_NAMED_AT_MOST = 3
_BEFORE = {"concern": ", before a concern", "improvement": ", before an improvement"}
_SIDES = {"high": "above", "low": "below"}
_DIRECTIONS = {"rising": "Rising", "falling": "Falling", "none": "Neither rising nor falling"}


def trend_in_words(view: IndicatorView) -> str:
    """The recent trend of the annual figures, and what polarity makes of it; empty where there is none to tell of."""
    trend = view.trend
    if trend is None:
        return ""
    verdict = f", which is {trend.verdict}" if trend.verdict else ""
    return f"{_DIRECTIONS[trend.direction]} from {trend.first} to {trend.last} by more than chance would explain{verdict}."


def rank_in_words(view: IndicatorView) -> str:
    """Where the place stands among local authorities; of a neutral measure only whether it is in an outer fifth."""
    rank = view.rank
    if rank is None:
        return ""
    if rank.rank is None:
        return f"{_fifth(view, rank)}." if rank.fifth else ""
    time = when(view.indicator, "year", rank.label)
    band = f", band {rank.band}" if rank.band else ""
    fifth = f"; among the {rank.fifth} fifth{_verdict(rank)}" if rank.fifth else ""
    return f"Rank {rank.rank} of {rank.of} local authorities {time}{band}{fifth}."


def peers_in_words(view: IndicatorView) -> list[str]:
    """A sentence for each agency that differs from all of them together by more than chance explains."""
    return [_peer_in_words(view, peer) for peer in view.peers if peer.side]


def exception_title(exceptional: Exceptional) -> str:
    """The message of an exception: that of its chart, or which agencies stand apart where that alone is the reason."""
    view, apart = exceptional.view, [peer for peer in exceptional.view.peers if peer.judgement == exceptional.judgement]
    if {reason.kind for reason in exceptional.reasons} != {"agencies_disagree"} or not apart:
        return title(view)
    sides = [f"{_some(names)} {words}" for side, words in _SIDES.items() if (names := tuple(one.name for one in apart if one.side == side))]
    judged = f": {exceptional.judgement}" if exceptional.judgement != "neutral" else ""
    return f"{view.indicator.short_name}: {', '.join(sides)} all agencies together{judged}"


def reasons_in_words(exceptional: Exceptional) -> str:
    """The latest figure, then why it is an exception, a sentence for each reason, the heaviest first."""
    view = exceptional.view
    return " ".join(dict.fromkeys([*_figure(view), *(_reason_in_words(view, reason) for reason in exceptional.reasons)]))


def _figure(view: IndicatorView) -> list[str]:
    latest = view.latest
    if latest is None or latest.value is None:
        return []
    return [f"{formats.figure(latest.value, '', view.indicator)} {when(view.indicator, view.basis, latest.label)}."]


def narrative_in_words(exceptional: Exceptional) -> str:
    """Who owes the words that go with an exception, or who gave them; empty where nothing is owed."""
    narrative = exceptional.narrative
    if narrative.given_by:
        return f"Narrative given by {_some(narrative.given_by)}."
    return f"Narrative owed by {_some(narrative.owed_by)}." if narrative.owed_by else ""


def exceptions_in_words(view: BoardView) -> str:
    """How many exceptions there are, how they are judged, and how many narratives are owed."""
    if not view.exceptions:
        return "No exceptions."
    judged = [one.judgement for one in view.exceptions]
    concerns, neither, favourable = (judged.count(kind) for kind in ("concern", "neutral", "improvement"))
    told = [
        *([f"{concerns} of concern"] if concerns else []),
        *([f"{neither} neither"] if neither else []),
        *([f"{favourable} favourable"] if favourable else []),
    ]
    owed = sum(one.narrative.is_owed for one in view.exceptions)
    return f"{_counted(len(judged), 'exception')}: {', '.join(told)}; {_counted(owed, 'narrative') if owed else 'no narrative'} owed."


def owed_in_words(view: BoardView) -> str:
    """How many narratives each agency owes, the most first; empty where none is owed."""
    owing = Counter(agency for one in view.exceptions if one.narrative.is_owed for agency in one.narrative.owed_by)
    told = tuple(f"{agency} {number}" for agency, number in owing.most_common())
    if not told:
        return ""
    named, others = told[:_NAMED_AT_MOST], len(told) - _NAMED_AT_MOST
    some = f"{', '.join(named)} and {others} others" if others > 1 else formats.join(list(told))
    return f"Narratives owed by {some}."


def since_in_words(view: BoardView) -> list[str]:
    """What changed since an earlier edition: exceptions that are new, those that ended, how many indicators were revised."""
    since = view.since
    if since is None:
        return []
    shown = (one for area in view.areas for group in area.groups.values() for one in group)
    names = {one.indicator.id: f"{one.indicator.short_name} ({_figure_in_short(one)}{mark(one)[1]})" for one in shown}
    began = [names[one] for one in since.began if one in names]
    ended = [f"{names[one]}{_BEFORE.get(since.was.get(one, ''), '')}" for one in since.ended if one in names]
    revised = sum(one in names for one in since.revised)
    lines = [f"New exceptions since {_earlier(since)}: {formats.join(began)}." if began else f"No new exception since {_earlier(since)}."]
    lines += [f"No longer an exception: {formats.join(ended)}."] if ended else []
    return [*lines, f"Figures of {_counted(revised, 'indicator')} were revised."] if revised else lines


def _figure_in_short(view: IndicatorView) -> str:
    """The latest figure before what else is said of it; nothing where it is not shown."""
    latest = view.latest
    return f"{formats.figure(latest.value, '', view.indicator)}, " if latest and latest.value is not None else ""


def _earlier(since: EditionChange) -> str:
    return f"“{since.label}”" if since.label else f"the edition of {formats.day(since.published_on)}"


def _reason_in_words(view: IndicatorView, reason: Reason) -> str:
    if reason.kind == "special_cause":
        return _special_cause(view, reason.basis)
    if reason.kind == "target_missed":
        told = assurance(view) if view.basis == reason.basis else None
        return told[1] if told else "Limits lie on the wrong side of its target: without a change it will be missed."
    if reason.kind == "agencies_disagree":
        return _disagreement(view)
    return f"{_fifth(view, view.rank)}." if view.rank and view.rank.fifth else "Among an outer fifth of local authorities."


def _special_cause(view: IndicatorView, basis: Basis) -> str:
    signal = _signal(view, basis)
    return f"{why(view, basis, signal)}." if signal else "More than chance would explain."


def _signal(view: IndicatorView, basis: Basis) -> Signal | None:
    """The signal of the latest figure on a basis: that of the chart shown, or of the watch."""
    if view.basis == basis:
        return latest_signal(view)
    watch = watched(view)
    return watch.signal if watch and watch.basis == basis else None


def _disagreement(view: IndicatorView) -> str:
    sides = {
        "above": [one.name for one in view.peers if one.side == "high"],
        "below": [one.name for one in view.peers if one.side == "low"],
    }
    told = [f"{_some(tuple(names))} {side}" for side, names in sides.items() if names]
    differ = "Agencies differ by more than chance would explain"
    return f"{differ}: {', '.join(told)} all agencies together." if told else f"{differ}."


def _fifth(view: IndicatorView, rank: Rank) -> str:
    time = when(view.indicator, "year", rank.label)
    return f"Among the {rank.fifth} fifth of {rank.of} local authorities {time}{_verdict(rank)}"


def _verdict(rank: Rank) -> str:
    return f", which is the {rank.verdict}" if rank.verdict else ""


def _peer_in_words(view: IndicatorView, peer: Peer) -> str:
    value, baseline = (formats.figure(one, "", view.indicator) for one in (peer.value, peer.baseline))
    time = f" ({peer.label})" if view.latest is None or peer.period != view.latest.period else ""
    assert peer.side, "only for an agency outside the limits"
    judgement = f": {peer.judgement}" if peer.judgement and peer.judgement != "neutral" else ""
    limits = range_in_words(peer.lower, peer.upper, view.indicator)
    differs = f"{value} against {baseline} of all agencies together, {_SIDES[peer.side]} what chance explains"
    return f"{peer.name}{time}: {differs} (99.8% limits {limits}){judgement}."


def _some(names: tuple[str, ...]) -> str:
    """Names in a sentence; of more than a few the first and how many more."""
    if len(names) <= _NAMED_AT_MOST + 1:
        return formats.join(list(names))
    return f"{', '.join(names[:_NAMED_AT_MOST])} and {len(names) - _NAMED_AT_MOST} more"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
