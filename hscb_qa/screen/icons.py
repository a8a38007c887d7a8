"""Small pictures beside words: what a chart says of the latest figure, whether a target will be met, and a figure's recent course.

Streamlit takes SVG out of a page's HTML, so a picture comes as an image whose address is its own content. Refuses to stand alone: a picture
has no text of its own, and the words beside it say everything that it shows.
"""

import html
from urllib.parse import quote

from hscb_qa import figures, sentences
from hscb_qa.screen.drawing import theme
from hscb_qa.views import IndicatorView
from hscb_qa.views.signals import Judgement

_WIDTH, _HEIGHT = 44, 28
_LINE, _TARGET, _GOOD, _BAD = "#12436D", "#9B1C1C", "#1D70B8", "#B84A0E"
_BAND = "#C9D3DF"
_TICK = "M31 14l3.5 4 6-9"
_CROSS = "M32 9l8 9M40 9l-8 9"
_COURSES = {"high": "M3 17l7-3 7 4 7-3 12-9", "low": "M3 11l7 3 7-4 7 3 12 9"}


def judgement_html(view: IndicatorView) -> str:
    """What the control chart says of the latest figure and of the target, as icons with words.

    The indicator's mark goes with them where the chart does not judge, or where another basis is watched.
    """
    kind, words = sentences.variation(view)
    told = [_item(_variation(view), words)] if kind != "none" else []
    if assurance := sentences.assurance(view):
        told.append(_item(_assurance(assurance[0], view.indicator.polarity), assurance[1]))
    if kind == "none" or (view.watch and view.watch.basis != view.basis and not view.breakdown):
        told.append(mark_html(view))
    return f"<div class='hscb-icons'>{''.join(told)}</div>"


def mark_html(view: IndicatorView) -> str:
    """The sign and the words for the state of an indicator; shape and word first, colour second."""
    return f"<p class='hscb-mark'>{sign_html(view)} {html.escape(sentences.mark(view)[1])}</p>"


def sign_html(view: IndicatorView) -> str:
    """An indicator's sign: on a diamond where it is of concern, on a square where it is an improvement, bare where it is neither."""
    return f"<span class='hscb-sign hscb-{sentences.mark_kind(view)}' aria-hidden='true'>{html.escape(sentences.mark(view)[0])}</span>"


def sparkline_html(view: IndicatorView) -> str:
    """The recent course of a figure; nothing where no figure is shown."""
    drawn = figures.sparkline_svg(view)
    return _image(drawn, "hscb-spark") if drawn else ""


def shape_html(judgement: Judgement) -> str:
    """The shape by which charts mark a judgement."""
    return _image(_svg(figures.mark_svg(figures.shape_of(judgement), 10, 10, 6.5), 20, 20), "hscb-shape")


def _item(picture: str, words: str) -> str:
    return f"<p>{picture}<span>{html.escape(words)}</span></p>"


def _variation(view: IndicatorView) -> str:
    """The usual range as a band, and a line that stays in it or leaves it towards the side of the special cause."""
    signal = view.signal
    if signal is None:
        return _image(_svg(_band(6, 16) + _stroke("M3 15l6-4 6 6 6-6 6 6 6-6 5 3", _LINE)))
    mark = figures.mark_svg(figures.shape_of(signal.judgement, signal.side), 36, 6 if signal.side == "high" else 22, 5)
    return _image(_svg(_band(9, 10) + _stroke(_COURSES[signal.side], _LINE) + mark))


def _assurance(kind: str, polarity: str) -> str:
    """The target as a line and the usual range on the side where it lies, with a tick or a cross; across it where chance decides."""
    if kind == "hit or miss":
        return _image(_svg(_band(5, 18) + _target(14)))
    lies_above = (kind == "passes") == (polarity == "higher")
    sign = _stroke(_TICK, _GOOD) if kind == "passes" else _stroke(_CROSS, _BAD)
    return _image(_svg(_band(4, 9, 26) + _target(21) + sign if lies_above else _band(15, 9, 26) + _target(7) + sign))


def _band(top: int, height: int, width: int = 38) -> str:
    return f"<rect x='3' y='{top}' width='{width}' height='{height}' fill='{_BAND}'/>"


def _target(y: int) -> str:
    return f"<path d='M3 {y}H41' stroke='{_TARGET}' stroke-width='2' stroke-dasharray='6 3'/>"


def _stroke(path: str, colour: str) -> str:
    return f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='2.5' stroke-linecap='round' stroke-linejoin='round'/>"


def _svg(body: str, width: int = _WIDTH, height: int = _HEIGHT) -> str:
    size = f"width='{width}' height='{height}' viewBox='0 0 {width} {height}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size} aria-hidden='true'>{body}</svg>"


def _image(svg: str, kind: str = "hscb-icon") -> str:
    return f'<img class="{kind}" alt="" src="data:image/svg+xml,{quote(figures.in_theme(svg, theme()))}">'
