"""The Board's challenges to those that still wait for an answer.

Refuses to take anything for an answer but an entry that names the challenge it answers.
"""

from hscb_qa.learning.entries import Analysis
from hscb_qa.learning.record import Learning


def unanswered(learning: Learning, agency: str | None = None, area: str | None = None) -> tuple[Analysis, ...]:
    """The challenges that no answer names, those that wait longest first; of one agency or area where it is named.

    None where everything is answered, and where nobody has challenged anybody.
    """
    waiting = (one for one in reversed(learning.analyses) if one.kind == "challenge" and not learning.answers_to(one))
    return tuple(one for one in waiting if agency in (None, one.agency) and area in (None, one.area))
