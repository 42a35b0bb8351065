"""What staff make of a plan: forgotten, late, done better or worse."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from commsim.core.declare import Effect
from commsim.core.effects import Content
from commsim.core.luck import key, purpose, uniform
from commsim.core.maths import exp
from commsim.core.mechanisms.execution import EXECUTION
from commsim.population.quantiles import at, normal
from commsim.simulation.mechanics import Home, Mechanics
from commsim.strategies.calendar import by_name

FORGETS = purpose("execution, what is forgotten")
LATE = purpose("execution, what comes late")
WELL = purpose("execution, how well it is done")


class Due(NamedTuple):
    """What a strategy should have done on one day, and the day on which it is done."""

    day: int
    meant: int
    cause: int
    effects: list[Effect]


class Execution(Mechanics):
    """Strategies that are done by hand; what they answer in the evening is settled as it is."""

    declared = EXECUTION

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        plan = home.scenario
        assert plan.operator.execution is not None
        self._by = plan.operator.execution
        self._by_hand = [entries[0].by_hand for entries in by_name(plan.strategies).values()]
        luck = [uniform(self._luck(WELL, 0, cause), 0) for cause in range(len(self._by_hand))]
        scores = at(np.array(luck), normal())
        self._well = [exp(self._by.spread * score) for score in scores.tolist()]
        self._due: list[Due] = []

    def _luck(self, what: int, day: int, cause: int) -> np.uint64:
        return key(self.home.seed, what, day, int(self.home.salts[cause]))

    def morning(self, day: int) -> None:
        """Staff begin the day."""
        self._moving, self._acted = True, set[int]()
        self._today: dict[int, Due | None] = {}
        self._counts = {"forgotten": 0, "late": 0}

    def admit(self, day: int, effect: Effect, cause: int) -> Iterable[Effect]:
        """Let pass what is done today, and put off what is done later."""
        if not self._moving or not self._by_hand[cause]:
            return (effect,)
        if cause not in self._today:
            self._today[cause] = self._plan(day, cause)
        due = self._today[cause]
        if due is None:
            return ()
        if due.day > day:
            due.effects.append(effect)
            return ()
        self._acted.add(cause)
        return (self._done(effect, cause),)

    def _plan(self, day: int, cause: int) -> Due | None:
        """When a strategy's turn of today is done; None if never."""
        if uniform(self._luck(FORGETS, day, cause), 0) < self._by.forgets:
            self._counts["forgotten"] += 1
            return None
        late = uniform(self._luck(LATE, day, cause), 0) < self._by.late
        due = Due(day + self._by.lag + (self._by.late_days if late else 0), day, cause, [])
        if due.day > day:
            self._due.append(due)
        return due

    def _done(self, effect: Effect, cause: int) -> Effect:
        """An effect as well as this strategy is done in this run."""
        well, changes = self._well[cause], dict[str, Any]()
        if isinstance(effect, Content) and well != 1.0:
            changes = {"value": effect.value * well, "topics": effect.topics * well}
            changes["trust"] = min(1.0, max(-1.0, effect.trust * well))
        elif well < 1.0 and hasattr(effect, "reach"):
            changes = {"reach": effect.reach * well}
        return replace(effect, **changes) if changes else effect  # type: ignore[type-var]

    def postponed(self, day: int) -> Iterable[tuple[int, Effect]]:
        """What was put off until today: of a strategy the latest, and nothing if it has had its turn."""
        self._moving = False
        due = {one.cause: one for one in self._due if one.day == day}  # the latest of each
        self._due = [one for one in self._due if one.day > day]
        for cause, one in sorted(due.items()):
            if cause not in self._acted and one.effects:
                self._counts["late"] += 1
                yield from ((cause, self._done(effect, cause)) for effect in one.effects)

    def close(self, day: int) -> dict[str, int]:
        """How much went wrong."""
        return self._counts
