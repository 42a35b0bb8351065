"""Wear of content once more, theme by theme and group by group."""

from collections import Counter
from dataclasses import replace

import numpy as np

from commsim.core.effects import Content
from commsim.core.maths import exp, log


class PlainWear:
    """What every group has been shown of each theme lately, on the average of its members."""

    def __init__(self, model):
        self.model, self.b = model, model.p.wear
        self.shown, self.turn = {}, Counter()
        self.last = {group: group.size for group in model.groups}

    def morning(self):
        for theme in self.shown.values():
            for group in self.model.groups:
                theme[group] *= exp(log(0.5) / self.b.rest)
                came = max(0, group.size - self.last[group])
                theme[group] *= 1.0 - came / max(group.size, 1)
        self.dawn = {group: group.size for group in self.model.groups}
        self.before = {theme: dict(seen) for theme, seen in self.shown.items()}
        self.posted, self.lost, self.all = {}, 0.0, 0.0

    def admit(self, effect, cause):
        if not isinstance(effect, Content) or not effect.themes:
            return [effect]
        self.posted[cause] = max(effect.posts, self.posted.get(cause, 0))
        themes = [effect.themes[(self.turn[cause] + k) % len(effect.themes)] for k in range(effect.posts)]
        groups = self.model._addressed(effect, cause)
        parts = []
        for theme in dict.fromkeys(themes):
            parts += self._of_theme(replace(effect, posts=themes.count(theme)), theme, groups, cause)
        return parts

    def _of_theme(self, effect, theme, groups, cause):
        seen = self.shown.setdefault(theme, dict.fromkeys(self.model.groups, 0.0))
        morning = self.before.setdefault(theme, dict.fromkeys(self.model.groups, 0.0))
        left = {}
        for group in groups:
            worn = exp(log(1.0 - self.b.per_post) * morning[group])
            left[group] = round(100.0 * (effect.fresh + (1.0 - effect.fresh) * worn)) / 100.0
        parts = [effect] if not groups else []
        for level in sorted(set(left.values())):
            alike = [group for group in groups if left[group] == level]
            self.lost += effect.posts * (1.0 - level) * len(alike)
            self.all += effect.posts * len(alike)
            mask = effect.groups
            if len(set(left.values())) > 1:
                mask = np.array([group in alike for group in self.model.groups])
            worth = {name: getattr(effect, name) * level for name in ("value", "topics", "trust")}
            parts.append(replace(effect, groups=mask, **worth))
        chosen = self.model.chosen[cause]
        for group in groups:
            theirs = group.size if chosen is None else sum(self.model.people[r].home is group for r in chosen)
            seen[group] += effect.posts * (theirs / max(group.size, 1))
        return parts

    def dial(self):
        pass

    def told(self):
        return {}

    def close(self):
        self.turn.update(self.posted)
        for theme in self.shown.values():
            total = float((np.array(list(theme.values())) * np.array(list(self.dawn.values()))).sum())
            for group in self.model.groups:
                if group.size and not self.dawn[group]:
                    theme[group] = total / max(1, sum(self.dawn.values()))
        self.last = {group: group.size for group in self.model.groups}

    def numbers(self):
        return {"worn": self.lost / self.all if self.all else 0.0}
