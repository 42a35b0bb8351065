"""The commands with plans in spreadsheets."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit

PLAN = """\
extends: unmanaged-group
name: Coffee
days: 9
community: {members: 90, group_size: 45}
target: {orders: "+1 %"}
strategies:
  - {kind: flash_sale, discount: 0.2, weekdays: [tue], warm_up: 1, starts: 1}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN, encoding="utf-8")


def commsim(*args):
    return CliRunner(env={"COLUMNS": "160"}).invoke(app, args)


def test_a_workbook_is_shown_checked_run_and_compared_like_the_plan():
    assert commsim("show", "plan.yaml", "--xlsx", "plan.xlsx").exit_code == 0
    checked = commsim("check", "plan.xlsx")
    assert (checked.exit_code, "plan.xlsx: no errors" in checked.stdout) == (0, True)
    assert "Target: Orders at least 1 % more than doing nothing" in checked.stdout
    assert commsim("show", "plan.xlsx").stdout == commsim("show", "plan.yaml").stdout
    runs = [commsim("run", plan, "--json", "--seed", "4") for plan in ("plan.yaml", "plan.xlsx")]
    assert runs[0].exit_code == 0
    assert json.loads(runs[0].stdout) == json.loads(runs[1].stdout)
    compared = commsim("compare", "plan.xlsx", "plan.yaml", "--worlds", "2", "--workers", "1", "-q")
    assert "give exactly the same in all 2 worlds" in compared.stdout


def test_an_error_is_told_with_its_cell_in_text_and_json():
    commsim("show", "plan.yaml", "--xlsx", "plan.xlsx")
    book = load_workbook("plan.xlsx")
    heads = [cell.value for cell in book["Strategies"][2]]
    book["Strategies"].cell(3, heads.index("discount") + 1).value = 7
    book.save("plan.xlsx")
    place = f"Strategies!{'ABCDEFGH'[heads.index('discount')]}3"
    done = commsim("check", "plan.xlsx")
    assert done.exit_code == Exit.INPUT
    assert f"plan.xlsx: {place}: error: strategies[0].discount: must be 0 to 1" in done.stdout
    (data,) = json.loads(commsim("check", "plan.xlsx", "--json").stdout)
    assert [error["cell"] for error in data["errors"]] == [place]


def test_csv_goes_into_a_file_or_a_folder():
    assert commsim("show", "plan.yaml", "--csv", "plan.csv").exit_code == 0
    assert Path("plan.csv").read_bytes().startswith(b"\xef\xbb\xbf[Strategies]")
    assert commsim("show", "plan.csv").stdout == commsim("show", "plan.yaml").stdout
    assert commsim("show", "plan.yaml", "--csv", "tables").exit_code == 0
    calendar = Path("tables/calendar.csv").read_text(encoding="utf-8-sig").splitlines()
    assert calendar[1].startswith("0,2026-03-02,mon,20:00,all,flash sale,flash sale,coffee,24,0.2,1,warm-up")
    assert {file.stem for file in Path("tables").iterdir()} >= {"plan", "calendar", "strategies", "settings"}


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--xlsx", "plan.xls"], Exit.USAGE, "ends in .xlsx"),
        (["--xlsx", "there.xlsx"], Exit.INPUT, "this file exists already"),
        (["--csv", "there"], Exit.INPUT, "this exists already"),
        (["--csv", "no/plan.csv"], Exit.INPUT, "there is no such folder"),
    ],
)
def test_what_can_not_be_written_is_refused(options, code, told):
    Path("there.xlsx").touch()
    Path("there").mkdir()
    done = commsim("show", "plan.yaml", *options)
    assert done.exit_code == code
    assert told in done.output


def test_show_speaks_chinese():
    done = commsim("show", "plan.yaml", "--lang", "zh")
    assert done.exit_code == 0
    assert "限时秒杀" in done.stdout
    assert "目标" in done.stdout
    assert "Community" not in done.stdout
    assert "比什么都不做至少多 1 %" in done.stdout


def test_a_run_says_whether_it_reaches_its_target():
    done = commsim("run", "plan.yaml", "-q")
    assert done.exit_code == 0
    (row,) = [line for line in done.stdout.splitlines() if "1 % more than doing nothing" in line]
    (goal,) = json.loads(commsim("run", "plan.yaml", "-q", "--json").stdout)["target"]["goals"]
    assert row.endswith("reached" if goal["reached"] else "missed")
    assert (
        commsim("run", "unmanaged-group", "--days", "3", "-q", "--json").stdout.count('"target": null') == 1
    )
