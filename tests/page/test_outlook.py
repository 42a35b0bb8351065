"""The band behind the curves, the money beyond nobody running the groups, and the quarter after the run."""

import numpy as np
from plans import ADVERTS, LIVELY, small
from test_session import ask, started
from test_trace import unpack

from commsim.analysis.measures import path
from commsim.page import outlook as page_outlook
from commsim.page.alone import alone
from commsim.page.outlook import QUARTER, curves, next_quarter, outlook
from commsim.page.trace import Wanted, trace
from commsim.simulation.run import simulate

WEARY = small("weary", days=6, strategies=[ADVERTS])


def profit(plan, seed):
    return path(simulate(plan, seed))[:, -1]


def test_a_trace_has_the_money_of_the_same_world_with_nobody_running_it():
    head, _ = unpack(trace(Wanted(LIVELY, 5)))
    assert head["alone"] == profit(LIVELY.left_alone(), 5).tolist() == alone(LIVELY, 5).tolist()
    assert head["alone"] != head["daily"]["profit"]


def test_curves_are_those_of_the_page():
    found = curves(WEARY, 3)
    daily = simulate(WEARY, 3).daily
    assert found["active"].tolist() == (100.0 * daily["looked"] / daily["members"]).tolist()
    assert found["ringing"].tolist() == (daily["members"] - daily["muted"]).tolist()
    own = np.cumsum(profit(WEARY, 3) - profit(WEARY.left_alone(), 3))
    assert np.allclose(found["own"], own)


def test_the_next_quarter_is_the_plan_going_on():
    longer = WEARY.model_copy(update={"days": WEARY.days + QUARTER})
    more = profit(longer, 3) - profit(longer.left_alone(), 3)
    assert next_quarter(WEARY, 3) == more[6:].sum()
    assert profit(longer, 3)[:6].tolist() == profit(WEARY, 3).tolist()


def test_the_band_holds_nine_in_ten_worlds(monkeypatch):
    monkeypatch.setattr(page_outlook, "WORLDS", 10)
    monkeypatch.setattr(page_outlook, "AFTERWARDS", 2)
    found = outlook(Wanted(WEARY, 5))
    assert found["worlds"] == 10
    low, high = np.array(found["band"]["ringing"])
    all_worlds = np.array([curves(WEARY, seed)["ringing"] for seed in range(10)])
    assert (all_worlds.min(axis=0) <= low).all()
    assert (low <= high).all()
    assert (high <= all_worlds.max(axis=0)).all()
    quarter = found["quarter"]
    assert quarter["low"] <= quarter["mean"] <= quarter["high"]


def test_large_plans_have_no_band(monkeypatch):
    monkeypatch.setattr(page_outlook, "MOST", 120 * 6 * 9)
    assert outlook(Wanted(WEARY, 5)) == {}
    talk, _ = started()
    assert ask(talk, do="outlook", panel=1) == [{"type": "outlook", "panel": 1, "found": {}}]
