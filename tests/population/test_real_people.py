"""What rosters, order histories and edge lists become."""

import datetime as dt
import gzip
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from commsim.population.graph import to_networkx
from commsim.population.listed import read_listed
from commsim.scenario.schema import Community, Graph, History, Roster, Segment

TODAY = dt.date(2026, 3, 2)
DATA = Path(__file__).parents[2] / "../shared/data"


def roster(**columns):
    return Roster(file=Path("roster.csv"), **columns)


def history(**columns):
    return History(file=Path("orders.csv"), **columns)


def ties(name="ties.csv"):
    return Graph(kind="file", file=Path(name))


def row(people, label):
    return people.labels.index(label)


def test_roster_gives_groups_flags_and_talk(world):
    people = world(roster=roster(), outside_per_member=0.0)
    assert people.labels == ("ann", "cat", "bob", "dan")
    assert people.group.tolist() == [0, 0, 1, -1]
    rows = [row(people, name) for name in ("ann", "bob", "dan")]
    assert people.muted[rows].tolist() == [True, False, True]
    talk = {name: people.traits["talk_rate"][row(people, name)] for name in ("ann", "bob", "dan")}
    assert talk["ann"] > 10 * talk["dan"] > 10 * talk["bob"] > 0
    assert np.mean(list(talk.values())) == pytest.approx(1.0)


def test_talk_is_shrunk_towards_the_mean(world):
    """Posterior mean (k + n) / (k + m d) with k = .41, m messages a day over all and d = 30 or 29 days."""
    people = world(roster=roster(), outside_per_member=0.0)
    mean = 63 / (30 + 30 + 29)
    posterior = np.array([(0.41 + n) / (0.41 + mean * d) for n, d in ((60, 30), (0, 30), (3, 29))])
    rows = [row(people, name) for name in ("ann", "bob", "dan")]
    np.testing.assert_allclose(people.traits["talk_rate"][rows], posterior / posterior.mean(), rtol=1e-5)


def test_outsiders_are_generated_beside_the_listed_ones(world):
    people = world(roster=roster(), outside_per_member=2.0)
    assert (people.n_members, people.n_persons) == (3, 3 + 1 + 6)
    assert people.group[row(people, "dan")] == -1
    assert len(set(people.labels)) == people.n_persons


def test_roster_without_groups_is_split_into_groups_of_the_usual_size(folder, world):
    (folder / "roster.csv").write_text("id\n" + "\n".join(map(str, range(25))))
    people = world(roster=roster(), group_size=10)
    assert np.bincount(people.group[people.group >= 0]).tolist() == [8, 8, 9]


def test_history_alone_makes_a_community_of_its_customers(world):
    people = world(history=history(), outside_per_member=0.0, group_size=2)
    assert sorted(people.labels) == ["ann", "dan", "eve"]
    assert (people.n_groups, people.observed) == (2, True)
    assert people.buyer.all()


def test_history_with_roster_leaves_others_out_of_the_community(world, caplog):
    caplog.set_level("INFO")
    people = world(roster=roster(), history=history(), outside_per_member=0.0)
    buyers = {people.labels[i] for i in np.flatnonzero(people.buyer)}
    assert buyers == {"ann", "dan"}
    assert people.alive[~people.buyer].all()
    assert "1 customers are not on the roster" in caplog.text


def test_orders_of_one_day_are_one_order_and_until_cuts(folder, world):
    cut = Community(history=history(until=dt.date(2025, 12, 31)), outside_per_member=0.0)
    listed = read_listed(cut, folder, TODAY)
    seen = {name: i for i, name in enumerate(listed.labels)}
    assert set(seen) == {"ann", "dan"}
    purchases = listed.buying.seen
    assert (purchases.x[seen["ann"]], purchases.x[seen["dan"]]) == (1, 0)
    assert purchases.t[seen["ann"]] == pytest.approx(31 / 7)
    assert purchases.T[seen["ann"]] == pytest.approx(91 / 7)
    assert purchases.T[seen["dan"]] == pytest.approx(1.0)


def test_who_ordered_more_is_drawn_with_a_higher_rate(folder, world):
    lines = ["customer,date"]
    lines += [f"often{i},2025-{m:02}-{d:02}" for i in range(30) for m in range(7, 13) for d in (3, 13, 23)]
    lines += [f"rare{i},2025-{m:02}-0{1 + i % 9}" for i in range(60) for m in (7, 7 + i % 6)]
    (folder / "orders.csv").write_text("\n".join(lines))
    worlds = [world(seed, history=history(), outside_per_member=0.0) for seed in range(5)]
    often = np.array([label.startswith("often") for label in worlds[0].labels])
    rates = [w.traits["buy_rate"] for w in worlds]
    assert min(rate[often].mean() / rate[~often].mean() for rate in rates) > 2
    assert len({rate.tobytes() for rate in rates}) == 5
    assert (
        world(3, history=history(), outside_per_member=0.0).traits["buy_rate"].tobytes() == rates[3].tobytes()
    )


def test_edge_list_is_joined_by_id(world, caplog):
    caplog.set_level("INFO")
    people = world(roster=roster(), graph=ties())
    assert people.n_persons == 4
    assert [people.labels[i] for i in people.friends(row(people, "ann"))] == ["bob", "dan"]
    assert len(people.friends(row(people, "cat"))) == 0
    assert "1 ties of a person to the same person" in caplog.text


@pytest.mark.parametrize(
    "text",
    [
        "1,2\n2,3\n3,1\n",
        "x y,z\n1,2\n2,3\n3,1\n",
        "1\t2\t2026-01-01\n2\t3\t2026-01-01\n3\t1\t2026-01-01\n",
        "# a comment\n% another\n1 2\n2 3\n3 1\n1 2\n",
        "source;target\r\n1;2\r\n2;3\r\n\r\n3;1\r\n",
    ],
)
def test_edge_lists_as_they_occur(folder, world, text):
    (folder / "ties.csv").write_text(text)
    people = world(graph=ties())
    assert sorted(people.labels) == ["1", "2", "3"]
    assert np.diff(people.offsets).tolist() == [2, 2, 2]


def test_packed_edge_list_and_graphml_give_the_same_graph(folder, world):
    with gzip.open(folder / "ties.csv.gz", "wt") as file:
        file.write("a,b\n1,2\n2,3\n")
    nx.write_graphml(nx.Graph([("1", "2"), ("2", "3")]), folder / "ties.graphml")
    packed, xml = world(graph=ties("ties.csv.gz")), world(graph=ties("ties.graphml"))
    assert packed.labels == xml.labels
    assert packed.neighbours.tolist() == xml.neighbours.tolist() == [1, 0, 2, 1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_encodings_are_found_out(folder, world, encoding):
    (folder / "roster.csv").write_text("编号,群\n张三,福利一群\n李四,福利二群\n", encoding=encoding)
    people = world(roster=roster(id="编号", group="群"), outside_per_member=0.0)
    assert people.labels == ("张三", "李四")
    assert people.n_groups == 2


@pytest.mark.parametrize(
    "day", ["2025-11-01", "2025/11/1", "20251101", "2025.11.01", "2025年11月1日", "2025-11-01 20:15:00"]
)
def test_dates_as_they_occur(folder, day):
    (folder / "orders.csv").write_text(f"customer,date\nann,2025-10-01\nann,{day}\n", encoding="utf-8")
    listed = read_listed(Community(history=history(), outside_per_member=0.0), folder, TODAY)
    assert listed.buying.seen.t[0] == pytest.approx(31 / 7)


def test_a_changed_file_is_read_again(folder, world):
    before = world(graph=ties())
    (folder / "ties.csv").write_text("from,to\nann,bob\nbob,cat\ncat,dan\ndan,eve\n")
    assert (before.n_persons, world(graph=ties()).n_persons) == (4, 5)


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the data of other people is not at {DATA}")
def test_enron_mail_is_a_community_of_184(world):
    """Degree 22.8 and clustering .49, as published with the data set."""
    people = world(base=DATA, graph=ties("enron_igraphdata_edges.csv.gz"))
    graph = to_networkx(people)
    assert (people.n_persons, people.n_groups) == (184, 1)
    assert np.mean([d for _, d in graph.degree()]) == pytest.approx(22.8, abs=0.1)
    assert nx.average_clustering(graph) == pytest.approx(0.49, abs=0.02)


def test_segments_of_the_roster_are_kept(folder, world):
    (folder / "roster.csv").write_text("id,segment\n" + "\n".join(f"{i},old" for i in range(50)) + "\n50,\n")
    segments = (Segment(name="young", share=1.0), Segment(name="old", share=1e-9))
    people = world(roster=roster(), segments=segments, outside_per_member=1.0)
    assert (people.segment[:50] == 1).all()
    assert people.segment[50] == 0
    assert (people.segment[51:] == 0).all()


def test_tags_name_segments_where_the_column_does_not(folder, world):
    (folder / "roster.csv").write_text("id,segment,tags\n1,young,old\n2,,vip; old |young\n3,,vip\n4,,\n")
    segments = (Segment(name="rest"), Segment(name="young", share=0.0), Segment(name="old", share=0.0))
    people = world(roster=roster(), segments=segments, outside_per_member=0.0)
    assert people.segment.tolist() == [1, 2, 0, 0]
