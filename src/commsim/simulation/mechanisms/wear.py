"""Content wears: how often each group has been shown each theme lately, and what that leaves of a post."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.core.declare import Effect
from commsim.core.effects import Content
from commsim.core.maths import LOG_HALF, exp, log
from commsim.core.mechanisms.wear import WEAR, WORN, WearBehaviour
from commsim.simulation.mechanics import Home, Mechanics


class Wear(Mechanics):
    """The showings of every theme by group; the mean of its members, of whom newcomers have seen none."""

    declared = WEAR
    admits = (Content,)

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        b: WearBehaviour = getattr(home.scenario.behaviour, WEAR.name)
        self._kept, self._per_showing = exp(LOG_HALF / b.rest), log(1.0 - b.per_post)
        self._shown: dict[str, Floats] = {}
        self._turn: Counter[int] = Counter()
        self._closed = home.groups.size.copy()

    def morning(self, day: int) -> None:
        """Themes rest for a day, and newcomers thin out what was seen."""
        size = self.home.groups.size
        came = np.maximum(size - self._closed, 0)
        for shown in self._shown.values():
            shown *= self._kept
            if came.any():
                shown *= 1.0 - came / np.maximum(size, 1)
        self._opened = size.copy()
        self._worn: dict[str, Floats] = {}
        self._posts: dict[int, int] = {}
        self._lost = self._all = 0.0

    def admit(self, day: int, effect: Effect, cause: int) -> tuple[Effect, ...]:
        """Content as far as it is not worn, theme by theme and for groups that have seen as much."""
        assert isinstance(effect, Content)
        if not effect.themes:
            return (effect,)
        self._posts[cause] = max(effect.posts, self._posts.get(cause, 0))
        first, themes = self._turn[cause], effect.themes
        turns = Counter(themes[(first + k) % len(themes)] for k in range(effect.posts))
        where = self.home.where(effect.groups, cause)
        return tuple(
            part
            for theme, posts in turns.items()
            for part in self._parts(replace(effect, posts=posts, themes=(theme,)), where, cause)
        )

    def _parts(self, effect: Content, where: Bools, cause: int) -> Iterator[Content]:
        """The posts of one theme, for groups where as much is left of it: to the hundredth."""
        if not where.any():
            yield effect
            return
        (theme,) = effect.themes
        left = np.rint(100.0 * (effect.fresh + (1.0 - effect.fresh) * self._left(theme))) / 100.0
        found = sorted(set(left[where].tolist()))
        for level in found:
            alike = where & (left == level)
            self._count(effect.posts, level, int(np.count_nonzero(alike)))
            worth = {"value": effect.value * level, "topics": effect.topics * level}
            groups = effect.groups if len(found) == 1 else alike
            yield replace(effect, trust=effect.trust * level, groups=groups, **worth)
        self._show(theme, effect.posts, where, cause)

    def _left(self, theme: str) -> Floats:
        """What is left by group of what can wear, as of this morning."""
        if theme not in self._worn:
            shown = self._shown.setdefault(theme, np.zeros(len(self._closed))).tolist()
            left = {one: exp(self._per_showing * one) for one in set(shown)}
            self._worn[theme] = np.array([left[one] for one in shown])
        return self._worn[theme]

    def _show(self, theme: str, posts: int, where: Bools, cause: int) -> None:
        """Count showings; what goes to some members of a group counts by their share of it."""
        home, each = self.home, float(posts)
        if home.audiences.chooses(cause):
            share = home.audiences.numbers(cause) / np.maximum(home.groups.size, 1)
            self._shown[theme] += np.where(where, each * share, 0.0)
        else:
            self._shown[theme] += np.where(where, each, 0.0)

    def _count(self, posts: int, level: float, groups: int) -> None:
        self._lost += posts * (1.0 - level) * groups
        self._all += posts * groups

    def close(self, day: int) -> dict[str, float]:
        """Strategies go on with their next theme; groups formed today have seen what all had on average."""
        self._turn.update(self._posts)
        size = self.home.groups.size
        formed = (size > 0) & (self._opened == 0)
        if formed.any():
            for shown in self._shown.values():
                shown[formed] = (shown * self._opened).sum() / max(1, self._opened.sum())
        self._closed = size.copy()
        return {WORN.name: self._lost / self._all if self._all else 0.0}
