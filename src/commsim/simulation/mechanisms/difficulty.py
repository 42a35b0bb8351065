"""Who grasps the rules of each strategy, and can take part in it."""

import numpy as np

from commsim.core.arrays import Bools
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import exp
from commsim.core.mechanisms.difficulty import DIFFICULTY
from commsim.simulation.mechanics import Home, Mechanics
from commsim.strategies.calendar import by_name, in_charge

GRASPS = purpose("difficulty, who grasps the rules")


class Difficulty(Mechanics):
    """For good, as long as a strategy is as hard as it is: each person has one draw for each strategy."""

    declared = DIFFICULTY

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._per_step = getattr(home.scenario.behaviour, DIFFICULTY.name).per_step
        self._grasp = [segment.grasp for segment in home.scenario.community.segments]
        self._calendar = [*by_name(home.scenario.strategies).values()]
        self._at: dict[int, int] = {}

    def morning(self, day: int) -> None:
        """Settings of a strategy may have changed, and with them how hard it is."""
        for cause, entries in enumerate(self._calendar):
            steps = in_charge(entries, day).difficulty
            if steps != self._at.get(cause, 0):
                self._at[cause] = steps
                self.home.audiences.let_take_part(cause, self._who_grasps(cause, steps) if steps else None)

    def _who_grasps(self, cause: int, steps: int) -> Bools:
        chances = np.array([exp(-self._per_step * steps / grasp) for grasp in self._grasp])
        people = self.home.people
        luck = key(self.home.seed, GRASPS, 0, int(self.home.salts[cause]))
        draws = uniforms(luck, np.arange(len(people.segment)))
        return np.asarray(draws < chances[people.segment])
