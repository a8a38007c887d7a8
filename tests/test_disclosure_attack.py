"""The attack, by hand: each way in which numbers that were hidden one by one are found again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_boards import figures_of, random_cells
from readers_of_boards import as_read, hidden, possible_ranges, small_only

from hscb_qa.disclosure import Rule, attack, small_in
from hscb_qa.disclosure.sums import sums_of
from hscb_qa.disclosure.targets import targets_of

RULE = Rule()


def counts(**agencies):
    """Cells of agencies without breakdown: name = its counts, quarter by quarter."""
    return {(agency, "", quarter): (value, None) for agency, values in agencies.items() for quarter, value in enumerate(values)}


def breaches(figures, rule=RULE):
    return attack(as_read(figures), small_in(figures, rule), rule)


def ranges(figures, rule=RULE):
    """Agency, basis and last quarter of each breach, with its range."""
    found = [(figures.iloc[breach.figure], breach) for breach in breaches(figures, rule)]
    return {(row.agency, row.basis, row["last"]): (breach.least, breach.most) for row, breach in found}


def without(figures, *bases):
    return figures[~figures["basis"].isin(bases)].reset_index(drop=True)


def test_a_total_tells_its_one_hidden_part():
    """Board 30, the others 12 and 15: 30 - 12 - 15 = 3."""
    figures = without(small_only(figures_of(counts(a=[12], b=[15], c=[3])), RULE), "ytd")
    assert ranges(figures) == {("c", "quarter", 0): (3, 3)}
    [breach] = breaches(figures)
    assert set(figures.iloc[list(breach.told_by)]["agency"]) == {""}


def test_a_total_does_not_tell_two_hidden_parts():
    """Board 30, one part 12: the others are 18 together, so 1 to 17 each."""
    figures = without(figures_of(counts(a=[12], b=[15], c=[3])), "ytd")
    assert breaches(hidden(figures, {("b", "", "quarter", 0), ("c", "", "quarter", 0)})) == []


def test_two_hidden_parts_of_a_small_sum_are_narrowed():
    """Board 16, one part 12: the others are 4 together and zero is shown, so 1 to 3 each."""
    figures = without(small_only(figures_of(counts(a=[12], b=[1], c=[3])), RULE), "ytd")
    assert ranges(figures) == {("b", "quarter", 0): (1, 3), ("c", "quarter", 0): (1, 3)}


def test_year_to_date_less_the_last_year_to_date_tells_a_quarter():
    """25 to the second quarter, less 21 to the first: 4."""
    figures = without(small_only(figures_of(counts(a=[21, 4])), RULE), "rolling12")
    assert list(ranges(figures).values()) == [(4, 4)]


def test_two_rolling_years_tell_a_quarter():
    """Quarters 9, 8, 7, 6 and 2: the second rolling year, 23, less the first, 30, and the 9 that left it: 2."""
    figures = without(small_only(figures_of(counts(a=[9, 8, 7, 6, 2])), RULE), "ytd")
    assert list(ranges(figures).values()) == [(2, 2)]


def test_a_year_tells_a_hidden_quarter():
    """30 in the year less 9, 9 and 9: 3."""
    figures = without(small_only(figures_of(counts(a=[9, 9, 3, 9])), RULE), "ytd", "rolling12")
    assert list(ranges(figures).values()) == [(3, 3)]


def test_a_whole_tells_a_hidden_breakdown():
    """10 in all, 6 of one kind: 4 of the other."""
    cells = {("a", "", 0): (10, None), ("a", "sex=f", 0): (6, None), ("a", "sex=m", 0): (4, None)}
    assert list(ranges(without(small_only(figures_of(cells), RULE), "ytd")).values()) == [(4, 4)]


def test_a_percentage_with_its_denominator_tells_the_numerator_within_its_rounding():
    """33.3% of 12 is between 3.990 and 4.002: 4. 3% of 120, without decimals, is between 3 and 4.2: 3 or 4."""
    for value, decimals, denominator, expected in ((33.3, 1, 12.0, (4, 4)), (3.0, 0, 120.0, (3, 4))):
        figures = without(figures_of({("a", "", 0): (4.0, denominator)}, percent=True), "ytd")
        shown = figures.assign(value=value, decimals=decimals)
        small = small_in(figures, Rule(small_base=0))
        [breach] = attack(shown.assign(numerator=np.nan), small, RULE)
        assert (breach.least, breach.most) == expected


def test_a_denominator_shown_by_another_indicator_still_leaves_the_numerator_open():
    """Hidden: 3 of 40. Shown elsewhere: the 40, which is its base. The 3 can be 0 to 40."""
    names = {"numerator": "referrals", "denominator": "none"}
    whole = figures_of({("a", "", 0): (40.0, None)}, indicator="whole", names=names)
    part = figures_of({("a", "", 0): (3.0, 40.0)}, indicator="part", percent=True, names={"numerator": "p", "denominator": "referrals"})
    figures = small_only(pd.concat([whole, part], ignore_index=True), RULE)
    assert breaches(figures) == []


def test_a_shared_count_shown_by_one_indicator_is_known_in_another():
    """Two indicators give the same count of 4; the one that hides nothing tells what the other hides."""
    names = {"numerator": "shared", "denominator": "none"}
    careless = figures_of({("a", "", 0): (4.0, None)}, indicator="careless", names=names).assign(protects=False)
    careful = figures_of({("a", "", 0): (4.0, None)}, indicator="careful", names=names)
    figures = small_only(pd.concat([careless, careful], ignore_index=True), RULE)
    assert {breach.least for breach in breaches(figures)} == {4}


def test_the_difference_of_two_editions_tells_what_was_added():
    """The board's figure grew from 20 to 23 when a late agency came in: it gave 3."""
    first = figures_of(counts(a=[20]), edition=1)
    second = figures_of(counts(a=[20], b=[3]), edition=2)
    figures = without(small_only(pd.concat([first, second], ignore_index=True), RULE), "ytd")
    assert ranges(figures) == {("b", "quarter", 0): (3, 3)}


def test_the_difference_of_two_editions_tells_a_restatement():
    """Hidden 2 became hidden 4, and the board's figure went from 27 to 29: the second is 2 more than the first, so at least 3."""
    first = figures_of(counts(a=[12], b=[13], c=[2]), edition=1)
    second = figures_of(counts(a=[12], b=[13], c=[4]), edition=2, versions={("c", "", 0): 2})
    figures = without(pd.concat([first, second], ignore_index=True), "ytd")
    figures = hidden(figures, {("b", "", "quarter", 0), ("c", "", "quarter", 0)})
    assert {(breach.least, breach.most) for breach in breaches(figures)} == {(3, 5)}


def test_what_contradicts_itself_is_refused():
    figures = without(small_only(figures_of(counts(a=[12], b=[15], c=[3])), RULE), "ytd")
    wrong = as_read(figures).assign(numerator=lambda frame: frame["numerator"].mask(frame["agency"] == "", 20))
    with pytest.raises(ValueError, match="contradicts itself"):
        attack(wrong, small_in(figures, RULE), RULE)


def test_zeros_are_protected_where_the_rule_says_so():
    """Board 20, hidden 0 and 20: with zero shown they would not be hidden; protected, they can be 0 to 20."""
    rule = Rule(hide_zeros=True)
    figures = without(figures_of(counts(a=[0], b=[20], c=[9])), "ytd")
    assert ranges(small_only(figures, rule), rule) == {("a", "quarter", 0): (0, 0)}
    assert breaches(hidden(figures, {("a", "", "quarter", 0), ("b", "", "quarter", 0)}), rule) == []


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), parts=st.sampled_from([0, 2]), data=st.data())
def test_what_is_open_is_what_a_search_through_all_counts_finds_open(seed, parts, data):
    """Tiny grids with anything hidden, up to four counts unknown: the same figures are closed, to the same ends."""
    figures = figures_of(random_cells(seed, agencies=2, quarters=1 if parts else 3, parts=parts, mean=4, zeros=0, least=1))
    drawn = np.array(data.draw(st.lists(st.booleans(), min_size=len(figures), max_size=len(figures))))
    finest = figures["finest"].to_numpy()
    figures = figures.assign(status=np.where(drawn & (~finest | (np.cumsum(finest & drawn) <= 4)), "c", ""))
    most = int(figures.loc[finest, "numerator"].max()) + 6
    assume(most ** int((finest & (figures["status"] == "c")).sum()) < 10**6)
    possible = possible_ranges(figures, most)
    small = small_in(figures, RULE)
    found = {breach.figure: breach for breach in attack(as_read(figures), small, RULE)}
    for breach in found.values():
        least, most = possible[breach.figure]
        assert max(least, breach.low) == max(breach.least, breach.low)
        assert min(most, breach.high) == min(breach.most, breach.high)
    sums = sums_of(figures, RULE)
    targets = targets_of(sums, small, np.zeros(len(sums.starts), dtype=bool), RULE)
    open_to_search = [
        possible[figure][0] <= low and possible[figure][1] >= high
        for figure, low, high in zip(targets.figure, targets.low, targets.high, strict=True)
    ]
    assert set(targets.figure[np.logical_not(open_to_search)]) == set(found)
