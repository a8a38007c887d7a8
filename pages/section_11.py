"""Section 11: how partners scored themselves against their duties, how moderators did, the gap between the two, and who owes."""

import streamlit as st

from hscb_qa import sentences
from hscb_qa.screen import frame, section_11, store
from hscb_qa.screen.entry_links import draw_form_link

edition = store.shown_edition()
view = store.learning(edition)
years = section_11.years_of(view, edition)

if view.rules is None or not years:
    frame.draw_heading(edition, "Section 11", "Learning and improvement")
    frame.draw_empty(sentences.no_assessment_in_words(view))
    draw_form_link(edition, "self_assessment", "Record a score")
else:
    rules = view.rules.section_11
    frame.draw_heading(edition, "Section 11", "Learning and improvement", section_11.line(years))
    year = section_11.choose_year(years)
    draw_form_link(edition, "self_assessment", "Record a score", year=year.year)
    section_11.draw_year(year, rules, edition)
    st.html(section_11.gaps_html(years, rules, year))
