"""The improvement cycle on a page: one line of stages from an exercise to what was found again, and the ways from any entry on and back.

Every entry that stands on a page of its own is a link to it. Refuses to hide a stage because it is empty: that is where lines break.
"""

import html
from collections.abc import Iterable

from hscb_qa import formats
from hscb_qa.learning import Entry, Evidence, Exercise, Finding, Recommendation, Step, words
from hscb_qa.learning.briefing import in_short
from hscb_qa.learning.cycle import Cycle, Line, Stage
from hscb_qa.screen.choices import address, indicator_address, link
from hscb_qa.sentences import recommendations as told
from hscb_qa.views import LearningView

PAGE = "recommendations"
_LONGEST = 110  # characters of an entry's text in a stage


def cycle_of(view: LearningView) -> Cycle:
    """The cycle of an edition, as of its day."""
    return Cycle(view.learning, view.today, {name: effect.state for name, effect in view.effects.items()})


def entry_address(entry: Entry) -> str:
    """Where an entry stands in full; a step stands with its recommendation. Empty for one that has no page."""
    if isinstance(entry, Step):
        return address(PAGE, recommendation=entry.recommendation)
    if isinstance(entry, Evidence):
        return f"{address('evidence', area=entry.areas[0])}#evidence-{entry.id}"
    pages = {"exercise": "timetable", "finding": PAGE, "recommendation": PAGE}
    return address(pages[entry.KIND], **{entry.KIND: entry.id}) if entry.KIND in pages else ""


def entry_words(entry: Entry) -> str:
    """An entry in a few words, with its day where it has one."""
    if isinstance(entry, Exercise):
        return entry.title
    if isinstance(entry, Evidence):
        return f"{entry.title}, {formats.day(entry.on)}"
    if isinstance(entry, Finding | Recommendation):
        return in_short(entry.text, _LONGEST)
    if isinstance(entry, Step):
        reach = f" ({words(entry.reach)})" if entry.reach else ""
        return f"{formats.day(entry.on)}: {in_short(entry.text, _LONGEST)}{reach}"
    return entry.id


def entry_html(entry: Entry) -> str:
    """An entry in a few words as a link to where it stands in full; a step of a re-audit with the evidence it names."""
    href = entry_address(entry)
    return link(href, entry_words(entry)) if href else html.escape(entry_words(entry))


def ways_html(cycle: Cycle, entry: Entry) -> str:
    """What an entry came from and what followed from it, as links both ways; nothing where it stands alone."""
    parts = {"Came from": cycle.leading_to(entry), "Led to": cycle.following(entry)}
    items = "".join(f"<li><b>{title}:</b> {_joined(entries)}</li>" for title, entries in parts.items() if entries)
    return f"<ul class='hscb-both-ways'>{items}</ul>" if items else ""


def line_html(cycle: Cycle, line: Line, here: Entry) -> str:
    """A line as a row of stages in their order, each with its entries; what is shown already (`here`) is no link."""
    stages = "".join(_stage_html(cycle, line, one, here) for one in line.stages)
    broken = " hscb-broken" if line.breaks else ""
    return (
        f"<p class='hscb-line-state{broken}'>{html.escape(told.line_state_in_words(line))}</p>"
        f"<ol class='hscb-line' aria-label='From what was found to whether it changed'>{stages}</ol>"
    )


def _stage_html(cycle: Cycle, line: Line, stage: Stage, here: Entry) -> str:
    sign, state = told.stage_mark(stage.state)
    entries = "".join(f"<p>{_in_stage(cycle, line, stage, one, here)}</p>" for one in stage.entries)
    why = html.escape(told.stage_in_words(line, stage))
    return (
        f"<li class='hscb-stage hscb-stage-{stage.state}'><h3><span aria-hidden='true'>{sign}</span> {told.STAGE_TITLES[stage.kind]}"
        f"<span class='hscb-unseen'>: {state}</span></h3>{entries}{f'<p class={_WHY}>{why}</p>' if why else ''}</li>"
    )


_WHY = "'hscb-why'"


def _in_stage(cycle: Cycle, line: Line, stage: Stage, entry: Entry, here: Entry) -> str:
    if stage.kind == "measured" and isinstance(entry, Recommendation) and entry.expects:
        is_quiet = line.followed is not None and line.followed.effect == "no_concern"
        return link(indicator_address(entry.expects.indicator), "No concern since" if is_quiet else "The signal has come")
    if entry == here:
        return "<b aria-current='true'>You are here</b>"
    if isinstance(entry, Step):
        own = line.followed is not None and here == line.followed.recommendation
        text = f"<a href='#step-{entry.id}'>{html.escape(entry_words(entry))}</a>" if own else entry_html(entry)
        return " ".join([text, *(f"<br>{entry_html(one)}" for one in cycle.following(entry))])
    return entry_html(entry)


def _joined(entries: Iterable[Entry]) -> str:
    return "; ".join(entry_html(one) for one in entries)
