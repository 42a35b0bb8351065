"""The worlds with which the demonstration begins: kept with how they were found, one for each pair."""

import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from commsim.page.export import small
from commsim.page.lesson import plans, steps
from commsim.page.notes import number
from commsim.page.typical import KEPT, RECORDED, demo_seed, lesson_seeds, lesson_worlds, recorded_seeds

SCRIPT = Path(__file__).parents[2] / "docs" / "examples" / "typical.py"


def script():
    found = importlib.util.spec_from_file_location("typical", SCRIPT)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_there_is_a_world_for_the_demonstration_and_each_step():
    kept = yaml.safe_load(KEPT.read_text(encoding="utf-8"))
    assert kept["worlds"] >= 100
    assert demo_seed() == kept["demo"]["seed"]
    assert [one["name"] for one in kept["lesson"]] == [step.name for step in steps()]
    assert len(lesson_seeds()) == len(steps()) == len(recorded_seeds()) - 1
    assert all(one["furthest"] < 0.31 for one in (kept["demo"], *kept["lesson"]))


def test_the_world_in_the_middle_on_all_numbers_is_found():
    table = np.array([[1.0, 50.0], [2.0, 20.0], [3.0, 30.0], [4.0, 40.0], [5.0, 10.0]])
    far = script().furthest(table)
    assert far.argmin() == 2
    assert far[2] == 0.0
    assert far[0] == far[4] == 0.4


def test_the_docs_tell_where_the_worlds_of_each_step_lie():
    text = (SCRIPT.parents[1] / "lesson.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| \d+ ", line)]
    kept, worlds = lesson_worlds()
    assert worlds == 100
    for row, one, step in zip(rows, kept, steps(), strict=True):
        sides = [tuple(number(step, value) for value in one[side]) for side in ("left", "right")]
        told = [f"{middle} ({low} to {high})" for low, middle, high in sides]
        assert f"| {told[0]} | {told[1]} | {one['ahead'][0]} / {one['ahead'][1]} |" in row


@pytest.mark.slow
def test_what_is_kept_is_what_the_script_finds():
    kept = yaml.safe_load(RECORDED.read_text(encoding="utf-8"))
    step, told = steps()[1], kept["lesson"][1]
    found = script().middle(tuple(map(small, plans(step))), kept["worlds"], {}, step)
    assert found == told


@pytest.mark.slow
def test_the_world_that_each_step_plays_lies_among_the_hundred():
    kept, _ = lesson_worlds()
    known = {}
    for step, one in zip(steps(), kept, strict=True):
        for plan, side in zip(plans(step), ("left", "right"), strict=True):
            key = plan.model_dump_json(exclude={"name", "about"}), one["seed"]
            if key not in known:
                known[key] = script().numbers(plan, one["seed"])[1]
            low, _, high = one[side]
            assert low <= known[key][step.measure] <= high, (step.name, side)
