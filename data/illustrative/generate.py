"""Write the illustrative board's inputs: invented figures in the file forms of the real publishers (see README.md).

    python data/illustrative/generate.py [FOLDER]

Turns the tables of illustrative_figures.py into files: columns, order, symbols, byte-order marks and quoting as the
real ones have them. The same bytes on every run. Reads no file, real or otherwise.
"""

import csv
import io
import math
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import illustrative_levels as levels
from illustrative_figures import MAKERS, Row, Table, at, draw, lait_cell, make_table, population, ratio
from illustrative_levels import FIRST, HARROW, LAST, PLACES, Place, Points
from illustrative_section_11 import section_11_rows

INJURIES_NAME = "Hospital admissions caused by unintentional and deliberate injuries in children (aged 0 to 14 years)"
TIDY_FILES = {
    "b1": "illustrative_ees_b1_children_in_need.csv",
    "c1": "illustrative_ees_c1_referrals_and_rereferrals.csv",
    "c3": "illustrative_ees_c3_factors_at_end_of_assessment.csv",
    "d3": "illustrative_ees_d3_subsequent_plans.csv",
    "d5": "illustrative_ees_d5_plan_duration.csv",
    "csww": "illustrative_ees_csww_workforce.csv",
}


def geography(place: Place, year: int) -> Row:
    """The leading columns of every tidy file."""
    level_name = "Local authority" if place.is_authority else "National" if place.code == "E92000001" else "Regional"
    region = (levels.REGION_CODES[place.region], place.region) if place.is_authority else (place.code, place.name)
    authority = (str(place.number), place.code, place.name) if place.is_authority else ("", "", "")
    return {
        "time_period": str(year),
        "time_identifier": "Reporting year",
        "geographic_level": level_name,
        "country_code": "E92000001",
        "country_name": "England",
        **dict(zip(("region_code", "region_name"), region if level_name != "National" else ("", ""), strict=True)),
        **dict(zip(("old_la_code", "new_la_code", "la_name"), authority, strict=True)),
    }


def tidy_rows(table: Table) -> list[Row]:
    places = {place.name: place for place in PLACES}
    return [geography(places[name], year) | row for (name, year), row in table.items()]


def population_rows() -> list[Row]:
    pairs = [(place, year) for year in range(LAST - 1, FIRST - 2, -1) for place in PLACES]
    group = {"age_group": "Children aged 0 to 17 years"}
    return [geography(place, year) | group | {"population_estimate": str(population(place, year))} for place, year in pairs]


def looked_after_rows(table: Table) -> list[Row]:
    """One row for each kind of count; this file has the authority's name before its code."""
    rows = []
    for lead in tidy_rows(table):
        place = next(place for place in PLACES if place.name == (lead["la_name"] or lead["region_name"] or "England"))
        kinds = {kind: lead.pop(kind) for kind in table[place.name, int(lead["time_period"])]}
        lead["new_la_code"] = lead.pop("new_la_code")
        for kind, count in kinds.items():
            children = population(place, int(lead["time_period"]) - 1)
            cells = {
                "population_type": f"Children {kind}",
                "population_estimate": str(children),
                "children_count": count,
            }
            rows.append(lead | cells | {"rate_per_10000": ratio(int(count), children, 10_000, 0)})
    return rows


def lait_rows(tables: dict[str, Table]) -> Iterator[Row]:
    for measure in levels.LAIT:
        for year in range(measure.first, measure.last + 1):
            label = f"{year - 1}-{year % 100:02d}" if measure.key.startswith("YJS_") else str(year)
            for place in sorted(PLACES, key=lambda place: not place.is_authority):
                yield {
                    "Short Desc": measure.key,
                    "Data item": measure.title if year == measure.first else "",
                    "Years": label,
                    "LA and Regions": "London (Outer)" if place.name == "Outer London" else place.name,
                    "Values": lait_cell(measure, place, year, tables),
                    "LA Number": str(place.number),
                    "Region": place.region or "NA",
                }


def dictionary_rows() -> Iterator[Row]:
    serial = (date(2026, 11, 19) - date(1899, 12, 30)).days  # the real file's dates are Excel's
    for number, measure in enumerate(levels.LAIT, start=1):
        yield {
            "Measure_code": str(number),
            "Topic": measure.topic,
            "Measure": measure.title,
            "Chart_title": measure.title,
            "Measure_short": measure.key,
            "Polarity": measure.polarity,
            "y_axis_name": measure.title,
            "state_funded_flag": "NA",
            "Table_status": "Illustrative",
            "Description": "Invented figures for demonstration; they describe no real place.",
            "Last Update": str(serial),
            "Next Update": str(serial + 365),
            "Data Owner (DO) /Supplier and Contact Details": "Nobody: illustrative data",
            "Methodology": "Drawn at random around invented levels.\n\nSee data/illustrative/README.md.",
            "Hyperlink(s)": "NA",
            "dps": str(measure.decimals),
            "Year_Type": measure.year_type,
            "No_Quartile": "NA",
        }


def neighbour_rows() -> list[Row]:
    row = {"old_la_code": str(HARROW.number), "la_name": HARROW.name, "region_ind": "3", "region_name": "London"}
    for rank, (number, closeness) in enumerate(levels.NEIGHBOURS, start=1):
        row |= {f"SN_{rank}": str(number), f"SN_{rank}P": closeness}
    return [row]


def crime_rows() -> Iterator[Row]:
    (first_year, first_month), (last_year, last_month) = levels.POLICE_MONTHS
    months = [divmod(month, 12) for month in range(first_year * 12 + first_month - 1, last_year * 12 + last_month)]
    for place in (place for place in PLACES if place.region == "Outer London"):
        for (major, minor), line in levels.CRIMES.items():
            scale = 1.0 if place == HARROW else place.children / HARROW.children * (1 + 0.2 * draw(minor, place.name))
            counts = {f"{year}{month + 1:02d}": crimes(minor, place, line, scale, year, month) for year, month in months}
            yield {"MajorText": major, "MinorText": minor, "BoroughName": place.name} | counts


def crimes(minor: str, place: Place, line: Points, scale: float, year: int, month: int) -> str:
    name = f"{year}{month + 1:02d}"
    expected = at(line, year + month / 12) * scale * (levels.LOCKDOWN_FACTOR if name in levels.LOCKDOWN else 1)
    return str(max(0, round(expected + math.sqrt(expected) * draw(minor, place.name, name))))


def fingertips_rows(table: Table) -> Iterator[Row]:
    places = {place.name: place for place in PLACES}
    for (name, year), cells in sorted(table.items(), key=lambda item: item[0][1]):
        if name != "Outer London":  # Fingertips has no half of London
            yield fingertips_row(places[name], year, cells, table)


def fingertips_row(place: Place, year: int, cells: Row, table: Table) -> Row:
    region = "South East" if place.region == "South East" else "London"
    code = {"South East": "E12000008", "London": "E12000007"}[region]
    parent = {"England": ("", ""), "London": ("E92000001", "England")}.get(place.name, (code, f"{region} region (statistical)"))
    kind = {"England": "England", "London": "Regions (statistical)"}.get(place.name, "Counties & UAs (from Apr 2023)")
    to_england, to_region = compared(cells, table["England", year]), compared(cells, table["London", year])
    return {
        "Indicator ID": "90284",
        "Indicator Name": INJURIES_NAME,
        "Parent Code": parent[0],
        "Parent Name": parent[1],
        "Area Code": place.code,
        "Area Name": "London region (statistical)" if place.name == "London" else place.name,
        "Area Type": kind,
        "Sex": "Persons",
        "Age": "<15 yrs",
        "Category Type": "",
        "Category": "",
        "Time period": f"{year - 1}/{year % 100}",
        **cells,
        "Value note": "" if cells["Value"] else "Not presented: an invented gap",
        "Recent Trend": "",
        "Compared to England value or percentiles": to_england if place.name != "England" else "Not compared",
        "Compared to Regions (statistical) value or percentiles": to_region if place.region == "Outer London" else "Not compared",
        "Time period Sortable": f"{year - 1}0000",
        "New data": "",
        "Compared to goal": "",
        "Time period range": "1y",
    }


def compared(cells: Row, other: Row) -> str:
    if not cells["Value"]:
        return "Not compared"
    if float(cells["Upper CI 95.0 limit"]) < float(other["Value"]):
        return "Better"
    return "Worse" if float(cells["Lower CI 95.0 limit"]) > float(other["Value"]) else "Similar"


def as_csv(rows: list[Row], mark: bool = False) -> bytes:
    """The file's bytes: UTF-8 with plain line feeds, and with a byte-order mark where the real file has one."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig" if mark else "utf-8")


def as_quoted_csv(rows: list[Row]) -> bytes:
    """The dictionary's bytes: everything quoted but NA, and carriage returns with the line feeds, inside cells too."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().replace('"NA"', "NA").replace("\n", "\r\n").encode()


def make_files() -> dict[str, bytes]:
    """Every file by name."""
    tables = {name: make_table(name) for name in MAKERS}
    files = {file: as_csv(tidy_rows(tables[name])) for name, file in TIDY_FILES.items()}
    return files | {
        "illustrative_ees_cla_number_and_rate.csv": as_csv(looked_after_rows(tables["cla"]), mark=True),
        "illustrative_ees_mid_year_population.csv": as_csv(population_rows()),
        "illustrative_lait.csv": as_csv(list(lait_rows(tables))),
        "illustrative_lait_dictionary.csv": as_quoted_csv(list(dictionary_rows())),
        "illustrative_neighbours.csv": as_csv(neighbour_rows(), mark=True),
        "illustrative_mps_crime.csv": as_csv(list(crime_rows())),
        "illustrative_fingertips.csv": as_csv(list(fingertips_rows(tables["fingertips"]))),
        "illustrative_section_11.csv": as_csv(section_11_rows()),
    }


def main(folder: Path) -> None:
    for name, content in make_files().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
