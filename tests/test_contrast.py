"""The colours of both themes against their grounds, by the arithmetic of WCAG 2.2: text 4.5 to 1, marks and lines 3 to 1."""

import re
from itertools import product

import pytest
from conftest import ROOT

from hscb_qa.figures.themes import DARK, GROUNDS
from hscb_qa.figures.tile_map import SHADES

SHEET = (ROOT / "hscb_qa" / "screen" / "styles" / "theme.css").read_text("utf-8")
PAIRS = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SHEET)}
THEMES = {"light": 0, "dark": 1}
TEXTS = [
    *product(("ink", "soft", "grey", "own", "late", "missing", "neutral", "concern", "improvement"), ("ground",)),
    *product(("ink", "soft", "own", "late", "missing"), ("panel",)),
    *product(("ink", "late"), ("late-panel",)),
    *product(("ink", "missing"), ("missing-panel",)),
    *product(("on-strong",), ("own", "part-quantity", "part-quality", "part-outcome")),
]
MARKS = [*product(("own", "concern", "improvement", "neutral", "grey", "part-outcome"), ("ground", "panel"))]
MARKS += [*product(("on-strong",), ("concern", "improvement"))]
ON_MAP = {colour for pair in SHADES for colour in pair}
FAINT = {"#FFFFFF", "#D9D9D9", "#E4EAF1", "#C9D3DF"} | ON_MAP
"""Grounds, grids and shaded ranges, which carry nothing by themselves, and shades of a map, whose figures stand in them."""


def luminance(colour: str) -> float:
    """Relative luminance of a colour such as `#12436D`, from 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 for the same colour to 21 for black on white."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_arithmetic_by_hand() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # the grey that just fails, as WebAIM gives it


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(text: str, ground: str, theme: str) -> None:
    assert contrast(PAIRS[text][THEMES[theme]], PAIRS[ground][THEMES[theme]]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_stand_out_from_their_ground(mark: str, ground: str, theme: str) -> None:
    assert contrast(PAIRS[mark][THEMES[theme]], PAIRS[ground][THEMES[theme]]) >= 3


@pytest.mark.parametrize("colour", sorted(DARK.keys() - FAINT))
def test_what_charts_are_drawn_in_stands_out_in_both_themes(colour: str) -> None:
    assert contrast(colour, GROUNDS["light"]) >= 3
    assert contrast(DARK[colour], GROUNDS["dark"]) >= 3


@pytest.mark.parametrize(("shade", "text"), SHADES)
def test_figures_on_a_map_stand_out_from_their_shade_in_both_themes(shade: str, text: str) -> None:
    assert contrast(text, shade) >= 4.5
    assert contrast(DARK[text], DARK[shade]) >= 4.5
