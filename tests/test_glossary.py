"""Words explained where they stand: each once, never inside a tag, in the glossary's own words; and calculations in their code's."""

import html
import inspect

from hypothesis import given
from hypothesis import strategies as st

from hscb_qa import statistics, tables
from hscb_qa.screen.glossary import explained, glossary

TEXT = st.text(alphabet=st.sampled_from("xyzqk <>&'\"%"), max_size=60)


def test_a_word_is_explained_once_and_in_the_words_of_the_glossary() -> None:
    told = explained("<dt>Denominator</dt><dd>A denominator.</dd>")
    assert told.startswith("<dt><span class='hscb-term' tabindex='0'>Denominator<span")
    assert told.endswith("<dd>A denominator.</dd>")
    assert html.escape(glossary()["numerator, denominator"]) in told


def test_everyday_words_and_attributes_are_left_alone() -> None:
    body = "<p title='denominator'>The value of an area in a period.</p>"
    assert explained(body) == body


def test_more_of_one_word_is_the_same_word() -> None:
    assert explained("<p>Comparators</p>").count("hscb-term") == 1


@given(TEXT)
def test_text_without_a_word_of_the_glossary_is_as_it_was(text: str) -> None:
    body = f"<p>{html.escape(text)}</p>"
    assert explained(body) == body


def test_every_calculation_of_the_package_stands_on_the_methods_page() -> None:
    shown = tables.calculation_tables(glossary())
    calculations = shown["Calculations, as the code describes them"]
    functions = [name for name in statistics.__all__ if inspect.isfunction(getattr(statistics, name))]
    assert len(calculations) == len(functions) > 10
    assert calculations["What it gives"].str.len().min() > 20
    assert set(shown["Words"]["Word"]) == set(glossary())
