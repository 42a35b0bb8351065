"""Strategies whose settings change on a day: entries of one name, one after another."""

import pytest
from pydantic import ValidationError
from worlds import EIGHT, differing, plan, run

from commsim.core.errors import InputError
from commsim.core.units import to_fen
from commsim.scenario.change import changed, read_strategy, running
from commsim.scenario.load import dump, loads

KINDS = [settings["kind"] for settings in EIGHT if settings["kind"] != "group_rules"]
LIVELY = plan(*EIGHT, days=24, arrivals_per_day=2.0)
CUT = 14


def entry(scenario, name, number=0):
    return [strategy for strategy in scenario.strategies if strategy.name == name][number]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_settings_from_a_day_on_change_no_byte(kind):
    split = changed(LIVELY, CUT, kind, entry(LIVELY, kind))
    assert len(split.strategies) == len(LIVELY.strategies) + 1
    assert entry(split, kind).ends == CUT - 1
    assert entry(split, kind, 1).starts == CUT
    assert differing(run(LIVELY), run(split)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_out_on_a_day_leaves_the_days_before(kind):
    without = changed(LIVELY, CUT, kind, None)
    assert differing(run(LIVELY), run(without), until=CUT) == []
    assert differing(run(LIVELY), run(without)) != []


def test_new_settings_hold_from_the_day_on_and_are_one_row_in_the_ledger():
    rich = changed(
        LIVELY, CUT, "red_envelope", read_strategy({"kind": "red_envelope", "total": 50, "hour": 12})
    )
    records = run(rich)
    assert differing(run(LIVELY), records, until=CUT) == []
    assert records.causes.count("red_envelope") == 1
    ledger = records.ledger
    mine = ledger["cause"] == records.causes.index("red_envelope")
    before, after = (
        ledger["fen"][mine & (ledger["day"] == CUT - 1)],
        ledger["fen"][mine & (ledger["day"] == CUT)],
    )
    assert after.sum() < before.sum() < 0


def test_a_budget_is_spent_once_across_changes():
    thrifty = {"kind": "red_envelope", "total": 10, "budget": 60}
    scenario = changed(plan(thrifty), 3, "red_envelope", read_strategy({**thrifty, "total": 5}))
    records = run(scenario)
    accounts = records.ledger["account"] == records.accounts.index("envelopes")
    assert -to_fen(60) <= records.ledger["fen"][accounts].sum() < 0
    assert records.ledger["day"][accounts].max() < 8


def test_a_check_in_pays_once_and_on_the_new_ladder():
    points = {"kind": "check_in", "points": 5, "redeem_at": 1000}
    split = changed(plan(points), 10, "check_in", read_strategy({**points, "points": 9}))
    records = run(split)
    given = records.members["points"].sum()
    checked = records.daily["checked_in"]
    assert given == 5 * checked[:10].sum() + 9 * checked[10:].sum()


def test_the_closing_days_stay_where_they_were():
    sale = {"kind": "flash_sale", "discount": 0.2, "ends": 15, "closing": 4}
    split = changed(plan(sale), 14, "flash_sale", entry(plan(sale), "flash_sale"))
    assert [(s.starts, s.ends, s.closing) for s in split.strategies] == [(0, 13, 2), (14, 15, 2)]


def test_a_change_on_the_first_day_or_twice_on_one_day_leaves_one_entry():
    base = plan({"kind": "advert"})
    once = changed(base, 0, "advert", read_strategy({"kind": "advert", "posts": 2}))
    assert [(s.posts, s.starts, s.ends) for s in once.strategies] == [(2, 0, None)]
    twice = changed(changed(base, 5, "advert", entry(once, "advert")), 5, "advert", None)
    assert [(s.posts, s.starts, s.ends) for s in twice.strategies] == [(1, 0, 4)]


def test_what_is_running_on_a_day():
    base = changed(plan({"kind": "advert"}), 5, "content", read_strategy({"kind": "content"}))
    base = changed(base, 9, "advert", None)
    assert [s.name for s in running(base, 0)] == ["advert", "content"]
    assert [s.name for s in running(base, 9)] == ["content"]


def test_an_event_that_is_being_announced_is_refused():
    sale = plan({"kind": "flash_sale", "discount": 0.2, "starts": 6, "warm_up": 3})
    with pytest.raises(InputError, match="announced for day 7; change it from day 8 on"):
        changed(sale, 5, "flash_sale", None)
    assert changed(sale, 3, "flash_sale", None).strategies == ()


def test_a_changed_plan_reads_back_as_itself():
    split = changed(LIVELY, CUT, "advert", read_strategy({"kind": "advert", "posts": 5}))
    assert loads(dump(split)) == split


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"kind": "advert", "posts": 99}, "posts: must be 1 to 20"),
        ({"kind": "advert", "post": 9}, "post: unknown key; did you mean posts"),
        ({"kind": "advrt"}, "did you mean advert"),
        ({}, "no strategy has the kind"),
    ],
)
def test_wrong_settings_are_told(settings, message):
    with pytest.raises(InputError, match=message):
        read_strategy(settings)


def test_a_change_that_makes_no_plan_is_told():
    with pytest.raises(InputError, match="there is no product 'tea'"):
        changed(plan(), 3, "sale", read_strategy({"kind": "flash_sale", "discount": 0.2, "product": "tea"}))


def test_entries_of_one_name_must_be_of_one_kind_and_in_turn():
    with pytest.raises(ValidationError, match="the name 'x' is taken by number 1"):
        plan({"kind": "advert", "name": "x", "ends": 5}, {"kind": "content", "name": "x", "starts": 6})
    with pytest.raises(ValidationError, match="begin after that one has ended"):
        plan({"kind": "advert", "ends": 5}, {"kind": "advert", "starts": 5})
