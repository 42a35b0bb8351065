"""Who knows whom: generated graphs of each kind, and the way to and from NetworkX."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.errors import InputError
from commsim.core.luck import Purpose, key, salt, uniforms
from commsim.population.growth import grow_members, grow_outsiders
from commsim.population.layout import Layout
from commsim.population.people import Population
from commsim.population.sparse import Rows, compress
from commsim.scenario.schema import Graph

if TYPE_CHECKING:
    import networkx as nx

Ties = tuple[Ints, Ints]
"""Rows of the two persons of every tie."""
_REWIRED = 0.1
"""Share of a ring's ties that are rewired: the small-world regime of Watts and Strogatz (1998)."""


def befriend(graph: Graph, layout: Layout, seed: int) -> Rows:
    """Friendships of all persons: members by the graph's kind, outsiders with their group's block."""
    a, b = _member_ties(graph, layout, seed)
    if graph.kind == "none" or layout.n_persons == layout.n_members:
        return compress(layout.n_persons, a, b)
    stream = key(seed, Purpose.GRAPH, 0, salt("outsiders"))
    c, d = grow_outsiders(
        layout.members,
        layout.outsiders,
        *compress(layout.n_members, a, b),
        graph.outside_degree,
        graph.triangles,
        stream,
    )
    return compress(layout.n_persons, np.concatenate([a, c]), np.concatenate([b, d]))


def _member_ties(graph: Graph, layout: Layout, seed: int) -> Ties:
    if graph.kind == "communities":
        stream = key(seed, Purpose.GRAPH, 0, salt("members"))
        a, b = grow_members(layout.members, graph.degree, graph.triangles, graph.across, stream)
        return a, b
    if graph.kind == "none":
        return np.empty(0, np.int32), np.empty(0, np.int32)
    return _drawn_by_networkx(graph, layout, seed)


def _drawn_by_networkx(graph: Graph, layout: Layout, seed: int) -> Ties:
    """A graph of a textbook kind in every group, then a share of ties led to other groups."""
    blocks = []
    for start, stop in zip(layout.members[:-1], layout.members[1:], strict=True):
        stream = int(key(seed, Purpose.GRAPH, int(start), salt(graph.kind)))
        edges = _textbook(graph, int(stop - start), stream)
        blocks.append(np.array(list(edges), np.int64).reshape(-1, 2) + start)
    a, b = np.concatenate(blocks).T.copy()
    return _lead_across(graph.across, a, b, layout, seed)


def _textbook(graph: Graph, size: int, stream: int) -> Any:
    """Edges of a small-world ring or of preferential attachment; degree as near as the kind allows."""
    import networkx as nx

    each = min(round(graph.degree / 2), (size - 1) // 2 if graph.kind == "small_world" else size - 1)
    if each == 0:
        return ()
    if graph.kind == "small_world":
        return nx.watts_strogatz_graph(size, 2 * each, _REWIRED, seed=stream).edges
    return nx.barabasi_albert_graph(size, each, seed=stream).edges


def _lead_across(share: float, a: Ints, b: Ints, layout: Layout, seed: int) -> Ties:
    group, size = layout.group(), np.diff(layout.members)
    if len(size) == 1:
        return a, b
    ids = np.arange(len(a))
    away = uniforms(key(seed, Purpose.GRAPH, 0, salt("across")), ids) < share
    home = group[a[away]]
    spot = uniforms(key(seed, Purpose.GRAPH, 0, salt("where")), ids[away])
    other = (spot * (layout.n_members - size[home])).astype(np.int64)
    other += np.where(other >= layout.members[home], size[home], 0)
    b[away] = other
    return a, b


def to_networkx(population: Population) -> "nx.Graph":
    """The friendships as a NetworkX graph: nodes are rows, with group, segment and label."""
    import networkx as nx

    graph = nx.Graph()
    for row in range(population.n_persons):
        label = population.labels[row] if population.labels else str(row)
        graph.add_node(
            row, group=int(population.group[row]), segment=int(population.segment[row]), label=label
        )
    a = np.repeat(np.arange(population.n_persons), np.diff(population.offsets))
    graph.add_edges_from((int(i), int(j)) for i, j in zip(a, population.neighbours, strict=True) if i < j)
    return graph


def with_friendships(population: Population, graph: "nx.Graph") -> Population:
    """The same people with the friendships of a NetworkX graph whose nodes are rows.

    Raises InputError for a node that is no row.
    """
    strange = [n for n in graph if not isinstance(n, int | np.integer) or not 0 <= n < population.n_persons]
    if strange:
        raise InputError(
            f"{len(strange)} nodes of the graph are no rows of the population, such as {strange[0]!r}",
            remedy=f"name the nodes 0 to {population.n_persons - 1}",
        )
    a, b = np.array(list(graph.edges(data=False)), np.int64).reshape(-1, 2).T
    offsets, neighbours = compress(population.n_persons, a, b)
    return replace(population, offsets=offsets, neighbours=neighbours)
