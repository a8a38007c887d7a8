"""Counts of few people are found in sentences however they are written; numbers that count no people, and large ones, pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hscb_qa.checks.sharing import SMALL_COUNT, obstacles
from hscb_qa.checks.small_counts import small_counts

# fmt: off
HELD = [
    "two children", "a single girl", "3 of the pupils", "only one young person", "both siblings", "four out of 12 families", "1 case",
    "one of the children", "5 (of 31) boys", "Two Children were harmed", "2 looked-after children", "two looked after children moved",
    "one child's journey", "Two unaccompanied asylum-seeking children", "two or three families", "2-3 children", "3/4 children",
    "numbers fell from 9 to 3 children", "Girls: 4", "boys (3)", "Girls 3, boys 14", "Referrals fell to 3 in the quarter",
    "The number of children was 3.", "children: two", "13 of 14 girls", "12 out of 15 families", "all but two of 30 children",
    "four of the five young people", "Of 14 referrals, two were late.", "Two were girls", "three of them", "one of whom was a boy",
    "We spoke to a couple of children", "a pair of siblings", "The twins", "the only child", "There was a death in custody",
    "the third child death this year", "two deaths", "1 member of staff", "two members of staff", "4 practitioners", "two parents",
    "one mother", "5 allegations", "3 plans", "2 victims and 1 offender", "4 incidents", "<b>two</b> **children**", "two&nbsp;children",
    "t\u200bwo children", "２ children", "five (5) children", "In the last quarter 2 boys left", "this year 5 children died",
    "two 3-year-old boys", "two 5-year-olds", "fewer than 3 children", "2 Year 5 pupils", "two child protection plans",
    "two in 14 families", "1 baby", "three infants", "2 toddlers", "one twin", "five survivors", "between 1 and 3 children",
    "3 young people", "0 girls and 3 boys", "two of our children", "two white, British boys", "4 further families",
    "2 'vulnerable' children", "Only 2 children", "one carer", "1 referral", "cases: 5", "On 3 April two children moved",
    "Of the 14, one was a girl", "one person puts it together", "two children's names", "Children (n=3)", "deaths rose to four",
    "There were 3 boys", "Two had been seen; the rest had not.", "one family", "two families' homes",
    "two hundred children and 3 parents", "2 of 6", "2 of 6 were late", "4 of 5 done on time", "Only 2 this quarter",
    "1 moved out of the borough", "of those seen, 2 turned 18", "Just one.", "two  \n children",
    "Of 40 children, 38 felt safer.", "In 4 of the 30 records the voice was missing.", "Of the 12 families two moved",
    "4 of 30 files lacked it", "Three of 20 visits were late", "In 28 of the 30 records",
]
PASSES = [
    "two children's centres", "Year 5 pupils", "aged 3 to 5", "children aged 3 to 5", "Working Together 2015", "in 4 schools", "Tier 2",
    "Tier 2 referrals", "Level 3 cases", "one in three", "one in three children", "two in five young people", "3 in 10 families",
    "5% of children", "5 per cent of children", "3 months", "three months after the referral", "on 3 April children were seen",
    "two-thirds of children", "one third of pupils", "three quarters of families", "six children", "12 children", "twenty-two children",
    "twenty two children", "one hundred and two children", "two hundred children", "two dozen children", "half a dozen children",
    "1,234 children", "2.5 children per worker", "0 children", "no children", "a few children", "several children", "a child",
    "A child should be seen", "every child", "children and families", "Key Stage 2 pupils", "Years 5 and 6 pupils", "5-year-old boy",
    "children under 5", "under 5s", "Section 47 cases", "section 3 orders", "one-to-one work with children",
    "Two vacant posts were filled and waiting fell after that.",
    "Two blocks were emptied for fire safety work in August, and families waited for other homes.",
    "Still late. One of the two chairs' posts is filled from November; we expect earlier dates in the return of January to March.",
    "Partners now send reports two working days before a conference.", "Schools set two quiet times a day for talking.",
    "A shared form was tried with two partners.", "nobody asks us one at a time", "No one was told", "£3 a child", "2025-26", "3/4/2026",
    "within 15 working days", "5 times as many children", "children were 3 times as likely", "4 schools and children's homes",
    "The families wait 4 weeks", "cases in 4 teams", "one case study", "one family centre", "two child protection conferences",
    "three parent surveys", "one page guide", "one two-parent", "s47", "the first time", "page 3", "Priority 2: children", "Version 1",
    "Children aged 2 and 3", "ages 1 to 4", "10 of 31 boys", "COVID-19 cases", "cases of 2015",
    "Two conference chairs left in October and their posts are not filled.", "We ask the Board to take this up with the partners",
    "Workers offer at least six meetings before a case is closed.", "A lead professional is named in every plan.", "Q3 referrals",
    "Q 3 referrals", "single parents", "2 meetings with families", "one school said it helps children",
    "One mailbox for invitations is read twice a day.", "3 of 4 standards", "5:30", "two children's homes", "1.2 children in a family",
    "5s and under", "Of 40 children 20 felt safer.", "Of the 3 schools, 2 replied", "Four of the ten schools agreed",
    "20 of the 60 records", "Of 40 children, 52 letters came",
]
# fmt: on
WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
PEOPLE = [
    ("child", "children"), ("young person", "young people"), ("girl", "girls"), ("boy", "boys"), ("pupil", "pupils"), ("baby", "babies"),
    ("infant", "infants"), ("toddler", "toddlers"), ("sibling", "siblings"), ("twin", "twins"), ("parent", "parents"), ("carer", "carers"),
    ("mother", "mothers"), ("father", "fathers"), ("family", "families"), ("case", "cases"), ("referral", "referrals"), ("plan", "plans"),
    ("allegation", "allegations"), ("victim", "victims"), ("survivor", "survivors"), ("offender", "offenders"), ("death", "deaths"),
    ("member of staff", "members of staff"), ("practitioner", "practitioners"), ("incident", "incidents"), ("adult", "adults"),
]  # fmt: skip
SENTENCES = ["{}", "We saw {} again.", "In May, {} moved.", "**{}**", "Of all, only {} had been heard", "HARROW: {}!"]
ADJECTIVES = ["", "looked-after ", "very young ", "further ", "Year 5 ", "white British "]


@pytest.mark.parametrize("text", HELD)
def test_a_small_count_is_found(text: str) -> None:
    assert small_counts([text], 5) == {text}


@pytest.mark.parametrize("text", PASSES)
def test_other_numbers_pass(text: str) -> None:
    assert small_counts([text], 5) == set()


@given(
    st.integers(0, 13),
    st.booleans(),
    st.sampled_from(PEOPLE),
    st.sampled_from(SENTENCES),
    st.sampled_from(ADJECTIVES),
    st.integers(1, 9),
)
@settings(max_examples=400, deadline=None)
def test_exactly_counts_from_1_to_the_threshold_are_found(
    number: int, as_word: bool, people: tuple[str, str], sentence: str, adjective: str, threshold: int
) -> None:
    count = f"{WORDS[number] if as_word else number} {adjective}{people[number != 1]}"
    text = sentence.format(count)
    assert bool(small_counts([text], threshold)) == (1 <= number <= threshold or ("twins" in text))


@given(st.integers(1, 40), st.integers(0, 40), st.sampled_from(["{} of {} children", "{} out of the {} families", "{} (of {}) girls"]))
@settings(max_examples=200, deadline=None)
def test_some_of_all_tells_both_the_some_and_the_rest(some: int, rest: int, words: str) -> None:
    text = words.format(some, some + rest)
    assert bool(small_counts([text], 5)) == (some <= 5 or 1 <= rest <= 5)


ENDLESS = [
    "1 ", "one ", "two of ", "2 a ", "children ", "twenty-", "1,", "1-", "a'", "two hundred and ", "children was ", "aged 3 ",
    "five of five ", "<", "one in ", "2222222222", "one of ", "2 child ", "a a ", "(1",
    "half ", "**", "&", "1/1", "2 years ", "Year 5 and ",
]  # fmt: skip


@pytest.mark.parametrize("text", ENDLESS)
def test_no_text_makes_a_rule_run_for_ever(text: str) -> None:
    """A rule whose steps grew with the square of a text's length would take minutes here."""
    long = text * (30_000 // len(text)) + " " * 30_000 + ". Two children"
    assert small_counts([long], 5) == {long}


def test_texts_are_told_apart() -> None:
    assert small_counts(["two children", "Waiting fell.", "two children", ""], 5) == {"two children"}


def test_what_stands_in_the_way_is_told_by_kind_and_never_quoted() -> None:
    text = "Mrs Smith of HA1 2XY has two children."
    assert obstacles([text, "Waiting fell."], 5) == {text: ("postcode", "title with a name", SMALL_COUNT)}
    assert obstacles([text], 1) == {text: ("postcode", "title with a name")}
