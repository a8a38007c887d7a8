"""A briefing to HTML: the body that stands on a page, and a file of its own that needs nothing else and prints on one sheet of A4.

Every text is escaped and cut to whole sentences, so that it fits. Refuses to go without saying that it is invented, where it is.
"""

import html
from collections.abc import Iterable
from dataclasses import dataclass

from hscb_qa.definitions import Framework
from hscb_qa.learning import Finding
from hscb_qa.learning.briefing import Briefing, in_short
from hscb_qa.learning.recommendations import Followed
from hscb_qa.sentences import briefings as told

_LONG, _SHORT = 200, 150  # characters of a text that fit
_STYLE = """
@page { size: A4 portrait; margin: 12mm 13mm; }
body { font: 10.5pt/1.33 Arial, 'Liberation Sans', sans-serif; color: #0B0C0C; background: #FFFFFF; }
body { max-width: 180mm; margin: 0 auto; padding: 1rem; }
h1 { font-size: 17pt; line-height: 1.15; margin: 0 0 .1rem; color: #12436D; }
h2 { font-size: 12.5pt; margin: .55rem 0 .2rem; padding-bottom: .1rem; color: #12436D; border-bottom: 2px solid #12436D; }
h3 { font-size: 10.5pt; margin: .25rem 0 0; }
p { margin: .1rem 0 .25rem; } ul { margin: .1rem 0 .25rem; padding-left: 1.1rem; } li { margin: 0 0 .2rem; break-inside: avoid; }
small { color: #3D3D3D; font-size: 9pt; font-weight: 400; }
.invented { background: #FFDD00; padding: .15rem .6rem; font-weight: 700; }
.about { color: #3D3D3D; } .share { border-left: 6px solid #12436D; background: #F1F5F9; padding: .35rem .7rem; margin: .5rem 0 0; }
@media print { body { padding: 0; max-width: none; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


@dataclass(frozen=True)
class Names:
    """The words for what a briefing names by id: its own area, the agencies, and the framework for indicators and board."""

    area: str
    agencies: dict[str, str]
    framework: Framework


def briefing_page(page: Briefing, names: Names, *, illustrative: bool) -> bytes:
    """The briefing as a file of its own: HTML in UTF-8, with its style inside."""
    title = html.escape(told.briefing_title(names.area))
    return (
        f"<!DOCTYPE html>\n<html lang='en-GB'><head><meta charset='utf-8'><title>{title}</title>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<style>{_STYLE}</style></head><body>{briefing_html(page, names, illustrative=illustrative)}</body></html>\n"
    ).encode()


def briefing_html(page: Briefing, names: Names, *, illustrative: bool) -> str:
    """The briefing as a piece of HTML with one heading of the first level, four of the second."""
    invented = told.invented(illustrative=illustrative)
    notice = f"<p class='invented' role='note'>{html.escape(invented)}</p>" if invented else ""
    good = _found("Good practice", page.good_practice, told.NO_GOOD_PRACTICE)
    sections = {
        told.HEARD: "".join(_heard(page, who) for who in page.heard),
        told.FOUND: _found("Concerns", page.concerns, told.NO_CONCERN) + good,
        told.CHANGES: _changes([*page.changes, *page.changed], names),
        told.AGAIN: _again(page, names),
    }
    return (
        f"{notice}<h1>{html.escape(told.briefing_title(names.area))}</h1>"
        f"<p class='about'>{html.escape(told.dated(page, names.framework.board.name))}</p>"
        f"{''.join(_section(title, body) for title, body in sections.items())}"
        f"<p class='share'>{html.escape(told.SHARE)}</p>"
    )


def file_name(page: Briefing, *, illustrative: bool) -> str:
    """A name for the file that says what it is and of which day."""
    return f"{'illustrative_' if illustrative else ''}briefing_{page.area}_{page.on.isoformat()}.html"


def _section(title: str, body: str) -> str:
    return f"<section><h2>{html.escape(title)}</h2>{body}</section>"


def _heard(page: Briefing, who: str) -> str:
    one, name = page.heard[who], html.escape(told.who_in_words(who))
    if one is None:
        return f"<h3>{name}</h3><p>{html.escape(told.not_heard(who))}</p>"
    return f"<h3>{name} <small>{html.escape(told.heard_how(one))}</small></h3><p>{html.escape(in_short(one.words, _LONG))}</p>"


def _found(title: str, findings: Iterable[Finding], nothing: str) -> str:
    items = [html.escape(in_short(one.text, _SHORT)) for one in findings]
    return f"<h3>{title}</h3>{_list(items, nothing)}"


def _changes(changes: Iterable[Followed], names: Names) -> str:
    items = [
        f"{html.escape(in_short(one.recommendation.text, _SHORT))} "
        f"<small>{html.escape(told.change_in_words(one, names.agencies.get(one.recommendation.agency, one.recommendation.agency)))}</small>"
        for one in changes
    ]
    return _list(items, told.NO_CHANGE)


def _again(page: Briefing, names: Names) -> str:
    signals = [told.again_in_words(one, names.framework.indicators.get(one.indicator)) for one in page.again]
    exercises = [told.exercise_in_words(one) for one in page.exercises]
    return _list([html.escape(one) for one in [*signals, *exercises]], told.NOTHING_AGAIN)


def _list(items: list[str], nothing: str) -> str:
    return f"<ul>{''.join(f'<li>{one}</li>' for one in items)}</ul>" if items else f"<p>{html.escape(nothing)}</p>"
