"""The tables of a run that is read while it goes on, and more than once; what is kept in less memory."""

import gc
from weakref import ref

import numpy as np
import pytest
from worlds import EIGHT, plan, world

from commsim.simulation import recorder


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


@pytest.mark.parametrize("rows", [1, 20, 24])
def test_days_put_away_in_small_types_come_back_as_they_were(rows, monkeypatch):
    scenario = plan(*EIGHT, members=60, group_size=20, days=8, arrivals_per_day=0.5)

    def lives():
        made = world(scenario)
        for _ in range(scenario.days):
            made.advance()
        return made

    usual = lives().records().groups
    assert usual["revenue"].max() > 255
    monkeypatch.setattr(recorder, "_ROWS", rows)
    sparing = lives()
    assert sparing.recorder.sums.group_counts.shape[1] < scenario.days
    found = sparing.records().groups
    assert list(found) == list(usual)
    for name, column in usual.items():
        assert (found[name].dtype, found[name].tolist()) == (column.dtype, column.tolist()), name


def test_what_is_kept_outlives_the_world_at_once():
    made = world(plan(*EIGHT, members=60, group_size=20, days=8))
    for _ in range(8):
        made.advance()
    wanted, kept, watched = made.records(), made.kept(), ref(made)
    gc.disable()
    try:
        del made
        assert watched() is None, "something refers to the world in a circle"
    finally:
        gc.enable()
    assert kept.records().daily["orders"].tolist() == wanted.daily["orders"].tolist()
    assert kept.records().groups["revenue"].sum() == wanted.daily["revenue"].sum()
