"""Groups that their operator leaves to themselves: the plain twin, what ends, how days are counted."""

from pathlib import Path

import numpy as np
import pytest
from test_equal_bits import ALL, both, differing, of_few
from worlds import plan, run

from commsim.analysis.measures import outcomes
from commsim.analysis.self_run import left_alone_on, self_run_days
from commsim.core.mechanisms.hands_off import HANDS_OFF
from commsim.scenario.schema import Operator

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "hands_off.md"
POST = {"kind": "content", "cost": 5}
SALE = {"kind": "flash_sale", "discount": 0.3, "weekdays": ["tue", "sat"]}


class PlainHandsOff:
    """The mark of the day; that nobody acts stands in the plain community."""

    def __init__(self, model):
        self.model = model

    def morning(self):
        pass

    def dial(self):
        pass

    def told(self):
        return {}

    def close(self):
        pass

    def numbers(self):
        return {"by_itself": int(self.model.day >= self.model.plan.operator.hands_off)}


def test_the_engine_and_the_plain_rules_leave_the_same_bits():
    operator = Operator(hands_off=9, minutes_per_group=3.0, tools_per_group=200)
    made = of_few("unmanaged-group", *ALL, operator=operator, members=150, days=16)
    engine, plain = both(made, PlainHandsOff)
    assert differing(engine, plain) == []
    assert engine.records().daily["by_itself"].tolist() == [0] * 9 + [1] * 7


def test_until_then_it_is_the_plan_and_afterwards_nobody_does_anything():
    left = run(plan(POST, SALE, operator={"hands_off": 10, "minutes_per_group": 2}, days=30))
    kept = run(plan(POST, SALE, operator={"minutes_per_group": 2}, days=30))
    for name in kept.daily:
        assert (left.daily[name][:10] == kept.daily[name][:10]).all(), name
    assert not left.daily["operator_posts"][10:].any()
    books = left.ledger
    spent = [left.accounts.index(name) for name in ("staff", "content", "discount")]
    assert books["day"][np.isin(books["account"], spent)].max() == 9
    assert left.daily["orders"][10:].any()  # from the shelf


def test_all_strategies_ending_the_day_before_is_the_same():
    """As far as they have no closing days."""
    ends = {"ends": 9}
    left = run(plan(POST, SALE, operator={"hands_off": 10}, days=20))
    cut = run(plan(POST | ends, SALE | ends, days=20))
    for name in cut.daily:
        if name not in ("worn",):
            assert (left.daily[name] == cut.daily[name]).all(), name


def told(*groups, first):
    """Records of groups with these looks a day, left alone from a day on."""
    looked = np.array(groups)
    days = looked.shape[1]
    table = {"looked": looked.T.ravel(), "members": np.full(looked.size, 50)}
    daily = {"day": np.arange(days), "by_itself": (np.arange(days) >= first).astype(np.int8)}
    return _Told(days, daily, table)


class _Told:
    """What is read of records."""

    def __init__(self, days, daily, groups):
        self.days, self.daily, self.groups = days, daily, groups


def test_days_are_counted_to_the_first_week_below_half_of_the_last_under_care():
    falls_at_once, holds = [20] * 14 + [9] * 26, [20] * 40
    drops_late = [20] * 24 + [0] * 16
    empty = [0] * 14 + [5] * 26
    assert self_run_days(told(falls_at_once, first=14)) == 0
    assert self_run_days(told(holds, first=14)) == 26
    assert (
        self_run_days(told(drops_late, first=14)) == 7
    )  # the week from day 21 on has 3 full days: below half
    assert self_run_days(told(holds, empty, first=14)) == 13
    assert left_alone_on(told(holds, first=14)) == 14


def test_it_is_an_outcome_and_nought_where_nobody_is_left_alone():
    assert outcomes(run(plan(POST, days=20)))["self_run"] == 0.0
    left = run(plan(POST, SALE, operator={"hands_off": 10}, days=30))
    assert outcomes(left)["self_run"] == pytest.approx(self_run_days(left))


def test_its_page_names_all_of_it():
    text = DOCS.read_text(encoding="utf-8")
    assert all(f"`{one.name}`" in text for one in HANDS_OFF.daily)
    assert "`self_run`" in text
