"""Cut an order history, run the weeks that follow, and hold the runs against what happened.

Only customers seen before the cut count, and a customer's orders of one day are one order, in the file
and in the runs alike.  Beside the runs stands the closed form of the same fit (see
`commsim.population.repeat_buying`), which tells the fit's error from what the simulator adds.
"""

import datetime as dt
import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from commsim.analysis.hindsight import Backtest
from commsim.core.arrays import Floats, Ints
from commsim.core.errors import InputError
from commsim.experiments.effort import BACKTEST_WORLDS
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.population.build import build
from commsim.population.files import Source, locate
from commsim.population.history import date_of, day_of, read_orders
from commsim.population.listed import read_listed
from commsim.population.orders import Observed, Orders, observe
from commsim.population.repeat_buying import Fit, Purchases, fit
from commsim.population.repeat_choice import choose
from commsim.records.tables import ORDER
from commsim.scenario.length import with_days
from commsim.scenario.schema import History, Scenario
from commsim.scenario.seasons import factors
from commsim.simulation.run import simulate

WEEK = 7
MOST_WEEKS = 3650 // WEEK
"""A run has 3,650 days at most."""
EARLIER = 0.4, 0.55, 0.7, 0.85
"""Cuts at which the model is tried on what it is shown, as shares of the time before the cut."""
KNOTS = 24
"""Weeks at which the closed form is reckoned."""
ENOUGH = 50
"""Orders after an earlier cut, and customers' repeat orders before it, below which it tells nothing."""


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
    labels = [listed.labels[row] for row in rows]
    happened = _happened(source, orders, labels, cut, weeks)
    seen, fitted = listed.buying.seen.take(rows), listed.buying.fitted
    seeds = tuple(world_seed(seed, world) for world in range(worlds))
    with Pool(orders_by_week, plan, workers) as pool:
        simulated = pool.map(seeds, progress or (lambda done: None))
    shown = orders.where(orders.day <= day_of(cut))
    usual, until_weeks = observe(shown, day_of(cut)), in_season(plan, weeks)
    places = _places(usual, orders, labels)
    return Backtest(
        scenario=scenario.name,
        cut=cut,
        customers=len(rows),
        repeats=int(seen.x.sum()),
        seed=seed,
        seeds=seeds,
        happened=happened,
        simulated=np.array(simulated),
        expected=_expected(fitted, seen, until_weeks),
        bg_nbd=_expected(fit(usual.seen), usual.seen.take(places), until_weeks),
        fitted=fitted,
        trend=listed.buying.trend,
        regularity=listed.buying.regularity,
        errors=earlier_errors(shown, day_of(cut)),
    )


def _expected(fitted: Fit, seen: Purchases, until: list[float]) -> Floats:
    """Orders of each week by the closed form; beyond some weeks a cubic spline through these."""
    from scipy.interpolate import CubicSpline

    knots = np.unique(np.linspace(0, len(until) - 1, KNOTS).round().astype(int))
    at = np.array(until)
    so_far = [fitted.orders_to_come(seen, at[knot]) for knot in knots]
    return np.diff(CubicSpline(at[knots], so_far)(at)) if len(knots) > 2 else np.diff(so_far)


def _places(usual: Observed, orders: Orders, labels: Sequence[str]) -> Ints:
    """Where customers by these ids stand among those observed."""
    import pandas as pd

    return np.asarray(pd.Index([orders.ids[i] for i in usual.customers]).get_indexer(pd.Index(labels)))


def earlier_errors(shown: Orders, end: int) -> tuple[float, ...]:
    """Log of foretold over made orders from each earlier cut to the end; of those cuts that tell."""
    first = int(shown.day.min())
    found = []
    for share in EARLIER:
        cut = first + int(share * (end - first))
        weeks = (end - cut) // WEEK
        before = shown.where(shown.day <= cut)
        later = shown.where((shown.day > cut) & (shown.day <= cut + WEEK * weeks))
        made = int(np.isin(later.customer, before.customer).sum())
        if min(made, len(before.day) - len(np.unique(before.customer))) >= ENOUGH:
            choice = choose(before, cut)
            found.append(math.log(choice.fitted.orders_to_come(choice.observed.seen, weeks) / made))
    return tuple(found)


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
    if first == last:
        what = f"all orders are of {first}: nothing comes after it that could be foretold"
        raise InputError(what, where=where, remedy="give a longer history")
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
