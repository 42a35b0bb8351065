"""The books of whole runs: they balance, and they say the same as the events, to the fen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import EIGHT, fen, plan, run, world

from commsim.core.effects import Account, Pay, Spend
from commsim.records.tables import EVENT_KINDS as KINDS
from commsim.scenario.behaviour import Behaviour

QUICK = settings(max_examples=12)


@st.composite
def plans(draw, largest=60):
    """A small community under some of the eight strategies, in any order, with any sensible numbers."""
    chosen = draw(st.permutations(EIGHT))[: draw(st.integers(1, 8))]
    return plan(
        *chosen,
        members=draw(st.integers(2, 150)),
        days=draw(st.integers(5, 12)),
        group_size=draw(st.integers(2, largest)),
        cap=draw(st.integers(60, 80)),
        outside_per_member=draw(st.sampled_from([0.0, 0.3, 2.0])),
        arrivals_per_day=draw(st.sampled_from([0.0, 3.0])),
        operator={
            "delivery_days": draw(st.integers(1, 3)),
            "tools_per_group": draw(st.sampled_from([0, 1.5])),
        },
        products=(
            {"name": "coffee", "price": 30, "unit_cost": 15, "bad_share": 0.2},
            {"name": "gift pack", "price": 110, "unit_cost": 45, "shelf": False},
        ),
    )


@pytest.fixture(scope="module")
def busy():
    return run(plan(*EIGHT, members=300, days=28, group_size=60, arrivals_per_day=2), seed=4)


def summed(records, kinds, by=("day",)):
    """Fen of events, by day (and cause): a dict."""
    events = records.events
    chosen = np.isin(events["kind"], [KINDS.index(kind) for kind in kinds])
    return _sums([events[name][chosen] for name in by], events["fen"][chosen])


def booked(records, accounts, by=("day",)):
    """Fen of the ledger likewise."""
    table = records.ledger
    chosen = np.isin(table["account"], [records.accounts.index(account) for account in accounts])
    return _sums([table[name][chosen] for name in by], table["fen"][chosen])


def _sums(keys, values):
    sums = {}
    for *key, value in zip(*(key.tolist() for key in keys), values.tolist(), strict=True):
        sums[tuple(key)] = sums.get(tuple(key), 0) + value
    return {key: value for key, value in sums.items() if value}


def negative(sums):
    return {key: -value for key, value in sums.items()}


def agree(records):
    """Whether ledger, entries, events and days tell one story."""
    by = ("day", "cause")
    assert summed(records, ["order"], by) == booked(records, ["sales", "discount"], by)
    paid = summed(records, ["payment"], by)
    assert paid == negative(booked(records, ["envelopes", "commission", "gifts"], by))
    assert summed(records, ["refund"], by) == negative(booked(records, ["refunds"], by))
    of = ("day", "account", "cause")
    entries, ledger = records.entries, records.ledger
    assert _sums([entries[name] for name in of], entries["fen"]) == _sums(
        [ledger[name] for name in of], ledger["fen"]
    )
    revenue = {(day,): value for day, value in enumerate(records.daily["revenue"].tolist()) if value}
    assert revenue == summed(records, ["order"])
    counts = np.bincount(
        records.events["day"][records.events["kind"] == KINDS.index("order")], minlength=records.days
    )
    assert counts.tolist() == records.daily["orders"].tolist()
    return True


def test_nobody_orders_twice_on_a_day(busy):
    events = busy.events
    ordered = events["kind"] == KINDS.index("order")
    pairs = np.column_stack([events["day"], events["person"]])[ordered]
    assert len(pairs) > 100
    assert len(np.unique(pairs, axis=0)) == len(pairs) == busy.daily["orders"].sum()


def test_a_month_of_everything_uses_every_kind_of_event_and_agrees(busy):
    assert set(busy.events["kind"]) == set(range(len(KINDS)))
    assert agree(busy)


@QUICK
@given(plans(), st.integers(0, 2**31))
def test_books_agree_with_events_whatever_the_plan(scenario, seed):
    made = world(scenario, seed)
    for _ in range(scenario.days):
        made.advance()  # the books check themselves every evening
    records = made.records()
    assert agree(records)
    books = made.books
    assert books.cash + books.held - books.liability == int(records.ledger["fen"].sum())


def test_every_cause_adds_up_to_the_profit_of_the_whole(busy):
    causes = {cause: fen(busy, *busy.accounts, cause=cause) for cause in busy.causes}
    assert sum(causes.values()) == int(busy.ledger["fen"].sum())
    assert all(causes[strategy["kind"]] != 0 for strategy in EIGHT if strategy["kind"] != "group_rules")
    assert causes["shelf"] > 0


def test_signs_of_accounts(busy):
    """Only sales are income; every other entry is a cost."""
    entries = busy.entries
    sales = entries["account"] == busy.accounts.index("sales")
    assert (entries["fen"][sales] > 0).all()
    assert (entries["fen"][~sales] < 0).all()


def test_bad_deliveries_are_refunded_in_full_after_the_days_it_takes():
    """Each refund is that of an order so many days before; their share is within 4.5 sd of the stated one."""
    tea = {"name": "tea", "price": 30, "unit_cost": 5, "bad_share": 0.2}
    shop = {"products": [tea], "segments": [{"orders_per_week": 2.0}], "operator": {"delivery_days": 3}}
    records = run(plan({"kind": "flash_sale", "discount": 0.3}, members=400, days=20, **shop))
    events = records.events

    def listed(kind, shift=0):
        chosen = (events["kind"] == KINDS.index(kind)) & (events["day"] < 20 - shift)
        rows = zip(*(events[c][chosen].tolist() for c in ("day", "person", "fen", "cause")), strict=True)
        return [(day + shift, *rest) for day, *rest in rows]

    refunds, orders = listed("refund"), listed("order", 3)
    assert set(refunds) <= set(orders)
    assert len(set(refunds)) == len(refunds)
    sd = (len(orders) * 0.2 * 0.8) ** 0.5
    assert abs(len(refunds) - 0.2 * len(orders)) < 4.5 * sd


def groups_add_up(records):
    """Whether the groups' numbers are the days', and their orders those of people who were ever in one."""
    daily, groups, entries = records.daily, records.groups, records.entries
    for column in ("members", "looked", "messages", "muted", "left"):
        by_day = np.bincount(groups["day"], weights=groups[column], minlength=records.days)
        assert by_day.tolist() == daily[column].tolist(), column
    by_day = np.bincount(groups["day"], weights=groups["orders"], minlength=records.days)
    sold = (entries["account"] == records.accounts.index("sales")) & (entries["group"] >= 0)
    assert by_day.tolist() == np.bincount(entries["day"][sold], minlength=records.days).tolist()
    return True


@QUICK
@given(plans(largest=4), st.integers(0, 2**31), st.floats(0.1, 0.6))
def test_groups_add_up_to_the_days_also_where_all_leave_at_once(scenario, seed, leave):
    fleeing = scenario.model_copy(update={"behaviour": Behaviour(stay={"leave": leave})})
    assert groups_add_up(run(fleeing, seed))


def test_tables_of_groups_and_members_add_up_to_the_days(busy):
    daily, members = busy.daily, busy.members
    assert groups_add_up(busy)
    assert members["messages"].sum() == daily["messages"].sum()
    assert members["orders"].sum() == daily["orders"].sum()
    assert members["spent"].sum() == daily["revenue"].sum()
    assert (members["status"] == 1).sum() == daily["members"][-1]
    assert len(set(members["person"].tolist())) == len(members["person"])


def test_points_owed_are_the_points_in_hand():
    """Day by day, also for a point that is worth part of a fen."""
    for worth in (1.0, 0.3, 2.5):
        check_in = {"kind": "check_in", "base": 0.7, "points": 5, "point_value": worth, "redeem_at": 15}
        made = world(plan(check_in, members=120, days=25))
        owed = []
        for _ in range(25):
            made.advance()
            owed.append(made.books.liability - np.floor(made.people.points * worth + 0.5).sum())
        given_out = 5 * made.records().daily["checked_in"].sum()
        assert 0 < made.people.points.sum() < given_out, "nobody handed points in"
        assert owed == [0] * 25, worth


def changing_worth(given, handed_in, *, name="check_in"):
    """Points of one worth in hand when what a point buys changes; nobody gets more."""
    first = {"kind": "check_in", "ends": 14, "point_value": given, "redeem_chance": 0}
    then = {"kind": "check_in", "name": name, "starts": 15, "points": 0, "point_value": handed_in}
    return plan(
        {"kind": "content"}, first, then | {"redeem_at": 7, "redeem_chance": 0.5}, members=120, days=30
    )


@pytest.mark.parametrize("name", ["check_in", "another"])
@pytest.mark.parametrize(("given", "handed_in"), [(1, 100), (100, 1), (0.3, 0.7), (2.5, 0), (0, 3)])
def test_somebody_pays_for_points_whose_worth_has_changed(given, handed_in, name):
    """Whether another check-in takes them in, or the settings of one change."""
    made = world(changing_worth(given, handed_in, name=name))
    paid, held = 0, made.people.points.copy()
    for _ in range(30):
        made.advance()
        worth = given if made.day <= 15 else handed_in
        fewer = np.minimum(made.people.points - held, 0)
        paid += (np.floor(held * worth + 0.5) - np.floor((held + fewer) * worth + 0.5)).sum()
        held = made.people.points.copy()
        assert made.books.liability == np.floor(held * given + 0.5).sum()
    records = made.records()
    assert held.sum() < 5 * records.daily["checked_in"][:15].sum(), "nobody handed points in"
    assert -fen(records, "points") == paid + made.books.liability
    ledger = records.ledger
    later = (ledger["day"] >= 15) & (ledger["account"] == records.accounts.index("points"))
    assert -np.sign(ledger["fen"][later].sum()) == np.sign(handed_in - given)
    assert set(ledger["cause"][later]) == {records.causes.index(name)}


def test_points_of_two_worths_are_owed_at_their_mean():
    first = {"kind": "check_in", "ends": 9, "base": 1, "point_value": 1, "redeem_chance": 0}
    then = {
        "kind": "check_in",
        "starts": 10,
        "base": 1,
        "point_value": 40,
        "redeem_at": 9,
        "redeem_chance": 0.3,
    }
    made = world(plan({"kind": "content"}, first, then, members=120, days=40))
    for _ in range(40):
        made.advance()
        assert 0 <= made.books.liability <= 40 * made.people.points.sum()
    assert made.books.liability > 0
    assert agree(made.records())


def test_points_beyond_two_billion_are_counted():
    """As many as `check` allows, for years."""
    check_in = {"points": 1_000_000, "base": 1, "redeem_at": 100_000_000, "redeem_chance": 0}
    prizes = [{"streak": 1, "points": 1_000_000}]
    made = world(
        plan(
            {"kind": "check_in", "prizes": prizes, **check_in},
            {"kind": "content", "posts": 10, "fresh": 1},
            members=3, days=2600, activity=0.9, behaviour={"stay": {"leave": 0, "leave_message": 0}},
        )
    )  # fmt: skip
    for _ in range(2600):
        made.advance()
    assert made.people.points.max() > 2**31
    assert made.people.points.sum() == 2_000_000 * made.records().daily["checked_in"].sum()
    assert made.books.liability == made.people.points.sum()


def test_stock_goes_to_the_first_and_no_further():
    sale = {"kind": "flash_sale", "discount": 0.5, "stock": 3, "open_hours": 24}
    records = run(plan(sale, members=300, days=10, group_size=60))
    sold = records.events["cause"][records.events["kind"] == KINDS.index("order")] == 0
    by_day = np.bincount(
        records.events["day"][records.events["kind"] == KINDS.index("order")][sold], minlength=10
    )
    assert by_day.max() == 3
    assert (by_day == 3).sum() >= 5


def test_a_budget_is_never_overspent():
    envelope = {"kind": "red_envelope", "budget": 35, "total": 10}
    records = run(plan(envelope, members=200, days=15, group_size=100))
    spent = -fen(records, "envelopes")
    assert 0 < spent <= 3500
    assert records.daily["caught"][-1] == 0


def test_what_an_advert_or_rules_cost_is_staff_alone():
    records = run(plan({"kind": "group_rules", "staff_minutes": 6}, members=200, days=10, group_size=100))
    assert fen(records, *records.accounts, cause="group_rules") == fen(records, "staff") == -10 * 2 * 460


def test_tools_minutes_and_acquisition_are_the_operators():
    operator = {"wage_per_hour": 60, "minutes_per_group": 30, "tools_per_group": 2, "acquisition": 7}
    records = run(plan(members=200, days=10, group_size=100, operator=operator, arrivals_per_day=5))
    assert fen(records, "staff", cause="operator") == -10 * 2 * 3000
    assert fen(records, "tools", cause="operator") == -10 * 2 * 200
    assert fen(records, "acquisition", cause="operator") == -700 * records.daily["joined"].sum() < 0


def test_money_of_any_whole_type_is_booked_alike():
    """An own strategy may count in a type without a sign."""
    made = world(plan(members=60))
    for kind in (np.uint8, np.uint64, np.int64):
        made._carry_out(Pay(Account.GIFTS, np.array([0, 1]), np.array([200, 200], kind)), 0)
        made._carry_out(Spend(Account.TOOLS, kind(7)), 0)
    made.advance()
    records = made.records()
    gifts = records.entries["account"] == records.accounts.index("gifts")
    assert records.entries["fen"][gifts].tolist() == [-200] * 6
    assert fen(records, "gifts", "tools") == -1200 - 21
