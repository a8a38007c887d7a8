"""Pictures the size of a word: valid SVG that draws what is shown, breaks where the series does, and is left to words to read."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import control, point, signal, view, watch

from hscb_qa import sentences
from hscb_qa.definitions import Break
from hscb_qa.figures import sparkline_svg
from hscb_qa.figures.marks import SHAPE_COLOURS
from hscb_qa.screen import icons
from hscb_qa.views import IndicatorView

YEARS = tuple(point(str(year), 10.0 + year % 3) for year in range(2005, 2017))
LATEST = YEARS[-1]
cells = st.lists(st.floats(min_value=0, max_value=1e6) | st.just("c"), min_size=1, max_size=40)


def parts(one: IndicatorView, tag: str) -> list[dict[str, str]]:
    """The attributes of each element of one kind."""
    return [element.attrib for element in ET.fromstring(sparkline_svg(one)).iter(f"{{http://www.w3.org/2000/svg}}{tag}")]


def charted(*signals: object) -> IndicatorView:
    return replace(view(*YEARS), control=control(YEARS, *signals))  # type: ignore[arg-type]


def test_a_series_is_one_line_with_a_dot_at_its_end() -> None:
    [line], [dot] = parts(view(*YEARS), "polyline"), parts(view(*YEARS), "circle")
    assert len(line["points"].split(" ")) == len(YEARS)
    assert line["points"].endswith(f"{dot['cx']},{dot['cy']}")


def test_it_is_hidden_from_screen_readers_and_holds_no_script() -> None:
    drawn = sparkline_svg(charted(signal(LATEST)))
    assert ET.fromstring(drawn).attrib["aria-hidden"] == "true"
    assert "<text" not in drawn and "script" not in drawn and "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(("judgement", "shape"), [("concern", "diamond"), ("improvement", "square"), ("neutral", "triangle-up")])
def test_a_signal_at_the_end_has_its_shape(judgement: str, shape: str) -> None:
    [mark] = parts(charted(signal(LATEST, judgement=judgement)), "polygon")
    assert mark["fill"] == SHAPE_COLOURS[shape]  # type: ignore[index]
    assert parts(charted(signal(LATEST, judgement=judgement)), "circle") == []


def test_a_signal_before_the_end_is_not_marked() -> None:
    assert parts(charted(signal(YEARS[3])), "polygon") == []


def test_gaps_and_breaks_part_the_line() -> None:
    hidden = replace(YEARS[5], value=None, status="c")
    assert len(parts(view(*YEARS[:5], hidden, *YEARS[6:]), "polyline")) == 2
    broken = replace(view(*YEARS), breaks=(Break(on=date(2010, 4, 1), what_changed="All.", source="A test."),))
    assert [len(line["points"].split(" ")) for line in parts(broken, "polyline")] == [6, 6]


def test_the_mean_is_drawn_where_there_are_limits() -> None:
    assert parts(view(*YEARS), "path") == []
    heights = {line["d"].split("H")[0].split(" ")[1] for line in parts(charted(), "path")}
    assert len(heights) == 1


def test_a_hidden_latest_point_has_no_mark() -> None:
    hidden = replace(charted(signal(LATEST)), points=(*YEARS[:-1], replace(LATEST, value=None, status="c")))
    assert parts(hidden, "polygon") == parts(hidden, "circle") == []


def test_nothing_shown_is_nothing_drawn() -> None:
    assert sparkline_svg(view()) == sparkline_svg(view(point("2016", "c"))) == icons.sparkline_html(view()) == ""


@given(cells)
def test_everything_lies_inside_the_picture(given_: list[float | str]) -> None:
    one = view(*(point(str(1980 + place), cell) for place, cell in enumerate(given_)))
    drawn = sparkline_svg(one)
    if drawn:
        corners = [pair.split(",") for line in parts(one, "polyline") for pair in line["points"].split(" ")]
        corners += [[dot["cx"], dot["cy"]] for dot in parts(one, "circle")]
        assert all(0 <= float(x) <= 116 and 0 <= float(y) <= 32 for x, y in corners)


# ---- icons stand beside words ----


def words_of(drawn: str) -> str:
    """The text of a piece of HTML, and the pictures decoded."""
    root = ET.fromstring(drawn.replace('">', '"/>').replace("&", "&amp;"))
    for image in root.iter("img"):
        assert image.attrib["alt"] == ""
        ET.fromstring(unquote(image.attrib["src"].removeprefix("data:image/svg+xml,")))
    return " ".join("".join(root.itertext()).split())


@pytest.mark.parametrize("side", ["high", "low"])
@pytest.mark.parametrize("judgement", ["concern", "improvement", "neutral"])
def test_the_icon_of_a_signal_says_what_the_sentence_says(judgement: str, side: str) -> None:
    one = charted(signal(LATEST, "outside", side, judgement))
    assert words_of(icons.judgement_html(one)) == sentences.variation(one)[1]


@pytest.mark.parametrize("polarity", ["higher", "lower"])
@pytest.mark.parametrize("kind", ["passes", "fails", "hit or miss"])
def test_the_icon_of_a_target_says_what_the_sentence_says(kind: str, polarity: str) -> None:
    one = replace(view(*YEARS, polarity=polarity), control=control(YEARS, target=30.0, assurance=kind))
    told = sentences.assurance(one)
    assert told and words_of(icons.judgement_html(one)).endswith(told[1])


def test_the_icons_of_a_target_differ() -> None:
    drawn = {icons._assurance(kind, polarity) for kind in ("passes", "fails", "hit or miss") for polarity in ("higher", "lower")}
    assert len(drawn) == 5  # a target that chance decides looks the same on both sides


def test_a_watch_on_another_basis_and_a_chart_that_cannot_judge_leave_the_mark() -> None:
    unjudged = replace(view(*YEARS), control=control(YEARS, chart="run", reason="few points", limits=None))
    watched = replace(charted(), watch=watch(signal(LATEST)))
    for one in (unjudged, watched):
        assert sentences.mark(one)[1] in words_of(icons.judgement_html(one))
    assert "hscb-sign" not in icons.judgement_html(charted())
