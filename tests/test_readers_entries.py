"""Lists of the Board's entries as files: what is read as what, and for each way to get a file wrong the line and the remedy."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from entered import SOUND
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.learning import KINDS, entry_of
from hscb_qa.readers.entries import EntryList, read_entries

STEP = "step:\n  - id: sent\n    recommendation: send_reports\n    on: 2025-12-01\n    kind: completed\n    text: They come earlier.\n"


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, content: str | bytes, name: str = "list.yaml") -> EntryList:
    return read_entries(file(folder, name, content))


def refused(folder: Path, content: str | bytes, name: str = "list.yaml") -> list[Issue]:
    with pytest.raises(RefusedFile) as fault:
        read(folder, content, name)
    assert {one.file for one in fault.value.issues} == {name}
    return list(fault.value.issues)


# ---- YAML ----


def test_a_yaml_list_gives_fields_by_kind_with_their_lines(tmp_path: Path) -> None:
    found = read(tmp_path, f"illustrative: true\n{STEP}finding:\n  - {{id: late, areas: [neglect]}}\n")
    assert found.file == "list.yaml" and found.illustrative
    assert [(one.kind, one.fields["id"]) for one in found.entries] == [("step", "sent"), ("finding", "late")]
    step = found.entries[0]
    assert step.fields["on"] == "2025-12-01" and entry_of(step.kind, step.fields).id == "sent"
    assert [step.line(place) for place in ((), ("id",), ("on",), ("text",), ("missing",))] == [3, 3, 5, 7, 3]
    assert found.entries[1].line(("areas", 0)) == 9


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_list_is_real_unless_it_says_otherwise(tmp_path: Path, start: str) -> None:
    assert not read(tmp_path, start + STEP).illustrative
    assert not read(tmp_path, f"{start}illustrative: false\n{STEP}").illustrative


@pytest.mark.parametrize(("content", "check", "line", "said"), [
    ("", "empty_file", None, "empty"),
    ("# nothing\n", "empty_file", None, "empty"),
    ("- id: sent\n", "form", 1, "Write a list under the name of each kind"),
    ("step\n", "form", 1, "Write a list under the name of each kind"),
    (f"steps:{STEP[5:]}", "unknown_kind", 1, "'steps' is no kind of entry. Allowed: exercise, evidence"),
    (f"{STEP}luck: []\n", "unknown_kind", 7, "'luck'"),
    ("step: sent\n", "form", 1, "Begin each with a dash"),
    ("step:\n  id: sent\n", "form", 1, "Begin each with a dash"),
    ("step:\n  - sent\n", "form", 1, "Begin each with a dash"),
    ("step:\n", "form", 1, "Begin each with a dash"),
    (f"{STEP}    text: Twice.\n", "duplicate_key", 7, "'text' stands twice, first on line 6"),
    (f"{STEP}{STEP}", "duplicate_key", 7, "'step' stands twice, first on line 1"),
    ("step:\n  - id: [sent\n", "yaml", 3, "this is not YAML"),
    ("step:\n\t- id: sent\n", "yaml", 2, "this is not YAML"),
    (STEP.encode("utf-16"), "encoding", None, "not UTF-8"),
    ("step:\n  - id: caf\u00e9\n".encode("latin-1"), "encoding", None, "not UTF-8"),
    (f"illustrative: yes\n{STEP}", "illustrative", 1, "neither true nor false"),
    (f"illustrative: 'true'\n{STEP}", "illustrative", 1, "neither true nor false"),
    ("step: " + "[" * 3000 + "]" * 3000, "form", None, "too deep"),
    ("step: &all [*all]\n", "form", None, "too deep"),
])  # fmt: skip
def test_a_yaml_file_of_another_form_is_refused(tmp_path: Path, content: str | bytes, check: str, line: int | None, said: str) -> None:
    [issue] = refused(tmp_path, content)
    assert (issue.severity, issue.check, issue.line) == ("error", check, line) and said in issue.message


def test_every_fault_of_the_form_is_told_at_once(tmp_path: Path) -> None:
    found = refused(tmp_path, "steps: []\nfinding: late\nillustrative: perhaps\n")
    assert [(one.check, one.line) for one in found] == [("unknown_kind", 1), ("form", 2), ("illustrative", 3)]


def test_what_is_no_list_of_entries_is_refused_by_its_name(tmp_path: Path) -> None:
    [issue] = refused(tmp_path, STEP, "list.xlsx")
    assert issue.check == "file_kind" and ".yaml, .yml, .csv" in issue.message
    with pytest.raises(RefusedFile) as fault:
        read_entries(tmp_path / "missing.yaml")
    assert fault.value.issues[0].check == "unreadable_file"


@pytest.mark.parametrize("suffix", ["yml", "YAML"])
def test_other_spellings_of_the_ending_are_the_same(tmp_path: Path, suffix: str) -> None:
    assert len(read(tmp_path, STEP, f"list.{suffix}").entries) == 1


# ---- CSV ----

HEAD = "kind,id,recommendation,on,text\n"


def test_a_csv_row_gives_the_fields_of_its_kind(tmp_path: Path) -> None:
    content = (
        "\ufeffillustrative,kind,id,areas,says.quality,says.outcome,looks_at_impact,counts.numerator,smart.specific.met,evidence,text\n"
        "yes,evidence,one,neglect; training;,better,worse,Yes,3,,,\n"
        ",recommendation,two,,,,,,no,,A plan\n"
        ",step,three,,,,,,,one;two,\n"
        ",finding,four,neglect,,,,,,one,\n"
        ",,,,,,,,,,\n"
    )
    found = read(tmp_path, content, "list.csv")
    assert found.illustrative
    assert [one.fields for one in found.entries] == [
        {
            "id": "one",
            "areas": ["neglect", "training"],
            "says": {"quality": "better", "outcome": "worse"},
            "looks_at_impact": True,
            "counts": {"numerator": "3"},
        },
        {"id": "two", "smart": {"specific": {"met": False}}, "text": "A plan"},
        {"id": "three", "evidence": ["one", "two"]},
        {"id": "four", "areas": ["neglect"], "evidence": "one"},
    ]
    assert [one.line(("areas",)) for one in found.entries] == [2, 3, 4, 5]


@pytest.mark.parametrize(("content", "check", "line", "said"), [
    ("", "empty_file", None, "empty"),
    ("id,text\nsent,Done.\n", "missing_columns", 1, "There is no column 'entry'"),
    ("kind;id;text\nstep;sent;Done.\n", "missing_columns", 1, "There is no column 'entry'"),
    (f"{HEAD}step,sent,send_reports\n", "form", 2, "more or fewer cells"),
    (f"{HEAD}step,sent,send_reports,2025-12-01,Done, they say.\n", "form", 2, "more or fewer cells"),
    (f"{HEAD},,,,,Alone outside.\n", "form", 2, "more or fewer cells"),
    (f"{HEAD}\n\nsteps,sent,send_reports,2025-12-01,Done.\n", "unknown_kind", 4, "'steps' is no kind of entry"),
    (f"{HEAD},sent,send_reports,2025-12-01,Done.\n", "unknown_kind", 2, "'' is no kind of entry"),
    (f'{HEAD}step,sent,send_reports,2025-12-01,"Done.\n', "form", 2, "no CSV"),
    (f'{HEAD}step,sent,send_reports,2025-12-01,"Done" they say\n', "form", 2, "no CSV"),
    ("kind,id,text, text \nstep,sent,One,Two\n", "repeated_column", 1, "The column 'text' stands twice"),
    ("kind,id,says,says.quality\nevidence,one,x,better\n", "form", 1, "'says' stands beside columns of its parts"),
    ((HEAD + "step,sent,send_reports,2025-12-01,Fa\u00e7ade\n").encode("latin-1"), "not_utf8", None, "not UTF-8"),
])  # fmt: skip
def test_a_csv_file_of_another_form_is_refused(tmp_path: Path, content: str | bytes, check: str, line: int | None, said: str) -> None:
    [issue] = refused(tmp_path, content, "list.csv")
    assert (issue.check, issue.line) == (check, line) and said in issue.message


def test_every_row_at_fault_is_told(tmp_path: Path) -> None:
    found = refused(tmp_path, f"{HEAD}luck,a,b,c,d\nstep,sent,send_reports,2025-12-01,Done.\nstep,short\n", "list.csv")
    assert [one.line for one in found] == [2, 4]


# ---- both ----

_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=";\ufeff"), min_size=1, max_size=20)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(kind=st.sampled_from(KINDS), words=_WORDS, extra=st.dictionaries(st.sampled_from(["text", "title", "statement", "lead"]), _WORDS))
def test_yaml_and_csv_of_the_same_entry_read_the_same(tmp_path: Path, kind: str, words: str, extra: dict[str, str]) -> None:
    fields = {
        **{name: value for name, value in SOUND[kind].items() if name not in ("self_score", "moderated_score")},
        **extra,
        "owner": words,
    }
    by_yaml = read(tmp_path, yaml.safe_dump({kind: [fields]}, allow_unicode=True), "list.yaml")
    by_csv = read(tmp_path, as_csv(kind, fields), "list.csv")
    assert by_yaml.entries[0].fields == fields == by_csv.entries[0].fields


def as_csv(kind: str, fields: dict[str, Any]) -> str:
    cells = {"entry": kind}
    for name, value in fields.items():
        parts = {f"{name}.{inner}": deeper for inner, deeper in value.items()} if isinstance(value, dict) else {name: value}
        cells |= {at: ";".join(given) if isinstance(given, list) else given for at, given in parts.items()}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(cells))
    writer.writeheader()
    writer.writerow(cells)
    return out.getvalue()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode), suffix=st.sampled_from(["csv", "yaml"]))
def test_any_bytes_are_read_or_refused_in_words(tmp_path: Path, content: bytes, suffix: str) -> None:
    try:
        assert read(tmp_path, content, f"list.{suffix}").file == f"list.{suffix}"
    except RefusedFile as fault:
        assert all(one.message and one.file == f"list.{suffix}" for one in fault.issues)


def test_a_column_kind_names_the_entry_where_no_column_entry_does_and_is_a_field_where_one_does(tmp_path: Path) -> None:
    finding = read(tmp_path, "entry,id,kind\nfinding,late,concern\n", "list.csv").entries[0]
    assert (finding.kind, finding.fields) == ("finding", {"id": "late", "kind": "concern"})
    exercise = read(tmp_path, "kind,id\nexercise,audit\n", "list.csv").entries[0]
    assert (exercise.kind, exercise.fields) == ("exercise", {"id": "audit"})
