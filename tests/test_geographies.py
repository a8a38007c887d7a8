"""The register of places: codes that changed while the number stayed, names as publishers write them, and faults of the register."""

import csv
from pathlib import Path

import pytest
from published_files import DATA, PLACES, needs_data

from hscb_qa.errors import FaultyDefinitions
from hscb_qa.geographies import Geographies, load_geographies

HEADER = "code,name,level,old_la_code,region_code,until,other_names\n"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("310", "E09000015"),  # Harrow
        ("970", "E92000001"),  # England
        ("987", "E13000001"),  # Inner London, "London (Inner)" in LAIT
        ("933", "E06000066"),  # Somerset: E10000027 until March 2023, the number stayed
        ("390", "E08000037"),  # Gateshead: E08000020 until March 2013
        ("835", "E10000009"),  # Dorset County, abolished with its number in 2019
        ("838", "E06000059"),  # Dorset, the unitary authority that came after
    ],
)
def test_number_gives_the_code_that_stands(number: str, code: str) -> None:
    place = PLACES.by_old_la_code(number)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Harrow", "E09000015"),
        ("London (Outer)", "E13000002"),
        ("Yorkshire and the Humber", "E12000003"),
        ("St Helens", "E08000013"),
        ("Herefordshire", "E06000019"),
        ("Bristol, City of", "E06000023"),
        ("Bournemouth (Pre LG)", "E06000028"),
        ("Dorset", "E06000059"),  # two places have borne the name; the one that stands is meant
    ],
)
def test_name_as_publishers_write_it(name: str, code: str) -> None:
    place = PLACES.by_name(name)
    assert place is not None
    assert place.code == code


def test_unknown_code_number_and_name_are_none() -> None:
    assert PLACES.by_code("E99999999") is None
    assert PLACES.by_old_la_code("999") is None
    assert PLACES.by_name("Atlantis") is None


def test_current_code_follows_the_number() -> None:
    assert PLACES.current("E10000027") == "E06000066"
    assert PLACES.current("E10000009") == "E10000009"  # Dorset County ended with its number
    assert PLACES.current("E09000015") == "E09000015"
    assert PLACES.current("mps:Unknown") == "mps:Unknown"


def test_a_london_borough_lies_in_outer_london_and_in_london() -> None:
    assert PLACES.regions_of("E09000015") == {"E13000002", "E12000007"}
    assert PLACES.regions_of("E06000001") == {"E12000001"}
    assert PLACES.regions_of("E92000001") == frozenset()


def test_every_region_has_a_number_and_every_authority_a_region() -> None:
    for place in PLACES:
        assert place.level != "Local authority" or place.region_code, place.code
        assert place.level != "Regional" or place.old_la_code, place.code


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("E1,Here,Local authority,,,,\nE1,There,Local authority,,,,\n", "'E1' stands on more than one line"),
        ("E1,Here,Local authority,301,,,\nE2,There,Local authority,301,,,\n", "'301' belongs to two places"),
        ("E1,Here,Local authority,301,E9,,\n", "The region 'E9' is not a code"),
        ("E1,Here,Town,301,,,\n", "'Town' is not a level"),
        ("E1,,Local authority,301,,,\n", "The name is blank"),
        ("E1,Here,Local authority,301,,31/03/2019,\n", "'31/03/2019' is not a date"),
        ("E1,Here,Local authority,301,,2019-02-31,\n", "'2019-02-31' is not a date"),
        ("E1,Here,Local authority\n", "does not have 7 cells"),
    ],
)
def test_faulty_register_is_refused(tmp_path: Path, lines: str, words: str) -> None:
    path = tmp_path / "geographies.csv"
    path.write_text(HEADER + lines, encoding="utf-8")
    with pytest.raises(FaultyDefinitions, match="line") as refused:
        load_geographies(path)
    assert words in str(refused.value)


def test_missing_register_and_missing_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyDefinitions, match="cannot be read"):
        load_geographies(tmp_path / "geographies.csv")
    (tmp_path / "geographies.csv").write_text("code,name\n", encoding="utf-8")
    with pytest.raises(FaultyDefinitions, match="lacks the column 'level'"):
        load_geographies(tmp_path / "geographies.csv")


def test_no_places_at_all() -> None:
    assert len(Geographies([])) == 0
    assert Geographies([]).by_name("Harrow") is None


@needs_data
def test_every_authority_of_the_real_tidy_files_is_in_the_register() -> None:
    for path in sorted((DATA / "dfe_children_in_need").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if row.get("geographic_level") == "Local authority":
                    place = PLACES.by_code(row["new_la_code"])
                    assert place is not None, row["la_name"]
                    assert (place.old_la_code, place.is_called(row["la_name"])) == (row["old_la_code"], True)
