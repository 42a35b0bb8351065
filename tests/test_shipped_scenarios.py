"""Every shipped scenario loads, says what it is for, and stands in the comparison that it promises."""

import csv
from itertools import pairwise

import numpy as np
import pytest

from commsim.scenario.lint import findings
from commsim.scenario.load import dump, load, loads
from commsim.scenario.shipped import shipped
from commsim.simulation.run import simulate
from commsim.strategies.registry import kinds

SINGLE = {
    "red-envelope": "red_envelope",
    "flash-sale": "flash_sale",
    "group-buying": "group_buying",
    "distributor-rebate": "distributor_rebate",
    "check-in": "check_in",
    "adverts": "advert",
    "content": "content",
    "group-rules": "group_rules",
    "levels": "levels",
    "membership": "membership",
    "stored-value": "stored_value",
    "upgrade": "upgrade",
    "service": "service",
    "robot": "robot",
    "free-service": "free_service",
    "personal-contact": "personal_contact",
    "persona": "persona",
    "coupon": "coupon",
    "one-yuan-trial": "trial",
    "lottery": "lottery",
    "bargain": "bargain",
    "split": "split",
    "shareholders": "shareholder",
    "texts": "contact",
    "moments": "moments",
    "win-back": "win_back",
    "stories": "story",
    "live": "live",
}
OTHERS = {
    "agents",
    "companies",
    "easy-rules",
    "fans",
    "several-groups",
    "pains-first",
    "slipshod",
    "variety",
    "gated",
    "hands-off",
    "unmanaged-group",
    "dead-group",
    "active-group",
    "beauty-welfare-group",
    "slimming-tiers",
    "real-shop",
    "rival",
    "first-effect",
    "pipeline",
    "cash",
    "s2b2c",
    "b2b2c",
    "passing-on",
    "goods",
    "pre-sale",
    "packs",
    "seasons",
    "sources",
    "fans-to-members",
    "price-bands",
    "recap",
    "shills",
    "unlike-groups",
    "fruit-shop",
    "guide-shop",
    "guide-reliable",
    "guide-operation",
    "guide-campaign",
    "guide-economy",
    "guide-tiers",
}


def test_the_set_is_complete():
    assert set(shipped()) == set(SINGLE) | OTHERS
    assert set(SINGLE.values()) <= set(kinds())


@pytest.mark.parametrize("name", sorted(set(SINGLE) | OTHERS))
def test_each_loads_says_what_it_is_for_and_dumps_equal(name):
    scenario = load(name)
    assert scenario.name
    assert scenario.about.endswith(".")
    assert loads(dump(scenario)) == scenario


@pytest.mark.parametrize("name", sorted(set(SINGLE) | OTHERS))
def test_none_is_warned_of_but_for_what_it_is_meant_to_show(name):
    meant = (
        "no group rules are enforced",
        "is unusual",
        "there is no file",
        "each trial loses",
        "WeChat forbids",
        "the law forbids",
    )
    assert [f.what for f in findings(load(name)) if not any(text in f.what for text in meant)] == []


@pytest.mark.parametrize(("name", "kind"), sorted(SINGLE.items()))
def test_each_single_strategy_stands_alone_in_the_unmanaged_community(name, kind):
    scenario, base = load(name), load("unmanaged-group")
    assert [strategy.kind for strategy in scenario.strategies] == [kind]
    same = ("community", "operator", "behaviour", "days", "start")
    assert all(getattr(scenario, part) == getattr(base, part) for part in same)
    assert scenario.products[: len(base.products)] == base.products


@pytest.mark.parametrize("name", ["dead-group", "active-group"])
def test_dead_and_active_differ_in_what_the_operator_does_alone(name):
    base, scenario = load("unmanaged-group"), load(name)
    changed = {"name", "about", "strategies"}
    assert scenario.model_dump(exclude=changed) == base.model_dump(exclude=changed)
    assert (base.community.members, base.days, base.operator.wage_per_hour) == (2000, 60, 4600)


def weekly_minutes(strategy):
    times = len(getattr(strategy, "hours", ())) or 1
    return strategy.staff_minutes * len(strategy.weekdays) * (times if strategy.kind == "red_envelope" else 1)


@pytest.mark.parametrize(("name", "low", "high"), [("dead-group", 1, 1), ("active-group", 3, 4)])
def test_minutes_of_staff_per_group_and_day(name, low, high):
    assert low <= sum(weekly_minutes(strategy) for strategy in load(name).strategies) / 7 <= high


def test_the_beauty_shop_keeps_its_week():
    week = {s.name: s for s in load("beauty-welfare-group").strategies}
    sales = [s for s in week.values() if s.kind == "flash_sale"]
    assert sorted(day for sale in sales for day in sale.weekdays) == ["thu", "tue"]
    friday = week["friday gift pack"]
    assert friday.weekdays == ("fri",)
    assert {s.hour for s in (*sales, friday)} == {20}
    assert [(rung.size, rung.price) for rung in friday.ladder] == [(2, 9000), (3, 8500), (5, 7500)]


def test_slimming_groups_hold_one_tier_each_and_fewer_than_thirty():
    scenario = load("slimming-tiers")
    assert scenario.community.by_segment
    assert scenario.community.cap < 30
    assert [(p.price, len(p.segments)) for p in scenario.products] == [(29900, 1), (80000, 1), (300000, 1)]


def test_a_real_shop_names_files_beside_itself():
    scenario = load("real-shop")
    assert scenario.community.history.file == shipped()["real-shop"].parent / "orders.csv"
    assert not scenario.community.history.file.exists()


def small(name, days=21):
    """A shipped scenario with a few hundred people and three weeks, to see it run."""
    scenario = load(name)
    members = min(600, scenario.community.members)
    community = scenario.community.model_copy(update={"members": members})
    return scenario.model_copy(update={"days": days, "community": community})


@pytest.mark.parametrize("name", sorted((set(SINGLE) | OTHERS) - {"real-shop"}))
def test_each_runs_and_its_books_name_its_strategies(name):
    scenario = small(name)
    records = simulate(scenario, 3)
    assert records.days == 21
    assert records.daily["orders"].sum() > 0
    assert {strategy.name for strategy in scenario.strategies} <= set(records.causes)


@pytest.mark.parametrize("name", sorted(SINGLE))
def test_each_single_strategy_changes_what_happens(name):
    with_it, without = (simulate(small(plan), 3) for plan in (name, "unmanaged-group"))
    changed = [c for c in without.daily if not np.array_equal(with_it.daily[c], without.daily[c])]
    assert changed
    staff = with_it.accounts.index("staff")
    assert with_it.ledger["fen"][with_it.ledger["account"] == staff].sum() < 0


def test_a_real_shop_runs_on_files_beside_its_copy(tmp_path):
    (tmp_path / "shop.yaml").write_text(shipped()["real-shop"].read_text(encoding="utf-8"), encoding="utf-8")
    ids = [f"c{i}" for i in range(40)]
    orders = [(ids[i], f"2025-{1 + (i + k) % 12:02}-1{k}", 80 + k) for i in range(40) for k in range(3)]
    write(tmp_path / "orders.csv", ("customer", "date", "amount"), orders)
    write(tmp_path / "friends.csv", ("from", "to"), pairwise(ids))
    scenario = load(tmp_path / "shop.yaml")
    records = simulate(scenario.model_copy(update={"days": 10}), 3)
    assert records.daily["members"][0] == 40


def write(file, header, rows):
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([header, *rows])
