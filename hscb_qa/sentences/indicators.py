"""An indicator's view to plain English: the message of its chart, what lies behind it, and what is missing.

Better and worse come only from a view's verdicts, a difference that was not tested is told as above or below, and a hidden number is
never spoken.
"""

from datetime import date

from hscb_qa import formats
from hscb_qa.definitions import Break
from hscb_qa.sentences import signals
from hscb_qa.views import Change, Comparison, IndicatorView, Point, SourceNote

_OLD_AFTER_DAYS = 2 * 366
_MOVES = {"rose": "rose to", "fell": "fell to", "held": "held at"}
_KINDS = {"better": "improvement", "worse": "concern"}
_TITLE_WORDS = 14
_AVERAGES = ("score", "cases", "children_per_post")


def title(view: IndicatorView) -> str:
    """The message of an indicator's chart: what its control chart says, or what the figure did; then where it lies among comparators.

    Where the title would be long, the place among comparators is left out, or the usual range where no signal is told: the words below the
    chart have both.
    """
    name, latest, indicator = view.indicator.short_name, view.latest, view.indicator
    if latest is None:
        return f"{name}: no figures {'in the years chosen' if view.is_shortened else 'loaded yet'}"
    if latest.value is None:
        return f"{name}: latest figure [{latest.status}] {_status_in_short(latest)}"
    position = _position(view, latest)
    figure = formats.figure(latest.value, "", indicator)
    plain = f"{name} at {figure}"
    message = signals.message(view) or (plain if _is_calm(view) else _moved(view, f"{name} {{move}} {figure}"))
    wholes = [f"{message}, {position}", *([f"{plain}, {position}"] if signals.is_usual(view) else [])] if position else []
    return next((whole for whole in wholes if len(whole.split()) <= _TITLE_WORDS), message)


def _is_calm(view: IndicatorView) -> bool:
    """Whether the indicator varies as usual on the basis on which it is watched: then a title says no more than its mark."""
    watch = signals.watched(view)
    return watch is not None and watch.signal is None


def headline(view: IndicatorView) -> str:
    """The title where it stands alone: it names the agency and the part of the children, where the figures are of one."""
    return f"{view.place}: {title(view)}" if view.agency or view.breakdown else title(view)


def latest_in_words(view: IndicatorView) -> str:
    """The latest figure with its counts and interval, and the last one shown where the latest is not."""
    latest, shown = view.latest, view.latest_shown
    if latest is None:
        return (
            "There are figures, but of other years than those chosen." if view.is_shortened else "No file with this figure was loaded yet."
        )
    if latest.value is None:
        note = note_in_words(view, latest)
        words = f"{latest.label}: {formats.STATUS_WORDS[latest.status]}{f', {note}' if note else ''}."
        return f"{words} The last figure shown is {_value_with_counts(view, shown)}." if shown else words
    return f"{_value_with_counts(view, latest)}."


def change_in_words(view: IndicatorView) -> str:
    """The latest figure against the one before, with the test's answer; empty where there is nothing to compare."""
    change, previous = view.change, view.previous_shown
    if change and change.previous_status == "b":
        return f"Nothing is compared with the period before. {_last_break_in_words(view)}"
    if change and change.test == "nothing before":
        return f"The figure of the period before is {formats.STATUS_WORDS[change.previous_status]}."
    if change is None or previous is None:
        return ""
    before = f"{formats.figure(previous.value, previous.status, view.indicator)} {_when(view, previous)}"
    if change.test == "changed":
        verdict = f", which is {change.verdict}" if change.verdict else ""
        return f"It {change.direction}{_by(view, change)} from {before}: more than chance would explain{verdict}."
    if change.test == "not tested":
        return f"Before: {before}. The difference is not tested, as these figures have no interval."
    return f"Before: {before}. No clear change: the two intervals overlap."


def comparisons_in_words(view: IndicatorView) -> list[str]:
    """One sentence for each comparator: its figure, and how the one shown differs from it; of an agency's count its share of all."""
    latest, shown = view.latest, view.latest_shown
    when = f"In {shown.label}: " if shown and shown != latest else ""
    beside = [_comparison_in_words(view, comparison) for comparison in view.comparisons]
    return [when + words for words in [*beside, *_share_in_words(view)]]


def note_in_words(view: IndicatorView, point: Point) -> str:
    """What has to be known of one point: whose figure is missing, that it is written as a year's, whose population; empty for most."""
    is_annualised = point.value is not None and view.is_annualised
    return "; ".join([*_missing_in_words(point), *(["annualised"] if is_annualised else []), *_population_in_words(point)])


def notes_in_words(view: IndicatorView) -> list[str]:
    """What has to be known of the series: each break, that rates are annualised, and who or what is missing in which periods."""
    periods: dict[str, list[str]] = {}
    for point in reversed(view.points):
        if note := "; ".join([*_missing_in_words(point), *_population_in_words(point)]):
            periods.setdefault(note, []).append(point.label)
    annualised = ["Annualised: what was counted in less than a year is written as it would be for a year."]
    return [
        *(_break_in_words(one) for one in view.breaks),
        *(annualised if view.is_annualised and view.latest_shown else []),
        *(f"{', '.join(labels[:3])}{_and_more(labels[3:])}: {note}." for note, labels in periods.items()),
    ]


def source_in_words(view: IndicatorView) -> str:
    """Publisher, title, release and loading date of the latest figure; of a returned one, whose returns and when received."""
    source = view.source
    if source is None:
        return "No source loaded yet."
    population = "; population: Office for National Statistics, mid-year estimates" if _uses_population(view) else ""
    if source.agencies:
        return f"Source: {_given_by(source, view.illustrative)}{population}."
    loaded = f"Loaded {formats.day(source.loaded)}."
    if view.illustrative:
        return f"Source: illustrative data, invented in the form of {source.publisher}, {source.title}. {loaded}"
    released = f"released {formats.day_or_words(source.released)}" if source.released else "release date not given"
    following = f"; next release {formats.day_or_words(source.next_release)}" if source.next_release else ""
    return f"Source: {source.publisher}, {source.title}, {released}{following}{population}. {loaded}"


def _given_by(source: SourceNote, illustrative: bool) -> str:
    """Whose returns, and whose figures were counted in evidence."""
    invented = "illustrative data, " if illustrative else ""
    counted = f"counted in the Board's evidence for {formats.join(list(source.counted))}" if source.counted else ""
    returning = [name for name in source.agencies if name not in source.counted]
    if not returning:
        return f"{invented}{counted}, {formats.day(source.loaded)}"
    returns = f"{invented}{invented and 'invented '}returns of {formats.join(returning)}, latest received {formats.day(source.loaded)}"
    return "; ".join(filter(None, [returns, counted]))


def mark(view: IndicatorView) -> tuple[str, str]:
    """The sign and the words for an indicator, the same wherever it is marked: what is watched, or else how the figure changed."""
    watch = signals.watched(view)
    return signals.watch_mark(watch, view.basis) if watch else _change_mark(view)


def mark_kind(view: IndicatorView) -> str:
    """What a mark's colour says: improvement, concern, neutral (a change that is neither) or quiet."""
    if watch := signals.watched(view):
        return watch.signal.judgement if watch.signal else "quiet"
    if view.change is None or view.change.test != "changed":
        return "quiet"
    return _KINDS.get(view.change.verdict or "", "neutral")


def age_in_words(view: IndicatorView) -> str:
    """A warning where the latest figure ended more than two years before the edition; empty where it did not."""
    latest, published = view.latest_shown, date.fromisoformat(view.published_on)
    if latest is None or (published - latest.ends).days <= _OLD_AFTER_DAYS:
        return ""
    return f"Old figure: the latest is of {latest.label}."


def alternative_text(view: IndicatorView) -> str:
    """What a chart shows, for those who cannot see it, with what its limits and signals say."""
    told = [f"Line chart. {title(view)}.", latest_in_words(view), signals.signal_in_words(view)]
    return " ".join([*(words for words in told if words), "The figures stand in the table below the chart."])


def neighbours_in_words(comparison: Comparison, period: str) -> str:
    """How neighbours are summed up in a period: `mean of 9 of 10, set of May 2025`; empty for a single place."""
    if not comparison.statistic or comparison.in_force_from is None:
        return ""
    contributors = comparison.contributors.get(period, 0)
    return f"{comparison.statistic} of {contributors} of {comparison.members}, set of {comparison.in_force_from:%B %Y}"


def queries_in_words(view: IndicatorView) -> list[str]:
    """One sentence for each period in which another file prints another figure, the newest three and how many more."""
    newest = view.queries[::-1][:3]
    lines = [
        f"Query: {_who_prints(query.other_source)} {formats.figure(query.other_value, '', view.indicator)} for {query.period}, "
        f"where this source gives {formats.figure(query.value, '', view.indicator)}."
        for query in newest
    ]
    more = len(view.queries) - len(newest)
    return [*lines, f"{more} more such differences in earlier periods."] if more else lines


def _moved(view: IndicatorView, message: str) -> str:
    """The message with its verb; a difference that chance alone would explain is not told as a rise or a fall."""
    if view.change is None or view.change.test == "nothing before":
        return message.format(move="stood at")
    if view.change.test == "no clear change":
        return message.format(move="at") + ", no clear change"
    return message.format(move=_MOVES[view.change.direction])


def _change_mark(view: IndicatorView) -> tuple[str, str]:
    change = view.change
    if view.latest is None:
        return "–", "no figures yet"
    if view.latest.value is None:
        return f"[{view.latest.status}]", _status_in_short(view.latest)
    if change is None:
        return "○", "first figure"
    if change.previous_status == "b":
        return "○", formats.STATUS_WORDS["b"]
    if change.test == "nothing before":
        return "○", f"period before [{change.previous_status}]"
    arrow = {"rose": "▲", "fell": "▼", "held": "●"}[change.direction]
    if change.test == "changed":
        return arrow, f"{change.direction}, {change.verdict}" if change.verdict else change.direction
    return ("●", "no clear change") if change.test != "not tested" else ("○", f"{change.direction}, not tested")


def _by(view: IndicatorView, change: Change) -> str:
    """By how much a figure rose or fell, with the interval of that; empty where it is not known."""
    if change.difference is None or change.difference_lower is None or change.difference_upper is None:
        return ""
    unit, decimals = view.indicator.unit, view.indicator.decimals
    told = view.indicator.model_copy(update={"unit": "percentage_points"}) if unit == "percent" else view.indicator
    low, high = sorted(abs(limit) for limit in (change.difference_lower, change.difference_upper))
    between = f"{formats.number(low, '', decimals)} and {formats.number(high, '', decimals)}"
    return f" by {formats.figure(abs(change.difference), '', told)}, between {between},"


def _missing_in_words(point: Point) -> list[str]:
    if not point.without:
        return []
    names = formats.join(list(point.without))
    return [f"no figure from {names}" if point.value is None else f"provisional, without {names}"]


def _population_in_words(point: Point) -> list[str]:
    return [] if point.population_year is None else [f"population of {point.population_year}, the latest there is"]


def _break_in_words(one: Break) -> str:
    what = one.what_changed.rstrip(".")
    return f"Definition changed on {formats.day(one.on)}: {what}. Figures before and after it cannot be compared. {one.source}"


def _last_break_in_words(view: IndicatorView) -> str:
    return _break_in_words(view.breaks[-1]) if view.breaks else "The definition changed in between."


def _and_more(labels: list[str]) -> str:
    return f" and {len(labels)} more" if labels else ""


def _uses_population(view: IndicatorView) -> bool:
    """Whether the series shown is divided by a population: a returned rate, or a published one with an estimate under it."""
    returned, published = view.indicator.returned, view.indicator.published
    if view.source and view.source.agencies:
        return returned is not None and returned.population is not None and view.breakdown == ""
    denominator = published.denominator if published else None
    return denominator is not None and "population_estimate" in denominator.measures


def _who_prints(source: str) -> str:
    return "the agencies' returns give" if source == "returns" else f"{source.upper()} prints"


def _status_in_short(point: Point) -> str:
    return formats.STATUS_WORDS[point.status].split(",")[0]


def _value_with_counts(view: IndicatorView, point: Point) -> str:
    indicator = view.indicator
    words = f"{formats.figure(point.value, point.status, indicator)} {_when(view, point)}"
    notes = []
    if point.numerator is not None and point.denominator is not None:
        part = f"{formats.count(point.numerator)} of " if indicator.unit not in _AVERAGES else "an average over "
        notes.append(f"{part}{formats.count(point.denominator)}")
    if point.lower is not None and point.upper is not None:
        notes.append(f"95% interval {formats.interval(point.lower, point.upper, indicator.decimals)}")
    notes += [note] if (note := note_in_words(view, point)) else []
    return f"{words} ({'; '.join(notes)})" if notes else words


def _when(view: IndicatorView, point: Point) -> str:
    return signals.when(view.indicator, view.basis, point.label)


def _position(view: IndicatorView, latest: Point) -> str:
    sides: dict[str, list[str]] = {"above": [], "level with": [], "similar to": [], "below": []}
    for comparison in view.comparisons:
        other = comparison.at(latest.period)
        if other and other.value is not None:
            similar = comparison.differences.get(latest.period) == "similar"
            sides["similar to" if similar else _side(view, latest, other)].append(_in_sentence(comparison))
    return ", ".join(f"{side} {formats.join(names)}" for side, names in sides.items() if names)


def _side(view: IndicatorView, own: Point, other: Point) -> str:
    assert own.value is not None and other.value is not None
    decimals = view.indicator.decimals
    ours, theirs = formats.rounded(own.value, decimals), formats.rounded(other.value, decimals)
    return "level with" if ours == theirs else "above" if ours > theirs else "below"


def _share_in_words(view: IndicatorView) -> list[str]:
    """An agency's count as a share of all agencies' of the same period: made of two numbers that are shown, so it tells no third."""
    shown, total = view.latest_shown, view.board_total
    if shown is None or shown.value is None or total is None or not total.value:
        return []
    share = formats.number(100 * shown.value / total.value, "", 0)
    return [f"All agencies: {formats.figure(total.value, '', view.indicator)}; {view.place} counts {share}% of them."]


def _in_sentence(comparison: Comparison) -> str:
    if comparison.id == "board":
        return "all agencies together"
    return "neighbours" if comparison.id.startswith("neighbours") else comparison.name


def _comparison_in_words(view: IndicatorView, comparison: Comparison) -> str:
    latest = view.latest_shown
    other = comparison.at(latest.period) if latest else None
    if latest is None or other is None:
        return f"{comparison.name}: no figure for this period."
    how = neighbours_in_words(comparison, other.period) if other.value is not None else ""
    name = f"{comparison.name}{f' ({how})' if how else ''}{f', {other.label}' if other.period != latest.period else ''}"
    if other.value is None:
        return f"{name}: {formats.STATUS_WORDS[other.status]}." + (f" {other.correction}" if other.correction else "")
    value = formats.figure(other.value, "", view.indicator)
    return f"{name}: {value}; {view.place} is {_difference(view, comparison, latest, other)}."


def _difference(view: IndicatorView, comparison: Comparison, own: Point, other: Point) -> str:
    """Higher, lower or similar by the interval, with better or worse where polarity allows; above or below where nothing was tested."""
    difference = comparison.differences.get(own.period, "not tested")
    if difference == "similar" and comparison.id == "board":
        return "similar, as it lies within the funnel's 99.8% limits: chance alone would explain the difference"
    if difference == "similar":
        return "similar, as its interval holds this figure"
    if difference == "not tested":
        side = _side(view, own, other)
        return "level with it" if side == "level with" else f"{side} it, not tested"
    verdict = comparison.verdicts.get(own.period)
    return f"{difference}, which is {verdict}" if verdict else difference
