"""Bundles of options: people see each of them, commands get them together, and all commands the same ones."""

import inspect

import pytest
import typer
from typer.testing import CliRunner

from commsim.cli.best import best
from commsim.cli.compare import compare
from commsim.cli.deciding import Plans
from commsim.cli.explain import explain
from commsim.cli.flip import flip
from commsim.cli.limits import Limits
from commsim.cli.plan import plan
from commsim.cli.spread import spread

DECIDING = (best, compare, explain, flip, plan)


def test_a_bundle_is_given_as_its_options_and_taken_as_one():
    heard = []

    @spread
    def command(name: str, days: int = 3, *, limits: Limits) -> None:
        """What it does."""
        heard.append((name, days, limits))

    app = typer.Typer()
    app.command()(command)
    done = CliRunner().invoke(app, ["tea", "--budget", "80", "--margin", "15%"])
    assert done.exit_code == 0, done.output
    assert heard == [("tea", 3, Limits(budget=80.0, margin="15%"))]
    assert heard[0][2].given == {"budget": 80.0, "margin": "15%"}
    told = CliRunner().invoke(app, ["--help"]).output
    assert "What it does." in told
    assert "--posts-per-week" in told


@pytest.mark.parametrize(
    "name", ["metric", "seed", "workers", "strategies", "quiet", "as_json", "csv", "lang"]
)
def test_commands_that_decide_have_one_wording_and_one_default_of_an_option(name):
    found = [inspect.signature(command).parameters.get(name) for command in DECIDING]
    told = {(str(one.default), one.annotation.__metadata__[0].help) for one in found if one is not None}
    assert len(told) == 1
    assert sum(one is not None for one in found) >= 4


def test_what_is_true_of_all_plans_is_an_option_of_all_commands():
    for name in inspect.signature(Plans).parameters:
        assert all(name in inspect.signature(command).parameters for command in DECIDING)
