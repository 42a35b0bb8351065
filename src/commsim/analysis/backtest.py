"""Cut an order history, run the weeks that follow, and hold the runs against what happened.

Only customers seen before the cut count, and a customer's orders of one day are one order, in the file
and in the runs alike.  Beside the runs stands the closed form of the same fit (see
`commsim.population.bgnbd`), which tells the fit's error from what the simulator adds.
"""

import datetime as dt
import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from commsim.analysis.hindsight import Backtest
from commsim.core.arrays import Ints
from commsim.core.errors import InputError
from commsim.experiments.effort import BACKTEST_WORLDS
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.population.build import build
from commsim.population.files import Source, locate
from commsim.population.history import Orders, date_of, day_of, read_orders
from commsim.population.listed import read_listed
from commsim.records.tables import ORDER
from commsim.scenario.length import with_days
from commsim.scenario.schema import History, Scenario
from commsim.scenario.seasons import factors
from commsim.simulation.run import simulate

WEEK = 7
MOST_WEEKS = 3650 // WEEK
"""A run has 3,650 days at most."""
FEWEST = 50
"""Customers with three orders below whom nothing is said of their regularity: the error would be a third."""


def backtest(
    scenario: Scenario,
    *,
    until: dt.date | None = None,
    weeks: int | None = None,
    worlds: int = BACKTEST_WORLDS,
    seed: int = 0,
    workers: int | None = None,
    with_strategies: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Backtest:
    """Foretell the rest of the scenario's order history from its beginning, and compare.

    until: the last day shown to the model; by default ``history.until``.  weeks: by default as many
    full weeks as the file has after that.  Strategies are off unless asked for, and members then as
    active as in the time of the orders, if ``history.activity`` tells.  Dates of joining in a roster
    are not used, since some lie after the cut.  workers: processes; the result does not depend on it.
    progress: hears the number of worlds done.  Raises `InputError` for what the file does not allow.
    """
    if worlds < 2:
        raise InputError("a range needs two worlds or more", remedy="ask for 10 or more")
    history = _history(scenario)
    source = locate(history.file, None, history.sha256)
    orders = read_orders(source, history)
    cut, weeks = _period(source, orders, until or history.until, weeks)
    plan = _plan(scenario, history, cut, WEEK * weeks, with_strategies=with_strategies)
    listed = read_listed(plan.community, None, plan.start)
    assert listed is not None  # there is a history
    assert listed.buying is not None
    rows = np.flatnonzero(listed.buying.bought[: listed.roll.members[-1]])
    happened = _happened(source, orders, [listed.labels[row] for row in rows], cut, weeks)
    seen, fitted = listed.buying.seen.take(rows), listed.buying.fitted
    seeds = tuple(world_seed(seed, world) for world in range(worlds))
    with Pool(orders_by_week, plan, workers) as pool:
        simulated = pool.map(seeds, progress or (lambda done: None))
    shown = orders.day <= day_of(cut)
    so_far = [float(fitted.orders_to_come(seen, week).sum()) for week in in_season(plan, weeks)]
    return Backtest(
        scenario=scenario.name,
        cut=cut,
        customers=len(rows),
        repeats=int(seen.x.sum()),
        seed=seed,
        seeds=seeds,
        happened=happened,
        simulated=np.array(simulated),
        expected=np.diff(so_far),
        fitted=fitted,
        regularity=regularity(orders.customer[shown], orders.day[shown]),
    )


def in_season(plan: Scenario, weeks: int) -> list[float]:
    """Weeks from the start to the end of each week, the first 0, in weeks of usual buying.

    A season changes the pace of buying, and customers of the closed form lapse with their orders alone: so
    a day on which all buy twice as much is two days to it.
    """
    dates = [plan.start + dt.timedelta(days=day) for day in range(WEEK * weeks)]
    pace = np.cumsum([0.0, *(factors(plan.seasons, date)[0] for date in dates)])
    return [float(days) / WEEK for days in pace[::WEEK]]


def orders_by_week(plan: Scenario, seed: int) -> NDArray[np.int64]:
    """Orders per week in one world, by members who had bought before; one a day for each of them."""
    population = build(plan.community, plan.behaviour, seed, today=plan.start)
    events = simulate(plan, seed, detail="full", population=population).events
    known = population.buyer & (population.group >= 0)
    person = events["person"].astype(np.int64)
    counted = (events["kind"] == ORDER) & known[person]
    once = np.unique(events["day"][counted] * np.int64(len(known)) + person[counted])
    return np.bincount(once // len(known) // WEEK, minlength=plan.days // WEEK)


def _history(scenario: Scenario) -> History:
    if scenario.community.history is None:
        raise InputError(
            "has no order history to hold the runs against",
            where=scenario.name,
            remedy="name a file under community.history",
        )
    return scenario.community.history


def _period(source: Source, orders: Orders, cut: dt.date | None, weeks: int | None) -> tuple[dt.date, int]:
    """The day of the cut and the number of weeks, if the file allows them."""
    first, last = date_of(int(orders.day.min())), date_of(int(orders.day.max()))
    where, span = str(source.path), f"the orders go from {first} to {last}"
    if cut is None:
        remedy = f"give --until, or set community.history.until, such as {first + (last - first) / 2}"
        raise InputError(f"nothing says where to cut the history; {span}", where=where, remedy=remedy)
    if not first <= cut < last:
        raise InputError(f"can't be cut at {cut}: {span}", where=where, remedy="cut it in between")
    full = (last - cut).days // WEEK
    if not full:
        raise InputError(f"less than a week follows {cut}: {span}", where=where, remedy="cut it earlier")
    if weeks is not None and weeks > full:
        remedy = f"ask for {full} weeks at most, or cut it earlier"
        raise InputError(f"{weeks} weeks don't follow {cut}: {span}", where=where, remedy=remedy)
    return cut, min(weeks or full, MOST_WEEKS)


def _plan(
    scenario: Scenario, history: History, cut: dt.date, days: int, *, with_strategies: bool
) -> Scenario:
    """The scenario as it would have been written on the day of the cut."""
    community = scenario.community
    update: dict[str, object] = {"history": history.model_copy(update={"until": cut})}
    if community.roster:
        update["roster"] = community.roster.model_copy(update={"joined": None})
    if not with_strategies and history.activity is not None:
        update["activity"] = history.activity
    begun = {
        "community": community.model_copy(update=update),
        "start": cut + dt.timedelta(days=1),
        "strategies": scenario.strategies if with_strategies else (),
    }
    return with_days(scenario.model_copy(update=begun), days)


def _happened(
    source: Source, orders: Orders, customers: Sequence[str], cut: dt.date, weeks: int
) -> NDArray[np.int64]:
    """Orders per week after the cut, by these customers."""
    known = set(customers)
    counted = np.array([customer in known for customer in orders.ids])[orders.customer]
    week = (orders.day[counted] - day_of(cut) - 1) // WEEK
    happened = np.bincount(week[(week >= 0) & (week < weeks)], minlength=weeks)
    if not happened.any():
        raise InputError(
            f"none of the {len(customers):,} customers seen by {cut} ordered in the {weeks} weeks after it",
            where=str(source.path),
            remedy="cut it elsewhere, or take more weeks",
        )
    return happened


def regularity(customer: Ints, day: Ints) -> float:
    """Shape k of the intervals between orders: 1 at random (so BG/NBD takes them), more the more even.

    customer, day: of every order, in order of customer and day, no two alike.  For gamma distributed
    intervals of shape k the later one's share of two has a variance of 1 / (4 (2 k + 1)), whatever
    the customer's rate (Wheat and Morrison 1990, "Estimating purchase regularity with two interpurchase
    times", Journal of Marketing Research 27); the last two of each customer are taken.  NaN for fewer
    than 50 customers with three orders.
    """
    third = np.flatnonzero(customer[2:] == customer[:-2])
    last = third[np.flatnonzero(np.diff(customer[third], append=-1))]
    if len(last) < FEWEST:
        return math.nan
    early, late = day[last + 1] - day[last], day[last + 2] - day[last + 1]
    variance = float(((late / (early + late) - 0.5) ** 2).mean())
    return (1.0 - 4.0 * variance) / (8.0 * variance)
