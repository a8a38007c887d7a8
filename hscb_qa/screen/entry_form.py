"""The form of any kind of entry, drawn from the fields of its model; what is typed becomes the fields of an entry.

Refuses to know any kind by itself: a new field of a model is asked for without a line here. Leaves nothing out that was typed, even where
it does not make sense yet: the checks say so.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from hscb_qa.definitions import MEASURE_TYPES
from hscb_qa.learning import DIRECTIONS, SMART_TESTS, FormField, words
from hscb_qa.screen.entry_options import Choices
from hscb_qa.sentences import field_in_words, label_of

_SAYS_NOTHING = "says nothing"
_LONGEST = 2000  # signs of a text
_DECIDED = {"": "not decided", "yes": "passes", "no": "does not pass"}
_SIGNALS = {"improvement": "a signal of improvement", "no_concern": "no signal of concern", "target_met": "the target is met"}


def draw_form(fields: Sequence[FormField], choices: Choices, given: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Draw the fields, filled with what is given, and return what stands in them; what is left open is not in it."""
    filled: dict[str, Any] = {}
    for one in fields:
        value = _draw(one, choices, given.get(one.name, one.default), f"{key}_{one.name}", filled)
        if value not in (None, "", [], {}):
            filled[one.name] = value
    return filled


def _draw(one: FormField, choices: Choices, value: Any, key: str, filled: Mapping[str, Any]) -> Any:
    label = label_of(one)
    if one.shape in ("choice", "quarter", "year"):
        of = f"_{filled.get('source', '')}" if one.name == "method" else ""  # another source has other methods
        return _draw_choice(label, choices.options(one, filled), value, key + of, choices.name(one.of, value) if value else "")
    if one.shape == "choices":
        return _draw_choices(one, label, choices, value, key)
    if one.shape == "date":
        return _as_text(st.date_input(label, date.fromisoformat(str(value)) if value else None, key=key, format="DD/MM/YYYY"))
    if one.shape == "number":
        return st.number_input(label, min_value=0, value=value, step=1, key=key)
    if one.shape == "yes_no":
        return st.checkbox(label, bool(value), key=key)
    if one.shape in ("says", "smart", "expects", "counts"):
        return _GROUPS[one.shape](choices, value or {}, key)
    if one.shape == "long_text":
        return st.text_area(label, value or "", key=key, max_chars=_LONGEST).strip()
    return st.text_input(label, value or "", key=key, max_chars=_LONGEST).strip()


def _draw_choice(label: str, options: Mapping[str, str], value: Any, key: str, held: str = "") -> str | None:
    """A choice of one; what is held already stays among the options, by its name."""
    offered = dict(options) if value in (None, *options) else {**options, value: held or str(value)}
    place = list(offered).index(value) if value in offered else None
    chosen: str | None = st.selectbox(
        label, list(offered), place, format_func=lambda one: offered.get(one, one), key=key, placeholder="Choose"
    )
    return chosen


def _draw_choices(one: FormField, label: str, choices: Choices, value: Any, key: str) -> list[str]:
    held = {name: choices.name(one.of, name) for name in value or ()}
    offered, is_free = {**choices.options(one, {}), **held}, one.name == "themes"
    chosen = st.multiselect(
        label, list(offered), list(held), format_func=lambda name: offered.get(name, name), key=key, accept_new_options=is_free
    )
    return [theme for typed in chosen if (theme := _as_id(typed))] if is_free else list(chosen)


def _draw_says(choices: Choices, value: Mapping[str, Any], key: str) -> dict[str, str]:
    del choices
    options, found = [_SAYS_NOTHING, *DIRECTIONS], {}
    for column, kind in zip(st.columns(len(MEASURE_TYPES)), map(str, MEASURE_TYPES), strict=True):
        place = options.index(value.get(kind, _SAYS_NOTHING))
        said = column.selectbox(field_in_words(f"says.{kind}"), options, place, key=f"{key}_{kind}")
        if said != _SAYS_NOTHING:
            found[kind] = str(said)
    return found


def _draw_smart(choices: Choices, value: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The five tests; one that nobody decided and gave no reason for stays out."""
    del choices
    st.html(f"<h2 class='hscb-section'>{field_in_words('smart')}: a person decides each, with a reason</h2>")
    found: dict[str, Any] = {}
    for test in SMART_TESTS:
        held = value.get(test, {})
        left, right = st.columns([1, 3])
        place = list(_DECIDED).index({None: "", True: "yes", False: "no"}[held.get("met")])
        decided = left.selectbox(words(test).capitalize(), list(_DECIDED), place, format_func=_DECIDED.__getitem__, key=f"{key}_{test}")
        reason = right.text_input(f"Reason: {words(test)}", held.get("reason", ""), key=f"{key}_{test}_reason", max_chars=_LONGEST).strip()
        if parts := {**({"met": decided == "yes"} if decided else {}), **({"reason": reason} if reason else {})}:
            found[test] = parts
    return found


def _draw_expects(choices: Choices, value: Mapping[str, Any], key: str) -> dict[str, Any]:
    quarters = {text: text for text in choices.quarters}
    offered = {"indicator": choices.of("indicator"), "signal": _SIGNALS, "by": quarters}
    with st.container(border=True):
        st.html("<p class='hscb-note'>May stay open, all three together.</p>")
        parts = {name: _draw_choice(field_in_words(f"expects.{name}"), offered[name], value.get(name), f"{key}_{name}") for name in offered}
    return {name: part for name, part in parts.items() if part}


def _draw_counts(choices: Choices, value: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The figure of an indicator that the statement makes; its parts stand together or not at all."""
    parts: dict[str, Any] = {}
    with st.container(border=True):
        st.html("<p class='hscb-note'>May stay open, all four together.</p>")
        for name in ("indicator", "agency"):
            held = value.get(name)
            label, shown = field_in_words(f"counts.{name}"), choices.name(name, held) if held else ""
            parts[name] = _draw_choice(label, choices.of(name), held, f"{key}_{name}", shown)
        for name in ("numerator", "denominator"):
            parts[name] = st.number_input(field_in_words(f"counts.{name}"), min_value=0, value=value.get(name), step=1, key=f"{key}_{name}")
    return {name: part for name, part in parts.items() if part is not None}


_GROUPS = {"says": _draw_says, "smart": _draw_smart, "expects": _draw_expects, "counts": _draw_counts}


def _as_text(day: Any) -> str | None:
    return day.isoformat() if isinstance(day, date) else None


def _as_id(words_typed: str) -> str:
    """A theme as an id: `Waiting times` becomes `waiting_times`."""
    return re.sub(r"[^a-z0-9]+", "_", words_typed.casefold()).strip("_")
