"""The five guides' plans against their shop left alone, after 30, 60, 180 and 365 days in the same worlds.

    python docs/examples/guides.py

A plan runs once for a year in each world and is read on the way.  About two minutes on two processors.
"""

import numpy as np
from horizons import SIGNS

from commsim import Scenario, outcomes
from commsim.analysis.intervals import t_interval
from commsim.analysis.study import run_all
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.scenario.length import with_days

SHOP = "guide-shop"
GUIDES = ("guide-reliable", "guide-operation", "guide-campaign", "guide-economy", "guide-tiers")
HORIZONS = (30, 60, 180, 365)
WORLDS = 16
MEASURES = {
    "profit_before_staff": "profit before labour",
    "profit": "profit after labour",
    "orders": "orders",
    "members": "members then",
}


def way(plans, seed):
    """Plans x horizons x measures, in one world."""
    return [
        [[outcomes(run.first(days))[name] for name in MEASURES] for days in HORIZONS]
        for run in run_all(plans, seed)
    ]


def standing(interval):
    """A difference with its limits, and whether it is one."""
    sign = SIGNS[int(np.sign(interval.mean)) if interval.excludes_zero else 0]
    return f"{interval.mean:>+10,.0f} ±{interval.half_width:<7,.0f}{sign}"


def main():
    """Print the shop, then each plan beyond it."""
    plans = [with_days(Scenario.load(name), HORIZONS[-1]) for name in (SHOP, *GUIDES)]
    with Pool(way, plans) as pool:
        values = np.array(pool.map([world_seed(0, world) for world in range(WORLDS)])).swapaxes(0, 1)
    print(
        f"Means of {WORLDS} worlds and 95 % intervals; each plan beyond the shop left alone in the same ones"
    )
    for plan, of_plan in zip(plans, values, strict=True):
        alone = plan is plans[0]
        print(
            f"\n{plan.name + (', left alone' if alone else ''):<25}"
            + "".join(f"{f'day {d}':>26}" for d in HORIZONS)
        )
        for column, label in enumerate(MEASURES.values()):
            found = of_plan[:, :, column] - (0 if alone else values[0][:, :, column])
            cells = [t_interval(found[:, at]) for at in range(len(HORIZONS))]
            told = [f"{one.mean:>10,.0f}" + 16 * " " if alone else f"{standing(one):<26}" for one in cells]
            print(f"  {label:<23}" + "".join(told).rstrip())


if __name__ == "__main__":
    main()
