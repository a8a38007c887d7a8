"""Everything the board has configured, in one frozen model."""

from datetime import date

from pydantic import Field

from hscb_qa.definitions.boards import Agency, Board, PlanYear
from hscb_qa.definitions.indicators import Indicator
from hscb_qa.definitions.learning import LearningRules
from hscb_qa.definitions.rules import Correction, Disclosure, Event, ReturnRules, SignalRules, Source
from hscb_qa.definitions.vocabulary import Model
from hscb_qa.errors import UnknownName


class Framework(Model):
    """Everything the board has configured, checked to agree with itself."""

    board: Board
    plan_years: tuple[PlanYear, ...] = Field(min_length=1)
    indicators: dict[str, Indicator]
    agencies: dict[str, Agency]
    sources: dict[str, Source]
    corrections: tuple[Correction, ...]
    disclosure: Disclosure
    returns: ReturnRules
    signals: SignalRules
    events: tuple[Event, ...] = ()  # editions made before there were events open without them
    learning: LearningRules | None = None  # an edition made before the Board kept a record of its learning has none

    def agency(self, agency_id: str) -> Agency:
        """The agency with this id. Raises UnknownName, with the nearest id, where there is none."""
        if agency_id not in self.agencies:
            raise UnknownName("agency", agency_id, self.agencies)
        return self.agencies[agency_id]

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id. Raises UnknownName, with the nearest id, where there is none."""
        if indicator_id not in self.indicators:
            raise UnknownName("indicator", indicator_id, self.indicators)
        return self.indicators[indicator_id]

    def plan_year(self, plan_year_id: str) -> PlanYear:
        """The plan year with this id. Raises UnknownName where there is none."""
        for plan_year in self.plan_years:
            if plan_year.id == plan_year_id:
                return plan_year
        raise UnknownName("plan year", plan_year_id, [plan_year.id for plan_year in self.plan_years])

    @property
    def area_titles(self) -> dict[str, str]:
        """The short title of every area of every plan year by its id, as the newest plan year words it, that year's areas first."""
        newest_first = sorted(self.plan_years, key=lambda plan_year: plan_year.start, reverse=True)
        titles: dict[str, str] = {}
        for area in (area for plan_year in newest_first for area in plan_year.areas):
            titles.setdefault(area.id, area.short_title)
        return titles

    def current_plan_year(self, today: date) -> PlanYear:
        """The plan year in which a day lies, else the last one that has begun, else the first."""
        in_order = sorted(self.plan_years, key=lambda plan_year: plan_year.start)
        begun = [plan_year for plan_year in in_order if plan_year.start <= today]
        return begun[-1] if begun else in_order[0]
