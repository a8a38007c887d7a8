"""Up to four series set together: which they are, as short texts for an address, and each as a view with a name of its own.

Refuses a series that the edition does not have, and tells which of a list it dropped and why.
"""

from dataclasses import dataclass, replace
from datetime import date

from hscb_qa.definitions import Indicator
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.indicator import IndicatorView, indicator_view

MOST_TOGETHER = 4
_PARTS = 4


@dataclass(frozen=True)
class SeriesName:
    """One series by ids: an indicator, an agency or none, a geography or none (the board's own), a part or none."""

    indicator: str
    agency: str = ""
    geography: str = ""
    breakdown: str = ""

    @property
    def text(self) -> str:
        """As it stands in an address; what is empty at its end is left out.

        >>> SeriesName("referrals_rate", geography="E09000009").text
        'referrals_rate||E09000009'
        """
        return "|".join((self.indicator, self.agency, self.geography, self.breakdown)).rstrip("|")

    @classmethod
    def read(cls, text: str) -> "SeriesName":
        """The series an address names; parts it leaves out are empty.

        >>> SeriesName.read("referrals_rate|police")
        SeriesName(indicator='referrals_rate', agency='police', geography='', breakdown='')
        """
        parts = text.split("|")[:_PARTS]
        return cls(*parts, *[""] * (_PARTS - len(parts)))


@dataclass(frozen=True)
class Line:
    """A series of several: the name that tells it from the others, and its view, without comparators."""

    name: str
    view: IndicatorView


@dataclass(frozen=True)
class TogetherView:
    """Up to four series, the first one the board chose. `edition` and `illustrative` are those of every one of them."""

    lines: tuple[Line, ...]

    @property
    def share_unit(self) -> bool:
        """Whether all are counted in one unit, so that one scale of value can hold them."""
        return len({line.view.indicator.unit for line in self.lines}) == 1

    @property
    def share_basis(self) -> bool:
        """Whether all stand on one basis."""
        return len({line.view.basis for line in self.lines}) == 1

    @property
    def share_indicator(self) -> bool:
        """Whether all are figures of one indicator."""
        return len({line.view.indicator.id for line in self.lines}) == 1

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which any has a point; None where none has."""
        ends = [point.ends for line in self.lines for point in line.view.points]
        return (min(ends), max(ends)) if ends else None


@dataclass(frozen=True)
class Pair:
    """A period of which the first two series both have a number."""

    label: str
    ends: date
    across: float
    up: float


def pairs_of(view: TogetherView) -> tuple[Pair, ...]:
    """The periods that end on the same day in the first two series and of which both have a number, oldest first.

    None where the two stand on different bases, since a quarter and a year are not one period.
    """
    across, up = (line.view for line in view.lines[:2])
    if across.basis != up.basis:
        return ()
    others = {point.ends: point.value for point in up.points}
    return tuple(
        Pair(point.label, point.ends, point.value, other)
        for point in across.points
        if point.value is not None and (other := others.get(point.ends)) is not None
    )


def series_beside(edition: OpenEdition, view: IndicatorView) -> dict[str, str]:
    """Every series that can be set beside a view, by its text, as people read it.

    First the same indicator: its agencies, its parts, other places; then every other indicator of the board's own place.
    """
    indicator, framework = view.indicator, edition.framework
    own = SeriesName(indicator.id, view.agency, "", view.breakdown)
    names = [
        SeriesName(indicator.id),
        *(SeriesName(indicator.id, agency=agency) for agency in _agencies(edition, indicator)),
        *(SeriesName(indicator.id, breakdown=part) for part in _parts_of(edition, indicator)),
        *(SeriesName(indicator.id, geography=code) for code in _places_of(edition, indicator)),
        *(SeriesName(one.id) for one in sorted(framework.indicators.values(), key=lambda one: one.name) if one.id != indicator.id),
    ]
    return {name.text: _label(edition, name, indicator) for name in names if name != own and _has_figures(edition, name)}


def read_series(edition: OpenEdition, texts: list[str], view: IndicatorView) -> tuple[tuple[SeriesName, ...], tuple[str, ...]]:
    """The series an address names beside a view, each once and no more than go together; and the texts that were dropped."""
    own = SeriesName(view.indicator.id, view.agency, "", view.breakdown)
    kept: list[SeriesName] = []
    dropped: list[str] = []
    for text in dict.fromkeys(texts):
        name = SeriesName.read(text)
        fits = name not in (own, *kept) and len(kept) < MOST_TOGETHER - 1 and name.text == text and _has_figures(edition, name)
        (kept if fits else dropped).append(name if fits else text)  # type: ignore[arg-type]
    return tuple(kept), tuple(dropped)


def together_view(edition: OpenEdition, view: IndicatorView, beside: tuple[SeriesName, ...], selection: Selection) -> TogetherView:
    """A view with the series beside it, each on the view's basis where it has that, else on its own first one."""
    own = SeriesName(view.indicator.id, view.agency, "", view.breakdown)
    names = (own, *beside)
    views = [replace(view, comparisons=()), *(_view(edition, name, selection, view) for name in beside)]
    return TogetherView(tuple(Line(_short(edition, name, names), one) for name, one in zip(names, views, strict=True)))


def _view(edition: OpenEdition, name: SeriesName, selection: Selection, beside: IndicatorView) -> IndicatorView:
    chosen = replace(selection, comparators=(), basis=beside.basis, agency=name.agency or None, breakdown=name.breakdown or None)
    return replace(indicator_view(edition, name.indicator, chosen, name.geography or None), comparisons=())


def _short(edition: OpenEdition, name: SeriesName, among: tuple[SeriesName, ...]) -> str:
    """What tells a series from the others: the indicator where they differ in it, and whose figure it is where they differ in that."""
    indicator = edition.framework.indicators[name.indicator].short_name
    if len({one.indicator for one in among}) == 1:
        return _whose(edition, name)
    return indicator if name == SeriesName(name.indicator) else f"{indicator}: {_whose(edition, name)}"


def _label(edition: OpenEdition, name: SeriesName, beside: Indicator) -> str:
    """How people read a series: whose figure it is where the indicator is the one shown, else which indicator."""
    return _whose(edition, name) if name.indicator == beside.id else edition.framework.indicators[name.indicator].name


def _whose(edition: OpenEdition, name: SeriesName) -> str:
    framework = edition.framework
    whose = framework.agencies[name.agency].short_name if name.agency else edition.places[name.geography or framework.board.geography]
    part = framework.returns.labels.get(name.breakdown, "")
    return f"{whose}, {part}" if part and name.agency else part or whose


def _has_figures(edition: OpenEdition, name: SeriesName) -> bool:
    return (name.indicator, name.geography or edition.framework.board.geography, name.agency, name.breakdown) in edition.bases and (
        name.geography != edition.framework.board.geography
    )


def _agencies(edition: OpenEdition, indicator: Indicator) -> list[str]:
    return [agency for agency in edition.framework.agencies if indicator.returned and agency in indicator.returned.agencies]


def _parts_of(edition: OpenEdition, indicator: Indicator) -> list[str]:
    return [part for one in (indicator.returned.breakdowns if indicator.returned else ()) for part in edition.framework.returns.texts(one)]


def _places_of(edition: OpenEdition, indicator: Indicator) -> list[str]:
    codes = {key[1] for key in edition.bases if key[0] == indicator.id} - {edition.framework.board.geography}
    return sorted(codes, key=lambda code: edition.places[code])
