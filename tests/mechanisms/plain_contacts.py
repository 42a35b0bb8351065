"""The rules of contacts outside the group once more, person by person."""

import numpy as np
from plain_bait import draw

from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.maths import exp, log
from commsim.core.view import LEFT, MEMBER
from commsim.simulation.state import BUYER, LAPSED

BIT = {"text": 1, "call": 2, "message": 4, "moments": 8}


class PlainContacts:
    """Who is got at, notices, refuses more, comes back."""

    def __init__(self, model):
        self.model, self.b, self.sent, self.remembered = model, model.p.contacts, {}, False
        for person in model.people:
            person.recall, person.closed, person.gone = np.float32(0), 0, -1

    def morning(self):
        self.contacted, self.noticed, self.refused, self.asked, self.calls = 0, [], set(), set(), []
        for person in self.model.people:
            person.recall = np.float32(person.recall * np.float32(exp(log(0.5) / self.b.half_life)))

    def _contact(self, effect, cause):
        people = [person for person in self.model.people if self._meant(person, effect, cause)]
        if effect.by != "moments":
            people = self.model.message(people)
        minutes = effect.minutes * len(people) + effect.writing if people else 0.0
        wage = self.model.plan.operator.wage_per_hour
        costs = {Account.TOOLS: effect.fen * len(people), Account.STAFF: round(minutes * wage / 60)}
        for account, fen in costs.items():
            if fen:
                self.model.enter(account, cause, -fen)
        some = {person.row for person in people if self._notices(person, effect, cause)}
        if effect.calls and people:
            self.calls.append((effect.hour, some))

    def _meant(self, person, effect, cause):
        day, silent = self.model.day, (1 << effect.days) - 1
        gone = person.status == LEFT and day - person.gone >= effect.days
        unseen = person.status == MEMBER and not person.looks & silent
        silent = unseen and day - max(person.joined, 0) >= effect.days
        meant = {
            "members": person.status == MEMBER,
            "everybody": person.status in (MEMBER, LEFT),
            "left": gone,
            "silent": silent,
            "lost": gone or silent,
        }[effect.whom]
        last, times = self.sent.get((cause, person.row), (-1, 0))
        due = last < 0 or day - last >= effect.every
        some = self.model.audience(cause)
        return (
            meant
            and not person.closed & BIT[effect.by]
            and due
            and not (effect.most and times >= effect.most)
            and person.row in some
            and (effect.reach >= 1.0 or person.reached(cause, effect.reach))
        )

    def _notices(self, person, effect, cause):
        model, b, way = self.model, self.b, effect.by.value
        times = self.sent.get((cause, person.row), (-1, 0))[1]
        self.sent[cause, person.row] = model.day, times + 1
        self.contacted += 1

        def luck(what):
            return draw(model, f"contacts, {what}", person.row, model.day, model.salts[cause])

        segment = model.plan.community.segments[person.segment]
        chance = 1.0 - exp(log(1.0 - getattr(b, f"{way}_noticed")) * effect.posts)
        if way in ("text", "call") and segment.phone != 1.0:
            chance = min(1.0, getattr(b, f"{way}_noticed") * segment.phone)
        if luck("who notices") >= chance:
            return False
        self.noticed.append(person)
        self.remembered = True
        now = float(person.recall)
        person.recall = np.float32(now + b.recall * (1.0 - now))
        value = max(0.0, person.value)
        person.fatigue += 1.0
        bother = model.p.fatigue.annoyance * getattr(b, f"{way}_bother")
        person.annoyance += np.float32(bother * (1.0 - 0.5 * (value / (value + 1.0))))
        if luck("who refuses more") < getattr(b, f"{way}_opt_out") * person.tolerance:
            person.closed |= BIT[effect.by]
            self.refused.add(person.row)
        trusted = min(2.0, person.trust / model.p.trust.start)
        if effect.back and luck("who comes back") < b.back * trusted / (1.0 + person.annoyance):
            self.asked.add(person.row)
        return True

    def dial(self):
        model, b = self.model, self.model.p.buying
        if not self.remembered:
            return
        buying = model.nudges.setdefault(Dial.BUY, [0.0] * len(model.people))
        for person in model.people:
            beyond = float(person.recall) - min(1.0, person.contact / b.touch_full)
            buying[person.row] += log(1.0 + b.touch) * max(0.0, beyond)
        if self.noticed:
            lift = model.nudges.setdefault(Dial.LIFT, [0.0] * len(model.people))
            for row in {person.row for person in self.noticed}:
                lift[row] += self.b.look
        for hour, some in self.calls:
            model.some_calls.append((hour, model.p.look.reminder, set(model.groups), some))

    def evening(self):
        """Who has left is gone; who is persuaded comes back, if there is room."""
        model, self.back = self.model, []
        for person in model.left:
            person.gone = model.day
        for row in sorted(self.asked):
            person = model.people[row]
            if person.status == LEFT:
                if not 0 < person.home.size < person.home.cap:
                    continue
                full = person.home.size
                person.status, person.home.size = MEMBER, full + 1
            self._return(person)
            self.back.append(row)

    def _return(self, person):
        model = self.model
        if person.muted:
            person.muted = False
            model.unmuters.append(person)
        fresh = np.float32(min(1.0, model.p.activity.start * (0.5 + person.share)))
        person.activity, person.gone = max(person.activity, fresh), -1
        again = draw(model, "contacts, who buys again", person.row, model.day) < self.b.revived
        if again and person.buys == LAPSED:
            person.buys, person.rate = BUYER, person.buy_rate

    def told(self):
        return {"came_back": self.back, "opted_out": sorted(self.refused)}

    def close(self):
        for name, rows in self.told().items():
            for row in rows:
                self.model.note(name, row)

    def numbers(self):
        members = [person for person in self.model.people if person.status == MEMBER]
        recalled = touch = 0.0
        for person in members:
            recalled += float(person.recall)
            touch += min(1.0, person.contact / self.model.p.buying.touch_full)
        return {
            "contacts": self.contacted,
            "noticed": len(self.noticed),
            "opt_outs": len(self.refused),
            "back": len(self.back),
            "recalled": recalled / len(members),
            "in_touch": touch / len(members),
        }
