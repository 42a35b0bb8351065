"""Which assumptions about people decide between two plans: each at the ends of its range, the others left.

The range is what evidence allows, or half to twice the default where nothing is known.  Worlds are added
where the answer is open.  The lead as shipped is known from many worlds; what an assumption moves it by is
known from few, since both have the same luck.  Some minutes on two processors.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from commsim import Scenario
from commsim.analysis.study import run_all
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.length import with_days

PLANS = ("active-group", "unmanaged-group")
HORIZONS = (60, 365)
USUAL, WORLDS = 60, (6, 12)
"""For the plans as shipped; for all assumptions, and for those that are still open."""
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


def estimate(usual, moved):
    """The lead when something is assumed otherwise, and half its interval.

    usual: leads as shipped, world by world.  moved: leads in the first of these worlds; by what they differ
    from the usual ones there is added to the mean of all.
    """
    usual, moved = np.array(usual), np.array(moved)
    first = usual[: len(moved)]
    by = moved - first
    variance = by.var(ddof=1) / len(by) + usual.var(ddof=1) / len(usual)
    variance += 2.0 * np.cov(by, first)[0, 1] / len(usual)
    quantile = stdtrit(len(by) - 1, 0.5 + CONFIDENCE / 2)
    return usual.mean() + by.mean(), quantile * np.sqrt(max(0.0, variance))


def sign(usual, moved):
    """1 where the worlds say that the first plan is ahead, -1 where behind, 0 where they leave it open."""
    lead, half = estimate(usual, moved)
    return int(np.sign(lead)) if abs(lead) > half else 0


def answer(usual, ends):
    """Whether an assumption turns the usual sign by itself, keeps it, or leaves that open."""
    as_shipped = sign(usual, usual)
    signs = [sign(usual, moved) for moved in ends]
    if as_shipped and -as_shipped in signs:
        return "turns"
    return "keeps" if as_shipped and signs == [as_shipped, as_shipped] else "open"


def leads(pool, cases):
    """Leads as shipped, and of each case: both horizons x worlds; more worlds for cases that are open."""
    usual = np.array(pool.map([(None, world_seed(0, world)) for world in range(USUAL)])).T
    found = {case: np.zeros((len(HORIZONS), 0)) for case in cases}
    for worlds in WORLDS:
        wanting = [case for case, told in found.items() if is_open(usual, told)]
        tasks = [(c, world_seed(0, world)) for c in wanting for world in range(found[c].shape[1], worlds)]
        for (case, _), told in zip(tasks, pool.map(tasks), strict=True):
            found[case] = np.column_stack([found[case], told])
    return usual, found


def is_open(usual, moved):
    """Whether more worlds are wanted."""
    return not moved.size or not all(map(sign, usual, moved))


def main():
    """Print those that move the lead most, and how many decide."""
    plans = [with_days(Scenario.load(plan), HORIZONS[-1]) for plan in PLANS]
    known = assumptions()
    cases = [(one.section, one.name, value) for one in known for value in one.ends]
    with Pool(lead, plans) as pool:
        usual, found = leads(pool, cases)
    rows = {one: [found[one.section, one.name, value] for value in one.ends] for one in known}
    for at, days in enumerate(HORIZONS):
        told(days, usual[at], {one: [case[at] for case in both] for one, both in rows.items()})


def told(days, usual, rows):
    """One horizon: the usual lead, the assumptions that move it most, and how many decide."""
    mean, half = estimate(usual, usual)
    print(f"Day {days}: {PLANS[0]} less {PLANS[1]}, yuan: {mean:,.0f} ±{half:,.0f}\n")
    print("assumption                grade      low     high     lead at low    lead at high   the sign")
    ends = {one: [estimate(usual, moved) for moved in both] for one, both in rows.items()}
    by_size = sorted(rows, key=lambda one: -abs(ends[one][1][0] - ends[one][0][0]))
    answers = {one: answer(usual, both) for one, both in rows.items()}
    for one in by_size[:SHOWN]:
        name, (low, high) = f"{one.section}.{one.name}", one.ends
        leads = "".join(f"{f'{lead:,.0f} ±{half:,.0f}':>16}" for lead, half in ends[one])
        print(f"{name:27}{one.grade:4}{low:9.4g}{high:9.4g}{leads}   {answers[one]}")
    counts = {kind: list(answers.values()).count(kind) for kind in ("turns", "keeps", "open")}
    turning = ", ".join(f"{one.section}.{one.name}" for one in by_size if answers[one] == "turns")
    print(
        f"\nOf {len(rows)} assumptions {counts['turns']} turn the sign by themselves"
        f"{f' ({turning})' if turning else ''};\n{counts['keeps']} keep it; {counts['open']} leave it open.\n"
    )


if __name__ == "__main__":
    main()
