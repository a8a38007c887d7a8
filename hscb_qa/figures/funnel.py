"""A funnel to its chart: each agency's percentage over the number it is of, between the curves of what chance explains.

Draws the curves it is given and works out none. An agency outside them is told by shape and name, the page's own by size and name.
"""

from typing import Any

from hscb_qa import formats
from hscb_qa.figures.labels import End, end_labels, label_width, leaders
from hscb_qa.figures.marks import GREY, OWN_COLOUR, SHAPE_COLOURS, shape_of
from hscb_qa.figures.placing import Place, place_names
from hscb_qa.figures.template import TEXT_COLOUR, axis, template
from hscb_qa.views import Funnel, Limit, Peer

Figure = dict[str, Any]
_SHARES = {"lower_998": "solid", "lower_95": "dot", "upper_95": "dot", "upper_998": "solid"}
_OTHER, _OWN, _OUTSIDE = 11, 18, 15
_TOP, _BOTTOM = 12, 56
_WIDTHS = (560.0, 600.0, 185.0)  # pixels between the axes where two charts stand side by side, and on a telephone


def funnel_figure(funnel: Funnel, agency: str = "", height: int = 340) -> Figure:
    """The curves, the line of all together, and a mark for each agency; `agency` is the page's own, empty for none.

    `meta` says of which figures the chart is.
    """
    low, high = _y_range(funnel, agency)
    ends, widest = _ends(funnel), funnel.limits[-1].base
    return {
        "data": [*(_curve(funnel, name, dash) for name, dash in _SHARES.items()), _together(funnel), *_marks(funnel, agency)],
        "layout": {
            **template(height),
            "meta": {"funnel": funnel.indicator, "basis": funnel.basis, "period": funnel.period},
            "margin": {"l": 54, "r": label_width(ends), "t": _TOP, "b": _BOTTOM},
            "xaxis": {**axis(), "range": [0, widest], "showgrid": False, "showline": True, "nticks": 4, "title": _x_title()},
            "yaxis": {**axis(), "range": [low, high], "nticks": 5, "ticksuffix": "%", "showline": False},
            "annotations": [*end_labels(ends, low, high), *_names(funnel, agency, low, high, height)],
            "shapes": leaders(ends, low, high),
        },
    }  # fmt: skip


def _x_title() -> Figure:
    return {"text": "How many the percentage is of", "font": {"size": 14, "color": GREY}, "standoff": 6}


def _curve(funnel: Funnel, name: str, dash: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{'99.8%' if '998' in name else '95%'} limit",
        "x": [limit.base for limit in funnel.limits],
        "y": [getattr(limit, name) for limit in funnel.limits],
        "hoverinfo": "skip",
        "line": {"color": GREY, "width": 1.5, "dash": dash},
    }


def _together(funnel: Funnel) -> Figure:
    still = {"type": "scatter", "mode": "lines", "name": "all together", "hoverinfo": "skip"}
    return {**still, "x": [0, funnel.limits[-1].base], "y": [funnel.baseline] * 2, "line": {"color": GREY, "width": 2.5}}


def _marks(funnel: Funnel, agency: str) -> list[Figure]:
    """One trace for each look, the page's own agency last, so that it lies on top."""
    groups: dict[tuple[bool, str], list[Peer]] = {}
    for peer in funnel.peers:
        shape = shape_of(peer.judgement or "neutral", peer.side) if peer.side else "circle"
        groups.setdefault((peer.agency == agency, shape), []).append(peer)
    return [_trace(funnel, peers, shape, own=own) for (own, shape), peers in sorted(groups.items(), key=lambda one: one[0])]


def _trace(funnel: Funnel, peers: list[Peer], shape: str, *, own: bool) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "own" if own else shape,
        "x": [peer.base for peer in peers],
        "y": [peer.value for peer in peers],
        "customdata": [peer.agency for peer in peers],
        "text": [_hover(funnel, peer) for peer in peers],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        "marker": _marker(shape, own=own),
    }


def _marker(shape: str, *, own: bool) -> Figure:
    if shape == "circle" and not own:
        return {"symbol": shape, "size": _OTHER, "color": "#FFFFFF", "line": {"color": GREY, "width": 2}}
    colour = OWN_COLOUR if shape == "circle" else {str(name): one for name, one in SHAPE_COLOURS.items()}[shape]
    rim = {"color": TEXT_COLOUR if own and shape != "circle" else "#FFFFFF", "width": 2}
    return {"symbol": shape, "size": _OWN if own else _OUTSIDE, "color": colour, "line": rim}


def _hover(funnel: Funnel, peer: Peer) -> str:
    return f"{peer.name} {formats.number(peer.value, '', funnel.decimals)}% of {formats.count(peer.base)}, {peer.label}"


def _names(funnel: Funnel, agency: str, low: float, high: float, height: int) -> list[Figure]:
    """The names of the page's own agency and of those outside, each beside its mark where it hides the least; its own first."""
    named = sorted((peer for peer in funnel.peers if peer.side or peer.agency == agency), key=lambda peer: peer.agency != agency)
    shares = {peer.agency: (peer.base / funnel.limits[-1].base, (peer.value - low) / (high - low)) for peer in funnel.peers}
    asked = [(*shares[peer.agency], _text(funnel, peer), _is_above(funnel, peer)) for peer in named]
    places = place_names(asked, list(shares.values()), _WIDTHS, height - _TOP - _BOTTOM)
    return [_name(funnel, peer, place, own=peer.agency == agency) for peer, place in zip(named, places, strict=True)]


def _is_above(funnel: Funnel, peer: Peer) -> bool:
    return peer.value >= funnel.baseline


def _text(funnel: Funnel, peer: Peer) -> str:
    return f"{peer.name} {formats.number(peer.value, '', funnel.decimals)}%"


def _name(funnel: Funnel, peer: Peer, place: Place, *, own: bool) -> Figure:
    text = _text(funnel, peer)
    return {
        "x": peer.base,
        "y": peer.value,
        "xanchor": place.anchor,
        "xshift": place.right,
        "yshift": place.up,
        "showarrow": False,
        "text": f"<b>{text}</b>" if own else text,
        "font": {"size": 16 if own else 14, "color": OWN_COLOUR if own else TEXT_COLOUR},
    }


def _ends(funnel: Funnel) -> list[End]:
    last: Limit = funnel.limits[-1]
    return [
        End(f"all {formats.number(funnel.baseline, '', funnel.decimals)}%", GREY, funnel.baseline),
        End("99.8%", GREY, last.lower_998),
        End("95%", GREY, last.lower_95),
    ]


def _y_range(funnel: Funnel, agency: str) -> tuple[float, float]:
    """Room for every mark, for the names beside them and for the limits where the smallest agency lies; not below 0."""
    smallest = min(funnel.peers, key=lambda peer: peer.base)
    values = [*(peer.value for peer in funnel.peers), smallest.lower, smallest.upper]
    least, most = min(values), max(values)
    span = max(most - least, 5.0)
    named = [peer for peer in funnel.peers if peer.side or peer.agency == agency]
    high = max([most + span * 0.05, *(peer.value + span * 0.2 for peer in named if _is_above(funnel, peer))])
    low = min([least - span * 0.05, *(peer.value - span * 0.2 for peer in named if not _is_above(funnel, peer))])
    return max(0.0, low), high
