"""docs/odd.md against the code: every name in it exists, nothing is missing, the day runs in that order."""

import ast
import importlib
import inspect
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from commsim.core import effects
from commsim.core.luck import Purpose
from commsim.records.tables import TABLES
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Scenario
from commsim.simulation.kernels import day
from commsim.simulation.state import Groups, People
from commsim.strategies.base import Strategy
from commsim.strategies.registry import BUILT_IN, kinds

ROOT = Path(__file__).parents[1]
ODD = (ROOT / "docs/odd.md").read_text(encoding="utf-8")
EQUATIONS = "\n".join(re.findall(r"^```text\n(.*?)^```$", ODD, re.DOTALL | re.MULTILINE))
PROSE = re.sub(r"^```.*?^```$", "", ODD, flags=re.DOTALL | re.MULTILINE)
QUOTED = set(re.findall(r"`([^`\n]+)`", PROSE))
DOTTED = set(re.findall(r"\b[a-z_]+\.[a-z_]+\b", EQUATIONS))
LOCAL = {"code", "behaviour:", "exp", "log", "worth(v)"}
"""What the page says of itself, and symbols that it defines."""
HOUSES = ("", "core.", "simulation.")
STRATEGIES = {kind: cls for kind, cls in kinds().items() if cls.__module__.startswith("commsim.strategies.")}
PARAMETERS = {f"{section}.{name}" for section, of in Behaviour() for name in type(of).model_fields}


def models(annotation):
    """Pydantic models that a field holds, alone, in a tuple or as a choice."""
    inside = [model for part in get_args(annotation) for model in models(part)]
    return (
        [annotation, *inside] if inspect.isclass(annotation) and issubclass(annotation, BaseModel) else inside
    )


def is_setting(path, model):
    first, _, rest = path.partition(".")
    field = model.model_fields.get(first)
    return field is not None and (
        not rest or any(is_setting(rest, part) for part in models(field.annotation))
    )


def is_code(path):
    """Whether a dotted name leads from a room, or from core or simulation, to something."""
    return any(_leads("commsim." + house + path) for house in HOUSES)


def _leads(path):
    parts = path.split(".")
    for n in range(len(parts), 1, -1):
        try:
            found = importlib.import_module(".".join(parts[:n]))
        except ImportError:
            continue
        for name in parts[n:]:
            found = getattr(found, name, None)
        return found is not None
    return False


def exists(name):
    first, _, rest = name.partition(".")
    return (
        name in LOCAL | PARAMETERS | set(STRATEGIES) | set(TABLES)
        or (ROOT / name).is_file()
        or (first == "people" and rest in People._fields)
        or (first == "groups" and rest in Groups._fields)
        or (first in STRATEGIES and rest in STRATEGIES[first].model_fields)
        or (first == "Purpose" and rest in Purpose.__members__)
        or name in {effect.__name__ for effect in get_args(effects.Effect)}
        or name in Strategy.model_fields
        or is_setting(name, Scenario)
        or is_code(name)
    )


def test_each_name_exists():
    assert len(DOTTED) > 60
    assert {name for name in QUOTED | DOTTED if not exists(name)} == set()


@pytest.mark.parametrize(
    "wrong", ["look.ceilings", "people.mood", "flash_sale.bids", "kernels.looking.stare"]
)
def test_a_name_that_does_not_exist_is_noticed(wrong):
    assert not exists(wrong)


def test_nothing_is_missing():
    """Parameters of behaviour, states, kinds of strategies, effects, and draws that the engine makes."""
    said = QUOTED | DOTTED
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py"))
    drawn = {f"Purpose.{purpose.name}" for purpose in Purpose if f".{purpose.name}" in source}
    states = {f"people.{name}" for name in People._fields} | {f"groups.{name}" for name in Groups._fields}
    acts = {effect.__name__ for effect in get_args(effects.Effect)}
    assert len(STRATEGIES) == len(BUILT_IN)
    assert (PARAMETERS | states | set(STRATEGIES) | acts | drawn) - said == set()


def test_the_day_runs_in_the_order_of_the_page():
    """Calls of kernels in `live`, against the numbered list."""
    calls = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(day.live.py_func)))
        if isinstance(node, ast.Call)
    ]
    line = {call.func.id: call.lineno for call in calls if isinstance(call.func, ast.Name)}
    schedule = PROSE[PROSE.index("**The members' day**") : PROSE.index("**Parcels**")]
    steps = [name for name in re.findall(r"`kernels\.\w+\.(\w+)`", schedule) if name != "live"]
    assert len(steps) == 10
    assert steps == sorted(steps, key=line.__getitem__)
