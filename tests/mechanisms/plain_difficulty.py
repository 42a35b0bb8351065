"""Who grasps the rules of each strategy, person by person."""

from plain_bait import draw

from commsim.core.maths import exp


class PlainDifficulty:
    """A person has one draw for each strategy, for good."""

    def __init__(self, model):
        self.model, self.b = model, model.p.difficulty

    def morning(self):
        for cause, strategy in enumerate(self.model.strategies):
            if strategy.difficulty:
                grasped = {p.row for p in self.model.people if self._grasps(p, strategy.difficulty, cause)}
                self.model.able[cause] = grasped
            else:
                self.model.able.pop(cause, None)

    def _grasps(self, person, steps, cause):
        segment = self.model.plan.community.segments[person.segment]
        chance = exp(-self.b.per_step * steps / segment.grasp)
        return (
            draw(self.model, "difficulty, who grasps the rules", person.row, 0, self.model.salts[cause])
            < chance
        )

    def dial(self):
        pass

    def told(self):
        return {}

    def close(self):
        pass

    def numbers(self):
        return {}
