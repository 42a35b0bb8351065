import datetime as dt

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commsim.core.errors import InputError
from commsim.core.luck import key
from commsim.population import growth
from commsim.population.build import build
from commsim.population.graph import to_networkx, with_friendships
from commsim.population.growth import grow_members, grow_outsiders
from commsim.population.sparse import compress
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Community, Graph


def world(seed=1, members=2000, group_size=200, outside_per_member=1.0, **graph):
    community = Community(
        members=members, group_size=group_size, outside_per_member=outside_per_member, graph=Graph(**graph)
    )
    return build(community, Behaviour(), seed, today=dt.date(2026, 3, 2))


def assert_simple(people):
    """Both directions, sorted, no loops, no repetitions."""
    row = np.repeat(np.arange(people.n_persons), np.diff(people.offsets))
    ties = set(zip(row.tolist(), people.neighbours.tolist(), strict=True))
    assert len(ties) == len(people.neighbours)
    assert all(a != b and (b, a) in ties for a, b in ties)
    same = row[1:] == row[:-1]
    assert (np.diff(people.neighbours)[same] > 0).all()
    assert (people.offsets.dtype, people.neighbours.dtype) == (np.int32, np.int32)


def inside(people):
    return to_networkx(people).subgraph(range(people.n_members))


@given(
    st.integers(1, 300),
    st.integers(2, 120),
    st.floats(0, 12),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 4),
)
@settings(max_examples=40)
def test_any_community_is_a_simple_graph(members, group_size, degree, triangles, across, outside):
    people = world(
        members=members, group_size=group_size, degree=degree, triangles=triangles, across=across,
        outside_degree=outside,
    )  # fmt: skip
    assert_simple(people)


@pytest.mark.parametrize("kind", ["small_world", "preferential"])
@pytest.mark.parametrize(("members", "group_size"), [(600, 200), (7, 2), (30, 200)])
def test_textbook_kinds_are_simple_graphs(kind, members, group_size):
    people = world(kind=kind, members=members, group_size=group_size)
    assert_simple(people)
    if members == 600:
        assert np.mean([d for _, d in inside(people).degree()]) == pytest.approx(6, rel=0.1)


@pytest.mark.parametrize("degree", [1.0, 2.5, 6.0, 15.0])
def test_mean_degree_is_what_was_asked_for(degree):
    people = world(degree=degree)
    assert np.mean([d for _, d in inside(people).degree()]) == pytest.approx(degree, rel=0.03)
    assert np.diff(people.offsets)[people.n_members :].mean() == pytest.approx(4.0, rel=0.03)


def test_hubs_and_triangles_are_like_those_of_measured_graphs():
    graph = inside(world(seed=4))
    degrees = np.array([d for _, d in graph.degree()])
    assert 0.28 < nx.average_clustering(graph) < 0.5
    assert 0.5 < degrees.std() / degrees.mean() < 0.8


def test_share_of_ties_across_groups():
    people = world(across=0.3)
    graph = inside(people)
    crossing = np.mean([people.group[a] != people.group[b] for a, b in graph.edges])
    assert crossing == pytest.approx(0.3, abs=0.03)


def test_a_group_that_is_smaller_than_the_degree_knows_everybody():
    graph = inside(world(members=5, group_size=5, degree=20.0, triangles=0.3))
    assert np.mean([d for _, d in graph.degree()]) > 3.5


def test_none_knows_nobody():
    assert len(world(kind="none").neighbours) == 0


def test_blocks_do_not_depend_on_each_other():
    few, many = world(members=400, across=0.0), world(members=800, across=0.0)
    for person in (0, 150, 399):
        mates = few.friends(person)
        assert set(many.friends(person)[: len(mates)]) >= set(mates[mates < 400])


def test_outsiders_know_their_own_block():
    people = world(members=600, group_size=200, across=0.0)
    for block in range(3):
        rows = 600 + 200 * block + np.arange(200)
        known = np.concatenate([people.friends(row) for row in rows])
        home = (known // 200) % 3
        assert len(known) > 300
        assert set(home) == {block}


def test_compiled_growth_equals_plain_python(monkeypatch):
    bounds, stream = np.array([0, 40, 80]), key(3, 2)
    ties = grow_members(bounds, 5.0, 0.8, 0.1, stream)
    others = (bounds, bounds + 80, *compress(80, *ties), 2.0, 0.8, stream)
    grown = grow_outsiders(*others)
    monkeypatch.setattr(growth, "_befriend", growth._befriend.py_func)  # which Python can't call compiled
    plain = grow_members.py_func(bounds, 5.0, 0.8, 0.1, stream)
    assert [side.tobytes() for side in ties] == [side.tobytes() for side in plain]
    twin = grow_outsiders.py_func(*others)
    assert [side.tobytes() for side in grown] == [side.tobytes() for side in twin]


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=80))
def test_compressed_rows_hold_the_graph_of_any_edge_list(edges):
    a, b = np.array(edges, np.int64).reshape(-1, 2).T
    offsets, neighbours = compress(20, a, b)
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(20))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    for node in range(20):
        assert neighbours[offsets[node] : offsets[node + 1]].tolist() == sorted(graph[node])


def test_networkx_out_and_in_again():
    people = world(members=300)
    graph = to_networkx(people)
    back = with_friendships(people, graph)
    assert graph.nodes[5] == {"group": 0, "segment": 0, "label": "5"}
    assert back.neighbours.tobytes() == people.neighbours.tobytes()
    assert (back.offsets == people.offsets).all()
    with pytest.raises(InputError, match="no rows of the population, such as 'x'"):
        with_friendships(people, nx.Graph([("x", 1)]))
