"""Partners' self-assessments of section 11, invented: every standard, every partner but one, three years.

Draws scores around a level for each partner from a seeded generator. The moderators' score is the partner's own or one lower, but for the
partner that scores itself well above what they saw. story.yaml names the same plants, and a test holds the two against each other.
"""

import random

SCORES_ITSELF_HIGH, NEVER_RETURNED = "mental_health_trust", "probation"
NOT_MODERATED = ("voluntary_sector", "2025-26")
SEED = 20261123
YEARS = ("2023-24", "2024-25", "2025-26")
STANDARDS = (
    "accountability", "senior_lead", "listening_to_children", "whistleblowing", "information_sharing", "designated_lead",
    "safe_recruitment", "supervision_and_training", "allegations",
)  # fmt: skip
LEVELS = {  # how well a partner does in 2023-24, on the scale from 0 to 3; each year is a little better
    "childrens_social_care": 2.2, "early_help": 2.1, "youth_justice": 1.9, "education": 2.2, "public_health": 2.0,
    "housing": 1.3, "police": 1.7, "integrated_care_board": 2.2, "acute_hospital_trust": 2.0, "community_health": 2.1,
    "mental_health_trust": 1.1, "probation": 1.5, "domestic_abuse_services": 2.0, "voluntary_sector": 1.7,
}  # fmt: skip
HARDER = {"listening_to_children": 0.5, "supervision_and_training": 0.3, "information_sharing": 0.2}
EVIDENCE = {
    0: ("Nothing was shown.", "A policy is being drafted."),
    1: ("A policy exists and is not yet known to all.", "Arrangements stand on paper; nobody has looked whether they work."),
    2: ("The arrangements are in use and staff know them.", "Records show that it is done.", "An audit found it in place in most teams."),
    3: ("In use everywhere, and an example shows what it changed for children.", "Staff and children can both say what is better for it."),
}
COLUMNS = ("illustrative", "kind", "id", "agency", "year", "standard", "self_score", "moderated_score", "evidence")
Row = dict[str, str]


def section_11_rows() -> list[Row]:
    """A row for each score, as the product reads lists of entries."""
    partners = [agency for agency in LEVELS if agency != NEVER_RETURNED]
    return [_row(agency, year, standard) for year in YEARS for agency in partners for standard in STANDARDS]


def _row(agency: str, year: str, standard: str) -> Row:
    drawn = random.Random(f"{SEED} {agency} {year} {standard}")
    level = LEVELS[agency] + 0.2 * YEARS.index(year) - HARDER.get(standard, 0)
    seen = min(max(round(level + drawn.uniform(-0.6, 0.6)), 0), 3)
    own = min(seen + (2 if agency == SCORES_ITSELF_HIGH else drawn.choice((0, 0, 0, 1))), 3)
    moderated = "" if (agency, year) == NOT_MODERATED else str(seen)
    said = drawn.choice(EVIDENCE[own])
    name = f"{agency}_{year.replace('-', '_')}_{standard}"
    return dict(zip(COLUMNS, ("yes", "self_assessment", name, agency, year, standard, str(own), moderated, said), strict=True))
