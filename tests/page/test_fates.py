"""Who is suggested: those whose fate differs most, of different kinds, by what has happened until then."""

import numpy as np
from plans import ADVERTS, small

from commsim.page.fates import (
    AWAY,
    LEFT,
    LOOKING,
    MOST,
    MUTED,
    QUIET,
    Fates,
    better_off,
    fates,
    suggested,
)
from commsim.records.tables import LEAVE, ORDER
from commsim.simulation.run import simulate

ORDERS = np.array([3000, 3000, 2000])


def run(standing, spent=None):
    """One evening, by person."""
    spent = np.zeros(len(standing), np.int64) if spent is None else np.array(spent)
    return Fates(np.array([standing], np.int8), spent[None, :], ORDERS)


def test_the_greatest_difference_comes_first_and_none_is_not_told():
    here, there = run([LOOKING, LEFT, MUTED, QUIET]), run([LOOKING, LOOKING, LOOKING, LOOKING])
    assert suggested([here, there], 0) == (1, 2, 3)
    assert suggested([here, here], 0) == ()


def test_money_counts_by_orders_and_by_its_share():
    alike = [LOOKING] * 3
    few, many = run(alike, [0, 60_000, 0]), run(alike, [9000, 69_000, 0])
    assert suggested([few, many], 0) == (0,)  # 3 of 3 orders against 3 of 23


def test_money_never_counts_more_than_a_death_and_three_orders():
    few, many = run([LOOKING, LEFT], [0, 0]), run([LOOKING, LOOKING], [60_000, 9000])
    assert suggested([few, many], 0) == (1, 0)  # 20 orders against none, and left with 3 orders less


def test_who_pays_more_under_either_plan_is_of_another_kind():
    alike = [LOOKING] * 6
    here, there = run(alike, [9000] * 3 + [0] * 3), run(alike, [0] * 3 + [9000] * 3)
    assert set(suggested([here, there], 0)) == {0, 1, 3, 4}


def test_not_five_of_the_same_kind():
    here = run([LEFT] * 8 + [MUTED, QUIET, LOOKING])
    there = run([LOOKING] * 10 + [LEFT])
    found = suggested([here, there], 0)
    assert set(found) == {0, 1, 8, 9, 10}
    assert len(found) == MOST
    assert suggested([run([LEFT] * 8), run([LOOKING] * 8)], 0) == (0, 1)


def test_who_was_suggested_stays_where_others_differ_as_much():
    here, there = run([LEFT] * 6), run([LOOKING] * 6)
    assert suggested([here, there], 0) == (0, 1)
    assert suggested([here, there], 0, before=(4, 5)) == (4, 5)
    assert suggested([run([LOOKING] * 6), there], 0, before=(4, 5)) == ()


def test_who_stands_better_under_one_plan_alone():
    here, there = run([LOOKING, LEFT, MUTED, AWAY, QUIET]), run([LEFT, LOOKING, LOOKING, LOOKING, QUIET])
    counted = np.array([True, True, True, False, True])
    assert better_off([here, there], counted).tolist() == [[1], [2]]


def test_fates_are_those_of_the_record_and_a_suggestion_knows_no_later_day():
    plans = (small("a", strategies=[ADVERTS]), small("b"))
    runs = [fates(plan, 5) for plan in plans]
    events = simulate(plans[0], 5, detail="full").events
    left = events["person"][events["kind"] == LEAVE]
    assert sorted(np.flatnonzero(runs[0].standing[-1] == LEFT).tolist()) == sorted(left.tolist())
    assert runs[0].spent[-1].sum() == events["fen"][events["kind"] == ORDER].sum()
    found = suggested(runs, 8)
    assert found
    cut = [Fates(one.standing[:9], one.spent[:9], one.orders) for one in runs]
    assert suggested(cut, 8) == found
