"""Distributor rebate: what is asked, and who is paid how much along the tree of inviters."""

import math

import pytest

from commsim.core.effects import Account, Announce, AskToInvite, Pay, Work
from commsim.core.mechanisms.bait import BAIT, Lure
from commsim.core.view import LEFT, MEMBER
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.testing import FakeProduct, FakeView, check_strategy, nothing_happened

ANNA, BEN, CARL, DORA = 0, 1, 8, 9  # two old members, two strangers to begin with


def act(strategy, view):
    return list(strategy.act(view, strategy.start(view)))


@pytest.fixture
def view():
    """Anna brought Ben once; now Ben brings Carl and Carl brings Dora."""
    view = FakeView(day=10)
    view.me = 2
    view.inviter[[BEN, CARL, DORA]] = [ANNA, BEN, CARL]
    view.status[[CARL, DORA]] = MEMBER
    view.joined[[CARL, DORA]] = [4, 6]
    return view


def paid(effects, account=Account.COMMISSION):
    """(person, fen) of all payments, in order."""
    pays = [e for e in effects if isinstance(e, Pay) and e.account is account]
    return [pair for e in pays for pair in zip(e.persons.tolist(), e.fen.tolist(), strict=True)]


def joined(rebate, view, persons, cause=2):
    """The memory after some people joined, and what was paid on that day."""
    memory = rebate.start(view)
    happened = nothing_happened(view.day, joined=persons, join_cause=[cause] * len(persons))
    return memory, list(rebate.react(happened, view, memory))


def ordered(persons, fen):
    return nothing_happened(10, order_persons=persons, order_fen=fen)


@pytest.mark.parametrize(("reward", "mean"), [(0, 0.0), (1000, 0.2), (3000, 0.4), (7000, 0.6)])
def test_each_doubling_of_the_reward_and_ten_yuan_adds_as_much(reward, mean):
    assert DistributorRebate().mean_invited(reward) == pytest.approx(mean)


@pytest.mark.parametrize(("reward", "quality"), [(0, 1.0), (2000, 1.0), (4000, 0.9), (8000, 0.81)])
def test_very_large_rewards_bring_people_who_buy_less(reward, quality):
    assert DistributorRebate().quality(reward) == pytest.approx(quality)


def test_members_expect_the_reward_and_commission_on_one_order():
    ask = act(DistributorRebate(reward=5.5, levels=[0.15]), FakeView())[1]
    assert isinstance(ask, AskToInvite)
    assert ask.mean == pytest.approx(0.2 * math.log2(1 + 10 / 10))


def test_formal_days_ask_and_warm_up_days_announce():
    rebate = DistributorRebate(starts=3, warm_up=1, reach=0.8, staff_minutes=2)
    assert act(rebate, FakeView(day=2)) == [Announce(20, preview=True, reach=0.8)]
    announce, ask, work = act(rebate, FakeView(day=3))
    assert (announce, work) == (Announce(20, 1, worth=1.0, reach=0.8), Work(2.0))
    assert (ask.reach, ask.quality) == (0.8, 1.0)


def test_two_levels_of_commission(view):
    rebate = DistributorRebate(levels=[0.15, 0.05])
    memory, _ = joined(rebate, view, [CARL, DORA])
    effects = rebate.react(ordered([DORA, CARL], [3000, 2550]), view, memory)
    # Dora's order: Carl 15 %, Ben 5 %; Carl's: Ben 15 % (382.5, half to even), Anna nothing,
    # since Ben did not come by this campaign
    assert paid(effects) == [(CARL, 450), (BEN, 382), (BEN, 150)]


def test_a_third_level_is_paid_if_the_plan_has_one(view):
    rebate = DistributorRebate(levels=[0.2, 0.1, 0.05])
    memory, _ = joined(rebate, view, [BEN, CARL, DORA])
    effects = rebate.react(ordered([DORA], [1000]), view, memory)
    assert paid(effects) == [(CARL, 200), (BEN, 100), (ANNA, 50)]


def test_nobody_is_paid_for_newcomers_whom_something_else_brought(view):
    rebate = DistributorRebate(reward=10, reward_on="join")
    memory, effects = joined(rebate, view, [CARL, DORA], cause=1)
    assert effects == []
    assert list(rebate.react(ordered([CARL, DORA], [3000, 3000]), view, memory)) == []


def test_who_has_left_is_passed_over_and_the_next_level_is_paid(view):
    rebate = DistributorRebate()
    memory, _ = joined(rebate, view, [CARL, DORA])
    view.status[CARL] = LEFT
    assert paid(rebate.react(ordered([DORA], [3000]), view, memory)) == [(BEN, 150)]


def test_commission_ends_with_its_days(view):
    rebate = DistributorRebate(levels=[0.1], days_paid=6)
    memory, _ = joined(rebate, view, [CARL, DORA])
    # on day 10 Carl is in the seventh day of a newcomer, Dora in the fifth
    assert paid(rebate.react(ordered([CARL, DORA], [3000, 3000]), view, memory)) == [(CARL, 300)]


def test_a_reward_on_joining_is_paid_at_once_with_the_gift(view):
    rebate = DistributorRebate(levels=[], reward=12, reward_on="join", gift=3)
    _, effects = joined(rebate, view, [CARL, DORA])
    assert paid(effects) == [(BEN, 1200), (CARL, 1200)]
    assert paid(effects, Account.GIFTS) == [(CARL, 300), (DORA, 300)]


def test_a_gift_that_draws_people_counts_as_a_reward_and_is_bait(view):
    thanks = DistributorRebate(levels=[], reward=10, reward_on="join", gift=20)
    draws = DistributorRebate(levels=[], reward=10, reward_on="join", gift=20, gift_quality=0.6)
    assert (BAIT in thanks.needs, BAIT in draws.needs) == (False, True)
    (_, few, _), (_, many, _) = act(thanks, view), act(draws, view)
    assert (few.mean, few.quality) == (pytest.approx(0.2), 1.0)
    assert (many.mean, many.quality) == (pytest.approx(0.4), 0.6)
    _, effects = joined(draws, view, [CARL, DORA])
    (lured,) = (effect for effect in effects if isinstance(effect, Lure))
    assert (lured.persons.tolist(), lured.days) == ([CARL, DORA], 0)
    assert not any(isinstance(effect, Lure) for effect in joined(thanks, view, [CARL])[1])
    check_strategy(DistributorRebate, gift=5, gift_quality=0.5)


def test_a_reward_on_the_first_order_is_paid_once(view):
    rebate = DistributorRebate(levels=[], reward=12, reward_on="order")
    memory, at_joining = joined(rebate, view, [CARL, DORA])
    assert at_joining == []
    assert paid(rebate.react(ordered([DORA, DORA], [3000, 3000]), view, memory)) == [(CARL, 1200)]
    assert paid(rebate.react(ordered([DORA], [3000]), view, memory)) == []


def test_an_ordinary_day_costs_nothing(view):
    rebate = DistributorRebate(reward=10, gift=1)
    assert list(rebate.react(nothing_happened(10), view, rebate.start(view))) == []


def test_the_usual_order_is_one_from_the_shelf():
    rebate, view = DistributorRebate(levels=[0.1]), FakeView()
    view.products = (FakeProduct(price=3000), FakeProduct("box", 9000, shelf=False))
    assert rebate.expected_reward(view) == pytest.approx(300)
    view.products = view.products[1:]
    assert rebate.expected_reward(view) == pytest.approx(900)


def test_training_and_material_bring_more_and_cost_what_they_cost():
    """Half of what they do comes at 10 yuan; each member is trained once, groups are equipped daily."""
    plain, equipped = DistributorRebate(), DistributorRebate(training=10, material=10, trained=0.5, shown=0.3)
    assert equipped.mean_invited(3000) == pytest.approx(plain.mean_invited(3000) * 1.25 * 1.15)
    assert DistributorRebate(training=1000).mean_invited(3000) < plain.mean_invited(3000) * 1.5
    view = FakeView(day=10)
    memory, groups = equipped.start(view), (view.group_size > 0).sum()
    spent = [
        sum(e.fen for e in equipped.react(nothing_happened(day, lookers=[0, 1, 2]), view, memory))
        for day in (10, 11)
    ]
    assert spent == [3 * 1000 + groups * 1000, groups * 1000]
    assert list(plain.react(nothing_happened(10, lookers=[0, 1]), view, plain.start(view))) == []
