"""Each room imports only from those above it, and no two modules need each other to be imported."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "commsim"
ROOMS = (
    "core",
    "records",
    "strategies",
    "scenario",
    "population",
    "exchange",
    "simulation",
    "experiments",
    "analysis",
    "validation",
    "report",
    "page",
    "cli",
)
ALLOWED = {room: {*ROOMS[: number + 1]} for number, room in enumerate(ROOMS)}
ALLOWED["testing"] = {"core", "records", "strategies", "scenario", "population", "simulation", "testing"}
ALLOWED["cli"] |= {"testing"}
FACADE = {"__init__", "__main__"}
FILES = {
    ".".join(file.relative_to(PACKAGE).with_suffix("").parts): file for file in sorted(PACKAGE.rglob("*.py"))
}


def imported(tree: ast.AST, module: str) -> Iterator[str]:
    """Names of ours that a tree imports, such as ``core.luck`` or ``core.luck.key``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively; write commsim.{module.split('.')[0]}..."
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.removeprefix("commsim.") for name in names if name.startswith("commsim."))


def parse(module: str) -> ast.Module:
    return ast.parse(FILES[module].read_text(encoding="utf-8"))


def needed_at_import(tree: ast.Module) -> ast.Module:
    """What runs when the module is imported: no bodies of functions, nothing for type checkers only."""

    class Strip(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
            return ast.Pass()

        def visit_If(self, node: ast.If) -> ast.AST:
            return ast.Pass() if "TYPE_CHECKING" in ast.dump(node.test) else node

    stripped = Strip().visit(tree)
    assert isinstance(stripped, ast.Module)
    return stripped


def target(name: str) -> str | None:
    """The module that holds an imported name: itself, or the one it comes from."""
    for module in (name, f"{name}.__init__", name.rpartition(".")[0]):
        if module in FILES:
            return module
    package = f"{name.rpartition('.')[0]}.__init__"
    return package if package in FILES else None


def test_every_room_is_known():
    assert {module.split(".")[0] for module in FILES} - FACADE == set(ALLOWED)


@pytest.mark.parametrize("module", sorted(set(FILES) - FACADE))
def test_a_room_imports_only_from_those_above(module):
    room = module.split(".")[0]
    rooms = {name.split(".")[0] for name in imported(parse(module), module)} & set(ALLOWED)
    assert rooms <= ALLOWED[room], f"{module} may not import from {sorted(rooms - ALLOWED[room])}"


def test_imports_have_no_cycles():
    graph = nx.DiGraph()
    for module in FILES:
        names = imported(needed_at_import(parse(module)), module)
        graph.add_edges_from(
            (module, found) for name in names if (found := target(name)) not in (None, module)
        )
    assert graph.number_of_edges() > 200
    assert list(nx.simple_cycles(graph)) == []


def test_there_is_no_room_for_odds_and_ends():
    odd = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [module for module in FILES if odd & set(module.split("."))] == []


def test_the_page_names_the_rooms_and_files_that_there_are():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == ROOMS
    places = re.findall(r"`([\w./]+(?:\.py|/\w*))`", page)
    assert len(places) > 5
    named = {
        place for place in places if not any((folder / place).exists() for folder in (ROOT, SOURCE, PACKAGE))
    }
    assert {name for name in named if not list(PACKAGE.rglob(name))} == set()


def test_no_two_files_of_tests_have_one_name():
    """They are imported by their name alone."""
    names = [file.name for file in Path(__file__).parent.rglob("*.py") if file.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))
