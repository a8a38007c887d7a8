"""A funnel to plain English: who lies outside what chance explains, who does not, and who is not in it.

Improvement and concern come only from a peer's own judgement. Refuses to order agencies: a funnel is no league table.
"""

from hscb_qa import formats
from hscb_qa.views import Funnel, Peer

_SIDES = {"high": "above", "low": "below"}


def funnel_title(funnel: Funnel, agency: str = "") -> str:
    """The message of a funnel: where one agency lies, or else who lies outside its limits."""
    own = funnel.peer(agency)
    if own:
        place = f"{_SIDES[own.side]} what chance explains{_judgement(own)}" if own.side else "within what chance explains"
        return f"{funnel.name}: {own.name} {place}"
    names = [f"{peer.name} {_SIDES[peer.side]}" for peer in funnel.outside if peer.side]
    told = f"{formats.join(names)} what chance explains" if names else "all agencies within what chance explains"
    return f"{funnel.name}: {told}"


def place_in_words(funnel: Funnel, agency: str) -> str:
    """Where one agency lies, with its figure, all agencies' and the limits; empty where it is not drawn."""
    peer = funnel.peer(agency)
    if peer is None:
        return ""
    value, baseline, low, high = (formats.number(one, "", funnel.decimals) for one in (peer.value, peer.baseline, peer.lower, peer.upper))
    place = f"{_SIDES[peer.side]} what chance explains" if peer.side else "within what chance explains"
    told = f"{peer.name} {value}% of {formats.count(peer.base)} against {baseline}% of all agencies together: {place}"
    return f"{told} (99.8% limits {low}% to {high}%){_judgement(peer)}."


def within_in_words(funnels: tuple[Funnel, ...], agency: str) -> str:
    """On how many indicators that several agencies return one lies within its funnels; empty where it is in none."""
    inside = sum(1 for one in funnels if (peer := one.peer(agency)) and peer.side is None)
    if not funnels:
        return ""
    among = f"{inside} of {len(funnels)}" if inside < len(funnels) else "the one" if inside == 1 else f"all {inside}"
    what = "indicator" if len(funnels) == 1 else "indicators"
    return f"Within what chance explains on {among} {what} that can be compared between agencies."


def absent_in_words(funnel: Funnel) -> str:
    """Who is not in a funnel, and why; empty where nobody is missing."""
    hidden = f"{formats.join(list(funnel.hidden))}, whose figure is hidden" if funnel.hidden else ""
    without = f"{formats.join(list(funnel.without))}, who gave none" if funnel.without else ""
    told = "; ".join(words for words in (hidden, without) if words)
    return f"Not in the chart: {told}." if told else ""


def funnel_alternative(funnel: Funnel, agency: str = "") -> str:
    """What a funnel shows, for those who cannot see it."""
    baseline = formats.number(funnel.baseline, "", funnel.decimals)
    parts = [
        f"Funnel chart, {funnel.label}. {funnel_title(funnel, agency)}.",
        place_in_words(funnel, agency),
        f"{len(funnel.peers)} agencies around {baseline}% of all together.",
        absent_in_words(funnel),
        "The figures stand in the table below the chart.",
    ]
    return " ".join(part for part in parts if part)


def peer_place(peer: Peer) -> str:
    """Where an agency lies, in a table's cell: `below: concern`, `within what chance explains`."""
    return f"{_SIDES[peer.side]}{_judgement(peer)}" if peer.side else "within what chance explains"


def _judgement(peer: Peer) -> str:
    return f": {peer.judgement}" if peer.judgement and peer.judgement != "neutral" else ""
