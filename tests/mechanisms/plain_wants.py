"""What members want, person by person."""

import numpy as np
from plain_bait import draw

from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER
from commsim.population.quantiles import at, gamma

NEEDS = "love", "certainty", "importance", "satisfaction", "product"


class PlainWants:
    """Needs, a problem, desire and known pains."""

    def __init__(self, model):
        self.model, self.b, self.wants = model, model.p.wants, model.plan.wants
        self.lately = {(need, group): 1.0 for need in NEEDS for group in model.groups}
        self.sold, self.posts = [], {}
        for person in model.people:
            person.desire, person.aware, person.unmet = np.float32(0), 0, np.float32(0)
            person.weights = self._weights(person) if self.wants and self.wants.needs else None

    def _weights(self, person):
        found, total = [], 0.0
        for number, mean in enumerate(self.wants.needs.weights):
            stream = luck.key(self.model.seed, luck.purpose("wants, how much a need counts"), 0, number)
            u = np.array([luck.uniform(stream, person.row)])
            found.append(mean * float(at(u, gamma(1.0))[0]))
            total += found[-1]
        return [one / (total if total > 0.0 else 1.0) for one in found]

    def morning(self):
        self.stories, self.heard = [], 0
        for person in self.model.people:
            person.desire = np.float32(person.desire * np.float32(exp(log(0.5) / self.b.half_life)))

    def _narrate(self, effect, cause):
        self.stories.append((effect, cause))

    def _turn(self, dial, rows):
        if rows:
            turned = self.model.nudges.setdefault(dial, [0.0] * len(self.model.people))
            for row, by in rows.items():
                turned[row] += by

    def dial(self):
        model, b, people = self.model, self.b, self.model.people
        worn = -log(model.p.fatigue.response)
        wanting = {}
        for person in people:
            if person.desire > 0:
                wanting[person.row] = b.desire * (float(person.desire) / (1.0 + worn * person.fatigue))
        self._turn(Dial.BUY, wanting)
        self._turn(Dial.BUY, {p.row: b.first for p in people if p.aware and p.buys == 0})
        if self.wants and self.wants.pains:
            pushed = {p.row: b.pushed for p in people if self._pushed(p)}
            self._turn(Dial.LEAVE, pushed)
            self._turn(Dial.MUTE, pushed)
        if self.wants and self.wants.needs:
            self._turn(Dial.LEAVE, {p.row: b.unmet * float(p.unmet) for p in people})

    def _pushed(self, person):
        was_there = person.status == MEMBER and person.looks & 1 and not person.aware
        return was_there and self.posts.get(person.home, 0) > 0

    def midday(self):
        lookers = [person for person in self.model.people if person.looked and person.status == MEMBER]
        for effect, cause in self.stories:
            for person in lookers:
                if person.row in self.model.audience(cause) and (
                    effect.reach >= 1.0 or person.reached(cause, effect.reach)
                ):
                    self.heard += 1
                    self._hear(person, effect, cause)
        for person in lookers:
            if self.wants and self.wants.problem:
                person.gain += np.float32(self.b.solved * self.wants.problem)

    def _hear(self, person, effect, cause):
        b, model = self.b, self.model
        if effect.about == "pains":
            missed = exp(effect.posts * log(1.0 - b.recognise * effect.quality))
            drawn = draw(model, "wants, who recognises a pain", person.row, model.day, model.salts[cause])
            person.aware = int(person.aware or drawn < 1.0 - missed)
            return
        gained = 1.0 - exp(effect.posts * log(1.0 - b.gain * effect.quality))
        if effect.about == "buyers":
            last = len(self.sold) - model.plan.operator.delivery_days + 1
            recent = self.sold[max(0, last - 7) : max(0, last)]
            total = float(sum(day.get(person.home, 0) for day in recent))
            gained *= total / (total + b.shows)
        now = float(person.desire)
        person.desire = np.float32(now + gained * (1.0 - now))

    def told(self):
        return {}

    def close(self):
        model, b = self.model, self.b
        orders = {}
        for order in model.orders:
            orders[order.person.home] = orders.get(order.person.home, 0) + 1
        self.sold.append(orders)
        self.posts = {group: group.posts for group in model.groups}
        for group in model.groups:
            today = {
                "love": min(1.0, group.messages / (b.talk * max(1, group.size))),
                "certainty": group.content > 0.0 or group.rules > 0.2,
                "importance": group.staffed,
                "satisfaction": group.deals > 0.0 or group.lift > 0.0,
                "product": orders.get(group, 0) > 0,
            }
            for need, enough in today.items():
                lately = self.lately[need, group]
                self.lately[need, group] = lately + (1.0 - exp(log(0.5) / b.memory)) * (enough - lately)
        for person in model.people:
            person.unmet = np.float32(0)
            if person.weights and person.status == MEMBER:
                unmet = 0.0
                for need, weight in zip(NEEDS, person.weights, strict=True):
                    unmet += weight if self.lately[need, person.home] < b.met else 0.0
                person.unmet = np.float32(unmet)

    def numbers(self):
        members = [person for person in self.model.people if person.status == MEMBER]
        desire = unmet = 0.0
        for person in members:
            desire += float(person.desire)
            unmet += float(person.unmet)
        return {
            "told": self.heard,
            "aware_members": sum(person.aware for person in members),
            "mean_desire": desire / max(1, len(members)),
            "mean_unmet": unmet / max(1, len(members)),
        }
