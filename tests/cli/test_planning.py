"""check, show, init, strategies and schema, as a user runs them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from commsim.cli import app

PLAN = """\
name: Coffee
days: 30
start: 2026-03-04
products: [{name: coffee, price: 30, unit_cost: 15}]
strategies:
  - {kind: group_rules, staff_minutes: 2}
  - {kind: red_envelope, goal: liven, total: 10, weekdays: [mon], staff_minutes: 0, budget: 350}
  - {kind: flash_sale, price: 25.5, starts: 3, warm_up: 2, ends: 9, closing: 1, reach: .8}
  - {kind: group_buying, ladder: [{size: 2, price: 28}, {size: 3, price: 26.5}], starts: 1, warm_up: 1}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN)
    return tmp_path


def commsim(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_a_good_plan_checks() -> None:
    done = commsim("check", "plan.yaml", "--strict")
    assert (done.exit_code, done.stdout) == (0, "plan.yaml: no errors, no warnings\n")


def test_warnings_pass_unless_strict(folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN + "community: {members: 300}\n")
    done = commsim("check", "plan.yaml")
    assert done.exit_code == 0
    assert done.stdout.startswith("plan.yaml:10:22: warning: community.members: a pool below 400")
    assert done.stdout.endswith("plan.yaml: no errors, 1 warning\n")
    assert commsim("check", "plan.yaml", "--strict").exit_code == 3


def test_errors_of_all_files_at_once(folder: Path) -> None:
    (folder / "bad.yaml").write_text(PLAN + "dayz: 3\n")
    done = commsim("check", "plan.yaml", "bad.yaml", "none.yaml")
    assert done.exit_code == 3
    assert "bad.yaml:10:1: error: dayz: unknown key; did you mean days?" in done.stdout
    assert "bad.yaml: 1 error, no warnings" in done.stdout
    assert "none.yaml: error: there is no such scenario" in done.stdout
    assert "plan.yaml: no errors, no warnings" in done.stdout


def test_check_as_json(folder: Path) -> None:
    (folder / "bad.yaml").write_text(PLAN + "dayz: 3\n")
    done = commsim("check", "bad.yaml", "plan.yaml", "--json")
    bad, good = json.loads(done.stdout)
    assert done.exit_code == 3
    assert good == {"scenario": "plan.yaml", "target": None, "limits": None, "errors": [], "warnings": []}
    (error,) = bad["errors"]
    assert error.pop("remedy").startswith("did you mean days?")
    place = {"file": "bad.yaml", "line": 10, "column": 1, "cell": None}
    assert error == place | {"path": "dayz", "what": "unknown key"}


def test_check_reads_the_files_of_the_community(folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN + "community: {roster: {file: a.csv}}\n")
    absent = commsim("check", "plan.yaml")
    assert absent.exit_code == 0
    assert "there is no file" in absent.stdout
    (folder / "a.csv").write_text("id,joined\nann,01/02/2026\n")
    wrong = commsim("check", "plan.yaml")
    assert wrong.exit_code == 3
    assert "plan.yaml: error: " in wrong.stdout
    assert "a.csv:2: joined is '01/02/2026', not a date" in wrong.stdout


def test_show_as_data_holds_dates_words_and_costs() -> None:
    shown = json.loads(commsim("show", "plan.yaml", "--json").stdout)
    assert shown["header"]["Days"] == "30, 2026-03-04 to 2026-04-02"
    assert shown["header"]["Products"] == "coffee at 30 yuan, cost 15 yuan (margin 50%), for profit"
    rules, envelope, sale, team = shown["strategies"]
    # 30 days x 10 groups x 2 minutes x 46 yuan an hour
    assert rules["cost"] == "staff 460 yuan"
    # Mondays are days 5, 12, 19, 26 of a run from a Wednesday; 100 yuan each; stops over 350
    assert envelope["cost"] == "up to 400 yuan\nstops at 350 yuan"
    assert (envelope["goal"], envelope["plan"]) == ("liven", "red envelope mon 20:00; total 10 yuan")
    assert sale["plan"] == "flash sale daily 20:00; price 25.5 yuan"
    assert sale["reach"] == "80%"
    assert sale["dates"].split("\n") == [
        "warm-up 2026-03-05 to 2026-03-06",
        "formal 2026-03-07 to 2026-03-13",
        "closing 2026-03-13",
    ]
    assert "see run" in sale["cost"]
    assert "ladder 2: 28, 3: 26.5" in team["plan"]


def test_what_plans_share_is_told_once(folder: Path) -> None:
    (folder / "base.yaml").write_text(PLAN + "  - {kind: distributor_rebate, starts: 2, warm_up: 1}\n")
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text(
            f"extends: base.yaml\nname: {name}\ncommunity: {{members: 50}}\n"
        )
    lines = commsim("check", "one.yaml", "two.yaml").stdout.splitlines()
    warnings = [line for line in lines if ": warning: " in line]
    assert len(set(warnings)) == len(warnings)
    assert [line.split(":")[0] for line in warnings if "a pool below" in line] == ["one.yaml", "two.yaml"]
    of_base = len([line for line in warnings if line.startswith("base.yaml")])
    assert of_base
    assert lines[-1] == f"two.yaml: no errors, {of_base + 1} warnings ({of_base} of them told above)"


def test_show_is_a_table_for_people() -> None:
    done = commsim("show", "plan.yaml")
    assert done.exit_code == 0
    heads = next(line for line in done.stdout.splitlines() if "Goal" in line)
    assert heads.split() == ["Name", "Goal", "Plan", "Reach", "Dates", "Cost"]
    assert "Community:  2,000 members in 10 groups of 200 (at most 500)" in done.stdout


def test_tables_in_a_pipe_have_no_blanks_at_the_ends_of_lines() -> None:
    for command in (("show", "plan.yaml"), ("strategies",), ("strategies", "check_in")):
        lines = commsim(*command).stdout.splitlines()
        assert [line for line in lines if line != line.rstrip()] == []


def test_names_of_settings_are_never_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commsim.cli.output.PIPE_WIDTH", 80)
    lines = commsim("strategies", "check_in").stdout.splitlines()
    assert {" prizes[].streak", " staff_minutes"} <= {line.split("  ")[0] for line in lines}


@pytest.mark.parametrize(
    ("community", "told"),
    [
        ("{members: 1010, group_size: 480}", "1,010 members in 3 groups of 336 or 337 (at most 500)"),
        ("{groups: [180, 480, 350]}", "1,010 members in 3 groups of 180, 480, 350 (at most 500)"),
        (f"{{groups: {[*range(10, 30)]}}}", "390 members in 20 groups of 10 to 29 (at most 500)"),
        (
            "{members: 300, by_segment: true, segments: [{name: a}, {name: b, share: 2}]}",
            "300 members in 2 groups of 100 or 200 (at most 500); a 1, b 2",
        ),
        ("{roster: {file: own.csv}}", "3 members in 2 groups of 1 or 2 (at most 500), read from own.csv"),
    ],
)
def test_groups_are_told_as_they_are(folder: Path, community: str, told: str) -> None:
    (folder / "own.csv").write_text("id,group\na,north\nb,north\nc,south\n")
    (folder / "plan.yaml").write_text(PLAN + f"community: {community}\n")
    shown = json.loads(commsim("show", "plan.yaml", "--json").stdout)
    assert shown["header"]["Community"] == told


def test_costs_that_are_known_are_told_with_a_roster(folder: Path) -> None:
    (folder / "own.csv").write_text("id,group\na,north\nb,north\nc,south\n")
    (folder / "plan.yaml").write_text(PLAN + "community: {roster: {file: own.csv}}\n")
    shown = json.loads(commsim("show", "plan.yaml", "--json").stdout)
    # 30 days x 2 groups x 2 minutes x 46 yuan an hour
    assert shown["strategies"][0]["cost"] == "staff 92 yuan"


def test_show_knows_when_the_cost_is_in_the_users_files(folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN + "community: {roster: {file: gone/a.csv}}\n")
    shown = json.loads(commsim("show", "plan.yaml", "--json").stdout)
    assert {row["cost"] for row in shown["strategies"]} == {"see run"}
    assert shown["header"]["Community"] == "members, read from a.csv"


def test_a_plan_without_strategies_shows(folder: Path) -> None:
    (folder / "plan.yaml").write_text(PLAN.split("strategies")[0])
    assert "the operator does nothing" in commsim("show", "plan.yaml").stdout


def test_init_writes_a_plan_without_warnings_and_never_overwrites(folder: Path) -> None:
    done = commsim("init")
    assert done.exit_code == 0
    assert commsim("check", "my-plan.yaml", "--strict").exit_code == 0
    (folder / "my-plan.yaml").write_text("mine")
    refused = commsim("init")
    assert refused.exit_code == 3
    assert "my-plan.yaml: this file exists already" in refused.stderr
    assert (folder / "my-plan.yaml").read_text() == "mine"
    assert commsim("init", "--force").exit_code == 0
    assert (folder / "my-plan.yaml").read_text() != "mine"


def test_init_copies_a_shipped_plan_with_its_comments(folder: Path) -> None:
    from commsim.scenario.shipped import shipped

    assert commsim("init", "dead-group").exit_code == 0
    assert (folder / "dead-group.yaml").read_bytes() == shipped()["dead-group"].read_bytes()
    refused = commsim("init", "ded-group")
    assert refused.exit_code == 3
    assert "did you mean dead-group?" in refused.stderr


def test_strategies_lists_all_and_shows_one() -> None:
    kinds = {row["kind"]: row["purpose"] for row in json.loads(commsim("strategies", "--json").stdout)}
    assert len(kinds) >= 8
    assert kinds["flash_sale"] == "conversion"
    assert "flash_sale" in commsim("strategies").stdout
    text = commsim("strategies", "red_envelope").stdout
    assert "platform limit 200" in " ".join(text.split())
    fields = {
        f["path"]: f for f in json.loads(commsim("strategies", "red-envelope", "--json").stdout)["fields"]
    }
    assert fields["total"] == {
        "path": "total",
        "about": "Money in one envelope, per group",
        "unit": "yuan",
        "default": "10",
        "allowed": "0.01 to 200",
        "plausible": "5 to 50",
        "source": "operators: 8-12 yuan a day and group; platform limit 200",
        "grade": "C",
    }
    assert fields["preset"]["allowed"] == "social, commercial, none"


def test_nested_settings_are_listed() -> None:
    fields = json.loads(commsim("strategies", "group_buying", "--json").stdout)["fields"]
    found = {f["path"]: (f["default"], f["allowed"], f["unit"]) for f in fields}
    assert found["ladder[].price"] == ("required", "at least 0.01", "yuan")


def test_unknown_strategies_suggest_the_nearest() -> None:
    done = commsim("strategies", "flash")
    assert done.exit_code == 3
    assert "no strategy has the kind 'flash'" in done.stderr
    assert "Traceback" not in done.stderr


def test_schema_is_json() -> None:
    schema = json.loads(commsim("schema").stdout)
    assert schema["properties"]["extends"]["type"] == "string"
    assert "$schema=" in commsim("schema", "--help").stdout


def test_a_file_of_ones_own_strategies(folder: Path) -> None:
    (folder / "mine.py").write_text(
        "from typing import ClassVar, Literal\n"
        "from commsim.strategies.base import Purpose, Strategy\n"
        "class Raffle(Strategy):\n"
        '    """Draws a winner."""\n'
        '    kind: Literal["raffle"] = "raffle"\n'
        '    purpose: ClassVar[Purpose] = "fission"\n'
        "    def react(self, happened, view, memory):\n"
        "        return ()\n"
    )
    (folder / "plan.yaml").write_text(PLAN + "  - {kind: raffle, warm_up: 1, starts: 1}\n")
    assert "unknown kind 'raffle'" in commsim("check", "plan.yaml").stdout
    assert commsim("check", "plan.yaml", "--strategies", "mine.py").exit_code == 0
    assert "depends on" in commsim("show", "plan.yaml", "--strategies", "mine.py").stdout
    missing = commsim("check", "plan.yaml", "--strategies", "none.py")
    assert missing.exit_code == 3
    assert "none.py: no such Python file" in missing.stderr


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("[Spend(Account.TOOLS, 100 * len(everyone(view)))]", "up to 2,000 yuan"),
        ("['hello']", "strategy 'raffle', act on day 1: 'hello' is not an effect"),
        ("1 // 0", "strategy 'raffle', act on day 1: it fails: ZeroDivisionError"),
    ],
)
def test_what_a_strategy_of_ones_own_costs_on_paper(folder: Path, answer: str, text: str) -> None:
    """Its money counts for all members, and its mistakes are told by its name."""
    (folder / "mine.py").write_text(
        "from typing import ClassVar, Literal\n"
        "from commsim.core.effects import Account, Spend\n"
        "from commsim.core.view import everyone\n"
        "from commsim.strategies.base import Purpose, Strategy\n"
        "class Raffle(Strategy):\n"
        '    """Draws a winner."""\n'
        '    kind: Literal["raffle"] = "raffle"\n'
        '    purpose: ClassVar[Purpose] = "fission"\n'
        "    def act(self, view, memory):\n"
        f"        return {answer}\n"
    )
    (folder / "plan.yaml").write_text(PLAN + "  - {kind: raffle, starts: 1, ends: 1}\n")
    shown = commsim("show", "plan.yaml", "--strategies", "mine.py")
    assert text in shown.stdout + shown.stderr
    assert "Traceback" not in shown.stderr


def test_the_help_of_compare_names_every_measure_that_can_decide() -> None:
    from commsim.core.measures import DECIDING

    words = commsim("compare", "--help").stdout.replace(",", " ").replace(".", " ").split()
    assert set(DECIDING) <= set(words)
