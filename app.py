"""The dashboard's entry: page settings, navigation and the viewer's choices. What pages say is computed in `hscb_qa`."""

import streamlit as st

from hscb_qa.errors import HscbError
from hscb_qa.screen import choices, frame, store

st.set_page_config(page_icon="📊", layout="wide")
frame.draw_style()

try:
    edition = store.shown_edition()
except HscbError as fault:
    reason = str(fault)
    st.navigation([st.Page(lambda: st.error(reason), title="Nothing to show yet")], position="hidden").run()
    st.stop()

framework = edition.framework
with st.sidebar:
    plan_year = framework.plan_year(choices.choose_plan_year(edition))
    st.session_state["selection"] = choices.choose_comparators(edition)

titles = {area.id: area.short_title for year in framework.plan_years for area in year.areas} | {
    area.id: area.short_title for area in plan_year.areas
}


def area_page(area_id: str) -> st.Page:
    """One page for an area at its own address; kept out of the menu where the plan year does not have the area."""
    visibility = "visible" if plan_year.area(area_id) else "hidden"
    return st.Page("pages/area.py", title=titles[area_id], url_path=area_id, visibility=visibility)


standing = [area.id for area in plan_year.part_a]
priorities = [area.id for area in plan_year.part_b]
others = [area_id for area_id in titles if area_id not in standing + priorities]
page = st.navigation(
    {
        framework.board.short_name: [
            st.Page("pages/board.py", title="Board overview", default=True),
            st.Page("pages/returns.py", title="Returns", url_path=choices.RETURNS_PAGE),
        ],
        "Part A: statutory functions": [area_page(area_id) for area_id in standing],
        f"Part B: priorities {plan_year.id}": [area_page(area_id) for area_id in priorities],
        "Explore": [
            *(area_page(area_id) for area_id in others),
            st.Page("pages/indicator.py", title="Indicator explorer", url_path=choices.INDICATOR_PAGE),
            st.Page("pages/methods.py", title="Methods and sources", url_path="methods"),
        ],
    },
    expanded=True,
)
with frame.told_plainly():
    page.run()
frame.draw_footer(edition)
