"""Facts about long runs, measured on records made up by hand, for which the answer is known."""

from types import SimpleNamespace

import numpy as np
import pytest

from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.records.tables import LEAVE, ORDER
from commsim.scenario.load import load
from commsim.validation.facts import envelopes, exits, prices, referrals, slots, year
from commsim.validation.facts.observed import observe_all
from commsim.validation.facts.plans import bare, sized

ALL_DAYS, TODAY = 2**32 - 1, 1


def run(*, days=0, accounts=(), causes=(), daily=None, hours=None, events=None, entries=None, **world):
    tables = {"daily": daily, "hours": hours, "events": events, "entries": entries}
    records = SimpleNamespace(days=days, accounts=accounts, causes=causes, **tables)
    return SimpleNamespace(days=days, records=records, world=SimpleNamespace(**world))


def people(status, **columns):
    return SimpleNamespace(status=np.array(status), **{name: np.array(v) for name, v in columns.items()})


def test_who_mutes_or_stays_away_goes_silently():
    # muted later; muted at joining, looks; muted at joining, away; away; looked long ago
    looks = np.array([TODAY, TODAY, 0, 0, 1 << 31, TODAY, 0, 0], np.uint32)
    who = people(
        [MEMBER] * 6 + [LEFT] * 2, looks=looks, muted=[True, True, True, False, False, False, True, False]
    )
    silenced = np.array([True, False, False, False, False, False, True, False])
    assert exits.silent_exits(run(people=who, silenced=silenced)) == 4 / 2


def invitations(inviter, asked):
    n = len(inviter)
    joined = np.where(np.array(inviter) >= 0, 5, -1)
    who = people([MEMBER] * n, joined=joined, inviter=inviter)
    return run(days=90, people=who, asked=np.array(asked, bool))


def test_a_tree_is_measured_by_its_size_and_mean_depth():
    # 0 brings 4, who brings 5 and 6; 1 brings 7; 2 brings nobody; 3 was never asked and brings 8
    found = invitations([-1, -1, -1, -1, 0, 4, 4, 1, 3], [1, 1, 1, 0, 1, 1, 1, 1, 1])
    trees = referrals.trees(found)
    assert trees.size.tolist() == [4, 2]
    assert trees.depth.tolist() == [5 / 3, 1]
    tail, together = referrals._tails({"reward": found})
    assert (tail, together) == (4 / 2, pytest.approx(1.0))


def test_trees_of_one_size_tell_nothing_of_how_size_and_depth_go_together():
    _, together = referrals._tails({"reward": invitations([-1, -1, 0, 1], [1, 1, 1, 1])})
    assert np.isnan(together)


def test_newcomers_are_followed_from_the_day_on_which_they_joined():
    # 0 was there; 1 invited in week 0; 2 cold in week 0, leaves; 3 cold in week 1, leaves late; 4 too late
    who = people(
        [MEMBER, MEMBER, LEFT, LEFT, MEMBER, STRANGER],
        joined=np.array([-1, 3, 3, 10, 200, -1], np.int16),
        inviter=[-1, 0, -1, -1, -1, -1],
    )
    events = {"kind": np.array([LEAVE, LEAVE, ORDER]), "person": np.array([2, 3, 1])}
    events["day"] = np.array([50, 100, 4])
    accounts = ("sales", "goods", "discount", "refunds", "staff")
    entries = {
        "account": np.array([0, 1, 0, 0, 4]),
        "person": np.array([1, 1, 1, 0, 1]),
        "day": np.array([3, 3, 3 + 180, 5, 5]),
        "fen": np.array([3000, -1500, 3000, 3000, -99]),
    }
    of = referrals.newcomers(run(days=400, people=who, events=events, entries=entries, accounts=accounts))
    assert of.invited.tolist() == [True, False, False]
    assert of.week.tolist() == [0, 0, 1]
    assert of.left.tolist() == [False, True, False]
    assert of.margin.tolist() == [[15, 0, 0], [30, 0, 0]]


def test_cold_newcomers_count_by_week_as_the_invited_do():
    week, invited = np.array([0, 0, 1, 0, 1, 1]), np.array([True, True, True, False, False, False])
    of = referrals.Cohort(week, invited, invited, np.zeros((2, 6)))
    values = np.array([3.0, 3.0, 3.0, 1.0, 4.0, 4.0])
    assert referrals.invited_over_cold(of, values) == pytest.approx(9.0 / (2 * 1.0 + 1 * 4.0))


def test_a_shortfall_is_summed_up_to_its_day():
    usual = np.full(400, 50)
    cut = usual.copy()
    cut[prices.BEFORE : prices.BEFORE + 7] += 20
    cut[[prices.BEFORE + 7, prices.BEFORE + 7 + 168, prices.BEFORE + 7 + 336]] -= 14
    runs = {name: run(daily={"orders": orders}) for name, orders in (("0%", usual), ("20%", cut))}
    assert [prices.shortfall(runs, days) for days in prices.AFTER] == [0.1, 0.2]


def test_regulars_of_both_plans_are_followed():
    often, seldom = np.uint32(0x00005555), np.uint32(0xF0001555)  # of eight looks one is too long ago
    looks = np.array([often, often, seldom, often, often])
    first = run(people=people([MEMBER] * 4 + [LEFT], looks=looks), attended=np.array([0, 1, 2, 4]))
    fewer = np.array([often, often, seldom, seldom, often])
    other = run(people=people([MEMBER] * 5, looks=fewer), attended=np.array([0, 2, 3]))
    assert slots.regulars(first).tolist() == [True, True, False, True, False]
    assert slots.attendance(first, other) == 2 / 1  # the fourth is no regular under the other plan


def test_who_comes_to_a_sale_is_kept():
    base = sized(load("unmanaged-group"), 1)
    sale = {"kind": "flash_sale", "discount": 0.2, "starts": 1, "ends": 1, "open_hours": 4}
    runs = observe_all({"sale": bare(base, 4, sale), "none": bare(base, 4)}, 0, events=True)
    came, nobody = (runs[name].world.attended for name in ("sale", "none"))
    events = runs["sale"].records.events
    sold = events["person"][
        (events["kind"] == ORDER) & (events["cause"] == runs["sale"].records.causes.index("flash_sale"))
    ]
    assert 0 < len(came) < 200
    assert not nobody.size
    assert set(sold) <= set(came)


def test_looks_and_mutes_are_added_up():
    base = sized(load("unmanaged-group"), 1)
    plans = {"plan": bare(base, 6, {"kind": "advert", "posts": 20})}
    found = observe_all(plans, 0, events=True)["plan"]
    assert found.world.looked.sum() == found.records.daily["looked"].sum()
    assert 0 < found.world.silenced.sum() == found.records.daily["muted_today"].sum()


def test_orders_of_the_same_people_are_compared():
    status = [MEMBER, MEMBER, LEFT, MEMBER, STRANGER]
    joined = np.array([-1, -1, -1, 8, -1])
    tended, silence = (
        run(people=people(status, joined=joined, orders=orders), looked=np.array([60, 3, 80, 300, 0]))
        for orders in ([6, 3, 1, 50, 0], [4, 3, 1, 50, 0])
    )
    assert year._lift({"tended": tended, "silence": silence}) == (10 / 8, 7 / 5)


def test_the_last_quarter_of_a_year_is_its_last_three_months():
    before, after = np.full(365, 10), np.full(365, 10)
    after[-92:] = 9
    runs = {name: run(daily={"orders": orders}) for name, orders in (("silence", before), ("adverts", after))}
    assert year._worn(runs) == (0.9,)


def test_messages_are_counted_by_who_wrote_them():
    daily = {"messages": np.array([3, 1, 500]), "operator_messages": np.array([3.0, 9.0, 0.0])}
    assert year.written_by_members(run(daily=daily), 2) == 0.25


def test_talk_is_compared_in_the_hour_of_an_envelope_and_two_days_later():
    day, hour = (part.ravel() for part in np.indices((30, 24)))
    usual = np.full(30 * 24, 10)
    lively = np.where(np.isin(day, envelopes.SENT) & (hour == 20), 30, usual)
    lively[(day == envelopes.SENT[0] + 2) & (hour == 20)] = 14
    lively[hour == 21] = 99
    runs = {
        name: run(hours={"day": day, "hour": hour, "messages": messages})
        for name, messages in (("none", usual), ("sent", lively))
    }
    assert envelopes._livelier(runs) == (3.0, 44 / 40)
