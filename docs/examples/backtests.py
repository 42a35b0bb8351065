"""Three real order histories, each cut at several dates: the error of the simulator beside other models.

    python docs/examples/backtests.py              ten cuts
    python docs/examples/backtests.py --rolling    many cuts: how often intervals hold

Reads the files that cdnow.yaml, grocery.yaml and apparel.yaml name: see docs/real-data.md.
"""

import datetime as dt
import sys
from pathlib import Path

import numpy as np
import pareto_nbd

from commsim import Scenario, backtest
from commsim.analysis.backtest import earlier_errors
from commsim.analysis.hindsight import spread
from commsim.population.files import locate
from commsim.population.history import day_of, read_orders
from commsim.population.orders import observe
from commsim.population.repeat_choice import choose

EXAMPLES = HERE = Path(__file__).parent
WORLDS = 4
CUTS = {
    "cdnow": ("1997-06-30", "1997-09-30", "1997-12-31", "1998-03-31"),
    "grocery": ("2006-06-30", "2006-12-31", "2007-06-30"),
    "apparel": ("2006-12-31", "2007-12-31", "2008-12-31"),
}
"""The second one of each is the half of the file."""
ROLLING = np.arange(0.30, 0.92, 0.04)
"""Cuts, as shares of the time from the first order to the last."""
HORIZONS = 13, 26, 0
"""Weeks foretold from each; 0 for all that there are."""
EVERY = 5
"""Of the customers of the CD shop every fifth is taken for the rolling cuts, as there are 23,570."""


def orders_of(name):
    """All orders of an example."""
    history = Scenario.load(EXAMPLES / f"{name}.yaml").community.history
    return read_orders(locate(HERE / history.file.name, None), history)


def made(orders, cut, weeks):
    """Orders in the weeks after a cut by customers seen before."""
    shown = orders.where(orders.day <= cut)
    later = orders.where((orders.day > cut) & (orders.day <= cut + 7 * weeks))
    return int(np.isin(later.customer, shown.customer).sum())


def ten_cuts():
    """A line per cut, and the root mean square of the errors."""
    print(
        f"{'':8}{'shown until':13}{'weeks':>5}{'orders':>8}{'simulated':>11}{'error':>8}{'formula':>9}"
        f"{'BG/NBD':>9}{'Pareto/NBD':>12}{'regularity':>12}{'trend':>7}"
    )
    errors = []
    for name, cuts in CUTS.items():
        plan, orders = Scenario.load(EXAMPLES / f"{name}.yaml"), orders_of(name)
        for cut in cuts:
            until = dt.date.fromisoformat(cut)
            found = backtest(plan, until=until, worlds=WORLDS)
            shown = orders.where(orders.day <= day_of(until))
            happened, seen = found.happened.sum(), observe(shown, day_of(until)).seen
            pareto = pareto_nbd.orders_to_come(pareto_nbd.fit(seen), seen, found.weeks)
            foretold = found.total.mean, found.expected.sum(), found.bg_nbd.sum(), pareto
            off = [number / happened - 1 for number in foretold]
            errors.append(off)
            print(
                f"{name:8}{cut:13}{found.weeks:5}{happened:8,}{foretold[0]:11,.0f}{off[0]:+8.1%}{off[1]:+9.1%}"
                f"{off[2]:+9.1%}{off[3]:+12.1%}{found.regularity:12.1f}{found.trend:7.2f}"
            )
    square = np.sqrt(np.mean(np.square(errors), axis=0))
    worst = np.abs(errors).max(axis=0)
    for label, row in (("root mean square", square), ("worst", worst)):
        print(f"{label:45}{row[0]:8.1%}{row[1]:9.1%}{row[2]:9.1%}{row[3]:12.1%}")


def rolling(name):
    """Whether the 90 % interval of each rolling cut and horizon held."""
    orders = orders_of(name)
    if name == "cdnow":
        orders = orders.where(orders.customer % EVERY == 0)
    first, last = int(orders.day.min()), int(orders.day.max())
    for share in ROLLING:
        cut = first + int(share * (last - first))
        most = (last - cut) // 7
        shown = orders.where(orders.day <= cut)
        choice, errors = choose(shown, cut), earlier_errors(shown, cut)
        for weeks in {min(most, weeks) if weeks else most for weeks in HORIZONS}:
            happened = made(orders, cut, weeks)
            foretold = choice.fitted.orders_to_come(choice.observed.seen, weeks)
            yield abs(np.log(foretold / happened)) <= spread(errors, 1.0 / foretold)


def main():
    """Ten cuts, or the share of rolling ones whose interval held."""
    if sys.argv[1:] == ["--rolling"]:
        held = {name: list(rolling(name)) for name in CUTS}
        for name, of in (*held.items(), ("all", [one for some in held.values() for one in some])):
            print(f"{name:8} 90 % intervals of {len(of):3} forecasts: {np.mean(of):.0%} hold")
    else:
        ten_cuts()


if __name__ == "__main__":
    main()
