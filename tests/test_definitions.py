"""The configuration: every fault in it is told with its file, its line, the value and the way out.

Each fault is made in a copy of the shipped configuration by changing one line.
"""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from pydantic import ValidationError

from hscb_qa.definitions import Framework, Indicator, load_framework
from hscb_qa.errors import FaultyDefinitions, Issue

REREFERRALS = "indicators/rereferrals_within_12_months.yaml"
CRIMES = "indicators/recorded_sexual_offences.yaml"
INJURIES = "indicators/injury_admissions_under_15_rate.yaml"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A copy of the shipped configuration, to be spoilt."""
    return shutil.copytree(ROOT / "config", tmp_path / "config")


def change(config: Path, name: str, old: str, new: str) -> int:
    """Put `new` for the first `old` that a file holds; gives the line on which it stands."""
    path = config / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(config: Path) -> list[Issue]:
    with pytest.raises(FaultyDefinitions) as refused:
        load_framework(config)
    return list(refused.value.issues)


# ---- one fault, one line, one message ----

Fault = tuple[str, str, str, str, tuple[str, ...]]
ONE_LINE: dict[str, Fault] = {  # what is wrong: file, line's text, what is put there, its check's id, words of the message
    "unknown key": (REREFERRALS, "polarity: lower", "polarty: lower", "extra_forbidden", ("'polarty'", "Did you mean 'polarity'?")),
    "wrong vocabulary": (
        REREFERRALS,
        "unit: percent",
        "unit: percnt",
        "literal_error",
        ("'percnt'", "per_1000", "Did you mean 'percent'?"),
    ),
    "wrong measure type": (REREFERRALS, "measure_type: quality", "measure_type: qualty", "literal_error", ("Did you mean 'quality'?",)),
    "wrong evidence source": (
        REREFERRALS,
        "evidence_source: governance_information",
        "evidence_source: governence_information",
        "literal_error",
        ("Did you mean 'governance_information'?",),
    ),
    "wider picture without a theme": (
        "indicators/infant_mortality_rate.yaml",
        "content_area: wider_picture\ntheme: health\n",
        "content_area: wider_picture\n",
        "theme_missing",
        ("'theme' is missing", "poverty, health"),
    ),
    "a theme elsewhere": (
        REREFERRALS,
        "measure_type: quality",
        "theme: health\nmeasure_type: quality",
        "theme_elsewhere",
        ("does not list this",),
    ),
    "a number for text": (REREFERRALS, "short_name: Re-referrals", "short_name: 12", "string_type", ("'12'",)),
    "text for a number": (REREFERRALS, "decimals: 1", "decimals: one", "int_parsing", ("'one'",)),
    "too many decimals": (REREFERRALS, "decimals: 1", "decimals: 7", "less_than_equal", ("'7'",)),
    "empty text": (REREFERRALS, "short_name: Re-referrals", 'short_name: "  "', "string_too_short", ("'short_name' is empty",)),
    "name too long for a title": (
        REREFERRALS,
        "short_name: Re-referrals",
        f"short_name: {'Re-referrals ' * 4}",
        "",
        ("'short_name'", "45"),
    ),
    "yes is a word": (REREFERRALS, "polarity: lower", "polarity: yes", "literal_error", ("'yes'",)),
    "no is a word": (REREFERRALS, "polarity: lower", "polarity: no", "literal_error", ("'no'",)),
    "an id written with capitals": (
        REREFERRALS,
        "agencies: [childrens_social_care]",
        "agencies: [Social Care]",
        "string_pattern_mismatch",
        ("'Social Care'",),
    ),
    "no agency": (REREFERRALS, "agencies: [childrens_social_care]", "agencies: []", "too_short", ("'agencies'",)),
    "unknown agency": (
        REREFERRALS,
        "agencies: [childrens_social_care]",
        "agencies: [childrens_social_car]",
        "unknown_agency",
        ("'childrens_social_car'", "agencies.yaml", "Did you mean 'childrens_social_care'?"),
    ),
    "an agency exempt from section 11 that is none": (
        "learning.yaml",
        "board_business_unit]",
        "business_unit]",
        "unknown_agency",
        ("'business_unit'", "agencies.yaml"),
    ),
    "a score from which nothing could be met": ("learning.yaml", "met_from: 2", "met_from: 4", "score", ("'met_from' 4",)),
    "a code that is no place": ("priorities.yaml", "geography: E09000015", "geography: Harrow", "string_pattern_mismatch", ("'Harrow'",)),
    "unknown indicator": (
        "priorities.yaml",
        "          - referrals_rate\n",
        "          - referals_rate\n",
        "unknown_indicator",
        ("'referals_rate'", "Did you mean 'referrals_rate'?"),
    ),
    "a threshold beyond reason": ("disclosure.yaml", "threshold: 5", "threshold: 50", "less_than_equal", ("'50'",)),
    "a threshold of none": ("disclosure.yaml", "threshold: 5", "threshold: 0", "greater_than_equal", ("'0'",)),
    "a method of an unknown indicator": (
        "disclosure.yaml",
        "indicator: children_in_private_fostering",
        "indicator: children_in_private_fosterin",
        "unknown_indicator",
        ("'children_in_private_fosterin'", "Did you mean 'children_in_private_fostering'?"),
    ),
    "two methods of one indicator": (
        "disclosure.yaml",
        "indicator: prevent_referrals_under_18",
        "indicator: children_in_private_fostering",
        "repeated_id",
        ("'children_in_private_fostering' stands twice",),
    ),
    "a method of what nobody returns": (
        "disclosure.yaml",
        "indicator: children_in_private_fostering",
        "indicator: private_fostering_at_assessment",
        "unused_definition",
        ("do not return counts of 'private_fostering_at_assessment'",),
    ),
    "an unknown method": ("disclosure.yaml", "method: rolling_year_only", "method: rolling_years_only", "literal_error", ("Did you mean",)),
    "an unknown source": (REREFERRALS, "  source: ees", "  source: eess", "literal_error", ("'eess'", "Did you mean 'ees'?")),
    "a correction of nothing": (
        "corrections.yaml",
        "measures: [FirstYJS]",
        "measures: [FirstYJ]",
        "unused_definition",
        ("'FirstYJ'", "Did you mean 'FirstYJS'?"),
    ),
    "a correction without a reason's status": ("corrections.yaml", "status: x", "status: c", "literal_error", ("'c'", "'x', 'z' or 'u'")),
    "a plan year that ends before it starts": (
        "priorities.yaml",
        "start: 2025-04-01",
        "start: 2027-04-01",
        "plan_year_dates",
        ("2025-26", "2027-04-01"),
    ),
    "a plan year with another's name": ("priorities.yaml", 'id: "2025-26"', 'id: "2024-25"', "plan_year_dates", ("'2024-25'",)),
}


@pytest.mark.parametrize("name", ONE_LINE)
def test_a_fault_is_told_with_its_file_line_and_value(config: Path, name: str) -> None:
    file, old, new, check, words = ONE_LINE[name]
    line = change(config, file, old, new)
    told = faults(config)
    found = [issue for issue in told if issue.check == check or not check]
    assert found, told
    assert len(told) == 1 or file != REREFERRALS or name == "unknown key", (
        told
    )  # one fault is told once; a misspelt key is also a missing one
    assert found[0].file == f"config/{file}"
    assert abs((found[0].line or 0) - line) <= (check == "plan_year_dates"), found[0]  # dates are told at `start`, one line below the id
    assert all(word in found[0].message for word in words), found[0].message


def test_rounding_may_not_show_a_count_as_none(config: Path) -> None:
    change(config, "disclosure.yaml", "threshold: 5", "threshold: 3")
    line = change(config, "disclosure.yaml", "method: rolling_year_only", "method: round_10")
    [issue] = faults(config)
    assert (issue.check, issue.line) == ("rounded_to_zero", line - 1)
    assert "'round_10' would show 4, which is not hidden, as 0. Raise the threshold to 4." in issue.message


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [(INJURIES, "polarity: lower", "polarity: lover"), ("indicators/first_time_entrants_to_youth_justice.yaml", "unit: per", "unit: pro")],
)
def test_a_faulty_indicator_does_not_make_what_only_it_uses_a_fault(config: Path, file: str, old: str, new: str) -> None:
    """Fingertips feeds one indicator, and one correction is of one indicator's cells: both are in use, for all that a word is misspelt."""
    change(config, file, old, new)
    assert [issue.file for issue in faults(config)] == [f"config/{file}"]


@pytest.mark.parametrize("filler", ["n/a", "N/A", "na", "none", "TBC", "tbd", "TODO", "todo.", "-", "?", "..."])
def test_filler_is_no_text(config: Path, filler: str) -> None:
    line = change(config, REREFERRALS, "short_name: Re-referrals", f'short_name: "{filler}"')
    [issue] = faults(config)
    assert (issue.file, issue.line) == (f"config/{REREFERRALS}", line) and f"'{filler}' says nothing" in issue.message


def test_a_key_given_twice_is_told_with_both_lines(config: Path) -> None:
    line = change(config, REREFERRALS, "polarity: lower\n", "polarity: lower\npolarity: higher\n")
    [issue] = faults(config)
    assert (issue.check, issue.line) == ("duplicate_key", line + 1) and f"'polarity' stands twice, first on line {line}" in issue.message


def test_a_key_left_out_is_told(config: Path) -> None:
    change(config, REREFERRALS, "polarity: lower\n", "")
    [issue] = faults(config)
    assert issue.check == "missing" and "'polarity' is missing" in issue.message and issue.line == 1


def test_an_id_inside_the_file_is_refused(config: Path) -> None:
    change(config, REREFERRALS, "name: Re-referrals", "id: rereferrals\nname: Re-referrals")
    assert ("unknown_key", 3) in [(issue.check, issue.line) for issue in faults(config)]


def test_on_and_off_stay_words(config: Path) -> None:
    """YAML 1.1 would read the key `on` as true, and the date under it would be lost."""
    change(config, REREFERRALS, "short_name: Re-referrals", "short_name: off")
    found = load_framework(config).indicators["rereferrals_within_12_months"]
    assert found.short_name == "off" and found.authored.on.year >= 2025


@pytest.mark.parametrize("written", ["2026-02-30", "2026-13-01", "23 November 2026", "2026-11-31"])
def test_a_day_that_is_none_is_told(config: Path, written: str) -> None:
    line = change(config, REREFERRALS, '"Dashboard\'s authors", on: 2026-11-23', f'"Dashboard\'s authors", on: {written}')
    [issue] = faults(config)
    assert (issue.file, issue.line) == (f"config/{REREFERRALS}", line)


# ---- faults of a file as a whole ----


@pytest.mark.parametrize(
    "name", ["priorities.yaml", "agencies.yaml", "sources.yaml", "corrections.yaml", "disclosure.yaml", "returns.yaml"]
)
def test_a_missing_file_is_told(config: Path, name: str) -> None:
    (config / name).unlink()
    [issue] = faults(config)
    assert (issue.check, issue.file, issue.line) == ("missing_file", f"config/{name}", None)


WHOLE_FILES: dict[str, tuple[bytes, str, int | None]] = {
    "empty": (b"", "empty_file", None),
    "only a comment": (b"# to be written\n", "empty_file", None),
    "not UTF-8": ("threshold: 5 # caf\xe9\n".encode("latin-1"), "encoding", None),
    "a list": (b"- threshold\n- method\n", "form", 1),
    "a word": (b"threshold\n", "form", 1),
    "an open bracket": (b"threshold: 5\nagreed: {by: me\nmethod: pass_published\n", "yaml", 3),
    "a tab": (b"threshold: 5\nagreed:\n\tby: me\n", "yaml", 3),
    "a bad indent": (b"threshold: 5\n method: pass_published\n", "yaml", 2),
    "two documents": (b"threshold: 5\n---\nmethod: pass_published\n", "yaml", None),
    "an unknown tag": (b"threshold: !!python/object:os.system 5\n", "yaml", 1),
    "a control character": (b"threshold: \x01\n", "yaml", None),
    "a list as a key": (b"? [threshold]\n: 5\n", "", None),
    "a placeholder as a key": (b"{{ threshold }}: 5\n", "", None),
}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_file_that_is_not_what_it_should_be_is_told(config: Path, name: str) -> None:
    content, check, line = WHOLE_FILES[name]
    (config / "disclosure.yaml").write_bytes(content)
    found = faults(config)
    assert {issue.file for issue in found} == {"config/disclosure.yaml"}
    if check:
        assert found[0].check == check and (line is None or found[0].line == line), found


def test_a_byte_order_mark_is_no_fault(config: Path) -> None:
    path = config / "disclosure.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_framework(config).disclosure.threshold == 5


def test_a_folder_that_is_not_there_is_told_file_by_file(tmp_path: Path) -> None:
    missing = {issue.file for issue in faults(tmp_path / "nowhere") if issue.check == "missing_file"}
    names = ("priorities", "agencies", "sources", "corrections", "disclosure", "returns", "signals", "learning")
    assert missing == {f"nowhere/{name}.yaml" for name in names}


# ---- files that disagree ----


def test_an_indicator_in_no_area_is_told(config: Path) -> None:
    text = (config / "priorities.yaml").read_text(encoding="utf-8")
    (config / "priorities.yaml").write_text(re.sub(r"\n +- rereferrals_within_12_months\b", "", text), encoding="utf-8")
    found = faults(config)
    assert {issue.file for issue in found} == {f"config/{REREFERRALS}"}
    assert found[0].check == "unused_definition" and "no area of any plan year lists this indicator" in found[0].message


def test_an_area_that_lists_what_does_not_name_it_is_told_where_it_lists_it(config: Path) -> None:
    lines = (config / "priorities.yaml").read_text(encoding="utf-8").splitlines()
    listed = [number for number, line in enumerate(lines, start=1) if line.strip() == "- rereferrals_within_12_months"]
    change(config, REREFERRALS, "areas: [help_and_early_help]", "areas: [training]")
    found = [issue for issue in faults(config) if issue.file.endswith("priorities.yaml")]
    assert [issue.line for issue in found] == listed
    assert all("'rereferrals_within_12_months'" in issue.message and "training" in issue.message for issue in found)


def test_an_area_that_is_none_is_told_with_the_nearest(config: Path) -> None:
    line = change(config, REREFERRALS, "areas: [help_and_early_help]", "areas: [help_and_early_help, trainings]")
    [issue] = faults(config)
    assert (issue.check, issue.line) == ("unknown_area", line) and "Did you mean 'training'?" in issue.message


REBASE = 'rebases:\n  - {{indicator: {}, {}start: {}, reason: "A new front door.", decided: {{by: Someone, on: 2026-01-01}}}}\n'
FAULTY_REBASES = [
    (("rereferals_within_12_months", "", "2025-26 Q1"), "unknown_indicator", "Did you mean 'rereferrals_within_12_months'?"),
    (("rereferrals_within_12_months", "agency: police, ", "2025-26 Q1"), "unknown_agency", "'police' does not return"),
    (
        ("rereferrals_within_12_months", "agency: childrens_social_car, ", "2025-26 Q1"),
        "unknown_agency",
        "Did you mean 'childrens_social_care'?",
    ),
    (("rereferrals_within_12_months", "", "2025-26 Q7"), "value_error", "2025-26 Q7"),
]


@pytest.mark.parametrize(("rebase", "check", "words"), FAULTY_REBASES, ids=[words for _, _, words in FAULTY_REBASES])
def test_a_rebase_of_nothing_is_told(config: Path, rebase: tuple[str, str, str], check: str, words: str) -> None:
    line = change(config, "signals.yaml", "rebases: []\n", REBASE.format(*rebase)) + 1
    [issue] = faults(config)
    assert (issue.file, issue.check, issue.line) == ("config/signals.yaml", check, line) and words in issue.message


def test_a_rebase_counts_from_the_first_day_of_its_quarter(config: Path) -> None:
    change(config, "signals.yaml", "rebases: []\n", REBASE.format("rereferrals_within_12_months", "", "2025-26 Q4"))
    [rebase] = load_framework(config).signals.rebases
    assert (rebase.on, rebase.agency, rebase.decided.by) == (date(2026, 1, 1), None, "Someone")


def test_a_source_that_feeds_nothing_is_told(config: Path) -> None:
    for path in (config / "indicators").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if "source: mps_crime" in text:
            path.write_text(text.replace("source: mps_crime", "source: ees"), encoding="utf-8")
    [issue] = faults(config)
    line = (config / "sources.yaml").read_text(encoding="utf-8").splitlines().index("  - id: mps_crime") + 1
    assert (issue.check, issue.file, issue.line) == ("unused_definition", "config/sources.yaml", line) and "'mps_crime'" in issue.message


@pytest.mark.parametrize(
    ("file", "old"),
    [("agencies.yaml", "  - id: early_help\n"), ("sources.yaml", "  - id: ees\n"), ("priorities.yaml", '  - id: "2025-26"\n')],
)
def test_an_id_given_twice_is_told_where_it_stands_again(config: Path, file: str, old: str) -> None:
    first = re.search(r"^  - id: .*\n", (config / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert first
    line = change(config, file, old, first[0])
    again = [issue for issue in faults(config) if issue.check == "repeated_id"]
    assert [(issue.file, issue.line) for issue in again] == [(f"config/{file}", line)]


def test_an_indicator_listed_twice_in_an_area_is_told(config: Path) -> None:
    line = change(config, "priorities.yaml", "          - referrals_rate\n", "          - referrals_rate\n" * 2)
    [issue] = faults(config)
    assert (issue.check, issue.line) == ("repeated_id", line + 1) and "'referrals_rate' stands twice" in issue.message


def test_a_target_of_an_indicator_that_stands_elsewhere_is_told(config: Path) -> None:
    target = "targets: [{indicator: referrals_rat, value: 1, start: 2015-04-01, agreed: By the Board}]"
    line = change(config, "priorities.yaml", "targets: []", target)
    [issue] = faults(config)
    assert (issue.check, issue.line) == ("target_elsewhere", line) and "Did you mean 'referrals_rate'?" in issue.message


def test_all_faults_of_all_files_are_told_at_once(config: Path) -> None:
    expected = {
        (f"config/{REREFERRALS}", change(config, REREFERRALS, "polarity: lower", "polarity: lover")),
        (f"config/{REREFERRALS}", change(config, REREFERRALS, "unit: percent", "unit: procent")),
        (f"config/{CRIMES}", change(config, CRIMES, "agencies: [police]", "agencies: [metropolitan_polis]")),
        ("config/priorities.yaml", change(config, "priorities.yaml", "- section_47_enquiries_rate", "- section_48_enquiries_rate")),
    }
    (config / "indicators" / "private_fostering_at_assessment.yaml").write_text("", encoding="utf-8")
    found = {(issue.file, issue.line) for issue in faults(config)}
    assert found >= {*expected, ("config/indicators/private_fostering_at_assessment.yaml", None)}


def test_a_fault_is_one_line_a_person_can_read(config: Path) -> None:
    change(config, REREFERRALS, "polarity: lower", "polarity: lover")
    with pytest.raises(FaultyDefinitions) as refused:
        load_framework(config)
    assert str(refused.value) == (
        f"config/{REREFERRALS}, line 13: 'polarity' is 'lover'. Allowed: 'higher', 'lower' or 'neutral'. Did you mean 'lower'?"
    )


# ---- what an indicator needs ----

Change = Callable[[dict[str, Any]], None]


def without(*parts: str) -> Change:
    return lambda facts: [facts["published"].update({part: None}) for part in parts]  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("source", "spoil", "words"),
    [
        ("rereferrals_within_12_months", without("numerator"), "interval 'wilson' needs numerator"),
        ("rereferrals_within_12_months", without("numerator", "denominator"), "interval 'wilson' needs denominator and numerator"),
        ("injury_admissions_under_15_rate", without("lower"), "interval 'published' needs lower"),
        ("recorded_sexual_offences", without("numerator"), "needs a 'value', or a 'numerator'"),
        ("child_protection_plans_rate", without("denominator"), "unit 'per_10000' needs a denominator"),
    ],
)
def test_an_interval_and_a_rate_need_their_counts(framework: Framework, source: str, spoil: Change, words: str) -> None:
    facts = framework.indicators[source].model_dump()
    Indicator.model_validate(facts)
    spoil(facts)
    with pytest.raises(ValidationError, match=words):
        Indicator.model_validate(facts)


def returned(**changes: object) -> Change:
    return lambda facts: facts["returned"].update(changes)


POPULATION = {"source": "ees", "measures": ["population_estimate"]}


@pytest.mark.parametrize(
    ("source", "spoil", "words"),
    [
        ("referrals_from_police", returned(every="year"), "'due_in' is given for an indicator owed once a year"),
        ("referrals_from_police", returned(due_in="Q2"), "'due_in' is given for an indicator owed once a year"),
        ("referrals_from_police", returned(population=POPULATION), "with a 'population' the agency gives the count alone"),
        ("referrals_from_police", returned(gives="count"), "unit 'percent' needs 'gives: counts'"),
        ("contacts_at_the_front_door", returned(gives="counts"), "unit 'count' needs 'gives: count'"),
        ("contacts_at_the_front_door", returned(since="2024-25"), "write it as 2015-16 Q3"),
        ("contacts_at_the_front_door", lambda facts: facts.update(interval="none"), "what is returned allows 'byar'"),
        ("contacts_at_the_front_door", lambda facts: facts.update(returned=None), "nothing would ever feed this indicator"),
    ],
)
def test_what_is_returned_agrees_with_itself(framework: Framework, source: str, spoil: Change, words: str) -> None:
    facts = framework.indicators[source].model_dump()
    Indicator.model_validate(facts)
    spoil(facts)
    with pytest.raises(ValidationError, match=words):
        Indicator.model_validate(facts)


def test_an_agency_owes_only_what_concerns_it(config: Path) -> None:
    line = change(config, "indicators/referrals_from_police.yaml", "  agencies: [childrens_social_care]", "  agencies: [housing]")
    [issue] = faults(config)
    assert (issue.check, issue.line) == ("unknown_agency", line) and "'housing' owes this indicator" in issue.message


def test_a_percentage_is_not_a_count_with_a_sign(config: Path) -> None:
    """The same rule by file: the message names the file, though no line is at fault alone."""
    change(config, "indicators/child_protection_plans_rate.yaml", "interval: byar", "interval: wilson")
    path = config / "indicators" / "child_protection_plans_rate.yaml"
    path.write_text(re.sub(r"\n  denominator: .*", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    [issue] = faults(config)
    assert issue.file == "config/indicators/child_protection_plans_rate.yaml" and "needs denominator" in issue.message
