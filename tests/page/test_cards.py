"""Plans of cards: what they offer, what comes of them, and what they refuse."""

import pytest
from plans import small

from commsim.core.errors import InputError
from commsim.page.cards import MOST_CARDS, Taken, deck, plan_of
from commsim.page.deck import CARDS
from commsim.page.pricing import ToPrice, price
from commsim.scenario.fields import limits
from commsim.strategies.registry import find

SALE = {"kind": "flash_sale", "price": 25, "reach": 0.5, "warm_up": 1, "starts": 2, "name": "evening"}
SHOP = small(
    "shop",
    members=60,
    days=6,
    strategies=[{"kind": "content"}, SALE, {"kind": "advert", "announces": "evening"}, {"kind": "moments"}],
)
DECK = deck(SHOP)
FRESH = {card["kind"]: card["fresh"] for card in DECK["cards"]}


def take(kind, *, own=False, **settings):
    """A card as a phone sends it."""
    begun = next(one for one in DECK["own"] if one["kind"] == kind) if own else FRESH[kind]
    more = {name: settings.pop(name) for name in ("weekdays", "first", "last", "like") if name in settings}
    return Taken.model_validate({**begun, **more, "settings": {**begun["settings"], **settings}})


def test_cards_offer_what_the_settings_allow():
    for card, shown in zip(CARDS, DECK["cards"], strict=True):
        assert 1 <= len(card.sliders) <= 3
        for slider in shown["sliders"]:
            assert slider["low"] <= shown["fresh"]["settings"][slider["name"]] <= slider["high"]
            if slider["name"] in find(card.kind).model_fields:
                low, high = limits(find(card.kind).model_fields[slider["name"]])
                assert (low or 0) <= slider["low"]
                assert high is None or slider["high"] <= high


def test_the_shops_own_cards_are_the_shop():
    own = [Taken.model_validate(one) for one in DECK["own"]]
    plan = plan_of(SHOP, "Reds", own).plan
    told = {entry.kind: entry for entry in plan.strategies}
    assert {kind: told[kind] for kind in ("content", "advert", "moments")} == {
        entry.kind: entry for entry in SHOP.strategies if entry.kind != "flash_sale"
    }
    sale = told["flash_sale"]
    assert (sale.price, sale.reach, sale.warm_up, sale.starts, sale.name) == (None, 0.5, 1, 2, "evening")


@pytest.mark.parametrize("end", ["low", "high"])
def test_all_cards_at_once_are_a_plan(end):
    taken = [
        take(card["kind"], **{slider["name"]: slider[end] for slider in card["sliders"]})
        for card in DECK["cards"]
    ]
    plan = plan_of(SHOP, "all", taken).plan
    assert {card.kind for card in CARDS} == {entry.kind for entry in plan.strategies}


def test_a_plan_may_do_the_same_thing_at_other_times():
    for card in CARDS:
        made = plan_of(SHOP, "more", [take(card.kind) for _ in range(card.most)])
        assert len(set(made.names)) == card.most
    first, second = (
        take("flash_sale", discount=off, weekdays=[day], first=a, last=b)
        for off, day, a, b in ((0.1, "mon", 1, 3), (0.3, "sun", 4, 6))
    )
    sales = plan_of(SHOP, "two", [first, second]).plan.strategies
    assert [(one.name, one.discount, one.weekdays, one.starts, one.ends) for one in sales] == [
        ("flash_sale", 0.1, ("mon",), 0, 2),
        ("flash_sale (2)", 0.3, ("sun",), 3, None),
    ]


def test_a_plan_keeps_what_no_card_changes():
    own = take("flash_sale", own=True, discount=0.3, first=1)
    plan = plan_of(SHOP, "Reds", [own, take("advert", own=True, posts=2)]).plan
    sale, advert = plan.strategies
    assert (sale.discount, sale.reach, sale.name, sale.warm_up) == (0.3, 0.5, "evening", 0)  # no room for it
    assert (advert.posts, advert.announces) == (2, "evening")
    (advert,) = plan_of(SHOP, "Reds", [take("advert", own=True)]).plan.strategies
    assert advert.announces == ""


def test_sliders_that_are_parts_of_a_setting():
    plan = plan_of(SHOP, "Reds", [take("group_buying", people=4, off=0.2), take("lottery", number=20)]).plan
    teams, draw = plan.strategies
    usual = SHOP.products[0].price
    assert [(rung.size, rung.price) for rung in teams.ladder] == [(4, round(0.8 * usual))]
    assert [(prize.number, prize.worth) for prize in draw.prizes] == [(20, 300)]
    again = deck(plan)
    shown = {one["kind"]: one["settings"] for one in again["own"]}
    assert shown["group_buying"]["people"] == 4
    assert shown["group_buying"]["off"] == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([{"kind": "shills"}], "no such card"),
        ([{"kind": "content", "settings": {"quality": 2}}], "no such setting"),
        ([{"kind": "content", "settings": {"posts": 11}}], "choose 1 to 10"),
        ([{"kind": "content", "settings": {"posts": float("nan")}}], "choose 1 to 10"),
        ([{"kind": "persona", "weekdays": ["mon"]}], "day of the week"),
        ([{"kind": "content", "settings": {"posts": 1.5}}], "posts"),
        ([{"kind": "red_envelope", "weekdays": []}], "day of the week"),
        ([{"kind": "red_envelope", "weekdays": ["day"]}], "day of the week"),
        ([{"kind": "content", "first": 4, "last": 3}], "choose days from 1 to 6"),
        ([{"kind": "content", "last": 7}], "choose days from 1 to 6"),
        ([{"kind": "content", "like": 1}], "no such card"),
        ([{"kind": "content", "like": 0}] * 2, "taken twice"),
        ([{"kind": "check_in"}] * 2, "1 cards of this kind at most"),
        ([{"kind": "content"}] * (MOST_CARDS + 1), f"{MOST_CARDS} cards at most"),
        ([{"kind": "coupon", "settings": {"face": 30, "minimum": 10}}], "smallest order"),
    ],
)
def test_no_more_than_the_cards(wrong, told):
    with pytest.raises(InputError, match=told):
        plan_of(SHOP, "Reds", [Taken.model_validate(one) for one in wrong])


def test_a_plan_is_priced_card_by_card():
    made = plan_of(SHOP, "Reds", [take("red_envelope", total=20, weekdays=["mon"]), take("content")])
    cost = price(ToPrice(made.plan, made.names, 5))
    assert cost.each[0] == pytest.approx(20.0, abs=5)  # one group, one Monday
    assert cost.each[1] == 0.0  # staff are no part of a budget
    assert cost.low <= cost.all <= cost.high
    assert cost.all == pytest.approx(sum(cost.each))
