"""Kernels that grow friendships block by block, with hubs and triangles.

A newcomer meets one person at random and then, with a given chance per further tie, friends of that
person (Vázquez 2003, "Growing network with local rules").  Closing triangles favours who has many
friends already, so hubs come by themselves: attachment in proportion to degree on top of it, as in
Holme and Kim (2002), made them larger than in measured graphs.  The number of ties is steered to
the mean degree asked for: a tie that finds no place is made up for by a later one.

The small kernels are inlined by the compiler's front end, which saves compiling each by itself.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.compiled import njit
from commsim.core.luck import uniform_pair

_TRIES = 12
"""Draws per tie after which one that keeps hitting friends already made is given up."""
_PATIENCE = 4
"""Draws among a person's friends after which somebody else is met instead."""


class _Block(NamedTuple):
    """The ties of one block, chained per person, and the state of its luck.

    ends: the ties as pairs; ends[k] is a friend of ends[k ^ 1].  latest: index of each person's last
    entry, -1 for none.  earlier: index of the entry before.  friends: count per person.
    counts: draws made; entries used in ends.
    """

    ends: NDArray[np.int32]
    latest: NDArray[np.int32]
    earlier: NDArray[np.int32]
    friends: NDArray[np.int32]
    counts: NDArray[np.int64]


@njit(inline="always")
def _empty(people, ties):  # type: ignore[no-untyped-def]
    ends, earlier = np.empty(2 * ties, np.int32), np.empty(2 * ties, np.int32)
    latest, friends = np.empty(people, np.int32), np.empty(people, np.int32)
    for i in range(people):
        latest[i], friends[i] = -1, 0
    return _Block(ends, latest, earlier, friends, np.zeros(2, np.int64))


@njit(inline="always")
def _draw(stream, number, block):  # type: ignore[no-untyped-def]
    block.counts[0] += 1
    return uniform_pair(stream, number, block.counts[0])


@njit(inline="always")
def _tie(i, j, block):  # type: ignore[no-untyped-def]
    k = block.counts[1]
    block.ends[k], block.earlier[k], block.latest[j] = i, block.latest[j], k
    block.ends[k + 1], block.earlier[k + 1], block.latest[i] = j, block.latest[i], k + 1
    block.friends[i] += 1
    block.friends[j] += 1
    block.counts[1] = k + 2


@njit(inline="always")
def _friend(i, u, block):  # type: ignore[no-untyped-def]
    """The friend of person i that u in [0, 1) points at."""
    k = block.latest[i]
    for _ in range(int(u * block.friends[i])):
        k = block.earlier[k]
    return block.ends[k]


@njit(inline="always")
def _knows(i, j, block):  # type: ignore[no-untyped-def]
    k = block.latest[i]
    while k >= 0 and block.ends[k] != j:
        k = block.earlier[k]
    return k >= 0


@njit(inner=True)
def _befriend(i, ties, triangles, stream, number, block):  # type: ignore[no-untyped-def]
    """Newcomer i makes up to so many friends among the persons before them; returns how many."""
    met, made, tries, closing = -1, 0, 0, False
    while made < ties and tries < ties * _TRIES:
        tries += 1
        u = _draw(stream, number, block)
        if closing:
            j = _friend(met, u, block)
        else:
            j = met = int(u * i)
        if j < i and not _knows(i, j, block):
            _tie(i, j, block)
            made += 1
            closing = _draw(stream, number, block) < triangles
        elif tries % _PATIENCE == 0:
            closing = False
    return made


@njit()
def grow_members(bounds, degree, triangles, across, stream):  # type: ignore[no-untyped-def]
    """Ties (a, b) among the members of the blocks ``bounds``: ``degree`` friends each on average.

    A share ``across`` of the ties goes to a member of any other block.
    """
    people, made = bounds[-1], 0
    room = int(0.5 * degree * people) + len(bounds)
    a, b = np.empty(room, np.int32), np.empty(room, np.int32)
    for number in range(len(bounds) - 1):
        start, size = bounds[number], bounds[number + 1] - bounds[number]
        block, ties = _empty(size, int(0.5 * degree * size)), 0
        for i in range(1, size):
            wanted, away = min(i, int(0.5 * degree * (i + 1)) - ties), 0
            for _ in range(wanted if size < people else 0):
                if _draw(stream, number, block) < across:
                    other = int(_draw(stream, number, block) * (people - size))
                    a[made + away], b[made + away] = start + i, other + (size if other >= start else 0)
                    away += 1
            made += away
            ties += away + _befriend(i, wanted - away, triangles, stream, number, block)
        for k in range(0, block.counts[1], 2):
            a[made], b[made] = start + block.ends[k], start + block.ends[k + 1]
            made += 1
    return a[:made], b[:made]


@njit(inline="always")
def _known_ties(start, stop, offsets, neighbours, block):  # type: ignore[no-untyped-def]
    """Take in the ties among the members of one block."""
    for i in range(start, stop):
        for k in range(offsets[i], offsets[i + 1]):
            j = neighbours[k]
            if i < j < stop:
                _tie(j - start, i - start, block)


@njit()
def grow_outsiders(members, outsiders, offsets, neighbours, degree, triangles, stream):  # type: ignore[no-untyped-def]
    """Ties (a, b) of the outsiders in each block to its members and to earlier outsiders.

    offsets and neighbours: friendships of the members.  ``degree`` friends each on average.
    """
    made, room = 0, int(degree * (outsiders[-1] - outsiders[0])) + len(members)
    a, b = np.empty(room, np.int32), np.empty(room, np.int32)
    for number in range(len(members) - 1):
        start, stop, newcomers = members[number], members[number + 1], outsiders[number]
        size, outside, ends = stop - start, outsiders[number + 1] - newcomers, 0
        block = _empty(size + outside, offsets[stop] - offsets[start] + int(degree * outside))
        _known_ties(start, stop, offsets, neighbours, block)
        for i in range(outside):
            before = block.counts[1]
            _befriend(size + i, int(degree * (i + 1)) - ends, triangles, stream, number, block)
            for k in range(before, block.counts[1], 2):
                j = block.ends[k + 1]
                ends += 1 if j < size else 2
                a[made] = newcomers + i
                b[made] = start + j if j < size else newcomers + j - size
                made += 1
    return a[:made], b[:made]
