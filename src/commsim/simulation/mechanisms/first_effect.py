"""First effects: to whom a product shows that it works, and what it moves them to."""

from collections import defaultdict

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import exp, log
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.first_effect import FIRST, FIRST_EFFECT, LONG_AGO, FirstEffectBehaviour
from commsim.core.view import MEMBER
from commsim.simulation.audiences import EVERYBODY
from commsim.simulation.dials import Desk
from commsim.simulation.kernels.inviting import NO_END, accepting, bring
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.parcels import Parcels
from commsim.simulation.notices import ASKING
from commsim.simulation.state import NEVER, outside

WORKS, BEFORE = purpose("first effect, to whom it shows"), purpose("first effect, who had seen it before")
TELLS, FRIENDS = purpose("first effect, who still tells of it"), purpose("first effect, friends unasked")
HALF_LIVES = 12
"""After so many, nobody tells of it any more."""
NO_CAUSE = -1


class FirstEffect(Mechanics):
    """Everybody's wait for the effect of what they bought, and who tells of it."""

    declared = FIRST_EFFECT

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.felt, self.felt_on, self.pressed = self.columns.values()
        self._b: FirstEffectBehaviour = getattr(home.scenario.behaviour, FIRST_EFFECT.name)
        self._products = home.scenario.products
        self._parcels = Parcels(home)
        self._due: dict[int, list[tuple[int, int, Ints]]] = defaultdict(list)  # by day: ordered, product, who
        self._asked: dict[int, Ints] = {}
        self._outsiders = outside(home.people)
        self._fresh = np.zeros(0, np.int64)  # who may still tell of it
        self._tells = _shares_left(self._b.half_life)
        self._remember()
        self._ready = np.where(self.felt == 1, *self._readiness())

    def _readiness(self) -> tuple[float, float]:
        """Logs of the factors on friends of who has seen it, and of who has not."""
        asked, before = self._b.asked, self._b.asked_before
        return log(asked), log(before)

    def _remember(self) -> None:
        """Let some of those who bought before the run have seen the effect then."""
        bought = np.flatnonzero(self.home.people.buys != NEVER)
        for number, product in enumerate(self._products):
            if product.effect_days is not None and product.effect_known:
                luck = uniforms(key(self.home.seed, BEFORE, number), bought)
                rows = bought[luck < product.effect_known]
                self.felt[rows], self.felt_on[rows] = 1, LONG_AGO

    def dial(self, day: int, desk: Desk) -> None:
        """Who has seen it buys more often and brings more friends; who was asked too soon leaves sooner."""
        desk.turn(Dial.INVITE, self._ready)
        desk.turn(Dial.BUY, self._b.repeat, np.flatnonzero(self.felt_on >= 0))
        pressed = np.flatnonzero(self.pressed >= day)
        if pressed.size:
            desk.turn(Dial.LEAVE, log(self._b.pressed), pressed)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Parcels arrive, effects show or don't, and who has seen one tells friends."""
        self._press(day)
        arrived = self._parcels.evening(day)
        if arrived is not None:
            for number, product in enumerate(self._products):
                if product.effect_days is not None:
                    good = (arrived.products == number) & ~arrived.bad
                    rows = arrived.persons[good]
                    self._due[day + product.effect_days].append((arrived.ordered, number, rows))
        shown = [self._show(day, *due) for due in self._due.pop(day, [])]
        self._vain = sum(vain for _, vain in shown)
        new = np.concatenate([rows for rows, _ in shown]) if shown else np.zeros(0, np.int64)
        self._unasked = self._tell(day)
        self._fresh = np.concatenate([self._fresh, new])
        self._new = len(new)
        return {FIRST: Occurred(new, np.zeros(len(new), np.int64))}

    def _show(self, day: int, ordered: int, number: int, rows: Ints) -> tuple[Ints, int]:
        """Who of some who had seen nothing sees it now, and how many wait in vain."""
        rows, trust = rows[self.felt[rows] == 0], self.home.people.trust
        works = (
            uniforms(key(self.home.seed, WORKS, ordered, number), rows) < self._products[number].effect_works
        )
        new, vain = rows[works], rows[~works]
        now, was = trust[new].astype(np.float64), trust[vain].astype(np.float64)
        trust[new], trust[vain] = now + self._b.trust * (1.0 - now), was - self._b.vain * was
        self.felt[new], self.felt_on[new] = 1, day
        self._ready[new] = self._readiness()[0]
        return new, len(vain)

    def _press(self, day: int) -> None:
        """Note who was asked for friends today by a campaign, without having seen an effect."""
        asking = self.home.handle.today.asking
        for one in asking.rows:
            row, asked = int(one["row"]), asking.asked[one["row"]]
            before = self._asked.get(row)
            newly: Bools = asked >= 0 if before is None else asked != before
            self._asked[row] = asked.copy()
            self.pressed[newly & (self.felt == 0)] = day + self._b.pressed_days

    def _tell(self, day: int) -> int:
        """Let who has seen it bring friends unasked; returns how many accept."""
        if not self._fresh.size or not self._b.unasked:
            return 0
        age = day - self.felt_on[self._fresh].astype(np.int64)
        self._fresh = self._fresh[age < len(self._tells)]
        still = (
            uniforms(key(self.home.seed, TELLS), self._fresh) < self._tells[day - self.felt_on[self._fresh]]
        )
        rows = np.sort(self._fresh[still & (self.home.people.status[self._fresh] == MEMBER)])
        mean = self._b.unasked / self._b.asked  # on that dial, which moves whoever is asked
        record = np.array([(NO_CAUSE, 0, np.uint64(FRIENDS), mean, 1.0, EVERYBODY)], ASKING)
        numbers = np.zeros(len(rows), np.int64)
        accepting(self.home.handle, record, day, rows, numbers)
        some = numbers > 0
        bring(day, self.home.handle, record, day, NO_END, self._outsiders, rows[some], numbers[some])
        return int(numbers.sum())

    def close(self, day: int) -> dict[str, int]:
        """The numbers of the day."""
        here = (self.felt == 1) & (self.home.people.status == MEMBER)
        return {
            "first_effects": self._new,
            "in_vain": self._vain,
            "have_felt": int(np.count_nonzero(here)),
            "unasked": self._unasked,
        }


def _shares_left(half_life: float) -> Floats:
    """Share of those who still tell of it, by days since they saw it."""
    days = int(HALF_LIVES * half_life) + 1
    return np.array([exp(-log(2.0) * age / half_life) for age in range(days)])
