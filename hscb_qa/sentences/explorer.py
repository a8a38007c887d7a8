"""The explorer's charts to plain English: series together, one against another, parts of a whole, and the authorities of a year.

Never says that one series moves another, nor that an end of a ranking is good, and never speaks of what a hidden part must be.
"""

from itertools import pairwise

from hscb_qa import formats, statistics
from hscb_qa.definitions import Basis
from hscb_qa.sentences.signals import how_to_read
from hscb_qa.views import AuthoritiesView, CompositionView, Found, Line, Pair, TogetherView, pairs_of

_NO_CAUSE = "Two figures that move together do not show that one causes the other: a third thing may move both, or chance."
_FEW_PAIRS = 8
_NAMED = 3
_CHANCE = 0.05


def found_in_words(found: tuple[Found, ...], shown: int) -> str:
    """How many indicators a search found, and how many of them are listed."""
    if not found:
        return "No indicator has these words. Try fewer words, or part of one."
    number = f"{len(found)} {'indicator' if len(found) == 1 else 'indicators'} found"
    return f"{number}; the nearest {shown} come first." if len(found) > shown else f"{number}."


def found_name(one: Found) -> str:
    """An indicator that was found, with where the words stand where that is not its name."""
    return one.indicator.name if one.where in ("name", "id") else f"{one.indicator.name} (found under: {one.where})"


def line_in_words(line: Line) -> str:
    """A series' latest figure, or why there is none."""
    latest = line.view.latest
    if latest is None:
        return f"{line.name}: no figures loaded yet."
    if latest.value is None:
        return f"{line.name}, {latest.label}: {formats.STATUS_WORDS[latest.status]}."
    return f"{line.name}: {formats.figure(latest.value, '', line.view.indicator)}, {latest.label}."


def together_in_words(view: TogetherView) -> list[str]:
    """What has to be known of series set together: other units, other bases, and breaks of their definitions."""
    told = []
    if not view.share_unit:
        units = formats.join(list(dict.fromkeys(formats.unit_name(line.view.indicator).lower() for line in view.lines)))
        told.append(f"Each has a scale of value of its own, as the units differ: {units}. Heights cannot be compared across charts.")
    if not view.share_basis:
        bases = [f"{line.name} {formats.BASIS_WORDS[line.view.basis]}" for line in view.lines]
        told.append(f"Not all stand on the same basis: {formats.join(bases)}.")
    breaks = dict.fromkeys((line.view.indicator.short_name, one) for line in view.lines for one in line.view.breaks)
    told += [f"{name}: counted otherwise from {formats.day(one.on)}. {one.what_changed}" for name, one in breaks]
    return told


def how_together(view: TogetherView) -> str:
    """How to read series on one chart, or on one each."""
    if view.share_unit:
        return "Each line is named at its end, and has a dash and a mark of its own."
    return "Charts have one scale of time, and each a scale of value of its own."


def how_side_by_side(view: TogetherView) -> str:
    """How to read a chart of each: their scales, and the key to bands and marks."""
    scales = (
        f"one of value, in {formats.unit_name(view.lines[0].view.indicator).lower()}" if view.share_unit else "each one of value of its own"
    )
    return f"Charts have one scale of time, and {scales}. {how_to_read(*(line.view for line in view.lines))}".strip()


def scatter_in_words(view: TogetherView) -> list[str]:
    """From where to where the two figures went, or why they cannot be set against each other; and that this shows no cause."""
    pairs = pairs_of(view)
    across, up = view.lines[:2]
    if not view.share_basis and not pairs:
        bases = [f"{line.name} {formats.BASIS_WORDS[line.view.basis]}" for line in view.lines[:2]]
        return [f"These cannot be set against each other: they stand on different bases, {formats.join(bases)}."]
    if not pairs:
        return ["These cannot be set against each other: there is no period of which both figures are shown."]
    first, last = pairs[0], pairs[-1]
    number = f"Both figures are shown for {len(pairs)} {'period' if len(pairs) == 1 else 'periods'}."
    few = " That is too few to see a relation in." if len(pairs) < _FEW_PAIRS else ""
    return [
        number + few,
        f"{across.name}: {_went(across, first, first.across, last, last.across)}.",
        f"{up.name}: {_went(up, first, first.up, last, last.up)}.",
        *_moves(view, pairs),
        _NO_CAUSE,
    ]


def how_scatter(view: TogetherView) -> str:
    """How to read one series against another."""
    return (
        f"Each point is one period: the further right, the higher {_in_sentence(view.lines[0])}; the further up, the higher "
        f"{_in_sentence(view.lines[1])}. The thin line follows time from the open mark to the large one."
    )


def composition_in_words(view: CompositionView) -> list[str]:
    """The latest period's parts, and which periods are not the whole."""
    if not view.periods:
        return ["No part of this has figures."]
    last = view.periods[-1]
    told = [f"{part.name.capitalize()}: {_part(view, part, last.period)}, {last.label}." for part in view.parts]
    lacking = [period.label for period in reversed(view.periods) if view.missing(period.period)]
    if lacking:
        more = f" and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        told.append(
            f"Not the whole in {', '.join(lacking[:_NAMED])}{more}: a part is hidden or not available there, and its column ends below "
            "what all parts would reach. Columns with and without a mark above them cannot be compared in height."
        )
    return told


def how_composition(view: CompositionView, drawn: CompositionView) -> str:
    """How to read the columns; the chart has the newest periods, the table all."""
    name = view.breakdown.name.lower()
    earlier = " Earlier periods stand in the table alone." if len(drawn.periods) < len(view.periods) else ""
    return f"Each column is a period; its parts by {name} stand in the order of the names beside it. Pale: not the whole.{earlier}"


def authorities_in_words(view: AuthoritiesView) -> list[str]:
    """Where the board's own figure stands in the order, between which neighbours, and who is not shown."""
    own = next((one for one in view.authorities if one.kind == "own"), None)
    told = []
    if own and own.value is not None:
        figure = formats.figure(own.value, "", view.indicator)
        told.append(f"{own.name}: {figure}, {view.label}.")
        told.append(_rank(view, own.value))
    elif own:
        told.append(f"{own.name}, {view.label}: {formats.STATUS_WORDS[own.status]}.")
    told.append("The order alone does not say that a difference is real.")
    if names := [f"{one.name} [{one.status}]" for one in view.not_shown]:
        more = f" and {len(names) - 12} more" if len(names) > 12 else ""
        told.append(f"Not shown: {', '.join(names[:12])}{more}.")
    return told


def _rank(view: AuthoritiesView, own: float) -> str:
    """The rank as the publication counts it, from the end that polarity prefers; else from the highest. Those that tie share the least."""
    polarity = view.indicator.polarity
    end = "lowest" if polarity == "lower" else "highest"
    before = sum(one.value is not None and (one.value < own if end == "lowest" else one.value > own) for one in view.shown)
    why = formats.POLARITY_WORDS[polarity]
    return f"Rank {before + 1} of {len(view.shown)} local authorities with a figure, counted from the {end}, as {why}."


def london_in_words(shown: int, boroughs: int) -> list[str]:
    """How many of London's boroughs have a figure, where some have none."""
    return [] if shown == boroughs else [f"Only {shown} of London's {boroughs} boroughs have a figure in this edition."]


def how_authorities(view: AuthoritiesView) -> str:
    """How to read the bars."""
    neighbours = "; statistical neighbours are hatched" if any(one.kind == "neighbour" for one in view.shown) else ""
    wider = f"; dashed lines: {formats.join([name for name, _ in view.wider])}" if view.wider else ""
    return f"The highest figure is at the top. Our own bar is solid, its name bold{neighbours}{wider}."


def how_tile_map(view: AuthoritiesView) -> str:
    """How to read the squares."""
    dotted = "; a dotted edge, a statistical neighbour" if any(one.kind == "neighbour" for one in view.authorities) else ""
    edges = f"A thick edge: our own{dotted}. A dashed edge and [x]: no figure in this edition."
    return f"Each square is a borough, about where it lies: the darker, the higher. {edges} {view.label}."


def _part(view: CompositionView, part: object, period: str) -> str:
    found = next(one for one in view.parts if one is part)
    point = view.at(found, period)
    return formats.figure(point.value if point else None, point.status if point else "x", found.view.indicator)


def _went(line: Line, first: Pair, was: float, last: Pair, is_now: float) -> str:
    before, after = (formats.figure(value, "", line.view.indicator) for value in (was, is_now))
    return f"from {before} in {first.label} to {after} in {last.label}" if first != last else f"{before} in {first.label}"


def _moves(view: TogetherView, pairs: tuple[Pair, ...]) -> list[str]:
    """How often both went the same way from one pair to the next, by the numbers as they are shown; nothing for a pair alone.

    Nor for years to date, which begin anew each April.
    """
    across, up = view.lines[:2]
    turns = [
        _move(across, before.across, after.across) * _move(up, before.up, after.up) for before, after in pairwise(pairs)
    ]  # 1 the same way, -1 opposite ways, 0 where one did not move
    if not turns or across.view.basis == "ytd":
        return []
    still = f", and in {turns.count(0)} one of them did not move" if 0 in turns else ""
    period = formats.PERIOD_WORDS[across.view.basis]
    return [
        _relation(turns.count(1), turns.count(-1), across.view.basis),
        f"In {turns.count(1)} of {len(turns)} steps from one {period} shown to the next both moved the same way, "
        f"in {turns.count(-1)} opposite ways{still}.",
    ]


def _relation(same: int, opposite: int, basis: Basis) -> str:
    """Whether chance alone would explain how often both moved the same way, by a sign test; of figures that overlap nothing can be said."""
    if basis == "rolling12":
        return "Twelve months share nine with the twelve before, so how they move together cannot be tested."
    if statistics.sign_test(same, opposite) >= _CHANCE:
        return "No clear relation: chance alone would explain how often both moved the same way."
    return f"They move {'the same way' if same > opposite else 'opposite ways'} more often than chance would explain."


def _move(line: Line, was: float, is_now: float) -> int:
    decimals = line.view.indicator.decimals
    before, after = formats.rounded(was, decimals), formats.rounded(is_now, decimals)
    return (after > before) - (after < before)


def _in_sentence(line: Line) -> str:
    return f"{line.name} ({formats.unit_name(line.view.indicator).lower()})"
