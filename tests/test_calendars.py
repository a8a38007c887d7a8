"""The timetable as a calendar, against the rules of RFC 5545: line ends, folding, escaping, days, and names that stay."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from learnt import exercise

from hscb_qa.calendars import Issued, timetable_calendar
from hscb_qa.definitions import load_framework
from hscb_qa.learning import Exercise

FRAMEWORK = load_framework()
ISSUED = Issued("2026-11-23-100000", datetime(2026, 11, 23, 10, 0, tzinfo=UTC), date(2026, 11, 23), illustrative=False)
INVENTED = Issued("2026-11-23-100000", ISSUED.at, ISSUED.today, illustrative=True)


def written(*exercises: Exercise, issued: Issued = ISSUED) -> bytes:
    return timetable_calendar(exercises, FRAMEWORK, issued)


def lines_of(content: bytes) -> list[str]:
    """The lines of a calendar, unfolded as section 3.1 says."""
    return content.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def event_of(**fields: Any) -> dict[str, str]:
    """The properties of the one event of an exercise, by name with its parameters."""
    lines = lines_of(written(exercise(**fields)))
    inner = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    return dict(line.split(":", 1) for line in inner)


def test_a_calendar_has_what_every_calendar_must_have() -> None:
    lines = lines_of(written())
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"VERSION:2.0", "PRODID:-//hscb-qa//timetable//EN", "METHOD:PUBLISH"} <= set(lines)


def test_an_exercise_is_an_event_of_whole_days_that_ends_before_the_day_named() -> None:
    event = event_of(starts="2025-26 Q1", ends="2025-26 Q2")
    assert event["DTSTART;VALUE=DATE"] == "20250401"
    assert event["DTEND;VALUE=DATE"] == "20251001"  # RFC 5545, 3.6.1: the end is not in the event; the last day is 30 September
    assert event["DTSTAMP"] == "20261123T100000Z"
    assert event["TRANSP"] == "TRANSPARENT"


def test_one_without_end_stands_on_its_first_quarter_and_says_so() -> None:
    event = event_of(recurrence="continuous", status="under_way", ends=None)
    assert event["DTEND;VALUE=DATE"] == "20250701"
    assert "from Apr 2025\\, without end" in event["DESCRIPTION"]


STATUSES = [("planned", "TENTATIVE"), ("under_way", "CONFIRMED"), ("done", "CONFIRMED"), ("not_done", "CANCELLED")]


@pytest.mark.parametrize(("status", "told"), STATUSES)
def test_a_status_is_one_of_those_an_event_may_have(status: str, told: str) -> None:
    assert event_of(status=status)["STATUS"] == told


def test_text_is_escaped() -> None:
    event = event_of(title="One, two; three\\four", areas=["neglect", "training"])
    assert event["SUMMARY"] == "One\\, two\\; three\\\\four"
    assert event["CATEGORIES"] == "Neglect,Training"


def test_the_name_of_an_event_stays_from_edition_to_edition_and_differs_between_exercises() -> None:
    later = Issued("another", datetime(2027, 5, 1, tzinfo=UTC), date(2027, 5, 1), illustrative=False)

    def names(content: bytes) -> list[str]:
        return [line for line in lines_of(content) if line.startswith("UID:")]

    two = exercise("a"), exercise("b")
    assert names(written(*two)) == names(written(*two, issued=later)) == ["UID:exercise-a@hscb.hscb-qa", "UID:exercise-b@hscb.hscb-qa"]
    assert set(names(written(*two, issued=INVENTED))).isdisjoint(names(written(*two)))


def test_invented_exercises_say_so_in_title_text_and_calendar() -> None:
    text = "\n".join(lines_of(written(exercise(), issued=INVENTED)))
    assert "SUMMARY:Illustrative: Exercise one" in text
    assert "DESCRIPTION:Invented: " in text
    assert "X-WR-CALNAME:Illustrative: " in text
    assert "llustrative" not in "\n".join(lines_of(written(exercise())))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=200).map(
    lambda text: f"a{text}b"
)


@settings(deadline=None)
@given(TEXT)
def test_any_title_is_folded_at_75_octets_and_comes_back_as_it_was(title: str) -> None:
    content = written(exercise(title=title))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for line in content.split(b"\r\n"):
        line.decode("utf-8")  # no character is cut in two, which 3.1 allows and old readers do not bear
    assert Calendar.from_ical(content).walk("VEVENT")[0]["SUMMARY"] == title


def test_the_file_is_the_same_each_time() -> None:
    assert written(exercise()) == written(exercise())
    assert re.search(rb"\r\n[ \t]", written(exercise(title="a" * 100)))
