"""A series as a picture the size of a word: its line, its mean, and the last point marked by what it means."""

from datetime import date
from itertools import pairwise

from hscb_qa.figures.marks import GREY, OWN_COLOUR, mark_svg, signal_shape
from hscb_qa.views import IndicatorView, Point

_WIDTH, _HEIGHT = 116, 32
_EDGE = 7  # room for the mark at the last point
_RECENT = 24  # as many points as can be told apart


def sparkline_svg(view: IndicatorView) -> str:
    """The newest points as SVG without script: broken at gaps and breaks, hidden from screen readers. Empty where none has a value."""
    points = view.points[-_RECENT:]
    shown = [point for point in points if point.value is not None]
    if not shown:
        return ""
    scale = _Scale(view, points)
    body = "".join(_mean_lines(view, points, scale)) + "".join(_stretch(one, scale) for one in _stretches(view, points)) + _end(view, scale)
    size = f"width='{_WIDTH}' height='{_HEIGHT}' viewBox='0 0 {_WIDTH} {_HEIGHT}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size} aria-hidden='true' focusable='false'>{body}</svg>"


class _Scale:
    """Where days and values stand in the picture."""

    def __init__(self, view: IndicatorView, points: tuple[Point, ...]) -> None:
        values = [point.value for point in points if point.value is not None] + [mean for _, mean in _means(view, points)]
        self._low, self._high = min(values), max(values)
        self._first, self._days = points[0].ends, (points[-1].ends - points[0].ends).days or 1

    def x(self, day: date) -> float:
        return _EDGE + (day - self._first).days / self._days * (_WIDTH - 2 * _EDGE)

    def y(self, value: float) -> float:
        share = (value - self._low) / (self._high - self._low) if self._high > self._low else 0.5
        return _HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE)

    def at(self, point: Point) -> tuple[float, float]:
        assert point.value is not None
        return self.x(point.ends), self.y(point.value)


def _means(view: IndicatorView, points: tuple[Point, ...]) -> list[tuple[Point, float]]:
    limits = view.control.limits if view.control else {}
    return [(point, limits[point.period].mean) for point in points if point.period in limits]


def _mean_lines(view: IndicatorView, points: tuple[Point, ...], scale: _Scale) -> list[str]:
    """A thin line at the mean between points that follow each other with the same one."""
    means = {point.period: mean for point, mean in _means(view, points)}
    level = [(a, b) for a, b in pairwise(points) if a.period in means and means[a.period] == means.get(b.period)]
    return [
        f"<path d='M{scale.x(a.ends):.1f} {scale.y(means[a.period]):.1f}H{scale.x(b.ends):.1f}' stroke='{GREY}' stroke-width='1'/>"
        for a, b in level
    ]


def _stretches(view: IndicatorView, points: tuple[Point, ...]) -> list[list[Point]]:
    """Points that a line may join: none lies across a gap or a break of the definition."""
    stretches: list[list[Point]] = [[]]
    for point in points:
        if point.value is None or point.period in view.breaks_before:
            stretches.append([])
        if point.value is not None:
            stretches[-1].append(point)
    return [stretch for stretch in stretches if stretch]


def _stretch(points: list[Point], scale: _Scale) -> str:
    if len(points) == 1:
        x, y = scale.at(points[0])
        return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='1.5' fill='{OWN_COLOUR}'/>"
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(scale.at, points))
    return f"<polyline points='{corners}' fill='none' stroke='{OWN_COLOUR}' stroke-width='2' stroke-linejoin='round'/>"


def _end(view: IndicatorView, scale: _Scale) -> str:
    """The mark at the latest point: its special cause's shape, else a dot; none where it has no number."""
    if view.latest is None or view.latest.value is None:
        return ""
    x, y = scale.at(view.latest)
    if view.signal:
        return mark_svg(signal_shape(view.signal), x, y, 5)
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3' fill='{OWN_COLOUR}'/>"
