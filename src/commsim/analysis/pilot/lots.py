"""Groups drawn into the two arms of a trial by lot, and drawn anew to see what lots alone would give.

Groups that are alike are drawn within a block, so that no arm gets all the large or all the busy ones.
Blocks are of four groups from twelve groups on; with fewer there would be too few ways to draw for a test by
lots to say anything (two of ten or eleven, else a single one).
"""

from dataclasses import dataclass

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.errors import InputError
from commsim.core.luck import key, salt, uniforms

FEWEST_DRAWN = 4
_BLOCK, _MANY, _SOME = 4, 12, 10
_LOTS = "lots of a trial in groups"


@dataclass(frozen=True, eq=False)
class Lots:
    """Groups of a trial.

    members, before: of each, the number of its members and the baseline; not a number where that is not
    known, which is so of all or none.  blocks: number of each group's block.  arms: 0 for the first plan, 1
    for the second.
    """

    names: tuple[str, ...]
    members: Floats
    before: Floats
    blocks: Ints
    arms: Ints
    seed: int

    @property
    def weights(self) -> Floats:
        """Factors by which outcomes become those of a group of the mean size."""
        known = np.isfinite(self.members).all()
        return np.asarray(self.members.mean() / self.members if known else np.ones(len(self.names)))

    @property
    def sizes(self) -> tuple[int, int]:
        """Groups in each arm."""
        first = int(np.count_nonzero(self.arms == 0))
        return first, len(self.names) - first

    def again(self, times: int) -> Ints:
        """Arms of so many draws of the same blocks, draws x groups; the first is the one that counts."""
        return _arms(self.blocks, _order(self.names, self.members, self.before), self.seed, times)


def draw(names: tuple[str, ...], members: Floats, before: Floats, seed: int) -> Lots:
    """Draw groups into two arms; it does not matter in which order they are listed.

    Raises `InputError` for fewer than four groups.
    """
    if len(names) < FEWEST_DRAWN:
        raise InputError(
            f"{len(names)} groups can't be drawn into two arms", remedy="list four or more, better twelve"
        )
    order = _order(names, members, before)
    blocks = np.empty(len(names), np.int64)
    blocks[order] = _blocks(len(names), known=bool(np.isfinite(members).all() or np.isfinite(before).all()))
    return Lots(names, members, before, blocks, _arms(blocks, order, seed, 1)[0], seed)


def _order(names: tuple[str, ...], members: Floats, before: Floats) -> Ints:
    """Groups from the smallest baseline of a member, or size; by name where these are not known."""
    if np.isfinite(before).all():
        sort = before / members if np.isfinite(members).all() else before
    else:
        sort = members if np.isfinite(members).all() else np.zeros(len(names))
    return np.array(sorted(range(len(names)), key=lambda k: (sort[k], names[k])), np.int64)


def _blocks(groups: int, *, known: bool) -> Ints:
    """Block of each place in the order; the last one takes what is left over."""
    several = groups // _BLOCK if groups >= _MANY else 2 if groups >= _SOME else 1
    return np.minimum(np.arange(groups) // _BLOCK, (several if known else 1) - 1)


def _arms(blocks: Ints, order: Ints, seed: int, times: int) -> Ints:
    """Half of each block goes to either arm; of an odd one, which arm has more is drawn too."""
    groups, several = len(blocks), int(blocks.max()) + 1
    luck = np.empty((times, groups))
    luck[:, order] = uniforms(key(seed, 0, 0, salt(_LOTS)), np.arange(times * groups)).reshape(times, groups)
    coins = uniforms(key(seed, 1, 0, salt(_LOTS)), np.arange(times * several)).reshape(times, several) < 0.5
    arms = np.empty((times, groups), np.int64)
    for block in range(several):
        inside = np.flatnonzero(blocks == block)
        ranks = np.argsort(np.argsort(luck[:, inside], axis=1, kind="stable"), axis=1, kind="stable")
        arms[:, inside] = (ranks + coins[:, [block]]) % 2
    return arms
