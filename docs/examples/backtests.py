"""Three real order histories, each cut at several dates: the error of the simulator beside that of BG/NBD.

    python docs/examples/backtests.py

Reads the files that cdnow.yaml, grocery.yaml and apparel.yaml name: see docs/real-data.md.
"""

import datetime as dt
from pathlib import Path

import numpy as np

from commsim import Scenario, backtest
from commsim.population.files import locate
from commsim.population.history import read_orders

HERE = Path(__file__).parent
WORLDS = 4
CUTS = {
    "cdnow": ("1997-06-30", "1997-09-30", "1997-12-31", "1998-03-31"),
    "grocery": ("2006-06-30", "2006-12-31", "2007-06-30"),
    "apparel": ("2006-12-31", "2007-12-31", "2008-12-31"),
}
"""The second one of each is the half of the file."""


def regularity(plan):
    """How regularly customers order: 1 at random, more the more regular (Wheat and Morrison 1990).

    Of the last two intervals of a customer, the later one's share has a variance of 1 / (4 (2 k + 1)).
    """
    history = plan.community.history
    orders = read_orders(locate(history.file, None), history)
    again = orders.customer[2:] == orders.customer[:-2]
    last = again & np.append(orders.customer[3:] != orders.customer[2:-1], True)
    early, late = (np.diff(orders.day)[shift : len(orders.day) - 2 + shift][last] for shift in (0, 1))
    variance = ((late / (early + late) - 0.5) ** 2).mean()
    return (1 - 4 * variance) / (8 * variance)


def main():
    """Print the table, a line per cut, and how regularly customers order."""
    print(f"{'':10}{'shown until':14}{'weeks':>6}{'orders':>10}{'simulated':>12}{'':9}{'BG/NBD':>9}")
    plans = {name: Scenario.load(HERE / f"{name}.yaml") for name in CUTS}
    for name, cuts in CUTS.items():
        for cut in cuts:
            found = backtest(plans[name], until=dt.date.fromisoformat(cut), worlds=WORLDS)
            made, ran, formula = found.happened.sum(), found.total.mean, found.expected.sum()
            print(
                f"{name:10}{cut:14}{found.weeks:6}{made:10,}{ran:12,.0f}{ran / made - 1:+9.1%}"
                f"{formula:9,.0f}{formula / made - 1:+9.1%}"
            )
    told = ", ".join(f"{name} {regularity(plan):.2f}" for name, plan in plans.items())
    print(f"\nRegularity of orders (1 is random): {told}")


if __name__ == "__main__":
    main()
