"""Exercises of the timetable to a calendar that Outlook and others take in (iCalendar, RFC 5545).

Each exercise is an event of whole days, from the first day of its first quarter to the last of its last, that blocks nobody's time. It has
the same name in every edition, so that a calendar taken in again changes what is there instead of adding to it. Refuses to let invented
exercises look real: their titles say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from hscb_qa import sentences
from hscb_qa.definitions import Framework
from hscb_qa.learning import Exercise
from hscb_qa.periods import parse_period

_INVENTED = "Illustrative: "
_STATUSES = {"done": "CONFIRMED", "under_way": "CONFIRMED", "planned": "TENTATIVE", "not_done": "CANCELLED"}


@dataclass(frozen=True)
class Issued:
    """The edition a calendar is made from: its id, the moment it was published, the day on which it knows how exercises stand."""

    edition: str
    at: datetime
    today: date
    illustrative: bool


def timetable_calendar(exercises: Iterable[Exercise], framework: Framework, issued: Issued) -> bytes:
    """The exercises as an iCalendar file. One without end is shown on its first quarter, and says that it goes on."""
    calendar = Calendar()
    name = f"{_invented(issued)}{framework.board.short_name} quality assurance timetable"
    for field, text in {"prodid": "-//hscb-qa//timetable//EN", "version": "2.0", "method": "PUBLISH", "name": name}.items():
        calendar.add(field, text)
    calendar.add("x-wr-calname", name)  # the name that Outlook and Google read
    for one in exercises:
        calendar.add_component(_event(one, framework, issued))
    return bytes(calendar.to_ical())


def _event(exercise: Exercise, framework: Framework, issued: Issued) -> Event:
    event = Event()
    last = exercise.end or parse_period(exercise.starts, "quarter").end
    invented = "illustrative-" if issued.illustrative else ""
    event.add("uid", f"{invented}exercise-{exercise.id}@{framework.board.short_name.lower()}.hscb-qa")
    event.add("dtstamp", issued.at.astimezone(UTC))
    event.add("dtstart", exercise.start)
    event.add("dtend", last + timedelta(days=1))  # RFC 5545: the day after the last one
    event.add("summary", f"{_invented(issued)}{exercise.title}")
    event.add("description", _description(exercise, framework, issued))
    event.add("categories", [_area_name(area, framework) for area in exercise.areas])
    event.add("status", _STATUSES[exercise.status])
    event.add("transp", "TRANSPARENT")
    return event


def _description(exercise: Exercise, framework: Framework, issued: Issued) -> str:
    lines = [
        "Invented: this exercise is part of illustrative data." if issued.illustrative else "",
        f"{sentences.method_of(exercise)}, {sentences.RECURRENCE_WORDS[exercise.recurrence].lower()}",
        f"When: {sentences.when_in_words(exercise)}",
        f"State: {sentences.exercise_state_in_words(exercise, issued.today)} (edition {issued.edition})",
        f"Lead: {exercise.lead}",
        f"Agencies: {', '.join(framework.agency(agency).short_name for agency in exercise.agencies)}",
        f"Gathers: {sentences.gathers_in_words(exercise).lower()}",
        f"Responds to: {exercise.responds_to}" if exercise.responds_to else "",
    ]
    return "\n".join(line for line in lines if line)


def _area_name(area_id: str, framework: Framework) -> str:
    return framework.area_titles.get(area_id, area_id)


def _invented(issued: Issued) -> str:
    return _INVENTED if issued.illustrative else ""
