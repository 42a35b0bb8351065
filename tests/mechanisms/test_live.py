"""Live selling: its plain twin, and its laws."""

from pathlib import Path

import numpy as np
import pytest
from test_equal_bits import both, differing, of_few
from worlds import differing as differing_runs
from worlds import fen, plan, run, world

from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniform
from commsim.core.mechanisms.live import LIVE, SENT_BACK
from commsim.scenario.schema import Product, Scenario
from commsim.strategies.content import Content
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.live import Live
from commsim.strategies.shills import Shills
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "live.md"
SHOP = [{"name": "tea", "price": 9, "unit_cost": 3}]


def behaviour(**sections):
    return Scenario.model_validate({"name": "x", "products": SHOP, "behaviour": sections}).behaviour


class PlainLive:
    """The rules once more, order by order."""

    def __init__(self, model):
        self.model, self.b, self.orders = model, model.p.live, []

    def morning(self):
        self.streams = {}

    def _stream(self, effect, cause):
        self.streams[cause] = effect

    def dial(self):
        for sale in self.model.sales:
            if sale.cause in self.streams:
                sale.pooled = True
                sale.lift = self.b.lift - (self.b.both if self.streams[sale.cause].coupon else 0.0)

    def told(self):
        """What comes back today: of parcels without fault, by a draw of the day of the order."""
        day, wait = self.model.day, self.model.plan.operator.delivery_days
        self.back = []
        for order, ordered, stream in self.orders:
            draw = uniform(
                key(self.model.seed, purpose("live, who sends back what they bought"), ordered),
                order.person.row,
            )
            if day == ordered + wait + self.b.return_days and order.refunded < 0 and draw < self.b.returns:
                self.back.append((order, stream))
        today = [order for order in self.model.orders if order.cause in self.streams]
        self.orders += [(order, day, self.streams[order.cause]) for order in today]
        self.live_orders = len(today)
        for order, stream in self.back:
            cost = int(self.model.plan.products[order.product].unit_cost * stream.resold + 0.5)
            for account, amount in (
                (Account.REFUNDS, -order.fen),
                (Account.GOODS, cost),
                (Account.GOODS, -stream.handling),
            ):
                self.model.enter(account, order.cause, amount, order.person)
        return {"sent_back": [order.person.row for order, _ in self.back]}

    def close(self):
        for order, _ in self.back:
            self.model.note("sent_back", order.person.row, fen=order.fen)

    def numbers(self):
        watched = sum(sale.there for sale in self.model.sales if sale.cause in self.streams)
        return {"watched": watched, "live_orders": self.live_orders, "returned": len(self.back)}


STREAMS = (
    Live(
        coupon=4, stock=30, countdown=10, counter=True, weekdays=("wed", "thu", "sat"), resold=0.5, starts=1
    ),
    Live(
        name="other", product="gift pack", price=90, scarce=True, reach=0.7, weekdays=("sun",), notice=False
    ),
)
SALE = FlashSale(discount=0.2, weekdays=("tue", "sat"), stock=20, countdown=15, counter=True)


@pytest.mark.parametrize(
    "others", [(), (SALE, Content(), Live(name="few", who={"bought": True}, weekdays=("mon",), hour=12))]
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    lively = behaviour(live={"returns": 0.4}, buying={"countdown": 0.3}, look={"again": 0.8})
    coffee = Scenario.load("unmanaged-group").products[0]
    products = (coffee, Product(name="gift pack", price=110, unit_cost=45))
    scenario = of_few("unmanaged-group", *STREAMS, *others, behaviour=lively, products=products)
    engine, plain = both(scenario, PlainLive)
    assert differing(engine, plain) == []
    daily, events = engine.records().daily, engine.records().events
    assert {name for name in ("watched", "live_orders", "returned") if not daily[name].any()} == set()
    assert (events["minute"] >= 105).any()


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        LIVE, Live, twin=lambda scenario: differing(*both(scenario, PlainLive)), docs=DOCS.read_text("utf-8")
    )


NO_EFFECT = {"live": {"lift": 0.0, "both": 0.0, "returns": 0.0}}


def live(*others, members=300, days=28, behaviour=None, group_size=100, **settings):
    one = {"kind": "live", "weekdays": ["sat"], "host_cost": 0, "staff_minutes": 0, **settings}
    return plan(one, *others, members=members, days=days, behaviour=behaviour or {}, group_size=group_size)


def sale(**settings):
    return {
        "kind": "flash_sale", "name": "live", "weekdays": ["sat"], "staff_minutes": 0, "scarce": False,
        "price": 30, **settings,
    }  # fmt: skip


def test_a_host_is_paid_by_the_hour():
    """Four Saturdays, two hours and a half each."""
    made = run(live(members=100, host_cost=150, open_hours=2.5))
    assert fen(made, "content", cause="live") == -4 * 375_00


def test_in_one_group_a_stream_that_moves_nobody_is_a_sale():
    """The same bytes, but for what is counted of streams."""
    stream = run(live(members=100, behaviour=NO_EFFECT, notice=False, price=24))
    of_shop = run(plan(sale(price=24), members=100, days=28, behaviour=NO_EFFECT))
    assert differing_runs(of_shop, stream) == []


def test_who_watches_sees_what_all_groups_have_bought():
    sold = {}
    for kind, scenario in {
        "stream": live(group_size=10, behaviour=NO_EFFECT, notice=False),
        "sale": plan(sale(), members=300, days=28, group_size=10, behaviour=NO_EFFECT),
    }.items():
        sold[kind] = int((run(scenario).events["minute"] >= 0).sum())
    assert sold["stream"] > sold["sale"] > 0


def test_shills_of_all_its_groups_are_seen_in_a_stream():
    shown = {"buying": {"more_buyers": 1.0}, "shills": {"detect": 0.0}} | NO_EFFECT
    sold = []
    for buyers in (0, 2):
        quiet = Shills(buyers=buyers, messages=0)
        scenario = live(group_size=50, behaviour=shown)
        both_of_them = {"strategies": (*scenario.strategies, quiet), "allow_unlawful": ("shills",)}
        sold.append(int((run(scenario.model_copy(update=both_of_them)).events["minute"] >= 0).sum()))
    assert sold[1] > sold[0] > 0


def test_more_watch_where_a_post_has_told_of_it_the_day_before():
    watched = [run(live(notice=notice)).daily["watched"].sum() for notice in (True, False)]
    assert watched[0] > watched[1] > 0


def test_what_comes_back_is_paid_back_and_its_goods_are_sold_again():
    made = world(live(behaviour={"live": {"returns": 0.5}}, coupon=5, resold=0.4, return_cost=2, days=40))
    back = [made.advance().of(SENT_BACK) for _ in range(40)]
    records = made.records()
    number = sum(len(one.persons) for one in back)
    assert number == records.daily["returned"].sum() > 0
    assert {fen for one in back for fen in one.fen.tolist()} == {2500}
    sold = int(records.daily["live_orders"].sum())
    bad = -fen(records, "refunds", cause="live") // 2500 - number
    assert fen(records, "goods", cause="live") == -1500 * sold + (600 - 200) * number
    assert 0 <= bad < 0.2 * sold
    assert records.daily["returned"][: 5 + 2 + 3].sum() == 0  # Saturday, two days of delivery, three more


def test_a_countdown_that_nobody_heeds_changes_no_byte():
    calm = {"look": {"again": 0.0}}
    one, other = (run(plan(sale(countdown=m), members=200, behaviour=calm)) for m in (0, 10))
    assert differing_runs(one, other) == []


def test_second_looks_are_in_the_minutes_that_are_counted_down():
    """With urgency put in, more order; nobody's first order moves."""
    keen = {"look": {"again": 1.0}, "buying": {"countdown": 1.0, "first_buyer": 0.0, "more_buyers": 0.0}}
    minutes = {}
    for counted in (0, 10):
        events = run(plan(sale(countdown=counted), members=300, days=7, behaviour=keen)).events
        minutes[counted] = sorted(events["minute"][events["minute"] >= 0].tolist())
    more = list(
        (np.bincount(minutes[10], minlength=120) - np.bincount(minutes[0], minlength=120)).nonzero()[0]
    )
    assert len(minutes[10]) > len(minutes[0]) > 0
    assert min(more) >= 110


def test_stock_that_is_seen_to_go_goes_sooner():
    """A fifth of eight pieces is one: the last is wanted more."""
    eager = {"buying": {"few_left": 1.0}}
    sold = {}
    for counter in (True, False):
        scenario = plan(sale(stock=8, counter=counter, weekdays=["sat", "sun"]), members=200, behaviour=eager)
        sold[counter] = int((run(scenario).events["minute"] >= 0).sum())
    assert sold[True] >= sold[False] > 0


def test_the_last_of_a_month_has_no_day_before():
    with pytest.raises(ValueError, match="Give its number"):
        Live(month_days=(-1,))
    assert Live(month_days=(-1,), notice=False).notice is False


@pytest.mark.slow
def test_a_countdown_makes_no_second_peak_above_the_first():
    """As fact F22 has it, for a stream and for a sale that is counted down."""
    base = Scenario.load("active-group")
    counted = base.strategies[2].model_copy(update={"countdown": 10.0, "warm_up": 0})
    for kind in (counted, Live(weekdays=("tue", "thu"))):
        minutes = []
        for seed in range(6):
            records = run(base.model_copy(update={"strategies": (kind,), "days": 30}), seed)
            minutes += records.events["minute"][records.events["minute"] >= 0].tolist()
        first, *later = np.bincount(np.array(minutes) // 30, minlength=4)
        assert max(later) < first
