"""How communities grow: commission up the tree of inviters, teams, campaigns."""

import numpy as np
import pytest
from worlds import EIGHT, LADDER, plan, run, world

from commsim.core.view import MEMBER
from commsim.records.tables import EVENT_KINDS as KINDS
from commsim.simulation.campaigns import NOT_ASKED, Campaigns


@pytest.mark.parametrize("levels", [[], [0.2], [0.2, 0.1]])
def test_commission_goes_up_as_many_levels_as_there_are(levels):
    """On the day of an order every payment goes to an ancestor within the levels, at that level's rate."""
    rebate = {"kind": "distributor_rebate", "base": 1.5, "levels": levels, "reward": 10, "reward_on": "join"}
    behaviour = {"buying": {"trial": 0.2}, "invite": {"delay": 1.0, "spread": 0.4}}
    made = world(plan(rebate, members=60, days=20, behaviour=behaviour, outside_per_member=20.0), seed=2)
    depths, inviter = set(), made.people.inviter
    for _ in range(20):
        happened = made.advance()
        due = {}
        came = made.people.join_cause == 0
        for person, fen in zip(happened.order_persons.tolist(), happened.order_fen.tolist(), strict=True):
            for depth, rate in enumerate(levels, start=1):
                if not came[person] or made.people.joined[person] < 0:
                    break
                person = int(inviter[person])
                if made.people.status[person] == MEMBER:
                    due[person] = due.get(person, 0) + int(np.rint(fen * rate))
                    depths.add(depth)
        for newcomer in happened.joined[happened.join_inviters >= 0].tolist():
            if made.people.status[inviter[newcomer]] == MEMBER:
                due[int(inviter[newcomer])] = due.get(int(inviter[newcomer]), 0) + 1000
        assert _paid_on(made, happened.day) == {person: fen for person, fen in due.items() if fen}
    assert depths == set(range(1, len(levels) + 1))


def _paid_on(made, day):
    events = made.records().events
    today = (events["kind"] == KINDS.index("payment")) & (events["day"] == day)
    paid = {}
    for person, fen in zip(events["person"][today].tolist(), events["fen"][today].tolist(), strict=True):
        paid[person] = paid.get(person, 0) + fen
    return paid


def test_a_filled_team_pays_one_price_and_a_failed_one_nothing():
    """Teams of one size only, so that orders come in whole teams at that price."""
    buying = {
        "kind": "group_buying", "product": "gift pack", "ladder": [{"size": 3, "price": 85}],
        "accept": 0.4, "accept_late": 0.5,
    }  # fmt: skip
    records = run(plan(buying, members=400, days=20, group_size=100))
    filled = records.daily["teams"] - records.daily["teams_failed"]
    assert records.daily["teams_failed"].sum() > 5
    assert filled.sum() > 5
    orders = (records.events["kind"] == KINDS.index("order")) & (records.events["cause"] == 0)
    per_day = np.bincount(records.events["day"][orders], minlength=20)
    assert per_day.tolist() == (3 * filled).tolist()
    assert set(records.events["fen"][orders].tolist()) == {8500}


def test_teams_on_a_ladder_pay_the_price_of_their_rung():
    """Each of the three prices occurs in numbers that teams of its sizes can add up to."""
    buying = next(s for s in EIGHT if s["kind"] == "group_buying")
    records = run(plan(buying, members=900, days=28))
    orders = (records.events["kind"] == KINDS.index("order")) & (records.events["cause"] == 0)
    days, fens = records.events["day"][orders], records.events["fen"][orders]
    assert set(fens.tolist()) == {rung["price"] * 100 for rung in LADDER}
    filled = records.daily["teams"] - records.daily["teams_failed"]
    for day in range(28):
        counts = {p: int((fens[days == day] == p).sum()) for p in (9000, 8500, 7500)}
        assert counts[9000] % 2 == 0
        assert counts[7500] % 5 == 0
        assert counts[9000] // 2 + counts[8500] // 4 + counts[7500] // 5 <= filled[day]
        assert filled[day] <= counts[9000] // 2 + counts[8500] // 3 + counts[7500] // 5


def test_each_member_is_asked_once_per_campaign_however_many_there_are():
    """Seven campaigns, each bringing one friend for certain per asked member on average."""
    rebates = [
        {
            "kind": "distributor_rebate",
            "name": f"round {k}",
            "base": 0.2,
            "reward": 10,
            "posts": 0,
            "levels": [],
        }
        for k in range(7)
    ]
    behaviour = {"look": {"ceiling": 1.0, "muted": 1.0}, "stay": {"leave": 0.0, "leave_message": 0.0}}
    scenario = plan(
        *rebates, members=500, days=12, activity=1.0, outside_per_member=20.0,
        behaviour=behaviour | {"invite": {"spread": 0.3}}, graph={"outside_degree": 10.0},
    )  # fmt: skip
    records = run(scenario, seed=3)
    asked = records.events["kind"] == KINDS.index("invitation")
    by_campaign = np.bincount(records.events["cause"][asked], minlength=7)
    assert (by_campaign > 60).all()
    assert by_campaign.max() < 1.5 * by_campaign.min()


def asked_by_day(days, **rebate):
    """Invitations accepted by day of asking, where nobody leaves and everybody looks in."""
    behaviour = {"look": {"ceiling": 1.0, "muted": 1.0}, "stay": {"leave": 0.0, "leave_message": 0.0}}
    scenario = plan(
        {"kind": "distributor_rebate", "base": 0.3, "reward": 10, "posts": 0, "levels": [], **rebate},
        members=400, days=days, activity=1.0, outside_per_member=20.0, behaviour=behaviour,
        graph={"outside_degree": 10.0},
    )  # fmt: skip
    events = run(scenario, seed=3).events
    came = events["day"][events["kind"] == KINDS.index("invitation")]
    return np.bincount(came, minlength=days)


def test_each_occasion_of_a_campaign_asks_anew():
    """A day at every fourth Saturday brings as much each time; weekly ones are one occasion."""
    monthly = asked_by_day(90, weekdays=["sat"], asks_again=7)[5::7]
    weekly = asked_by_day(90, weekdays=["sat"])[5::7]
    assert weekly[0] == monthly[0] > 80
    assert weekly[1:].max() < 0.5 * weekly[0]
    assert monthly[1:4].min() > 0.7 * monthly[0]


def test_a_campaign_that_runs_on_is_one_occasion():
    """Days on end, with gaps shorter than what it takes, or with none: the same, to the byte."""
    assert np.array_equal(asked_by_day(40), asked_by_day(40, asks_again=2))
    workdays = {"weekdays": ["mon", "tue", "wed", "thu", "fri"]}
    assert np.array_equal(asked_by_day(40, **workdays), asked_by_day(40, asks_again=4, **workdays))
    assert not np.array_equal(asked_by_day(40, **workdays), asked_by_day(40, asks_again=3, **workdays))


def test_each_group_has_occasions_of_its_own():
    campaigns, both = Campaigns(4, 2), np.array([True, True])
    asked = [
        campaigns.ask(0, day, 7, groups)[1].tolist()
        for day, groups in ((0, both), (5, np.array([True, False])), (8, both))
    ]
    assert asked == [[0, 0], [0, NOT_ASKED], [0, 1]]


def test_who_asks_again_draws_anew_for_everybody():
    """Who brought nobody at one occasion may bring friends at the next."""
    behaviour = {"look": {"ceiling": 1.0, "muted": 1.0}, "stay": {"leave": 0.0, "leave_message": 0.0}}
    rebate = {"kind": "distributor_rebate", "base": 0.3, "weekdays": ["sat"], "asks_again": 7, "posts": 0}
    made = world(
        plan(rebate, members=400, days=14, activity=1.0, outside_per_member=20.0, behaviour=behaviour)
    )
    for _ in range(14):
        made.advance()
    events = made.records().events
    asks = events["kind"] == KINDS.index("invitation")
    first, second = (set(events["person"][asks & (events["day"] == day)].tolist()) for day in (5, 12))
    assert 0 < len(first & second) < 0.5 * min(len(first), len(second))
    assert made.asked.sum() > 350


def test_any_number_of_campaigns_can_ask():
    """More than 32, after more strategies than 8 bits can number."""
    calm = [{"kind": "content", "name": f"{k:03}", "starts": 9} for k in range(140)]
    rebates = [{"kind": "distributor_rebate", "name": f"number {k:02}", "posts": 0} for k in range(40)]
    made = world(plan(*calm, *rebates, members=200, days=10, outside_per_member=9.0))
    for _ in range(10):
        made.advance()
    records = made.records()
    asked = records.events["kind"] == KINDS.index("invitation")
    brought = {records.causes[cause] for cause in records.events["cause"][asked]}
    assert len(brought) > 33
    assert all(name.startswith("number") for name in brought)


def brought(trust):
    """Invitations accepted on one day by members who all trust the shop so much."""
    rebate = {"kind": "distributor_rebate", "base": 0.3, "reward": 10, "posts": 0, "levels": []}
    made = world(plan(rebate, members=2000, days=1, activity=1.0, outside_per_member=20.0), seed=3)
    made.people.trust[:] = trust
    made.advance()
    return np.count_nonzero(made.records().events["kind"] == KINDS.index("invitation"))


def test_who_trusts_the_shop_brings_more_friends():
    """One standard deviation up and two down count: exp(.3 * 3) for asking, and again for being followed."""
    low, usual, high = brought(0.2), brought(0.5), brought(0.8)
    assert high / usual == pytest.approx(np.exp(0.6), rel=0.2)
    assert low / usual == pytest.approx(np.exp(-1.2), rel=0.3)


def test_who_knows_nobody_brings_nobody():
    rebate = {"kind": "distributor_rebate", "base": 3.0, "reward": 10}
    records = run(plan(rebate, members=200, days=5, outside_per_member=5.0, graph={"kind": "none"}))
    assert records.daily["invited"].sum() == 0


def test_the_worth_of_a_referral_fades_and_outlives_an_order():
    """From the day of joining on, by half in `invite.fade` days; who came by themselves has none."""
    rebate = {"kind": "distributor_rebate", "base": 0.5, "reward": 10, "ends": 5}
    behaviour = {"invite": {"lasting": 1.4, "fade": 10.0, "delay": 1.0}, "buying": {"trial": 0.1}}
    made = world(
        plan(rebate, members=200, days=40, behaviour=behaviour, outside_per_member=20.0, arrivals_per_day=4.0)
    )
    for _ in range(40):
        made.advance()
    people = made.people
    came, referred = people.joined >= 0, (people.joined >= 0) & (people.inviter >= 0)
    assert min(np.count_nonzero(referred), np.count_nonzero(came & ~referred)) > 50
    assert np.count_nonzero(people.orders[referred]) > 20
    days = 40 - people.joined[referred]
    np.testing.assert_allclose(people.referral[referred], 1 + 0.4 * 0.5 ** (days / 10), rtol=1e-5)
    assert (people.referral[~referred] == 1.0).all()


def test_a_referral_brings_first_orders_forward():
    """A worth of 2 doubles the first orders of those who were brought, within 5 standard errors."""
    rebate = {"kind": "distributor_rebate", "base": 2.0, "reward": 10, "levels": [], "ends": 3, "posts": 0}

    def buyers(lasting):
        behaviour = {"invite": {"lasting": lasting, "fade": 3650.0, "delay": 1.0}}
        people = plan(rebate, members=2000, days=15, behaviour=behaviour, outside_per_member=20.0)
        made = world(people)
        for _ in range(15):
            made.advance()
        came = (made.people.joined >= 0) & (made.people.inviter >= 0)
        return np.count_nonzero(made.people.orders[came]), np.count_nonzero(came)

    (few, of), (many, all_of) = buyers(1.0), buyers(2.0)
    assert min(few, many) > 50
    assert abs(many / all_of - 2 * few / of) < 5 * np.sqrt(4 * few / of**2 + many / all_of**2)


def test_days_under_one_name_bring_as_many_friends_as_days_under_names_of_their_own():
    """Three days, four weeks apart: the same on the first, and within 5 standard errors on the others."""
    behaviour = {
        "look": {"ceiling": 1.0, "muted": 1.0}, "stay": {"leave": 0.0, "leave_message": 0.0},
        "activity": {"floor": 0.5},
    }  # fmt: skip
    brought = []
    for names in (("day", "day", "day"), ("day", "then", "later")):
        days = [
            {"kind": "distributor_rebate", "name": name, "base": 0.3, "posts": 0, "starts": at, "ends": at}
            for name, at in zip(names, (4, 32, 60), strict=True)
        ]
        scenario = plan(
            *days, members=2000, days=61, activity=0.5, outside_per_member=20.0, behaviour=behaviour
        )
        events = run(scenario, seed=3).events
        came = events["day"][events["kind"] == KINDS.index("invitation")]
        brought.append(np.bincount(came, minlength=61)[[4, 32, 60]].astype(float))
    one, others = brought
    assert one[0] == others[0] > 200
    spread = np.exp(1.8**2)  # of sociability: acceptances come in bunches
    assert (abs(one - others) < 5 * np.sqrt(spread * (one + others))).all()
    assert one[2] > 0.6 * one[0]  # nobody tires of looking here
