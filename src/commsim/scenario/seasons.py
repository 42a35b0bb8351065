"""High and low seasons of a plan: when they are by the calendar, and what they do to members."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator, model_validator

from commsim.core.dates import as_date, month_ends
from commsim.core.festivals import FIRST_YEAR, LAST_YEAR, MOVING, Festival, named
from commsim.core.festivals import falls as is_on
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.seasons import SEASONS
from commsim.core.part import Part
from commsim.core.units import WEEKDAYS, MonthDays, Name, Weekdays, described, param
from commsim.core.written import LAST
from commsim.scenario.errors import Finding

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

_YEARLY = re.compile(r"(\d{1,2})(?:[-/月])(\d{1,2})[日号]?")
LEAP = 2000
"""A year that has every day."""


def _of_calendar(value: Any) -> Any:
    """A date as ``2026-06-01``, or a day of every year as ``06-01``.  Raises ValueError for others."""
    if value is None:
        return None
    if date := as_date(value):
        return date.isoformat()
    found = _YEARLY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        assert found is not None
        return dt.date(LEAP, int(found[1]), int(found[2])).isoformat()[5:]
    except (AssertionError, ValueError):
        raise ValueError(
            f"{value} is no date; write 2026-06-01, or 06-01 for that day of every year"
        ) from None


CalendarDay = Annotated[str, BeforeValidator(_of_calendar)]
"""A date, or a month and a day of every year.  It is never a day of the run, so another start leaves it."""


class Season(Part):
    """Days of the calendar on which everybody buys, or looks in, more or less than usual."""

    mechanisms: ClassVar[tuple[Mechanism, ...]] = (SEASONS,)
    name: Name = described("season", "Name", unit="text")
    buying: float = param(
        1.0,
        "Factor on everybody's rate of buying on these days: 1.4 is 40 % more",
        unit="factor",
        low=0.01,
        high=100.0,
        source="operator's choice",
        grade="D",
    )
    looking: float = param(
        1.0,
        "Factor on everybody's odds of looking in on these days",
        unit="factor",
        low=0.01,
        high=100.0,
        source="operator's choice",
        grade="D",
    )
    starts: CalendarDay | None = described(None, "First day, a date or a day of every year", unit="date")
    ends: CalendarDay | None = described(None, "Last day, as `starts`", unit="date")
    weekdays: Weekdays = param(WEEKDAYS, "Weekdays on which it holds", unit="weekdays", source="-", grade="D")
    month_days: MonthDays = param(
        (),
        "Days of the month on which it holds, -1 for the last; all if empty",
        unit="month days",
        source="-",
        grade="D",
    )
    festival: Annotated[Festival | None, BeforeValidator(named)] = param(
        None,
        "Festival on whose day it holds: a festival, a day of sales, a solar term, payday",
        unit="choice",
        source="-",
        grade="D",
    )
    before: int = param(
        0,
        "Days before each festival or day of the month on which it holds, too",
        unit="days",
        low=0,
        high=90,
        source="-",
        grade="D",
    )
    after: int = param(0, "The same after it", unit="days", low=0, high=90, source="-", grade="D")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not {"buying", "looking"} & self.model_fields_set:
            raise ValueError(
                "says no factor, and how strong a season is nobody knows but you; give buying (1.4 for 40 % "
                "more orders), looking or both"
            )
        if not self.weekdays:
            raise ValueError("has no weekdays, so it would never be; name at least one")
        always = self.starts is self.ends is self.festival is None and not self.month_days
        if always and set(self.weekdays) == set(WEEKDAYS):
            raise ValueError(
                "would be every day; give starts and ends, weekdays, month_days or a festival such as "
                "mid_autumn"
            )
        if self.festival and self.month_days:
            raise ValueError("has a festival and days of the month; make two seasons of it")
        if (self.before or self.after) and not (self.festival or self.month_days):
            raise ValueError(
                "has days before or after nothing; add the festival or month_days they belong to"
            )
        return self

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.starts is None or self.ends is None:
            for day in (self.starts, self.ends):
                if day is not None and _is_yearly(day):
                    raise ValueError(f"{day} is a day of every year; give both starts and ends so")
        elif _is_yearly(self.starts) != _is_yearly(self.ends):
            raise ValueError(
                f"{self.starts} and {self.ends} are not of one sort; give a year in both or in none"
            )
        elif not _is_yearly(self.starts) and self.ends < self.starts:
            raise ValueError(f"{self.ends} is before it starts ({self.starts}); swap them")
        return self

    def holds(self, date: dt.date) -> bool:
        """Whether it is on."""
        if WEEKDAYS[date.weekday()] not in self.weekdays or not self._is_within(date):
            return False
        if not self.festival and not self.month_days:
            return True
        near = (date + dt.timedelta(days=away) for away in range(-self.after, self.before + 1))
        return any(map(self._marks, near))

    def _is_within(self, date: dt.date) -> bool:
        starts, ends = self.starts, self.ends
        if starts is not None and ends is not None and _is_yearly(starts):
            today = date.isoformat()[5:]
            over = ends < starts  # from one year into the next
            return (today >= starts or today <= ends) if over else starts <= today <= ends
        today = date.isoformat()
        return (starts is None or starts <= today) and (ends is None or today <= ends)

    def _marks(self, date: dt.date) -> bool:
        """Whether its festival, or one of its days of the month, is on a date."""
        if self.festival:
            return is_on(self.festival, date)
        return date.day in self.month_days or (LAST in self.month_days and month_ends(date))


def _is_yearly(day: str) -> bool:
    return len(day) < len("2026-06-01")


def factors(seasons: Sequence[Season], date: dt.date) -> tuple[float, float]:
    """What all that are on do together: factors on the rate of buying and on the odds of looking in."""
    buying = looking = 1.0
    for season in seasons:
        if season.holds(date):
            buying *= season.buying
            looking *= season.looking
    return buying, looking


def misfits(scenario: "Scenario") -> Iterator[Finding]:
    """Seasons by the lunar calendar in a run for which nobody has it here."""
    first = scenario.start.toordinal()
    last = dt.date.fromordinal(min(first + scenario.days, dt.date.max.toordinal()))
    for i, season in enumerate(scenario.seasons):
        if season.festival in MOVING and not FIRST_YEAR <= scenario.start.year <= last.year <= LAST_YEAR:
            what = f"{season.festival} is known from {FIRST_YEAR} to {LAST_YEAR}, and the run goes beyond"
            yield Finding(("seasons", i, "festival"), what, "give its dates as starts and ends")


def never(scenario: "Scenario") -> Iterator[Finding]:
    """Seasons that no day of the run is in."""
    dates = [scenario.start + dt.timedelta(days=day) for day in range(scenario.days)]
    for i, season in enumerate(scenario.seasons):
        if not any(map(season.holds, dates)):
            what = f"no day of the run is in it, from {dates[0]} to {dates[-1]}"
            yield Finding(("seasons", i), what, "mend its dates, or leave it for plans at another time")
