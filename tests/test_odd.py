"""docs/odd.md against the code: every name exists, nothing is missing, the day runs in that order.

Names on the page of limits are held to the code too.
"""

import importlib
import inspect
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

import declared
from commsim.core.columns import PERSONS
from commsim.core.dials import Dial
from commsim.core.luck import Purpose
from commsim.core.mechanism import BUILT_IN as MECHANISMS
from commsim.core.mechanism import load
from commsim.records.tables import TABLES
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Scenario
from commsim.simulation.state import Groups
from commsim.simulation.world import World
from commsim.strategies.base import Strategy
from commsim.strategies.registry import BUILT_IN, kinds

ROOT = Path(__file__).parents[1]
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def read(page):
    """The text of a page, and its equations."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return FENCED.sub("", text), "\n".join(FENCED.findall(text))


def quoted(text):
    return set(re.findall(r"`([^`\n]+)`", text))


PROSE, EQUATIONS = read("odd.md")
SAID = quoted(PROSE) | set(re.findall(r"\b[a-z_]+\.[a-z_]+\b", EQUATIONS))
OF_EACH = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "docs" / "mechanisms").glob("*.md"))
"""The pages of mechanisms, which belong to the description of the model."""
DEFINED = {"code", "behaviour:", "exp", "log", "worth(v)", "commsim validate"}
"""What the pages explain themselves, and a command."""
STRATEGIES = {kind: cls for kind, cls in kinds().items() if cls.__module__.startswith("commsim.strategies.")}
EFFECTS = {effect.__name__ for effect in declared.EFFECTS}
PARAMETERS = {f"{section}.{name}" for section, of in Behaviour() for name in type(of).model_fields}
OF_MECHANISMS = [load(place).columns for place in MECHANISMS]
STATES = {f"people.{column.name}" for block in (*PERSONS.values(), *OF_MECHANISMS) for column in block} | {
    f"groups.{name}" for name in Groups._fields
}
DRAWS = {f"Purpose.{name}" for name in Purpose.__members__}
KNOWN = (
    DEFINED
    | EFFECTS
    | PARAMETERS
    | STATES
    | DRAWS
    | set(STRATEGIES)
    | {load(place).name for place in MECHANISMS}
    | set(TABLES)
    | set(Dial)
    | set(Strategy.model_fields)
)


def models(annotation):
    """Pydantic models that a field holds, alone, in a tuple or as a choice."""
    inside = [model for part in get_args(annotation) for model in models(part)]
    itself = inspect.isclass(annotation) and issubclass(annotation, BaseModel)
    return [annotation, *inside] if itself else inside


def is_setting(path, model):
    first, _, rest = path.partition(".")
    if first not in model.model_fields:
        return False
    return not rest or any(is_setting(rest, part) for part in models(model.model_fields[first].annotation))


def is_code(path):
    """Whether a dotted name leads to something: from the package, or from two of its rooms."""
    return any(_leads(f"commsim.{room}{path}".split(".")) for room in ("", "core.", "simulation."))


def _leads(parts):
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
    kind, _, field = name.partition(".")
    return (
        name in KNOWN
        or (ROOT / name).is_file()
        or (kind in STRATEGIES and field in STRATEGIES[kind].model_fields)
        or is_setting(name, Scenario)
        or is_code(name)
    )


def test_each_name_exists():
    limits, _ = read("limits.md")
    assert {name for name in SAID | quoted(limits) if not exists(name)} == set()


WRONG = ("look.ceilings", "people.mood", "flash_sale.bids", "kernels.looking.stare", "community.segments.age")


@pytest.mark.parametrize("name", WRONG)
def test_a_name_that_does_not_exist_is_noticed(name):
    assert not exists(name)


def test_nothing_is_missing():
    """Parameters of behaviour, states, kinds of strategies, effects, and draws that somebody makes."""
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py"))
    drawn = {draw for draw in DRAWS if re.search(rf"(Purpose|Draw)\.{draw[8:]}\b", source)}
    assert len(STRATEGIES) == len(BUILT_IN)
    assert (PARAMETERS | STATES | EFFECTS | set(STRATEGIES) | drawn) - SAID - quoted(OF_EACH) == set()


def test_the_day_runs_in_the_order_of_the_page():
    """Calls of kernels in `World._members_live`, against the numbered list."""
    made = inspect.getsource(World._members_live)
    schedule = PROSE[PROSE.index("**The members' day**") : PROSE.index("**Parcels**")]
    steps = re.findall(r"`kernels\.\w+\.(\w+)`", schedule)
    assert len(steps) == 8
    assert steps == sorted(steps, key=lambda call: re.search(rf"\b{call}\b", made).start())
