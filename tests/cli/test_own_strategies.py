"""Strategies of the user's own stay with what they made, and are not run unless the user said so."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit, InputError
from commsim.records.store import read_run
from commsim.scenario.load import dump, load, loads
from commsim.strategies import registry

GIFT = '''"""Gifts."""

from typing import ClassVar, Literal

import numpy as np

from commsim.core.effects import Account, Pay
from commsim.core.units import Fen, param
from commsim.strategies.base import Purpose, Strategy


class Gift(Strategy):
    """Gives to the first few."""

    kind: Literal["gift"] = "gift"
    purpose: ClassVar[Purpose] = "activity"
    gift: Fen = param(2, "Gift", unit="yuan", low=0, source="-", grade="D")

    def act(self, view, memory):
        few = np.flatnonzero(view.status == 1)[:3]
        yield Pay(Account.GIFTS, few, np.full(few.size, self.gift))
'''
PLAN = """
name: gifts
days: 3
community: {members: 40, group_size: 20}
products: [{name: coffee, price: 30, unit_cost: 15}]
strategies: [{kind: gift}]
"""
TWIN = "extends: plan.yaml\nname: twin\nstrategies: {gift: {gift: 1}}\n"
DESIGN = "name: d\nscenario: plan.yaml\nrepetitions: 2\nlevers: {strategies.gift.gift: [1, 2]}\n"


def call(*args: str):
    return CliRunner().invoke(app, list(args))


@pytest.fixture
def forget(monkeypatch, tmp_path):
    """Makes this process one that has loaded no file, as the next command finds it."""

    def fresh(state: str = "mine") -> None:
        monkeypatch.setattr(registry, "_from_files", {})
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / f"state of {state}"))

    fresh()
    return fresh


def write_plans(folder: Path) -> None:
    texts = {"mine.py": GIFT, "plan.yaml": PLAN, "twin.yaml": TWIN, "design.yaml": DESIGN}
    for name, text in texts.items():
        (folder / name).write_text(text)


@pytest.fixture
def place(forget, tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_plans(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """What run, compare and sweep keep of an own strategy."""
    folder = tmp_path_factory.mktemp("made")
    write_plans(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(registry, "_from_files", {})
        patch.setenv("XDG_STATE_HOME", str(folder / "state of mine"))
        for args in (
            ("run", "plan.yaml", "--out", "run"),
            ("compare", "plan.yaml", "twin.yaml", "--out", "both", "--worlds", "2"),
            ("sweep", "design.yaml", "--out", "sweep", "--workers", "1"),
        ):
            assert call(*args, "-q", "--strategies", "mine.py").exit_code == 0
    return folder


@pytest.fixture
def results(made, place) -> Path:
    """The same where the file is gone."""
    shutil.copytree(made, place, dirs_exist_ok=True)
    Path("mine.py").unlink()
    return place


USES = [
    ("run", "run/scenario.yaml", "--out", "again"),
    ("report", "both", "--worlds", "2", "-o", "both.html"),
    ("plot", "run", "funnel", "--worlds", "2"),
    ("sensitivity", "sweep"),
    ("report", "sweep", "-o", "sweep.html"),
    ("sweep", "design.yaml", "--out", "sweep", "--workers", "1"),
]


def test_what_was_kept_is_used_where_the_file_is_gone(results, forget):
    for args in USES:
        forget()
        result = call(*args)
        assert result.exit_code == 0, result.stderr
    for file in (results / "run").glob("*.parquet"):
        assert (results / "again" / file.name).read_bytes() == file.read_bytes()
    assert "gift" in read_run("again").causes


def test_what_somebody_else_kept_is_not_run_unless_the_user_says_so(results, forget):
    for args in USES:
        forget("a stranger")
        result = call(*args)
        assert result.exit_code in (Exit.INPUT, Exit.RESUME_REFUSED)
        assert "strategies of its own, mine.py (gift)" in result.stderr
        assert registry._from_files == {}
    forget("a stranger")
    assert call("sensitivity", "sweep", "--strategies", "sweep").exit_code == 0
    forget("a stranger")
    assert call("check", "run/scenario.yaml").exit_code == 0  # the same text, which they have said they trust


def test_a_file_that_has_changed_is_refused_with_the_difference(results, forget):
    Path("mine.py").write_text(GIFT.replace("[:3]", "[:4]") + "# more\n" * 500)
    for args in USES:
        forget()
        result = call(*args, "--strategies", "mine.py")
        assert result.exit_code == (Exit.RESUME_REFUSED if args[0] == "sweep" else Exit.INPUT)
        assert "-        few = np.flatnonzero(view.status == 1)[:3]" in result.stderr
        assert "+        few = np.flatnonzero(view.status == 1)[:4]" in result.stderr
        assert len(result.stderr.splitlines()) < 30


def test_a_saved_plan_and_what_extends_it_bring_their_strategies_along(place, forget):
    registry.register_file("mine.py")
    saved = dump(load("plan.yaml"))
    assert loads(saved) == load("plan.yaml")
    Path("saved.yaml").write_text(saved)
    Path("more.yaml").write_text("extends: saved.yaml\nname: more\nstrategies: {gift: {gift: 5}}\n")
    forget()
    with pytest.raises(InputError, match=r"saved\.yaml: it brings strategies of its own"):
        load("more.yaml")
    assert call("check", "more.yaml", "--strategies", "saved.yaml").exit_code == 0
    assert load("more.yaml").strategies[0].gift == 500
    assert dump(load("more.yaml")).count("class Gift") == 1


@pytest.mark.parametrize(
    ("kept", "message"),
    [
        ("{mine.py: {kinds: [gift], text: 3}}", "own_strategies can't be read"),
        ("[mine.py]", "own_strategies can't be read"),
        (
            "{mine.py: {kinds: [content], text: x}}",
            "the strategy content that is installed here is not that of",
        ),
    ],
)
def test_kept_text_that_makes_no_sense_is_told_plainly(place, kept, message):
    with pytest.raises(InputError, match=message):
        loads(f"{PLAN}own_strategies: {kept}\n")


def test_a_place_that_keeps_no_strategies_gives_none(place):
    result = call("check", "plan.yaml", "--strategies", "twin.yaml")
    assert result.exit_code == Exit.INPUT
    assert "no strategies are kept here" in result.stderr
