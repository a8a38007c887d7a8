"""What is kept of an edition: bounded by rows, the oldest let go, and nobody is told that there is nothing where there is something."""

from dataclasses import replace

from hscb_qa.views import OpenEdition
from hscb_qa.views.shelf import BySeries, Shelf


def rows(number: int) -> BySeries:
    return {("police", "", "quarter"): [{"value": one} for one in range(number)]}


def test_the_oldest_goes_first_when_rows_grow_too_many() -> None:
    shelf = Shelf(most_rows=10)
    shelf.put("points", {"first": rows(4), "second": rows(4)})
    shelf.put("changes", {"first": rows(4)})
    assert shelf.get("points", "first") is None
    assert shelf.get("points", "second") == rows(4) and shelf.get("changes", "first") == rows(4)


def test_what_is_put_again_counts_once_and_is_the_newest() -> None:
    shelf = Shelf(most_rows=10)
    for name in ("first", "second", "first"):
        shelf.put("points", {name: rows(5)})
    shelf.put("points", {"third": rows(5)})
    assert [shelf.get("points", name) is None for name in ("first", "second", "third")] == [False, True, False]


def test_what_is_more_than_the_shelf_holds_is_told_all_the_same(illustrative_edition: OpenEdition) -> None:
    small = replace(illustrative_edition, _shelf=Shelf(most_rows=1))
    name = "referrals_rate"
    small.prepare([name])
    assert small.of_indicator("points", name) == illustrative_edition.of_indicator("points", name) != {}


def test_several_are_read_as_each_alone(illustrative_edition: OpenEdition) -> None:
    names = ["referrals_rate", "board_attendance", "no_such_indicator"]
    together, alone = (replace(illustrative_edition, _shelf=Shelf()) for _ in range(2))
    together.prepare(names)
    for table in ("points", "changes", "comparators"):
        for name in names:
            assert together.of_indicator(table, name) == alone.of_indicator(table, name)
    assert together.of_indicator("points", "no_such_indicator") == {}


def test_a_page_asks_as_few_questions_for_many_indicators_as_for_one(illustrative_edition: OpenEdition) -> None:
    asked: list[str] = []

    class Counting(OpenEdition):
        def rows(self, sql: str, parameters: list[object] | None = None) -> list[dict[str, object]]:
            asked.append(sql)
            return super().rows(sql, parameters)

    edition = illustrative_edition
    counting = Counting(edition.edition, edition.path, edition.holds, edition._connection)
    counting.prepare([one.id for one in edition.framework.indicators.values()][:40])
    assert len(asked) == 3
