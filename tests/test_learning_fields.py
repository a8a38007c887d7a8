"""Forms follow models: every field of every kind is asked for in a shape that fits it."""

from datetime import date
from typing import Any, ClassVar

import pytest
from entered import SOUND
from pydantic import Field

from hscb_qa.learning import KINDS, MODELS, Entry, begun, fields_of
from hscb_qa.learning import fields as fields_module
from hscb_qa.learning.beginnings import origin_of


def shapes(kind: Any) -> dict[str, str]:
    return {one.name: one.shape for one in fields_of(kind)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_asks_for_every_field_but_the_id_in_the_order_of_the_model(kind: Any) -> None:
    asked = [one.name for one in fields_of(kind)]
    assert asked == [name for name in MODELS[kind].model_fields if name != "id"]
    required = {one.name for one in fields_of(kind) if one.required}
    assert required == {name for name, info in MODELS[kind].model_fields.items() if info.is_required()} - {"id"}
    assert required <= SOUND[kind].keys(), "a sound entry fills in all of them"


def test_shapes_by_hand() -> None:
    assert shapes("evidence") == {
        "title": "text", "source": "choice", "method": "choice", "on": "date", "agencies": "choices", "areas": "choices",
        "indicators": "choices", "exercise": "choice", "speakers": "choices", "asked": "number", "answered": "number",
        "statement": "long_text", "story": "long_text", "says": "says", "grade": "choice", "themes": "choices",
        "looks_at_impact": "yes_no", "exceptional": "yes_no", "counts": "counts",
    }  # fmt: skip
    assert {shapes("recommendation")[name] for name in ("smart", "expects", "due")} == {"smart", "expects", "date"}
    assert (shapes("exercise")["starts"], shapes("exercise")["ends"]) == ("quarter", "quarter")
    assert (shapes("self_assessment")["year"], shapes("self_assessment")["self_score"]) == ("year", "number")


def test_what_may_stand_in_a_choice() -> None:
    of = {(kind, one.name): one.of for kind in KINDS for one in fields_of(kind)}
    assert of["exercise", "repeats"] == "exercise" and of["analysis", "answers"] == "analysis"
    assert of["step", "evidence"] == "evidence" and of["self_assessment", "evidence"] == "", "there it is words"
    options = {one.name: one.options for one in fields_of("finding")}
    assert options["kind"] == ("concern", "good_practice") and options["areas"] == ()
    assert [one.default for one in fields_of("evidence") if one.name == "looks_at_impact"] == [False]


def test_a_field_that_no_form_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Strange(Entry):
        KIND: ClassVar[Any] = "finding"
        weight: float = Field(ge=0)

    monkeypatch.setattr(fields_module, "MODELS", {**MODELS, "finding": Strange})
    with pytest.raises(TypeError, match="'weight' of finding"):
        fields_of("finding")


# ---- what a new entry takes over ----


def record(kind: str, entry: str) -> dict[str, Any]:
    return SOUND[kind] if SOUND.get(kind, {}).get("id") == entry else {}


def test_a_finding_begins_with_the_areas_and_agencies_of_its_evidence() -> None:
    taken = begun("finding", {"evidence": "report_on_neglect"}, record)
    assert taken == {"evidence": "report_on_neglect", "areas": ["neglect"], "agencies": ["police", "housing"]}
    assert begun("finding", {"evidence": "gone"}, record) == {"evidence": "gone"}


def test_a_recommendation_begins_with_the_only_area_and_agency_of_its_finding_and_where_it_comes_from() -> None:
    assert begun("recommendation", {"finding": "late_reports"}, record) == {
        "finding": "late_reports", "area": "neglect", "agency": "police", "origin": "audit",
    }  # fmt: skip

    def two(kind: str, entry: str) -> dict[str, Any]:
        return {**record(kind, entry), "agencies": ["police", "housing"]}

    assert "agency" not in begun("recommendation", {"finding": "late_reports"}, two), "of two none is chosen"


def test_what_a_link_names_itself_goes_before_what_is_taken_over() -> None:
    assert begun("recommendation", {"finding": "late_reports", "agency": "housing"}, record)["agency"] == "housing"
    answer = begun("analysis", {"answers": "why_late"}, record)
    assert answer == {"answers": "why_late", "area": "neglect", "kind": "answer"}
    assert begun("analysis", {}, record) == {} and begun("step", {"on": date.min}, record) == {"on": date.min}


@pytest.mark.parametrize(
    ("source", "method", "origin"),
    [
        ("case_records", "management_oversight", "audit"),
        ("peer_deep_dives", "external_deep_dive", "deep_dive"),
        ("serious_case_and_other_reviews", "near_miss_review", "review"),
        ("inspections", "inspection", "inspection"),
        ("children_parents_carers", "survey", "voices"),
        ("academic", "study", None),
    ],
)
def test_where_a_recommendation_comes_from(source: str, method: str, origin: str | None) -> None:
    assert origin_of({"source": source, "method": method}) == origin
