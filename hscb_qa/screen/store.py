"""The edition a viewer looks at: opened once, shared by all viewers, left for a newer one at the next rerun."""

import streamlit as st

from hscb_qa.ledger import store_folder
from hscb_qa.publish import Edition, current_edition
from hscb_qa.views import OpenEdition


def shown_edition() -> OpenEdition:
    """The current edition's shareable file. Raises StoreFault where nothing is published."""
    return _open(current_edition(store_folder()))


@st.cache_resource(max_entries=3, show_spinner=False)
def _open(edition: Edition) -> OpenEdition:
    return OpenEdition.shareable(edition)
