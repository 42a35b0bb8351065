"""What a search for plans rests on: its worlds, what breaks a limit, and which plans it lets through."""

import numpy as np
import pytest

from commsim import Scenario
from commsim.analysis.intervals import Interval
from commsim.analysis.planning.examine import _doubts, _first_within, look_at
from commsim.analysis.planning.finals import Finalist, finalists, put_to_limits
from commsim.analysis.planning.front import front_of
from commsim.analysis.planning.trials import Allowance, Trials, Weighted
from commsim.analysis.planning.work import AS_IT_IS, Work
from commsim.experiments.results import Result
from commsim.experiments.space import NOTHING, from_data

BASE = Scenario.model_validate({
    "name": "base",
    "days": 5,
    "community": {"members": 20},
    "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
    "strategies": [{"kind": "red_envelope", "total": 150, "shares": 10}, {"kind": "group_rules"}],
})  # fmt: skip
LEVERS = {
    "gift": {"path": "strategies.red_envelope.total", "values": [5, 50, 150]},
    "rules": {"path": "strategies.group_rules.on", "values": [True, False]},
}
LIMITS = {"margin": "20%", "leaving": "10%"}


class Known:
    """Answers without runs; ``tell(plan, number of its world in order of appearance, point)``."""

    def __init__(self, tell):
        self.tell, self.seen = tell, {}

    def knows(self, question):
        return False

    def answers(self, questions, heard=lambda done: None):
        for _, seed, _ in questions:
            self.seen.setdefault(seed, len(self.seen))
        return [Result(tuple(self.tell(plan, self.seen[seed], point))) for plan, seed, point in questions]


def trials(tell=lambda plan, world, point: (0.0,), metrics=("profit",), limits=None, doubts=0):
    data = {"name": "small", "levers": LEVERS} | ({"limits": limits} if limits else {})
    work = Work(from_data(data, BASE), metrics, doubts, 7)
    return Trials(work, Known(tell), Allowance(10_000, None))


def plans_of(made):
    """The base, and two others."""
    base = made.space.canonical(made.space.start)
    return base, (0, base[1]), (1, base[1])


def test_no_world_of_a_part_of_the_search_is_one_of_another():
    made = trials()
    parts = [set(made.seeds(part, 60)) for part in ("search", "limits", "last", "doubt")]
    assert len(set().union(*parts)) == 4 * 60


def test_a_limit_is_broken_by_its_share_and_on_its_side():
    made = trials(limits=LIMITS)
    numbers = np.array([[[100.0, 0.15, 0.12], [100.0, 0.5, 0.02]]])
    assert made.broken(numbers)[0] == pytest.approx([0.05 / 0.2 + 0.02 / 0.1, 0.0])


def test_what_is_beyond_and_what_fails_is_worse_than_what_loses():
    made = trials(limits=LIMITS)
    problem = Weighted(made, np.ones(1), np.array([100.0]))
    numbers = np.array([[[-900.0, 0.5, 0.0]], [[500.0, -0.2, 0.0]], [[np.nan, np.nan, np.nan]]])
    lost, beyond, failed = problem.score(numbers)[:, 0]
    assert lost > beyond > failed


def test_of_twenty_worlds_a_plan_may_break_its_limit_in_two():
    def tell(plan, world, point):
        return 0.0, 0.5, 0.2 if world < {0: 2, 1: 3, 2: 0}[plan[0]] else 0.05

    made = trials(tell, limits=LIMITS)
    base, two, three = plans_of(made)
    assert put_to_limits(made, [base, two, three]) == [
        Finalist(base, True),
        Finalist(two, True),
        Finalist(three, False),
    ]
    assert _first_within(made, [three, two], made.seeds("limits", 20)) == two
    assert _first_within(made, [three], made.seeds("limits", 20)) is None


def test_the_base_is_a_finalist_however_bad_it_is():
    made = trials(lambda plan, world, point: (-1000.0 if plan[0] == 2 else 10.0 * plan[0],))
    base, small, middle = plans_of(made)
    problem = Weighted(made, np.ones(1), np.array([100.0]))
    problem.values([base, small, middle], 6)
    assert finalists(made, problem, most=2) == [base, middle]


def test_leads_and_doubts_are_over_the_base_and_over_nothing():
    def tell(plan, world, point):
        if point != AS_IT_IS:
            return 5.0, 3.0, 1.0
        return (1.0 if plan == NOTHING else 2.0 if plan[0] == 2 else 7.0 + world % 2,)

    made = trials(tell, doubts=6)
    _, small, _ = plans_of(made)
    found = look_at(made, small, made.seeds("last", 10))
    assert (found.lead.mean, found.over_nothing.mean) == (pytest.approx(5.5), pytest.approx(6.5))
    over_base, over_nothing = _doubts(made, small)
    assert (over_base.range, over_nothing.range) == (Interval(2.0, 2.0, 2.0), Interval(4.0, 4.0, 4.0))


def test_a_front_holds_no_plan_that_another_beats_in_both():
    def tell(plan, world, point):
        return {0: (9.0, 5.0), 1: (4.0, 6.0), 2: (1.0, 1.0)}[plan[0]] if plan else (0.0, 0.0)

    made = trials(tell, metrics=("profit", "left"))
    found = front_of(made, [Finalist(plan, True) for plan in plans_of(made)], 10)
    leads = [tuple(lead.mean for lead in one.leads) for one in found.front]
    assert leads == [(8.0, 4.0), (0.0, 0.0)]  # four more leave; the third plan earns less and keeps fewer
