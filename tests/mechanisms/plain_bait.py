"""The rules of newcomers by bait once more, person by person."""

from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.maths import exp, log
from commsim.core.view import LEFT, MEMBER


def draw(model, decision, row, day, salt=0):
    """A person's draw for a decision of a mechanism."""
    return luck.uniform(luck.key(model.seed, luck.purpose(decision), day, salt), row)


class PlainBait:
    """Many mute at once, and some leave in the days after what they came for is over."""

    def __init__(self, model):
        self.model, self.b = model, model.p.bait
        for person in model.people:
            person.lured = 0

    def morning(self):
        self.came, self.going = 0, []

    def dial(self):
        a_day = 1.0 - exp(log(1.0 - self.b.leave) / self.b.within)
        for person in self.model.people:
            over = 0 < person.lured <= self.b.within and person.status == MEMBER
            if over and draw(self.model, "bait, who leaves", person.row, self.model.day) < a_day:
                self.going.append(person)
            person.lured = max(0, person.lured - 1)
        if self.going:
            leaving = self.model.nudges.setdefault(Dial.LEAVE, [0.0] * len(self.model.people))
            for person in self.going:
                leaving[person.row] += 20.0

    def _lure(self, effect, cause):
        for row in effect.persons:
            person = self.model.people[row]
            person.lured = effect.days + self.b.within
            self.came += 1
            mutes = draw(self.model, "bait, who mutes", person.row, self.model.day) < self.b.muted
            if mutes and not person.muted:
                person.muted = True
                self.model.muters.append(person)

    def told(self):
        return {}

    def close(self):
        pass

    def numbers(self):
        return {"baited": self.came, "bait_left": sum(person.status == LEFT for person in self.going)}
