"""Section 11 on the screen: partners by standards, how partners' scores and the moderators' differ, year by year, and who owes.

Refuses to order partners by their scores: they stand as everywhere, and a gap says how two scores of one partner differ.
"""

import html
from collections.abc import Sequence

import streamlit as st

from hscb_qa import exports, formats, sentences
from hscb_qa.definitions import Section11, Standard
from hscb_qa.learning import Gap, PartnerYear, Section11Year, SelfAssessment, section_11_years
from hscb_qa.screen import frame, store
from hscb_qa.screen.choices import LEARNING_PAGES, address, choose_shown, link
from hscb_qa.views import LearningView, OpenEdition

PAGE = "section_11"
AREA = "partners_duties"
"""The area whose page holds the newest year in short."""
_GAP_LOOKS = {"▲": "above", "▼": "below", "=": "same", "?": "open", "○": "none"}


def years_of(view: LearningView, edition: OpenEdition) -> tuple[Section11Year, ...]:
    """Every year of self-assessments, the oldest first; none in an edition made before there were any."""
    return section_11_years(view.learning, edition.framework, view.rules.section_11, view.today) if view.rules else ()


def draw_section_11_summary(edition: OpenEdition) -> None:
    """The newest year in a few sentences with the way to the page, for the area of partners' duties."""
    view = store.learning(edition)
    years = years_of(view, edition)
    told = _told(years) if years else [sentences.NOTHING_ENTERED]
    way = link(address(PAGE), LEARNING_PAGES[PAGE])
    body = "".join(map(frame.sentence, told))
    st.html(f"<section class='hscb-said hscb-section-11'><h2 class='hscb-section'>{way}: partners' self-assessment</h2>{body}</section>")


def line(years: Sequence[Section11Year]) -> str:
    """The newest year in a line, and how its gap compares with the year before."""
    return f"{sentences.section_11_line(years[-1])} {sentences.trend_of_gap(years)}".strip()


def _told(years: Sequence[Section11Year]) -> list[str]:
    newest = years[-1]
    return [sentences.section_11_line(newest), sentences.trend_of_gap(years), sentences.not_returned_in_words(newest)]


def choose_year(years: Sequence[Section11Year]) -> Section11Year:
    """Let the viewer choose a year, at first the newest; kept in the address."""
    chosen = choose_shown("Year", {one.year: one.year for one in reversed(years)}, "year", of="section_11")
    return next(one for one in years if one.year == chosen)


def draw_year(year: Section11Year, rules: Section11, edition: OpenEdition) -> None:
    """Who owes, the grid of partners by standards, the evidence they named, and the scores to take away."""
    for words in (sentences.not_returned_in_words(year), sentences.part_in_words(year)):
        frame.draw_note(words)
    if year.partners:
        st.html(frame.scroll_html(_grid(year, rules), f"Partners by standards, {year.year}") + _KEY)
        st.html(_evidence(year, rules))
        _draw_download(year, edition)


def gaps_html(years: Sequence[Section11Year], rules: Section11, year: Section11Year) -> str:
    """The gap year by year, and by standard in one year: both means on one line from 0 to the highest score."""
    by_year = _gap_table("The gap by year", "Year", [(one.year, one.gap) for one in years], rules)
    standards = [(one.title, year.gap_in(one.id)) for one in rules.standards]
    by_standard = _gap_table(f"The gap by standard, {year.year}", "Standard", standards, rules)
    return f"<div class='hscb-gaps'>{by_year}{by_standard}</div><p class='hscb-note'>{html.escape(sentences.scores_meaning(rules))}</p>"


def _gap_table(caption: str, what: str, rows: Sequence[tuple[str, Gap | None]], rules: Section11) -> str:
    heads = (what, f"0 to {rules.highest_score}: ○ self, ● moderated", "Self", "Moderated", "Gap", "Self against moderated")
    head = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in heads)
    body = "".join(_gap_row(name, gap, rules, heads) for name, gap in rows)
    inner = f"<caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return f"<table class='hscb-returns hscb-gap'>{inner}</table>"


def _gap_row(name: str, gap: Gap | None, rules: Section11, heads: Sequence[str]) -> str:
    means = [formats.number(one, "", 1) for one in (gap.own, gap.moderated)] if gap else ["–", "–"]
    cells = [_line(gap, rules), *means, f"<b>{sentences.gap_number(gap)}</b>", html.escape(sentences.sides_in_words(gap))]
    told = "".join(f"<td data-label='{html.escape(head)}'>{cell}</td>" for head, cell in zip(heads[1:], cells, strict=True))
    return f"<tr><th scope='row'>{html.escape(name)}</th>{told}</tr>"


def _line(gap: Gap | None, rules: Section11) -> str:
    """Both means on a line; the numbers beside it say the same."""
    if gap is None:
        return "–"
    own, moderated = (value / rules.highest_score for value in (gap.own, gap.moderated))
    between = f"--low: {min(own, moderated):.3f}; --wide: {abs(own - moderated):.3f}"
    marks = "<i class='between'></i><i class='self'></i><i class='moderated'></i>"
    return f"<span class='line' style='--own-score: {own:.3f}; --moderated: {moderated:.3f}; {between}' aria-hidden='true'>{marks}</span>"


def _grid(year: Section11Year, rules: Section11) -> str:
    heads = "".join(f"<th scope='col'>{html.escape(one.title)}</th>" for one in rules.standards)
    ends = "".join(f"<th scope='col'>{name}</th>" for name in ("Gap", "Standards met", "Against the year before"))
    rows = "".join(_grid_row(one, rules.standards) for one in year.partners)
    return (
        f"<table class='hscb-grid hscb-section-11'><caption>{year.year}: self-score → moderated score</caption>"
        f"<thead><tr><th scope='col'>Partner</th>{heads}{ends}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _grid_row(partner: PartnerYear, standards: Sequence[Standard]) -> str:
    cells = "".join(_cell(partner.scores.get(one.id)) for one in standards)
    name = link(address("agency", agency=partner.agency.id), partner.agency.short_name)
    ends = (
        f"<b>{sentences.gap_number(partner.gap)}</b>",
        html.escape(sentences.met_in_words(partner)),
        html.escape(sentences.score_change_in_words(partner)),
    )
    return f"<tr><th scope='row'>{name}</th>{cells}{''.join(f'<td>{one}</td>' for one in ends)}</tr>"


def _cell(score: SelfAssessment | None) -> str:
    sign, words = sentences.score_mark(score)
    shown = "not returned" if score is None else f"{score.self_score} → {'?' if score.moderated_score is None else score.moderated_score}"
    about = html.escape(words, quote=True)
    seen = f"<span aria-hidden='true'><span class='sign'>{sign if sign != '?' else ''}</span> {shown}</span>"
    return f"<td class='is-{_GAP_LOOKS[sign]}' title=\"{about}\">{seen}<span class='hscb-unseen'>{about}</span></td>"


_KEY = (
    "<ul class='hscb-key'><li>▲ scored itself higher than the moderators</li><li>= the same</li><li>▼ scored itself lower</li>"
    "<li>→ ? not moderated yet</li><li>○ not returned</li></ul>"
)


def _evidence(year: Section11Year, rules: Section11) -> str:
    """What partners named as evidence, by partner and standard, opening on demand."""
    blocks = "".join(_evidence_of(one, rules) for one in year.partners)
    return f"<div class='hscb-told-evidence'><h2 class='hscb-section'>Evidence named, {year.year}</h2>{blocks}</div>"


def _evidence_of(partner: PartnerYear, rules: Section11) -> str:
    items = "".join(
        f"<li><b>{html.escape(one.title)}</b> ({html.escape(sentences.score_mark(score)[1])}): {html.escape(score.evidence)}</li>"
        for one in rules.standards
        if (score := partner.scores.get(one.id))
    )
    return f"<details><summary>{html.escape(partner.agency.name)}</summary><ul>{items}</ul></details>"


def _draw_download(year: Section11Year, edition: OpenEdition) -> None:
    name = f"{'illustrative_' if edition.edition.illustrative else ''}section_11_{year.year}_edition_{edition.edition.id}.csv"
    rows = exports.section_11_rows(year, edition)
    st.download_button("Scores as CSV", exports.rows_csv(rows), name, "text/csv", on_click="ignore")
