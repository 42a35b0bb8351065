"""``backtest`` as a user runs it."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit

PLAN = """
name: shop
community:
  history: {file: orders.csv, until: 2025-02-28, activity: 0.02}
  group_size: 20
products: [{name: coffee, price: 30, unit_cost: 15}]
"""


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    days = pd.date_range("2025-01-01", "2025-03-31").strftime("%Y-%m-%d")
    rows = [f"c{k},{day}" for k in range(40) for day in days[k % 20 :: 5 + k]]
    (tmp_path / "orders.csv").write_text("customer,date\n" + "\n".join(rows))
    (tmp_path / "shop.yaml").write_text(PLAN)
    return tmp_path


def call(*args: str):
    return CliRunner().invoke(app, ["backtest", *args])


def test_it_prints_numbers_path_and_verdict(shop):
    result = call("shop.yaml", "--worlds", "3")
    assert result.exit_code == Exit.OK, result.output
    assert "shop: 40 customers, 4 weeks after 2025-02-28, 3 worlds" in result.stdout
    assert "Repeat orders since the first week" in result.stdout
    assert "2025-03-22" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("shop foretells ")


def test_json_and_csv_hold_the_same_weeks(shop):
    result = call("shop.yaml", "--worlds", "3", "--json", "--csv", "weeks.csv")
    assert result.exit_code == Exit.OK, result.output
    data, weeks = json.loads(result.stdout), pd.read_csv(shop / "weeks.csv")
    assert data["path"][2]["simulated"] == pytest.approx(weeks["simulated"][2])
    assert data["after_cut"]["happened"] == weeks["happened"].sum()
    again = call("shop.yaml", "--worlds", "3", "--csv", "weeks.csv")
    assert again.exit_code == Exit.INPUT
    assert "exists already" in again.stderr
    printed = call("shop.yaml", "--worlds", "3", "--csv", "-")
    assert printed.stdout.startswith('"week","from","happened"')


def test_options_cut_elsewhere(shop):
    result = call("shop.yaml", "--until", "2025-02-14", "--weeks", "2", "--worlds", "2", "--json")
    assert result.exit_code == Exit.OK, result.output
    data = json.loads(result.stdout)
    assert (data["cut"], data["weeks"], data["path"][0]["from"]) == ("2025-02-14", 2, "2025-02-15")


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["active-group"], Exit.INPUT, "has no order history"),
        (["shop.yaml", "--until", "2030-01-01"], Exit.INPUT, "can't be cut at 2030-01-01"),
        (["shop.yaml", "--until", "soon"], Exit.USAGE, "soon"),
        (["shop.yaml", "--weeks", "9"], Exit.INPUT, "ask for 4 weeks at most"),
        (["shop.yaml", "--worlds", "1"], Exit.USAGE, "--worlds"),
        (["shop.yaml", "--json", "--csv", "-"], Exit.USAGE, "--csv"),
    ],
)
def test_wrong_use_is_told(shop, options, code, message):
    result = call(*options)
    assert result.exit_code == code, result.output
    assert message in result.stderr
