"""A community as a Mesa model: Mesa's own tools work on it, and the days are those of `simulate`."""

import gc
import weakref

import mesa
import numpy as np
import pytest
from worlds import EIGHT, differing, plan, run

from commsim.core.errors import InputError
from commsim.core.view import MEMBER
from commsim.simulation.community import Community
from commsim.simulation.member import Member

SCENARIO = plan(*EIGHT, members=120, days=12, group_size=40, arrivals_per_day=3)


@pytest.fixture
def community():
    return Community(SCENARIO, seed=1, full=True)


def lived(community, days=None):
    for _ in range(days or SCENARIO.days):
        community.step()
    return community


def test_stepping_gives_the_bytes_of_simulate(community):
    assert differing(lived(community).records(), run(SCENARIO, 1)) == []


def test_making_agents_changes_no_byte(community):
    assert len(community.agents) == 120
    assert differing(lived(community).records(), run(SCENARIO, 1)) == []


def test_mesas_own_loop_ends_with_the_scenario(community):
    assert isinstance(community, mesa.Model)
    while community.running:
        community.step()
    assert (community.world.day, community.steps) == (SCENARIO.days, SCENARIO.days)
    with pytest.raises(RuntimeError, match=f"ends after {SCENARIO.days} days"):
        community.step()
    community = Community(SCENARIO, seed=1)
    community.run_model()
    assert community.world.day == SCENARIO.days


def test_agents_are_the_present_members_day_by_day(community):
    for _ in range(SCENARIO.days):
        members = np.flatnonzero(community.world.people.status == MEMBER).tolist()
        assert sorted(agent.unique_id for agent in community.agents) == members
        assert all(isinstance(agent, Member) and agent.staying for agent in community.agents)
        community.step()
    daily = community.records().daily
    assert daily["left"].sum() > 0
    assert daily["joined"].sum() > 0


def test_select_aggregate_and_group_as_on_any_agentset(community):
    lived(community, 5)
    people = community.world.people
    inside = people.status == MEMBER
    assert community.agents.agg("activity", np.mean) == pytest.approx(people.activity[inside].mean())
    muted = community.agents.select(lambda member: member.muted)
    assert len(muted) == int((people.muted & inside).sum())
    sizes = community.agents.groupby("group").count()
    assert sizes == {g: int(n) for g, n in enumerate(community.world.groups.size) if n}
    assert community.agents.get("orders") == [int(people.orders[a.unique_id]) for a in community.agents]
    assert list(community.agents_by_type) == [Member]
    assert sum(community.agents.get("active")) == community.records().daily["looked"][-1]


def test_a_datacollector_collects(community):
    collector = mesa.DataCollector(
        model_reporters={
            "members": lambda m: len(m.agents),
            "activity": lambda m: m.agents.agg("activity", np.mean),
        },
        agent_reporters={"activity": "activity", "propensity": "propensity"},
    )
    for _ in range(4):
        community.step()
        collector.collect(community)
    daily = community.records().daily
    frame = collector.get_model_vars_dataframe()
    assert frame["members"].tolist() == daily["members"].tolist()
    np.testing.assert_allclose(frame["activity"], daily["activity"], rtol=1e-5)
    by_agent = collector.get_agent_vars_dataframe()
    last = by_agent.xs(4, level="Step")
    assert len(last) == daily["members"][-1]
    rows = last.index.to_numpy()
    np.testing.assert_array_equal(last["activity"], community.world.people.activity[rows].astype(float))


def test_a_member_reads_and_writes_their_row(community):
    member = community.member(7)
    people = community.world.people
    member.activity, member.muted = 0.25, True
    assert (people.activity[7], people.muted[7]) == (np.float32(0.25), True)
    people.trust[7], people.inviter[7] = 0.75, 3
    assert (member.trust, member.inviter) == (0.75, 3)
    people.inviter[7] = -1
    assert member.inviter is None
    view = community.world.strategies.views[0]
    assert member.propensity == pytest.approx(float(view.propensity[7]))
    assert member.friends.tolist() == community.world.population.friends(7).tolist()
    assert not member.active


def test_a_written_state_counts_on_the_next_day():
    """Who is made inactive and loses the habit does not look."""
    community = Community(plan(members=200, days=3), seed=1)
    for member in community.agents:
        member.activity = 0.0
    community.step()
    assert community.records().daily["looked"].tolist() == [0]


def test_nobody_else_has_an_agent(community):
    stranger = int(np.flatnonzero(community.world.people.status != MEMBER)[0])
    with pytest.raises(KeyError):
        community.member(stranger)


def test_who_left_is_removed_and_who_joined_is_added(community):
    before = {agent.unique_id: agent for agent in community.agents}
    lived(community)
    after = {agent.unique_id: agent for agent in community.agents}
    assert set(before) - set(after)
    assert set(after) - set(before)
    assert all(after[row] is before[row] for row in set(before) & set(after))
    assert not any(before[row].staying for row in set(before) - set(after))


def test_a_dropped_community_is_freed():
    """Mesa 3.3 keeps a table of ids by model that would hold every model for ever."""
    dropped = []
    for seed in range(3):
        community = Community(SCENARIO, seed=seed)
        assert len(community.agents) == 120
        community.step()
        dropped.append(weakref.ref(community))
        del community
    gc.collect()
    assert [ref() for ref in dropped] == [None, None, None]


def test_the_graph_is_a_networkx_graph_of_all_persons(community):
    graph = community.graph
    population = community.world.population
    assert graph.number_of_nodes() == population.n_persons
    assert graph.number_of_edges() * 2 == len(population.neighbours)
    assert sorted(graph[5]) == sorted(population.friends(5).tolist())


def test_batch_run_gives_every_day_of_simulate():
    given = {"scenario": [SCENARIO], "seed": [1, 2]}
    rows = mesa.batch_run(Community, given, data_collection_period=1, display_progress=False)
    assert len(rows) == 2 * SCENARIO.days
    for seed in (1, 2):
        days, records = [row for row in rows if row["seed"] == seed], run(SCENARIO, seed)
        assert [row["Step"] for row in days] == records.daily["day"].tolist()
        for name in ("members", "looked", "messages", "orders", "left", "trust"):
            assert [row[name] for row in days] == records.daily[name].tolist()
        assert sum(row["revenue"] for row in days) == pytest.approx(records.daily["revenue"].sum() / 100)
        assert sum(row["profit"] for row in days) == pytest.approx(records.ledger["fen"].sum() / 100)


def test_batch_run_takes_shipped_names_and_stops_when_it_is_told():
    (row,) = mesa.batch_run(Community, {"scenario": "dead-group"}, max_steps=2, display_progress=False)
    assert (row["Step"], row["scenario"]) == (2, "dead-group")  # Mesa takes one step more than it says
    assert row["members"] > 1900
    with pytest.raises(InputError, match="put a Scenario into a list"):
        mesa.batch_run(Community, {"scenario": SCENARIO}, display_progress=False)


def test_the_collector_has_a_row_a_day_and_may_be_replaced():
    class Own(Community):
        def __init__(self, scenario, seed=0):
            super().__init__(scenario, seed)
            self.datacollector = mesa.DataCollector(model_reporters={"size": lambda model: len(model.agents)})

    frame = lived(Community(SCENARIO, seed=1)).datacollector.get_model_vars_dataframe()
    assert frame["members"].tolist() == run(SCENARIO, 1).daily["members"].tolist()
    assert (
        lived(Own(SCENARIO, 1)).datacollector.get_model_vars_dataframe()["size"].tolist()
        == frame["members"].tolist()
    )
