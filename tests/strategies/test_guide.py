"""The worked example of docs/strategies.md runs as it stands."""

import re
import sys
from pathlib import Path

import pytest

from commsim.scenario.load import load
from commsim.strategies import registry

GUIDE = Path(__file__).parents[2] / "docs" / "strategies.md"


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def example(tmp_path, monkeypatch):
    """The example's file, on the path of imports."""
    (tmp_path / "birthday.py").write_text(blocks("python")[0])
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop("birthday", None)


def test_the_example_is_one_file_of_some_twenty_lines(example):
    lines = (example / "birthday.py").read_text().splitlines()
    assert 10 < sum(1 for line in lines if line.strip()) <= 25


def test_the_tests_of_the_guide_pass(example):
    tests = {}
    exec(compile(blocks("python")[1], str(GUIDE), "exec"), tests)
    names = [name for name in tests if name.startswith("test_")]
    assert len(names) == 2
    for name in names:
        tests[name]()


def test_a_plan_finds_the_example_by_its_kind(example):
    registry.register_file(example / "birthday.py")
    plan = example / "plan.yaml"
    (calendar,) = (block for block in blocks("yaml") if "birthday" in block)
    plan.write_text("name: plan\nproducts: [{name: tea, price: 20, unit_cost: 5}]\n" + calendar)
    (birthday,) = load(plan).strategies
    assert (birthday.kind, birthday.gift, birthday.on_day) == ("birthday", 300, 15)


def test_the_guide_lists_the_built_in_strategies_with_their_purpose():
    rows = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE))
    built_in = {
        kind: cls.purpose for kind, cls in registry.kinds().items() if cls.__module__.startswith("commsim.")
    }
    assert rows == built_in
