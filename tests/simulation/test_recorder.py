"""The tables of a run that is read while it goes on, and more than once."""

import numpy as np
from worlds import EIGHT, plan, world


def test_the_table_of_groups_on_the_way_is_the_beginning_of_the_whole():
    scenario = plan(*EIGHT, members=60, group_size=20, days=8, arrivals_per_day=0.5)
    made = world(scenario)
    for _ in range(5):
        made.advance()
    early = made.records().groups
    for _ in range(3):
        made.advance()
    whole, again = made.records().groups, made.records().groups
    shape = 8, len(whole["day"]) // 8
    assert shape[1] > 1
    assert (np.unique(whole["day"]).tolist(), early["day"].max()) == (list(range(8)), 4)
    same_groups = np.isin(whole["group"], early["group"]) & (whole["day"] < 5)
    for name, column in early.items():
        assert column.tolist() == whole[name][same_groups].tolist(), name
        assert again[name].tolist() == whole[name].tolist()
    assert whole["orders"].sum() > 0
