"""Shipped plans give the results that are stored in shipped.csv; `golden_tables` says how to renew them."""

import golden_tables as tables
import pytest

IF_MEANT = "if it was meant: python tests/golden/golden_tables.py, and tell the changelog"


@pytest.mark.parametrize("name", tables.plans())
def test_a_shipped_plan_gives_the_stored_results(name):
    stored, now = tables.read().get(name, {}), tables.row(name)
    moved = {
        column: (stored.get(column), value) for column, value in now.items() if stored.get(column) != value
    }
    assert not moved, f"{name} moved; {IF_MEANT}"


def test_the_table_holds_no_plan_that_is_gone():
    assert sorted(tables.read()) == tables.plans()
