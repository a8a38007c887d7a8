"""What the register says of the cycle: concerns found again although they were answered, and loops that never closed.

Refuses to close a loop because it was carried out: it says where each broke.
"""

import html
from collections.abc import Sequence

from hscb_qa import formats
from hscb_qa.learning.cycle import Cycle, Line
from hscb_qa.learning.repeats import Repeat
from hscb_qa.screen.cycle import entry_html
from hscb_qa.screen.names import agency_names
from hscb_qa.sentences import recommendations as told
from hscb_qa.views import OpenEdition


def loops_html(edition: OpenEdition, cycle: Cycle, agency: str | None, area: str | None) -> str:
    """What was found again, then the lines that broke; of one agency or area where it is named."""
    return _repeats_html(edition, _repeats_of(cycle, agency, area)) + _loops_html(edition, _loops_of(cycle, agency, area))


def _repeats_of(cycle: Cycle, agency: str | None, area: str | None) -> list[Repeat]:
    return [one for one in cycle.repeats if (not agency or agency in one.agencies) and (not area or area in one.areas)]


def _repeats_html(edition: OpenEdition, repeats: Sequence[Repeat]) -> str:
    items = "".join(_repeat_html(edition, one) for one in repeats)
    nothing = "<p class='hscb-note'>No concern was found twice in the same area and agency.</p>"
    body = f"<ul class='hscb-loops'>{items}</ul>" if items else nothing
    return f"<h2 class='hscb-section' id='repeats'>Found again: {len(repeats)}</h2>{body}"


def _repeat_html(edition: OpenEdition, one: Repeat) -> str:
    areas, agencies = edition.framework.area_titles, agency_names(edition.framework)
    names = [areas.get(area, area) for area in one.areas], [agencies.get(agency, agency) for agency in one.agencies]
    found = "".join(f"<li>{formats.day(on)}: {entry_html(finding)}</li>" for finding, on in zip(one.findings, one.days, strict=True))
    completed = "".join(f"<li>{entry_html(recommendation)}</li>" for recommendation in one.completed_before)
    before = f"<p class='hscb-before'>{html.escape(told.completed_before_in_words(one))}</p>{f'<ul>{completed}</ul>' if completed else ''}"
    return f"<li><b>{html.escape(told.repeat_in_words(one, names))}</b><ul>{found}</ul>{before}</li>"


def _loops_of(cycle: Cycle, agency: str | None, area: str | None) -> list[Line]:
    return [one for one in cycle.open_loops if (not agency or agency in _agencies(one)) and (not area or area in _areas(one))]


def _agencies(line: Line) -> tuple[str, ...]:
    return (line.followed.recommendation.agency,) if line.followed else line.finding.agencies if line.finding else ()


def _areas(line: Line) -> tuple[str, ...]:
    return (line.followed.recommendation.area,) if line.followed else line.finding.areas if line.finding else ()


def _loops_html(edition: OpenEdition, loops: Sequence[Line]) -> str:
    """The lines that broke, the oldest first, each with where."""
    items = "".join(_loop_html(edition, one) for one in loops)
    body = f"<ol class='hscb-loops'>{items}</ol>" if items else "<p class='hscb-note'>Every loop is closed or still within its time.</p>"
    return f"<h2 class='hscb-section' id='loops'>Loops not closed: {len(loops)}</h2>{body}"


def _loop_html(edition: OpenEdition, line: Line) -> str:
    names = agency_names(edition.framework)
    whose = formats.join([names.get(one, one) for one in _agencies(line)])
    entry = line.followed.recommendation if line.followed else line.finding
    assert entry is not None
    return (
        f"<li>{entry_html(entry)} <small>{html.escape(whose)}, since {formats.day(line.began)}</small>"
        f"<br><span class='hscb-broke'><span aria-hidden='true'>✗</span> {html.escape(told.breaks_in_words(line))}</span></li>"
    )
