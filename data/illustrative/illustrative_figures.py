"""Levels to figures: draw the invented counts of every place and year and publish them as a statistician would.

Whole counts for authorities and rounded ones for regions, percentages and rates worked out from the counts shown, small
counts hidden. Every draw has its own seed, made of SEED and the name of what is drawn, so a figure depends on its name
and not on the order of work: adding a series changes no other. Only uniform draws, sums, products and roots are used,
and all is rounded for publication, so that the figures come out the same on any machine.
"""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from zlib import crc32

import illustrative_levels as levels
import numpy as np
from illustrative_levels import FIRST, HARROW, LAST, PLACES, LaitMeasure, Level, Place, Points

from hscb_qa.statistics import byar_interval

Row = dict[str, str]  # column -> cell as published
Table = dict[tuple[str, int], Row]  # (place, year) -> its row


def draw(*name: object) -> float:
    """One draw of mean 0 and standard deviation 1 that belongs to this name: twelve uniform draws added, less six."""
    uniform = np.random.default_rng([levels.SEED, crc32("|".join(map(str, name)).encode())]).random(12)
    return float(sum(uniform.tolist())) - 6


def at(points: Points, year: float) -> float:
    return float(np.interp(year, list(points), list(points.values()))) if isinstance(points, dict) else points


def level(series: Level, name: str, place: Place, year: int, percent: bool = False) -> float:
    """Where a place lies before chance. Percentages above 50 scatter by what is missing to 100, so none passes it."""
    if place.name == "Harrow":
        return at(series.harrow, year)
    england = at(series.england, year)
    factor = 1 + 0.012 * draw(name, year)
    if place.name != "England":
        factor *= series.london * (0.98 if place.name == "Outer London" else 1)
    if place.is_authority:
        factor *= max(0.4, 1 + series.spread * draw(name, place.name) + 0.05 * draw(name, place.name, year))
    # One side for all years, or places would jump where England crosses 50.
    turned = percent and at(series.england, LAST) > 50
    return 100 - (100 - england) * factor if turned else england * factor


def population(place: Place, year: int) -> int:
    """Children aged 0 to 17 at the middle of the year."""
    return round(place.children * (1 + place.growth * (year - 2012) + 0.003 * draw("population", place.name, year)))


def published(count: float, place: Place) -> int:
    """Authorities' counts are whole, regions' and England's rounded to ten."""
    return max(0, round(count) if place.is_authority else 10 * round(count / 10))


def happened(series: Level, name: str, place: Place, year: int, of: float | None = None) -> int:
    """A count: events per 10,000 children of the mid-year before, or, where `of` is given, a share of those many."""
    if of is None:
        expected = level(series, name, place, year) * population(place, year - 1) / 10_000
        return published(expected + 0.8 * math.sqrt(expected) * draw(name, place.name, year, "count"), place)
    share = min(1.0, level(series, name, place, year, percent=True) / 100)
    chance = math.sqrt(of * share * (1 - share)) * draw(name, place.name, year, "count")
    return min(published(of * share + chance, place), round(of))


def text(value: float | Decimal, decimals: int = 1) -> str:
    """A figure as published: rounded half up, without a trailing .0."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded.normalize():f}" if rounded else "0"


def ratio(numerator: float, denominator: float, per: int = 100, decimals: int = 1) -> str:
    return text(Decimal(str(numerator)) * per / Decimal(str(denominator)), decimals) if denominator else "z"


def is_small(count: int, place: Place) -> bool:
    return place.is_authority and 1 <= count <= 5


def count_and_percent(column: str, count: int, of: int, place: Place, hidden: bool = False) -> Row:
    if hidden or is_small(count, place):
        return {f"{column}_count": "c", f"{column}_percent": "c"}
    return {f"{column}_count": str(count), f"{column}_percent": ratio(count, of)}


def children_in_need(place: Place, year: int) -> Row:
    now, before = (happened(levels.CIN, "CIN", place, when) for when in (year, year - 1))
    started = happened(levels.CIN_STARTED, "CIN started", place, year)
    ended = max(0, before + started - now)
    episodes = {"Anypoint": now + ended, "Started": started, "Ended": ended}
    cells: dict[str, int] = {}
    for column, count in episodes.items():
        cells |= {f"{column}_episodes": count, f"{column}_child": published(count * 0.955, place)}
    cells |= {"At31_episodes": now, "awaiting_assessment": happened(levels.AWAITING, "awaiting", place, year)}
    return {"category": "Children in Need"} | {k: "c" if is_small(v, place) else str(v) for k, v in cells.items()}


def referrals(place: Place, year: int) -> Row:
    total = happened(levels.REFERRALS, "referrals", place, year)
    again = happened(levels.REREFERRED, "re-referred", place, year, total)
    children, children_again = published(total * 0.92, place), published(again * 0.87, place)
    return {
        "category": "Referrals and Re-referrals",
        "referral_count": str(total),
        **count_and_percent("rereferral", again, total, place),
        **count_and_percent("no_further_action", happened(levels.NO_ACTION, "no action", place, year, total), total, place),
        **count_and_percent("not_in_need", happened(levels.NOT_IN_NEED, "not in need", place, year, total), total, place),
        "referral_child_count": str(children),
        **count_and_percent("rereferral_child", children_again, children, place),
    }


def factors(place: Place, year: int) -> Row:
    """Breaks: abuse by whom from 2021 (then nobody is unknown), criminal exploitation from 2022; x before."""
    total = happened(levels.ASSESSED, "assessed", place, year)
    cells = {"category": "Factors identified at the end of assessment", "Episodes_with_assessment_factor": str(total)}
    for factor, share in levels.FACTORS.items():
        series = Level(share, share * max(0.5, 1 + 0.15 * draw(factor, "Harrow")) * 0.8, 0.85, 0.3)
        count = happened(series, factor, place, year, total)
        cells[factor] = "c" if is_small(count, place) else str(count)
        if ("_on_child" in factor and year < 2021) or (factor == "Child_criminal_exploitation" and year < 2022):
            cells[factor] = "x"
        elif factor.endswith("_unknown") and year >= 2021:
            cells[factor] = "0"
    return cells


def subsequent_plans(place: Place, year: int) -> Row:
    total = happened(levels.PLANS_STARTED, "plans started", place, year)
    again = count_and_percent("CPP", happened(levels.SUBSEQUENT, "subsequent", place, year, total), total, place)
    category = "Child Protection Plans which are a second or subsequent plan"
    started = {"category": category, "CPP_start": str(total)}
    return started | {"CPP_subsequent": again["CPP_count"], "CPP_subsequent_percent": again["CPP_percent"]}


def plan_durations(place: Place, year: int) -> Row:
    """Where one of the two longest bands is too small to show, the other is hidden too: the total would give it away."""
    total = happened(levels.PLANS_OPEN, "plans", place, year)
    longest = happened(levels.TWO_YEARS, "two years", place, year, total)
    bands = {band: happened(Level(share, share), band, place, year, total) for band, share in levels.DURATIONS.items()}
    bands |= {"1_year_less_than_2_years": max(0, total - longest - sum(bands.values())), "2_years_or_more": longest}
    cells = {"category": "Child Protection Plans by length of time", "CPP_At31": str(total)}
    pair = ("1_year_less_than_2_years", "2_years_or_more")
    is_pair_hidden = any(is_small(bands[band], place) for band in pair)
    for band, count in bands.items():
        shown = count_and_percent(band, count, total, place, hidden=is_pair_hidden and band in pair)
        cells |= {band: shown[f"{band}_count"], f"{band}_percent": shown[f"{band}_percent"]}
    return cells


def looked_after(place: Place, year: int) -> Row:
    now, before = (happened(levels.LOOKED_AFTER, "looked after", place, when) for when in (year, year - 1))
    started = happened(levels.STARTED_CARE, "started care", place, year)
    return {
        "ceasing to be looked after each year": str(max(0, before + started - now)),
        "looked after on 31 March each year": str(now),
        "starting to be looked after each year": str(started),
    }


def workforce(place: Place, year: int) -> Row:
    """Full-time equivalents to one decimal; every rate is worked out from the figures shown beside it."""

    def share(series: Level, name: str) -> float:
        wobble = draw(name, place.name, year) if place.is_authority else 0.2 * draw(name, year)
        return max(0.02, (level(series, name, place, year) + wobble) / 100)

    post = round(level(levels.FTE, "FTE", place, year) * population(place, year - 1) / 10_000, 1)
    rates = {name: share(series, name) for name, series in (("agency", levels.AGENCY), ("vacancy", levels.VACANCY))}
    agency, vacancy = (round(post * rate / (1 - rate), 1) for rate in rates.values())
    starters, leavers = round(post * 0.17, 1), round(post * share(levels.TURNOVER, "turnover"), 1)
    cover = round(min(agency, vacancy) * min(1, 0.86 + 0.05 * draw("cover", place.name, year)), 1)
    holders = round((post + agency) * 0.57, 1)
    cases = round(holders * level(levels.CASELOAD, "caseload", place, year))
    lost = round(post * 253 * max(0.01, 0.032 + 0.006 * draw("lost", place.name, year)), 1)
    heads = {"inpost": post, "starters": starters, "leavers": leavers, "agency": agency}
    head = {name: math.ceil(fte * 1.04) for name, fte in heads.items()}
    return {
        "inpost_fte": text(post),
        "inpost_headcount": str(head["inpost"]),
        "starters_fte": text(starters),
        "starters_headcount": str(head["starters"]),
        "leavers_fte": text(leavers),
        "leavers_headcount": str(head["leavers"]),
        "turnover_rate_fte": ratio(leavers, post),
        "turnover_rate_headcount": ratio(head["leavers"], head["inpost"]),
        "agency_fte": text(agency),
        "agency_headcount": str(head["agency"]),
        "agency_rate_fte": ratio(agency, round(agency + post, 1)),
        "agency_rate_headcount": ratio(head["agency"], head["agency"] + head["inpost"]),
        "agency_cover_fte": text(cover),
        "agency_cover_rate_fte": ratio(cover, agency),
        "vacancy_fte": text(vacancy),
        "vacancy_rate_fte": ratio(vacancy, round(vacancy + post, 1)),
        "vacancy_agency_cover_rate_fte": ratio(cover, vacancy),
        "case_holders_fte": text(holders),
        "cases": str(cases),
        "caseload_fte": ratio(cases, holders, 1),
        "working_days_lost_fte": text(lost),
        "absence_rate_fte": ratio(lost, post * 253),
    }


def injuries(place: Place, year: int) -> Row:
    """Limits from the true count; authorities' counts shown to the nearest 5, as the real file does."""
    children = round(population(place, year - 1) * 0.84)
    expected = level(levels.INJURIES, "injuries", place, year) * children / 10_000
    count = round(expected + math.sqrt(expected) * draw("injuries", place.name, year, "count"))
    cells = {"Value": text(count / children * 10_000, 5)}
    for confidence, name in ((0.95, "95.0"), (0.998, "99.8")):
        lower, upper = (float(limit) for limit in byar_interval(count, children / 10_000, confidence))
        cells |= {f"Lower CI {name} limit": text(lower, 5), f"Upper CI {name} limit": text(upper, 5)}
    return cells | {"Count": str(5 * round(count / 5) if place.is_authority else count), "Denominator": str(children)}


YEARS = range(FIRST, LAST + 1)
MAKERS: dict[str, tuple[Callable[[Place, int], Row], range]] = {
    "b1": (children_in_need, YEARS),
    "c1": (referrals, YEARS),
    "c3": (factors, range(2018, LAST + 1)),
    "d3": (subsequent_plans, YEARS),
    "d5": (plan_durations, YEARS),
    "cla": (looked_after, YEARS),
    "csww": (workforce, range(levels.WORKFORCE_FIRST, levels.WORKFORCE_LAST + 1)),
    "fingertips": (injuries, range(FIRST, levels.INJURY_LAST + 1)),
}


def make_table(name: str) -> Table:
    make, years = MAKERS[name]
    table = {(place.name, year): make(place, year) for year in reversed(years) for place in PLACES}
    for _, place, year, columns, symbol in (gap for gap in levels.GAPS if gap[0] == name):
        row = table[place, year]
        row |= dict.fromkeys(columns or (column for column in row if column != "category"), symbol)
    return table


def lait_value(measure: LaitMeasure, place: Place, year: int, tables: dict[str, Table]) -> str:
    """The cell of LAIT: the tidy file's own figure where there is one, "-" for anything that file does not show."""
    table, column = measure.derived
    if table:
        cell = tables[table].get((place.name, year), {}).get(column, "x")
        if not cell.replace(".", "").isdigit():
            return "-"
        if measure.per > 100:
            return ratio(int(cell), population(place, year - 1), measure.per, measure.decimals)
        return text(Decimal(cell), measure.decimals)
    if measure.per == 1:
        noise = 0.25 * draw(measure.key, place.name, year, "score") if place.is_authority else 0
        return text(level(measure.level, measure.key, place, year) + noise, measure.decimals)
    return lait_share(measure, place, year)


def lait_share(measure: LaitMeasure, place: Place, year: int) -> str:
    children = population(place, year - 1)
    of = round(measure.base * children / population(HARROW, year - 1)) if measure.base else children
    share = min(1.0, level(measure.level, measure.key, place, year, measure.per == 100) / (measure.per or 10_000))
    count = round(of * share + math.sqrt(of * share * (1 - share)) * draw(measure.key, place.name, year, "count"))
    count = min(max(0, count), of)
    if is_small(count, place):
        return "-"
    return ratio(count, of, measure.per, measure.decimals) if measure.per else str(count)


def lait_cell(measure: LaitMeasure, place: Place, year: int, tables: dict[str, Table]) -> str:
    """The value with the known oddities: gaps, England's sum of rates, and the one disagreement."""
    for key, places, years in levels.LAIT_GAPS:
        if key == measure.key and place.name in (places or (place.name,)) and year in (years or (year,)):
            return "-"
    value = lait_value(measure, place, year, tables)
    if (measure.key, place.name) == levels.SUM_OF_RATES:
        return str(int(value) * levels.SUM_OF_RATES_FACTOR)
    if (measure.key, place.name, year) == levels.DISAGREEMENT:
        return text(Decimal(value) + levels.DISAGREEMENT_BY)
    return value
