"""An agency's return to issues: one function for each thing that can be wrong with it, all problems of the file at once.

An error stops the return whole; a query lets it in with a reason. Personal data are looked for first, and what holds some is taken out
before any other check sees it. Each check is explained under its name in `docs/checks.md`. Refuses nothing itself. Messages name an
agency's own figures to that agency; they are not for pages that others see.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd

from hscb_qa.checks.returns.arithmetic import breakdown_sum, numerator_above_denominator, shared_count_differs
from hscb_qa.checks.returns.context import HISTORY, Context, context_of
from hscb_qa.checks.returns.heads import (
    before_first_quarter,
    file_name_quarter,
    nothing_owed,
    part_quarter,
    several_returns_in_one_file,
    unknown_agency,
    unknown_quarter,
)
from hscb_qa.checks.returns.history import (
    far_from_history,
    identical_to_last_quarter,
    restated_figure,
    same_figure_throughout,
    zero_after_many,
)
from hscb_qa.checks.returns.items import missing_rows, not_owed_indicator, repeated_rows, unknown_breakdown, unknown_indicator, wrong_period
from hscb_qa.checks.returns.numbers import (
    count_missing,
    figure_in_wrong_cell,
    fraction_for_percent,
    fractional_count,
    negative_number,
    number_too_large,
    percent_for_count,
    text_in_numbers,
    value_out_of_range,
)
from hscb_qa.checks.returns.personal import hide_personal, kinds_of, personal_data, withhold
from hscb_qa.checks.returns.statuses import status_with_figures, status_without_reason, unknown_status
from hscb_qa.checks.returns.voices import incomplete_voice, unknown_area, unknown_speaker, voice_date, voice_number_asked
from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue
from hscb_qa.readers.returns import Return

__all__ = ["HISTORY", "RETURN_CHECKS", "Context", "check_return", "hide_personal", "kinds_of", "withhold"]

RETURN_CHECKS: tuple[Callable[[Return, Context], list[Issue]], ...] = (
    personal_data,
    *(unknown_agency, unknown_quarter, part_quarter, before_first_quarter, nothing_owed, several_returns_in_one_file, file_name_quarter),
    *(unknown_indicator, not_owed_indicator, unknown_breakdown, wrong_period, repeated_rows, missing_rows),
    *(unknown_status, status_without_reason, status_with_figures),
    *(text_in_numbers, percent_for_count, negative_number, fractional_count, number_too_large, value_out_of_range, fraction_for_percent),
    *(count_missing, figure_in_wrong_cell, numerator_above_denominator, breakdown_sum, shared_count_differs),
    *(far_from_history, zero_after_many, restated_figure, identical_to_last_quarter, same_figure_throughout),
    *(incomplete_voice, unknown_speaker, unknown_area, voice_date, voice_number_asked),
)


def check_return(given: Return, framework: Framework, history: Callable[[str], pd.DataFrame], on: date | None = None) -> list[Issue]:
    """All issues of a return: those found while it was read, personal data, then those of every other check.

    `history` gives the accepted figures of an agency by its id, with the columns `HISTORY`; `on` is the day the return was received,
    today where not given. No message holds a text in which personal data were found; where the file's own name holds some, issues
    name the file otherwise.
    """
    safe = withhold(given)
    context = context_of(safe, framework, history, on or date.today())
    found = [issue for check in RETURN_CHECKS for issue in check(given if check is personal_data else safe, context)]
    return [replace(issue, file=safe.file) for issue in hide_personal([*given.issues, *found])]
