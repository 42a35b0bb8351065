"""What levels and paid memberships cause, and what only seems so: F53 to F56."""

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.orders import happened, ordered, persons
from commsim.validation.facts.plans import bare, fewer, price
from commsim.validation.facts.ratio import ratio

BEGINS, DAYS = 60, 240
"""Day on which the levels begin, which is also their window, and days of the run."""
STEPS = (5, 15)
"""Prices of the first product to be paid within the window for each of two levels."""
NEAR = 0.75
"""Share of the way to the next level from which it is near."""
HEAVY = 0.1
"""Share of buyers who buy most."""


def _ladders(scenario: Scenario) -> dict[str, Scenario]:
    base, offs = fewer(scenario), (0.05, 0.1)
    at = [
        {"spent": round(price(base) * step, 2), "discount": off}
        for step, off in zip(STEPS, offs, strict=True)
    ]
    levels = {"kind": "levels", "starts": BEGINS, "window": BEGINS, "at": at}
    return {
        "none": bare(base, DAYS),
        "levels": bare(base, DAYS, levels),
        "no pull": bare(base, DAYS, levels, behaviour={"levels": {"gradient": 0.0}}),
    }


LADDERS = Setup(
    "levels",
    f"two levels, from 5 and 15 prices paid within {BEGINS} days, 5 and 10 % off, from day {BEGINS} of {DAYS}"
    "; the same without the pull of a near level; or none",
    _ladders,
    events=True,
)


def _by_rank(runs: Runs) -> tuple[float, float]:
    """Orders under levels over none, of the tenth who bought most before; and of other buyers, less that."""
    before = ordered(runs["none"], 0, BEGINS)
    buyers = np.flatnonzero(before)
    by_orders = buyers[np.argsort(-before[buyers], kind="stable")]
    cut = max(1, round(HEAVY * len(buyers)))
    after = {name: ordered(runs[name], BEGINS) for name in ("levels", "none")}
    heavy, others = (
        ratio(after["levels"][who].sum(), after["none"][who].sum())
        for who in (by_orders[:cut], by_orders[cut:])
    )
    return heavy, others - heavy


def near_and_ordered(paid: Floats, steps: tuple[float, ...], window: int) -> tuple[int, int]:
    """Days on which somebody was near their next level in the morning, and of these, with an order.

    paid: fen by person and day; what was refunded is not taken off.  The first window counts for nothing.
    """
    whole = np.cumsum(np.pad(paid, ((0, 0), (1, 0))), axis=1)
    lately = whole[:, window:-1] - whole[:, : -window - 1]
    rungs = np.array([0.0, *steps])
    held = np.searchsorted(rungs, lately, side="right") - 1
    below_top = held < len(rungs) - 1
    foot, next_one = rungs[held], rungs[np.minimum(held + 1, len(rungs) - 1)]
    near = below_top & (lately - foot > NEAR * (next_one - foot))
    return int(near.sum()), int((near & (paid[:, window:] > 0)).sum())


def _chance(run: Run) -> float:
    """Of orders a day by who is near a level."""
    rows, events = happened(run, "order"), run.records.events
    paid = np.zeros((len(run.world.people.status), run.days))
    np.add.at(paid, (events["person"][rows], events["day"][rows]), events["fen"][rows])
    fen = run.world.scenario.products[0].price
    near, bought = near_and_ordered(paid, tuple(float(fen * step) for step in STEPS), BEGINS)
    return ratio(bought, near)


def _pull(runs: Runs) -> tuple[float]:
    return (ratio(_chance(runs["levels"]), _chance(runs["no pull"])),)


def _memberships(scenario: Scenario) -> dict[str, Scenario]:
    base = fewer(scenario)
    fee = price(base)
    paid = {"kind": "membership", "fee": fee, "term": 180, "discount": 0.1, "perks": round(fee / 3, 2)}
    by_price = {"membership": {"belonging": 0.0, "leaving": 1.0}}
    return {
        "none": bare(base, DAYS),
        "paid": bare(base, DAYS, paid),
        "price alone": bare(base, DAYS, paid, behaviour=by_price),
    }


MEMBERSHIPS = Setup(
    "paid membership",
    f"a tenth off for half a year at a fee of one price, {DAYS} days; the same by its price alone; or none",
    _memberships,
    events=True,
)


def _joined(run: Run) -> Bools:
    return np.asarray(persons(run, happened(run, "enrolled")) > 0)


def _by_price(runs: Runs) -> tuple[float]:
    """Share of the lift of orders, of who joined, that the price alone brings."""
    joined = _joined(runs["paid"])
    paid, alone, none = (ordered(runs[name])[joined].sum() for name in ("paid", "price alone", "none"))
    return (ratio(alone - none, paid - none),)


def _caused(runs: Runs) -> tuple[float]:
    """What membership adds to who joined, over how far these are above everybody else."""
    joined, there = _joined(runs["paid"]), runs["paid"].world.people.joined < 0
    orders, twin = ordered(runs["paid"]), ordered(runs["none"])
    others = there & ~joined & (runs["paid"].world.people.status > 0)
    if not joined.any() or not others.any():
        return (np.nan,)
    seems = ratio(orders[joined].mean(), orders[others].mean()) - 1.0
    return (ratio(ratio(orders[joined].sum(), twin[joined].sum()) - 1.0, seems),)


FACTS = (
    Fact(
        "F53",
        "Levels move light and moderate buyers, and not those who buy most",
        LADDERS,
        (
            Statistic("heavy buyers' orders over those without levels", 0.9, 1.1),
            Statistic("the same of other buyers, less that", low=0.0),
        ),
        _by_rank,
        "warn",
        "Liu 2007: heavy buyers of a convenience store did not change",
        "B",
        tuned=True,
    ),
    Fact(
        "F54",
        "The nearer a reward, the faster it is earned",
        LADDERS,
        (Statistic("orders near a level over those without its pull", 1.1, 1.5),),
        _pull,
        "warn",
        "Kivetz, Urminsky & Zheng 2006",
        "B",
        tuned=True,
    ),
    Fact(
        "F55",
        "A third of what a paid membership adds is its price, the rest is not",
        MEMBERSHIPS,
        (Statistic("of what it adds to joiners, by the price alone", 0.2, 0.5, share=True),),
        _by_price,
        "warn",
        "Iyengar et al. 2022",
        "B",
    ),
    Fact(
        "F56",
        "Members buy more than others mostly because of who they are",
        MEMBERSHIPS,
        (Statistic("caused, of how far members are above others", 1 / 14, 2 / 7, share=True),),
        _caused,
        "warn",
        "Leenheer et al. 2007: an effect seven times smaller than it seems; half to double of that",
        "B",
    ),
)
