"""Points: what each method makes, what runs there, and that it is the same every time."""

import itertools
import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from commsim.experiments.design import Column, Design, from_resolved, load_design, run_seed
from commsim.experiments.worlds import world_seed
from commsim.scenario.load import load
from commsim.scenario.schema import Scenario

TWO_SIZES = """
name: sizes
scenario: active-group
levers:
  total: {path: strategies.red_envelope.total, values: [5, 12.5]}
  evenings:
    path: strategies.red_envelope.weekdays
    values: {one: [thu], two: [tue, thu]}
"""
ASSUMED = """
name: assumed
scenario: active-group
uncertainties:
  muted: {path: behaviour.look.muted}
  life: {path: behaviour.activity.half_life, distribution: log_uniform}
  members: {path: community.members, low: 500, high: 502}
  rule: {path: community.by_segment, values: [true, false]}
sampling:
  uncertainties: {method: METHOD, samples: 64}
"""


def load_text(folder: Path, text: str) -> Design:
    file = folder / "design.yaml"
    file.write_text(text, encoding="utf-8")
    return load_design(file)


def column(design: Design, name: str) -> np.ndarray:
    return np.array([point.values[name] for point in design.points()])


def test_a_grid_has_every_combination(tmp_path: Path) -> None:
    design = load_text(tmp_path, TWO_SIZES)
    found = [tuple(point.values.values()) for point in design.points()]
    assert found == list(itertools.product([5.0, 12.5], ["one", "two"]))
    assert [point.number for point in design.points()] == [0, 1, 2, 3]
    assert design.columns == [Column("total", "lever", "float"), Column("evenings", "lever", "text")]


def test_the_scenario_of_a_point_differs_in_its_settings_only(tmp_path: Path) -> None:
    design = load_text(tmp_path, TWO_SIZES)
    made = design.scenario(design.points()[3])
    data = load("active-group").model_dump()
    envelope = next(s for s in data["strategies"] if s["kind"] == "red_envelope")
    assert envelope["total"] == 10
    envelope |= {"total": 12.5, "weekdays": ("tue", "thu")}
    assert made.model_dump() == data
    assert made == Scenario.model_validate(data)


@pytest.mark.parametrize("name", ["rivals[0].share", "rivals.the shop across the street.sales[0].discount"])
def test_a_setting_of_a_rival_varies(tmp_path: Path, name: str) -> None:
    text = f"name: rivals\nscenario: rival\nlevers:\n  {name}: [0.1, 0.4]\n"
    design = load_text(tmp_path, text)
    found = [design.scenario(point).rivals[0] for point in design.points()]
    values = [one.share if name.endswith("share") else one.sales[0].discount for one in found]
    assert values == [0.1, 0.4]


def test_a_list_goes_along_all_values(tmp_path: Path) -> None:
    design = load_text(tmp_path, TWO_SIZES + "sampling: {levers: list}\n")
    assert [tuple(point.values.values()) for point in design.points()] == [(5.0, "one"), (12.5, "two")]


def test_one_at_a_time_starts_from_the_scenario(tmp_path: Path) -> None:
    design = load_text(tmp_path, TWO_SIZES + "sampling: {levers: one_at_a_time}\n")
    found = [tuple(point.values.values()) for point in design.points()]
    assert found == [(10.0, "one"), (5.0, "one"), (12.5, "one"), (10.0, "one"), (10.0, "two")]
    assert design.scenario(design.points()[0]) == load("active-group")


def test_one_at_a_time_leaves_what_has_no_label_as_it_is(tmp_path: Path) -> None:
    text = TWO_SIZES.replace("one: [thu]", "one: [sun]") + "sampling: {levers: one_at_a_time}\n"
    design = load_text(tmp_path, text)
    assert design.points()[0].values["evenings"] == "unchanged"
    assert design.scenario(design.points()[0]) == load("active-group")


def test_a_latin_hypercube_has_one_point_in_every_slice(tmp_path: Path) -> None:
    design = load_text(tmp_path, ASSUMED.replace("METHOD", "latin_hypercube"))
    muted, life = column(design, "muted"), column(design, "life")
    assert sorted(np.floor((muted - 0.1) / 0.3 * 64)) == list(range(64))
    assert sorted(np.floor(np.log(life / 4) / np.log(30 / 4) * 64)) == list(range(64))
    assert abs(np.corrcoef(muted, life)[0, 1]) < 0.4
    assert [list(column(design, "members")).count(k) for k in (500, 501, 502)] == pytest.approx(
        [21, 21, 21], abs=1
    )
    assert list(column(design, "rule")).count(True) == 32


def test_sobol_and_morris_have_the_points_that_their_indices_need(tmp_path: Path) -> None:
    sobol = load_text(tmp_path, ASSUMED.replace("METHOD", "sobol"))
    assert len(sobol.points()) == 64 * (4 + 2)
    first = sobol.inner.positions.shape, sobol.outer.positions[:6]
    assert first[0] == (1, 0)
    assert [(first[1][k] != first[1][0]).sum() for k in range(1, 5)] == [1, 1, 1, 1]
    morris = load_text(tmp_path, ASSUMED.replace("METHOD", "morris"))
    steps = morris.outer.positions.reshape(64, 5, 4)
    assert ((np.diff(steps, axis=1) != 0).sum(axis=2) == 1).all()


def test_levers_cross_uncertain_worlds(tmp_path: Path) -> None:
    text = TWO_SIZES + ASSUMED.split("active-group\n")[1].replace("METHOD", "latin_hypercube")
    design = load_text(tmp_path, text.replace("64", "3"))
    points = design.points()
    assert len(points) == 4 * 3
    assert len({point.values["muted"] for point in points[:4]}) == 1
    assert len({point.values["muted"] for point in points}) == 3
    assert [point.values["evenings"] for point in points[4:8]] == ["one", "two", "one", "two"]


def test_all_together_are_not_crossed(tmp_path: Path) -> None:
    text = TWO_SIZES + ASSUMED.split("active-group\n")[1].replace("uncertainties: {m", "together: {m")
    design = load_text(tmp_path, text.replace("METHOD", "latin_hypercube"))
    assert len(design.points()) == 64
    assert list(column(design, "evenings")).count("one") == 32


PLANS = """
name: plans
scenarios: [dead-group, active-group]
levers:
  total: {path: strategies.red_envelope.total, values: [5, 20], when: scenario == 'active-group'}
uncertainties:
  reach: {path: strategies.advert.posts, values: [1, 4], when: scenario == 'dead-group'}
derived:
  shares: {path: strategies.red_envelope.shares, value: total * 4}
sampling: {uncertainties: grid}
"""


def test_scenarios_are_a_lever_and_conditions_hold(tmp_path: Path) -> None:
    design = load_text(tmp_path, PLANS)
    found = [point.values for point in design.points()]
    assert found == [
        {"scenario": "dead-group", "reach": 1},
        {"scenario": "active-group", "total": 5.0, "shares": 20},
        {"scenario": "active-group", "total": 20.0, "shares": 80},
        {"scenario": "dead-group", "reach": 4},
        {"scenario": "active-group", "total": 5.0, "shares": 20},
        {"scenario": "active-group", "total": 20.0, "shares": 80},
    ]
    assert [c.role for c in design.columns] == ["lever", "lever", "uncertainty", "derived"]
    assert design.scenario(design.points()[0]).name == load("dead-group").name
    envelope = next(s for s in design.scenario(design.points()[2]).strategies if s.kind == "red_envelope")
    assert envelope.model_dump()["shares"] == 80


def test_a_chain_of_conditions_breaks_at_its_first(tmp_path: Path) -> None:
    text = (
        PLANS.split("uncertainties:")[0]
        + "  shares: {path: strategies.red_envelope.shares, values: [1, 2], when: total > 9}\n"
    )
    found = [point.values for point in load_text(tmp_path, text).points()]
    assert [len(values) for values in found] == [1, 2, 3, 3]


@pytest.mark.parametrize("method", ["latin_hypercube", "sobol", "morris"])
def test_a_design_survives_as_plain_data(tmp_path: Path, method: str) -> None:
    design = load_text(tmp_path, ASSUMED.replace("METHOD", method))
    again = from_resolved(json.loads(json.dumps(design.resolved())))
    assert again.resolved() == design.resolved()
    assert again.points()[:] == design.points()[:] == pickle.loads(pickle.dumps(design)).points()[:]
    assert again.scenario(again.points()[7]) == design.scenario(design.points()[7])
    other = load_text(tmp_path, ASSUMED.replace("METHOD", method) + "seed: 1\n")
    assert other.resolved()["sample"] != design.resolved()["sample"]


def test_the_pickle_is_small(tmp_path: Path) -> None:
    design = load_text(tmp_path, ASSUMED.replace("METHOD", "latin_hypercube").replace("64", "2000"))
    assert len(design.points()) == 2000
    assert len(pickle.dumps(design)) < 50_000


def test_worlds_come_from_seed_and_repetition_alone() -> None:
    assert run_seed is world_seed  # the worlds of `compare` with the same seed
    assert len({run_seed(seed, repetition) for seed in range(20) for repetition in range(20)}) == 400


def test_a_setting_that_is_empty_stays_so(tmp_path: Path) -> None:
    text = TWO_SIZES + "  budget: {path: strategies.red_envelope.budget, values: [5, 7]}\n"
    design = load_text(tmp_path, text + "sampling: {levers: one_at_a_time}\n")
    assert [point.values.get("budget") for point in design.points()] == [*[None] * 5, 5.0, 7.0]
    assert design.columns[-1].kind == "float"
    assert design.scenario(design.points()[0]) == load("active-group")


def test_a_grid_of_whole_numbers_has_each_once(tmp_path: Path) -> None:
    text = (
        "name: x\nscenario: active-group\nlevers: {n: {path: community.members, low: 7, high: 9, steps: 9}}"
    )
    assert list(column(load_text(tmp_path, text), "n")) == [7, 8, 9]
