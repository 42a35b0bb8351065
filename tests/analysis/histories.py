"""Order histories of customers whose rates are known, and plans that read them."""

import datetime as dt

import numpy as np

from commsim.scenario.schema import Scenario

START = dt.date(2025, 1, 1)
CUT = dt.date(2025, 10, 7)
"""The end of the fortieth week."""


def orders(people=1500, weeks=60, shape=0.5, alpha=3.0, a=0.8, b=3.0, seed=1, k=1):
    """Rows (customer, date) of people who buy as BG/CNBD-k says, first in one of the first 20 weeks."""
    luck = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        rate, lapse = luck.gamma(shape, 1 / alpha) / 7, luck.beta(a, b)
        day = luck.uniform(0, 140)
        while day < 7 * weeks:
            rows.append((f"c{person}", START + dt.timedelta(days=int(day))))
            first = len(rows) < 2 or rows[-2][0] != rows[-1][0]
            if not first and luck.random() < lapse:
                break
            day += luck.exponential(1 / rate) if k == 1 else luck.gamma(k, 1 / (k * rate))
    return rows


def write(file, rows):
    file.write_text("customer,date\n" + "".join(f"{customer},{day}\n" for customer, day in rows))
    return file


def scenario(file, *, until=CUT, strategies=(), history=None, **community):
    history = {"file": str(file), "until": until, "activity": 0.02} | (history or {})
    return Scenario.model_validate(
        {
            "name": "shop",
            "community": {"history": history, "outside_per_member": 0, "group_size": 200, **community},
            "products": [{"name": "coffee", "price": 30, "unit_cost": 15}],
            "strategies": strategies,
        }
    )
