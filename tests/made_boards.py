"""Made-up boards: agencies' counts by quarter to the frame of all figures the product shows of them, as publish hands it over."""

from itertools import product

import numpy as np
import pandas as pd

Cells = dict[tuple[str, str, int], tuple[float, float | None]]
_FIRST = np.datetime64("2015-04", "M")


def figures_of(cells, *, indicator="i", edition=1, percent=False, versions=None, names=None, hidden=()):
    """The figures of one edition: `cells` maps (agency, breakdown, quarter from 0) to (numerator, denominator or None)."""
    rows = []
    agencies = sorted({agency for agency, _, _ in cells})
    breakdowns = sorted({breakdown for _, breakdown, _ in cells})
    for agency, breakdown in product(["", *agencies], breakdowns):
        quarters = _added_up(cells, agencies if agency == "" else [agency], breakdown)
        for basis, first, last in _spans(sorted(quarters)):
            both = [quarters[quarter] for quarter in range(first, last + 1)]
            finest = basis == "quarter" and agency != ""
            version = (versions or {}).get((agency, breakdown, first), 0) if finest else 0
            rows.append((edition, agency, breakdown, basis, first, last, *_total(both), finest, version))
    names = names or {}
    columns = ["edition", "agency", "breakdown", "basis", "first", "last", "numerator", "denominator", "finest", "version"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["indicator"] = indicator
    frame["period"] = frame["first"].astype(str)
    frame["starts"] = (_FIRST + 3 * frame["first"].to_numpy()).astype("datetime64[D]")
    frame["ends"] = (_FIRST + 3 * (frame["last"].to_numpy() + 1)).astype("datetime64[D]") - np.timedelta64(1, "D")
    frame["denominator"] = frame["denominator"].astype(float)
    frame["divides"] = frame["denominator"].notna()
    frame["percent"] = percent
    frame["protects"] = True
    frame["fixed"] = False
    frame["adds"] = True
    frame["rounds_to"] = 1
    frame["never_shown"] = False
    frame["numerator_name"] = names.get("numerator", f"{indicator}/numerator")
    frame["denominator_name"] = names.get("denominator", f"{indicator}/denominator")
    frame["status"] = ["c" if key in hidden else "" for key in zip(frame.agency, frame.breakdown, frame.basis, frame["last"], strict=True)]
    return frame


def _added_up(cells, agencies, breakdown):
    quarters = {}
    for agency in agencies:
        for (one, part, quarter), (numerator, denominator) in cells.items():
            if one == agency and part == breakdown:
                before = quarters.get(quarter, (0, None if denominator is None else 0))
                quarters[quarter] = _total([before, (numerator, denominator)])
    return quarters


def _total(both):
    denominators = [denominator for _, denominator in both]
    return sum(numerator for numerator, _ in both), None if None in denominators else sum(denominators)


def _spans(quarters):
    """Basis, first and last quarter of every figure of a series: quarters, years to date, rolling and financial years."""
    held = set(quarters)
    for quarter in quarters:
        yield "quarter", quarter, quarter
        start = quarter - quarter % 4
        if all(one in held for one in range(start, quarter + 1)):
            yield "ytd", start, quarter
            if quarter % 4 == 3:
                yield "year", start, quarter
        if all(one in held for one in range(quarter - 3, quarter + 1)):
            yield "rolling12", quarter - 3, quarter


def random_cells(seed, *, agencies=3, quarters=6, parts=0, divides=False, mean=8.0, zeros=0.1, least=0):
    """Counts drawn around `mean`, part by part, some of them zero; the whole is the sum of its parts."""
    rng = np.random.default_rng(seed)
    cells = {}
    for agency, quarter in product(range(agencies), range(quarters)):
        drawn = rng.poisson(rng.gamma(1.5, mean / 1.5, size=max(parts, 1))) * (rng.random(max(parts, 1)) >= zeros)
        drawn = np.maximum(drawn, least)
        bases = drawn + rng.poisson(mean, size=len(drawn)) + 1 if divides else [None] * len(drawn)
        both = [(float(a), None if b is None else float(b)) for a, b in zip(drawn, bases, strict=True)]
        cells[f"a{agency:02}", "", quarter] = _total(both)
        for part in range(parts):
            cells[f"a{agency:02}", f"d={part}", quarter] = both[part]
    return cells


def restated(cells, versions, edition, share, seed):
    """The cells with a share of them given anew, and the edition each was last changed in; wholes change with their parts."""
    rng = np.random.default_rng((seed, edition))
    cells, versions = dict(cells), dict(versions)
    for agency, quarter in sorted({(agency, quarter) for agency, _, quarter in cells}):
        if rng.random() < share:
            parts = [part for one, part, at in cells if one == agency and at == quarter and part] or [""]
            changed = parts[int(rng.integers(len(parts)))]
            for part in {changed, ""}:
                versions[agency, part, quarter] = edition
            numerator, denominator = cells[agency, changed, quarter]
            cells[agency, changed, quarter] = (max(numerator + int(rng.integers(-3, 4)), 0), denominator and denominator + 4)
            if changed:
                cells[agency, "", quarter] = _total([cells[agency, part, quarter] for part in parts])
    return cells, versions
