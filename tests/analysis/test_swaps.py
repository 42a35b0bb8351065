"""Swaps on problems with known answers: a planted plan is found, and limits hold."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from commsim.analysis.planning.swaps import MOST_WORLDS, Lots, _best_of, _if_better, at_random, climb
from commsim.experiments.space import Lever

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def levers() -> list[Lever]:
    """Two strategies of seven weekdays each, which may be off; and three sizes."""
    found = []
    for number in range(2):
        path = ("strategies", number)
        found.append(Lever(f"{number} on", (False, True), 1, (*path, "on"), False))
        found += [Lever(f"{number} {day}", (False, True), 0, (*path, "weekdays", day), False) for day in DAYS]
    sizes = [Lever(f"size {k}", (1, 2, 3, 4, 5), 2, ("products", k, "price"), True) for k in range(3)]
    return [*found, *sizes]


@dataclass
class Planted:
    """Each lever that is right earns a yuan; most of the luck, 5 yuan, is shared by all plans in a world."""

    best: tuple[int, ...]
    spread: float = 0.3
    most_days: int = 14
    levers: list[Lever] = field(default_factory=levers)
    runs: set[tuple[tuple[int, ...], int]] = field(default_factory=set)

    def canonical(self, plan):
        return plan

    def allowed(self, plan):
        days = [k for k, lever in enumerate(self.levers) if lever.of_weekday]
        return sum(plan[k] for k in days) <= self.most_days

    def values(self, plans, worlds):
        rng = [np.random.default_rng(world) for world in range(worlds)]
        common = np.array([5.0 * one.normal() for one in rng])
        found = []
        for plan in plans:
            assert self.allowed(plan), "a plan beyond the limits was run"
            self.runs |= {(plan, world) for world in range(worlds)}
            own = [np.random.default_rng([world, *plan]).normal() * self.spread for world in range(worlds)]
            found.append(common + own + self.worth(plan))
        return np.array(found)

    def worth(self, plan):
        right = np.array([a == b for a, b in zip(plan, self.best, strict=True)])
        far = sum(abs(a - b) for a, b in zip(plan[-3:], self.best[-3:], strict=True))
        return float(right[:-3].sum()) - far


BEST = (1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1)
START = tuple(lever.start for lever in levers())


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_plan_is_found(seed):
    problem = Planted(BEST)
    *_, found = climb(problem, START, Lots(seed, 0))
    assert problem.worth(found) >= problem.worth(BEST) - 1
    assert max(world for _, world in problem.runs) < 2 * MOST_WORLDS


def test_days_change_places_where_no_single_one_may_be_added():
    """One day is allowed, and it stands on the wrong one: only an exchange helps."""
    best = (1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2)
    start = (1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2)
    problem = Planted(best, spread=0.05, most_days=1)
    *_, found = climb(problem, start, Lots(5, 0))
    assert problem.worth(found) > problem.worth(start)
    assert found in (best, tuple(0 if k < 8 and k else option for k, option in enumerate(best)))


def test_the_same_draws_find_the_same_and_others_another_way():
    ways = [list(climb(Planted(BEST), START, Lots(seed, start))) for seed, start in ((1, 0), (1, 0), (1, 1))]
    assert ways[0] == ways[1] != ways[2]


def test_nothing_that_gains_is_left_where_it_ends():
    problem = Planted(BEST, spread=0.0)
    *_, found = climb(problem, START, Lots(0, 0))
    assert found == BEST


def test_a_random_plan_is_allowed_or_the_fallback():
    problem = Planted(BEST, most_days=2)
    plan = at_random(problem, Lots(1, 2), START)
    assert problem.allowed(plan)
    never = Planted(BEST, most_days=-1)
    assert at_random(never, Lots(1, 2), START) == START


def test_of_a_batch_what_gains_is_taken_together_and_nothing_that_loses():
    problem, nearer, wrong_day = Planted(BEST, spread=0.0), {16: 3}, {1: 1}
    assert START[16] == 2  # one nearer to the best one, 4
    assert BEST[1] == 0
    found = _best_of(problem, START, [wrong_day, nearer, {2: 1}], 2)
    assert found == tuple({16: 3, 2: 1}.get(k, option) for k, option in enumerate(START))


def test_what_gains_but_is_not_allowed_together_is_taken_one_by_one():
    problem = Planted(BEST, spread=0.0, most_days=1)
    found = _best_of(problem, START, [{2: 1}, {4: 1}], 2)
    assert sum(found[k] for k in (2, 4)) == 1


@pytest.mark.parametrize(
    ("gains", "is_taken"), [([2.0, -1.5, 1.0, -1.0], False), ([1.0, 1.2, 0.9, 1.1], True)]
)
def test_a_gain_must_exceed_its_standard_error(gains, is_taken, monkeypatch):
    problem = Planted(BEST)
    monkeypatch.setattr(problem, "values", lambda plans, worlds: np.array([[0.0] * 4, gains]), raising=False)
    found = _if_better(problem, START, {16: 3}, 4)
    assert (found != START) == is_taken
