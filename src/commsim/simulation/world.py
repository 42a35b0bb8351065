"""A running world: the state of a community, and the day in its order.

1. arrivals join  2. strategies say what they do  3. the members' day (`kernels.day.live`): look, mute
or leave, catch envelopes, check in, events, shelf, teams, invitations, talk, and the evening's updates
4. orders are settled and old ones delivered  5. strategies react  6. the books close.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core import effects as e
from commsim.core.arrays import Ints
from commsim.core.effects import Account
from commsim.core.events import Happened
from commsim.core.luck import salt
from commsim.population.people import Population
from commsim.records.records import Records
from commsim.scenario.schema import Scenario
from commsim.simulation.books import ACCOUNTS, Books
from commsim.simulation.collect import Collector
from commsim.simulation.kernels.buying import Shelf
from commsim.simulation.kernels.day import live
from commsim.simulation.kernels.joining import join
from commsim.simulation.kernels.settling import change_points
from commsim.simulation.live_view import LiveView
from commsim.simulation.params import params
from commsim.simulation.recorder import Recorder
from commsim.simulation.scratch import make_out
from commsim.simulation.settle import Orders, Till
from commsim.simulation.state import make_groups, make_people
from commsim.simulation.sums import group_sums, members_table

RESENT_FEN = 1000  # who sends an envelope on sends 10 yuan in 20 shares: assumed, grade D
RESENT_SHARES = 20
RESENT_HOUR = 20


class World:
    """One community under one plan, from day 0; `advance` lives a day."""

    def __init__(self, scenario: Scenario, population: Population, seed: int, *, full: bool = False) -> None:
        behaviour, community = scenario.behaviour, scenario.community
        self.scenario, self.population, self.seed, self.day = scenario, population, seed, 0
        self._blocks, self.people = make_people(population, community.activity, behaviour)
        self.groups = make_groups(population, community, behaviour)
        self.strategies = sorted(scenario.strategies, key=lambda strategy: strategy.name)
        names = tuple(strategy.name for strategy in self.strategies)
        self.causes = (*names, "shelf", "operator")
        self.books = Books(self.causes, full=full)
        self.recorder = Recorder(scenario.days, len(self.groups.size), full=full)
        self._p = params(behaviour)
        outsiders = population.n_persons - population.n_members
        self._own_rate = min(1.0, community.arrivals_per_day / outsiders) if outsiders else 0.0
        self._graph = (population.offsets, population.neighbours)
        self._out_blocks, self._out = make_out(population.n_persons, len(self.groups.size))
        self._joined = np.zeros(population.n_persons, np.int32)
        self._today = Collector(scenario, seed, names, self.people, self.groups)
        self._till = Till(scenario, seed, self.shelf)
        self._shelf = _shelf(self._today.appeal.T * [product.shelf for product in scenario.products])
        self._resent: tuple[Any, ...] | None = None
        self._payments: dict[type, Callable[[Any, int], None]] = {
            e.Pay: self._pay,
            e.Spend: self._spend,
            e.Award: self._award,
            e.Redeem: self._redeem,
        }
        self._unclaimed = 0
        self._views = [LiveView(self, k, salt(name)) for k, name in enumerate(names)]
        self._memory = [
            strategy.start(view) for strategy, view in zip(self.strategies, self._views, strict=True)
        ]

    @property
    def shelf(self) -> int:
        """The cause of purchases from the shelf and of what belongs to no strategy: the operator is next."""
        return len(self.strategies)

    def advance(self) -> Happened:
        """Live one day; returns its events."""
        n_joined = self._arrivals()
        self._operator_moves()
        caught = self._members_live()
        happened = self._events(n_joined, caught)
        self._react(happened)
        self._close(happened, caught)
        self.day += 1
        return happened

    def _arrivals(self) -> int:
        if not self._own_rate and not (self.people.due == self.day).any():
            return 0
        cap, start = self.scenario.community.cap, self.scenario.behaviour.activity.start
        return int(
            join(self.day, self.seed, self._blocks, self.groups, cap, self._own_rate, start, self._joined)
        )

    def _operator_moves(self) -> None:
        self._today.morning(self.day)
        self.books.returned(self._unclaimed)
        date = self.scenario.start + dt.timedelta(days=self.day)
        for cause, (strategy, view) in enumerate(zip(self.strategies, self._views, strict=True)):
            view.morning(self.day, date)
            if strategy.phase(view) is not None:
                for effect in strategy.act(view, self._memory[cause]):
                    self._apply(effect, cause)
        if self._resent is not None:
            self._today.add_packets(RESENT_HOUR, *self._resent)
        self._running_costs()

    def _running_costs(self) -> None:
        operator, groups = self.scenario.operator, self._today.n_open
        for cause, minutes in self._today.staff:
            self._pay_staff(cause, minutes)
        self._pay_staff(self.shelf + 1, operator.minutes_per_group * groups)
        if operator.tools_per_group:
            self.books.charge(Account.TOOLS, self.shelf + 1, operator.tools_per_group * groups)

    def _pay_staff(self, cause: int, minutes: float) -> None:
        if minutes > 0:
            fen = round(minutes * self.scenario.operator.wage_per_hour / 60)
            self.books.charge(Account.STAFF, cause, fen)

    def _apply(self, effect: e.Effect, cause: int) -> None:
        """Money and points at once; everything else by way of the notices."""
        pay = self._payments.get(type(effect))
        if pay is not None:
            pay(effect, cause)
        elif not (isinstance(effect, e.Envelope) and self._beyond_budget(effect, cause)):
            self._today.take(effect, cause)

    def _pay(self, effect: e.Pay, cause: int) -> None:
        group = self.people.group[effect.persons]
        self.books.pay(effect.account, cause, effect.fen, effect.persons, group)
        self.recorder.event("payment", self.day, effect.persons, -1, effect.fen, cause)

    def _spend(self, effect: e.Spend, cause: int) -> None:
        self.books.charge(effect.account, cause, effect.fen)

    def _award(self, effect: e.Award, cause: int) -> None:
        persons = np.asarray(effect.persons, np.int64)
        fen = np.empty(len(persons), np.int64)
        points = np.asarray(effect.points, np.int64)
        total = change_points(self.people.points, persons, points, float(effect.worth), fen)
        self.books.award(cause, total, fen, persons, self.people.group[persons])

    def _redeem(self, effect: e.Redeem, cause: int) -> None:
        persons = np.asarray(effect.persons, np.int64)
        fen = np.empty(len(persons), np.int64)
        points = -np.asarray(effect.points, np.int64)
        self.books.redeem(-change_points(self.people.points, persons, points, float(effect.worth), fen))

    def _beyond_budget(self, effect: e.Envelope, cause: int) -> bool:
        budget = self.strategies[cause].budget
        return budget is not None and self.books.spent(cause) + effect.total * self._today.n_open > budget

    def _members_live(self) -> NDArray[np.int64]:
        today = self._tables = self._today.tables()
        packets = today.packets
        catches = np.empty((int(packets["shares"].sum()), 4), np.int64)
        live(
            self.day, self.seed, self._blocks, self.groups, self._graph, today.notices, today.narrow,
            self._packet_lift(packets), today.nudges, packets, today.sales, today.drives, today.check_row,
            today.check_base, today.check_pull, self._today.habits.strength, self._shelf, self._p,
            self._out_blocks, catches,
        )  # fmt: skip
        return catches[: self._out.count[7]]

    def _packet_lift(self, packets: NDArray[np.void]) -> NDArray[np.float64]:
        """Lift of looking in groups that get an envelope today, worn by those of the last 7 days."""
        lift = np.zeros(len(self.groups.size))
        if len(packets):
            look, group = self.scenario.behaviour.look, packets["group"]
            lift[group] = look.envelope * look.habituation ** self.groups.packets[:, group].sum(axis=0)
        return lift

    def _events(self, n_joined: int, catches: NDArray[np.int64]) -> Happened:
        out, count = self._out, self._out.count
        joined = self._joined[:n_joined].copy()
        orders = self._settle_orders()
        return Happened(
            day=self.day,
            lookers=out.lookers[: count[6]].copy(),
            order_persons=orders.persons,
            order_products=orders.products,
            order_fen=orders.fen,
            order_cause=np.where(orders.causes == self.shelf, -1, orders.causes),
            joined=joined,
            join_inviters=self.people.inviter[joined],
            join_cause=self.people.join_cause[joined],
            left=out.left[: count[4]].copy(),
            muted=out.muted[: count[5]].copy(),
            checked_in=out.checkers[: count[8]].copy(),
            caught_persons=catches[:, 0],
            caught_fen=catches[:, 1],
        )

    def _settle_orders(self) -> Orders:
        """Price the day's orders, enter them, and deliver what is due."""
        till, sales = self._till, self._tables.sales
        bad = till.deliver(self.day, self._blocks, self._p, self.books)
        if bad is not None:
            self.recorder.event("refund", self.day, bad.persons, -1, bad.fen, bad.causes)
        return till.settle(self.day, self._blocks, sales, self._out_blocks, self._out, self.books)

    def _react(self, happened: Happened) -> None:
        self._pay_for_newcomers(happened)
        for cause, strategy in enumerate(self.strategies):
            for effect in strategy.react(happened, self._views[cause], self._memory[cause]):
                if not isinstance(effect, e.REACTIONS):
                    raise TypeError(
                        f"{strategy.name}: {type(effect).__name__} can't be answered in the evening; use act()"
                    )
                self._apply(effect, cause)

    def _pay_for_newcomers(self, happened: Happened) -> None:
        alone = happened.joined[happened.join_inviters < 0]
        cost = self.scenario.operator.acquisition
        if len(alone) and cost:
            fen, group = np.full(len(alone), cost), self.people.group[alone]
            self.books.pay(Account.ACQUISITION, self.shelf + 1, fen, alone, group)

    def _envelopes(self, catches: NDArray[np.int64]) -> int:
        """The operator's envelopes cost what was taken; what members send on comes tomorrow.

        Returns the fen that members will send on.
        """
        packets = self._tables.packets
        self._unclaimed, self._resent = 0, None
        if not len(packets):
            return 0
        operators = packets["sender"] < 0
        sent = int(packets["total"][operators].sum())
        self.books.send(sent)
        own = catches[operators[catches[:, 2]]]
        person, fen, cause = own[:, 0], own[:, 1], packets["cause"][own[:, 2]]
        self.books.taken(cause, fen, person, self.people.group[person])
        self.recorder.event("payment", self.day, person, -1, fen, cause)
        self._unclaimed = sent - int(fen.sum())
        on = catches[catches[:, 3] > 0]
        if len(on):
            sender, row = on[:, 0], packets[on[:, 2]]
            self._resent = (
                row["cause"], self.people.group[sender], sender, RESENT_FEN, RESENT_SHARES, row["resend"], row["slope"],
            )  # fmt: skip
        return RESENT_FEN * len(on)

    def _close(self, happened: Happened, catches: NDArray[np.int64]) -> None:
        resent = self._envelopes(catches)
        self._record(happened, catches, resent)
        self.books.close(self.day)

    def _record(self, happened: Happened, catches: NDArray[np.int64], resent: int) -> None:
        out, groups, recorder = self._out, self.groups, self.recorder
        invited = out.invited[: out.count[3]]
        members = int(groups.size.sum())
        by_group = group_sums(groups, out)
        recorder.day(
            {
                "day": self.day,
                "members": members,
                "looked": len(happened.lookers),
                "wrote": out.count[9],
                "messages": by_group["messages"].sum(),
                "operator_posts": self._today.operator_posts,
                "spam": out.sums[2],
                "muted": out.muted_in.sum(),
                "joined": len(happened.joined),
                "invited": (happened.join_inviters >= 0).sum(),
                "left": len(happened.left),
                "muted_today": len(happened.muted),
                "orders": len(happened.order_persons),
                "revenue": happened.order_fen.sum(),
                "buyers": len(happened.order_persons),
                "caught": happened.caught_fen.sum(),
                "resent": resent,
                "teams": out.count[1],
                "teams_failed": out.count[2],
                "checked_in": len(happened.checked_in),
                "activity": out.sums[0] / max(1, members),
                "trust": out.sums[1] / max(1, members),
                "liability": self.books.liability,
            },
            by_group,
        )
        recorder.event("join", self.day, happened.joined, happened.join_inviters, 0, happened.join_cause)
        recorder.event("leave", self.day, happened.left)
        recorder.event("mute", self.day, happened.muted)
        recorder.event(
            "order", self.day, happened.order_persons, -1, happened.order_fen, happened.order_cause
        )
        recorder.event(
            "invitation", self.day, self.people.inviter[invited], invited, 0, self.people.join_cause[invited]
        )

    def records(self) -> Records:
        """Everything kept so far."""
        recorder, books = self.recorder, self.books
        return Records(
            scenario=self.scenario.name,
            seed=self.seed,
            days=self.day,
            accounts=tuple(account.value for account in ACCOUNTS),
            causes=self.causes,
            daily=recorder.daily(),
            ledger=books.ledger(),
            groups=recorder.groups(),
            events=recorder.events(),
            members=members_table(self.people, self.population, self.scenario) if recorder.full else {},
            entries=books.entries(),
        )


def _shelf(appeal: NDArray[np.float64]) -> Shelf:
    """Shares and factors from the appeal by segment and product; 0 where it is not on the shelf."""
    total = appeal.sum(axis=1, keepdims=True)
    below = np.cumsum(appeal, axis=1) / np.where(total > 0.0, total, 1.0)
    return Shelf(np.ascontiguousarray(below), appeal.max(axis=1))
