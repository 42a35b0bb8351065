"""Whatever a plan, a data file or a strategy holds, no command hands an order of it on."""

import ast
import csv
import json
import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import commsim.cli
from commsim.cli import app
from commsim.core.errors import Exit

ORDER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
HARM = "\x1b]0;owned\x07\x1b[2J \u202e<script>alert(1)</script>"
FORMULA = "=cmd|' /C calc'!A0"
PLAN = {
    "name": FORMULA,
    "about": HARM,
    "days": 15,
    "community": {"members": 60, "group_size": 30},
    "products": [{"name": "@SUM(1)", "price": 30, "unit_cost": 15}],
    "strategies": [{"kind": "content", "name": "<img src=x onerror=alert(2)>", "goal": HARM}],
}
DESIGN = {
    "name": "=1+1",
    "scenario": "plan.yaml",
    "repetitions": 2,
    "levers": {
        "=lever": {"path": "products[0].name", "values": [FORMULA, "plain"]},
        "goal": {"path": "strategies[0].goal", "values": [HARM, "-x"]},
    },
}
STRATEGY = '''
"""Fails with a message that holds orders."""
from collections.abc import Iterator
from typing import Literal

from commsim.core.effects import Effect
from commsim.core.view import View
from commsim.strategies.base import Strategy


class Loud(Strategy):
    """Shouts \\x1b[31m\\u202e.

    And says nothing.
    """

    kind: Literal["loud"] = "loud"
    purpose = "retention"

    def act(self, view: View, memory: object) -> Iterator[Effect]:
        raise ValueError("\\x1b]0;owned\\x07 \\udcff")
'''


def call(*args: str):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Hostile files, and results made of them."""
    place = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        quiet = PLAN | {"name": "+quiet", "strategies": []}
        bad = PLAN | {HARM: 1, "days": HARM}
        listed = PLAN | {"community": {"roster": {"file": "roster.csv"}}}
        for name, data in (
            ("plan", PLAN), ("quiet", quiet), ("bad", bad), ("listed", listed), ("design", DESIGN),
            ("loud", PLAN | {"strategies": [{"kind": "loud"}]}),
        ):  # fmt: skip
            Path(f"{name}.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
        Path("roster.csv").write_text(f'"{HARM}",name\n1,{HARM}\n', encoding="utf-8")
        Path("people").mkdir()
        Path("people/members.csv").write_text(
            f'member,group,joined\n1,"{HARM}",2026-03-02\n', encoding="utf-8"
        )
        Path("loud.py").write_text(STRATEGY, encoding="utf-8")
        for command in (
            ("run", "plan.yaml", "--out", "one"),
            ("compare", "plan.yaml", "quiet.yaml", "--worlds", "2", "--workers", "1", "--out", "two"),
            ("sweep", "design.yaml", "--workers", "1", "--out", "swept"),
        ):
            result = call(*command)
            assert result.exit_code == Exit.OK, result.output
        yield place


WALK = {
    "run": [("plan.yaml", "--html", "run.html"), ("plan.yaml", "--json"), ("bad.yaml",), ("listed.yaml",)],
    "compare": [
        ("plan.yaml", "quiet.yaml", "--worlds", 2, "--workers", 1, "--html", "two.html"),
        ("plan.yaml", "quiet.yaml", "--worlds", 2, "--workers", 1, "--json", "--csv", "two.csv"),
        ("plan.yaml", "quiet.yaml", "--worlds", 2, "--workers", 1, "--csv", "-"),
        ("plan.yaml", HARM),
    ],
    "best": [
        ("plan.yaml", "quiet.yaml", "--within", "999%", "--workers", 1, "--html", "best.html", "--csv", "-"),
        (HARM, "plan.yaml"),
    ],
    "flip": [
        ("plan.yaml", "quiet.yaml", "--only", "buying.touch", "--worlds", 4, "--points", 4, "--workers", 1,
         "--html", "flip.html", "--csv", "-"),
        (HARM,),
    ],
    "plan": [
        ("plan.yaml", "--runs", 220, "--doubts", 1, "--workers", 1, "--html", "p.html", "--csv", "-"),
        ("plan.yaml", "--space", HARM),
        (HARM,),
    ],
    "pilot": [
        ("plan.yaml", "quiet.yaml", "--days", "3,7", "--before", 7, "--worlds", 2, "--points", 1,
         "--workers", 1, "--html", "pilot.html", "--csv", "-"),
        (HARM,),
    ],
    "pilot-read": [("roster.csv", "roster.csv"), (HARM, HARM)],
    "explain": [("plan.yaml", "--worlds", 2, "--workers", 1, "--html", "why.html", "--csv", "-"), (HARM,)],
    "league": [
        ("plan.yaml", "plan.yaml", "--worlds", 2, "--workers", 1, "--html", "league.html", "--csv", "-"),
        ("plan.yaml", HARM),
        ("plan.yaml", "--live", "--host", HARM),
        ("plan.yaml", "--live", "--out", "one"),
        ("plan.yaml", "--live", "--code", HARM),
    ],
    "report": [("one", "--worlds", 2, "--workers", 1, "-o", "1.html"), ("swept", "-o", "s.html"), (HARM,)],
    "plot": [("one", "growth", HARM), (HARM,)],
    "animate": [("one", "-o", f"{HARM}.gif"), (HARM,)],
    "demo": [("--host", HARM), ("--export", f"{HARM}/x.html")],
    "serve": [("bad.yaml",), (HARM,)],
    "data": [("people",), ("people", "--json"), (HARM,)],
    "calibrate": [("plan.yaml", "--data", "people"), ("plan.yaml", "--data", HARM), (HARM, "--data", ".")],
    "backtest": [("bad.yaml",), ("listed.yaml",)],
    "check": [("plan.yaml", "bad.yaml", "listed.yaml", "loud.yaml"), ("bad.yaml", "--json"), (HARM,)],
    "discover": [("swept",), ("swept", "--outcome", HARM), ("swept", "--policy", HARM, "--json")],
    "sweep": [("design.yaml", "--dry-run"), ("bad.yaml", "--out", HARM), ("design.yaml", "--out", "one")],
    "status": [("swept",), ("swept", "--json"), (HARM,)],
    "sensitivity": [("swept",), ("swept", "--csv", "s.csv"), ("swept", "--json"), ("swept", "--out", "x")],
    "export": [
        ("swept", "--out", "tables"), ("swept", "--out", "tables2", "--json"), (HARM, "--out", "t"),
        ("one", "--out", "tables3"), ("one", "--out", "tables4", "--for", "gephi"),
    ],
    "show": [("plan.yaml",), ("plan.yaml", "--json"), ("bad.yaml",)],
    "init": [(HARM,)],
    "strategies": [("--strategies", "loud.py"), ("loud", "--strategies", "loud.py"), (HARM,)],
    "evidence": [("--strategies", "loud.py", "--csv", "defaults.csv"), (HARM,)],
    "claims": [(HARM,), ("--list",)],
    "validate": [("bad.yaml",), ("--fact", HARM)],
    "schema": [("--strategies", "loud.py")],
}  # fmt: skip


def test_the_walk_leaves_no_command_out():
    assert {command.callback.__name__.replace("_", "-") for command in app.registered_commands} == set(WALK)


@pytest.mark.parametrize("command", WALK)
def test_no_order_reaches_terminal_table_or_page(folder, monkeypatch, command):
    monkeypatch.chdir(folder)
    before = set(folder.rglob("*"))
    shown = ""
    for arguments in WALK[command]:
        result = call(command, *arguments)
        assert result.exit_code in (Exit.OK, Exit.USAGE, Exit.INPUT, Exit.RESUME_REFUSED, Exit.IMPRECISE), (
            result.output
        )
        assert ORDER.findall(result.stdout + result.stderr) == [], arguments
        shown += result.stdout + result.stderr
        if "--json" in arguments and result.exit_code == Exit.OK:
            json.loads(result.stdout)
    assert any(sign in shown for sign in ("u001b", "x1b", FORMULA, "loud")), "nothing of theirs was told"
    for file in set(folder.rglob("*")) - before:
        if file.suffix == ".html":
            text = file.read_text(encoding="utf-8")
            assert ORDER.findall(text) == []
            assert "<script>alert" not in text
            assert "<img src" not in text
        if file.suffix == ".csv":
            with file.open(encoding="utf-8-sig", newline="") as lines:
                cells = [cell for row in csv.reader(lines) for cell in row]
            assert [
                cell for cell in cells if ORDER.search(cell) or cell.lstrip().startswith(("=", "@"))
            ] == []


def test_numbers_of_an_exported_sweep_stay_numbers(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert call("export", "swept", "--out", "again").exit_code == Exit.OK
    with Path("again/runs.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["'=lever"] for row in rows} == {f"'{FORMULA}", "plain"}
    assert {row["goal"][:8] for row in rows} == {"\\u001b]0", "'-x"}
    assert all(float(row["profit"]) != 0 for row in rows)


def test_failing_strategies_tell_their_own_words_harmlessly(folder, monkeypatch):
    monkeypatch.chdir(folder)
    result = call("run", "loud.yaml", "--strategies", "loud.py")
    assert result.exit_code != Exit.OK
    assert "owned" in result.stderr
    assert ORDER.findall(result.stderr) == []


def test_all_that_is_printed_goes_through_one_door():
    door = "output.py"
    for file in Path(commsim.cli.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and file.name != door:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                assert name not in ("print", "echo", "secho"), f"{file.name}:{node.lineno} prints by itself"
