"""Which row is whom: members group by group, then outsiders by the group that they are near to."""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Floats
from commsim.core.luck import Purpose, key, salt, uniforms
from commsim.population.tastes import mixes, near_group
from commsim.scenario.schema import Community, Segment


@dataclass(frozen=True)
class Layout:
    """Rows of a population.

    members, outsiders: bounds of the blocks, one more than there are groups; the members of group g
    are rows members[g] to members[g + 1], the outsiders near to it outsiders[g] to outsiders[g + 1].
    segment: index per person.
    """

    members: NDArray[np.int64]
    outsiders: NDArray[np.int64]
    segment: NDArray[np.int8]

    @property
    def n_members(self) -> int:
        """Members at the start."""
        return int(self.members[-1])

    @property
    def n_groups(self) -> int:
        """Groups at the start."""
        return len(self.members) - 1

    @property
    def n_persons(self) -> int:
        """Members and outsiders."""
        return int(self.outsiders[-1])

    def group(self) -> NDArray[np.int32]:
        """Group per person, -1 for outsiders."""
        out = np.full(self.n_persons, -1, np.int32)
        groups = np.arange(self.n_groups, dtype=np.int32)
        out[: self.n_members] = np.repeat(groups, np.diff(self.members))
        return out

    def near(self) -> NDArray[np.int32]:
        """The group that each person is in, or near to."""
        return near_group(self.members, self.outsiders)


def lay_out(community: Community, seed: int) -> Layout:
    """Rows of a generated community: groups evenly filled, each outsider near to one group."""
    outside = round(community.outside_per_member * community.members)
    if not community.by_segment:
        members = group_bounds(community)
        outsiders = outside_blocks(members, outside)
        return Layout(members, outsiders, _draw_segments(community, members, outsiders, seed))
    filled = _by_segment(community)
    members = group_bounds(community)
    outsiders = outside_blocks(members, outside)
    of_group = np.repeat([i for i, _ in filled], [len(blocks) - 1 for _, blocks in filled])
    near = [np.repeat(of_group, np.diff(blocks)) for blocks in (members, outsiders)]
    return Layout(members, outsiders, np.concatenate(near).astype(np.int8))


def group_bounds(community: Community) -> NDArray[np.int64]:
    """Bounds of the groups of a generated community: as given, or filled evenly, by segment if wished."""
    if community.groups is not None:
        return _bounds([group.members for group in community.groups])
    if community.by_segment:
        return _bounds(np.concatenate([np.diff(blocks) for _, blocks in _by_segment(community)]))
    return even_groups(community.members, community.group_size)


def _by_segment(community: Community) -> list[tuple[int, NDArray[np.int64]]]:
    """The bounds of the groups of each segment that has members."""
    sizes = apportion(community.members, community.segments)
    return [(i, even_groups(n, community.group_size)) for i, n in enumerate(sizes) if n]


def _bounds(sizes: NDArray[np.int64] | list[int]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


def even_groups(persons: int, group_size: int) -> NDArray[np.int64]:
    """Bounds of as few groups as hold everybody; their sizes differ by at most one."""
    groups = ceil(persons / group_size)
    return np.arange(groups + 1, dtype=np.int64) * persons // groups


def outside_blocks(members: NDArray[np.int64], outside: int) -> NDArray[np.int64]:
    """Bounds of the outsiders' blocks, in proportion to the groups ``members``."""
    n_members = members[-1]
    return np.asarray(n_members + members * outside // n_members)


def apportion(persons: int, segments: tuple[Segment, ...]) -> list[int]:
    """Persons per segment by largest remainder; they add up."""
    shares = _shares(segments)
    exact = shares * persons
    sizes = np.floor(exact).astype(np.int64)
    most_owed = np.argsort(sizes - exact, kind="stable")
    sizes[most_owed[: persons - int(sizes.sum())]] += 1
    return [int(n) for n in sizes]


def draw_segments(
    segments: tuple[Segment, ...], persons: int, seed: int, *, first: int = 0
) -> NDArray[np.int8]:
    """A segment per person from row ``first`` on, by share, from each person's own luck."""
    if len(segments) == 1:
        return np.zeros(persons, np.int8)
    u = uniforms(key(seed, Purpose.TRAIT, 0, salt("segment")), np.arange(first, first + persons))
    return np.searchsorted(np.cumsum(_shares(segments))[:-1], u, side="right").astype(np.int8)


def _draw_segments(
    community: Community, members: NDArray[np.int64], outsiders: NDArray[np.int64], seed: int
) -> NDArray[np.int8]:
    """As `draw_segments`, where groups may have mixes of their own; the same luck, whatever the mix."""
    below = mixes(community)
    if below is None or len(community.segments) == 1:
        return draw_segments(community.segments, int(outsiders[-1]), seed)
    u = uniforms(key(seed, Purpose.TRAIT, 0, salt("segment")), np.arange(int(outsiders[-1])))
    found = np.zeros(len(u), np.int8)
    near = near_group(members, outsiders)
    for border in below.T[:-1]:
        found += u >= border[near]
    return found


def _shares(segments: tuple[Segment, ...]) -> Floats:
    weights = np.array([s.share for s in segments])
    return np.asarray(weights / weights.sum())
