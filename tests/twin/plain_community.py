"""The community around the plain members: the day in its order, what the operator does, and the books."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np
from plain_audience import groups_of, whom
from plain_members import NOBODY, Group, Order, Person, Sale, Sent, key, own_fen, single, split
from plain_view import PlainView, events_of_the_day
from plain_wear import PlainWear

from commsim.core import effects as e
from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import Purpose
from commsim.core.maths import exp, log
from commsim.core.mechanisms.check_in import CheckIn
from commsim.core.mechanisms.envelopes import Envelope
from commsim.core.mechanisms.wear import WEAR
from commsim.core.units import WEEKDAYS
from commsim.core.view import STRANGER
from commsim.population.people import Population
from commsim.scenario.schema import Scenario
from commsim.strategies.calendar import by_name, in_charge


def in_fen(points: int, worth: float) -> int:
    """What points are worth, to the next fen."""
    return math.floor(points * worth + 0.5)


class PlainCommunity(mesa.Model):
    """A community under one plan; ``step()`` lives a day.

    ``daily``: a dict per day.  ``by_hour``: messages of all hours of all days.  ``by_group``: (day, group) to
    its numbers.  ``events`` and ``entries``: tuples as in the tables of a run, in their columns' order; sums
    of entries are the ledger.
    """

    def __init__(
        self, scenario: Scenario, population: Population, seed: int, mechanics: Iterable[type] = ()
    ) -> None:
        super().__init__(rng=seed)
        self.plan, self.population, self.seed, self.day = scenario, population, seed, 0
        self.p = scenario.behaviour
        self.calendar = by_name(scenario.strategies)
        self.strategies = [entries[0] for entries in self.calendar.values()]
        self.salts = [luck.salt(name) for name in self.calendar]
        self.shelf_cause = len(self.strategies) + len(scenario.sources)
        self.groups = self._found_groups()
        self.people = [Person(self, row) for row in range(population.n_persons)]
        for person in self.people:
            if person.home:
                person.home.size += 1
        outsiders = population.n_outsiders
        self.own_rate = min(1.0, scenario.community.arrivals_per_day / outsiders) if outsiders else 0.0
        self.readiness = self._mean_readiness()
        self.daily: list[dict[str, Any]] = []
        self.by_hour: list[int] = []
        self.by_group: dict[tuple[int, int], dict[str, Any]] = {}
        self.events: list[tuple[Any, ...]] = []
        self.entries: list[tuple[Any, ...]] = []
        self.liability = self.prepaid = 0
        self.shut, self.choice = False, lambda person: max(person.shelf)
        self.factors = [1.0] * len(scenario.products)
        self.sent: dict[int, list[Order]] = {}
        self.resent: list[Sent] = []
        self.campaigns: dict[int, dict[Group, tuple[int, int]]] = {}
        self.scarce: list[int] = []
        self.announcements: list[Any] = []
        self.views = [PlainView(self, cause) for cause in range(len(self.strategies))]
        self.able: dict[int, set[int]] = {}
        self.message = lambda people: people  # unless members may get so much only
        wears = any(WEAR in strategy.mechanisms for strategy in scenario.strategies)
        self.mechanics = [one(self) for one in (*mechanics, *([PlainWear] if wears else []))]
        self.memories = [s.start(view) for s, view in zip(self.strategies, self.views, strict=True)]

    def _found_groups(self) -> list[Group]:
        """The groups of the population, and empty ones that open when all others are full."""
        population, cap = self.population, self.plan.community.cap
        spare = math.ceil((population.n_persons - population.n_members) / cap)
        for most in (one.forms_groups_of for one in self.plan.strategies):
            spare += math.ceil(population.n_persons / min(most, cap)) + 100 if most else 0
        start, columns = self.p.spam.start, population.groups
        lives = [float(x) for x in columns["half_life"]] + [single(self.p.talk.half_life)] * spare
        bonds = [float(x) for x in columns["bond"]] + [1.0] * spare
        found = [Group(g, bond, life, start) for g, (bond, life) in enumerate(zip(bonds, lives, strict=True))]
        for number, group in enumerate(found):
            told = self.plan.community.groups or ()
            group.be(told[number].kind if number < len(told) else None, self.plan)
            group.cap = cap
        return found

    def near(self, row: int) -> int:
        """The group that somebody is in at the start, or near to: outsiders stand in blocks."""
        population, group = self.population, int(self.population.group[row])
        if group >= 0:
            return group
        sizes = [one.members for one in self.plan.community.groups]
        outside = population.n_outsiders
        ends = [sum(sizes[: g + 1]) * outside // sum(sizes) for g in range(len(sizes))]
        return next((g for g, end in enumerate(ends) if row < population.n_members + end), -1)

    def _mean_readiness(self) -> float:
        """To join a team, of members who buy at all; not by `sum`, which newer Pythons round otherwise."""
        total, ready = 0.0, [one.readiness for one in self.people if one.home and one.rate > 0.0]
        for one in ready:
            total += one
        return total / len(ready) if ready else 1.0

    @property
    def date(self) -> dt.date:
        """Today."""
        return self.plan.start + dt.timedelta(days=self.day)

    @property
    def alone(self) -> bool:
        """Whether the operator has left the groups to themselves."""
        return self.plan.operator.hands_off is not None and self.day >= self.plan.operator.hands_off

    def step(self) -> None:
        """Live one day."""
        self.today = Counter(dict.fromkeys(("wrote", "operator_posts", "teams", "teams_failed"), 0))
        self.today.update(activity=0.0, trust=0.0)
        self.joined, self.left, self.muters, self.unmuters, self.checkers = [], [], [], [], []
        self.orders, self.invited, self.catches = [], [], []
        self.hours = [0] * 24
        self.agents.do("arrive")
        self.operator_moves()
        self.members_live()
        self.deliver()
        self.settle()
        for one in self.mechanics:
            getattr(one, "evening", lambda: None)()
        self.operator_reacts()
        self.close()
        self.day += 1

    # --- the operator -----------------------------------------------------------------------------------

    def operator_moves(self) -> None:
        """All strategies say what they do today; the day is paid for."""
        for group in self.groups:
            group.morning()
            group.staffed = self.plan.operator.minutes_per_group > 0.0 and not (self.shut or self.alone)
        self.open = {group for group in self.groups if group.size > 0}
        self.some_calls: list[tuple[int, float, set[Group], set[int]]] = []
        self.narrow, self.sales, self.asking, self.opened = [], [], [], None
        self.envelopes, self.resent = self.resent, []
        self.nudges: dict[Dial, list[float]] = {}
        self.work: list[tuple[int, e.Work]] = []
        self.tools: list[tuple[float, set[Group]]] = []
        self.prices: list[tuple[int, Any]] = []
        self.cuts: list[Any] = []
        self._change_settings()
        self._choose()
        for one in self.mechanics:
            one.morning()
        for cause, (strategy, view) in enumerate(zip(self.strategies, self.views, strict=True)):
            if strategy.phase(view) is not None and not (self.shut or self.alone):
                for effect in strategy.act(view, self.memories[cause]):
                    self.carry_out(effect, cause)
        for one in self.mechanics if not self.alone else ():
            for cause, effect in getattr(one, "postponed", list)():
                self.carry_out(effect, cause)
        for one in self.mechanics:
            one.dial()
        if not (self.shut or self.alone):
            self._running_costs()

    def _change_settings(self) -> None:
        """Entries of one name are one strategy, whose settings change on a day."""
        for cause, entries in enumerate(self.calendar.values()):
            entry = in_charge(entries, self.day)
            if entry is not self.strategies[cause]:
                self.strategies[cause] = entry
                self.memories[cause] = entry.carry_on(self.views[cause], self.memories[cause])

    def _choose(self) -> None:
        """Whom each strategy addresses today: groups, and rows of members where it is not all of them."""
        self.for_groups = [groups_of(self, strategy) for strategy in self.strategies]
        chosen = [whom(self, strategy) for strategy in self.strategies]
        self.chosen = [None if some is None else {person.row for person in some} for some in chosen]

    def for_whom(self, cause: int) -> set[int] | None:
        """Rows of those who may take part, in whatever group; None for everybody."""
        some, able = self.chosen[cause], self.able.get(cause)
        return some if able is None else able if some is None else some & able

    def audience(self, cause: int) -> set[int]:
        """Rows of those who may take part in what a strategy does."""
        some = self.for_whom(cause)
        if self.chosen[cause] is not None:
            return some
        if self.strategies[cause].groups is None:
            return set(range(len(self.people))) if some is None else some
        inside = {person.row for person in self.people if not self._left_out(person, cause)}
        return inside if some is None else inside & some

    def _left_out(self, person: Person, cause: int) -> bool:
        strategy = self.strategies[cause]
        return strategy.groups is not None and person.home not in self.for_groups[cause]

    def _to_some(self, cause: int, reach: float = 1.0, *, posts: bool = False) -> set[int] | None:
        """Rows of those whom it reaches, where it is not all in the groups that it goes to."""
        some = self.chosen[cause] if posts else self.for_whom(cause)
        if reach >= 1.0:
            return some
        rows = range(len(self.people)) if some is None else some
        return {row for row in rows if self.people[row].reached(cause, reach)}

    def _running_costs(self) -> None:
        operator, own = self.plan.operator, self.shelf_cause + 1
        work = [(cause, self._minutes(one, cause), one.wage) for cause, one in self.work]
        for cause, minutes, wage in (*work, (own, operator.minutes_per_group * len(self.open), None)):
            if minutes > 0:
                wage = operator.wage_per_hour if wage is None else wage
                self.enter(Account.STAFF, cause, -round(minutes * wage / 60))
        if operator.tools_per_group:
            self.enter(Account.TOOLS, own, -operator.tools_per_group * len(self.open))

    def carry_out(self, effect: e.Effect, cause: int) -> None:
        """Do what a strategy answered, or let a mechanism do it."""
        parts = [effect]
        for one in self.mechanics:
            if hasattr(one, "admit"):
                parts = [part for whole in parts for part in one.admit(whole, cause)]
        name = f"_{type(effect).__name__.lower()}"
        actor = next(actor for actor in (self, *self.mechanics) if hasattr(actor, name))
        for part in parts:
            getattr(actor, name)(part, cause)

    def _where(self, effect: Any, cause: int) -> Iterable[Group]:
        """The groups that a notice goes to: all, also those without members yet, or some of the open ones."""
        everywhere = effect.groups is None and self.strategies[cause].groups is None
        return self.groups if everywhere else self._open_among(effect, cause)

    def _open_among(self, effect: Any, cause: int) -> set[Group]:
        among = self.open & self.for_groups[cause]
        return {group for group in among if effect.groups is None or effect.groups[group.number]}

    def _addressed(self, effect: Any, cause: int) -> set[Group]:
        """Those of them in which somebody is addressed."""
        some = self.chosen[cause]
        homes = self.groups if some is None else {self.people[row].home for row in some}
        return self._open_among(effect, cause) & set(homes)

    def _announce(self, effect: e.Announce, cause: int) -> None:
        empty = effect.count if effect.worth <= 0.0 and not effect.preview else 0
        open_groups, some = self._open_among(effect, cause), self._to_some(cause, effect.reach, posts=True)
        if effect.sale in self.calendar:
            post = {"day": self.day, "hour": effect.hour, "some": some}
            of = list(self.calendar).index(effect.sale)
            self.announcements.append(SimpleNamespace(sale=of, groups=open_groups, **post))
            if self._sells_soon(effect.sale, effect.hour):
                empty = 0
        self.today["operator_posts"] += effect.count * len(self._addressed(effect, cause))
        if some is not None:
            self._note_to(some, open_groups, posts=effect.count, empty=empty, deals=effect.worth)
            if not effect.preview:
                self.some_calls.append((effect.hour, self.p.look.reminder, open_groups, some))
            return
        for group in self._where(effect, cause):
            group.deals += effect.worth
            if not effect.preview:
                group.calls.append((effect.hour, self.p.look.reminder))
            group.posts += effect.count
            group.empty += empty

    def _note_to(self, some: set[int], groups: set[Group], **notice: float) -> None:
        """What some members alone get."""
        nothing = {"posts": 0, "empty": 0, "deals": 0.0, "price": 0.0, "value": 0.0, "trust": 0.0}
        self.narrow.append(SimpleNamespace(groups=groups, some=some, **(nothing | notice)))

    def _sells_soon(self, name: str, hour: int) -> bool:
        """Whether the calendar has a sale of a strategy later today, or tomorrow."""
        for day, after in ((self.day, hour), (self.day + 1, -1)):
            weekday = WEEKDAYS[(self.plan.start + dt.timedelta(days=day)).weekday()]
            for entry in self.calendar[name]:
                last = self.plan.days - 1 if entry.ends is None else entry.ends
                runs = entry.starts <= day <= last and weekday in entry.weekdays
                if entry.holds_sales and runs and entry.hour > after:
                    return True
        return False

    def _content(self, effect: e.Content, cause: int) -> None:
        """A post adds less, the more there are: squares add up, and their root is what counts."""
        self.today["operator_posts"] += effect.posts * len(self._addressed(effect, cause))
        some = self._to_some(cause, posts=True)
        if some is None:
            for group in self._where(effect, cause):
                group.pieces.append(effect)
            return
        value, topics, trust = (
            math.sqrt(effect.posts) * one for one in (effect.value, effect.topics, effect.trust)
        )
        groups = self._open_among(effect, cause)
        self._note_to(some, groups, value=value * abs(value), trust=trust * abs(trust))
        for group in groups:
            theirs = sum(self.people[row].home is group for row in some) / group.size
            group.pieces.append(SimpleNamespace(posts=1, value=0.0, topics=topics * theirs, trust=0.0))

    def _envelope(self, effect: Envelope, cause: int) -> None:
        """An envelope in each group, unless the strategy could not pay for one in all of them."""
        budget, groups = self.strategies[cause].budget, self._addressed(effect, cause)
        if budget is not None and self.spent(cause) + effect.total * len(groups) > budget:
            return
        terms = effect.hour, effect.total, effect.shares, effect.resend, effect.resend_slope
        for group in sorted(groups, key=lambda group: group.number):
            sent = Sent(group, cause, self.salts[cause] ^ effect.hour, *terms, some=self.for_whom(cause))
            self.envelopes.append(sent)

    def _offer(self, effect: e.Offer, cause: int) -> None:
        """A timed sale; scarcity wears off with every scarce offer of the last 14 days."""
        b, cue = self.p.buying, 0.0
        if effect.scarce:
            recent = sum(1 for day in self.scarce if self.day - 14 <= day < self.day)
            cue = log(b.scarcity) * b.scarcity_wear**recent
            self.scarce.append(self.day)
        stock = -1 if effect.stock is None else effect.stock
        self._sell(effect, cause, (0,), (effect.price,), cue, stock=stock)

    def _teamoffer(self, effect: e.TeamOffer, cause: int) -> None:
        """A ladder of prices; more friends are asked in a longer window, with falling returns."""
        asks = round(effect.asks * 2.0 * (1.0 - 0.5 ** (effect.hours / 24.0)))
        self._sell(effect, cause, effect.sizes, effect.prices, 0.0, asks=asks)

    def _sell(self, effect: Any, cause: int, sizes: Any, prices: Any, cue: float, **more: int) -> None:
        b, groups = self.p.buying, self._open_among(effect, cause)
        ratio, sample = prices[0] / self.plan.products[effect.product].price, 0.0
        if ratio < b.sample_price:
            sample = -log(1.0 - b.sample_take) * (1.0 - ratio / b.sample_price)
        price = log(max(b.sample_price, ratio))
        cue += log(b.scarcity) if effect.last_call else 0.0
        terms = cause, self.salts[cause], effect, sizes, prices, price, sample, cue, groups
        self.sales.append(Sale(*terms, effect.product, **more))
        some = self._to_some(cause, effect.reach)
        if some is not None:
            self._note_to(some, groups, price=price)
            return
        for group in groups:
            group.price = min(group.price, price)

    def _checkin(self, effect: CheckIn, cause: int) -> None:
        pull = np.asarray(effect.pull, np.float32)
        for_whom = self.audience(cause)
        self.opened = SimpleNamespace(cause=cause, base=effect.base, pull=pull, for_whom=for_whom)

    def _asktoinvite(self, effect: e.AskToInvite, cause: int) -> None:
        """Where the campaign has rested for some days, a new occasion begins."""
        kept, occasions = self.campaigns.setdefault(cause, {}), {}
        for group in self._addressed(effect, cause):
            last_day, occasion = kept.get(group, (None, NOBODY))
            if last_day is None or self.day - last_day >= effect.again:
                occasion += 1
            kept[group] = self.day, occasion
            occasions[group] = occasion
        self.asking.append(SimpleNamespace(cause=cause, effect=effect, occasions=occasions))

    def _recruit(self, effect: e.Recruit, cause: int) -> None:
        for row, inviter, delay in zip(effect.persons, effect.inviters, effect.delays, strict=True):
            person = self.people[row]
            if person.status == STRANGER and person.due < 0:
                person.due, person.inviter = self.day + 1 + int(delay), int(inviter)
                person.join_cause = cause

    def _enforce(self, effect: e.Enforce, cause: int) -> None:
        everybody = self.chosen[cause] is None
        for group in self._where(effect, cause) if everybody else self._addressed(effect, cause):
            group.new_rules = max(group.new_rules, effect.level)

    def _nudge(self, effect: e.Nudge, cause: int) -> None:
        odds = self.nudges.setdefault(effect.dial, [0.0] * len(self.people))
        persons = sorted(self.audience(cause)) if effect.persons is None else effect.persons
        by = np.broadcast_to(effect.log_odds, len(odds if effect.persons is None else persons))
        each = {int(row): float(by[row if effect.persons is None else k]) for k, row in enumerate(persons)}
        for row, more in each.items():
            odds[row] += more

    def _work(self, effect: e.Work, cause: int) -> None:
        self.work.append((cause, effect))
        if effect.minutes > 0.0:
            everybody = self.chosen[cause] is None
            for group in self._where(effect, cause) if everybody else self._addressed(effect, cause):
                group.staffed = True

    def _relieve(self, effect: e.Relieve, cause: int) -> None:
        self.tools.append((effect.share, self._addressed(effect, cause)))

    def _minutes(self, work: e.Work, cause: int) -> float:
        """Minutes of staff for some work, of which tools do their shares group by group."""
        if work.in_all:
            return work.minutes
        if not self.tools:
            return work.minutes * len(self._addressed(work, cause))
        left = []
        for group in sorted(self._addressed(work, cause), key=lambda group: group.number):
            share = 1.0
            for done, groups in self.tools:
                share *= 1.0 - done if group in groups else 1.0
            left.append(share)
        return work.minutes * float(np.array(left).sum())

    def _spend(self, effect: e.Spend, cause: int) -> None:
        self.enter(effect.account, cause, -effect.fen)

    def _pay(self, effect: e.Pay, cause: int) -> None:
        for row, fen in zip(effect.persons, effect.fen, strict=True):
            self.enter(effect.account, cause, -int(fen), self.people[row])
            self.note("payment", int(row), fen=int(fen), cause=cause)

    def _award(self, effect: e.Award, cause: int) -> None:
        """Points are owed at the mean worth at which a person's were given, to the next fen."""
        for row, points in zip(effect.persons, effect.points, strict=True):
            person = self.people[row]
            before = in_fen(person.points, person.point_worth)
            held, person.points = person.points, person.points + int(points)
            if held:
                person.point_worth += (effect.worth - person.point_worth) * (int(points) / person.points)
            else:
                person.point_worth = effect.worth
            owed = in_fen(person.points, person.point_worth) - before
            self.liability += owed
            self.enter(Account.POINTS, cause, -owed, person)

    def _redeem(self, effect: e.Redeem, cause: int) -> None:
        """Goods for points; what they cost more than was owed for the points is a cost now."""
        for row, points in zip(effect.persons, effect.points, strict=True):
            person = self.people[row]
            left = person.points - int(points)
            goods, owed = (
                in_fen(person.points, worth) - in_fen(left, worth)
                for worth in (effect.worth, person.point_worth)
            )
            person.points = left
            self.liability -= owed
            if goods != owed:
                self.enter(Account.POINTS, cause, owed - goods, person)

    # --- the members' day -------------------------------------------------------------------------------

    def members_live(self) -> None:
        """Everybody does one thing after the other; the order within a step is that of the rows."""
        look = self.p.look
        for envelope in self.envelopes:
            group, worn = envelope.group, envelope.group.worn(look.habituation)
            call = look.gather * worn * math.sqrt(envelope.total / 1000.0)
            if envelope.some is None:
                group.lift = look.envelope * worn
                group.calls.append((envelope.hour, call))
            else:
                self.some_calls.append((envelope.hour, call, {group}, envelope.some))
                for row in envelope.some:
                    if self.people[row].home is group:
                        self.people[row].own_lift = look.envelope * worn
        self.agents.do("look")
        for number, envelope in enumerate(self.envelopes):
            self.open_envelope(number, envelope)
        for one in self.mechanics:
            getattr(one, "midday", lambda: None)()
        self.agents.do("check_in")
        for sale in sorted(self.sales, key=lambda sale: (sale.effect.hour, sale.cause)):
            self.hold(sale)
        self.agents.do("shop")
        self.agents.do("lapse_perhaps")
        for campaign in self.asking:
            self.agents.do("answer_campaign", campaign)
        for group in self.groups:
            if group.size > 0:
                group.strike_up(self.p.talk)
        self.agents.do("talk")
        for group in self.groups:
            group.judge_talk(self.p.activity)
        self.agents.do("close_day")
        for group in self.groups:
            group.close_day(self.day, self.p)

    def open_envelope(self, number: int, envelope: Sent) -> None:
        """The quickest lookers catch a share each; the luckiest of them is readiest to send one on."""
        group = envelope.group
        lookers = [person for person in self.people if person.looked and person.home is group]
        lookers.sort(key=lambda person: person.opens(envelope))
        splitting = key(self.seed, Purpose.SPLIT, self.day, envelope.salt)
        of_group = np.uint64(luck.mix(splitting + np.uint64(group.number)))
        stream = luck.mix(of_group + np.uint64(envelope.sender + 1))
        amounts = split(envelope.total, envelope.shares, lambda k: luck.uniform_pair(stream, k, 0))
        caught = list(zip(lookers, amounts, strict=False))
        luckiest = max(range(len(caught)), key=lambda k: amounts[k], default=0)
        worn = group.worn(self.p.look.habituation)
        for k, (person, fen) in enumerate(caught):
            if person.opens(envelope) < 5.0:
                there = person.opens(envelope) < 1.0
                person.catch(math.sqrt(envelope.total / 1000.0) * worn, envelope.hour if there else None)
                chance = envelope.resend + envelope.slope * fen / 100.0
                chance *= 1.3 if k == luckiest else 1.0
                again = person.luck_with(envelope.sender, Purpose.RESEND, envelope.salt) < chance
                self.catches.append((person, fen, envelope, again))
        group.envelopes[self.day % 7] += 1

    def hold(self, sale: Sale) -> None:
        """An event: who is there decides one by one, in order of arrival, and sees who bought before."""
        here = [person for person in self.people if person.attends(sale)]
        sale.there, there = len(here), [person for person in here if not person.bought]
        there.sort(key=lambda person: person.arrives(sale))
        for person in there:
            if not (person.bought or (person.teamed and sale.sizes[0])):
                self.consider(person, sale)
        if getattr(sale.effect, "countdown", 0.0):
            for person in there:
                if not person.bought and person.luck(Purpose.AGAIN, sale.salt) < self.p.look.again:
                    self.consider(person, sale, late=True)

    def consider(self, person: Person, sale: Sale, *, late: bool = False) -> None:
        """One who is there orders or not; late: at a second look, in the last minutes."""
        promoted = person.promotion(sale) + (self.p.buying.countdown if late else 0.0)
        if getattr(sale.effect, "counter", False) and 0 < sale.stock <= int(0.2 * sale.effect.stock):
            promoted += self.p.buying.few_left
        if not person.takes(sale, promoted):
            return
        if sale.sizes[0]:
            sale.sold[person.home] += self.gather_team(person, sale, promoted)
        elif sale.stock == 0:
            person.trust = max(0.0, person.trust - (0.0 if late else self.p.buying.regret))
        else:
            sale.stock -= 1
            sale.sold[person.home] += 1
            person.take(sale, sale.prices[0], promoted, person.minute_at(sale, late=late))

    def gather_team(self, launcher: Person, sale: Sale, promoted: float) -> int:
        """A team grows along friendships and fills a rung or fails; returns the orders that hold."""
        team = self._grow(launcher, sale)
        rungs = [rung for rung, size in enumerate(sale.sizes) if size <= len(team)]
        self.today["teams"] += 1
        if not rungs:
            self.today["teams_failed"] += 1
            return 0
        for person, asker in team:
            fen = sale.prices[rungs[-1]]
            if asker:
                person.take(sale, fen, person.price_effect(person.own_price_at(sale)) + sale.cue)
            else:
                person.take(sale, fen, promoted, person.minute_at(sale))
            if asker:
                person.partner, asker.partner = asker.row, person.row
            if person.status == STRANGER:
                person.bind(self.day + 1, asker.row, sale.cause)
        return len(team)

    def _grow(self, launcher: Person, sale: Sale) -> list[tuple[Person, Person | None]]:
        """Who joins asks their own friends; who waits joins when the first rung is reached."""
        first, most, effort = sale.sizes[0], max(sale.sizes), self.p.invite.spread_effort
        team: list[tuple[Person, Person | None]] = [(launcher, None)]
        waiting: list[tuple[Person, Person]] = []
        launcher.teamed = True

        def join(friend: Person, asker: Person) -> None:
            if len(team) < most and friend.can_team(sale):
                team.append((friend, asker))
                friend.teamed = True

        at = 0
        while at < len(team) < most:
            asker = team[at][0]
            asks = sale.asks if at == 0 else int(sale.asks * effort + 0.5)
            for friend in asker.friends_asked(asks, sale.salt):
                if len(team) >= most or not friend.can_team(sale):
                    continue
                u, pull = asker.luck_with(friend.row, Purpose.ASK, sale.salt), friend.team_pull(sale)
                yes, wait = (chance / self.readiness * pull for chance in (sale.effect.yes, sale.effect.wait))
                if u < yes or (u < wait and len(team) >= first):
                    join(friend, asker)
                elif u < wait and len(waiting) < 64:
                    waiting.append((friend, asker))
            at += 1
            if len(team) >= first:
                for friend, asker in waiting:
                    join(friend, asker)
                waiting = []
        return team

    # --- the evening ------------------------------------------------------------------------------------

    def deliver(self) -> None:
        """Parcels of an earlier day arrive; bad ones are refunded."""
        days = self.plan.operator.delivery_days
        for order in self.sent.pop(self.day - days, []):
            if order.person.unpack(order, self.day - days):
                self.enter(Account.REFUNDS, order.cause, -order.fen, order.person)
                order.refunded = self.day
                self.note("refund", order.person.row, fen=order.fen, cause=order.cause)

    def settle(self) -> None:
        """The day's orders become money: sales at the usual price, and the discount beside them."""
        for one in self.mechanics:
            getattr(one, "checkout", lambda: None)()
        for order in self.orders:
            person, product = order.person, self.plan.products[order.product]
            self.enter(Account.SALES, order.cause, product.price, person)
            self.enter(Account.GOODS, order.cause, -product.unit_cost, person)
            if order.fen != product.price:
                self.enter(Account.DISCOUNT, order.cause, order.fen - product.price, person)
            self._give_own_prices(order)
            person.spent += order.fen
            if person.home:
                person.home.count.update(orders=not order.added, revenue=order.fen)
        for person in self.left:
            person.home.count["left"] += 1
        self.sent[self.day] = self.orders

    def _give_own_prices(self, order: Order) -> None:
        """Who has a price of their own pays it; the cause of it bears the rest."""
        for cause, log_ratio in self.prices:
            off = order.fen - own_fen(order.fen, log_ratio(order.person))
            if off:
                order.fen -= off
                self.enter(Account.DISCOUNT, cause, -off, order.person)
        order.before_cuts = order.fen
        for cut in () if order.added else self.cuts:
            off, cause = cut(order.person, order.fen, order.product, order.cause != self.shelf_cause)
            if off:
                order.fen -= off
                self.enter(Account.DISCOUNT, cause, -off, order.person)

    def operator_reacts(self) -> None:
        """Newcomers who came by themselves are paid for; strategies answer the day."""
        if self.shut:
            return
        own, operator = self.shelf_cause + 1, self.plan.operator
        fen = round(operator.acquisition * exp(log(1.0 + operator.acquisition_rise) * (self.day / 365.0)))
        for person in self.joined:
            by_channel = len(self.strategies) <= person.join_cause < self.shelf_cause
            if person.inviter < 0 and fen and not by_channel:
                self.enter(Account.ACQUISITION, own, -fen, person)
        happened = events_of_the_day(self)
        for cause, (strategy, view) in enumerate(zip(self.strategies, self.views, strict=True)):
            for effect in strategy.react(happened, view, self.memories[cause]):
                self.carry_out(effect, cause)

    def close(self) -> None:
        """Envelopes are paid and sent on, and the day is written down."""
        for person, fen, envelope, _ in self.catches:
            if envelope.sender < 0:
                self.enter(Account.ENVELOPES, envelope.cause, -fen, person)
                self.note("payment", person.row, fen=fen, cause=envelope.cause)
        self.to_answer, self.answered = self._asked() * self.plan.operator.minutes_per_answer, 0.0
        self._send_on()
        self._write_events()
        for one in self.mechanics:
            one.close()
        self._answer()
        for one in self.mechanics:
            getattr(one, "reckon", lambda: None)()
        self._write_tables()

    def _answer(self) -> None:
        """Staff take their time for what members ask; posts are made of several messages."""
        operator, answers = self.plan.operator, self._asked()
        minutes = answers * operator.minutes_per_answer - self.answered
        if fen := round(minutes * operator.wage_per_hour / 60):
            self.enter(Account.STAFF, self.shelf_cause + 1, -fen)
        self.today["operator_messages"] = self.today["operator_posts"] * operator.messages_per_post + answers

    def _asked(self) -> float:
        """Messages that staff answer in the groups."""
        staffed = [group for group in self.groups if group.staffed]
        shares = {group.answered for group in self.groups}
        if len(shares) == 1:
            return float(shares.pop() * sum(group.messages for group in staffed))
        answers = 0.0
        for group in staffed:
            answers += group.answered * group.messages
        return answers

    def _send_on(self) -> None:
        """Who was moved to it sends an envelope of their own tomorrow, one at most."""
        senders = set()
        for person, _, envelope, again in self.catches:
            if again and person not in senders:
                senders.add(person)
                salt, terms = self.salts[envelope.cause] ^ 20, (envelope.resend, envelope.slope)
                self.resent.append(Sent(person.home, envelope.cause, salt, 20, 1000, 20, *terms, person.row))

    def _write_events(self) -> None:
        for person in self.joined:
            self.note("join", person.row, person.inviter, cause=person.join_cause)
        for person in self.left:
            self.note("leave", person.row)
        for person in self.muters:
            self.note("mute", person.row)
        for person in self.unmuters:
            self.note("unmute", person.row)
        for order in self.orders:
            if order.added:
                self.note("basket", order.person.row, fen=order.fen)
                continue
            self.note("order", order.person.row, fen=order.fen, cause=order.cause, minute=order.minute)
        for person in self.invited:
            self.note("invitation", person.inviter, person.row, cause=person.join_cause)

    def _write_tables(self) -> None:
        groups, today = self.groups, self.today
        members = sum(group.size for group in groups)
        self.daily.append({
            "day": self.day, "members": members, "looked": sum(person.looked for person in self.people),
            "wrote": today["wrote"],
            "messages": sum(group.messages for group in groups), "operator_posts": today["operator_posts"],
            "operator_messages": today["operator_messages"],
            "spam": sum(group.adverts for group in groups), "muted": sum(g.count["muted"] for g in groups),
            "joined": len(self.joined), "invited": sum(person.inviter >= 0 for person in self.joined),
            "left": len(self.left), "muted_today": len(self.muters),
            "unmuted_today": len(self.unmuters), "orders": sum(not order.added for order in self.orders),
            "revenue": sum(order.fen for order in self.orders),
            "caught": sum(fen for _, fen, *_ in self.catches),
            "resent": sum(envelope.total for envelope in self.resent), "teams": today["teams"],
            "teams_failed": today["teams_failed"], "checked_in": len(self.checkers),
            "activity": today["activity"] / max(1, members), "trust": today["trust"] / max(1, members),
            "liability": self.liability + self.prepaid,
        })  # fmt: skip
        self.by_hour += self.hours
        for one in self.mechanics:
            self.daily[-1].update(one.numbers())
        for group in groups:
            state = {"members": group.size, "messages": group.messages}
            state |= {"spam": group.spam, "topics": group.topics}
            self.by_group[self.day, group.number] = state | group.count

    # --- the books --------------------------------------------------------------------------------------

    def enter(self, account: Account, cause: int, fen: int, person: Person | None = None) -> None:
        """One entry of profit and loss: income positive, cost negative."""
        row, group = (person.row, person.group) if person else (NOBODY, NOBODY)
        self.entries.append((self.day, account.value, cause, row, group, fen))

    def note(
        self, kind: str, row: int, other: int = NOBODY, fen: int = 0, cause: int = NOBODY, minute: int = -1
    ) -> None:
        """One event."""
        self.events.append((kind, self.day, row, other, fen, cause, minute))

    def spent(self, cause: int) -> int:
        """Fen that a strategy has cost so far; goods and staff are left out, as they are not its choice."""
        ours = (Account.SALES.value, Account.GOODS.value, Account.STAFF.value)
        return -sum(fen for _, account, of, *_, fen in self.entries if of == cause and account not in ours)
