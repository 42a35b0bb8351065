"""Service: its plain twin, and its laws."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from plain_service import PlainService
from test_equal_bits import ALL, both, differing, of_few
from worlds import fen, plan, run, world

from commsim.analysis.measures import outcomes
from commsim.core.dials import Dial
from commsim.core.maths import log
from commsim.core.mechanisms.service import SERVICE
from commsim.core.view import MEMBER
from commsim.report.language import language
from commsim.report.plan import plan_rows
from commsim.scenario.behaviour import Behaviour
from commsim.simulation.forecast import forecast
from commsim.strategies.content import Content
from commsim.strategies.free_service import FreeService
from commsim.strategies.robot import Robot
from commsim.strategies.service import Service
from commsim.testing import check_mechanism

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "service.md").read_text(encoding="utf-8")
BUSY = Behaviour(
    service={"ask_goods": 0.3, "ask_order": 0.6, "ask_parcel": 0.8}, invite={"delay": 1}, stay={"leave": 0.01}
)
DESKS = (
    Service(
        name="consultant", hours=0.6, questions=("goods",), wage=60, turn=1, weekdays=("mon", "tue", "fri")
    ),
    Service(name="officer", hours=0.3, welcome=1.5, minutes=3, starts=3, ends=18),
)
OTHERS = (Robot(manages=2, starts=2), FreeService(per_month=6, minutes=1.5, wage=29, weekdays=("mon", "thu")))


AIMED = (
    Service(name="before", hours=0.3, who={"orders": 0}, welcome=1),
    Service(name="repeats", hours=0.2, who={"orders": ">=1"}, groups=[1, 3]),
    FreeService(per_month=9, who={"satisfaction": "<0.69"}),
    Robot(groups=[2]),
)


@pytest.mark.parametrize(
    "strategies",
    [
        AIMED,
        (*DESKS, Content()),
        (*OTHERS, Content()),
        pytest.param((*DESKS, *OTHERS, *ALL), marks=pytest.mark.slow),
    ],
    ids=["audiences", "roles", "a robot and free services", "everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(strategies):
    engine, plain = both(of_few("unmanaged-group", *strategies, behaviour=BUSY, days=24), PlainService)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    wanted = {"questions"} | ({"answered", "waiting", "waited"} if DESKS[0] in strategies else set())
    wanted |= {"robot_answered", "cared"} if strategies[0] in (OTHERS[0], AIMED[0]) else set()
    assert {name for name in wanted if not daily[name].any()} == set()
    assert daily["greeted"].any() == any(getattr(one, "welcome", 0) for one in strategies)


def test_answers_in_a_service_group_are_given_in_the_hours_of_the_desk():
    """Bits, and money: what fits into the hours is not paid twice."""
    behaviour = Behaviour(talk={"level": 1.0, "answered": 0.7})
    for hours in (0.05, 5):
        desk = Service(hours=hours)
        engine, plain = both(of_few("unmanaged-group", desk, behaviour=behaviour, days=8), PlainService)
        assert differing(engine, plain) == []
        records = engine.records()
        minutes = records.daily["operator_messages"].sum() * 1.0
        extra = -fen(records, "staff", cause="operator")
        assert fen(records, "staff", cause="service") == -8 * round(hours * 60 * 4600 / 60)
        assert minutes > 10
        assert extra == 0 if hours == 5 else 0 < extra < minutes * 4600 / 60


@pytest.mark.parametrize("strategy", [Service, Robot, FreeService])
def test_it_keeps_the_promises_of_mechanisms(strategy):
    check_mechanism(SERVICE, strategy, twin=lambda plan: differing(*both(plan, PlainService)), docs=DOCS)


DEAF = {"buying": 0.0, "leaving": 0.0, "friends": 0.0}
ASKS = {
    "service": {"ask_goods": 0.5, "ask_order": 0.0, "ask_parcel": 0.0, **DEAF},
    "stay": {"leave": 0.0, "leave_message": 0.0},
}
"""Only lookers ask, and nobody acts on how they are answered."""


def desk(hours, **settings):
    return {"kind": "service", "hours": hours, **settings}


def lived(hours, days=30, behaviour=None, **settings):
    made = plan(desk(hours, **settings), members=1000, days=days, behaviour=behaviour or ASKS)
    return run(made).daily


def test_the_backlog_grows_by_what_is_over_the_capacity_and_is_bounded_below_it():
    """Minutes asked less minutes there are, to the question, however many wait."""
    asked = lived(24)["questions"]
    hours = asked.sum() * 4 / 60 / 30
    over, under = lived(hours / 1.25), lived(hours * 1.25)
    assert over["questions"].tolist() == asked.tolist()
    load = asked.sum() * 4 / (30 * 60 * hours / 1.25)
    assert over["waiting"][-1] * 4 == pytest.approx((load - 1) * 30 * 60 * hours / 1.25, rel=0.03)
    answered = (asked.cumsum() - over["waiting"]) * 4
    assert answered[-1] == pytest.approx(30 * 60 * hours / 1.25, abs=4)  # no minute is lost
    assert under["waiting"].max() < over["waiting"].max() / 3
    assert under["waiting"][-1] == 0
    came = np.searchsorted(asked.cumsum(), answered[-1] / 4)  # day of the question answered last
    assert over["waited"][-1] == pytest.approx(29 - came, abs=1.0)
    assert over["satisfaction"][-1] < under["satisfaction"][-1]


def test_an_answer_on_the_same_day_and_one_of_three_days_later():
    """Against the equation, from one person's satisfaction."""
    b = {"service": ASKS["service"] | {"fading": 0.0, "ask_goods": 1.0}}
    made = world(plan(desk(24), members=50, behaviour=b))
    looked = made.advance().lookers
    assert made.columns["satisfaction"][looked] == pytest.approx(0.7 + 0.25 * (0.9 - 0.7))
    late = world(plan(desk(24, weekdays=["thu"]), members=50, behaviour=b))  # opens on the fourth day
    for day in range(4):
        happened = late.advance()
        if day == 0:
            assert late.records().daily["waiting"].tolist() == [0]  # no desk has opened yet
    assert late.records().daily["questions"].tolist() == [0, 0, 0, len(happened.lookers)]
    for _ in range(4, 11):
        late.advance()
    assert late.records().daily["waited"][10] > 2
    once = np.flatnonzero(late.columns["satisfaction"] < 0.69)
    assert once.size > 0


def test_buying_leaving_and_inviting_follow_satisfaction_from_the_next_day():
    made = world(
        plan(desk(3), members=50, behaviour={"service": {"buying": 0.4, "leaving": 1.0, "friends": 0.2}})
    )
    made.advance()
    mechanics = made.mechanisms.all[0]
    mechanics.satisfaction[:3], mechanics._moved = [0.35, 0.9, 0.0], True
    made.advance()
    dials = made._handle.today.dials
    for dial, power in ((Dial.BUY, 0.4), (Dial.LEAVE, -1.0), (Dial.INVITE, 0.2)):
        turned = dials.turned[dials.at[list(Dial).index(dial)]]
        wanted = [power * log(s / 0.7) for s in (0.35, 0.9, 0.05)]
        assert turned[:3].tolist() == pytest.approx(wanted, rel=1e-6)


def test_when_the_last_desk_closes_who_waits_is_never_answered():
    made = world(plan(desk(0.1, ends=9), members=400, days=20, behaviour=ASKS))
    for _ in range(10):
        made.advance()
    before = made.columns["satisfaction"].astype(float)
    assert made.records().daily["waiting"][-1] > 100
    made.advance()
    daily = made.records().daily
    assert daily["waiting"][-1] == daily["questions"][-1] == 0
    fallen = before - made.columns["satisfaction"] > 0.1
    assert fallen.sum() > 80


def test_what_no_role_takes_is_as_it_was_without_any():
    """A desk for orders alone, and nobody asks about orders: only the hours are paid."""
    b = {"service": {"ask_order": 0.0, "ask_goods": 0.5}}
    without, idle = (
        run(plan(*some, members=200, behaviour=b)) for some in ((), (desk(2, questions=["orders"]),))
    )
    names = without.daily
    assert [name for name in names if names[name].tolist() != idle.daily[name].tolist()] == []
    assert fen(idle, "staff") == -20 * 2 * 4600


def test_a_member_with_two_answers_feels_both():
    made = world(plan(desk(2), members=10))
    made.advance()
    mechanics = made.mechanisms.all[0]
    before = float(mechanics.satisfaction[4])
    mechanics._feel(np.array([4, 4]), np.array([1.0, 0.0]))
    assert mechanics.satisfaction[4] == pytest.approx((before + 0.25 * (1 - before)) * 0.75)


def test_a_welcome_keeps_newcomers_and_takes_time_from_questions():
    rebate = {"kind": "distributor_rebate", "base": 3.0, "reward": 10}
    b = {"stay": {"leave": 0.02}, "service": {"ask_goods": 0.3, "welcomed": 0.2}}
    outside = {"members": 600, "days": 40, "behaviour": b, "outside_per_member": 2}
    with_it, without = (run(plan(rebate, desk(2, welcome=w), **outside)) for w in (1.0, 0))
    assert with_it.daily["greeted"].sum() > 200
    assert without.daily["greeted"].sum() == 0

    def stayed(records):
        table = records.members
        came = (table["joined"] >= 1) & (table["joined"] < 25)
        return (table["status"][came] == MEMBER).mean()

    assert stayed(with_it) > stayed(without) + 0.05
    assert with_it.daily["waiting"].sum() >= without.daily["waiting"].sum()


def test_a_robot_pays_from_so_many_groups_on_as_the_equation_says():
    """199 yuan a month, half a minute a group and day at 46 yuan: 17.3 groups."""
    robot = Robot()
    assert robot.break_even(0.5, 4600) == pytest.approx(17.3, abs=0.01)
    assert robot.break_even(0.0, 4600) == float("inf")
    work = {"kind": "content", "staff_minutes": 1.0}
    for groups in (17, 18):
        people = {"members": groups * 5, "group_size": 5, "days": 30, "behaviour": {"stay": {"leave": 0.0}}}
        costs = [
            -fen(run(plan(work, *more, **people)), "staff", "tools") for more in ((), ({"kind": "robot"},))
        ]
        assert (costs[1] < costs[0]) == (groups == 18)
        assert costs[1] - costs[0] == pytest.approx(19900 - groups * 30 * 0.5 * 4600 / 60, abs=30)


def test_a_robot_manages_so_many_groups_and_no_more():
    people = {"members": 60, "group_size": 10, "days": 30, "behaviour": {"stay": {"leave": 0.0}}}
    content = {"kind": "content", "staff_minutes": 6}
    robot = {"kind": "robot", "manages": 2, "robots": 2, "saves": 0.5, "cost": 100}
    records = run(plan(content, robot, **people))
    assert fen(records, "staff", cause="content") == -30 * round(6 * (2 + 4 * 0.5) * 4600 / 60)
    assert fen(records, "tools", cause="robot") == -20000


def test_hours_are_paid_whether_they_are_used_or_not():
    nobody = {"service": {"ask_goods": 0.0, "ask_order": 0.0, "ask_parcel": 0.0}}
    for wage, yuan in ((None, 46), (80, 80)):
        made = plan(desk(2.5, people=2, wage=wage), days=10, behaviour=nobody)
        assert fen(run(made), "staff") == -10 * 5 * yuan * 100


def test_free_service_satisfies_and_costs_its_minutes():
    free = {"kind": "free_service", "per_month": 3, "minutes": 2}
    records = run(plan(free, members=500, days=30))
    done = records.daily["cared"]
    assert done.sum() == pytest.approx(500 * 3, rel=0.1)
    assert fen(records, "staff", cause="free_service") == -sum(round(n * 2 * 4600 / 60) for n in done)
    assert records.daily["satisfaction"][-1] > 0.78


@pytest.mark.parametrize(
    ("kind", "settings", "text"),
    [
        (Service, {"questions": []}, "it has nothing to do"),
        (Service, {"questions": ["goods", "goods"]}, "each kind of question once"),
        (Service, {"reach": 0.5}, "leave out reach"),
        (Service, {"questions": ["weather"]}, "'goods', 'orders' or 'parcels'"),
        (Robot, {"weekdays": ["sat"]}, "hired for every day"),
        (FreeService, {"reach": 0.5}, "per_month"),
    ],
)
def test_settings_that_are_refused(kind, settings, text):
    with pytest.raises(ValueError, match=text):
        kind(**settings)


def test_wages_of_roles_are_in_the_forecast():
    made = plan(desk(2, wage=60), {"kind": "robot"}, days=30)
    assert forecast(made.strategies[0], made).staff == 30 * 2 * 6000
    assert forecast(made.strategies[1], made).things == 19900


def test_the_plan_table_says_from_how_many_groups_on_a_robot_pays():
    work = {"kind": "content", "staff_minutes": 1.0}
    last = [row["cost"].split("\n")[-1] for row in plan_rows(plan(work, {"kind": "robot"}, days=30))]
    assert last[1] == "saves 0.5 minutes a group and day: pays from 17.3 groups on"
    (alone,) = plan_rows(plan({"kind": "robot"}, days=30), language("zh"))
    assert alone["cost"].split("\n")[-1] == "群里没有人工可省"


def test_satisfaction_is_told_without_the_noise_of_32_bits():
    records = run(plan(members=40, days=8))

    def told(satisfaction):
        daily = records.daily | {"satisfaction": np.full(8, satisfaction, np.float32)}
        return outcomes(replace(records, daily=daily))["satisfaction"]

    usual = np.float32(0.7)
    for nearly in (np.nextafter(usual, np.float32(0)), usual, np.nextafter(usual, np.float32(1))):
        assert str(told(nearly)) == "0.0"
    assert told(0.63) == pytest.approx(-0.1)
