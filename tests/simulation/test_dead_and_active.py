"""The two shipped groups whose only difference is what their operator does: one dies, one lives and earns."""

import numpy as np
import pytest

from commsim.scenario.load import load
from commsim.simulation.run import simulate

SEEDS = range(8)


@pytest.fixture(scope="module")
def runs():
    names = ("dead-group", "active-group", "unmanaged-group")
    return {name.split("-")[0]: [simulate(load(name), seed) for seed in SEEDS] for name in names}


def weekly(runs, name, column):
    """Sums over members by week, averaged over seeds, per member and day."""
    days = np.mean(
        [records.daily[column][:56] / records.daily["members"][:56] for records in runs[name]], axis=0
    )
    return days.reshape(8, 7).mean(axis=1)


def muted_share(runs, name):
    """Muted members at the end."""
    return np.mean([records.daily["muted"][-1] / records.daily["members"][-1] for records in runs[name]])


def left_share(runs, name):
    """Who left, of those who were there at the start."""
    return np.mean([r.daily["left"].sum() / (r.daily["members"][0] + r.daily["left"][0]) for r in runs[name]])


def test_people_are_the_same_in_both():
    dead, active = load("dead-group"), load("active-group")
    for part in ("behaviour", "community", "products", "operator", "days", "start"):
        assert getattr(dead, part) == getattr(active, part)


def test_the_dead_group_is_dead_within_weeks(runs):
    looked, talked = weekly(runs, "dead", "looked"), weekly(runs, "dead", "messages")
    assert looked[0] > 0.2
    assert looked[-1] < 0.12
    assert looked[-1] < 0.4 * looked[0]
    assert talked[-1] < 0.2 * talked[0]
    assert talked[-1] < 0.03


def test_the_active_group_lives_and_earns(runs):
    looked, talked = weekly(runs, "active", "looked"), weekly(runs, "active", "messages")
    assert looked[-1] > 0.15
    assert talked[-1] > 0.005
    assert looked[-1] > 2.5 * weekly(runs, "dead", "looked")[-1]
    assert talked[-1] > 5 * weekly(runs, "dead", "messages")[-1]
    assert all(records.ledger["fen"].sum() > 0 for records in runs["active"])


def test_members_mute_and_leave_the_dead_group_most(runs):
    muted = {name: muted_share(runs, name) for name in runs}
    left = {name: left_share(runs, name) for name in runs}
    assert muted["dead"] > 0.6
    assert muted["dead"] > muted["active"] + 0.15
    assert 0.25 < muted["active"] < 0.65
    assert left["dead"] > 1.5 * left["active"]
    assert 0.02 < left["unmanaged"] < 0.3


def test_adverts_sell_more_at_first_and_less_in_the_end(runs):
    """The trap: against doing nothing, weeks 1 and 2 look good and weeks 7 and 8 do not."""
    orders = {
        name: np.mean([r.daily["orders"] for r in runs[name]], axis=0) for name in ("dead", "unmanaged")
    }
    assert orders["dead"][:14].sum() > 1.02 * orders["unmanaged"][:14].sum()
    assert orders["dead"][42:56].sum() < orders["unmanaged"][42:56].sum()
    assert orders["dead"][:28].sum() / orders["unmanaged"][:28].sum() > (
        orders["dead"][28:].sum() / orders["unmanaged"][28:].sum()
    )
