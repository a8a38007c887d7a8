"""Whether the server takes returns and entries in.

Refuses those of real figures unless told otherwise: there is no sign-in, so whoever reaches the server could send one, and see last
quarter's true figures on the form.
"""

import os

SETTING = "HSCB_QA_UPLOADS"
"""The variable that holds anything where a server of real figures takes them in."""


def takes_returns(illustrative: bool | None) -> bool:
    """Whether templates, uploads and entry are offered: where all is invented, or on a server that only those meant to reach it do."""
    return illustrative is True or bool(os.environ.get(SETTING))
