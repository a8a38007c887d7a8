"""Exceptions to plain English: why an indicator needs words and whose, where it stands among others, what changed since last time.

Best, worst, improvement and concern come only from the views. Refuses to rank where the measure is neutral.
"""

from hscb_qa import formats
from hscb_qa.definitions import Basis
from hscb_qa.sentences.signals import assurance, latest_signal, range_in_words, watched, when, why
from hscb_qa.views import BoardView, EditionChange, Exceptional, IndicatorView, Peer, Rank, Reason, Signal

_NAMED_AT_MOST = 3
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


def reasons_in_words(exceptional: Exceptional) -> str:
    """Why an indicator is an exception, a sentence for each reason, the heaviest first."""
    return " ".join(dict.fromkeys(_reason_in_words(exceptional.view, reason) for reason in exceptional.reasons))


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


def since_in_words(view: BoardView) -> list[str]:
    """What changed since an earlier edition: exceptions that are new, those that ended, how many indicators were revised."""
    since = view.since
    if since is None:
        return []
    names = {one.indicator.id: one.indicator.short_name for area in view.areas for group in area.groups.values() for one in group}
    began, ended = ([names[one] for one in ids if one in names] for ids in (since.began, since.ended))
    revised = sum(one in names for one in since.revised)
    lines = [f"New since the {_earlier(since)}: {formats.join(began)}." if began else f"No new exception since the {_earlier(since)}."]
    lines += [f"No longer an exception: {formats.join(ended)}."] if ended else []
    return [*lines, f"Figures of {_counted(revised, 'indicator')} were revised."] if revised else lines


def _earlier(since: EditionChange) -> str:
    return f"edition of {formats.day(since.published_on)}" + (f" ({since.label})" if since.label else "")


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
    return f"{why(view, basis, signal)}: more than chance would explain." if signal else "More than chance would explain."


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
