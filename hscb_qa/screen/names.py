"""An agency's name as a table shows it: the long one, and beside it, small, the short one that choices and charts use.

Refuses to say the same name twice.
"""

import html

from hscb_qa.definitions import Agency, Framework
from hscb_qa.screen.choices import link


def agency_html(agency: Agency, href: str = "") -> str:
    """Both names, the long one as a link where an address is given."""
    name = link(href, agency.name) if href else html.escape(agency.name)
    return name if agency.short_name == agency.name else f"{name} <small class='hscb-soft'>{html.escape(agency.short_name)}</small>"


def agency_words(agency: Agency) -> str:
    """Both names as text: `Probation Service in London (Probation)`."""
    return agency.name if agency.short_name == agency.name else f"{agency.name} ({agency.short_name})"


def agency_names(framework: Framework) -> dict[str, str]:
    """The short name of every agency by its id."""
    return {one.id: one.short_name for one in framework.agencies.values()}
