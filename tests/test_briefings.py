"""The page for frontline teams: the newest of each, short, escaped, and never without saying who was not heard and what is invented."""

from datetime import date
from html.parser import HTMLParser

from given_learning import EXPECTS, TODAY, evidence, exercise, finding, learnt, recommendation, step, voice
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.briefings import Names, briefing_html, briefing_page, file_name
from hscb_qa.definitions import Framework
from hscb_qa.learning import Learning
from hscb_qa.learning.briefing import Briefing, Heard, areas_briefed, briefing, in_short
from hscb_qa.learning.recommendations import follow

LATER = {**EXPECTS, "by": "2026-27 Q3"}


def page_of(record: Learning, *voices: Heard) -> Briefing:
    return briefing(record, follow(record, TODAY, {}), "neglect", TODAY, voices)


def names(framework: Framework) -> Names:
    return Names("Neglect", {one.id: one.short_name for one in framework.agencies.values()}, framework)


def test_the_newest_voice_of_each_stands_and_who_was_not_heard_is_named(framework: Framework) -> None:
    record = learnt(voice("old", "2025-01-01", "children", "Old words."), voice("new", "2026-01-01", "children", "New words."))
    page = page_of(record, Heard("parents and carers", "From a return.", date(2026, 3, 1), "Group talk"))
    assert {who: one.words if one else None for who, one in page.heard.items()} == {
        "children": "New words.",
        "parents and carers": "From a return.",
        "frontline staff": None,
    }
    told = briefing_html(page, names(framework), illustrative=False)
    assert "We have not heard from frontline staff about this yet." in told and "Old words." not in told


def test_what_is_of_another_area_or_long_past_stays_away() -> None:
    record = learnt(
        evidence("e", "2026-01-01"),
        finding("f", "e"),
        finding("elsewhere", "e", areas=["training"]),
        finding("good", "e", kind="good_practice"),
        recommendation("open", expects=LATER),
        recommendation("past", expects={**EXPECTS, "indicator": "neglect_audits_good_or_better"}),
        recommendation("recent"),
        step("s1", "recent", "completed", "2025-07-01"),
        recommendation("long_ago"),
        step("s2", "long_ago", "completed", "2025-06-30"),
        recommendation("other", area="training"),
        exercise("done"),
        exercise("planned", status="planned", ends="2026-27 Q4"),
        exercise("missed", status="planned"),
    )
    page = page_of(record)
    assert [one.id for one in page.concerns] == ["f"] and [one.id for one in page.good_practice] == ["good"]
    assert {one.recommendation.id for one in page.changes} == {"open", "past"}
    assert [one.recommendation.id for one in page.changed] == ["recent"]
    assert [one.indicator for one in page.again] == ["neglect_tool_used"]
    assert [one.id for one in page.exercises] == ["planned"]
    assert areas_briefed(record) == ("neglect", "training")


def test_an_empty_page_says_so_in_every_place(framework: Framework) -> None:
    told = briefing_html(page_of(Learning()), names(framework), illustrative=True)
    for words in ("No concern is recorded", "No good practice is recorded yet", "Nothing new is asked", "Nothing is planned yet"):
        assert words in told
    assert told.startswith("<p class='invented' role='note'>Illustrative data. Everything on this page is invented.</p>")


def test_the_file_stands_alone_and_escapes_what_people_wrote(framework: Framework) -> None:
    record = learnt(recommendation("r", text="Ask <b>every</b> child & parent."))
    file = briefing_page(page_of(record), names(framework), illustrative=True).decode()
    assert "Ask &lt;b&gt;every&lt;/b&gt; child &amp; parent." in file
    assert "http" not in file and "<script" not in file and "<link" not in file
    assert file.startswith("<!DOCTYPE html>") and file.count("<h1>") == 1 and file.count("<h2>") == 4
    assert file_name(page_of(record), illustrative=True) == "illustrative_briefing_neglect_2026-07-01.html"
    assert "invented" not in briefing_page(page_of(record), names(framework), illustrative=False).decode().partition("<body>")[2]


class Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        self.open += [tag] if tag not in ("meta", "br") else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_element_is_closed(framework: Framework) -> None:
    reader = Balance()
    reader.feed(briefing_page(page_of(learnt(recommendation("r"))), names(framework), illustrative=True).decode())
    assert reader.open == []


@given(st.text(alphabet="ab. !?,", max_size=60), st.integers(2, 40))
def test_a_text_cut_short_is_its_beginning_and_fits(text: str, most: int) -> None:
    short = in_short(text, most)
    assert len(short) <= max(most, 1)
    assert text.startswith(short.removesuffix("…"))
    assert short == text or len(text) > most
