"""A lottery and the newcomers whom it draws: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_bait import PlainBait, draw
from test_equal_bits import ALL, both, differing, of_few
from worlds import fen, plan, run, world

from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key
from commsim.core.maths import log
from commsim.core.mechanisms.bait import BAIT
from commsim.core.mechanisms.lottery import LOTTERY, WON
from commsim.core.view import LEFT, MEMBER
from commsim.scenario.behaviour import Behaviour
from commsim.simulation.mechanisms.lottery import take_turns
from commsim.strategies.audience import Who
from commsim.strategies.calendar import formal_days
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.strategies.levels import Levels
from commsim.strategies.lottery import Lottery
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "lottery.md"
LIVELY = Lottery(
    prizes=({"number": 5, "worth": 3}, {"number": 2, "worth": 100}), open_days=6, every=9, starts=2, ends=26
)
OFTEN = {"bait": {"leave": 0.5, "within": 4}, "lottery": {"friends": 0.3}}


class PlainLottery:
    """The rules of a draw once more, person by person."""

    def __init__(self, model):
        self.model, self.b, self.open = model, model.p.lottery, None
        for person in model.people:
            person.tickets = person.lucky = 0

    def morning(self):
        self.today, self.entered, self.won = None, 0, []

    def _raffle(self, effect, cause):
        model = self.model
        if self.open is None:
            budget = model.strategies[cause].budget
            if budget is not None and model.spent(cause) + sum(effect.prizes) > budget:
                return
            self.open = cause, effect.prizes, model.day, model.day + effect.days
            model.enter(Account.GIFTS, cause, -sum(effect.prizes))
            model.liability += sum(effect.prizes)
        self.today = effect

    def dial(self):
        lucky = [person for person in self.model.people if person.lucky]
        if lucky:
            buying = self.model.nudges.setdefault(Dial.BUY, [0.0] * len(self.model.people))
            for person in lucky:
                buying[person.row] += self.b.lift
                person.lucky -= 1

    def _draw(self):
        if self.open is None:
            return
        cause, prizes, opened, ends = self.open
        if self.today is not None:
            newly = [person for person in self.model.people if self._enters(person, cause, opened)]
            self.entered = len(newly)
            for person in newly:
                person.tickets = 1
            if self.today.invite and self.model.day < ends:
                self._bring(newly)
        if self.model.day >= ends:
            self._hold(cause, prizes, ends)

    def _enters(self, person, cause, opened):
        if person.status != MEMBER or not person.looked or person.tickets:
            return False
        if not person.addressed(cause, self.today.reach):
            return False
        salt = self.model.salts[cause]
        u = draw(self.model, "lottery, who enters", person.row, opened, salt)
        return u < self.b.enter or person.join_cause == cause

    def _bring(self, persons):
        cause, prizes, opened, ends = self.open
        mean = self.b.friends * log(1.0 + prizes[0] / 1000)
        friends = [person.accepting(mean, cause, opened) for person in persons]
        for person, n in zip(persons, friends, strict=True):
            person.bring(n, cause, self.b.quality, opened, ends)
            person.tickets = 1 + n

    def _hold(self, cause, prizes, ends):
        salt, turns = self.model.salts[cause], []
        for person in self.model.people:
            if person.tickets and person.status == MEMBER:
                u = draw(self.model, "lottery, who wins", person.row, ends, salt)
                turns.append((-log(1.0 - u) / person.tickets, person.row))
            person.tickets = 0
        for (_, row), prize in zip(sorted(turns), prizes, strict=False):
            self.model.people[row].lucky = self.b.lift_days
            self.won.append((row, prize))
        self.model.enter(Account.GIFTS, cause, sum(prizes))
        self.model.liability -= sum(prizes)
        self.open = None

    def told(self):
        self._draw()
        return {"won": self.won}

    def close(self):
        for row, prize in self.won:
            self.model.note("won", row, fen=prize)

    def numbers(self):
        return {"entered": self.entered, "promised": sum(self.open[1]) if self.open else 0}


OTHERS = DistributorRebate(base=0.5, weekdays=("mon", "thu"), asks_again=4)


@pytest.mark.parametrize(
    ("others", "changed"),
    [
        ((), {}),
        pytest.param(ALL, {}, marks=pytest.mark.slow),
        ((OTHERS,), {"reach": 0.6, "budget": 50_000, "invite": False, "who": Who(muted=False)}),
    ],
    ids=["alone", "with everything", "for some, with little money"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others, changed):
    lottery = LIVELY.model_copy(update=changed)
    lively = of_few("unmanaged-group", lottery, *others, behaviour=Behaviour(**OFTEN))
    engine, plain = both(lively, PlainBait, PlainLottery)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    happened = ("entered", "promised", *(() if others else ("baited", "bait_left")))
    assert {name for name in happened if not daily[name].any()} == set()


@pytest.mark.parametrize("mechanism", [BAIT, LOTTERY], ids=["bait", "lottery"])
def test_they_keep_the_promises_of_mechanisms(mechanism):
    check_mechanism(
        mechanism,
        Lottery,
        twin=lambda plan: differing(*both(plan, PlainBait, PlainLottery)),
        docs=DOCS.read_text(encoding="utf-8"),
        prizes=[{"number": 3, "worth": 5}],
        open_days=5,
        every=8,
    )


def drawn(days=20, behaviour=None, members=2000, others=(), **lottery):
    """A world with a draw open from its first day to the seventh."""
    one = {"kind": "lottery", "starts": 0, "open_days": 7, **lottery}
    community = {"members": members, "arrivals_per_day": 0.0, "outside_per_member": 1.0}
    made = world(plan(one, *others, days=days, behaviour=behaviour or {}, **community))
    return made


def lived(made, days):
    return [made.advance() for _ in range(days)]


def test_prizes_are_owed_until_they_are_drawn_and_then_paid_to_the_fen():
    made = drawn(members=300)
    lived(made, 6)
    assert made.books.liability == 60_000
    assert made.records().daily["promised"].tolist() == [60_000] * 6
    happened = made.advance()
    won, records = happened.of(WON), made.records()
    assert made.books.liability == records.daily["promised"][-1] == 0
    assert sorted(won.fen.tolist(), reverse=True) == won.fen.tolist()
    assert won.fen.sum() == -fen(records, "gifts", cause="lottery")
    assert len(np.unique(won.persons)) == len(won.persons) > 30
    assert won.fen[0] == 30_000


def test_more_prizes_than_tickets_are_not_given():
    made = drawn(members=60, prizes=[{"number": 5000, "worth": 1}])
    happened = lived(made, 7)[-1]
    entered = made.records().daily["entered"].sum()
    assert 0 < len(happened.of(WON).persons) <= entered
    assert -fen(made.records(), "gifts", cause="lottery") == 100 * len(happened.of(WON).persons)


def test_half_of_those_who_look_enter_and_nobody_twice():
    made = drawn(invite=False)
    looked = np.zeros(len(made.people.status), bool)
    for happened in lived(made, 6):
        looked[happened.lookers] = True
    entered = made.records().daily["entered"].sum()
    assert entered == np.count_nonzero(made.columns["tickets"])
    assert abs(entered - looked.sum() / 2) < 4.5 * np.sqrt(looked.sum() / 4)


def test_a_ticket_more_is_a_chance_more():
    """Of two who are drawn first, who has three tickets is it three times as often."""
    tickets, turn, wins = np.array([1, 3]), np.empty(2), 0
    for day in range(4000):
        take_turns(key(5, 99, day), np.arange(2), tickets, turn)
        wins += turn[1] < turn[0]
    assert abs(wins / 4000 - 0.75) < 4.5 * np.sqrt(0.75 * 0.25 / 4000)


def test_friends_come_before_the_draw_as_the_largest_prize_and_sociability_say():
    """The mean is friends x ln(1 + prize / 10) x sociability, for people of usual trust."""
    behaviour = {"lottery": {"enter": 1.0, "friends": 0.05}, "invite": {"trust": 0.0}}
    made = drawn(behaviour=behaviour, prizes=[{"number": 1, "worth": 300}])
    entered = np.zeros(len(made.people.status), bool)
    for _ in range(6):
        entered[made.advance().lookers] = True
    came = np.count_nonzero(made.people.join_cause == 0)
    sociability = made.population.traits["sociability"]
    mean = 0.05 * log(31.0) * sociability[entered & (made.people.join_cause != 0)].sum()
    assert abs(came - mean) < 6 * np.sqrt(mean) + 0.02 * mean
    due = made.people.due[made.people.join_cause == 0]
    assert due.max() <= 6


def test_who_comes_for_a_prize_is_muted_buys_little_and_leaves_after_the_draw():
    """Three parameters, each at its value: put in, so this is a law and no finding."""
    behaviour = {"lottery": {"friends": 0.4}, "stay": {"leave": 1e-6, "leave_message": 0.0}}
    made = drawn(days=16, behaviour=behaviour, members=3000)
    before = made.people.buy_rate.copy()
    lived(made, 6)
    came = np.flatnonzero(made.people.join_cause == 0)
    assert len(came) > 300
    assert np.allclose(made.people.buy_rate[came], 0.3 * before[came], rtol=1e-5)
    lived(made, 1)
    joined = came[made.people.status[came] == MEMBER]
    assert (made.people.status[came] != LEFT).all()
    fresh = world(made.scenario).people.muted
    muted = made.people.muted[joined][~fresh[joined]]
    assert abs(muted.mean() - 0.4) < 4.5 * np.sqrt(0.24 / len(muted))
    assert made.people.muted[joined][fresh[joined]].all()
    lived(made, 8)
    left = made.people.status[joined] == LEFT
    assert abs(left.mean() - 0.1) < 4.5 * np.sqrt(0.09 / len(joined))
    daily = made.records().daily
    assert daily["baited"].sum() >= len(joined)
    assert daily["bait_left"].sum() == daily["left"].sum() == left.sum()
    assert daily["bait_left"][:7].sum() == daily["bait_left"][14:].sum() == 0


def test_winners_buy_more_for_two_weeks_whatever_the_prize():
    made = drawn(members=300, days=30)
    won = lived(made, 7)[-1].of(WON).persons
    turned = []
    for _ in range(16):
        made.advance()
        at = made._handle.today.dials.at[list(Dial).index(Dial.BUY)]
        turned.append(made._handle.today.dials.turned[at, won].tolist() if at >= 0 else [0.0] * len(won))
    assert turned == [[0.2] * len(won)] * 14 + [[0.0] * len(won)] * 2


def test_nothing_is_promised_without_the_money_for_it():
    made = drawn(members=300, budget=599)
    lived(made, 10)
    daily = made.records().daily
    assert daily["entered"].sum() == daily["promised"].sum() == fen(made.records(), "gifts") == 0


def test_a_draw_is_held_when_its_strategy_ends_or_has_no_money_left():
    for ends in ({"ends": 3}, {"budget": 600}):
        made = drawn(members=300, **ends)
        lived(made, 10)
        daily = made.records().daily
        assert daily["promised"][-1] == made.books.liability == 0
        assert fen(made.records(), "gifts", cause="lottery") < -10_000


def test_draws_follow_each_other():
    made = drawn(members=300, days=30, every=10)
    held = [day for day, happened in enumerate(lived(made, 30)) if len(happened.of(WON).persons)]
    assert held == [6, 16, 26]


def test_two_lotteries_at_a_time_are_refused():
    one = {"kind": "lottery", "name": "one", "open_days": 3, "every": 5}
    two = {"kind": "lottery", "name": "two", "open_days": 2, "starts": 8}
    with pytest.raises(ValueError, match="'two' holds a lottery on day 10, when 'one' holds one"):
        plan(one, two | {"open_days": 3}, members=100, days=12)
    plan(one, two, members=100, days=12)
    plan(one | {"ends": 7}, two | {"open_days": 9}, members=100, days=12)
    with pytest.raises(ValueError, match="'two' holds a lottery on day 5, when 'one' holds one"):
        plan(one | {"budget": 100_000}, two | {"starts": 5}, members=100)


@pytest.mark.parametrize("settings", [{}, {"ends": 12}, {"weekdays": ["tue", "fri"]}, {"every": None}])
def test_a_draw_is_open_on_the_days_that_a_check_counts(settings):
    calendar = {"starts": 1, "open_days": 4, "every": 5} | settings
    made = drawn(members=50, days=20, **calendar)
    lived(made, 20)
    promised = made.records().daily["promised"]
    lottery = made.scenario.strategies[0]
    held = lottery.held(formal_days(lottery, made.scenario.start, 20), 20)
    evenings = [day for day in held if day + 1 in held]  # on its last, it is drawn and nothing is owed
    assert evenings == np.flatnonzero(promised).tolist()


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"prizes": []}, "nothing to win"),
        ({"prizes": [{"number": 1, "worth": 50_001}]}, "unlawful above 50,000 yuan"),
        ({"prizes": [{"number": 100_000, "worth": 1}, {"number": 1, "worth": 1}]}, "give fewer"),
        ({"open_days": 8, "every": 7}, "begin the next after that many"),
        ({"prizes": [{"number": 0, "worth": 1}]}, "greater than or equal to 1"),
    ],
)
def test_lotteries_that_are_none(settings, text):
    with pytest.raises(ValueError, match=text):
        Lottery(**settings)


def test_who_comes_for_a_gift_pack_is_a_newcomer_by_bait():
    """A member day of a month, engine and plain rules alike; without the factor no byte changes."""
    day = {"levels": (), "reward": 10, "reward_on": "join", "gift": 10, "month_days": (8, 18)}
    draws = DistributorRebate(base=1.0, gift_quality=0.6, **day)
    engine, plain = both(of_few("unmanaged-group", draws, behaviour=Behaviour(**OFTEN)), PlainBait)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["baited"].sum() == daily["joined"][daily["invited"] > 0].sum() > 10
    assert "baited" not in run(of_few("unmanaged-group", DistributorRebate(**day), days=3)).daily


def test_levels_and_a_lottery_add_up():
    """Two mechanisms that turn one dial."""
    levels = Levels(window=12, at=({"spent": 20, "discount": 0.05},))
    both_run = run(plan(levels.model_dump(mode="json"), LIVELY.model_dump(mode="json"), members=200, days=30))
    assert both_run.daily["levelled"].any()
    assert both_run.daily["entered"].any()
