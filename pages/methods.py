"""Methods and sources: what was loaded, how figures are made and compared, what is corrected, what is in question."""

import streamlit as st

from hscb_qa import sentences, tables
from hscb_qa.screen import frame, glossary, store
from hscb_qa.views import methods_view

edition = store.shown_edition()
view = methods_view(edition)
frame.draw_heading(edition, "Methods and sources", "", "How every figure on these pages was made, and where it comes from.")
paragraphs = sentences.methods_in_words(edition.framework.disclosure, edition.framework.signals)
st.html(glossary.explained(f"<div class='hscb-words'>{''.join(frame.sentence(words) for words in paragraphs)}</div>"))
for heading, table in (tables.methods_tables(view) | tables.calculation_tables(glossary.glossary())).items():
    st.html(frame.scroll_html(tables.table_html(table, heading, "texts"), heading))
