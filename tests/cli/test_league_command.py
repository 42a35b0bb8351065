"""``league`` as a trainer runs it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit

SHOP = "days: 10\ncommunity: {members: 60}\nproducts: [{name: tea, price: 30, unit_cost: 15}]\n"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(f"name: shop\n{SHOP}")
    for name, yuan in (("reds", 1), ("blues", 200)):
        text = f"extends: shop.yaml\nname: {name}\nstrategies: [{{kind: red_envelope, total: {yuan}}}]\n"
        (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


def call(*args: str):
    return CliRunner().invoke(app, ["league", "--workers", "1", "--quiet", "--worlds", "4", *args])


def test_ladder_page_and_csv(folder: Path):
    done = call("reds.yaml", "blues.yaml", "--budget", "500", "--html", "ladder.html", "--csv", "ladder.csv")
    assert done.exit_code == Exit.OK, done.output
    assert "reds wins. Over the budget of 500 yuan, and so not ranked: blues." in done.stdout
    page = (folder / "ladder.html").read_text(encoding="utf-8")
    assert page.count('class="certificate"') == 2
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    rows = (folder / "ladder.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1].startswith('"reds",')
    told = call("reds.yaml", "blues.yaml", "--budget", "500", "--json", "--no-why", "--lang", "zh")
    assert [one["team"] for one in json.loads(told.stdout)["teams"]] == ["reds", "blues"]


def test_without_a_seed_the_worlds_are_by_chance_and_told(folder: Path):
    asked = "reds.yaml", "blues.yaml", "--no-why", "--json"
    one, other = call(*asked), call(*asked, "--html", "ladder.html")
    seeds = [json.loads(done.stdout)["seed"] for done in (one, other)]
    assert len({0, *seeds}) == 3
    assert f"The worlds are of seed {seeds[1]}; give --seed {seeds[1]} to see the same again." in other.stderr
    assert f"--seed {seeds[1]}" in (folder / "ladder.html").read_text(encoding="utf-8")
    again = call(*asked, "--seed", str(seeds[0]))
    assert (again.stdout, "to see the same again" in again.stderr) == (one.stdout, False)


def test_bad_teams_are_told():
    alone = call("reds.yaml")
    assert (alone.exit_code, "two teams or more" in alone.stderr) == (Exit.INPUT, True)
    other = call("reds.yaml", "dead-group")
    assert (other.exit_code, "plays in another shop than reds" in other.stderr) == (Exit.INPUT, True)
    assert call("reds.yaml", "blues.yaml", "--budget", "-1").exit_code == Exit.USAGE
