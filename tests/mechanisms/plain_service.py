"""The rules of service once more, question by question."""

import numpy as np

from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import Purpose, purpose
from commsim.core.maths import exp, log
from commsim.core.mechanisms.satisfaction import USUAL
from commsim.core.view import MEMBER


class PlainService:
    """Desks, robots, free services."""

    def __init__(self, model):
        self.model, self.b = model, model.p.service
        self.desks, self.left_over, self.queue, self.bad = {}, {}, [], []
        for person in model.people:
            person.satisfaction, person.welcome_until = np.float32(USUAL), -1

    def morning(self):
        self.open, self.robots, self.cares = [], [], []

    def _serve(self, effect, cause):
        self.desks[cause] = effect
        self.open.append(cause)

    def _assist(self, effect, cause):
        self.robots.append((effect, cause))

    def _care(self, effect, cause):
        self.cares.append((effect, cause))

    def dial(self):
        powers = {Dial.BUY: self.b.buying, Dial.LEAVE: -self.b.leaving, Dial.INVITE: self.b.friends}
        people, usual = self.model.people, np.float32(USUAL)
        moved = [p for p in people if p.satisfaction != usual and p.status == MEMBER]
        for dial, power in powers.items():
            turned = self.model.nudges.setdefault(dial, [0.0] * len(people))
            for person in moved:
                turned[person.row] += log(max(0.05, float(person.satisfaction)) / USUAL) * power
        leaving = self.model.nudges[Dial.LEAVE]
        for person in people:
            if person.welcome_until >= self.model.day:
                leaving[person.row] += log(self.b.welcomed)

    def told(self):
        return {}

    def draw(self, decision, person, kind, salt=0):
        stream = luck.key(self.model.seed, purpose(f"service, {decision}"), self.model.day, int(salt))
        return luck.uniform_pair(stream, person.row, kind)

    def close(self):
        self.counts = dict.fromkeys(("questions", "answered", "robot_answered", "cared", "greeted"), 0)
        self.waits = []
        here = {person for person in self.model.people if person.status == MEMBER}
        self.queue = [one for one in self.queue if one[0] in here]
        for one in [one for one in self.queue if not self.takers(one[2])]:
            self.feel(one[0], 0.0)
            self.queue.remove(one)
        self.queue = [one for one in self.queue if self.takers(one[2], one[0])]
        for one in self.questions(here):
            if not self.robot_answers(*one) and self.takers(one[2], one[0]):
                self.queue.append(one)
                self.counts["questions"] += 1
        for cause in sorted(self.open, key=lambda cause: (self.desks[cause].turn, cause)):
            self.work(cause, here)
        self.be_kind(here)
        for person in self.model.people:
            person.satisfaction += np.float32(self.b.fading) * (np.float32(USUAL) - person.satisfaction)

    def takers(self, kind, person=None):
        open_now = {cause: d for cause, d in self.desks.items() if d.until >= self.model.day}
        return [cause for cause, d in open_now.items() if d.takes[kind] and self.is_for(cause, person)]

    def is_for(self, cause, person):
        return person is None or person.row in self.model.audience(cause)

    def questions(self, here):
        """Of the day, in the order in which they come."""
        delivered = self.model.day - self.model.plan.operator.delivery_days
        bad = []
        for person, product, day in self.bad:
            share = self.model.plan.products[product].bad_share
            if day == delivered and person.luck(Purpose.DELIVERY, day=day) < share:
                bad.append(person)
        self.bad += [(order.person, order.product, self.model.day) for order in self.model.orders]
        buyers = [order.person for order in self.model.orders]
        lookers = [person for person in self.model.people if person.looked]
        asked = (lookers, self.b.ask_goods), (buyers, self.b.ask_order), (bad, self.b.ask_parcel)
        found = []
        for kind, (persons, chance) in enumerate(asked):
            for person in sorted(set(persons) & here, key=lambda person: person.row):
                stream = luck.key(self.model.seed, purpose("service, who asks"), self.model.day, kind)
                if luck.uniform(stream, person.row) < chance:
                    found.append((person, self.model.day, kind))
        return sorted(found, key=lambda one: self.draw("who of a day comes first", one[0], one[2]))

    def robot_answers(self, person, day, kind):
        for robot, cause in self.robots:
            groups = {group.number for group in self.model._addressed(robot, cause)}
            salt = self.model.salts[cause]
            takes = self.draw("what a robot takes", person, kind, salt) < robot.takes
            if person.group in groups and takes:
                solved = self.draw("what a robot solves", person, kind, salt) < robot.solves
                self.feel(person, 1.0 if solved else self.b.robot_fails)
                self.counts["robot_answered"] += 1
                self.counts["questions"] += 1
                return True
        return False

    def work(self, cause, here):
        desk = self.desks[cause]
        in_groups = min(desk.minutes, self.model.to_answer - self.model.answered)
        self.model.answered += in_groups
        minutes, welcomed = desk.minutes - in_groups + self.left_over.pop(cause, 0.0), 0
        mine = [p for p in self.model.people if p in here and self.is_for(cause, p)]
        new = [p for p in mine if p.joined == self.model.day]
        for person in new if desk.welcome else ():
            fits = (welcomed + 1) * desk.welcome <= minutes
            if fits and person.welcome_until < self.model.day:
                person.welcome_until = self.model.day + self.b.welcome_days
                welcomed += 1
        self.counts["greeted"] += welcomed
        minutes -= welcomed * desk.welcome
        mine = [one for one in self.queue if desk.takes[one[2]] and self.is_for(cause, one[0])]
        number = min(len(mine), int(minutes / desk.each))
        if number < len(mine):
            self.left_over[cause] = minutes - number * desk.each
        for one in mine[:number]:
            wait = self.model.day - one[1]
            self.waits.append(wait)
            self.feel(one[0], self.b.good * exp(-wait / self.b.patience))
            self.queue.remove(one)
        self.counts["answered"] += number

    def be_kind(self, here):
        for care, cause in self.cares:
            salt = int(self.model.salts[cause])
            decision = purpose("service, who is done a free service")
            stream = luck.key(self.model.seed, decision, self.model.day, salt)
            aimed = [p for p in here if self.is_for(cause, p)]
            done = [p for p in aimed if luck.uniform(stream, p.row) < care.chance]
            for person in done:
                self.feel(person, self.b.free)
            self.counts["cared"] += len(done)
            wage = self.model.plan.operator.wage_per_hour if care.wage is None else care.wage
            if fen := round(len(done) * care.minutes * wage / 60):
                self.model.enter(Account.STAFF, cause, -fen)

    def feel(self, person, outcome):
        now = float(person.satisfaction)
        person.satisfaction = np.float32(now + self.b.learning * (outcome - now))

    def numbers(self):
        members = [p.satisfaction for p in self.model.people if p.status == MEMBER]
        moved = any(satisfaction != np.float32(USUAL) for satisfaction in members)
        mean = float(np.array(members, np.float64).mean()) if moved else USUAL
        waited = sum(self.waits) / max(1, len(self.waits))
        return self.counts | {"waiting": len(self.queue), "waited": waited, "satisfaction": mean}
