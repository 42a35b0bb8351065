"""Entries of a plan that share a name: one strategy whose settings change on a day."""

import datetime as dt
from collections.abc import Iterable, Sequence

from commsim.core.dates import month_ends
from commsim.strategies.base import Strategy


def by_name(strategies: Iterable[Strategy]) -> dict[str, list[Strategy]]:
    """The entries of each name in order of their dates; names in order of the alphabet.

    Such entries are one strategy: one row in the ledger, one luck, one memory, and members keep the
    habits that they have formed.
    """
    found: dict[str, list[Strategy]] = {}
    for strategy in sorted(strategies, key=lambda strategy: (strategy.name, strategy.starts)):
        found.setdefault(strategy.name, []).append(strategy)
    return found


def in_charge(entries: Sequence[Strategy], day: int) -> Strategy:
    """The entry that holds on a day: the last one to have begun, warm-up included, or else the first."""
    begun = [entry for entry in entries if first_day(entry) <= day]
    return begun[-1] if begun else entries[0]


def first_day(strategy: Strategy) -> int:
    """The first day on which it does anything, which may be one of its warm-up."""
    return strategy.starts - strategy.warm_up


def formal_days(strategy: Strategy, start: dt.date, days: int) -> list[int]:
    """The days of its formal period on which it runs, in a run of so many days from a date."""
    last = min(strategy.last_day(days), days - 1)
    return [day for day in range(strategy.starts, last + 1) if _is_on(strategy, day, start)]


def _is_on(strategy: Strategy, day: int, start: dt.date) -> bool:
    date = start + dt.timedelta(days=day)
    return strategy.is_on(day, date.weekday(), date.day, month_ends(date))


def overlap(one: Strategy, other: Strategy, start: dt.date, days: int) -> bool:
    """Whether there is a day, in a run of so many days from a date, on which both would hold.

    One that has run for the last time holds no longer, and leaves the days of its dates that are left to the
    warm-up of the other.
    """
    early, late = sorted((one, other), key=lambda strategy: strategy.starts)
    runs = formal_days(early, start, days)
    return first_day(late) <= (runs[-1] if runs else early.last_day(days))
