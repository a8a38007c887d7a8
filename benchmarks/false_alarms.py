"""How often series in which nothing changed are called special: measured by rule and length, beside what theory says of known limits.

Run with `python benchmarks/false_alarms.py`; takes some seconds. The figures stand in docs/methods.md.
"""

import numpy as np

from hscb_qa.statistics import RULES, g_limits, p_limits, special_causes, xmr_limits

SERIES = 10_000
LENGTHS = (12, 18, 24, 36, 48)


def main() -> None:
    """Print a row for each kind of series and length: the share of points flagged by each rule, in per cent."""
    chance = np.random.default_rng(20261123)
    print("series                 points  " + "  ".join(f"{rule:>12}" for rule in (*RULES[1:], "any")))
    for points in LENGTHS:
        part, follows = parts(points)
        values = chance.normal(size=part.size)
        for name, screened in (("normal, screened", True), ("normal, not screened", False)):
            tell(name, points, special_causes(values, xmr_limits(values, part, follows, screen_outliers=screened), part, follows).rule)
        base = chance.integers(20, 200, size=part.size)
        count = chance.binomial(base, 0.4)
        tell("share, p chart", points, special_causes(count / base, p_limits(count, base, part), part, follows).rule)
        tell("share, XmR instead", points, special_causes(count / base, xmr_limits(count / base, part, follows), part, follows).rule)
        gaps = chance.geometric(0.3, size=part.size) - 1.0
        limits = g_limits(gaps, part)
        tell("gaps, g chart", points, ((gaps > limits.upper) | (gaps < limits.lower)).astype(np.int8))


def parts(points: int) -> tuple[np.ndarray, np.ndarray]:
    """Part numbers and `follows` of all series of a length, without gaps."""
    part = np.repeat(np.arange(SERIES), points)
    return part, np.append(False, part[1:] == part[:-1])


def tell(name: str, points: int, rule: np.ndarray) -> None:
    shares = [np.mean(rule == number) for number in range(1, len(RULES))]
    print(f"{name:<22} {points:>6}  " + "  ".join(f"{100 * share:>12.2f}" for share in (*shares, np.mean(rule > 0))))


if __name__ == "__main__":
    main()
