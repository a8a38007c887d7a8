"""Tidy rows to issues: one function for each thing that can be wrong with figures that were read.

An error stops the file, because a number could be wrong or stand in the wrong place or time; a query lets it in and asks a person to
look. Each check is explained under its id in `docs/checks.md`. Refuses nothing itself.
"""

from collections.abc import Callable

from hscb_qa.checks.figures import blank_values, legacy_symbols, text_in_numbers
from hscb_qa.checks.places import blank_geography, geography_columns, total_in_geography, unknown_geographic_level
from hscb_qa.checks.register import geography_code_and_name, old_la_code, place_names, region_for_authority, unknown_place
from hscb_qa.checks.repeats import duplicate_rows
from hscb_qa.checks.returns import RETURN_CHECKS, check_return, hide_personal
from hscb_qa.checks.times import mixed_time_identifiers, period_form, unknown_time_identifier, upload_dates, upload_years, year_form
from hscb_qa.errors import Issue
from hscb_qa.geographies import Geographies
from hscb_qa.readers import Reading

__all__ = ["CHECKS", "RETURN_CHECKS", "check_reading", "check_return", "hide_personal"]

Check = Callable[[Reading, Geographies], list[Issue]]

CHECKS: dict[str, tuple[Check, ...]] = {
    "ees": (
        *(unknown_geographic_level, geography_columns, blank_geography, geography_code_and_name, old_la_code),
        *(region_for_authority, total_in_geography, unknown_time_identifier, period_form, mixed_time_identifiers),
        *(blank_values, legacy_symbols, text_in_numbers, duplicate_rows),
    ),
    "lait": (unknown_place, place_names, year_form, text_in_numbers, duplicate_rows),
    "mps_crime": (unknown_place, blank_values, text_in_numbers, duplicate_rows),
    "fingertips": (place_names, upload_years, upload_dates, text_in_numbers, duplicate_rows),
    "neighbours": (),
}


def check_reading(reading: Reading, places: Geographies) -> list[Issue]:
    """All issues of a reading: those found while it was read, then those of every check for its source."""
    found = [issue for check in CHECKS[reading.source] for issue in check(reading, places)]
    return [*reading.issues, *found]
