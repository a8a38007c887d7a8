"""Whether the configuration files agree with each other: one function per rule.

Turns a framework and its files into faults, kept with the file and line where the mend belongs. Refuses nothing by itself; the loader
does that once all faults are known.
"""

from collections.abc import Iterable, Mapping, Sequence

from hscb_qa.definitions.boards import Area, PlanYear
from hscb_qa.definitions.config_file import ConfigFile, Place
from hscb_qa.definitions.framework import Framework
from hscb_qa.definitions.vocabulary import THEMES
from hscb_qa.errors import suggest
from hscb_qa.geographies import Geographies

_ROUNDS_TO_ZERO = {"round_5": 2, "round_10": 4}


def check(framework: Framework, files: dict[str, ConfigFile], indicator_files: dict[str, ConfigFile], places: Geographies) -> None:
    """Run every rule. An indicator whose own file has faults is known by that file, so that one fault is told once."""
    repeated_ids(framework, files)
    plan_year_dates(framework, files["priorities"])
    unknown_indicators(framework, files["priorities"], set(indicator_files))
    unknown_agencies(framework, indicator_files)
    section_11_agrees(framework, files["learning"])
    areas_agree(framework, files["priorities"], indicator_files)
    themes_given(framework, indicator_files)
    all_known = len(framework.indicators) == len(indicator_files)  # else a faulty definition may be what uses a source
    sources_exist(framework, files["sources"], indicator_files, all_known=all_known)
    corrections_apply(framework, files["corrections"], all_known=all_known)
    places_exist(framework, files, places)
    rebases_apply(framework, files["signals"], set(indicator_files))
    methods_apply(framework, files["disclosure"], set(indicator_files))
    if framework.events:
        events_apply(framework, files["events"], set(indicator_files))


def repeated_ids(framework: Framework, files: dict[str, ConfigFile]) -> None:
    """An agency, a source, a plan year, an area within a year: each has its id once."""
    _tell_repeats(files["agencies"], ("agencies",))
    _tell_repeats(files["sources"], ("sources",))
    _tell_repeats(files["priorities"], ("plan_years",))
    _tell_repeats(files["learning"], ("questions",))
    standards = framework.learning.section_11.standards if framework.learning else ()
    _tell_repeated_values(files["learning"], ("section_11", "standards"), [one.id for one in standards])
    for position, plan_year in enumerate(framework.plan_years):
        seen: set[str] = set()
        for place, area in _area_places(position, plan_year):
            if area.id in seen:
                files["priorities"].fault(
                    "repeated_id", files["priorities"].line((*place, "id")), f"area '{area.id}' stands twice in plan year {plan_year.id}."
                )
            seen.add(area.id)
            _tell_repeated_values(files["priorities"], (*place, "indicators"), area.indicators)


def plan_year_dates(framework: Framework, file: ConfigFile) -> None:
    """A plan year ends after it starts, and its id names the years in which it does."""
    for position, plan_year in enumerate(framework.plan_years):
        line = file.line(("plan_years", position, "start"))
        if plan_year.end <= plan_year.start:
            file.fault("plan_year_dates", line, f"plan year {plan_year.id} ends on {plan_year.end}, before it starts on {plan_year.start}.")
        if plan_year.id != f"{plan_year.start.year}-{plan_year.end.year % 100:02d}":
            file.fault("plan_year_dates", line, f"plan year '{plan_year.id}' does not fit its dates {plan_year.start} to {plan_year.end}.")


def unknown_indicators(framework: Framework, file: ConfigFile, known_ids: set[str]) -> None:
    """An area, and a target of an area, names only indicators that are defined and belong to it."""
    for position, plan_year in enumerate(framework.plan_years):
        for place, area in _area_places(position, plan_year):
            for number, indicator in enumerate(area.indicators):
                if indicator not in known_ids:
                    line, near = file.line((*place, "indicators", number)), suggest(indicator, known_ids)
                    message = f"area '{area.id}' lists '{indicator}', which no file in indicators defines.{near}"
                    file.fault("unknown_indicator", line, message)
            for number, target in enumerate(area.targets):
                if target.indicator not in area.indicators:
                    line, near = file.line((*place, "targets", number)), suggest(target.indicator, area.indicators)
                    message = f"a target names '{target.indicator}', which area '{area.id}' does not list.{near}"
                    file.fault("target_elsewhere", line, message)


def unknown_agencies(framework: Framework, indicator_files: dict[str, ConfigFile]) -> None:
    """An indicator names only agencies that are partners, and is owed only by agencies it concerns."""
    for indicator in framework.indicators.values():
        file = indicator_files[indicator.id]
        for number, agency in enumerate(indicator.agencies):
            if agency not in framework.agencies:
                near = suggest(agency, framework.agencies)
                file.fault("unknown_agency", file.line(("agencies", number)), f"'{agency}' is not an agency of agencies.yaml.{near}")
        all_known = all(agency in framework.agencies for agency in indicator.agencies)  # else the misspelt name may be the one that owes
        for number, agency in enumerate(indicator.returned.agencies if indicator.returned and all_known else ()):
            if agency not in indicator.agencies:
                line, near = file.line(("returned", "agencies", number)), suggest(agency, indicator.agencies)
                file.fault("unknown_agency", line, f"'{agency}' owes this indicator, but does not stand under 'agencies'.{near}")


def section_11_agrees(framework: Framework, file: ConfigFile) -> None:
    """A standard of section 11 can be met, and only agencies that are partners can be exempt."""
    if framework.learning is None:
        return
    rules = framework.learning.section_11
    if rules.met_from > rules.highest_score:
        message = f"'met_from' {rules.met_from} is more than 'highest_score' {rules.highest_score}; no standard could be met."
        file.fault("score", file.line(("section_11", "met_from")), message)
    for number, agency in enumerate(rules.exempt):
        if agency not in framework.agencies:
            line, near = file.line(("section_11", "exempt", number)), suggest(agency, framework.agencies)
            file.fault("unknown_agency", line, f"'{agency}' is not an agency of agencies.yaml.{near}")


def areas_agree(framework: Framework, file: ConfigFile, indicator_files: dict[str, ConfigFile]) -> None:
    """An indicator and an area name each other, or neither; an indicator that no area lists is an unused definition."""
    listing: dict[str, set[str]] = {}
    area_ids: set[str] = set()
    for position, plan_year in enumerate(framework.plan_years):
        for place, area in _area_places(position, plan_year):
            area_ids.add(area.id)
            for number, indicator_id in enumerate(area.indicators):
                listing.setdefault(indicator_id, set()).add(area.id)
                indicator = framework.indicators.get(indicator_id)
                if indicator and area.id not in indicator.areas:
                    line, own = file.line((*place, "indicators", number)), ", ".join(indicator.areas)
                    message = f"area '{area.id}' lists '{indicator_id}', whose own areas are {own}. Add the area there or drop it here."
                    file.fault("areas_disagree", line, message)
    for indicator in framework.indicators.values():
        _tell_unlisted_areas(indicator_files[indicator.id], indicator.areas, listing.get(indicator.id, set()), area_ids)


def themes_given(framework: Framework, indicator_files: dict[str, ConfigFile]) -> None:
    """What stands in the wider picture of any plan year has a theme, and nothing else has; an edition made before themes may have none."""
    wider = {indicator for plan_year in framework.plan_years for indicator in plan_year.wider_picture.indicators}
    for indicator in framework.indicators.values():
        file = indicator_files[indicator.id]
        if indicator.theme is None and (indicator.id in wider or indicator.content_area == "wider_picture"):
            allowed = ", ".join(THEMES)
            file.fault(
                "theme_missing", file.line(("content_area",)), f"'theme' is missing: it stands in the wider picture. Add: {allowed}."
            )
        if indicator.theme and indicator.id not in wider:
            file.fault("theme_elsewhere", file.line(("theme",)), "'theme' is for the wider picture, which does not list this. Delete it.")


def sources_exist(framework: Framework, file: ConfigFile, indicator_files: dict[str, ConfigFile], *, all_known: bool) -> None:
    """An indicator's source is registered, and a registered source feeds an indicator (neighbour sets feed comparators)."""
    used = {"neighbours"}
    for indicator in framework.indicators.values():
        for published in indicator.published_figures:
            used.add(published.source)
            if published.source not in framework.sources:
                own = indicator_files[indicator.id]
                own.fault(
                    "unknown_source",
                    own.line(("published", "source")),
                    f"'{published.source}' is not a source of sources.yaml.{suggest(published.source, framework.sources)}",
                )
    for number, source in enumerate(framework.sources):
        if source not in used and all_known:
            file.fault(
                "unused_definition", file.line(("sources", number)), f"no indicator is fed by source '{source}'. Delete it or use it."
            )


def corrections_apply(framework: Framework, file: ConfigFile, *, all_known: bool) -> None:
    """A correction names cells that some indicator uses; otherwise it corrects nothing."""
    used = {
        (published.source, measure)
        for indicator in framework.indicators.values()
        for published in indicator.published_figures
        for figure in published.figures.values()
        for measure in figure.measures
    }
    for number, correction in enumerate(framework.corrections):
        for measure in correction.measures:
            if (correction.source, measure) not in used and all_known:
                near = suggest(measure, {name for source, name in used if source == correction.source})
                file.fault(
                    "unused_definition",
                    file.line(("corrections", number, "measures")),
                    f"no indicator uses '{measure}' of source '{correction.source}'.{near}",
                )


def places_exist(framework: Framework, files: dict[str, ConfigFile], places: Geographies) -> None:
    """The board's own place, its comparators and the places of corrections are in the register."""
    board: dict[Place, str] = {("board", "geography"): framework.board.geography}
    for number, comparator in enumerate(framework.board.comparators):
        board["board", "comparators", number, "geography"] = comparator.geography
    _tell_unknown_places(files["priorities"], board, places)
    for number, correction in enumerate(framework.corrections):
        codes: dict[Place, str] = {
            ("corrections", number, "geographies", position): code for position, code in enumerate(correction.geographies or ())
        }
        _tell_unknown_places(files["corrections"], codes, places)


def rebases_apply(framework: Framework, file: ConfigFile, known_ids: set[str]) -> None:
    """A rebase names an indicator that is defined, and an agency only where it returns that indicator."""
    for number, rebase in enumerate(framework.signals.rebases):
        place: Place = ("rebases", number)
        if rebase.indicator not in known_ids:
            near = suggest(rebase.indicator, known_ids)
            message = f"a rebase names '{rebase.indicator}', which no file in indicators defines.{near}"
            file.fault("unknown_indicator", file.line((*place, "indicator")), message)
        elif rebase.agency and (indicator := framework.indicators.get(rebase.indicator)):
            owing = indicator.returned.agencies if indicator.returned else ()
            if rebase.agency not in owing:
                line, near = file.line((*place, "agency")), suggest(rebase.agency, owing)
                file.fault("unknown_agency", line, f"'{rebase.agency}' does not return '{rebase.indicator}'.{near}")


def events_apply(framework: Framework, file: ConfigFile, known_ids: set[str]) -> None:
    """An event bears on indicators that are defined and on areas of some plan year."""
    areas = {area.id for position, year in enumerate(framework.plan_years) for _, area in _area_places(position, year)}
    for number, event in enumerate(framework.events):
        for key, named, known in (("indicators", event.indicators, known_ids), ("areas", event.areas, areas)):
            for unknown in [name for name in named if name not in known]:
                line, what = file.line(("events", number, key)), key.removesuffix("s")
                message = f"an event names '{unknown}', which is no {what} of this board.{suggest(unknown, known)}"
                file.fault(f"unknown_{what}", line, message)


def methods_apply(framework: Framework, file: ConfigFile, known_ids: set[str]) -> None:
    """A method of disclosure control names an indicator once, and one that agencies return counts of."""
    _tell_repeated_values(file, ("methods",), [one.indicator for one in framework.disclosure.methods])
    for number, one in enumerate(framework.disclosure.methods):
        line, indicator = file.line(("methods", number, "indicator")), framework.indicators.get(one.indicator)
        if one.indicator not in known_ids:
            near = suggest(one.indicator, known_ids)
            file.fault("unknown_indicator", line, f"a method names '{one.indicator}', which no file in indicators defines.{near}")
        elif indicator and (indicator.returned is None or indicator.returned.gives == "value"):
            file.fault("unused_definition", line, f"agencies do not return counts of '{one.indicator}', so no method applies. Delete it.")
        elif indicator and (rounds_to_zero := _ROUNDS_TO_ZERO.get(one.method, 0)) > framework.disclosure.threshold:
            message = f"'{one.method}' would show {rounds_to_zero}, which is not hidden, as 0. Raise the threshold to {rounds_to_zero}."
            file.fault("rounded_to_zero", line, message)
        elif indicator and one.method in _ROUNDS_TO_ZERO and not indicator.counts_people:
            file.fault("unused_definition", line, f"'{one.indicator}' does not count people, so it is not rounded. Delete it.")


def _tell_unknown_places(file: ConfigFile, codes: Mapping[Place, str], places: Geographies) -> None:
    for place, code in codes.items():
        if places.by_code(code) is None:
            near = suggest(code, [known.code for known in places])
            file.fault("unknown_place", file.line(place), f"'{code}' is not a place of geographies.csv.{near}")


def _area_places(position: int, plan_year: PlanYear) -> list[tuple[Place, Area]]:
    root: Place = ("plan_years", position)
    places = [((*root, part, number), area) for part in ("part_a", "part_b") for number, area in enumerate(getattr(plan_year, part))]
    return [*places, ((*root, "wider_picture"), plan_year.wider_picture)]


def _tell_repeats(file: ConfigFile, place: tuple[str, ...]) -> None:
    _tell_repeated_values(file, place, [block.get("id") for block in file.content[place[0]]])


def _tell_repeated_values(file: ConfigFile, place: Place, values: Sequence[str]) -> None:
    for number, value in enumerate(values):
        if value in values[:number]:
            file.fault("repeated_id", file.line((*place, number)), f"'{value}' stands twice in this list. Keep one of them.")


def _tell_unlisted_areas(file: ConfigFile, own_areas: Iterable[str], listed_in: set[str], area_ids: set[str]) -> None:
    if not listed_in:
        file.fault(
            "unused_definition", 1, "no area of any plan year lists this indicator. List it in priorities.yaml, or delete this file."
        )
    for number, area in enumerate(own_areas):
        if area not in area_ids:
            file.fault(
                "unknown_area", file.line(("areas", number)), f"'{area}' is not an area of priorities.yaml.{suggest(area, area_ids)}"
            )
        elif listed_in and area not in listed_in:
            file.fault(
                "areas_disagree",
                file.line(("areas", number)),
                f"area '{area}' does not list this indicator in any plan year. Add it there or drop it here.",
            )
