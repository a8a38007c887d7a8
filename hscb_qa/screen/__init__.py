"""The Streamlit pieces that pages share: the frame around a page, the viewer's choices, cards, the overview table.

Turns views into what is drawn. Refuses to decide anything about figures: words come from `sentences`, numbers from `tables`, charts from
`figures`.
"""
