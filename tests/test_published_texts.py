"""What of agencies' texts an edition holds: all for named users, and in the shareable file nothing that nobody approved, in no byte."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from invented import collected, give_return, item, only, rows_of
from written import answer, note, voice

from hscb_qa.definitions import Framework
from hscb_qa.ledger import ApprovedBy, TextPlace, approve_texts, ledger_path, take_back_approval
from hscb_qa.publish import Edition, publish_edition
from hscb_qa.readers.return_form import QUESTIONS
from hscb_qa.screen.texts import note_html, voice_html
from hscb_qa.views import ApprovedNote, ApprovedVoice, OpenEdition, notes_beside, voices_about

CHAIR = ApprovedBy("A Chair", "Chair of the Quality Assurance sub-committee")
PLANTED = "Zebras graze beside the quiet canal"
Q1, Q2 = "2025-26 Q1", "2025-26 Q2"


@pytest.fixture
def board(framework: Framework) -> Framework:
    """The shipped framework with one returned share."""
    return only(framework, collected(returned={"breakdowns": ["sex"]}))


def published(store: Path, board: Framework, threshold: int = 5) -> Edition:
    disclosure = board.disclosure.model_copy(update={"threshold": threshold})
    return publish_edition(store, board.model_copy(update={"disclosure": disclosure}))


def noted(store: Path, words: str, quarter: str = Q1, breakdown: str = "") -> TextPlace:
    """A police return with a note; gives its place."""
    return note(give_return(store, "police", quarter, item("kept", quarter, (20, 100), breakdown, note=words)))


def approve(store: Path, wordings: dict[TextPlace, str | None], threshold: int = 5) -> None:
    approve_texts(store, wordings, CHAIR, threshold)


def texts(file: Path, columns: str = "wording") -> list[tuple[Any, ...]]:
    return rows_of(file, f"SELECT {columns} FROM texts ORDER BY return_period, sheet, line, field DESC")


def cells_with(file: Path, words: str) -> list[str]:
    """Every table and column of a database in which some cell holds the words, whatever its type."""
    with duckdb.connect(str(file), read_only=True) as connection:
        columns = connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
        return [
            f"{table}.{column}"
            for table, column in columns
            if connection.execute(f'SELECT 1 FROM "{table}" WHERE CONTAINS(CAST("{column}" AS VARCHAR), ?) LIMIT 1', [words]).fetchall()
        ]


def test_the_restricted_file_holds_all_and_the_shareable_one_the_approved_wordings(tmp_path: Path, board: Framework) -> None:
    place = noted(tmp_path, "Waiting fell.")
    said = voice(tmp_path, place.submission, 5, message="Listen to me.", changed="We listen.")
    told = answer(tmp_path, place.submission, 3, "A busy quarter.")
    approve(tmp_path, {place: None, said: "Children want to be heard."})
    edition = published(tmp_path, board)
    assert texts(edition.restricted, "sheet, field, original, wording") == [
        ("Figures", "note", "Waiting fell.", "Waiting fell."),
        ("Narrative", "answer", "A busy quarter.", None),
        ("Voices", "message", "Listen to me.", "Children want to be heard."),
        ("Voices", "changed", "We listen.", None),
    ]
    columns = "sheet, field, indicator, area, question, agency, period, original, wording, approved_by, role, approved_on = today()"
    assert texts(edition.shareable, columns) == [
        ("Figures", "note", "kept", "", "", "police", Q1, None, "Waiting fell.", CHAIR.name, CHAIR.role, True),
        (
            "Voices",
            "message",
            "",
            "help_and_early_help",
            "",
            "police",
            Q1,
            None,
            "Children want to be heard.",
            CHAIR.name,
            CHAIR.role,
            True,
        ),
    ]
    approve(tmp_path, {told: None})
    assert texts(published(tmp_path, board).shareable, "question, wording")[1] == (QUESTIONS[1], "A busy quarter.")


@pytest.mark.parametrize("kind", ["note", "message", "changed", "answer", "method", "about", "who", "question", "reworded", "taken back"])
def test_unapproved_words_are_nowhere_in_the_shareable_file(tmp_path: Path, board: Framework, kind: str) -> None:
    """Looked for in every cell of every table, and in the file's bytes; the restricted file shows that both ways can find them."""
    place = noted(tmp_path, PLANTED if kind in ("note", "reworded", "taken back") else "Waiting fell.")
    facts = {name: PLANTED for name in ("method", "about", "who") if name == kind}
    said = voice(tmp_path, place.submission, 5, message="Listen.", changed=PLANTED if kind == "changed" else "We do.", **facts)
    if kind == "message":
        said = voice(tmp_path, place.submission, 6, message=PLANTED)
    told = answer(tmp_path, place.submission, 3, PLANTED if kind == "answer" else "Busy.", PLANTED if kind == "question" else QUESTIONS[0])
    if kind in ("about", "who", "question"):
        approve(tmp_path, {said: None, told: None})
    if kind in ("reworded", "taken back"):
        approve(tmp_path, {place: None if kind == "taken back" else "Waiting is shorter."})
    if kind == "taken back":
        take_back_approval(tmp_path, place, "A Chair", "It was not so.")
    edition = published(tmp_path, board)
    assert cells_with(edition.shareable, PLANTED) == []
    assert PLANTED.encode() not in edition.shareable.read_bytes()
    if kind not in ("about", "who", "question"):
        assert cells_with(edition.restricted, PLANTED) != []
        assert PLANTED.encode() in edition.restricted.read_bytes()


def test_an_approved_wording_is_found_where_it_is_looked_for(tmp_path: Path, board: Framework) -> None:
    """What the test before looks with finds a sentence that is there."""
    approve(tmp_path, {noted(tmp_path, PLANTED): None})
    edition = published(tmp_path, board)
    assert cells_with(edition.shareable, PLANTED) == ["texts.wording"]
    assert PLANTED.encode() in edition.shareable.read_bytes()


def test_a_wording_that_the_rule_in_force_no_longer_lets_through_is_left_out(tmp_path: Path, board: Framework) -> None:
    approve(tmp_path, {noted(tmp_path, "Six children waited."): None, noted(tmp_path, "Ten children waited.", Q2): None})
    assert texts(published(tmp_path, board).shareable) == [("Six children waited.",), ("Ten children waited.",)]
    stricter = published(tmp_path, board, threshold=6)
    assert texts(stricter.shareable) == [("Ten children waited.",)]
    assert cells_with(stricter.shareable, "Six children waited.") == []
    assert texts(stricter.restricted) == [("Six children waited.",), ("Ten children waited.",)]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Of those 97 were seen.", False),
        ("Only 97% were seen.", False),
        ("97.0% were seen, of 100.", False),
        ("In 2026 all 1,097 visits were made, 9.7 a day.", True),
        ("A new form came in.", True),
    ],
)
def test_a_wording_that_names_a_hidden_number_of_its_figure_is_left_out(tmp_path: Path, board: Framework, words: str, shown: bool) -> None:
    """97 of 100 is hidden, as three are not among them."""
    place = note(give_return(tmp_path, "police", Q1, item("kept", Q1, (97, 100), note=words)))
    approve(tmp_path, {place: None})
    edition = published(tmp_path, board)
    assert texts(edition.shareable) == ([(words,)] if shown else [])
    assert texts(edition.restricted) == [(words,)]


def test_how_many_were_asked_and_how_are_shown_only_as_far_as_they_tell_of_nobody(tmp_path: Path, board: Framework) -> None:
    submission = noted(tmp_path, "").submission
    asked = [(5, "Survey"), (6, "Survey"), (12, "Talks with two mothers")]
    places = [
        voice(tmp_path, submission, 5 + line, message=f"Said {line}.", asked=some, method=how) for line, (some, how) in enumerate(asked)
    ]
    approve(tmp_path, dict.fromkeys(places))
    edition = published(tmp_path, board)
    assert texts(edition.shareable, "asked, method") == [(None, "Survey"), (6, "Survey"), (12, None)]
    assert texts(edition.restricted, "asked, method") == asked


def test_an_edition_stands_on_approvals_of_before_it_began(tmp_path: Path, board: Framework) -> None:
    place = noted(tmp_path, "Waiting fell.")
    approve(tmp_path, {place: None})
    with duckdb.connect(str(ledger_path(tmp_path))) as ledger:
        ledger.execute("UPDATE text_approvals SET approved_at = approved_at + INTERVAL 1 HOUR")
    assert texts(published(tmp_path, board).shareable) == []


def test_a_return_that_is_superseded_takes_its_approved_texts_with_it(tmp_path: Path, board: Framework) -> None:
    approve(tmp_path, {noted(tmp_path, "Waiting fell."): None})
    noted(tmp_path, "Waiting fell, as we found later.")
    edition = published(tmp_path, board)
    assert texts(edition.shareable) == []
    assert texts(edition.restricted, "original") == [("Waiting fell, as we found later.",)]


# ---- views and pages ----

AREA = "help_and_early_help"


def test_views_give_approved_texts_newest_first(tmp_path: Path, board: Framework) -> None:
    places = [noted(tmp_path, "First."), noted(tmp_path, "Of girls.", Q2, "sex=female"), noted(tmp_path, "Later.", "2025-26 Q3")]
    approve(tmp_path, dict.fromkeys(places[:2]))
    edition = published(tmp_path, board)
    for opened in (OpenEdition.shareable(edition), OpenEdition.restricted(edition)):
        notes = notes_beside(opened, "kept")
        assert [(one.agency, one.label, one.breakdown, one.wording) for one in notes] == [
            ("Police", "Jul to Sep 2025", "Sex: female", "Of girls."),
            ("Police", "Apr to Jun 2025", "", "First."),
        ]
        assert {(one.role, one.approved_on) for one in notes} == {(CHAIR.role, date.today())}
        assert notes_beside(opened, "kept", "housing") == ()


def test_what_was_said_and_what_changed_are_one_voice(tmp_path: Path, board: Framework) -> None:
    submission = noted(tmp_path, "").submission
    title = next(area.title for year in board.plan_years for area in year.areas if area.id == AREA)
    both = voice(tmp_path, submission, 5, message="Listen.", changed="We do.", about=f" {title.upper()} ")
    changed = voice(tmp_path, submission, 6, message=PLANTED, changed="We did.", about=AREA, asked=3)
    approve(tmp_path, dict.fromkeys([both, *(TextPlace(one.submission, one.sheet, one.line, "changed") for one in (both, changed))]))
    opened = OpenEdition.shareable(published(tmp_path, board))
    found = [(one.who, one.agency, one.method, one.asked, one.message, one.changed) for one in voices_about(opened, AREA)]
    assert found == [
        ("children", "Police", "Survey", 12, "Listen.", "We do."),
        ("children", "Police", "Survey", None, None, "We did."),
    ]
    assert voices_about(opened, "training") == ()


def test_an_edition_made_before_texts_were_published_has_none(tmp_path: Path, board: Framework) -> None:
    approve(tmp_path, {noted(tmp_path, "Waiting fell."): None})
    edition = published(tmp_path, board)
    edition.shareable.chmod(0o644)
    with duckdb.connect(str(edition.shareable)) as connection:
        connection.execute("DROP TABLE texts")
    assert notes_beside(OpenEdition.shareable(edition), "kept") == ()


def test_what_an_agency_wrote_stands_on_the_page_as_it_was_written() -> None:
    told = note_html(ApprovedNote("Police", "Apr to Jun 2025", "", "<img src=x> **bold** & [c](http://x)", "Chair", date(2026, 5, 1)))
    assert "<p>&lt;img src=x&gt; **bold** &amp; [c](http://x)</p>" in told and "<img" not in told
    assert "Police, Apr to Jun 2025. Approved by: Chair, 1 May 2026" in told
    said = voice_html(ApprovedVoice("children", "Police", "<b>", None, date(2026, 5, 1), None, "<i>Done</i>", "<u>", date(2026, 5, 2)))
    assert "<b>" not in said and "<i>" not in said and "<u>" not in said and " asked" not in said
    assert "What changed: &lt;i&gt;Done&lt;/i&gt;" in said
