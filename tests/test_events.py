"""Events: read from their file, kept with an edition, chosen by area or indicator, and drawn apart from each other."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from invented import point, view

from hscb_qa.definitions import Event, Framework, load_framework
from hscb_qa.errors import FaultyDefinitions
from hscb_qa.figures import trend_figure
from hscb_qa.views import OpenEdition, events_about, indicator_view

YEARS = view(*(point(str(year), 10.0 + year % 3) for year in range(2008, 2024)))


def event(day: date, short: str = "Something", **facts: object) -> Event:
    return Event.model_validate({"on": day, "kind": "policy", "title": f"{short} happened", "short": short, "source": "A test", **facts})


@pytest.fixture
def config(tmp_path: Path) -> Callable[[str | None], Path]:
    """A copy of the configuration with other events, or with none."""

    def written(text: str | None) -> Path:
        folder = tmp_path / "config"
        shutil.copytree(ROOT / "config", folder)
        (folder / "events.yaml").unlink()
        if text is not None:
            (folder / "events.yaml").write_text(text, encoding="utf-8")
        return folder

    return written


ONE = "events:\n  - {on: 2020-03-23, kind: pandemic, title: It began, short: Beginning, source: A test%s}\n"


# ---- the file ----


def test_the_shipped_events_have_a_source_and_are_past(framework: Framework) -> None:
    assert {one.kind for one in framework.events} == {"inspection", "policy", "pandemic"}
    assert all(one.on < date.today() for one in framework.events)
    assert len({one.short for one in framework.events}) == len(framework.events)


def test_a_board_without_the_file_has_no_events(config: Callable[[str | None], Path]) -> None:
    assert load_framework(config(None)).events == ()


def test_an_event_is_read(config: Callable[[str | None], Path]) -> None:
    [one] = load_framework(config(ONE % ", areas: [neglect]")).events
    assert (one.on, one.kind, one.areas) == (date(2020, 3, 23), "pandemic", ("neglect",))


@pytest.mark.parametrize(
    ("more", "check", "words"),
    [
        (", areas: [neglekt]", "unknown_area", "'neglekt', which is no area of this board. Did you mean 'neglect'?"),
        (", indicators: [referral_rate]", "unknown_indicator", "'referral_rate', which is no indicator of this board"),
        (", cause: true", "extra_forbidden", "'cause' is not a key"),
    ],
)
def test_a_faulty_event_is_told_with_its_line(config: Callable[[str | None], Path], more: str, check: str, words: str) -> None:
    with pytest.raises(FaultyDefinitions) as faulty:
        load_framework(config(ONE % more))
    [issue] = faulty.value.issues
    assert (issue.file, issue.check, issue.line) == ("config/events.yaml", check, 2) and words in issue.message


def test_a_framework_kept_before_there_were_events_opens(framework: Framework) -> None:
    document = framework.model_dump(mode="json")
    del document["events"]
    assert Framework.model_validate(document).events == ()


# ---- which ones ----


def test_an_event_bears_on_what_it_names_and_else_on_all() -> None:
    day = date(2020, 1, 1)
    assert event(day).bears_on("share", ("neglect",))
    assert event(day, areas=["neglect"]).bears_on("share", ("neglect", "training"))
    assert not event(day, areas=["neglect"]).bears_on("share", ("training",))
    assert event(day, indicators=["share"]).bears_on("share", ())
    assert not event(day, indicators=["other"], areas=["training"]).bears_on("share", ("neglect",))


def test_the_events_of_a_view_lie_within_its_years(illustrative_edition: OpenEdition) -> None:
    shown = indicator_view(illustrative_edition, "child_protection_plans_rate")
    found = events_about(illustrative_edition, shown)
    assert [one.short for one in found][:1] == ["Working Together 2015"] and len(found) == 7
    later = indicator_view(illustrative_edition, "quorate_conferences")
    assert all(later.points[0].ends < one.on <= later.points[-1].ends for one in events_about(illustrative_edition, later))


# ---- drawn ----


@given(st.lists(st.integers(1, 5400), min_size=1, max_size=8, unique=True))
def test_no_two_labels_share_a_row_and_each_has_its_line(days: list[int]) -> None:
    happened = tuple(event(date(2009, 4, 1) + timedelta(day), f"Event {day}") for day in sorted(days))
    layout = trend_figure(YEARS, 500, happened=happened)["layout"]
    labels = [one for one in layout["annotations"] if one["text"].startswith("Event ")]
    assert len({one["yshift"] for one in labels}) == len(labels) == len(days)
    lines = {one["x0"]: one["y1"] for one in layout["shapes"]}
    assert lines.keys() == {one["x"] for one in labels}
    deepest = max(lines.values()) - min(lines.values())
    assert deepest < 1 and all(lines[one["x"]] == pytest.approx(1 + one["yshift"] / 440) for one in labels)


def test_labels_of_events_stand_under_those_of_breaks() -> None:
    broken = view(*YEARS.points, breaks=[{"on": "2015-04-01", "what_changed": "Counted otherwise.", "source": "A test"}])
    broken = replace(broken, breaks=broken.indicator.breaks)
    layout = trend_figure(broken, 500, happened=(event(date(2015, 5, 1)),))["layout"]
    shifts = {one["text"]: one["yshift"] for one in layout["annotations"] if "yshift" in one}
    assert shifts["definition<br>changed"] == 0 and shifts["Something"] <= -36


def test_values_lie_below_the_labels() -> None:
    happened = tuple(event(date(2010 + number, 1, 1), f"Event {number}") for number in range(7))
    low, high = trend_figure(YEARS, 500, happened=happened)["layout"]["yaxis"]["range"]
    assert (high - 12.0) / (high - low) > 7 * 19 / 440
