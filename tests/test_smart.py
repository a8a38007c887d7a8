"""Suggestions for the five SMART tests against what people judged of twenty wordings by hand."""

from datetime import date

import pytest
from given_learning import EXPECTS, finding, recommendation

from hscb_qa.learning import SMART_TESTS
from hscb_qa.learning import recommendations as learning
from hscb_qa.learning.smart import suggest
from hscb_qa.sentences import recommendations as told

# Each wording with what two readers of audits would say of it alone: S who does what, M something to count by, A one action, T a day.
JUDGED = {
    "Each secondary school should name a deputy lead by 30 September 2026.": "SAT",
    "All partners should be more aware of neglect.": "A",
    "The Head of Safeguarding will raise the share of visits on time to 90%.": "SMA",
    "Introduce the neglect tool at each core group.": "SA",
    "Staff must be reminded to listen to children.": "A",
    "Team managers should review each plan at three months and record the child's views, and report to the Board.": "S",
    "Ensure that information is shared.": "A",
    "The hospital trust should send discharge letters to health visitors within 2 working days of discharge.": "SMA",
    "Write, publish and launch a strategy for neglect within six months.": "ST",
    "The police should use the audit and review programme to check that return interviews are offered.": "SA",
    "Consider whether supervision could be improved.": "A",
    "The mental health trust must train 95% of its staff by March 2027.": "SMAT",
    "Children's social care should write to families in plain words; health visitors should offer a visit.": "S",
    "Raise awareness of private fostering.": "A",
    "Housing should add a question about children to its form for section 47 enquiries.": "SA",
    "Chairs should turn down a report that parents have not had for 5 working days.": "SMA",
    "Nine in ten core groups should be held within six weeks of the conference.": "MA",
    "Services need to strengthen partnership working across the borough.": "A",
    "The lead nurse must ask every 16 year old in care who helps them with their health.": "SA",
    "Practitioners should be mindful of culture by the end of 2026-27 Q4.": "AT",
    "Head teachers should keep a chronology for each child on a plan from 1 April 2027.": "SAT",
    "Early help should close no case before two out of three goals are met.": "SMA",
}
LETTERS = {"specific": "S", "measurable": "M", "achievable": "A", "time_bound": "T"}


def suggested(text: str) -> str:
    return "".join(LETTERS[one.test] for one in suggest(recommendation("r", text=text), None) if one.met and one.test in LETTERS)


@pytest.mark.parametrize(("text", "judged"), JUDGED.items())
def test_a_wording_is_judged_as_people_judged_it(text: str, judged: str) -> None:
    assert suggested(text) == judged


def test_the_fields_count_beside_the_wording() -> None:
    vague = "Improve practice."
    plain = {one.test: one.met for one in suggest(recommendation("r", text=vague), None)}
    assert plain == {"specific": False, "measurable": False, "achievable": True, "relevant": False, "time_bound": False}
    asked = recommendation("r", text=vague, finding="f", origin="audit", due="2026-03-01", expects=EXPECTS)
    filled = {one.test: one for one in suggest(asked, finding("f", "e"))}
    assert {test: one.met for test, one in filled.items()} == {**plain, "measurable": True, "relevant": True, "time_bound": True}
    assert told.suggestion_in_words(filled["measurable"], {}) == "Suggested met, not decided. It can be counted by 'neglect tool used'."
    assert told.suggestion_in_words(filled["relevant"], {"neglect": "Neglect"}).endswith("It arose from a finding about Neglect.")
    assert told.suggestion_in_words(filled["time_bound"], {}).endswith("It names a day: 1 March 2026.")


def test_a_finding_about_another_area_is_not_behind_it() -> None:
    asked = recommendation("r", finding="f", origin="audit")
    assert not next(one for one in suggest(asked, finding("f", "e", areas=["training"])) if one.test == "relevant").met


def test_the_reason_names_what_stands_in_the_way() -> None:
    text = "All partners should train staff and report to the Board."
    words = {one.test: told.suggestion_in_words(one, {}) for one in suggest(recommendation("r", text=text), None)}
    assert words["specific"] == "Suggested not met, not decided. 'All partners' does not say who does what."
    assert words["achievable"] == "Suggested not met, not decided. It asks for 2 things at once: train and report."
    assert words["measurable"].endswith("It names no indicator, no number and no percentage.")
    assert words["time_bound"].endswith("It names no day of its own; the Board's rule gives it one.")


def test_a_suggestion_is_never_counted_as_a_decision() -> None:
    text = "The mental health trust must train 95% of its staff by March 2027."
    asked = recommendation("r", text=text, made_on=str(date(2026, 1, 1)), finding="f", origin="audit")
    assert all(one.met for one in suggest(asked, finding("f", "e")))
    assert learning.is_smart(asked) is None
    assert learning.smart([asked]) == learning.Smart(0, 0, 1)
    assert len(suggest(asked, None)) == len(SMART_TESTS)
