"""The wider picture: what presses on families in this place, by theme, as context for everything else.

Refuses to judge: control charts, signals and watches stay out of it, since no partner can move these figures alone.
"""

from dataclasses import dataclass, replace

from hscb_qa.definitions import THEMES, Area, PlanYear, Theme
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.indicator import IndicatorView, indicator_view


@dataclass(frozen=True)
class WiderView:
    """The wider picture of one plan year. `themes` holds each theme's indicators in the framework's order; a theme without any is empty.

    `others` are those without a theme, in an edition made before there were themes.
    """

    plan_year: PlanYear
    area: Area
    themes: dict[Theme, tuple[IndicatorView, ...]]
    others: tuple[IndicatorView, ...]

    @property
    def first_of_each(self) -> dict[Theme, IndicatorView]:
        """The first indicator of each theme that has a figure to show."""
        shown = {theme: next((view for view in views if view.latest_shown), None) for theme, views in self.themes.items()}
        return {theme: view for theme, view in shown.items() if view}


def wider_view(edition: OpenEdition, plan_year_id: str, selection: Selection = Selection()) -> WiderView:
    """Build the wider picture of a plan year: the place's own figures, whatever agency or part is chosen elsewhere.

    Raises UnknownName where there is no such year.
    """
    plan_year = edition.framework.plan_year(plan_year_id)
    whole = replace(selection, agency=None, breakdown=None)
    own = [_as_context(indicator_view(edition, one, whole)) for one in plan_year.wider_picture.indicators]
    return WiderView(
        plan_year=plan_year,
        area=plan_year.wider_picture,
        themes={theme: tuple(view for view in own if view.indicator.theme == theme) for theme in THEMES},
        others=tuple(view for view in own if view.indicator.theme is None),
    )


def _as_context(view: IndicatorView) -> IndicatorView:
    """The view without what judges it: its course and its comparators are left."""
    return replace(view, control=None, watch=None, rank=None, trend=None)
