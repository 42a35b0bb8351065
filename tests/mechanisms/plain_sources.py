"""Where members come from, by plain rules: one channel after the other, one step after the other."""

import datetime as dt
from collections import defaultdict

from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.maths import exp, log
from commsim.core.view import STRANGER

RESERVED = 32001


def passing(stream, what, people, chance):
    """How many of some people pass: in blocks of a power of two in which at most 32 pass in the mean."""
    if chance > 0.5:
        return people - passing(stream, what, people, 1.0 - chance)
    if people <= 0 or chance <= 0.0:
        return 0
    most = 1
    while most < people and 2 * most * chance <= 32.0:
        most *= 2
    sizes = [most] * (people // most) + ([people % most] if people % most else [])
    return sum(_block(luck.uniform_pair(stream, what, k), size, chance) for k, size in enumerate(sizes))


def _block(u, size, chance):
    total = here = exp(size * log(1.0 - chance))
    for k in range(size):
        if u < total:
            return k
        here *= chance / (1.0 - chance) * (size - k) / (k + 1.0)
        total += here
    return size


class Lane:
    """A channel with those who have not come by it yet."""

    def __init__(self, channel, cause, rows, people):
        self.channel, self.cause, self.met, self.ran = channel, cause, 0, 0
        self.left = [people[row] for row in rows]


class PlainSources:
    """The rules once more; newcomers are the persons at the end of the population."""

    def __init__(self, model):
        self.model, self.b = model, model.p.sources
        bounds, first = model.population.seats, len(model.strategies)
        self.lanes = [
            Lane(channel, first + k, range(bounds[k], bounds[k + 1]), model.people)
            for k, channel in enumerate(model.plan.sources)
        ]
        for person in model.people:
            person.channel = -1
        for lane in self.lanes:
            for person in lane.left:
                person.channel = person.join_cause = lane.cause
                person.due, person.lane = RESERVED, lane
                more = float(getattr(self.b, f"{lane.channel.kind}_trust"))
                person.trust = min(1.0, max(0.0, float(_add(person.trust, more))))
        self.arriving = defaultdict(list)
        self.accounts = model.plan.accounts
        self.friends = [0] * (self.accounts.number if self.accounts else 0)
        self.back = [0] * len(self.friends)

    def morning(self):
        self.asked, self.gone, self.lost = 0, 0, 0
        self.joined = [person for person in self.model.joined if person.channel >= 0]
        for person in self.joined:
            price = person.lane.channel.usual.per_join * self._dearer(person.lane)
            if round(price):
                self.model.enter(Account.ACQUISITION, person.channel, -round(price), person)

    def dial(self):
        for person in self.model.people:
            fresh = person.channel >= 0 and person.status != STRANGER
            if fresh and self.model.day < person.joined + self.b.days:
                by = log(getattr(self.b, f"{person.lane.channel.kind}_leave"))
                if by:
                    self.model.nudges.setdefault(Dial.LEAVE, [0.0] * len(self.model.people))[person.row] += by

    def told(self):
        return {}

    def close(self):
        self.counts = dict.fromkeys(("reach", "scan", "add", "join"), 0)
        day, date = self.model.day, self.model.plan.start + dt.timedelta(days=self.model.day)
        for lane in self.lanes:
            if lane.channel.works(day, date):
                self._meet(lane)
        for lane, step, people in self.arriving.pop(day, []):
            self._step(lane, step, people)
        if self.accounts:
            self._pay_accounts()
            self._block()

    def _pay_accounts(self):
        daily = self.accounts.cost * self.accounts.number / (365.0 / 12.0)
        fen = round(daily * (self.model.day + 1)) - round(daily * self.model.day)
        if fen:
            self.model.enter(Account.TOOLS, self.model.shelf_cause + 1, -fen)

    def _working(self):
        return [k for k, day in enumerate(self.back) if day <= self.model.day]

    def _block(self):
        here = self._working()
        if not here or self.asked / len(here) <= self.accounts.safe:
            return
        what = luck.purpose("sources, which account is blocked")
        stream = luck.key(self.model.seed, what, self.model.day)
        chance = 1.0 - exp(-self.b.block * (self.asked / len(here) - self.accounts.safe) / self.accounts.safe)
        gone = [k for k in here if luck.uniform(stream, k) < chance]
        before, after = sum(self.friends), self.accounts.replaced_after
        self.gone, self.lost = len(gone), sum(self.friends[k] for k in gone)
        for k in gone:
            self.friends[k] = 0
            self.back[k] = 10**9 if after is None else self.model.day + 1 + after
        if self.lost:
            for later, flows in self.arriving.items():
                self.arriving[later] = [self._thinned(later, *flow, self.lost / before) for flow in flows]

    def _thinned(self, later, lane, step, people, lost):
        if step == "join":
            what = luck.purpose("sources, who is lost with a blocked account")
            stream = luck.key(self.model.seed, what, self.model.day, luck.salt(lane.channel.name))
            people -= passing(stream, later, people, lost)
        return lane, step, people

    def _welcoming(self):
        day, desks = self.model.day, [one for one in self.model.plan.strategies if one.kind == "service"]
        return any(desk.welcome and desk.starts <= day for desk in desks)

    def _befriend(self, people):
        added = 0
        for _ in range(people):
            free = [k for k in self._working() if self.friends[k] < self.accounts.cap]
            if not free:
                break
            self.friends[min(free, key=lambda k: (self.friends[k], k))] += 1
            added += 1
        return added

    def numbers(self):
        count = self.counts
        told = {"reached": count["reach"], "scanned": count["scan"], "added": count["add"]}
        told |= {"friends": sum(self.friends), "blocked": self.gone, "friends_lost": self.lost}
        return told | {"sourced": len(self.joined)}

    def _meet(self, lane):
        channel, usual = lane.channel, lane.channel.usual
        ran, lane.ran = lane.ran, lane.ran + 1
        wage = self.model.plan.operator.wage_per_hour
        if channel.staff_minutes:
            self.model.enter(Account.STAFF, lane.cause, -round(channel.staff_minutes * wage / 60))
        price = usual.per_contact * self._dearer(lane)
        budget = channel.budget
        if budget is not None and self.model.spent(lane.cause) + max(1, round(price)) > budget:
            return
        left = 10**12 if channel.fans is None else channel.fans - lane.met
        if channel.per_day is None and not channel.waves:
            days = len(channel.days_of(self.model.plan))
            met = reached = self._pass(lane, 0, left, usual.reach / (days - usual.reach * ran))
        else:
            part = luck.key(self.model.seed, luck.purpose("sources, a part of a person"), self.model.day)
            met = min(left, channel.contacts(self.model.day, luck.uniform(part, luck.salt(channel.name))))
            reached = self._pass(lane, 0, met, usual.reach)
        lane.met += met
        if price and met:
            self.model.enter(Account.ACQUISITION, lane.cause, -round(price * met))
        self.counts["reach"] += reached
        self._on(lane, "scan", reached)

    def _dearer(self, lane):
        times = exp(log(1.0 + lane.channel.usual.rise) * (self.model.day / 365.0))
        if lane.channel.fans:
            left = max(1, lane.channel.fans - lane.met) / lane.channel.fans
            times *= exp(-lane.channel.crowding * log(left))
        return times

    def _pass(self, lane, step, people, chance):
        what = luck.purpose("sources, how many pass a step")
        stream = luck.key(self.model.seed, what, self.model.day, luck.salt(lane.channel.name))
        return passing(stream, step, people, chance)

    def _on(self, lane, step, people):
        later = self.model.day + lane.channel.usual.lag
        if people and later > self.model.day:
            self.arriving[later].append((lane, step, people))
        elif people:
            self._step(lane, step, people)

    def _step(self, lane, step, people):
        steps = ["reach", "scan", "add", "join"]
        chance = getattr(lane.channel.usual, step)
        if step == "join" and self._welcoming():
            chance = chance * self.b.welcomed / (1.0 - chance + chance * self.b.welcomed)
        passed = self._pass(lane, steps.index(step), people, chance)
        if step == "add" and self.accounts:
            self.asked += people if lane.channel.kind == "batch" else 0
            passed = self._befriend(passed)
        self.counts[step] += passed
        if step != "join":
            self._on(lane, steps[steps.index(step) + 1], passed)
            return
        for person in lane.left[:passed]:
            person.due = self.model.day + 1
        del lane.left[:passed]


def _add(one, other):
    import numpy as np

    return np.float32(one) + np.float32(other)
