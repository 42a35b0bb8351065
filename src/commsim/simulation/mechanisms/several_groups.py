"""Who sits in which further groups, what comes to them from there, and what it leaves of their looks."""

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose, uniforms
from commsim.core.mechanisms.several_groups import SEVERAL_GROUPS, SeveralGroupsBehaviour
from commsim.core.view import MEMBER
from commsim.population import quantiles
from commsim.scenario.several_groups import SeveralGroups as Section
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.usual import logs

WHO = purpose("several groups, who sits in further ones")
WHICH = purpose("several groups, in which")
OTHERS = purpose("several groups, how many of other people")


class SeveralGroups(Mechanics):
    """Further groups lie in a ring of those of the first morning, from a place of each person's own on."""

    declared = SEVERAL_GROUPS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.further, self.others = self.columns.values()
        self._b: SeveralGroupsBehaviour = getattr(home.scenario.behaviour, SEVERAL_GROUPS.name)
        section = home.scenario.several_groups
        assert section is not None
        self._sit(section)
        self.others[:] = self._b.usual
        if section.others is not None:
            table = quantiles.lognormal(self._b.spread, median=section.others)
            self.others[:] = quantiles.draw(key(home.seed, OTHERS), np.arange(len(self.others)), table)
        self._differ = section.others is not None and self._b.attention != 0.0

    def _sit(self, section: Section) -> None:
        """Choose who sits in further groups, and where in the ring these begin, counted from their own."""
        rows, groups = np.arange(len(self.further)), self.home.population.n_groups
        most = min(section.further, groups - 1)
        several = uniforms(key(self.home.seed, WHO), rows) < section.share
        self.further[several] = most
        self._rows, self._groups = np.flatnonzero(self.further), groups
        places = uniforms(key(self.home.seed, WHICH), self._rows) * (groups - most)
        self._from = 1 + places.astype(np.int64)

    def dial(self, day: int, desk: Desk) -> None:
        """Posts of further groups come again, and take looks from their own."""
        self._sitting = self.home.people.status[self._rows] == MEMBER
        rows = self._rows[self._sitting]
        again, posting = self._posts(rows)
        self._again = int(again.sum())
        if self._again:
            some = again > 0
            self.home.collector.repeat(rows[some], again[some])
        if self._differ or (self._again and self._b.attention):
            number = self.others.astype(np.float64)
            number[rows] += posting
            desk.turn(Dial.LOOK, logs(number / self._b.usual), times=-self._b.attention)

    def _posts(self, rows: Ints) -> tuple[Ints, Ints]:
        """Of today, in all further groups of some persons: posts, and groups that have any."""
        again, posting = np.zeros(len(rows), np.int64), np.zeros(len(rows), np.int64)
        first = self.home.people.group[rows] + self._from[self._sitting]
        for step in range(int(self.further.max(initial=0))):
            posts = self.home.collector.posts_in((first + step) % self._groups, rows)
            again += posts.astype(np.int64)
            posting += posts > 0.0
        return again, posting

    def close(self, day: int) -> dict[str, int]:
        """Who sits in several, and what came again."""
        return {"in_several": int(np.count_nonzero(self._sitting)), "posts_again": self._again}
