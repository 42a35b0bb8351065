"""How often intervals of a calibration hold, how narrow they are, and which data are refused.

    python benchmarks/calibrate_holds.py --groups 1 --out /tmp/one
    python benchmarks/calibrate_holds.py --groups 4 --out /tmp/four

Groups of 500 under the active group's plan over 60 days.  The first simulations are those that a calibration
makes; of the others, each with values drawn anew from the ranges, it is known what should be found.  Then all
values lie at the same place of their ranges; and data that the model made are spoilt, and should be refused.
"""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from commsim.analysis.calibration.fit import fitted
from commsim.analysis.calibration.odd import REFUSED, judge
from commsim.analysis.calibration.own_groups import own_groups
from commsim.analysis.calibration.result import EXPLAINED, WIDE
from commsim.analysis.calibration.simulate import simulations
from commsim.analysis.calibration.summaries import summaries, together
from commsim.experiments.sweep import Manner
from commsim.records.observed import Amounts, Counts, Observed, tidy
from commsim.scenario.schema import Scenario
from commsim.simulation.observing import observe

CORNERS = (0.15, 0.5, 0.85)
Luck = np.random.Generator


def to_anybody(seen: Observed, luck: Luck) -> Observed:
    """Each message is written by anybody."""
    table = seen.messages
    day = np.repeat(table.day, table.count)
    return replace(
        seen, messages=tidy(Counts, luck.integers(0, seen.members, len(day)), day, np.ones(len(day)))
    )


def any_day(seen: Observed, luck: Luck) -> Observed:
    """Whoever wrote on a day wrote on any other."""
    table = seen.messages
    return replace(
        seen, messages=tidy(Counts, table.member, luck.integers(0, seen.days, len(table)), table.count)
    )


def next_day(seen: Observed, luck: Luck) -> Observed:
    """Messages are a day late, as where their export has another clock than the others'."""
    table = seen.messages
    kept = table.day < seen.days - 1
    return replace(seen, messages=tidy(Counts, table.member[kept], table.day[kept] + 1, table.count[kept]))


def twice(seen: Observed, luck: Luck) -> Observed:
    """Each order is there once more on the next day, as where nights are counted to both days."""
    table = seen.orders
    day = np.r_[table.day, np.minimum(table.day + 1, seen.days - 1)]
    return replace(seen, orders=tidy(Amounts, np.tile(table.member, 2), day, np.tile(table.fen, 2)))


def bots(seen: Observed, luck: Luck) -> Observed:
    """Five members write fifty messages every day."""
    table, days = seen.messages, np.arange(seen.days)
    five = luck.choice(np.flatnonzero(seen.left == seen.days), 5, replace=False)
    member, day = np.r_[table.member, np.repeat(five, seen.days)], np.r_[table.day, np.tile(days, 5)]
    return replace(seen, messages=tidy(Counts, member, day, np.r_[table.count, np.full(5 * seen.days, 50)]))


def hole(seen: Observed, luck: Luck) -> Observed:
    """A week of messages and orders is missing."""

    def cut(table):
        kept = (table.day < 20) | (table.day >= 27)
        return type(table)(**{name: column[kept] for name, column in table.columns().items()})

    return replace(seen, messages=cut(seen.messages), orders=cut(seen.orders))


def at_once(seen: Observed, luck: Luck) -> Observed:
    """A tenth of the members leave on one day."""
    left = seen.left.copy()
    stayed = np.flatnonzero((left == seen.days) & (seen.joined < 40))
    left[luck.choice(stayed, len(stayed) // 10, replace=False)] = 40
    return replace(seen, left=left)


SPOILT: dict[str, Callable[[Observed, Luck], Observed]] = {
    "each message by anybody": to_anybody,
    "messages on any day": any_day,
    "messages a day late": next_day,
    "each order twice": twice,
    "five bots, 50 messages a day each": bots,
    "a week is missing": hole,
    "a tenth leave on one day": at_once,
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--groups", type=int, default=1)
    parser.add_argument("--members", type=int, default=500)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5000)
    parser.add_argument("--tests", type=int, default=200)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--workers", type=int)
    given = parser.parse_args()
    plan = Scenario.load("active-group")
    size = {"members": given.groups * given.members, "group_size": given.members}
    community = plan.community.model_copy(update=size)
    plan = plan.model_copy(update={"community": community, "days": given.days})
    own = own_groups(plan, observe(plan, seed=1))
    every = given.runs + given.tests
    made = simulations(own, every, given.out, Manner(given.workers), lambda done: None)
    rows, places = made.rows[: given.runs], made.positions[: given.runs]
    of_people, judged = ~together(made.names), judge(made.names, rows)
    fit = fitted(rows[:, of_people], places)

    def told(values, truth):
        middle = fit(values[:, of_people])
        low, high = np.clip(middle - fit.width, 0, 1), np.clip(middle + fit.width, 0, 1)
        return np.abs(middle - truth) <= fit.width, high - low

    held, wide = told(made.rows[given.runs :], made.positions[given.runs :])
    print(f"{given.groups} x {given.members} members, {given.days} days, {len(rows)} simulations")
    low, high = held.mean(axis=0).min(), held.mean(axis=0).max()
    print(f"{len(held)} tests: intervals hold, mean {held.mean():.3f}, by unknown {low:.3f} to {high:.3f}")
    known = (wide <= WIDE)[:, fit.explained >= EXPLAINED].sum(axis=1).mean()
    refused = np.mean([judged.chance(row) <= REFUSED for row in made.rows[given.runs :]])
    print(f"identified, mean: {known:.1f} of {len(own.known)}; refused {refused:.3f}")
    corners = {}
    for place in CORNERS:
        values = {one.name: one.at(place) for one in own.known}
        seen = [of(own.live_with(values, 10_000 + k), made.names) for k in range(40)]
        corners[place] = told(np.array(seen), place)[0].mean(axis=0)
        print(f"all at {place}: mean {corners[place].mean():.3f}, lowest", *lowest(own, corners[place]))
    print("| unknown | explained | mean width | held | " + " | ".join(f"at {one}" for one in CORNERS) + " |")
    print("|---|---|---|---|---|---|---|")
    for k in np.argsort(wide.mean(axis=0)):
        if wide[:, k].mean() <= WIDE and fit.explained[k] >= EXPLAINED:
            at = " | ".join(f"{corners[place][k]:.2f}" for place in CORNERS)
            own_numbers = f"{fit.explained[k]:.2f} | {wide[:, k].mean():.2f} | {held[:, k].mean():.3f}"
            print(f"| `{own.known[k].name}` | {own_numbers} | {at} |")
    luck = np.random.default_rng(1)
    data = [own.live(every + k) for k in range(60)]
    for name, spoil in SPOILT.items():
        found = np.array([of(spoil(seen, luck), made.names) for seen in data])
        print(f"| {name} | {np.mean([judged.chance(one) <= REFUSED for one in found]):.2f} |")


def of(seen: Observed, names) -> list[float]:
    """Summaries in this order."""
    found = summaries(seen)
    return [found[name] for name in names]


def lowest(own, held) -> list[str]:
    """The three unknowns that are held least often."""
    return [f"{own.known[k].name} {held[k]:.2f}" for k in np.argsort(held)[:3]]


if __name__ == "__main__":
    main()
