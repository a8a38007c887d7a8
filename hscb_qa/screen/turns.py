"""How many viewers' pages are drawn at once: as many as there are processors to draw them; the others wait their turn.

Python runs one thread at a time. With a hundred at once, each gets so little that nobody is answered, and what is drawn already cannot be
sent. In turns, everybody is answered sooner.
"""

import os
from threading import BoundedSemaphore

TURN = BoundedSemaphore(max(1, min(2, os.cpu_count() or 1)))
"""Taken for as long as a page is drawn: `with TURN: ...`."""
