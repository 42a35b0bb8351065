"""What is said of files that can not be used: where, what, and what to do."""

import datetime as dt
import gzip
from pathlib import Path

import pytest

from commsim.core.errors import InputError
from commsim.scenario.lint import lint
from commsim.scenario.load import load_plan
from commsim.scenario.schema import Graph, History, Roster


def roster(**columns):
    return Roster(file=Path("roster.csv"), **columns)


def history(**columns):
    return History(file=Path("orders.csv"), **columns)


def ties(name="ties.csv"):
    return Graph(kind="file", file=Path(name))


ODD_ROSTERS = [
    ("", "roster.csv: is empty"),
    ("id,group\n", "has a header but no rows"),
    ("member,group\n1,a\n", "roster.csv:1: there is no column 'id'; the columns are member, group; set"),
    ("member,group\n1,a\n", "set community.roster.id to the right one"),
    ("idd,group\n1,a\n", "did you mean idd?"),
    ("id,group\nx,a\ny,a\nx,a\n", "roster.csv:4: id 'x' stands already on line 2"),
    ("id,group\nx,a\n,a\n", "roster.csv:3: the id is empty"),
    ("id,group\nx,\ny,\n", "nobody is in a group"),
    ("id,joined\nx,2026-01-01\n\ny,2026-02-30\n", "roster.csv:4: joined is '2026-02-30', not a date"),
    ("id,joined\nx,01/02/2026\n", "not a date; write dates with the year first, as 2026-03-02"),
    ("id,joined\nx,2026-03-03\n", "after the first day of the plan"),
    ("id,muted\nx,maybe\n", "muted is 'maybe'; write yes or no"),
    ("id,messages\nx,many\n", "messages is 'many', not a number"),
    ("id,messages\nx,-1\ny,inf\nz,nan\n", "and 2 more such rows"),
    ("id,segment\nx,al\n", "segment 'al' is not in community.segments; did you mean all?"),
    ("id,group\nx,a,b\n", "more cells than the first line"),
    ("id,group\nx,a\ny,b,c\n", "is not a table (Expected 2 fields in line 3, saw 3)"),
    ('id,group\nx,"a\n', "is not a table"),
    ("id,group\n" + "\n".join(f"{i},big" for i in range(501)), "more than 500 members: big (501)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), ODD_ROSTERS)
def test_odd_rosters(folder, world, text, message):
    (folder / "roster.csv").write_text(text)
    with pytest.raises(InputError) as refused:
        world(roster=roster())
    assert message in str(refused.value)
    assert refused.value.remedy


ODD_HISTORIES = [
    ("customer,day\na,2025-01-01\n", {}, "there is no column 'date'"),
    (
        "customer,date,amount\na,2025-01-01,-3\n",
        {},
        "orders.csv:2: amount is '-3', not a number of at least 0",
    ),
    ("customer,date,amount\na,2025-01-01,3 yuan\n", {}, "amount is '3 yuan'"),
    (
        'customer,date,amount\na,2025-01-01,"¥1,299.00"\n',
        {},
        "write it as 1299.00; or set",
    ),
    ('customer,note,date\na,"x\n\ny",2025-01-01\n\nb,z,1/3/2025\n', {}, "orders.csv:6: date is '1/3/2025'"),
    (
        "orders of 2025\ncustomer,date\na,2025-01-01\n",
        {},
        "in the first line, with nothing above it",
    ),
    ("customer,date\na,2025-01-01\nb,0025-01-02\n", {}, "orders.csv:3: date is '0025-01-02', not a date"),
    ("customer,date\na,2025-01-01\nb,yesterday\n", {}, "orders.csv:3: date is 'yesterday', not a date"),
    ("customer,date\n,2025-01-01\n", {}, "the customer's id is empty"),
    ("customer,date\na,2025-01-01\n", {"amount": "price"}, "there is no column 'amount'"),
    ("customer,date\na,2025-01-01\nb,2025-01-02\n", {}, "nobody ordered on two days"),
    ("customer,date\na,2025-01-01\na,2099-01-02\n", {}, "goes on to 2099-01-02, after the first day"),
    ("customer,date\na,2025-01-01\n", {"until": dt.date(2024, 1, 1)}, "no order up to 2024-01-01"),
]


@pytest.mark.parametrize(("text", "settings", "message"), ODD_HISTORIES)
def test_odd_histories(folder, world, text, settings, message):
    (folder / "orders.csv").write_text(text)
    if settings.get("amount"):
        message = message.replace("amount", settings["amount"])
    with pytest.raises(InputError) as refused:
        world(history=history(**settings))
    assert message in str(refused.value)
    assert refused.value.remedy


def test_history_of_other_people(folder, world):
    (folder / "orders.csv").write_text("customer,date\nxx,2025-01-01\nxx,2025-02-01\n")
    with pytest.raises(InputError, match="no customer is on the roster; the history has ids such as 'xx'"):
        world(roster=roster(), history=history())


ODD_EDGES = [
    ("from,to\nann,zoe\nyan,bob\n", "ties.csv:2: 2 ids are not among the members: 'zoe', 'yan'"),
    ("ann\nbob\n", "is not an edge list"),
    ("# nothing but a comment\n", "is not"),
    ("from,to\nann,\n", "ties.csv:2: a tie needs two ids"),
]


@pytest.mark.parametrize(("text", "message"), ODD_EDGES)
def test_odd_edge_lists(folder, world, text, message):
    (folder / "ties.csv").write_text(text)
    with pytest.raises(InputError) as refused:
        world(roster=roster(), graph=ties())
    assert message in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("ties.graphml", b"<graphml><graph>", "is not GraphML"),
        ("ties.csv.gz", b"not packed", "can't be unpacked"),
        ("ties.csv", b"PK\x03\x04zip", "is a spreadsheet or zip file"),
        ("ties.csv", b"\xd0\xcf\x11\xe0\xa1\xb1", "is a spreadsheet or zip file"),
        ("ties.csv", b"a\x00b", "holds binary data"),
        ("ties.csv", b"\xff1,2\n\x80\n", "is not text in UTF-8 or GB18030"),
    ],
)
def test_files_that_are_something_else(folder, world, name, content, message):
    (folder / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        world(graph=ties(name))


GRAPHML = "<?xml version='1.0' encoding='{}'?><graphml><graph edgedefault='directed'/></graphml>"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("ties.graphml", GRAPHML.format("klingon").encode(), "is not GraphML"),
        ("ties.graphml.gz", b"not packed", "can't be unpacked"),
        (
            "ties.graphml.gz",
            gzip.compress(GRAPHML.format("utf-8").encode() * 50, mtime=0)[:-9],
            "can't be unpacked",
        ),
    ],
)
def test_graphs_that_are_damaged(folder, world, name, content, message):
    (folder / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        world(graph=ties(name))


def test_paths_that_lead_nowhere(folder, world):
    (folder / "loop.csv").symlink_to("loop.csv")
    for name, message in (("loop.csv", "is a link that leads nowhere"), ("x" * 300, "can't be read")):
        with pytest.raises(InputError, match=message):
            world(roster=Roster(file=Path(name)))
        plan = folder / "plan.yaml"
        plan.write_text(
            f"name: x\nproducts: [{{name: a, price: 1, unit_cost: 1}}]\n"
            f"community: {{roster: {{file: {name}}}}}\n"
        )
        assert any("there is no file" in problem.what for problem in lint(load_plan(plan)))


@pytest.mark.parametrize("encoding", ["undefined", "punycode", "a\0b", "unicode_escape", "hex"])
def test_encodings_that_are_no_use(folder, world, encoding):
    (folder / "roster.csv").write_bytes(b"id\n\\ud800\xff\n")
    with pytest.raises(InputError, match="encoding"):
        world(roster=roster(encoding=encoding))


def test_a_wide_header_is_cut_short(folder, world):
    (folder / "roster.csv").write_text(",".join(f"column {i}" for i in range(5000)) + "\n" + "1," * 4999)
    with pytest.raises(InputError, match="column 19 and 4,980 more; set") as refused:
        world(roster=roster())
    assert len(str(refused.value)) < 600


def test_a_row_of_blank_cells_is_skipped_and_one_without_an_id_is_not(folder, world):
    (folder / "roster.csv").write_text("id,group\na,x\n,\n\nb,x\n")
    assert world(roster=roster(), outside_per_member=0).labels == ("a", "b")
    (folder / "roster.csv").write_text("id,group\na,x\n,\n,x\n")
    with pytest.raises(InputError, match=r"roster\.csv:4: the id is empty"):
        world(roster=roster())


def test_files_that_are_not_there(world):
    with pytest.raises(InputError, match=r"nowhere\.csv: there is no such file"):
        world(roster=Roster(file=Path("nowhere.csv")))
    with pytest.raises(InputError, match="is not an ordinary file"):
        world(roster=Roster(file=Path("/dev")))
    with pytest.raises(InputError, match="no file is named"):
        world(graph=Graph(kind="file"))


def test_encodings_that_do_not_fit(folder, world):
    (folder / "roster.csv").write_text("编号\n张三\n", encoding="gbk")
    for encoding, message in (
        ("utf-8", "is not text in 'utf-8'"),
        ("utf-9", "no encoding is called 'utf-9'"),
    ):
        with pytest.raises(InputError, match=message):
            world(roster=roster(id="编号", encoding=encoding))
