"""Which groups a strategy is for: by name or number, a share by luck, or those of no other strategy."""

import difflib
from collections.abc import Iterable, Sequence

import numpy as np

from commsim.core.arrays import Bools, Floats
from commsim.core.errors import InputError
from commsim.core.luck import key, purpose, uniforms
from commsim.strategies.audience import GroupName, SomeGroups
from commsim.strategies.base import Strategy

_DRAW = purpose("audience, which groups a share is")


class GroupsByName:
    """The groups of a run: those of the start, which have names or numbers, and those that open later.

    A share of the groups is so many of those of the start, and of later ones each by its own luck.
    """

    def __init__(self, seed: int, names: Sequence[str], at_start: int, number: int) -> None:
        self._seed, self._at_start, self.number = seed, at_start, number
        self._names = [*names, *([""] * (at_start - len(names)))]

    def choose(self, entries: Sequence[Strategy]) -> list[Bools | None]:
        """The groups of strategies, in their order; None for all.  Raises InputError for unknown names."""
        by_name = {entry.name: entry for entry in entries}
        return [self._of(entry, by_name) for entry in entries]

    def _of(self, entry: Strategy, by_name: dict[str, Strategy]) -> Bools | None:
        groups = entry.groups
        if groups is None:
            return None
        where = f"strategy {entry.name!r}, groups"
        if groups.only:
            return self._named(groups.only, where)
        if groups.without:
            return ~self._named(groups.without, where)
        if groups.share is not None:
            return self._share(groups.share, groups.draw)
        return self._others(groups, by_name, where)

    def _others(self, groups: SomeGroups, by_name: dict[str, Strategy], where: str) -> Bools:
        other = by_name.get(groups.other_than)
        if other is None:
            raise InputError(
                f"there is no strategy {groups.other_than!r}",
                where=where,
                remedy=meant(groups.other_than, by_name),
            )
        if other.groups is None or other.groups.other_than:
            raise InputError(
                f"{other.name!r} does not say of itself which groups it is for",
                where=where,
                remedy="name a strategy whose groups are a list or a share",
            )
        theirs = self._of(other, by_name)
        assert theirs is not None
        return ~theirs

    def _named(self, wanted: Iterable[GroupName], where: str) -> Bools:
        found = np.zeros(self.number, np.bool_)
        for one in wanted:
            found[self._index(one, where)] = True
        return found

    def _index(self, wanted: GroupName, where: str) -> int:
        if wanted in self._names and wanted != "":
            return self._names.index(str(wanted))
        if str(wanted).isdecimal() and 1 <= int(wanted) <= self._at_start:
            return int(wanted) - 1
        known = [name or str(k + 1) for k, name in enumerate(self._names)]
        raise InputError(f"there is no group {wanted!r}", where=where, remedy=meant(str(wanted), known))

    def _share(self, share: float, draw: int) -> Bools:
        lots: Floats = uniforms(key(self._seed, _DRAW, 0, draw), np.arange(self.number))
        found = lots < share
        order = np.argsort(lots[: self._at_start], kind="stable")
        found[order] = np.arange(self._at_start) < int(share * self._at_start + 0.5)
        return np.asarray(found)


def meant(word: str, known: Iterable[str]) -> str:
    """What a word may have been meant for, and what there is."""
    every = list(known)
    close = difflib.get_close_matches(word, every, n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    return f"{hint}there are: {', '.join(every[:20])}{', ...' if len(every) > 20 else ''}"
