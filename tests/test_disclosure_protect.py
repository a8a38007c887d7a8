"""The gate: whatever the grid, the attack finds nothing; what it hides is what it must, and stays so from edition to edition."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_boards import figures_of, random_cells, restated
from readers_of_boards import as_read, possible_ranges, published, small_only

from hscb_qa.disclosure import Rule, attack, attack_latest, protect, protection, small_in
from hscb_qa.disclosure.sums import sums_of
from hscb_qa.disclosure.targets import targets_of

RULE = Rule()
GRIDS = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 10**6),
        "agencies": st.integers(1, 5),
        "quarters": st.integers(1, 9),
        "parts": st.sampled_from([0, 0, 2, 4]),
        "divides": st.booleans(),
        "mean": st.sampled_from([2.0, 6.0, 20.0]),
        "zeros": st.sampled_from([0.0, 0.3]),
    }
)
RULES = st.builds(
    Rule, threshold=st.sampled_from([2, 5, 9]), small_base=st.sampled_from([0, 10]), hide_zeros=st.booleans(), remainders=st.booleans()
)


def breaches(figures, rule=RULE):
    return attack(as_read(figures), small_in(figures, rule), rule)


@settings(max_examples=25, deadline=None)
@given(grid=GRIDS, rule=RULES)
def test_the_attack_finds_nothing(grid, rule):
    figures = figures_of(random_cells(**grid), percent=grid["divides"])
    protection = protect(figures, rule)
    assert protection.exposed.empty
    assert breaches(figures.assign(status=protection.status), rule) == []


@settings(max_examples=12, deadline=None)
@given(grid=GRIDS, rule=RULES, changes=st.lists(st.sampled_from([0.0, 0.1, 0.5]), min_size=1, max_size=3))
def test_the_attack_finds_nothing_in_all_editions_together(grid, rule, changes):
    """Each edition has one more quarter than the one before and restates some of the earlier counts; none tells more than those before."""
    cells, versions = random_cells(**grid | {"quarters": grid["quarters"] + len(changes)}), {}
    shown = published(figures_of(_until(cells, grid["quarters"]), percent=grid["divides"], edition=0), rule)
    for edition, share in enumerate(changes, start=1):
        cells, versions = restated(cells, versions, edition, share, grid["seed"])
        latest = figures_of(_until(cells, grid["quarters"] + edition), percent=grid["divides"], edition=edition, versions=versions)
        shown = pd.concat([shown, latest], ignore_index=True)
        shown = published(shown, rule)
        assert attack_latest(as_read(shown), small_in(shown, rule), rule) == []


@settings(max_examples=15, deadline=None)
@given(grid=GRIDS, rule=RULES, to=st.sampled_from([5, 10]))
def test_the_attack_finds_nothing_in_what_is_shown_rounded(grid, rule, to):
    """Rounding leaves room as well: no more is hidden than where figures are shown to the unit."""
    assume(rule.threshold >= (to - 1) // 2)
    figures = figures_of(random_cells(**grid), percent=grid["divides"]).assign(rounds_to=to)
    status = protect(figures, rule).status
    shown = rounded(as_read(figures.assign(status=status)), to)
    assert attack(shown, small_in(figures, rule), rule) == []
    exact = protect(figures.assign(rounds_to=1), rule).status
    assert (status == "c").sum() <= (exact == "c").sum()


def rounded(figures, to):
    return figures.assign(**{part: np.floor(figures[part] / to + 0.5) * to for part in ("numerator", "denominator")})


@settings(max_examples=15, deadline=None)
@given(grid=GRIDS, share=st.sampled_from([0.0, 0.3]))
def test_the_attack_finds_nothing_where_rolling_years_alone_are_shown(grid, share):
    """Nor from one edition to the next; a zero is not known to be one either."""
    cells, versions = random_cells(**grid | {"quarters": grid["quarters"] + 1}), {}
    shown = published(by_the_year(figures_of(_until(cells, grid["quarters"]), percent=grid["divides"], edition=0)), RULE)
    cells, versions = restated(cells, versions, 1, share, grid["seed"])
    latest = by_the_year(figures_of(cells, percent=grid["divides"], edition=1, versions=versions))
    shown = published(pd.concat([shown, latest], ignore_index=True), RULE)
    assert attack_latest(as_read(shown), small_in(shown, RULE), RULE) == []
    assert set(shown.loc[shown["status"] == "", "basis"]) <= {"rolling12", "year"}


def by_the_year(figures):
    never = ~figures["basis"].isin(["rolling12", "year"])
    return figures.assign(never_shown=never, status=figures["status"].mask(never, "c"))


def test_a_family_without_news_keeps_its_statuses_under_the_same_rule(monkeypatch):
    first = published(pd.concat([board("kept"), board("late")], ignore_index=True), RULE)
    again = pd.concat([first, board("kept", edition=2), board("late", edition=2, quarters=7)], ignore_index=True)
    solved = []
    monkeypatch.setattr(protection, "_protect_family", lambda figures, _: solved.append(set(figures["indicator"])) or as_given(figures))
    told = protect(again, RULE, RULE)
    assert solved == [{"late"}]
    kept = again[(again["edition"] == 2) & (again["indicator"] == "kept")].index
    assert told.status[kept].tolist() == first.loc[first["indicator"] == "kept", "status"].tolist()
    assert (told.reason[kept] != "").equals(told.status[kept] == "c")
    protect(again, RULE, Rule(threshold=4))
    assert solved[1:] == [{"kept"}, {"late"}]


def board(name, edition=1, quarters=6):
    return figures_of(random_cells(3, agencies=3, quarters=quarters), indicator=name, edition=edition)


def as_given(figures):
    return protection.Protection(figures["status"], figures["small_reason"], figures[:0])


def _until(cells, quarters):
    return {cell: counts for cell, counts in cells.items() if cell[2] < quarters}


@settings(max_examples=4, deadline=None)
@given(grid=GRIDS)
def test_the_same_figures_give_the_same_statuses_in_whatever_order(grid):
    figures = figures_of(random_cells(**grid), percent=grid["divides"])
    once, again = protect(figures, RULE), protect(figures, RULE)
    assert once.status.equals(again.status)
    shuffled = figures.sample(frac=1, random_state=grid["seed"])
    assert protect(shuffled, RULE).status.reindex(figures.index).equals(once.status)


@settings(max_examples=10, deadline=None)
@given(grid=GRIDS)
def test_hiding_more_opens_nothing(grid):
    """A superset of what the gate hides is safe as well."""
    figures = figures_of(random_cells(**grid), percent=grid["divides"])
    more = np.random.default_rng(grid["seed"]).random(len(figures)) < 0.2
    finest = figures["finest"] & (figures["numerator"] > 0)
    assert breaches(figures.assign(status=protect(figures, RULE).status.mask(more & (finest | ~figures["finest"]), "c"))) == []


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), parts=st.sampled_from([0, 2]))
def test_a_search_through_all_counts_finds_every_hidden_range_open(seed, parts):
    """In whole numbers, not only between them."""
    figures = figures_of(random_cells(seed, agencies=2, quarters=1 if parts else 3, parts=parts, mean=5, zeros=0, least=1))
    shown = published(figures, RULE)
    most = int(shown.loc[shown["finest"], "numerator"].max()) + 6
    assume(most ** int((shown["finest"] & (shown["status"] == "c")).sum()) < 10**6)
    possible = possible_ranges(shown, most)
    sums = sums_of(figures, RULE)
    targets = targets_of(sums, small_in(figures, RULE), np.zeros(len(sums.starts), dtype=bool), RULE)
    for figure, low, high in zip(targets.figure, targets.low, targets.high, strict=True):
        assert possible[figure][0] <= low
        assert possible[figure][1] >= high


def test_one_small_part_takes_the_next_cheapest_figures_with_it():
    """Board 30 of 12, 15 and 3, one quarter: the 3, and one of the others with it; the board's figures stay."""
    figures = figures_of({("a", "", 0): (12, None), ("b", "", 0): (15, None), ("c", "", 0): (3, None)})
    protection = protect(figures, RULE)
    hidden = figures[protection.status == "c"]
    assert len(hidden) == 4 and set(hidden["agency"]) < {"a", "b", "c"}
    assert sorted(protection.reason[protection.status == "c"].unique()) == ["protects another", "small count"]


def test_nothing_small_hides_nothing():
    figures = figures_of({("a", "", quarter): (10 + quarter, None) for quarter in range(8)})
    assert (protect(figures, RULE).status == "").all()


def test_what_does_not_count_people_is_not_hidden():
    figures = figures_of({("a", "", quarter): (3, None) for quarter in range(4)}).assign(protects=False)
    assert (protect(figures, RULE).status == "").all()


def test_what_an_earlier_edition_showed_is_not_hidden_in_vain():
    """A late agency gives 3: the board's new figure has to go, as the other agencies' figures are known."""
    first = published(figures_of({("a", "", 0): (12, None), ("b", "", 0): (15, None)}, edition=1), RULE)
    late = figures_of({("a", "", 0): (12, None), ("b", "", 0): (15, None), ("c", "", 0): (3, None)}, edition=2)
    shown = published(pd.concat([first, late], ignore_index=True), RULE)
    latest = shown[shown["edition"] == 2]
    assert set(latest.loc[latest["status"] == "c", "agency"]) == {"", "c"}


def test_a_restated_small_figure_takes_the_new_totals_with_it():
    """Hidden 2 becomes hidden 4 beside a hidden 13: beside the old one, the board's new figure would tell that the new is 3 or more."""
    cells = {("a", "", 0): (12, None), ("b", "", 0): (13, None), ("c", "", 0): (2, None)}
    first = published(figures_of(cells, edition=1), RULE)
    later = figures_of(cells | {("c", "", 0): (4, None)}, edition=2, versions={("c", "", 0): 2})
    shown = published(pd.concat([first, later], ignore_index=True), RULE)
    latest = shown[shown["edition"] == 2]
    assert "" in set(latest.loc[latest["status"] == "c", "agency"])
    assert breaches(shown) == []


def test_a_year_its_publisher_shows_is_kept_and_what_it_tells_is_hidden():
    """A fixed year of 30 with one small quarter: another quarter goes, the year stays."""
    figures = figures_of({("a", "", quarter): (count, None) for quarter, count in enumerate([9, 3, 9, 9])})
    figures = figures.assign(fixed=(figures["basis"] == "year") & (figures["agency"] == ""))
    shown = published(figures, RULE)
    assert (shown.loc[shown["basis"] == "year", "status"] == "").all()
    assert (shown.loc[(shown["basis"] == "quarter") & shown["finest"], "status"] == "c").sum() == 2
    assert breaches(shown) == []


def test_what_nothing_can_protect_is_named():
    """A publisher shows a year of 6 in quarters of 1, 1, 1 and 3: none can be more than 3, whatever is hidden."""
    figures = figures_of({("a", "", quarter): (count, None) for quarter, count in enumerate([1, 1, 1, 3])})
    figures = figures.assign(fixed=(figures["basis"] == "year"))
    protection = protect(figures, RULE)
    assert set(protection.exposed["basis"]) >= {"quarter"}
    shown = as_read(published(figures, RULE))
    assert attack(shown, small_in(figures, RULE), RULE) != []
    assert attack_latest(shown, small_in(figures, RULE), RULE) == []


def test_a_figure_that_is_not_its_sum_is_refused():
    figures = figures_of({("a", "", 0): (12, None), ("b", "", 0): (3, None)})
    wrong = figures.assign(numerator=figures["numerator"].mask(figures["agency"] == "", 16))
    with pytest.raises(ValueError, match="its numerator is not its sum"):
        protect(wrong, RULE)


def test_the_naive_way_is_breached():
    """The comparison can fail: with small figures hidden and nothing else, the attack finds them."""
    figures = figures_of(random_cells(1, agencies=4, quarters=8))
    assert len(breaches(small_only(figures, RULE))) > 5
