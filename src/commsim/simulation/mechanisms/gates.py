"""Gates: the state of the groups that a strategy is for, every morning, and what begins or ends by it."""

from collections import deque
from typing import Any, NamedTuple

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.conditions import fulfil
from commsim.core.mechanism import Event
from commsim.core.mechanisms.gates import BEGAN, ENDED, GATES
from commsim.core.view import MEMBER
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.state import NEVER
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import by_name
from commsim.strategies.gate import Gate

WEEK = 7
_NOBODY = np.array([-1])


class _Entry(NamedTuple):
    """An entry of a plan: its cause, its place among those of its name, and as it stands."""

    cause: int
    at: int
    strategy: Strategy


class _Day(NamedTuple):
    """What a day left, by group."""

    looked: Ints
    messages: Ints
    members: Ints


class Gates(Mechanics):
    """All strategies of a plan that wait for a state, or go up to one."""

    declared = GATES

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        calendar = enumerate(by_name(home.scenario.strategies).values())
        entries = [_Entry(cause, at, one) for cause, named in calendar for at, one in enumerate(named)]
        self._waiting = [one for one in entries if one.strategy.when is not None]
        self._going = [one for one in entries if one not in self._waiting and one.strategy.until is not None]
        self._week: deque[_Day] = deque(maxlen=WEEK)

    def morning(self, day: int) -> None:
        """Let begin what has waited for what is there now, and end what goes up to it."""
        self._counts = dict.fromkeys((column.name for column in GATES.daily), 0)
        if self.home.shut:
            return
        for one in [*self._waiting]:
            if self._reached(one.strategy.when, one.cause, day):
                self._waiting.remove(one)
                begun = one._replace(strategy=one.strategy.begun(day))
                self._put(begun, BEGAN, "begun", day)
                if begun.strategy.until is not None:
                    self._going.append(begun)
        for one in [*self._going]:
            if self._reached(one.strategy.until, one.cause, day):
                self._going.remove(one)
                self._put(one._replace(strategy=one.strategy.ended(day)), ENDED, "stopped", day)
        self._counts["gates_waiting"] = len(self._waiting)

    def _put(self, entry: _Entry, event: Event, count: str, day: int) -> None:
        self.home.changed.append(entry)
        self.home.recorder.event(event.name, day, _NOBODY, cause=entry.cause)
        self._counts[count] += 1

    def _reached(self, gate: Gate | None, cause: int, day: int) -> bool:
        """Whether all that it asks for holds this morning."""
        assert gate is not None
        return all(
            bool(fulfil(level, np.array([self._value(name, gate, cause, day)]), np.zeros(1))[0])
            for name, level in gate.levels()
        )

    def _value(self, name: str, gate: Gate, cause: int, day: int) -> float:
        """The number that is tested; NaN, which fulfils nothing, where there is none."""
        where = self.home.audiences.groups(cause)
        size = self.home.groups.size if where is None else np.where(where, self.home.groups.size, 0)
        match name:
            case "day":
                return float(day)
            case "members":
                return float(size.sum())
            case "looking":
                there = sum(_among(one.members, where) for one in self._week)
                return _ratio(sum(_among(one.looked, where) for one in self._week), there)
            case "messages":
                groups = sum(int(np.count_nonzero(_of(one.members, where))) for one in self._week)
                return _ratio(sum(_among(one.messages, where) for one in self._week), groups)
        rows = self._members(where)
        return self._of_members(name, gate, cause, rows) if len(rows) else np.nan

    def _members(self, where: Bools | None) -> Ints:
        people = self.home.people
        here = people.status == MEMBER
        return np.flatnonzero(here if where is None else here & np.append(where, False)[people.group])

    def _of_members(self, name: str, gate: Gate, cause: int, rows: Ints) -> float:
        people = self.home.people
        match name:
            case "trust":
                return float(people.trust[rows].mean(dtype=np.float64))
            case "bought":
                return float(((people.buys[rows] != NEVER) | (people.orders[rows] > 0)).mean())
        assert gate.who is not None
        chosen = self.home.audiences.fulfilling(gate.who, cause)
        number = len(rows) if chosen is None else int(np.count_nonzero(chosen))
        return number / len(rows) if name == "share" else float(number)

    def evening(self, day: int) -> dict[Event, Any]:
        """Keep what the day left, as long as anything waits for it."""
        if self._waiting or self._going:
            home, groups = self.home, len(self.home.groups.size)
            looked = np.bincount(home.people.group[home.lookers()], minlength=groups)
            self._week.append(_Day(looked, home.out.messages[:groups].copy(), home.groups.size.copy()))
        return {}

    def close(self, day: int) -> dict[str, int]:
        """What begins and ends, and what still waits."""
        return self._counts


def _of(numbers: Ints, where: Bools | None) -> Ints:
    return numbers if where is None else numbers[where]


def _among(numbers: Ints, where: Bools | None) -> int:
    return int(_of(numbers, where).sum())


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else np.nan
