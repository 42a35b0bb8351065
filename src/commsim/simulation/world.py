"""A running world: the state of a community, and the day in its order.

1. arrivals join  2. mechanisms begin their day, strategies say what they do, mechanisms turn dials
3. the members' day, compiled calls (`kernels`): look, mute or leave, then what mechanisms give lookers
(envelopes), then sales and teams, invitations, shelf, talk, the evening's updates
4. old orders are delivered and today's settled; then it is the mechanisms' evening (check-in)
5. strategies react  6. mechanisms count their day, and the books close.
A shop that has given up (`mechanics.Home.shut`) says, buys and sells nothing any more; its members live on.
"""

import datetime as dt
from functools import partial
from typing import Any, Protocol

import numpy as np

from commsim.core import effects as e
from commsim.core.arrays import Bools, Columns
from commsim.core.columns import KEPT
from commsim.core.errors import InputError
from commsim.core.events import Happened
from commsim.core.luck import salt
from commsim.core.mechanism import mechanisms
from commsim.core.units import to_yuan
from commsim.core.view import MEMBER
from commsim.population.newcomers import with_newcomers
from commsim.population.people import Population
from commsim.records.records import Records
from commsim.scenario.schema import Scenario
from commsim.simulation import columns as c
from commsim.simulation.audiences import Audiences
from commsim.simulation.books import Books
from commsim.simulation.campaigns import NOT_ASKED, doubtful
from commsim.simulation.collect import Collector
from commsim.simulation.dials import Desk
from commsim.simulation.handle import Handle, State
from commsim.simulation.kept import Kept
from commsim.simulation.kernels.evening import close_groups, close_people
from commsim.simulation.kernels.inviting import UNASKED, invite
from commsim.simulation.kernels.joining import join
from commsim.simulation.kernels.looking import look
from commsim.simulation.kernels.selling import sell
from commsim.simulation.kernels.shopping import on_shelf, shop
from commsim.simulation.kernels.talking import talk
from commsim.simulation.kernels.teams import gather_teams
from commsim.simulation.limits import refuse_beyond
from commsim.simulation.live_view import LiveView
from commsim.simulation.mechanics import Home, Running
from commsim.simulation.params import params
from commsim.simulation.payments import Payments
from commsim.simulation.pilots import GroupsByName
from commsim.simulation.reasons import Reasons
from commsim.simulation.recorder import Recorder, members_table
from commsim.simulation.scratch import make_out
from commsim.simulation.settle import Orders, Till
from commsim.simulation.state import make_groups, make_people
from commsim.simulation.strategies import Strategies
from commsim.simulation.takes import handlers
from commsim.simulation.tempting import tempt
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import by_name


class Observer(Protocol):
    """Who looks on while a world lives, and changes nothing."""

    def carried_out(self, day: int, effect: e.Effect, cause: int) -> None:
        """An effect of a strategy was carried out, not refused by its budget."""

    def awake(self, world: "World") -> None:
        """The strategies have said what they do, and the members' day begins."""

    def shelf_opens(self, world: "World") -> None:
        """The day's sales are over; who has not ordered may still buy from the shelf."""


class World:
    """One community under one plan, from day 0; `advance` lives a day, and tells an observer of it."""

    def __init__(
        self,
        scenario: Scenario,
        population: Population,
        seed: int,
        *,
        full: bool = False,
        observer: Observer | None = None,
    ) -> None:
        behaviour, community = scenario.behaviour, scenario.community
        refuse_beyond(scenario)
        population = with_newcomers(population, scenario, seed)
        self.scenario, self.population, self.seed, self.day = scenario, population, seed, 0
        self._observer = observer
        self._blocks, self.people = make_people(population, scenario)
        if behaviour.invite.doubtful:
            doubts = doubtful(seed, population.n_persons, behaviour.invite.doubtful)
            self.people.asked_by[doubts] = UNASKED
        self.groups = make_groups(population, scenario)
        self._caps = np.full(len(self.groups.size), community.cap, np.int64)
        calendar = by_name(scenario.strategies)
        names = tuple(calendar)
        self.causes = (*names, *(one.name for one in scenario.sources), "shelf", "operator")
        self.books = Books(self.causes, scenario.days, full=full)
        budgets = [entries[0].budget for entries in calendar.values()]
        budgets += [one.budget for one in scenario.sources]
        self.books.budgets[: len(budgets)] = budgets
        self.recorder = Recorder(scenario.days, len(self.groups.size), population.n_persons, full=full)
        outsiders = population.n_outsiders
        self._own_rate = min(1.0, community.arrivals_per_day / outsiders) if outsiders else 0.0
        out, self._out = make_out(population.n_persons, len(self.groups.size))
        salts = np.array([salt(name) for name in names], np.uint64)
        self._nobody_joined = out.rows[0, :0], self.people.inviter[:0], self.people.join_cause[:0]
        self._desk = Desk(population.n_persons, len(self.groups.size))
        self.columns = dict(vars(self.people))
        column = partial(_column, self.columns, population.n_persons)  # no method, which would hold the world
        segments = [segment.name for segment in community.segments]
        named = GroupsByName(seed, population.group_names, population.n_groups, len(self.groups.size))
        channels = {one.name: len(names) + k for k, one in enumerate(scenario.sources)}
        self._audiences = Audiences(
            seed, salts, self.people, segments, population.tags, named, column, channels
        )
        self._audiences.appoint([entries[0] for entries in calendar.values()])
        self._today = Collector(scenario, seed, salts, self.people, self.groups, self._desk, self._audiences)
        self._till = Till(scenario, self.shelf)
        shelf = on_shelf(self._today.offers.appeal.T * [product.shelf for product in scenario.products])
        graph = population.offsets, population.neighbours
        self._state = State(
            seed, self._blocks, self.groups, graph, shelf, self._till.goods, params(behaviour), out,
            self.books.sheets, self.recorder.sums,
        )  # fmt: skip
        self._handle = Handle(self._state, self._today.tables())
        self.reasons = Reasons(behaviour, self.people, self._handle, self._out)
        self._payments = Payments(scenario.operator, self.shelf + 1, self.people, self.books, self.recorder)
        self._payments.channels = range(len(names), self.shelf)
        self._home = Home(
            scenario, salts, self._state, self._handle, self.people, self.groups, self._out,
            self._today.habits, self.books, self.recorder, self._today.open, self._audiences,
            population, self._caps, self._today.offers.appeal, self._today,
        )  # fmt: skip
        self.mechanisms = Running(self._home, scenario.mechanisms)
        actors = (self._payments, self._today, *self.mechanisms.all)
        self._handlers = {kind: method for actor in actors for kind, method in handlers(actor).items()}
        self.recorder.also(self.mechanisms.daily)
        self.columns |= self.mechanisms.columns()
        views = [LiveView(self, cause, int(one)) for cause, one in enumerate(salts)]
        self.strategies = Strategies([*calendar.values()], views)

    @property
    def shelf(self) -> int:
        """The cause of purchases from the shelf and of what belongs to no strategy: the operator is next."""
        return len(self.causes) - 2

    @property
    def asked(self) -> Bools:
        """Who was ever asked to bring friends."""
        return np.asarray((self._today.campaigns.asked != NOT_ASKED).any(axis=0))

    def advance(self) -> Happened:
        """Live one day; returns its events.  Raises RuntimeError when all days of the plan are over."""
        if self.day >= self.scenario.days:
            raise RuntimeError(f"the scenario ends after {self.scenario.days} days; give it more days")
        n_joined = self._arrivals()
        self._operator_moves()
        self._members_live()
        happened = self._events(n_joined)
        self._react(happened)
        self._close(happened)
        self.day += 1
        return happened

    def _arrivals(self) -> int:
        own_rate = 0.0 if self._home.shut else self._own_rate
        if not own_rate and not np.count_nonzero(self.people.due == self.day):
            return 0
        return int(join(self.day, self._handle, self._caps, own_rate))

    def _operator_moves(self) -> None:
        for cause, entry in self.strategies.change_settings(self.day):
            self.books.budgets[cause] = entry.budget
            self._audiences.appoint(self.strategies.strategies)
        today = self._today
        alone = self._home.shut or self.scenario.operator.leaves(self.day)
        today.morning(self.day, unstaffed=alone)
        self._payments.day = self.day
        self._desk.morning()
        self._home.morning(self.day, today.open)
        self._audiences.morning(self.day)
        self.mechanisms.morning(self.day)
        for change in self._home.changed:
            self._put_in_charge(*change)
        self.strategies.morning(self.day, self.scenario.start + dt.timedelta(days=self.day))
        if alone:
            return
        for cause, effect in self.strategies.act():
            self._carry_out(effect, cause)
        for cause, effect in self.mechanisms.postponed(self.day):
            self._carry_out(effect, cause)
        self._payments.running_costs(today.staff(), today.n_open)

    def _put_in_charge(self, cause: int, at: int, entry: Strategy) -> None:
        """Let a strategy begin or end on reaching a state; its sales can be announced from then on."""
        date = self.scenario.start + dt.timedelta(days=self.day)
        self.strategies.replace(cause, at, entry, self.day, date)
        self._today.offers.announced.know(self.strategies.entries(cause))

    def _carry_out(self, effect: e.Effect, cause: int) -> None:
        """Let the actor do it that takes such effects.  Raises InputError if there is none."""
        carry_out = self._handlers.get(type(effect))
        if carry_out is None:
            raise InputError(
                f"nothing in this plan carries out the effect {type(effect).__name__}",
                where=f"strategy {self.causes[cause]!r}, day {self.day}",
                remedy="name the mechanism that takes it (by @takes) in the strategy's `mechanisms`",
            )
        for part in self.mechanisms.admit(self.day, effect, cause):
            if carry_out(part, cause) is not False and self._observer is not None:
                self._observer.carried_out(self.day, part, cause)

    def _members_live(self) -> None:
        self.mechanisms.dial(self.day, self._desk)
        tables = self._today.tables()
        if tables is not self._handle.today:
            self._handle.lay_out(tables)
        if self._observer is not None:
            self._observer.awake(self)
        look(self.day, self._handle)
        self.mechanisms.midday(self.day)
        if self._desk.cuts:
            tempt(self.day, self._desk, self._handle, self.scenario.behaviour.buying.sample_price)
            if self._desk.table() is not self._handle.today.dials:
                self._handle.lay_out(self._handle.today._replace(dials=self._desk.table()))
        for j, teams in enumerate(self._today.offers.gathering):
            (gather_teams if teams else sell)(self.day, self._handle, j)
        if len(tables.asking.rows):
            invite(self.day, self._handle)
        if self._observer is not None:
            self._observer.shelf_opens(self)
        shop(self.day, self._handle)
        talk(self.day, self._handle)
        close_people(self._handle)
        close_groups(self._handle)

    def audience(self, cause: int) -> Bools:
        """The members whom a strategy addresses today."""
        chosen, members = self._audiences.mask(cause), self.people.status == MEMBER
        return np.asarray(members if chosen is None else members & chosen)

    def reaches(self, effect: e.Effect, cause: int, person: int) -> bool:
        """Whether an effect of a strategy can reach a person, by the luck of the run."""
        return self._today.reaches(effect, cause, person)

    def _events(self, n_joined: int) -> Happened:
        out, tally = self._out, self._out.tally
        bad = self._till.deliver(self.day, self._handle, self._out, self.books)
        orders = self._settle_orders()
        more = self.mechanisms.evening(self.day, self.recorder)
        if bad is not None:
            self.recorder.event("refund", self.day, bad.persons, -1, bad.fen, bad.causes)
        joined, inviters, causes = self._nobody_joined
        if n_joined:
            joined = out.newcomers[:n_joined].copy()
            inviters, causes = self.people.inviter[joined], self.people.join_cause[joined]
        return Happened(
            day=self.day,
            lookers=out.lookers[: tally[c.N_LOOKERS]].copy(),
            order_persons=orders.persons,
            order_products=orders.products,
            order_fen=orders.fen,
            order_cause=orders.strategies,
            joined=joined,
            join_inviters=inviters,
            join_cause=causes,
            left=out.leavers[: tally[c.N_LEFT]].copy(),
            muted=out.muters[: tally[c.N_MUTED]].copy(),
            unmuted=out.unmuters[: tally[c.N_UNMUTED]].copy(),
            more=more,
        )

    def _settle_orders(self) -> Orders:
        """Price the day's orders and enter them."""
        self.mechanisms.checkout(self.day)
        own = self._desk.prices, self._desk.cuts
        return self._till.settle(self.day, self._handle, *own, self._out, self.books)

    def _react(self, happened: Happened) -> None:
        if self._home.shut:
            return
        if len(happened.joined):
            self._payments.newcomers(happened.joined, happened.join_inviters)
        for cause, effect in self.strategies.react(happened):
            self._carry_out(effect, cause)

    def _close(self, happened: Happened) -> None:
        posts, answers = self._today.operator_posts, self._today.answers(self._out.messages)
        self._home.to_answer = answers * self.scenario.operator.minutes_per_answer
        numbers = self.mechanisms.close(self.day)
        self._payments.answers(answers, self._home.answered)
        numbers |= self.mechanisms.reckon(self.day)
        numbers["operator_posts"], numbers["liability"] = posts, self.books.owed
        numbers["operator_messages"] = posts * self.scenario.operator.messages_per_post + answers
        self.recorder.day(self._handle, len(happened.joined), numbers)
        if self.recorder.full:
            out, tally, people = self._out, self._out.tally, self.people
            orders = tally[c.N_ORDERS] - tally[c.N_ADDED]
            minutes, invited = out.order_minute[:orders], out.invited[: tally[c.N_INVITED]]
            invitations = people.inviter[invited], invited, people.join_cause[invited]
            self.recorder.happened(happened, self.shelf, minutes, *invitations)
        self.books.close(self.day, self._handle)

    def numbers(self) -> dict[str, float]:
        """The last day's row of the daily table and its profit, money in yuan; all 0 before the first."""
        return self.recorder.last() | {"profit": to_yuan(self.books.last_profit())}

    def records(self) -> Records:
        """Everything kept so far."""
        return self.kept().records()

    def kept(self) -> Kept:
        """What the records are made of; it goes on without the world."""
        names, members = self.population.group_names, self._members() if self.recorder.full else {}
        of = self.scenario.name, self.seed, self.day, self.causes, names
        return Kept(*of, self.recorder, self.books, members)

    def _members(self) -> Columns:
        of_mechanisms = (column for one in self.mechanisms.all for column in one.declared.columns)
        kept = {column.name: self.columns[column.name] for column in (*KEPT, *of_mechanisms) if column.kept}
        return members_table(self.people, kept, self.population, self.scenario, self.recorder.looked)


def _column(columns: Columns, persons: int, name: str) -> Any:
    """Of the people or of a mechanism; as on the first morning of one that is not part of the plan."""
    if name in columns:
        return columns[name]
    of_all = (column for one in mechanisms() for column in one.columns)
    return next(column for column in of_all if column.name == name).make(persons)
