"""Returns: what each agency owes for a quarter and what came of it; an agency takes its template here and submits its return."""

import streamlit as st

from hscb_qa import sentences
from hscb_qa.ledger import store_folder
from hscb_qa.screen import collection, frame, record, returns, store, uploads

reading = record.latest_reading(store_folder())
board, today = record.framework(), reading.as_of.date()
heading = st.container()
coming = record.coming(reading, today, st.session_state["selection"].agency or "")
choice, _ = st.columns([2, 5])
with choice:
    quarter = returns.choose_quarter(board, reading, coming)
view = record.quarter_view(reading, quarter, today)
with heading:
    frame.draw_heading(store.shown_edition(), "Returns", sentences.as_of_in_words(reading.as_of), sentences.returns_line(view))
    if coming:
        st.html(returns.next_html(coming))
if reading.is_stale:
    frame.draw_empty("Somebody is writing the record just now. This is how it stood before; look again in a minute.")
st.html(returns.quarter_html(view))
st.html(returns.grid_html(record.history(reading, today)))

if view.rows:
    title = st.container()
    choice, _ = st.columns([3, 4])
    with choice:
        agency = collection.choose_agency(view)
    with title:
        collection.draw_title(agency, quarter)
    if agency:
        forms, reminder = st.columns(2, gap="large")
        with forms:
            if uploads.takes_returns(reading.illustrative):
                collection.draw_template(agency, quarter)
                collection.draw_submission()
            else:
                collection.draw_closed()
        with reminder:
            collection.draw_reminder(view, agency)
        collection.draw_outcomes()
