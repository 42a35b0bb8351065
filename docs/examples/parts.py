"""What each part of a shipped plan is worth: the plan beside itself without it, after 60 days and a year.

Both run in the same worlds.  About two minutes on two processors.
"""

import numpy as np
from horizons import NEEDS_FILES, WORLDS

from commsim import Scenario, outcomes
from commsim.analysis.intervals import t_interval
from commsim.analysis.study import run_all
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.scenario.length import with_days
from commsim.scenario.shipped import shipped

DAYS = (60, 365)
COLUMNS = {"orders": "orders", "profit_before_staff": "before labour", "profit": "after labour"}


def measured(records):
    """The numbers of the columns, of a run as far as it has come."""
    found = outcomes(records)
    return [found[name] for name in COLUMNS]


def way(plans, seed):
    """Plans x days x columns, in one world."""
    return [[measured(run.first(days)) for days in DAYS] for run in run_all(plans, seed)]


def without(plan):
    """By the name of each strategy, the plan without it and without the posts that announce it."""
    return {
        name: plan.model_copy(
            update={
                "name": f"{plan.name} without {name}",
                "strategies": tuple(
                    one for one in plan.strategies if name not in (one.name, getattr(one, "announces", None))
                ),
            }
        )
        for name in dict.fromkeys(strategy.name for strategy in plan.strategies)
    }


def line(label, cells):
    """A row of a table."""
    return f"{label:<19}" + "".join(f"{cell:>16}" for cell in cells)


def main():
    """Print a table for each shipped plan of several strategies."""
    seeds = [world_seed(0, world) for world in range(WORLDS)]
    plans = [Scenario.load(name) for name in shipped() if name != NEEDS_FILES]
    print(f"What a plan has more with each part than without it; means and 95 % intervals of {WORLDS} worlds")
    for plan in plans:
        if len(plan.strategies) < 2:
            continue
        whole = with_days(plan, DAYS[-1])
        lesser = without(whole)
        with Pool(way, [whole, *lesser.values()]) as pool:
            values = np.array(pool.map(seeds)).swapaxes(0, 1)
        print(f"\n{plan.name.upper()}")
        print(line("", [f"day {day}" if n == 1 else "" for day in DAYS for n in range(len(COLUMNS))]))
        print(line("", [*COLUMNS.values()] * len(DAYS)))
        for name, of_plan in zip(lesser, values[1:], strict=True):
            cells = [t_interval(column) for column in (values[0] - of_plan).reshape(len(seeds), -1).T]
            print(line(name, [f"{one.mean:,.0f} ±{one.half_width:,.0f}" for one in cells]))


if __name__ == "__main__":
    main()
