"""The register of recommendations on the screen: how many, which are late, whose, what came of them, and what waits.

Refuses to hide a group because it is empty, and to order agencies by how they do: they stand in the order of the framework.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from hscb_qa import exports, figures, formats, tables
from hscb_qa.learning import recommendations as learnt
from hscb_qa.learning.recommendations import Followed, Group
from hscb_qa.periods import months_after
from hscb_qa.screen import choices, frame
from hscb_qa.screen.challenges import unanswered_html
from hscb_qa.screen.choices import address, link
from hscb_qa.screen.cycle import PAGE, cycle_of
from hscb_qa.screen.drawing import draw_figure
from hscb_qa.screen.loops import loops_html
from hscb_qa.screen.names import agency_names
from hscb_qa.sentences import effects
from hscb_qa.sentences import recommendations as told
from hscb_qa.views import LearningView, OpenEdition

_NEXT_MONTHS = 3
_ALL = "all"
_OPEN_AT_FIRST: tuple[Group, ...] = ("overdue", "due", "found_again", "no_effect")
_HEADS = ("Recommendation", "Agency and owner", "Area", "How it stands", "Effect", "SMART")
_TALLY_HEADS = (
    "Open",
    "Overdue",
    "Completed",
    "of them late",
    "Effect seen",
    "Effect not seen",
    "No concern since",
    "Found again",
    "Effect not known",
)


def follow(view: LearningView, agency: str | None = None, area: str | None = None) -> tuple[Followed, ...]:
    """The recommendations of an edition as they stood on its day, of one agency or area where it is named."""
    states = {name: effect.state for name, effect in view.effects.items()}
    return learnt.chosen(learnt.follow(view.learning, view.today, states), agency, area)


def draw_register(edition: OpenEdition, view: LearningView, agency: str | None) -> None:
    """The whole page: the line on top, the groups, by agency and area, what was found again, how long it takes, loops not closed."""
    followed = follow(view, agency)
    until = months_after(view.today, _NEXT_MONTHS)
    below = told.overview_in_words(learnt.tally(followed), len(learnt.due_next(followed, view.today, _NEXT_MONTHS)), until)
    frame.draw_heading(edition, "Recommendations", _above(edition, view, agency), below)
    if not view.learning.recommendations and not view.learning.findings:
        frame.draw_empty("The Board has entered no finding and no recommendation yet, or nobody has approved one for this file.")
        st.html(unanswered_html(edition, view, agency))
        return
    area = _choose_area(edition, view)
    shown = learnt.chosen(followed, area=area)
    st.html(_tiles_html(shown, view.today) + _shares_html(shown, view.today))
    for group, held in learnt.grouped(shown).items():
        st.html(_group_html(edition, group, held))
    _draw_by(edition, shown)
    _draw_times(view, shown)
    st.html(unanswered_html(edition, view, agency, area) + loops_html(edition, cycle_of(view), agency, area))
    _draw_download(edition, shown)


def draw_area_actions(edition: OpenEdition, view: LearningView, area: str) -> None:
    """What is asked and done about an area: its open recommendations, the overdue first, and how the completed ones ended."""
    st.html(area_actions_html(edition, view, area) or "<p>No recommendation about this area is recorded in this edition.</p>")


def area_actions_html(edition: OpenEdition, view: LearningView, area: str) -> str:
    """The same as a piece of HTML; empty where none is recorded."""
    followed = follow(view, area=area)
    if not followed:
        return ""
    way = link(address(PAGE, in_area=area), "All about this area")
    briefing = link(address(PAGE, briefing=area), "Briefing for frontline teams")
    return f"{_short_list_html(edition, followed, of_agency=False)}<p class='hscb-way'>{way} {briefing}</p>"


def agency_actions_html(edition: OpenEdition, view: LearningView, agency: str) -> str:
    """An agency's open recommendations, the overdue first, with the way to all of them."""
    followed = follow(view, agency)
    if not followed:
        return ""
    way = link(address(PAGE, agency=agency), "All its recommendations")
    return f"{_short_list_html(edition, followed, of_agency=True)}<p class='hscb-way'>{way}</p>"


def _short_list_html(edition: OpenEdition, followed: Sequence[Followed], *, of_agency: bool) -> str:
    """Open ones each in a line, and how many are completed; beside an agency's stands the area, beside an area's the agency."""
    count = learnt.tally(followed)
    items = "".join(_short_item(edition, one, of_agency=of_agency) for one in followed if one.completed_on is None)
    ended = html.escape(told.ended_in_words(count))
    note = f"<p class='hscb-note'>{ended}</p>" if ended else ""
    open_ones = f"<ul class='hscb-to-do'>{items}</ul>" if items else ""
    return f"<p>{html.escape(told.in_short_words(count.open, count.overdue))}</p>{open_ones}{note}"


def _short_item(edition: OpenEdition, one: Followed, *, of_agency: bool) -> str:
    asked, names = one.recommendation, edition.framework
    whose = names.area_titles.get(asked.area, asked.area) if of_agency else agency_names(names).get(asked.agency, asked.agency)
    effect = f" {effect_html(one)}" if one.effect else ""
    return f"<li>{_link(one)} <small>{html.escape(whose)}, {html.escape(asked.owner)}</small><br>{standing_html(one)}{effect}</li>"


def standing_html(one: Followed) -> str:
    """How a recommendation stands, by sign, word and colour."""
    sign, kind = told.standing_mark(one)
    return (
        f"<span class='hscb-standing hscb-{kind}'><span aria-hidden='true'>{sign}</span> {html.escape(told.standing_in_words(one))}</span>"
    )


def effect_html(one: Followed) -> str:
    """What came of a recommendation, by sign, word and colour; first that the same was found again."""
    marks = [mark for mark in (effects.found_again_mark(one), effects.effect_mark(one)) if mark]
    return " ".join(_marked(sign, f"hscb-effect-{kind}", words) for sign, kind, words in marks)


def _marked(sign: str, look: str, words: str) -> str:
    return f"<span class='hscb-standing {look}'><span aria-hidden='true'>{sign}</span> {html.escape(words)}</span>"


def _above(edition: OpenEdition, view: LearningView, agency: str | None) -> str:
    of = f" of {agency_names(edition.framework).get(agency, agency)}" if agency else ""
    return f"Learning and improvement{of}, as of {formats.day(view.today)}"


def _choose_area(edition: OpenEdition, view: LearningView) -> str | None:
    """The area that the viewer chose; None for all. The choice stays whichever agency is chosen."""
    there = {one.area for one in view.learning.recommendations} | {area for one in view.learning.findings for area in one.areas}
    areas = {area: name for area, name in edition.framework.area_titles.items() if area in there}
    with st.container(width=420):
        chosen = choices.choose_one("Area", {_ALL: "All areas", **areas}, "in_area", _ALL)
    return None if chosen == _ALL else chosen


def _tiles_html(shown: Sequence[Followed], today: date) -> str:
    """How many there are of each group, large, with the way to it; each recommendation is counted in one, but for those due soon."""
    count = learnt.tally(shown)
    tiles = [
        ("overdue", count.overdue, "overdue", "late" if count.overdue else "quiet"),
        ("due", count.open - count.overdue, "open, within their time", "quiet"),
        ("due", len(learnt.due_next(shown, today, _NEXT_MONTHS)), f"of these due in the next {_NEXT_MONTHS} months", "quiet"),
        ("effect", count.effect_seen, "completed, effect seen", "quiet"),
        ("no_concern", count.no_concern, "completed, no concern since", "quiet"),
        ("no_effect", count.effect_not_seen, "completed, effect not seen", "concern" if count.effect_not_seen else "quiet"),
        ("found_again", count.found_again, "completed, found again", "concern" if count.found_again else "quiet"),
        ("effect_unknown", count.effect_unknown, "completed, effect not known", "quiet"),
    ]
    items = [_tile_html(*one) for one in tiles]
    return f"<ul class='hscb-tiles'>{''.join(items)}</ul>"


def _tile_html(group: str, number: int, words: str, kind: str) -> str:
    return f"<li class='hscb-tile-{kind}'><a href='#group-{group}'><b>{number}</b> {words}</a></li>"


def _shares_html(shown: Sequence[Followed], today: date) -> str:
    """The shares that the key questions ask for, each with its two numbers."""
    facts = {
        "On time": told.share_in_words(learnt.on_time(shown, today), "whose day has passed completed in time"),
        "SMART": told.smart_in_words(learnt.smart([one.recommendation for one in shown])),
        "Without evidence": told.counted(len(learnt.completed_without_evidence(shown)), "completed one"),
        "Never passed on to frontline teams": told.counted(len(learnt.never_passed_on(shown)), "completed one"),
    }
    items = "".join(f"<li><b>{name}:</b> {html.escape(words)}</li>" for name, words in facts.items())
    return f"<ul class='hscb-facts'>{items}</ul>"


def _group_html(edition: OpenEdition, group: Group, held: Sequence[Followed]) -> str:
    title = told.GROUP_TITLES[group]
    if not held:
        return f"<h2 class='hscb-section' id='group-{group}'>{title}: 0</h2><p class='hscb-note'>{told.GROUP_EMPTY[group]}</p>"
    opened = " open" if group in _OPEN_AT_FIRST else ""
    heading = f"<summary><h2 class='hscb-section' id='group-{group}'>{title}: {len(held)}</h2></summary>"
    return f"<details class='hscb-register-group'{opened}>{heading}{_table_html(edition, title, held)}</details>"


def _table_html(edition: OpenEdition, caption: str, held: Iterable[Followed]) -> str:
    heads = "".join(f"<th scope='col'>{name}</th>" for name in _HEADS)
    rows = "".join(_row_html(edition, one) for one in held)
    return (
        f"<table class='hscb-register'><caption class='hscb-unseen'>{caption}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row_html(edition: OpenEdition, one: Followed) -> str:
    asked, framework = one.recommendation, edition.framework
    agency, area = agency_names(framework).get(asked.agency, asked.agency), framework.area_titles.get(asked.area, asked.area)
    cells = (
        f"{html.escape(agency)}<br><small>{html.escape(asked.owner)}</small>",
        link(address(asked.area), area),
        standing_html(one),
        effect_html(one),
        html.escape(told.smart_in_short(asked)),
    )
    body = "".join(f"<td data-label='{name}'><div>{cell}</div></td>" for name, cell in zip(_HEADS[1:], cells, strict=True))
    return f"<tr><th scope='row'>{_link(one)}</th>{body}</tr>"


def _link(one: Followed) -> str:
    return link(address(PAGE, recommendation=one.recommendation.id), one.recommendation.text)


def _draw_by(edition: OpenEdition, shown: Sequence[Followed]) -> None:
    """Two tables beside each other: by agency and by area."""
    for column, (title, what, parameter, names, held) in zip(
        st.columns(2, gap="large"),
        (
            ("By agency", "agency", "agency", agency_names(edition.framework), learnt.by_agency(shown)),
            ("By area", "area", "in_area", edition.framework.area_titles, learnt.by_area(shown)),
        ),
        strict=True,
    ):
        with column:
            st.html(_tally_table(title, what, parameter, names, held))


def _tally_table(title: str, what: str, parameter: str, names: Mapping[str, str], held: Mapping[str, Sequence[Followed]]) -> str:
    """A row for each that has a recommendation, in the order of the framework, with the way to its part of the register."""
    heads = "".join(f"<th scope='col'>{name}</th>" for name in (what.capitalize(), *_TALLY_HEADS))
    rows = "".join(_tally_row(link(address(PAGE, **{parameter: one}), names[one]), held[one]) for one in names if one in held)
    table = f"<table class='figures hscb-tallies'><caption>{title}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return frame.scroll_html(table, title)


def _tally_row(name: str, held: Sequence[Followed]) -> str:
    numbers = vars(learnt.tally(held)).values()
    return f"<tr><th scope='row'>{name}</th>{''.join(f'<td>{number or _NONE}</td>' for number in numbers)}</tr>"


_NONE = "<span class='hscb-soft'>–</span>"


def _draw_times(view: LearningView, shown: Sequence[Followed]) -> None:
    """How long they take, as a strip of dots, in words and as a table; nothing where there is none."""
    if not shown:
        return
    times = learnt.times(shown)
    st.html(f"<h2 class='hscb-section'>How long they take</h2><p class='hscb-lead'>{html.escape(told.times_in_words(times))}</p>")
    draw_figure(figures.durations_figure(shown, times, view.learning.due_months), key="durations", alt=told.times_alternative(times))
    table = tables.table_html(tables.durations_table(times), "How many recommendations took so many days")
    st.html(f"<details><summary>The same as a table</summary>{frame.scroll_html(table, 'Days as a table')}</details>")


def _draw_download(edition: OpenEdition, shown: Sequence[Followed]) -> None:
    marker = "illustrative_" if edition.edition.illustrative else ""
    name = f"{marker}recommendations_edition_{edition.edition.id}.csv"
    st.download_button("Register as CSV", exports.recommendations_csv(edition, shown), name, "text/csv", on_click="ignore")
