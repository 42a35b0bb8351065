"""What members want: who hears stories, what is supplied to whom, and what follows from it."""

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import exp, log
from commsim.core.mechanisms.want_behaviour import WantBehaviour
from commsim.core.mechanisms.wants import WANTS, About, Narrate
from commsim.core.view import MEMBER
from commsim.population.quantiles import at, gamma
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.supply import Supply
from commsim.simulation.state import NEVER
from commsim.simulation.takes import takes

NEEDS = purpose("wants, how much a need counts")
KNOWS = purpose("wants, who recognises a pain")


class Wants(Mechanics):
    """Needs and a problem by the plan's section; desire and known pains by stories."""

    declared = WANTS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.desire, self.aware, self.unmet = self.columns.values()
        self._b: WantBehaviour = getattr(home.scenario.behaviour, WANTS.name)
        section = home.scenario.wants
        self._problem = section.problem if section is not None else 0.0
        self._pains = section.pains if section is not None else False
        needs = section.needs if section is not None else None
        self._weights = None if needs is None else _weights(needs.weights, len(self.desire), home.seed)
        self.supply = Supply(home, self._b)
        self._kept = np.float32(exp(log(0.5) / self._b.half_life))
        self._worn = -log(home.scenario.behaviour.fatigue.response)

    def morning(self, day: int) -> None:
        """Desire fades."""
        self._day, self._told = day, 0
        self._stories: list[tuple[Narrate, int]] = []
        self.desire *= self._kept

    @takes(Narrate)
    def tell(self, effect: Narrate, cause: int) -> None:
        """Tell it to who looks in today."""
        self._stories.append((effect, cause))

    def dial(self, day: int, desk: Desk) -> None:
        """Desire, known pains and unmet needs move people; yesterday's posts push who knows no pain."""
        people, b = self.home.people, self._b
        self._desk = desk
        wanting = np.flatnonzero(self.desire > 0.0)
        if wanting.size:
            tired = 1.0 + self._worn * people.fatigue[wanting].astype(np.float64)
            desk.turn(Dial.BUY, b.desire * (self.desire[wanting].astype(np.float64) / tired), wanting)
        knows = np.flatnonzero((self.aware != 0) & (people.buys == NEVER))
        if knows.size:
            desk.turn(Dial.BUY, b.first, knows)
        members = people.status == MEMBER
        if self._pains and day:
            pushed = self._pushed(members)
            if pushed.size:
                desk.turn(Dial.LEAVE, b.pushed, pushed)
                desk.turn(Dial.MUTE, b.pushed, pushed)
        if self._weights is not None:
            desk.turn(Dial.LEAVE, b.unmet * self.unmet.astype(np.float64))

    def _pushed(self, members: Bools) -> Ints:
        """Who looked in yesterday, was sold to, and does not know what for."""
        people, posts = self.home.people, self.home.handle.today.notices[c.POSTS]
        looked = (people.looks & np.uint32(1)) != 0
        return np.flatnonzero(members & looked & (self.aware == 0) & (posts[people.group] > 0.0))

    def midday(self, day: int) -> None:
        """Who looks in hears stories, and finds their problem solved."""
        home, b = self.home, self._b
        looked = ((home.people.looks & np.uint32(1)) != 0) & (home.people.status == MEMBER)
        for effect, cause in self._stories:
            rows = np.flatnonzero(looked & (home.open[home.people.group]))
            whom = home.audience(cause, effect.reach)
            rows = rows if whom is None else rows[whom[rows]]
            self._told += len(rows)
            self._hear(effect, cause, rows)
        if self._problem:
            home.out.gain[looked] += np.float32(b.solved * self._problem)

    def _hear(self, effect: Narrate, cause: int, rows: Ints) -> None:
        b, stays = self._b, 1.0
        if effect.about is About.PAINS:
            missed = exp(effect.posts * log(1.0 - min(0.999999, b.recognise * effect.quality)))
            luck = key(self.home.seed, KNOWS, self._day, int(self.home.salts[cause]))
            self.aware[rows[uniforms(luck, rows) < 1.0 - missed]] = 1
            return
        stays = exp(effect.posts * log(1.0 - min(0.999999, b.gain * effect.quality)))
        gained = np.full(len(rows), 1.0 - stays)
        if effect.about is About.BUYERS:
            gained *= self.supply.shows()[self.home.people.group[rows]]
        now = self.desire[rows].astype(np.float64)
        self.desire[rows] = now + gained * (1.0 - now)

    def close(self, day: int) -> dict[str, int | float]:
        """What the group has supplied today, and how members stand."""
        self.supply.close(self._desk)
        members = np.flatnonzero(self.home.people.status == MEMBER)
        if self._weights is not None:
            self._weigh(members)
        n = max(1, len(members))
        return {
            "told": self._told,
            "aware_members": int(np.count_nonzero(self.aware[members])),
            "mean_desire": _sum(self.desire[members]) / n,
            "mean_unmet": _sum(self.unmet[members]) / n,
        }

    def _weigh(self, members: Ints) -> None:
        """Add up the needs that are not met, in one order everywhere."""
        assert self._weights is not None
        groups = self.home.people.group[members]
        unmet = np.zeros(len(members))
        for weight, lately in zip(self._weights, self.supply.lately, strict=True):
            unmet += np.where(lately[groups] < self._b.met, weight[members], 0.0)
        self.unmet[:] = 0.0
        self.unmet[members] = unmet


def _weights(means: tuple[float, ...], persons: int, seed: int) -> NDArray[np.float64]:
    """How much each need counts for each person: of one in all, by a Dirichlet law of these proportions."""
    rows = np.arange(persons)
    draws = [uniforms(key(seed, NEEDS, 0, number), rows) for number in range(len(means))]
    found = np.array([mean * at(one, gamma(1.0)) for mean, one in zip(means, draws, strict=True)])
    total = np.zeros(persons)
    for one in found:
        total += one
    return np.asarray(found / np.where(total > 0.0, total, 1.0))


def _sum(values: Floats) -> float:
    return float(np.cumsum(values.astype(np.float64))[-1]) if len(values) else 0.0
