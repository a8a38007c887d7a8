"""The illustrative board's files: made anew to the same bytes, in the real files' form, agreeing with each other, copied from nowhere."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from hscb_qa.checks import check_reading
from hscb_qa.definitions import Indicator, load_framework
from hscb_qa.geographies import load_geographies
from hscb_qa.readers import read_published

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data" / "illustrative"
REAL = ROOT.parent / "shared" / "data"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real published files are not in ../shared/data beside the project")

Row = dict[str, str]
DFE = "dfe_children_in_need"
LIKENESSES = {  # illustrative file -> the real file whose form it has
    "illustrative_ees_b1_children_in_need.csv": f"{DFE}/b1_children_in_need_2013_to_2025.csv",
    "illustrative_ees_c1_referrals_and_rereferrals.csv": f"{DFE}/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
    "illustrative_ees_c3_factors_at_end_of_assessment.csv": f"{DFE}/c3_factors_identified_at_end_of_assessment_2018_to_2025.csv",
    "illustrative_ees_d3_subsequent_plans.csv": f"{DFE}/d3_cpps_subsequent_plan_2013_to_2025.csv",
    "illustrative_ees_d5_plan_duration.csv": f"{DFE}/d5_cpps_at31march_by_duration_2013_to_2025.csv",
    "illustrative_ees_cla_number_and_rate.csv": f"{DFE}/cla_number_and_rate_per_10k_children.csv",
    "illustrative_ees_csww_workforce.csv": f"{DFE}/csww_indicators_2017_to_2025.csv",
    "illustrative_ees_mid_year_population.csv": f"{DFE}/ons_mid-year_population_estimates_2012_to_2024.csv",
    "illustrative_neighbours.csv": f"{DFE}/sn_model_2025_wide.csv",
    "illustrative_lait_dictionary.csv": "dfe_lait/lait_data_dictionary.csv",
    "illustrative_fingertips.csv": "fingertips/region_hospital_admissions_2324.csv",
}
COUNTED = [name for name in LIKENESSES if name[17:19] in ("b1", "c1", "c3", "d3", "d5")]
# Measure of LAIT -> the same figure in a tidy file: numerator and denominator column; None: the mid-year population of the year before.
PERCENTAGES = {
    "ReReferral": ("c1_referrals_and_rereferrals", "rereferral_count", "referral_count"),
    "CIN_Refferals_NFA": ("c1_referrals_and_rereferrals", "no_further_action_count", "referral_count"),
    "Referrals_AssessedNotNeed": ("c1_referrals_and_rereferrals", "not_in_need_count", "referral_count"),
    "PrevRegCPR": ("d3_subsequent_plans", "CPP_subsequent", "CPP_start"),
    "CPPlans2yrsActive": ("d5_plan_duration", "2_years_or_more", "CPP_At31"),
    "Work_Force_TO_Rate": ("csww_workforce", "leavers_fte", "inpost_fte"),
}
RATES = {
    "CPP_Total_Rateper10,000": ("c1_referrals_and_rereferrals", "referral_count"),
    "CIN": ("b1_children_in_need", "At31_episodes"),
    "CPP_rate": ("d5_plan_duration", "CPP_At31"),
    "CPP_Abuse_Rate": ("d3_subsequent_plans", "CPP_start"),
}
DISAGREEMENT = ("ReReferral", "Harrow", "2024")


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def place(row: Row) -> str:
    return row["la_name"] or row["region_name"] or row["country_name"]


def tidy(name: str) -> dict[tuple[str, str], Row]:
    return {(place(row), row["time_period"]): row for row in read(FOLDER / f"illustrative_ees_{name}.csv")}


def is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdigit()


# ---- made by the generator and by nothing else ----


@pytest.fixture(scope="module")
def made_anew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("illustrative")
    settings = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "error", str(FOLDER / "generate.py"), str(folder)]
    subprocess.run(command, env=settings, check=True, timeout=120)
    return folder


def test_the_generator_makes_the_committed_files_to_the_byte(made_anew: Path) -> None:
    committed = {path.name: path.read_bytes() for path in FOLDER.glob("*.csv")}
    anew = {path.name: path.read_bytes() for path in made_anew.iterdir()}
    assert sorted(committed) == sorted(anew)
    assert [name for name in committed if committed[name] != anew[name]] == []


def test_the_files_are_small_enough_to_ship() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file()) < 1_200_000


def test_the_readme_names_every_file_and_oddity_and_says_that_all_is_invented() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    in_lait = next(value for *figure, value in lait() if tuple(figure) == DISAGREEMENT)
    in_c1 = tidy("c1_referrals_and_rereferrals")[DISAGREEMENT[1:]]["rereferral_percent"]
    assert f"for {DISAGREEMENT[2]} as {in_lait}; the counts in c1 give {in_c1}." in readme
    assert "Every figure in this folder is invented" in readme
    assert "20261123" in readme
    assert [path.name for path in FOLDER.iterdir() if path.is_file() and path.name not in readme and path.name != "README.md"] == []


# ---- in the form of the real files ----


@needs_real
@pytest.mark.parametrize(("name", "likeness"), LIKENESSES.items())
def test_begins_as_the_real_file_does(name: str, likeness: str) -> None:
    """Byte-order mark, columns and their order, quoting and line ends of the header."""
    assert (FOLDER / name).read_bytes().split(b"\n")[0] == (REAL / likeness).read_bytes().split(b"\n")[0]


@needs_real
def test_police_columns_are_those_of_the_real_file_and_go_on_to_a_part_quarter() -> None:
    real = list(read(REAL / "met_police" / "mps_borough_level_crime_historical.csv")[0])
    ours = list(read(FOLDER / "illustrative_mps_crime.csv")[0])
    assert ours[: len(real)] == real
    assert ours[-1] == "202610"


@needs_real
@pytest.mark.parametrize("name", COUNTED)
def test_no_row_of_figures_is_a_real_one(name: str) -> None:
    def figures(path: Path) -> set[tuple[str, ...]]:
        rows = [(place(row), row["time_period"], *list(row.values())[11:]) for row in read(path)]
        return {row for row in rows if set(row[2:]) != {"x"}}

    assert figures(FOLDER / name) & figures(REAL / LIKENESSES[name]) == set()


def test_symbols_are_those_of_the_statisticians() -> None:
    words = {"Children in Need", "Reporting year"}
    found = set()
    for name in [*COUNTED, "illustrative_ees_csww_workforce.csv"]:
        for row in read(FOLDER / name):
            found |= {cell for cell in list(row.values())[10:] if not is_number(cell) and " " not in cell} - words
    assert found == {"c", "x", "z", "u", "low"}


# ---- in agreement with each other ----


def lait() -> Iterator[tuple[str, str, str, str]]:
    names = {"London (Outer)": "Outer London"}
    for row in read(FOLDER / "illustrative_lait.csv"):
        yield row["Short Desc"], names.get(row["LA and Regions"], row["LA and Regions"]), row["Years"], row["Values"]


def disagree(value: str, numerator: str, denominator: str, per: int) -> bool:
    """True unless the published value is the ratio within half of its last digit, or neither is shown."""
    if not (is_number(numerator) and is_number(denominator)):
        return value != "-"
    half = Decimal("0.05") + Decimal("1e-12")
    return not is_number(value) or abs(Decimal(value) - Decimal(numerator) * per / Decimal(denominator)) > half


def test_lait_agrees_with_the_tidy_files_but_for_the_one_figure_that_must_not() -> None:
    tables = {name: tidy(name) for name in {source[0] for source in [*PERCENTAGES.values(), *RATES.values()]}}
    children, wrong, compared = tidy("mid_year_population"), [], 0
    for measure, where, year, value in lait():
        if measure in PERCENTAGES:
            table, numerator, denominator = PERCENTAGES[measure]
            row = tables[table][where, year]
            faulty = disagree(value, row[numerator], row[denominator], 100)
        elif measure in RATES:
            table, numerator = RATES[measure]
            before = children[where, str(int(year) - 1)]["population_estimate"]
            faulty = disagree(value, tables[table][where, year][numerator], before, 10_000)
        else:
            continue
        compared += 1
        wrong += [(measure, where, year)] if faulty else []
    assert compared > 1_300
    assert wrong == [DISAGREEMENT]


def test_a_hidden_count_hides_its_percentage_and_no_count_of_one_to_five_is_shown() -> None:
    for name in COUNTED:
        for row in read(FOLDER / name):
            cells = dict(list(row.items())[11:])
            if row["geographic_level"] == "Local authority":
                assert {cell for column, cell in cells.items() if not column.endswith("percent")} & set("12345") == set()
            for column in cells:
                count = column.replace("_percent", "_count") if name[17:19] == "c1" else column.replace("_percent", "")
                assert (cells[count] in "cux") == (cells[column] in "cux"), (name, row["time_period"], place(row), column)


def test_hidden_plan_durations_cannot_be_had_by_subtraction() -> None:
    for row in tidy("d5_plan_duration").values():
        bands = [cell for column, cell in list(row.items())[12:] if not column.endswith("percent")]
        assert bands.count("c") != 1


def test_looked_after_rates_use_the_mid_year_before() -> None:
    children = tidy("mid_year_population")
    for row in read(FOLDER / "illustrative_ees_cla_number_and_rate.csv"):
        assert row["population_estimate"] == children[place(row), str(int(row["time_period"]) - 1)]["population_estimate"]
        rate = Decimal(row["children_count"]) * 10_000 / Decimal(row["population_estimate"])
        assert abs(Decimal(row["rate_per_10000"]) - rate) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("name", "column", "least", "most"),
    [
        ("c1_referrals_and_rereferrals", "referral_count", 1_500, 3_150),
        ("b1_children_in_need", "At31_episodes", 1_300, 2_000),
        ("d5_plan_duration", "CPP_At31", 120, 320),
    ],
)
def test_harrow_has_about_the_size_that_it_has(name: str, column: str, least: int, most: int) -> None:
    assert all(least <= int(row[column]) <= most for (where, _), row in tidy(name).items() if where == "Harrow")


# ---- enough for every indicator ----


def needed_by(indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    """Source, measure and breakdown of every figure the indicator names: cross-checks too, and the population of what is returned."""
    for published in indicator.published_figures:
        for figure in published.figures.values():
            yield from ((published.source, measure, figure.breakdown_text) for measure in figure.measures)
    if indicator.returned and (people := indicator.returned.population):
        yield from ((people.source, measure, people.breakdown_text) for measure in people.measures)


def provided() -> Iterator[tuple[str, str, str]]:
    yield from (("lait", measure, "") for measure, *_ in lait())
    yield from (("fingertips", f"90284 {figure}", "age=<15 yrs;sex=Persons") for figure in ("value", "lower95", "upper95"))
    for row in read(FOLDER / "illustrative_mps_crime.csv"):
        yield "mps_crime", row["MinorText"], f"MajorText={row['MajorText']}"
    for name in LIKENESSES:
        for row in read(FOLDER / name):
            filters = [column for column in ("category", "population_type", "age_group") if column in row]
            yield from (("ees", column, ";".join(f"{column}={row[column]}" for column in filters)) for column in row)


def test_every_figure_that_an_indicator_names_is_here() -> None:
    needed = {figure for indicator in load_framework(ROOT / "config").indicators.values() for figure in needed_by(indicator)}
    assert len(needed) > 50
    assert needed - set(provided()) == set()


def test_every_file_is_read_without_an_error_or_a_query() -> None:
    places = load_geographies(ROOT / "config" / "geographies.csv")
    sources = {"lait": "lait", "mps": "mps_crime", "fingertips": "fingertips", "neighbours": "neighbours"}
    dictionary = FOLDER / "illustrative_lait_dictionary.csv"
    for path in FOLDER.glob("illustrative_*.csv"):
        source = sources.get(path.stem.split("_")[1], "ees")
        if path not in (dictionary, FOLDER / "illustrative_section_11.csv"):  # that one is a list of entries
            reading = read_published(source, path, places, dictionary if source == "lait" else None)
            assert len(reading.rows) > 0
            assert [str(issue) for issue in check_reading(reading, places)] == []
