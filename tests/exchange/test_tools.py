"""What is written for tools of analysis is read by them, and says what the run was."""

import shutil
import subprocess

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import commsim
from commsim.cli import app
from commsim.core.errors import Exit
from commsim.population.repeat_buying import Purchases, fit
from commsim.records.store import read_run
from commsim.records.tables import JOIN, ORDER

PLAN = """
name: plan
days: 20
community: {members: 80, group_size: 40, arrivals_per_day: 0.5, outside_per_member: 1}
products: [{name: coffee, price: 30, unit_cost: 15}]
strategies: [{kind: distributor_rebate, base: 2.0, reward: 5, reward_on: join}]
"""


def call(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The folder of a run with orders and newcomers."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "plan.yaml").write_text(PLAN)
    assert call("run", folder / "plan.yaml", "--out", folder / "out", "--quiet").exit_code == Exit.OK
    return folder / "out"


@pytest.fixture(scope="module")
def written(run, tmp_path_factory):
    """A folder for each tool."""
    place = tmp_path_factory.mktemp("written")
    for tool in ("r", "lifetimes", "pymc-marketing", "gephi", "networkx"):
        told = call("export", run, "--out", place / tool, "--for", tool)
        assert told.exit_code == Exit.OK, told.output
    return place


def orders_of(run):
    events = read_run(run).events
    return pd.DataFrame({name: events[name] for name in ("person", "day", "fen")})[events["kind"] == ORDER]


def test_customers_are_as_models_of_repeat_buying_count_them(run, written):
    found = pd.read_csv(written / "pymc-marketing/rfm.csv").set_index("customer_id")
    assert [*found.columns] == ["frequency", "recency", "T", "monetary_value"]
    days = orders_of(run).groupby(["person", "day"])["fen"].sum()
    assert len(found) == days.index.get_level_values(0).nunique() > 20
    for person, row in found.iterrows():
        mine = days[person]
        assert row["frequency"] == len(mine) - 1
        assert row["recency"] == mine.index.max() - mine.index.min()
        assert row["T"] == 19 - mine.index.min() >= row["recency"]
        later = mine.iloc[1:].mean() / 100 if len(mine) > 1 else 0
        assert row["monetary_value"] == pytest.approx(later)
    assert (found["frequency"] > 0).any()


def test_transactions_are_the_orders_of_each_day(run, written):
    transactions = pd.read_csv(written / "lifetimes/transactions.csv", parse_dates=["date"])
    assert [*transactions.columns] == ["customer_id", "date", "amount"]
    assert transactions["amount"].sum() * 100 == pytest.approx(orders_of(run)["fen"].sum())
    assert transactions["date"].min() >= pd.Timestamp("2026-03-02")


def test_lifetimes_gets_the_same_customers_from_transactions(written):
    lifetimes = pytest.importorskip("lifetimes.utils")
    transactions = pd.read_csv(written / "lifetimes/transactions.csv")
    again = lifetimes.summary_data_from_transaction_data(
        transactions, "customer_id", "date", "amount", observation_period_end="2026-03-21"
    )
    found = pd.read_csv(written / "lifetimes/rfm.csv").set_index("customer_id")
    pd.testing.assert_frame_equal(again, found, check_dtype=False)


def test_our_own_model_of_repeat_buying_takes_them(written):
    found = pd.read_csv(written / "lifetimes/rfm.csv")
    weeks = (found[name].to_numpy(np.float64) / 7 for name in ("recency", "T"))
    model = fit(Purchases(found["frequency"].to_numpy(), *weeks, gaps=np.zeros(len(found))))
    assert min(model.r, model.alpha, model.a, model.b) > 0
    assert np.isfinite([model.r, model.alpha, model.a, model.b]).all()


@pytest.mark.parametrize(
    ("tool", "file", "read"),
    [("gephi", "network.gexf", nx.read_gexf), ("networkx", "network.graphml", nx.read_graphml)],
)
def test_networkx_reads_who_knows_whom(run, written, tool, file, read):
    graph, records = read(written / tool / file), read_run(run)
    assert sorted(map(int, graph)) == records.members["person"].tolist()
    for node, known in graph.nodes(data=True):
        row = int(np.flatnonzero(records.members["person"] == int(node))[0])
        assert known["orders"] == records.members["orders"][row]
        assert known["muted"] == records.members["muted"][row]
        assert known["group_name"] == records.group_name(records.members["group"][row])
    brought = [pair for *pair, edge in graph.edges(data=True) if edge["invited_on"] >= 0]
    events = records.events
    joins = (events["kind"] == JOIN) & (events["other"] >= 0)
    assert len(brought) == joins.sum() > 0
    assert sum(edge["friends"] for *_, edge in graph.edges(data=True)) > 50


def test_edges_are_a_table_too(written):
    edges = pd.read_csv(written / "networkx/edges.csv")
    graph = nx.from_pandas_edgelist(edges, "source", "target", edge_attr=True)
    assert graph.number_of_edges() == nx.read_graphml(written / "networkx/network.graphml").number_of_edges()
    gephi = pd.read_csv(written / "gephi/edges.csv")
    assert {"Source", "Target", "Type"} <= {*gephi.columns}
    assert set(gephi["Type"]) == {"Directed", "Undirected"}
    nodes = pd.read_csv(written / "gephi/nodes.csv")
    assert [*nodes.columns[:2]] == ["Id", "Label"]
    assert {*gephi["Source"], *gephi["Target"]} <= {*nodes["Id"]}


def test_tidy_tables_have_dates_and_no_mark_unless_asked(run, written, tmp_path):
    records = read_run(run)
    daily = pd.read_csv(written / "r/daily.csv")
    assert [*daily.columns[:2]] == ["day", "date"]
    assert daily["date"].iloc[-1] == "2026-03-21"
    assert daily["members"].tolist() == records.daily["members"].tolist()
    assert pd.read_csv(written / "r/ledger.csv")["fen"].sum() == records.ledger["fen"].sum()
    assert set(pd.read_csv(written / "r/events.csv")["kind"]) >= {"order", "join"}
    assert (written / "r/daily.csv").read_bytes().startswith(b'"day"')
    assert call("export", run, "--out", tmp_path / "marked", "--bom").exit_code == Exit.OK
    assert (tmp_path / "marked/daily.csv").read_bytes().startswith(b'\xef\xbb\xbf"day"')


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R")
def test_r_reads_them(written):
    code = "d <- read.csv('daily.csv'); cat(names(d)[1], nrow(d), class(as.Date(d$date)))"
    done = subprocess.run(
        ["Rscript", "-e", code], cwd=written / "r", capture_output=True, text=True, check=True
    )
    assert done.stdout == "day 20 Date"


def test_what_a_tool_cannot_have_is_refused(run, tmp_path):
    plan = run.parent / "plan.yaml"
    call("run", plan, "--out", tmp_path / "short", "--daily-only", "--quiet")
    told = call("export", tmp_path / "short", "--out", tmp_path / "a", "--for", "gephi")
    assert told.exit_code == Exit.INPUT
    assert "--daily-only" in told.stderr
    assert call("export", run, "--out", tmp_path / "b", "--for", "spss").exit_code == Exit.USAGE
    assert call("export", tmp_path, "--out", tmp_path / "b").exit_code == Exit.INPUT


def test_python_writes_the_same(run, written, tmp_path):
    told = commsim.export(run, tmp_path / "out", "networkx")
    for name in ("network.graphml", "nodes.csv", "edges.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (written / "networkx" / name).read_bytes()
    assert told.complete
    assert told.rows["nodes.csv"] == told.rows["network.graphml"]
