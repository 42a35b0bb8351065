"""What keyed luck is worth: how much two plans that hardly differ seem to differ by luck alone.

    python benchmarks/luck.py

Standard deviation over the worlds of the difference in 60-day profit between two plans, with three
kinds of seeds: the same world for both (as `compare` does), the same people but other luck from the
first day on, and two worlds of their own.
"""

import numpy as np
from numpy.typing import NDArray
from timing import TENDED, print_table

from commsim import Scenario, build_population, outcomes, simulate

MEMBERS = 4_000
WORLDS = 30
ELSEWHERE = 1_000_000
"""Added to a world's seed for other luck."""

Profits = NDArray[np.float64]


def with_setting(plan: Scenario, kind: str, **settings: object) -> Scenario:
    """The plan with other settings of its strategy of a kind, and with `MEMBERS` members."""
    changed = tuple(
        strategy.model_copy(update=settings) if strategy.kind == kind else strategy
        for strategy in plan.strategies
    )
    community = plan.community.model_copy(update={"members": MEMBERS})
    return plan.model_copy(update={"strategies": changed, "community": community})


def profits(one: Scenario, other: Scenario, seed: int) -> tuple[float, float, float]:
    """Of one plan, of the other in the same world, of the other with other luck for the same people."""
    people = build_population(one.community, one.behaviour, seed, today=one.start)
    runs = ((one, seed), (other, seed), (other, seed + ELSEWHERE))
    found = [outcomes(simulate(plan, luck, population=people))["profit"] for plan, luck in runs]
    return found[0], found[1], found[2]


def spreads(one: Scenario, other: Scenario) -> tuple[float, float, float]:
    """Standard deviations of the difference: same world, same people, two worlds (all pairs)."""
    a, same, other_luck = np.array([profits(one, other, seed) for seed in range(WORLDS)]).T
    apart: Profits = (same[None, :] - a[:, None])[~np.eye(WORLDS, dtype=bool)]
    return float(np.std(same - a, ddof=1)), float(np.std(other_luck - a, ddof=1)), float(np.std(apart))


def report(title: str, one: Scenario, other: Scenario) -> None:
    keyed, same_people, apart = spreads(one, other)
    rows = [
        ("same world, keyed luck", f"{keyed:,.0f} yuan"),
        ("same people, other luck", f"{same_people:,.0f} yuan"),
        ("two worlds", f"{apart:,.0f} yuan"),
        ("two worlds / keyed", f"{apart / keyed:,.0f}"),
        ("worlds saved by keyed luck: this squared", f"{(apart / keyed) ** 2:,.0f}"),
    ]
    print_table(title, rows)


if __name__ == "__main__":
    tended = Scenario.load(TENDED)
    print(f"Standard deviation of a difference in profit: {MEMBERS:,} members, 60 days, {WORLDS} worlds")
    report(
        "Envelope of 12 or 10 yuan",
        with_setting(tended, "red_envelope", total=1_000),
        with_setting(tended, "red_envelope", total=1_200),
    )
    report(
        "Flash sale at 19:00 or 20:00",
        with_setting(tended, "flash_sale", hour=20),
        with_setting(tended, "flash_sale", hour=19),
    )
