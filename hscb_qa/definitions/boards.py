"""The board: its place and partners, and what it examines in each plan year."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hscb_qa.definitions.vocabulary import GeographyCode, Id, Model, Text


class Target(Model):
    """What the Board agreed to reach for an indicator, and from when. Always optional."""

    indicator: Id
    value: float
    start: date
    end: date | None = None
    agreed: Text


class Area(Model):
    """An area for examination, as one plan year words it."""

    id: Id
    title: Text
    short_title: Annotated[Text, StringConstraints(max_length=32)]
    wording: Text
    wording_source: Text
    what_good_looks_like: Text
    good_source: Text
    lead: Text
    indicators: tuple[Id, ...]
    targets: tuple[Target, ...]


class Priority(Area):
    """A Part B area. `illustrative` marks a priority the Board has not itself agreed."""

    status: Literal["agreed", "illustrative"]


class PlanYear(Model):
    """One year of the Board's plan: the standing Part A, that year's Part B, and the wider picture around both."""

    id: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    start: date
    end: date
    part_a: tuple[Area, ...] = Field(min_length=1)
    part_b: tuple[Priority, ...]
    wider_picture: Area

    @property
    def areas(self) -> tuple[Area, ...]:
        """Every area of the year, in the order in which a board takes them."""
        return (*self.part_a, *self.part_b, self.wider_picture)

    def area(self, area_id: str) -> Area | None:
        """The area with this id, or None where the plan year has none."""
        return next((area for area in self.areas if area.id == area_id), None)

    def part_of(self, area: Area) -> str:
        """Which part of the framework an area of this year belongs to, in words."""
        if area in self.part_a:
            return "Part A: statutory functions"
        return "Part B: priorities" if area in self.part_b else "Wider picture"


class ComparatorPlace(Model):
    """A place set beside the board's own: the id it has in addresses, its name, its code."""

    id: Id
    name: Text
    geography: GeographyCode


class Board(Model):
    """The board itself, the place it serves, and the places it is set beside."""

    name: Text
    short_name: Text
    geography: GeographyCode
    place: Text
    comparators: tuple[ComparatorPlace, ...]


class Agency(Model):
    """A partner of the board, with the time it has been or was one."""

    id: Id
    name: Text
    short_name: Text
    kind: Text
    since: date | None
    until: date | None
    source: Text
