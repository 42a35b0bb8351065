"""The calendar of a plan as operators hang it on the wall: weeks from Monday on, what is done on each day."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from commsim.core.units import WEEKDAYS
from commsim.report.language import Language
from commsim.report.strategy_words import hours_of
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import formal_days

MOST_WEEKS = 14
"""Weeks that are shown; of a longer plan the first."""


class Deed(NamedTuple):
    """What is done on a day.  warm_up: only announced."""

    text: str
    warm_up: bool


class Day(NamedTuple):
    """A day of the calendar; out: before the first day of the run or after its last.

    date: day of the month, with the month where that begins; whole: always with the month.
    """

    date: str
    whole: str
    out: bool
    deeds: tuple[Deed, ...]


@dataclass(frozen=True)
class Month:
    """Weeks of seven days.  daily: what is done every day, and left out of them.  more: weeks not shown."""

    weekdays: tuple[str, ...]
    weeks: tuple[tuple[Day, ...], ...]
    daily: tuple[str, ...]
    more: int


def month(plan: Scenario, say: Language) -> Month | None:
    """The calendar of a plan; None for one that does nothing on days of its own."""
    named = say.of(plan)
    on: dict[int, list[Deed]] = {}
    daily = []
    for strategy in sorted(plan.strategies, key=lambda one: one.hour):
        days = formal_days(strategy.waiting(), plan.start, plan.days)
        text = _told(strategy, named)
        if len(days) == plan.days:
            daily.append(text)
            continue
        before = range(max(0, strategy.starts - strategy.warm_up), min(strategy.starts, plan.days))
        for day in before:
            on.setdefault(day, []).append(Deed(named.cause(strategy.name), warm_up=True))
        for day in days:
            on.setdefault(day, []).append(Deed(text, warm_up=False))
    if not on:
        return None
    first = -plan.start.weekday()
    weeks = [tuple(_day(plan, day, on) for day in range(at, at + 7)) for at in range(first, plan.days, 7)]
    return Month(
        tuple(say(day) for day in WEEKDAYS), tuple(weeks[:MOST_WEEKS]), tuple(daily), len(weeks[MOST_WEEKS:])
    )


def _told(strategy: Strategy, named: Language) -> str:
    hours = hours_of(strategy) or (strategy.hour,)
    return f"{', '.join(f'{hour}:00' for hour in hours)} {named.cause(strategy.name)}"


def _day(plan: Scenario, day: int, on: dict[int, list[Deed]]) -> Day:
    date = plan.start + dt.timedelta(days=day)
    out = not 0 <= day < plan.days
    whole = f"{date.month}/{date.day}"
    label = whole if date.day == 1 or day == 0 else str(date.day)
    return Day(label, whole, out, tuple(on.get(day, ())) if not out else ())
