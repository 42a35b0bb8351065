"""Flash sales, group buying and adverts: the effects, to the fen."""

import pytest
from pydantic import ValidationError

from commsim.core.effects import Announce, Offer, TeamOffer, Work
from commsim.strategies.advert import Advert
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.group_buying import GroupBuying
from commsim.testing import FakeProduct, FakeView

LADDER = [{"size": 2, "price": 90}, {"size": 3, "price": 85}, {"size": 5, "price": 75}]


def act(strategy, view):
    return list(strategy.act(view, strategy.start(view)))


def test_a_flash_sale_announces_opens_and_works():
    sale = FlashSale(discount=0.15, stock=40, staff_minutes=4, reach=0.9, scarce=False)
    assert act(sale, FakeView(day=3)) == [
        Announce(20, 1, worth=1.0, reach=0.9),
        Offer(0, 2550, 20, 2.0, stock=40, scarce=False, reach=0.9),
        Work(4.0),
    ]


def test_a_flash_sale_finds_its_product_and_its_price():
    view = FakeView()
    view.products = (FakeProduct(), FakeProduct("cup", 9900, 4000))
    (offer,) = [e for e in act(FlashSale(product="cup", price="79.90"), view) if isinstance(e, Offer)]
    assert (offer.product, offer.price) == (1, 7990)


@pytest.mark.parametrize(
    ("discount", "usual", "price"), [(0.15, 3000, 2550), (0.2, 999, 799), (1.0, 3000, 1)]
)
def test_a_discount_is_rounded_to_a_fen_and_never_gives_a_product_away(discount, usual, price):
    assert FlashSale(discount=discount).sale_price(usual) == price


def test_warm_up_previews_and_closing_calls():
    sale = FlashSale(discount=0.15, starts=2, ends=5, warm_up=2, closing=1)
    assert act(sale, FakeView(day=1)) == [Announce(20, preview=True)]
    offers = [act(sale, FakeView(day=day))[1] for day in (2, 5)]
    assert [(o.previewed, o.last_call) for o in offers] == [(0b110, False), (0b110000, True)]


@pytest.mark.parametrize("settings", [{}, {"price": 20, "discount": 0.1}])
def test_a_sale_needs_exactly_one_of_price_and_discount(settings):
    with pytest.raises(ValidationError, match="either a price in yuan or a discount"):
        FlashSale(**settings)


def test_group_buying_offers_its_ladder():
    buying = GroupBuying(ladder=LADDER, starts=4, warm_up=1, ends=6, closing=1)
    assert act(buying, FakeView(day=3)) == [Announce(20, preview=True)]
    team = TeamOffer(0, (2, 3, 5), (9000, 8500, 7500), 20, 24.0, asks=6, yes=0.2, wait=0.3, previewed=2)
    assert act(buying, FakeView(day=4)) == [Announce(20, 1, worth=1.0), team, Work(3.0)]
    assert act(buying, FakeView(day=6))[1].last_call


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"ladder": []}, "at least one rung"),
        ({"ladder": [LADDER[1], LADDER[0]]}, "larger team and a lower price"),
        ({"ladder": [LADDER[0], {"size": 3, "price": 90}]}, "larger team and a lower price"),
        ({"ladder": LADDER, "accept": 0.4}, "at least `accept`"),
    ],
)
def test_impossible_ladders_are_refused(settings, message):
    with pytest.raises(ValidationError, match=message):
        GroupBuying(**settings)


def test_adverts_are_empty_and_all_at_one_hour_by_default():
    assert act(Advert(posts=3), FakeView()) == [Announce(20, 3, worth=0.0), Work(3.0)]


def test_adverts_are_spread_over_their_hours():
    spread = act(Advert(posts=5, hours=[9, 12]), FakeView())[:-1]
    assert [(post.hour, post.count) for post in spread] == [(9, 3), (12, 2)]
    few = act(Advert(posts=1, hours=[9, 12, 18]), FakeView())[:-1]
    assert [(post.hour, post.count) for post in few] == [(9, 1)]


def test_adverts_have_no_warm_up():
    assert act(Advert(starts=3, warm_up=2), FakeView(day=2)) == []
