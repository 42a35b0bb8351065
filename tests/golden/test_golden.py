"""Shipped plans give the results that are stored in shipped.csv; see golden_tables.py for a change that is meant."""

import pytest
import golden_tables as tables


@pytest.mark.parametrize("name", tables.plans())
def test_a_shipped_plan_gives_the_stored_results(name):
    stored, now = tables.read().get(name, {}), tables.row(name)
    moved = {
        column: f"{stored.get(column)} -> {value}"
        for column, value in now.items()
        if stored.get(column) != value
    }
    assert not moved, (
        f"{name} moved; if it was meant: python tests/golden/golden_tables.py, and tell the changelog"
    )


def test_the_table_holds_no_plan_that_is_gone():
    assert sorted(tables.read()) == tables.plans()
