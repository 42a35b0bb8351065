"""What draws people to a sale: envelopes and posts shortly before, announcements, habits; when they come."""

from typing import ClassVar, Literal

import numpy as np
import pytest
from pydantic import ValidationError
from worlds import plan, run, world

from commsim.core import effects as e
from commsim.core.mechanisms.envelopes import ENVELOPES, Envelope
from commsim.core.units import WEEKDAYS
from commsim.core.view import MEMBER
from commsim.records.tables import ORDER
from commsim.scenario.errors import ScenarioError
from commsim.scenario.lint import findings
from commsim.scenario.load import loads
from commsim.scenario.schema import Scenario
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.strategies.advert import Advert
from commsim.strategies.base import Strategy

SALE = {"kind": "flash_sale", "discount": 0.3, "weekdays": ["wed"], "hour": 20, "scarce": False}
STILL = {"behaviour": {"activity": {"envelope": 0, "push": 0}, "fatigue": {"response": 1.0, "annoyance": 0}}}
"""Nothing of an envelope or a post is left but what it draws."""


def sold(*more, days=3, members=2000, sale=SALE, behaviour=STILL, **settings):
    """Orders at the sales of a plan."""
    scenario = plan({**sale, **settings}, *more, days=days, members=members, **behaviour)
    events = (records := run(scenario)).events
    cause = records.causes.index("flash_sale")
    return int(((events["kind"] == ORDER) & (events["cause"] == cause)).sum())


def envelope(hour, total=10):
    return {"kind": "red_envelope", "weekdays": ["wed"], "hour": hour, "total": total}


def post(hour, *days, **more):
    return {"kind": "advert", "weekdays": list(days or ("wed",)), "hour": hour, **more}


def test_an_envelope_gathers_for_what_opens_in_the_three_hours_after():
    """At other hours it brings lookers alone."""
    at = {hour: sold(envelope(hour)) for hour in (8, 16, 17, 19, 20)}
    assert at[8] == at[16] == at[20]
    assert at[17] == at[19] > 1.1 * at[8]
    assert sold(envelope(19, 40)) > at[19] > sold(envelope(19, 2.5)) > at[8]


def test_a_post_before_a_sale_calls_less_and_a_preview_not_at_all():
    alone, called = sold(), sold(post(19))
    assert alone == sold(post(8)) == sold(post(20)) < called < sold(envelope(19))
    assert sold({**SALE, "name": "other", "starts": 5, "warm_up": 5, "hour": 19}, days=6) == alone


class InSome(Strategy):
    """An envelope in every second group, a sale in all."""

    kind: Literal["in_some"] = "in_some"
    mechanisms: ClassVar = (ENVELOPES,)
    total: int = 1000

    def act(self, view, memory):
        yield Envelope(18, self.total, 20, 0.0, 0.0, groups=np.arange(view.n_groups) % 2 == 0)
        yield e.Offer(0, 2000, 20, 2.0, scarce=False)


def test_only_groups_with_the_envelope_are_called():
    made = {}
    for gather in (0.0, 1.0):
        base = plan(members=1000, days=1, behaviour={"look": {"gather": gather}})
        scenario = base.model_copy(update={"strategies": (InSome(name="in_some"),)})
        (one := world(scenario)).advance()
        events = one.records().events
        group = one.people.group[events["person"][events["minute"] >= 0]]
        made[gather] = np.bincount(group % 2, minlength=2)
    assert made[1.0][0] > 1.2 * made[0.0][0]
    assert made[1.0][1] == made[0.0][1]


def test_calls_add_up_over_three_hours():
    desk = Desk(4, 3)
    desk.call(17, np.array([0, 0, 2]), np.array([0.1, 0.2, 0.5]))
    desk.call(19, None, 0.25)
    desk.call(16, None, 9.0)
    assert desk.called(20).tolist() == pytest.approx([0.55, 0.25, 0.75])
    assert desk.called(17).tolist() == [9.0] * 3
    assert desk.called(2) is None
    desk.morning()
    assert desk.called(20) is None


def test_readers_of_an_announcement_come():
    plain, announced = sold(post(10)), sold(post(10, announces="flash_sale"))
    assert announced > 1.1 * plain
    before = sold(post(21, "tue", announces="flash_sale"))
    assert plain < before < announced  # not all who look in on Wednesday have looked in on Tuesday
    assert sold(post(10, announces="flash_sale", reach=0.5)) < announced
    assert sold(post(20, announces="flash_sale")) == sold(post(21, announces="flash_sale")) == plain


def test_an_announcement_before_a_sale_is_not_empty():
    def empty(day, hour):
        sales = {**SALE, "weekdays": ["wed", "thu"], "ends": 8}
        made = world(plan(sales, post(hour, day, announces="flash_sale"), days=14, members=100))
        for _ in range({"tue": 1, "thu": 3, "mon": 7}[day]):
            made.advance()
        made._operator_moves()
        return made._today.tables().notices[c.EMPTY].max()

    assert empty("tue", 21) == empty("thu", 19) == 0
    assert empty("thu", 20) == empty("mon", 9) == 1


PLAN = "name: Coffee\nproducts: [{name: coffee, price: 30, unit_cost: 15}]\nstrategies:\n"


def habits_after_ten_weeks(days):
    """Mean habit by row, the strategy's last, of who had a sale on the given weekday of each week."""
    sales = [
        {**SALE, "starts": 7 * week, "ends": 7 * week + 6, "weekdays": [day]} for week, day in enumerate(days)
    ]
    made = world(plan(*sales, days=70, members=1000))
    for _ in range(70):
        made.advance()
    habits = made._today.habits
    rows = {habits.row(0, weekday, 20) for weekday in {WEEKDAYS.index(day) for day in days}}
    return habits.strength[sorted(rows)].mean(axis=1), habits.strength[habits.row(0)].mean()


def test_a_habit_belongs_to_its_slot():
    """A fixed slot has all of the habit; of sales that move, each slot has what was trained in it."""
    fixed, of_all = habits_after_ten_weeks(["wed"] * 10)
    assert fixed.tolist() == [of_all]
    moving, of_all = habits_after_ten_weeks(["mon", "thu", "sat", "wed", "fri"] * 2)
    assert moving.max() < 0.5 * fixed[0]
    assert moving.sum() == pytest.approx(of_all, rel=0.1)


def test_a_habit_is_carried_to_another_slot_in_part():
    """Of people with a strong habit who do not look in: at its slot they come, at another a tenth of them."""
    made = {}
    for hour in (20, 21):
        one = world(plan({**SALE, "weekdays": ["mon", "tue"]}, days=2, members=2000))
        one.advance()
        habits = one._today.habits
        of_all, here = habits.row(0), habits.row(0, 1, 20)
        habits.strength[of_all], habits.strength[here] = 0.9, 0.9 if hour == 20 else 0.0
        one.advance()
        away = (one.people.status == MEMBER) & (one.people.looks & 1 == 0)
        made[hour] = (habits.strength[of_all] > 0.9)[away].mean()
    assert made[21] == pytest.approx(0.1 * made[20], rel=0.35)


@pytest.mark.parametrize(("hours", "rush"), [(2.0, 0.75), (4.0, 0.75), (2.0, 0.3)])
def test_minutes_are_exponential_and_end_with_the_sale(hours, rush):
    """Without the pull of visible buyers, and with one sale a run, against the quantiles of the formula."""
    still = {"first_buyer": 0, "more_buyers": 0, "cap": 50}
    behaviour = {"look": {"rush": rush}, "buying": still}
    records = run(
        plan({**SALE, "discount": 0.6, "open_hours": hours}, days=3, members=6000, behaviour=behaviour)
    )
    minutes = records.events["minute"][records.events["minute"] >= 0]
    assert len(minutes) > 150
    assert minutes.max() < 60 * hours
    share = (1 - np.exp(-0.5 / rush)) / (1 - np.exp(-hours / rush))
    error = np.sqrt(share * (1 - share) / len(minutes))
    assert abs((minutes < 30).mean() - share) < 4 * error


def test_orders_of_a_sale_are_listed_by_the_minute():
    """And the shelf, who joins a team, and what is no order have none."""
    ladder = [{"size": 2, "price": 25}, {"size": 4, "price": 20}]
    team = {"kind": "group_buying", "ladder": ladder, "weekdays": ["wed"], "accept": 0.5, "accept_late": 0.5}
    records = run(plan({**SALE, "weekdays": ["tue"]}, team, days=3, members=1500))
    events, orders = records.events, records.events["kind"] == ORDER
    of = {name: orders & (events["cause"] == k) for k, name in enumerate(records.causes)}
    minutes = events["minute"][of["flash_sale"]]
    assert len(minutes) > 10
    assert (np.diff(minutes) >= 0).all()
    assert minutes.min() >= 0
    teams = int(records.daily["teams"].sum() - records.daily["teams_failed"].sum())
    assert (events["minute"][of["group_buying"]] >= 0).sum() == teams > 0
    assert (events["minute"][of["shelf"] | ~orders] == -1).all()


@pytest.mark.parametrize(
    ("strategies", "said"),
    [
        ("[{kind: advert, announces: flash_sal}, {kind: flash_sale, discount: 0.1}]",
         "strategies[0].announces: there is no strategy 'flash_sal'; name one of: flash_sale"),
        ("[{kind: advert, announces: content}, {kind: content}, {kind: flash_sale, discount: 0.1}]",
         "announces: 'content' is of kind content, which holds no sales; name one of: flash_sale"),
        ("[{kind: advert, announces: advert}]",
         "'advert' is of kind advert, which holds no sales; add a flash_sale or group_buying, or leave"),
    ],
)  # fmt: skip
def test_what_can_not_be_announced(strategies, said):
    with pytest.raises(ScenarioError) as caught:
        loads(PLAN[:-1] + " " + strategies + "\n")
    assert said in str(caught.value.problems[0])


class Bazaar(Strategy):
    """Sells, and does not say that it does."""

    kind: Literal["bazaar"] = "bazaar"
    purpose: ClassVar = "conversion"


def test_an_own_strategy_that_does_not_say_that_it_sells_is_told_how():
    with pytest.raises(ValidationError) as caught:
        plan(Bazaar(), Advert(announces="bazaar"))
    assert "holds no sales; say holds_sales = True in Bazaar if it does, or add a" in str(caught.value)


def test_an_announcement_that_is_never_before_a_sale_is_warned_of():
    def warned(hour, *days):
        scenario = Scenario.model_validate(
            {
                "name": "test", "products": [{"name": "coffee", "price": 30, "unit_cost": 15}],
                "strategies": [SALE, post(hour, *days, announces="flash_sale")],
            }
        )  # fmt: skip
        return any("no post comes before a sale" in finding.what for finding in findings(scenario))

    assert warned(20, "wed")
    assert warned(12, "sun")
    assert not warned(19, "wed")
    assert not warned(23, "tue")
