"""The illustrative board's returns: the same on every run, as big as Harrow's, in agreement with the illustrative published files, and with
every plant of story.yaml where it says, read back from the ledger."""

import csv
import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
import yaml

from hscb_qa.checks.returns import kinds_of
from hscb_qa.checks.sharing import obstacles
from hscb_qa.definitions import Framework
from hscb_qa.ledger import ApprovedBy, ledger_path, observations_in_force, open_queries, returns_received, texts_in_force
from hscb_qa.obligations import agencies_owing, due_day, items_owed, quarters_owed
from hscb_qa.periods import parse_period, periods_between
from hscb_qa.publish import current_edition

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "data" / "illustrative"
STORY: dict[str, Any] = yaml.safe_load((FOLDER / "story.yaml").read_text(encoding="utf-8"))
QUARTERS = [one.text for one in periods_between("2022-23 Q1", "2026-27 Q2", "quarter")]
Entry = dict[str, Any]
Wholes = Callable[[Entry], pd.DataFrame]


def entries(section: str, **like: str) -> list[Entry]:
    return [entry for entry in STORY[section] if all(entry.get(key) == value for key, value in like.items())]


@pytest.fixture(scope="module")
def observations(illustrative_store: Path) -> pd.DataFrame:
    return observations_in_force(illustrative_store)


@pytest.fixture(scope="module")
def received(illustrative_store: Path) -> pd.DataFrame:
    return returns_received(illustrative_store)


@pytest.fixture(scope="module")
def wholes(observations: pd.DataFrame) -> Wholes:
    """The figures for all of an entry's agency and indicator, by period, with the share they give."""

    def of(entry: Entry) -> pd.DataFrame:
        rows = observations[
            (observations["agency"] == entry["agency"])
            & (observations["indicator"] == entry["indicator"])
            & (observations["breakdown"] == "")
        ]
        return rows.assign(share=rows["numerator"] / rows["denominator"]).set_index("period").sort_index()

    return of


# ---- made by the generator ----

PRINT_HASH = """
import hashlib, sys
from hscb_qa.definitions import load_framework
from illustrative_published import PublishedFigures
from illustrative_returns import make_returns
from illustrative_series import IllustrativeSeries
from illustrative_story import read_story
framework, story = load_framework(), read_story()
made = make_returns(framework, IllustrativeSeries(framework, PublishedFigures(), story), story)
print(hashlib.sha256("".join(map(repr, made)).encode()).hexdigest(), len(made))
"""


def made_with_hash_seed(seed: str) -> str:
    path = os.pathsep.join([str(ROOT), str(FOLDER)])
    settings = os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "error", "-c", PRINT_HASH]
    return subprocess.run(command, env=settings, check=True, capture_output=True, text=True, timeout=120).stdout


def test_the_generator_makes_the_same_returns_on_every_run(received: pd.DataFrame) -> None:
    first = made_with_hash_seed("1")
    assert first == made_with_hash_seed("2")
    assert int(first.split()[1]) == len(received)


def test_a_new_series_changes_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    series = importlib.import_module("illustrative_series")
    before = series.draws("police", "some_indicator", "numerator")
    series.draws("police", "new_indicator", "numerator")
    assert (series.draws("police", "some_indicator", "numerator") == before).all()
    assert (series.draws("police", "new_indicator", "numerator") != before).all()


def test_parts_are_apportioned_whole_and_within_their_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    apportion = importlib.import_module("illustrative_series").apportion
    random = np.random.default_rng(7)
    for _ in range(200):
        caps = random.integers(0, 20, 6).tolist()
        total = int(random.integers(0, sum(caps) + 1))
        parts = apportion(total, random.random(6).tolist(), caps)
        assert sum(parts) == total
        assert all(0 <= part <= cap for part, cap in zip(parts, caps, strict=True))
    with pytest.raises(AssertionError):
        apportion(5, [1, 1], [2, 2])


def test_every_line_of_the_level_table_is_of_an_indicator_that_agencies_return(
    monkeypatch: pytest.MonkeyPatch, framework: Framework
) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    levels = importlib.import_module("illustrative_return_levels")
    returned = {one.id for one in framework.indicators.values() if one.returned}
    assert levels.LINES.keys() - returned == set()
    assert {name for name, _ in levels.PARTS_OF} - returned == set()
    for (_, breakdown), parts in levels.PARTS_OF.items():
        assert len(parts) == len(framework.returns.texts(breakdown))


# ---- accepted, complete, marked as invented ----


def test_every_return_but_the_missing_ones_is_in(framework: Framework, received: pd.DataFrame) -> None:
    quarters = quarters_owed(framework, date(2026, 10, 1))
    assert [quarter.text for quarter in quarters] == QUARTERS
    owed = {(agency.id, quarter.text) for quarter in quarters for agency in agencies_owing(framework, quarter)}
    missing = {(entry["agency"], entry["quarter"]) for entry in STORY["missing"]}
    held = set(zip(received["agency"], received["period"], strict=True))
    assert owed - held == missing
    assert held - owed == set()


def test_every_item_owed_is_there_and_no_other(framework: Framework, observations: pd.DataFrame, received: pd.DataFrame) -> None:
    in_force = received[received["in_force"]]
    owed = {
        (agency, *item.key)
        for agency, text in zip(in_force["agency"], in_force["period"], strict=True)
        for item in items_owed(framework, agency, parse_period(text, "quarter"))
    }
    assert owed == set(zip(*(observations[name] for name in ("agency", "indicator", "breakdown", "period")), strict=True))


def test_the_only_queries_are_those_of_the_story(illustrative_store: Path, received: pd.DataFrame) -> None:
    asked = {(entry["agency"], entry["quarter"]) for entry in STORY["notes"]}
    asked |= {(entry["agency"], entry["given_in"]) for entry in STORY["restatements"]}
    with_queries = received[received["queries"] > 0]
    assert set(zip(with_queries["agency"], with_queries["period"], strict=True)) == asked
    left_open = {(entry["agency"], entry["quarter"], entry["indicator"]) for entry in STORY["notes"] if not entry["settled"]}
    queries = open_queries(illustrative_store)
    assert set(zip(queries["agency"], queries["return_period"], queries["indicator"], strict=True)) == left_open


def test_what_is_said_holds_no_personal_data_and_no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)
    voices = importlib.import_module("illustrative_voices")
    said = [text for pool in voices.POOLS.values() for voice in pool for text in voice[2:]]
    said += [text for pool in voices.ANSWERS for text in pool]
    told = [
        entry[key] for kind in STORY.values() if isinstance(kind, list) for entry in kind for key in ("reason", "answer") if entry.get(key)
    ]
    assert len(said) > 80
    assert kinds_of([*said, *told]) == {}
    assert [text for text in said if any(sign.isdigit() for sign in text)] == []


# ---- as big as Harrow's, and in agreement with what is published ----

VOLUMES = [  # indicator, least and most a quarter, after the brief on Harrow's volumes
    ("referrals_rate", 400, 800),
    ("section_47_enquiries_rate", 190, 360),
    ("initial_child_protection_conferences_rate", 70, 125),
    ("child_protection_plans_rate", 240, 320),
    ("child_protection_plans_started_rate", 36, 98),
    ("children_in_need_rate", 1_313, 1_994),
    ("looked_after_children_rate", 160, 206),
    ("children_reported_missing", 25, 60),
]


@pytest.mark.parametrize(("indicator", "least", "most"), VOLUMES)
def test_volumes_are_those_of_harrow(observations: pd.DataFrame, indicator: str, least: int, most: int) -> None:
    counts = observations[(observations["indicator"] == indicator) & (observations["breakdown"] == "")].set_index("period")["numerator"]
    assert sorted(counts.index) == QUARTERS
    assert counts.between(least, most).all(), counts[~counts.between(least, most)].to_dict()


PUBLISHED = [  # indicator, part, file, column, whether the year is the sum of its quarters or the last of them
    ("referrals_rate", "numerator", "c1_referrals_and_rereferrals", "referral_count", "sum"),
    ("rereferrals_within_12_months", "numerator", "c1_referrals_and_rereferrals", "rereferral_count", "sum"),
    ("rereferrals_within_12_months", "denominator", "c1_referrals_and_rereferrals", "referral_count", "sum"),
    ("referrals_with_no_further_action", "numerator", "c1_referrals_and_rereferrals", "no_further_action_count", "sum"),
    ("referrals_assessed_not_in_need", "numerator", "c1_referrals_and_rereferrals", "not_in_need_count", "sum"),
    ("child_protection_plans_started_rate", "numerator", "d3_subsequent_plans", "CPP_start", "sum"),
    ("second_or_subsequent_child_protection_plans", "numerator", "d3_subsequent_plans", "CPP_subsequent", "sum"),
    ("neglect_at_assessment", "numerator", "c3_factors_at_end_of_assessment", "Neglect", "sum"),
    ("neglect_at_assessment", "denominator", "c3_factors_at_end_of_assessment", "Episodes_with_assessment_factor", "sum"),
    ("children_in_need_rate", "numerator", "b1_children_in_need", "At31_episodes", "last"),
    ("child_protection_plans_rate", "numerator", "d5_plan_duration", "CPP_At31", "last"),
    ("child_protection_plans_open_two_years_or_more", "numerator", "d5_plan_duration", "2_years_or_more", "last"),
]


def published(file: str, column: str) -> Iterator[tuple[int, int]]:
    with (FOLDER / f"illustrative_ees_{file}.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["la_name"] == "Harrow" and int(row["time_period"]) >= 2023 and row[column].isdigit():
                yield int(row["time_period"]), int(row[column])


@pytest.mark.parametrize(("indicator", "part", "file", "column", "how"), PUBLISHED)
def test_quarters_give_the_published_year(observations: pd.DataFrame, indicator: str, part: str, file: str, column: str, how: str) -> None:
    counts = observations[(observations["indicator"] == indicator) & (observations["breakdown"] == "")].set_index("period")[part]
    differences = {}
    for year, figure in published(file, column):
        quarters = counts[[f"{year - 1}-{year % 100:02d} Q{number}" for number in range(1, 5)]]
        differences[year] = (quarters.sum() if how == "sum" else quarters.iloc[-1]) - figure
    planted = {entry["year"]: entry["by"] for entry in entries("differences", indicator=indicator, part=part)}
    assert len(differences) >= 3
    assert {year: difference for year, difference in differences.items() if difference} == planted


def test_conferences_on_time_are_published_as_returned(wholes: Wholes) -> None:
    entry = entries("levels", kind="shift")[0]
    lait = {}
    with (FOLDER / "illustrative_lait.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["Short Desc"] == "CP_conf_15days" and row["LA and Regions"] == "Harrow" and int(row["Years"]) >= 2023:
                lait[int(row["Years"])] = float(row["Values"])
    years = wholes(entry).groupby(lambda quarter: int(quarter[:4]) + 1)[["numerator", "denominator"]].sum()
    for year, value in lait.items():
        assert 100 * years["numerator"][year] / years["denominator"][year] == pytest.approx(value, abs=0.2)


# ---- the story, where story.yaml says ----


def test_a_share_shifts_and_stays(wholes: Wholes) -> None:
    entry = entries("levels", kind="shift")[0]
    shares = wholes(entry)["share"]
    before, after = shares[shares.index < entry["from"]], shares[shares.index >= entry["from"]]
    assert len(before) >= 8
    assert len(after) >= 7
    assert before.mean() == pytest.approx(entry["before"], abs=0.03)
    assert after.mean() == pytest.approx(entry["level"], abs=0.03)
    assert after.max() < before.min()
    assert (after < shares.mean()).all()


def test_a_share_rises_quarter_after_quarter(wholes: Wholes) -> None:
    entry = entries("levels", kind="trend")[0]
    shares = wholes(entry)["share"]
    rising = shares[(shares.index >= entry["from"]) & (shares.index <= entry["until"])]
    assert len(rising) >= 7
    assert (np.diff(rising) > 0).all()
    assert rising.iloc[[0, -1]].tolist() == pytest.approx(entry["level"], abs=0.01)


def test_a_measure_is_fine_at_board_level_and_poor_in_one_agency(observations: pd.DataFrame) -> None:
    entry = entries("levels", kind="low_in_one_agency")[0]
    rows = observations[observations["indicator"] == entry["indicator"]].set_index("agency")[["numerator", "denominator"]]
    own = rows.groupby("agency").sum()
    shares = own["numerator"] / own["denominator"]
    assert shares[entry["agency"]] == pytest.approx(entry["level"], abs=0.02)
    assert shares.drop(entry["agency"]).min() > 0.85
    assert rows["numerator"].sum() / rows["denominator"].sum() > 0.85


@pytest.mark.parametrize("entry", entries("figures"), ids=lambda entry: entry["indicator"])
def test_one_quarter_lies_far_out(wholes: Wholes, entry: Entry) -> None:
    counts = wholes(entry)["numerator"]
    others = counts.drop(entry["quarter"])
    assert counts[entry["quarter"]] == entry["figure"]
    assert entry["figure"] > 1.8 * others.max()


def test_figures_fall_where_the_definition_breaks(framework: Framework, wholes: Wholes) -> None:
    entry = entries("levels", kind="break")[0]
    indicator = framework.indicators[entry["indicator"]]
    assert entry["break_on"] in [one.on for one in indicator.breaks]
    values = wholes(entry)["value"]
    ends = [parse_period(text, indicator.period_type).end for text in values.index]
    after = values[[end > entry["break_on"] for end in ends]]
    before = values[[end < entry["break_on"] for end in ends]]
    assert after.max() < 0.85 * before.min()


def test_returns_come_late_where_the_story_says_and_nowhere_else(framework: Framework, received: pd.DataFrame) -> None:
    first = received[received["revision"] == 1]
    late = {}
    for agency, quarter, day in zip(first["agency"], first["period"], first["received_on"], strict=True):
        days = (pd.Timestamp(day).date() - due_day(framework, parse_period(quarter, "quarter"))) / timedelta(days=1)
        if days > 0:
            late[agency, quarter] = days
    assert late == {(entry["agency"], entry["quarter"]): entry["days"] for entry in STORY["late"]}
    assert late["acute_hospital_trust", "2026-27 Q2"] == 12


def test_a_return_is_sent_again(received: pd.DataFrame, wholes: Wholes) -> None:
    entry = STORY["revisions"][0]
    again = received[received["revision"] > 1]
    assert again[["agency", "period"]].to_numpy().tolist() == [[entry["agency"], entry["quarter"]]]
    assert again["in_force"].tolist() == [True]
    assert pd.Timestamp(again["received_on"].iloc[0]).date() == entry["received"]
    row = wholes(entry).loc[entry["quarter"]]
    assert row["numerator"] != entry["first_given"]
    assert row["note"] == entry["reason"]


def test_an_earlier_figure_is_put_right_in_a_later_return(wholes: Wholes) -> None:
    entry = STORY["restatements"][0]
    row = wholes(entry).loc[entry["quarter"]]
    assert row["return_period"] == entry["given_in"]
    assert row["numerator"] != entry["first_given"]
    assert row["note"] == entry["reason"]


def test_figures_are_not_given_where_the_story_says_and_nowhere_else(observations: pd.DataFrame) -> None:
    planted = {
        (entry["agency"], entry["indicator"], quarter, entry["status"], entry["reason"])
        for entry in STORY["not_given"]
        for quarter in QUARTERS[QUARTERS.index(entry["from"]) : QUARTERS.index(entry.get("until", entry["from"])) + 1]
    }
    rows = observations[observations["status"] != ""]
    assert set(zip(*(rows[name] for name in ("agency", "indicator", "return_period", "status", "note")), strict=True)) == planted
    assert rows[["numerator", "denominator", "value"]].isna().all(axis=None)


def test_small_counts_are_small(wholes: Wholes) -> None:
    for entry in STORY["small"]:
        counts = wholes(entry)["numerator"]
        assert counts.between(1, 5).mean() > 0.5, entry
        assert counts.max() < 10, entry


def test_one_agency_hands_over_to_another(received: pd.DataFrame) -> None:
    handover = STORY["handover"]
    quarters = received.groupby("agency")["period"].agg(["min", "max"])
    assert quarters.loc[handover["from_agency"]].tolist() == [QUARTERS[0], handover["last"]]
    assert quarters.loc[handover["to_agency"]].tolist() == [handover["first"], QUARTERS[-1]]


def test_some_agencies_hear_nobody(illustrative_store: Path) -> None:
    with duckdb.connect(str(ledger_path(illustrative_store)), read_only=True) as ledger:
        spoken = ledger.execute("SELECT r.agency, r.period, v.spoken_on FROM voices AS v JOIN returns AS r USING (submission)").df()
    for entry in STORY["silent"]:
        own = spoken[spoken["agency"] == entry["agency"]]
        assert (own["period"] < entry["from"]).all()
    assert spoken[spoken["agency"] == "police"]["period"].nunique() >= 5
    ends = spoken["period"].map(lambda text: pd.Timestamp(parse_period(text, "quarter").end))
    assert (spoken["spoken_on"] <= ends).all()
    assert len(spoken) > 150


def test_what_is_written_is_approved_but_for_what_waits_or_counts_few_people(illustrative_store: Path) -> None:
    approval, texts = STORY["approval"], texts_in_force(illustrative_store)
    waiting = {entry["agency"]: entry["from"] for entry in STORY["waiting"]}
    for one in texts:
        wording = approval["wordings"].get(one.text, one.text)
        waits = one.period >= waiting.get(one.agency, "9999") or wording in obstacles([wording], 5)
        assert one.wording == (None if waits else wording), one
        assert one.approved_by == (None if waits else ApprovedBy(approval["by"], approval["role"]))
    assert "illustrative" in approval["role"]
    left = [one for one in texts if one.wording is None]
    assert 20 < len(left) < len(texts) / 10
    assert any(one.text in obstacles([one.text], 5) for one in left)
    assert any(one.wording not in (None, one.text) for one in texts)


def test_the_shareable_file_holds_no_text_that_waits(illustrative_store: Path) -> None:
    texts = texts_in_force(illustrative_store)
    approved = {one.wording for one in texts if one.wording}
    edition = current_edition(illustrative_store)
    with duckdb.connect(str(edition.shareable), read_only=True) as connection:
        shown = {wording for (wording,) in connection.execute("SELECT wording FROM texts").fetchall()}
        assert connection.execute("SELECT COUNT(*) FROM texts WHERE original IS NOT NULL OR asked <= 5").fetchall() == [(0,)]
    assert shown == approved
    only_waiting = {one.text for one in texts} - approved
    assert only_waiting
    assert [text for text in only_waiting if text.encode() in edition.shareable.read_bytes()] == []


def test_the_board_is_told_in_one_line(command: Callable[..., tuple[int, str, str]], illustrative_store: Path) -> None:
    code, out, _ = command(illustrative_store, "returns", "--period", "2026-27 Q2")
    assert code == 0
    assert "15 of 16 returns in" in out.splitlines()[0]
    assert "late by 12 days" in out.splitlines()[0]
    assert "Probation" in out.splitlines()[0]


def test_the_story_means_something(framework: Framework) -> None:
    for kind in ("levels", "figures", "notes", "comments", "revisions", "restatements", "not_given", "small"):
        for entry in STORY[kind]:
            assert entry["agency"] in framework.indicators[entry["indicator"]].returned.agencies, entry
