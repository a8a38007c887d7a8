"""Evidence in plain English: what a source says, where two disagree, as a question for the Board, and what recurs."""

from hscb_qa import formats
from hscb_qa.definitions import Framework
from hscb_qa.learning import Cell, Disagreement, Evidence, Theme, words
from hscb_qa.views import AreaEvidence

DIRECTION_SIGNS = {"better": "▲", "worse": "▼", "same": "=", "mixed": "◆"}
_FIGURES = {"improvement": "improvement", "concern": "concern", "neutral": "neither good nor bad"}
_ASKS = {"quantity": "how much is done", "quality": "how well it is done", "outcome": "whether anyone is better off"}


def evidence_source_in_words(evidence: Evidence) -> str:
    """Which source it is and how it was heard: `children, parents and carers, by survey`."""
    return f"{formats.EVIDENCE_SOURCE_WORDS[evidence.source]}, {words(evidence.method)}"


def says_in_words(evidence: Evidence) -> str:
    """What it says of each measure type: `quality better, outcome mixed`."""
    return ", ".join(f"{kind} {direction}" for kind, direction in evidence.says.items())


def asked_in_words(evidence: Evidence) -> str:
    """How many were asked and how many answered; empty where it is not known or not shown."""
    if evidence.asked is None:
        return ""
    return f"{evidence.asked:,} asked" + (f", {evidence.answered:,} answered" if evidence.answered is not None else "")


def cell_in_words(cell: Cell) -> str:
    """What a source says of an agency in an area, and of which quarter."""
    return f"{cell.said}, {cell.evidence[0].quarter}"


def figures_in_words(area: AreaEvidence, agency: str) -> str:
    """How many of the area's indicators are signals, by what polarity makes of them; empty where none is."""
    counted = area.figures.get(agency, {})
    return ", ".join(f"{number} {_FIGURES[judged]}" for judged, number in counted.items())


def disagreement_in_words(one: Disagreement, framework: Framework) -> str:
    """A disagreement as a question for the Board."""
    about = _ASKS[one.measure_type]
    first = f"{_speaker(one.evidence)} say {one.says} ({one.evidence.quarter})"
    if one.other is not None:
        return (
            f"About {about}, {first}, but {_speaker(one.other)} say {one.other_says} ({one.other.quarter}). Which is right, and for whom?"
        )
    indicator = framework.indicator(one.indicator or "").name
    whose = f"{framework.agencies[one.agency].short_name}'s own" if one.agency else "the"
    return f"About {about}, {first}, but {whose} figures of “{indicator}” say {one.other_says}. Which is right, and for whom?"


def theme_in_words(theme: Theme, framework: Framework) -> str:
    """Where a theme was met, and how often."""
    areas = formats.join([framework.area_titles[one] for one in theme.areas])
    agencies = formats.join([framework.agencies[one].short_name for one in theme.agencies])
    findings, pieces = len(theme.findings), len(theme.evidence)
    counted = [f"{findings} finding{'s' * (findings > 1)}"] * bool(findings)
    counted += [f"{pieces} piece{'s' * (pieces > 1)} of evidence"] * bool(pieces)
    return f"{formats.join(counted)}, in {areas}; at {agencies}."


def _speaker(evidence: Evidence) -> str:
    """Who or what says it; children alone where only they were asked."""
    return formats.join(list(evidence.speakers)) if evidence.speakers else formats.EVIDENCE_SOURCE_WORDS[evidence.source]
