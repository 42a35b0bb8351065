"""Every shipped plan with a rent that ends the shop: nothing is said, sold or paid for after that."""

import numpy as np
import pytest

from commsim.scenario.load import load, loads
from commsim.scenario.shipped import shipped
from commsim.simulation.run import simulate

STILL = {"refunds", "breakage", "fees", "parties"}
"""Parcels on their way come back, of which others give back their part; what was paid ahead runs out."""
RENT = "cash: {opening: 500000, fixed: [{name: rent, per_month: 50000000}]}"
RUNS = sorted(
    name
    for name in shipped()
    if not load(name).community.roster
    and not load(name).community.history
    and load(name).community.members < 9000
)


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNS)
def test_nothing_goes_on_in_a_shop_that_has_closed(name):
    records = simulate(loads(f"extends: {name}\nname: closes\ndays: 60\n{RENT}"), 3)
    daily, ledger = records.daily, records.ledger
    (day,) = np.flatnonzero(daily["ran_out"])
    accounts = {records.accounts[code] for code in ledger["account"][ledger["day"] > day]}
    assert day == 29
    assert accounts <= STILL
    assert daily["orders"][day + 1 :].sum() == daily["operator_posts"][day + 1 :].sum() == 0
    assert daily["members"][-1] > 0
