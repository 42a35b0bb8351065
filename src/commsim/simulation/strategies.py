"""A plan's strategies at work: which entries are in charge, what each remembers, what they answer."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from commsim.core.effects import Effect
from commsim.core.events import Happened
from commsim.simulation.answers import answers, carry_on, start
from commsim.simulation.live_view import LiveView, of_calendar
from commsim.strategies.base import Phase, Strategy
from commsim.strategies.calendar import in_charge

Answers = Iterator[tuple[int, Effect]]
"""Causes and their effects, one by one: who takes them may carry each out before the next is asked for."""


class Strategies:
    """What they do, by cause.  Raises `StrategyError` where one of another's making fails."""

    def __init__(self, calendar: Sequence[list[Strategy]], views: Sequence[LiveView]) -> None:
        self._calendar = [[entry.waiting() for entry in entries] for entries in calendar]
        self.strategies = [entries[0] for entries in self._calendar]
        self.views = views
        self._changing = [
            (cause, entries) for cause, entries in enumerate(self._calendar) if len(entries) > 1
        ]
        self._moves: list[dict[Any, tuple[Effect, ...]]] = [{} for _ in calendar]
        self._memory = [start(*pair) for pair in zip(self.strategies, views, strict=True)]

    def change_settings(self, day: int) -> Iterator[tuple[int, Strategy]]:
        """Put entries in charge that begin today, and give them; what a strategy remembers goes on."""
        for cause, entries in self._changing:
            entry = in_charge(entries, day)
            if entry is not self.strategies[cause]:
                self.strategies[cause] = entry
                self._moves[cause] = {}
                self._memory[cause] = carry_on(entry, self.views[cause], self._memory[cause])
                yield cause, entry

    def replace(self, cause: int, at: int, entry: Strategy, day: int, date: dt.date) -> None:
        """Put another version of one of a strategy's entries in place, since a state has been reached.

        Where it was in charge, or is from now on, it remembers what it does from its own start on.
        """
        entries = self._calendar[cause]
        waited, old, entries[at] = entries[at].starts > day, entries[at], entry
        chosen = in_charge(entries, day)
        if chosen is not entry:
            return
        self.views[cause].morning(day, *of_calendar(date))
        if waited:
            self._memory[cause] = start(entry, self.views[cause])
        elif self.strategies[cause] is not old:
            self._memory[cause] = carry_on(entry, self.views[cause], self._memory[cause])
        self.strategies[cause], self._moves[cause] = entry, {}

    def entries(self, cause: int) -> list[Strategy]:
        """The entries of a strategy in order of their dates, as they stand today."""
        return self._calendar[cause]

    def morning(self, day: int, date: dt.date) -> None:
        """A day begins for all of them, whether they act on it or not."""
        of_date = of_calendar(date)
        for view in self.views:
            view.morning(day, *of_date)

    def act(self) -> Answers:
        """What the strategies do today."""
        for cause, (strategy, view) in enumerate(zip(self.strategies, self.views, strict=True)):
            phase = strategy.phase(view)
            if phase is not None:
                for effect in self._moves_on(phase, cause, strategy, view):
                    yield cause, effect

    def react(self, happened: Happened) -> Answers:
        """Their answers to what has happened."""
        for cause, (strategy, view) in enumerate(zip(self.strategies, self.views, strict=True)):
            if type(strategy).react is Strategy.react:
                continue
            given = happened, view, self._memory[cause]
            for effect in answers(strategy, view, "react", strategy.react, *given):
                yield cause, effect

    def _moves_on(self, phase: Phase, cause: int, strategy: Strategy, view: LiveView) -> Iterable[Effect]:
        """What a strategy does today: kept by the kind of day where it goes by the calendar alone."""
        memory = self._memory[cause]
        if not strategy.by_calendar:
            return answers(strategy, view, "act", strategy.act, view, memory)
        kept, kind = self._moves[cause], (view.day // 7, phase, strategy.previewed(view))
        moves = kept.get(kind)
        if moves is None:
            moves = kept[kind] = tuple(answers(strategy, view, "act", strategy.act, view, memory))
        return moves
