"""What is found out about members, and groups that are formed anew."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.compiled import njit
from commsim.core.errors import InputError
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import log
from commsim.core.mechanisms.aim import AIM, AimBehaviour, Regroup
from commsim.core.view import MEMBER
from commsim.population import quantiles
from commsim.population.traits import draw_groups
from commsim.simulation import columns as c
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.takes import takes

SAYS, BEFORE, LONG_AGO = (
    purpose(f"aim, {what}") for what in ("what they say", "the last order", "lapsed long ago")
)


class Aims(Mechanics):
    """Keeps when members ordered last; sorts members into groups in the evening."""

    declared = AIM

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.last_order, self.willing = self.columns.values()
        self._b: AimBehaviour = getattr(home.scenario.behaviour, AIM.name)
        self.willing[:] = self._survey()
        known = home.population.last_order
        self.last_order[:] = self._drawn() if known is None else known

    def _survey(self) -> Floats:
        """A normal number for each, correlated with the rank of their sociability."""
        n, r = len(self.willing), self._b.reliability
        rank = np.empty(n)
        rank[np.argsort(self.home.people.sociability, kind="stable")] = (np.arange(n) + 0.5) / n
        says = quantiles.draw(key(self.home.seed, SAYS), np.arange(n), quantiles.normal()).astype(np.float64)
        return np.asarray(r * quantiles.at(rank, quantiles.normal()) + np.sqrt(1.0 - r * r) * says)

    def _drawn(self) -> Floats:
        """Days since the last order of customers whose orders are not known.

        Steady buyers ordered last an exponential time ago; who has lapsed, some day of the time before.
        """
        population, persons = self.home.population, np.arange(len(self.last_order))
        days, span = np.full(len(persons), np.inf), 7.0 * self.home.scenario.behaviour.buying.past_weeks
        luck, lapsed = (uniforms(key(self.home.seed, what), persons) for what in (BEFORE, LONG_AGO))
        waits(luck, population.traits["buy_rate"], days)
        days = np.where(population.alive, np.minimum(days, span), span * lapsed)
        return np.where(population.buyer, days, np.inf)

    def morning(self, day: int) -> None:
        """Nobody is to be moved yet."""
        self._asked: list[tuple[int, Regroup]] = []

    @takes(Regroup)
    def regroup(self, effect: Regroup, cause: int) -> None:
        """Keep it for the evening."""
        self._asked.append((cause, effect))

    def close(self, day: int) -> dict[str, int]:
        """Count the days, and move members."""
        ordered = self.home.out.order_person[: self.home.out.tally[c.N_ORDERS]]
        self.last_order += np.float32(1.0)
        self.last_order[ordered] = np.float32(1.0)
        return {"moved": sum(self._move(effect, cause) for cause, effect in self._asked)}

    def _move(self, effect: Regroup, cause: int) -> int:
        people, groups, audiences = self.home.people, self.home.groups, self.home.audiences
        chosen, here = self.home.audience(cause), people.status == MEMBER
        rows = np.flatnonzero(here if chosen is None else here & chosen)
        band, order = audiences.sort(effect.by, effect.at, effect.tags, rows)
        number = fill(band[order], effect.most)
        first = int(people.group.max()) + 1  # after all that ever had a member
        formed = int(number[-1]) + 1 if len(number) else 0
        if first + formed > len(groups.size):
            raise InputError(
                f"there is no room for {formed} groups more",
                where="strategies",
                remedy="split once, or into larger groups",
            )
        rows = rows[order]
        self._found(first, formed, people.group[rows], number)
        left = np.bincount(people.group[rows], minlength=len(groups.size))
        groups.size[:] -= left.astype(groups.size.dtype)
        people.group[rows] = first + number
        groups.size[first : first + formed] = np.bincount(number, minlength=formed)
        small = (groups.size == 0) | (np.arange(len(groups.size)) >= first)
        self.home.caps[small] = np.minimum(self.home.caps[small], effect.most)
        people.activity[rows] *= np.float32(1.0 - self._b.moved)
        return len(rows)

    def _found(self, first: int, formed: int, before: Ints, number: Ints) -> None:
        """New groups: no topics, bonds of their own, adverts and rules as members bring them along."""
        groups, new = self.home.groups, slice(first, first + formed)
        drawn = draw_groups(self.home.seed, first + formed, 0.0, self.home.scenario.behaviour)
        groups.bond[new], groups.topics[new] = drawn["bond"][new], 0.0
        members = np.bincount(number, minlength=formed)
        for column in (groups.spam, groups.rules):
            column[new] = np.bincount(number, column[before], minlength=formed) / np.maximum(members, 1)


def fill(bands: Ints, most: int) -> Ints:
    """Numbers of groups for members who stand sorted by band: as few as hold each band, filled evenly."""
    found, formed = [np.zeros(0, np.int64)], 0
    for size in np.unique(bands, return_counts=True)[1].tolist():
        groups = -(-size // most)
        found.append(formed + np.arange(size) * groups // size)
        formed += groups
    return np.concatenate(found)


@njit()
def waits(luck, rate, days):  # type: ignore[no-untyped-def]
    """Exponential times by draws and rates; without end where there is no rate."""
    for i in range(len(luck)):
        if rate[i] > 0.0:
            days[i] = -log(1.0 - luck[i]) / rate[i]
