"""The quality assurance timetable: the framework's rules, exercises on a timeline, one in full, and what is gathered by area."""

import streamlit as st

from hscb_qa import sentences
from hscb_qa.learning import check_timetable
from hscb_qa.screen import frame, store, timetable
from hscb_qa.screen.entry_links import draw_form_link

edition = store.shown_edition()
view, board = store.learning(edition), edition.framework
agency = st.session_state["selection"].agency

if view.rules is None or not view.learning.exercises:
    frame.draw_heading(edition, "Timetable", "Learning and improvement")
    frame.draw_empty(sentences.no_exercise_in_words(view))
    draw_form_link(edition, "exercise", "Plan an exercise")
else:
    rules = view.rules.timetable
    check = check_timetable(view.learning, board, rules, view.today)
    frame.draw_heading(edition, "Timetable", "Learning and improvement", sentences.timetable_in_words(check, rules))
    in_full = st.container()
    st.html(timetable.rules_html(edition, check, rules))
    st.html("<h2 class='hscb-group'>Exercises by quarter</h2>")
    draw_form_link(edition, "exercise", "Plan an exercise")
    frame.draw_note(sentences.timetable_of_agency(board, agency))
    chosen = timetable.choose_exercises(view, board, agency)
    timetable.draw_timeline(chosen, view, edition)
    st.html(timetable.coverage_html(check, view))
    st.html(timetable.priorities_html(check, board))
    with in_full:
        timetable.draw_exercise(chosen.in_full, view, edition)
