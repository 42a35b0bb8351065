"""Who knows whom and who brought whom in a run, as graphs with all that is known of each member."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.core.harmless import for_terminal
from commsim.population.build import build
from commsim.records.csv_tables import write_arrow
from commsim.records.records import Records
from commsim.records.store import to_file
from commsim.records.tables import JOIN
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    import networkx as nx

_NOBODY = -1


def write_network(
    records: Records, plan: Scenario, folder: Path, *, gephi: bool, mark: bool
) -> dict[str, int]:
    """Write the graph (GEXF for Gephi, else GraphML), its nodes and its edges; how many by file.

    Nodes are all who were members or customers, by row; an edge joins friends, or who was brought to whom
    brought them, on a day.  Edges as a table have one row for each of the two.
    """
    import networkx as nx
    import pyarrow as pa

    nodes, edges = _nodes(records), _edges(records, plan)
    graph = _graph(nodes, edges)
    file = folder / ("network.gexf" if gephi else "network.graphml")
    (nx.write_gexf if gephi else nx.write_graphml)(graph, file)
    tables = {"nodes.csv": nodes, "edges.csv": edges}
    if gephi:
        names = {"source": "Source", "target": "Target"}
        kinds = ["Directed" if kind == "invitation" else "Undirected" for kind in edges["kind"]]
        told = {names.get(name, name): column for name, column in edges.items()}
        tables = {"nodes.csv": {"Id": nodes["id"], "Label": nodes["label"], **nodes},
                  "edges.csv": told | {"Type": kinds}}  # fmt: skip
        del tables["nodes.csv"]["id"], tables["nodes.csv"]["label"]
    rows = {file.name: graph.number_of_nodes()}
    for name, columns in tables.items():
        table = pa.table(columns)
        rows[name] = write_arrow(folder / name, table.schema, table.combine_chunks().to_batches(), mark=mark)
    return rows


def _nodes(records: Records) -> dict[str, Any]:
    """Columns of the members' table, with ``id`` for the row and the name of the group."""
    found = to_file("members", records.members, records.accounts, records.causes)
    names = [for_terminal(records.group_name(int(g))) if g >= 0 else "" for g in records.members["group"]]
    rows = {name: column for name, column in found.items() if name != "person"}
    return {"id": found["person"], **rows, "group_name": names}


def _edges(records: Records, plan: Scenario) -> dict[str, Any]:
    """Friendships between nodes (day -1) and invitations that were accepted, as rows of persons."""
    population = build(plan.community, plan.behaviour, records.seed, today=plan.start)
    known = np.zeros(int(max(population.n_persons, records.members["person"].max() + 1)), np.bool_)
    known[records.members["person"]] = True
    one = np.repeat(np.arange(population.n_persons), np.diff(population.offsets))
    other = np.asarray(population.neighbours, np.int64)
    friends = (one < other) & known[one] & known[other]
    events = records.events
    brought = (events["kind"] == JOIN) & (events["other"] != _NOBODY)
    by, who = events["other"][brought].astype(np.int64), events["person"][brought].astype(np.int64)
    n = int(friends.sum())
    return {
        "source": np.concatenate([one[friends], by]),
        "target": np.concatenate([other[friends], who]),
        "kind": ["friendship"] * n + ["invitation"] * len(by),
        "day": np.concatenate([np.full(n, _NOBODY, np.int64), events["day"][brought].astype(np.int64)]),
    }


def _graph(nodes: dict[str, Any], edges: dict[str, Any]) -> "nx.Graph":
    """One edge a pair: whether they are friends, and on which day one brought the other (-1: neither did)."""
    import networkx as nx
    import pyarrow as pa

    graph = nx.Graph()
    for row in pa.table(nodes).to_pylist():
        known = {name: for_terminal(one) if isinstance(one, str) else one for name, one in row.items()}
        graph.add_node(str(known.pop("id")), **known)
    for one, other, kind, day in zip(*edges.values(), strict=True):
        pair = str(one), str(other)
        if not graph.has_edge(*pair):
            graph.add_edge(*pair, friends=False, invited_on=_NOBODY, inviter="")
        if kind == "friendship":
            graph.edges[pair]["friends"] = True
        else:
            graph.edges[pair].update(invited_on=int(day), inviter=pair[0])
    return graph
