"""Which assumptions about people decide between two plans: each at the ends of its range, the others left.

The range is what evidence allows, or half to twice the default where nothing is known.  Worlds are added
where the answer is open.  About ten minutes on two processors.
"""

from typing import NamedTuple

import numpy as np

from commsim import Scenario
from commsim.analysis.intervals import t_interval
from commsim.analysis.study import run_all
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.length import with_days

PLANS = ("active-group", "unmanaged-group")
HORIZONS = (60, 365)
WORLDS = (6, 12, 24)
"""For all, and for those that are still open."""
CONFIDENCE = 0.99
"""Of each interval: there are hundreds, of which few may mislead."""
SHOWN = 12


class Assumption(NamedTuple):
    """A parameter of behaviour and the ends of its range."""

    section: str
    name: str
    grade: str
    ends: tuple[float, float]


def ends(field, default):
    """Low and high value of a parameter, inside its limits."""
    low, high = field.json_schema_extra.get("plausible") or (default / 2, default * 2)
    least = [limit.ge for limit in field.metadata if hasattr(limit, "ge")]
    most = [limit.le for limit in field.metadata if hasattr(limit, "le")]
    return max(low, *least), min(high, *most)


def assumptions():
    """All numbers about people."""
    return [
        Assumption(section, name, field.json_schema_extra["grade"], ends(field, getattr(of, name)))
        for section, of in Behaviour()
        for name, field in type(of).model_fields.items()
    ]


def lead(plans, task):
    """Yuan by which the first plan is ahead of the second at each horizon, in one world.

    task: section, name and value of what is assumed otherwise, or nothing; and a seed.
    """
    assumed, seed = task
    if assumed:
        section, name, value = assumed
        usual = plans[0].behaviour
        other = getattr(usual, section).model_copy(update={name: value})
        behaviour = usual.model_copy(update={section: other})
        plans = [plan.model_copy(update={"behaviour": behaviour}) for plan in plans]
    ahead, behind = run_all(plans, seed)
    return [profit(ahead, days) - profit(behind, days) for days in HORIZONS]


def profit(run, days):
    """Yuan earned in the first days."""
    return float(run.first(days).ledger["fen"].sum()) / 100


def sign(leads):
    """1 where the worlds say that the first plan is ahead, -1 where behind, 0 where they leave it open."""
    found = t_interval(np.array(leads), CONFIDENCE)
    return int(np.sign(found.mean)) if found.excludes_zero else 0


def answer(usual, at_ends):
    """Whether an assumption turns the usual sign by itself, keeps it, or leaves that open."""
    if not usual:
        return "open"
    signs = [sign(leads) for leads in at_ends]
    if -usual in signs:
        return "turns"
    return "keeps" if signs == [usual, usual] else "open"


def leads(pool, cases):
    """Leads of each case, a list of horizons x worlds: more worlds for those that are open at any horizon."""
    found = {case: [] for case in cases}
    for worlds in WORLDS:
        wanting = [case for case, told in found.items() if is_open(told)]
        tasks = [(c, world_seed(0, world)) for c in wanting for world in range(len(found[c]), worlds)]
        for (case, _), told in zip(tasks, pool.map(tasks), strict=True):
            found[case].append(told)
    return {case: np.array(told).T for case, told in found.items()}


def is_open(told):
    """Whether more worlds are wanted."""
    return not told or not all(sign(at) for at in np.array(told).T)


def main():
    """Print those that move the lead most, and how many decide."""
    plans = [with_days(Scenario.load(plan), HORIZONS[-1]) for plan in PLANS]
    known = assumptions()
    cases = [None, *((one.section, one.name, value) for one in known for value in one.ends)]
    with Pool(lead, plans) as pool:
        found = leads(pool, cases)
    rows = {one: [found[one.section, one.name, value] for value in one.ends] for one in known}
    for at, days in enumerate(HORIZONS):
        told(days, found[None][at], {one: [case[at] for case in both] for one, both in rows.items()})


def told(days, usual, rows):
    """One horizon: the usual lead, the assumptions that move it most, and how many decide."""
    around = t_interval(usual, CONFIDENCE)
    print(f"Day {days}: {PLANS[0]} less {PLANS[1]}, yuan: {around.mean:,.0f} ±{around.half_width:,.0f}\n")
    print("assumption                grade      low     high   lead at low  lead at high   the sign")
    by_size = sorted(rows, key=lambda one: -abs(rows[one][1].mean() - rows[one][0].mean()))
    for one in by_size[:SHOWN]:
        low, high = (leads.mean() for leads in rows[one])
        name = f"{one.section}.{one.name}"
        print(
            f"{name:27}{one.grade:4}{one.ends[0]:9.4g}{one.ends[1]:9.4g}{low:14,.0f}{high:14,.0f}"
            f"   {answer(sign(usual), rows[one])}"
        )
    answers = {one: answer(sign(usual), both) for one, both in rows.items()}
    counts = {kind: list(answers.values()).count(kind) for kind in ("turns", "keeps", "open")}
    turning = ", ".join(f"{one.section}.{one.name}" for one in by_size if answers[one] == "turns")
    print(
        f"\nOf {len(rows)} assumptions {counts['turns']} turn the sign by themselves"
        f"{f' ({turning})' if turning else ''};\n{counts['keeps']} keep it; {counts['open']} leave it open.\n"
    )


if __name__ == "__main__":
    main()
