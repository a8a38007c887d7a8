"""Many faults of one kind to a few issues, so that a file with a thousand bad lines is explained on one screen.

The same words on several lines become one issue at the first of them. Refuses to lose any: what is not listed is counted.
"""

from collections.abc import Iterable, Sequence

from hscb_qa.errors import Issue, Severity

SHOWN = 5


def gather_faults(severity: Severity, check: str, file: str, faults: Iterable[tuple[int, str]]) -> list[Issue]:
    """One issue for each different message, at its first line and with the next lines named; at most five, and one that counts the rest.

    `faults` holds pairs of line and message. None gives an empty list.
    """
    lines_of: dict[str, list[int]] = {}
    for line, message in faults:
        lines_of.setdefault(message, []).append(line)
    issues = [Issue(severity, check, file, lines[0], message + also_on(lines)) for message, lines in lines_of.items()]
    rest = list(lines_of.values())[SHOWN:]
    if rest:
        left_out = sum(len(set(lines)) for lines in rest)
        words = "This line has" if left_out == 1 else f"From here on {left_out:,} lines have"
        issues[SHOWN:] = [Issue(severity, check, file, rest[0][0], f"{words} other faults of the same kind.")]
    return issues


def also_on(lines: Sequence[int]) -> str:
    """The lines after the first, as a sentence to append; nothing where there is one line only.

    >>> also_on([3, 4, 4, 7])
    ' Also lines 4 and 7.'
    >>> also_on(list(range(2, 380)))
    ' Also lines 3, 4, 5, 6 and 373 more lines.'
    """
    others = sorted(set(lines))[1:]
    if not others:
        return ""
    shown = [str(line) for line in others[: SHOWN - 1]]
    more = len(others) - len(shown)
    if more:
        return f" Also lines {', '.join(shown)} and {more:,} more lines."
    if len(shown) == 1:
        return f" Also line {shown[0]}."
    return f" Also lines {', '.join(shown[:-1])} and {shown[-1]}."
