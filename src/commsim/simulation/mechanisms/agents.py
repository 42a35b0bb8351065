"""Agents: who runs which group, what they do there, what they earn, and when they give up."""

from collections.abc import Iterable

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.dials import Dial
from commsim.core.effects import Account, Announce, Effect
from commsim.core.errors import InputError
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import log
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.agents import AGENTS, MONTH, QUIT, WEEK, AgentsBehaviour, Appoint
from commsim.core.mechanisms.passing_on import off
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.cuts import BestOf, Cut
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.hiring import choose, efforts
from commsim.simulation.mechanisms.own_customers import bring
from commsim.simulation.mechanisms.parcels import Arrived, Parcels
from commsim.simulation.takes import takes

GIVES_UP, GOES, POSTS = (
    purpose(f"agents, {what}") for what in ("who gives up", "which customers go", "who posts")
)
NOBODY, SURELY = -1, 20.0
"""SURELY: log of the factor on the chance to leave of who goes with an agent."""


class Agents(Mechanics):
    """One network of agents, one to a group; a group whose agent gives up is the shop's again, for good."""

    declared = AGENTS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.agent, self.effort, self.earned, self._appointed = self.columns.values()
        self._b: AgentsBehaviour = getattr(home.scenario.behaviour, AGENTS.name)
        groups = len(home.groups.size)
        self._of = np.full(groups, NOBODY)  # the agent of each group
        self._had = np.zeros(groups, np.bool_)
        self._since, self._until = np.zeros(groups, np.int64), np.full(groups, -1)  # appointed; conflict
        self._week = np.zeros(groups, np.int64)  # earned this week
        self._parcels, self._cause = Parcels(home), NOBODY
        self._going = np.zeros(0, np.int64)
        self._agreed: tuple[int, Appoint] | None = None  # the last day of it, and for what
        self._cheaper: BestOf | None = None
        self._given: dict[int, Ints] = {}  # by day, what was passed on with each of its orders
        self._fresh: Ints = np.zeros(0, np.int64)

    def morning(self, day: int) -> None:
        """Nobody is appointed yet today."""
        self._day = day
        self._terms: Appoint | None = None
        self._orders = self._paid = 0
        self._quit = self._fresh = np.zeros(0, np.int64)

    @takes(Appoint)
    def appoint(self, effect: Appoint, cause: int) -> None:
        """Fill up the agents, give them material.  Raises InputError if another strategy has some today."""
        if self._terms is not None:
            raise InputError(
                "two strategies have agents on the same day",
                where=self.home.both(self._cause, cause),
                remedy="put them together, or give them other dates",
            )
        self._cause, self._terms = cause, effect
        self._agreed = self._day, effect
        missing = effect.number - int(np.count_nonzero(self._of >= 0))
        if missing > 0:
            self._hire(cause, effect, missing)
        due = (self._of >= 0) & ((self._day - self._since) % MONTH == 0)
        if fen := effect.material * int(np.count_nonzero(due)):
            self.home.books.charge(Account.CONTENT, cause, fen)

    def _hire(self, cause: int, terms: Appoint, missing: int) -> None:
        """Give groups to new agents, who pay their fee."""
        home = self.home
        fit = (home.people.status == MEMBER) & (self.agent == 0)
        groups, chosen = choose(home, self._b, cause, terms, (self._day, missing), fit, ~self._had)
        self._of[groups], self._had[groups], self._since[groups] = chosen, True, self._day
        self._week[groups] = 0
        self.agent[chosen], self._appointed[chosen] = 1, self._day
        self.effort[chosen] = efforts(home, self._b, cause, chosen)
        self._fresh = chosen
        if terms.entry and chosen.size:
            home.books.receive(Account.ENTRY_FEES, cause, terms.entry * len(chosen))
            fees = np.full(len(chosen), terms.entry)
            home.books.note(Account.ENTRY_FEES, cause, fees, chosen, home.people.group[chosen])

    @property
    def _customers(self) -> Ints:
        """The agent of each person by their group, `NOBODY` for none; agents are nobody's customers."""
        agents = np.append(self._of, NOBODY)[self.home.people.group]
        agents[self.agent == 1] = NOBODY
        return np.asarray(agents)

    def postponed(self, day: int) -> Iterable[tuple[int, Effect]]:
        """Adverts of paid agents in their groups: a real deal where they pass something on."""
        if self._terms is None or not self._terms.posts:
            return
        running = np.flatnonzero(self._of >= 0)
        agents = self._of[running]
        chance = np.minimum(1.0, self._effort(running, day)) * (self._terms.posts / WEEK)
        posts = np.zeros(len(self._of), np.bool_)
        posts[running[uniforms(key(self.home.seed, POSTS, day), agents) < chance]] = True
        if posts.any():
            worth = float(self._terms.passed_on > 0.0)
            yield self._cause, Announce(self._terms.hour, worth=worth, groups=posts)

    def _effort(self, groups: Ints, day: int) -> Floats:
        """Of the agents of some groups today."""
        resents = np.where(self._until[groups] >= day, self._b.conflict, 1.0)
        return np.asarray(self.effort[self._of[groups]].astype(np.float64) * resents)

    def midday(self, day: int) -> None:
        """New agents bring people of their own; who buys from an active one gets a part of the margin."""
        terms, self._cheaper = self._terms, None
        if terms is None:
            return
        if terms.brings and self._fresh.size:
            effort = np.minimum(1.0, self.effort[self._fresh].astype(np.float64))
            bring(self.home, day, self._cause, self._fresh, terms.brings * effort)
        if terms.passed_on and terms.margin:
            share = off(terms.margin, terms.passed_on)
            agents = self._customers
            theirs = (agents >= 0) & (self.effort[agents] > 0.0) & (self.home.people.status == MEMBER)
            if theirs.any():
                every = np.ones(len(self.home.scenario.products), np.bool_)
                cut = Cut(self._cause, theirs, 0, share, 0, every, sales=False)
                self._cheaper = self._desk.take_off([cut])

    def dial(self, day: int, desk: Desk) -> None:
        """Customers buy more by what a paid agent does; who follows an agent out leaves."""
        self._desk = desk
        running = np.flatnonzero(self._of >= 0)
        if running.size and self._terms is not None:
            lifts = np.zeros(len(self._of) + 1)
            for g, effort in zip(running, self._effort(running, day), strict=True):  # there are few agents
                lifts[g] = log(1.0 + self._b.selling * min(1.0, float(effort)))
            mine = (self.home.people.status == MEMBER) & (self._customers >= 0)
            desk.turn(Dial.BUY, np.where(mine, lifts[self.home.people.group], 0.0))
        if self._going.size:
            desk.turn(Dial.LEAVE, SURELY, self._going)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Margins are paid on what has arrived, conflicts begin, and once a week agents may give up.

        What was ordered while there was a margin is paid for when it arrives.
        """
        arrived = self._parcels.evening(day)
        if self._cheaper is not None:
            self._given[day] = self._cheaper.off.copy()
        if arrived is not None and self._agreed is not None and not self.home.shut:
            last, terms = self._agreed
            if day <= last + self.home.scenario.operator.delivery_days:
                self._pay(day, arrived, terms)
        self._resent(day)
        if day % WEEK == WEEK - 1:
            self._give_up(day)
        self._leave_with()
        return {QUIT: Occurred(self._quit, np.zeros(len(self._quit), np.int64))}

    def _is_ours(self, strategies: Ints) -> Bools:
        """What the shop sells itself, by a strategy of its own."""
        return np.asarray((strategies >= 0) & (strategies != self._cause))

    def _pay(self, day: int, arrived: Arrived, terms: Appoint) -> None:
        agents = self._customers[arrived.persons]
        due = (agents >= 0) & ~arrived.bad & ~self._is_ours(arrived.strategies)
        agents, fen = agents[due], np.rint(arrived.fen[due] * terms.margin).astype(np.int64)
        home, given = self.home, self._given.pop(arrived.ordered, None)
        if not agents.size:
            return
        passed = np.zeros(len(fen), np.int64) if given is None else np.minimum(given[due], fen)
        np.add.at(self.earned, agents, fen - passed)
        np.add.at(self._week, home.people.group[arrived.persons[due]], fen - passed)
        self._orders, self._paid = len(agents), int(fen.sum())
        home.books.pay(Account.MARGIN, self._cause, self._paid)
        home.books.note(Account.MARGIN, self._cause, -fen, agents, home.people.group[agents])
        home.recorder.event("payment", day, agents, -1, fen, self._cause)
        if passed.any():
            some = passed > 0
            home.books.receive(Account.PASSED_ON, self._cause, int(passed.sum()))
            groups = home.people.group[agents[some]]
            home.books.note(Account.PASSED_ON, self._cause, passed[some], agents[some], groups)

    def _resent(self, day: int) -> None:
        """Agents to whose customers the shop has sold today do less for a while."""
        out, n = self.home.out, self.home.out.tally[c.N_ORDERS]
        persons = out.paid_by[:n][self._is_ours(out.strategy[:n])]
        persons = persons[self._customers[persons] >= 0]
        self._until[self.home.people.group[persons]] = day + self._b.conflict_days

    def _give_up(self, day: int) -> None:
        running = np.flatnonzero(self._of >= 0)
        poor = running[self._week[running] < self._b.enough]
        agents = self._of[poor]
        gone = uniforms(key(self.home.seed, GIVES_UP, day), agents) < self._b.quits
        self._release(poor[gone])
        self._week[:] = 0

    def _leave_with(self) -> None:
        """Who has left the community is no agent any more, either."""
        running = np.flatnonzero(self._of >= 0)
        self._release(running[self.home.people.status[self._of[running]] != MEMBER])

    def _release(self, groups: Ints) -> None:
        """Some groups are the shop's again; some customers go with their agent."""
        if not groups.size:
            return
        quitters = self._of[groups]
        self.agent[quitters], self._quit = 2, np.concatenate([self._quit, quitters])
        rows = np.flatnonzero((self.home.people.status == MEMBER) & np.isin(self.home.people.group, groups))
        goes = uniforms(key(self.home.seed, GOES), rows) < self._b.customers_go
        self._going = np.union1d(self._going, rows[goes])
        self._of[groups] = NOBODY

    def close(self, day: int) -> dict[str, int]:
        """The numbers of the day."""
        agents = self._of[self._of >= 0]
        return {
            "agents": len(agents),
            "active_agents": int(np.count_nonzero(self.effort[agents] > 0.0)),
            "agent_orders": self._orders,
            "agent_margin": self._paid,
        }
