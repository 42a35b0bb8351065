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


def test_a_class_goes_on_by_the_same_command_in_worlds_that_nobody_has_seen(folder: Path):
    from commsim.cli.live_league import Live, opened_class
    from commsim.page.scoring import Rules
    from commsim.scenario.load import load

    shop, rules = load("shop.yaml"), Rules(None, 4, "profit", False)

    def opened(seed: int | None, **more: str):
        room, register = opened_class(shop, rules, Live(live=True, out=folder / "kept", **more), seed)
        register.keep(room)
        return room, register

    room, register = opened(7)
    again, _ = opened(7)
    assert (again.known, again.seeds) == (room.known, [7])
    assert opened(7, code="abcd")[0].known.code == "abcd"
    again.closed = True
    register.keep(again)
    later, _ = opened(7)
    assert (later.number, later.seeds) == (2, [7])  # the second one will be by chance
    assert opened(8)[0].seeds == [7, 8]


def test_a_damaged_class_ends_with_what_to_do(folder: Path):
    (folder / "kept").mkdir()
    (folder / "kept/league.json").write_text('{"format": 1, "shop": 3')
    done = call("shop.yaml", "--live", "--out", "kept", "--no-browser")
    assert done.exit_code == Exit.INPUT
    assert "league.json:1: is damaged: no JSON from here on" in " ".join(done.stderr.split())


def test_what_does_not_go_together_is_told(folder: Path):
    for asked in (
        ("reds.yaml", "blues.yaml", "--live"),
        ("reds.yaml", "--live", "--html", "ladder.html"),
        ("reds.yaml", "--live", "--code", "abc"),
        ("reds.yaml", "--live", "--code", "a b c d"),
        ("reds.yaml", "blues.yaml", "--out", "kept"),
    ):
        assert call(*asked).exit_code == Exit.USAGE, asked
    assert not (folder / "kept").exists()
