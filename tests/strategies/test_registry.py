"""Strategies of all origins under their kinds."""

import copy
import pickle
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import ClassVar

import pytest

from commsim.core import installed
from commsim.core.errors import InputError
from commsim.scenario.load import dump, loads
from commsim.strategies import registry
from commsim.strategies.base import Strategy
from commsim.strategies.registry import BUILT_IN, UnknownKind, find, kinds, register_file

TOMBOLA = """\
from typing import ClassVar, Literal
from commsim.core.units import Fen, param
from commsim.strategies.base import Purpose, Strategy

class Tombola(Strategy):
    \"\"\"Draws a winner.\"\"\"
    kind: Literal["tombola"] = "tombola"
    purpose: ClassVar[Purpose] = "fission"
    prize: Fen = param(50, "Prize", unit="yuan", low=0, source="test", grade="D")
"""
PLAN = "name: x\nproducts: [{name: a, price: 1, unit_cost: 1}]\nstrategies: [{kind: tombola, prize: 12.5}]\n"


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    registry._installed.cache_clear()
    yield
    registry._installed.cache_clear()


@pytest.fixture
def tombola(clean: None, tmp_path: Path) -> Path:
    file = tmp_path / "tombola.py"
    file.write_text(TOMBOLA)
    return file


def test_the_built_in_ones_are_there() -> None:
    assert list(kinds())[: len(BUILT_IN)] == [
        "red_envelope",
        "flash_sale",
        "group_buying",
        "distributor_rebate",
        "check_in",
        "advert",
        "content",
        "group_rules",
        "levels",
        "membership",
        "stored_value",
        "upgrade",
        "service",
        "robot",
        "free_service",
        "personal_contact",
        "persona",
        "coupon",
        "trial",
        "lottery",
        "bargain",
        "shills",
        "live",
        "recap",
        "split",
        "story",
        "shareholder",
        "agents",
        "contact",
        "moments",
        "win_back",
    ]
    assert find("check_in").__name__ == "CheckIn"


def test_unknown_kinds_suggest_the_nearest() -> None:
    with pytest.raises(UnknownKind, match="did you mean flash_sale") as caught:
        find("flash_sales")
    assert caught.value.nearest == "flash_sale"


def test_a_file_adds_a_strategy_once(tombola: Path) -> None:
    (cls,) = register_file(tombola)
    assert register_file(str(tombola)) == (cls,)
    assert find("tombola") is cls
    plan = loads(PLAN)
    assert plan.strategies[0].model_dump()["prize"] == 12.5
    assert loads(dump(plan)) == plan
    assert copy.deepcopy(plan) == pickle.loads(pickle.dumps(plan)) == plan


def test_another_process_unpickles_it_by_itself(tombola: Path, tmp_path: Path) -> None:
    register_file(tombola)
    (tmp_path / "plan.pickle").write_bytes(pickle.dumps(loads(PLAN)))
    code = (
        "import pickle, sys; plan = pickle.load(open(sys.argv[1], 'rb'));"
        "print(type(plan.strategies[0]).__name__, plan.strategies[0].prize)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "plan.pickle")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["Tombola", "1250"]


def test_two_of_one_kind_are_refused_by_name(tombola: Path, tmp_path: Path) -> None:
    register_file(tombola)
    other = tmp_path / "other.py"
    other.write_text(TOMBOLA + "# another one")
    with pytest.raises(InputError, match=r"two strategies have the kind 'tombola'.*tombola\.py.*other\.py"):
        register_file(other)
    assert len(kinds()) == len(BUILT_IN) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1", "the file has no strategy"),
        ("import nothing_such", "ModuleNotFoundError"),
        ("import sys; sys.exit(0)", r"broken\.py: the file can't be loaded: SystemExit: 0"),
        ("class (", r"broken\.py, line 1: the file can't be loaded: SyntaxError"),
        (TOMBOLA.replace("purpose", "aim"), r"broken\.py does not say what it is for; set purpose to one of"),
        (TOMBOLA.replace("tombola", "content"), "two strategies have the kind 'content'"),
    ],
)
def test_broken_files(clean: None, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "broken.py"
    file.write_text(text)
    with pytest.raises(InputError, match=said):
        register_file(file)
    assert len(kinds()) == len(BUILT_IN)


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such Python file"):
        register_file(tmp_path / "none.py")


class Installed(Strategy):
    purpose: ClassVar = "fission"
    kind: str = "installed"


def entry(value: str) -> list[EntryPoint]:
    return [EntryPoint("installed", value, registry.ENTRY_POINTS)]


def test_entry_points_add_strategies(clean: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "entry_points", lambda group: entry(f"{__name__}:Installed"))
    assert find("installed") is Installed


@pytest.mark.parametrize("value", ["no_such_module:X", f"{__name__}:entry"])
def test_broken_entry_points_are_named(clean: None, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setattr(installed, "entry_points", lambda group: entry(value))
    with pytest.raises(InputError, match=value):
        kinds()
