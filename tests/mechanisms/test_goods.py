"""Goods beside each other: a plain twin, baskets, tastes, stock, pre-sales, and what a plan may say."""

from pathlib import Path

import numpy as np
import pytest
from plain_members import Order
from test_equal_bits import ALL, both, differing, of_few
from test_rivals import bytes_of
from worlds import EIGHT, fen, plan, run, world

from commsim.analysis.products import product_data
from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose
from commsim.core.maths import exp, log
from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.goods import GOODS
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.goods import OF_GOODS, Goods, Shipping, ShippingTo
from commsim.scenario.load import dump, loads, scenario_hash
from commsim.scenario.schema import Product, Scenario
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "goods.md").read_text(encoding="utf-8")


class PlainGoods:
    """The rules once more, order by order and piece by piece."""

    def __init__(self, model):
        self.model, self.b, self.plan = model, model.p.goods, model.plan.goods
        self.products = model.plan.products
        self.pieces = [[] for _ in self.products]  # of each, the day on which every piece was bought
        self.presold, self.value = [0] * len(self.products), 0
        self.shipping = self.plan.shipping
        free = self.shipping.free_from if self.shipping else None
        self.free_from = 2**62 if free is None else free
        self.segments = [segment.name for segment in model.plan.community.segments]
        self.names = [product.name for product in self.products]
        for person in model.people:
            person.at_home, person.address = 0.0, person
        if self.shipping and self.shipping.shared:
            self._move()
        model.choice = self._choice

    def _move(self):
        """Some have their parcels sent to a friend who keeps an address of their own."""
        people, seed = self.model.people, self.model.seed
        shares = key(seed, purpose("goods, who has parcels sent to a friend"))
        moves = {one.row for one in people if luck.uniform(shares, one.row) < self.shipping.shared}
        for person in people:
            friends = sorted(set(person.friends) - moves)
            if person.row in moves and friends:
                u = luck.uniform(key(seed, purpose("goods, to which friend")), person.row)
                person.address = people[friends[int(u * len(friends))]]

    def _single(self, number):
        product = self.products[number]
        return number if product.pack_of is None else self.names.index(product.pack_of)

    def _choice(self, person):
        factors, total, today = self.model.factors, 0.0, 0.0
        self.model.factors = [1.0 if one > 0.0 else 0.0 for one in factors]
        plain, self.model.factors = person.shelf, factors
        for usual, now in zip(plain, person.shelf, strict=True):
            total, today = total + usual, today + now
        return max(plain) * exp(self.b.variety * log(total / max(plain))) * (today / total)

    def morning(self):
        self.spoilt = self.lost = 0
        for person in self.model.people:
            person.at_home = float(np.float32(max(0.0, person.at_home - person.buy_rate)))
        self.model.bought = self.model.used = self.model.salvaged = 0
        if self.model.shut:
            return
        day = self.model.day
        for number, product in enumerate(self.products):
            if product.pack_of is not None:
                continue
            bought = (product.launched or 0) + product.presale_days
            old = [one for one in self.pieces[number] if product.keeps and day - one >= product.keeps]
            if old:
                self.pieces[number] = self.pieces[number][len(old) :]
                cost = len(old) * product.unit_cost
                self.value -= cost
                back = round(cost * product.salvage)
                self.model.salvaged += back
                self.model.enter(Account.WRITE_OFF, self.model.shelf_cause + 1, back - cost)
                self.spoilt += len(old)
            if day >= bought:
                self.model.bought += self.presold[number] * product.unit_cost
                self.presold[number] = 0
                more = product.stock or 0 if day == bought else 0
                if product.restock and day > bought and (day - bought) % product.restock_every == 0:
                    more = product.restock
                self.pieces[number] += [day] * more
                self.model.bought += more * product.unit_cost
            self.model.factors[number] = self._factor(number, product, bought)
        for number, product in enumerate(self.products):
            if product.pack_of is not None:
                single = self.products[self._single(number)]
                bought = (single.launched or 0) + single.presale_days
                self.model.factors[number] = self._factor(number, single, bought, product.pieces)
        self.value += self.model.bought

    def _waits(self, product):
        opens = product.launched or 0
        return max(0, opens + product.presale_days - self.model.day) if self.model.day >= opens else 0

    def _factor(self, number, product, bought, pieces=1):
        day, by = self.model.day, 0.0
        if day < (product.launched or 0):
            return 0.0
        if product.stock is not None and len(self.pieces[self._single(number)]) < pieces and day >= bought:
            return 0.0
        if product.launched is not None and pieces == 1:
            by += log(self.b.novelty) * exp(-log(2.0) * (day - product.launched) / self.b.novelty_days)
        return exp(by + log(1.0 - self.b.waiting) * self._waits(product))

    def dial(self):
        self._fees()
        have = [person for person in self.model.people if person.at_home > 0.0]
        if have and self.b.stocked:
            buy = self.model.nudges.setdefault(Dial.BUY, [0.0] * len(self.model.people))
            for person in have:
                buy[person.row] += log(1.0 - self.b.stocked)

    def _fees(self):
        if self.shipping is None or not any(fee for _, fee in map(self.shipping.of, self.segments)):
            return
        buy = self.model.nudges.setdefault(Dial.BUY, [0.0] * len(self.model.people))
        for person in self.model.people:
            fee, rise, total = self.shipping.of(self.segments[person.segment])[1], 0.0, 0.0
            shelf = person.shelf
            for one in shelf:
                total += one
            for product, by in zip(self.products, shelf, strict=True):
                if by > 0.0 and product.price < self.free_from:
                    rise += by / total * log(1.0 + fee / product.price)
            buy[person.row] += -float(person.elasticity) * rise

    def close(self):
        self.free, self.parcels, net, sent = 0, 0, {}, set()
        for order in self.model.orders if self.shipping else ():
            if order.added:
                continue
            to = order.person
            with_it = [one for one in self.model.orders if one.person is to]
            if self.shipping.together:
                to = order.to
                if to.row in sent:
                    continue
                sent.add(to.row)
                there = [one.person for one in self.model.orders if not one.added and one.to is to]
                with_it = [one for one in self.model.orders if one.person in there]
            total = sum(one.fen for one in with_it)
            cost, fee = self.shipping.of(self.segments[to.segment])
            free = total >= self.free_from
            self.free += free
            self.parcels += 1
            net[order.cause] = net.get(order.cause, 0) + cost - (0 if free else fee)
        for cause, fen_ in net.items():
            if fen_:
                self.model.enter(Account.SHIPPING, cause, -fen_)

    def told(self):
        return {"basket": [(order.person.row, order.fen) for order in self.model.orders if order.added]}

    def _liking(self, person, number):
        if not self.plan.tastes:
            return 1.0
        u = max(
            1e-12,
            luck.uniform_pair(key(self.model.seed, purpose("goods, who likes what")), person.row, number),
        )
        return exp(self.b.taste * 0.5513288954217921 * (log(u) - log(1.0 - u)))

    def _address(self):
        launcher = None
        for order in self.model.orders:
            strategies = self.model.plan.strategies
            team = order.cause < len(strategies) and strategies[order.cause].kind == "group_buying"
            if not team or order.minute >= 0:
                launcher = order.person
            order.to = (launcher if team and self.shipping.teams else order.person).address

    def _room(self, number):
        product = self.products[number]
        return None if product.stock is None or self._waits(product) else len(self.pieces[number])

    def checkout(self):
        if self.plan.tastes:
            for order in self.model.orders:
                if order.cause == self.model.shelf_cause:
                    order.product = self._pick(order.person)
                    order.fen = self.products[order.product].price
        if self.shipping:
            self._address()
        for number in range(len(self.products)):
            self._refuse(number)
        self.room = [self._room(number) for number in range(len(self.products))]
        for order in self.model.orders:
            pieces = self.products[order.product].pieces
            for _ in range(pieces):
                self._take(self._single(order.product))
            if pieces > 1:
                order.person.at_home = float(np.float32(order.person.at_home + (pieces - 1)))
        self.room = [0 if one.pack_of else room for one, room in zip(self.products, self.room, strict=True)]
        for order in list(self.model.orders) if self.plan.baskets else ():
            self._add(order)
        for order in self.model.orders:
            pieces, single = self.products[order.product].pieces, self._single(order.product)
            product = self.products[single]
            if self._waits(product):
                self.presold[single] += pieces
            elif product.stock is not None:
                self.pieces[single] = self.pieces[single][pieces:]
            else:
                continue
            self.model.used += pieces * product.unit_cost
            self.value -= pieces * product.unit_cost

    def _take(self, number):
        if self.room[number]:
            self.room[number] -= 1

    def _pick(self, person):
        liked = [by * self._liking(person, k) if by > 0.0 else 0.0 for k, by in enumerate(person.shelf)]
        total = below = 0.0
        for one in liked:
            total += one
        u = (
            luck.uniform(key(self.model.seed, purpose("goods, which product"), self.model.day), person.row)
            * total
        )
        for number, one in enumerate(liked):
            below += one
            if u < below:
                return number
        raise AssertionError("nothing to pick")

    def _refuse(self, number):
        room = self._room(number) if self.products[number].pack_of is None else None
        wanted = [one for one in self.model.orders if self._single(one.product) == number]
        pieces = {id(one): self.products[one.product].pieces for one in wanted}
        if room is None or sum(pieces.values()) <= room:
            return
        stream = key(self.model.seed, purpose("goods, who is served first"), self.model.day)
        wanted.sort(key=lambda one: luck.uniform(stream, one.person.row))
        asked = np.cumsum([pieces[id(one)] for one in wanted])
        for one in (order for order, so_far in zip(wanted, asked, strict=True) if so_far > room):
            self.model.orders = [other for other in self.model.orders if other is not one]
            one.person.orders -= 1
            one.person.trust = max(0.0, one.person.trust - self.model.p.buying.regret)
            self.lost += 1

    def _add(self, order):
        person, shelf = order.person, order.person.shelf
        liked = [
            by * self._liking(person, k) if by > 0.0 and k != order.product else 0.0
            for k, by in enumerate(shelf)
        ]
        total = 0.0
        for one in liked:
            total += one
        stream = key(self.model.seed, purpose("goods, what goes into the basket"), self.model.day)
        price = self.products[order.product].price
        for number, one in enumerate(liked):
            if one == 0.0 or self.room[number] == 0:
                continue
            draws = self.products[order.product].role == "traffic" and self.products[number].role == "profit"
            times = self.b.drawn if draws else 1.0
            times *= self.b.to_free if price < self.free_from <= price + self.products[number].price else 1.0
            if luck.uniform_pair(stream, person.row, number) < self.b.add_on * times * one / total:
                fen_ = self.products[number].price
                price += fen_
                self.model.orders.append(Order(person, number, fen_, order.cause, order.minute, added=True))
                self._take(number)

    def numbers(self):
        earned = {"traffic": 0, "profit": 0}
        for order in self.model.orders:
            product = self.products[order.product]
            earned[product.role] += order.fen - product.unit_cost
        return {
            "basket_lines": sum(order.added for order in self.model.orders), "sold_out": self.lost,
            "pieces_left": sum(map(len, self.pieces)), "stock_value": self.value,
            "pieces_spoilt": self.spoilt,
            "shipped_free": self.free, "parcels": self.parcels,
            "traffic_earned": earned["traffic"], "profit_earned": earned["profit"],
        }  # fmt: skip


RANGE = (
    Product(
        name="coffee", price=30, unit_cost=15, role="traffic", stock=12, restock=6, restock_every=3, keeps=2,
        salvage=0.3,
    ),
    Product(name="cup", price=99, unit_cost=40, appeal=0.4, stock=2),
    Product(
        name="tin", price=60, unit_cost=21, appeal=0.7, launched=4, presale_days=5, stock=4, restock=6,
        restock_every=7,
    ),
)  # fmt: skip
PACKS = (*RANGE, Product(name="three", price=80, unit_cost=45, pack_of="coffee", pieces=3, appeal=0.9))
TOGETHER = Goods(
    shipping={"cost": 8, "fee": 5, "free_from": 60, "together": True, "teams": True, "shared": 0.4}
)
KEEN = {"goods": {"add_on": 0.6, "taste": 0.9}}


@pytest.mark.parametrize(
    ("strategies", "goods", "few"),
    [
        ((), Goods(shipping={"cost": 8, "fee": 5, "free_from": 60}), {"days": 25}),
        (ALL, Goods(), {"days": 14}),
        ((), Goods(baskets=False, tastes=False), {"days": 16}),
    ],
    ids=["alone", "with everything", "stock only"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(strategies, goods, few):
    settings = {"products": RANGE, "goods": goods, "behaviour": Behaviour(**KEEN), "members": 150, **few}
    made = of_few("unmanaged-group", *strategies, **settings)
    engine, plain = both(made, PlainGoods)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert (daily["basket_lines"].sum() > 4) == goods.baskets
    assert daily["sold_out"].sum() > 0
    assert (daily["pieces_spoilt"].sum() > 0) == (not strategies)
    assert daily["stock_value"].min() < 0 < daily["stock_value"].max() or not goods.baskets


def shop(goods, *strategies, products=RANGE, **settings):
    """A small plan whose goods stand beside each other."""
    made = plan(*strategies, **settings).model_dump(mode="json")
    named = [product.model_dump(mode="json") for product in products]
    return Scenario.model_validate({**made, "goods": goods, "products": named})


TWO = (
    Product(name="apple", price=10, unit_cost=8, role="traffic"),
    Product(name="tea", price=80, unit_cost=20, appeal=0.5),
)


def test_without_basket_taste_or_anything_new_one_product_leaves_every_byte():
    own = {column.name for column in GOODS.daily}
    alone = (Product(name="coffee", price=30, unit_cost=15),)
    without = run(shop(None, *EIGHT[:5], products=alone, members=150, days=15))
    idle = run(shop({}, *EIGHT[:5], products=alone, members=150, days=15))
    assert bytes_of(idle, without=own) == bytes_of(without, without=own)
    assert own <= set(idle.daily)
    assert not own & set(without.daily)


def test_a_plan_without_goods_is_kept_as_before():
    kept = shop({}, members=150)
    assert scenario_hash(plan()) == scenario_hash(plan().model_copy(update={"goods": None}))
    assert loads(dump(kept)) == kept


def test_lines_are_money_and_no_orders():
    sure = {"goods": {"add_on": 1.0, "drawn": 1.0, "taste": 0.0}}
    records = run(shop({}, products=TWO, members=300, days=20, behaviour=sure))
    orders, lines = records.daily["orders"].sum(), records.daily["basket_lines"].sum()
    assert lines == orders > 50  # with two products the other one always comes along
    assert fen(records, "sales") == records.daily["revenue"].sum() == 9000 * orders
    assert records.members["orders"].sum() == orders
    of = records.daily
    assert of["traffic_earned"].sum() == 200 * orders
    assert of["profit_earned"].sum() == 6000 * orders


def test_goods_that_draw_bring_along_goods_that_earn_as_often_as_is_said():
    keen = {"goods": {"add_on": 0.2, "drawn": 3.0}}
    daily = run(shop({}, products=TWO, members=2000, days=60, behaviour=keen)).daily
    share = daily["basket_lines"].sum() / daily["orders"].sum()
    # two thirds of orders are of what draws, of which .6 bring the other along; of the others .2
    assert share == pytest.approx(2 / 3 * 0.6 + 1 / 3 * 0.2, abs=0.05)


def test_more_to_choose_from_sells_a_little_more():
    """Two products of the same appeal: 2 to the power of .1."""
    twins = tuple(Product(name=name, price=30, unit_cost=15) for name in "ab")
    one, two = (
        run(shop({"baskets": False}, products=some, members=2000, days=40)).daily["orders"].sum()
        for some in (twins[:1], twins)
    )
    assert two / one == pytest.approx(2**0.1, abs=0.03)


def test_tastes_last_and_don_t_move_how_much_is_sold():
    twins = tuple(Product(name=name, price=30, unit_cost=15) for name in "ab")
    records = []
    for taste in (0.0, 3.0):
        made = world(
            shop(
                {"baskets": False},
                products=twins,
                members=600,
                days=60,
                behaviour={"goods": {"taste": taste}},
            )
        )
        bought = np.zeros((2, len(made.people.status)), int)
        for _ in range(60):
            happened = made.advance()
            np.add.at(bought, (happened.order_products, happened.order_persons), 1)
        often = bought[:, bought.sum(axis=0) >= 4]
        records.append((bought.sum(), np.abs(often[0] - often[1]).sum() / often.sum()))
    assert records[0][0] == records[1][0]
    assert records[1][1] > records[0][1] + 0.2


def test_a_new_product_thrills_by_what_is_said_and_wears_off():
    new = (Product(name="old", price=30, unit_cost=15, launched=0),)
    plain = (Product(name="old", price=30, unit_cost=15),)
    fresh, usual = (
        run(shop({}, products=some, members=4000, days=60)).daily["orders"] for some in (new, plain)
    )
    first = fresh[:7].sum() / usual[:7].sum()
    assert 1.2 < first < 1.5
    assert fresh[40:].sum() / usual[40:].sum() == pytest.approx(1.0, abs=0.04)


def test_what_is_bought_is_sold_left_or_spoilt_to_the_piece_and_the_fen():
    made = world(shop({}, *EIGHT[:5], members=90, days=40))
    bought = 0
    for day in range(40):
        made.advance()
        bought += 12 if day == 0 else 6 * (day % 3 == 0)
        bought += 2 * (day == 0) + 4 * (day == 9) + 6 * (day > 9 and (day - 9) % 7 == 0)
    records = made.records()
    daily, books = records.daily, made.books
    assert books.stock == daily["stock_value"][-1]
    assert daily["pieces_spoilt"].sum() > 0 < daily["sold_out"].sum()
    spoilt = daily["pieces_spoilt"].sum()
    assert -fen(records, "write_off") == 1050 * spoilt  # only coffee spoils, and brings .3 of its cost
    made_of = books._today.sum() + sum(records.ledger["fen"])
    assert made_of == books.cash + books.held + books.stock - books.owed
    assert daily["pieces_left"][-1] <= bought - spoilt


def test_packs_to_one_address_leave_the_same_bits():
    few = {"days": 14, "members": 150, "behaviour": Behaviour(**KEEN), "products": PACKS, "goods": TOGETHER}
    engine, plain = both(of_few("unmanaged-group", *ALL[:9], **few), PlainGoods)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert 0 < daily["parcels"].sum() < daily["orders"].sum()
    assert engine.columns["at_home"].max() > 0.0
    assert daily["sold_out"].sum() > 0


def test_packs_come_out_of_the_stock_of_their_single_pieces_to_the_fen():
    """Coffee, twelve pieces and six every third day, by the piece and by three: none comes of nothing."""
    made = world(shop({"baskets": False}, *EIGHT[:5], products=PACKS, members=90, days=30))
    for _ in range(30):
        made.advance()
    records, books = made.records(), made.books
    table = records.products
    three = table["product"] == "three"
    sold = int(table["orders"][table["product"] == "coffee"].sum() + 3 * table["orders"][three].sum())
    assert table["orders"][three].sum() > 0
    assert -fen(records, "goods") == table["cost"].sum()
    assert sold <= 12 + 6 * 9
    made_of = books._today.sum() + sum(records.ledger["fen"])
    assert made_of == books.cash + books.held + books.stock - books.owed
    assert books.stock == records.daily["stock_value"][-1]


def test_money_by_product_adds_up_to_the_ledger():
    records = run(shop({}, *EIGHT[:5], members=150, days=30))
    table, found = records.products, product_data(records)
    assert set(found) == {"coffee", "cup", "tin"}
    assert table["revenue"].sum() == records.daily["revenue"].sum()
    assert table["cost"].sum() == -fen(records, "goods")
    assert table["written_off"].sum() == -fen(records, "write_off")
    assert table["orders"].sum() == records.daily["orders"].sum()
    assert table["lines"].sum() == records.daily["basket_lines"].sum() > 0
    assert found["cup"]["earned"] == found["cup"]["revenue"] - found["cup"]["cost"]
    assert product_data(run(plan(members=60, days=3))) is None


PARCELS = {"cost": 8, "fee": 6, "free_from": 59, "to": [{"segment": "far", "cost": 20, "fee": 15}]}
OFTEN = [{"name": "all", "orders_per_week": 3.0}]
FAR = [{"name": "near", "share": 0.5}, {"name": "far", "share": 0.5}]


def test_parcels_cost_what_they_cost_and_large_orders_are_free():
    keen = {"goods": {"add_on": 0.5}}
    made = world(
        shop({"shipping": PARCELS}, products=TWO, members=600, days=30, behaviour=keen, segments=FAR)
    )
    near = made.people.segment == 0
    net = free = 0
    for _ in range(30):
        happened = made.advance()
        totals = {}
        for person, fen_ in zip(happened.order_persons.tolist(), happened.order_fen.tolist(), strict=True):
            totals[person] = totals.get(person, 0) + fen_
        for person, total in totals.items():
            cost, fee = (800, 600) if near[person] else (2000, 1500)
            free += total >= 5900
            net += cost - (fee if total < 5900 else 0)
    records = made.records()
    assert fen(records, "shipping") == -net
    assert records.daily["shipped_free"].sum() == free > 20


def test_orders_of_a_day_to_one_address_pay_for_one_parcel():
    found = {}
    for name, more in {
        "each": {},
        "own": {"together": True},
        "shared": {"together": True, "shared": 0.6},
    }.items():
        found[name] = run(shop({"shipping": {"cost": 8, **more}}, members=600, days=15, segments=OFTEN))
        assert fen(found[name], "shipping") == -800 * found[name].daily["parcels"].sum()
    parcels = {name: int(records.daily["parcels"].sum()) for name, records in found.items()}
    assert parcels["each"] == found["each"].daily["orders"].sum()
    assert parcels["shared"] < 0.95 * parcels["own"]
    assert parcels["own"] <= parcels["each"]
    assert len({int(records.daily["orders"].sum()) for records in found.values()}) == 1


def test_what_a_team_buys_goes_to_its_launcher():
    team = {"kind": "group_buying", "ladder": [{"size": 2, "price": 24}], "accept": 0.9, "accept_late": 0.9}
    coffee = (Product(name="coffee", price=30, unit_cost=15),)
    found = []
    for teams in (False, True):
        parcels = {"cost": 8, "together": True, "teams": teams}
        found.append(run(shop({"shipping": parcels}, team, products=coffee, members=300, days=10)).daily)
    each, of_teams = found
    filled = each["teams"].sum() - each["teams_failed"].sum()
    assert filled > 5
    assert each["parcels"].sum() - of_teams["parcels"].sum() == pytest.approx(filled, rel=0.1)
    assert (each["orders"] == of_teams["orders"]).all()


def test_a_pack_is_bought_in_place_of_later_orders_as_far_as_that_is_put_in():
    """Of n pieces more, `stocked` n orders fewer in the end; nothing else differs."""
    pack = Product(name="gift pack", price=90, unit_cost=45, pack_of="coffee", pieces=3, shelf=False)
    coffee = Product(name="coffee", price=30, unit_cost=15)
    sale = {"kind": "flash_sale", "product": "gift pack", "price": 80, "starts": 3, "ends": 3}
    orders = {}
    for stocked in (0.0, 0.9):
        some = shop(
            {"baskets": False}, sale, products=(coffee, pack), members=3000, days=60,
            behaviour={"goods": {"stocked": stocked}}, segments=OFTEN,
        )  # fmt: skip
        daily = run(some).daily
        orders[stocked] = daily["orders"].sum()
    sold = run(some).products
    packs = int(sold["orders"][sold["product"] == "gift pack"].sum())
    assert packs > 20
    assert orders[0.0] - orders[0.9] == pytest.approx(0.9 * 2 * packs, rel=0.35)


def test_a_fee_sells_less_and_free_shipping_fills_baskets():
    found = {}
    for name, parcels in {"free": {"cost": 8}, "fee": {"cost": 8, "fee": 6}, "from": PARCELS}.items():
        some = shop({"shipping": parcels}, products=TWO, members=3000, days=40, segments=FAR)
        found[name] = run(some).daily
    orders = {name: daily["orders"].sum() for name, daily in found.items()}
    lines = {name: daily["basket_lines"].sum() / daily["orders"].sum() for name, daily in found.items()}
    assert orders["free"] > 1.1 * orders["fee"]
    assert lines["from"] > 1.2 * lines["fee"]


def test_nothing_is_sold_before_its_day_nor_beyond_its_stock():
    late = (Product(name="late", price=30, unit_cost=15, launched=6, stock=20),)
    sale = {
        "kind": "flash_sale",
        "discount": 0.5,
        "starts": 0,
        "weekdays": ["mon", "tue", "wed", "thu", "fri"],
    }
    daily = run(shop({"baskets": False}, sale, products=late, members=400, days=20)).daily
    assert daily["orders"][:6].sum() == 0
    assert daily["orders"].sum() == 20
    assert daily["sold_out"].sum() > 0 == daily["pieces_left"][-1]


def test_goods_sold_before_they_are_bought_leave_no_stock():
    early = Product(name="early", price=30, unit_cost=15, launched=0, presale_days=10)
    daily = run(shop({"baskets": False}, products=(early,), members=400, days=20)).daily
    sold = np.cumsum(daily["orders"])
    assert (daily["stock_value"][:10] == -1500 * sold[:10]).all()
    assert (daily["stock_value"][10:] == 0).all()
    assert sold[9] > 20


@pytest.mark.parametrize(
    ("product", "goods", "text"),
    [
        ({"stock": 5}, None, "add goods"),
        ({"stock": 5, "restock": 3}, {}, "add restock_every"),
        ({"restock": 3, "restock_every": 3}, {}, "add stock"),
        ({"keeps": 3}, {}, "add stock"),
        ({"stock": 10**18}, {}, "less than or equal to 10000000"),
        ({"stock": 5, "restock": 10**8, "restock_every": 3}, {}, "less than or equal to 10000000"),
        ({"stock": 5, "restock": 3, "restock_every": 3651}, {}, "less than or equal to 3650"),
        ({"stock": 5, "keeps": 10**20}, {}, "less than or equal to 3650"),
        ({"launched": 300}, {}, "launched on day 300, after the run"),
        ({"pieces": 3}, {}, "add pack_of"),
        ({"pack_of": "y", "pieces": 3}, {}, "which is no single product; there are: "),
        ({}, {"shipping": {"cost": 8, "teams": True}}, "add together: true"),
        ({"launched": None}, {"shipping": {**PARCELS}}, "there is no segment 'far'"),
    ],
)
def test_goods_that_make_no_sense(product, goods, text):
    with pytest.raises(ValueError, match=text):
        shop(goods, products=(Product(name="x", price=9, unit_cost=3, **product),))


@pytest.mark.parametrize(
    ("product", "what"),
    [
        ({"stock": 10_000_000}, "stock of 10,000,000 pieces at 100.01 yuan costs more than 1,000,"),
        ({"stock": 9, "restock": 9_999_001, "restock_every": 3}, "restock of 9,999,001 pieces"),
    ],
)
def test_a_stock_that_no_money_pays_is_refused_and_a_little_less_runs(product, what):
    with pytest.raises(ValueError, match=rf"{what}.*; at most 9,999,000 pieces at this unit_cost"):
        shop({}, products=(Product(name="x", price=130, unit_cost=100.01, **product),))
    dear = Product(
        name="x", price=130, unit_cost=100.01, stock=9_999_000, restock=9_999_000, restock_every=1, keeps=1
    )
    daily = run(shop({}, products=(dear,), members=20, days=4)).daily
    assert (daily["pieces_left"] + daily["basket_lines"] + daily["orders"] == 9_999_000).all()
    assert daily["pieces_spoilt"].tolist() == [0, *daily["pieces_left"][:-1].tolist()]


def test_it_is_declared_as_all_mechanisms_are():
    assert GOODS in mechanisms()
    assert load(GOODS.engine).declared is GOODS
    for part in (Goods, Shipping, ShippingTo):
        check_fields(part, part)
    check_fields(GOODS.behaviour, GOODS.behaviour)
    for column in GOODS.daily:
        assert all(GOODS.words[f"daily.{column.name}"])
        assert f"`{column.name}`" in DOCS
    for name in GOODS.behaviour.model_fields:
        assert f"`goods.{name}`" in DOCS
    for name in OF_GOODS:
        assert f"`{name}`" in DOCS
