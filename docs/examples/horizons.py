"""Shipped plans against doing nothing by their 30th, 60th, 90th, 180th and 365th day, in the same worlds.

    python docs/examples/horizons.py                    all of them
    python docs/examples/horizons.py dead-group         some

A plan runs once for a year in each world and is read on the way.  About two minutes on two processors.
"""

import sys
import textwrap
from itertools import groupby

import numpy as np

from commsim import Scenario, outcomes
from commsim.analysis.intervals import t_interval
from commsim.analysis.study import run_all
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.scenario.length import with_days
from commsim.scenario.shipped import shipped

HORIZONS = (30, 60, 90, 180, 365)
WORLDS = 12
NEEDS_FILES = "real-shop"
ROWS = {
    "orders": "Orders",
    "revenue": "Revenue, yuan",
    "profit_before_staff": "Profit before labour",
    "profit": "Profit after labour",
    "looks": "Looks",
    "muted": "Muted, %",
    "left": "Left",
    "messages": "Messages by members",
    "operator_messages": "Messages by the operator",
    "share": "Messages by members, %",
}
LEVELS = ("share",)
"""Rows that tell of the plan itself, not of how it differs."""
THOUSANDS = 100_000
"""From which on a row is told in thousands."""
SIGNS = {1: "ahead", -1: "behind", 0: "open"}


def measured(records):
    """The numbers of the rows, of a run as far as it has come."""
    found, daily = outcomes(records), records.daily
    looks, members, operator = (
        float(daily[name].sum()) for name in ("looked", "messages", "operator_messages")
    )
    found |= {"looks": looks, "messages": members, "operator_messages": operator}
    found |= {"muted": 100 * found["muted"], "share": 100 * members / max(1.0, members + operator)}
    return [found[name] for name in ROWS]


def way(plans, seed):
    """Plans x horizons x rows, in one world."""
    return [[measured(run.first(days)) for days in HORIZONS] for run in run_all(plans, seed)]


def communities(names):
    """Plans for a year by the people, products and costs that they share, doing nothing first."""
    plans = [with_days(Scenario.load(name), HORIZONS[-1]) for name in names]
    found = []
    for plan in (plan for plan in plans if plan.strategies):
        silence = plan.model_copy(update={"strategies": (), "name": "doing nothing", "about": ""})
        same = next((others for others in found if others[0] == silence), None)
        if same is None:
            found.append(same := [silence])
        same.append(plan)
    return found


def sentence(what, intervals):
    """When a plan is ahead of doing nothing, when behind it, and whether that turns on the way."""
    signs = [SIGNS[int(np.sign(one.mean)) if one.excludes_zero else 0] for one in intervals]
    parts = [
        f"{sign} at {', '.join(str(day) for _, day in days)}"
        for sign, days in groupby(zip(signs, HORIZONS, strict=True), key=lambda pair: pair[0])
    ]
    if len(parts) == 1:
        return f"{what}: {signs[0]} at every horizon."
    turns = " The sign turns." if {"ahead", "behind"} <= set(signs) else ""
    return f"{what}: {', '.join(parts)} days.{turns}"


def after_a_year(leads):
    """One sentence of all plans: who is ahead at last, after labour; leads: intervals by name of the plan."""
    signs = {name: SIGNS[int(np.sign(one.mean)) if one.excludes_zero else 0] for name, one in leads.items()}
    told = [
        f"{sign}: {', '.join(names)}"
        for sign in SIGNS.values()
        if (names := [name for name, found in signs.items() if found == sign])
    ]
    return f"After {HORIZONS[-1]} days and labour, " + "; ".join(told) + "."


def line(label, cells):
    """A row of a table."""
    return f"{label:<26}" + "".join(f"{cell:>17}" for cell in cells)


def show(title, values):
    """A plan's table; values: worlds x horizons x rows of what it differs by, or of doing nothing."""
    print(title)
    print(line("", [f"day {day}" for day in HORIZONS]))
    for row, label in enumerate(ROWS.values()):
        cells = [t_interval(values[:, at, row]) for at in range(len(HORIZONS))]
        in_thousands = max(abs(one.mean) for one in cells) >= THOUSANDS
        by, unit = (1000, "k") if in_thousands else (1, "")
        print(line(label, [f"{one.mean / by:,.0f}{unit} ±{one.half_width / by:,.0f}" for one in cells]))
    print()


def less(plan, silence):
    """What a plan differs by, but for rows that tell of itself."""
    own = [name in LEVELS for name in ROWS]
    return np.where(own, plan, plan - silence)


def main(names):
    """Print when each plan is ahead, then all tables."""
    seeds = [world_seed(0, world) for world in range(WORLDS)]
    tables, verdicts, leads = [], [], {}
    for plans in communities(names):
        with Pool(way, plans) as pool:
            values = np.array(pool.map(seeds)).swapaxes(0, 1)
        tables.append((f"DOING NOTHING, people and products of {plans[1].name}", values[0]))
        for plan, of_plan in zip(plans[1:], values[1:], strict=True):
            found = less(of_plan, values[0])
            tables.append((f"{plan.name.upper()}, less doing nothing", found))
            for name in ("profit_before_staff", "profit"):
                row = list(ROWS).index(name)
                intervals = [t_interval(found[:, at, row]) for at in range(len(HORIZONS))]
                verdicts.append(sentence(f"{plan.name}, {ROWS[name].split(',')[0].lower()}", intervals))
            leads[plan.name] = intervals[-1]  # of profit, at last
    print(f"Means and 95 % intervals of {WORLDS} worlds, each plan against doing nothing in the same ones\n")
    print(textwrap.fill(after_a_year(leads), 110), end="\n\n")
    print("\n".join(verdicts), end="\n\n")
    for plan, values in tables:
        show(plan, values)


if __name__ == "__main__":
    main(sys.argv[1:] or [name for name in shipped() if name != NEEDS_FILES])
