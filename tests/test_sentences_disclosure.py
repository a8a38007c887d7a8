"""What pages say of the disclosure rule: its own numbers, one sentence for all reasons, and nothing where nothing is hidden."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from invented import RULE, point, view

from hscb_qa import exports, sentences, tables
from hscb_qa.definitions import Disclosure
from hscb_qa.views import IndicatorView

SHOWN, HIDDEN = point("2015", 20.0), point("2016", "c")
RETURNED: dict[str, Any] = {
    "published": None,
    "interval": "wilson",
    "returned": {"agencies": ["police"], "every": "quarter", "counting": "flow", "gives": "counts"},
}


def returned(*points: Any) -> IndicatorView:
    return replace(view(*points, agencies=["police"], **RETURNED), agency="police")


def ruled(**changes: Any) -> Disclosure:
    return Disclosure.model_validate({**RULE.model_dump(), **changes})


def test_the_rule_is_told_with_its_own_numbers() -> None:
    words = " ".join(sentences.rule_in_words(ruled(threshold=4, small_base=12, mark_base=25, zeros="hidden", remainders=False)))
    assert "counts of people from 0 to 4 and percentages of fewer than 12 are hidden" in words
    assert "A percentage of fewer than 25 is marked [u]. Zeros are hidden." in words and "leave out" not in words
    assert "percentages that leave out 1 to 5 people" in " ".join(sentences.rule_in_words(RULE))


def test_what_is_hidden_is_told_in_one_sentence_without_which_reason_holds() -> None:
    assert sentences.hidden_in_words(returned(SHOWN)) == []
    [told] = sentences.hidden_in_words(returned(SHOWN, HIDDEN))
    assert told.startswith(
        "Hidden [c]: counts of people from 1 to 5, percentages of fewer than 10 and percentages that leave out 1 to 5 people"
    )
    assert told.endswith("and figures that would tell one, as a child could be identified.")
    assert sentences.hidden_in_words(view(SHOWN, HIDDEN)) == ["Hidden [c] by the publisher, as a small number could identify a child."]


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("rolling_year_only", "Shown by the year alone: A handful."),
        ("round_5", "Shown to the nearest 5: A handful."),
        ("round_10", "Shown to the nearest 10: A handful."),
    ],
)
def test_a_method_is_told_with_its_reason(method: str, words: str) -> None:
    rule = ruled(methods=[{"indicator": "share", "method": method, "reason": "A handful."}])
    assert sentences.hidden_in_words(replace(returned(SHOWN), disclosure=rule)) == [words]
    assert sentences.hidden_in_words(replace(view(SHOWN), disclosure=rule)) == [], "published figures are shown as they came"


def test_a_percentage_of_few_is_marked_in_the_table_and_told() -> None:
    few = point("2016", 66.7, numerator=12.0, denominator=18.0, small_base=True)
    one = returned(point("2015", "u"), few)
    assert sentences.hidden_in_words(one) == ["Marked [u]: a percentage of fewer than 20; one child moves it far."]
    table = tables.series_table(one)
    assert table.iloc[0, 1] == "66.7 [u]"
    assert tables.shorthand_note(table) == "[u] not reliable enough to show; [u] a percentage of few, to be read with care"


def test_shorthand_in_a_table_says_what_it_means_where_it_stands() -> None:
    told = tables.table_html(tables.series_table(returned(SHOWN, HIDDEN)), "Figures")
    assert "<abbr title='hidden, because it is a small number or would tell one, and a child could be identified'>[c]</abbr>" in told


def test_a_file_tells_beside_the_point_why_it_is_hidden_or_marked() -> None:
    few = point("2017", 66.7, numerator=12.0, denominator=18.0, small_base=True)
    rows = pd.read_csv(BytesIO(exports.series_csv(returned(SHOWN, HIDDEN, few))))
    assert rows["note"].isna().tolist() == [True, False, False]
    assert rows["note"][1].startswith("Hidden [c]: counts of people from 1 to 5,") and rows["status"][1] == "[c]"
    assert rows["note"][2] == "Marked [u]: a percentage of fewer than 20; one child moves it far."
