"""What happened in the years of a series: the events that may bear on an indicator, in order of time.

Refuses to say that an event changed a figure; it says when it was.
"""

from hscb_qa.definitions import Event
from hscb_qa.views.edition import OpenEdition
from hscb_qa.views.indicator import IndicatorView


def events_about(edition: OpenEdition, view: IndicatorView) -> tuple[Event, ...]:
    """The events between the first and the last day of a view's points, oldest first; none in an edition made before there were events."""
    if not view.points:
        return ()
    first, last = view.points[0].ends, view.points[-1].ends
    found = [one for one in edition.framework.events if one.bears_on(view.indicator.id, view.indicator.areas) and first < one.on <= last]
    return tuple(sorted(found, key=lambda one: one.on))
