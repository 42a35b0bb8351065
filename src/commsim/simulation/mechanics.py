"""The part of a mechanism in the engine: when it is called, and what it may read and change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools
from commsim.core.columns import Column
from commsim.core.mechanism import Event, Mechanism, Occurred, in_order, load
from commsim.scenario.schema import Scenario
from commsim.simulation.books import Books
from commsim.simulation.dials import Desk
from commsim.simulation.handle import Handle, State
from commsim.simulation.offers import Habits
from commsim.simulation.recorder import Recorder
from commsim.simulation.scratch import Out
from commsim.simulation.state import Groups, People
from commsim.strategies.base import Strategy


@dataclass
class Home:
    """Where a part lives: the run that it belongs to.

    salts: of the strategies, by cause.  state: all arrays that kernels take; people, groups and out are
    parts of it by name.  handle: what to give to a kernel in its place.  open: groups with members this
    morning.
    """

    scenario: Scenario
    salts: NDArray[np.uint64]
    state: State
    handle: Handle
    people: People
    groups: Groups
    out: Out
    habits: Habits
    books: Books
    recorder: Recorder
    open: Bools

    @property
    def seed(self) -> int:
        """Of the world."""
        return self.state.seed

    def where(self, groups: Bools | None) -> Bools:
        """The chosen groups among the open ones."""
        return self.open if groups is None else self.open & groups


class Mechanics:
    """What the engine does for a mechanism; all hooks are optional, and called in this order every day.

    `morning`, then strategies act, `dial`, then the core finds who looks in, `midday`, then the core sells,
    talks and closes the members' day, `evening`, then strategies react, `close`.  A method marked with
    `commsim.simulation.takes.takes` carries out an effect, at once.
    """

    declared: ClassVar[Mechanism]

    def __init__(self, home: Home) -> None:
        self.home = home
        self.columns = {column.name: self._column(column) for column in self.declared.columns}

    def _column(self, column: Column) -> NDArray[Any]:
        values: NDArray[Any] = column.make(len(self.home.people.status))
        return values

    def morning(self, day: int) -> None:
        """Begin a day: forget yesterday's effects, let the time do its work on the columns."""

    def dial(self, day: int, desk: Desk) -> None:
        """Turn the dials of the members' day."""

    def midday(self, day: int) -> None:
        """Do what happens to lookers before anything is sold."""

    def evening(self, day: int) -> Mapping[Event, Occurred]:
        """End the members' day; returns what strategies are told of it."""
        return {}

    def close(self, day: int) -> Mapping[str, int | float]:
        """End the day, after strategies have reacted; returns the mechanism's numbers of the daily table."""
        return {}


class Running:
    """The mechanics that a plan needs, in the order of the registry."""

    def __init__(self, home: Home, strategies: Iterable[Strategy]) -> None:
        needed = in_order(one for strategy in strategies for one in strategy.mechanisms)
        self.all: list[Mechanics] = [load(one.engine)(home) for one in needed]
        self.daily = tuple(column for one in self.all for column in one.declared.daily)

    def columns(self) -> dict[str, NDArray[Any]]:
        """All columns of persons."""
        return {name: values for one in self.all for name, values in one.columns.items()}

    def evening(self, day: int, recorder: Recorder) -> dict[str, Occurred]:
        """What strategies are told of the day, by name of the event; recorded where that is kept."""
        told = {event: whom for one in self.all for event, whom in one.evening(day).items()}
        for event, (persons, fen) in told.items():
            if event.kept:
                recorder.event(event.name, day, persons, fen=fen)
        return {event.name: whom for event, whom in told.items()}

    def close(self, day: int) -> dict[str, int | float]:
        """All numbers of the day."""
        return {name: number for one in self.all for name, number in one.close(day).items()}
