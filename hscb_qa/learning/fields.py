"""The fields of each kind of entry, as a form asks for them: in which shape, from which options, and whether they have to be filled.

Turns a model into fields, so that form and model never differ. Refuses a model with a field it does not know how to ask for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from hscb_qa.learning.entries import MODELS, Answer, Counts, Expectation, Kind

Shape = Literal[
    "text", "long_text", "choice", "choices", "date", "quarter", "year", "number", "yes_no", "says", "smart", "expects", "counts"
]
Of = Literal["", "area", "agency", "indicator", "exercise", "evidence", "finding", "recommendation", "analysis", "standard"]

_NAMES: Mapping[str, Of] = {
    "area": "area",
    "areas": "area",
    "agency": "agency",
    "agencies": "agency",
    "indicator": "indicator",
    "indicators": "indicator",
    "exercise": "exercise",
    "repeats": "exercise",
    "evidence": "evidence",
    "finding": "finding",
    "recommendation": "recommendation",
    "answers": "analysis",
    "standard": "standard",
}
_LONG = {"text", "statement", "story", "reasons", "responds_to", "evidence"}
_PERIODS: Mapping[str, Shape] = {"starts": "quarter", "ends": "quarter", "year": "year"}


@dataclass(frozen=True)
class FormField:
    """One field: `options` are fixed words, `of` says which ids may stand there instead; `default` is None where there is none."""

    name: str
    shape: Shape
    required: bool
    options: tuple[str, ...] = ()
    of: Of = ""
    default: Any = None


def fields_of(kind: Kind) -> tuple[FormField, ...]:
    """The fields of a kind of entry in the order of its model, without the id.

    Raises TypeError where a model has a field of a type that no form asks for: that is a fault of this package.
    """
    return tuple(_field(kind, name, info) for name, info in MODELS[kind].model_fields.items() if name != "id")


def _field(kind: Kind, name: str, info: FieldInfo) -> FormField:
    annotation = _inner(info.annotation)
    required, default = info.is_required(), None if info.is_required() else info.default
    if get_origin(annotation) is dict:
        return FormField(name, "smart" if get_args(annotation)[1] is Answer else "says", required)
    if annotation in (Counts, Expectation):
        return FormField(name, "counts" if annotation is Counts else "expects", required)
    if get_origin(annotation) is tuple:
        return FormField(name, "choices", required, _options(get_args(annotation)[0]), _of(kind, name), default)
    if get_origin(annotation) is Literal or _of(kind, name):
        return FormField(name, "choice", required, _options(annotation), _of(kind, name), default)
    text: Shape = _PERIODS.get(name) or ("long_text" if name in _LONG else "text")
    plain: dict[Any, Shape] = {date: "date", int: "number", bool: "yes_no", str: text}
    if annotation not in plain:
        raise TypeError(f"No form knows how to ask for '{name}' of {kind}, which is {annotation}.")
    return FormField(name, plain[annotation], required, default=default)


def _of(kind: Kind, name: str) -> Of:
    """What the ids of a field name; the evidence of a self-assessment is words."""
    return "" if (kind, name) == ("self_assessment", "evidence") else _NAMES.get(name, "")


def _inner(annotation: Any) -> Any:
    """The annotation without None and without what pydantic checks."""
    if get_origin(annotation) in (Union, UnionType):
        return _inner(next(one for one in get_args(annotation) if one is not type(None)))
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _options(annotation: Any) -> tuple[str, ...]:
    return get_args(annotation) if get_origin(annotation) is Literal else ()
