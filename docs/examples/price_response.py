"""Price elasticity and the dip after a price cut, in scanner data and in simulated sales.

    python docs/examples/price_response.py

Reads cheese_bayesm.csv and tuna_bayesm.csv beside this file: see docs/real-data.md.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from commsim import Scenario, simulate
from commsim.analysis.price_response import dip, elasticity
from commsim.records.tables import ORDER

HERE = Path(__file__).parent
BRANDS = range(1, 8)
WEEKS, WORLDS, MEMBERS, PRICE = 104, 4, 10_000, 30.0
CUTS = (0.1, 0.2, 0.3)
"""Every fifth week, one after another; at the usual price in all other weeks."""
ALONE = {"advert": 1.0, "first_buyer": 0.0, "more_buyers": 0.0}
"""Nothing but the price: no announcement effect, nobody seen to buy."""


def trend(weeks):
    """A line and a parabola over the weeks."""
    at = np.linspace(-1.0, 1.0, weeks)
    return at, at**2


def cheese():
    """(price elasticity, log effect of full display) within 88 shops, and the elasticity of each shop."""
    table = pd.read_csv(HERE / "cheese_bayesm.csv")
    columns = [table[name].to_numpy() for name in ("VOLUME", "PRICE", "DISP")]
    shop = pd.factorize(table["RETAILER"])[0]
    single = [elasticity(*(column[shop == k] for column in columns))[0] for k in range(shop.max() + 1)]
    return elasticity(*columns, shop=shop), np.array(single)


def tuna():
    """Price elasticity and dip per brand, in one chain of shops."""
    table = pd.read_csv(HERE / "tuna_bayesm.csv")
    found = []
    for brand in BRANDS:
        units, price = table[f"MOVE{brand}"].to_numpy(float), np.exp(table[f"LPRICE{brand}"].to_numpy())
        controls = table[f"NSALE{brand}"].to_numpy(), *trend(len(table))
        found.append((elasticity(units, price, *controls)[0], dip(units, price, *controls[1:])))
    return np.array(found).T


def discounts():
    """The share taken off in every week."""
    return np.array([CUTS[week // 5 % 3] if week % 5 == 4 else 0.0 for week in range(WEEKS)])


def market(alone):
    """A tended community with a sale on every day, whose price changes from week to week."""
    sales = [
        {"kind": "flash_sale", "discount": float(off), "starts": 7 * week, "ends": 7 * week + 6, "hour": 8,
         "open_hours": 15, "scarce": False}
        for week, off in enumerate(discounts())
    ]  # fmt: skip
    return Scenario.model_validate(
        {
            "name": "price response",
            "days": 7 * WEEKS,
            "community": {"members": MEMBERS, "outside_per_member": 0},
            "products": [{"name": "coffee", "price": PRICE, "unit_cost": 15}],
            "strategies": [{"kind": "group_rules"}, {"kind": "content"}, *sales],
            "behaviour": {"buying": ALONE} if alone else {},
        }
    )


def weekly(scenario, seed):
    """Units per week: at the sale, and all."""
    records = simulate(scenario, seed, detail="full")
    orders = records.events["kind"] == ORDER
    week, cause = records.events["day"][orders] // 7, records.events["cause"][orders]
    at_sale = cause == records.causes.index("flash_sale")
    return [np.bincount(some, minlength=WEEKS).astype(float) for some in (week[at_sale], week)]


def simulated(alone):
    """Per world: elasticity of those who come to the sale, of all orders, and the dip in all orders."""
    price, scenario, found = PRICE * (1.0 - discounts()), market(alone), []
    for seed in range(WORLDS):
        came, everybody = weekly(scenario, seed)
        found.append(
            (
                elasticity(came, price, *trend(WEEKS))[0],
                elasticity(everybody, price, *trend(WEEKS))[0],
                dip(everybody, price, *trend(WEEKS)),
            )
        )
    return np.array(found).T


def spread(values, low=0.0, high=1.0):
    """The median, and two quantiles of the rest."""
    return f"{np.median(values):6.2f} ({np.quantile(values, low):.2f} to {np.quantile(values, high):.2f})"


def main():
    """Print the table."""
    within, shops = cheese()
    brands, brand_dips = tuna()
    rows = [
        ("cheese, within 88 shops", f"{within[0]:6.2f}"),
        ("cheese, shop by shop (quartiles)", spread(shops, 0.25, 0.75)),
        ("tuna, brand by brand (all 7)", spread(brands), spread(brand_dips)),
    ]
    for label, alone in (("model, price alone", True), ("model, as shipped", False)):
        came, everybody, dips = simulated(alone)
        rows.append((f"{label}: who comes to the sale", spread(came)))
        rows.append((f"{label}: all orders", spread(everybody), spread(dips)))
    print(f"{'':44}{'elasticity':24}{'dip, share of the bump'}")
    for label, *cells in rows:
        print(f"{label:44}" + "".join(f"{cell:24}" for cell in cells).rstrip())
    print(
        f"\nFull display in the cheese shops sells {np.exp(within[1]):.1f} times as much at the same price."
    )


if __name__ == "__main__":
    main()
