"""What single groups of a plan differ in: who is near to them, what they like, and the mix of their people.

All of it belongs to persons: those in a group at the start and their friends outside, wherever they go.
"""

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Floats
from commsim.scenario.schema import Community, Group, Product

Taste = tuple[tuple[str, float], ...]
"""Factors on the buying rate by product."""


def near_group(bounds: NDArray[np.int64], outsiders: NDArray[np.int64]) -> NDArray[np.int32]:
    """The group that each person is in at the start, or near to; see `commsim.population.layout.Layout`."""
    groups = np.arange(len(bounds) - 1, dtype=np.int32)
    return np.concatenate([np.repeat(groups, np.diff(blocks)) for blocks in (bounds, outsiders)])


def _taste(group: Group) -> Taste:
    return tuple(sorted((one.product, one.factor) for one in group.taste if one.factor != 1.0))


def tastes(community: Community) -> list[Taste]:
    """The tastes that there are: first that of all who have none of their own."""
    return list(dict.fromkeys(((), *map(_taste, community.groups or ()))))


def appeal(community: Community, products: tuple[Product, ...]) -> Floats:
    """Factor on the buying rate by product (rows) and kind of customer: by taste, and in each by segment."""
    likings = [dict(taste) for taste in tastes(community)]
    return np.array(
        [
            [
                product.appeal * liking.get(product.name, 1.0)
                if not product.segments or segment.name in product.segments
                else 0.0
                for liking in likings
                for segment in community.segments
            ]
            for product in products
        ]
    )


def customer_kinds(
    community: Community, segment: NDArray[np.int8], near: NDArray[np.int32]
) -> NDArray[np.int8]:
    """The column of `appeal` of each person, by their segment and the group that they are near to."""
    known = tastes(community)
    if len(known) == 1:
        return segment
    of_group = np.array([known.index(_taste(group)) for group in community.groups or ()])
    return (of_group[near] * len(community.segments) + segment).astype(np.int8)


def of_groups(community: Community, setting: str) -> Floats | None:
    """A number of each group; None where it is 1 for all."""
    values = np.array([getattr(group, setting) for group in community.groups or ()], np.float64)
    return None if (values == 1.0).all() else values


def mixes(community: Community) -> Floats | None:
    """Shares of the segments in each group (rows), cumulated; None where no group has a mix of its own."""
    if not any(group.segments for group in community.groups or ()):
        return None
    usual = {segment.name: segment.share for segment in community.segments}
    found = []
    for group in community.groups or ():
        own = {one.segment: one.share for one in group.segments} or usual
        found.append([own.get(segment.name, 0.0) for segment in community.segments])
    weights = np.array(found)
    return np.asarray(np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1))
