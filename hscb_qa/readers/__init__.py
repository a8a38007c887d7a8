"""Published files to tidy rows: one reader for each source, all with the same result.

The whole file is read and nothing of it is dropped. Refuses a file that is not what its source publishes, with every fault of its
form at once; whether the figures make sense is for the checks, which stand above.
"""

from collections.abc import Callable
from pathlib import Path

from hscb_qa.errors import HscbError, UnknownName
from hscb_qa.geographies import Geographies
from hscb_qa.readers.ees import read_ees
from hscb_qa.readers.fingertips import read_fingertips
from hscb_qa.readers.lait import read_lait
from hscb_qa.readers.mps_crime import read_mps_crime
from hscb_qa.readers.neighbours import read_neighbours
from hscb_qa.readers.reading import COLUMNS, NEIGHBOUR_COLUMNS, STATUS_WORDS, Reading, by_line

__all__ = ["COLUMNS", "NEIGHBOUR_COLUMNS", "READERS", "STATUS_WORDS", "Reading", "by_line", "read_published"]

READERS: dict[str, Callable[..., Reading]] = {
    "lait": read_lait,
    "ees": read_ees,
    "neighbours": read_neighbours,
    "mps_crime": read_mps_crime,
    "fingertips": read_fingertips,
}


def read_published(source: str, path: Path, places: Geographies, dictionary: Path | None = None) -> Reading:
    """Read one file of a source. `dictionary` is the path of LAIT's data dictionary.

    Raises UnknownName for a source there is no reader for, RefusedFile for a file that is not of that source, HscbError where a
    dictionary is given with another source than `lait`.
    """
    if source not in READERS:
        raise UnknownName("published source", source, READERS)
    if dictionary is None:
        return READERS[source](path, places)
    if source != "lait":
        raise HscbError(f"A dictionary goes with the source 'lait', not with '{source}'.")
    return read_lait(path, places, dictionary)
